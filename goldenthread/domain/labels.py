"""Labels: periods as other people write them, read by readers that an import chooses by name.

One label means different things in different files, so nothing is guessed: an import says which reader is right.

>>> read_label("2010-11", ["financial_year"]).period.text
'2010/11'
>>> read_label("2010-11", ["month"]).period.text
'2010-11'
>>> read_label("2010-11", ["calendar_span"]).period.text
'2010 to 2011'

Several readers are tried in order, and the first that accepts the label reads it. A footnote is returned apart.

>>> read_label("2019-23", ["financial_year", "financial_span"]).period.text
'2019/20 to 2022/23'
>>> read_label("2019/20 [Note 5]", ["financial_year"])
Read(period=Period(text='2019/20', ...), note='Note 5')
>>> read_label("Q1 2020", ["financial_year"])
Traceback (most recent call last):
    ...
goldenthread.domain.periods.PeriodError: 'Q1 2020' is not read by financial_year, which reads 2018/19, 2018-19, ...
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType

from goldenthread.domain.periods import Period, PeriodError
from goldenthread.domain.words import Frequency, YearKind


@dataclass(frozen=True, slots=True)
class Read:
    """The period that a label stands for, and the footnote that was written beside it."""

    period: Period
    note: str = ""


@dataclass(frozen=True, slots=True)
class Reader:
    """A named way of reading labels. ``examples`` are labels that it reads."""

    name: str
    means: str
    examples: tuple[str, ...]
    form: Callable[[str], str | None]

    def __call__(self, label: str) -> Period:
        """The period ``label`` stands for, read in this way only. Raises PeriodError."""
        form = self.form(_tidy(label)) if len(label) <= _LONGEST else None
        if form is None:
            raise PeriodError(f"{_quoted(label)} is not read by {self.name}, which reads {', '.join(self.examples)}")
        try:
            return Period.parse(form)
        except PeriodError as fault:
            raise PeriodError(f"{_quoted(label)}, read by {self.name}: {fault}") from None


def read_label(label: str, readers: Sequence[str] | Mapping[str, str | Sequence[str]]) -> Read:
    """``label`` read by the first of ``readers`` that accepts it (cached).

    ``readers`` are names in the order in which to try them; or such names for each shape (see ``shape_of``) that labels
    have in the file, a label of any other shape being refused. Raises PeriodError that says what would have been read.

    >>> read_label("2015 - 17", {"9999 - 99": "calendar_span", "9999": "calendar_year"}).period.text
    '2015 to 2017'
    """
    if isinstance(readers, Mapping):
        named = ((shape, (names,) if isinstance(names, str) else tuple(names)) for shape, names in readers.items())
        return _read_by_shape(label, tuple(named))
    return _read_in_order(label, tuple(readers))


def shape_of(label: str) -> str:
    """``label`` with each digit as 9 and each word of three letters or more as Aa: what labels of one kind share.

    >>> shape_of("Oct 2020-Sep 2021"), shape_of("2018-19;Q1")
    ('Aa 9999-Aa 9999', '9999-99;Q9')
    """
    return re.sub(r"[^\W\d_]{3,}", "Aa", re.sub(r"\d", "9", _tidy(label), flags=re.ASCII))


def split_note(label: str) -> tuple[str, str]:
    """``label`` without the footnote at its end, and the footnote. Brackets that speak of time are left where they are.

    >>> split_note("2015-2017 (baseline)"), split_note("2012a"), split_note("2018/19 (to Q3)")
    (('2015-2017', 'baseline'), ('2012', 'a'), ('2018/19 (to Q3)', ''))
    """
    if len(label) > _LONGEST:
        return label, ""
    rest, notes = _tidy(label), list[str]()
    while match := _NOTE.search(rest):
        note = next(group for group in match.groups() if group is not None).strip()
        if match[2] is not None and _SPEAKS_OF_TIME.search(note):
            break
        notes.insert(0, note)
        rest = rest[: match.start()].rstrip()
    return rest, "; ".join(filter(None, notes))


_LONGEST = 200
_NOTE = re.compile(r"\s*(?:\[([^\[\]]*)\]|\(([^()]*)\)|([*†‡§¶#]+|[¹²³⁰⁴-⁹]+)|(?<=\d)([a-z]))$")
_SPEAKS_OF_TIME = re.compile(
    r"\d{2}|\b[hqtw]\d|\b(?:date|ytd|year|half|quarter|month|months|week|weeks|term|autumn|spring|summer)\b"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)",
    re.IGNORECASE,
)


@lru_cache(maxsize=1 << 14)
def _read_in_order(label: str, names: tuple[str, ...]) -> Read:
    chosen = [_reader(name) for name in names]
    bare, note = split_note(label)
    faults = []
    for text, beside in ((label, ""), (bare, note)) if note else ((label, ""),):
        for reader in chosen:
            try:
                return Read(reader(text), beside)
            except PeriodError as fault:
                faults.append(fault)
    if len(faults) == 1:
        raise faults[0]
    tried = ", ".join(names) or "no reader at all"
    raise PeriodError(f"{_quoted(label)} is not read by {tried}")


@lru_cache(maxsize=1 << 14)
def _read_by_shape(label: str, shapes: tuple[tuple[str, tuple[str, ...]], ...]) -> Read:
    readers = dict(shapes)
    for text in (label, split_note(label)[0]):
        if names := readers.get(shape_of(text)):
            return _read_in_order(label, names)
    raise PeriodError(f"{_quoted(label)} has the shape {_quoted(shape_of(label))}, for which no reader is named")


def _reader(name: str) -> Reader:
    try:
        return READERS[name]
    except KeyError:
        raise PeriodError(f"there is no reader {_quoted(name)}; the readers are {', '.join(READERS)}") from None


def _quoted(text: str) -> str:
    return repr(text if len(text) <= 60 else text[:59] + "…")


_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))


def _tidy(label: str) -> str:
    """One kind of dash, single ordinary spaces; digits are never altered."""
    return " ".join(label.translate(_DASHES).split())


# The readers

_readers: dict[str, Reader] = {}
#: Every reader by its name.
READERS: Mapping[str, Reader] = MappingProxyType(_readers)


def _reads(*examples: str, means: str) -> Callable[[Callable[[str], str | None]], Callable[[str], str | None]]:
    def register(form: Callable[[str], str | None]) -> Callable[[str], str | None]:
        _readers[form.__name__] = Reader(form.__name__, means, examples, form)
        return form

    return register


_TO = r"(?: ?- ?| to )"
_TWO_YEARS = r"(\d{4}|\d{2}) ?[/-] ?(\d{4}|\d{2})"
_MONTHS = {
    name[:length]: number
    for number, name in enumerate(
        (
            *("january", "february", "march", "april", "may", "june"),
            *("july", "august", "september", "october", "november", "december"),
        ),
        1,
    )
    for length in (3, len(name))
} | {"sept": 9}


def _match(pattern: str, text: str) -> tuple[str, ...] | None:
    match = _pattern(pattern).fullmatch(text)
    return tuple(group or "" for group in match.groups()) if match else None


@cache
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII | re.IGNORECASE)


def _year(digits: str) -> int:
    """A year from four digits, or from two: 70 to 99 are of the last century."""
    year = int(digits)
    if len(digits) == 2:
        return year + (1900 if year >= 70 else 2000)
    return year


def _year_after(first: int, digits: str) -> int:
    """A second year from four digits, or from the last two of the first year not before ``first`` that has them."""
    return int(digits) if len(digits) == 4 else first + (int(digits) - first) % 100


def _split(year: int) -> str:
    return f"{year:04d}/{(year + 1) % 100:02d}"


def _split_year(label: str) -> int | None:
    """The year in which a label of two following years begins: 2018/19, 2018-2019, 18/19, 201819."""
    groups = _match(_TWO_YEARS, label) or _match(r"(\d{4})(\d{2})", label)
    if not groups:
        return None
    first = _year(groups[0])
    return first if _year_after(first, groups[1]) == first + 1 else None


def _span(first: str, last: str) -> str:
    return first if first == last else f"{first} to {last}"


def _ends(label: str, read: Callable[[str], str | None]) -> str | None:
    """Two labels of one kind with a dash or 'to' between."""
    for between in re.finditer(_TO, label):
        first, last = read(label[: between.start()].strip()), read(label[between.end() :].strip())
        if first and last:
            return _span(first, last)
    return None


@_reads("2018/19", "2018/19 Q3", "2018-10", "2014/15 to 2016/17", means="a period in its own form")
def period(label: str) -> str | None:
    try:
        return Period.parse(label).text
    except PeriodError:
        return None


@_reads("2018/19", "2018-19", "2018 - 19", "18/19", "2018/2019", "201819", "FY 2018/19", means="a financial year")
def financial_year(label: str) -> str | None:
    groups = _match(r"(?:fy|financial year)? ?(.*?)(?: financial year)?", label)
    year = _split_year(groups[0]) if groups else None
    return None if year is None else _split(year)


@_reads("2018", "FY 2018", means="the financial year that begins in April of it")
def financial_year_starting(label: str) -> str | None:
    groups = _match(r"(?:fy ?)?(\d{4})(?:\.0)?", label)
    return _split(int(groups[0])) if groups else None


@_reads("2019", "FY 2019", "March 2019", "2019-03-31", means="the financial year that ends in March of it")
def financial_year_ending(label: str) -> str | None:
    groups = _match(r"(?:fy ?)?(\d{4})(?:\.0)?", label)
    if groups:
        return _split(int(groups[0]) - 1)
    if (form := month(label) or month_end(label)) and form.endswith("-03"):
        return _split(int(form[:4]) - 1)
    return None


@_reads("2018", "2018.0", "CY 2018", means="a calendar year")
def calendar_year(label: str) -> str | None:
    groups = _match(r"(?:cy ?|calendar year )?(\d{4})(?:\.0)?", label)
    return groups[0] if groups else None


@_reads("2018/19", "2018-19", "18/19", "201819", "2018/19 academic", means="an academic year, September to August")
def academic_year(label: str) -> str | None:
    groups = _match(r"(?:ay|academic year)? ?(.*?)(?: academic(?: year)?)?", label)
    year = _split_year(groups[0]) if groups else None
    return None if year is None else f"{_split(year)} academic"


@_reads("2018", means="the academic year that begins in September of it")
def academic_year_starting(label: str) -> str | None:
    groups = _match(r"(\d{4})(?:\.0)?", label)
    return f"{_split(int(groups[0]))} academic" if groups else None


@_reads("2019", means="the academic year that ends in August of it, as examination results are named")
def academic_year_ending(label: str) -> str | None:
    groups = _match(r"(\d{4})(?:\.0)?", label)
    return f"{_split(int(groups[0]) - 1)} academic" if groups else None


@_reads("Autumn 2018/19", "2018/19 autumn term", "Spring term 2018-19", means="a term of an academic year")
def academic_term(label: str) -> str | None:
    if groups := _match(r"(autumn|spring|summer)(?: term)? (.+)", label):
        term, years = groups
    elif groups := _match(r"(.+?)(?: academic)? (autumn|spring|summer)(?: term)?", label):
        years, term = groups
    else:
        return None
    year = _split_year(years)
    return None if year is None else f"{_split(year)} academic {term.lower()}"


def _division(label: str, letter: str, word: str) -> tuple[str, str] | None:
    """The year's label and the number of a division of it, whichever is written first."""
    name = rf"(?:{letter}(?:tr)?|{word}) ?([1-4])"
    if groups := _match(rf"{name}(?:[ ,:-]+| of | \()(\d.*?)\)?", label):
        return groups[1], groups[0]
    groups = _match(rf"(?:fy ?)?(\d.*?)[ ;,:-]*{name}", label)
    return (groups[0], groups[1]) if groups else None


