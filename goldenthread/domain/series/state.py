"""What is known of a measure at a moment: its figures, targets, rules, judgements, forecasts and breaks."""

from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from goldenthread.domain.aggregate import ratio
from goldenthread.domain.definition import Definition
from goldenthread.domain.figures import Figure
from goldenthread.domain.periods import Period
from goldenthread.domain.reasons import Reason
from goldenthread.domain.rules import Rule, rule_in_force
from goldenthread.domain.said import Annotated, Assigned, Forecasted, Judged, Said
from goldenthread.domain.status import Judgement
from goldenthread.domain.targets import Target, TargetInForce, target_in_force
from goldenthread.domain.words import Annotation, TargetKind

Targets = dict[tuple[str, TargetKind], Target]
BEGINNING = date.min


class Track:
    """The figures of one category at one frequency, in order of period."""

    __slots__ = ("figures", "known_at", "periods")

    def __init__(self) -> None:
        self.periods: list[Period] = []
        self.figures: dict[str, Figure] = {}
        self.known_at: dict[str, datetime] = {}

    def add(self, figure: Figure, at: datetime) -> None:
        period = figure.period
        if not self.periods or self.last_end < period.end:
            self.periods.append(period)
        elif period.text not in self.figures:
            insort(self.periods, period)
        self.figures[period.text] = figure
        self.known_at[period.text] = at

    @property
    def last_end(self) -> date:
        return self.periods[-1].end if self.periods else BEGINNING


