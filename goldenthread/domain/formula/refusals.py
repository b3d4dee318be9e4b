"""Why a text is no formula, in plain words that say what would be right, and where in the text it goes wrong.

>>> refusal = FormulaError("The formula ends with /: write what follows it.", text="[HO-1] /", position=8)
>>> print(refusal)
The formula ends with /: write what follows it.
>>> print(refusal.caret())
[HO-1] /
        ^
>>> refusal.line, refusal.column
(1, 9)
"""

from collections.abc import Mapping, Sequence
from typing import Protocol

FUNCTIONS = ("sum", "mean", "max", "min", "if", "previous", "last_year", "year_to_date")

COMPARISONS = ("=", "<>", "<", "<=", ">", ">=")

#: How much of the formula's own text a message repeats.
LONGEST_QUOTED = 60
#: How wide a line ``caret`` prints of a long formula.
CARET_WIDTH = 72

_MEANT: Mapping[str, str] = {
    "total": "sum",
    "add": "sum",
    "average": "mean",
    "avg": "mean",
    "maximum": "max",
    "highest": "max",
    "minimum": "min",
    "lowest": "min",
    "iif": "if",
    "case": "if",
    "prior": "previous",
    "prev": "previous",
    "last": "previous",
    "lastyear": "last_year",
    "previous_year": "last_year",
    "ytd": "year_to_date",
    "yeartodate": "year_to_date",
}

_CHARACTERS: Mapping[str, str] = {
    "×": "× is not used in formulas: write * to multiply.",
    "÷": "÷ is not used in formulas: write / to divide.",
    "−": "This minus sign is not the one on the keyboard: write -.",
    "–": "This dash is not a minus sign: write -.",
    "—": "This dash is not a minus sign: write -.",
    "≤": "≤ is not used in formulas: write <=.",
    "≥": "≥ is not used in formulas: write >=.",
    "≠": "≠ is not used in formulas: write <>.",
    "!": "! is not used in formulas: write <> for 'differs from', or not before a condition.",
    "&": "& is not used in formulas: write and between two conditions.",
    "|": "| is not used here: write or between two conditions.",
    "^": "^ is not used in formulas: multiply the figure by itself.",
    "%": "% is not used in formulas: write 0.05 for 5%, or * 100 to make a percentage.",
    "£": "£ is not used in formulas: write the number alone.",
    "$": "$ is not used in formulas: write the number alone.",
    "€": "€ is not used in formulas: write the number alone.",
    ";": "; is not used here: write a comma between the figures.",
    ":": ": is not used in formulas: write / to divide, or name each measure, as in sum([HO-1], [HO-2]).",
    ".": "A full stop stands only inside a number, such as 0.5, or before numerator or denominator.",
    "[": "This [ is not closed: write ] after the measure's code.",
    "]": "This ] has no [ before it: write a measure's code as [HO-1].",
    "{": "{ is not used in formulas: write (.",
    "}": "} is not used in formulas: write ).",
    '"': "Quotation marks are not used in formulas: write a measure's code as [HO-1].",
    "'": "Quotation marks are not used in formulas: write a measure's code as [HO-1].",
    "‘": "Quotation marks are not used in formulas: write a measure's code as [HO-1].",
    "’": "Quotation marks are not used in formulas: write a measure's code as [HO-1].",
    "“": "Quotation marks are not used in formulas: write a measure's code as [HO-1].",
    "”": "Quotation marks are not used in formulas: write a measure's code as [HO-1].",
}

_STARTS = frozenset({"NUMBER", "REFERENCE", "NAME", "LPAR", "NOT"})
_ENDS = frozenset({"NUMBER", "REFERENCE", "HALF", "RPAR"})
_OPERATORS = frozenset({"PLUS", "MINUS", "TIMES", "OVER", "COMPARE", "AND", "OR", "NOT"})


