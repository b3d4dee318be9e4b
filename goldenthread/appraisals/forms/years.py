"""The forms with which human resources run a year."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from goldenthread.appraisals.models import Framework, LeftOut, Template
from goldenthread.appraisals.services.years import tiers
from goldenthread.appraisals.words import RULES
from goldenthread.council.forms import SettingsForm, unit_choices
from goldenthread.web.forms import DayField, offer


class DatesForm(SettingsForm):
    objectives_due = DayField(label=_("Objectives agreed by"))
    mid_year_due = DayField(label=_("Mid-year review by"))
    year_end_due = DayField(label=_("Year-end review by"))
    signed_due = DayField(label=_("Signed by"))


class YearForm(DatesForm):
    period = forms.CharField(label=_("Year"), max_length=20, help_text=_("Such as 2027/28."))
    field_order = ["period"]


class WindowForm(DatesForm):
    """Days of their own for a group of staff."""

    title = forms.CharField(label=_("Whose days these are"), max_length=200, help_text=_("Such as “Schools’ staff”."))
    tier = forms.ChoiceField(label=_("Tier"), required=False)
    unit = forms.ChoiceField(label=_("Unit, with all below it"), required=False)
    field_order = ["title", "unit", "tier"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "tier", [("", _("Every tier")), *((one, one) for one in tiers())])
        offer(self, "unit", unit_choices(_("The whole council")))


class LeaveOutForm(SettingsForm):
    why = forms.ChoiceField(label=_("Why?"), widget=forms.RadioSelect, choices=LeftOut.choices)
    until = DayField(
        label=_("Until"), required=False, help_text=_("The last day of it. Leave it empty where nobody knows yet.")
    )


class TemplateForm(SettingsForm):
    """How the posts of a tier are appraised; of which tier, where it is a new one."""

    tier = forms.ChoiceField(label=_("Tier"))
    title = forms.CharField(label=_("Who it is for"), max_length=200, help_text=_("Such as “Heads of service”."))
    scale = forms.CharField(
        label=_("Ratings"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=1000,
        help_text=_("From the lowest, one to a line. They are numbered from 1."),
    )
    rule = forms.ChoiceField(label=_("The overall rating"), choices=[], widget=forms.RadioSelect)
    level = forms.TypedChoiceField(
        label=_("Competencies expected at"), required=False, coerce=int, empty_value=None, choices=[]
    )
    competencies_share = forms.IntegerField(
        label=_("How much of the overall rating they make"),
        min_value=0,
        max_value=100,
        help_text=_("At 0 they are rated and talked about, and do not count."),
    )
    sections = forms.CharField(
        label=_("What both write about at the year’s end"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        help_text=_("One heading to a line, with a hint after a colon if you like: What went well: and who helped."),
    )
    moderated = forms.BooleanField(
        label=_("A moderation panel sees the overall rating"),
        required=False,
        help_text=_("Only the overall rating, by a named panel. Appraisees are told."),
    )

    def __init__(self, *args: Any, may_moderate: bool, tiers: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "tier", [(one, one) for one in tiers])
        if not tiers:
            del self.fields["tier"]
        offer(self, "rule", [(rule.value, said) for rule, said in RULES.items()])
        offer(self, "level", _levels())
        if not may_moderate:
            del self.fields["moderated"]

    def clean_scale(self) -> list[tuple[int, str]]:
        words = [line.strip() for line in str(self.cleaned_data["scale"]).splitlines() if line.strip()]
        return list(enumerate(words, 1))

    def clean_sections(self) -> list[dict[str, str]]:
        lines = [line.partition(":") for line in str(self.cleaned_data["sections"]).splitlines() if line.strip()]
        return [
            {"code": f"{place}-{_code(title)}", "title": title.strip(), "hint": hint.strip()}
            for place, (title, _colon, hint) in enumerate(lines, 1)
        ]


def template_initial(template: Template) -> dict[str, Any]:
    """What stands in the form of a template as it is."""
    return {
        "title": template.title,
        "scale": "\n".join(word for _number, word in template.ratings.words),
        "rule": template.rule,
        "level": template.level_id,
        "competencies_share": template.competencies_share,
        "sections": "\n".join(_line(section) for section in template.sections),
        "moderated": template.moderated,
    }


def _line(section: dict[str, str]) -> str:
    return f"{section['title']}: {section['hint']}" if section.get("hint") else section["title"]


def _code(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:30]


def _levels() -> list[tuple[Any, Any]]:
    """The levels of every adopted version, the newest first."""
    rows = Framework.objects.filter(adopted_on__isnull=False).prefetch_related("levels").order_by("title", "-version")
    groups = [(str(one), [(level.pk, level.title) for level in one.levels.all()]) for one in rows]
    return [("", _("No competencies")), *groups]
