"""From the collected periods to longer ones: quarters to years, the year to date, the last twelve months.

Days lost to sickness are summed while staff are averaged: 2,500 days a quarter on 1,000 staff is 2.5 days each in the
first quarter and 10.0 for the year, never 2.5.

>>> sickness = Definition(code="HR11", aggregation=Aggregation.RATIO, denominator_aggregation=Aggregation.MEAN)
>>> quarters = [
...     Figure(period=Period.parse(f"2025/26 Q{n}"), value=Decimal("2.5"), numerator=Decimal(2500),
...            denominator=Decimal(1000))
...     for n in (1, 2, 3, 4)
... ]
>>> [so_far.value for so_far in year_to_date(quarters, sickness)]
[Decimal('2.5'), Decimal('5'), Decimal('7.5'), Decimal('10')]
>>> aggregate(quarters, sickness, expected=4)
Sum(value=Decimal('10'), numerator=Decimal('10000'), denominator=Decimal('1000'), have=4, expected=4)

A missing quarter is missing, not nothing, and the sum says that it is partial:

>>> without_q2 = aggregate([quarters[0], quarters[2], quarters[3]], sickness, expected=4)
>>> without_q2.value, without_q2.have, without_q2.expected, without_q2.partial
(Decimal('7.5'), 3, 4, True)
"""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter
from typing import NamedTuple

from goldenthread.domain.amounts import _
from goldenthread.domain.carry import own_step
from goldenthread.domain.definition import Definition
from goldenthread.domain.figures import Figure, canonical
from goldenthread.domain.periods import Period
from goldenthread.domain.reasons import Reason
from goldenthread.domain.words import Aggregation, Frequency, YearKind

_ZERO = Decimal(0)


class Sum(NamedTuple):
    """A figure made from ``have`` of the ``expected`` collected periods; ``value`` is None where nothing can be said.

    ``numerator`` and ``denominator`` are those of a ratio, each aggregated in its own way.
    """

    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    have: int
    expected: int

    @property
    def partial(self) -> bool:
        """Whether a period is missing from it."""
        return self.have < self.expected


@dataclass(frozen=True, slots=True)
class Recovered:
    """An in-period figure recovered from year-to-date ones; ``reason`` warns, or says why there is no value."""

    figure: Figure
    reason: Reason | None = None


def ratio(numerator: Decimal | None, denominator: Decimal | None, measure: Definition) -> Decimal | None:
    """``numerator`` over ``denominator`` times the measure's factor; None without both halves or over zero.

    >>> ratio(Decimal(47), Decimal(50), Definition(code="FOI1", factor=Decimal(100)))
    Decimal('94')
    """
    if numerator is None or not denominator:
        return None
    return numerator * measure.ratio_factor / denominator


def aggregate(figures: Sequence[Figure], measure: Definition, *, expected: int) -> Sum:
    """The in-period ``figures`` of one longer period as one figure, of which ``expected`` should be there.

    By the measure's aggregation: sum, mean, last, max, min, or the ratio of its halves, each aggregated in its own way
    and never the mean of the ratios. A figure with a value but without both halves leaves a ratio without a value. A
    nil return given as 0 counts; a missing figure does not. The value of ``none`` is None. Source: docs/sums.
    """
    so_far = _so_far(measure)
    for figure in sorted(figures, key=attrgetter("period.end")):
        so_far.take(figure)
    return so_far.sum(expected)


def year_to_date(figures: Sequence[Figure], measure: Definition) -> list[Sum]:
    """The year so far at each of the in-period ``figures``, which are in order of period.

    It starts again with each of the measure's years, and is partial once a period of the year is missing. A span
    belongs to no one year, so there is nothing to say of it.
    """
    found: list[Sum] = []
    so_far: _Values | _Halves = _so_far(measure)
    year: Period | None = None
    for figure in figures:
        period = figure.period
        if period.is_span:
            found.append(Sum(None, None, None, 0, 1))
            continue
        kind = year_kind_of(period, measure)
        if year is None or period.end > year.end:
            so_far, year = _so_far(measure), period.containing(Frequency.YEAR, kind)
        so_far.take(figure)
        found.append(so_far.sum(period.within_year(kind)[0]))
    return found


def cumulative(figures: Sequence[Figure], measure: Definition) -> list[Sum]:
    """Everything since the first of the in-period ``figures``, which are in order of period, at each of them."""
    found: list[Sum] = []
    so_far, expected, before = _so_far(measure), 0, None
    for figure in figures:
        expected += _steps(before, figure.period, measure)
        so_far.take(figure)
        found.append(so_far.sum(expected))
        before = figure.period
    return found


def rolling(figures: Sequence[Figure], measure: Definition, *, window: int) -> list[Sum]:
    """The last ``window`` collection periods at each of the in-period ``figures``, which are in order of period.

    Partial while the series is younger than the window, and where one of the periods is missing.
    """
    found: list[Sum] = []
    so_far, place, before = _so_far(measure), 0, None
    held: deque[tuple[int, Figure]] = deque()
    for figure in figures:
        place += _steps(before, figure.period, measure)
        while held and held[0][0] <= place - window:
            so_far.drop(held.popleft()[1])
        held.append((place, figure))
        so_far.take(figure)
        found.append(so_far.sum(window))
        before = figure.period
    return found


