"""The forms of crews and of staff without an account."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from goldenthread.appraisals.codes import read_code
from goldenthread.appraisals.forms import LONGEST, ObjectiveForm
from goldenthread.appraisals.models import Appraisal, Competency, Objective
from goldenthread.council.forms import SettingsForm
from goldenthread.council.models import Appointment, Person
from goldenthread.council.roles import running
from goldenthread.domain.appraisals import Scale
from goldenthread.history.clock import today
from goldenthread.web.forms import DayField, offer


def _box(label: Any, hint: Any = "", *, rows: int = 3) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=hint, widget=area, max_length=LONGEST, required=False)


class CrewForm(SettingsForm):
    name = forms.CharField(label=_("Name of the crew"), max_length=200, help_text=_("Such as Round 7, or Day shift."))
    members = forms.MultipleChoiceField(label=_("Who is in it?"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, team: list[Appraisal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(row.pk), f"{row.person.name}, {row.post.title}") for row in team]
        offer(self, "members", choices)

    def said(self) -> dict[str, Any]:
        return {"name": self.cleaned_data["name"], "members": [int(key) for key in self.cleaned_data["members"]]}


class CrewObjectiveForm(ObjectiveForm):
    """An objective as anybody's; its words say whom they are for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].label = _("What will the crew have done by the end of the year?")
        self.fields["success"].label = _("How will everybody know?")


class FromPaperForm(SettingsForm):
    """What stands on the form that somebody filled in by hand."""

    def __init__(
        self,
        *args: Any,
        objectives: list[Objective],
        titles: dict[int, str],
        competencies: list[Competency],
        scale: Scale,
        sections: list[dict[str, str]],
        can_rate: bool,
        can_disagree: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.objectives, self.sections = objectives if can_rate else [], sections
        self.competencies = competencies if can_rate else []
        choices = [("", _("Nothing ticked")), *((str(number), word) for number, word in sorted(scale.words))]
        for objective in self.objectives:
            self.fields[f"rating-{objective.pk}"] = forms.ChoiceField(
                label=titles[objective.pk], choices=choices, required=False
            )
        for one in self.competencies:
            self.fields[f"competency-{one.pk}"] = forms.ChoiceField(label=one.title, choices=choices, required=False)
        for section in sections:
            self.fields[f"section-{section['code']}"] = _box(section["title"], rows=2)
        self.fields["need"] = _box(_("What they want to learn or be shown"), rows=2)
        if can_disagree:
            self.fields["disagreement"] = _box(
                _("With what they disagree"), _("Your manager reads it and answers before anybody signs."), rows=2
            )

    def said(self) -> dict[str, Any]:
        """What the verb takes."""
        kept = self.cleaned_data
        return {
            "ratings": {one.pk: int(given) for one in self.objectives if (given := kept[f"rating-{one.pk}"])},
            "competencies": {
                one.pk: int(given) for one in self.competencies if (given := kept[f"competency-{one.pk}"])
            },
            "comments": {one["code"]: kept[f"section-{one['code']}"] for one in self.sections},
            "need": kept["need"],
            "disagreement": kept.get("disagreement", ""),
        }


class SignedCopyForm(SettingsForm):
    signed_on = DayField(label=_("When did they sign?"), help_text=_("The day beside their signature."))
    held_by = forms.ChoiceField(label=_("Who holds the paper?"))

    def __init__(self, *args: Any, appraisal: Appraisal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = Appointment.objects.filter(running(today())).exclude(person=appraisal.person_id)
        people = Person.objects.filter(appointments__in=held).distinct().order_by("name").values_list("code", "name")
        offer(self, "held_by", [("", _("Choose somebody")), *people])


class ConfirmForm(SettingsForm):
    code = forms.CharField(
        label=_("Your code"),
        max_length=40,
        help_text=_("Twelve letters and figures from your slip, such as K7QF-29MX-4TRB."),
    )
    read = forms.BooleanField(
        label=_("I talked my year through with my manager, and I have read my form"),
        error_messages={"required": _("Tick the box once you have read your form.")},
    )

    def clean_code(self) -> str:
        typed: str = self.cleaned_data["code"]
        if read_code(typed) is None:
            raise forms.ValidationError(_("A code has twelve letters and figures. Look at your slip again."))
        return typed
