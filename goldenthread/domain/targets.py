"""Targets: what a period's figure is held against, given for the period or derived from the year's.

A year's target of 400 homes, shared evenly, counted from the start of the year:

>>> from goldenthread.domain.reasons import explain
>>> homes = Definition(code="HO-1", polarity=Polarity.HIGHER, reading=Reading.YEAR_TO_DATE, profile=Profile.EVEN)
>>> year = Target(period=Period.parse("2018/19"), value=Decimal(400))
>>> target = target_in_force(homes, Period.parse("2018/19 Q3"), {("2018/19", TargetKind.TARGET): year})
>>> target.value, target.derived_by
(Decimal('300'), <Profile.EVEN: 'even'>)
>>> explain(target.derivation)
"The target is three quarters of the year's target of 400, shared evenly"
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from goldenthread.domain.definition import Definition
from goldenthread.domain.figures import Figure, canonical
from goldenthread.domain.periods import Period
from goldenthread.domain.reasons import Reason
from goldenthread.domain.words import (
    Aggregation,
    Comparison,
    DataType,
    Frequency,
    Polarity,
    Profile,
    Reading,
    TargetKind,
    YearKind,
)

Targets = Mapping[tuple[str, TargetKind], "Target"]

#: How many complete years a seasonal profile looks back on.
SEASONS = 3
_SINCE_A_START = frozenset({Reading.YEAR_TO_DATE, Reading.CUMULATIVE})
_STANDING = frozenset({Reading.ROLLING, Reading.SNAPSHOT})
_LEVELS = frozenset({Aggregation.MEAN, Aggregation.LAST, Aggregation.MAX, Aggregation.MIN})
_DEFAULT_COMPARISON = {
    Polarity.HIGHER: Comparison.AT_LEAST,
    Polarity.LOWER: Comparison.AT_MOST,
    Polarity.RANGE: Comparison.BETWEEN,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A target as it was set for a period. ``original`` is what stood before it was amended, if it was."""

    period: Period
    kind: TargetKind = TargetKind.TARGET
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    comparison: Comparison | None = None
    profile: Profile | None = None
    set_on: date | None = None
    decision: str = ""
    reason: str = ""
    amended: bool = False
    corrected: bool = False
    original: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetInForce:
    """The target that rates one period, in the measure's unit.

    ``derived_by`` is None where the period has its own row; ``derivation`` says how a derived one came about.
    ``floor`` is the red line; for a range ``floor_low`` and ``floor_high`` are. ``of_whole`` marks the whole's target
    taken by a category. A measure without polarity has ``at_least``, and is not rated.
    """

    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    comparison: Comparison
    derived_by: Profile | None = None
    floor: Decimal | None = None
    floor_low: Decimal | None = None
    floor_high: Decimal | None = None
    stretch: Decimal | None = None
    baseline: Decimal | None = None
    amended: bool = False
    corrected: bool = False
    original: Decimal | None = None
    derivation: Reason | None = None
    of_whole: bool = False


def target_in_force(
    measure: Definition,
    period: Period,
    targets: Targets,
    *,
    history: Sequence[Figure] = (),
    category: str = "",
    whole: Targets | None = None,
) -> TargetInForce | Reason:
    """The target of ``period`` on the measure's rated reading, or the reason why there is none.

    ``targets`` are the rows in force by period and kind; ``history`` the in-period figures from which a seasonal
    profile is learnt; ``whole`` the rows of the whole, which a category without a row takes only where the measure is a
    ratio or a mean. A period's own row counts first, else the year's by its profile, the measure's or the default. A
    span has only its own row, unless the measure is rated on a rolling reading. An ambition is never looked at.
    Source: domain rule "The target of a period".
    """
    search = _Search(measure, period, history)
    found = search.find(targets, TargetKind.TARGET)
    of_whole = False
    if found is None and category and whole is not None:
        if not taken_by_categories(measure):
            return _CATEGORY if search.has_row(whole) else _NO_TARGET
        found, of_whole = search.find(whole, TargetKind.TARGET), True
    if found is None:
        return _NO_TARGET
    if isinstance(found, Reason):
        return found
    row = found.row
    if row.value is None and row.low is None and row.high is None:
        return Reason("to_be_confirmed", {"period": row.period.text})

    def other(kind: TargetKind) -> _Found | None:
        given = search.find(targets, kind)
        if given is None and category and whole is not None and taken_by_categories(measure):
            given = search.find(whole, kind)
        return given if isinstance(given, _Found) else None

    floor = stretch = baseline = None
    if len(targets) > 1 or whole:
        floor, stretch, baseline = other(TargetKind.FLOOR), other(TargetKind.STRETCH), other(TargetKind.BASELINE)
    return TargetInForce(
        value=found.value,
        low=found.low,
        high=found.high,
        comparison=comparison_of(row, measure.polarity),
        derived_by=found.profile,
        floor=floor.value if floor else None,
        floor_low=floor.low if floor else None,
        floor_high=floor.high if floor else None,
        stretch=stretch.value if stretch else None,
        baseline=baseline.value if baseline else None,
        amended=row.amended,
        corrected=row.corrected,
        original=found.original,
        derivation=found.derivation,
        of_whole=of_whole,
    )


