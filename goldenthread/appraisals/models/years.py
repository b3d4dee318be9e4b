"""The years of appraisals: when each stage is due, for whom other days hold, and how each tier is appraised."""

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from goldenthread.appraisals.models.competencies import Competency, Framework, Level
from goldenthread.council.models import Unit
from goldenthread.domain.appraisals import OverallRule, Scale, Stages
from goldenthread.measures.models import Measure


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
    framework = models.ForeignKey(Framework, models.PROTECT, null=True, blank=True, related_name="templates")
    #: The level that is expected of this tier.
    level = models.ForeignKey(Level, models.PROTECT, null=True, blank=True, related_name="templates")
    #: How much of the overall rating competencies make, in per cent; at 0 they are rated and do not count.
    competencies_share = models.PositiveSmallIntegerField(default=0)
    history = HistoricalRecords()

    class Meta:
        ordering = ["year", "title"]
        constraints = [models.UniqueConstraint(fields=["year", "tier"], name="one_template_per_tier")]

    def __str__(self) -> str:
        return self.title

    @property
    def ratings(self) -> Scale:
        return Scale(tuple((int(number), str(word)) for number, word in self.scale))

    @cached_property
    def competencies(self) -> list[Competency]:
        """Those that its appraisals rate; read once for a template in hand."""
        if self.framework_id is None:
            return []
        return list(Competency.objects.filter(framework=self.framework_id).order_by("order", "pk"))

    @property
    def overall_rule(self) -> OverallRule:
        return OverallRule(self.rule)
