"""Status: a figure, its target and its rule give a colour and the reason for it.

>>> from goldenthread.domain.reasons import explain
>>> from goldenthread.domain.words import DataType
>>> calls = Definition(code="CS02", data_type=DataType.PERCENTAGE, decimals=1, polarity=Polarity.HIGHER)
>>> rule = Rule(code="CORP-5", family=Family.MISS_TOLERANCE, basis=Basis.POINTS, amber=Decimal(5),
...             agreed_on=date(2026, 3, 3))
>>> target = TargetInForce(value=Decimal(87), comparison=Comparison.AT_LEAST)
>>> rating = rate(calls, rule, target, value=Decimal("84.2"))
>>> rating.status
<Status.AMBER: 'amber'>
>>> explain(rating.reason)
'Amber: 84.2% is 2.8 percentage points below the target of 87%, within the 5-point tolerance agreed on 3 March 2026'
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal
from functools import cache
from typing import NamedTuple

from goldenthread.domain.amounts import rounded
from goldenthread.domain.definition import Definition
from goldenthread.domain.figures import canonical
from goldenthread.domain.periods import Period
from goldenthread.domain.reasons import Reason
from goldenthread.domain.rules import Rule
from goldenthread.domain.targets import TargetInForce
from goldenthread.domain.words import (
    Against,
    Basis,
    Compare,
    Comparison,
    Family,
    MeasureKind,
    Missing,
    Polarity,
    Status,
)

_ZERO, _ONE, _HUNDRED = Decimal(0), Decimal(1), Decimal(100)
# Figures of any length are compared exactly: the default context would round after 28 digits.
_EXACT = Context(prec=400, Emin=MIN_EMIN, Emax=MAX_EMAX, traps=[])
_NOTHING: Mapping[str, str] = {}
_STRICT = frozenset({Comparison.MORE_THAN, Comparison.LESS_THAN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A status judged by a person."""

    status: Status
    reason: str
    by: str
    on: date
    expires: date | None = None


class Rating(NamedTuple):
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
    as_forecast: bool = False,
) -> Rating:
    """Rate one figure by one rule against one target, all in the measure's own unit and on its rated reading.

    ``denominator`` is the number of cases behind the figure, ``earlier`` the value of the period that the rule compares
    with. A rule of the forecast family rates ``forecast`` instead of ``value``, and so does any rule with
    ``as_forecast``; either way ``target`` is then the year's. A value given with a nil return is rated; with any other
    ``missing`` it is not. Nothing is raised: what cannot be rated says why. Source: domain rule families A to I.
    """
    return Yardstick(measure, rule, target).rate(
        value=value,
        denominator=denominator,
        missing=missing,
        earlier=earlier,
        forecast=forecast,
        judgement=judgement,
        as_forecast=as_forecast,
    )


