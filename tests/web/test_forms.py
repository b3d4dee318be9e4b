"""A form's fields as the page draws them, and the days people write."""

from datetime import date

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.template import engines
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.web.forms import DayField, can_choose, errors_of, field_params


class FigureForm(forms.Form):
    value = forms.DecimalField(label="Days lost", help_text="To the end of the quarter.")
    agreed = DayField(label="Agreed on", required=False)
    owner = forms.ChoiceField(label="Owner", choices=[("", "Choose"), ("Finance", [("f1", "Head of Revenues")])])
    themes = forms.MultipleChoiceField(
        label="Themes",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("c", "Climate"), ("e", "Equality")],
    )
    final = forms.BooleanField(label="Final", required=False)
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


def test_a_field_offers_something_once_there_is_a_choice_with_a_value():
    form = FigureForm()
    assert can_choose(form["owner"])
    form.fields["owner"].choices = [("", "Choose")]
    assert not can_choose(form["owner"])


def drawn(form: forms.Form, name: str, **options: object) -> str:
    template = engines["jinja2"].from_string(
        '{% from "web/forms.html" import field %}{{ field(form[name], **options) }}'
    )
    return template.render({"form": form, "name": name, "options": options})


def test_a_number_is_a_text_box_with_a_number_pad() -> None:
    params = field_params(FigureForm(initial={"value": "7.4"})["value"])
    assert params == {
        "kind": "text",
        "id": "id_value",
        "name": "value",
        "label": "Days lost",
        "optional": False,
        "value": "7.4",
        "disabled": False,
        "autocomplete": None,
        "spellcheck": False,
        "placeholder": "",
        "type": "text",
        "inputmode": "decimal",
        "attributes": {},
        "hint": {"text": "To the end of the quarter."},
    }


def test_a_field_in_error_is_described_by_its_message() -> None:
    html = drawn(FigureForm({"value": "seven"}), "value")
    assert 'value="seven"' in html
    assert 'aria-describedby="id_value-hint id_value-error"' in html
    assert "Enter a number, in digits." in html


@pytest.mark.parametrize(
    ("name", "has"),
    [
        ("value", 'inputmode="decimal"'),
        ("agreed", "Agreed on (optional)"),
        ("owner", '<optgroup label="Finance">'),
        ("themes", 'type="checkbox" value="e" checked'),
        ("final", 'type="checkbox" value="on"'),
        ("secret", '<input type="hidden" name="secret" id="id_secret" value="">'),
    ],
)
def test_each_kind_of_field(name: str, has: str) -> None:
    assert has in drawn(FigureForm(initial={"themes": ["e"]}), name)


def test_a_unit_stands_beside_the_box() -> None:
    assert ">%</div>" in drawn(FigureForm(), "value", suffix="%", width=5)


def test_what_people_wrote_is_never_taken_for_html() -> None:
    form = FigureForm({"value": '"><script>alert(1)</script>', "owner": "<b>"})
    assert "<script>" not in drawn(form, "value") + drawn(form, "owner")


def test_the_error_summary_names_the_field_and_leads_to_it() -> None:
    form = FigureForm({"value": "seven", "agreed": "31/2/2026", "owner": "f1"})
    form.add_error(None, "The period is locked.")
    assert errors_of(form) == [
        ("The period is locked.", ""),
        ("Days lost: enter a number, in digits.", "#id_value"),
        ("Agreed on: enter a date like 14/7/2026.", "#id_agreed"),
    ]


def test_a_choice_not_made_is_asked_for_as_a_choice() -> None:
    class ChoosingForm(forms.Form):
        owner = forms.ChoiceField(label="Owner", choices=[("", "Choose"), ("f1", "Head of Revenues")])
        good = forms.ChoiceField(label="What is good?", choices=[("up", "Higher")], widget=forms.RadioSelect)
        themes = forms.MultipleChoiceField(
            label="Themes", choices=[("c", "Climate")], widget=forms.CheckboxSelectMultiple
        )
        rule = forms.ChoiceField(label="Rule", error_messages={"required": "Choose a rule."})
        title = forms.CharField(label="Title")

    form = ChoosingForm({})
    assert [words for words, _place in errors_of(form)] == [
        "Owner: choose one.",
        "What is good? Choose one.",
        "Themes: choose at least one.",
        "Rule: choose a rule.",
        f"Title: {forms.Field.default_error_messages['required'][:1].lower()}"
        f"{forms.Field.default_error_messages['required'][1:]}",
    ]
    assert field_params(form["owner"])["error"] == "Choose one."


@pytest.mark.parametrize(
    "written",
    ["14/7/2026", "14/07/2026", "2026-07-14", "14 July 2026", "14 Jul 2026", "14.7.2026", " 14-7-2026 ", "14/7/26"],
)
def test_a_day_is_understood_as_people_write_it(written: str) -> None:
    assert DayField().clean(written) == date(2026, 7, 14)


@given(st.text(max_size=20))
def test_any_other_day_is_refused_by_the_field(written: str) -> None:
    try:
        found = DayField(required=False).clean(written)
    except ValidationError as refused:
        found = refused.messages
    assert isinstance(found, date | None) or found == ["Enter a date like 14/7/2026."]


def test_a_day_comes_back_as_it_is_asked_for() -> None:
    assert field_params(FigureForm(initial={"agreed": date(2026, 7, 4)})["agreed"])["value"] == "4/7/2026"
