"""The words of a definition and of a figure as a reader sees them."""

from django.utils.translation import gettext_lazy as _

from goldenthread.domain.words import (
    Aggregation,
    Annotation,
    Assurance,
    DataType,
    Frequency,
    MeasureKind,
    Missing,
    Polarity,
    Profile,
    Reading,
    Release,
    TargetKind,
    YearKind,
)

POLARITY = {
    Polarity.HIGHER: _("Higher is better"),
    Polarity.LOWER: _("Lower is better"),
    Polarity.RANGE: _("Within a range is better"),
    Polarity.NONE: _("Neither high nor low is better"),
}
FREQUENCY = {
    Frequency.DAY: _("Every day"),
    Frequency.WEEK: _("Every week"),
    Frequency.MONTH: _("Every month"),
    Frequency.QUARTER: _("Every quarter"),
    Frequency.THIRD: _("Three times a year"),
    Frequency.HALF: _("Every half year"),
    Frequency.YEAR: _("Every year"),
    Frequency.TWO_YEAR: _("Every two years"),
    Frequency.TERM: _("Every school term"),
}
#: A row of figures by the length of its periods, as a choice.
RUNS = {
    Frequency.DAY: _("Days"),
    Frequency.WEEK: _("Weeks"),
    Frequency.MONTH: _("Months"),
    Frequency.QUARTER: _("Quarters"),
    Frequency.THIRD: _("Thirds of a year"),
    Frequency.HALF: _("Half years"),
    Frequency.YEAR: _("Years"),
    Frequency.TWO_YEAR: _("Every two years"),
    Frequency.TERM: _("Terms"),
    "span": _("Several years together"),
}
YEAR = {
    YearKind.FINANCIAL: _("Financial year, April to March"),
    YearKind.CALENDAR: _("Calendar year"),
    YearKind.ACADEMIC: _("Academic year, September to August"),
}
READING = {
    Reading.IN_PERIOD: _("For the period alone"),
    Reading.YEAR_TO_DATE: _("Year to date, starting again each year"),
    Reading.CUMULATIVE: _("Cumulative, never starting again"),
    Reading.ROLLING: _("Rolling"),
    Reading.SNAPSHOT: _("As it stands on the last day"),
}
AGGREGATION = {
    Aggregation.SUM: _("Added up"),
    Aggregation.MEAN: _("Their mean"),
    Aggregation.LAST: _("The last"),
    Aggregation.MAX: _("The greatest"),
    Aggregation.MIN: _("The least"),
    Aggregation.RATIO: _("Worked out again from both halves"),
    Aggregation.NONE: _("Not made into longer periods"),
}
DATA_TYPE = {
    DataType.NUMBER: _("Number"),
    DataType.PERCENTAGE: _("Percentage"),
    DataType.RATE: _("Rate"),
    DataType.MONEY: _("Money"),
    DataType.DURATION: _("Time taken"),
    DataType.DATE: _("Date"),
    DataType.YES_NO: _("Yes or no"),
    DataType.SCORE: _("Score"),
}
KIND = {
    MeasureKind.PERFORMANCE: _("Performance"),
    MeasureKind.CONTEXTUAL: _("Context only, not rated"),
    MeasureKind.ACTIVITY: _("Activity"),
}
PROFILE = {
    Profile.SAME: _("The same in every period"),
    Profile.EVEN: _("Shared evenly among the periods"),
    Profile.SEASONAL: _("Shared by the season, as in past years"),
    Profile.YEAR_END_ONLY: _("For the year as a whole"),
}
RELEASE = {
    Release.INTERNAL: _("Officers only"),
    Release.MEMBERS: _("Officers and members"),
    Release.PUBLIC: _("The public, once published"),
    Release.IMMEDIATE: _("The public, as soon as it is entered"),
}
MISSING = {
    Missing.NOT_COLLECTED: _("Not collected"),
    Missing.NOT_AVAILABLE: _("Not available"),
    Missing.NOT_APPLICABLE: _("Not applicable"),
    Missing.SUPPRESSED: _("Suppressed"),
    Missing.NIL_RETURN: _("Nil return"),
}
ASSURANCE = {
    Assurance.NONE: _("Not checked"),
    Assurance.CHECKED: _("Checked"),
    Assurance.SAMPLED: _("Sampled"),
    Assurance.INTERNAL_AUDIT: _("Internal audit"),
    Assurance.EXTERNAL_AUDIT: _("External audit"),
}
TARGET_KIND = {
    TargetKind.TARGET: _("Target"),
    TargetKind.FLOOR: _("Red line"),
    TargetKind.STRETCH: _("Stretch target"),
    TargetKind.BASELINE: _("Baseline"),
    TargetKind.AMBITION: _("Ambition"),
}
ANNOTATION = {
    Annotation.NOTE: _("Note"),
    Annotation.BREAK: _("Break: nothing is compared across it"),
    Annotation.REBASE: _("Rebase: control limits start again"),
}
#: The acts by which results change.
VERBS = {
    "load": _("When the council was loaded"),
    "import": _("Imported from a file"),
    "record_actual": _("Figure recorded"),
    "record_actuals": _("Figures recorded"),
    "restate": _("Figure restated"),
    "set_target": _("Target set"),
    "amend_target": _("Target amended"),
    "correct_target": _("Target corrected"),
    "set_rule": _("Rule made"),
    "correct_rule": _("Rule corrected"),
    "assign_rule": _("Rule assigned"),
    "judge": _("Judged"),
    "give_forecast": _("Forecast given"),
    "annotate": _("Note made"),
    "change_definition": _("Definition changed"),
    "retire_measure": _("Measure retired"),
    "recompute": _("Computed again"),
}
#: The names of a definition's fields, where it says what changed.
FIELDS = {
    "code": _("Code"),
    "title": _("Title"),
    "short_title": _("Short title"),
    "unit": _("Unit"),
    "kind": _("Kind"),
    "tier": _("Tier"),
    "data_type": _("Kind of figure"),
    "unit_of_measure": _("Unit of measure"),
    "decimals": _("Decimals"),
    "polarity": _("What is good"),
    "frequency": _("Collected"),
    "year": _("Year"),
    "reading": _("How it is given"),
    "rated_on": _("Rated on"),
    "window": _("Rolling over, in periods"),
    "aggregation": _("Longer periods"),
    "numerator": _("Numerator"),
    "denominator": _("Denominator"),
    "numerator_aggregation": _("Numerator in longer periods"),
    "denominator_aggregation": _("Denominator in longer periods"),
    "factor": _("Multiplied by"),
    "formula": _("Worked out as"),
    "profile": _("The year's target"),
    "lag_days": _("Due, in days after the period"),
    "stale_after": _("Stale after, in periods"),
    "long_direction": _("Long direction"),
    "dead_band": _("A change that still counts as the same"),
    "minimum": _("The least it can be"),
    "maximum": _("The most it can be"),
    "min_denominator": _("Fewest cases to rate"),
    "suppress_below": _("Suppressed below"),
    "release": _("Who may see it"),
    "definition": _("Definition"),
    "why_it_matters": _("Why it matters"),
    "source": _("Source"),
    "starts": _("Starts"),
    "ends": _("Retired"),
    "succeeds": _("Follows on"),
    "retired_reason": _("Why it was retired"),
}
#: What each word of a field is called.
OF_FIELD = {
    "kind": KIND,
    "data_type": DATA_TYPE,
    "polarity": POLARITY,
    "frequency": FREQUENCY,
    "year": YEAR,
    "reading": READING,
    "rated_on": READING,
    "aggregation": AGGREGATION,
    "numerator_aggregation": AGGREGATION,
    "denominator_aggregation": AGGREGATION,
    "profile": PROFILE,
    "release": RELEASE,
}
