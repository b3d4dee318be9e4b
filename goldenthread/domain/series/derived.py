"""Figures of measures made from measures: said at the moment at which their last input was."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import groupby

from goldenthread.domain.aggregate import aggregate, year_to_date
from goldenthread.domain.definition import Definition
from goldenthread.domain.figures import Figure
from goldenthread.domain.formula import Formula, Half, Moment, NoValue, Reference, When, no_figure, parse
from goldenthread.domain.periods import Period
from goldenthread.domain.said import Said
from goldenthread.domain.series.rows import LONGER
from goldenthread.domain.words import Missing, Reading

Figures = dict[tuple[str, str], dict[Period, Figure]]


def derived_said(
    measure: Definition, definitions: Mapping[str, Definition], inputs: Mapping[str, Sequence[Said]]
) -> list[Said]:
    """The figures of ``measure`` that follow by its formula from those said of its ``inputs``.

    Each is known from the moment at which it could first be worked out, and said again whenever an input moves it.
    Raises FormulaError.
    """
    formula = parse(measure.formula)
    work = _Work(measure, formula, definitions)
    heard = sorted(
        (
            (code, event)
            for code in sorted(formula.references)
            for event in inputs.get(code, ())
            if isinstance(event.what, Figure)
        ),
        key=lambda pair: (pair[1].at, pair[1].order),
    )
    found: list[Said] = []
    for at, group in groupby(heard, key=lambda pair: pair[1].at):
        found += work.hear(at, list(group))
    return found


class _Work:
    def __init__(self, measure: Definition, formula: Formula, definitions: Mapping[str, Definition]) -> None:
        self.measure, self.formula, self.definitions = measure, formula, definitions
        self.figures: Figures = {}
        self.said: dict[tuple[str, Period], Figure] = {}
        self.periods: set[Period] = set()
        self.backward = any(word in measure.formula for word in ("previous", "last_year", "year_to_date"))

    def hear(self, at: datetime, group: Iterable[tuple[str, Said]]) -> Iterator[Said]:
        """Take in what was said at one moment; give the figures that it moves."""
        touched: dict[str, set[Period]] = {}
        for code, event in group:
            assert isinstance(event.what, Figure)
            self.figures.setdefault((code, event.category), {})[event.what.period] = event.what
            periods = set(self._periods_of(event.what.period))
            self.periods |= periods
            touched.setdefault(event.category, set()).update(periods)
        for category, periods in sorted(touched.items()):
            if self.backward:
                periods = {period for period in self.periods if any(other.end <= period.end for other in periods)}
            for period in sorted(periods):
                yield from self._work_out(category, period, at)

    def _periods_of(self, period: Period) -> Iterator[Period]:
        """The periods of the measure, and the longer ones, in which an input's period falls."""
        if period.is_span:
            yield period
            return
        own = self.measure.frequency
        if period.frequency is own:
            yield period
        elif period.frequency in LONGER.get(own, ()):
            yield from period.parts(own, self.measure.year)
        else:
            yield period.containing(own, self.measure.year)
        for longer in LONGER.get(own, ()):
            yield period.containing(longer, self.measure.year)

    def _work_out(self, category: str, period: Period, at: datetime) -> Iterator[Said]:
        value = self.formula.evaluate(lambda reference, moment: self._look_up(reference, moment, category, period))
        before = self.said.get((category, period))
        figure: Figure
        if isinstance(value, Decimal):
            figure = Figure(period=period, value=value)
        elif before is None and value.reason.code == "formula_missing":
            return
        else:
            figure = Figure(period=period, missing=Missing.NOT_AVAILABLE, why=value.reason)
        if figure != before:
            self.said[category, period] = figure
            yield Said(at, figure, category)

    def _look_up(self, reference: Reference, moment: Moment, category: str, period: Period) -> Decimal | NoValue:
        definition = self.definitions[reference.code]
        figures = self.figures.get((reference.code, reference.category or category), {})
        if moment.when is When.PREVIOUS:
            for _ in range(moment.periods or 1):
                period = period.previous()
        elif moment.when is When.LAST_YEAR:
            period = period.same_last_year()
        figure = (
            _so_far(figures, period, definition)
            if moment.when is When.YEAR_TO_DATE
            else _in(figures, period, definition)
        )
        value = None
        if figure is not None:
            value = {
                Half.VALUE: figure.value,
                Half.NUMERATOR: figure.numerator,
                Half.DENOMINATOR: figure.denominator,
            }[reference.half]
        return no_figure(reference, period.text) if value is None else value


def _in(figures: Mapping[Period, Figure], period: Period, definition: Definition) -> Figure | None:
    """The figure of ``period``: as given, else gathered from every shorter period of it.

    A level that is taken less often (a population once a year) stands for every period of its own.
    """
    if period in figures or period.is_span or period.frequency is definition.frequency:
        return figures.get(period)
    if definition.frequency in LONGER.get(period.frequency, ()):
        standing = definition.reading is Reading.SNAPSHOT
        return figures.get(period.containing(definition.frequency, definition.year)) if standing else None
    parts = period.parts(definition.frequency, definition.year)
    if not parts or not all(part in figures for part in parts):
        return None
    total = aggregate([figures[part] for part in parts], definition, expected=len(parts))
    if total.partial:
        return None
    return Figure(period=period, value=total.value, numerator=total.numerator, denominator=total.denominator)


def _so_far(figures: Mapping[Period, Figure], period: Period, definition: Definition) -> Figure | None:
    own = sorted(
        other
        for other in figures
        if other.frequency is definition.frequency and not other.is_span and other.end <= period.end
    )
    if not own or own[-1].end != period.end:
        return None
    total = year_to_date([figures[other] for other in own], definition)[-1]
    if total.partial:
        return None
    return Figure(period=period, value=total.value, numerator=total.numerator, denominator=total.denominator)
