"""Whose appraisal it is, by whom, and what its objectives point at; none of what is written in it."""

from datetime import date
from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from goldenthread.appraisals.models.years import AppraisalYear, Template, Window
from goldenthread.council.models import Absence, Person, Post
from goldenthread.council.roles import running
from goldenthread.domain.appraisals import Done, Stages
from goldenthread.history.models import Said
from goldenthread.measures.models import Measure
from goldenthread.plans.models import Action, Element


class LeftOut(models.TextChoices):
    ABSENT = "absent", _("Long absence")
    PROBATION = "probation", _("On probation")


class NotCounted(NamedTuple):
    why: LeftOut
    until: date | None


def left_out_on(day: date) -> models.Q:
    """Appraisals that are not counted on ``day``, as ``Appraisal.is_left_out`` says of one."""
    still = models.Q(left_out_until__isnull=True) | models.Q(left_out_until__gte=day)
    away = Absence.objects.filter(running(day), person=models.OuterRef("person"))
    return (~models.Q(left_out="") & still) | models.Q(models.Exists(away))


class Appraisal(models.Model):
    """One person's appraisal of a year: by whom, and how far it has come. What is written in it is sealed."""

    year = models.ForeignKey(AppraisalYear, models.PROTECT, related_name="appraisals")
    template = models.ForeignKey(Template, models.PROTECT, related_name="appraisals")
    window = models.ForeignKey(Window, models.SET_NULL, null=True, blank=True, related_name="appraisals")
    person = models.ForeignKey(Person, models.PROTECT, related_name="appraisals")
    post = models.ForeignKey(Post, models.PROTECT, related_name="appraisals")
    appraiser = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="appraises")
    #: The post by which the appraiser appraises: whoever holds the one it reports to is the appraiser's manager.
    appraiser_post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    #: A starter's own first day, where it is not the year's.
    first_due = models.DateField(null=True, blank=True)
    objectives_on = models.DateField(null=True, blank=True)
    mid_year_on = models.DateField(null=True, blank=True)
    year_end_on = models.DateField(null=True, blank=True)
    appraisee_signed_on = models.DateField(null=True, blank=True)
    appraiser_signed_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    #: For probation alone: a long absence is the person's, from a day to a day (council.Absence).
    left_out = models.CharField(max_length=20, choices=LeftOut, blank=True)
    left_out_until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["year", "person__name", "pk"]
        constraints = [models.UniqueConstraint(fields=["year", "person", "post"], name="one_appraisal_per_post")]

    def __str__(self) -> str:
        return f"{self.person}, {self.year}"

    @property
    def done(self) -> Done:
        return Done(
            objectives=self.objectives_on,
            mid_year=self.mid_year_on,
            year_end=self.year_end_on,
            appraisee_signed=self.appraisee_signed_on,
            appraiser_signed=self.appraiser_signed_on,
            closed=self.closed_on,
        )

    def is_left_out(self, day: date) -> bool:
        """Whether it is not counted on ``day``; its last day is part of a probation, as of an absence."""
        return self.why_left_out(day) is not None

    def why_left_out(self, day: date) -> NotCounted | None:
        """Why it is not counted on ``day``, and until when; one query where ``person__absences`` was not prefetched."""
        for one in self.person.absences.all():
            if one.starts <= day and (one.ends is None or one.ends >= day):
                return NotCounted(LeftOut.ABSENT, one.ends)
        if self.left_out and (self.left_out_until is None or self.left_out_until >= day):
            return NotCounted(LeftOut(self.left_out), self.left_out_until)
        return None

    @property
    def due(self) -> Stages:
        """When its stages are due: by its window's days, else the year's; a starter's first by their own."""
        usual = (self.window or self.year).stages
        if self.first_due is None:
            return usual
        return Stages(
            self.first_due, max(self.first_due, usual.mid_year), max(self.first_due, usual.year_end), usual.signed
        )


class Objective(models.Model):
    """That there is an objective, which element it serves, or which measure or action it is. Its words are sealed."""

    appraisal = models.ForeignKey(Appraisal, models.PROTECT, related_name="objectives")
    order = models.PositiveSmallIntegerField(default=0)
    element = models.ForeignKey(Element, models.PROTECT, null=True, blank=True, related_name="objectives")
    measure = models.ForeignKey(Measure, models.PROTECT, null=True, blank=True, related_name="objectives")
    action = models.ForeignKey(Action, models.PROTECT, null=True, blank=True, related_name="objectives")
    dropped_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["appraisal", "order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(measure__isnull=True) | models.Q(action__isnull=True),
                name="objective_is_a_measure_or_an_action",
            )
        ]

    def __str__(self) -> str:
        return f"{self.appraisal_id}/{self.order}"


class HandOver(Said):
    """An appraisal passed from one appraiser to the next, without a word of it being read."""

    appraisal = models.ForeignKey(Appraisal, models.PROTECT, related_name="hand_overs")
    from_person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    to_person = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["entered_at", "pk"]

    def __str__(self) -> str:
        return f"{self.appraisal_id}: {self.to_person}"


class Deputy(models.Model):
    """Who reads and writes in an appraiser's place, from a day to a day, as the appraiser said."""

    appraiser = models.ForeignKey(Person, models.PROTECT, related_name="deputies")
    person = models.ForeignKey(Person, models.PROTECT, related_name="deputises")
    starts = models.DateField(_("from"))
    ends = models.DateField(_("to"))
    history = HistoricalRecords()

    class Meta:
        ordering = ["starts", "pk"]
        verbose_name_plural = "deputies"
        constraints = [
            models.CheckConstraint(condition=~models.Q(appraiser=models.F("person")), name="deputy_is_somebody_else"),
            models.CheckConstraint(condition=models.Q(ends__gte=models.F("starts")), name="deputy_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.person}, for {self.appraiser}"
