"""Signal or noise: an XmR chart (individual values and moving ranges) of a measure's in-period figures."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from goldenthread.domain.reasons import Reason
from goldenthread.domain.words import Polarity, Signal


@dataclass(frozen=True, slots=True)
class Limits:
    """The mean and the control limits that held for one point, in the measure's own unit."""

    mean: Decimal
    lower: Decimal
    upper: Decimal


def signals(
    values: Sequence[Decimal | None],
    polarity: Polarity,
    *,
    starts: Collection[int] = (),
    season: int | None = None,
) -> list[Signal]:
    """One signal a value, from that value and those before it since the last of ``starts``."""
    raise NotImplementedError


def limits(
    values: Sequence[Decimal | None], *, starts: Collection[int] = (), season: int | None = None
) -> list[Limits | None]:
    """The limits as they stood at each value; None while there are fewer than twelve."""
    raise NotImplementedError


def findings(
    values: Sequence[Decimal | None], *, starts: Collection[int] = (), season: int | None = None
) -> list[Reason | None]:
    """Which rule fired at each value, whatever the polarity; None where none did."""
    raise NotImplementedError


def signal_words(finding: Reason, *, translate: Callable[[str], str] = str) -> str:
    """A finding as a sentence."""
    raise NotImplementedError
