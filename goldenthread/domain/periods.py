"""Periods: a value parsed from its name, with its first and last day, its order and its neighbours."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from goldenthread.domain.words import Frequency, YearKind


class PeriodError(ValueError):
    """The text is no period; the message says what would be."""


@dataclass(frozen=True, slots=True)
class Period:
    """A period in its one text form. Compare and sort with ``<``: by last day, then by first day (longest last)."""

    text: str
    start: date
    end: date  # the last day, inclusive
    frequency: Frequency  # a span has the frequency of its parts
    year_kind: YearKind
    is_span: bool = False

    @classmethod
    def parse(cls, text: str) -> "Period":
        """The period that ``text`` names (cached). Raises PeriodError."""
        raise NotImplementedError

    @classmethod
    def of(cls, frequency: Frequency, day: date, year_kind: YearKind = YearKind.FINANCIAL) -> "Period":
        """The period of this frequency that holds ``day``."""
        raise NotImplementedError

    def next(self) -> "Period":
        raise NotImplementedError

    def previous(self) -> "Period":
        """The period before; for a span the one that ends one collection step earlier."""
        raise NotImplementedError

    def same_last_year(self) -> "Period":
        raise NotImplementedError

    def containing(self, frequency: Frequency, year_kind: YearKind | None = None) -> "Period":
        """The longer period that holds this one's last day (``year`` of a quarter, ``quarter`` of a month …)."""
        raise NotImplementedError

    def within_year(self, year_kind: YearKind | None = None) -> tuple[int, int]:
        """Position in its year and how many such periods the year has: Q3 is (3, 4)."""
        raise NotImplementedError

    def parts(self, frequency: Frequency) -> tuple["Period", ...]:
        """The shorter periods of ``frequency`` whose last day falls in this one, in order."""
        raise NotImplementedError

    def due(self, lag_days: int) -> date:
        """The day a figure for the period is due."""
        raise NotImplementedError


def period_range(first: Period, last: Period) -> Iterator[Period]:
    """Every period from ``first`` to ``last``, both included."""
    raise NotImplementedError