class Yardstick:
    """A rule and a target, made ready once for every figure of a measure that is held against them.

    ``low`` and ``high`` are the limits to keep to: one of them for a target, two for a range, alike for a single point.
    ``told`` is what every reason says of them, ``told_if_rated`` what that of a rating does.
    """

    __slots__ = (
        *("comparison", "edges", "high", "low", "measure", "rounded_to"),
        *("rule", "target", "told", "told_if_rated"),
    )

    def __init__(self, measure: Definition, rule: Rule | None, target: TargetInForce | Reason) -> None:
        self.measure, self.rule, self.target = measure, rule, target
        if rule is None or isinstance(target, Reason):
            return
        self.rounded_to = measure.decimals if rule.compare is Compare.AS_SHOWN else None
        low, high = _bounds(target)
        self.comparison = _side(target.comparison, low, high)
        self.low = None if low is None else self.compared(low)
        self.high = None if high is None else self.compared(high)
        self.edges = _Edges(rule.green, rule.amber, rule.red_amber, rule.exceed)
        self.told = self._told()
        self.told_if_rated = _told_if_rated(rule, target)

    def compared(self, number: Decimal) -> Decimal:
        """``number`` as the rule compares it: unrounded, or as shown."""
        return number if self.rounded_to is None else rounded(number, self.rounded_to)

    def rate(
        self,
        *,
        value: Decimal | None,
        denominator: Decimal | None = None,
        missing: Missing | None = None,
        earlier: Decimal | None = None,
        forecast: Decimal | None = None,
        judgement: Judgement | None = None,
        as_forecast: bool = False,
    ) -> Rating:
        """Rate one figure: see ``rate``."""
        measure, rule = self.measure, self.rule
        if missing is Missing.NOT_APPLICABLE:
            return _NOT_APPLICABLE
        if measure.kind is MeasureKind.CONTEXTUAL:
            return _CONTEXTUAL
        if measure.polarity is Polarity.NONE:
            return _NO_POLARITY
        if rule is None:
            return _NO_RULE
        if rule.family is Family.UNRATED:
            return _UNRATED
        if rule.family is Family.JUDGED:
            return _JUDGED_ONLY if as_forecast else _judged(rule, judgement)
        if as_forecast or rule.family is Family.FORECAST:
            return _NO_FORECAST if forecast is None else self._against_target(rule, forecast, earlier, True)
        if missing is not None and (value is None or missing is not Missing.NIL_RETURN):
            return _MISSING[missing]
        if value is None:
            return _NO_VALUE
        fewest = rule.min_denominator if rule.min_denominator is not None else measure.min_denominator
        if fewest is not None and denominator is not None and denominator < fewest:
            cases = {"denominator": canonical(denominator), "min_denominator": canonical(fewest)}
            return Rating(Status.NOT_RATED, Reason("too_few", cases))
        return self._against_target(rule, value, earlier, False)

    def _against_target(self, rule: Rule, value: Decimal, earlier: Decimal | None, of_forecast: bool) -> Rating:
        target = self.target
        if isinstance(target, Reason):
            return Rating(Status.NO_TARGET, target)
        if target.value is None and target.low is None and target.high is None:
            return _TO_BE_CONFIRMED
        if not value.is_finite():
            return _NOT_A_NUMBER
        case = _Case(self, rule, target, value, earlier, of_forecast)
        if rule.family is Family.STRICT:
            return case.rated(Status.GREEN, "met") if case.met else case.rated(Status.RED, "missed")
        symmetric = rule.family is Family.SYMMETRIC
        # An exact hit is green whatever the basis, and so is a met target that cannot be exceeded.
        if case.shortfall and (not case.met or symmetric or rule.exceed is not None):
            needs_basis = case.met or rule.family is not Family.TWO_THRESHOLDS
            if needs_basis and (failed := case.set_basis()):
                return failed
        if case.met:
            return _met(case, symmetric)
        if rule.family is Family.TWO_THRESHOLDS:
            return _by_red_line(case)
        return _missed(case)

    def _told(self) -> dict[str, str]:
        measure = self.measure
        told: dict[str, str] = {"comparison": self.comparison, "data_type": measure.data_type}
        if measure.unit_of_measure:
            told["unit"] = measure.unit_of_measure
        if measure.decimals is not None:
            told["decimals"] = str(measure.decimals)
        for name, limit in (("low", self.low), ("high", self.high)):
            if limit is not None:
                told[name if self.comparison is Comparison.BETWEEN else "target"] = canonical(limit)
        return told


def _told_if_rated(rule: Rule, target: TargetInForce) -> dict[str, str]:
    told = {}
    if rule.agreed_on is not None:
        told["agreed_on"] = rule.agreed_on.isoformat()
    if target.derivation is not None:
        told["derived"] = target.derivation.code
        told.update(target.derivation.params)
    if target.of_whole:
        told["of_whole"] = "yes"
    if target.amended or target.corrected:
        told["amended" if target.amended else "corrected"] = "yes"
        if target.original is not None:
            told["original"] = canonical(target.original)
    return told


def waiting(measure: Definition, period: Period, *, today: date, expected_on: date | None = None) -> Rating:
    """The word for a period without a figure: not applicable, not due, awaited or overdue on ``today``.

    A period is not due up to its last day, awaited up to the day it is due (``lag_days`` after) or the accepted
    ``expected_on``, both included, and overdue from the next day. It is not applicable if it ends before the measure
    starts or after the measure has ended. Raises PeriodError where the due day is beyond the calendar.
    """
    if measure.starts is not None and period.end < measure.starts:
        return Rating(Status.NOT_APPLICABLE, Reason("not_started", {"starts": measure.starts.isoformat()}))
    if measure.ends is not None and period.end > measure.ends:
        return Rating(Status.NOT_APPLICABLE, Reason("ended", {"ends": measure.ends.isoformat()}))
    if today <= period.end:
        return Rating(Status.NOT_DUE, Reason("not_due", {"period": period.text, "ends": period.end.isoformat()}))
    due = period.due(measure.lag_days)
    params = {"period": period.text, "due": due.isoformat()}
    if today <= due:
        return Rating(Status.AWAITED, Reason("awaited", params))
    if expected_on is None:
        return Rating(Status.OVERDUE, Reason("overdue", params))
    params["expected_on"] = expected_on.isoformat()
    if today <= expected_on:
        return Rating(Status.AWAITED, Reason("awaited_expected", params))
    return Rating(Status.OVERDUE, Reason("overdue_expected", params))


