"""For which periods a measure has figures and targets: its own kind, a longer one, or a span of them.

>>> calls = Definition(code="CS-01", frequency=Frequency.QUARTER)
>>> misfit(calls, Period.parse("2026/27 Q2")) is misfit(calls, Period.parse("2026/27")) is None
True
>>> misfit(calls, Period.parse("2026-07"))
Misfit(kind='shorter', example='2026/27 Q2')
>>> misfit(calls, Period.parse("2026 Q2"))
Misfit(kind='other_year', example='2026/27 Q1')
"""

from dataclasses import dataclass
from typing import Literal

from goldenthread.domain.definition import Definition
from goldenthread.domain.periods import Period, PeriodError
from goldenthread.domain.words import Frequency

#: From the shortest to the longest.
LENGTHS = {
    frequency: place
    for place, frequency in enumerate(
        (
            *(Frequency.DAY, Frequency.WEEK, Frequency.MONTH, Frequency.QUARTER, Frequency.TERM, Frequency.THIRD),
            *(Frequency.HALF, Frequency.YEAR, Frequency.TWO_YEAR),
        )
    )
}
#: The divisions of a year that an academic year does not have.
NOT_ACADEMIC = (Frequency.QUARTER, Frequency.THIRD, Frequency.HALF)
#: Periods whose name does not say to which kind of year they belong.
OF_ANY_YEAR = (Frequency.DAY, Frequency.WEEK, Frequency.MONTH)


@dataclass(frozen=True, slots=True)
class Misfit:
    """Why a measure has no figure for a period, and its own period of that time; empty where there is none."""

    kind: Literal["other_year", "shorter"]
    example: str


def misfit(definition: Definition, period: Period) -> Misfit | None:
    """Why the measure has no figure for ``period``; None where it may have one.

    A two-yearly measure also has figures for one year of the two.
    """
    own = definition.frequency
    if period.frequency not in OF_ANY_YEAR and period.year_kind is not definition.year:
        return Misfit("other_year", _own(definition, period))
    if own is Frequency.TWO_YEAR:
        fits = LENGTHS[period.frequency] >= LENGTHS[Frequency.YEAR] or period.days >= 365
    elif period.is_span:
        spanned = _own(definition, period)
        fits = not spanned or period.days >= Period.parse(spanned).days
    else:
        fits = LENGTHS[period.frequency] >= LENGTHS[own]
    return None if fits else Misfit("shorter", _own(definition, period))


def _own(definition: Definition, period: Period) -> str:
    try:
        return Period.of(definition.frequency, period.end, definition.year).text
    except PeriodError:
        return ""
