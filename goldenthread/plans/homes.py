"""For which element an action is done on a day: where that is over, for the one that took over from it.

Nothing is moved when one plan succeeds another, so that each day has the plan that runs on it, before and after.
"""

from collections.abc import Callable, Hashable
from datetime import date
from typing import Any, TypeVar

from django.db.models import Q

from goldenthread.domain.words import ActionState
from goldenthread.plans.models import Action, Element

Key = TypeVar("Key", bound=Hashable)
#: What is needed of an element to follow it without another query, as far as two successions.
FOLLOWED = (
    "element__plan__unit",
    "element__kind",
    "element__succeeded_by__plan__unit",
    "element__succeeded_by__kind",
    "element__succeeded_by__succeeded_by__plan__unit",
    "element__succeeded_by__succeeded_by__kind",
)


def home(
    element: Key,
    *,
    state: str,
    completed_on: date | None,
    day: date,
    ends: Callable[[Key], date | None],
    onward: Callable[[Key], Key | None],
) -> Key:
    """The element on ``day``. What was finished or given up before its element was over stays with that."""
    seen = {element}
    while True:
        last, after = ends(element), onward(element)
        if last is None or last >= day or after is None or after in seen:
            return element
        if state == ActionState.CANCELLED or (completed_on is not None and completed_on <= last):
            return element
        seen.add(after)
        element = after


def element_of(action: Action, day: date) -> Element:
    """The element for which a stored action is done on ``day``; no query where ``FOLLOWED`` was selected."""
    return home(
        action.element,
        state=action.state,
        completed_on=action.completed_on,
        day=day,
        ends=lambda element: element.ends or element.plan.ends,
        onward=lambda element: element.succeeded_by,
    )


def done_for_plan(plan: str) -> Q:
    """Actions of a plan, or of the two before it: which of them are done for it is told by ``element_of``."""
    after = "element__succeeded_by"
    return (
        Q(element__plan__code=plan)
        | Q(**{f"{after}__plan__code": plan})
        | Q(**{f"{after}__succeeded_by__plan__code": plan})
    )


def rows_home(action: Any, elements: Any, plans: Any, day: date) -> str:
    """The same of rows read by code (scorecards.queries.whole)."""
    return _row_home(action.element, action.state, action.completed_on, elements, plans, day)


def goes_on_as(element: str, elements: Any, plans: Any, day: date) -> str:
    """What an element is on ``day``: itself, or where it is over the one that took over from it."""
    return _row_home(element, "", None, elements, plans, day)


def _row_home(element: str, state: str, completed_on: date | None, elements: Any, plans: Any, day: date) -> str:
    return home(
        element,
        state=state,
        completed_on=completed_on,
        day=day,
        ends=lambda code: elements[code].ends or plans[elements[code].plan].ends,
        onward=lambda code: elements[code].succeeded_by,
    )
