"""Direction of travel: better, the same or worse, as the measure's polarity has it.

>>> direction(Decimal("9.8"), Decimal("10.4"), polarity=Polarity.LOWER)
<Direction.BETTER: 'better'>
"""

from collections.abc import Sequence
from decimal import Decimal

from goldenthread.domain.words import Direction, Polarity


def direction(
    now: Decimal | None,
    before: Decimal | None,
    *,
    polarity: Polarity,
    low: Decimal | None = None,
    high: Decimal | None = None,
    dead_band: Decimal = Decimal(0),
    margin_now: tuple[Decimal, Decimal] | None = None,
    margin_before: tuple[Decimal, Decimal] | None = None,
) -> Direction:
    """Whether ``now`` is better than ``before``."""
    raise NotImplementedError


def mean_of(values: Sequence[Decimal | None]) -> Decimal | None:
    """The mean of the figures there are; None where there are none."""
    raise NotImplementedError


def mean_length(long_direction: str) -> int | None:
    """How many earlier periods ``mean_N`` asks for; None for ``last_year``. Raises ValueError on anything else."""
    raise NotImplementedError
