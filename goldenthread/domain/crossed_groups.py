"""Counts by unit and by kind of post side by side, so that neither the two nor both together tell of a few people.

Highways and Waste are shown, of 12 and 20; so could be 22 officers and 10 managers. But all the managers are in Waste:
its 20 less the 10 managers are 10 officers, enough.

>>> from goldenthread.domain.small_groups import enough, mixed
>>> city = Group("CIT", parts=(Group("HWY", 12), Group("WST", 20)))
>>> people = {("HWY", "officer"): (12,), ("WST", "officer"): (10,), ("WST", "manager"): (10,)}
>>> found = crossed(city, people, enough(10))
>>> sorted(found.units), sorted(found.kinds)
(['CIT', 'HWY', 'WST'], ['manager', 'officer'])

Were there 14 managers, Waste less the managers would be 6 officers: the kinds are held back.

>>> people = {("HWY", "officer"): (12,), ("WST", "officer"): (6,), ("WST", "manager"): (14,)}
>>> sorted(crossed(city, people, enough(10)).kinds)
[]

All of Highways have the same rating, and everybody's would be told: it is held back, and Waste beside it.

>>> people = {("HWY", "officer"): (0, 12), ("WST", "officer"): (4, 16)}
>>> sorted(crossed(city, people, mixed(10)).units)
['CIT']
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from goldenthread.domain.small_groups import Counts, Fits, Group, blocks, every, together, told

#: More kinds than these are never shown side by side: the smallest are put together.
MOST_KINDS = 12
Cells = Mapping[tuple[str, str], Counts]


@dataclass(frozen=True, slots=True)
class Crossed:
    """The units and the kinds whose counts may be shown together."""

    units: frozenset[str]
    kinds: frozenset[str]


def crossed(whole: Group, people: Cells, fits: Fits) -> Crossed:
    """Which units, and which kinds over the whole of them, may be shown; ``people`` are by own unit and kind.

    Units come first, as if they stood alone. Of the kinds the smallest is then held back, one after another, until
    whatever kinds taken from the units in which they are leave fits, or is nobody. Source: docs/sums/small-groups.md.
    """
    own: defaultdict[str, list[Counts]] = defaultdict(list)
    for (unit, _kind), counts in people.items():
        own[unit].append(counts)
    by_unit = {unit: together(counts) for unit, counts in own.items()}
    units = told(whole, by_unit, fits, among=[group.code for group in every(whole)])
    if whole.code not in units:
        return Crossed(frozenset(), frozenset())
    nearest = dict(blocks(whole, units))
    found: defaultdict[tuple[str, str], list[Counts]] = defaultdict(list)
    by_kind: defaultdict[str, list[Counts]] = defaultdict(list)
    for (unit, kind), counts in people.items():
        found[nearest[unit], kind].append(counts)
        by_kind[kind].append(counts)
    cells = {key: together(counts) for key, counts in found.items()}
    sizes = {kind: together(counts) for kind, counts in by_kind.items()}
    kinds = sorted((kind for kind, counts in sizes.items() if fits(counts)), key=lambda kind: (sum(sizes[kind]), kind))
    kinds = kinds[-MOST_KINDS:]
    while kinds and not _all_fit(cells, kinds, fits):
        kinds.pop(0)
    return Crossed(units, frozenset(kinds))


def _all_fit(cells: Cells, kinds: Sequence[str], fits: Fits) -> bool:
    """Whether all that any kinds leave of the units in which they are fits.

    Units shown and kinds shown each divide the people into parts; what sums and differences of both find is made up of
    such remainders, and of whole parts.
    """
    by_part: defaultdict[str, list[tuple[str, Counts]]] = defaultdict(list)
    of_block: defaultdict[str, list[Counts]] = defaultdict(list)
    for (block, kind), counts in cells.items():
        if any(counts):
            by_part[kind if kind in kinds else ""].append((block, counts))
            of_block[block].append(counts)
    blocks_of = {block: together(counts) for block, counts in of_block.items()}
    parts = list(by_part.values())
    for chosen in range(1, 2 ** len(parts)):
        taken = [one for place, part in enumerate(parts) if chosen >> place & 1 for one in part]
        whole = together([blocks_of[block] for block in {block for block, _counts in taken}])
        rest = [all_of - some for all_of, some in zip(whole, together([c for _b, c in taken]), strict=True)]
        if any(rest) and not fits(tuple(rest)):
            return False
    return True
