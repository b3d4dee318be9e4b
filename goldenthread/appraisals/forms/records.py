"""The forms of disclosure and legal hold."""

from typing import Any

from django import forms
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from goldenthread.appraisals.models import Appraisal, AppraisalYear, Disclosure
from goldenthread.appraisals.services.disclosures import LONGEST_DAYS
from goldenthread.council.forms import SettingsForm
from goldenthread.council.models import Person
from goldenthread.web.forms import DayField, offer

STANDING_FIRST = F("closed_on").desc(nulls_first=True)


class RecordForm(SettingsForm):
    """Whose record, and of which year."""

    person = forms.ChoiceField(label=_("Whose appraisal?"))
    year = forms.ChoiceField(label=_("Of which year?"))
    reason = forms.CharField(
        label=_("Why?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        help_text=_("Officers of these records read it. Leave out what the appraisal says."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Person.objects.filter(appraisals__isnull=False).distinct().order_by("name")
        years = AppraisalYear.objects.order_by("-starts").values_list("period", flat=True)
        offer(self, "person", [("", _("Choose somebody")), *people.values_list("code", "name")])
        offer(self, "year", [(period, period) for period in years])

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or {}
        if kept.get("person") and kept.get("year"):
            rows = Appraisal.objects.filter(person__code=kept["person"], year__period=kept["year"])
            kept["appraisal"] = rows.order_by(STANDING_FIRST, "-pk").values_list("pk", flat=True).first()
            if kept["appraisal"] is None:
                self.add_error("year", _("There is no appraisal of theirs in that year."))
        return kept

    def said(self) -> dict[str, Any]:
        """What the verb takes."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("person", "year")}


class AskForm(RecordForm):
    purpose = forms.ChoiceField(
        label=_("What is it for?"), choices=Disclosure.Purpose.choices, widget=forms.RadioSelect
    )
    days = forms.IntegerField(
        label=_("For how many days?"),
        min_value=1,
        max_value=LONGEST_DAYS,
        help_text=_("From the day on which it is granted, 28 at most."),
    )
    tell_from = DayField(
        label=_("When is the appraisee told?"),
        required=False,
        help_text=_("Empty: at once. A later day only where telling them now would spoil what it is for."),
    )
    field_order = ("person", "year", "purpose", "reason", "days", "tell_from")


class HoldForm(RecordForm):
    pass
