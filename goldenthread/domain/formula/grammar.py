"""The grammar of formulas: a text becomes a tree, or a message that says what would be right.

>>> from goldenthread.domain.formula.tree import every
>>> tree = read("[HO-1] / [HO-2] * 1000")
>>> [str(part.reference) for part in every(tree) if isinstance(part, Figure)]
['[HO-1]', '[HO-2]']
>>> read("average([HO-1], [HO-2])")
Traceback (most recent call last):
goldenthread.domain.formula.refusals.FormulaError: There is no function average: write mean.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, TypeGuard, cast

from goldenthread.domain.formula.refusals import (
    FormulaError,
    Refusal,
    Token,
    misplaced,
    quoted,
    strange_character,
    unknown_function,
)
from goldenthread.domain.formula.tree import (
    Call,
    Choice,
    Comparison,
    Condition,
    Expression,
    Figure,
    Half,
    Junction,
    Minus,
    Moment,
    Number,
    Opposite,
    Part,
    Product,
    Reference,
    Sum,
    Total,
    When,
)

if TYPE_CHECKING:
    from lark import Lark

#: The longest formula, in characters.
MAX_LENGTH = 2000
#: How many sums may stand inside one another: evaluating one uses a few Python frames a level.
MAX_DEPTH = 50
#: The most digits a written number may have: sums are done with this many.
MAX_DIGITS = 28
#: How far back ``previous`` may reach: two years of days.
MAX_PERIODS_BACK = 800

_GRAMMAR = r"""
?start: either
?either: both (OR both)*
?both: negation (AND negation)*
?negation: NOT negation -> opposite
    | comparison
?comparison: total (COMPARE total)?
?total: product ((PLUS | MINUS) product)*
?product: signed ((TIMES | OVER) signed)*
?signed: MINUS signed -> minus
    | atom
?atom: NUMBER -> number
    | REFERENCE HALF? -> figure
    | NAME LPAR arguments RPAR -> call
    | LPAR either RPAR -> bracketed
arguments: (either (COMMA either)*)?