def expiry(judgement: Judgement, rule: Rule | None = None) -> date | None:
    """The last day on which a judgement stands: its own, else ``expires_after`` days from the day it was made."""
    if judgement.expires is not None or rule is None or rule.expires_after is None:
        return judgement.expires
    return judgement.on + timedelta(days=min(rule.expires_after, (date.max - judgement.on).days))


def current_judgement(judgement: Judgement | None, today: date, *, rule: Rule | None = None) -> Judgement | None:
    """The judgement if it still stands on ``today``; None once expired, or where nothing says until when it stands.

    >>> busy = Judgement(status=Status.AMBER, reason="two posts vacant", by="A. Shah", on=date(2026, 3, 3),
    ...                  expires=date(2026, 6, 30))
    >>> current_judgement(busy, date(2026, 6, 30)) is busy, current_judgement(busy, date(2026, 7, 1))
    (True, None)
    """
    if judgement is None:
        return None
    expires = expiry(judgement, rule)
    return judgement if expires is not None and today <= expires else None


def current_rating(rating: Rating, *, today: date) -> Rating:
    """A kept rating as it reads on ``today``: a judged one that has expired is not rated any more."""
    params = rating.reason.params
    if rating.reason.code != "judged" or today <= date.fromisoformat(params["expires"]):
        return rating
    kept = {name: params[name] for name in ("by", "on", "expires")}
    return Rating(Status.NOT_RATED, Reason("judgement_expired", kept))


_NOT_APPLICABLE = Rating(Status.NOT_APPLICABLE, Reason("not_applicable"))
_CONTEXTUAL = Rating(Status.NOT_RATED, Reason("contextual"))
_NO_POLARITY = Rating(Status.NOT_RATED, Reason("no_polarity"))
_NO_RULE = Rating(Status.NOT_RATED, Reason("no_rule"))
_UNRATED = Rating(Status.NOT_RATED, Reason("unrated"))
_NO_VALUE = Rating(Status.NOT_RATED, Reason("no_value"))
_NO_FORECAST = Rating(Status.NOT_RATED, Reason("no_forecast"))
_NO_JUDGEMENT = Rating(Status.NOT_RATED, Reason("no_judgement"))
_JUDGED_ONLY = Rating(Status.NOT_RATED, Reason("judged_only"))
_INCOMPLETE = Rating(Status.NOT_RATED, Reason("judgement_incomplete"))
_NOT_A_NUMBER = Rating(Status.CANNOT_COMPUTE, Reason("not_a_number"))
_TO_BE_CONFIRMED = Rating(Status.NO_TARGET, Reason("to_be_confirmed"))
_MISSING = {kind: Rating(Status.NOT_RATED, Reason(kind.value)) for kind in Missing}


def _judged(rule: Rule, judgement: Judgement | None) -> Rating:
    if judgement is None:
        return _NO_JUDGEMENT
    expires = expiry(judgement, rule)
    if expires is None or not judgement.reason.strip() or not judgement.by.strip():
        return _INCOMPLETE
    params = {
        "status": judgement.status,
        "by": judgement.by,
        "on": judgement.on.isoformat(),
        "why": judgement.reason,
        "expires": expires.isoformat(),
    }
    return Rating(judgement.status, Reason("judged", params))


class _Edges(NamedTuple):
    """The rule's edges, in the units of its basis."""

    green: Decimal | None
    amber: Decimal | None
    red_amber: Decimal | None
    exceed: Decimal | None


_GREEN, _AMBER, _RED_AMBER = 0, 1, 2
#: Each family's bands from the target outwards: the edge, and the colour of a miss within it. Beyond the last: red.
_BANDS: dict[Family, tuple[tuple[int, Status], ...]] = {
    Family.STRICT: (),
    Family.TWO_THRESHOLDS: (),
    Family.MISS_TOLERANCE: ((_AMBER, Status.AMBER),),
    Family.GREEN_BAND: ((_GREEN, Status.GREEN), (_AMBER, Status.AMBER)),
    Family.SYMMETRIC: ((_GREEN, Status.GREEN),),
    Family.DIRECTION_CONDITIONED: ((_GREEN, Status.GREEN), (_AMBER, Status.AMBER)),
    Family.FORECAST: ((_GREEN, Status.GREEN), (_AMBER, Status.AMBER)),
    Family.FOUR_BAND: ((_GREEN, Status.GREEN), (_AMBER, Status.GREEN_AMBER), (_RED_AMBER, Status.RED_AMBER)),
}


