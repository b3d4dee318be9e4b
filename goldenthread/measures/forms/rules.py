"""A rule's version: its family, its edges, and since when by whose decision."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from goldenthread.domain.rules import EDGES_OF
from goldenthread.domain.rules import Rule as RuleVersion
from goldenthread.domain.words import Against, Basis, Compare, Family
from goldenthread.measures.forms.figures import CountField
from goldenthread.measures.models.definition import Tier
from goldenthread.web.forms import DayField

FAMILIES = {
    Family.STRICT: _("Met is green, missed is red"),
    Family.MISS_TOLERANCE: _("Met is green, a small miss amber, a larger red"),
    Family.GREEN_BAND: _("Met or nearly met is green, a larger miss amber, then red"),
    Family.TWO_THRESHOLDS: _("The target is the green line, a red line set for each measure the other"),
    Family.SYMMETRIC: _("Better than the tolerance, within it, worse than it"),
    Family.DIRECTION_CONDITIONED: _("Beyond the tolerance amber if no worse than before, else red"),
    Family.FORECAST: _("Rated on what the year's end is expected to be"),
    Family.JUDGED: _("Judged by the owner, with a reason and an expiry"),
    Family.FOUR_BAND: _("Four bands: green, green-amber, red-amber, red"),
    Family.UNRATED: _("Not rated: its trend and its narrative are shown"),
}
BASES = {
    Basis.PERCENT: _("% of the target"),
    Basis.POINTS: _("percentage points"),
    Basis.ABSOLUTE: _("the measure's own unit"),
    Basis.IMPROVEMENT: _("% of the planned move from the baseline"),
}
COMPARES = {
    Compare.UNROUNDED: _("Unrounded"),
    Compare.AS_SHOWN: _("As shown, rounded to the measure's decimals"),
}
AGAINSTS = {Against.LAST_YEAR: _("The same period last year"), Against.PREVIOUS: _("The period before")}
EDGES = {
    "green": _("Still green"),
    "amber": _("Still amber"),
    "red_amber": _("Still red-amber"),
    "exceed": _("Blue, when better than target by"),
}
ZERO = _("where the target is 0, in the measure's unit")
NEW_VERSION, CORRECTION = "version", "correction"
#: Fields that only some families read.
READ_BY: dict[str, tuple[Family, ...]] = {
    **{edge: tuple(family for family, read in EDGES_OF.items() if edge in read) for edge in EDGES},
    "against": (Family.DIRECTION_CONDITIONED,),
    "expires_after": (Family.JUDGED,),
}
NUMBERS_READ_BY = {
    **{name: READ_BY[name] for name in (*EDGES, "expires_after")},
    **{f"absolute_{edge}": READ_BY[edge] for edge in EDGES},
}


class RuleForm(forms.Form):
    """``existing``: a version of a rule that is there, from which the next is made; ``trying`` asks for no decision."""

    code = forms.CharField(
        label=_("Code"), max_length=60, help_text=_("Short and lasting, such as CORP-5. It cannot be changed.")
    )
    title = forms.CharField(label=_("Name"), max_length=200, help_text=_("Corporate rule, strategic measures"))
    what = forms.ChoiceField(
        label=_("What is to be done?"),
        choices=[
            (NEW_VERSION, _("Change it from a day on; earlier periods keep their statuses")),
            (CORRECTION, _("Correct it: it was typed wrong, and what it rated is rated anew")),
        ],
        widget=forms.RadioSelect,
    )
    family = forms.ChoiceField(label=_("How it rates"), choices=list(FAMILIES.items()))
    basis = forms.ChoiceField(label=_("A miss is counted in"), choices=list(BASES.items()))
    green = CountField(label=EDGES["green"], required=False)
    amber = CountField(label=EDGES["amber"], required=False)
    red_amber = CountField(label=EDGES["red_amber"], required=False)
    exceed = CountField(label=EDGES["exceed"], required=False)
    absolute_green = CountField(label=EDGES["green"], required=False)
    absolute_amber = CountField(label=EDGES["amber"], required=False)
    absolute_red_amber = CountField(label=EDGES["red_amber"], required=False)
    absolute_exceed = CountField(label=EDGES["exceed"], required=False)
    against = forms.ChoiceField(label=_("Before is"), choices=list(AGAINSTS.items()))
    compare = forms.ChoiceField(label=_("The figure is compared"), choices=list(COMPARES.items()))
    min_denominator = CountField(
        label=_("Too few to rate below"), required=False, help_text=_("Cases behind the figure.")
    )
    expires_after = forms.IntegerField(
        label=_("A judgement stands for, in days"), required=False, min_value=1, max_value=3660
    )
    starts = DayField(
        label=_("From"),
        required=False,
        help_text=_("It rates the periods that end on or after this day. Empty: from the beginning."),
    )
    agreed_on = DayField(label=_("Agreed on"), required=False)
    decision = forms.CharField(
        label=_("Decision"),
        help_text=_("Who decided, and when: Cabinet, 3 March 2026."),
        max_length=2000,
        error_messages={"required": _("Name the decision: who decided, and when.")},
    )
    reason = forms.CharField(
        label=_("What was wrong, if it is corrected"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    on = forms.ChoiceField(label=_("Try it on the last figures of"), required=False)

    FROM_VERSION = (
        *("family", "basis", *EDGES, *(f"absolute_{edge}" for edge in EDGES)),
        *("against", "compare", "min_denominator", "expires_after"),
    )

    def __init__(
        self, data: Any = None, *, existing: RuleVersion | None = None, title: str = "", trying: bool = False
    ) -> None:
        initial = {name: getattr(existing, name) for name in self.FROM_VERSION} if existing else {}
        super().__init__(data, initial={**initial, "title": title, "what": NEW_VERSION})
        self.existing = existing
        if existing is not None:
            del self.fields["code"]
        else:
            del self.fields["what"], self.fields["reason"]
        theirs = [("", _("the measures that it rates"))] if existing else []
        self.fields["on"].choices = [
            *theirs,
            *((tier, _("%(tier)s measures that follow their tier") % {"tier": label}) for tier, label in Tier.choices),
            ("*", _("every measure")),
        ]
        if trying:
            self.fields["decision"].required = False

    def version(self) -> RuleVersion:
        """The version as typed; one that is corrected keeps its start."""
        said = self.cleaned_data
        corrects = self.corrects and self.existing is not None
        return RuleVersion(
            code=self.existing.code if self.existing else said["code"].strip(),
            family=Family(said["family"]),
            basis=Basis(said["basis"]),
            **{name: said[name] for name in (*EDGES, *(f"absolute_{edge}" for edge in EDGES))},
            against=Against(said["against"]),
            compare=Compare(said["compare"]),
            min_denominator=said["min_denominator"],
            expires_after=said["expires_after"],
            starts=self.existing.starts if corrects and self.existing else said["starts"],
            agreed_on=said["agreed_on"],
            decision=said["decision"],
        )

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"]).strip(" /")
        if code.casefold() == "new":
            raise forms.ValidationError(_("That is part of an address: choose another code."))
        return code

    def clean(self) -> dict[str, Any]:
        """A number that the family does not read is not asked for again, nor kept: a script takes it off the page."""
        family = self.cleaned_data.get("family")
        for name, families in NUMBERS_READ_BY.items():
            if not family or family in families:
                continue
            if name in self.errors:
                del self.errors[name]
                self.cleaned_data[name] = None
            elif self.cleaned_data.get(name):
                said = _("“%(rated)s” does not use this number: leave it empty.")
                self.add_error(name, said % {"rated": FAMILIES[Family(family)]})
        return self.cleaned_data

    @property
    def corrects(self) -> bool:
        return self.cleaned_data.get("what") == CORRECTION

    def refuse(self, faults: Mapping[str, str]) -> None:
        for name, message in faults.items():
            self.add_error(name if name in self.fields else None, message)
