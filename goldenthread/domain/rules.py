"""Rules: the named, dated ways in which councils turn a figure and its target into a status."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from goldenthread.domain.periods import Period
from goldenthread.domain.words import Against, Basis, Compare, Family


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One version of a rule. The edges are inclusive, in the units of ``basis``; ``expires_after`` is days."""

    code: str
    family: Family
    basis: Basis = Basis.PERCENT
    green: Decimal | None = None
    amber: Decimal | None = None
    red_amber: Decimal | None = None
    exceed: Decimal | None = None
    compare: Compare = Compare.UNROUNDED
    against: Against = Against.LAST_YEAR
    min_denominator: Decimal | None = None
    expires_after: int | None = None
    starts: date | None = None
    agreed_on: date | None = None
    decision: str = ""


def rule_in_force(versions: Sequence[Rule], period: Period) -> Rule | None:
    """The version that rates ``period``: the latest whose start is on or before the period's end (no start: from ever)."""
    raise NotImplementedError


def faults(rule: Rule) -> list[str]:
    """What is wrong with the rule's parameters, each as a sentence that says what would be right; empty if nothing."""
    raise NotImplementedError
