"""Django's form fields as the page's own: ``field_params`` says what the macro in ``web/forms.html`` needs.

{% from "web/forms.html" import error_summary, field, buttons %}
{{ error_summary(form) }} {{ field(form["owner"]) }} {{ buttons("Save") }}
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

#: The days people write, the clearest first.
DAY_FORMS = ["%d/%m/%Y", "%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%d.%m.%Y", "%d-%m-%Y", "%d/%m/%y"]


class DayInput(forms.DateInput):
    """One text box; a day already there is written 14/7/2026."""

    input_type = "text"

    def format_value(self, value: Any) -> str | None:
        return f"{value.day}/{value.month}/{value.year}" if isinstance(value, date) else super().format_value(value)


class DayField(forms.DateField):
    """A day in one box: 14/7/2026, 2026-07-14 and 14 July 2026 are all understood."""

    widget = DayInput
    input_formats = DAY_FORMS
    default_error_messages = {"invalid": _("Enter a date like 14/7/2026.")}


#: Which part of the macro draws a widget; the first that fits.
_KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.MultipleHiddenInput, "hidden"),
    (forms.HiddenInput, "hidden"),
    (forms.Textarea, "textarea"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.SelectMultiple, "checkboxes"),
    (forms.Select, "select"),
    (forms.CheckboxInput, "checkbox"),
    (forms.FileInput, "file"),
    (forms.PasswordInput, "password"),
)
#: What is said of a choice that was not made.
_CHOOSE = {
    "radios": _("Choose one."),
    "select": _("Choose one."),
    "checkboxes": _("Choose at least one."),
    "file": _("Choose a file."),
}
_PASSED_ON = ("maxlength", "readonly", "multiple", "accept")


def offer(form: forms.BaseForm, name: str, choices: Iterable[Any]) -> None:
    """Let the field ``name`` be chosen from ``choices``."""
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(f"{name} of {type(form).__name__} is no field to choose in.")
    field.choices = choices


def can_choose(bound: BoundField) -> bool:
    """Whether the field offers anything: a form whose choices have yet to be made says so, and shows no empty list."""
    return any(value for value, _words in bound.field.choices)


def field_params(bound: BoundField) -> dict[str, Any]:
    """What a macro of the component library is told about ``bound``."""
    widget, field = bound.field.widget, bound.field
    attrs: Mapping[str, Any] = widget.attrs
    identity = attrs.get("id") or bound.auto_id or bound.html_name
    params: dict[str, Any] = {
        "kind": _kind(widget),
        "id": identity,
        "name": bound.html_name,
        "label": bound.label,
        "optional": not field.required and not isinstance(field, forms.BooleanField),
        "value": _text(widget.format_value(bound.value())),
        "disabled": field.disabled,
        "autocomplete": attrs.get("autocomplete"),
        "spellcheck": attrs.get("spellcheck"),
        "placeholder": attrs.get("placeholder", ""),
        "type": getattr(widget, "input_type", "text"),
        "attributes": {name: attrs[name] for name in _attributes(attrs)},
    }
    if isinstance(field, (forms.DecimalField, forms.IntegerField)):
        params.update(type="text", inputmode="numeric" if _whole(field) else "decimal", spellcheck=False)
    if bound.help_text:
        said = str(bound.help_text)
        params["hint"] = {"html" if isinstance(said, SafeString) else "text": said}
    if bound.errors:
        params["error"] = " ".join(_messages(bound))
    if params["kind"] in {"radios", "checkboxes", "select"}:
        params["choices"] = list(_choices(bound))
        params["groups"] = [(name, list(group)) for name, group in groupby(params["choices"], itemgetter("group"))]
    if params["kind"] == "checkbox":
        params["checked"] = bool(bound.value())
    if "rows" in attrs:
        params["rows"] = attrs["rows"]
    return params


def errors_of(form: forms.BaseForm) -> list[tuple[str, str]]:
    """Every fault of the form as a message and the place it is about: the links of the error summary."""
    faults = [(str(message), "") for message in form.non_field_errors()]
    for name in form.errors:
        if name in form.fields:
            bound = form[name]
            place = field_params(bound)["id"]
            faults += [(_about(str(bound.label), message), f"#{place}") for message in _messages(bound)]
    return faults


def _messages(bound: BoundField) -> list[str]:
    """What is wrong with a field. A choice not made is asked for as a choice, unless its form has words of its own."""
    asked = str(forms.Field.default_error_messages["required"])
    choose = _CHOOSE.get(_kind(bound.field.widget), asked)
    return [str(choose) if str(message) == asked else str(message) for message in bound.errors]


def _kind(widget: forms.Widget) -> str:
    return next((kind for type_, kind in _KINDS if isinstance(widget, type_)), "text")


def _about(label: str, message: str) -> str:
    """Cost: fill this in. Or, where the label asks: What is good? Fill this in."""
    if label.endswith("?"):
        return f"{label} {message}"
    return f"{label}: {message[:1].lower() + message[1:] if message[1:2].islower() else message}"


def _attributes(attrs: Mapping[str, Any]) -> Iterator[str]:
    for name, value in attrs.items():
        if (name in _PASSED_ON or name.startswith(("data-", "hx-"))) and value is not False:
            yield name


def _whole(field: forms.Field) -> bool:
    return isinstance(field, forms.IntegerField) and not isinstance(field, (forms.DecimalField, forms.FloatField))


def _text(value: Any) -> Any:
    return value if isinstance(value, (list, tuple)) else ("" if value is None else str(value))


def _choices(bound: BoundField) -> Iterator[dict[str, Any]]:
    """The choices, each as value, text, whether it is chosen, and the group it stands in."""
    chosen = {str(one) for one in _several(bound.field.widget.format_value(bound.value()))}
    for value, text in bound.field.widget.choices:
        if isinstance(text, (list, tuple)):
            for inner, words in text:
                yield _choice(inner, words, chosen, str(value))
        else:
            yield _choice(value, text, chosen, "")


def _choice(value: Any, text: Any, chosen: set[str], group: str) -> dict[str, Any]:
    written = "" if value is None else str(value)
    return {"value": written, "text": str(text), "checked": written in chosen, "group": group}


def _several(value: Any) -> list[Any]:
    if value is None:
        return [""]
    return list(value) if isinstance(value, (list, tuple, set)) else [value]
