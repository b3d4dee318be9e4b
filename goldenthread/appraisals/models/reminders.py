"""When somebody was last reminded of appraisals, so that nobody is more than once a week."""

from django.db import models

from goldenthread.council.models import Person
from goldenthread.history.models import Said


class Reminded(Said):
    """One mail to one person; what it said is not kept."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    sent_on = models.DateField()

    class Meta:
        ordering = ["entered_at", "pk"]
        verbose_name_plural = "reminded"

    def __str__(self) -> str:
        return f"{self.person}, {self.sent_on}"
