"""How figures behave: they drift over the years, follow the seasons, take a step now and then, and never sit still."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from random import Random

from goldenthread.demonstration.catalogue.sheet import Sheet
from goldenthread.domain.figures import canonical
from goldenthread.domain.periods import Period
from goldenthread.domain.words import Frequency, YearKind

FIRST_DAY = date(2021, 4, 1)
FIRST = Period.parse("2021/22")
PER_YEAR = {"month": 12, "quarter": 4, "third": 3, "half": 2, "term": 3, "year": 1}

#: Factors by month, April first, around 1.
SEASONS: dict[str, tuple[float, ...]] = {
    "flat": (1,) * 12,
    "winter": (0.94, 0.9, 0.87, 0.86, 0.85, 0.93, 1.02, 1.1, 1.17, 1.2, 1.12, 1.04),
    "summer": (0.98, 1.08, 1.16, 1.22, 1.24, 1.08, 0.97, 0.86, 0.78, 0.8, 0.85, 0.98),
    "growing": (1.08, 1.2, 1.18, 1.12, 1.1, 1.05, 1.0, 0.9, 0.8, 0.78, 0.8, 0.99),
    "holidays": (1.0, 1.02, 1.02, 0.95, 0.9, 1.02, 1.05, 1.03, 0.92, 1.02, 1.03, 1.04),
    "year_end": (0.72, 0.82, 0.9, 0.92, 0.88, 1.0, 1.04, 1.06, 0.94, 1.02, 1.14, 1.56),
    "instalments": (1.19, 1.12, 1.12, 1.12, 1.12, 1.11, 1.11, 1.1, 1.09, 1.07, 0.45, 0.4),
    "slight_winter": (0.99, 0.98, 0.98, 0.97, 0.97, 0.99, 1.0, 1.01, 1.03, 1.04, 1.02, 1.02),
    "slight_summer": (1.0, 1.01, 1.02, 1.03, 1.03, 1.01, 1.0, 0.99, 0.97, 0.97, 0.98, 0.99),
}


@dataclass(frozen=True, slots=True)
class Point:
    """What happened in one period: halves where the figure is a ratio, else a value."""

    period: Period
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None


def periods(sheet: Sheet, until: date) -> list[Period]:
    """Every period of the measure's own that has ended by ``until``, while the measure was kept."""
    starts, ends = sheet.also.get("starts", ""), sheet.also.get("ends", "9999")
    found = _periods(sheet.frequency, sheet.year, until)
    kept = [period for period in found if starts <= period.end.isoformat() <= ends]
    return [_span(period, sheet.span) for period in kept] if sheet.span > 1 else kept


def _span(year: Period, years: int) -> Period:
    """The pooled years that end with the calendar ``year``."""
    return Period.parse(f"{year.end.year - years + 1} to {year.end.year}")


@cache
def _periods(frequency: str, year: str, until: date) -> tuple[Period, ...]:
    kind = YearKind(year)
    period = Period.of(Frequency(frequency), date(2021, 9, 1) if kind is YearKind.ACADEMIC else FIRST_DAY, kind)
    if period.start < FIRST_DAY and kind is not YearKind.CALENDAR:
        period = period.next()
    found = []
    while period.end <= until:
        found.append(period)
        period = period.next()
    return tuple(found)


def place(period: Period) -> float:
    """How many years after April 2021 the middle of ``period`` lies."""
    days = min(period.days, 366)
    return (period.end.toordinal() - days / 2 - FIRST_DAY.toordinal()) / 365.25


def level(levels: tuple[float, ...], at: float) -> float:
    """The level ``at`` so many years after April 2021: each year's stands in the middle of its year."""
    left = min(max(at - 0.5, 0.0), len(levels) - 1.0)
    index = min(int(left), len(levels) - 2)
    share = left - index
    return levels[index] * (1 - share) + levels[index + 1] * share


@cache
def season(name: str, period: Period) -> float:
    """The mean of the season's factors over the months of ``period``."""
    factors, first = SEASONS[name], (period.start.month - 4) % 12
    months = max(1, round(period.days / 30.4))
    return sum(factors[(first + offset) % 12] for offset in range(months)) / months


def points(sheet: Sheet, until: date) -> Iterator[Point]:
    """The whole's figures, one for each period that has ended by ``until``."""
    random = Random(f"Wenlow {sheet.code}")  # noqa: S311
    since_the_start = sheet.reading == "year_to_date"
    so_far, year = Point(FIRST), ""
    for period in periods(sheet, until) if sheet.levels else ():
        inside = point(sheet, period, random)
        if since_the_start:
            this_year = period.containing(Frequency.YEAR, YearKind(sheet.year)).text
            inside = so_far = inside if this_year != year else _added(sheet, so_far, inside)
            year = this_year
        yield inside


def point(sheet: Sheet, period: Period, random: Random) -> Point:
    """One period's figure."""
    if sheet.data_type == "yes_no":
        done = sheet.step is not None and period.start >= Period.parse(sheet.step[0]).start
        return Point(period, value=Decimal(done))
    now = level(sheet.levels, place(period)) * season(sheet.season, period) * (1 + random.gauss(0, sheet.noise))
    if sheet.step is not None and period.start >= Period.parse(sheet.step[0]).start:
        now *= sheet.step[1]
    if sheet.builds_up:
        now /= PER_YEAR[sheet.frequency]
    if not sheet.is_ratio:
        return Point(period, value=shown(_within(sheet, now), sheet.decimals))
    denominator = max(1, round(sheet.size * (1 + 0.008 * place(period)) * (1 + random.gauss(0, _variation(sheet)))))
    numerator = round(_within(sheet, now) * denominator / sheet.factor)
    return Point(period, numerator=Decimal(numerator), denominator=Decimal(denominator))


def _variation(sheet: Sheet) -> float:
    """How much a denominator varies from period to period: a population hardly, a few cases a good deal."""
    if sheet.builds_up or sheet.reading == "snapshot":
        return 0.004
    return max(0.02, 0.7 / math.sqrt(sheet.size))


def _added(sheet: Sheet, before: Point, now: Point) -> Point:
    """The year to date: what had come before and what came now."""
    denominator = now.denominator
    if denominator is not None and not sheet.builds_up:
        denominator += before.denominator or 0
    return Point(
        now.period,
        value=None if now.value is None else (before.value or 0) + now.value,
        numerator=None if now.numerator is None else (before.numerator or 0) + now.numerator,
        denominator=denominator,
    )


def _within(sheet: Sheet, number: float) -> float:
    if sheet.data_type == "percentage":
        return min(max(number, 0.0), 100.0)
    return number if sheet.also.get("min", "").startswith("-") else max(number, 0.0)


def shown(number: float, decimals: int) -> Decimal:
    """The exact decimal that somebody would type: half up, to so many places."""
    return Decimal(str(number)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def text(number: Decimal | float | None) -> str:
    """A figure as the package writes it."""
    if number is None:
        return ""
    return canonical(number if isinstance(number, Decimal) else Decimal(str(number)))
