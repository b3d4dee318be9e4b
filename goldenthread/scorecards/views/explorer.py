"""The thread explorer: where to begin, and the columns up and down from anything."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from goldenthread.history.clock import today
from goldenthread.measures.shown import Shown
from goldenthread.scorecards.queries.explorer import beginnings, columns_down, columns_up, found_for
from goldenthread.scorecards.queries.thread import Kind, NotFound, Threads
from goldenthread.scorecards.views.plan import seen_by, told
from goldenthread.web.forms import DAY_FORMS, DayField
from goldenthread.web.permission import requires
from goldenthread.web.render import page


class SearchInput(forms.TextInput):
    input_type = "search"


class BeginForm(forms.Form):
    q = forms.CharField(
        label=_("Find an objective, measure, action, unit or person"), required=False, widget=SearchInput
    )
    on = DayField(label=_("As it was on"), required=False)


@requires("plans.view_plan", navigation="plans")
def explore(request: HttpRequest) -> HttpResponse:
    """Where to begin: the priorities, or whatever is looked for."""
    form = BeginForm(request.GET)
    threads = Threads.read(day=day_asked(request), visible=seen_by(request))
    typed = request.GET.get("q", "").strip()
    context = {
        "form": form,
        "typed": typed,
        "found": found_for(threads, typed),
        "beginnings": [] if typed else beginnings(threads),
        "day": threads.day,
        "on": on(threads.day),
        "told": told,
    }
    return page(request, "scorecards/explore.html", context)


@requires("plans.view_plan", navigation="plans")
def thread(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """From anything, up to the priorities it serves and down to everything that serves it."""
    if kind not in list(Kind):
        raise Http404
    threads = Threads.read(day=day_asked(request), visible=seen_by(request))
    try:
        found = threads.of(code, kind=kind)
    except NotFound:
        raise Http404 from None
    everything = bool(request.GET.get("all"))
    context: dict[str, Any] = {
        "thread": found,
        "up": columns_up(found, everything=everything),
        "down": columns_down(found, everything=everything),
        "form": BeginForm(request.GET),
        "on": on(threads.day),
        "told": told,
        "shown": Shown(),
        "is_today": threads.day == today(),
    }
    return page(request, "scorecards/thread.html", context)


def day_asked(request: HttpRequest) -> date | None:
    """The day of ``on``; None, which is today, where it cannot be read."""
    said = request.GET.get("on", "").strip()
    for form in DAY_FORMS:
        try:
            return datetime.strptime(said, form).date()  # noqa: DTZ007 (a day has no zone)
        except ValueError:
            continue
    return None


def on(day: date) -> str:
    """The query that keeps another day than today from page to page."""
    return "" if day == today() else f"?on={day.isoformat()}"