OR.2: /or\b/i
AND.2: /and\b/i
NOT.2: /not\b/i
COMPARE: /<=|>=|<>|<|>|=/
PLUS: "+"
MINUS: "-"
TIMES: "*"
OVER: "/"
LPAR: "("
RPAR: ")"
COMMA: ","
NUMBER: /[0-9]+(\.[0-9]+)?|\.[0-9]+/
REFERENCE: /\[[^\]\n]*\]/
HALF: /\.\s*[^\W\d]\w*/
NAME: /[^\W\d]\w*/
%ignore /\s+/
"""

# A reference is matched first so that commas inside a code are left alone.
_THOUSANDS = re.compile(r"\[[^\]\n]*\]|(?<![\w.])(?P<number>[0-9]{1,3}(?:,[0-9]{3})+)(?!\w)")

_OFFSETS = {"previous": When.PREVIOUS, "last_year": When.LAST_YEAR, "year_to_date": When.YEAR_TO_DATE}
_FOLDS = frozenset({"sum", "mean", "max", "min"})


def read(text: str) -> Sum:
    """The tree of the formula ``text``. Raises FormulaError."""
    if len(text) > MAX_LENGTH:
        message = (
            f"The formula has {len(text):,} characters and may have {MAX_LENGTH:,}: split it into several measures."
        )
        raise FormulaError(message, text=text, position=MAX_LENGTH)
    if not text.strip():
        raise FormulaError("The formula is empty: write one such as [HO-1] / [HO-2] * 1000.", text=text, position=0)
    try:
        _refuse_thousands(text)
        expression = _parse(text)
        return _figure(expression, "The formula is a condition, not a figure: write if(condition, 1, 0).")
    except Refusal as refusal:
        raise FormulaError(refusal.message, text=text, position=refusal.position) from None


def _refuse_thousands(text: str) -> None:
    for match in _THOUSANDS.finditer(text):
        number = match["number"]
        if number:
            raise Refusal(
                f"{quoted(number)} may be one number or several: write {quoted(number.replace(',', ''))}, "
                "or a space after each comma that separates two.",
                match.start(),
            )


def _parse(text: str) -> Expression:
    from lark.exceptions import UnexpectedCharacters, UnexpectedToken

    parser = _parser()
    try:
        return cast(Expression, parser.parse(text))
    except UnexpectedCharacters as error:
        place = error.pos_in_stream or 0
        raise Refusal(strange_character(text[place]), place) from None
    except UnexpectedToken as error:
        token = cast(Token, error.token)
        place = len(text) if token.type == "$END" else token.start_pos or 0
        before = [cast(Token, earlier) for earlier in parser.lex(text[:place])]
        raise misplaced(token, before) from None


@cache
def _parser() -> "Lark":
    # Imported here: most processes never read a formula, and lark costs several megabytes.
    from lark import Lark

    return Lark(_GRAMMAR, parser="lalr", lexer="basic", transformer=cast(Any, _Builder()))


class _Builder:
    """Makes the tree as the grammar's rules are met, so that nothing recurses through a deeply nested text."""

    def number(self, children: Sequence[Token]) -> Number:
        token = children[0]
        if len(token.value.replace(".", "").lstrip("0")) > MAX_DIGITS:
            raise Refusal(f"The number has too many digits: write {MAX_DIGITS} at most.", _start(token))
        return Number(Decimal(token.value), start=_start(token), end=_end(token))

    def figure(self, children: Sequence[Token]) -> Figure:
        reference = _reference(children[0])
        if len(children) == 2:
            reference = replace(reference, half=_half(children[1]))
        return Figure(reference, Moment(), start=_start(children[0]), end=_end(children[-1]))

    def bracketed(self, children: tuple[Token, Expression, Token]) -> Expression:
        opening, expression, closing = children
        return replace(expression, start=_start(opening), end=_end(closing))

    def minus(self, children: tuple[Token, Expression]) -> Minus:
        sign, of = children
        of = _figure(of, "A minus sign stands before a figure, not before a condition.")
        return Minus(of, start=_start(sign), end=of.end, depth=_deeper(of))

    def product(self, children: Sequence[Any]) -> Product:
        first, rest = _chain(children, "A condition cannot be multiplied or divided: write if(condition, 1, 0).")
        return Product(first, rest, start=first.start, end=rest[-1][1].end, depth=_deeper(*children[::2]))

    def total(self, children: Sequence[Any]) -> Total:
        first, rest = _chain(children, "A condition cannot be added or subtracted: write if(condition, 1, 0).")
        return Total(first, rest, start=first.start, end=rest[-1][1].end, depth=_deeper(*children[::2]))

    def comparison(self, children: tuple[Expression, Token, Expression]) -> Comparison:
        message = "Only figures are compared: join conditions with and, or or."
        left, right = _figure(children[0], message), _figure(children[2], message)
        operator = children[1].value
        return Comparison(operator, left, right, start=left.start, end=right.end, depth=_deeper(left, right))

    def opposite(self, children: tuple[Token, Expression]) -> Opposite:
        word, of = children
        of = _condition(of, "not stands before a condition such as [HO-1] > 0, and this is a figure.")
        return Opposite(of, start=_start(word), end=of.end, depth=_deeper(of))

    def both(self, children: Sequence[Any]) -> Junction:
        return _junction("and", children[::2])

    def either(self, children: Sequence[Any]) -> Junction:
        return _junction("or", children[::2])

    def arguments(self, children: Sequence[Any]) -> list[Expression]:
        return list(children[::2])

    def call(self, children: tuple[Token, Token, list[Expression], Token]) -> Sum:
        name, _, arguments, closing = children
        function = name.value.lower()
        if function in _FOLDS:
            return _fold(function, name, arguments, closing)
        if function == "if":
            return _choice(name, arguments, closing)
        if function in _OFFSETS:
            return _offset(function, name, arguments, closing)
        raise Refusal(unknown_function(name.value), _start(name))


def _start(token: Token) -> int:
    return token.start_pos or 0


def _end(token: Token) -> int:
    return token.end_pos or 0


def _deeper(*parts: Part) -> int:
    depth = 1 + max(part.depth for part in parts)
    if depth > MAX_DEPTH:
        message = f"More than {MAX_DEPTH} sums stand inside one another: split the formula into several measures."
        raise Refusal(message, parts[0].start)
    return depth


def _is_condition(expression: Expression) -> TypeGuard[Condition]:
    return isinstance(expression, Comparison | Junction | Opposite)


def _figure(expression: Expression, otherwise: str) -> Sum:
    if _is_condition(expression):
        raise Refusal(otherwise, expression.start)
    return cast(Sum, expression)


