"""Direction of travel: better, the same or worse, as the measure's polarity has it.

Days lost to sickness fell from 10.4 to 9.8, and lower is better:

>>> direction(Decimal("9.8"), Decimal("10.4"), polarity=Polarity.LOWER)
<Direction.BETTER: 'better'>

Satisfaction rose from 61% to 63%, but the survey is only sure to 3 points either way:

>>> direction(Decimal(63), Decimal(61), polarity=Polarity.HIGHER,
...           margin_now=(Decimal(60), Decimal(66)), margin_before=(Decimal(58), Decimal(64)))
<Direction.SAME: 'same'>

The long direction against the mean of the last three years:

>>> mean_of([Decimal(80), None, Decimal(84)])
Decimal('82')
"""

from collections.abc import Sequence
from decimal import Decimal

from goldenthread.domain.words import Direction, Polarity

_ZERO = Decimal(0)


def direction(
    now: Decimal | None,
    before: Decimal | None,
    *,
    polarity: Polarity,
    low: Decimal | None = None,
    high: Decimal | None = None,
    dead_band: Decimal = _ZERO,
    margin_now: tuple[Decimal, Decimal] | None = None,
    margin_before: tuple[Decimal, Decimal] | None = None,
) -> Direction:
    """Whether ``now`` is better than ``before``; ``none`` without both, without a polarity, or without a range's band.

    All in the measure's unit. ``low`` and ``high`` are the target band of a range: nearer to it is better. A move of up
    to ``dead_band`` is the same; so is one within a survey's margin (lower, upper): the two margins overlap, or one
    figure lies within the other's. The two must be of one stretch, with no break between. Source: docs/sums.
    """
    if now is None or before is None or polarity is Polarity.NONE:
        return Direction.NONE
    if polarity is Polarity.RANGE:
        if low is None and high is None:
            return Direction.NONE
        gain = outside(before, low, high) - outside(now, low, high)
    else:
        gain = now - before if polarity is Polarity.HIGHER else before - now
    margins = margin_now is not None or margin_before is not None
    if abs(gain) <= dead_band or (margins and _within_margin(now, before, margin_now, margin_before)):
        return Direction.SAME
    return Direction.BETTER if gain > 0 else Direction.WORSE


def outside(value: Decimal, low: Decimal | None, high: Decimal | None) -> Decimal:
    """How far ``value`` lies outside the band, in the measure's unit; 0 within it. An open side is None."""
    if low is not None and value < low:
        return low - value
    if high is not None and value > high:
        return value - high
    return _ZERO


def mean_of(values: Sequence[Decimal | None]) -> Decimal | None:
    """The mean of the figures there are, as the long direction is held against; None where there are none."""
    present = [value for value in values if value is not None]
    return sum(present, _ZERO) / len(present) if present else None


def mean_length(long_direction: str) -> int | None:
    """How many earlier periods a definition's ``mean_N`` asks for; None for ``last_year``. Raises ValueError otherwise.

    >>> mean_length("mean_8"), mean_length("last_year")
    (8, None)
    """
    if long_direction == "last_year":
        return None
    prefix, _, length = long_direction.partition("_")
    if prefix != "mean" or not (length.isascii() and length.isdigit()) or int(length) < 1:
        raise ValueError(f"{long_direction!r} is no long direction: write last_year, or mean_8 for eight periods")
    return int(length)


def _within_margin(
    now: Decimal,
    before: Decimal,
    margin_now: tuple[Decimal, Decimal] | None,
    margin_before: tuple[Decimal, Decimal] | None,
) -> bool:
    lower_now, upper_now = margin_now or (now, now)
    lower_before, upper_before = margin_before or (before, before)
    return lower_now <= upper_before and lower_before <= upper_now
