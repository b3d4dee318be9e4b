"""Formulas: measures made from measures.

>>> from decimal import Decimal
>>> homeless = parse("[HO-1] / [HO-2] * 1000")
>>> figures = {"HO-1": Decimal(84), "HO-2": Decimal(42000)}
>>> homeless.evaluate(lambda reference, moment: figures[reference.code])
Decimal('2.000')
>>> homeless.evaluate(lambda reference, moment: no_figure(reference, "2018/19 Q2"))
NoValue(reason=Reason(code='formula_missing', params={'measure': 'HO-1', 'period': '2018/19 Q2'}))
>>> parse("[HO-1] / ")
Traceback (most recent call last):
goldenthread.domain.formula.refusals.FormulaError: The formula ends with /: write what follows it.
"""

from goldenthread.domain.formula.checks import FaultKind, FormulaFault, check
from goldenthread.domain.formula.closures import Lookup, NoValue, no_figure
from goldenthread.domain.formula.order import circles, dependents, evaluation_order
from goldenthread.domain.formula.parsing import Formula, parse
from goldenthread.domain.formula.refusals import FormulaError
from goldenthread.domain.formula.tree import Half, Moment, Reference, When

__all__ = [
    "FaultKind",
    "Formula",
    "FormulaError",
    "FormulaFault",
    "Half",
    "Lookup",
    "Moment",
    "NoValue",
    "Reference",
    "When",
    "check",
    "circles",
    "dependents",
    "evaluation_order",
    "no_figure",
    "parse",
]
