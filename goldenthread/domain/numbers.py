"""Numbers as spreadsheets write them, read by what an import has declared of its column.

>>> read_number("£1,234.50").value
Decimal('1234.50')
>>> read_number("94.8% (p)")
Number(value=Decimal('94.8'), missing=None, note='', marks=(), unit='%', state=<State.PROVISIONAL: 'provisional'>, ...)
>>> read_number("45 [1]").marks
('1',)
>>> read_number("..", words_for_missing={"..": Missing.NOT_AVAILABLE}).missing
<Missing.NOT_AVAILABLE: 'not_available'>
>>> read_number("£1.2m", units={"m": Decimal(1_000_000)}).value
Decimal('1200000.0')
>>> read_number("Greater than 50%", texts=True)
Number(value=None, missing=None, note='Greater than 50%', ..., bound=Bound(comparison=..., value=Decimal('50'), ...))

What is not declared is refused, with what to do about it.

>>> read_number("n/a")
Traceback (most recent call last):
    ...
goldenthread.domain.numbers.NumberError: 'n/a' is not a number: if it says why there is none, declare it as a word ...
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Context, Decimal, Inexact, InvalidOperation
from types import MappingProxyType
from typing import TypeVar

from goldenthread.domain.words import Comparison, Missing, State


class NumberError(ValueError):
    """The cell holds no number; the message says what would be one, or what the import would have to declare."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A target written as a comparison: one value, or two where it is between them."""

    comparison: Comparison
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Number:
    """What a cell says. An empty cell says nothing: neither a value nor why it is missing.

    ``note`` is a text kept as it stands, ``bound`` what it says where it is a plain comparison. ``marks`` are footnote
    marks without their brackets. ``unit`` is what was written beside the figure (£, %, or a declared unit).
    """

    value: Decimal | None = None
    missing: Missing | None = None
    note: str = ""
    marks: tuple[str, ...] = ()
    unit: str = ""
    state: State | None = None
    bound: Bound | None = None


#: What a spreadsheet's cell may hold.
Cell = str | int | float | Decimal | date | time | timedelta | None

#: Endings that tell the state of a figure. A bare letter, as in 12.3p, only where an import declares it.
STATES: Mapping[str, State] = MappingProxyType(
    {
        opening + word + closing: state
        for words, state in (
            (("p", "provisional"), State.PROVISIONAL),
            (("r", "revised", "restated"), State.RESTATED),
            (("e", "estimate", "estimated"), State.ESTIMATE),
        )
        for word in words
        for opening, closing in ("()", "[]")
    }
)

_NO_MISSING: Mapping[str, Missing] = MappingProxyType({})
_NO_VALUES: Mapping[str, Decimal] = MappingProxyType({})
_ONE = Decimal(1)
# Sums are done in 28 digits, so a figure with more could not be kept exact.
_EXACT = Context(prec=28, traps=[Inexact, InvalidOperation])
_SMALLEST = -30
_LONGEST = 200


