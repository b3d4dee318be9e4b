"""A formula taken apart: what it refers to, and which sum is done on what.

>>> str(Reference("HO-1"))
'[HO-1]'
>>> str(Reference("HO-1", half=Half.NUMERATOR, category="sex=F"))
'[HO-1|sex=F].numerator'
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias


class Half(StrEnum):
    """Which figure of a measure is meant: its value, or one half of its ratio."""

    VALUE = "value"
    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"


class When(StrEnum):
    """Whose figure is meant, seen from the period that the formula is worked out for."""

    THIS_PERIOD = "this_period"
    PREVIOUS = "previous"
    LAST_YEAR = "last_year"
    YEAR_TO_DATE = "year_to_date"


@dataclass(frozen=True, slots=True)
class Reference:
    """One measure in a formula; ``category`` is as in the data package (``sex=F;age=16-24``), empty for the whole."""

    code: str
    half: Half = Half.VALUE
    category: str = ""

    def __str__(self) -> str:
        code = f"{self.code}|{self.category}" if self.category else self.code
        return f"[{code}]" if self.half is Half.VALUE else f"[{code}].{self.half}"


@dataclass(frozen=True, slots=True)
class Moment:
    """The period a reference asks for. ``periods`` is how many periods back, with ``previous`` only."""

    when: When = When.THIS_PERIOD
    periods: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A piece of the formula's text from ``start`` up to ``end``; ``depth`` counts the sums inside one another."""

    start: int
    end: int
    depth: int = 1


@dataclass(frozen=True, slots=True)
class Number(Part):
    value: Decimal


@dataclass(frozen=True, slots=True)
class Figure(Part):
    reference: Reference
    moment: Moment


@dataclass(frozen=True, slots=True)
class Total(Part):
    """``first`` plus or minus each of ``rest``, from the left."""

    first: "Sum"
    rest: tuple[tuple[str, "Sum"], ...]


@dataclass(frozen=True, slots=True)
class Product(Part):
    """``first`` multiplied by or divided by each of ``rest``, from the left."""

    first: "Sum"
    rest: tuple[tuple[str, "Sum"], ...]


@dataclass(frozen=True, slots=True)
class Minus(Part):
    of: "Sum"


@dataclass(frozen=True, slots=True)
class Call(Part):
    """``sum``, ``mean``, ``max`` or ``min`` of one figure or more."""

    function: str
    arguments: tuple["Sum", ...]


@dataclass(frozen=True, slots=True)
class Choice(Part):
    condition: "Condition"
    then: "Sum"
    otherwise: "Sum"


@dataclass(frozen=True, slots=True)
class Comparison(Part):
    operator: str
    left: "Sum"
    right: "Sum"


@dataclass(frozen=True, slots=True)
class Junction(Part):
    """Conditions joined by one ``word``: ``and`` or ``or``."""

    word: str
    conditions: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Opposite(Part):
    of: "Condition"


Sum: TypeAlias = Number | Figure | Total | Product | Minus | Call | Choice
Condition: TypeAlias = Comparison | Junction | Opposite
Expression: TypeAlias = Sum | Condition


def inside(expression: Expression) -> tuple[Expression, ...]:
    """The expressions that stand directly inside one, in the order they are written."""
    match expression:
        case Number() | Figure():
            return ()
        case Total() | Product():
            return (expression.first, *(term for _, term in expression.rest))
        case Minus() | Opposite():
            return (expression.of,)
        case Call():
            return expression.arguments
        case Choice():
            return (expression.condition, expression.then, expression.otherwise)
        case Comparison():
            return (expression.left, expression.right)
        case Junction():
            return expression.conditions


def every(expression: Expression) -> Iterator[Expression]:
    """The expression and all that stands inside it, in the order it is written."""
    waiting: list[Expression] = [expression]
    while waiting:
        part = waiting.pop()
        yield part
        waiting.extend(reversed(inside(part)))
