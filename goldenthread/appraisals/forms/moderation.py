"""The forms of moderation."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from goldenthread.appraisals.forms import LONGEST
from goldenthread.council.forms import SettingsForm
from goldenthread.council.models import Appointment, Person
from goldenthread.council.roles import running
from goldenthread.domain.appraisals import Scale
from goldenthread.history.clock import today
from goldenthread.web.forms import DayField

#: How many places a panel has.
PLACES = 5


class PanelForm(SettingsForm):
    starts = DayField(label=_("From"))
    ends = DayField(label=_("To"), help_text=_("The last day on which they see the ratings, three months at most."))

    def __init__(self, *args: Any, sitting: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = Appointment.objects.filter(running(today()))
        people = Person.objects.filter(appointments__in=held).distinct().order_by("name").values_list("code", "name")
        for place in range(PLACES):
            self.fields[f"member-{place}"] = forms.ChoiceField(
                label=_("Member %s") % (place + 1),
                choices=[("", _("Nobody")), *people],
                required=place < 2,
                initial=sitting[place] if place < len(sitting) else "",
            )
        self.order_fields([*(f"member-{place}" for place in range(PLACES)), "starts", "ends"])

    def take(self, refused: Any) -> None:
        for name, message in refused.faults.items():
            here = "member-1" if name == "members" else name
            self.add_error(here if here in self.fields else None, message)

    def said(self) -> dict[str, Any]:
        kept = self.cleaned_data
        members = {kept[f"member-{place}"] for place in range(PLACES)} - {""}
        return {"members": sorted(members), "starts": kept["starts"], "ends": kept["ends"]}


class SuggestForm(SettingsForm):
    text = forms.CharField(
        label=_("Why?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST,
        help_text=_("The appraiser reads it and decides. The appraisee and the appraiser's manager read it too."),
    )

    def __init__(self, *args: Any, scale: Scale, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(number), word) for number, word in sorted(scale.words, reverse=True)]
        self.fields["rating"] = forms.TypedChoiceField(
            label=_("Which rating would be right?"), choices=choices, widget=forms.RadioSelect, coerce=int
        )
        self.order_fields(["rating", "text"])
