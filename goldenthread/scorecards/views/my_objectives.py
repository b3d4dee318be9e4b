"""My objectives: what the reader set out to do this year, as a page, and as the part of home that it is fetched for."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from goldenthread.appraisals.views.sealed import sealed
from goldenthread.history.clock import today
from goldenthread.measures.shown import Shown
from goldenthread.scorecards.queries.my_objectives import my_appraisal, my_objectives
from goldenthread.scorecards.queries.thread import Threads
from goldenthread.scorecards.views.plan import seen_by, told
from goldenthread.web.permission import requires
from goldenthread.web.render import page, render_block

TEMPLATE = "scorecards/my_objectives.html"


@requires("appraisals.take_part", navigation="home")
@sealed
def objectives(request: HttpRequest) -> HttpResponse:
    """The reader's own objectives, with the figures of today and the line up to the priority of each."""
    appraisal = my_appraisal(request.user, today())
    threads = Threads.read(visible=seen_by(request)) if appraisal else None
    context: dict[str, Any] = {
        "appraisal": appraisal,
        "mine": my_objectives(appraisal, threads, reader=request.user) if appraisal and threads else [],
        "period": threads.period if threads else None,
        "told": told,
        "shown": Shown(),
        "links": request.user.has_perm("plans.view_plan"),
        "at_home": bool(getattr(request, "htmx", False)),
    }
    if context["at_home"]:
        return render_block(request, TEMPLATE, "mine", context)
    return page(request, TEMPLATE, context)