def _financial_division(label: str, letter: str, word: str) -> str | None:
    found = _division(label, letter, word)
    year = _split_year(found[0]) if found else None
    return f"{_split(year)} {letter}{found[1]}" if found and year is not None else None


def _calendar_division(label: str, letter: str, word: str) -> str | None:
    found = _division(label, letter, word)
    return f"{found[0]} {letter}{found[1]}" if found and _match(r"\d{4}", found[0]) is not None else None


@_reads("2018/19 Q3", "Q3 2018/19", "2018-19;Q3", "2018-19 Qtr 3", "Quarter 3 2018/19", means="a financial quarter")
def financial_quarter(label: str) -> str | None:
    return _financial_division(label, "Q", "quarter")


@_reads("2018 Q3", "Q3 2018", "2018Q3", "2018-Q3", means="a calendar quarter")
def calendar_quarter(label: str) -> str | None:
    return _calendar_division(label, "Q", "quarter")


@_reads("2018/19 H1", "H1 2018/19", "2018-19 half 1", means="half a financial year")
def financial_half(label: str) -> str | None:
    return _financial_division(label, "H", "half")


@_reads("2018 H1", "H1 2018", means="half a calendar year")
def calendar_half(label: str) -> str | None:
    return _calendar_division(label, "H", "half")


