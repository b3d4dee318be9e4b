"""What a measure is: its definition, who has which part in it, how it is tagged, listed and broken down."""

from decimal import Decimal
from functools import cached_property

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from goldenthread.council.models import Post, Unit
from goldenthread.domain import words
from goldenthread.domain.definition import Definition
from goldenthread.history.constraints import unique_from_day
from goldenthread.history.fields import FigureField
from goldenthread.plans.models import Element


class Tier(models.TextChoices):
    STRATEGIC = "strategic", _("Strategic")
    DIRECTORATE = "directorate", _("Directorate")
    OPERATIONAL = "operational", _("Operational")


def word_field(default: object = "", **kwargs: object) -> models.CharField:
    return models.CharField(max_length=30, default=str(default), **kwargs)


class Measure(models.Model):
    """A performance indicator. Never deleted: retired, with a reason and perhaps a successor."""

    code = models.CharField(_("code"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=400)
    short_title = models.CharField(_("short title"), max_length=120, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="measures")
    kind = word_field(words.MeasureKind.PERFORMANCE)
    tier = word_field(blank=True)
    data_type = word_field(words.DataType.NUMBER)
    unit_of_measure = models.CharField(_("unit of measure"), max_length=100, blank=True)
    decimals = models.PositiveSmallIntegerField(_("decimals"), null=True, blank=True)
    polarity = word_field(words.Polarity.NONE)
    frequency = word_field(words.Frequency.QUARTER)
    year = word_field(words.YearKind.FINANCIAL)
    reading = word_field(words.Reading.IN_PERIOD)
    rated_on = word_field(blank=True)
    window = models.PositiveSmallIntegerField(null=True, blank=True)
    aggregation = word_field(words.Aggregation.NONE)
    numerator = models.TextField(_("numerator"), blank=True)
    denominator = models.TextField(_("denominator"), blank=True)
    numerator_aggregation = word_field(words.Aggregation.SUM)
    denominator_aggregation = word_field(words.Aggregation.SUM)
    factor = FigureField()
    formula = models.TextField(_("formula"), blank=True)
    profile = word_field(blank=True)
    lag_days = models.PositiveSmallIntegerField(default=0)
    stale_after = models.PositiveSmallIntegerField(default=2)
    long_direction = models.CharField(max_length=30, default="last_year")
    dead_band = FigureField()
    minimum = FigureField()
    maximum = FigureField()
    min_denominator = FigureField()
    suppress_below = FigureField()
    release = word_field(words.Release.INTERNAL)
    definition = models.TextField(_("definition"), blank=True)
    why_it_matters = models.TextField(_("why it matters"), blank=True)
    source = models.TextField(_("source"), blank=True)
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    succeeds = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="successors")
    retired_reason = models.TextField(blank=True)
    #: Counts the definition's savings, so that two people editing at once are told (services.change_definition).
    edition = models.PositiveIntegerField(default=1)
    history = HistoricalRecords(excluded_fields=["edition"])

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.short_title or self.title}"

    @property
    def name(self) -> str:
        return self.short_title or self.title

    @cached_property
    def sums(self) -> Definition:
        """What the sums need of this definition."""
        return Definition(
            code=self.code,
            kind=words.MeasureKind(self.kind),
            data_type=words.DataType(self.data_type),
            unit_of_measure=self.unit_of_measure,
            decimals=self.decimals,
            polarity=words.Polarity(self.polarity),
            frequency=words.Frequency(self.frequency),
            year=words.YearKind(self.year),
            reading=words.Reading(self.reading),
            rated_on=words.Reading(self.rated_on) if self.rated_on else None,
            window=self.window,
            aggregation=words.Aggregation(self.aggregation),
            numerator_aggregation=words.Aggregation(self.numerator_aggregation),
            denominator_aggregation=words.Aggregation(self.denominator_aggregation),
            factor=self.factor,
            formula=self.formula,
            profile=words.Profile(self.profile) if self.profile else None,
            lag_days=self.lag_days,
            stale_after=self.stale_after,
            long_direction=self.long_direction,
            dead_band=self.dead_band or 0,
            min=self.minimum,
            max=self.maximum,
            min_denominator=self.min_denominator,
            starts=self.starts,
            ends=self.ends,
        )


class MeasureRole(models.Model):
    """The part a post has in a measure."""

    class Part(models.TextChoices):
        SUPPLIER = "supplier", _("Supplier")
        VERIFIER = "verifier", _("Verifier")
        OWNER = "owner", _("Owner")
        HEAD = "head", _("Head of service")
        DIRECTOR = "director", _("Director")
        PORTFOLIO = "portfolio", _("Portfolio holder")

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="roles")
    role = models.CharField(max_length=20, choices=Part)
    post = models.ForeignKey(Post, models.PROTECT, related_name="measure_roles")
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        constraints = [unique_from_day("measure", "role", "post", name="one_part_per_start")]

    def __str__(self) -> str:
        return f"{self.measure.code} {self.role}: {self.post}"


class MeasureLink(models.Model):
    """A measure shows how an element of a plan is going, with a weight, from a day to a day."""

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="measure_links")
    element = models.ForeignKey(Element, models.PROTECT, related_name="measure_links")
    weight = FigureField(null=False, default=Decimal(1))
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["element", "measure", models.F("starts").asc(nulls_first=True)]
        constraints = [unique_from_day("measure", "element", name="one_measure_link_per_start")]

    def __str__(self) -> str:
        return f"{self.measure_id} → {self.element_id}"


class Tag(models.Model):
    """A measure's place in a scheme of the council's: remit, portfolio, theme, an old statutory reference."""

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="tags")
    scheme = models.CharField(max_length=60)
    tag = models.CharField(max_length=200)
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    difference = models.TextField(blank=True)

    class Meta:
        ordering = ["scheme", "tag"]
        constraints = [unique_from_day("measure", "scheme", "tag", name="one_tag_per_start")]

    def __str__(self) -> str:
        return f"{self.scheme}: {self.tag}"


class SetEntry(models.Model):
    """A measure's line in a printed list, such as the Council Scorecard 2025/26."""

    set = models.CharField(max_length=60)
    title = models.CharField(max_length=200, blank=True)
    section = models.CharField(max_length=200, blank=True)
    order = models.PositiveIntegerField(default=0)
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="set_entries")
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["set", "order"]
        constraints = [unique_from_day("set", "measure", name="one_set_entry_per_start")]

    def __str__(self) -> str:
        return f"{self.set} {self.order}"


class Scheme(models.Model):
    """A way of breaking figures down: by ward, sex, age. Complete parts add up to the whole."""

    code = models.CharField(max_length=60, unique=True)
    title = models.CharField(max_length=200)
    parts = models.CharField(max_length=20, default="complete")
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.title


class Category(models.Model):
    """One part of a scheme. A figure names it as ``scheme=category``; several are joined by ``;`` in scheme order."""

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="categories")
    code = models.CharField(max_length=120)
    name = models.CharField(max_length=300)
    parent = models.CharField(max_length=120, blank=True)
    area = models.CharField(max_length=60, blank=True)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["scheme", "order", "code"]
        verbose_name_plural = "categories"
        constraints = [models.UniqueConstraint(fields=["scheme", "code"], name="one_category_per_code")]

    def __str__(self) -> str:
        return self.name
