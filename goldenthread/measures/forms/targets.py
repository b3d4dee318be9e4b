"""A target as it is asked for: for which period, what, and by whose decision."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from goldenthread.domain.words import Comparison, Polarity, Profile, TargetKind
from goldenthread.measures.forms.figures import figure_field
from goldenthread.measures.queries.targets import YearOfTargets
from goldenthread.measures.services import TargetEntry
from goldenthread.measures.shown import Shown
from goldenthread.measures.words import PROFILE

VERBS = [
    ("set_target", _("Set a target where there is none")),
    ("amend_target", _("Amend it, from this period to the end of the year, by a decision")),
    ("correct_target", _("Correct it: it was typed wrong")),
]
KINDS = [
    (TargetKind.TARGET, _("The target")),
    (TargetKind.FLOOR, _("The red line, where the rule has two thresholds")),
    (TargetKind.STRETCH, _("A stretch target, shown beside it")),
    (TargetKind.BASELINE, _("The baseline, where it started")),
    (TargetKind.AMBITION, _("An ambition, shown but never rated")),
]
COMPARISONS = [
    ("", _("As usual for this measure")),
    (Comparison.AT_LEAST, _("At least")),
    (Comparison.MORE_THAN, _("More than")),
    (Comparison.AT_MOST, _("At most")),
    (Comparison.LESS_THAN, _("Less than")),
]


class TargetForm(forms.Form):
    def __init__(self, data: Any = None, *, page: YearOfTargets) -> None:
        super().__init__(data)
        self.page = page
        shown = Shown()
        periods = [(line.period.text, shown.period(line.period.text)) for line in reversed(page.lines)]
        self.fields["verb"] = forms.ChoiceField(
            label=_("What is to be done?"),
            choices=VERBS,
            widget=forms.RadioSelect,
            initial="amend_target" if page.any_stands else "set_target",
        )
        self.fields["period"] = forms.ChoiceField(label=_("For, or from"), choices=periods)
        self.fields["kind"] = forms.ChoiceField(label=_("Which"), choices=KINDS, initial=TargetKind.TARGET)
        if page.definition.polarity is Polarity.RANGE:
            self.fields["low"] = figure_field(page.definition, label=_("From"))
            self.fields["high"] = figure_field(page.definition, label=_("To"))
        self.fields["value"] = figure_field(page.definition, label=_("Target"))
        self.fields["comparison"] = forms.ChoiceField(label=_("It is met by"), choices=COMPARISONS, required=False)
        self.fields["profile"] = forms.ChoiceField(
            label=_("How the year's target is shared among its periods"),
            choices=[("", _("As the definition says")), *((profile, PROFILE[profile]) for profile in Profile)],
            required=False,
        )
        self.fields["decision"] = forms.CharField(
            label=_("Decision"),
            help_text=_("Who decided, and when: Cabinet, 3 March 2026."),
            required=False,
            max_length=2000,
        )
        self.fields["reason"] = forms.CharField(
            label=_("Reason"),
            help_text=_("It is printed beside the target."),
            required=False,
            max_length=5000,
            widget=forms.Textarea(attrs={"rows": 3}),
        )

    def entry(self) -> TargetEntry:
        """What is asked for; call it on a form found valid."""
        said = self.cleaned_data
        return TargetEntry(
            period=said["period"],
            category=self.page.category,
            kind=said["kind"],
            value=said.get("value"),
            low=said.get("low"),
            high=said.get("high"),
            comparison=said.get("comparison") or "",
            profile=said.get("profile") or "",
            decision=said.get("decision") or "",
            reason=said.get("reason") or "",
        )

    def refuse(self, faults: Mapping[str, str]) -> None:
        for name, message in faults.items():
            self.add_error(name if name in self.fields else None, message)
