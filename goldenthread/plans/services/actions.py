"""Actions: progress reported, dates put off only with somebody else's approval, completed with a mark of its own."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from goldenthread.accounts.models import User
from goldenthread.domain.words import ActionState
from goldenthread.history.acts import Refused, acting, keep
from goldenthread.history.models import Change
from goldenthread.plans.models import Action, ActionProgress, Element, Milestone, Rescheduling
from goldenthread.plans.services.asked import (
    action_to_change,
    element_to_change,
    hides_another,
    missing,
    post_of,
    refuse_closed,
    refuse_if,
    taken,
    wrong_way_round,
)

Step = Rescheduling.Step


def add_action(
    *,
    by: User | None,
    code: str,
    element: str,
    title: str,
    owner: str = "",
    starts: date | None = None,
    due: date | None = None,
    reason: str = "",
) -> Action:
    """Promise something for an element by ``due``, which stays its original date.

    Raises Refused by the field, for an element of a closed plan too.
    """
    faults = missing(code=code, title=title) | taken(Action, code) | hides_another("plans:action", code)
    refuse_if(faults | wrong_way_round(starts, due, "due"))
    with acting(by=by, verb="add_action", object=f"action {code}", reason=reason) as change:
        action = Action(
            code=code,
            element=_of_open_plan(element),
            title=title,
            owner=post_of(owner),
            starts=starts,
            original_due=due,
            due=due,
        )
        keep(action, change)
        return action


def change_action(*, by: User | None, action: str, changes: Mapping[str, Any], reason: str = "") -> Action:
    """Change an action's title, element, owner or start, or give it the date it lacked.

    A date that is there is put off by asking (``ask_to_reschedule``): changing it here is refused.
    """
    with acting(by=by, verb="change_action", object=f"action {action}", reason=reason) as change:
        found = action_to_change(action)
        for name, value in changes.items():
            _set(found, name, value)
        refuse_if(missing(title=found.title) | wrong_way_round(found.starts, found.original_due, "due"))
        keep(found, change)
        return found


def _set(action: Action, name: str, value: Any) -> None:
    if name == "due":
        if action.original_due is not None and value != action.due:
            raise Refused({"due": _("It has a date: ask to re-schedule it, with a reason.")})
        action.original_due = action.due = value
    elif name in ("title", "starts"):
        setattr(action, name, value)
    elif name == "owner":
        action.owner = post_of(value)
    elif name == "element":
        action.element = action.element if value == action.element.code else _of_open_plan(value)
    else:
        raise Refused({name: _("This cannot be changed here.")})


def _of_open_plan(code: str) -> Element:
    element = element_to_change(code)
    refuse_closed(element, "element")
    return element


def report_progress(*, by: User | None, action: str, progress: int | None = None, note: str = "") -> ActionProgress:
    """Say how far an action has come, in per cent. Finishing it is another act (``complete_action``)."""
    if progress is None and not note.strip():
        raise Refused({"progress": _("Say how far it has come, or write a note.")})
    if progress is not None and not 0 <= progress <= 100:
        raise Refused({"progress": _("Write a whole number from 0 to 100.")})
    with acting(by=by, verb="report_progress", object=f"action {action}", reason=note) as change:
        found = _open_action(action)
        found.state = ActionState.UNDER_WAY
        if progress is not None:
            found.progress = progress
        keep(found, change)
        return _said(found, note, change)


def complete_action(*, by: User | None, action: str, completed_on: date, note: str = "") -> ActionProgress:
    """Mark an action as complete since a day."""
    with acting(by=by, verb="complete_action", object=f"action {action}", reason=note) as change:
        found = _open_action(action)
        if completed_on > change.at.date():
            raise Refused({"completed_on": _("That day is still to come.")})
        found.state, found.progress, found.completed_on = ActionState.COMPLETE, 100, completed_on
        keep(found, change)
        return _said(found, note, change)


def cancel_action(*, by: User | None, action: str, reason: str) -> ActionProgress:
    """Give an action up, with a reason. It stays on the record."""
    refuse_if(missing(reason=reason))
    with acting(by=by, verb="cancel_action", object=f"action {action}", reason=reason) as change:
        found = _open_action(action)
        found.state = ActionState.CANCELLED
        keep(found, change)
        return _said(found, reason, change)


def ask_to_reschedule(*, by: User | None, action: str, due: date, reason: str) -> Rescheduling:
    """Ask for another date. Until somebody else approves it the action keeps the one it has."""
    refuse_if(missing(reason=reason))
    with acting(by=by, verb="ask_to_reschedule", object=f"action {action}", reason=reason) as change:
        found = _open_action(action)
        if found.original_due is None:
            raise Refused({"due": _("It has no date yet: give it one.")})
        if due == found.due:
            raise Refused({"due": _("It is due on that day already.")})
        refuse_if(wrong_way_round(found.starts, due, "due"))
        last = found.reschedulings.last()
        if last is not None and last.step == Step.ASKED:
            raise Refused({"": _("Another date was asked for already: that is decided first.")})
        return _step(found, Step.ASKED, due, reason, change)


def decide_rescheduling(*, by: User | None, action: str, approve: bool, reason: str = "") -> Rescheduling:
    """Approve or refuse the date that was asked for; whoever asked for it may not. A refusal says why."""
    with acting(by=by, verb="decide_rescheduling", object=f"action {action}", reason=reason) as change:
        found = _open_action(action)
        asked = found.reschedulings.select_related("change").last()
        if asked is None or asked.step != Step.ASKED:
            raise Refused({"": _("No other date was asked for.")})
        if _is_theirs(asked, by):
            raise Refused({"": _("Somebody other than the one who asked decides.")})
        if not approve:
            refuse_if(missing(reason=reason))
            return _step(found, Step.REFUSED, asked.due, reason, change)
        found.due = asked.due
        keep(found, change)
        return _step(found, Step.APPROVED, asked.due, reason, change)


def add_milestone(*, by: User | None, action: str, code: str, title: str, due: date | None = None) -> Milestone:
    """Add a step to an action that is open. Raises Refused by the field."""
    refuse_if(missing(code=code, title=title))
    with acting(by=by, verb="add_milestone", object=f"action {action}") as change:
        found = _open_action(action)
        if found.milestones.filter(code=code).exists():
            raise Refused({"code": _("%s is in use already: choose another code.") % code})
        milestone = Milestone(action=found, code=code, title=title, due=due)
        keep(milestone, change)
        return milestone


def reach_milestone(*, by: User | None, action: str, milestone: str, reached_on: date) -> Milestone:
    """Mark a milestone as reached on a day."""
    with acting(by=by, verb="reach_milestone", object=f"action {action}") as change:
        found = _open_action(action).milestones.filter(code=milestone).first()
        if found is None:
            raise Refused({"milestone": _("There is no milestone %s.") % milestone})
        if reached_on > change.at.date():
            raise Refused({"reached_on": _("That day is still to come.")})
        found.reached_on = reached_on
        keep(found, change)
        return found


def _open_action(code: str) -> Action:
    action = action_to_change(code)
    if not action.is_open:
        raise Refused({"": _("This action is closed.")})
    return action


def _is_theirs(asked: Rescheduling, by: User | None) -> bool:
    """Whether ``by`` asked. What came by a package is known by the name alone."""
    if by is None:
        return True
    return asked.change.by_id == by.pk if asked.change.by_id else asked.by_name == str(by)


def _said(action: Action, note: str, change: Change) -> ActionProgress:
    return ActionProgress.objects.create(
        action=action,
        progress=action.progress,
        state=action.state,
        note=note,
        by_name=change.by_name,
        entered_at=change.at,
        change=change,
    )


def _step(action: Action, step: str, due: date, reason: str, change: Change) -> Rescheduling:
    return Rescheduling.objects.create(
        action=action,
        step=step,
        due=due,
        reason=reason,
        by_name=change.by_name,
        entered_at=change.at,
        change=change,
    )