def comparison_of(target: Target, polarity: Polarity) -> Comparison:
    """How a target compares: as it says, else between where it has two limits, else by what is good."""
    if target.comparison is not None:
        return target.comparison
    if target.value is None and target.low is not None and target.high is not None:
        return Comparison.BETWEEN
    return _DEFAULT_COMPARISON.get(polarity, Comparison.AT_LEAST)


def taken_by_categories(measure: Definition) -> bool:
    """Whether a category may be held to the whole's target: of a ratio or a mean, never of a count."""
    return measure.aggregation in (Aggregation.RATIO, Aggregation.MEAN) or measure.data_type in (
        DataType.PERCENTAGE,
        DataType.RATE,
    )


def builds_up(measure: Definition) -> bool:
    """Whether the year's figure is built up from its periods' rather than standing at one level through the year.

    A ratio builds up where its numerator is summed but its denominator is not: 2.5 days lost per FTE a quarter are 10.0
    for the year, so a year's target of 10 cannot be each quarter's.
    """
    if measure.rated_reading in _STANDING or measure.aggregation in _LEVELS:
        return False
    if measure.aggregation is Aggregation.RATIO:
        return (
            measure.numerator_aggregation is Aggregation.SUM and measure.denominator_aggregation is not Aggregation.SUM
        )
    return measure.aggregation is Aggregation.SUM or measure.data_type not in _LEVEL_TYPES


_LEVEL_TYPES = frozenset({DataType.PERCENTAGE, DataType.RATE, DataType.SCORE})


def profile_of(measure: Definition, target: Target | None = None) -> Profile:
    """The profile by which a year's target is shared: the target's own, else the measure's, else the default.

    By default a level (percentage, rate, ratio, mean, score, snapshot, rolling) has the same target all year, and what
    builds up (a count, a sum) has none until the year closes.
    """
    declared = (target.profile if target else None) or measure.profile
    return declared or (Profile.YEAR_END_ONLY if builds_up(measure) else Profile.SAME)


@dataclass(frozen=True, slots=True)
class Share:
    """The share of a year that a period should have: ``part`` of ``of``, learnt from ``seasons`` years if from any."""

    part: Decimal
    of: Decimal
    seasons: int = 0

    @property
    def fraction(self) -> Decimal:
        return self.part / self.of

    def take(self, year: Decimal) -> Decimal:
        """This share of ``year``, multiplied before it is divided."""
        return year if self.part == self.of else year * self.part / self.of


_ALL = Share(Decimal(1), Decimal(1))
_NO_TARGET = Reason("no_target")
_NO_SEASON = Reason("no_season")
_SEASON_OF_NOTHING = Reason("season_of_nothing")
_YEAR_END_ONLY = Reason("year_end_only")
_CATEGORY = Reason("category_no_target")


