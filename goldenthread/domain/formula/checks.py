"""What is wrong with a council's formulas as they stand together: said where each is written, before it is kept.

>>> from goldenthread.domain.words import DataType, Frequency
>>> known = {
...     "HO-1": Definition(code="HO-1", unit_of_measure="households"),
...     "FI-1": Definition(code="FI-1", data_type=DataType.MONEY, unit_of_measure="£"),
...     "HO-9": Definition(code="HO-9"),
... }
>>> for fault in check({"HO-9": "[HO-1] + [FI-1]"}, known):
...     print(fault)
HO-9: [FI-1] is money (£) and [HO-1] is a number (households): only like is added to like.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from goldenthread.domain.definition import Definition
from goldenthread.domain.formula.order import circle_error, circles_of
from goldenthread.domain.formula.parsing import Formula, parse
from goldenthread.domain.formula.refusals import FormulaError, quoted
from goldenthread.domain.formula.tree import (
    Call,
    Choice,
    Comparison,
    Expression,
    Figure,
    Half,
    Minus,
    Sum,
    Total,
    every,
)
from goldenthread.domain.words import DataType, Frequency, Reading


class FaultKind(StrEnum):
    WRITING = "writing"
    UNKNOWN_CODE = "unknown_code"
    CIRCLE = "circle"
    UNITS = "units"
    FREQUENCY = "frequency"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormulaFault:
    """One fault in the formula of ``measure``; ``position`` is the character of its text. A circle has its ``path``."""

    measure: str
    kind: FaultKind
    message: str
    position: int
    path: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.measure}: {self.message}"


@dataclass(frozen=True, slots=True)
class _Unit:
    data_type: DataType
    of_measure: str = field(compare=False)
    plain: str

    @classmethod
    def of(cls, definition: Definition) -> "_Unit":
        of_measure = definition.unit_of_measure
        return cls(definition.data_type, of_measure, " ".join(of_measure.casefold().split()))

    def __str__(self) -> str:
        kind = _KINDS_OF_UNIT[self.data_type]
        return f"{kind} ({self.of_measure})" if self.plain else kind


_KINDS_OF_UNIT: Mapping[DataType, str] = {
    DataType.NUMBER: "a number",
    DataType.PERCENTAGE: "a percentage",
    DataType.RATE: "a rate",
    DataType.MONEY: "money",
    DataType.DURATION: "a duration",
    DataType.DATE: "a date",
    DataType.YES_NO: "a yes or no",
    DataType.SCORE: "a score",
}

_HOW_OFTEN: Mapping[Frequency, str] = {
    Frequency.DAY: "daily",
    Frequency.WEEK: "weekly",
    Frequency.MONTH: "monthly",
    Frequency.QUARTER: "quarterly",
    Frequency.THIRD: "three times a year",
    Frequency.HALF: "half-yearly",
    Frequency.YEAR: "yearly",
    Frequency.TWO_YEAR: "two-yearly",
    Frequency.TERM: "termly",
}

_WITHIN_A_MONTH = frozenset({Frequency.DAY, Frequency.WEEK})
_WITHIN_A_QUARTER = _WITHIN_A_MONTH | {Frequency.MONTH}
_WITHIN_A_YEAR = _WITHIN_A_QUARTER | {Frequency.QUARTER, Frequency.THIRD, Frequency.HALF, Frequency.TERM}

#: The shorter periods that make up each longer one without a remainder.
_MADE_UP_OF: Mapping[Frequency, frozenset[Frequency]] = {
    Frequency.DAY: frozenset(),
    Frequency.WEEK: frozenset({Frequency.DAY}),
    Frequency.MONTH: _WITHIN_A_MONTH,
    Frequency.QUARTER: _WITHIN_A_QUARTER,
    Frequency.THIRD: _WITHIN_A_QUARTER,
    Frequency.TERM: _WITHIN_A_QUARTER,
    Frequency.HALF: _WITHIN_A_QUARTER | {Frequency.QUARTER},
    Frequency.YEAR: _WITHIN_A_YEAR,
    Frequency.TWO_YEAR: _WITHIN_A_YEAR | {Frequency.YEAR},
}


def check(formulas: Mapping[str, str], known: Mapping[str, Definition]) -> list[FormulaFault]:
    """Every fault of ``formulas`` (texts by measure code), in code order, then as written; empty if there is none.

    ``known`` holds the definitions of all measures. Found are texts that are no formula, codes that no measure has,
    circles (one fault a circle, at its first code), sums of unlike units (data type and unit of measure; a written
    number, a numerator, a denominator and what is multiplied or divided go with anything), and references to a measure
    whose periods do not make up the formula's own.
    """
    parsed: dict[str, Formula] = {}
    faults: list[FormulaFault] = []
    for measure, text in formulas.items():
        try:
            parsed[measure] = parse(text)
        except FormulaError as error:
            faults.append(_fault(measure, FaultKind.WRITING, error))
    likely = {_plain(code): code for code in known}
    for measure, formula in parsed.items():
        faults.extend(_unknown(measure, formula, formulas, known, likely))
        faults.extend(_unlike(measure, formula, known))
        faults.extend(_too_seldom(measure, formula, known))
    for circle in circles_of(parsed):
        closing = circle_error(circle, parsed[circle[0]])
        faults.append(_fault(circle[0], FaultKind.CIRCLE, closing, path=circle))
    return sorted(faults, key=lambda fault: (fault.measure, fault.position, fault.kind))


def _fault(measure: str, kind: FaultKind, error: FormulaError, path: tuple[str, ...] = ()) -> FormulaFault:
    return FormulaFault(measure=measure, kind=kind, message=error.message, position=error.position, path=path)


def _figures(formula: Formula) -> Iterator[Figure]:
    return (part for part in every(formula.tree) if isinstance(part, Figure))


def _unknown(
    measure: str,
    formula: Formula,
    formulas: Mapping[str, str],
    known: Mapping[str, Definition],
    likely: Mapping[str, str],
) -> Iterator[FormulaFault]:
    for figure in _figures(formula):
        code = figure.reference.code
        if code not in known and code not in formulas:
            message = f"There is no measure {quoted(code)}{_meant(code, likely)}."
            yield FormulaFault(measure=measure, kind=FaultKind.UNKNOWN_CODE, message=message, position=figure.start)


def _meant(code: str, likely: Mapping[str, str]) -> str:
    for half in (Half.NUMERATOR, Half.DENOMINATOR):
        whole = likely.get(_plain(code.removesuffix(f".{half}")))
        if code.endswith(f".{half}") and whole:
            return f": write [{whole}].{half}"
    if "[" in code:
        return f": write ] after {quoted(code.partition('[')[0].rstrip(' +-*/,<>='))}"
    close = likely.get(_plain(code))
    return f": write [{close}]" if close else ": write the code of a measure that is here, or add the measure first"


def _plain(code: str) -> str:
    return "".join(character for character in code.casefold() if character.isalnum()) or code


def _too_seldom(measure: str, formula: Formula, known: Mapping[str, Definition]) -> Iterator[FormulaFault]:
    if measure not in known:
        return
    own = known[measure].frequency
    for figure in _figures(formula):
        definition = known.get(figure.reference.code)
        if definition is None or definition.frequency == own or definition.frequency in _MADE_UP_OF[own]:
            continue
        if definition.reading is Reading.SNAPSHOT and own in _MADE_UP_OF[definition.frequency]:
            continue  # a population taken once a year stands for each of its quarters
        message = (
            f"{measure} is {_HOW_OFTEN[own]} and {figure.reference} is {_HOW_OFTEN[definition.frequency]}: "
            f"refer to one that is {_fitting(own)}, or that is a snapshot."
        )
        yield FormulaFault(measure=measure, kind=FaultKind.FREQUENCY, message=message, position=figure.start)


def _fitting(own: Frequency) -> str:
    words = [word for frequency, word in _HOW_OFTEN.items() if frequency == own or frequency in _MADE_UP_OF[own]]
    return " or ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def _unlike(measure: str, formula: Formula, known: Mapping[str, Definition]) -> Iterator[FormulaFault]:
    for part in every(formula.tree):
        clash = _first_clash(_alike(part), known)
        if clash:
            term, like, unit, other = clash
            rule = _rule(part, term)
            message = f"{_shown(formula, term)} is {unit} and {_shown(formula, like)} is {other}: {rule}."
            yield FormulaFault(measure=measure, kind=FaultKind.UNITS, message=message, position=term.start)


def _alike(part: Expression) -> tuple[Sum, ...]:
    """What stands directly inside ``part`` and must be of like units."""
    match part:
        case Total():
            return (part.first, *(term for _, term in part.rest))
        case Call():
            return part.arguments
        case Choice():
            return (part.then, part.otherwise)
        case Comparison():
            return (part.left, part.right)
    return ()


def _rule(part: Expression, term: Sum) -> str:
    match part:
        case Call():
            return f"{part.function} takes only figures that are alike"
        case Choice():
            return "both figures of an if are alike"
        case Comparison():
            return "only like is compared with like"
        case Total() if any(sign == "-" for sign, taken in part.rest if taken is term):
            return "only like is taken from like"
    return "only like is added to like"


def _first_clash(terms: Iterable[Sum], known: Mapping[str, Definition]) -> tuple[Sum, Sum, _Unit, _Unit] | None:
    like: tuple[Sum, _Unit] | None = None
    for term in terms:
        unit = _unit(term, known)
        if unit is None:
            continue
        if like is None:
            like = term, unit
        elif unit != like[1]:
            return term, like[0], unit, like[1]
    return None


def _unit(tree: Sum, known: Mapping[str, Definition]) -> _Unit | None:
    """The unit a sum gives, None for what goes with anything."""
    match tree:
        case Figure():
            definition = known.get(tree.reference.code)
            if definition is None or tree.reference.half is not Half.VALUE:
                return None
            return _Unit.of(definition)
        case Minus():
            return _unit(tree.of, known)
        case Total() | Call() | Choice():
            return next((unit for term in _alike(tree) if (unit := _unit(term, known)) is not None), None)
    return None


def _shown(formula: Formula, term: Sum) -> str:
    return quoted(formula.text[term.start : term.end])
