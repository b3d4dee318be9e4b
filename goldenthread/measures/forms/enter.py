"""The form for a period: its figure or why there is none, the parts of a breakdown, and what is behind them."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from zlib import crc32

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from goldenthread.domain import words
from goldenthread.domain.aggregate import ratio
from goldenthread.domain.figures import Figure
from goldenthread.measures.forms.figures import CountField, figure_field
from goldenthread.measures.models import Actual
from goldenthread.measures.queries.entry import Part, Sheet
from goldenthread.measures.services import Entry, Words
from goldenthread.measures.services.figures import faults_of
from goldenthread.web.forms import DayField

MISSING_WORDS = {
    words.Missing.NOT_COLLECTED: _("It was not collected"),
    words.Missing.NOT_AVAILABLE: _("It is not available"),
    words.Missing.NOT_APPLICABLE: _("It does not apply in this period"),
    words.Missing.SUPPRESSED: _("It is suppressed: so few cases could name people"),
    words.Missing.NIL_RETURN: _("Nil return: there was nothing to measure"),
}
LATER = "later"
STATES = [
    (words.State.FINAL, _("Final")),
    (words.State.PROVISIONAL, _("Provisional: it may still change a little")),
    (words.State.ESTIMATE, _("An estimate")),
]
ASSURANCE = [
    (words.Assurance.NONE, _("Not checked by anyone else")),
    (words.Assurance.CHECKED, _("Checked by a colleague")),
    (words.Assurance.SAMPLED, _("Checked on a sample of cases")),
    (words.Assurance.INTERNAL_AUDIT, _("By internal audit")),
    (words.Assurance.EXTERNAL_AUDIT, _("By external audit")),
]
NUMBERS = ("value", "numerator", "denominator", "lower", "upper", "sample")


@dataclass(frozen=True, slots=True)
class PartFields:
    """The boxes of one part of a breakdown."""

    part: Part
    fields: dict[str, BoundField]


class EntryForm(forms.Form):
    """The figures of one period. What stands already is in it; only what is changed is recorded."""

    def __init__(self, data: Any = None, *, sheet: Sheet, restating: bool = False, category: str = "") -> None:
        super().__init__(data)
        self.sheet, self.restating, self.category = sheet, restating, category
        #: Whether no figure at all is fine, since something else was written that can be kept.
        self.may_be_empty = False
        self.parts = () if restating else sheet.parts
        self._add_figure("", sheet.standing.get(category))
        for part in self.parts:
            self._add_figure(slug(part.category), sheet.standing.get(part.category), part.name)
        self._add_about(sheet.standing.get(category))

    def _add_figure(self, prefix: str, standing: Actual | None, part: str = "") -> None:
        """The boxes of one figure, whole or part, with what stands in them; a fault in a part's box names the part."""
        sheet = self.sheet
        self.fields[f"{prefix}seen"] = forms.IntegerField(
            widget=forms.HiddenInput, required=False, initial=standing.pk if standing else 0
        )
        if sheet.has_halves:
            about = sheet.measure
            tops = {
                "numerator": about.numerator or _("Numerator"),
                "denominator": about.denominator or _("Denominator"),
            }
            for half, label in tops.items():
                self.fields[f"{prefix}{half}"] = CountField(label=_of(part, label), required=False)
        self.fields[f"{prefix}value"] = figure_field(sheet.definition, label=_of(part, self._value_label()))
        if sheet.has_margins and not prefix:
            self.fields["lower"] = figure_field(sheet.definition, label=_("Lower margin"))
            self.fields["upper"] = figure_field(sheet.definition, label=_("Upper margin"))
            self.fields["sample"] = CountField(label=_("How many answered"), required=False)
        for name in NUMBERS:
            if standing is not None and f"{prefix}{name}" in self.fields:
                worked_out = name == "value" and standing.numerator is not None and sheet.has_halves
                self.fields[f"{prefix}{name}"].initial = None if worked_out else getattr(standing, name)

    def _value_label(self) -> Any:
        if self.sheet.has_halves:
            return _("The figure itself, if you have only that")
        return _("Figure")

    def _add_about(self, standing: Actual | None) -> None:
        reasons = [("", _("There is a figure")), (LATER, _("It is not ready yet")), *MISSING_WORDS.items()]
        promised = standing is not None and standing.expected_on and standing.value is None and not standing.missing
        self.fields["missing"] = forms.ChoiceField(
            label=_("Why is there no figure?"),
            choices=reasons,
            required=False,
            widget=forms.RadioSelect,
            initial=LATER if promised else standing.missing if standing else "",
        )
        self.fields["expected_on"] = DayField(
            label=_("When will there be one?"),
            required=False,
            help_text=_("For example, 14/7/2026. Until then the measure is awaited, not overdue."),
            initial=standing.expected_on if standing else None,
        )
        if not self.restating:
            state = standing.state if standing and standing.state in dict(STATES) else words.State.FINAL
            self.fields["state"] = forms.ChoiceField(
                label=_("How settled is it?"), choices=STATES, widget=forms.RadioSelect, initial=state
            )
        self.fields["assurance"] = forms.ChoiceField(
            label=_("How far has it been checked?"),
            choices=ASSURANCE,
            required=False,
            initial=standing.assurance if standing else words.Assurance.NONE,
        )
        self.fields["comment"] = forms.CharField(
            label=_("Note on the figure"),
            help_text=_("How it was worked out, or what it leaves out. Colleagues see it."),
            required=False,
            max_length=5000,
            widget=forms.Textarea(attrs={"rows": 2}),
            initial=standing.comment if standing else "",
        )
        if self.restating:
            self.fields["reason"] = forms.CharField(
                label=_("Why is it restated?"),
                help_text=_("It is shown beside the figure wherever the figure is shown."),
                max_length=5000,
                widget=forms.Textarea(attrs={"rows": 3}),
                error_messages={"required": _("Say why the figure is restated.")},
            )

    # What was typed

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            if cleaned.get("missing") == LATER and cleaned.get("expected_on") is None:
                self.add_error("expected_on", gettext("Say when you expect the figure."))
            for entry in self.entries():
                self.refuse(faults_of(self.sheet.measure, entry), entry.category)
        return cleaned

    def refuse(self, faults: dict[str, str], category: str | None = None) -> None:
        """Put each fault by its field; ``category`` None where the keys name the part (``ward=abbey:value``)."""
        for key, message in faults.items():
            part, _colon, name = key.rpartition(":") if category is None else (category, ":", key)
            part = "" if part == self.category else part
            field = f"{slug(part)}{name}" if part else name
            known = field if name and field in self.fields else None
            named = next((one.name for one in self.parts if one.category == part), "")
            self.add_error(known, f"{named}: {message}" if named and known is None else message)

    def entries(self) -> list[Entry]:
        """What was typed that differs from what stands: the whole first, then its parts."""
        found = [self._entry("", self.category)]
        found += [self._entry(slug(part.category), part.category) for part in self.parts]
        if self.restating:
            return found[:1]
        whole, parts = found[0], [entry for entry in found[1:] if self._differs(entry) and _says(entry)]
        may_be_empty = "" not in self.sheet.standing and (parts or self.may_be_empty)
        if not self._differs(whole) or (may_be_empty and not _says(whole)):
            return parts
        return [whole, *parts]

    def _entry(self, prefix: str, category: str) -> Entry:
        cleaned = self.cleaned_data
        numbers = {name: cleaned.get(f"{prefix}{name}") for name in NUMBERS}
        missing = cleaned.get("missing") or "" if not prefix else ""
        return Entry(
            period=self.sheet.period.text,
            category=category,
            **numbers,
            missing="" if missing == LATER else missing,
            expected_on=cleaned.get("expected_on") if missing and not prefix else None,
            state=words.State.RESTATED if self.restating else cleaned.get("state") or words.State.FINAL,
            assurance=cleaned.get("assurance") or words.Assurance.NONE,
            comment=cleaned.get("comment") or "" if not prefix else "",
            seen=cleaned.get(f"{prefix}seen") or 0,
        )

    def _differs(self, entry: Entry) -> bool:
        standing = self.sheet.standing.get(entry.category)
        return standing is None or content(entry, self.sheet) != content(standing, self.sheet)

    def part_names(self) -> list[str]:
        """What is asked for of each part: the halves, unless a part was last given without them."""
        if not self.sheet.has_halves:
            return ["value"]
        whole = any(part.last and part.last.value is not None and part.last.numerator is None for part in self.parts)
        return ["numerator", "denominator", "value"] if whole else ["numerator", "denominator"]

    def part_fields(self) -> Iterator[PartFields]:
        for part in self.parts:
            yield PartFields(part, {name: self[f"{slug(part.category)}{name}"] for name in self.part_names()})

    def seen_fields(self) -> list[BoundField]:
        return [self[name] for name in self.fields if name.endswith("seen")]


