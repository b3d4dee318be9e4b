"""My thread: what the reader's own posts answer for, as a page, and as the part of home that it is fetched for."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from goldenthread.council.roles import roles_of
from goldenthread.measures.shown import Shown
from goldenthread.scorecards.queries.my_thread import thread_of
from goldenthread.scorecards.queries.thread import Threads
from goldenthread.scorecards.views.plan import seen_by, told
from goldenthread.web.permission import requires
from goldenthread.web.render import page, render_block

TEMPLATE = "scorecards/my_thread.html"


@requires("plans.view_plan", navigation="home")
def my_thread(request: HttpRequest) -> HttpResponse:
    """What I answer for, each part with the line up to the priority it serves."""
    person = roles_of(request.user).person
    threads = Threads.read(visible=seen_by(request))
    context: dict[str, Any] = {
        "mine": thread_of(threads, person.code if person else ""),
        "person": person,
        "told": told,
        "shown": Shown(),
        "period": threads.period,
        "at_home": bool(getattr(request, "htmx", False)),
    }
    if context["at_home"]:
        return render_block(request, TEMPLATE, "mine", context)
    return page(request, TEMPLATE, context)
