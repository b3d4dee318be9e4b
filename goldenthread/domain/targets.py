"""Targets: what a period's figure is held against, given for the period or derived from the year's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from goldenthread.domain.definition import Definition
from goldenthread.domain.figures import Figure
from goldenthread.domain.periods import Period
from goldenthread.domain.reasons import Reason
from goldenthread.domain.words import Comparison, Profile, TargetKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A target as it was set for a period. ``original`` is what stood before it was amended, if it was."""

    period: Period
    kind: TargetKind = TargetKind.TARGET
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    comparison: Comparison | None = None
    profile: Profile | None = None
    set_on: date | None = None
    decision: str = ""
    reason: str = ""
    amended: bool = False
    corrected: bool = False
    original: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetInForce:
    """The target that rates one period. ``derived_by`` is None where the period has its own row."""

    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    comparison: Comparison
    derived_by: Profile | None = None
    floor: Decimal | None = None
    stretch: Decimal | None = None
    baseline: Decimal | None = None
    amended: bool = False
    corrected: bool = False
    original: Decimal | None = None


def target_in_force(
    measure: Definition,
    period: Period,
    targets: Mapping[tuple[str, TargetKind], Target],
    *,
    history: Sequence[Figure] = (),
    category: str = "",
    whole: Mapping[tuple[str, TargetKind], Target] | None = None,
) -> TargetInForce | Reason:
    """The target of ``period`` on the measure's rated reading, or the reason why there is none."""
    raise NotImplementedError
