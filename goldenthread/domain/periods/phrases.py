"""Periods in words for people, in full and short enough for a column heading."""

from collections.abc import Callable

from goldenthread.domain.periods.forms import Form, read_form
from goldenthread.domain.words import Frequency, YearKind

Translate = Callable[[str], str]


def _(text: str) -> str:
    """Mark ``text`` for extraction; it is translated where it is used."""
    return text


_MONTHS = (
    *(_("January"), _("February"), _("March"), _("April"), _("May"), _("June")),
    *(_("July"), _("August"), _("September"), _("October"), _("November"), _("December")),
)
_SHORT_MONTHS = (
    *(_("Jan"), _("Feb"), _("Mar"), _("Apr"), _("May"), _("Jun")),
    *(_("Jul"), _("Aug"), _("Sep"), _("Oct"), _("Nov"), _("Dec")),
)
_FROM_TO = _("{first} to {last}")
_DIVISIONS = {
    "H1": _("First half of {year} ({days})"),
    "H2": _("Second half of {year} ({days})"),
    "Q1": _("Quarter 1 {year} ({days})"),
    "Q2": _("Quarter 2 {year} ({days})"),
    "Q3": _("Quarter 3 {year} ({days})"),
    "Q4": _("Quarter 4 {year} ({days})"),
    "T1": _("First four months of {year} ({days})"),
    "T2": _("Second four months of {year} ({days})"),
    "T3": _("Last four months of {year} ({days})"),
    "academic autumn": _("Autumn term {year} ({days})"),
    "academic spring": _("Spring term {year} ({days})"),
    "academic summer": _("Summer term {year} ({days})"),
    "academic": _("Academic year {year} ({days})"),
    "": "{year} ({days})",
}
_SHORT_DIVISIONS = {
    "academic autumn": _("Autumn {year}"),
    "academic spring": _("Spring {year}"),
    "academic summer": _("Summer {year}"),
    "academic": _("{year} academic"),
    "": "{year}",
}


def in_words(form: Form, translate: Translate) -> str:
    """Quarter 3 2018/19 (October to December 2018), October 2018, 2014/15 to 2016/17 (April 2014 to March 2017)"""
    days = _days(form, translate)
    if form.frequency in (Frequency.MONTH, Frequency.DAY):
        return days
    if form.is_span:
        return f"{in_short_words(form, translate)} ({days})"
    if form.frequency is Frequency.WEEK:
        year, week, _day = form.start.isocalendar()
        return translate(_("Week {number} {year} ({days})")).format(number=week, year=year, days=days)
    year_text, _space, division = form.text.partition(" ")
    return translate(_DIVISIONS[division]).format(year=year_text, days=days)


def in_short_words(form: Form, translate: Translate) -> str:
    """'Q3 2018/19', 'Oct 2018', '2014/15 to 2016/17'"""
    if form.is_span:
        first, last = (in_short_words(read_form(end), translate) for end in form.text.split(" to "))
        return translate(_FROM_TO).format(first=first, last=last)
    if form.frequency is Frequency.WEEK:
        year, week, _day = form.start.isocalendar()
        return translate(_("Week {number} {year}")).format(number=week, year=year)
    if form.frequency in (Frequency.MONTH, Frequency.DAY):
        month = f"{translate(_SHORT_MONTHS[form.end.month - 1])} {form.end.year}"
        return f"{form.end.day} {month}" if form.frequency is Frequency.DAY else month
    year_text, _space, division = form.text.partition(" ")
    if form.year_kind is YearKind.ACADEMIC or not division:
        return translate(_SHORT_DIVISIONS[division]).format(year=year_text)
    return f"{division} {year_text}"


def _days(form: Form, translate: Translate) -> str:
    """'October to December 2018', 'April 2018 to March 2019', '15 to 21 October 2018'"""
    start, end = form.start, form.end
    one_year, one_month = start.year == end.year, (start.year, start.month) == (end.year, end.month)
    last = f"{translate(_MONTHS[end.month - 1])} {end.year}"
    first = translate(_MONTHS[start.month - 1]) + ("" if one_year else f" {start.year}")
    if form.frequency in (Frequency.DAY, Frequency.WEEK):
        last = f"{end.day} {last}"
        first = f"{start.day}" if one_month else f"{start.day} {first}"
        return last if start == end else translate(_FROM_TO).format(first=first, last=last)
    return last if one_month else translate(_FROM_TO).format(first=first, last=last)
