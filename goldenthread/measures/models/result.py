"""Results: what every page reads, computed once when a figure, target or rule is recorded."""

from django.db import models
from django.db.models import Q

from goldenthread.history.fields import FigureField
from goldenthread.history.models import Change
from goldenthread.measures.models.definition import Measure, word_field


class Result(models.Model):
    """One measure × period × category as known from a moment to another (none: now). Never altered but for its end."""

    #: Without an index of its own, here and below: those of several columns begin with it.
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="results", db_index=False)
    category = models.CharField(max_length=400, blank=True)
    period = models.CharField(max_length=40)
    period_end = models.DateField()
    derived = models.BooleanField(default=False)
    known_from = models.DateTimeField()
    known_to = models.DateTimeField(null=True)
    change = models.ForeignKey(Change, models.PROTECT, related_name="+")

    value = FigureField()
    numerator = FigureField()
    denominator = FigureField()
    lower = FigureField()
    upper = FigureField()
    missing = word_field(blank=True)
    state = word_field(blank=True)
    assurance = word_field(blank=True)
    have = models.PositiveSmallIntegerField(default=1)
    expected = models.PositiveSmallIntegerField(default=1)

    rated_value = FigureField()
    target = FigureField()
    target_low = FigureField()
    target_high = FigureField()
    target_floor = FigureField()
    target_stretch = FigureField()
    target_original = FigureField()
    comparison = word_field(blank=True)
    target_derived_by = word_field(blank=True)
    rule = models.CharField(max_length=60, blank=True)
    status = word_field()
    reason_code = models.CharField(max_length=60)
    reason_params = models.JSONField(default=dict)

    direction_short = word_field()
    direction_long = word_field()
    signal = word_field()
    year_to_date = FigureField()
    rolling = FigureField()
    forecast = FigureField()
    forecast_status = word_field(blank=True)
    forecast_reason_code = models.CharField(max_length=60, blank=True)
    forecast_reason_params = models.JSONField(default=dict)
    judged_status = word_field(blank=True)
    judged_expires = models.DateField(null=True)
    limit_mean = FigureField()
    limit_lower = FigureField()
    limit_upper = FigureField()

    class Meta:
        ordering = ["measure", "category", "period_end"]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "category", "period", "known_from"], name="one_result_per_moment"
            ),
            models.UniqueConstraint(
                fields=["measure", "category", "period"],
                condition=Q(known_to__isnull=True),
                name="one_current_result",
            ),
        ]
        indexes = [
            models.Index(fields=["measure", "category", "period_end", "derived"], name="result_by_period_end"),
            models.Index(fields=["period_end"], name="result_by_end"),
        ]

    def __str__(self) -> str:
        return f"{self.measure_id} {self.period} {self.category}: {self.status}"


class Sparkline(models.Model):
    """The last points of a measure's current series, kept ready for the board."""

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="sparklines", db_index=False)
    category = models.CharField(max_length=400, blank=True)
    points = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["measure", "category"], name="one_sparkline")]

    def __str__(self) -> str:
        return f"{self.measure_id} {self.category}"
