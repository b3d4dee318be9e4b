"""One result: everything a page shows of a measure's period."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from goldenthread.domain.periods import Period
from goldenthread.domain.reasons import Reason
from goldenthread.domain.words import Comparison, Direction, Missing, Profile, Signal, Status


class Row(NamedTuple):
    """A measure's result for one period and category; a tuple, since a load makes and compares a great many.

    ``value`` is on the measure's own reading, ``rated_value`` on the one it is rated on: of a rolling one
    there is none before its first whole window. ``derived`` rows are made from ``have`` of the ``expected`` shorter
    periods.
    """

    category: str
    period: Period
    derived: bool
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    missing: Missing | None
    state: str
    assurance: str
    have: int
    expected: int
    rated_value: Decimal | None
    target: Decimal | None
    target_low: Decimal | None
    target_high: Decimal | None
    target_floor: Decimal | None
    target_stretch: Decimal | None
    target_original: Decimal | None
    comparison: Comparison | None
    target_derived_by: Profile | None
    rule: str
    status: Status
    reason: Reason
    direction_short: Direction
    direction_long: Direction
    signal: Signal
    year_to_date: Decimal | None
    rolling: Decimal | None
    forecast: Decimal | None
    forecast_status: Status | None
    forecast_reason: Reason | None
    judged_status: Status | None
    judged_expires: date | None
    limit_mean: Decimal | None
    limit_lower: Decimal | None
    limit_upper: Decimal | None


@dataclass(slots=True)
class Version:
    """A row as it was known from a moment to another (None: still)."""

    row: Row
    known_from: datetime
    known_to: datetime | None = None
