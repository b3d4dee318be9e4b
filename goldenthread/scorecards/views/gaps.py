"""Gaps in the thread, by directorate, each with the one thing to do that closes it."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goldenthread.council.models import Role, Unit
from goldenthread.council.roles import EVERYWHERE, roles_of
from goldenthread.history.clock import today
from goldenthread.scorecards.queries.gaps import Gap, Gaps, gaps_of, with_people
from goldenthread.scorecards.queries.thread import Kind
from goldenthread.scorecards.queries.whole import Whole, read_whole
from goldenthread.web.links import url, url_pattern
from goldenthread.web.permission import requires
from goldenthread.web.render import page
from goldenthread.web.sheets import TYPES, download

COLUMNS = [
    (gettext_lazy("Gap"), 32),
    (gettext_lazy("Code"), 14),
    (gettext_lazy("What"), 50),
    (gettext_lazy("Whose"), 28),
    (gettext_lazy("Directorate"), 28),
    (gettext_lazy("What is missing"), 50),
]
WRITES_PLANS = (Role.ADMINISTRATOR, Role.PERFORMANCE_OFFICER, Role.HEAD_OF_SERVICE)


@requires("plans.view_plan", navigation="plans")
def gaps(request: HttpRequest) -> HttpResponse:
    """Where the thread is broken, how much of it holds, and what to do about each break."""
    whole, day = read_whole(today()), today()
    unit = request.GET.get("unit", "")
    found = with_people(gaps_of(whole, day, unit if unit in whole.units else ""), whole)
    if request.GET.get("format") in TYPES:
        return download(request.GET["format"], _("Gaps"), COLUMNS, _rows(found))
    closing = Closing(whole, request.user)
    directorates = [one for one in found.directorates if one.code or one.gaps]
    context: dict[str, Any] = {
        "found": found,
        "directorates": directorates,
        "unit": whole.units.get(found.unit),
        "everywhere": gaps_of(whole, day).directorates if found.unit else found.directorates,
        "titles": {check.name: check.title for check in found.checks},
        "to_close": closing.to_close,
        "address": address_of(),
    }
    return page(request, "scorecards/gaps.html", context)


def address_of() -> Callable[[Gap], str]:
    """Gives the page of the thing that has a gap."""
    patterns = {
        Kind.ELEMENT: url_pattern("scorecards:element"),
        Kind.MEASURE: url_pattern("measures:measure"),
        Kind.ACTION: url_pattern("plans:action"),
        Kind.UNIT: url_pattern("scorecards:unit"),
    }
    return lambda gap: patterns[gap.kind](gap.code)


def _rows(found: Gaps) -> list[list[str]]:
    titles = {check.name: check.title for check in found.checks}
    return [[titles[gap.check], gap.code, gap.title, gap.unit, gap.directorate, gap.missing] for gap in found.gaps]


class Closing:
    """What closes a gap, for somebody who may do it."""

    def __init__(self, whole: Whole, user: Any) -> None:
        self.whole = whole
        self.done_for = whole.actions_on(today())
        covered = [roles_of(user).units[role] for role in WRITES_PLANS if role in roles_of(user).units]
        if EVERYWHERE in covered:
            self.own: frozenset[str] | None = None
        else:
            keys: frozenset[int] = frozenset().union(*(units for units in covered if units))
            self.own = (
                frozenset(Unit.objects.filter(pk__in=keys).values_list("code", flat=True)) if keys else frozenset()
            )

    def to_close(self, gap: Gap) -> tuple[str, str] | None:
        """The one thing to do, and where; None where the reader may not."""
        if not self._may(gap):
            return None
        text, address = _CLOSES[gap.check](self.whole, gap.code)
        return text, address

    def _may(self, gap: Gap) -> bool:
        if self.own is None:
            return True
        whole = self.whole
        if gap.kind == "measure":
            return bool(self.own)
        if gap.kind == "unit":
            return gap.code in self.own
        element = self.done_for[gap.code].element if gap.kind == "action" else gap.code
        return whole.plans[whole.elements[element].plan].unit in self.own


def _plan(whole: Whole, unit: str) -> tuple[str, str]:
    """Move a drafted plan on, or begin one."""
    drafted = [row for row in whole.plans.values() if row.unit == unit and row.state in ("draft", "consulted")]
    if drafted:
        return _("Move its plan on"), url_pattern("plans:plan-step")(drafted[-1].code)
    return _("Begin its plan"), f"{url('plans:new-plan')}?unit={quote(unit)}"


_CLOSES: dict[str, Callable[[Whole, str], tuple[str, str]]] = {
    "priority_without_measure": lambda _whole, code: (
        _("Link a measure"),
        url_pattern("scorecards:link-measure")(code),
    ),
    "objective_without_owner": lambda _whole, code: (
        _("Give it an owner"),
        url_pattern("plans:change-element")(code) + "#id_owner",
    ),
    "measure_serving_nothing": lambda _whole, code: (_("Say what it shows"), url_pattern("scorecards:serve")(code)),
    "action_without_date": lambda _whole, code: (
        _("Give it a date"),
        url_pattern("plans:change-action")(code) + "#id_due",
    ),
    "objective_of_closed_plan": lambda whole, code: _relink(whole, code),
    "service_without_plan": _plan,
}


def _relink(whole: Whole, code: str) -> tuple[str, str]:
    """End the link to what is over; where it serves something else too, that is all there is to do."""
    day = today()
    above = [link.above for link in whole.links if link.below == code and link.holds_on(day)]
    over = [one for one in above if whole.is_closed(whole.elements[one].plan, day)]
    if len(above) > len(over):
        return _("End the link to it"), url_pattern("plans:unlink", 2)(code, over[0])
    return _("Say what it serves now"), url_pattern("plans:link")(code)
