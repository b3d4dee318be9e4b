"""The form of a definition: what a measure is, how it is counted, when it is due and who may see it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from goldenthread.council.models import Unit
from goldenthread.measures import words
from goldenthread.measures.forms.figures import FigureField
from goldenthread.measures.models import Measure
from goldenthread.measures.models.definition import Tier
from goldenthread.measures.services import Refused
from goldenthread.web.forms import DayField

TEXT = forms.Textarea(attrs={"rows": 4})
#: The form's parts, in the order in which a definition is thought of.
SECTIONS = (
    (_("What it is"), ("code", "title", "short_title", "unit", "definition", "why_it_matters", "source")),
    (_("What is good"), ("polarity", "kind", "tier")),
    (
        _("How it is counted"),
        (
            *("data_type", "unit_of_measure", "decimals", "frequency", "year", "reading", "rated_on", "window"),
            *("numerator", "denominator", "factor", "aggregation", "numerator_aggregation", "denominator_aggregation"),
            *("formula", "profile"),
        ),
    ),
    (_("When it is due, and what it is compared with"), ("lag_days", "stale_after", "long_direction", "dead_band")),
    (_("Limits, and who may see it"), ("minimum", "maximum", "min_denominator", "suppress_below", "release", "starts")),
)
LONG_DIRECTIONS = [
    ("last_year", _("The same period last year")),
    ("mean_3", _("The mean of the last 3 periods")),
    ("mean_4", _("The mean of the last 4 periods")),
    ("mean_12", _("The mean of the last 12 periods")),
]


def _choices(named: Mapping[Any, Any], empty: Any = None) -> list[tuple[str, Any]]:
    found = [(str(key), text) for key, text in named.items()]
    return found if empty is None else [("", empty), *found]


class DefinitionForm(forms.Form):
    """Every field of a definition. ``edition`` is the one it was read from: two editors do not undo each other."""

    code = forms.CharField(max_length=60, help_text=_("Short and lasting, such as HR-01. It cannot be changed."))
    title = forms.CharField(max_length=400)
    short_title = forms.CharField(max_length=120, required=False, help_text=_("For boards and charts."))
    unit = forms.ChoiceField()
    definition = forms.CharField(widget=TEXT, required=False, help_text=_("What is counted, and what is left out."))
    why_it_matters = forms.CharField(widget=TEXT, required=False)
    source = forms.CharField(widget=forms.Textarea(attrs={"rows": 2}), required=False)
    polarity = forms.ChoiceField(choices=_choices(words.POLARITY), widget=forms.RadioSelect)
    kind = forms.ChoiceField(choices=_choices(words.KIND))
    tier = forms.ChoiceField(choices=[("", _("None")), *Tier.choices], required=False)
    data_type = forms.ChoiceField(choices=_choices(words.DATA_TYPE))
    unit_of_measure = forms.CharField(max_length=100, required=False, help_text=_("Such as days, or per 1,000 people."))
    decimals = forms.IntegerField(required=False, min_value=0, max_value=10)
    frequency = forms.ChoiceField(choices=_choices(words.FREQUENCY))
    year = forms.ChoiceField(choices=_choices(words.YEAR))
    reading = forms.ChoiceField(choices=_choices(words.READING))
    rated_on = forms.ChoiceField(choices=_choices(words.READING, _("As it is given")), required=False)
    window = forms.IntegerField(required=False, min_value=0, max_value=1_000)
    numerator = forms.CharField(required=False, max_length=2_000, help_text=_("What is counted."))
    denominator = forms.CharField(required=False, max_length=2_000, help_text=_("Out of what."))
    factor = FigureField(required=False, help_text=_("100 for a percentage, 1,000 for a rate per 1,000."))
    aggregation = forms.ChoiceField(choices=_choices(words.AGGREGATION))
    numerator_aggregation = forms.ChoiceField(choices=_choices(words.AGGREGATION))
    denominator_aggregation = forms.ChoiceField(choices=_choices(words.AGGREGATION))
    formula = forms.CharField(
        required=False,
        max_length=2_000,
        help_text=_("Of other measures, such as [HO-1] / [HO-2] * 1000. Else leave empty."),
    )
    profile = forms.ChoiceField(choices=_choices(words.PROFILE, _("As is usual for such a figure")), required=False)
    lag_days = forms.IntegerField(min_value=0, max_value=1_000)
    stale_after = forms.IntegerField(min_value=0, max_value=100)
    long_direction = forms.ChoiceField(choices=LONG_DIRECTIONS)
    dead_band = FigureField(required=False)
    minimum = FigureField(required=False)
    maximum = FigureField(required=False)
    min_denominator = FigureField(required=False)
    suppress_below = FigureField(required=False)
    release = forms.ChoiceField(choices=_choices(words.RELEASE))
    starts = DayField(required=False)
    reason = forms.CharField(
        label=_("Why"), max_length=1_000, help_text=_("It stands in the measure's history, beside what was before.")
    )
    edition = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, measure: Measure | None = None) -> None:
        self.measure = measure
        super().__init__(data, initial=self._standing(measure) if measure else self._usual())
        for name, field in self.fields.items():
            field.label = field.label or words.FIELDS.get(name, name)
        units = Unit.objects.order_by("name").values_list("code", "name")
        self.fields["unit"].choices = [("", _("Choose a unit")), *units]
        known = measure.long_direction if measure else "last_year"
        if known not in dict(LONG_DIRECTIONS):
            self.fields["long_direction"].choices = [*LONG_DIRECTIONS, (known, known.replace("_", " "))]
        if measure is not None:
            del self.fields["code"]
        else:
            self.fields["reason"].required = False

    @staticmethod
    def _standing(measure: Measure) -> dict[str, Any]:
        fields = [name for _title, names in SECTIONS for name in names if name not in ("code", "unit")]
        return {
            **{name: getattr(measure, name) for name in fields},
            "unit": measure.unit.code if measure.unit else "",
            "edition": measure.edition,
        }

    @staticmethod
    def _usual() -> dict[str, Any]:
        fresh = Measure(polarity="higher")
        return DefinitionForm._standing(fresh) | {"edition": None}

    def sections(self) -> list[tuple[Any, list[Any]]]:
        return [(title, [self[name] for name in names if name in self.fields]) for title, names in SECTIONS]

    def values(self) -> dict[str, Any]:
        """What was given, as the definition keeps it."""
        kept = {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in ("reason", "edition", "code", "unit")
        }
        kept["unit"] = Unit.objects.filter(code=self.cleaned_data["unit"]).first()
        return kept

    def changes(self) -> dict[str, Any]:
        """What differs from the definition as it stands."""
        assert self.measure is not None
        return {name: value for name, value in self.values().items() if value != getattr(self.measure, name)}

    def refuse(self, refused: Refused) -> None:
        for name, message in refused.faults.items():
            self.add_error(name if name in self.fields else None, message)


class RetireForm(forms.Form):
    """When a measure ends, why, and what follows it."""

    ends = DayField(label=_("Last day"))
    successor = forms.CharField(
        label=_("Code of the measure that follows it"),
        required=False,
        max_length=60,
        help_text=_("It must exist already."),
    )
    reason = forms.CharField(label=_("Why"), max_length=1_000)

    def clean_successor(self) -> str:
        code = str(self.cleaned_data["successor"])
        if code and not Measure.objects.filter(code=code).exists():
            raise forms.ValidationError(_("There is no measure “%s”: give the code of one.") % code)
        return code

    def refuse(self, refused: Refused) -> None:
        for name, message in refused.faults.items():
            self.add_error(name if name in self.fields else None, message)