class FormulaError(ValueError):
    """The text is no formula. ``position`` is the character at fault, from 0; ``line`` and ``column`` count from 1."""

    def __init__(self, message: str, *, text: str, position: int) -> None:
        super().__init__(message)
        self.message = message
        self.text = text
        self.position = position

    @property
    def line(self) -> int:
        return self.text.count("\n", 0, self.position) + 1

    @property
    def column(self) -> int:
        return self.position - self._line_start + 1

    def caret(self) -> str:
        """The line that is wrong, and beneath it a caret at the place; of a long line only what stands around it."""
        end = self.text.find("\n", self._line_start)
        line = self.text[self._line_start : end if end >= 0 else len(self.text)]
        line = "".join(character if character.isprintable() else " " for character in line)
        cut = max(0, self.column - CARET_WIDTH // 2) if len(line) > CARET_WIDTH else 0
        return f"{line[cut : cut + CARET_WIDTH].rstrip()}\n{' ' * (self.column - 1 - cut)}^"

    @property
    def _line_start(self) -> int:
        return self.text.rfind("\n", 0, self.position) + 1


class Refusal(Exception):
    """What is wrong at a position of a text that the raiser does not hold."""

    def __init__(self, message: str, position: int) -> None:
        super().__init__(message)
        self.message = message
        self.position = position


class Token(Protocol):
    """A word or sign of the formula, as the grammar cut it."""

    @property
    def type(self) -> str: ...
    @property
    def value(self) -> str: ...
    @property
    def start_pos(self) -> int | None: ...
    @property
    def end_pos(self) -> int | None: ...


def quoted(text: str) -> str:
    """A piece of a formula as a message repeats it: on one line, and cut where it is long."""
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_QUOTED else f"{text[: LONGEST_QUOTED - 1]}…"


def unknown_function(name: str) -> str:
    """What to write instead of a function that formulas do not have."""
    name = quoted(name)
    meant = _MEANT.get(name.lower())
    if meant:
        return f"There is no function {name}: write {meant}."
    return f"There is no function {name}: there are {', '.join(FUNCTIONS[:-1])} and {FUNCTIONS[-1]}."


def strange_character(character: str) -> str:
    """What to write instead of a character that formulas do not have."""
    shown = character if character.isprintable() else f"The character U+{ord(character):04X}"
    return _CHARACTERS.get(character, f"{shown} is not used in formulas.")


def misplaced(token: Token, before: Sequence[Token]) -> Refusal:
    """What is wrong with ``token`` (type ``$END`` at the end of the text) where only something else could stand."""
    place = token.start_pos or 0
    if not before:
        return Refusal(_at_start(token), place)
    last = before[-1]
    last_end = last.end_pos or 0
    if last.type == "NAME":
        return Refusal(_bare_name(last.value), last.start_pos or 0)
    if token.type == "$END":
        return _at_end(before)
    if token.type in _STARTS and last.type in _ENDS:
        return Refusal(_side_by_side(last, token, in_function=_in_function(before)), place)
    if token.type == "HALF":
        return Refusal("Only a measure has a numerator or denominator: write [HO-1].numerator.", place)
    if token.type == "COMPARE" and last.type == "COMPARE":
        return Refusal(_double_comparison(last.value + token.value), last.start_pos or 0)
    if token.type == "COMPARE" and last.type in _ENDS:
        return Refusal("Only two figures are compared at a time: join two comparisons with and.", place)
    if token.type == "COMMA" and last.type in _ENDS:
        return Refusal("A comma only separates the figures given to a function, as in sum([HO-1], [HO-2]).", place)
    if token.type == "RPAR" and last.type in _ENDS:
        return Refusal("This ) closes nothing: write ( where it should open, or leave it out.", place)
    if token.type == "NOT":
        return Refusal("not stands before a whole condition, as in not [HO-1] > 0.", place)
    if token.type == "PLUS":
        return Refusal("A figure is missing before this +; a positive number needs no sign.", place)
    return Refusal(f"A figure is missing between {_shown(last)} and {_shown(token)}.", last_end)


def _at_start(token: Token) -> str:
    if token.type == "PLUS":
        return "A formula does not start with +; a positive number needs no sign."
    return f"A formula does not start with {_shown(token)}: write a figure first."


def _at_end(before: Sequence[Token]) -> Refusal:
    last = before[-1]
    if last.type in _OPERATORS:
        return Refusal(f"The formula ends with {_shown(last)}: write what follows it.", last.end_pos or 0)
    opened = _open_brackets(before)
    return Refusal("This ( is not closed: write ) where it should end.", before[opened[-1]].start_pos or 0)


def _bare_name(name: str) -> str:
    name = quoted(name)
    if name.lower() in FUNCTIONS:
        return f"{name} is a function: write {name}( and its figures and )."
    return f"{name} means nothing here: write a measure's code in square brackets, as in [{name}]."


def _side_by_side(last: Token, token: Token, *, in_function: bool) -> str:
    touching = last.end_pos == token.start_pos
    if last.type == "NUMBER" and token.type == "NUMBER":
        if touching:
            return f"{quoted(last.value + token.value)} is no number: write one decimal point at most."
        if len(last.value) <= 3 and len(token.value) == 3 and f"{last.value}{token.value}".isdigit():
            return f"Two numbers stand side by side: write {last.value}{token.value} if it is one number."
    if last.type == "NUMBER" and token.type == "NAME" and touching and token.value[0] in "eE":
        return "Powers of ten are not used in formulas: write the number in full."
    missing = "A comma or an operator (+ - * /)" if in_function else "An operator (+ - * /)"
    return f"{missing} is missing between {_shown(last)} and {_shown(token)}."


def _double_comparison(signs: str) -> str:
    if signs in COMPARISONS:
        return f"The two signs of {signs} are written without a space."
    meant = {"==": "=", "=<": "<=", "=>": ">=", "><": "<>"}.get(signs)
    return f"{signs} is no comparison: write {meant or 'one of =, <>, <, <=, > and >='}."


def _open_brackets(tokens: Sequence[Token]) -> list[int]:
    opened: list[int] = []
    for place, token in enumerate(tokens):
        if token.type == "LPAR":
            opened.append(place)
        elif token.type == "RPAR" and opened:
            opened.pop()
    return opened


def _in_function(tokens: Sequence[Token]) -> bool:
    opened = _open_brackets(tokens)
    return bool(opened) and opened[-1] > 0 and tokens[opened[-1] - 1].type == "NAME"


def _shown(token: Token) -> str:
    return "the end" if token.type == "$END" else quoted(token.value)
