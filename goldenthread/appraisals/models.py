"""Appraisals: years, templates, whose and by whom; and what is written in them, sealed.

Only ``Sealed`` holds what people write or rate. Everything else here is what is counted, or worked with, unread.
"""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from goldenthread.council.models import Person, Post, Unit
from goldenthread.domain.appraisals import Done, OverallRule, Scale, Stages
from goldenthread.history.models import Said
from goldenthread.measures.models import Measure
from goldenthread.plans.models import Action, Element


class Dated(models.Model):
    """The day by which each stage is due."""

    objectives_due = models.DateField(_("objectives agreed by"))
    mid_year_due = models.DateField(_("mid-year review by"))
    year_end_due = models.DateField(_("year-end review by"))
    signed_due = models.DateField(_("signed by"))

    class Meta:
        abstract = True

    @property
    def stages(self) -> Stages:
        return Stages(self.objectives_due, self.mid_year_due, self.year_end_due, self.signed_due)


class AppraisalYear(Dated):
    """A year from April to March, when each stage is due, and for how long what was written is kept."""

    period = models.CharField(_("year"), max_length=40, unique=True)
    starts = models.DateField(_("starts"))
    ends = models.DateField(_("ends"))
    kept_years = models.PositiveSmallIntegerField(_("years kept"), default=6)
    measure = models.ForeignKey(Measure, models.PROTECT, null=True, blank=True, related_name="+")
    history = HistoricalRecords()

    class Meta:
        ordering = ["starts"]

    def __str__(self) -> str:
        return self.period


class Window(Dated):
    """Other days for a group of staff: those of a tier, of a unit and all below it, or both."""

    year = models.ForeignKey(AppraisalYear, models.PROTECT, related_name="windows")
    title = models.CharField(_("who"), max_length=200)
    tier = models.CharField(_("tier"), max_length=40, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    history = HistoricalRecords()

    class Meta:
        ordering = ["year", "title"]
        constraints = [models.UniqueConstraint(fields=["year", "title"], name="one_window_per_title")]

    def __str__(self) -> str:
        return self.title


class Template(models.Model):
    """How the posts of one tier are appraised in a year: the ratings, how the overall one follows, what is asked."""

    year = models.ForeignKey(AppraisalYear, models.PROTECT, related_name="templates")
    tier = models.CharField(_("tier"), max_length=40)
    title = models.CharField(_("title"), max_length=200)
    #: [number, word] pairs, the highest number the best.
    scale = models.JSONField(default=list)
    rule = models.CharField(max_length=20, default=OverallRule.WEIGHTED_MEAN.value)
    #: {"code", "title", "hint"} each: what both sides write at the year's end.
    sections = models.JSONField(default=list)
    moderated = models.BooleanField(default=False)
    history = HistoricalRecords()

    class Meta:
        ordering = ["year", "title"]
        constraints = [models.UniqueConstraint(fields=["year", "tier"], name="one_template_per_tier")]

    def __str__(self) -> str:
        return self.title

    @property
    def ratings(self) -> Scale:
        return Scale(tuple((int(number), str(word)) for number, word in self.scale))

    @property
    def overall_rule(self) -> OverallRule:
        return OverallRule(self.rule)


class LeftOut(models.TextChoices):
    ABSENT = "absent", _("Long absence")
    PROBATION = "probation", _("On probation")


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


class Side(models.TextChoices):
    """From which side somebody reads or writes."""

    APPRAISEE = "appraisee", _("Appraisee")
    APPRAISER = "appraiser", _("Appraiser")
    MANAGER = "manager", _("Appraiser's manager")


class Sealed(Said):
    """Something written or rated. The last of a kind, objective, topic and side counts; evidence and notes all do."""

    class Kind(models.TextChoices):
        OBJECTIVE = "objective"
        EVIDENCE = "evidence"
        NOTE = "note"
        RATING = "rating"
        OVERALL = "overall"
        COMMENT = "comment"
        DISAGREEMENT = "disagreement"
        ANSWER = "answer"
        NEED = "need"

    identity = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    appraisal = models.ForeignKey(Appraisal, models.PROTECT, related_name="sealed")
    objective = models.ForeignKey(Objective, models.PROTECT, null=True, blank=True, related_name="sealed")
    kind = models.CharField(max_length=20, choices=Kind)
    topic = models.CharField(max_length=40, blank=True)
    side = models.CharField(max_length=20, choices=Side)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    key = models.CharField(max_length=40)
    content = models.BinaryField()

    class Meta:
        ordering = ["entered_at", "pk"]
        verbose_name_plural = "sealed"

    def __str__(self) -> str:
        return str(self.identity)

    @property
    def bound_to(self) -> str:
        """What the content is bound to: put into another row it does not open."""
        return f"{self.identity}|{self.appraisal_id}|{self.objective_id}|{self.kind}|{self.topic}|{self.side}"


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
