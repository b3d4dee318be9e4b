"""Status: a figure, its target and its rule give a colour and the reason for it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from goldenthread.domain.definition import Definition
from goldenthread.domain.periods import Period
from goldenthread.domain.reasons import Reason
from goldenthread.domain.rules import Rule
from goldenthread.domain.targets import TargetInForce
from goldenthread.domain.words import Missing, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A status judged by a person."""

    status: Status
    reason: str
    by: str
    on: date
    expires: date | None = None


@dataclass(frozen=True, slots=True)
class Rating:
    status: Status
    reason: Reason


def rate(
    measure: Definition,
    rule: Rule | None,
    target: TargetInForce | Reason,
    *,
    value: Decimal | None,
    denominator: Decimal | None = None,
    missing: Missing | None = None,
    earlier: Decimal | None = None,
    forecast: Decimal | None = None,
    judgement: Judgement | None = None,
) -> Rating:
    """Rate one figure by one rule against one target."""
    raise NotImplementedError


def waiting(measure: Definition, period: Period, *, today: date, expected_on: date | None = None) -> Rating:
    """The word for a period without a figure: not applicable, not due, awaited or overdue on ``today``."""
    raise NotImplementedError