@_reads("2018/19 T1", "T1 2018/19", means="a third of a financial year, for what is given three times a year")
def financial_third(label: str) -> str | None:
    return _financial_division(label, "T", "third")


@_reads("2023-04", "2023 04", "04/2023", "202304", "April 2023", "Apr 2023", "Apr-23", "2023 Apr", means="a month")
def month(label: str) -> str | None:
    if groups := _match(r"(\d{4})[ /-]?(\d{2})", label):
        return f"{groups[0]}-{groups[1]}"
    if groups := _match(r"(\d{1,2})[ /-](\d{4})", label):
        return f"{groups[1]}-{int(groups[0]):02d}"
    if groups := _match(r"([a-z]{3,9})\.?[ /'-]{0,2}(\d{4}|\d{2})", label):
        return _named_month(groups[0], groups[1])
    if groups := _match(r"(\d{4})[ /-]?([a-z]{3,9})", label):
        return _named_month(groups[1], groups[0])
    return None


def _named_month(name: str, year: str) -> str | None:
    number = _MONTHS.get(name.lower())
    return f"{_year(year):04d}-{number:02d}" if number else None


@_reads("2021-03-31", "31/03/2021", "31 March 2021", "31-Mar-21", "2021-03-31 00:00:00", means="a day")
def day(label: str) -> str | None:
    if groups := _match(r"(\d{4})[-/.](\d{2})[-/.](\d{2})(?:[t ]00:00(?::00(?:\.0+)?)?)?", label):
        return "-".join(groups)
    if groups := _match(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})", label):
        return f"{_year(groups[2]):04d}-{int(groups[1]):02d}-{int(groups[0]):02d}"
    if groups := _match(r"(\d{1,2})(?:st|nd|rd|th)?[ -]([a-z]{3,9})[ -](\d{4}|\d{2})", label):
        named = _named_month(groups[1], groups[2])
        return f"{named}-{int(groups[0]):02d}" if named else None
    return None


