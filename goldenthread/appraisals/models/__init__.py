"""Appraisals: years, templates, whose and by whom; and what is written in them, sealed.

Only ``Sealed`` holds what people write or rate. Everything else here is what is counted, or worked with, unread.
"""

from goldenthread.appraisals.models.appraisal import Appraisal, Deputy, HandOver, LeftOut, Objective
from goldenthread.appraisals.models.paper import (
    TRIES,
    Confirmation,
    Crew,
    CrewObjective,
    Membership,
    OneTimeCode,
    Shared,
)
from goldenthread.appraisals.models.sealed import Sealed, Side
from goldenthread.appraisals.models.years import AppraisalYear, Template, Window

__all__ = [
    "TRIES",
    "Appraisal",
    "AppraisalYear",
    "Confirmation",
    "Crew",
    "CrewObjective",
    "Deputy",
    "HandOver",
    "LeftOut",
    "Membership",
    "Objective",
    "OneTimeCode",
    "Sealed",
    "Shared",
    "Side",
    "Template",
    "Window",
]
