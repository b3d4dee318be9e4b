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

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache, total_ordering

from goldenthread.domain.periods.forms import (
    OUT_OF_YEARS,
    REMEMBERED,
    Fault,
    NotAForm,
    form_holding,
    quoted,
    read_form,
    within_years,
)
from goldenthread.domain.periods.meant import probably_meant
from goldenthread.domain.periods.neighbours import a_year_before, parts_of, place_in_year, stepped
from goldenthread.domain.periods.phrases import in_short_words, in_words
from goldenthread.domain.words import Frequency, YearKind


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
        try:
            return _period(form_holding(frequency, day, year_kind))
        except Fault as fault:
            raise PeriodError(str(fault)) from None

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
        return _step(self.text, 1, step)

    def previous(self, step: Frequency | None = None) -> "Period":
        """The period before; for a span the one that ends one collection step earlier.

        ``step`` is how often the figure is collected where that is not every period: twelve months rolling given
        every quarter, or a survey every two years. Raises PeriodError where weeks are to step by months.

        >>> Period.parse("2021-10 to 2022-09").previous().text
        '2021-09 to 2022-08'
        >>> Period.parse("2021-10 to 2022-09").previous(Frequency.QUARTER).text
        '2021-07 to 2022-06'
        """
        return _step(self.text, -1, step)

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
        return _containing(self.text, frequency, year_kind or self.year_kind)

    def within_year(self, year_kind: YearKind | None = None) -> tuple[int, int]:
        """Position in its year and how many such periods the year has: Q3 is (3, 4). A span stands where its end does.

        >>> Period.parse("2019-W42").within_year()
        (29, 52)
        """
        return _place(self.text, year_kind or self.year_kind)

    def parts(self, frequency: Frequency, year_kind: YearKind | None = None) -> tuple["Period", ...]:
        """The shorter periods of ``frequency`` whose last day falls in this one, in order; none if they are longer.

        >>> [part.text for part in Period.parse("2018/19 H2").parts(Frequency.QUARTER)]
        ['2018/19 Q3', '2018/19 Q4']
        """
        return _parts(self.text, frequency, year_kind or self.year_kind)

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
        return in_words(read_form(self.text), translate)

    def short_words(self, translate: Callable[[str], str] = str) -> str:
        """The period as a column heading: 'Q3 2018/19', 'Oct 2018'."""
        return in_short_words(read_form(self.text), translate)


def period_range(first: Period, last: Period, step: Frequency | None = None) -> Iterator[Period]:
    """Every period from ``first`` to ``last``, both included; none if ``last`` is earlier.

    Raises PeriodError where the two are not of one form.

    >>> [p.text for p in period_range(Period.parse("2018/19 Q3"), Period.parse("2019/20 Q1"))]
    ['2018/19 Q3', '2018/19 Q4', '2019/20 Q1']
    """
    if read_form(first.text).like != read_form(last.text).like:
        raise PeriodError(f"{first.text} and {last.text} are not periods of one form")
    return _walk(first, last, step)


def _walk(first: Period, last: Period, step: Frequency | None) -> Iterator[Period]:
    period = first
    while period <= last:
        yield period
        period = period.next(step)


@lru_cache(maxsize=REMEMBERED)
def _period(text: str) -> Period:
    return Period(*read_form(text))


@lru_cache(maxsize=REMEMBERED)
def _named(text: str) -> Period:
    try:
        period = _period(text)
    except NotAForm as fault:
        meant = probably_meant(text)
        raise _not_a_period(text, f"write {meant}" if meant else fault) from None
    except Fault as fault:
        raise _not_a_period(text, fault) from None
    if not within_years(text):
        raise _not_a_period(text, OUT_OF_YEARS)
    return period


def _not_a_period(text: str, fault: object) -> PeriodError:
    return PeriodError(f"{quoted(text)} is not a period: {fault}")


@lru_cache(maxsize=REMEMBERED)
def _step(text: str, count: int, step: Frequency | None) -> Period:
    return _found(lambda: stepped(read_form(text), count, step))


@lru_cache(maxsize=REMEMBERED)
def _year_before(text: str) -> Period:
    return _found(lambda: a_year_before(read_form(text)))


@lru_cache(maxsize=REMEMBERED)
def _containing(text: str, frequency: Frequency, kind: YearKind) -> Period:
    return _found(lambda: form_holding(frequency, read_form(text).end, kind))


@lru_cache(maxsize=REMEMBERED)
def _place(text: str, kind: YearKind) -> tuple[int, int]:
    return place_in_year(read_form(text), kind)


@lru_cache(maxsize=REMEMBERED)
def _parts(text: str, frequency: Frequency, kind: YearKind) -> tuple[Period, ...]:
    try:
        return tuple(map(_period, parts_of(read_form(text), frequency, kind)))
    except Fault as fault:
        raise PeriodError(str(fault)) from None


def _found(form: Callable[[], str]) -> Period:
    try:
        return _period(form())
    except Fault as fault:
        raise PeriodError(str(fault)) from None
