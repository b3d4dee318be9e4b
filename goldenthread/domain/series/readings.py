"""A series on every reading that can be had from it: in the period, the year so far, rolling, since ever."""

from decimal import Decimal

from goldenthread.domain.aggregate import Sum, cumulative, in_period_from_year_to_date, rolling, year_to_date
from goldenthread.domain.figures import Figure
from goldenthread.domain.periods import Period
from goldenthread.domain.series.state import State
from goldenthread.domain.words import Aggregation, DataType, Frequency, Reading

PER_YEAR = {
    Frequency.MONTH: 12,
    Frequency.QUARTER: 4,
    Frequency.THIRD: 3,
    Frequency.HALF: 2,
    Frequency.TERM: 3,
    Frequency.WEEK: 52,
    Frequency.DAY: 365,
}


def as_given(figure: Figure) -> Sum:
    return Sum(figure.value, figure.numerator, figure.denominator, 1, 1)


class Readings:
    """A track's figures on every reading that can be had from them, one for each period."""

    def __init__(self, state: State, figures: list[Figure], periods: list[Period]) -> None:
        self.measure = measure = state.measure
        self.given = figures
        self.in_period: list[Figure] = figures
        self.year_to_date: list[Sum] = []
        self.rolling: list[Sum | None] = [None] * len(figures)
        for first, last in _segments(state, periods):
            self._read_segment(figures[first:last], first)
        self.rated_on = measure.rated_reading
        self._cumulative: list[Sum] | None = None

    def _read_segment(self, figures: list[Figure], first: int) -> None:
        measure, reading = self.measure, self.measure.reading
        if reading is Reading.IN_PERIOD:
            inside = figures
            self.year_to_date += year_to_date(figures, measure)
        elif reading is Reading.YEAR_TO_DATE:
            inside = [recovered.figure for recovered in in_period_from_year_to_date(figures, measure)]
            self.in_period = self.in_period[:first] + inside
            self.year_to_date += [as_given(figure) for figure in figures]
        else:
            inside = figures
            self.year_to_date += [as_given(figure) for figure in figures]
        wanted = measure.window or measure.rated_reading is Reading.ROLLING
        if wanted and reading in (Reading.IN_PERIOD, Reading.YEAR_TO_DATE):
            window = measure.window or PER_YEAR.get(measure.frequency, 1)
            self.rolling[first : first + len(figures)] = rolling(inside, measure, window=window)

    @property
    def independent(self) -> bool:
        """Whether the in-period values stand apart from each other: rolling and cumulative ones overlap."""
        return self.measure.reading not in (Reading.ROLLING, Reading.CUMULATIVE)

    def rated(self, i: int) -> Sum:
        """Period ``i`` on the reading the measure is rated on."""
        if self.rated_on is self.measure.reading:
            return as_given(self.given[i])
        if self.rated_on is Reading.YEAR_TO_DATE:
            return self.year_to_date[i]
        if self.rated_on is Reading.ROLLING:
            return self.rolling[i] or Sum(None, None, None, 0, 1)
        if self.rated_on is Reading.IN_PERIOD:
            return as_given(self.in_period[i])
        if self.rated_on is Reading.CUMULATIVE:
            if self._cumulative is None:
                self._cumulative = cumulative(self.in_period, self.measure)
            return self._cumulative[i]
        return as_given(self.given[i])

    def comparable(self, i: int) -> Decimal | None:
        """Period ``i`` as it may be set against the period before: a running total by what it grew in the period."""
        if self.rated_on not in (Reading.YEAR_TO_DATE, Reading.CUMULATIVE):
            return self.rated(i).value
        value = self.in_period[i].value
        if value is not None or self._is_total():
            return value
        return self.rated(i).value

    def _is_total(self) -> bool:
        ratio = self.measure.aggregation in (Aggregation.RATIO, Aggregation.MEAN)
        return not ratio and self.measure.data_type not in (DataType.PERCENTAGE, DataType.RATE)

    def in_order(self, state: State) -> tuple[list[Decimal | None], list[int], set[int]]:
        """The in-period values, a gap for each period not reported; each period's place; where limits restart."""
        values: list[Decimal | None] = []
        places: list[int] = []
        starts: set[int] = set()
        restarts = sorted(point.start for point in state.breaks | state.rebases)
        previous: Period | None = None
        for figure in self.in_period:
            period = figure.period
            gap = previous.next() if previous is not None else period
            while gap < period:
                values.append(None)
                gap = gap.next()
            while restarts and restarts[0] <= period.end:
                restarts.pop(0)
                starts.add(len(values))
            places.append(len(values))
            values.append(figure.value)
            previous = period
        return values, places, starts


def _segments(state: State, periods: list[Period]) -> list[tuple[int, int]]:
    """The runs of periods between breaks, as slices."""
    if not state.breaks:
        return [(0, len(periods))]
    starts = sorted({state.segment_start(periods, i) for i in range(len(periods))} | {0})
    return list(zip(starts, [*starts[1:], len(periods)], strict=True))
