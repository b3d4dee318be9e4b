"""A formula, read once from its text and worked out for as many periods as needed.

>>> households = parse("if([HO-2] > 0, [HO-1] / [HO-2] * 1000, 0)")
>>> sorted(households.references)
['HO-1', 'HO-2']
"""

from dataclasses import dataclass, field
from functools import lru_cache

from goldenthread.domain.formula.closures import Evaluate, compiled
from goldenthread.domain.formula.grammar import read
from goldenthread.domain.formula.tree import Figure, Moment, Reference, Sum, every


@dataclass(frozen=True, slots=True)
class Formula:
    """A measure made from other measures.

    ``references`` are the codes it names. ``asks`` is every figure it may ask for, each once, in the order written, so
    that a caller can fetch them together. ``tree`` is the sum taken apart.

    ``evaluate(lookup)`` gives the figure, in the units the formula makes, unrounded (28 digits); or no value, and why.
    ``lookup`` gives the figure of a reference at a moment, or a NoValue (``no_figure`` makes one). That becomes the
    answer as soon as the figure is needed: missing is never zero. The reasons of the formula's own are
    ``formula_divide_by_zero`` (``divisor``, as written) and ``formula_out_of_range`` (``power``).
    """

    text: str
    references: frozenset[str] = field(compare=False)
    asks: tuple[tuple[Reference, Moment], ...] = field(compare=False, repr=False)
    tree: Sum = field(compare=False, repr=False)
    evaluate: Evaluate = field(compare=False, repr=False)


@lru_cache(maxsize=10_000)
def parse(text: str) -> Formula:
    """The formula that ``text`` writes. Raises FormulaError, which says where it goes wrong and what would be right."""
    tree = read(text)
    asks = dict.fromkeys((part.reference, part.moment) for part in every(tree) if isinstance(part, Figure))
    codes = frozenset(reference.code for reference, _ in asks)
    return Formula(text, codes, tuple(asks), tree, compiled(tree, text))
