"""Periods: a value parsed from its name, with its first and last day, its order and its neighbours.

>>> quarter = Period.parse("2018/19 Q3")
>>> quarter.start, quarter.end
(datetime.date(2018, 10, 1), datetime.date(2018, 12, 31))
>>> quarter.words()
'Quarter 3 2018/19 (October to December 2018)'
>>> quarter.previous().text, quarter.same_last_year().text, quarter.containing(Frequency.YEAR).text
('2018/19 Q2', '2017/18 Q3', '2018/19')
>>> quarter.due(lag_days=30)
datetime.date(2019, 1, 30)
>>> Period.parse("Q3 2018/19")
Traceback (most recent call last):
    ...
goldenthread.domain.periods.PeriodError: 'Q3 2018/19' is not a period: write 2018/19 Q3
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache, total_ordering

from goldenthread.domain.words import Frequency, YearKind

#: The years in which a period may be named.
FIRST_YEAR, LAST_YEAR = 1900, 2199

FORMS = (
    "2018/19, 2018/19 H1, 2018/19 Q3, 2018/19 T2, 2018-10, 2018-W42, 2018-10-05, 2018, 2018 Q3, 2018/19 academic, "
    "2018/19 academic autumn, or a span such as 2014/15 to 2016/17"
)


class PeriodError(ValueError):
    """The text is no period; the message says what would be."""


@total_ordering
@dataclass(frozen=True, slots=True, eq=False)
class Period:
    """A period in its one text form. Compare and sort with ``<``: by last day, then the shorter first.

    Get one from ``parse``, ``of`` or another period. A month, week or day belongs to no kind of year: its ``year_kind``
    says financial, and a measure with another kind of year passes its own. ``next`` and its like may leave the years in
    which ``parse`` lets a period be named, so that nothing computed from a period that was read can fail for that.
    """

    text: str
    start: date
    end: date  # the last day, inclusive
    frequency: Frequency  # a span has the frequency of its parts
    year_kind: YearKind
    is_span: bool = False

    @classmethod
    def parse(cls, text: str) -> "Period":
        """The period that ``text`` names (cached). Raises PeriodError.

        >>> Period.parse("2018-W42").end
        datetime.date(2018, 10, 21)
        >>> Period.parse("2021-10 to 2022-09").end
        datetime.date(2022, 9, 30)
        """
        return _named(text)

    @classmethod
    def of(cls, frequency: Frequency, day: date, year_kind: YearKind = YearKind.FINANCIAL) -> "Period":
        """The period of this frequency that holds ``day``. Two years are that year and the one before.

        Raises PeriodError for quarters, halves and thirds of an academic year, which has terms instead.

        >>> Period.of(Frequency.QUARTER, date(2018, 12, 25)).text
        '2018/19 Q3'
        >>> Period.of(Frequency.QUARTER, date(2018, 12, 25), YearKind.CALENDAR).text
        '2018 Q4'
        """
        return _holding(frequency, day, year_kind)

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Period) and self.text == other.text)

    def __hash__(self) -> int:
        return hash(self.text)

    def __lt__(self, other: "Period") -> bool:
        if not isinstance(other, Period):
            return NotImplemented
        if self.end != other.end:
            return self.end < other.end
        if self.start != other.start:
            return self.start > other.start
        return self.text < other.text

    def __str__(self) -> str:
        return self.text

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    def next(self, step: Frequency | None = None) -> "Period":
        """The period after: the opposite of ``previous``."""
        return _stepped(self.text, 1, step)

    def previous(self, step: Frequency | None = None) -> "Period":
        """The period before; for a span the one that ends one collection step earlier.

        ``step`` is how often the figure is collected where that is not every period: twelve months rolling given
        every quarter, or a survey every two years. Raises PeriodError where weeks are to step by months.

        >>> Period.parse("2021-10 to 2022-09").previous().text
        '2021-09 to 2022-08'
        >>> Period.parse("2021-10 to 2022-09").previous(Frequency.QUARTER).text
        '2021-07 to 2022-06'
        """
        return _stepped(self.text, -1, step)

    def same_last_year(self) -> "Period":
        """The same period a year earlier; for 29 February the 28th, for week 53 week 52."""
        return _year_before(self.text)

    def contains(self, other: "Period") -> bool:
        """Whether ``other`` belongs here: a period belongs where its last day falls."""
        return self.start <= other.end <= self.end

    def containing(self, frequency: Frequency, year_kind: YearKind | None = None) -> "Period":
        """The period of ``frequency`` that holds this one's last day (``year`` of a quarter, ``quarter`` of a month …).

        Raises PeriodError for quarters, halves and thirds of an academic year.
        """
        return _containing(self.text, frequency, year_kind)

    def within_year(self, year_kind: YearKind | None = None) -> tuple[int, int]:
        """Position in its year and how many such periods the year has: Q3 is (3, 4). A span stands where its end does.

        >>> Period.parse("2019-W42").within_year()
        (29, 52)
        """
        return _within_year(self.text, year_kind)

    def parts(self, frequency: Frequency, year_kind: YearKind | None = None) -> tuple["Period", ...]:
        """The shorter periods of ``frequency`` whose last day falls in this one, in order; none if they are longer.

        >>> [part.text for part in Period.parse("2018/19 H2").parts(Frequency.QUARTER)]
        ['2018/19 Q3', '2018/19 Q4']
        """
        return _parts(self.text, frequency, year_kind)

    def due(self, lag_days: int) -> date:
        """The day a figure for the period is due: ``lag_days`` calendar days after its last day.

        Raises PeriodError where that is beyond the calendar.
        """
        try:
            return self.end + timedelta(days=lag_days)
        except OverflowError:
            raise PeriodError(f"{lag_days} days after {self.text} is beyond the calendar") from None

    def words(self, translate: Callable[[str], str] = str) -> str:
        """The period in full, for a page: 'Quarter 3 2018/19 (October to December 2018)'."""
        return _long_words(self, translate)

    def short_words(self, translate: Callable[[str], str] = str) -> str:
        """The period as a column heading: 'Q3 2018/19', 'Oct 2018'."""
        return _short_words(self, translate)


def period_range(first: Period, last: Period, step: Frequency | None = None) -> Iterator[Period]:
    """Every period from ``first`` to ``last``, both included; none if ``last`` is earlier.

    Raises PeriodError where the two are not of one form.

    >>> [p.text for p in period_range(Period.parse("2018/19 Q3"), Period.parse("2019/20 Q1"))]
    ['2018/19 Q3', '2018/19 Q4', '2019/20 Q1']
    """
    if _form(first) != _form(last):
        raise PeriodError(f"{first.text} and {last.text} are not periods of one form")
    return _walk(first, last, step)


def _form(period: Period) -> tuple[Frequency, YearKind, bool]:
    return period.frequency, period.year_kind, period.is_span


def _walk(first: Period, last: Period, step: Frequency | None) -> Iterator[Period]:
    period = first
    while period <= last:
        yield period
        period = period.next(step)


# Reading the forms

_CACHE = 1 << 15
_YEAR = re.compile(r"(\d{4})(?:/(\d{2}))?( academic)?(?: (?:([HQT])(\d)|(autumn|spring|summer)))?", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
_WEEK = re.compile(r"(\d{4})-W(\d{2})", re.ASCII)
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)

_FIRST_MONTH = {YearKind.CALENDAR: 0, YearKind.FINANCIAL: 3, YearKind.ACADEMIC: 8}
_MONTHS = {
    Frequency.MONTH: 1,
    Frequency.QUARTER: 3,
    Frequency.THIRD: 4,
    Frequency.HALF: 6,
    Frequency.YEAR: 12,
    Frequency.TWO_YEAR: 24,
}
_DIVISION = {Frequency.HALF: "H", Frequency.QUARTER: "Q", Frequency.THIRD: "T"}
_DIVIDED_BY = {letter: frequency for frequency, letter in _DIVISION.items()}
_PLURAL = {"H": "halves", "Q": "quarters", "T": "thirds"}
# A child reaches school age, and funded places begin, at 1 September, 1 January and 1 April: the Education (Start of
# Compulsory School Age) Order 1998 ends the terms on 31 December, 31 March and 31 August.
_TERMS = {"autumn": (0, 4), "spring": (4, 3), "summer": (7, 5)}
# The shortest that each can be, in days.
_SHORTEST = {
    Frequency.DAY: 1,
    Frequency.WEEK: 7,
    Frequency.MONTH: 28,
    Frequency.QUARTER: 90,
    Frequency.TERM: 90,
    Frequency.THIRD: 120,
    Frequency.HALF: 181,
    Frequency.YEAR: 365,
    Frequency.TWO_YEAR: 730,
}


@lru_cache(maxsize=_CACHE)
def _named(text: str) -> Period:
    period = _read(text)
    for year in re.findall(r"(?:^| to )(\d{4})", text, re.ASCII):
        if not FIRST_YEAR <= int(year) <= LAST_YEAR:
            raise PeriodError(f"{text!r} is not a period: years run from {FIRST_YEAR} to {LAST_YEAR}")
    return period


@lru_cache(maxsize=_CACHE)
def _read(text: str) -> Period:
    first, to, last = text.partition(" to ")
    try:
        if to:
            return _read_span(text, first, last)
        return _read_single(text)
    except _Unreadable as fault:
        raise PeriodError(f"{_quoted(text)} is not a period: {fault}") from None


class _Unreadable(Exception):
    """What is wrong with a text, to be put after 'is not a period:'."""


def _quoted(text: str) -> str:
    return repr(text if len(text) <= 60 else text[:59] + "…")


def _read_single(text: str) -> Period:
    try:
        if match := _YEAR.fullmatch(text):
            return _read_year(text, *match.groups())
        if match := _MONTH.fullmatch(text):
            return _read_month(text, int(match[1]), int(match[2]))
        if match := _WEEK.fullmatch(text):
            return _read_week(text, int(match[1]), int(match[2]))
        if match := _DAY.fullmatch(text):
            return _read_day(text, int(match[1]), int(match[2]), int(match[3]))
    except (ValueError, OverflowError):
        raise _Unreadable(f"years run from {FIRST_YEAR} to {LAST_YEAR}") from None
    meant = _meant(text)
    raise _Unreadable(f"write {meant}" if meant else f"write one of {FORMS}")


def _read_year(
    text: str,
    year_digits: str,
    second: str | None,
    academic: str | None,
    letter: str | None,
    number: str | None,
    term: str | None,
) -> Period:
    year = int(year_digits)
    kind = _year_kind(year, second, academic, term)
    first = year * 12 + _FIRST_MONTH[kind]
    if term:
        offset, months = _TERMS[term]
        return _months_long(text, Frequency.TERM, kind, first + offset, months)
    if letter and number:
        if kind is YearKind.ACADEMIC:
            raise _Unreadable(f"an academic year has terms: write {text[:-3]} autumn, spring or summer")
        frequency = _DIVIDED_BY[letter]
        months = _MONTHS[frequency]
        if not 1 <= int(number) <= 12 // months:
            raise _Unreadable(f"{_PLURAL[letter]} run from {letter}1 to {letter}{12 // months}")
        return _months_long(text, frequency, kind, first + (int(number) - 1) * months, months)
    return _months_long(text, Frequency.YEAR, kind, first, 12)


def _year_kind(year: int, second: str | None, academic: str | None, term: str | None) -> YearKind:
    split = f"{year:04d}/{(year + 1) % 100:02d}"
    if second is None:
        if academic or term:
            raise _Unreadable(f"an academic year is written {split} academic{f' {term}' if term else ''}")
        return YearKind.CALENDAR
    if int(second) != (year + 1) % 100:
        raise _Unreadable(f"the year that begins in {year} is written {split}; two or more are a span, {split} to …")
    if term and not academic:
        raise _Unreadable(f"write {split} academic {term}")
    return YearKind.ACADEMIC if academic else YearKind.FINANCIAL


def _read_month(text: str, year: int, month: int) -> Period:
    if not 1 <= month <= 12:
        meant = f"; for the financial year write {year}/{month:02d}" if month == (year + 1) % 100 else ""
        raise _Unreadable(f"there is no month {month:02d}{meant}")
    return _months_long(text, Frequency.MONTH, YearKind.FINANCIAL, year * 12 + month - 1, 1)


def _read_week(text: str, year: int, week: int) -> Period:
    weeks = _weeks_in(year)
    if not 1 <= week <= weeks:
        raise _Unreadable(f"{year} has weeks W01 to W{weeks}")
    start, end = date.fromisocalendar(year, week, 1), date.fromisocalendar(year, week, 7)
    return Period(text, start, end, Frequency.WEEK, YearKind.FINANCIAL)


def _weeks_in(year: int) -> int:
    return date(year, 12, 28).isocalendar().week


def _read_day(text: str, year: int, month: int, day: int) -> Period:
    if not 1 <= month <= 12:
        raise _Unreadable(f"there is no month {month:02d}")
    if not 1 <= day <= monthrange(year, month)[1]:
        raise _Unreadable(f"{_month_name(month)} {year} has {monthrange(year, month)[1]} days")
    whole = date(year, month, day)
    return Period(text, whole, whole, Frequency.DAY, YearKind.FINANCIAL)


def _months_long(text: str, frequency: Frequency, kind: YearKind, first: int, months: int) -> Period:
    """The period of ``months`` months from month number ``first`` (twelve times the year, and January is 0)."""
    start = date(first // 12, first % 12 + 1, 1)
    year, month = divmod(first + months - 1, 12)
    end = date(year, month + 1, monthrange(year, month + 1)[1])
    return Period(text, start, end, frequency, kind)


def _read_span(text: str, first_text: str, last_text: str) -> Period:
    if " to " in last_text:
        raise _Unreadable("a span has two ends, such as 2014/15 to 2016/17")
    try:
        first, last = _read(first_text), _read(last_text)
    except PeriodError as fault:
        if meant := _meant(text):
            raise _Unreadable(f"write {meant}") from None
        raise _Unreadable(str(fault).replace("is not a period", "is not one", 1)) from None
    if _form(first) != _form(last):
        raise _Unreadable("the two ends of a span have one form, such as 2014/15 to 2016/17")
    if first.start > last.start:
        raise _Unreadable(f"it runs backwards: write {last_text} to {first_text}")
    if first == last:
        raise _Unreadable(f"its two ends are one period: write {first_text}")
    return Period(text, first.start, last.end, first.frequency, first.year_kind, is_span=True)


# Guessing, for the message only, what was meant

_MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_MONTH_NUMBERS = {name[:length].lower(): i for i, name in enumerate(_MONTH_NAMES, 1) for length in (3, len(name))}
_YEARS_MEANT = r"(?:fy ?)?(\d{4}) ?[/-] ?(?:\d\d)?(\d\d)"
_GUESSES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = tuple(
    (re.compile(pattern, re.ASCII | re.IGNORECASE), build)
    for pattern, build in (
        (rf"{_YEARS_MEANT}", lambda m: f"{m[1]}/{m[2]}"),
        (rf"{_YEARS_MEANT}[ ;,:-]*([hqt])(?:tr|uarter)? ?(\d)", lambda m: f"{m[1]}/{m[2]} {m[3].upper()}{m[4]}"),
        (rf"([hqt])(?:tr|uarter)? ?(\d)[ ;,:/-]*{_YEARS_MEANT}", lambda m: f"{m[3]}/{m[4]} {m[1].upper()}{m[2]}"),
        (rf"{_YEARS_MEANT} ?academic(?: year)?", lambda m: f"{m[1]}/{m[2]} academic"),
        (rf"academic(?: year)? ?{_YEARS_MEANT}", lambda m: f"{m[1]}/{m[2]} academic"),
        (
            rf"{_YEARS_MEANT}(?: academic)? (autumn|spring|summer)(?: term)?",
            lambda m: f"{m[1]}/{m[2]} academic {m[3].lower()}",
        ),
        (
            rf"(autumn|spring|summer)(?: term)? {_YEARS_MEANT}(?: academic)?",
            lambda m: f"{m[2]}/{m[3]} academic {m[1].lower()}",
        ),
        (r"(\d{4})[ ;,:-]*([hqt])(?:tr|uarter)? ?(\d)", lambda m: f"{m[1]} {m[2].upper()}{m[3]}"),
        (r"([hqt])(?:tr|uarter)? ?(\d)[ ;,:/-]*(\d{4})", lambda m: f"{m[3]} {m[1].upper()}{m[2]}"),
        (r"(\d{4})[ -]?w(?:eek)? ?(\d\d?)", lambda m: f"{m[1]}-W{int(m[2]):02d}"),
        (r"w(?:eek)? ?(\d\d?)[ -]*(\d{4})", lambda m: f"{m[2]}-W{int(m[1]):02d}"),
        (r"([a-z]{3,9})[ -]?(\d{4})", lambda m: f"{m[2]}-{_MONTH_NUMBERS.get(m[1].lower(), 0):02d}"),
        (r"(\d{4})[ /-](\d\d?)", lambda m: f"{m[1]}-{int(m[2]):02d}"),
        (r"(\d\d?)[ /-](\d{4})", lambda m: f"{m[2]}-{int(m[1]):02d}"),
        (r"(\d{4})[ /.-](\d\d?)[ /.-](\d\d?)", lambda m: f"{m[1]}-{int(m[2]):02d}-{int(m[3]):02d}"),
        (r"(\d\d?)[ /.-](\d\d?)[ /.-](\d{4})", lambda m: f"{m[3]}-{int(m[2]):02d}-{int(m[1]):02d}"),
        (
            r"(\d\d?) ([a-z]{3,9}) (\d{4})",
            lambda m: f"{m[3]}-{_MONTH_NUMBERS.get(m[2].lower(), 0):02d}-{int(m[1]):02d}",
        ),
        (r"(\d{4})", lambda m: m[1]),
    )
)
_BETWEEN = re.compile(r" to | ?[-\u2013\u2014] ?", re.IGNORECASE)


def _meant(text: str) -> str | None:
    """The form that ``text`` probably stands for, to be offered and never assumed."""
    tidy = " ".join(text.split())
    if len(tidy) > 60:
        return None
    if single := _single_meant(tidy):
        return single
    for between in _BETWEEN.finditer(tidy):
        first, last = _single_meant(tidy[: between.start()]), _single_meant(tidy[between.end() :])
        if first and last and _is_form(f"{first} to {last}"):
            return f"{first} to {last}"
    return None


def _single_meant(tidy: str) -> str | None:
    for pattern, build in _GUESSES:
        if match := pattern.fullmatch(tidy):
            guess = build(match)
            if " to " not in guess and _is_form(guess):
                return guess
    return None


def _is_form(text: str) -> bool:
    first, _, last = text.partition(" to ")
    if not all(
        _YEAR.fullmatch(t) or _MONTH.fullmatch(t) or _WEEK.fullmatch(t) or _DAY.fullmatch(t)
        for t in ((first, last) if last else (first,))
    ):
        return False
    try:
        _named(text)
    except PeriodError:
        return False
    return True


# Neighbours


def _year_text(kind: YearKind, year: int) -> str:
    if kind is YearKind.CALENDAR:
        return f"{year:04d}"
    split = f"{year:04d}/{(year + 1) % 100:02d}"
    return f"{split} academic" if kind is YearKind.ACADEMIC else split


def _month_form(frequency: Frequency, kind: YearKind, first: int) -> str:
    """The text of the period of ``frequency`` that begins in month number ``first``, or holds it."""
    if frequency is Frequency.MONTH:
        return f"{first // 12:04d}-{first % 12 + 1:02d}"
    if frequency is Frequency.TERM:
        kind = YearKind.ACADEMIC
    year, into = divmod(first - _FIRST_MONTH[kind], 12)
    whole = _year_text(kind, year)
    if frequency is Frequency.YEAR:
        return whole
    if frequency is Frequency.TWO_YEAR:
        return f"{_year_text(kind, year - 1)} to {whole}"
    if frequency is Frequency.TERM:
        term = next(name for name, (offset, months) in _TERMS.items() if offset <= into < offset + months)
        return f"{whole} {term}"
    if kind is YearKind.ACADEMIC:
        raise PeriodError(f"an academic year is divided into terms and months, not by the {frequency}")
    return f"{whole} {_DIVISION[frequency]}{into // _MONTHS[frequency] + 1}"


def _day_form(day: date) -> str:
    return f"{day.year:04d}-{day.month:02d}-{day.day:02d}"


def _week_form(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def _holding(frequency: Frequency, day: date, kind: YearKind) -> Period:
    if frequency is Frequency.DAY:
        return _read(_day_form(day))
    if frequency is Frequency.WEEK:
        return _read(_week_form(day))
    return _read(_month_form(frequency, kind, day.year * 12 + day.month - 1))


@lru_cache(maxsize=_CACHE)
def _containing(text: str, frequency: Frequency, kind: YearKind | None) -> Period:
    period = _read(text)
    return _holding(frequency, period.end, kind or period.year_kind)


@lru_cache(maxsize=_CACHE)
def _stepped(text: str, count: int, step: Frequency | None) -> Period:
    return _moved(text, lambda period: _single_stepped(period, count, step or period.frequency))


@lru_cache(maxsize=_CACHE)
def _year_before(text: str) -> Period:
    return _moved(text, _single_year_before)


def _moved(text: str, move: Callable[[Period], str]) -> Period:
    """The period, or both ends of the span, moved; ends that fall together are one period."""
    try:
        if " to " not in text:
            return _read(move(_read(text)))
        first, _, last = text.partition(" to ")
        moved_first, moved_last = move(_read(first)), move(_read(last))
        return _read(moved_first if moved_first == moved_last else f"{moved_first} to {moved_last}")
    except (ValueError, OverflowError) as fault:
        if isinstance(fault, PeriodError):
            raise
        raise PeriodError(f"{text} has no such neighbour in the calendar") from None


def _single_stepped(period: Period, count: int, step: Frequency) -> str:
    if step is Frequency.TERM and period.frequency is Frequency.TERM:
        beyond = period.end + timedelta(days=1) if count > 0 else period.start - timedelta(days=1)
        return _holding(Frequency.TERM, beyond, YearKind.ACADEMIC).text
    if months := _MONTHS.get(step):
        return _moved_by_months(period, count * months, step)
    days = timedelta(days=count * _SHORTEST[step])
    if period.frequency is Frequency.DAY and step in (Frequency.DAY, Frequency.WEEK):
        return _day_form(period.start + days)
    if period.frequency is Frequency.WEEK and step is Frequency.WEEK:
        return _week_form(period.start + days)
    raise PeriodError(f"{period.text} does not move by the {step}")


def _moved_by_months(period: Period, months: int, step: Frequency) -> str:
    if period.frequency is Frequency.WEEK:
        raise PeriodError(f"{period.text} does not move by the {step}")
    first = period.start.year * 12 + period.start.month - 1 + months
    if period.frequency is Frequency.DAY:
        year, month = first // 12, first % 12 + 1
        return _day_form(date(year, month, min(period.start.day, monthrange(year, month)[1])))
    length = _MONTHS.get(period.frequency, 12)
    if months % length:
        raise PeriodError(f"{period.text} does not move by the {step}")
    return _month_form(period.frequency, period.year_kind, first)


def _single_year_before(period: Period) -> str:
    if period.frequency is not Frequency.WEEK:
        return _moved_by_months(period, -12, Frequency.YEAR)
    year, week, _ = period.start.isocalendar()
    return f"{year - 1:04d}-W{min(week, _weeks_in(year - 1)):02d}"


@lru_cache(maxsize=_CACHE)
def _within_year(text: str, kind: YearKind | None) -> tuple[int, int]:
    period = _read(text.rpartition(" to ")[2])
    year = _holding(
        Frequency.YEAR,
        period.end,
        YearKind.ACADEMIC if period.frequency is Frequency.TERM else kind or period.year_kind,
    )
    if period.frequency is Frequency.DAY:
        return (period.end - year.start).days + 1, year.days
    if period.frequency is Frequency.WEEK:
        first_sunday = year.start + timedelta(days=6 - year.start.weekday())
        return (period.end - first_sunday).days // 7 + 1, (year.end - first_sunday).days // 7 + 1
    if period.frequency is Frequency.TERM:
        return list(_TERMS).index(text.rpartition(" ")[2]) + 1, len(_TERMS)
    months = (period.end.year - year.start.year) * 12 + period.end.month - year.start.month + 1
    length = _MONTHS[period.frequency]
    return -(-months // length), 12 // length


@lru_cache(maxsize=_CACHE)
def _parts(text: str, frequency: Frequency, kind: YearKind | None) -> tuple[Period, ...]:
    whole = _read(text)
    if _SHORTEST[frequency] > whole.days:
        return ()
    kind = kind or whole.year_kind
    found = []
    part = _holding(frequency, whole.end, kind)
    if part.end > whole.end:
        part = part.previous(frequency)
    while whole.contains(part) and (frequency is not Frequency.TWO_YEAR or part.start >= whole.start):
        found.append(part)
        part = part.previous(frequency)
    return tuple(reversed(found))


# Words for people

_LONG = {
    Frequency.QUARTER: "Quarter {number} {year} ({months})",
    Frequency.THIRD: "Third {number} of {year} ({months})",
}
_HALVES = {"1": "First half of {year} ({months})", "2": "Second half of {year} ({months})"}
_TERM_NAMES = {"autumn": "Autumn", "spring": "Spring", "summer": "Summer"}
_TERM_LONG = {
    "autumn": "Autumn term {year} ({months})",
    "spring": "Spring term {year} ({months})",
    "summer": "Summer term {year} ({months})",
}


def _month_name(month: int) -> str:
    return _MONTH_NAMES[month - 1]


def _long_words(period: Period, translate: Callable[[str], str]) -> str:
    year, _, rest = period.text.partition(" ")
    if period.is_span:
        if period.frequency in (Frequency.MONTH, Frequency.DAY):
            return _days_in_words(period, translate)
        return f"{_short_words(period, translate)} ({_days_in_words(period, translate)})"
    months = _days_in_words(period, translate)
    if period.frequency in (Frequency.MONTH, Frequency.DAY):
        return months
    if period.frequency is Frequency.WEEK:
        return translate("Week {number} {year} ({days})").format(number=int(year[6:]), year=year[:4], days=months)
    if period.frequency is Frequency.TERM:
        return translate(_TERM_LONG[rest.rpartition(" ")[2]]).format(year=year, months=months)
    if period.frequency is Frequency.HALF:
        return translate(_HALVES[rest[1]]).format(year=year, months=months)
    if period.frequency is Frequency.YEAR:
        form = "Academic year {year} ({months})" if period.year_kind is YearKind.ACADEMIC else "{year} ({months})"
        return translate(form).format(year=year, months=months)
    return translate(_LONG[period.frequency]).format(number=rest[1], year=year, months=months)


def _days_in_words(period: Period, translate: Callable[[str], str]) -> str:
    """'October to December 2018', 'April 2018 to March 2019', '15 to 21 October 2018'."""
    start, end = period.start, period.end
    last = f"{translate(_month_name(end.month))} {end.year}"
    first = translate(_month_name(start.month)) + ("" if start.year == end.year else f" {start.year}")
    if period.frequency in (Frequency.DAY, Frequency.WEEK):
        last = f"{end.day} {last}"
        first = f"{start.day}" if (start.year, start.month) == (end.year, end.month) else f"{start.day} {first}"
        return last if start == end else translate("{first} to {last}").format(first=first, last=last)
    if (start.year, start.month) == (end.year, end.month):
        return last
    return translate("{first} to {last}").format(first=first, last=last)


def _short_words(period: Period, translate: Callable[[str], str]) -> str:
    if period.is_span:
        first, _, last = period.text.partition(" to ")
        ends = (_short_words(_read(end), translate) for end in (first, last))
        return translate("{first} to {last}").format(first=next(ends), last=next(ends))
    year, _, rest = period.text.partition(" ")
    end = period.end
    if period.frequency is Frequency.DAY:
        return f"{end.day} {translate(_month_name(end.month)[:3])} {end.year}"
    if period.frequency is Frequency.MONTH:
        return f"{translate(_month_name(end.month)[:3])} {end.year}"
    if period.frequency is Frequency.WEEK:
        return translate("Week {number} {year}").format(number=int(year[6:]), year=year[:4])
    if period.frequency is Frequency.TERM:
        return f"{translate(_TERM_NAMES[rest.rpartition(' ')[2]])} {year}"
    if period.frequency is Frequency.YEAR:
        return translate("{year} academic").format(year=year) if rest else year
    return f"{rest} {year}"
