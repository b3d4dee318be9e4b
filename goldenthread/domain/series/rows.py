"""The rows of one category from a day on: each period's figure, readings, status, directions, signal and forecast."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal

from goldenthread.domain.aggregate import Sum, aggregate
from goldenthread.domain.figures import Figure
from goldenthread.domain.forecast import Forecast, OwnForecast, year_end
from goldenthread.domain.periods import Period
from goldenthread.domain.reasons import Reason
from goldenthread.domain.rules import Rule
from goldenthread.domain.series.earlier import Earlier
from goldenthread.domain.series.readings import PER_YEAR, Readings, as_given
from goldenthread.domain.series.row import Row
from goldenthread.domain.series.state import State as Known
from goldenthread.domain.series.state import Track, track_key
from goldenthread.domain.spc import Point, chart
from goldenthread.domain.status import Judgement, Rating, expiry, rate
from goldenthread.domain.targets import TargetInForce
from goldenthread.domain.trend import mean_length, mean_of
from goldenthread.domain.words import (
    Aggregation,
    Family,
    Frequency,
    Polarity,
    Profile,
    Reading,
    Signal,
    State,
    Status,
    TargetKind,
)

#: The longer periods into which figures collected at a frequency are gathered.
LONGER = {
    Frequency.DAY: (Frequency.WEEK, Frequency.MONTH, Frequency.QUARTER, Frequency.YEAR),
    Frequency.WEEK: (Frequency.MONTH, Frequency.QUARTER, Frequency.YEAR),
    Frequency.MONTH: (Frequency.QUARTER, Frequency.HALF, Frequency.YEAR),
    Frequency.QUARTER: (Frequency.HALF, Frequency.YEAR),
    Frequency.THIRD: (Frequency.YEAR,),
    Frequency.HALF: (Frequency.YEAR,),
    Frequency.TERM: (Frequency.YEAR,),
}
#: Readings whose last figure in a longer period is that period's figure.
STANDING = frozenset({Reading.YEAR_TO_DATE, Reading.CUMULATIVE, Reading.ROLLING, Reading.SNAPSHOT})
ENOUGH_FOR_LIMITS = 12
NO_TARGET = Reason("no_target")
NOTHING_EARLIER = Earlier(None, None, None, None, None, None, None)


def rows_from(state: Known, category: str, since: date) -> Iterator[tuple[Row, datetime]]:
    """Each row whose period ends on or after ``since``, with the moment its own figures were last said."""
    for key, track in list(state.tracks[category].items()):
        if track.periods and track.last_end >= since:
            yield from _TrackRows(state, category, track, key).rows(since)


class _TrackRows:
    """The rows of one track, and, from the track at which the measure is collected, those of the longer periods."""

    def __init__(self, state: Known, category: str, track: Track, key: object) -> None:
        self.state = state
        self.measure = state.measure
        self.category = category
        self.track = track
        self.periods = track.periods
        self.figures = [track.figures[period] for period in track.periods]
        self.index = {period: place for place, period in enumerate(track.periods)}
        first = track.periods[0]
        self.collected = first.frequency is self.measure.frequency and not first.is_span
        self.readings = Readings(state, self.figures, self.periods) if self.collected else None
        self.rated: list[Decimal | None] = (
            [total.value for total in self.readings.rated]
            if self.readings
            else [figure.value for figure in self.figures]
        )
        self.comparable = self.readings.comparable if self.readings else self.rated
        self._year_targets: dict[Period, TargetInForce | Reason] = {}
        self._same_all_year: dict[Period, TargetInForce] = {}
        self.has_targets = bool(state.targets.get(category) or state.targets.get(""))

    def rows(self, since: date) -> Iterator[tuple[Row, datetime]]:
        place = next(place for place, period in enumerate(self.periods) if period.end >= since)
        noise = self._noise()
        for i in range(place, len(self.periods)):
            yield self._given(i, noise), self.track.known_at[self.periods[i]]
        if self.collected:
            yield from self._longer(since)

    def _noise(self) -> list[Point] | None:
        """What the run of in-period values says at each; None where there are too few or they overlap."""
        readings = self.readings
        if readings is None or len(self.periods) < ENOUGH_FOR_LIMITS or not readings.independent:
            return None
        values, places, starts = readings.in_order(self.state)
        season = PER_YEAR.get(self.measure.frequency)
        points = chart(values, self.measure.polarity, starts=starts, season=season)
        return [points[place] for place in places]

    def _given(self, i: int, noise: list[Point] | None) -> Row:
        figure, readings = self.figures[i], self.readings
        year_so_far = readings.year_to_date[i] if readings else None
        rolled = readings.rolling[i] if readings else None
        rated = readings.rated[i] if readings else as_given(figure)
        return self._row(
            figure,
            period=figure.period,
            rated=rated,
            noise=noise[i] if noise else None,
            year_to_date=year_so_far.value if year_so_far and not year_so_far.partial else None,
            rolling=rolled.value if rolled and not rolled.partial else None,
            earlier=self._earlier(i),
            year_so_far=year_so_far,
        )

    def _signal(self, noise: Point | None, derived: Sum | None) -> Signal:
        if self.measure.polarity not in (Polarity.HIGHER, Polarity.LOWER) or derived is not None:
            return Signal.NOT_APPLICABLE
        if noise is not None:
            return noise.signal
        independent = self.readings is not None and self.readings.independent
        return Signal.TOO_FEW if independent else Signal.NOT_APPLICABLE

    def _earlier(self, i: int) -> Earlier:
        """What period ``i`` is compared with, none of it from before a break."""
        if self.measure.polarity is Polarity.NONE:
            return NOTHING_EARLIER
        first, period = self.state.segment_start(self.periods, i), self.periods[i]
        before = self._place(period.previous(), first)
        last_year = self._place(period.same_last_year(), first)
        year_value = None if last_year is None else self.rated[last_year]
        length = mean_length(self.measure.long_direction)
        if length is None:
            long_now, long, long_figure = self.rated[i], year_value, self._figure(last_year)
        else:
            past = self.comparable[max(first, i - length) : i]
            long_now, long, long_figure = self.comparable[i], mean_of(past) if len(past) == length else None, None
        return Earlier(
            self.comparable[i],
            None if before is None else self.comparable[before],
            self._figure(before),
            long_now,
            long,
            long_figure,
            year_value,
        )

    def _place(self, period: Period, first: int) -> int | None:
        place = self.index.get(period)
        return place if place is not None and place >= first else None

    def _figure(self, place: int | None) -> Figure | None:
        return None if place is None else self.figures[place]

    def _longer(self, since: date) -> Iterator[tuple[Row, datetime]]:
        """Rows for the quarters, halves and years whose every part has been reported, given or missing."""
        measure, first = self.measure, self.periods[0]
        if measure.reading is Reading.IN_PERIOD and measure.aggregation is Aggregation.NONE:
            return
        for frequency in LONGER.get(first.frequency, ()):
            made: dict[Period, Row] = {}
            longer = dict.fromkeys(period.containing(frequency, measure.year) for period in self.periods)
            given = self.state.tracks[self.category].get(track_key(next(iter(longer))))
            for period in longer:
                if given is not None and period in given.figures:
                    continue
                parts = period.parts(first.frequency, measure.year)
                if not all(part in self.index for part in parts):
                    continue
                row = self._gathered(period, parts, made)
                made[period] = row
                if period.end >= since:
                    yield row, max(self.track.known_at[part] for part in parts)

    def _gathered(self, period: Period, parts: tuple[Period, ...], made: dict[Period, Row]) -> Row:
        last = self.index[parts[-1]]
        figure = self.figures[last]
        first = self.state.segment_start(self.periods, last)
        assert self.readings is not None
        if self.measure.reading in STANDING and self.measure.aggregation in (Aggregation.NONE, Aggregation.LAST):
            total = Sum(figure.value, figure.numerator, figure.denominator, 1, 1)
            rated = self.readings.rated[last]
        else:
            inside = [self.index[part] for part in parts]
            source = self.readings.in_period if self.measure.reading is Reading.YEAR_TO_DATE else self.figures
            total = aggregate([source[place] for place in inside if place >= first], self.measure, expected=len(parts))
            rated = self.readings.rated[last] if self.measure.rated_reading in STANDING else total
        rated_figure = Figure(
            period=period,
            value=total.value,
            numerator=total.numerator,
            denominator=total.denominator,
            missing=figure.missing if total.value is None else None,
            state=_weakest([self.figures[self.index[part]] for part in parts]),
            assurance=figure.assurance,
        )

        def before(other: Period) -> tuple[Decimal | None, Figure | None]:
            row = made.get(other)
            across = self.state.breaks and any(other.end < point.start <= period.end for point in self.state.breaks)
            return (row.rated_value, None) if row is not None and not across else (None, None)

        short, long = before(period.previous()), before(period.same_last_year())
        return self._row(
            rated_figure,
            period=period,
            rated=rated,
            noise=None,
            year_to_date=None,
            rolling=None,
            earlier=Earlier(rated.value, *short, rated.value, *long, long[0]),
            derived=total,
            held_to=self._held_to(period, parts),
            longer=[Figure(period=row.period, value=row.value) for row in made.values()],
        )

    def _held_to(self, period: Period, parts: tuple[Period, ...]) -> Period:
        """Whose target rates a longer period: its own, else on a standing reading that of the part which closes it."""
        standing = self.measure.rated_reading in STANDING
        return parts[-1] if standing and not self.state.has_own_target(self.category, period) else period

    def _row(
        self,
        figure: Figure,
        *,
        period: Period,
        rated: Sum,
        noise: Point | None,
        year_to_date: Decimal | None,
        rolling: Decimal | None,
        earlier: "Earlier",
        year_so_far: Sum | None = None,
        derived: Sum | None = None,
        held_to: Period | None = None,
        longer: Sequence[Figure] | None = None,
    ) -> Row:
        state, measure = self.state, self.measure
        rule = state.rule(period)
        history = self.readings.in_period if self.readings else ()
        target = self._target(rule, held_to or period, history if longer is None or held_to != period else longer)
        forecast, forecast_rating = self._forecast(period, rule, year_so_far, rated.value, history, earlier)
        judgement = None if self.category else state.judged.get(period)
        rating = self._rate(rule, target, rated, figure, earlier, forecast, judgement)
        in_force = target if isinstance(target, TargetInForce) else None
        limits = noise.limits if noise else None
        low, high = (in_force.low, in_force.high) if in_force else (None, None)
        return Row(
            category=self.category,
            period=period,
            derived=derived is not None,
            value=figure.value,
            numerator=figure.numerator,
            denominator=figure.denominator,
            lower=figure.lower,
            upper=figure.upper,
            missing=figure.missing,
            state=figure.state,
            assurance=figure.assurance,
            have=derived.have if derived else rated.have,
            expected=derived.expected if derived else rated.expected,
            rated_value=rated.value,
            target=in_force.value if in_force else None,
            target_low=low,
            target_high=high,
            target_floor=in_force.floor if in_force else None,
            target_stretch=in_force.stretch if in_force else None,
            target_original=in_force.original if in_force else None,
            comparison=in_force.comparison if in_force else None,
            target_derived_by=in_force.derived_by if in_force else None,
            rule=rule.code if rule else "",
            status=rating.status,
            reason=rating.reason,
            direction_short=earlier.short(measure, figure, low, high),
            direction_long=earlier.long(measure, figure, low, high),
            signal=self._signal(noise, derived),
            year_to_date=year_to_date,
            rolling=rolling,
            forecast=forecast.value if forecast else None,
            forecast_status=forecast_rating.status if forecast_rating else None,
            forecast_reason=forecast.reason if forecast else None,
            judged_status=judgement.status if judgement else None,
            judged_expires=expiry(judgement, rule) if judgement else None,
            limit_mean=limits.mean if limits else None,
            limit_lower=limits.lower if limits else None,
            limit_upper=limits.upper if limits else None,
        )

    def _rate(
        self,
        rule: Rule | None,
        target: TargetInForce | Reason,
        rated: Sum,
        figure: Figure,
        earlier: "Earlier",
        forecast: Forecast | None,
        judgement: Judgement | None,
    ) -> Rating:
        if figure.why is not None:
            return Rating(Status.CANNOT_COMPUTE, figure.why)
        if rated.partial and figure.missing is None and rated.value is not None:
            return Rating(
                Status.NOT_RATED, Reason("partial", {"have": str(rated.have), "expected": str(rated.expected)})
            )
        return rate(
            self.measure,
            rule,
            target,
            value=rated.value,
            denominator=rated.denominator if rated.denominator is not None else figure.sample,
            missing=figure.missing,
            earlier=earlier.conditioning(rule),
            forecast=forecast.value if forecast else None,
            judgement=judgement,
        )

    def _forecast(
        self,
        period: Period,
        rule: Rule | None,
        year_so_far: Sum | None,
        latest: Decimal | None,
        history: Sequence[Figure],
        earlier: "Earlier",
    ) -> tuple[Forecast | None, Rating | None]:
        """The year-end forecast as it stands at ``period``, and its status by the year's own target."""
        measure = self.measure
        if year_so_far is None or self.category or not (self.has_targets or self.state.forecasts):
            return None, None
        year = period.containing(Frequency.YEAR, measure.year)
        said = self.state.own_forecast(year, period)
        if said is None and (year.text, TargetKind.TARGET) not in self.state.targets[""]:
            return None, None
        own = None
        if said is not None and said.value is not None:
            own = OwnForecast(value=said.value, reason=said.reason, by=said.by, made_in=said.made_in)
        forecast = year_end(
            measure,
            period,
            year_to_date=year_so_far,
            in_period_history=history,
            own=own,
            profile=self._year_profile(year),
            latest=latest,
        ).forecast
        if forecast is None or rule is None or rule.family in (Family.JUDGED, Family.UNRATED):
            return forecast, None
        target = self._year_target(year, history)
        conditioning = earlier.conditioning(rule)
        return forecast, rate(
            measure, rule, target, value=None, forecast=forecast.value, earlier=conditioning, as_forecast=True
        )

    def _target(self, rule: Rule | None, period: Period, history: Sequence[Figure]) -> TargetInForce | Reason:
        """What ``period`` is held against: its own target, or the year's where its rule looks at the year's end."""
        if not self.has_targets:
            return NO_TARGET
        if rule is not None and rule.family is Family.FORECAST:
            return self._year_target(period.containing(Frequency.YEAR, self.measure.year), history)
        year = period.containing(Frequency.YEAR, self.measure.year)
        if year in self._same_all_year and not self.state.has_own_target(self.category, period):
            return self._same_all_year[year]
        target = self.state.target(self.category, period, history)
        if isinstance(target, TargetInForce) and target.derived_by is Profile.SAME:
            self._same_all_year[year] = target
        return target

    def _year_target(self, year: Period, history: Sequence[Figure]) -> TargetInForce | Reason:
        """The year's own target: the same at each of its periods, so it is looked for once."""
        if not self.has_targets:
            return NO_TARGET
        if year not in self._year_targets:
            self._year_targets[year] = self.state.target(self.category, year, history)
        return self._year_targets[year]

    def _year_profile(self, year: Period) -> Profile | None:
        target = self.state.targets[self.category].get((year.text, TargetKind.TARGET)) if self.has_targets else None
        return target.profile if target else None


def _weakest(figures: list[Figure]) -> State:
    order = [State.ESTIMATE, State.PROVISIONAL, State.RESTATED, State.FINAL]
    return min((figure.state for figure in figures), key=order.index)
