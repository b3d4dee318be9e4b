"""The forms of the competency framework."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from goldenthread.appraisals.models import Level
from goldenthread.council.forms import SettingsForm


class LevelsForm(SettingsForm):
    levels = forms.CharField(
        label=_("Levels"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=1000,
        help_text=_("From the lowest, one to a line: Everybody, Leads others, Leads the council."),
    )

    def clean_levels(self) -> list[str]:
        return str(self.cleaned_data["levels"]).splitlines()


class FrameworkForm(LevelsForm):
    title = forms.CharField(label=_("Title"), max_length=200, help_text=_("Such as “How we work”."))
    field_order = ["title", "levels"]


class CompetencyForm(SettingsForm):
    """A competency, and for each level the behaviours that show it."""

    title = forms.CharField(label=_("Title"), max_length=200, help_text=_("Such as “Puts residents first”."))
    about = forms.CharField(
        label=_("What it is about"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, levels: list[Level], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.levels = levels
        for level in levels:
            self.fields[f"level-{level.pk}"] = forms.CharField(
                label=level.title,
                required=False,
                max_length=4000,
                widget=forms.Textarea(attrs={"rows": 4}),
                help_text=_("What somebody at this level is seen to do, one behaviour to a line."),
            )

    def said(self) -> dict[str, Any]:
        """What the verb takes."""
        kept = self.cleaned_data
        return {
            "title": kept["title"],
            "about": kept["about"],
            "behaviours": {level.pk: kept[f"level-{level.pk}"] for level in self.levels},
        }
