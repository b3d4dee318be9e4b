"""When each stage of a year is due, and the windows that give groups of staff days of their own."""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import pairwise

from django.utils.translation import gettext as _

from goldenthread.accounts.models import User
from goldenthread.appraisals.models import Appraisal, AppraisalYear, Window
from goldenthread.council.models import Post, Unit
from goldenthread.council.roles import units_below
from goldenthread.history.acts import Refused, acting, keep


def change_dates(*, by: User | None, year: int, **dates: date) -> AppraisalYear:
    """Move the days by which the stages of a year are due. Raises Refused where they come out of their order."""
    refuse_out_of_order(dates)
    with acting(by=by, verb="change_appraisal_dates", object=f"appraisal year {year}") as change:
        row = AppraisalYear.objects.select_for_update().filter(pk=year).first()
        if row is None:
            raise Refused({"": _("That year is not on record.")})
        _date(row, dates)
        keep(row, change)
        return row


def add_window(
    *,
    by: User | None,
    year: AppraisalYear,
    title: str,
    objectives_due: date,
    mid_year_due: date,
    year_end_due: date,
    signed_due: date,
    tier: str = "",
    unit: str = "",
) -> Window:
    """Give a group of staff days of their own: a tier, a unit with all below it, or both; begun appraisals too."""
    dates = {
        "objectives_due": objectives_due,
        "mid_year_due": mid_year_due,
        "year_end_due": year_end_due,
        "signed_due": signed_due,
    }
    with acting(by=by, verb="add_appraisal_window", object=f"appraisal year {year.period}") as change:
        window = Window(year=year)
        _fill(window, title=title, tier=tier, unit=unit, dates=dates)
        keep(window, change)
        _find_windows_anew(year)
        return window


def change_window(*, by: User | None, window: int, title: str, tier: str = "", unit: str = "", **dates: date) -> Window:
    """Say anew whose days they are, and which. Raises Refused by the field."""
    with acting(by=by, verb="change_appraisal_window", object=f"window {window}") as change:
        row = _locked(window)
        _fill(row, title=title, tier=tier, unit=unit, dates=dates)
        keep(row, change)
        _find_windows_anew(row.year)
        return row


def remove_window(*, by: User | None, window: int) -> AppraisalYear:
    """Take a window away: its people are held to the next wider window, or to the year's own days."""
    with acting(by=by, verb="remove_appraisal_window", object=f"window {window}") as change:
        row = _locked(window)
        year = row.year
        row._history_date, row._history_user = change.at, change.by
        row.delete()
        _find_windows_anew(year)
        return year


def window_of(windows: Iterable[Window], post: Post, below: Mapping[int, frozenset[int]]) -> Window | None:
    """The window that fits ``post`` most closely: by unit and tier, by unit, by tier."""
    fitting = [
        window
        for window in windows
        if window.tier in ("", post.tier) and (window.unit_id is None or post.unit_id in below[window.unit_id])
    ]
    return min(
        fitting,
        key=lambda one: (len(below[one.unit_id]) if one.unit_id else len(below) + 1, not one.tier),
        default=None,
    )


def refuse_out_of_order(dates: Mapping[str, date]) -> None:
    names = list(dates)
    faults = {
        later: _("This comes before the stage above: choose a later day.")
        for earlier, later in pairwise(names)
        if dates[later] < dates[earlier]
    }
    if faults:
        raise Refused(faults)


def _locked(window: int) -> Window:
    row = Window.objects.select_for_update(of=("self",)).select_related("year").filter(pk=window).first()
    if row is None:
        raise Refused({"": _("That window is not on record.")})
    return row


def _fill(row: Window, *, title: str, tier: str, unit: str, dates: Mapping[str, date]) -> None:
    if not tier and not unit:
        raise Refused({"tier": _("Say whose days these are: a tier, a unit, or both.")})
    if Window.objects.filter(year=row.year, title=title.strip()).exclude(pk=row.pk).exists():
        raise Refused({"title": _("There is a window of that name in this year.")})
    refuse_out_of_order(dates)
    row.title, row.tier, row.unit = title.strip(), tier, Unit.objects.filter(code=unit).first()
    _date(row, dates)


def _date(row: AppraisalYear | Window, dates: Mapping[str, date]) -> None:
    for name, day in dates.items():
        setattr(row, name, day)


def _find_windows_anew(year: AppraisalYear) -> None:
    """Whoever is still to sign is held to the window that fits them now."""
    windows, below = list(year.windows.all()), units_below()
    moved = []
    rows = Appraisal.objects.select_for_update(of=("self",)).filter(year=year, closed_on__isnull=True)
    for row in rows.select_related("post"):
        found = window_of(windows, row.post, below)
        if row.done.signed_on is None and row.window_id != (found.pk if found else None):
            row.window = found
            moved.append(row)
    Appraisal.objects.bulk_update(moved, ["window"])
