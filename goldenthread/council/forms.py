"""The forms of the settings: units, posts, people, appointments and roles."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from goldenthread.council.models import AppointmentKind, Person, Post, Role, Seat, Unit, UnitKind
from goldenthread.history.acts import Refused
from goldenthread.web.forms import DayField, offer

Choices = list[tuple[str, str]]


def unit_choices(empty: Any) -> Choices:
    return [("", str(empty)), *Unit.objects.order_by("name").values_list("code", "name")]


def post_choices(empty: Any) -> Choices:
    posts = Post.objects.select_related("unit").order_by("title")
    return [("", str(empty)), *((post.code, f"{post.title} ({post.unit.name})") for post in posts)]


def person_choices(empty: Any) -> Choices:
    return [("", str(empty)), *Person.objects.order_by("name").values_list("code", "name")]


class SettingsForm(forms.Form):
    """A form whose verb may refuse: what it says is put by the field it is about."""

    def take(self, refused: Refused) -> None:
        for name, message in refused.faults.items():
            self.add_error(name if name in self.fields else None, message)


class UnitForm(SettingsForm):
    code = forms.CharField(
        label=_("Code"), max_length=60, help_text=_("Short and lasting, such as HWY. It cannot be changed.")
    )
    name = forms.CharField(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=UnitKind.choices)
    parent = forms.ChoiceField(label=_("Part of"), required=False)
    starts = DayField(label=_("From"), required=False)
    ends = DayField(label=_("To"), required=False)
    reason = forms.CharField(label=_("Why"), required=False, max_length=300)

    def __init__(self, *args: Any, existing: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "parent", unit_choices(_("Nothing: it stands by itself")))
        if existing:
            del self.fields["code"]


class PostForm(SettingsForm):
    code = forms.CharField(
        label=_("Code"), max_length=60, help_text=_("As payroll numbers the post. It cannot be changed.")
    )
    title = forms.CharField(label=_("Title"), max_length=200)
    unit = forms.ChoiceField(label=_("Unit"))
    tier = forms.CharField(label=_("Tier"), required=False, max_length=40)
    reports_to = forms.ChoiceField(label=_("Reports to"), required=False)

    def __init__(self, *args: Any, existing: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "unit", unit_choices(_("Choose a unit")))
        offer(self, "reports_to", post_choices(_("Nobody")))
        if existing:
            del self.fields["code"]


class PersonForm(SettingsForm):
    code = forms.CharField(
        label=_("Code"), max_length=60, help_text=_("The employee number will do. It cannot be changed.")
    )
    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(label=_("E-mail address"), required=False, help_text=_("Needed only to sign in."))
    employee_number = forms.CharField(label=_("Employee number"), required=False, max_length=40)

    def __init__(self, *args: Any, existing: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if existing:
            del self.fields["code"]


class AppointForm(SettingsForm):
    post = forms.ChoiceField(label=_("Post"))
    kind = forms.ChoiceField(label=_("How"), choices=AppointmentKind.choices)
    starts = DayField(label=_("From"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "post", post_choices(_("Choose a post")))


class GrantForm(SettingsForm):
    role = forms.ChoiceField(label=_("Role"), choices=[("", _("Choose a role")), *Role.choices])
    unit = forms.ChoiceField(label=_("For"), required=False)
    starts = DayField(label=_("From"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "unit", unit_choices(_("The whole council")))


class GiveForm(SettingsForm):
    """A role for whoever holds a post or sits in a seat."""

    role = forms.ChoiceField(label=_("Role"), choices=[("", _("Choose a role")), *Role.choices])
    holder = forms.ChoiceField(label=_("To whoever holds"))
    unit = forms.ChoiceField(label=_("For"), required=False)
    starts = DayField(label=_("From"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "unit", unit_choices(_("The whole council")))
        posts = [(f"post {code}", text) for code, text in post_choices("")[1:]]
        self.holders: dict[str, dict[str, str]] = {f"post {code}": {"post": code} for code, _text in post_choices("")}
        bodies: dict[str, dict[str, str]] = {}
        for seat in Seat.objects.select_related("body").order_by("body__name", "body", "order", "code"):
            whole, one = f"body {seat.body.code}", f"seat {seat.body.code} {seat.code}"
            bodies.setdefault(seat.body.name, {whole: str(_("Every seat of it"))})[one] = seat.role or seat.code
            self.holders |= {whole: {"body": seat.body.code}, one: {"body": seat.body.code, "seat": seat.code}}
        seats = [(name, list(choices.items())) for name, choices in bodies.items()]
        offer(self, "holder", [("", _("Choose a post or a seat")), (_("Posts"), posts), *seats])

    def asked(self) -> dict[str, Any]:
        return self.holders[self.cleaned_data["holder"]] | {
            name: self.cleaned_data[name] for name in ("role", "unit", "starts")
        }

    def take(self, refused: Refused) -> None:
        for name, message in refused.faults.items():
            self.add_error(name if name in self.fields else "holder", message)


class EndForm(SettingsForm):
    ends = DayField(label=_("Last day"))
