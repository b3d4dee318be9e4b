"""Rules: the named, dated ways in which councils turn a figure and its target into a status.

>>> from goldenthread.domain.reasons import explain
>>> five_points = Rule(code="CORP-5", family=Family.MISS_TOLERANCE, basis=Basis.POINTS, amber=Decimal(5))
>>> explain(describe(five_points))
'Amber within 5 percentage points short of target, red beyond'
>>> explain(describe(five_points, Definition(code="CS02", polarity=Polarity.HIGHER, data_type=DataType.PERCENTAGE)))
'Amber within 5 percentage points below target, red beyond'
>>> faults(Rule(code="ODD", family=Family.GREEN_BAND, green=Decimal(10), amber=Decimal(5)))
['green (10) is wider than amber (5): give amber as 10 or more']
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from goldenthread.domain.definition import Definition
from goldenthread.domain.figures import canonical
from goldenthread.domain.periods import Period
from goldenthread.domain.reasons import Reason
from goldenthread.domain.words import Against, Basis, Compare, DataType, Family, Polarity

_EDGES = ("green", "amber", "red_amber", "exceed")
#: The edges that each family reads; any other is a sign that another family was meant.
EDGES_OF: dict[Family, tuple[str, ...]] = {
    Family.STRICT: (),
    Family.MISS_TOLERANCE: ("amber", "exceed"),
    Family.GREEN_BAND: ("green", "amber", "exceed"),
    Family.TWO_THRESHOLDS: ("exceed",),
    Family.SYMMETRIC: ("green", "exceed"),
    Family.DIRECTION_CONDITIONED: ("green", "amber", "exceed"),
    Family.FORECAST: ("green", "amber", "exceed"),
    Family.JUDGED: (),
    Family.FOUR_BAND: ("green", "amber", "red_amber", "exceed"),
    Family.UNRATED: (),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One version of a rule. The edges are inclusive, in the units of ``basis``; ``expires_after`` is days.

    ``absolute_…`` are the edges used, in the measure's own unit, where a percentage of a target of 0 is asked for.
    """

    code: str
    family: Family
    basis: Basis = Basis.PERCENT
    green: Decimal | None = None
    amber: Decimal | None = None
    red_amber: Decimal | None = None
    exceed: Decimal | None = None
    absolute_green: Decimal | None = None
    absolute_amber: Decimal | None = None
    absolute_red_amber: Decimal | None = None
    absolute_exceed: Decimal | None = None
    compare: Compare = Compare.UNROUNDED
    against: Against = Against.LAST_YEAR
    min_denominator: Decimal | None = None
    expires_after: int | None = None
    starts: date | None = None
    agreed_on: date | None = None
    decision: str = ""


def rule_in_force(versions: Sequence[Rule], period: Period) -> Rule | None:
    """The version that rates ``period``: the latest whose start is on or before the period's end (no start: from ever).

    Of two versions with one start the later in ``versions`` counts. Source: domain rule "Which date rules": a rule that
    starts on S rates periods ending on or after S, whenever the figure arrives.

    >>> old = Rule(code="CORP", family=Family.STRICT)
    >>> new = Rule(code="CORP", family=Family.MISS_TOLERANCE, amber=Decimal(5), starts=date(2018, 12, 31))
    >>> [rule_in_force([old, new], Period.parse(text)).family.value for text in ("2018/19 Q2", "2018/19 Q3")]
    ['strict', 'miss_tolerance']
    """
    found: Rule | None = None
    for version in versions:
        if version.starts is not None and version.starts > period.end:
            continue
        if found is None or found.starts is None or (version.starts is not None and version.starts >= found.starts):
            found = version
    return found


def faults(
    rule: Rule,
    measure: Definition | None = None,
    *,
    has_baseline: bool | None = None,
    has_red_line: bool | None = None,
) -> list[str]:
    """What is wrong with the rule's parameters, each as a sentence that says what would be right; empty if nothing.

    With ``measure``, and with whether it has a baseline and a floor target (None: not known), also what is wrong with
    giving the rule to that measure. Source: domain rule families A to I; an empty tolerance is 0.
    """
    return [
        *_negative(rule),
        *_unread(rule),
        *_out_of_order(rule),
        *_wrong_absolutes(rule),
        *_wrong_limits(rule),
        *_misfits(rule, measure, has_baseline=has_baseline, has_red_line=has_red_line),
    ]


