"""A formula's tree becomes a function of the figures it refers to.

>>> from goldenthread.domain.formula.grammar import read
>>> homeless_per_thousand = compiled(read("[HO-1] / [HO-2] * 1000"), "[HO-1] / [HO-2] * 1000")
>>> figures = {"HO-1": Decimal(84), "HO-2": Decimal(42000)}
>>> homeless_per_thousand(lambda reference, moment: figures[reference.code])
Decimal('2.000')
>>> homeless_per_thousand(lambda reference, moment: Decimal(0)).reason
Reason(code='formula_divide_by_zero', params={'divisor': '[HO-2]'})
"""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Context, Decimal, DivisionByZero, InvalidOperation, Overflow, Underflow
from typing import TypeAlias, final

from goldenthread.domain.formula.tree import (
    Call,
    Choice,
    Comparison,
    Condition,
    Figure,
    Half,
    Junction,
    Minus,
    Moment,
    Number,
    Opposite,
    Product,
    Reference,
    Sum,
    Total,
)
from goldenthread.domain.reasons import Reason

#: A figure of 10 to this power or more is a fault, not a figure; and so is one as near to zero.
MAX_POWER = 999

_OUT_OF_RANGE = (Overflow, Underflow, InvalidOperation, DivisionByZero)
_CONTEXT = Context(prec=28, Emin=-MAX_POWER, Emax=MAX_POWER, traps=list(_OUT_OF_RANGE))


@final
@dataclass(frozen=True, slots=True)
class NoValue:
    """There is no figure, and why."""

    reason: Reason


Lookup: TypeAlias = Callable[[Reference, Moment], Decimal | NoValue]
Evaluate: TypeAlias = Callable[[Lookup], Decimal | NoValue]
Worked: TypeAlias = Callable[[Lookup], Decimal]
#: Takes what the sum has come to so far one step on.
Step: TypeAlias = Callable[[Decimal, Lookup], Decimal]
Decided: TypeAlias = Callable[[Lookup], bool]


def no_figure(reference: Reference, period: str) -> NoValue:
    """What a lookup gives where ``reference`` has no figure for the named ``period``."""
    params = {"measure": reference.code, "period": period}
    if reference.half is not Half.VALUE:
        params["half"] = str(reference.half)
    if reference.category:
        params["category"] = reference.category
    return NoValue(Reason("formula_missing", params))


def compiled(tree: Sum, text: str) -> Evaluate:
    """The sum that ``tree``, read from ``text``, says; to 28 digits, like every other sum here."""
    work = _sum(tree, text)

    def evaluate(lookup: Lookup) -> Decimal | NoValue:
        try:
            result = work(lookup)
        except _Without as without:
            return without.no_value
        except _OUT_OF_RANGE:
            return _out_of_range()
        if -MAX_POWER <= result.adjusted() <= MAX_POWER:
            return result
        return _out_of_range()

    return evaluate


class _Without(Exception):
    """Leaves a sum at the first figure that it needs and does not have."""

    def __init__(self, no_value: NoValue) -> None:
        self.no_value = no_value


def _out_of_range() -> NoValue:
    return NoValue(Reason("formula_out_of_range", {"power": str(MAX_POWER)}))


def _sum(tree: Sum, text: str) -> Worked:
    match tree:
        case Number():
            return _number(tree.value)
        case Figure():
            return _figure(tree.reference, tree.moment)
        case Total() | Product():
            return _chain(tree, text)
        case Minus():
            return _minus(_sum(tree.of, text))
        case Call():
            return _call(tree.function, [_sum(argument, text) for argument in tree.arguments])
        case Choice():
            return _choice(_condition(tree.condition, text), _sum(tree.then, text), _sum(tree.otherwise, text))


def _number(value: Decimal) -> Worked:
    return lambda lookup: value


def _figure(reference: Reference, moment: Moment) -> Worked:
    def figure(lookup: Lookup) -> Decimal:
        value = lookup(reference, moment)
        if type(value) is NoValue:
            raise _Without(value)
        if value.is_finite():
            return value
        raise _Without(_out_of_range())

    return figure


def _minus(of: Worked) -> Worked:
    negate = _CONTEXT.minus
    return lambda lookup: negate(of(lookup))


def _chain(tree: Total | Product, text: str) -> Worked:
    first = _sum(tree.first, text)
    steps = [_step(sign, term, text) for sign, term in tree.rest]

    def chain(lookup: Lookup) -> Decimal:
        value = first(lookup)
        for step in steps:
            value = step(value, lookup)
        return value

    return chain


def _step(sign: str, term: Sum, text: str) -> Step:
    if sign == "/":
        return _division(_sum(term, text), text[term.start : term.end])
    operate = {"+": _CONTEXT.add, "-": _CONTEXT.subtract, "*": _CONTEXT.multiply}[sign]
    if isinstance(term, Number):
        number = term.value
        return lambda value, lookup: operate(value, number)
    work = _sum(term, text)
    return lambda value, lookup: operate(value, work(lookup))


def _division(work: Worked, divisor_text: str) -> Step:
    divide = _CONTEXT.divide

    def division(value: Decimal, lookup: Lookup) -> Decimal:
        divisor = work(lookup)
        if divisor:
            return divide(value, divisor)
        raise _Without(NoValue(Reason("formula_divide_by_zero", {"divisor": divisor_text})))

    return division


def _call(function: str, arguments: list[Worked]) -> Worked:
    if function == "max":
        return lambda lookup: max([argument(lookup) for argument in arguments])
    if function == "min":
        return lambda lookup: min([argument(lookup) for argument in arguments])
    total = _total(arguments)
    if function == "sum":
        return total
    count = Decimal(len(arguments))
    divide = _CONTEXT.divide
    return lambda lookup: divide(total(lookup), count)


def _total(arguments: list[Worked]) -> Worked:
    add = _CONTEXT.add

    def total(lookup: Lookup) -> Decimal:
        value = Decimal(0)
        for argument in arguments:
            value = add(value, argument(lookup))
        return value

    return total


def _choice(condition: Decided, then: Worked, otherwise: Worked) -> Worked:
    return lambda lookup: then(lookup) if condition(lookup) else otherwise(lookup)


_COMPARISONS: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def _condition(tree: Condition, text: str) -> Decided:
    match tree:
        case Comparison():
            return _comparison(_COMPARISONS[tree.operator], _sum(tree.left, text), _sum(tree.right, text))
        case Junction():
            return _junction(tree.word, [_condition(condition, text) for condition in tree.conditions])
        case Opposite():
            return _opposite(_condition(tree.of, text))


def _comparison(compare: Callable[[Decimal, Decimal], bool], left: Worked, right: Worked) -> Decided:
    return lambda lookup: compare(left(lookup), right(lookup))


def _junction(word: str, conditions: list[Decided]) -> Decided:
    if word == "and":
        return lambda lookup: all(condition(lookup) for condition in conditions)
    return lambda lookup: any(condition(lookup) for condition in conditions)


def _opposite(of: Decided) -> Decided:
    return lambda lookup: not of(lookup)
