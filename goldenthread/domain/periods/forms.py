"""The text forms of periods: what each says of its days, and how the form of given days is written."""

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from goldenthread.domain.words import Frequency, YearKind

#: The years in which a period may be named.
FIRST_YEAR, LAST_YEAR = 1900, 2199
#: How many periods, and neighbours of each kind, are remembered.
REMEMBERED = 1 << 15

EXAMPLES = (
    "2018/19, 2018/19 H1, 2018/19 Q3, 2018/19 T2, 2018-10, 2018-W42, 2018-10-05, 2018, 2018 Q3, 2018/19 academic, "
    "2018/19 academic autumn, or a span such as 2014/15 to 2016/17"
)
MONTHS = {
    Frequency.MONTH: 1,
    Frequency.QUARTER: 3,
    Frequency.THIRD: 4,
    Frequency.HALF: 6,
    Frequency.YEAR: 12,
    Frequency.TWO_YEAR: 24,
}
# A child reaches school age, and funded places begin, at 1 September, 1 January and 1 April: the Education (Start of
# Compulsory School Age) Order 1998 ends the terms on 31 December, 31 March and 31 August. Months into the year, length.
TERMS = {"autumn": (0, 4), "spring": (4, 3), "summer": (7, 5)}
MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


class Fault(Exception):
    """What is wrong, for a PeriodError to say."""


class NotAForm(Fault):
    """The text has none of the forms."""


class Form(NamedTuple):
    """What a text says of its period."""

    text: str
    start: date
    end: date
    frequency: Frequency
    year_kind: YearKind
    is_span: bool = False

    @property
    def like(self) -> tuple[Frequency, YearKind, bool]:
        return self.frequency, self.year_kind, self.is_span


@lru_cache(maxsize=REMEMBERED)
def read_form(text: str) -> Form:
    """What ``text`` says, in any year of the calendar. Raises Fault."""
    first, to, last = text.partition(" to ")
    return _read_span(text, first, last) if to else _read_single(text)


def within_years(text: str) -> bool:
    """Whether the years that a form names are those in which a period may be named."""
    return all(FIRST_YEAR <= int(year) <= LAST_YEAR for year in _NAMED_YEARS.findall(text))


OUT_OF_YEARS = f"years run from {FIRST_YEAR} to {LAST_YEAR}"

_NAMED_YEARS = re.compile(r"(?:^| to )(\d{4})", re.ASCII)
_YEAR = re.compile(r"(\d{4})(?:/(\d{2}))?( academic)?(?: (?:([HQT])(\d)|(autumn|spring|summer)))?", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
_WEEK = re.compile(r"(\d{4})-W(\d{2})", re.ASCII)
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)

_FIRST_MONTH = {YearKind.CALENDAR: 0, YearKind.FINANCIAL: 3, YearKind.ACADEMIC: 8}
_DIVIDED_BY = {"H": Frequency.HALF, "Q": Frequency.QUARTER, "T": Frequency.THIRD}
_LETTER = {frequency: letter for letter, frequency in _DIVIDED_BY.items()}
_PLURAL = {"H": "halves", "Q": "quarters", "T": "thirds"}


def _read_single(text: str) -> Form:
    try:
        if match := _YEAR.fullmatch(text):
            return _read_year(text, match)
        if match := _MONTH.fullmatch(text):
            return _read_month(text, int(match[1]), int(match[2]))
        if match := _WEEK.fullmatch(text):
            return _read_week(text, int(match[1]), int(match[2]))
        if match := _DAY.fullmatch(text):
            return _read_day(text, int(match[1]), int(match[2]), int(match[3]))
    except (ValueError, OverflowError):
        raise Fault(OUT_OF_YEARS) from None
    raise NotAForm(f"write one of {EXAMPLES}")


def _read_year(text: str, match: re.Match[str]) -> Form:
    digits, second, academic, letter, number, term = match.groups()
    year = int(digits)
    kind = _year_kind(year, second, academic, term)
    first = year * 12 + _FIRST_MONTH[kind]
    if term:
        offset, months = TERMS[term]
        return _whole_months(text, Frequency.TERM, kind, first + offset, months)
    if not letter:
        return _whole_months(text, Frequency.YEAR, kind, first, 12)
    if kind is YearKind.ACADEMIC:
        raise Fault(f"an academic year has terms: write {text[:-3]} autumn, spring or summer")
    frequency = _DIVIDED_BY[letter]
    months = MONTHS[frequency]
    if not 1 <= int(number) <= 12 // months:
        raise Fault(f"{_PLURAL[letter]} run from {letter}1 to {letter}{12 // months}")
    return _whole_months(text, frequency, kind, first + (int(number) - 1) * months, months)


