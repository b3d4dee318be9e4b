"""The rows of one category from a day on: each period's figure, readings, status, directions, signal and forecast."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from operator import attrgetter

from goldenthread.domain.aggregate import Sum, aggregate
from goldenthread.domain.figures import Figure
from goldenthread.domain.forecast import Forecast, OwnForecast, year_end
from goldenthread.domain.periods import Period
from goldenthread.domain.reasons import Reason
from goldenthread.domain.rules import Rule
from goldenthread.domain.series.earlier import Earlier, margin_of
from goldenthread.domain.series.readings import PER_YEAR, Readings, as_given, whole
from goldenthread.domain.series.row import Row
from goldenthread.domain.series.state import State as Known
from goldenthread.domain.series.state import Track, track_key
from goldenthread.domain.spc import Point, chart
from goldenthread.domain.status import Judgement, Rating, Yardstick, expiry
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
NOTHING_EARLIER = Earlier()
_END = attrgetter("end")


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
        self.figures = [track.figures[period.text] for period in track.periods]
        self.places = {period.text: place for place, period in enumerate(track.periods)}
        first = track.periods[0]
        self.collected = first.frequency is self.measure.frequency and not first.is_span
        self.readings = Readings(state, self.figures, self.periods) if self.collected else None
        self.rated: list[Decimal | None] = (
            self.readings.whole if self.readings else [figure.value for figure in self.figures]
        )
        self.comparable = self.readings.comparable if self.readings else self.rated
        self.margins = [margin_of(figure) for figure in self.figures]
        self.strays = self.measure.strays_by_chance and self.collected
        self.rolls = self.measure.rated_reading is Reading.ROLLING
        self.mean_length = mean_length(self.measure.long_direction)
        self.has_targets = bool(state.targets.get(category) or state.targets.get(""))
        # A floor or a stretch target may have another profile than the target has.
        self.targets_alone = not any(state.has_other_kinds(each) for each in (category, ""))
        self._at_year_end: dict[str, Yardstick] = {}
        self._same_all_year: dict[str, Yardstick] = {}

    def rows(self, since: date) -> Iterator[tuple[Row, datetime]]:
        noise = self._noise()
        for i in range(bisect_left(self.periods, since, key=_END), len(self.periods)):
            yield self._given(i, noise), self.track.known_at[self.periods[i].text]
        if self.collected:
            yield from self._longer(since)

    def _noise(self) -> list[Point] | None:
        """What the run of in-period values says at each; None where there are too few or none is to be said."""
        readings = self.readings
        if readings is None or len(self.periods) < ENOUGH_FOR_LIMITS or not self.strays:
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
            rated=rated,
            noise=noise[i] if noise else None,
            year_to_date=year_so_far.value if year_so_far and not year_so_far.partial else None,
            rolling=rolled.value if rolled and not rolled.partial else None,
            earlier=self._earlier(i),
            year_so_far=year_so_far,
        )

    def _signal(self, noise: Point | None, rule: Rule | None) -> Signal:
        if not self.strays or self.measure.polarity not in (Polarity.HIGHER, Polarity.LOWER) or _is_judged(rule):
            return Signal.NOT_APPLICABLE
        return noise.signal if noise is not None else Signal.TOO_FEW

    def _earlier(self, i: int) -> Earlier:
        """What period ``i`` is compared with, none of it from before a break."""
        if self.measure.polarity is Polarity.NONE:
            return NOTHING_EARLIER
        first, period = self.state.segment_start(self.periods, i), self.periods[i]
        earlier = Earlier(now=self.comparable[i], margin=self.margins[i])
        before = self._place(period.previous(), first)
        if before is not None:
            earlier.before, earlier.margin_before = self.comparable[before], self.margins[before]
        last_year = self._place(period.same_last_year(), first)
        if last_year is not None:
            earlier.last_year = self.rated[last_year]
        if self.mean_length is not None:
            past = self.comparable[max(first, i - self.mean_length) : i]
            earlier.long_now = self.comparable[i]
            earlier.long = mean_of(past) if len(past) == self.mean_length else None
        elif last_year is not None:
            earlier.long_now, earlier.long = self.rated[i], self.rated[last_year]
            earlier.margin_long = self.margins[last_year]
        return earlier

    def _place(self, period: Period, first: int) -> int | None:
        place = self.places.get(period.text)
        return place if place is not None and place >= first else None

    def _longer(self, since: date) -> Iterator[tuple[Row, datetime]]:
        """Rows for the quarters, halves and years whose every part has been reported, given or missing."""
        if self.measure.reading is Reading.IN_PERIOD and self.measure.aggregation is Aggregation.NONE:
            return
        for frequency in LONGER.get(self.periods[0].frequency, ()):
            made = _Made()
            for period, first, end in self._whole(frequency):
                if self._is_given(period):
                    continue
                figure, total, rated = self._gathered(period, first, end)
                if period.end >= since:
                    row = self._row(
                        figure,
                        rated=rated,
                        earlier=self._earlier_longer(period, rated, made),
                        derived=total,
                        held_to=self._held_to(period, self.periods[end - 1]),
                        longer=made.figures,
                    )
                    yield row, max([self.track.known_at[part.text] for part in self.periods[first:end]])
                made.add(figure, rated)

    def _whole(self, frequency: Frequency) -> Iterator[tuple[Period, int, int]]:
        """Each longer period of which every part has been reported; they stand from one place up to another."""
        own, year = self.periods[0].frequency, self.measure.year
        period, last = (some.containing(frequency, year) for some in (self.periods[0], self.periods[-1]))
        while period.end <= last.end:
            parts = period.parts(own, year)
            first, closing = self.places.get(parts[0].text), self.places.get(parts[-1].text)
            # They are in order, so that the last is so far from the first only if none between is missing.
            if first is not None and closing == first + len(parts) - 1:
                yield period, first, closing + 1
            period = period.next()

    def _is_given(self, period: Period) -> bool:
        track = self.state.tracks[self.category].get(track_key(period))
        return track is not None and period.text in track.figures

    def _gathered(self, period: Period, first: int, end: int) -> tuple[Figure, Sum, Sum]:
        """The figure of a longer period, the sum that it is, and the one by which it is rated."""
        assert self.readings is not None
        last = end - 1
        closing = self.figures[last]
        if self.measure.reading in STANDING and self.measure.aggregation in (Aggregation.NONE, Aggregation.LAST):
            total, rated = as_given(closing), self.readings.rated[last]
        else:
            source = self.readings.in_period if self.measure.reading is Reading.YEAR_TO_DATE else self.figures
            unbroken = max(first, self.state.segment_start(self.periods, last))
            total = aggregate(source[unbroken:end], self.measure, expected=end - first)
            rated = self.readings.rated[last] if self.measure.rated_reading in STANDING else total
        figure = Figure(
            period=period,
            value=total.value,
            numerator=total.numerator,
            denominator=total.denominator,
            missing=closing.missing if total.value is None else None,
            state=_weakest(self.figures[first:end]),
            assurance=closing.assurance,
        )
        return figure, total, rated

    def _earlier_longer(self, period: Period, rated: Sum, made: "_Made") -> Earlier:
        """What a longer period is compared with, none of it from before a break."""

        def before(other: Period) -> Decimal | None:
            across = self.state.breaks and any(other.end < point.start <= period.end for point in self.state.breaks)
            return None if across else made.rated.get(other.text)

        last_year, now = before(period.same_last_year()), whole(rated)
        return Earlier(
            now=now,
            before=before(period.previous()),
            long_now=now,
            long=last_year,
            last_year=last_year,
        )

    def _held_to(self, period: Period, closing: Period) -> Period:
        """Whose target rates a longer period: its own, else on a standing reading that of the part which closes it."""
        standing = self.measure.rated_reading in STANDING
        return closing if standing and not self.state.has_own_target(self.category, period) else period

    def _row(
        self,
        figure: Figure,
        *,
        rated: Sum,
        earlier: Earlier,
        noise: Point | None = None,
        year_to_date: Decimal | None = None,
        rolling: Decimal | None = None,
        year_so_far: Sum | None = None,
        derived: Sum | None = None,
        held_to: Period | None = None,
        longer: Sequence[Figure] | None = None,
    ) -> Row:
        state, measure, period = self.state, self.measure, figure.period
        rule = state.rule(period)
        rated_value = None if self.rolls and rated.partial else rated.value
        history = self.readings.in_period if self.readings else ()
        yardstick = self._yardstick(rule, held_to or period, history if longer is None or held_to != period else longer)
        conditioning = earlier.conditioning(rule)
        forecast, forecast_rating = self._forecast(period, rule, year_so_far, rated_value, conditioning)
        judgement = None if self.category else state.judged.get(period.text)
        rating = self._rate(yardstick, rated, figure, conditioning, forecast, judgement)
        target = yardstick.target
        in_force = target if isinstance(target, TargetInForce) else None
        limits = noise.limits if noise and not _is_judged(rule) else None
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
            rated_value=rated_value,
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
            direction_short=earlier.short_direction(measure, low, high),
            direction_long=earlier.long_direction(measure, low, high),
            signal=Signal.NOT_APPLICABLE if derived else self._signal(noise, rule),
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
        yardstick: Yardstick,
        rated: Sum,
        figure: Figure,
        conditioning: Decimal | None,
        forecast: Forecast | None,
        judgement: Judgement | None,
    ) -> Rating:
        if figure.why is not None:
            return Rating(Status.CANNOT_COMPUTE, figure.why)
        if rated.partial and figure.missing is None and rated.value is not None:
            return Rating(
                Status.NOT_RATED, Reason("partial", {"have": str(rated.have), "expected": str(rated.expected)})
            )
        return yardstick.rate(
            value=rated.value,
            denominator=rated.denominator if rated.denominator is not None else figure.sample,
            missing=figure.missing,
            earlier=conditioning,
            forecast=forecast.value if forecast else None,
            judgement=judgement,
        )

    def _forecast(
        self,
        period: Period,
        rule: Rule | None,
        year_so_far: Sum | None,
        latest: Decimal | None,
        conditioning: Decimal | None,
    ) -> tuple[Forecast | None, Rating | None]:
        """The year-end forecast as it stands at ``period``, and its status by the year's own target."""
        if year_so_far is None or self.category or not (self.has_targets or self.state.forecasts):
            return None, None
        year = period.containing(Frequency.YEAR, self.measure.year)
        said = self.state.own_forecast(year, period) if self.state.forecasts else None
        target = self.state.targets[""].get((year.text, TargetKind.TARGET))
        if said is None and target is None:
            return None, None
        own = None
        if said is not None and said.value is not None:
            own = OwnForecast(value=said.value, reason=said.reason, by=said.by, made_in=said.made_in)
        forecast = year_end(
            self.measure,
            period,
            year_to_date=year_so_far,
            in_period_history=self.readings.in_period if self.readings else (),
            own=own,
            profile=target.profile if target else None,
            latest=latest,
        ).forecast
        if forecast is None or rule is None or rule.family in (Family.JUDGED, Family.UNRATED):
            return forecast, None
        yardstick = self._of_year(rule, year)
        return forecast, yardstick.rate(value=None, forecast=forecast.value, earlier=conditioning, as_forecast=True)

    def _yardstick(self, rule: Rule | None, period: Period, history: Sequence[Figure]) -> Yardstick:
        """What ``period`` is held against: its own target, or the year's where its rule looks at the year's end."""
        if not self.has_targets:
            return Yardstick(self.measure, rule, NO_TARGET)
        year = period.containing(Frequency.YEAR, self.measure.year)
        if rule is not None and rule.family is Family.FORECAST:
            return self._of_year(rule, year)
        shared = self.targets_alone and not self.state.has_own_target(self.category, period)
        same = self._same_all_year.get(year.text) if shared else None
        if same is not None and same.rule is rule:
            return same
        found = Yardstick(self.measure, rule, self.state.target(self.category, period, history))
        if shared and isinstance(found.target, TargetInForce) and found.target.derived_by is Profile.SAME:
            self._same_all_year[year.text] = found
        return found

    def _of_year(self, rule: Rule, year: Period) -> Yardstick:
        """The rule and the year's own target: the same at each of its periods, so they are made ready once."""
        ready = self._at_year_end.get(year.text)
        if ready is None or ready.rule is not rule:
            target = self.state.target(self.category, year, ()) if self.has_targets else NO_TARGET
            ready = self._at_year_end[year.text] = Yardstick(self.measure, rule, target)
        return ready


class _Made:
    """The longer periods made so far: their figures in order, and by name what each was rated on."""

    def __init__(self) -> None:
        self.figures: list[Figure] = []
        self.rated: dict[str, Decimal | None] = {}

    def add(self, figure: Figure, rated: Sum) -> None:
        self.figures.append(figure)
        self.rated[figure.period.text] = whole(rated)


def _is_judged(rule: Rule | None) -> bool:
    return rule is not None and rule.family is Family.JUDGED


_LEAST_SURE_FIRST = (State.ESTIMATE, State.PROVISIONAL, State.RESTATED, State.FINAL)


def _weakest(figures: list[Figure]) -> State:
    return min([figure.state for figure in figures], key=_LEAST_SURE_FIRST.index)
