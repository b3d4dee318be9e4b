"""The forms of appraisals. What is typed into those of one appraisal is sealed as it is kept."""

from goldenthread.appraisals.forms.appraisal import (
    LONGEST,
    AskForm,
    DeputyForm,
    HandOverForm,
    NeedForm,
    NoteForm,
    ObjectiveForm,
    RatingForm,
    TextForm,
)
from goldenthread.appraisals.forms.competencies import CompetencyForm, FrameworkForm, LevelsForm
from goldenthread.appraisals.forms.years import DatesForm, LeaveOutForm, TemplateForm, WindowForm, YearForm

__all__ = [
    "LONGEST",
    "AskForm",
    "CompetencyForm",
    "DatesForm",
    "DeputyForm",
    "FrameworkForm",
    "HandOverForm",
    "LeaveOutForm",
    "LevelsForm",
    "NeedForm",
    "NoteForm",
    "ObjectiveForm",
    "RatingForm",
    "TemplateForm",
    "TextForm",
    "WindowForm",
    "YearForm",
]
