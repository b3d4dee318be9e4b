"""Lag: how a figure for an earlier period stands on a board for a later one."""

from dataclasses import dataclass

from goldenthread.domain.definition import Definition
from goldenthread.domain.periods import Period


@dataclass(frozen=True, slots=True)
class Carried:
    """``behind`` counts the measure's own periods between the figure's and the latest that has ended by the board's."""

    carried: bool
    stale: bool
    behind: int


def on_board(figure_period: Period, board_period: Period, measure: Definition) -> Carried:
    """How a figure for ``figure_period`` stands on a board for ``board_period``."""
    raise NotImplementedError
