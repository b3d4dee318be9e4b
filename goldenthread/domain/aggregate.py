"""From the collected periods to longer ones: quarters to years, year to date, rolling twelve months."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from goldenthread.domain.definition import Definition
from goldenthread.domain.figures import Figure
from goldenthread.domain.reasons import Reason


@dataclass(frozen=True, slots=True)
class Sum:
    """A figure made from ``have`` of the ``expected`` shorter periods; ``value`` is None when nothing can be said."""

    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    have: int
    expected: int

    @property
    def partial(self) -> bool:
        """Whether a period is missing from it."""
        return self.have < self.expected


@dataclass(frozen=True, slots=True)
class Recovered:
    """An in-period figure recovered from year-to-date ones; ``reason`` warns, or says why there is no value."""

    figure: Figure
    reason: Reason | None = None


def ratio(numerator: Decimal | None, denominator: Decimal | None, measure: Definition) -> Decimal | None:
    """``numerator`` over ``denominator`` times the measure's factor; None without both halves or over zero."""
    raise NotImplementedError


def aggregate(figures: Sequence[Figure], measure: Definition, *, expected: int) -> Sum:
    """The in-period ``figures`` of one longer period as one figure, of which ``expected`` should be there."""
    raise NotImplementedError


def in_period_from_year_to_date(figures: Sequence[Figure], measure: Definition) -> list[Recovered]:
    """The in-period figures behind year-to-date ones (in order of period), one for each."""
    raise NotImplementedError


def year_to_date(figures: Sequence[Figure], measure: Definition) -> list[Sum]:
    """The year so far at each of the in-period ``figures`` (in order of period), from the start of its measure year."""
    raise NotImplementedError


def cumulative(figures: Sequence[Figure], measure: Definition) -> list[Sum]:
    """Everything so far at each of the in-period ``figures`` (in order of period); it never restarts."""
    raise NotImplementedError


def rolling(figures: Sequence[Figure], measure: Definition, *, window: int) -> list[Sum]:
    """The last ``window`` collection periods at each of the in-period ``figures`` (in order of period)."""
    raise NotImplementedError
