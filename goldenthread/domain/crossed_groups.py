"""Counts by unit and by kind of post side by side, so that neither the two nor both together tell of a few people.

Highways and Waste are shown, of 12 and 20; so could be 22 officers and 10 managers. But all the managers are in Waste:
its 20 less the 10 managers are 10 officers, enough.

>>> city = Group("CIT", parts=(Group("HWY", 12), Group("WST", 20)))
>>> people = {("HWY", "officer"): 12, ("WST", "officer"): 10, ("WST", "manager"): 10}
>>> found = crossed(city, people, least=10)
>>> sorted(found.units), sorted(found.kinds)
(['CIT', 'HWY', 'WST'], ['manager', 'officer'])

Were there 14 managers, Waste less the managers would be 6 officers: the kinds are held back.

>>> people = {("HWY", "officer"): 12, ("WST", "officer"): 6, ("WST", "manager"): 14}
>>> sorted(crossed(city, people, least=10).kinds)
[]
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from goldenthread.domain.small_groups import Group, shown

#: More kinds than these are never shown side by side: the smallest are put together.
MOST_KINDS = 12


@dataclass(frozen=True, slots=True)
class Crossed:
    """The units and the kinds whose counts may be shown together."""

    units: frozenset[str]
    kinds: frozenset[str]


def crossed(whole: Group, people: Mapping[tuple[str, str], int], *, least: int) -> Crossed:
    """Which units, and which kinds over the whole of them, may be shown; ``people`` are by own unit and kind.

    Units come first, as if they stood alone. Of the kinds the smallest is then held back, one after another, until no
    kinds taken from the units in which they are leave fewer than ``least``. Source: docs/sums/small-groups.md.
    """
    units = shown(whole, least=least)
    if not units:
        return Crossed(units, frozenset())
    nearest = dict(_nearest(whole, units, whole.code))
    cells: Counter[tuple[str, str]] = Counter()
    for (unit, kind), number in people.items():
        cells[nearest[unit], kind] += number
    sizes = Counter({kind: 0 for _block, kind in cells})
    for (_block, kind), number in cells.items():
        sizes[kind] += number
    kinds = sorted((kind for kind, size in sizes.items() if size >= least), key=lambda kind: (sizes[kind], kind))
    kinds = kinds[-MOST_KINDS:]
    while kinds and _least_left(cells, kinds) < least:
        kinds.pop(0)
    return Crossed(units, frozenset(kinds))


def _least_left(cells: Mapping[tuple[str, str], int], kinds: Sequence[str]) -> int:
    """The fewest people that any kinds leave of the units in which they are.

    Units shown and kinds shown each divide the people into parts; what sums and differences of both find is made up of
    such remainders, and of whole parts.
    """
    place = {kind: index for index, kind in enumerate(kinds)}
    rest = len(kinds)
    sizes, blocks, within = [0] * (rest + 1), Counter[str](), [set[str]() for _kind in range(rest + 1)]
    for (block, kind), number in cells.items():
        if number:
            index = place.get(kind, rest)
            sizes[index] += number
            blocks[block] += number
            within[index].add(block)
    parts = [index for index in range(rest + 1) if sizes[index]]
    left = [sum(blocks.values())]
    for chosen in range(1, 2 ** len(parts)):
        taken = [index for place_of, index in enumerate(parts) if chosen >> place_of & 1]
        touched = set[str]().union(*(within[index] for index in taken))
        remainder = sum(blocks[block] for block in touched) - sum(sizes[index] for index in taken)
        if remainder:
            left.append(remainder)
    return min(left)


def _nearest(group: Group, units: Collection[str], above: str) -> Iterator[tuple[str, str]]:
    """Each unit with the smallest unit shown that holds it."""
    here = group.code if group.code in units else above
    yield group.code, here
    for part in group.parts:
        yield from _nearest(part, units, here)
