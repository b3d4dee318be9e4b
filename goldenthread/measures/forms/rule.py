"""The rule that rates a measure from a day on, and by whose decision."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from goldenthread.measures.queries.rating import RuleChoice
from goldenthread.web.forms import DayField


class AssignForm(forms.Form):
    """``trying`` asks for no decision yet: one may look before one decides."""

    rule = forms.ChoiceField(label=_("Rule"), error_messages={"required": _("Choose a rule.")})
    starts = DayField(
        label=_("From"),
        required=False,
        help_text=_("It rates the periods that end on or after this day. Empty: from the beginning."),
    )
    decision = forms.CharField(
        label=_("Decision"),
        help_text=_("Who decided, and when: Corporate management team, 3 March 2026."),
        max_length=2000,
        error_messages={"required": _("Name the decision: who decided, and when.")},
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why.")},
    )

    def __init__(
        self, data: Any = None, *, choices: Sequence[RuleChoice], trying: bool = False, **options: Any
    ) -> None:
        super().__init__(data, **options)
        self.fields["rule"].choices = [("", _("Choose a rule")), *((one.code, one.title) for one in choices)]
        if trying:
            self.fields["decision"].required = self.fields["reason"].required = False

    def refuse(self, faults: Mapping[str, str]) -> None:
        for name, message in faults.items():
            self.add_error(name if name in self.fields else None, message)
