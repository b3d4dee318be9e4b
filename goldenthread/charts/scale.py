"""From figures to places in a picture. Figures stay decimals until their place is known; only places are floats."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, localcontext

_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
_MOST_TICKS = 12


@dataclass(frozen=True, slots=True)
class Scale:
    """Where a figure stands between ``start`` (for ``low``) and ``end`` (for ``high``)."""

    low: Decimal
    high: Decimal
    start: float
    end: float

    def __call__(self, value: Decimal) -> float:
        span = self.high - self.low
        if not span:
            return (self.start + self.end) / 2
        return self.start + float((value - self.low) / span) * (self.end - self.start)


def finite(values: Iterable[Decimal | None]) -> list[Decimal]:
    """Those that can be drawn."""
    return [value for value in values if value is not None and value.is_finite()]


def ticks(values: Sequence[Decimal], *, about: int = 4, from_zero: bool = False) -> list[Decimal]:
    """Round numbers that enclose ``values``: the axis begins at the first and ends at the last.

    Zero is among them when the figures come near it, so that a small change does not look large.

    >>> [str(tick) for tick in ticks([Decimal(81), Decimal(94)])]
    ['80', '85', '90', '95']
    >>> [str(tick) for tick in ticks([Decimal(2), Decimal(9)])]
    ['0', '2.5', '5', '7.5', '10']
    """
    low, high = (min(values), max(values)) if values else (Decimal(0), Decimal(1))
    if from_zero or 0 < low < high * Decimal("0.4"):
        low = min(low, Decimal(0))
    if from_zero or low * Decimal("0.4") < high < 0:
        high = max(high, Decimal(0))
    if low == high:
        room = abs(low) / 10 or Decimal(1)
        low, high = low - room, high + room
    with localcontext(prec=60):
        return _round_numbers(low, high, about)


def _round_numbers(low: Decimal, high: Decimal, about: int) -> list[Decimal]:
    wanted = (high - low) / about
    size = wanted.adjusted()
    step = next(step for step in _STEPS if step.scaleb(size) >= wanted).scaleb(size)
    first = (low / step).to_integral_value(ROUND_FLOOR)
    last = (high / step).to_integral_value(ROUND_CEILING)
    if not 0 < last - first <= _MOST_TICKS:
        return [low, high]
    return [_plain((first + index) * step) for index in range(int(last - first) + 1)]


def _plain(value: Decimal) -> Decimal:
    """5 rather than 5.0 or 5E+0; zero without a sign."""
    if not value:
        return Decimal(0)
    value = value.normalize()
    return value.quantize(Decimal(1)) if 0 < value.as_tuple().exponent < 20 else value
