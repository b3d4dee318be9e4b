"""Comparison with other areas: ranks, quartiles, means and medians, with what is missing named.

>>> recycling = {"Angus": "58.1", "Fife": "49.9", "Moray": "58.1", "Orkney": "21.6", "Stirling": None}
>>> areas = [AreaFigure(area, value and Decimal(value)) for area, value in recycling.items()]
>>> standing = compare(areas, period=Period.parse("2021/22"), polarity=Polarity.HIGHER)
>>> [(position.area, position.rank) for position in standing.positions]
[('Angus', 1), ('Moray', 1), ('Fife', 3), ('Orkney', 4)]
>>> standing.n, standing.missing, standing.median
(4, ('Stirling',), Decimal('54.0'))

The mean of the areas and the pooled mean (all numerators over all denominators) are two figures, and both are named. A
small council counts as much as a large one in the first:

>>> areas = [AreaFigure("Fife", Decimal(50), Decimal(90), Decimal(180)),
...          AreaFigure("Orkney", Decimal(20), Decimal(4), Decimal(20))]
>>> mean_of_areas([area.value for area in areas]), pooled_mean(areas, factor=Decimal(100))
(Decimal('35'), Decimal('47'))
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from goldenthread.domain.periods import Period
from goldenthread.domain.trend import outside
from goldenthread.domain.words import Polarity

#: With fewer areas than this a quartile says nothing.
FEWEST_FOR_QUARTILES = 8

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class AreaFigure:
    """One area's figure for the comparison's period; ``value`` is None where the area has none."""

    area: str
    value: Decimal | None
    numerator: Decimal | None = None
    denominator: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Position:
    """Where an area stands: quartile 1 is the best. No rank without a better direction, no quartile under eight."""

    area: str
    value: Decimal
    rank: int | None
    quartile: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A group compared for one period: the ``n`` areas with a figure, best first, and the ``missing`` ones named.

    ``unpooled`` names the areas with a figure that are not in the ``pooled_mean`` for want of a half.
    """

    period: Period
    n: int
    positions: tuple[Position, ...]
    missing: tuple[str, ...]
    mean_of_areas: Decimal | None
    pooled_mean: Decimal | None
    median: Decimal | None
    best_quartile: Decimal | None
    unpooled: tuple[str, ...] = ()


def ranks(
    values: Mapping[str, Decimal | None],
    *,
    polarity: Polarity,
    low: Decimal | None = None,
    high: Decimal | None = None,
) -> dict[str, int]:
    """Each area's rank, best first, ties sharing the better one: 1, 2, 2, 4. Areas without a figure have none.

    A range is ranked by distance from its band, or from a midpoint given as both ``low`` and ``high``. Empty without a
    better direction: no polarity, or a range without a band. Source: docs/sums.

    >>> days = {"Ayr": Decimal(9), "Bute": Decimal(7), "Coll": Decimal(7), "Danna": Decimal(3)}
    >>> ranks(days, polarity=Polarity.HIGHER)
    {'Ayr': 1, 'Bute': 2, 'Coll': 2, 'Danna': 4}
    """
    present = {area: value for area, value in values.items() if value is not None}
    shortfalls = _shortfalls(list(present.values()), polarity, low, high)
    if shortfalls is None:
        return {}
    by_area = dict(zip(present, shortfalls, strict=True))
    found: dict[str, int] = {}
    for place, area in enumerate(sorted(by_area, key=by_area.__getitem__), 1):
        previous = next(reversed(found), None)
        tied = previous is not None and by_area[previous] == by_area[area]
        found[area] = found[previous] if previous is not None and tied else place
    return found


