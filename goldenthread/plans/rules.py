"""Who may see plans, write them, report on actions and decide on their dates."""

from typing import Any

import rules

from goldenthread.council.models import Role
from goldenthread.council.roles import roles_of
from goldenthread.council.rules import is_staff_or_member
from goldenthread.plans.models import Action, Element, Plan


def _unit(thing: Any) -> int | None:
    """The unit whose plan it is; -1, which nobody has by a grant for a unit, where it has none."""
    if thing is None:
        return None
    plan = thing if isinstance(thing, Plan) else thing.plan if isinstance(thing, Element) else thing.element.plan
    return plan.unit_id or -1


@rules.predicate
def manages_plans(user: Any, thing: Plan | Element | Action | None = None) -> bool:
    """Performance officers everywhere, heads of service for their units' plans."""
    return roles_of(user).has(Role.ADMINISTRATOR, Role.PERFORMANCE_OFFICER, Role.HEAD_OF_SERVICE, unit=_unit(thing))


@rules.predicate
def answers_for(user: Any, thing: Element | Action | None = None) -> bool:
    """Whoever holds the post that owns it."""
    return thing is None or thing.owner_id in roles_of(user).posts


rules.add_perm("plans.view_plan", is_staff_or_member)
rules.add_perm("plans.change_plan", manages_plans)
rules.add_perm("plans.change_element", manages_plans)
rules.add_perm("plans.write_commentary", manages_plans | answers_for)
rules.add_perm("plans.report_progress", manages_plans | answers_for)
rules.add_perm("plans.ask_to_reschedule", manages_plans | answers_for)
rules.add_perm("plans.decide_rescheduling", manages_plans)
