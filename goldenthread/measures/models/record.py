"""What was said of a measure: append-only rows, each known from a moment and come by a Change."""

from django.db import models

from goldenthread.domain import words
from goldenthread.history.constraints import unique_from_day
from goldenthread.history.fields import FigureField
from goldenthread.history.models import Change, Said
from goldenthread.measures.models.definition import Measure, word_field


class Rule(Said):
    """A version of a rule. A row of the same code and start, entered later, corrects it."""

    code = models.CharField(max_length=60)
    title = models.CharField(max_length=200, blank=True)
    family = word_field(words.Family.MISS_TOLERANCE)
    basis = word_field(words.Basis.PERCENT)
    green = FigureField()
    amber = FigureField()
    red_amber = FigureField()
    exceed = FigureField()
    absolute_green = FigureField()
    absolute_amber = FigureField()
    absolute_red_amber = FigureField()
    absolute_exceed = FigureField()
    compare = word_field(words.Compare.UNROUNDED)
    against = word_field(words.Against.LAST_YEAR)
    min_denominator = FigureField()
    expires_after = models.PositiveIntegerField(null=True, blank=True)
    starts = models.DateField(null=True, blank=True)
    agreed_on = models.DateField(null=True, blank=True)
    decision = models.TextField(blank=True)

    class Meta:
        ordering = ["code", models.F("starts").asc(nulls_first=True), "entered_at"]
        constraints = [unique_from_day("code", "entered_at", name="one_rule_per_moment")]

    def __str__(self) -> str:
        return self.code


class RuleAssignment(Said):
    """The rule by which a measure, or every measure of a tier, is rated from a day on."""

    measure = models.ForeignKey(Measure, models.PROTECT, null=True, blank=True, related_name="rule_assignments")
    tier = word_field(blank=True)
    rule = models.CharField(max_length=60)
    starts = models.DateField(null=True, blank=True)
    decision = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = [models.F("starts").asc(nulls_first=True), "entered_at"]
        constraints = [
            unique_from_day(
                "measure", "tier", "entered_at", name="one_rule_assignment_per_moment", nullable=("measure",)
            )
        ]

    def __str__(self) -> str:
        return f"{self.measure or self.tier}: {self.rule}"


class Target(Said):
    """What a period's figure is held against."""

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="targets")
    period = models.CharField(max_length=40)
    category = models.CharField(max_length=400, blank=True)
    kind = word_field(words.TargetKind.TARGET)
    value = FigureField()
    low = FigureField()
    high = FigureField()
    comparison = word_field(blank=True)
    profile = word_field(blank=True)
    set_by = models.CharField(max_length=200, blank=True)
    decision = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    amends = models.BooleanField(default=False)
    corrects = models.BooleanField(default=False)

    class Meta:
        ordering = ["entered_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "period", "category", "kind", "entered_at"], name="one_target_per_moment"
            )
        ]

    def __str__(self) -> str:
        return f"{self.measure_id} {self.period} {self.kind}"


class Actual(Said):
    """A figure as given for a period, or the stated reason why there is none."""

    #: Without an index of its own: one of several columns begins with it.
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="actuals", db_index=False)
    period = models.CharField(max_length=40)
    category = models.CharField(max_length=400, blank=True)
    numerator = FigureField()
    denominator = FigureField()
    value = FigureField()
    lower = FigureField()
    upper = FigureField()
    sample = FigureField()
    missing = word_field(blank=True)
    expected_on = models.DateField(null=True, blank=True)
    state = word_field(words.State.FINAL)
    assurance = word_field(words.Assurance.NONE)
    entered_by = models.CharField(max_length=200, blank=True)
    method = models.CharField(max_length=200, blank=True)
    source_file = models.CharField(max_length=300, blank=True)
    source_row = models.CharField(max_length=40, blank=True)
    comment = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    public_note = models.TextField(blank=True)

    class Meta:
        ordering = ["entered_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "category", "period", "entered_at"], name="one_actual_per_moment"
            )
        ]
        indexes = [
            # A board asks for every promise of its periods, and there are few beside the figures.
            models.Index(fields=["period"], condition=models.Q(value__isnull=True), name="actual_without_value"),
            # Home asks for the last that were given.
            models.Index(fields=["entered_at"], name="actual_by_entry"),
        ]

    def __str__(self) -> str:
        return f"{self.measure_id} {self.period}"


class Commentary(Said):
    """What was written about a measure's period: the cause, the action, who and by when."""

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="commentary")
    period = models.CharField(max_length=40)
    comment = models.TextField(blank=True)
    cause = models.TextField(blank=True)
    action = models.TextField(blank=True)
    owner = models.CharField(max_length=200, blank=True)
    due = models.DateField(null=True, blank=True)
    audience = word_field("internal", blank=True)
    written_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["entered_at", "pk"]
        verbose_name_plural = "commentary"
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "period", "audience", "entered_at"], name="one_commentary_per_moment"
            )
        ]

    def __str__(self) -> str:
        return f"{self.measure_id} {self.period}"


class Forecast(Said):
    """The owner's forecast of a period's outturn."""

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="forecasts")
    for_period = models.CharField(max_length=40)
    made_in = models.CharField(max_length=40, blank=True)
    value = FigureField()
    basis = models.CharField(max_length=60, blank=True)
    reason = models.TextField(blank=True)
    by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["entered_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["measure", "for_period", "entered_at"], name="one_forecast_per_moment")
        ]

    def __str__(self) -> str:
        return f"{self.measure_id} {self.for_period}"


class Judgement(Said):
    """A status judged by a person, with a reason and an expiry."""

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="judgements")
    period = models.CharField(max_length=40)
    status = word_field()
    reason = models.TextField(blank=True)
    by_name = models.CharField(max_length=200, blank=True)
    expires = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["entered_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["measure", "period", "entered_at"], name="one_judgement_per_moment")
        ]

    def __str__(self) -> str:
        return f"{self.measure_id} {self.period}: {self.status}"


class Annotation(Said):
    """A note on a period; a break that no comparison reaches across; a rebase that starts new limits."""

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="annotations")
    period = models.CharField(max_length=40)
    kind = word_field(words.Annotation.NOTE)
    text = models.TextField(blank=True)
    public = models.BooleanField(default=False)

    class Meta:
        ordering = ["entered_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "period", "kind", "entered_at"], name="one_annotation_per_moment"
            )
        ]

    def __str__(self) -> str:
        return f"{self.measure_id} {self.period} {self.kind}"


class PublishedFigure(models.Model):
    """A figure and status as a meeting or an earlier system showed it: it stays the headline of its period."""

    publication = models.CharField(max_length=120)
    shown_on = models.DateField(null=True, blank=True)
    body = models.CharField(max_length=200, blank=True)
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="published")
    period = models.CharField(max_length=40)
    category = models.CharField(max_length=400, blank=True)
    value = FigureField()
    target = FigureField()
    status = word_field(blank=True)
    direction = word_field(blank=True)
    note = models.TextField(blank=True)
    change = models.ForeignKey(Change, models.PROTECT, related_name="+")

    class Meta:
        ordering = [models.F("shown_on").asc(nulls_first=True), "publication"]
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "measure", "period", "category"], name="one_published_figure_per_publication"
            )
        ]

    def __str__(self) -> str:
        return f"{self.publication}: {self.measure_id} {self.period}"
