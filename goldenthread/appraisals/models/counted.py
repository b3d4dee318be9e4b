"""What is counted of ratings: once a year, and only what may be shown."""

from django.db import models

from goldenthread.appraisals.models.years import AppraisalYear
from goldenthread.history.models import Said


class RatingsCounted(Said):
    """How overall ratings were spread in a year, counted once: a second count would tell of whoever came between."""

    year = models.OneToOneField(AppraisalYear, models.PROTECT, related_name="ratings_counted")
    #: For each scale: its ratings, the units and the tiers in order; a line without counts was held back.
    tables = models.JSONField(default=list)

    class Meta:
        ordering = ["year"]
        verbose_name_plural = "ratings counted"

    def __str__(self) -> str:
        return f"{self.year}"