def read_number(
    cell: Cell,
    *,
    words_for_missing: Mapping[str, Missing] = _NO_MISSING,
    words_for_values: Mapping[str, Decimal] = _NO_VALUES,
    units: Mapping[str, Decimal] = _NO_VALUES,
    states: Mapping[str, State] = STATES,
    brackets_negative: bool = False,
    exponents: bool = False,
    texts: bool = False,
    scale: Decimal = _ONE,
) -> Number:
    """The number that ``cell`` holds, by what the import declares of its column. Raises NumberError.

    Words are compared without regard to case, before anything else, so that even ``0`` may be a word for missing.
    ``units`` may follow a figure and say by how much they multiply it (``k`` 1,000, ``days`` 1); £ and % need no
    declaration. ``states`` are the endings that tell a state. ``exponents`` lets a text such as 5.5E-05 be a number.
    ``texts`` keeps words, as a target column has them, as a note. ``scale`` multiplies a figure written without a %,
    so that a column of 0.948 is read as 94.8 with a scale of 100. Numbers from a spreadsheet are taken to the fifteen
    digits that the spreadsheet itself shows.
    """
    if not isinstance(cell, str):
        cell = _cell_as_text(cell)
        exponents = True
    text = cell if _PLAIN.fullmatch(cell) else _tidy(cell)
    if words_for_missing and (missing := _word(text, words_for_missing)) is not None:
        return Number(missing=missing)
    if words_for_values and (value := _word(text, words_for_values)) is not None:
        return Number(value)
    if not text:
        return Number()
    if len(text) > _LONGEST:
        raise NumberError(f"{_quoted(text)} is not a number: it is a text of {len(text)} letters")
    if _PLAIN.fullmatch(text):
        return Number(_times(_exact(text), scale, text))
    bare, marks, state = _without_marks(text, states)
    if (figure := _figure(bare, units, brackets_negative=brackets_negative, exponents=exponents)) is not None:
        value = _times(figure.value, _ONE if figure.unit == "%" else scale, text)
        return Number(value, marks=marks, unit=figure.unit, state=state)
    if texts and _says_something(text, bare, units):
        return Number(note=cell.strip(), bound=_bound(bare, units, scale))
    raise _refusal(text, bare, units, brackets_negative=brackets_negative)


_SPACES = re.compile(r"[\s\u200b\u2060\ufeff]+")
_MINUSES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d", "-"))
_PLAIN = re.compile(r"[+-]?\d+(?:\.\d+)?", re.ASCII)


def _tidy(text: str) -> str:
    """Ordinary single spaces and one kind of minus; digits are never altered."""
    return _SPACES.sub(" ", text.translate(_MINUSES)).strip()


def _cell_as_text(cell: int | float | Decimal | date | time | timedelta | None) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, date):
        raise NumberError(f"the cell holds a date, {cell:%d/%m/%Y}: format it as a number and type the figure again")
    if isinstance(cell, time | timedelta):
        raise NumberError(f"the cell holds a time, {cell}: {_TIME_ADVICE}")
    if isinstance(cell, float):
        if not math.isfinite(cell):
            raise NumberError(f"the cell holds {cell}, which is not a number")
        return format(cell, ".15g")
    return str(cell)


_Meaning = TypeVar("_Meaning")


def _word(text: str, words: Mapping[str, _Meaning]) -> _Meaning | None:
    if text in words:
        return words[text]
    if _PLAIN.fullmatch(text):
        return None
    folded = text.casefold()
    return next((meaning for word, meaning in words.items() if _tidy(word).casefold() == folded), None)


def _exact(text: str) -> Decimal:
    number = Decimal(text)
    if not number:
        return Decimal(0)
    if len(text) <= _EXACT.prec and "e" not in text.casefold():
        return number
    if number.adjusted() >= _EXACT.prec or len(number.as_tuple().digits) > _EXACT.prec or number.adjusted() < _SMALLEST:
        raise NumberError(f"{_quoted(text)} has more digits than a figure can have ({_EXACT.prec})")
    return number


def _times(number: Decimal, factor: Decimal, text: str) -> Decimal:
    if factor == 1:
        return number
    try:
        return _EXACT.multiply(number, factor)
    except (Inexact, InvalidOperation):
        raise NumberError(f"{_quoted(text)} has more digits than a figure can have ({_EXACT.prec})") from None


# Footnote marks and states

_MARK = re.compile(
    r" ?(?:\[([^\[\]]{1,60})\]|\((?:note|footnote) ?(\w{1,10})\)|([*†‡§¶#]+|[¹²³⁰⁴-⁹]+))$", re.IGNORECASE
)