def in_period_from_year_to_date(figures: Sequence[Figure], measure: Definition) -> list[Recovered]:
    """The in-period figures behind year-to-date ones (in order of period), one for each.

    The first period of a year is itself. The others are had by difference: of sums, and of a ratio's halves; a mean of
    n periods and one of n − 1 give the nth; the last is itself. Where the period before is missing, or the year to date
    is a greatest or least or of no stated kind, there is no value and ``reason`` says why. A negative difference of a
    sum is a warning unless the definition's least figure is below zero. Source: docs/sums.

    >>> tax = Definition(code="REV1", aggregation=Aggregation.SUM)
    >>> so_far = [
    ...     Figure(period=Period.parse(f"2025/26 Q{n}"), value=Decimal(value))
    ...     for n, value in ((1, 29), (2, 57), (3, 55))
    ... ]
    >>> recovered = in_period_from_year_to_date(so_far, tax)
    >>> [found.figure.value for found in recovered]
    [Decimal('29'), Decimal('28'), Decimal('-2')]
    >>> in_period_words(recovered[-1].reason)
    '2025/26 Q3 alone is -2: the year to date fell from 57 to 55'
    """
    found = []
    before = None
    for figure in figures:
        found.append(_recovered(figure, before, measure))
        before = figure
    return found


def year_kind_of(period: Period, measure: Definition) -> YearKind:
    """The kind of year in which a figure for ``period`` is counted: a term's is academic, else it is the measure's."""
    return YearKind.ACADEMIC if period.frequency is Frequency.TERM else measure.year


def in_period_words(reason: Reason, *, translate: Callable[[str], str] = str) -> str:
    """The reason of a Recovered as a sentence."""
    return translate(_WORDS[reason.code]).format(**reason.params)


_WORDS = {
    "in_period_gap": _("No figure for {period} alone: it is the difference from {before}, which is missing"),
    "in_period_no_halves": _("No figure for {period} alone: it needs the numerators and denominators of both periods"),
    "in_period_unknown": _("No figure for {period} alone: a year to date of this kind cannot be taken apart"),
    "in_period_negative": _("{period} alone is {value}: the year to date fell from {earlier} to {later}"),
}


def _recovered(figure: Figure, before: Figure | None, measure: Definition) -> Recovered:
    period = figure.period
    if figure.value is None:
        return Recovered(figure)
    if period.is_span:
        return _no_value(figure, "in_period_unknown")
    position, _of = period.within_year(year_kind_of(period, measure))
    if position == 1:
        return Recovered(figure)
    if measure.aggregation is Aggregation.RATIO:
        return _ratio_between(before, figure, position, measure)
    if measure.aggregation in (Aggregation.NONE, Aggregation.MAX, Aggregation.MIN):
        return _no_value(figure, "in_period_unknown")
    if before is None or before.period != period.previous() or before.value is None:
        return _gap(figure)
    value = _between(measure.aggregation, before.value, figure.value, position)
    negative = _negative(measure.aggregation, before.value, figure.value, period, measure)
    return Recovered(_in_period(figure, value), negative)


def _ratio_between(before: Figure | None, figure: Figure, position: int, measure: Definition) -> Recovered:
    if before is None or before.period != figure.period.previous() or before.value is None:
        return _gap(figure)
    if before.numerator is None or before.denominator is None or figure.numerator is None or figure.denominator is None:
        return _no_value(figure, "in_period_no_halves")
    top, bottom = measure.numerator_aggregation, measure.denominator_aggregation
    numerator = _between(top, before.numerator, figure.numerator, position)
    denominator = _between(bottom, before.denominator, figure.denominator, position)
    if numerator is None or denominator is None:
        return _no_value(figure, "in_period_unknown")
    negative = _negative(top, before.numerator, figure.numerator, figure.period, measure) or _negative(
        bottom, before.denominator, figure.denominator, figure.period, measure
    )
    return Recovered(_in_period(figure, ratio(numerator, denominator, measure), numerator, denominator), negative)


def _between(way: Aggregation, before: Decimal, now: Decimal, position: int) -> Decimal | None:
    """The figure of the period at ``position`` of its year, from the year to date before it and with it."""
    if way is Aggregation.SUM:
        return now - before
    if way is Aggregation.MEAN:
        return now * position - before * (position - 1)
    return now if way is Aggregation.LAST else None


def _negative(way: Aggregation, before: Decimal, now: Decimal, period: Period, measure: Definition) -> Reason | None:
    if way is not Aggregation.SUM or now >= before or (measure.min is not None and measure.min < 0):
        return None
    return Reason(
        "in_period_negative",
        {
            "period": period.text,
            "value": canonical(now - before),
            "earlier": canonical(before),
            "later": canonical(now),
        },
    )


