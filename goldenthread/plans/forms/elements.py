"""The forms of elements: what one says, what it serves, how it is going."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from goldenthread.council.forms import SettingsForm, post_choices
from goldenthread.domain.words import RATED, RollUp
from goldenthread.plans.models import Element, ElementKind
from goldenthread.plans.words import ROLL_UPS
from goldenthread.web.forms import DayField
from goldenthread.web.words import STATUS_WORDS

Grouped = list[tuple[str, list[tuple[str, str]]]]


def element_choices(elements: Iterable[Element], empty: Any) -> list[Any]:
    """Elements to choose from, those of a plan together."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for element in elements:
        name = f"{element.code}  {element.title}"
        groups.setdefault(element.plan.title, []).append((element.code, name))
    return [("", str(empty)), *groups.items()]


class WeightField(forms.DecimalField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Weight"),
            min_value=Decimal(0),
            max_digits=8,
            decimal_places=3,
            initial=Decimal(1),
            help_text=_("1 unless it counts for more or less than what stands beside it."),
            error_messages={"invalid": _("Enter a number like 1 or 2.5."), "min_value": _("A weight is 0 or more.")},
            **kwargs,
        )


class ElementForm(SettingsForm):
    edition = forms.IntegerField(required=False, widget=forms.HiddenInput)
    code = forms.CharField(label=_("Code"), max_length=60, help_text=_("It cannot be changed."))
    kind = forms.ChoiceField(label=_("Kind"))
    title = forms.CharField(
        label=_("What is to be achieved"),
        max_length=400,
        help_text=_("In one plain sentence that a resident would understand."),
    )
    description = forms.CharField(label=_("More about it"), required=False, widget=forms.Textarea(attrs={"rows": 4}))
    serves = forms.ChoiceField(
        label=_("What it serves"), required=False, help_text=_("The priority or aim above it. More can be added after.")
    )
    owner = forms.ChoiceField(
        label=_("Who answers for it"),
        required=False,
        help_text=_("The post: whoever holds it has this as their own."),
    )
    roll_up = forms.ChoiceField(
        label=_("How its status follows"),
        choices=[(how, ROLL_UPS[how]) for how in RollUp],
        widget=forms.RadioSelect,
        initial=RollUp.COUNTS,
    )
    reason = forms.CharField(label=_("Why it changes"), required=False, max_length=300)

    def __init__(self, *args: Any, serves: Iterable[Element] = (), existing: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = ElementKind.objects.values_list("code", "title")
        self.fields["kind"].choices = [("", _("Choose a kind")), *kinds]
        self.fields["owner"].choices = post_choices(_("Nobody yet"))
        if existing:
            del self.fields["code"], self.fields["serves"]
        else:
            del self.fields["reason"], self.fields["edition"]
            self.fields["serves"].choices = element_choices(serves, _("Nothing: it stands at the top"))


class LinkForm(SettingsForm):
    above = forms.ChoiceField(label=_("It serves"))
    weight = WeightField()
    starts = DayField(label=_("From"), required=False)
    reason = forms.CharField(label=_("Why"), required=False, max_length=300)

    def __init__(self, *args: Any, above: Iterable[Element] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["above"].choices = element_choices(above, _("Choose what it serves"))


class WeighForm(SettingsForm):
    weight = WeightField()
    starts = DayField(label=_("From"))
    reason = forms.CharField(label=_("Why"), required=False, max_length=300)


class EndLinkForm(SettingsForm):
    ends = DayField(label=_("Last day"))
    reason = forms.CharField(label=_("Why"), required=False, max_length=300)


class CommentaryForm(SettingsForm):
    period = forms.ChoiceField(label=_("About"))
    comment = forms.CharField(
        label=_("How is it going?"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("What went well, what did not and why, what is done about it, by whom and by when."),
    )

    def __init__(self, *args: Any, periods: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["period"].choices = periods


class JudgementForm(SettingsForm):
    period = forms.ChoiceField(label=_("About"))
    status = forms.ChoiceField(
        label=_("Status"), choices=[(status, STATUS_WORDS[status]) for status in RATED], widget=forms.RadioSelect
    )
    reason = forms.CharField(label=_("Why"), widget=forms.Textarea(attrs={"rows": 3}))
    expires = DayField(label=_("It stands until"), help_text=_("After this day it is judged anew."))

    def __init__(self, *args: Any, periods: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["period"].choices = periods
