"""How each family of rules rates a figure against its target, from the target outwards."""

from collections.abc import Mapping
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from goldenthread.domain.amounts import rounded
from goldenthread.domain.figures import canonical
from goldenthread.domain.reasons import Reason
from goldenthread.domain.rules import Rule
from goldenthread.domain.status.rating import Rating
from goldenthread.domain.targets import TargetInForce
from goldenthread.domain.words import Against, Basis, Comparison, Family, Status

if TYPE_CHECKING:
    from goldenthread.domain.status.yardstick import Yardstick

_ZERO, _ONE, _HUNDRED = Decimal(0), Decimal(1), Decimal(100)
# Figures of any length are compared exactly: the default context would round after 28 digits.
_EXACT = Context(prec=400, Emin=MIN_EMIN, Emax=MAX_EMAX, traps=[])
_NOTHING: Mapping[str, str] = {}
_STRICT = frozenset({Comparison.MORE_THAN, Comparison.LESS_THAN})


class Edges(NamedTuple):
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


class Case:
    """One figure held against a yardstick."""

    __slots__ = (
        *("basis", "earlier", "edges", "given", "line", "measured", "met"),
        *("of_forecast", "rule", "shortfall", "target", "unit", "value", "yardstick"),
    )

    def __init__(
        self,
        yardstick: "Yardstick",
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
        absolute = Edges(rule.absolute_green, rule.absolute_amber, rule.absolute_red_amber, rule.absolute_exceed)
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


def met(case: Case, symmetric: bool) -> Rating:
    """Green, or blue where the target is exceeded by as much as the rule asks."""
    exceed, tolerance = case.edges.exceed, case.edges.green or _ZERO
    beyond = -case.measured
    if exceed is not None:
        if beyond >= _EXACT.multiply(exceed, case.unit):
            return case.rated(Status.BLUE, "exceeded", edge=exceed)
    elif symmetric and beyond > _EXACT.multiply(tolerance, case.unit):
        return case.rated(Status.BLUE, "better_than_tolerance", edge=tolerance)
    return case.rated(Status.GREEN, "met")


def missed(case: Case) -> Rating:
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


def by_red_line(case: Case) -> Rating:
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


def _red_line(case: Case) -> Decimal | None:
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


def _by_direction(case: Case, edge: Decimal, band: dict[str, str]) -> Rating:
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
