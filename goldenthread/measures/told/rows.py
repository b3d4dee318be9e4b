"""The tables of a measure's page: its periods, its year, its targets, and what the control chart found."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext
from markupsafe import Markup

from goldenthread.domain.definition import Definition
from goldenthread.domain.forecast import error
from goldenthread.domain.periods import Period
from goldenthread.domain.words import Aggregation, Frequency, Reading, Signal, TargetKind
from goldenthread.measures import words
from goldenthread.measures.breakdown import name_of
from goldenthread.measures.models import Forecast, Result, Target
from goldenthread.measures.pictures import fired
from goldenthread.measures.queries.measure import Story
from goldenthread.measures.shown import Shown
from goldenthread.measures.told.headline import forecast_why, latest_own, target_words, year_of
from goldenthread.web.status import status_tag
from goldenthread.web.words import STATE_WORDS

#: So many of the latest periods are looked at for signals: earlier ones are in the table.
LATELY = 12


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """One period of the table behind the chart."""

    period: str
    href: str
    value: str
    halves: str
    tag: Markup
    target: str
    original: str
    year_to_date: str
    rolling: str
    since_ever: str
    short: str
    long: str
    signal: str
    finding: str


def period_rows(story: Story, run: str, shown: Shown, address: Callable[[str], str]) -> list[PeriodRow]:
    """Every period of one length, the latest first."""
    definition, rows = story.definition, []
    own = bool(story.runs) and run == next(iter(story.runs))
    for result in reversed(story.runs.get(run, [])):
        noise = story.noise.get(result.period) if own else None
        marks = (result.state,) if result.state in STATE_WORDS else ()
        missing = str(words.MISSING.get(result.missing, "")) if result.missing else ""
        rows.append(
            PeriodRow(
                period=shown.period(result.period),
                href=address(result.period),
                value=shown.figure(definition, result.value) or missing or "–",
                halves=halves_of(result),
                tag=status_tag(result.status, result.have < result.expected, marks),
                target=shown.target(definition, result),
                original=original_of(story, result, shown),
                year_to_date=shown.figure(definition, _on(Reading.YEAR_TO_DATE, definition, result)),
                rolling=shown.figure(definition, _on(Reading.ROLLING, definition, result)) or _partly(story, result),
                since_ever=shown.figure(definition, _on(Reading.CUMULATIVE, definition, result)),
                short=result.direction_short,
                long=result.direction_long,
                signal=result.signal if result.signal in (Signal.IMPROVING, Signal.WORSENING) else "",
                finding=fired(story, noise.finding) if noise and noise.finding else "",
            )
        )
    if all(row.year_to_date in ("", row.value) for row in rows):
        return [replace(row, year_to_date="") for row in rows]
    return rows


def _on(reading: Reading, definition: Definition, result: Result) -> Decimal | None:
    """The figure on ``reading``, where it is another than the one it is given on."""
    if definition.reading is reading:
        return None
    if definition.rated_reading is reading:
        return result.rated_value
    return {Reading.YEAR_TO_DATE: result.year_to_date, Reading.ROLLING: result.rolling}.get(reading)


def _partly(story: Story, result: Result) -> str:
    """What to say of a rolling figure whose window is not whole."""
    rolls = story.definition.rated_reading is Reading.ROLLING
    return gettext("partial") if rolls and result.value is not None and result.rated_value is None else ""


def halves_of(result: Result) -> str:
    if result.numerator is None or result.denominator is None:
        return ""
    return f"{result.numerator:,f} ÷ {result.denominator:,f}"


def original_of(story: Story, result: Result, shown: Shown) -> str:
    if result.target_original is None or result.target_original == result.target:
        return ""
    return shown.figure(story.definition, result.target_original)


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch of periods at which one rule of the control chart fired."""

    periods: str
    signal: str
    words: str


def signals(story: Story, shown: Shown, most: int = 4) -> list[Found]:
    """What the control chart found in the latest periods, one line a stretch, the latest first."""
    stretches: list[list[Result]] = []
    lately = {result.period for result in story.own[-LATELY:]}
    for result in story.own:
        noise = story.noise.get(result.period)
        if noise is None or noise.finding is None or result.signal not in (Signal.IMPROVING, Signal.WORSENING):
            stretches.append([])
        elif stretches and stretches[-1] and _same(story, stretches[-1][-1], result):
            stretches[-1].append(result)
        else:
            stretches.append([result])
    told = [stretch for stretch in reversed(stretches) if stretch and stretch[-1].period in lately]
    return [_found(story, stretch, shown) for stretch in told[:most]]


def _same(story: Story, one: Result, other: Result) -> bool:
    first, second = story.noise[one.period].finding, story.noise[other.period].finding
    assert first is not None
    assert second is not None
    return one.signal == other.signal and first.code == second.code


