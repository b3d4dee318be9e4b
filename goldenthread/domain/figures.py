"""Figures as councils give them: exact decimals, or a stated reason why there is none.

>>> canonical(Decimal("94.80"))
'94.8'
>>> canonical(Decimal("1E+3"))
'1000'
>>> as_shown(Decimal("2.5"), 0)
Decimal('3')
"""

from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from goldenthread.domain.periods import Period
from goldenthread.domain.reasons import Reason
from goldenthread.domain.words import Assurance, Missing, State


class Figure(NamedTuple):
    """One figure of one measure and category, as it was last given for its period."""

    period: Period
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    lower: Decimal | None = None
    upper: Decimal | None = None
    sample: Decimal | None = None
    missing: Missing | None = None
    state: State = State.FINAL
    assurance: Assurance = Assurance.NONE
    why: Reason | None = None  # of a figure worked out by a formula: why there is none


def canonical(number: Decimal) -> str:
    """The one text form of a decimal: no exponent, no trailing zeros after the point, no negative zero."""
    if not number:
        return "0"
    text = str(number)
    if "E" in text:
        text = format(number, "f")
    if text[-1] != "0":
        return text
    return text.rstrip("0").rstrip(".") if "." in text else text


def as_shown(number: Decimal, decimals: int) -> Decimal:
    """``number`` rounded half up (away from zero) to ``decimals`` places, as the board prints it."""
    return number.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
