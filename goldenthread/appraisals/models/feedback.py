"""Feedback asked of colleagues: of whom, by whom and when. What is asked and what is answered is sealed."""

from django.db import models

from goldenthread.appraisals.models.appraisal import Appraisal
from goldenthread.council.models import Person


class Asked(models.Model):
    """A colleague asked for feedback, who sees the question and their own answer and nothing else of the appraisal."""

    appraisal = models.ForeignKey(Appraisal, models.PROTECT, related_name="asked")
    person = models.ForeignKey(Person, models.PROTECT, related_name="asked_for_feedback")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_on = models.DateField()
    answered_on = models.DateField(null=True, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["asked_on", "pk"]
        verbose_name_plural = "asked"

    def __str__(self) -> str:
        return f"{self.appraisal_id}: {self.person}"

    @property
    def is_open(self) -> bool:
        """Whether an answer is still taken: the year-end review has not been held."""
        done = self.appraisal.done
        return self.withdrawn_on is None and done.year_end is None and done.closed is None and done.signed_on is None
