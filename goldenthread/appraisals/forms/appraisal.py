"""The forms of appraisals. What is typed into them is sealed as it is kept."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from goldenthread.appraisals.expected import Expected
from goldenthread.appraisals.models import Appraisal, NeedKind, Objective, Priority
from goldenthread.council.forms import SettingsForm, person_choices
from goldenthread.council.models import Person
from goldenthread.council.roles import roles_of, running
from goldenthread.council.sign_in import signing_in
from goldenthread.domain.appraisals import OverallRule, Scale
from goldenthread.domain.words import PlanState
from goldenthread.history.clock import today
from goldenthread.measures.models import Measure
from goldenthread.plans.models import Action, Element
from goldenthread.web.forms import DayField, offer

Choices = list[tuple[str, Any]]
LONGEST = 4000


def _text(rows: int = 3, **kwargs: Any) -> forms.CharField:
    return forms.CharField(widget=forms.Textarea(attrs={"rows": rows}), max_length=LONGEST, **kwargs)


class ObjectiveForm(SettingsForm):
    """An objective, helped into SMART wording by what each box asks."""

    what = _text(
        label=_("What will be different by the end of the year?"),
        required=False,
        help_text=_("Specific: one thing, beginning with a verb. “Cut missed collections on the new rounds.”"),
    )
    success = _text(
        label=_("How will you both know?"),
        required=False,
        help_text=_(
            "Measurable: a figure, a date or something that can be shown. “Fewer than 30 in 100,000 by March.”"
        ),
    )
    by_when = DayField(
        label=_("By when?"), required=False, help_text=_("A day within the year, soon enough to look at mid-year.")
    )
    weight = forms.DecimalField(
        label=_("Weight"),
        required=False,
        min_value=1,
        max_value=100,
        decimal_places=0,
        help_text=_("Out of 100 for all objectives together. Leave all empty to count them alike."),
    )
    element = forms.ChoiceField(
        label=_("What does it serve?"),
        required=False,
        help_text=_(
            "Relevant: what the plans of your service or the council say. Others see only how many people serve it."
        ),
    )
    measure = forms.ChoiceField(
        label=_("It is a measure of the council"),
        required=False,
        help_text=_("Its latest figure then stands here by itself."),
    )
    action = forms.ChoiceField(
        label=_("It is an action of a plan"),
        required=False,
        help_text=_("Its progress then stands here by itself."),
    )

    def __init__(self, *args: Any, appraisal: Appraisal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "element", _elements(appraisal))
        offer(self, "measure", _measures(appraisal))
        offer(self, "action", _actions(appraisal))


class TextForm(SettingsForm):
    """One box."""

    text = _text(label=_("Text"))

    def __init__(self, *args: Any, label: Any = "", hint: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if label:
            self.fields["text"].label = label
        self.fields["text"].help_text = hint


class NoteForm(TextForm):
    on = DayField(label=_("When you met"))


class AskForm(TextForm):
    """A question to a colleague who has an account."""

    person = forms.ChoiceField(
        label=_("Whom do you ask?"), help_text=_("Anybody who works here and can sign in. They see your question only.")
    )
    field_order = ["person", "text"]

    def __init__(self, *args: Any, appraisal: Appraisal, **kwargs: Any) -> None:
        label = _("What would you like to know?")
        hint = _("One thing they have seen: “How was it to work with Ewa on the survey?”")
        super().__init__(*args, label=label, hint=hint, **kwargs)
        writing = [appraisal.person_id, *([appraisal.appraiser_id] if appraisal.appraiser_id else [])]
        held = Person.objects.filter(signing_in("user__"), appointments__in=_running_appointments())
        people = held.exclude(pk__in=writing).distinct().order_by("name").values_list("code", "name")
        offer(self, "person", [("", _("Choose somebody")), *people])


class NeedForm(TextForm):
    how = _text(label=_("How might that happen?"), required=False, rows=2)
    kind = forms.ChoiceField(
        label=_("What kind is it?"),
        choices=NeedKind.choices,
        help_text=_(
            "Kind, priority and day may be counted by those who plan training. What you write stays between you."
        ),
    )
    priority = forms.ChoiceField(
        label=_("How much does it matter?"), choices=Priority.choices, initial=Priority.IMPORTANT
    )
    by_when = DayField(label=_("By when?"), required=False)


class RatingForm(SettingsForm):
    """One side's rating of every objective and competency, of the whole where it is judged, and words on the year."""

    def __init__(
        self,
        *args: Any,
        objectives: list[Objective],
        titles: dict[int, str],
        competencies: list[Expected],
        scale: Scale,
        rule: OverallRule,
        sections: list[dict[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.objectives, self.sections = objectives, sections
        self.competencies = [one.competency for one in competencies]
        choices = [(str(number), word) for number, word in sorted(scale.words, reverse=True)]
        unrated = {"required": _("Choose a rating.")}
        for objective in objectives:
            self.fields[f"rating-{objective.pk}"] = forms.ChoiceField(
                label=titles[objective.pk], choices=choices, widget=forms.RadioSelect, error_messages=unrated
            )
            self.fields[f"text-{objective.pk}"] = _text(label=_("In your own words"), required=False, rows=2)
        for one in competencies:
            self.fields[f"competency-{one.competency.pk}"] = forms.ChoiceField(
                label=one.competency.title,
                choices=choices,
                widget=forms.RadioSelect,
                help_text=_listed(one.behaviours),
                error_messages=unrated,
            )
            self.fields[f"competency-text-{one.competency.pk}"] = _text(
                label=_("An example from this year"), required=False, rows=2
            )
        if rule is OverallRule.JUDGED:
            self.fields["overall"] = forms.ChoiceField(
                label=_("The year as a whole"), choices=choices, widget=forms.RadioSelect, error_messages=unrated
            )
        for section in sections:
            self.fields[f"section-{section['code']}"] = _text(
                label=section["title"], help_text=section.get("hint", ""), required=False
            )

    def pairs(self) -> list[tuple[Any, Any]]:
        """Each objective's two boxes."""
        return [(self[f"rating-{one.pk}"], self[f"text-{one.pk}"]) for one in self.objectives]

    def competency_pairs(self) -> list[tuple[Any, Any]]:
        return [(self[f"competency-{one.pk}"], self[f"competency-text-{one.pk}"]) for one in self.competencies]

    def said(self) -> dict[str, Any]:
        """What the verb takes."""
        kept = self.cleaned_data
        return {
            "ratings": {one.pk: int(kept[f"rating-{one.pk}"]) for one in self.objectives},
            "texts": {one.pk: kept[f"text-{one.pk}"] for one in self.objectives},
            "competencies": {one.pk: int(kept[f"competency-{one.pk}"]) for one in self.competencies},
            "competency_texts": {one.pk: kept[f"competency-text-{one.pk}"] for one in self.competencies},
            "overall": int(kept["overall"]) if kept.get("overall") else None,
            "comments": {one["code"]: kept[f"section-{one['code']}"] for one in self.sections},
        }


class HandOverForm(SettingsForm):
    to = forms.ChoiceField(label=_("Who appraises from now on?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "to", person_choices(_("Choose somebody")))


class DeputyForm(SettingsForm):
    person = forms.ChoiceField(label=_("Who stands in for you?"))
    starts = DayField(label=_("From"))
    ends = DayField(label=_("To"), help_text=_("The last day, half a year from the first at most."))

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = Person.objects.filter(appointments__in=_running_appointments()).distinct()
        mine = roles_of(user).person
        others = held.exclude(pk=mine.pk) if mine else held
        people = others.order_by("name").values_list("code", "name")
        offer(self, "person", [("", _("Choose somebody")), *people])


def _listed(lines: Sequence[str]) -> Any:
    if not lines:
        return ""
    items = format_html_join("", "<li>{}</li>", ((line,) for line in lines))
    return format_html('<ul class="gt-behaviours">{}</ul>', items)


def _running_appointments() -> Any:
    from goldenthread.council.models import Appointment

    return Appointment.objects.filter(running(today()))


def _elements(appraisal: Appraisal) -> Choices:
    """What the plans in force say, the plans of one's own unit first."""
    rows = (
        Element.objects.filter(running(appraisal.year.ends), plan__state__in=(PlanState.ADOPTED, PlanState.CONSULTED))
        .select_related("plan__unit")
        .order_by("plan__title", "order", "code")
    )
    groups: dict[str, list[tuple[str, str]]] = {}
    for row in sorted(rows, key=lambda one: one.plan.unit_id != appraisal.post.unit_id):
        groups.setdefault(row.plan.title, []).append((row.code, row.title))
    return [("", _("Nothing yet")), *groups.items()]


def _measures(appraisal: Appraisal) -> Choices:
    """The measures of one's own unit first, then all others."""
    rows = Measure.objects.filter(running(today())).select_related("unit").order_by("code")
    return [("", _("No")), *_grouped(appraisal, ((row.unit, row.code, row.short_title or row.title) for row in rows))]


def _actions(appraisal: Appraisal) -> Choices:
    rows = Action.objects.exclude(state__in=("complete", "cancelled")).select_related("element__plan__unit")
    return [
        ("", _("No")),
        *_grouped(appraisal, ((row.element.plan.unit, row.code, row.title) for row in rows.order_by("code"))),
    ]


def _grouped(appraisal: Appraisal, rows: Any) -> Choices:
    groups: dict[str, list[tuple[str, str]]] = {}
    for unit, code, title in sorted(rows, key=lambda one: (one[0] != appraisal.post.unit, str(one[0] or ""), one[1])):
        groups.setdefault(str(unit or _("The council")), []).append((code, f"{title} ({code})"))
    return list(groups.items())
