"""Comparison with other areas: ranks, quartiles, means and medians, with what is missing named."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from goldenthread.domain.periods import Period
from goldenthread.domain.words import Polarity


@dataclass(frozen=True, slots=True)
class AreaFigure:
    """One area's figure for the comparison's period; ``value`` is None where the area has none."""

    area: str
    value: Decimal | None
    numerator: Decimal | None = None
    denominator: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Position:
    """Where an area stands: ``quartile`` 1 is the best; None where fewer than eight areas have a figure."""

    area: str
    value: Decimal
    rank: int | None
    quartile: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A group compared for one period: ``n`` areas with a figure, best first, and the ``missing`` ones named."""

    period: Period
    n: int
    positions: tuple[Position, ...]
    missing: tuple[str, ...]
    mean_of_areas: Decimal | None
    pooled_mean: Decimal | None
    median: Decimal | None
    best_quartile: Decimal | None


def ranks(
    values: Mapping[str, Decimal | None],
    *,
    polarity: Polarity,
    low: Decimal | None = None,
    high: Decimal | None = None,
) -> dict[str, int]:
    """Each area's rank, best first and ties sharing the better one: 1, 2, 2, 4."""
    raise NotImplementedError


def quartile(rank: int, n: int) -> int | None:
    """The quartile of ``rank`` among ``n`` areas: ceiling of 4 × rank ÷ n; None under eight areas."""
    raise NotImplementedError


def mean_of_areas(values: Sequence[Decimal | None]) -> Decimal | None:
    raise NotImplementedError


def pooled_mean(figures: Sequence[AreaFigure], *, factor: Decimal = Decimal(1)) -> Decimal | None:
    """All numerators over all denominators."""
    raise NotImplementedError


def median(values: Sequence[Decimal | None]) -> Decimal | None:
    raise NotImplementedError


def best_quartile(
    values: Sequence[Decimal | None],
    *,
    polarity: Polarity,
    low: Decimal | None = None,
    high: Decimal | None = None,
) -> Decimal | None:
    """The value that the worst area of the best quartile has; None under eight areas."""
    raise NotImplementedError


def compare(
    figures: Sequence[AreaFigure],
    *,
    period: Period,
    polarity: Polarity,
    low: Decimal | None = None,
    high: Decimal | None = None,
    factor: Decimal = Decimal(1),
) -> Standing:
    """A group's figures for one period, ranked and averaged."""
    raise NotImplementedError
