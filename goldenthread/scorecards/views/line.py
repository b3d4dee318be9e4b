"""What a measure serves: the lines from the top down to it, as a page and as a part of the measure's own."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from goldenthread.measures.models import Measure
from goldenthread.measures.rules import visible_to
from goldenthread.scorecards.queries.plan import lines_up
from goldenthread.scorecards.queries.thread import Threads
from goldenthread.scorecards.views.plan import seen_by
from goldenthread.web.permission import requires
from goldenthread.web.render import page, render_block

TEMPLATE = "scorecards/line.html"


@requires("plans.view_plan", navigation="measures")
def line(request: HttpRequest, code: str) -> HttpResponse:
    """The elements that a measure shows, each with its line up to the top."""
    measure = get_object_or_404(Measure.objects.filter(visible_to(request.user)), code=code)
    threads = Threads.read(visible=seen_by(request))
    shown = [row.element for row in threads.whole.shown(threads.day) if row.measure == code]
    context: dict[str, Any] = {
        "measure": measure,
        "lines": [nodes for element in shown for nodes in lines_up(threads, element)],
        "shown": shown,
        "is_current": code in threads.lines,
        "within": bool(getattr(request, "htmx", False)),
        "may_link": not measure.ends and request.user.has_perm("plans.change_element"),
    }
    if context["within"]:
        return render_block(request, TEMPLATE, "line", context)
    return page(request, TEMPLATE, context)
