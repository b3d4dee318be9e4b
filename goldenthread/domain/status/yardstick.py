"""Status: a figure, its target and its rule give a colour and the reason for it.

>>> from datetime import date
>>> from goldenthread.domain.reasons import explain
>>> from goldenthread.domain.words import Basis, DataType
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

from decimal import Decimal

from goldenthread.domain.amounts import rounded
from goldenthread.domain.definition import Definition
from goldenthread.domain.figures import canonical
from goldenthread.domain.reasons import Reason
from goldenthread.domain.rules import Rule
from goldenthread.domain.status.families import Case, Edges, by_red_line, met, missed
from goldenthread.domain.status.judgement import Judgement, judged
from goldenthread.domain.status.rating import Rating
from goldenthread.domain.targets import TargetInForce
from goldenthread.domain.words import Compare, Comparison, Family, MeasureKind, Missing, Polarity, Status

_NOT_APPLICABLE = Rating(Status.NOT_APPLICABLE, Reason("not_applicable"))
_CONTEXTUAL = Rating(Status.NOT_RATED, Reason("contextual"))
_NO_POLARITY = Rating(Status.NOT_RATED, Reason("no_polarity"))
_NO_RULE = Rating(Status.NOT_RATED, Reason("no_rule"))
_UNRATED = Rating(Status.NOT_RATED, Reason("unrated"))
_NO_VALUE = Rating(Status.NOT_RATED, Reason("no_value"))
_NO_FORECAST = Rating(Status.NOT_RATED, Reason("no_forecast"))
_JUDGED_ONLY = Rating(Status.NOT_RATED, Reason("judged_only"))
_NOT_A_NUMBER = Rating(Status.CANNOT_COMPUTE, Reason("not_a_number"))
_TO_BE_CONFIRMED = Rating(Status.NO_TARGET, Reason("to_be_confirmed"))
_MISSING = {kind: Rating(Status.NOT_RATED, Reason(kind.value)) for kind in Missing}


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
        self.edges = Edges(rule.green, rule.amber, rule.red_amber, rule.exceed)
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
            return _JUDGED_ONLY if as_forecast else judged(rule, judgement)
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
        case = Case(self, rule, target, value, earlier, of_forecast)
        if rule.family is Family.STRICT:
            return case.rated(Status.GREEN, "met") if case.met else case.rated(Status.RED, "missed")
        symmetric = rule.family is Family.SYMMETRIC
        # An exact hit is green whatever the basis, and so is a met target that cannot be exceeded.
        if case.shortfall and (not case.met or symmetric or rule.exceed is not None):
            needs_basis = case.met or rule.family is not Family.TWO_THRESHOLDS
            if needs_basis and (failed := case.set_basis()):
                return failed
        if case.met:
            return met(case, symmetric)
        if rule.family is Family.TWO_THRESHOLDS:
            return by_red_line(case)
        return missed(case)

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