def describe(rule: Rule, measure: Definition | None = None) -> Reason:
    """The rule in plain words, as a reason for ``explain``; ``measure`` gives the side that is short and the unit."""
    params = {
        name: canonical(edge)
        for name in (*_EDGES, *(f"absolute_{name}" for name in _EDGES), "min_denominator")
        if (edge := getattr(rule, name)) is not None
    }
    params |= {"family": rule.family.value, "basis": rule.basis.value, "against": rule.against.value}
    if rule.compare is Compare.AS_SHOWN:
        params["compare"] = rule.compare.value
    if rule.expires_after is not None:
        params["expires_after"] = str(rule.expires_after)
    if rule.agreed_on is not None:
        params["agreed_on"] = rule.agreed_on.isoformat()
    if measure is not None:
        params |= {"polarity": measure.polarity.value, "data_type": measure.data_type.value}
        if measure.unit_of_measure:
            params["unit"] = measure.unit_of_measure
    return Reason("rule", params)


def _negative(rule: Rule) -> list[str]:
    names = (*_EDGES, *(f"absolute_{name}" for name in _EDGES), "min_denominator")
    return [
        f"{name} is {canonical(edge)}: an edge is how far short is still allowed; give 0 or more"
        if name != "min_denominator"
        else f"min_denominator is {canonical(edge)}: give the fewest cases to rate, 0 or more"
        for name in names
        if (edge := getattr(rule, name)) is not None and edge < 0
    ]


def _unread(rule: Rule) -> list[str]:
    read = EDGES_OF[rule.family]
    others = {
        "green": "choose green_band if a miss may still be green",
        "amber": "choose miss_tolerance if a miss may still be amber",
        "red_amber": "choose four_band for four colours",
        "exceed": "choose a family with bands if exceeding the target is blue",
    }
    if rule.family is Family.TWO_THRESHOLDS:
        others |= dict.fromkeys(("green", "amber"), "the target and the floor target are its two thresholds")
    elif rule.family is Family.SYMMETRIC:
        others["amber"] = "give the tolerance as green"
    return [
        f"{name} is {canonical(edge)}, but {rule.family} does not read it: leave it empty, or {others[name]}"
        for name in _EDGES
        if name not in read and (edge := getattr(rule, name))
    ]


def _out_of_order(rule: Rule, prefix: str = "") -> list[str]:
    named = [(prefix + name, getattr(rule, prefix + name)) for name in _EDGES[:3] if name in EDGES_OF[rule.family]]
    if rule.family in (Family.DIRECTION_CONDITIONED, Family.FORECAST):
        named = [(name, edge) for name, edge in named if edge is not None]
    return [
        f"{tighter} ({canonical(inner or Decimal(0))}) is wider than {wider} "
        f"({canonical(outer) if outer is not None else 'empty, so 0'}): "
        f"give {wider} as {canonical(inner or Decimal(0))} or more"
        for (tighter, inner), (wider, outer) in pairwise(named)
        if (inner or 0) > (outer or 0)
    ]


def _wrong_absolutes(rule: Rule) -> list[str]:
    given = [name for name in _EDGES if getattr(rule, f"absolute_{name}") is not None]
    if not given:
        return []
    if rule.basis is not Basis.PERCENT:
        return [f"absolute_{given[0]} is for a percentage of a target of 0: with basis {rule.basis} leave it empty"]
    unread = [name for name in given if name not in EDGES_OF[rule.family]]
    return [
        *(f"absolute_{name} is given, but {rule.family} does not read {name}: leave it empty" for name in unread),
        *_out_of_order(rule, "absolute_"),
    ]


def _wrong_limits(rule: Rule) -> list[str]:
    found = []
    if rule.expires_after is not None and rule.expires_after < 1:
        found.append(f"expires_after is {rule.expires_after}: give the days that a judgement stands, 1 or more")
    if rule.expires_after is not None and rule.family is not Family.JUDGED:
        found.append(f"expires_after is for judged rules: leave it empty for {rule.family}")
    return found


def _misfits(
    rule: Rule, measure: Definition | None, *, has_baseline: bool | None, has_red_line: bool | None
) -> list[str]:
    found = []
    edges = [name for name in EDGES_OF[rule.family] if getattr(rule, name)]
    if rule.basis is Basis.IMPROVEMENT and edges and has_baseline is False:
        found.append("basis improvement is the share of the planned move from the baseline: set a baseline target")
    if rule.family is Family.TWO_THRESHOLDS and has_red_line is False:
        found.append("two_thresholds needs a red line: set a floor target")
    if measure is None or rule.family is Family.UNRATED:
        return found
    if rule.basis is Basis.PERCENT and edges and measure.data_type in (DataType.DATE, DataType.YES_NO):
        found.append(f"a percentage of a {measure.data_type} means nothing: give basis as absolute")
    if measure.polarity is Polarity.RANGE and rule.exceed is not None:
        found.append("exceed is never reached where good is in a range: leave it empty")
    return found
