"""Needs for development: what training is planned from. What somebody needs to learn, in their own words, is sealed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from goldenthread.appraisals.models.appraisal import Appraisal


class NeedKind(models.TextChoices):
    PRACTICE = "practice", _("Practice at work, with somebody to ask")
    COACHING = "coaching", _("Coaching or a mentor")
    COURSE = "course", _("A course")
    QUALIFICATION = "qualification", _("A qualification")
    OTHER = "other", _("Something else")


class Priority(models.TextChoices):
    ESSENTIAL = "essential", _("Essential for the job")
    IMPORTANT = "important", _("Important this year")
    USEFUL = "useful", _("Useful some day")


class Need(models.Model):
    """That there is a need, how it might be met, how much it matters, by when, and whether it was."""

    appraisal = models.ForeignKey(Appraisal, models.PROTECT, related_name="needs")
    kind = models.CharField(_("kind"), max_length=20, choices=NeedKind, default=NeedKind.OTHER)
    priority = models.CharField(_("priority"), max_length=20, choices=Priority, default=Priority.IMPORTANT)
    by_when = models.DateField(_("by when"), null=True, blank=True)
    met_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["appraisal", "pk"]

    def __str__(self) -> str:
        return f"{self.appraisal_id}/{self.pk}"