def _condition(expression: Expression, otherwise: str) -> Condition:
    if _is_condition(expression):
        return expression
    raise Refusal(otherwise, expression.start)


def _chain(children: Sequence[Any], condition: str) -> tuple[Sum, tuple[tuple[str, Sum], ...]]:
    terms = [_figure(term, condition) for term in children[::2]]
    return terms[0], tuple(zip((sign.value for sign in children[1::2]), terms[1:], strict=True))


def _junction(word: str, children: Sequence[Expression]) -> Junction:
    message = f"{word} joins conditions such as [HO-1] > 0, and this is a figure."
    conditions = tuple(_condition(child, message) for child in children)
    return Junction(word, conditions, start=conditions[0].start, end=conditions[-1].end, depth=_deeper(*conditions))


def _reference(token: Token) -> Reference:
    code, bar, category = token.value[1:-1].partition("|")
    code = code.strip()
    if not code:
        raise Refusal("A measure's code is missing between [ and ]: write one such as [HO-1].", _start(token))
    if not bar:
        return Reference(code)
    pairs = [_category_pair(pair, token) for pair in category.split(";")]
    return Reference(code, category=";".join(pairs))


def _category_pair(pair: str, token: Token) -> str:
    scheme, _, name = (word.strip() for word in pair.partition("="))
    if not scheme or not name:
        message = f"{quoted(pair) or 'Nothing'} names no category: write its scheme and name, as in [HO-1|sex=F]."
        raise Refusal(message, _start(token))
    return f"{scheme}={name}"


def _half(token: Token) -> Half:
    word = token.value[1:].strip()
    if word.lower() in (Half.NUMERATOR, Half.DENOMINATOR):
        return Half(word.lower())
    raise Refusal(f"A measure has no {quoted(word)}: write .numerator or .denominator.", _start(token))


def _fold(function: str, name: Token, arguments: list[Expression], closing: Token) -> Call:
    if not arguments:
        message = f"{name.value} needs one figure or more: write {name.value}([HO-1], [HO-2])."
        raise Refusal(message, _end(closing) - 1)
    message = f"{name.value} takes figures, and this is a condition: write if(condition, 1, 0)."
    figures = tuple(_figure(argument, message) for argument in arguments)
    return Call(function, figures, start=_start(name), end=_end(closing), depth=_deeper(*figures))


def _choice(name: Token, arguments: list[Expression], closing: Token) -> Choice:
    if len(arguments) != 3:
        message = (
            f"if takes a condition and two figures, and has {len(arguments)} of the three: "
            "write if([HO-1] > 0, [HO-2] / [HO-1], 0)."
        )
        raise Refusal(message, arguments[3].start if len(arguments) > 3 else _end(closing) - 1)
    condition = _condition(arguments[0], "if starts with a condition such as [HO-1] > 0, and this is a figure.")
    message = "The second and third of an if are figures, and this is a condition."
    then, otherwise = (_figure(argument, message) for argument in arguments[1:])
    depth = _deeper(condition, then, otherwise)
    return Choice(condition, then, otherwise, start=_start(name), end=_end(closing), depth=depth)


def _offset(function: str, name: Token, arguments: list[Expression], closing: Token) -> Figure:
    allowed = 2 if function == "previous" else 1
    example = "previous([HO-1]) or previous([HO-1], 2)" if allowed == 2 else f"{function}([HO-1])"
    if not arguments or len(arguments) > allowed:
        place = arguments[allowed].start if arguments else _end(closing) - 1
        raise Refusal(f"{function} takes one measure: write {example}.", place)
    of = arguments[0]
    if not isinstance(of, Figure) or of.moment != Moment():
        raise Refusal(f"{function} takes a measure in square brackets and nothing else: write {example}.", of.start)
    periods = 0 if function != "previous" else _periods_back(arguments[1]) if len(arguments) == 2 else 1
    return replace(of, moment=Moment(_OFFSETS[function], periods), start=_start(name), end=_end(closing))


def _periods_back(argument: Expression) -> int:
    if isinstance(argument, Number) and argument.value == argument.value.to_integral_value():
        periods = int(argument.value)
        if 1 <= periods <= MAX_PERIODS_BACK:
            return periods
    message = f"previous goes back a whole number of periods: write one from 1 to {MAX_PERIODS_BACK}."
    raise Refusal(message, argument.start)
