"""The tolerance as a picture draws it: from the last figure that is still green to the last that is not yet red.

Calls answered, wanted at 87% or more, amber for a miss of up to 5 points:

>>> five_points = Rule(code="CORP", family=Family.MISS_TOLERANCE, basis=Basis.POINTS, amber=Decimal(5))
>>> band(five_points, Comparison.AT_LEAST, target=Decimal(87))
Band(low=Decimal('82'), high=Decimal('87'))

Days lost to sickness, wanted at 10 or fewer, green within 2% and amber within 10%:

>>> bands = Rule(code="HR", family=Family.GREEN_BAND, green=Decimal(2), amber=Decimal(10))
>>> band(bands, Comparison.AT_MOST, target=Decimal(10))
Band(low=Decimal('10.2'), high=Decimal('11.0'))
"""

from dataclasses import dataclass
from decimal import Decimal

from goldenthread.domain.rules import Rule
from goldenthread.domain.words import Basis, Comparison, Family

_ZERO, _HUNDRED = Decimal(0), Decimal(100)
_HIGH_IS_GOOD = frozenset({Comparison.AT_LEAST, Comparison.MORE_THAN})


@dataclass(frozen=True, slots=True)
class Band:
    """The ends of a tolerance, in the measure's unit."""

    low: Decimal
    high: Decimal


def band(
    rule: Rule | None,
    comparison: Comparison | None,
    *,
    target: Decimal | None = None,
    low: Decimal | None = None,
    high: Decimal | None = None,
    floor: Decimal | None = None,
    baseline: Decimal | None = None,
) -> Band | None:
    """The tolerance about a target, in the measure's unit; for a range the range itself; None where there is none.

    A symmetric rule tolerates as much above the target as below. Beyond the band a figure is red, except under a rule
    conditioned on direction, which asks whether it has improved. Source: domain rule families A to I.
    """
    if comparison is Comparison.BETWEEN or (target is None and low is not None and high is not None):
        return Band(low, high) if low is not None and high is not None else None
    if rule is None or target is None or comparison is None:
        return None
    away = -1 if comparison in _HIGH_IS_GOOD else 1
    if rule.family is Family.TWO_THRESHOLDS:
        return _between(target, floor) if floor is not None else None
    edges = _edges(rule, target, baseline)
    if edges is None:
        return None
    near, far = edges
    if rule.family is Family.SYMMETRIC:
        return _between(target - far, target + far)
    return _between(target + away * near, target + away * far)


def _between(one: Decimal, other: Decimal) -> Band | None:
    return Band(min(one, other), max(one, other)) if one != other else None


def _edges(rule: Rule, target: Decimal, baseline: Decimal | None) -> tuple[Decimal, Decimal] | None:
    """How far from the target green ends, and how far amber does, in the measure's unit."""
    green, amber, red_amber = rule.green or _ZERO, rule.amber or _ZERO, rule.red_amber or _ZERO
    unit = _unit(rule, target, baseline)
    if unit is None:
        if rule.absolute_green is None and rule.absolute_amber is None:
            return None
        green, amber, unit = rule.absolute_green or _ZERO, rule.absolute_amber or _ZERO, Decimal(1)
        red_amber = rule.absolute_red_amber or _ZERO
    if rule.family is Family.SYMMETRIC:
        return _ZERO, green * unit
    if rule.family in (Family.STRICT, Family.JUDGED, Family.UNRATED, Family.FORECAST):
        return None
    return green * unit, max(green, amber, red_amber) * unit


def _unit(rule: Rule, target: Decimal, baseline: Decimal | None) -> Decimal | None:
    """What one unit of the rule's basis is in the measure's; None where there is no such thing."""
    if rule.basis is Basis.PERCENT:
        return abs(target) / _HUNDRED or None
    if rule.basis is Basis.IMPROVEMENT:
        return abs(target - baseline) / _HUNDRED or None if baseline is not None else None
    return Decimal(1)