def _without_marks(text: str, states: Mapping[str, State]) -> tuple[str, tuple[str, ...], State | None]:
    """The text without the marks at its end; a text that is nothing but a mark keeps it."""
    marks: list[str] = []
    state = None
    endings = tuple(map(str.casefold, states))
    while True:
        folded = text.casefold()
        ending = None
        if folded.endswith(endings):
            ending = next((e for e in states if folded.endswith(e.casefold()) and len(e) < len(text)), None)
        if ending is not None and (ending[0] in "([" or text[-len(ending) - 1] in "0123456789%)]"):
            state, text = states[ending], text[: -len(ending)].rstrip()
        elif (match := _MARK.search(text)) and match.start():
            marks.insert(0, next(group for group in match.groups() if group).strip())
            text = text[: match.start()]
        else:
            return text, tuple(marks), state


# Figures

_BRACKETED = re.compile(r"(£?)\(([^()]+)\)( ?%?)")
_FIGURE = re.compile(
    r"(?P<sign>[+-])? ?(?P<currency>£)? ?(?P<inner>[+-])?"
    r"(?P<digits>(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|\.\d+)(?P<exponent>e[+-]?\d{1,3})?"
    r" ?(?P<unit>[^\d\s(),.+-][^\d(),]*)?",
    re.ASCII | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Figure:
    value: Decimal
    unit: str


def _figure(text: str, units: Mapping[str, Decimal], *, brackets_negative: bool, exponents: bool) -> _Figure | None:
    bracketed = _BRACKETED.fullmatch(text) if brackets_negative else None
    match = _FIGURE.fullmatch("".join(bracketed.groups()) if bracketed else text)
    if match is None or (match["sign"] and match["inner"]) or (match["exponent"] and not exponents):
        return None
    unit, sign = match["unit"] or "", match["sign"] or match["inner"]
    factor = _ONE if unit in ("", "%") else _word(unit, units)
    if factor is None or (match["currency"] and unit == "%") or (bracketed and sign):
        return None
    value = _times(_exact(match["digits"].replace(",", "") + (match["exponent"] or "")), factor, text)
    negative = bracketed or sign == "-"
    return _Figure(value.copy_negate() if negative and value else value, unit or match["currency"] or "")


# Targets in words

_NUMBER = r"(£?-?[\d,.]+(?: ?[^\d\s,.<>=]+)??)"
_COMPARISONS: tuple[tuple[re.Pattern[str], Comparison], ...] = tuple(
    (re.compile(pattern, re.ASCII | re.IGNORECASE), comparison)
    for pattern, comparison in (
        (
            rf"(?:>=|=>|≥|at least|not less than|no less than|no fewer than|minimum(?: of)?) ?{_NUMBER}",
            Comparison.AT_LEAST,
        ),
        (rf"{_NUMBER} (?:or (?:more|above|over|higher|better)|and (?:above|over)|minimum)", Comparison.AT_LEAST),
        (rf"{_NUMBER}\+", Comparison.AT_LEAST),
        (rf"(?:>|greater than|more than|over|above|higher than|exceeds?) ?{_NUMBER}", Comparison.MORE_THAN),
        (
            rf"(?:<=|=<|≤|at most|not more than|no more than|not greater than|up to|maximum(?: of)?|within) ?{_NUMBER}",
            Comparison.AT_MOST,
        ),
        (rf"{_NUMBER} (?:or (?:less|fewer|below|under|lower)|and (?:below|under)|maximum)", Comparison.AT_MOST),
        (rf"(?:<|less than|fewer than|under|below|lower than) ?{_NUMBER}", Comparison.LESS_THAN),
        (rf"(?:between )?{_NUMBER} ?(?:-|to|and) ?{_NUMBER}", Comparison.BETWEEN),
    )
)


def _bound(text: str, units: Mapping[str, Decimal], scale: Decimal) -> Bound | None:
    """The comparison that a text plainly makes, else None."""
    for pattern, comparison in _COMPARISONS:
        if not (match := pattern.fullmatch(text)):
            continue
        figures = [_figure(group, units, brackets_negative=False, exponents=False) for group in match.groups()]
        percent = any(figure is not None and figure.unit == "%" for figure in figures)
        values = [_times(figure.value, _ONE if percent else scale, text) for figure in figures if figure is not None]
        if len(values) != len(figures):
            return None
        if comparison is not Comparison.BETWEEN:
            return Bound(comparison, values[0])
        return Bound(comparison, low=values[0], high=values[1]) if values[0] <= values[1] else None
    return None


# Refusals

_TIME_ADVICE = "hours and minutes or minutes and seconds? Write the number in the measure's own unit, such as 4.5"
_WORDS = frozenset(
    {"-", "--", ".", "..", "...", ":", "*", "c", "x", "z", "u", "n/a", "na", "n/k", "nil", "none", "null"}
) | {
    *(
        "tbc",
        "tba",
        "tbd",
        "not available",
        "not applicable",
        "no data",
        "missing",
        "suppressed",
        "?",
        "#",
        "[c]",
        "[x]",
    ),
    *("[z]", "[u]", "[low]"),
}
_FAULTS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.ASCII | re.IGNORECASE), advice)
    for pattern, advice in (
        (r"[+-]?(?:nan|inf|infinity)", "correct the sum that made it"),
        (
            r"#[A-Z/0!?]{2,}.*",
            "the spreadsheet could not do its sum; correct the sum, or declare it as a word for missing",
        ),
        (r"\d+:\d\d(?::\d\d(?:\.\d+)?)?", _TIME_ADVICE),
        (
            r"[+-]?[\d.]+ ?e ?[+-]?\d+",
            "a spreadsheet has shortened it; format the cell as a number and save the file again",
        ),
        (r"[+-]?\d+,\d{1,2}", "commas part thousands; write a decimal with a point"),
        (r"[£+-]*[\d.]*\d+,[\d,.]*", "commas part thousands, three digits each"),
        (r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}", "it looks like a date"),
    )
)
_LIMIT = re.compile(r"[<>≤≥]")
_UNIT = re.compile(r"(?!%|(?:st|nd|rd|th)\b)\S{1,20}(?: \S{1,20})?", re.IGNORECASE)


