"""The forms of who does what: giving a post a part in a measure, and ending it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from goldenthread.council.forms import SettingsForm, post_choices
from goldenthread.measures.models import MeasureRole
from goldenthread.web.forms import DayField

Part = MeasureRole.Part
#: Each part as a choice, with what comes with it.
PARTS = [
    (Part.SUPPLIER, _("Supplier: gives the figures")),
    (Part.VERIFIER, _("Verifier: checks the figures")),
    (Part.OWNER, _("Owner: gives the figures and says what is behind them")),
    (Part.HEAD, _("Head of service: answers for the measure")),
    (Part.DIRECTOR, _("Director: answers for the measure")),
    (Part.PORTFOLIO, _("Portfolio holder: the member whose portfolio it is in")),
]


class PartForm(SettingsForm):
    """A part for a post. The part goes with the post: whoever holds it next has it too."""

    role = forms.ChoiceField(label=_("Part"), choices=[("", _("Choose a part")), *PARTS])
    post = forms.ChoiceField(label=_("Post"), help_text=_("The part stays with the post, whoever comes to hold it."))
    starts = DayField(label=_("From"), required=False, help_text=_("Empty: from the beginning."))
    reason = forms.CharField(label=_("Why"), required=False, max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].choices = post_choices(_("Choose a post"))


class EndPartForm(SettingsForm):
    ends = DayField(label=_("Last day"))
    reason = forms.CharField(label=_("Why"), required=False, max_length=300)
