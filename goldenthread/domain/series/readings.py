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


def whole(total: Sum) -> Decimal | None:
    """The value of a sum that no period is missing from."""
    return None if total.partial else total.value


class Readings:
    """A track's figures on every reading that can be had from them, one for each period."""

    def __init__(self, state: State, figures: list[Figure], periods: list[Period]) -> None:
        self.measure = state.measure
        self.given = [as_given(figure) for figure in figures]
        self.in_period: list[Figure] = [] if self.measure.reading is Reading.YEAR_TO_DATE else figures
        self.year_to_date: list[Sum] = [] if self._adds_up() else self.given
        self.rolling: list[Sum | None] = [None] * len(figures)
        for first, last in _segments(state, periods):
            self._read_segment(figures[first:last], first)
        self.rated = self._on(self.measure.rated_reading)
        #: What each period was rated on, as it may be set against a year before: of a partial sum there is no like.
        self.whole = self._whole()
        self.comparable = self._comparable()

    def _adds_up(self) -> bool:
        """Whether the year so far is more than the figure given: not of a yearly one, nor where nothing says how."""
        measure = self.measure
        return (
            measure.reading is Reading.IN_PERIOD
            and measure.aggregation is not Aggregation.NONE
            and measure.frequency not in (Frequency.YEAR, Frequency.TWO_YEAR)
        )

    def _read_segment(self, figures: list[Figure], first: int) -> None:
        measure, reading = self.measure, self.measure.reading
        inside = figures
        if reading is Reading.YEAR_TO_DATE:
            inside = [recovered.figure for recovered in in_period_from_year_to_date(figures, measure)]
            self.in_period += inside
        if self._adds_up():
            self.year_to_date += year_to_date(figures, measure)
        wanted = measure.window or measure.rated_reading is Reading.ROLLING
        if wanted and reading in (Reading.IN_PERIOD, Reading.YEAR_TO_DATE):
            window = measure.window or PER_YEAR.get(measure.frequency, 1)
            self.rolling[first : first + len(figures)] = rolling(inside, measure, window=window)

    def _on(self, reading: Reading) -> list[Sum]:
        """Each period on ``reading``."""
        if reading is self.measure.reading or reading is Reading.SNAPSHOT:
            return self.given
        if reading is Reading.YEAR_TO_DATE:
            return self.year_to_date
        if reading is Reading.ROLLING:
            return [total or Sum(None, None, None, 0, 1) for total in self.rolling]
        if reading is Reading.IN_PERIOD:
            return [as_given(figure) for figure in self.in_period]
        return cumulative(self.in_period, self.measure)

    def _whole(self) -> list[Decimal | None]:
        if self.rated is self.given:
            return [total.value for total in self.given]
        return [whole(total) for total in self.rated]

    def _comparable(self) -> list[Decimal | None]:
        """Each period as it may be set against the one before: a running total by what it grew in the period."""
        rated = self.whole
        if self.measure.rated_reading not in (Reading.YEAR_TO_DATE, Reading.CUMULATIVE):
            return rated
        total = self._is_total()
        return [
            figure.value if figure.value is not None or total else value
            for figure, value in zip(self.in_period, rated, strict=True)
        ]

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
            while gap.end < period.end:
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
