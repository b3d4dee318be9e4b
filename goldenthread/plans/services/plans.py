"""Plans: drafted, consulted on, adopted, closed, in that order."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goldenthread.accounts.models import User
from goldenthread.domain.words import PlanState
from goldenthread.history.acts import Refused, acting, keep
from goldenthread.plans.models import Plan
from goldenthread.plans.services.asked import (
    hides_another,
    missing,
    plan_of,
    plan_to_change,
    refuse_if,
    taken,
    unit_of,
    wrong_way_round,
)

_NOT_YET = {
    PlanState.CONSULTED: gettext_lazy("Only a draft can go out to consultation."),
    PlanState.ADOPTED: gettext_lazy("A plan is consulted on before it is adopted."),
    PlanState.CLOSED: gettext_lazy("Only an adopted plan can be closed."),
}


def add_plan(
    *,
    by: User | None,
    code: str,
    title: str,
    kind: str = "",
    unit: str = "",
    purpose: str = "",
    budget: str = "",
    starts: date | None = None,
    ends: date | None = None,
    succeeds: str = "",
    reason: str = "",
) -> Plan:
    """Begin a plan, as a draft. Raises Refused by the field."""
    faults = missing(code=code, title=title) | taken(Plan, code) | hides_another("scorecards:plan", code)
    refuse_if(faults | wrong_way_round(starts, ends))
    with acting(by=by, verb="add_plan", object=f"plan {code}", reason=reason) as change:
        plan = Plan(
            code=code,
            title=title,
            kind=kind,
            unit=unit_of(unit),
            purpose=purpose,
            budget=budget,
            starts=starts,
            ends=ends,
            succeeds=plan_of(succeeds, "succeeds"),
        )
        keep(plan, change)
        return plan


def change_plan(*, by: User | None, plan: str, changes: Mapping[str, Any], reason: str = "") -> Plan:
    """Change what a plan is called, whose it is, what it is for or its dates; its state has verbs of its own."""
    with acting(by=by, verb="change_plan", object=f"plan {plan}", reason=reason) as change:
        found = plan_to_change(plan)
        if found.state == PlanState.CLOSED:
            raise Refused({"": _("This plan is closed.")})
        for name, value in changes.items():
            setattr(found, name, unit_of(value) if name == "unit" else value)
        refuse_if(missing(title=found.title) | wrong_way_round(found.starts, found.ends))
        keep(found, change)
        return found


def consult_plan(*, by: User | None, plan: str, reason: str = "") -> Plan:
    """Send a draft out to consultation."""
    return _move_on(by, "consult_plan", plan, PlanState.DRAFT, PlanState.CONSULTED, reason)


def adopt_plan(*, by: User | None, plan: str, reason: str = "") -> Plan:
    """Adopt a plan that was consulted on; ``reason`` is the decision."""
    return _move_on(by, "adopt_plan", plan, PlanState.CONSULTED, PlanState.ADOPTED, reason)


def close_plan(*, by: User | None, plan: str, ends: date, reason: str = "") -> Plan:
    """Close an adopted plan, whose last day is ``ends``. What still points to it is a gap in the thread."""
    return _move_on(by, "close_plan", plan, PlanState.ADOPTED, PlanState.CLOSED, reason, ends)


def _move_on(
    by: User | None, verb: str, code: str, before: PlanState, after: PlanState, reason: str, ends: date | None = None
) -> Plan:
    with acting(by=by, verb=verb, object=f"plan {code}", reason=reason) as change:
        plan = plan_to_change(code)
        if plan.state != before:
            raise Refused({"": _NOT_YET[after]})
        plan.state = after
        if ends is not None:
            refuse_if(wrong_way_round(plan.starts, ends))
            plan.ends = min(plan.ends, ends) if plan.ends else ends
        keep(plan, change)
        return plan
