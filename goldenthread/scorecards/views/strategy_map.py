"""The strategy map, with the same as a list beside it."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from goldenthread.charts.strategy_map import MapNode, strategy_map
from goldenthread.domain.words import RATED, Level, Status
from goldenthread.scorecards.queries.strategy_map import Mapped, mapped
from goldenthread.scorecards.queries.thread import Node, NotFound, Threads
from goldenthread.scorecards.views.explorer import stood_on
from goldenthread.scorecards.views.plan import told
from goldenthread.web.links import url_pattern
from goldenthread.web.permission import requires
from goldenthread.web.render import page
from goldenthread.web.words import STATUS_WORDS


class MapForm(forms.Form):
    def __init__(self, data: Any, threads: Threads, found: Mapped) -> None:
        super().__init__({"from": data.get("from", ""), "to": found.lowest})
        tops = threads.whole.level(Level.VISION, Level.PRIORITY, day=threads.day)
        known = {row.code for row in tops}
        asked = threads.whole.elements.get(data.get("from", ""))
        if asked is not None and asked.code not in known:
            tops.append(asked)
        self.fields["from"] = forms.ChoiceField(
            label=_("From"),
            required=False,
            choices=[("", _("The whole council")), *((row.code, row.title) for row in tops)],
        )
        self.fields["to"] = forms.ChoiceField(
            label=_("Down to"), required=False, choices=[(kind, kind) for kind in found.kinds]
        )


@requires("plans.view_plan", navigation="plans")
def strategy(request: HttpRequest) -> HttpResponse:
    """The elements of the plans in force as one picture, and as a list."""
    threads = stood_on(request)
    try:
        found = mapped(threads, request.GET.get("from", ""), request.GET.get("to", ""))
    except NotFound:
        raise Http404 from None
    context = {
        "found": found,
        "form": MapForm(request.GET, threads, found),
        "picture": drawn(found) if found.nodes else "",
        "told": told,
    }
    return page(request, "scorecards/strategy_map.html", context)


def drawn(found: Mapped) -> str:
    """The picture of a map."""
    address = url_pattern("scorecards:element")
    boxes = [
        MapNode(
            code=node.code,
            title=node.title,
            kind=node.label,
            said=_said(node),
            status=Status(node.status) if node.status in RATED else None,
            href=address(node.code),
        )
        for node in found.nodes
    ]
    return strategy_map(boxes, found.links, label=gettext("Strategy map; the same stands as a list below it"))


def _said(node: Node) -> str:
    if node.status in RATED:
        return str(STATUS_WORDS[Status(node.status)])
    counts = node.counts
    if counts and counts.rated:
        return gettext("%(on)s of %(rated)s on target") % {"on": counts.on_target, "rated": counts.rated}
    if counts and counts.carried:
        said = {"on": counts.carried_on_target, "carried": counts.carried}
        return gettext("%(on)s of %(carried)s on target, carried") % said
    return gettext("nothing rated") if counts and counts.total else gettext("no measure")