class _Case:
    """One figure held against a yardstick."""

    __slots__ = (
        *("basis", "earlier", "edges", "given", "line", "measured", "met"),
        *("of_forecast", "rule", "shortfall", "target", "unit", "value", "yardstick"),
    )

    def __init__(
        self,
        yardstick: Yardstick,
        rule: Rule,
        target: TargetInForce,
        value: Decimal,
        earlier: Decimal | None,
        of_forecast: bool,
    ) -> None:
        self.yardstick, self.rule, self.target = yardstick, rule, target
        self.given, self.value = value, yardstick.compared(value)
        self.earlier = None if earlier is None else yardstick.compared(earlier)
        self.of_forecast = of_forecast
        self.shortfall, self.line = _short(yardstick.low, yardstick.high, self.value)
        self.met = self.shortfall <= 0 and not (self.shortfall == 0 and yardstick.comparison in _STRICT)
        self.basis, self.edges = rule.basis, yardstick.edges
        self.measured, self.unit = self.shortfall, _ONE

    def within(self, edge: Decimal) -> bool:
        return self.measured <= _EXACT.multiply(edge, self.unit)

    def set_basis(self) -> Rating | None:
        """Put the shortfall into the units of the basis, by multiplying only; or say why that cannot be done."""
        if self.basis is Basis.PERCENT:
            self.unit = abs(self.line)
            if not self.unit:
                return self._on_zero()
        elif self.basis is Basis.IMPROVEMENT:
            if self.target.baseline is None:
                return self.cannot("no_baseline")
            self.unit = abs(self.short_at(self.yardstick.compared(self.target.baseline)))
            if not self.unit:
                return self.cannot("no_planned_move")
        else:
            return None
        self.measured = _EXACT.multiply(self.shortfall, _HUNDRED)
        return None

    def short_at(self, number: Decimal) -> Decimal:
        """How far another figure than this one falls short."""
        return _short(self.yardstick.low, self.yardstick.high, number)[0]

    def _on_zero(self) -> Rating | None:
        rule = self.rule
        absolute = _Edges(rule.absolute_green, rule.absolute_amber, rule.absolute_red_amber, rule.absolute_exceed)
        if absolute == (None, None, None, None):
            return self.cannot("zero_target")
        self.edges, self.basis, self.unit = absolute, Basis.ABSOLUTE, _ONE
        return None

    def cannot(self, code: str) -> Rating:
        return Rating(Status.CANNOT_COMPUTE, Reason(code, self._params(Status.CANNOT_COMPUTE)))

    def rated(
        self, status: Status, code: str, *, edge: Decimal | None = None, others: Mapping[str, str] = _NOTHING
    ) -> Rating:
        """The rating, with everything that its explanation needs."""
        params = self._params(status) | self.yardstick.told_if_rated
        if edge is not None:
            params["edge"] = canonical(edge)
            params["basis"] = self.basis
            if self.basis is not self.rule.basis:
                params["zero_target"] = "yes"
            elif self.basis is Basis.IMPROVEMENT and self.target.baseline is not None:
                params["baseline"] = canonical(self.target.baseline)
        if others:
            params.update(others)
        if not self.met or self.value is not self.given:
            self._tell_rounding(params)
        return Rating(status, Reason(code, params))

    def _params(self, status: Status) -> dict[str, str]:
        figure = {"status": status, "value": canonical(self.value), "shortfall": canonical(self.shortfall)}
        if self.of_forecast:
            figure["forecast"] = "yes"
        return self.yardstick.told | figure

    def _tell_rounding(self, params: dict[str, str]) -> None:
        decimals = self.yardstick.measure.decimals
        if decimals is None:
            return
        if self.value != self.given:
            params["unrounded"] = canonical(self.given)
        elif not self.met and self.shortfall and self.shortfall < _step(decimals):
            telling = _telling_decimals(self.value, self.line, decimals)
            if telling > decimals:
                params["shown_decimals"] = str(telling)


def _met(case: _Case, symmetric: bool) -> Rating:
    """Green, or blue where the target is exceeded by as much as the rule asks."""
    exceed, tolerance = case.edges.exceed, case.edges.green or _ZERO
    beyond = -case.measured
    if exceed is not None:
        if beyond >= _EXACT.multiply(exceed, case.unit):
            return case.rated(Status.BLUE, "exceeded", edge=exceed)
    elif symmetric and beyond > _EXACT.multiply(tolerance, case.unit):
        return case.rated(Status.BLUE, "better_than_tolerance", edge=tolerance)
    return case.rated(Status.GREEN, "met")