def share_of_year(
    measure: Definition, period: Period, profile: Profile, *, history: Sequence[Figure] = ()
) -> Share | Reason:
    """The share of the year's target that falls to ``period``: alone, or the year so far where it is rated on that.

    ``even``: one of the year's n periods, or k of n so far. ``seasonal``: the sum of that period (or of the year so
    far) over the sum of the year, in the last three complete years of ``history``; for a level, its mean then over its
    mean in the year. ``year_end_only``: all of it in the period that closes the year, if the reading is the year's.
    """
    if profile is Profile.SAME:
        return _ALL
    k, n = period.within_year(measure.year)
    so_far = measure.rated_reading in _SINCE_A_START
    if profile is Profile.YEAR_END_ONLY:
        return _ALL if k == n and measure.rated_reading is not Reading.IN_PERIOD else _YEAR_END_ONLY
    if profile is Profile.EVEN:
        return Share(Decimal(k if so_far else 1), Decimal(n))
    years = _complete_years(measure, period, history)
    if not years:
        return _NO_SEASON
    total = sum((sum(year.values()) for year in years), Decimal(0))
    if not total:
        return _SEASON_OF_NOTHING
    counted = range(1, k + 1) if so_far else (k,)
    part = sum((year.get(place, Decimal(0)) for year in years for place in counted), Decimal(0))
    if so_far and k == n:
        part = total
    if _has_seasonal_level(measure):
        part *= Decimal(n) / len(counted)
    return Share(part, total, len(years))


def _complete_years(measure: Definition, period: Period, history: Sequence[Figure]) -> list[dict[int, Decimal]]:
    """The last three earlier years of which every period has a figure: each period's by its place in the year."""
    kind = _year_kind(measure, period)
    starts = period.containing(Frequency.YEAR, kind).start
    years: dict[str, dict[int, Decimal]] = {}
    lengths: dict[str, int] = {}
    for figure in history:
        other, value = figure.period, figure.value
        if other.end < starts and value is not None and other.frequency is period.frequency and not other.is_span:
            year = other.containing(Frequency.YEAR, kind).text
            place, lengths[year] = other.within_year(kind)
            years.setdefault(year, {})[place] = value
    complete = [years[year] for year in sorted(years, reverse=True) if len(years[year]) == lengths[year]]
    return complete[:SEASONS]


def _has_seasonal_level(measure: Definition) -> bool:
    """Whether a season moves the level rather than sharing out a total; a percentage of the year so far is a total."""
    undeclared_total = measure.aggregation is Aggregation.NONE and measure.rated_reading in _SINCE_A_START
    return not builds_up(measure) and not undeclared_total


def _year_kind(measure: Definition, period: Period) -> YearKind:
    return YearKind.ACADEMIC if period.frequency is Frequency.TERM else measure.year


@dataclass(frozen=True, slots=True)
class _Found:
    """A row, and its figures as they hold for the period asked for."""

    row: Target
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    original: Decimal | None
    profile: Profile | None = None
    derivation: Reason | None = None


class _Search:
    """Looks for one period's rows of every kind."""

    __slots__ = ("history", "measure", "period", "year")

    def __init__(self, measure: Definition, period: Period, history: Sequence[Figure]) -> None:
        self.measure, self.period, self.history = measure, period, history
        self.year = _year_of(measure, period)

    def has_row(self, targets: Targets) -> bool:
        kind = TargetKind.TARGET
        return (self.period.text, kind) in targets or (self.year is not None and (self.year.text, kind) in targets)

    def find(self, targets: Targets, kind: TargetKind) -> _Found | Reason | None:
        row = targets.get((self.period.text, kind))
        if row is not None:
            return _Found(row, row.value, row.low, row.high, row.original)
        if self.year is None:
            return None
        row = targets.get((self.year.text, kind))
        return None if row is None else self._derived(row, targets)

    def _derived(self, row: Target, targets: Targets) -> _Found | Reason:
        measure = self.measure
        if row.value is None and row.low is None and row.high is None:
            return _Found(row, None, None, None, None)
        profile = profile_of(measure, row)
        share = share_of_year(measure, self.period, profile, history=self.history)
        params = self._params(row)
        if isinstance(share, Reason):
            return Reason(share.code, params)
        start = self._start(row, targets, profile)

        def take(year: Decimal | None) -> Decimal | None:
            return None if year is None else start + share.take(year - start) if start else share.take(year)

        code = _DERIVATIONS[profile]
        if profile is Profile.EVEN:
            params |= {"part": canonical(share.part), "of": canonical(share.of)}
        elif profile is Profile.SEASONAL:
            params |= {"share": canonical(share.fraction), "seasons": str(share.seasons)}
            if _has_seasonal_level(measure):
                code = "target_seasonal_level"
            elif measure.rated_reading in _SINCE_A_START:
                code = "target_seasonal_so_far"
        if start:
            params["path_from"] = canonical(start)
            code = "target_even_path" if profile is Profile.EVEN else "target_seasonal_path"
        return _Found(
            row, take(row.value), take(row.low), take(row.high), take(row.original), profile, Reason(code, params)
        )

    def _params(self, row: Target) -> dict[str, str]:
        measure = self.measure
        params: dict[str, str] = {"year": row.period.text, "data_type": measure.data_type}
        if measure.unit_of_measure:
            params["unit"] = measure.unit_of_measure
        if measure.decimals is not None:
            params["decimals"] = str(measure.decimals)
        for name, number in (("year_target", row.value), ("year_low", row.low), ("year_high", row.high)):
            if number is not None:
                params[name] = canonical(number)
        return params

    def _start(self, row: Target, targets: Targets, profile: Profile) -> Decimal:
        """Where the year's path begins: a figure that never restarts goes on from last year's target."""
        if self.measure.rated_reading is not Reading.CUMULATIVE or profile not in (Profile.EVEN, Profile.SEASONAL):
            return Decimal(0)
        before = targets.get((row.period.previous().text, row.kind))
        return before.value if before is not None and before.value is not None else Decimal(0)


