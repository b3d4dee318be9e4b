"""Steps: how a made value is worked out of cells, each as the map declares it and nothing guessed.

A value that is read (a period, a number, a date) has parts, known as ``{value.part}``; its first is ``{value}`` itself.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from goldenthread.domain.figures import canonical
from goldenthread.domain.labels import read_label
from goldenthread.domain.numbers import STATES, Bound, NumberError, read_number
from goldenthread.domain.periods import PeriodError
from goldenthread.importing.frame import Column, Frame, Once, Wrong
from goldenthread.importing.lookups import Found
from goldenthread.importing.map import AsDate, AsNumber, AsParts, AsPeriod, AsRatio, Make, Readers
from goldenthread.importing.sheets import as_text
from goldenthread.package.faults import quoted

#: The parts of what is read, beside the value itself.
PARTS: Mapping[type, tuple[str, ...]] = {
    AsPeriod: ("note", "frequency", "year", "starts", "ends"),
    AsNumber: ("missing", "note", "marks", "unit", "state", "comparison", "bound", "low", "high"),
    AsDate: (),
    AsRatio: ("numerator", "denominator", "agrees"),
}


class Steps:
    """The steps of one made value; what it has worked out of one file it knows in the next."""

    def __init__(self, make: Make, lookups: Mapping[str, Found]) -> None:
        self._make = make
        self._found = lookups.get(make.lookup)
        self._cleaned: dict[str, Once] = {}
        self._read: dict[Any, Once] = {}

    def apply(self, frame: Frame) -> None:
        """Add the made value, and its parts, to ``frame``. Raises UnknownName."""
        make = self._make
        column = _first([frame.fill(template) for template in make.given])
        origin = next((found for template in make.given if (found := frame.origin(template))), make.name)
        if make.changes_text:
            if origin not in self._cleaned:
                self._cleaned[origin] = Once(lambda cell: self._clean(as_text(cell), origin))
            cleaned = self._cleaned[origin]
            column = list(map(cleaned.__getitem__, column))
        if self._found is not None and self._found.finds_rows:
            self._add_row(frame, column, self._found, origin)
        elif make.reading is None:
            frame.add(make.name, column, origin)
        else:
            self._add_read(frame, column, origin)

    def _add_row(self, frame: Frame, column: Column, lookup: Found, origin: str) -> None:
        once = self._once((origin, "row"), lambda cell: _with_key(as_text(cell), lookup.row(as_text(cell), origin)))
        frame.add_read(self._make.name, lookup.parts, list(map(once.__getitem__, column)), origin)

    def _add_read(self, frame: Frame, column: Column, origin: str) -> None:
        make, reading = self._make, self._make.reading
        if isinstance(reading, AsRatio):
            found = self._ratios(frame, column, reading, origin)
            names = PARTS[AsRatio]
        elif isinstance(reading, AsNumber) and reading.scale is not None and reading.scale.names:
            once = self._once(origin, lambda pair: _number(pair[0], reading, origin, pair[1]))
            scales = frame.fill(reading.scale)
            found = list(map(once.__getitem__, zip(column, scales, strict=True)))
            names = PARTS[AsNumber]
        else:
            once, names = self._reader(frame, origin)
            found = list(map(once.__getitem__, column))
        frame.add_read(make.name, names, found, origin)

    def _reader(self, frame: Frame, origin: str) -> tuple[Once, tuple[str, ...]]:
        reading = self._make.reading
        if isinstance(reading, AsPeriod):
            readers = reading.readers_for(frame.sheet.file)
            return self._once((origin, id(readers)), lambda cell: _period(as_text(cell), readers, origin)), PARTS[
                AsPeriod
            ]
        if isinstance(reading, AsNumber):
            scale = reading.scale.fill({}) if reading.scale else ""
            return self._once(origin, lambda cell: _number(cell, reading, origin, scale)), PARTS[AsNumber]
        if isinstance(reading, AsDate):
            return self._once(origin, lambda cell: _date(as_text(cell), reading, origin)), PARTS[AsDate]
        assert isinstance(reading, AsParts)
        names = tuple(reading.pattern.groupindex)
        otherwise = self._make.otherwise
        return self._once(origin, lambda cell: _parts(as_text(cell), reading, names, otherwise, origin)), names

    def _once(self, key: Any, work: Callable[[Any], Any]) -> Once:
        if key not in self._read:
            self._read[key] = Once(work)
        return self._read[key]

    def _ratios(self, frame: Frame, values: Column, reading: AsRatio, origin: str) -> Column:
        halves = (frame.fill(template) for template in (reading.numerator, reading.denominator, reading.factor))
        once = self._once(origin, lambda cells: _ratio(cells, origin))
        return list(map(once.__getitem__, zip(values, *halves, strict=True)))

    def _clean(self, text: str, origin: str) -> str | Wrong:
        make = self._make
        if make.remove is not None:
            text = " ".join(make.remove.sub(" ", text).split())
        if make.keep is not None:
            match = make.keep.search(text)
            if match is None:
                if make.otherwise is not None:
                    return make.otherwise
                return Wrong(origin, f"{quoted(text)} does not fit {make.keep.pattern}: correct it, or the map")
            text = (match[1] or "") if match.re.groups else match[0]
        for old, new in make.replace:
            text = text.replace(old, new)
        text = " ".join(text.split()) if make.replace else text
        if make.case:
            text = _CASES[make.case](text)
        finds = self._found is not None and not self._found.finds_rows
        return self._found.find(text, origin) if self._found is not None and finds else text


def _first(columns: list[Column]) -> Column:
    """In each row the first cell that is not empty."""
    if len(columns) == 1:
        return columns[0]
    return [next((cell for cell in cells if cell != ""), "") for cells in zip(*columns, strict=True)]


def _with_key(key: str, row: tuple[str, ...] | Wrong) -> tuple[str, ...] | Wrong:
    return row if isinstance(row, Wrong) else (key, *row)


# Periods


def _period(text: str, readers: Readers, origin: str) -> tuple[str, ...] | Wrong:
    if not text:
        return ("",) * 6
    try:
        read = read_label(text, readers)
    except PeriodError as fault:
        return Wrong(origin, str(fault))
    period = read.period
    return (
        period.text,
        read.note,
        period.frequency.value,
        period.year_kind.value,
        period.start.isoformat(),
        period.end.isoformat(),
    )


# Numbers


def _number(cell: Any, options: AsNumber, origin: str, scale: Any) -> tuple[str, ...] | Wrong:
    if type(cell) is Wrong or type(scale) is Wrong:
        return cell if type(cell) is Wrong else scale
    try:
        number = read_number(
            cell,
            words_for_missing=options.missing,
            words_for_values=options.values,
            units=options.units,
            states=STATES if options.states is None else options.states,
            brackets_negative=options.brackets_negative,
            exponents=options.exponents,
            texts=options.texts,
            scale=_decimal(scale),
        )
    except NumberError as fault:
        return Wrong(origin, str(fault))
    bound = number.bound or _NO_BOUND
    return (
        "" if number.value is None else canonical(number.value),
        number.missing or "",
        number.note,
        "; ".join(number.marks),
        number.unit,
        number.state or "",
        bound.comparison if number.bound else "",
        *("" if one is None else canonical(one) for one in (bound.value, bound.low, bound.high)),
    )


_NO_BOUND = Bound("")
_ONE = Decimal(1)


def _decimal(scale: Any) -> Decimal:
    text = as_text(scale)
    if not text:
        return _ONE
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number.adjusted()) > 18:
        raise NumberError(f"{quoted(text)} is no number to multiply by: write one such as 1000")
    return number


def _ratio(cells: tuple[Any, ...], origin: str) -> tuple[str, ...] | Wrong:
    """The halves where they give the value, to the last digit that it is written with; else neither."""
    wrong = next((cell for cell in cells if type(cell) is Wrong), None)
    if wrong is not None:
        return wrong
    value, numerator, denominator, factor = map(as_text, cells)
    if not numerator or not denominator:
        return value, "", "", ""
    try:
        given, over, under, times = Decimal(value or 0), Decimal(numerator), Decimal(denominator), _decimal(factor)
        if not value or not under or not all(number.is_finite() for number in (given, over, under)):
            return value, "", "", "no"
        last_digit = Decimal(1).scaleb(min(int(given.as_tuple().exponent), 0))
        agrees = abs(over * times / under - given) <= last_digit
    except (InvalidOperation, NumberError) as fault:
        return Wrong(origin, f"the ratio of {numerator} and {denominator} cannot be worked out: {fault}")
    return (value, numerator, denominator, "yes") if agrees else (value, "", "", "no")


# Dates, parts, codes


def _date(text: str, options: AsDate, origin: str) -> tuple[str, ...] | Wrong:
    if not text:
        return ("",)
    for form in options.formats:
        try:
            return (datetime.strptime(text, form).date().isoformat(),)  # noqa: DTZ007  a day has no zone
        except (ValueError, re.error):
            continue
    written = " or ".join(datetime(2018, 10, 5).strftime(form) for form in options.formats)  # noqa: DTZ001
    return Wrong(origin, f"{quoted(text)} is not a date as the map expects it: write it like {written}")


def _parts(
    text: str, options: AsParts, names: tuple[str, ...], otherwise: str | None, origin: str
) -> tuple[str, ...] | Wrong:
    match = options.pattern.search(text)
    if match is not None:
        return (text, *((match[name] or "").strip() for name in names))
    if otherwise is not None or not text:
        return (text, *[otherwise or ""] * len(names))
    return Wrong(origin, f"{quoted(text)} does not fit {options.pattern.pattern}: correct it, or the map")


_SAID = {"+": " plus ", "<": " under ", ">": " over ", "&": " and ", "%": " percent ", "£": " gbp ", "≥": " at least "}
_NEGATIVE = re.compile(r"[-\u2212]\d")
_NOT_IN_A_CODE = re.compile(r"[^a-z0-9.]+")


def slug(text: str) -> str:
    """A code for a text, the same whatever its capitals, accents and spaces.

    >>> slug("Yorkshire and The Humber"), slug("65+"), slug("£10 & over")
    ('yorkshire-and-the-humber', '65-plus', 'gbp-10-and-over')
    """
    if _NEGATIVE.match(text):
        text = f"minus {text[1:]}"
    for sign, said in _SAID.items():
        text = text.replace(sign, said)
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return _NOT_IN_A_CODE.sub("-", plain).strip("-.")


_CASES: Mapping[str, Callable[[str], str]] = {"lower": str.lower, "upper": str.upper, "slug": slug}