def _year_kind(year: int, second: str | None, academic: str | None, term: str | None) -> YearKind:
    split = _year_form(YearKind.FINANCIAL, year)
    if second is None:
        if academic or term:
            raise Fault(f"an academic year is written {split} academic{f' {term}' if term else ''}")
        return YearKind.CALENDAR
    if int(second) != (year + 1) % 100:
        raise Fault(f"the year that begins in {year} is written {split}; two or more are a span, {split} to …")
    if term and not academic:
        raise Fault(f"write {split} academic {term}")
    return YearKind.ACADEMIC if academic else YearKind.FINANCIAL


def _read_month(text: str, year: int, month: int) -> Form:
    if not 1 <= month <= 12:
        meant = f"; for the financial year write {year}/{month:02d}" if month == (year + 1) % 100 else ""
        raise Fault(f"there is no month {month:02d}{meant}")
    return _whole_months(text, Frequency.MONTH, YearKind.FINANCIAL, year * 12 + month - 1, 1)


def _read_week(text: str, year: int, week: int) -> Form:
    weeks = weeks_in(year)
    if not 1 <= week <= weeks:
        raise Fault(f"{year} has weeks W01 to W{weeks}")
    start, end = date.fromisocalendar(year, week, 1), date.fromisocalendar(year, week, 7)
    return Form(text, start, end, Frequency.WEEK, YearKind.FINANCIAL)


def _read_day(text: str, year: int, month: int, day: int) -> Form:
    if not 1 <= month <= 12:
        raise Fault(f"there is no month {month:02d}")
    if not 1 <= day <= monthrange(year, month)[1]:
        raise Fault(f"{MONTH_NAMES[month - 1]} {year} has {monthrange(year, month)[1]} days")
    whole = date(year, month, day)
    return Form(text, whole, whole, Frequency.DAY, YearKind.FINANCIAL)


def _whole_months(text: str, frequency: Frequency, kind: YearKind, first: int, months: int) -> Form:
    start = date(first // 12, first % 12 + 1, 1)
    after = first + months
    end = date(after // 12, after % 12 + 1, 1) - timedelta(days=1)
    return Form(text, start, end, frequency, kind)


def _read_span(text: str, first_text: str, last_text: str) -> Form:
    if " to " in last_text:
        raise Fault("a span has two ends, such as 2014/15 to 2016/17")
    first, last = _read_end(first_text), _read_end(last_text)
    if first.like != last.like:
        raise Fault("the two ends of a span have one form, such as 2014/15 to 2016/17")
    if first.start > last.start:
        raise Fault(f"it runs backwards: write {last_text} to {first_text}")
    if first == last:
        raise Fault(f"its two ends are one period: write {first_text}")
    return Form(text, first.start, last.end, first.frequency, first.year_kind, is_span=True)


def _read_end(text: str) -> Form:
    try:
        return _read_single(text)
    except Fault as fault:
        raise type(fault)(f"{quoted(text)} is not one: {fault}") from None


def quoted(text: str) -> str:
    """``text`` in quotation marks, its beginning where it is long."""
    return repr(text if len(text) <= 60 else text[:59] + "…")


def weeks_in(year: int) -> int:
    """How many weeks the year has by ISO 8601: 52 or 53."""
    return date(year, 12, 28).isocalendar().week


# Writing the forms


def month_number(day: date) -> int:
    """Months are counted on from year to year, so that they can be moved by sums: twelve times the year, January 0."""
    return day.year * 12 + day.month - 1


def form_holding(frequency: Frequency, day: date, kind: YearKind) -> str:
    """The form of the period of ``frequency`` that holds ``day``. Two years are that year and the one before."""
    if frequency is Frequency.DAY:
        return day_form(day)
    if frequency is Frequency.WEEK:
        return week_form(day)
    return month_form(frequency, kind, month_number(day))


def month_form(frequency: Frequency, kind: YearKind, month: int) -> str:
    """The form of the period of ``frequency`` that holds the month of that number. Raises Fault."""
    if frequency is Frequency.MONTH:
        return f"{month // 12:04d}-{month % 12 + 1:02d}"
    if frequency is Frequency.TERM:
        kind = YearKind.ACADEMIC
    year, into = divmod(month - _FIRST_MONTH[kind], 12)
    whole = _year_form(kind, year)
    if frequency is Frequency.YEAR:
        return whole
    if frequency is Frequency.TWO_YEAR:
        return f"{_year_form(kind, year - 1)} to {whole}"
    if frequency is Frequency.TERM:
        return f"{whole} {next(term for term, (first, months) in TERMS.items() if first <= into < first + months)}"
    if kind is YearKind.ACADEMIC:
        raise Fault(f"an academic year is divided into terms and months, not by the {frequency}")
    return f"{whole} {_LETTER[frequency]}{into // MONTHS[frequency] + 1}"


def _year_form(kind: YearKind, year: int) -> str:
    if kind is YearKind.CALENDAR:
        return f"{year:04d}"
    split = f"{year:04d}/{(year + 1) % 100:02d}"
    return f"{split} academic" if kind is YearKind.ACADEMIC else split


def day_form(day: date) -> str:
    return f"{day.year:04d}-{day.month:02d}-{day.day:02d}"


def week_form(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"