class State:
    """Everything said so far; ``apply`` adds one event, ``since`` tells from which period end an event matters."""

    def __init__(self, measure: Definition) -> None:
        self.measure = measure
        self.tracks: dict[str, dict[object, Track]] = defaultdict(dict)
        self.targets: dict[str, Targets] = defaultdict(dict)
        self._own_targets: set[tuple[str, str]] = set()
        self.judged: dict[str, Judgement] = {}
        self.forecasts: list[Forecasted] = []
        self.breaks: set[Period] = set()
        self.rebases: set[Period] = set()
        self._rules: dict[str, dict[date | None, Rule]] = defaultdict(dict)
        self._assigned: dict[bool, dict[date | None, Assigned]] = {False: {}, True: {}}
        self._rules_change_on: list[date] = []
        self._in_force: dict[int, Rule | None] = {}
        self._last_ends: dict[str, date] = {}

    def last_end(self, category: str) -> date:
        return self._last_ends.get(category, BEGINNING)

    def _add_figure(self, figure: Figure, category: str, at: datetime) -> None:
        if figure.value is None and figure.numerator is not None:
            figure = figure._replace(value=ratio(figure.numerator, figure.denominator, self.measure))
        key = track_key(figure.period)
        if key not in self.tracks[category]:
            self.tracks[category][key] = Track()
        self.tracks[category][key].add(figure, at)
        self._last_ends[category] = max(self.last_end(category), figure.period.end)

    def since(self, said: Said) -> date:
        """The first day such that periods ending on or after it may change by this event."""
        what = said.what
        if isinstance(what, Figure):
            return what.period.end
        if isinstance(what, Judged):
            return what.period.end
        if isinstance(what, Target | Annotated):
            return what.period.start
        if isinstance(what, Forecasted):
            return self.made_in(what, said.at).end
        return what.starts or BEGINNING

    def categories(self, said: Said) -> list[str]:
        """The categories that an event concerns: a figure's or a target's own, else every one there is."""
        if isinstance(said.what, Figure) or (isinstance(said.what, Target) and said.category):
            return [said.category]
        if isinstance(said.what, Forecasted | Judged):
            return [""]
        return list(self.tracks)

    def made_in(self, forecast: Forecasted, at: datetime) -> Period:
        """The period in whose report a forecast was made: the one named, else the last that had ended."""
        if forecast.made_in is not None:
            return forecast.made_in
        return Period.of(self.measure.frequency, at.date(), self.measure.year).previous()

    def apply(self, said: Said) -> None:
        what = said.what
        if isinstance(what, Figure):
            self._add_figure(what, said.category, said.at)
        elif isinstance(what, Target):
            self._set_target(what, said.category)
        elif isinstance(what, Rule):
            self._rules[what.code][what.starts] = what
            self._change_rules(what.starts)
        elif isinstance(what, Assigned):
            self._assigned[what.tier][what.starts] = what
            self._change_rules(what.starts)
        elif isinstance(what, Judged):
            self.judged[what.period.text] = what.judgement
        elif isinstance(what, Forecasted):
            self.forecasts.append(replace(what, made_in=self.made_in(what, said.at)))
        elif what.kind is Annotation.BREAK:
            self.breaks.add(what.period)
        elif what.kind is Annotation.REBASE:
            self.rebases.add(what.period)

    def _set_target(self, target: Target, category: str) -> None:
        """An amended target keeps the one it amends, given or derived, as its original."""
        targets = self.targets[category]
        if target.amended and target.original is None:
            targets_before = targets.get((target.period.text, target.kind))
            if targets_before is not None:
                target = replace(target, original=_first(targets_before.original, targets_before.value))
            elif target.kind is TargetKind.TARGET:
                derived = self.target(category, target.period, ())
                if isinstance(derived, TargetInForce):
                    target = replace(target, original=derived.value)
        targets[(target.period.text, target.kind)] = target
        self._own_targets.add((category, target.period.text))

    def target(self, category: str, period: Period, history: Sequence[Figure]) -> TargetInForce | Reason:
        """The target of ``period`` for ``category``, or why there is none."""
        return target_in_force(
            self.measure,
            period,
            self.targets.get(category, {}),
            history=history,
            category=category,
            whole=self.targets.get("") if category else None,
        )

    def has_own_target(self, category: str, period: Period) -> bool:
        """Whether a row of any kind is given for ``period`` itself."""
        return (category, period.text) in self._own_targets or ("", period.text) in self._own_targets

    def has_other_kinds(self, category: str) -> bool:
        """Whether a floor, a stretch target, a baseline or an ambition is given as well."""
        return any(kind is not TargetKind.TARGET for _, kind in self.targets.get(category, ()))

    def rule(self, period: Period) -> Rule | None:
        """The rule that rates ``period``: the measure's own if it has one, else its tier's.

        It is one object for all periods that end between two days on which rules change.
        """
        stretch = bisect_right(self._rules_change_on, period.end)
        if stretch not in self._in_force:
            self._in_force[stretch] = self._find_rule(period)
        return self._in_force[stretch]

    def _change_rules(self, starts: date | None) -> None:
        if starts is not None:
            insort(self._rules_change_on, starts)
        self._in_force.clear()

    def _find_rule(self, period: Period) -> Rule | None:
        for tier in (False, True):
            assigned = _latest_start(self._assigned[tier], period.end)
            if assigned is None:
                continue
            rule = rule_in_force(tuple(self._rules[assigned.rule].values()), period)
            if rule is None:
                return None
            if rule.agreed_on is None and assigned.agreed_on is not None:
                rule = replace(rule, agreed_on=assigned.agreed_on)
            if not rule.decision and assigned.decision:
                rule = replace(rule, decision=assigned.decision)
            return rule
        return None

    def own_forecast(self, year: Period, period: Period) -> Forecasted | None:
        """The owner's latest forecast for ``year`` made by the report of ``period``."""
        for forecast in reversed(self.forecasts):
            made_in = forecast.made_in
            if forecast.for_period == year and made_in is not None and made_in.end <= period.end:
                return forecast
        return None

    def segment_start(self, periods: list[Period], index: int) -> int:
        """Where in ``periods`` the run that ``index`` belongs to begins: nothing reaches back across a break."""
        if not self.breaks:
            return 0
        start = 0
        for point in self.breaks:
            if point.start <= periods[index].end:
                start = max(start, _first_from(periods, point))
        return min(start, index)


def track_key(period: Period) -> object:
    """Periods are compared within one track: one frequency and year kind, spans of one length apart."""
    if not period.is_span:
        return (period.frequency, period.year_kind)
    return (period.frequency, period.year_kind, round((period.end - period.start).days / 30.4))


def _first_from(periods: list[Period], point: Period) -> int:
    """The index of the first period that ends on or after the day on which ``point`` begins."""
    day = point.start
    low = bisect_right([period.end for period in periods], day) if periods else 0
    while low > 0 and periods[low - 1].end >= day:
        low -= 1
    return low


def _latest_start(assigned: dict[date | None, Assigned], day: date) -> Assigned | None:
    in_force = [start for start in assigned if start is None or start <= day]
    return assigned[max(in_force, key=lambda start: start or BEGINNING)] if in_force else None


def _first(*values: Decimal | None) -> Decimal | None:
    return next((value for value in values if value is not None), None)
