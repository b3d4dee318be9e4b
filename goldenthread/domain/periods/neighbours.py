"""Where a period stands among others: the form of the next and the one before, its place in its year, its parts."""

from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from goldenthread.domain.periods.forms import (
    MONTHS,
    TERMS,
    Fault,
    Form,
    day_form,
    form_holding,
    month_form,
    month_number,
    read_form,
    week_form,
    weeks_in,
)
from goldenthread.domain.words import Frequency, YearKind

_ONE_DAY = timedelta(days=1)
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


def stepped(form: Form, count: int, step: Frequency | None) -> str:
    """The form ``count`` steps on, both ends of a span alike; ``step`` is its own frequency if None. Raises Fault."""
    return _moved(form, lambda end: _end_stepped(end, count, step or end.frequency))


def a_year_before(form: Form) -> str:
    """The same period of the year before. Raises Fault."""
    return _moved(form, _end_a_year_before)


def _moved(form: Form, move: Callable[[Form], str]) -> str:
    """The form moved, or both ends of the span; ends that fall together are one period."""
    try:
        if not form.is_span:
            return move(form)
        first, last = (move(read_form(end)) for end in form.text.split(" to "))
    except (ValueError, OverflowError):
        raise Fault(f"{form.text} has no such neighbour in the calendar") from None
    return first if first == last else f"{first} to {last}"


def _end_stepped(form: Form, count: int, step: Frequency) -> str:
    if step is Frequency.TERM and form.frequency is Frequency.TERM:
        return form_holding(Frequency.TERM, form.end + _ONE_DAY if count > 0 else form.start - _ONE_DAY, form.year_kind)
    if months := MONTHS.get(step):
        return _moved_by_months(form, count * months, step)
    days = timedelta(days=count * _SHORTEST[step])
    if form.frequency is Frequency.DAY and step is not Frequency.TERM:
        return day_form(form.start + days)
    if form.frequency is Frequency.WEEK and step is Frequency.WEEK:
        return week_form(form.start + days)
    raise _unmoved(form, step)


def _moved_by_months(form: Form, months: int, step: Frequency) -> str:
    if form.frequency is Frequency.WEEK:
        raise _unmoved(form, step)
    first = month_number(form.start) + months
    if form.frequency is Frequency.DAY:
        year, month = first // 12, first % 12 + 1
        return day_form(date(year, month, min(form.start.day, monthrange(year, month)[1])))
    if months % MONTHS.get(form.frequency, 12):
        raise _unmoved(form, step)
    return month_form(form.frequency, form.year_kind, first)


def _unmoved(form: Form, step: Frequency) -> Fault:
    return Fault(f"{form.text} does not move by the {step}")


def _end_a_year_before(form: Form) -> str:
    if form.frequency is not Frequency.WEEK:
        return _moved_by_months(form, -12, Frequency.YEAR)
    year, week, _ = form.start.isocalendar()
    return f"{year - 1:04d}-W{min(week, weeks_in(year - 1)):02d}"


def place_in_year(form: Form, kind: YearKind) -> tuple[int, int]:
    """The place of the period, or of the end of a span, in its year, and how many the year has."""
    if form.is_span:
        form = read_form(form.text.rpartition(" to ")[2])
    if form.frequency is Frequency.TERM:
        return list(TERMS).index(form.text.rpartition(" ")[2]) + 1, len(TERMS)
    year = read_form(form_holding(Frequency.YEAR, form.end, kind))
    if form.frequency is Frequency.DAY:
        return (form.end - year.start).days + 1, (year.end - year.start).days + 1
    if form.frequency is Frequency.WEEK:
        first_sunday = year.start + (6 - year.start.weekday()) * _ONE_DAY
        return (form.end - first_sunday).days // 7 + 1, (year.end - first_sunday).days // 7 + 1
    length = MONTHS[form.frequency]
    months = month_number(form.end) - month_number(year.start) + 1
    return -(-months // length), 12 // length


def parts_of(whole: Form, frequency: Frequency, kind: YearKind) -> list[str]:
    """The forms of ``frequency`` whose last day falls in ``whole``, in order; none where they are longer."""
    return [part.text for part in _parts_backwards(whole, frequency, kind)][::-1]


def _parts_backwards(whole: Form, frequency: Frequency, kind: YearKind) -> Iterator[Form]:
    if _SHORTEST[frequency] > (whole.end - whole.start).days + 1:
        return
    part = read_form(form_holding(frequency, whole.end, kind))
    if part.end > whole.end:
        part = read_form(stepped(part, -1, frequency))
    # Two years overlap the two before, so they must begin in the whole as well.
    while (part.start if frequency is Frequency.TWO_YEAR else part.end) >= whole.start:
        yield part
        part = read_form(stepped(part, -1, frequency))