class WordsForm(forms.Form):
    """What is behind the figure."""

    comment = forms.CharField(
        label=_("What happened"), required=False, max_length=10000, widget=forms.Textarea(attrs={"rows": 4})
    )
    cause = forms.CharField(
        label=_("Cause"), required=False, max_length=10000, widget=forms.Textarea(attrs={"rows": 2})
    )
    action = forms.CharField(
        label=_("What is being done"), required=False, max_length=10000, widget=forms.Textarea(attrs={"rows": 2})
    )
    owner = forms.CharField(label=_("By whom"), required=False, max_length=200)
    due = DayField(label=_("By when"), required=False)
    audience = forms.ChoiceField(
        label=_("Who may read it"),
        required=False,
        choices=[("internal", _("Officers")), ("members", _("Officers and councillors")), ("public", _("Everyone"))],
    )

    def __init__(self, data: Any = None, *, sheet: Sheet) -> None:
        standing = sheet.words
        names = ("comment", "cause", "action", "owner", "due", "audience")
        initial = {name: getattr(standing, name) for name in names} if standing else {}
        super().__init__(data, prefix="words", initial=initial)
        self.sheet = sheet

    def words(self) -> Words | None:
        """What was written, if it says anything new."""
        if not self.has_changed():
            return None
        written = Words(
            period=self.sheet.period.text,
            **{name: self.cleaned_data.get(name) or "" for name in ("comment", "cause", "action", "owner")},
            due=self.cleaned_data.get("due"),
            audience=self.cleaned_data.get("audience") or "internal",
        )
        return written if written else None


