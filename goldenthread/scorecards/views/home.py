"""Home: what to do next."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldenthread.appraisals.queries.waiting import Waiting, waiting
from goldenthread.council.models import Role
from goldenthread.council.roles import roles_of
from goldenthread.history.clock import today
from goldenthread.measures.queries.owed import Wanted
from goldenthread.scorecards.queries.home import Home, has_roles, has_units
from goldenthread.scorecards.queries.home import home as home_of
from goldenthread.scorecards.telling import Telling
from goldenthread.web import render
from goldenthread.web.permission import public

#: How many rows of each list stand on the page; the board has them all.
ROWS = 12


@public
def home(request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        return render.page(request, "scorecards/welcome.html")
    if not has_roles(request.user):
        return render.page(request, "scorecards/home.html", {"without_roles": True})
    found, roles = home_of(request.user), roles_of(request.user)
    takes_part = request.user.has_perm("appraisals.take_part")
    steps = waiting(request.user, today()) if takes_part else []
    officer = roles.has(Role.ADMINISTRATOR, Role.PERFORMANCE_OFFICER)
    context: dict[str, Any] = {
        "home": found,
        "officer": officer,
        "administrator": roles.has(Role.ADMINISTRATOR),
        "begins": not found.lines and not has_units(),
        "works": bool(found.answerable) or found.enters,
        "steps": steps,
        "to_do": in_order(found.mine_wanted[:ROWS], steps),
        "said": said(found, officer, len(steps)),
        "shown": Telling(),
        "has_thread": bool(roles.posts) and request.user.has_perm("plans.view_plan"),
        "has_objectives": takes_part,
        "rows": ROWS,
    }
    return render.page(request, "scorecards/home.html", context)


#: Open to all; of those signed in it lights Home.
home.navigation = "home"


def in_order(wanted: Sequence[Wanted], steps: Sequence[Waiting]) -> list[Wanted | Waiting]:
    """Figures and steps of appraisals, the longest due first; what has no day stands where today would."""
    return sorted([*wanted, *steps], key=lambda one: one.due or today())


def said(found: Home, officer: bool, steps: int) -> str:
    """In a sentence, what there is to do."""
    wanted = found.wanted if officer else found.mine_wanted
    told = []
    if wanted:
        told.append(ngettext("%(n)d figure to come", "%(n)d figures to come", len(wanted)) % {"n": len(wanted)})
    overdue = sum(1 for one in wanted if one.status == "overdue")
    if overdue:
        told.append(ngettext("%(n)d of them overdue", "%(n)d of them overdue", overdue) % {"n": overdue})
    if found.unexplained:
        number = len(found.unexplained)
        text = ngettext("%(n)d off target with nothing written", "%(n)d off target with nothing written", number)
        told.append(text % {"n": number})
    if steps:
        text = ngettext("%(n)d step of an appraisal to take", "%(n)d steps of appraisals to take", steps)
        told.append(text % {"n": steps})
    return ", ".join(told) + "." if told else _("Nothing waits for you.") if found.answerable or wanted else ""
