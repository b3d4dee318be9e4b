"""The forms of plans: begun, changed, sent on their way."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from goldenthread.council.forms import SettingsForm, unit_choices
from goldenthread.plans.models import Plan
from goldenthread.web.forms import DayField


class ListedInput(forms.TextInput):
    """A text box that offers what was written there before."""

    def __init__(self, offered: str) -> None:
        super().__init__({"list": offered})


class PlanForm(SettingsForm):
    code = forms.CharField(
        label=_("Code"), max_length=60, help_text=_("Short and lasting, such as HWY-27. It cannot be changed.")
    )
    title = forms.CharField(label=_("Title"), max_length=200)
    kind = forms.CharField(
        label=_("Kind"), max_length=60, help_text=_("As your council calls it: Council plan, Service plan, Team plan.")
    )
    unit = forms.ChoiceField(label=_("Whose plan it is"), required=False)
    starts = DayField(label=_("First day"))
    ends = DayField(label=_("Last day"), required=False)
    purpose = forms.CharField(
        label=_("What it is for"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("In two or three sentences: whom the service is there for, and what would be missing without it."),
    )
    budget = forms.CharField(
        label=_("Budget headline"),
        required=False,
        max_length=300,
        help_text=_("One line, such as £8.4m net in 2027/28."),
    )
    succeeds = forms.ChoiceField(
        label=_("The plan before it"),
        required=False,
        help_text=_("What goes over from that plan, and what is merged or retired, is said later."),
    )

    def __init__(self, *args: Any, existing: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = unit_choices(_("The whole council"))
        if existing:
            del self.fields["code"], self.fields["succeeds"]
        else:
            plans = Plan.objects.order_by("kind", "title").values_list("code", "title")
            self.fields["succeeds"].choices = [("", _("None: it is the first of its kind")), *plans]


class DecisionForm(SettingsForm):
    """The reason for a step that a plan takes."""

    reason = forms.CharField(
        label=_("Decision"),
        required=False,
        max_length=300,
        help_text=_("Where and when, such as Cabinet, 3 March 2027."),
    )


class CloseForm(SettingsForm):
    ends = DayField(label=_("Its last day"))
    reason = forms.CharField(label=_("Why"), required=False, max_length=300)