def quartile(rank: int, n: int) -> int | None:
    """The quartile of ``rank`` among ``n`` areas, 1 the best: ceiling of 4 × rank ÷ n. None under eight areas.

    >>> [quartile(rank, 32) for rank in (1, 8, 9, 32)], quartile(1, 7)
    ([1, 1, 2, 4], None)
    """
    return None if n < FEWEST_FOR_QUARTILES else -(-4 * rank // n)


def mean_of_areas(values: Sequence[Decimal | None]) -> Decimal | None:
    """The mean of the areas' figures, each area counting the same; None where there are none."""
    present = [value for value in values if value is not None]
    return sum(present, _ZERO) / len(present) if present else None


def pooled_mean(figures: Sequence[AreaFigure], *, factor: Decimal = Decimal(1)) -> Decimal | None:
    """All numerators over all denominators, times ``factor``, as if the group were one area; None over a sum of zero.

    An area counts with both halves or not at all: ``unpooled`` names those with a figure that are left out.
    """
    halves = [(f.numerator, f.denominator) for f in figures if f.numerator is not None and f.denominator is not None]
    numerator = sum((numerator for numerator, _denominator in halves), _ZERO)
    denominator = sum((denominator for _numerator, denominator in halves), _ZERO)
    return numerator * factor / denominator if denominator else None


def unpooled(figures: Sequence[AreaFigure]) -> tuple[str, ...]:
    """The areas with a figure that lacks its numerator or denominator, and so are not in the pooled mean."""
    return tuple(f.area for f in figures if f.value is not None and (f.numerator is None or f.denominator is None))


def median(values: Sequence[Decimal | None]) -> Decimal | None:
    """The middle figure, or half-way between the middle two; None where there are none."""
    present = sorted(value for value in values if value is not None)
    if not present:
        return None
    middle, odd = divmod(len(present), 2)
    return present[middle] if odd else (present[middle - 1] + present[middle]) / 2


def best_quartile(
    values: Sequence[Decimal | None],
    *,
    polarity: Polarity,
    low: Decimal | None = None,
    high: Decimal | None = None,
) -> Decimal | None:
    """The figure to reach for the best quartile: that of the last area in it. None under eight areas.

    Of a range it is the figure of an area that far from the band; None without a better direction.
    """
    present = [value for value in values if value is not None]
    shortfalls = _shortfalls(present, polarity, low, high)
    if shortfalls is None or len(present) < FEWEST_FOR_QUARTILES:
        return None
    best_first = sorted(zip(shortfalls, present, strict=True))
    return best_first[len(present) // 4 - 1][1]


def compare(
    figures: Sequence[AreaFigure],
    *,
    period: Period,
    polarity: Polarity,
    low: Decimal | None = None,
    high: Decimal | None = None,
    factor: Decimal = Decimal(1),
) -> Standing:
    """A group's figures for one period, ranked and averaged; ``factor`` is what the measure's ratio is multiplied by.

    Best first, areas that tie in the order given; in the order given where there is no better direction.
    """
    values = {figure.area: figure.value for figure in figures}
    rank_of = ranks(values, polarity=polarity, low=low, high=high)
    present = [(figure.area, figure.value) for figure in figures if figure.value is not None]
    n = len(present)
    positions = [
        Position(area, value, rank, None if rank is None else quartile(rank, n))
        for area, value in present
        for rank in (rank_of.get(area),)
    ]
    return Standing(
        period=period,
        n=n,
        positions=tuple(sorted(positions, key=lambda position: position.rank or 0)),
        missing=tuple(figure.area for figure in figures if figure.value is None),
        mean_of_areas=mean_of_areas([value for _area, value in present]),
        pooled_mean=pooled_mean(figures, factor=factor),
        median=median([value for _area, value in present]),
        best_quartile=best_quartile([value for _area, value in present], polarity=polarity, low=low, high=high),
        unpooled=unpooled(figures),
    )


def _shortfalls(
    values: Sequence[Decimal], polarity: Polarity, low: Decimal | None, high: Decimal | None
) -> list[Decimal] | None:
    """How far each falls short, less being better; None without a better direction."""
    if polarity is Polarity.HIGHER:
        return [-value for value in values]
    if polarity is Polarity.LOWER:
        return list(values)
    if polarity is Polarity.NONE or (low is None and high is None):
        return None
    return [outside(value, low, high) for value in values]
