"""Elements: what a plan says, in kinds of the council's own; judged and commented on by those who answer for them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from goldenthread.accounts.models import User
from goldenthread.domain.periods import Period, PeriodError
from goldenthread.domain.words import RATED, Level, PlanState, RollUp
from goldenthread.history.acts import Refused, Superseded, acting, keep
from goldenthread.plans.models import Element, ElementCommentary, ElementJudgement, ElementKind
from goldenthread.plans.services.asked import (
    element_to_change,
    hides_another,
    kind_of,
    missing,
    plan_to_change,
    post_of,
    refuse_closed,
    refuse_if,
    taken,
    wrong_way_round,
)


def add_element_kind(
    *, by: User | None, code: str, title: str, counts_as: str = "", order: int | None = None
) -> ElementKind:
    """Give the council's name to a kind of element; ``counts_as`` is by what gaps are found."""
    faults = missing(code=code, title=title) | taken(ElementKind, code)
    if counts_as and counts_as not in list(Level):
        faults["counts_as"] = _("Choose one of %s.") % ", ".join(Level)
    refuse_if(faults)
    with acting(by=by, verb="add_element_kind", object=f"element kind {code}") as change:
        if order is None:
            order = (ElementKind.objects.aggregate(last=Max("order"))["last"] or 0) + 1
        kind = ElementKind(code=code, title=title, counts_as=counts_as, order=order)
        keep(kind, change)
        return kind


def add_element(
    *,
    by: User | None,
    plan: str,
    code: str,
    kind: str,
    title: str,
    description: str = "",
    owner: str = "",
    roll_up: str = RollUp.COUNTS,
    starts: date | None = None,
    ends: date | None = None,
    reason: str = "",
) -> Element:
    """Add an element to a plan that is not closed. Raises Refused by the field."""
    faults = (
        missing(code=code, title=title) | taken(Element, code) | wrong_way_round(starts, ends) | _bad_roll_up(roll_up)
    )
    refuse_if(faults | hides_another("scorecards:element", code))
    with acting(by=by, verb="add_element", object=f"element {code}", reason=reason) as change:
        found = plan_to_change(plan)
        if found.state == PlanState.CLOSED:
            raise Refused({"plan": _("That plan is closed.")})
        element = Element(
            code=code,
            plan=found,
            kind=kind_of(kind),
            title=title,
            description=description,
            owner=post_of(owner),
            roll_up=roll_up,
            order=(found.elements.aggregate(last=Max("order"))["last"] or 0) + 1,
            starts=starts,
            ends=ends,
        )
        keep(element, change)
        return element


def change_element(
    *, by: User | None, element: str, changes: Mapping[str, Any], reason: str = "", edition: int | None = None
) -> Element:
    """Change an element's wording, kind, owner, roll-up, order or dates; kinds and owners by code.

    ``edition`` is the one the person saw. Raises Superseded where somebody else saved first, Refused by the
    field and where the plan is closed.
    """
    with acting(by=by, verb="change_element", object=f"element {element}", reason=reason) as change:
        found = _open_element(element)
        if edition is not None and edition != found.edition:
            raise Superseded({"": _("Somebody changed this while you were writing: look at theirs first.")})
        for name, value in changes.items():
            setattr(found, name, {"owner": post_of, "kind": kind_of}.get(name, lambda value: value)(value))
        refuse_if(missing(title=found.title) | wrong_way_round(found.starts, found.ends) | _bad_roll_up(found.roll_up))
        found.edition += 1
        keep(found, change)
        return found


def judge_element(
    *, by: User | None, element: str, period: str, status: str, reason: str, expires: date
) -> ElementJudgement:
    """Give an element a status until a day, with a reason. It is shown where the element's roll-up is judged."""
    faults = missing(reason=reason) | _bad_period(period)
    if status not in list(RATED):
        faults["status"] = _("Choose a colour.")
    refuse_if(faults)
    with acting(by=by, verb="judge_element", object=f"element {element}", reason=reason) as change:
        if expires < change.at.date():
            raise Refused({"expires": _("Choose a day to come.")})
        return ElementJudgement.objects.create(
            element=_open_element(element),
            period=period,
            status=status,
            reason=reason,
            by_name=change.by_name,
            expires=expires,
            entered_at=change.at,
            change=change,
        )


def write_element_commentary(*, by: User | None, element: str, period: str, comment: str) -> ElementCommentary:
    """Say how an element is going in a period. Later commentary on the same period supersedes it."""
    refuse_if(missing(comment=comment) | _bad_period(period))
    with acting(by=by, verb="write_element_commentary", object=f"element {element}") as change:
        return ElementCommentary.objects.create(
            element=_open_element(element),
            period=period,
            comment=comment,
            by_name=change.by_name,
            entered_at=change.at,
            change=change,
        )


def _open_element(code: str) -> Element:
    element = element_to_change(code)
    refuse_closed(element)
    return element


def _bad_roll_up(roll_up: str) -> dict[str, str]:
    return {} if roll_up in list(RollUp) else {"roll_up": _("Choose how its status follows from what serves it.")}


def _bad_period(period: str) -> dict[str, str]:
    try:
        Period.parse(period)
    except PeriodError as fault:
        return {"period": str(fault)}
    return {}
