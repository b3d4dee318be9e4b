"""Appraisals: years, templates, whose and by whom; and what is written in them, sealed.

Only ``Sealed`` holds what people write or rate. Everything else here is what is counted, or worked with, unread.
"""

from goldenthread.appraisals.models.appraisal import Appraisal, Deputy, HandOver, LeftOut, Objective
from goldenthread.appraisals.models.sealed import Sealed, Side
from goldenthread.appraisals.models.years import AppraisalYear, Template, Window

__all__ = [
    "Appraisal",
    "AppraisalYear",
    "Deputy",
    "HandOver",
    "LeftOut",
    "Objective",
    "Sealed",
    "Side",
    "Template",
    "Window",
]
