"""The thread explorer: where to begin, and the columns up and down from anything."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from goldenthread.domain.words import Level
from goldenthread.history.clock import today
from goldenthread.measures.shown import Shown
from goldenthread.scorecards.queries.explorer import beginnings, columns_down, columns_up, found_for
from goldenthread.scorecards.queries.serving import Objectives, Told
from goldenthread.scorecards.queries.thread import Kind, Node, NotFound, Threads
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
    threads = stood_on(request)
    typed = request.GET.get("q", "").strip()
    begun = [] if typed else beginnings(threads)
    context = {
        "form": form,
        "typed": typed,
        "found": found_for(threads, typed),
        "beginnings": begun,
        "leading": leading_to(threads, [one.node for one in begun]),
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
    threads = stood_on(request)
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
        "leading": leading_to(threads, [found.start]).get(found.start.code),
    }
    return page(request, "scorecards/thread.html", context)


def leading_to(threads: Threads, nodes: Iterable[Node]) -> dict[str, Told]:
    """How many people's objectives lead to each priority among ``nodes``: as it is today, and of no other day."""
    priorities = [node.code for node in nodes if node.level == Level.PRIORITY]
    objectives = Objectives.read(threads.whole, threads.day) if priorities and threads.day == today() else None
    return {code: objectives.leading_to(code) for code in priorities} if objectives else {}


def day_asked(request: HttpRequest) -> date | None:
    """The day of ``on``; None, which is today, where it cannot be read."""
    said = request.GET.get("on", "").strip()
    for form in DAY_FORMS:
        try:
            return datetime.strptime(said, form).date()  # noqa: DTZ007 (a day has no zone)
        except ValueError:
            continue
    return None


def stood_on(request: HttpRequest) -> Threads:
    """The thread of the day asked for; of an earlier one with the statuses and the wording that stood at its end."""
    day = day_asked(request)
    then = None
    if day is not None and day < today():
        then = timezone.make_aware(datetime.combine(day, time.max))
    return Threads.read(day=day, as_at=then, visible=seen_by(request))


def on(day: date) -> str:
    """The query that keeps another day than today from page to page."""
    return "" if day == today() else f"?on={day.isoformat()}"
