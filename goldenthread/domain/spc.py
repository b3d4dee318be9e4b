"""Signal or noise: an XmR chart (individual values and moving ranges) of a measure's in-period figures.

Missed bins a month, about 50, until a new round begins in the thirteenth:

>>> bins = [Decimal(n) for n in (52, 48, 51, 49, 53, 47, 50, 52, 49, 51, 48, 50, 71)]
>>> signals(bins, Polarity.LOWER)[-2:]
[<Signal.NO_CHANGE: 'no_change'>, <Signal.WORSENING: 'worsening'>]
>>> signal_words(findings(bins)[-1])
'71 is above the upper control limit of 63.8'

A figure is judged by itself and those before it, so a later one never changes what was said of an earlier one. Only
in-period values have a signal: year-to-date and rolling figures share most of their cases with the figure before.
Nor has a yes or a no, a date, what only grows since the beginning, or what a person judges.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from enum import StrEnum

from goldenthread.domain.amounts import Amounts, _, places, rounded
from goldenthread.domain.figures import canonical
from goldenthread.domain.reasons import Reason
from goldenthread.domain.words import Polarity, Signal

#: Fewer figures than this since the last start say nothing.
FEWEST = 12
#: So many figures in a row on one side of the mean are a signal.
RUN = 8
#: So many figures in a row, each above (or each below) the one before, are a signal.
TREND = 6
#: The limits lie this many mean moving ranges from the mean: 3 ÷ 1.128, from Shewhart's tables.
SPREAD = Decimal("2.66")
#: A season is clear where the variance between the times of year is this many times that within them. It is the rule of
#: thumb of the statistical offices' X-11 for "identifiable seasonality" (Lothian and Morry, 1978).
CLEAR_SEASON = 7
#: A season is looked for after so many complete years.
SEASON_YEARS = 3
#: Seasons are looked for where a year has so many periods: with two, the season cannot be told from a swing to and fro,
#: and a year holds no whole number of weeks.
SEASON_LENGTHS = range(3, 13)

_ZERO = Decimal(0)
# Figures without their season are rounded to this many digits of the largest, where divisions cannot tell them apart.
_GRAIN = 16
_WIDE = Context(prec=1000)


@dataclass(frozen=True, slots=True)
class Limits:
    """The mean and the control limits as they stood at one figure, in the measure's own unit.

    With a clear season they rise and fall with the time of year. The last of a stretch are those to draw across it.
    """

    mean: Decimal
    lower: Decimal
    upper: Decimal


class SignalRule(StrEnum):
    """The rules for a signal, in the order in which they are asked; each is the code of its finding."""

    OUTSIDE = "signal_outside"
    RUN = "signal_run"
    TREND = "signal_trend"
    NEAR_LIMIT = "signal_near_limit"


@dataclass(frozen=True, slots=True)
class Point:
    """What a chart shows at one figure: its signal, the limits as they stood and which rule fired."""

    signal: Signal
    limits: Limits | None
    finding: Reason | None


def signals(
    values: Sequence[Decimal | None],
    polarity: Polarity,
    *,
    starts: Collection[int] = (),
    season: int | None = None,
) -> list[Signal]:
    """One signal for each of ``values``, which stand for consecutive periods (None where a figure is missing).

    ``starts`` are the indexes at which a break or a rebase starts new limits. ``season`` is the number of periods in a
    year. ``too_few`` until there are twelve figures; ``not_applicable`` without a better direction (a range, or no
    polarity) and for a missing figure. Source: docs/sums.
    """
    if polarity not in _SIDES:
        return [Signal.NOT_APPLICABLE] * len(values)
    return [_signal(value, stretch, polarity, stretch.fired(value)) for value, stretch in _walk(values, starts, season)]


def limits(
    values: Sequence[Decimal | None], *, starts: Collection[int] = (), season: int | None = None
) -> list[Limits | None]:
    """The limits as they stood at each of ``values``; None while there are fewer than twelve figures.

    >>> limits([Decimal(n) for n in (10, 12) * 6])[-1]
    Limits(mean=Decimal('11'), lower=Decimal('5.68'), upper=Decimal('16.32'))
    """
    return [stretch.limits() for _value, stretch in _walk(values, starts, season)]


def drawn_limits(
    values: Sequence[Decimal | None], *, starts: Collection[int] = (), season: int | None = None
) -> list[Limits | None]:
    """The limits to draw across a chart: at each figure those of its whole stretch, and of its time of year.

    >>> lines = drawn_limits([Decimal(n) for n in (10, 12) * 6])
    >>> lines[0] == lines[-1]
    True
    """
    walked = [(stretch, len(stretch.values) - 1) for _value, stretch in _walk(values, starts, season)]
    return [stretch.limits(place) for stretch, place in walked]


def findings(
    values: Sequence[Decimal | None], *, starts: Collection[int] = (), season: int | None = None
) -> list[Reason | None]:
    """Which rule fired at each of ``values``, whatever the polarity: the first of ``SignalRule``; None where none did.

    Its parameters are unrounded: ``side`` (above or below; for a trend the way it goes), ``value``, ``mean``,
    ``limit``, and ``season`` where the time of year was taken out.
    """
    return [_finding(value, stretch, stretch.fired(value)) for value, stretch in _walk(values, starts, season)]


def chart(
    values: Sequence[Decimal | None],
    polarity: Polarity,
    *,
    starts: Collection[int] = (),
    season: int | None = None,
) -> list[Point]:
    """Signal, limits and finding of each of ``values`` at once."""
    found = []
    for value, stretch in _walk(values, starts, season):
        fired = stretch.fired(value)
        signal = _signal(value, stretch, polarity, fired)
        found.append(Point(signal, stretch.limits(), _finding(value, stretch, fired)))
    return found


def signal_words(
    finding: Reason,
    *,
    translate: Callable[[str], str] = str,
    decimals: int | None = None,
    amounts: Amounts | None = None,
) -> str:
    """``finding`` as a sentence, written as the measure's own ``amounts`` are; the figure as given or to ``decimals``.

    Limits have one decimal more than the figure, or as many as tell the two apart; with ``decimals`` both have so many,
    or as many as keep the one on its side of the other.

    >>> saved = Reason("signal_outside", {"side": "above", "value": "2.48", "mean": "2.1", "limit": "2.4663"})
    >>> signal_words(saved, decimals=2, amounts=Amounts("money", "£m"))
    '£2.48m is above the upper control limit of £2.47m'
    """
    params, amounts = finding.params, amounts or Amounts(translate=translate)
    outside = finding.code == SignalRule.OUTSIDE
    value, limit, mean = Decimal(params["value"]), Decimal(params["limit"]), Decimal(params["mean"])
    if decimals is None:
        typed = places(value)
        decimals = typed + 1
        while rounded(limit, decimals) == value != limit:
            decimals += 1
    else:
        while outside and (rounded(value, decimals) == rounded(limit, decimals)) != (value == limit):
            decimals += 1
        typed = decimals
    bound = amounts.briefly(limit, decimals) if outside else amounts.of(limit, decimals)
    text = translate(_WORDS[SignalRule(finding.code), params["side"]]).format(
        value=amounts.of(value, typed), limit=bound, mean=amounts.of(mean, decimals)
    )
    return translate(_("{finding}, season taken out")).format(finding=text) if "season" in params else text


_WORDS = {
    (SignalRule.OUTSIDE, "above"): _("{value} is above the upper control limit of {limit}"),
    (SignalRule.OUTSIDE, "below"): _("{value} is below the lower control limit of {limit}"),
    (SignalRule.RUN, "above"): _("The last eight figures are all above the mean of {mean}"),
    (SignalRule.RUN, "below"): _("The last eight figures are all below the mean of {mean}"),
    (SignalRule.TREND, "above"): _("The last six figures each rose on the one before"),
    (SignalRule.TREND, "below"): _("The last six figures each fell on the one before"),
    (SignalRule.NEAR_LIMIT, "above"): _("Two of the last three figures are near the upper control limit of {limit}"),
    (SignalRule.NEAR_LIMIT, "below"): _("Two of the last three figures are near the lower control limit of {limit}"),
}


#: The signal of a figure that is above or rising, and of one that is below or falling.
_SIDES = {
    Polarity.HIGHER: (Signal.IMPROVING, Signal.WORSENING),
    Polarity.LOWER: (Signal.WORSENING, Signal.IMPROVING),
}
_Fired = tuple[SignalRule, bool] | None


def _signal(value: Decimal | None, stretch: "_Stretch", polarity: Polarity, fired: _Fired) -> Signal:
    if value is None or polarity not in _SIDES:
        return Signal.NOT_APPLICABLE
    if stretch.count < FEWEST:
        return Signal.TOO_FEW
    if fired is None:
        return Signal.NO_CHANGE
    above, below = _SIDES[polarity]
    return above if fired[1] else below


def _finding(value: Decimal | None, stretch: "_Stretch", fired: _Fired) -> Reason | None:
    bounds = stretch.limits() if fired else None
    if value is None or fired is None or bounds is None:
        return None
    rule, above = fired
    params = {
        "side": "above" if above else "below",
        "value": canonical(value),
        "mean": canonical(bounds.mean),
        "limit": canonical(bounds.upper if above else bounds.lower),
    }
    if stretch.effects:
        params["season"] = str(stretch.season)
    return Reason(rule.value, params)


def _walk(
    values: Sequence[Decimal | None], starts: Collection[int], season: int | None
) -> Iterator[tuple[Decimal | None, "_Stretch"]]:
    """Each value with its stretch as it stood when that value came."""
    length = season if season is not None and season in SEASON_LENGTHS else 0
    beginnings = frozenset(starts)
    stretch = _Stretch(length)
    for index, value in enumerate(values):
        if index in beginnings:
            stretch = _Stretch(length)
        stretch.add(value)
        yield value, stretch


class _Stretch:
    """The figures since the last start, with the running sums that limits and rules need.

    ``levels`` are the figures there are, with the season taken out once it is clear.
    """

    __slots__ = (
        *("count", "effects", "falls", "grain", "levels", "look_again"),
        *("ranges", "rises", "season", "total", "values"),
    )

    def __init__(self, season: int) -> None:
        self.season = season
        self.look_again = SEASON_YEARS * season
        self.values: list[Decimal | None] = []
        self.effects: list[Decimal] = []
        self.grain = _ZERO
        self._clear()

    def _clear(self) -> None:
        self.levels: list[Decimal] = []
        self.count = 0
        self.total = _ZERO
        self.ranges = _ZERO
        self.rises = 0
        self.falls = 0

    def add(self, value: Decimal | None) -> None:
        self.values.append(value)
        if len(self.values) == self.look_again and self._season_changed():
            self._clear()
            for index, earlier in enumerate(self.values):
                self._add_level(earlier, index)
        else:
            self._add_level(value, len(self.values) - 1)

    def _add_level(self, value: Decimal | None, index: int) -> None:
        if value is None:
            return
        if self.effects:
            value = (value - self.effects[index % self.season]).quantize(self.grain, context=_WIDE)
        if self.levels:
            step = value - self.levels[-1]
            self.ranges += abs(step)
            self.rises = self.rises + 1 if step > 0 else 0
            self.falls = self.falls + 1 if step < 0 else 0
        self.levels.append(value)
        self.total += value
        self.count += 1

    def _season_changed(self) -> bool:
        """Look for the season: after three years, the next, and then each time the years are half as many again."""
        self.look_again += self.season * max(1, len(self.values) // self.season // 2)
        before, self.effects = self.effects, seasonal_effects(self.values, self.season)
        if self.effects:
            largest = max(abs(value) for value in self.values if value is not None)
            self.grain = Decimal(1).scaleb(largest.adjusted() - _GRAIN)
        return self.effects != before

    def limits(self, place: int | None = None) -> Limits | None:
        """The limits at the ``place`` of a figure in the stretch, unless said the last."""
        if self.count < FEWEST:
            return None
        place = len(self.values) - 1 if place is None else place
        effect = self.effects[place % len(self.effects)] if self.effects else _ZERO
        mean = self.total / self.count + effect
        spread = SPREAD * self.ranges / (self.count - 1)
        return Limits(mean, mean - spread, mean + spread)

    def fired(self, value: Decimal | None) -> _Fired:
        """The first rule that fires at the latest figure (``value``, unless it is missing), and whether upwards.

        Both sides of each comparison are multiplied out, so that equal is exactly equal.
        """
        if value is None or self.count < FEWEST:
            return None
        count, total, levels = self.count, self.total, self.levels
        last = levels[-1] * count - total
        above = last > 0
        distance = abs(last) * (count - 1)
        reach = SPREAD * self.ranges * count
        if distance > reach:
            return SignalRule.OUTSIDE, above
        run, mean = levels[-RUN:], total / count
        if min(run) > mean or max(run) < mean:
            return SignalRule.RUN, above
        if self.rises >= TREND - 1 or self.falls >= TREND - 1:
            return SignalRule.TREND, self.rises > 0
        if distance * 3 > reach * 2:
            for level in levels[-3:-1]:
                earlier = (level * count - total) * (count - 1)
                if (earlier if above else -earlier) * 3 > reach * 2:
                    return SignalRule.NEAR_LIMIT, above
        return None


def seasonal_effects(values: Sequence[Decimal | None], season: int) -> list[Decimal]:
    """How far each time of year lies above the year around it; empty where no season is clear.

    Each figure is set against the mean of the ``season`` periods centred on it. The season is clear where these
    distances vary at least seven times as much between the times of year as within them (an F test, as in X-11); every
    time of year must have two of them, which takes three years. Source: docs/sums.
    """
    times = [0] * season
    sums = [_ZERO] * season
    squares = _ZERO
    for time, distance in _distances(values, season):
        times[time] += 1
        sums[time] += distance
        squares += distance * distance
    if min(times) < 2:
        return []
    many = sum(times)
    by_time = sum((total * total / n for total, n in zip(sums, times, strict=True)), _ZERO)
    between = by_time - sum(sums, _ZERO) ** 2 / many
    within = squares - by_time
    if not between or between * (many - season) < CLEAR_SEASON * within * (season - 1):
        return []
    means = [total / n for total, n in zip(sums, times, strict=True)]
    middle = sum(means, _ZERO) / season
    return [(mean - middle) / (2 * season) for mean in means]


def _distances(values: Sequence[Decimal | None], season: int) -> Iterator[tuple[int, Decimal]]:
    """The time of year of each figure, and the figure less the mean of the year centred on it, times twice ``season``.

    With an even number of periods a year, two years of one period apart are centred on a figure between them.
    """
    years = _year_totals(values, season)
    for value, (index, total), following in zip(
        values[season // 2 :], enumerate(years, season // 2), years[1 - season % 2 :], strict=False
    ):
        if value is not None and total is not None and following is not None:
            yield index % season, 2 * season * value - total - following


def _year_totals(values: Sequence[Decimal | None], season: int) -> list[Decimal | None]:
    """The total of every ``season`` figures in a row; None where one of them is missing."""
    totals: list[Decimal | None] = []
    total, missing = _ZERO, 0
    for index, value in enumerate(values):
        total, missing = (total, missing + 1) if value is None else (total + value, missing)
        if index >= season:
            gone = values[index - season]
            total, missing = (total, missing - 1) if gone is None else (total - gone, missing)
        if index >= season - 1:
            totals.append(None if missing else total)
    return totals
