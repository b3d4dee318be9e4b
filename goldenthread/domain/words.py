"""The words of the field, as the data package and the pages spell them.

>>> Status("green_amber") is Status.GREEN_AMBER
True
>>> f"{Polarity.LOWER} is better"
'lower is better'
"""

from enum import StrEnum


class Status(StrEnum):
    BLUE = "blue"
    GREEN = "green"
    GREEN_AMBER = "green_amber"
    AMBER = "amber"
    RED_AMBER = "red_amber"
    RED = "red"
    NOT_RATED = "not_rated"
    NO_TARGET = "no_target"
    NOT_DUE = "not_due"
    AWAITED = "awaited"
    OVERDUE = "overdue"
    NOT_APPLICABLE = "not_applicable"
    CANNOT_COMPUTE = "cannot_compute"


#: The statuses with a colour, best first.
RATED = (Status.BLUE, Status.GREEN, Status.GREEN_AMBER, Status.AMBER, Status.RED_AMBER, Status.RED)
#: The rated statuses that count as on target.
ON_TARGET = frozenset({Status.BLUE, Status.GREEN})


class Direction(StrEnum):
    BETTER = "better"
    SAME = "same"
    WORSE = "worse"
    NONE = "none"


class Signal(StrEnum):
    IMPROVING = "improving"
    WORSENING = "worsening"
    NO_CHANGE = "no_change"
    TOO_FEW = "too_few"
    NOT_APPLICABLE = "not_applicable"


class Polarity(StrEnum):
    HIGHER = "higher"
    LOWER = "lower"
    RANGE = "range"
    NONE = "none"


class Reading(StrEnum):
    """How a figure is given: for the period alone, since the year began, since ever, over a window, or at a moment."""

    IN_PERIOD = "in_period"
    YEAR_TO_DATE = "year_to_date"
    CUMULATIVE = "cumulative"
    ROLLING = "rolling"
    SNAPSHOT = "snapshot"


class Aggregation(StrEnum):
    SUM = "sum"
    MEAN = "mean"
    LAST = "last"
    MAX = "max"
    MIN = "min"
    RATIO = "ratio"
    NONE = "none"


class Frequency(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    THIRD = "third"
    HALF = "half"
    YEAR = "year"
    TWO_YEAR = "two_year"
    TERM = "term"


class YearKind(StrEnum):
    FINANCIAL = "financial"
    CALENDAR = "calendar"
    ACADEMIC = "academic"


class DataType(StrEnum):
    NUMBER = "number"
    PERCENTAGE = "percentage"
    RATE = "rate"
    MONEY = "money"
    DURATION = "duration"
    DATE = "date"
    YES_NO = "yes_no"
    SCORE = "score"


class MeasureKind(StrEnum):
    PERFORMANCE = "performance"
    CONTEXTUAL = "contextual"
    ACTIVITY = "activity"


class TargetKind(StrEnum):
    TARGET = "target"
    FLOOR = "floor"
    STRETCH = "stretch"
    BASELINE = "baseline"
    AMBITION = "ambition"


class Comparison(StrEnum):
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    AT_MOST = "at_most"
    LESS_THAN = "less_than"
    BETWEEN = "between"


class Profile(StrEnum):
    """How a year's target is shared among the periods of that year."""

    SAME = "same"
    EVEN = "even"
    SEASONAL = "seasonal"
    YEAR_END_ONLY = "year_end_only"


class Family(StrEnum):
    STRICT = "strict"
    MISS_TOLERANCE = "miss_tolerance"
    GREEN_BAND = "green_band"
    TWO_THRESHOLDS = "two_thresholds"
    SYMMETRIC = "symmetric"
    DIRECTION_CONDITIONED = "direction_conditioned"
    FORECAST = "forecast"
    JUDGED = "judged"
    FOUR_BAND = "four_band"
    UNRATED = "unrated"


class Basis(StrEnum):
    PERCENT = "percent"
    POINTS = "points"
    ABSOLUTE = "absolute"
    IMPROVEMENT = "improvement"


class Compare(StrEnum):
    UNROUNDED = "unrounded"
    AS_SHOWN = "as_shown"


class Against(StrEnum):
    LAST_YEAR = "last_year"
    PREVIOUS = "previous"


class Missing(StrEnum):
    NOT_COLLECTED = "not_collected"
    NOT_AVAILABLE = "not_available"
    NOT_APPLICABLE = "not_applicable"
    SUPPRESSED = "suppressed"
    NIL_RETURN = "nil_return"


class State(StrEnum):
    ESTIMATE = "estimate"
    PROVISIONAL = "provisional"
    FINAL = "final"
    RESTATED = "restated"


class Assurance(StrEnum):
    NONE = "none"
    CHECKED = "checked"
    SAMPLED = "sampled"
    INTERNAL_AUDIT = "internal_audit"
    EXTERNAL_AUDIT = "external_audit"


class Release(StrEnum):
    INTERNAL = "internal"
    MEMBERS = "members"
    PUBLIC = "public"
    IMMEDIATE = "immediate"


class Annotation(StrEnum):
    NOTE = "note"
    BREAK = "break"
    REBASE = "rebase"


class ActionState(StrEnum):
    """How far an action has come, as its owner says."""

    PLANNED = "planned"
    UNDER_WAY = "under_way"
    COMPLETE = "complete"
    CANCELLED = "cancelled"


class ActionStatus(StrEnum):
    """How an action stands against the date that was promised first."""

    COMPLETE = "complete"
    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    LATE = "late"
    NO_DATE = "no_date"
    CANCELLED = "cancelled"


class RollUp(StrEnum):
    """How an element's status follows from what serves it."""

    COUNTS = "counts"
    WEIGHTED_MEAN = "weighted_mean"
    WORST_OF = "worst_of"
    JUDGED = "judged"


class Level(StrEnum):
    """What an element of a plan counts as, whatever a council calls it."""

    VISION = "vision"
    PRIORITY = "priority"
    OUTCOME = "outcome"
    OBJECTIVE = "objective"
    PROJECT = "project"


class PlanState(StrEnum):
    """A plan's states, in their order."""

    DRAFT = "draft"
    CONSULTED = "consulted"
    ADOPTED = "adopted"
    CLOSED = "closed"