def _found(story: Story, stretch: list[Result], shown: Shown) -> Found:
    first, last = stretch[0], stretch[-1]
    finding = story.noise[last.period].finding
    assert finding is not None
    periods = shown.period(first.period)
    if len(stretch) > 1:
        periods = gettext("%(first)s to %(last)s") % {"first": periods, "last": shown.period(last.period)}
    return Found(periods, last.signal, fired(story, finding))


@dataclass(frozen=True, slots=True)
class OwnForecast:
    """A forecast that the owner gave, and how far it was from the outturn once that was known."""

    year: str
    made: str
    value: str
    reason: str
    by: str
    at: datetime
    outcome: str


@dataclass(frozen=True, slots=True)
class YearSoFar:
    year: str
    so_far: str
    so_far_to: str
    target: str
    forecast: str
    forecast_tag: Markup
    forecast_why: str
    forecasts: list[OwnForecast]


def year_so_far(story: Story, shown: Shown) -> YearSoFar | None:
    """The year to date and where it will end; nothing where the measure is taken once a year or stands at a level."""
    result, definition = latest_own(story), story.definition
    forecasts = [_own_forecast(story, row, shown) for row in story.forecasts]
    if result is None:
        return None
    so_far = result.year_to_date if _grows(definition) else None
    if so_far is None and definition.rated_reading is Reading.YEAR_TO_DATE:
        so_far = result.rated_value
    if result.forecast is None and so_far is None and not forecasts:
        return None
    year = year_of(story, result.period)
    if year == result.period and not forecasts:
        return None
    target = next((row for row in reversed(story.targets) if _is_years(row, year)), None)
    return YearSoFar(
        year=shown.period(year),
        so_far=shown.amount(definition, so_far),
        so_far_to=shown.period(result.period),
        target=target_words(story, target, shown) if target else "",
        forecast=shown.amount(definition, result.forecast),
        forecast_tag=status_tag(result.forecast_status) if result.forecast_status else Markup(""),
        forecast_why=forecast_why(result),
        forecasts=forecasts,
    )


def _grows(definition: Definition) -> bool:
    """Whether its year so far is made from its periods, or given: a level is the same however far the year is on."""
    made = definition.reading is Reading.IN_PERIOD and definition.aggregation is not Aggregation.NONE
    return made or definition.reading is Reading.YEAR_TO_DATE


def _is_years(row: Target, year: str) -> bool:
    return row.period == year and row.kind == TargetKind.TARGET and not row.category


def _own_forecast(story: Story, row: Forecast, shown: Shown) -> OwnForecast:
    outturn = next((result for result in story.results if result.period == row.for_period), None)
    outcome = ""
    if outturn is not None and outturn.rated_value is not None and row.value is not None:
        missed = error(row.value, outturn.rated_value)
        text = gettext("It came to %(outturn)s: the forecast was %(gap)s too high.")
        if missed.amount < 0:
            text = gettext("It came to %(outturn)s: the forecast was %(gap)s too low.")
        elif not missed.amount:
            text = gettext("It came to %(outturn)s, as forecast.")
        gap = shown.amount(story.definition, abs(missed.amount))
        outcome = text % {"outturn": shown.amount(story.definition, outturn.rated_value), "gap": gap}
    return OwnForecast(
        year=shown.period(row.for_period),
        made=shown.period(row.made_in),
        value=shown.amount(story.definition, row.value),
        reason=row.reason,
        by=row.by_name,
        at=row.entered_at,
        outcome=outcome,
    )


@dataclass(frozen=True, slots=True)
class TargetRow:
    """What a period was aimed at: the target that stands, and every one before it."""

    period: str
    category: str
    kind: str
    standing: Target
    value: str
    earlier: list[tuple[Target, str]]


def target_rows(story: Story, shown: Shown) -> list[TargetRow]:
    """The targets by period, the latest first, each with what it replaced."""
    chains: dict[tuple[str, str, str], list[Target]] = {}
    for row in story.targets:
        chains.setdefault((row.period, row.category, row.kind), []).append(row)
    kinds = list(words.TARGET_KIND)

    def order(key: tuple[str, str, str]) -> tuple[object, ...]:
        period = Period.parse(key[0])
        return -period.end.toordinal(), -period.days, kinds.index(TargetKind(key[2])), key[1]

    return list(_target_rows(story, {key: chains[key] for key in sorted(chains, key=order)}, shown))


def _target_rows(story: Story, chains: dict[tuple[str, str, str], list[Target]], shown: Shown) -> Iterator[TargetRow]:
    for (period, category, kind), chain in chains.items():
        yield TargetRow(
            period=shown.period(period),
            category=name_of(category, story.categories) if category else "",
            kind=str(words.TARGET_KIND[TargetKind(kind)]),
            standing=chain[-1],
            value=target_words(story, chain[-1], shown),
            earlier=[(row, target_words(story, row, shown)) for row in reversed(chain[:-1])],
        )


def run_of(story: Story, asked: str) -> str:
    """The row of figures asked for, by the length of its periods; else the measure's own."""
    if asked in story.runs:
        return asked
    return next(iter(story.runs), str(Frequency.QUARTER))
