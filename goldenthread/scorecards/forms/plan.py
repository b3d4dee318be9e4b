"""The forms that join measures to plans, and one plan to the next."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goldenthread.council.forms import SettingsForm
from goldenthread.plans.forms.elements import WeightField, element_choices
from goldenthread.plans.models import Element, Plan
from goldenthread.plans.services import Fate
from goldenthread.web.forms import DayField, offer

CARRY, MERGE, RETIRE = "carry", "merge", "retire"


class LinkMeasureForm(SettingsForm):
    """A measure that shows how an element is going: choose either, the other is known."""

    measure = forms.ChoiceField(label=gettext_lazy("Measure"))
    element = forms.ChoiceField(label=gettext_lazy("It shows how this is going"))
    weight = WeightField()
    starts = DayField(label=gettext_lazy("From"), required=False)
    reason = forms.CharField(label=gettext_lazy("Why"), required=False, max_length=300)

    @classmethod
    def to_element(cls, data: Any, measures: Any, starts: date) -> "LinkMeasureForm":
        form = cls(data, initial={"starts": starts})
        del form.fields["element"]
        offer(form, "measure", measure_choices(measures))
        return form

    @classmethod
    def of_measure(cls, data: Any, elements: Sequence[Element], starts: date) -> "LinkMeasureForm":
        form = cls(data, initial={"starts": starts})
        del form.fields["measure"]
        offer(form, "element", element_choices(elements, _("Choose what it shows")))
        return form


def measure_choices(measures: Any) -> list[Any]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for code, title, unit in measures.order_by("unit__name", "code").values_list("code", "title", "unit__name"):
        groups.setdefault(unit or _("No unit"), []).append((code, f"{code}  {title}"))
    return [("", _("Choose a measure")), *groups.items()]


class SuccessionForm(SettingsForm):
    """What becomes of each element when one plan takes over from another."""

    successor = forms.ChoiceField(label=gettext_lazy("The plan that takes over"))
    starts = DayField(label=gettext_lazy("From"))
    reason = forms.CharField(label=gettext_lazy("Decision"), required=False, max_length=300)

    def __init__(self, data: Any, *, plan: Plan, elements: Sequence[Element], plans: Sequence[Plan]) -> None:
        first = plans[0] if plans else None
        super().__init__(data, initial={"successor": first.code if first else "", "starts": first and first.starts})
        offer(self, "successor", [("", _("Choose a plan")), *((one.code, one.title) for one in plans)])
        self.elements = elements
        others = [(one.code, f"{one.code}  {one.title}") for one in elements]
        for element in elements:
            self.fields[f"fate-{element.code}"] = forms.ChoiceField(
                label=_("What becomes of it"),
                choices=[(CARRY, _("Goes on")), (MERGE, _("Is merged into")), (RETIRE, _("Is retired"))],
                initial=CARRY,
            )
            self.fields[f"into-{element.code}"] = forms.ChoiceField(
                label=_("Merged into"),
                required=False,
                choices=[("", "–"), *(one for one in others if one[0] != element.code)],
            )
            self.fields[f"code-{element.code}"] = forms.CharField(
                label=_("New code"), required=False, max_length=60, initial=f"{element.code}-{_last(first)}"
            )
            self.fields[f"title-{element.code}"] = forms.CharField(
                label=_("Wording"), required=False, max_length=400, initial=element.title
            )

    def rows(self) -> list[tuple[Element, Any, Any, Any, Any]]:
        return [
            (one, *(self[f"{part}-{one.code}"] for part in ("fate", "into", "code", "title"))) for one in self.elements
        ]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        for one in self.elements:
            fate = said.get(f"fate-{one.code}")
            if fate == CARRY and not said.get(f"code-{one.code}"):
                self.add_error(f"code-{one.code}", _("Give %(code)s a code in the new plan.") % {"code": one.code})
            if fate == MERGE:
                into = said.get(f"into-{one.code}")
                if not into:
                    self.add_error(f"into-{one.code}", _("Say what %(code)s is merged into.") % {"code": one.code})
                elif said.get(f"fate-{into}") != CARRY:
                    self.add_error(
                        f"into-{one.code}", _("Choose one that goes on: %(code)s does not.") % {"code": into}
                    )
        return said

    def fates(self) -> list[Fate]:
        """One for each element that goes on, with those merged into it; one for all that is retired."""
        said = self.cleaned_data
        merged: dict[str, list[str]] = {}
        for one in self.elements:
            if said[f"fate-{one.code}"] == MERGE:
                merged.setdefault(said[f"into-{one.code}"], []).append(one.code)
        found = [
            Fate(
                elements=[one.code, *merged.get(one.code, ())],
                code=said[f"code-{one.code}"],
                title=said[f"title-{one.code}"],
            )
            for one in self.elements
            if said[f"fate-{one.code}"] == CARRY
        ]
        retired = [one.code for one in self.elements if said[f"fate-{one.code}"] == RETIRE]
        return [*found, Fate(elements=retired)] if retired else found


def _last(plan: Plan | None) -> str:
    """What tells the new plan's codes from the old: the year it starts."""
    return f"{plan.starts:%y}" if plan and plan.starts else "2"
