"""Boxes for figures: numbers as people write them, a day for a date, yes or no for a milestone."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from goldenthread.domain.amounts import day_number, day_of
from goldenthread.domain.definition import Definition
from goldenthread.domain.figures import canonical
from goldenthread.domain.numbers import NumberError, read_number
from goldenthread.domain.words import DataType
from goldenthread.web.forms import DayField

_POUNDS = {"k": Decimal(1_000), "m": Decimal(1_000_000), "bn": Decimal(1_000_000_000)}
_POUNDS |= {"thousand": _POUNDS["k"], "million": _POUNDS["m"], "billion": _POUNDS["bn"]}
_NOTHING = re.compile(
    r"(?:-+|\.+|n/?[ak]|nil|none|null|tb[cad]|not .*|no data|missing|suppressed|[?#x:*])", re.IGNORECASE
)
_DECIMAL_COMMA = re.compile(r"[£+-]*\d+,\d{1,2}%?")
LONGEST = 200


class FigureField(forms.DecimalField):
    """One figure of a measure, typed: 1,234.5, £1.2m, 84.2%, (12) for minus 12. Its label stands beside its unit."""

    widget = forms.TextInput

    def __init__(self, *, measure: Definition | None = None, **options: Any) -> None:
        super().__init__(**options)
        self.measure = measure
        self.widget.attrs.update(autocomplete="off", maxlength=LONGEST)

    def to_python(self, value: Any) -> Decimal | None:
        if isinstance(value, Decimal):
            return value
        text = str(value or "").strip()
        if not text:
            return None
        try:
            number = read_number(text, units=self._units(), states={}, brackets_negative=True)
        except NumberError as fault:
            raise forms.ValidationError(_kindly(text, fault)) from None
        if number.marks:
            raise forms.ValidationError(gettext("Leave out the mark after the figure; write about it in the note."))
        self._refuse_unit(number.unit)
        return number.value

    def prepare_value(self, value: Any) -> Any:
        return canonical(value) if isinstance(value, Decimal) else value

    def _units(self) -> dict[str, Decimal]:
        if self.measure is None:
            return {}
        unit = self.measure.unit_of_measure
        own = {unit: Decimal(1)} if unit and unit[0].isalpha() else {}
        return own | (_POUNDS if _in_pounds(self.measure) and unit in ("", "£") else {})

    def _refuse_unit(self, unit: str) -> None:
        if self.measure is None or not unit:
            return
        if unit == "%" and self.measure.data_type is not DataType.PERCENTAGE and self.measure.unit_of_measure != "%":
            raise forms.ValidationError(gettext("This is not a percentage: leave out the %."))
        if unit == "£" and not _in_pounds(self.measure):
            raise forms.ValidationError(gettext("This is not in pounds: leave out the £."))


class CountField(FigureField):
    """A half of a ratio, whose unit is not the measure's."""

    def _refuse_unit(self, unit: str) -> None:
        if unit == "%":
            raise forms.ValidationError(gettext("Give the number itself here, not a percentage."))


class DateFigureField(DayField):
    """A date as a figure."""

    def to_python(self, value: Any) -> Decimal | None:
        day = super().to_python(value)
        return None if day is None else day_number(day)

    def prepare_value(self, value: Any) -> Any:
        return day_of(value) or value if isinstance(value, Decimal) else value


class YesNoField(forms.TypedChoiceField):
    """Whether it was done."""

    widget = forms.RadioSelect

    def __init__(self, **options: Any) -> None:
        super().__init__(choices=[("1", _("Yes")), ("0", _("No"))], coerce=Decimal, empty_value=None, **options)

    def prepare_value(self, value: Any) -> Any:
        return canonical(value) if isinstance(value, Decimal) else value


def figure_field(measure: Definition, *, label: Any, required: bool = False, **options: Any) -> forms.Field:
    """The box for a figure of ``measure``."""
    if measure.data_type is DataType.YES_NO:
        return YesNoField(label=label, required=required, **options)
    if measure.data_type is DataType.DATE:
        return DateFigureField(label=label, required=required, **options)
    return FigureField(measure=measure, label=label, required=required, **options)


def beside(measure: Definition) -> tuple[str, str]:
    """What stands before and after a box for the measure's figure: £, %, days."""
    unit = measure.unit_of_measure
    if measure.data_type in (DataType.DATE, DataType.YES_NO):
        return "", ""
    if measure.data_type is DataType.PERCENTAGE or unit == "%":
        return "", "%"
    if _in_pounds(measure):
        return "£", unit.removeprefix("£").strip()
    return "", unit or (gettext("days") if measure.data_type is DataType.DURATION else "")


def _in_pounds(measure: Definition) -> bool:
    return measure.data_type is DataType.MONEY or measure.unit_of_measure.startswith("£")


def _kindly(text: str, fault: NumberError) -> str:
    """What is wrong with what was typed, and what would be right."""
    shown = text if len(text) <= 40 else text[:39] + "…"
    if _NOTHING.fullmatch(text):
        return gettext("Enter a number. If there is no figure, leave this empty and say why below.")
    if _DECIMAL_COMMA.fullmatch(text):
        return gettext("“%(text)s”: commas part thousands. Write a decimal with a point.") % {"text": shown}
    if "digits" in str(fault) and "more" in str(fault):
        return gettext("That is longer than a figure can be: 28 digits at most.")
    return gettext("“%(text)s” is not a number. Write one such as 84.2.") % {"text": shown}
