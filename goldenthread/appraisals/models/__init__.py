"""Appraisals: years, templates, whose and by whom; and what is written in them, sealed.

Only ``Sealed`` holds what people write or rate. Everything else here is what is counted, or worked with, unread.
"""

from goldenthread.appraisals.models.appraisal import Appraisal, Deputy, HandOver, LeftOut, Objective, left_out_on
from goldenthread.appraisals.models.competencies import Behaviours, Competency, Framework, Level
from goldenthread.appraisals.models.counted import RatingsCounted
from goldenthread.appraisals.models.feedback import Asked
from goldenthread.appraisals.models.keeping import Disclosure, DisclosureStep, LegalHold, Removal
from goldenthread.appraisals.models.moderation import Panel
from goldenthread.appraisals.models.needs import Need, NeedKind, Priority
from goldenthread.appraisals.models.paper import (
    TRIES,
    Confirmation,
    Crew,
    CrewObjective,
    Membership,
    OneTimeCode,
    Shared,
)
from goldenthread.appraisals.models.reminders import Reminded
from goldenthread.appraisals.models.sealed import Sealed, Side
from goldenthread.appraisals.models.years import AppraisalYear, Template, Window

__all__ = [
    "TRIES",
    "Appraisal",
    "AppraisalYear",
    "Asked",
    "Behaviours",
    "Competency",
    "Confirmation",
    "Crew",
    "CrewObjective",
    "Deputy",
    "Disclosure",
    "DisclosureStep",
    "Framework",
    "HandOver",
    "LeftOut",
    "LegalHold",
    "Level",
    "Membership",
    "Need",
    "NeedKind",
    "Objective",
    "OneTimeCode",
    "Panel",
    "Priority",
    "RatingsCounted",
    "Reminded",
    "Removal",
    "Sealed",
    "Shared",
    "Side",
    "Template",
    "Window",
    "left_out_on",
]
