"""What a reader asks of the board: which measures, for which period, in which order, as at what moment."""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from goldenthread.domain.periods import Period, PeriodError
from goldenthread.domain.periods.meant import probably_meant
from goldenthread.domain.words import Frequency, Status
from goldenthread.history.clock import now, today
from goldenthread.measures.models.definition import Tier
from goldenthread.measures.queries.choices import FILTERED_SCHEMES, Choices
from goldenthread.measures.shown import Shown
from goldenthread.web.forms import DAY_FORMS, DayInput
from goldenthread.web.words import STATUS_WORDS

SORTS = {
    "code": _("Code"),
    "name": _("Name"),
    "status": _("Status, worst first"),
    "value": _("Figure"),
    "target": _("Target"),
    "short": _("Since last period"),
    "long": _("Since last year"),
    "signal": _("Signal"),
    "owner": _("Owner"),
    "unit": _("Unit"),
    "period": _("Period"),
}
_GROUPS = {"quarter": _("Quarters"), "year": _("Years"), "month": _("Months")}
_SCHEMES = {"portfolio": _("Portfolio"), "remit": _("Remit"), "theme": _("Theme")}


class MomentField(forms.Field):
    """A day, meaning its end, or a moment such as 2026-11-24T10:30."""

    widget = DayInput
    default_error_messages = {
        "invalid": _("Enter a date like 24/11/2026."),
        "later": _("Enter a day up to today: what is still to come has not been said yet."),
    }

    def to_python(self, value: Any) -> datetime | None:
        text = str(value or "").strip()
        if not text:
            return None
        day = next((day for form in DAY_FORMS if (day := _day(text, form))), None)
        moment = _end_of(day) if day else _moment(text)
        if moment is None:
            raise forms.ValidationError(self.error_messages["invalid"], "invalid")
        if timezone.localtime(moment).date() > today():
            raise forms.ValidationError(self.error_messages["later"], "later")
        return min(moment, now())


class PeriodField(forms.ChoiceField):
    """One of the periods on offer, or any other written in full: a week, a term, a day."""

    #: Two periods of the council's own, to show how one is written.
    examples: tuple[str, ...] = ()

    def valid_value(self, value: str) -> bool:
        try:
            Period.parse(value)
        except PeriodError:
            said = gettext("“%(written)s” is not a period: write it like %(examples)s.")
            meant = probably_meant(value)
            examples = (meant,) if meant else self.examples
            told = {"written": value[:60], "examples": gettext(" or ").join(examples)}
            raise forms.ValidationError(said % told) from None
        return True

    def clean(self, value: Any) -> Period | None:
        text = super().clean(value)
        return Period.parse(text) if text else None


class BoardForm(forms.Form):
    """The board's filters. What cannot be read is said by its field, and left out of the question."""

    q = forms.CharField(label=_("Search"), required=False, max_length=200)
    period = PeriodField(label=_("Period"), required=False)
    unit = forms.ChoiceField(label=_("Unit"), required=False)
    exceptions = forms.BooleanField(label=_("Exceptions only"), required=False)
    status = forms.ChoiceField(label=_("Status"), required=False)
    tier = forms.ChoiceField(label=_("Tier"), required=False)
    portfolio = forms.ChoiceField(label=_SCHEMES["portfolio"], required=False)
    remit = forms.ChoiceField(label=_SCHEMES["remit"], required=False)
    theme = forms.ChoiceField(label=_SCHEMES["theme"], required=False)
    set = forms.ChoiceField(label=_("Printed list"), required=False)
    sort = forms.ChoiceField(label=_("Sort by"), required=False)

    #: Those behind "More filters".
    MORE = ("tier", *FILTERED_SCHEMES, "set", "status", "as-at", "sort")

    def __init__(self, data: QueryDict, *, choices: Choices) -> None:
        asked = data.copy()
        self._usual = choices.usual_period
        asked.setdefault("period", self._usual(_day_of(data.get("as-at", ""))).text)
        super().__init__(asked)
        self.fields["as-at"] = MomentField(label=_("As it stood on"), required=False)
        self.fields["q"].widget.input_type = "search"
        self.fields["q"].widget.attrs["placeholder"] = gettext("Name or code")
        self.fields["period"].choices = list(self._periods(choices))
        self.fields["period"].examples = self._examples()
        self._offer(
            "unit", _("Every unit"), [(place.code, _indented(place.name, place.depth)) for place in choices.units]
        )
        self._offer("status", _("Any status"), [(status.value, STATUS_WORDS[status]) for status in Status])
        self._offer("tier", _("Every tier"), list(Tier.choices))
        for scheme in FILTERED_SCHEMES:
            self._offer(scheme, _("Any"), [(tag, tag) for tag in choices.tags.get(scheme, [])])
        self._offer("set", _("Every measure"), choices.sets)
        self.fields["sort"].choices = [
            ("", _("Usual order")),
            *SORTS.items(),
            *((f"-{key}", _("%(column)s, the other way") % {"column": words}) for key, words in SORTS.items()),
        ]

    def _offer(self, name: str, nothing: Any, choices: list[tuple[str, Any]]) -> None:
        """The choices of a field; one that offers none is not asked for."""
        if choices:
            self.fields[name].choices = [("", nothing), *choices]
        else:
            del self.fields[name]

    def _periods(self, choices: Choices) -> Iterator[tuple[str, Any]]:
        """Groups of periods; the one shown is among them, even if it was written by hand."""
        groups, words = choices.periods(today()), Shown()
        offered = {period.text for periods in groups.values() for period in periods}
        asked = self.data["period"]
        if asked not in offered:
            yield asked, _words_of(asked)
        for name, periods in groups.items():
            yield str(_GROUPS[name]), [(period.text, words.period(period.text)) for period in periods]

    def _examples(self) -> tuple[str, ...]:
        """The usual period, and its year; of a council that collects by the year, the year before."""
        usual = self._usual(today())
        year = usual.containing(Frequency.YEAR)
        return usual.text, (year if year != usual else usual.previous()).text

    def shown(self, name: str) -> Any:
        """The value asked for; None where it is empty or cannot be read."""
        return getattr(self, "cleaned_data", {}).get(name) or None

    @property
    def board_period(self) -> Period:
        return self.shown("period") or self._usual(today())

    @property
    def more_in_use(self) -> bool:
        """Whether a choice behind "More choices" narrows what is shown; the order does not."""
        return any(self.data.get(name) for name in self.MORE if name in self.fields and name != "sort")


def _day_of(text: str) -> date:
    """The day of a moment asked for; today where it is none."""
    try:
        moment = MomentField(required=False).clean(text)
    except forms.ValidationError:
        moment = None
    return timezone.localtime(moment).date() if moment else today()


def _words_of(text: str) -> str:
    try:
        return Shown().period(text)
    except PeriodError:
        return text


def _indented(name: str, depth: int) -> str:
    return "\u2003" * depth + name


def _day(text: str, form: str) -> date | None:
    try:
        return datetime.strptime(text, form).date()  # noqa: DTZ007
    except ValueError:
        return None


def _moment(text: str) -> datetime | None:
    # A plus that was not escaped in an address arrives as a space.
    try:
        moment = parse_datetime(text) or parse_datetime(text.replace(" ", "+"))
    except ValueError:
        return None
    return timezone.make_aware(moment) if moment is not None and timezone.is_naive(moment) else moment


def _end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.max))
