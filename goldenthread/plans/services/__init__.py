"""The verbs of plans, the only places that write: one transaction and one Change each."""

from goldenthread.history.acts import Refused, Superseded
from goldenthread.plans.services.actions import (
    add_action,
    add_milestone,
    ask_to_reschedule,
    cancel_action,
    change_action,
    complete_action,
    decide_rescheduling,
    reach_milestone,
    report_progress,
)
from goldenthread.plans.services.elements import (
    add_element,
    add_element_kind,
    change_element,
    judge_element,
    write_element_commentary,
)
from goldenthread.plans.services.links import link_elements, unlink_elements, weigh_link
from goldenthread.plans.services.plans import add_plan, adopt_plan, change_plan, close_plan, consult_plan
from goldenthread.plans.services.succession import Fate, Succession, succeed_plan

__all__ = [
    "Fate",
    "Refused",
    "Succession",
    "Superseded",
    "add_action",
    "add_element",
    "add_element_kind",
    "add_milestone",
    "add_plan",
    "adopt_plan",
    "ask_to_reschedule",
    "cancel_action",
    "change_action",
    "change_element",
    "change_plan",
    "close_plan",
    "complete_action",
    "consult_plan",
    "decide_rescheduling",
    "judge_element",
    "link_elements",
    "reach_milestone",
    "report_progress",
    "succeed_plan",
    "unlink_elements",
    "weigh_link",
    "write_element_commentary",
]
