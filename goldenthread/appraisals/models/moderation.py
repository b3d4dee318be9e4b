"""Moderation: a named panel that sees the overall ratings of one template's appraisals, from a day to a day."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from goldenthread.appraisals.models.years import Template
from goldenthread.council.models import Person


class Panel(models.Model):
    """Who sees the overall ratings of a moderated template, and between which days."""

    template = models.OneToOneField(Template, models.PROTECT, related_name="panel")
    starts = models.DateField(_("from"))
    ends = models.DateField(_("to"))
    members = models.ManyToManyField(Person, related_name="panels")

    class Meta:
        ordering = ["starts", "pk"]
        constraints = [models.CheckConstraint(condition=models.Q(ends__gte=models.F("starts")), name="panel_in_order")]

    def __str__(self) -> str:
        return f"{self.template}"
