"""Scorecards by unit: every unit with its measures counted, and one unit with its board and its people."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from goldenthread.council.models import Unit
from goldenthread.council.roles import units_below
from goldenthread.domain.periods import Period, PeriodError
from goldenthread.domain.words import Frequency
from goldenthread.history.clock import today
from goldenthread.measures.lines import writer
from goldenthread.measures.models import Measure
from goldenthread.measures.queries.board import board
from goldenthread.measures.rules import visible_to
from goldenthread.measures.shown import Shown
from goldenthread.plans.words import PLAN_STATES
from goldenthread.scorecards.queries.units import children_of, people_of, plans_of, standings
from goldenthread.web.links import url_pattern
from goldenthread.web.permission import requires
from goldenthread.web.render import page


@requires("council.view_unit", navigation="scorecards")
def units(request: HttpRequest) -> HttpResponse:
    """Every unit, and how its measures stand where it has any."""
    period = _period(request)
    lines = board(Measure.objects.filter(visible_to(request.user)), period).lines
    context = {"standings": standings(lines, today()), "period": period, "shown": Shown()}
    return page(request, "scorecards/units.html", context)


@requires("council.view_unit", navigation="scorecards")
def unit(request: HttpRequest, code: str) -> HttpResponse:
    """One unit: its measures with those of all below it, and who holds its posts."""
    row = get_object_or_404(Unit.objects.select_related("parent", "succeeded_by"), code=code)
    period, below = _period(request), units_below()[row.pk]
    whole = board(Measure.objects.filter(visible_to(request.user), unit__in=below), period)
    shown = Shown()
    context: dict[str, Any] = {
        "unit": row,
        "period": period,
        "shown": shown,
        "lines": whole.lines,
        "rows": writer(period, url_pattern("measures:measure"), shown).rows(whole.lines),
        "counts": whole.counts,
        "children": children_of(row, today()),
        "plans": plans_of(row, today()),
        "states": PLAN_STATES,
        "people": people_of([row.pk], today()),
    }
    return page(request, "scorecards/unit.html", context)


def _period(request: HttpRequest) -> Period:
    """The period asked for, else the quarter that ended last."""
    asked = request.GET.get("period")
    if not asked:
        return Period.of(Frequency.QUARTER, today()).previous()
    try:
        return Period.parse(asked)
    except PeriodError as fault:
        raise Http404(str(fault)) from None
