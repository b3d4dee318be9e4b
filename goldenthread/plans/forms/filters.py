"""What the lists of plans and of actions are asked for. What cannot be read is left out, never a fault."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from goldenthread.council.forms import unit_choices
from goldenthread.domain.periods import Period
from goldenthread.domain.words import PlanState
from goldenthread.plans.queries.actions import ORDER
from goldenthread.plans.words import PLAN_STATES
from goldenthread.web.action_status import ACTION_WORDS


class SearchInput(forms.TextInput):
    input_type = "search"


class PlanFilter(forms.Form):
    q = forms.CharField(label=_("Find a plan"), required=False, widget=SearchInput)
    year = forms.ChoiceField(label=_("Year"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("Any")), *((state, PLAN_STATES[state]) for state in PlanState)],
    )

    def __init__(self, data: Any, *, years: list[Period], kinds: list[str], this: Period) -> None:
        super().__init__({"year": this.text} | data.dict())
        self.fields["year"].choices = [("all", _("All years")), *((year.text, year.text) for year in years)]
        self.fields["kind"].choices = [("", _("Any")), *((kind, kind) for kind in kinds)]
        self.years = {year.text: year for year in years}

    def asked(self) -> dict[str, Any]:
        self.is_valid()
        said = self.cleaned_data
        return {
            "year": self.years.get(said.get("year", "")),
            "kind": said.get("kind", ""),
            "state": said.get("state", ""),
            "search": said.get("q", "").strip(),
        }


class ActionFilter(forms.Form):
    q = forms.CharField(label=_("Find an action"), required=False, widget=SearchInput)
    status = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[
            ("", _("Any")),
            ("open", _("Still to be done")),
            *((status, ACTION_WORDS[status]) for status in ORDER),
        ],
    )
    unit = forms.ChoiceField(label=_("Unit"), required=False)
    mine = forms.BooleanField(label=_("Mine"), required=False)
    asked = forms.BooleanField(label=_("Another date asked for"), required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.fields["unit"].choices = unit_choices(_("The whole council"))

    def read(self) -> dict[str, Any]:
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}
