"""Many statuses into one: counts with both numbers, the weighted mean of scores, worst-of, judged."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from goldenthread.domain.periods import Period
from goldenthread.domain.reasons import Reason
from goldenthread.domain.status import Judgement
from goldenthread.domain.words import Status

#: What each colour scores in a weighted mean (domain rule; a council may give its own).
SCORES: Mapping[Status, Decimal] = {
    Status.BLUE: Decimal(100),
    Status.GREEN: Decimal(100),
    Status.GREEN_AMBER: Decimal(67),
    Status.AMBER: Decimal(50),
    Status.RED_AMBER: Decimal(33),
    Status.RED: Decimal(0),
}
#: The colours a parent may take: the three-colour scheme, and the four-band one.
THREE_BANDS = (Status.GREEN, Status.AMBER, Status.RED)
FOUR_BANDS = (Status.GREEN, Status.GREEN_AMBER, Status.RED_AMBER, Status.RED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """One status under a parent. ``overdue`` marks a carried figure whose successor is overdue."""

    status: Status
    weight: Decimal = Decimal(1)
    carried: bool = False
    overdue: bool = False
    figure_period: Period | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many children have each status; what is carried is counted apart from ``rated`` and ``on_target``."""

    rated: int
    on_target: int
    overdue: int
    carried: int
    carried_on_target: int
    oldest_carried: Period | None
    by_status: Mapping[Status, int]


@dataclass(frozen=True, slots=True)
class RollUp:
    """A parent's status, the reason that explains it, the counts beneath it and, for a weighted mean, its score."""

    status: Status
    reason: Reason
    counts: Counts
    score: Decimal | None = None


def percentage(part: int | Decimal, whole: int | Decimal, decimals: int = 0) -> Decimal:
    """``part`` of ``whole`` per cent, rounded half up. Raises ValueError of a whole of zero."""
    raise NotImplementedError


def count(children: Sequence[Child]) -> Counts:
    raise NotImplementedError


def counts_only(children: Sequence[Child]) -> RollUp:
    raise NotImplementedError


def weighted_mean(
    children: Sequence[Child],
    *,
    scores: Mapping[Status, Decimal] = SCORES,
    bands: Sequence[Status] = THREE_BANDS,
) -> RollUp:
    raise NotImplementedError


def worst_of(children: Sequence[Child]) -> RollUp:
    raise NotImplementedError


def judged(children: Sequence[Child], judgement: Judgement | None, *, today: date) -> RollUp:
    raise NotImplementedError


def rollup_words(reason: Reason, *, translate: Callable[[str], str] = str) -> str:
    """A roll-up's reason as a sentence."""
    raise NotImplementedError