def _day(label: str) -> Period | None:
    form = day(label)
    return Period.parse(form) if form else None


def _ending(label: str, frequency: Frequency, kind: YearKind = YearKind.FINANCIAL) -> str | None:
    """The period that ends on the day of the label, and on no other day."""
    if (last := _day(label)) and (whole := last.containing(frequency, kind)).end == last.end:
        return whole.text
    return None


def _beginning(label: str, frequency: Frequency, kind: YearKind = YearKind.FINANCIAL) -> str | None:
    if (first := _day(label)) and (whole := first.containing(frequency, kind)).start == first.start:
        return whole.text
    return None


@_reads("2021-03-31", "31/03/2021", "31 March 2021", means="the month that ends on that day")
def month_end(label: str) -> str | None:
    return _ending(label, Frequency.MONTH)


@_reads("2021-03-01", "01/03/2021", "1 March 2021", means="the month that begins on that day")
def first_of_month(label: str) -> str | None:
    return _beginning(label, Frequency.MONTH)


@_reads("2021-03-31", "31/03/2021", "31 March 2021", means="the financial quarter that ends on that day")
def quarter_end(label: str) -> str | None:
    return _ending(label, Frequency.QUARTER)


@_reads("2021-01-01", "01/01/2021", "1 January 2021", means="the financial quarter that begins on that day")
def first_of_quarter(label: str) -> str | None:
    return _beginning(label, Frequency.QUARTER)


@_reads("2021-03-31", "31/03/2021", "31 March 2021", means="the calendar quarter that ends on that day")
def calendar_quarter_end(label: str) -> str | None:
    return _ending(label, Frequency.QUARTER, YearKind.CALENDAR)


@_reads("2018-W42", "2018 W42", "Week 42 2018", means="a week by its number")
def week(label: str) -> str | None:
    if groups := _match(r"(\d{4})[ -]?w(?:eek)? ?(\d{1,2})", label):
        return f"{groups[0]}-W{int(groups[1]):02d}"
    if groups := _match(r"w(?:eek)? ?(\d{1,2})[ ,-]*(\d{4})", label):
        return f"{groups[1]}-W{int(groups[0]):02d}"
    return None


@_reads("2018-10-21", "w/e 21/10/2018", "Week ending 21 October 2018", means="the week that ends on that Sunday")
def week_ending(label: str) -> str | None:
    groups = _match(r"(?:w/e|week ending|week to)? ?(\d.*)", label)
    return _ending(groups[0], Frequency.WEEK) if groups else None


@_reads("2018-10-15", "w/c 15/10/2018", "Week commencing 15 October 2018", means="the week that begins on that Monday")
def week_beginning(label: str) -> str | None:
    groups = _match(r"(?:w/c|week commencing|week beginning)? ?(\d.*)", label)
    return _beginning(groups[0], Frequency.WEEK) if groups else None


