"""The verbs of measures, the only places that write: one transaction, one Change, and the results it moves."""

from goldenthread.measures.services.act import Act, Refused, Superseded
from goldenthread.measures.services.definitions import change_definition, create_measure, retire_measure
from goldenthread.measures.services.entries import Words, record_actuals
from goldenthread.measures.services.figures import Entry, record_actual, restate, write_commentary
from goldenthread.measures.services.judgements import annotate, give_forecast, judge
from goldenthread.measures.services.links import link_measure, succeed_plan, unlink_measure, weigh_measure
from goldenthread.measures.services.parts import end_part, give_part
from goldenthread.measures.services.rules import assign_rule, correct_rule, set_rule
from goldenthread.measures.services.targets import TargetEntry, amend_target, correct_target, set_target

__all__ = [
    "Act",
    "Entry",
    "Refused",
    "Superseded",
    "TargetEntry",
    "Words",
    "amend_target",
    "annotate",
    "assign_rule",
    "change_definition",
    "correct_rule",
    "correct_target",
    "create_measure",
    "end_part",
    "give_forecast",
    "give_part",
    "judge",
    "link_measure",
    "record_actual",
    "record_actuals",
    "restate",
    "retire_measure",
    "set_rule",
    "set_target",
    "succeed_plan",
    "unlink_measure",
    "weigh_measure",
    "write_commentary",
]