def _says_something(text: str, bare: str, units: Mapping[str, Decimal]) -> bool:
    """Whether a text is words worth keeping: not a sign for none, nor a number that lacks a declaration."""
    if text.casefold() in _WORDS or any(pattern.fullmatch(bare) for pattern, _ in _FAULTS):
        return False
    if _bound(bare, units, _ONE) is not None:
        return True
    return any(letter.isalpha() for letter in text) and not _undeclared_unit(bare)


def _undeclared_unit(bare: str) -> str:
    match = _FIGURE.fullmatch(bare)
    unit = (match["unit"] or "").strip() if match else ""
    return unit if _UNIT.fullmatch(unit) else ""


def _refusal(text: str, bare: str, units: Mapping[str, Decimal], *, brackets_negative: bool) -> NumberError:
    for pattern, advice in _FAULTS:
        if pattern.fullmatch(bare):
            return NumberError(f"{_quoted(text)} is not a number: {advice}")
    if text.casefold() in _WORDS:
        return NumberError(
            f"{_quoted(text)} is not a number: if it says why there is none, declare it as a word for missing"
        )
    return NumberError(f"{_quoted(text)} is not a number: {_advice(bare, units, brackets_negative=brackets_negative)}")


def _advice(bare: str, units: Mapping[str, Decimal], *, brackets_negative: bool) -> str:
    if not brackets_negative and _figure(bare, units, brackets_negative=True, exponents=False):
        return "declare that brackets are negatives, if they are"
    if _LIMIT.search(bare) or _bound(bare, units, _ONE):
        return (
            "it is a limit; a column of targets may keep it as a text, and in one of figures it is a word for missing"
        )
    if unit := _undeclared_unit(bare):
        return f"declare the unit {_quoted(unit)}, or leave it out"
    return "write digits, with a point for decimals"


def _quoted(text: str) -> str:
    return repr(text if len(text) <= 60 else text[:59] + "…")
