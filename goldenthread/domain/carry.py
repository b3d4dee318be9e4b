"""Lag: how a figure for an earlier period stands on a board for a later one.

A board for a quarter shows each measure's latest figure for a period that has ended by then, with its own period. A
yearly measure's last figure is carried: drawn hollow and counted apart, and not a red because it is not due.

>>> yearly = Definition(code="EDU4", frequency=Frequency.YEAR)
>>> on_board(Period.parse("2023/24"), Period.parse("2024/25 Q3"), yearly)
Carried(carried=True, stale=False, behind=0)
>>> on_board(Period.parse("2024/25"), Period.parse("2024/25 Q4"), yearly)
Carried(carried=False, stale=False, behind=0)

A monthly measure whose October figure is still its latest is two of its own periods behind; one more and it is stale:

>>> monthly = Definition(code="WASTE1", frequency=Frequency.MONTH)
>>> on_board(Period.parse("2024-10"), Period.parse("2024/25 Q3"), monthly)
Carried(carried=True, stale=False, behind=2)
>>> on_board(Period.parse("2024-09"), Period.parse("2024/25 Q3"), monthly)
Carried(carried=True, stale=True, behind=3)
"""

from dataclasses import dataclass

from goldenthread.domain.definition import Definition
from goldenthread.domain.periods import Period
from goldenthread.domain.words import Frequency


@dataclass(frozen=True, slots=True)
class Carried:
    """How a figure stands on a board: ``behind`` counts the measure's own periods that have ended since it."""

    carried: bool
    stale: bool
    behind: int


def on_board(figure_period: Period, board_period: Period, measure: Definition) -> Carried:
    """How the figure for ``figure_period`` stands on the board for ``board_period``.

    It is carried where another of the measure's own periods has ended since, by the board's last day, or where its own
    ended before the board's began. It is stale, to be shown as not rated, where more of its own periods have ended
    since than the measure's ``stale_after``. Raises ValueError of a figure for a period that ends after the board's.
    Source: docs/sums.
    """
    if figure_period.end > board_period.end:
        raise ValueError(f"a board for {board_period} shows no figure for {figure_period}, which ends later")
    step = own_step(figure_period, measure)
    behind, following = 0, figure_period.next(step)
    while following.end <= board_period.end:
        behind, following = behind + 1, following.next(step)
    carried = behind > 0 or figure_period.end < board_period.start
    return Carried(carried=carried, stale=behind > measure.stale_after, behind=behind)


def own_step(period: Period, measure: Definition) -> Frequency | None:
    """How far apart a measure's own periods lie where that is not their length: spans, and surveys every two years.

    None: each follows on the one before.

    >>> every_quarter = Definition(code="CRIME2", frequency=Frequency.QUARTER)
    >>> Period.parse("2021-10 to 2022-09").next(own_step(Period.parse("2021-10 to 2022-09"), every_quarter)).text
    '2022-01 to 2022-12'
    """
    if measure.frequency is period.frequency or not (period.is_span or measure.frequency is Frequency.TWO_YEAR):
        return None
    try:
        period.next(measure.frequency)
    except ValueError:
        return None
    return measure.frequency