def _missed(case: _Case) -> Rating:
    bands = _BANDS[case.rule.family]
    conditioned = case.rule.family is Family.DIRECTION_CONDITIONED
    several = len(bands) > 1 and sum(bool(case.edges[index]) for index, _status in bands) > 1
    last, last_status = _ZERO, Status.RED
    for index, status in bands:
        edge = case.edges[index]
        if edge is None and (last or conditioned or status is Status.GREEN):
            continue
        last, last_status = edge or _ZERO, status
        # A miss of 0 (equal to a target of "more than") is green only where the rule lets a miss be green.
        if (last or status is not Status.GREEN) and case.within(last):
            return case.rated(status, "within_tolerance", edge=last, others=_band(status, several))
    if conditioned:
        return _by_direction(case, last, _band(last_status, several))
    if not last:
        return case.rated(Status.RED, "missed")
    return case.rated(Status.RED, "beyond_tolerance", edge=last, others=_band(last_status, several))


def _band(status: Status, several: bool) -> dict[str, str]:
    """The band an edge belongs to, said only where the rule has several."""
    return {"band": status} if several else {}


def _by_red_line(case: _Case) -> Rating:
    given = _red_line(case)
    if given is None:
        return case.cannot("no_red_line")
    floor = case.yardstick.compared(given)
    params = {"floor": canonical(floor)}
    above = case.value > case.line
    inside = case.value <= floor if above else case.value >= floor
    if case.value == case.line:
        inside = True
    if inside:
        return case.rated(Status.AMBER, "within_red_line", others=params)
    return case.rated(Status.RED, "beyond_red_line", others=params)


def _red_line(case: _Case) -> Decimal | None:
    """The red line on the side on which the target was missed."""
    target = case.target
    if case.yardstick.comparison is not Comparison.BETWEEN:
        return target.floor
    if case.value > case.line:
        if target.floor_high is None and target.floor is not None and target.floor >= case.line:
            return target.floor
        return target.floor_high
    if target.floor_low is None and target.floor is not None and target.floor <= case.line:
        return target.floor
    return target.floor_low


def _by_direction(case: _Case, edge: Decimal, band: dict[str, str]) -> Rating:
    """Beyond the tolerance: amber if improved on the earlier figure or the same, red if not."""
    against = case.rule.against
    if case.earlier is None:
        return case.cannot("no_previous" if against is Against.PREVIOUS else "no_earlier")
    gain = _EXACT.subtract(case.short_at(case.earlier), case.shortfall)
    others = {"earlier": canonical(case.earlier), "against": against, **band}
    if gain > case.yardstick.measure.dead_band:
        return case.rated(Status.AMBER, "improved", edge=edge, others=others)
    if gain >= -case.yardstick.measure.dead_band:
        return case.rated(Status.AMBER, "no_worse", edge=edge, others=others)
    return case.rated(Status.RED, "not_improved", edge=edge, others=others)


def _bounds(target: TargetInForce) -> tuple[Decimal | None, Decimal | None]:
    """The limits that the figure must keep to: one of them for a target, two for a range, alike for a single point."""
    comparison = target.comparison
    if comparison is Comparison.BETWEEN:
        if target.low is None and target.high is None:
            return target.value, target.value
        return target.low, target.high
    if comparison in (Comparison.AT_LEAST, Comparison.MORE_THAN):
        return _first(target.value, target.low, target.high), None
    return None, _first(target.value, target.high, target.low)


def _side(comparison: Comparison, low: Decimal | None, high: Decimal | None) -> Comparison:
    """A range with one limit only is a target of at least, or at most, that limit."""
    if comparison is not Comparison.BETWEEN or (low is not None and high is not None):
        return comparison
    return Comparison.AT_LEAST if high is None else Comparison.AT_MOST


def _first(*numbers: Decimal | None) -> Decimal | None:
    return next((number for number in numbers if number is not None), None)


def _short(low: Decimal | None, high: Decimal | None, value: Decimal) -> tuple[Decimal, Decimal]:
    """How far ``value`` falls short, and of which limit; within a range it is short by nothing."""
    if high is None:
        assert low is not None
        return _EXACT.subtract(low, value), low
    if low is None:
        return _EXACT.subtract(value, high), high
    if value < low:
        return _EXACT.subtract(low, value), low
    if value > high:
        return _EXACT.subtract(value, high), high
    return _ZERO, low


@cache
def _step(decimals: int) -> Decimal:
    return _ONE.scaleb(-decimals)


def _telling_decimals(value: Decimal, line: Decimal, decimals: int) -> int:
    """The fewest decimals that tell ``value`` from ``line``."""
    while rounded(value, decimals) == rounded(line, decimals):
        decimals += 1
    return decimals