def _in_period(
    figure: Figure, value: Decimal | None, numerator: Decimal | None = None, denominator: Decimal | None = None
) -> Figure:
    return Figure(
        period=figure.period,
        value=value,
        numerator=numerator,
        denominator=denominator,
        state=figure.state,
        assurance=figure.assurance,
    )


def _gap(figure: Figure) -> Recovered:
    return _no_value(figure, "in_period_gap", before=figure.period.previous().text)


def _no_value(figure: Figure, code: str, **params: str) -> Recovered:
    return Recovered(_in_period(figure, None), Reason(code, {"period": figure.period.text, **params}))


def _steps(before: Period | None, period: Period, measure: Definition) -> int:
    """How many collection periods ``period`` is on from the one before; 1 for the first."""
    if before is None:
        return 1
    step = own_step(before, measure)
    steps, following = 1, before.next(step)
    while following.end < period.end:
        steps, following = steps + 1, following.next(step)
    return steps


class _Total:
    """Figures taken in, and let go oldest first, summed as they come."""

    __slots__ = ("count", "total")

    def __init__(self) -> None:
        self.total = _ZERO
        self.count = 0

    def take(self, value: Decimal) -> None:
        self.total += value
        self.count += 1

    def drop(self, value: Decimal) -> None:
        self.total -= value
        self.count -= 1

    def result(self) -> Decimal | None:
        return self.total if self.count else None


class _Mean(_Total):
    __slots__ = ()

    def result(self) -> Decimal | None:
        return self.total / self.count if self.count else None


class _Last(_Total):
    """The last taken in; the total is that figure."""

    __slots__ = ()

    def take(self, value: Decimal) -> None:
        self.total = value
        self.count += 1

    def drop(self, value: Decimal) -> None:
        self.count -= 1


class _Greatest(_Total):
    """The greatest of those held: only figures that can still become it are kept, in falling order."""

    __slots__ = ("rivals",)

    sign = 1

    def __init__(self) -> None:
        super().__init__()
        self.rivals: deque[Decimal] = deque()

    def take(self, value: Decimal) -> None:
        signed = value * self.sign
        while self.rivals and self.rivals[-1] < signed:
            self.rivals.pop()
        self.rivals.append(signed)

    def drop(self, value: Decimal) -> None:
        if self.rivals[0] == value * self.sign:
            self.rivals.popleft()

    def result(self) -> Decimal | None:
        return self.rivals[0] * self.sign if self.rivals else None


class _Least(_Greatest):
    __slots__ = ()

    sign = -1


class _Nothing(_Total):
    """No aggregation: nothing can be said of several figures."""

    __slots__ = ()

    def take(self, value: Decimal) -> None:
        pass

    def drop(self, value: Decimal) -> None:
        pass


_WAYS: dict[Aggregation, type[_Total]] = {
    Aggregation.SUM: _Total,
    Aggregation.MEAN: _Mean,
    Aggregation.LAST: _Last,
    Aggregation.MAX: _Greatest,
    Aggregation.MIN: _Least,
    Aggregation.NONE: _Nothing,
    Aggregation.RATIO: _Nothing,
}


class _Values:
    """The values of the figures held, aggregated in one way."""

    __slots__ = ("have", "tally")

    def __init__(self, measure: Definition) -> None:
        self.tally = _WAYS[measure.aggregation]()
        self.have = 0

    def take(self, figure: Figure) -> None:
        if figure.value is not None:
            self.tally.take(figure.value)
            self.have += 1

    def drop(self, figure: Figure) -> None:
        if figure.value is not None:
            self.tally.drop(figure.value)
            self.have -= 1

    def sum(self, expected: int) -> Sum:
        return Sum(self.tally.result(), None, None, self.have, expected)


class _Halves:
    """The two halves of the figures held, each aggregated in its own way, and how many came as a bare value."""

    __slots__ = ("bare", "denominator", "have", "measure", "numerator")

    def __init__(self, measure: Definition) -> None:
        self.measure = measure
        self.numerator = _WAYS[measure.numerator_aggregation]()
        self.denominator = _WAYS[measure.denominator_aggregation]()
        self.have = 0
        self.bare = 0

    def take(self, figure: Figure) -> None:
        if figure.numerator is not None and figure.denominator is not None:
            self.numerator.take(figure.numerator)
            self.denominator.take(figure.denominator)
            self.have += 1
        elif figure.value is not None:
            self.bare += 1

    def drop(self, figure: Figure) -> None:
        if figure.numerator is not None and figure.denominator is not None:
            self.numerator.drop(figure.numerator)
            self.denominator.drop(figure.denominator)
            self.have -= 1
        elif figure.value is not None:
            self.bare -= 1

    def sum(self, expected: int) -> Sum:
        if self.bare:
            return Sum(None, None, None, self.have, expected)
        numerator, denominator = self.numerator.result(), self.denominator.result()
        return Sum(ratio(numerator, denominator, self.measure), numerator, denominator, self.have, expected)


def _so_far(measure: Definition) -> _Values | _Halves:
    return _Halves(measure) if measure.aggregation is Aggregation.RATIO else _Values(measure)
