"""One year set up by human resources: its days, templates and windows, and who is left out of its counts."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from goldenthread.appraisals import services
from goldenthread.appraisals.forms import DatesForm, LeaveOutForm, WindowForm
from goldenthread.appraisals.models import AppraisalYear, Window
from goldenthread.appraisals.queries.team import appraisals
from goldenthread.appraisals.queries.years import people_of, set_up
from goldenthread.history.acts import Refused
from goldenthread.history.clock import today
from goldenthread.web.permission import requires, signed_in
from goldenthread.web.posting import posted
from goldenthread.web.render import page

DATES = ("objectives_due", "mid_year_due", "year_end_due", "signed_due")
#: As many people as a page shows: beyond, one searches.
SHOWN = 50


@requires("appraisals.run_year", navigation="appraisals")
def year(request: HttpRequest, key: int) -> HttpResponse:
    row = get_object_or_404(AppraisalYear, pk=key)
    day = today()
    return page(request, "appraisals/year.html", {"year": row, "set_up": set_up(row, day), "today": day})


@requires("appraisals.run_year", navigation="appraisals")
def dates(request: HttpRequest, key: int) -> HttpResponse:
    row = get_object_or_404(AppraisalYear, pk=key)
    form = DatesForm(request.POST if request.method == "POST" else None, initial=_dates_of(row))
    if form.is_bound and form.is_valid():
        try:
            services.change_dates(by=signed_in(request), year=key, **form.cleaned_data)
        except Refused as refused:
            form.take(refused)
        else:
            messages.success(request, _("The days are moved."))
            return redirect("appraisals:year", key)
    return _form(request, row, form, _("Change the days"), _("Keep the days"))


@requires("appraisals.run_year", navigation="appraisals")
def new_window(request: HttpRequest, key: int) -> HttpResponse:
    row = get_object_or_404(AppraisalYear, pk=key)
    form = WindowForm(request.POST if request.method == "POST" else None, initial=_dates_of(row))
    if form.is_bound and form.is_valid():
        try:
            services.add_window(by=signed_in(request), year=row, **form.cleaned_data)
        except Refused as refused:
            form.take(refused)
        else:
            messages.success(request, _("They have days of their own."))
            return redirect("appraisals:year", key)
    return _form(request, row, form, _("Give a group its own days"), _("Keep the window"))


@requires("appraisals.run_year", navigation="appraisals")
def window(request: HttpRequest, key: int) -> HttpResponse:
    row = get_object_or_404(Window.objects.select_related("year", "unit"), pk=key)
    whose = {"title": row.title, "tier": row.tier, "unit": row.unit.code if row.unit else ""}
    form = WindowForm(request.POST if request.method == "POST" else None, initial=_dates_of(row) | whose)
    if form.is_bound and form.is_valid():
        try:
            services.change_window(by=signed_in(request), window=key, **form.cleaned_data)
        except Refused as refused:
            form.take(refused)
        else:
            messages.success(request, _("The window is kept."))
            return redirect("appraisals:year", row.year_id)
    return _form(request, row.year, form, row.title, _("Keep the window"), window=row)


@requires("appraisals.run_year", navigation="appraisals")
@posted(form_at="appraisals:window")
def remove_window(request: HttpRequest, key: int) -> HttpResponse:
    try:
        of = services.remove_window(by=signed_in(request), window=key)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("appraisals:years")
    messages.success(request, _("The window is taken away: its people are held to the days of the year again."))
    return redirect("appraisals:year", of.pk)


@requires("appraisals.run_year", navigation="appraisals")
def people(request: HttpRequest, key: int) -> HttpResponse:
    """Whose appraisals there are, to leave somebody out of the counts or count them again."""
    row = get_object_or_404(AppraisalYear, pk=key)
    name, only = request.GET.get("q", "").strip(), request.GET.get("left-out") == "on"
    found = list(people_of(row, today(), name=name, left_out=only)[: SHOWN + 1])
    context = {
        "year": row,
        "people": found[:SHOWN],
        "more": len(found) > SHOWN,
        "q": name,
        "only": only,
        "today": today(),
    }
    return page(request, "appraisals/people.html", context)


@requires("appraisals.run_year", navigation="appraisals")
def leave_out(request: HttpRequest, key: int) -> HttpResponse:
    """Leave an appraisal out of the counts, or count it again; nothing written in it is shown here."""
    row = get_object_or_404(appraisals(), pk=key)
    now = row.why_left_out(today())
    form = LeaveOutForm(
        request.POST if request.method == "POST" else None,
        initial={"why": now.why, "until": now.until} if now else {},
    )
    if request.method == "POST" and "again" in request.POST:
        services.leave_out(by=signed_in(request), appraisal=key, why="")
        messages.success(request, _("%s is counted again.") % row.person.name)
        return redirect("appraisals:people", row.year_id)
    if form.is_bound and form.is_valid():
        try:
            services.leave_out(by=signed_in(request), appraisal=key, **form.cleaned_data)
        except Refused as refused:
            form.take(refused)
        else:
            messages.success(request, _("%s is left out of the counts.") % row.person.name)
            return redirect("appraisals:people", row.year_id)
    return page(request, "appraisals/leave_out.html", {"appraisal": row, "form": form, "left_out": now is not None})


def _dates_of(row: AppraisalYear | Window) -> dict[str, Any]:
    return {name: getattr(row, name) for name in DATES}


def _form(
    request: HttpRequest, row: AppraisalYear, form: Any, title: str, save: str, *, window: Window | None = None
) -> HttpResponse:
    context = {"year": row, "form": form, "title": title, "save": save, "window": window}
    return page(request, "appraisals/year_form.html", context)
