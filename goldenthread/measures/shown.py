"""Figures, periods and reasons as a page writes them, each put into words once and remembered.

A board of a thousand rows asks for the same few thousand texts at every visit; what is remembered follows from its
parameters alone, so that it can never be out of date.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language, gettext

from goldenthread.domain.amounts import Amounts, day_of, digits, natural_places, rounded, unit_of_one
from goldenthread.domain.definition import Definition
from goldenthread.domain.periods import Period
from goldenthread.domain.reasons import Reason, explain
from goldenthread.domain.words import DataType, Reading
from goldenthread.measures.words import READING
from goldenthread.web.filters import day, moment, short_day


@dataclass(frozen=True, slots=True)
class Shown:
    """How one reader is shown things: the language is asked for once a page, not once a figure."""

    language: str | None = field(default_factory=get_language)

    def why(self, reason: Reason | None) -> str:
        """The reason of a status as a sentence."""
        return _why(reason.code, tuple(reason.params.items()), self.language) if reason else ""

    def figure(self, definition: Definition, number: Decimal | None, decimals: int | None = None) -> str:
        """A figure as a table shows it, to the measure's decimals: 84.0%, £1,234, Yes, 9.8 (its unit stands beside)."""
        if number is None:
            return ""
        places = definition.decimals if decimals is None else decimals
        return _figure(definition.data_type, definition.unit_of_measure, number, places, self.language)

    def amount(self, definition: Definition, number: Decimal | None, decimals: int | None = None) -> str:
        """A figure as a sentence needs it, with its unit: 84.0%, £1,234, 9.8 days."""
        if number is None:
            return ""
        text = self.figure(definition, number, decimals)
        unit = self.unit(definition, text)
        return f"{text} {unit}" if unit else text

    def span(self, definition: Definition, low: Decimal | None, high: Decimal | None) -> str:
        """A range: 40% to 60%; with one end open, 40% or more."""
        if low is None:
            return gettext("%(high)s or less") % {"high": self.figure(definition, high)} if high is not None else ""
        if high is None:
            return gettext("%(low)s or more") % {"low": self.figure(definition, low)}
        return gettext("%(low)s to %(high)s") % {
            "low": self.figure(definition, low),
            "high": self.figure(definition, high),
        }

    def value(self, definition: Definition, result: Any) -> str:
        """The figure of a result as it is rated, to as many decimals as tell it from its target."""
        return self.figure(definition, result.rated_value, _places(result.reason_params))

    def target(self, definition: Definition, result: Any) -> str:
        """The target of a result: a figure or a range."""
        if result.target is not None:
            return self.figure(definition, result.target, _places(result.reason_params))
        return self.span(definition, result.target_low, result.target_high)

    def unit(self, definition: Definition, figure: str = "") -> str:
        """The unit to write beside ``figure``; nothing where the figure itself says it, as % and £ do."""
        return _unit(definition.data_type, definition.unit_of_measure, figure in ("1", "-1"), self.language)

    def rated_on(self, definition: Definition) -> str:
        """On what reading a figure is rated, where it is not the one it is given on: year to date."""
        if definition.rated_reading is definition.reading:
            return ""
        return {
            Reading.YEAR_TO_DATE: gettext("year to date"),
            Reading.ROLLING: gettext("rolling"),
            Reading.CUMULATIVE: gettext("since the beginning"),
        }.get(definition.rated_reading, str(READING[definition.rated_reading]).lower())

    def moment(self, at: datetime) -> str:
        """24 November 2026, 2:30pm; a day's last moment is said to be its end."""
        local = timezone.localtime(at)
        if local.time() == time.max:
            return gettext("%(day)s, at the end of the day") % {"day": day(local)}
        return moment(at)

    def period(self, text: str) -> str:
        """Q3 2026/27"""
        return _period(text, True, self.language) if text else ""

    def long_period(self, text: str) -> str:
        """Quarter 3 2026/27 (October to December 2026)"""
        return _period(text, False, self.language) if text else ""


def _places(params: Mapping[str, str]) -> int | None:
    """The decimals in which a figure and its target are told apart, where the measure's own would hide a miss."""
    decimals = params.get("shown_decimals")
    return int(decimals) if decimals else None


@lru_cache(maxsize=16384)
def _why(code: str, params: tuple[tuple[str, str], ...], language: str | None) -> str:
    words = {name: _period(text, True, language) if name in _PERIODS else text for name, text in params}
    return explain(Reason(code, words), translate=gettext)


#: The parameters of a reason that name a period.
_PERIODS = frozenset({"period", "year"})


@lru_cache(maxsize=32768)
def _figure(data_type: DataType, unit: str, number: Decimal, decimals: int | None, _language: str | None) -> str:
    if data_type is DataType.DATE and (on := day_of(number)):
        return short_day(on)
    if data_type is DataType.YES_NO and number in (0, 1):
        return gettext("Yes") if number else gettext("No")
    if data_type is DataType.MONEY or unit.startswith("£"):
        return _money(unit, number, decimals)
    text = f"{rounded(number, natural_places(number) if decimals is None else decimals):,f}"
    text = text.removeprefix("-") if not text.strip("-0.,") else text
    return f"{text}%" if data_type is DataType.PERCENTAGE or unit == "%" else text


def _money(unit: str, number: Decimal, decimals: int | None) -> str:
    """£1,234.50 or £1.20m: to the measure's decimals, in full."""
    words = Amounts(DataType.MONEY, unit, gettext)
    if decimals and unit.removeprefix("£").strip():
        return words.of(number, decimals).replace(digits(abs(number), decimals), f"{abs(rounded(number, decimals)):,f}")
    if decimals != 2:
        return words.of(number, decimals)
    text = f"{abs(rounded(number, 2)):,f}"
    return f"-£{text}" if number < 0 and text.strip("0.,") else f"£{text}"


@lru_cache(maxsize=1024)
def _unit(data_type: DataType, unit: str, of_one: bool, _language: str | None) -> str:
    if data_type in _SAID_BY_FIGURE or unit == "%" or unit.startswith("£"):
        return ""
    unit = unit or ("days" if data_type is DataType.DURATION else "")
    return unit_of_one(unit, gettext) if of_one else gettext(unit) if unit else ""


_SAID_BY_FIGURE = frozenset({DataType.PERCENTAGE, DataType.MONEY, DataType.DATE, DataType.YES_NO})


@lru_cache(maxsize=8192)
def _period(text: str, short: bool, _language: str | None) -> str:
    period = Period.parse(text)
    return period.short_words(gettext) if short else period.words(gettext)