def _of(part: str, label: Any) -> Any:
    """Telephone: Requests received."""
    return f"{part}: {label}" if part else label


def slug(category: str) -> str:
    """A name for a category's boxes that any address or script can hold."""
    return f"part-{crc32(category.encode()):08x}-"


def figure_of(entry: Entry, sheet: Sheet) -> Figure:
    """The figure that an entry would record."""
    value = entry.value
    if value is None and entry.numerator is not None:
        value = ratio(entry.numerator, entry.denominator, sheet.definition)
    return Figure(
        period=sheet.period,
        value=value,
        numerator=entry.numerator,
        denominator=entry.denominator,
        lower=entry.lower,
        upper=entry.upper,
        sample=entry.sample,
        missing=words.Missing(entry.missing) if entry.missing else None,
        state=words.State(entry.state),
        assurance=words.Assurance(entry.assurance),
    )


def content(said: Entry | Actual, sheet: Sheet) -> tuple[Any, ...]:
    """What a figure says, alike for one typed and one that stands."""
    value: Decimal | None = said.value
    if isinstance(said, Entry) and value is None and said.numerator is not None:
        value = ratio(said.numerator, said.denominator, sheet.definition)
    halves = (said.numerator, said.denominator, said.lower, said.upper, said.sample)
    state = words.State.FINAL if said.state == words.State.RESTATED else str(said.state)
    about = (said.missing, said.expected_on, said.assurance, said.comment)
    return (value, *halves, state) if said.category else (value, *halves, state, *about)


def _says(entry: Entry) -> bool:
    return bool(entry.missing or entry.expected_on) or any(getattr(entry, name) is not None for name in NUMBERS)
