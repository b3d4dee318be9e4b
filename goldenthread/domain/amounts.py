"""Figures in words, as a sentence about them needs them.

>>> percentage = Amounts(DataType.PERCENTAGE)
>>> percentage.of(Decimal("84.2")), percentage.gap(Decimal("2.8"))
('84.2%', '2.8 percentage points')
>>> Amounts(DataType.MONEY).of(Decimal("-73390"))
'-£73,390'
>>> Amounts(DataType.DURATION, "days").gap(Decimal(1))
'1 day'
>>> Amounts(unit="families").of(Decimal(1)), Amounts(unit="bed days").of(Decimal(1))
('1 family', '1 bed day')
>>> Amounts(DataType.DATE).of(day_number(date(2026, 7, 31)))
'31 July 2026'
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import MAX_EMAX, MIN_EMIN, ROUND_HALF_UP, Context, Decimal
from functools import cache

from goldenthread.domain.words import DataType

Translate = Callable[[str], str]


def _(text: str) -> str:
    """Mark ``text`` for extraction; it is translated where it is used."""
    return text


_MONTHS = (
    *(_("January"), _("February"), _("March"), _("April"), _("May"), _("June")),
    *(_("July"), _("August"), _("September"), _("October"), _("November"), _("December")),
)
#: The units of which one is written differently from several.
_SINGULAR = {
    _("seconds"): _("second"),
    _("minutes"): _("minute"),
    _("hours"): _("hour"),
    _("days"): _("day"),
    _("working days"): _("working day"),
    _("calendar days"): _("calendar day"),
    _("weeks"): _("week"),
    _("months"): _("month"),
    _("years"): _("year"),
}
#: The commonest plurals that follow no rule.
_IRREGULAR = {"people": "person", "children": "child", "men": "man", "women": "woman", "lives": "life", "buses": "bus"}
_ENDINGS = (("ies", "y"), ("sses", "ss"), ("xes", "x"), ("ches", "ch"), ("shes", "sh"), ("s", ""))
_NO_PLURALS = ("ss", "us", "is", "series", "premises")
_POUNDS = frozenset({"", "£", "gbp", "pound", "pounds"})
_THOUSANDS = frozenset({"000", "000s", "'000", "k", "thousand", "thousands"})
_MILLIONS = frozenset({"m", "million", "millions"})
#: The default context rounds, or refuses, a figure of more than 28 digits.
_LARGEST = 350
WIDE = Context(prec=400, rounding=ROUND_HALF_UP, Emin=MIN_EMIN, Emax=MAX_EMAX)
_FIRST_DAY, _LAST_DAY = date(1900, 1, 1).toordinal(), date(2199, 12, 31).toordinal()


def unit_of_one(unit: str, translate: Translate = str) -> str:
    """``unit`` as it stands beside 1: the first word that is a plural is made one; "per" and "out of" begin no count.

    >>> unit_of_one("people"), unit_of_one("working days lost"), unit_of_one("tonnes CO2e")
    ('person', 'working day lost', 'tonne CO2e')
    >>> unit_of_one("per 1,000 pupils"), unit_of_one("kg"), unit_of_one("business trips")
    ('per 1,000 pupils', 'kg', 'business trip')
    """
    if unit in _SINGULAR:
        return translate(_SINGULAR[unit])
    words = unit.split(" ")
    if words[0].lower() in ("per", "out"):
        return unit
    for place, word in enumerate(words):
        if (one := _word_of_one(word)) != word:
            return " ".join([*words[:place], one, *words[place + 1 :]])
    return unit


def _word_of_one(word: str) -> str:
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) < 4 or not word.isalpha() or word.endswith(_NO_PLURALS):
        return word
    return next((word.removesuffix(end) + one for end, one in _ENDINGS if word.endswith(end)), word)


def day_number(day: date) -> Decimal:
    """A date as a figure, of a measure whose data type is ``date``: day 1 is 1 January of the year 1.

    >>> day_number(date(2026, 7, 31)) - day_number(date(2026, 7, 1))
    Decimal('30')
    """
    return Decimal(day.toordinal())


def day_of(number: Decimal) -> date | None:
    """The date that a figure stands for; None where it is no day between 1900 and 2199."""
    if number != number.to_integral_value() or not _FIRST_DAY <= number <= _LAST_DAY:
        return None
    return date.fromordinal(int(number))


def day_in_words(day: date, translate: Translate = str) -> str:
    """3 March 2026"""
    return translate(_("{day} {month} {year}")).format(
        day=day.day, month=translate(_MONTHS[day.month - 1]), year=day.year
    )


def places(number: Decimal) -> int:
    """How many digits ``number`` has after the point, trailing zeros left out."""
    return len(f"{number:f}".partition(".")[2].rstrip("0"))


def rounded(number: Decimal, decimals: int) -> Decimal:
    """``number`` as shown to ``decimals`` places, half up; as it is where it is too large to have any."""
    if number.adjusted() > _LARGEST:
        return number
    return number.quantize(_step(decimals), context=WIDE)


@cache
def _step(decimals: int) -> Decimal:
    return Decimal(1).scaleb(-decimals)


def natural_places(number: Decimal) -> int:
    """The decimals to show where the measure does not say: those that were typed, or two of a long quotient."""
    typed = places(number)
    return typed if typed <= 4 else 2


def digits(number: Decimal, decimals: int | None = None) -> str:
    """``number`` with its thousands apart, rounded half up to ``decimals`` and without trailing zeros: 1,234.5"""
    text = f"{rounded(number, natural_places(number) if decimals is None else decimals):,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


@dataclass(frozen=True, slots=True)
class Amounts:
    """How one measure's figures are written: by its data type and unit of measure."""

    data_type: str = DataType.NUMBER
    unit: str = ""
    translate: Translate = str

    @property
    def in_points(self) -> bool:
        """Whether a difference between two figures is in percentage points."""
        return self.data_type == DataType.PERCENTAGE or self.unit == "%"

    def of(self, number: Decimal, decimals: int | None = None) -> str:
        """A figure with its unit: 84.2%, £1,234, 3 days, 12 calls, Yes, 31 July 2026."""
        return self._written(number, decimals, in_full=True)

    def briefly(self, number: Decimal, decimals: int | None = None) -> str:
        """A figure beside one that has given the unit in full: 84.2%, £1,234, 3 days, 12, Yes, 31 July 2026."""
        return self._written(number, decimals, in_full=False)

    def gap(self, number: Decimal, decimals: int | None = None) -> str:
        """A difference between two figures: 2.8 percentage points, £1,234, 3 days, 12."""
        if self.in_points:
            text = digits(number, decimals)
            points = _("{number} percentage point") if text == "1" else _("{number} percentage points")
            return self.translate(points).format(number=text)
        return self._with_unit(number, decimals, in_full=False)

    def span(self, low: Decimal, high: Decimal, decimals: int | None = None) -> str:
        """A range: 40% to 60%, 10 to 14 days."""
        first = digits(low, decimals) if self._in_time else self.briefly(low, decimals)
        return self.translate(_("{low} to {high}")).format(low=first, high=self.briefly(high, decimals))

    def adjective(self, number: Decimal) -> str | None:
        """``number`` as it stands before a noun (5-point, 2-day, £500); None where that reads badly."""
        if self.in_points:
            return self.points(number)
        if self.data_type == DataType.MONEY:
            return self._with_unit(number, None, in_full=False)
        if self._in_time:
            return f"{digits(number)}-{self.translate(_SINGULAR[self._unit])}"
        return None

    def points(self, number: Decimal) -> str:
        """5-point"""
        return self.translate(_("{number}-point")).format(number=digits(number))

    def _written(self, number: Decimal, decimals: int | None, *, in_full: bool) -> str:
        if self.data_type == DataType.DATE and (day := day_of(number)):
            return day_in_words(day, self.translate)
        if self.data_type == DataType.YES_NO and number in (0, 1):
            return self.translate(_("Yes") if number else _("No"))
        if self.in_points:
            return f"{digits(number, decimals)}%"
        return self._with_unit(number, decimals, in_full=in_full)

    def _with_unit(self, number: Decimal, decimals: int | None, *, in_full: bool) -> str:
        if self.data_type == DataType.MONEY or self.unit.startswith("£"):
            return self._money(number, decimals, in_full=in_full)
        text = digits(number, decimals)
        unit = self._unit
        if not unit or not (in_full or self._in_time):
            return text
        return f"{text} {unit_of_one(unit, self.translate) if text in ('1', '-1') else self.translate(unit)}"

    @property
    def _unit(self) -> str:
        if self.data_type in (DataType.DURATION, DataType.DATE):
            return self.unit or "days"
        return "" if self.data_type == DataType.YES_NO else self.unit

    @property
    def _in_time(self) -> bool:
        return self._unit in _SINGULAR

    def _money(self, number: Decimal, decimals: int | None, *, in_full: bool) -> str:
        signed = digits(number, decimals)
        text = signed.removeprefix("-")
        whole, point, pence = text.partition(".")
        unit = self.unit.strip().removeprefix("£").strip()
        if unit.lower() in _THOUSANDS:
            text += "k"
        elif unit.lower() in _MILLIONS:
            text += "m"
        else:
            text = f"{whole}.{pence}0" if point and len(pence) == 1 else text
            if in_full and unit.lower() not in _POUNDS:
                text = f"{text} {self.translate(unit)}"
        return f"-£{text}" if signed.startswith("-") else f"£{text}"