@_reads("Apr-Jun 2018", "April to June 2018", "Jan - Mar 2019", means="a financial quarter by its months")
def financial_quarter_months(label: str) -> str | None:
    return _whole_quarter(label, YearKind.FINANCIAL)


@_reads("Jan-Mar 2018", "January to March 2018", means="a calendar quarter by its months")
def calendar_quarter_months(label: str) -> str | None:
    return _whole_quarter(label, YearKind.CALENDAR)


def _whole_quarter(label: str, kind: YearKind) -> str | None:
    form = month_span(label)
    if form is None:
        return None
    months = Period.parse(form)
    quarter = months.containing(Frequency.QUARTER, kind)
    return quarter.text if (quarter.start, quarter.end) == (months.start, months.end) else None


@_reads("Oct 2020-Sep 2021", "October 2020 to September 2021", "Apr-Jun 2018", means="a run of months")
def month_span(label: str) -> str | None:
    if groups := _match(rf"([a-z]{{3,9}}){_TO}([a-z]{{3,9}}) (\d{{4}})", label):
        label = f"{groups[0]} {groups[2]} to {groups[1]} {groups[2]}"
    return _ends(label, month)


@_reads("September 2021", "Year ending Sep 2021", "12 months to 30/09/2021", means="the twelve months that end then")
def twelve_months_ending(label: str) -> str | None:
    groups = _match(r"(?:(?:the )?(?:year|12 months|twelve months|12m) (?:ending|ended|to|end)(?: in)? )?(.+)", label)
    form = (month(groups[0]) or month_end(groups[0])) if groups else None
    if form is None:
        return None
    last = Period.parse(form)
    return f"{last.same_last_year().next()} to {last}"


@_reads("2015/16 Q1 - 2019/20 Q4", "Q1 2015/16 to Q4 2019/20", means="a run of financial quarters")
def quarter_span(label: str) -> str | None:
    return _ends(label, financial_quarter)


@_reads("2015 Q1 - 2019 Q4", "Q1 2015 to Q4 2019", means="a run of calendar quarters")
def calendar_quarter_span(label: str) -> str | None:
    return _ends(label, calendar_quarter)


def _split_years_span(label: str) -> tuple[int, int] | None:
    """First and last of several split years: each end split (2022/23 - 24/25), or from spring to spring (2019-23)."""
    for between in re.finditer(_TO, label):
        first, last = _match(_TWO_YEARS, label[: between.start()].strip()), label[between.end() :].strip()
        if first and (start := _split_year("/".join(first))) is not None and (end := _split_year(last)) is not None:
            return start, end
    if groups := _match(rf"(\d{{4}}){_TO}(\d{{4}}|\d{{2}})", label):
        start = int(groups[0])
        return start, _year_after(start, groups[1]) - 1
    return None


@_reads(
    "2019-23",
    "2022/23 - 24/25",
    "2002/03-2007/08",
    "2007/08 to 2008/09",
    means="several financial years, 2019-23 being four",
)
def financial_span(label: str) -> str | None:
    ends = _split_years_span(label)
    return f"{_split(ends[0])} to {_split(ends[1])}" if ends and ends[0] < ends[1] else None


@_reads("2019-23", "2022/23 - 24/25", "2007/08 to 2008/09", means="several academic years, 2019-23 being four")
def academic_span(label: str) -> str | None:
    ends = _split_years_span(label)
    return f"{_split(ends[0])} academic to {_split(ends[1])} academic" if ends and ends[0] < ends[1] else None


@_reads(
    "2017 - 19",
    "2017-19",
    "2017-2019",
    "2017 to 2019",
    "2017/2019",
    means="several calendar years, 2017-19 being three",
)
def calendar_span(label: str) -> str | None:
    groups = _match(rf"(\d{{4}})(?:{_TO}| ?/ ?)(\d{{4}}|\d{{2}})", label)
    if not groups:
        return None
    start = int(groups[0])
    end = _year_after(start, groups[1])
    return f"{start:04d} to {end:04d}" if start < end else None


@_reads("17 May to 11 June 2023", "2023-05-17 to 2023-06-11", "17/05/2023 - 11/06/2023", means="a run of days")
def day_span(label: str) -> str | None:
    if groups := _match(rf"(\d{{1,2}})(?: ([a-z]{{3,9}}))?{_TO}(\d{{1,2}}) ([a-z]{{3,9}}) (\d{{4}})", label):
        first_day, first_month, last_day, last_month, year = groups
        label = f"{first_day} {first_month or last_month} {year} to {last_day} {last_month} {year}"
    return _ends(label, day)
