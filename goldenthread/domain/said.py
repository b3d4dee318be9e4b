"""What was said of a measure, and when: the events from which every result, past and present, follows.

A result is a function of these and of the definition: the same events give the same versions, whether they came one by
one through the pages or a thousand at a time in a data package.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from goldenthread.domain.figures import Figure
from goldenthread.domain.periods import Period
from goldenthread.domain.rules import Rule
from goldenthread.domain.status import Judgement
from goldenthread.domain.targets import Target
from goldenthread.domain.words import Annotation


@dataclass(frozen=True, slots=True)
class Assigned:
    """A rule given to the measure (``tier`` False) or to every measure of its tier, for periods from a day on."""

    rule: str
    starts: date | None = None
    tier: bool = False
    agreed_on: date | None = None
    decision: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    period: Period
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class Annotated:
    period: Period
    kind: Annotation


@dataclass(frozen=True, slots=True)
class Forecasted:
    """The owner's forecast of the outturn of ``for_period``, made while ``made_in`` was being reported."""

    for_period: Period
    value: Decimal | None
    made_in: Period | None = None
    reason: str = ""
    by: str = ""


What = Figure | Target | Rule | Assigned | Judged | Annotated | Forecasted


class Said(NamedTuple):
    """One event: known from ``at``; ``order`` keeps those of one moment in the order in which they were given."""

    at: datetime
    what: What
    category: str = ""
    order: int = 0
