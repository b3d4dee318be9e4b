"""One plan succeeds another: each element is carried over, merged with others or retired, and the thread goes on."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from goldenthread.accounts.models import User
from goldenthread.domain.graph import circle_in
from goldenthread.domain.words import ActionState, PlanState
from goldenthread.history.acts import Refused, acting, keep
from goldenthread.history.models import Change
from goldenthread.plans.models import Action, Element, Link, Plan
from goldenthread.plans.services.asked import hides_another, plan_to_change
from goldenthread.plans.services.links import hold_the_graph, links_of, overlapping


@dataclass(frozen=True, kw_only=True)
class Fate:
    """What becomes of ``elements``: one with a ``code`` is carried over under it, several are merged into it, and
    without a code they are retired. ``title`` is the new wording, else that of the first."""

    elements: Sequence[str]
    code: str = ""
    title: str = ""


@dataclass(frozen=True)
class Succession:
    """What was done: its Change, its first day, and the element that took over from each, None where it was retired."""

    change: Change
    starts: date
    onward: dict[str, Element | None]


def succeed_plan(
    *, by: User | None, plan: str, successor: str, starts: date, fates: Sequence[Fate], reason: str = ""
) -> Succession:
    """From ``starts`` on ``successor`` takes over from ``plan``; every running element of it needs a fate.

    Elements and links go on with the new plan, and so does what is still to be done: an action stays with the element
    for which it was promised until that is over, and is then done for the one that took over from it (plans.homes).
    As at an earlier day the thread is as it was.
    The measures of the elements are carried on by ``measures.services.succeed_plan``, which begins with this.
    Raises Refused for an element without a fate, a retired one with open actions, and a merge that closes a circle.
    """
    with acting(by=by, verb="succeed_plan", object=f"plan {plan}", reason=reason) as change:
        hold_the_graph()
        before, after = plan_to_change(plan), plan_to_change(successor)
        _follow(before, after, starts, change)
        running = _running(before, starts)
        _refuse_bad_fates(fates, running)
        onward: dict[str, Element | None] = {}
        for place, fate in enumerate(fates, 1):
            new = _element(fate, running[fate.elements[0]], after, starts, place, change)
            onward |= dict.fromkeys(fate.elements, new)
        for code, element in running.items():
            element.ends, element.succeeded_by = starts - timedelta(days=1), onward[code]
            element.edition += 1
            keep(element, change)
        _carry_links({running[code].pk: new for code, new in onward.items()}, starts, change)
        _refuse_open_actions({running[code].pk: new for code, new in onward.items()})
        return Succession(change, starts, onward)


def _follow(before: Plan, after: Plan, starts: date, change: Change) -> None:
    if after.pk == before.pk or after.state == PlanState.CLOSED:
        raise Refused({"successor": _("Choose another plan, one that is not closed.")})
    if after.succeeds_id not in (None, before.pk):
        raise Refused({"successor": _("That plan succeeds another one.")})
    if before.starts is not None and starts <= before.starts:
        raise Refused({"starts": _("The plan starts no earlier than that itself: choose a later day.")})
    after.succeeds = before
    keep(after, change)
    last_day = starts - timedelta(days=1)
    before.ends = min(before.ends, last_day) if before.ends else last_day
    keep(before, change)


def _running(plan: Plan, starts: date) -> dict[str, Element]:
    last_day = starts - timedelta(days=1)
    found = plan.elements.select_for_update().filter(
        Q(ends__isnull=True) | Q(ends__gte=last_day), succeeded_by__isnull=True
    )
    return {element.code: element for element in found.order_by("code")}


def _refuse_bad_fates(fates: Sequence[Fate], running: dict[str, Element]) -> None:
    named = Counter(code for fate in fates for code in fate.elements)
    unknown = sorted(set(named) - set(running))
    without = sorted(set(running) - set(named))
    twice = sorted(code for code, count in named.items() if count > 1)
    for codes, message in (
        (unknown, _("These are no running elements of the plan: %s.")),
        (without, _("Say what becomes of %s.")),
        (twice, _("Each element has one fate; these have more: %s.")),
    ):
        if codes:
            raise Refused({"fates": message % ", ".join(codes)})
    codes_of_new = Counter(fate.code for fate in fates if fate.code)
    doubled = sorted(code for code, count in codes_of_new.items() if count > 1)
    if doubled:
        raise Refused({"fates": _("Merge what goes on under one code in one fate: %s.") % ", ".join(doubled)})


def _element(fate: Fate, first: Element, plan: Plan, starts: date, place: int, change: Change) -> Element | None:
    """The element that takes over: the one of that code if the new plan has it already, else a new one."""
    if not fate.code:
        return None
    drafted = Element.objects.filter(code=fate.code).first()
    if drafted is not None:
        if drafted.plan_id != plan.pk:
            raise Refused({"fates": _("%s is in use already: choose another code.") % fate.code})
        return drafted
    if hides_another("scorecards:element", fate.code):
        raise Refused({"fates": _("“%s” stands in the address of another page: choose another code.") % fate.code})
    element = Element(
        code=fate.code,
        plan=plan,
        kind=first.kind,
        title=fate.title or first.title,
        description=first.description,
        owner=first.owner,
        roll_up=first.roll_up,
        order=place,
        starts=starts,
    )
    keep(element, change)
    return element


def _carry_links(onward: dict[int, Element | None], starts: date, change: Change) -> None:
    """End the links of the old elements the day before, and link their successors instead."""
    last_day = starts - timedelta(days=1)
    old = Q(above__in=onward) | Q(below__in=onward)
    links = Link.objects.select_related("above", "below").filter(old, overlapping(starts, None)).order_by("pk")
    for link in links:
        above, below = onward.get(link.above_id, link.above), onward.get(link.below_id, link.below)
        first_day = max(starts, link.starts) if link.starts else starts
        if link.starts is not None and link.starts >= starts:
            link._history_date, link._history_user = change.at, change.by
            link.delete()
        else:
            last, link.ends = link.ends, last_day
            keep(link, change)
            link.ends = last
        if above is None or below is None or above.pk == below.pk:
            continue
        if not Link.objects.filter(overlapping(first_day, link.ends), above=above, below=below).exists():
            keep(Link(above=above, below=below, weight=link.weight, starts=first_day, ends=link.ends), change)
    circle = circle_in(links_of(Link.objects.all()))
    if circle is not None:
        raise Refused({"fates": _("What you merge would go round in a circle: %s.") % " → ".join(circle)})


def _refuse_open_actions(onward: dict[int, Element | None]) -> None:
    """What is still to be done is done for the successor; what is retired has none."""
    retired = [key for key, new in onward.items() if new is None]
    left = Action.objects.select_for_update().filter(
        element__in=retired, state__in=(ActionState.PLANNED, ActionState.UNDER_WAY)
    )
    codes = list(left.order_by("code").values_list("code", flat=True))
    if codes:
        message = _("There is still something to do for what you retire: finish, cancel or move %s first.")
        raise Refused({"fates": message % ", ".join(codes)})
