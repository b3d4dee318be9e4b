"""The forms of actions: promised, reported on, put off, finished."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from goldenthread.council.forms import SettingsForm, post_choices
from goldenthread.plans.forms.elements import element_choices
from goldenthread.plans.models import Action, Element
from goldenthread.web.forms import DayField


class ActionForm(SettingsForm):
    code = forms.CharField(label=_("Code"), max_length=60, help_text=_("It cannot be changed."))
    title = forms.CharField(
        label=_("What will be done"), max_length=400, help_text=_("Something one can see has been done.")
    )
    element = forms.ChoiceField(label=_("What it is done for"))
    owner = forms.ChoiceField(label=_("Who does it"), required=False)
    starts = DayField(label=_("From"), required=False)
    due = DayField(
        label=_("Due"),
        required=False,
        help_text=_("The date stands as first promised. A later one has to be asked for, and is shown beside it."),
    )
    reason = forms.CharField(label=_("Why it changes"), required=False, max_length=300)

    def __init__(
        self, *args: Any, elements: Iterable[Element] = (), action: Action | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = post_choices(_("Nobody yet"))
        self.fields["element"].choices = element_choices(elements, _("Choose an objective"))
        if action is None:
            del self.fields["reason"]
        else:
            del self.fields["code"]
            if action.original_due is not None:
                del self.fields["due"]


class ProgressForm(SettingsForm):
    progress = forms.IntegerField(
        label=_("How far has it come?"),
        required=False,
        min_value=0,
        max_value=100,
        error_messages={
            "invalid": _("Write a whole number from 0 to 100."),
            "min_value": _("Write a whole number from 0 to 100."),
            "max_value": _("Write a whole number from 0 to 100."),
        },
    )
    note = forms.CharField(label=_("What has been done"), required=False, widget=forms.Textarea(attrs={"rows": 3}))


class CompleteForm(SettingsForm):
    completed_on = DayField(label=_("Finished on"))
    note = forms.CharField(label=_("What was achieved"), required=False, widget=forms.Textarea(attrs={"rows": 3}))


class CancelForm(SettingsForm):
    reason = forms.CharField(label=_("Why it is given up"), widget=forms.Textarea(attrs={"rows": 3}))


class RescheduleForm(SettingsForm):
    due = DayField(label=_("New date"))
    reason = forms.CharField(
        label=_("Why it needs longer"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Whoever decides reads this, and so does every later reader of the action."),
    )


class DecideForm(SettingsForm):
    approve = forms.ChoiceField(
        label=_("Decision"),
        choices=[("yes", _("Approve the new date")), ("no", _("Refuse: the date stays as it is"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Why"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("A refusal says why."),
    )


class MilestoneForm(SettingsForm):
    code = forms.CharField(label=_("Code"), max_length=60)
    title = forms.CharField(label=_("Step"), max_length=400)
    due = DayField(label=_("Due"), required=False)


class ReachedForm(SettingsForm):
    reached_on = DayField(label=_("Reached on"))