_DERIVATIONS = {
    Profile.SAME: "target_same",
    Profile.EVEN: "target_even",
    Profile.SEASONAL: "target_seasonal",
    Profile.YEAR_END_ONLY: "target_year_end",
}


def _year_of(measure: Definition, period: Period) -> Period | None:
    """The year whose target may be shared with ``period``; None for a year or longer, and for a span of its own."""
    if period.is_span and measure.rated_reading is not Reading.ROLLING:
        return None
    if not period.is_span and period.frequency in (Frequency.YEAR, Frequency.TWO_YEAR):
        return None
    return period.containing(Frequency.YEAR, _year_kind(measure, period))


@dataclass(frozen=True, slots=True, kw_only=True)
class WordedTarget:
    """What a target written in words asks for."""

    comparison: Comparison
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None


_NUMBER = re.compile(r"[-−]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?", re.ASCII)
_WORDED: tuple[tuple[Comparison, re.Pattern[str]], ...] = tuple(
    (comparison, re.compile(pattern, re.IGNORECASE))
    for comparison, pattern in (
        (Comparison.AT_LEAST, r"\bnot? (?:less|fewer|lower) than|at least|minimum|or (?:above|more|over|higher)|≥|>="),
        (
            Comparison.AT_MOST,
            r"\bnot? (?:more|higher) than|at most|maximum|up to|or (?:below|less|under|fewer|lower)|≤|<=",
        ),
        (Comparison.MORE_THAN, r"greater than|more than|above|over|exceeds?|higher than|>"),
        (Comparison.LESS_THAN, r"less than|fewer than|below|under|lower than|<"),
    )
)
_BETWEEN = re.compile(r"\bbetween\b|\bto\b|\d%? ?[-–] ?\d", re.IGNORECASE)


def worded_target(text: str, polarity: Polarity) -> WordedTarget | None:
    """The target in a council's words ("Greater than 50%", "9% or above"), in the unit written; None if there is none.

    What stands in brackets is a note. Without a word that compares, what is good decides: at least, at most. A range
    needs two figures; a quartile has none of its own, and steps for several years are several targets.

    >>> worded_target("Greater than 50%", Polarity.HIGHER)
    WordedTarget(comparison=<Comparison.MORE_THAN: 'more_than'>, value=Decimal('50'), low=None, high=None)
    >>> worded_target("Top quartile metropolitan authorities", Polarity.HIGHER) is None
    True
    """
    if ";" in text:
        return None
    said = re.sub(r"\([^)]*\)", "", text)
    between = _BETWEEN.search(said)
    numbers = [
        Decimal(number.replace(",", "").replace("−", "-"))
        for number in _NUMBER.findall(re.sub(r"(?<=[\d%]) ?[-–] ?(?=\d)", " to ", said))
    ]
    if len(numbers) == 2 and between:
        return WordedTarget(comparison=Comparison.BETWEEN, low=min(numbers), high=max(numbers))
    if len(numbers) != 1:
        return None
    for comparison, pattern in _WORDED:
        if pattern.search(said):
            return WordedTarget(comparison=comparison, value=numbers[0])
    default = _DEFAULT_COMPARISON.get(polarity)
    return WordedTarget(comparison=default, value=numbers[0]) if default else None
