"""How many people of each unit have reached each stage, held back where a number, or its difference, tells of a few.

Of Waste's 12 people 11 have agreed objectives and 6 of those have had their mid-year review; of Parks' 10 all and 5:

>>> city = Group("CIT", parts=(Group("WST", 12), Group("STR", 10)))
>>> objectives, mid_year = {"WST": 11, "STR": 10}, {"WST": 6, "STR": 5}
>>> for found in told_by_stage(city, [objectives, mid_year], least=5, among=["CIT", "WST", "STR"]):
...     print(sorted(found))
['STR']
['CIT', 'STR', 'WST']
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations

from goldenthread.domain.small_groups import Group, apart, blocks, every, told

Numbers = Mapping[str, int]


def told_by_stage(
    whole: Group, reached: Sequence[Numbers], *, least: int, among: Collection[str]
) -> list[frozenset[str]]:
    """The units, ``among`` those shown, of which each stage may be told. ``reached`` are the stages, first to last.

    ``reached`` counts each unit's own people; whoever reached a stage reached those before it. A number is told where
    it and the number of the others are nobody or at least ``least``, and so is what subtraction leaves of both; and so
    are those between two stages that are told of the same people, else the earlier of the two is held back. Source:
    docs/sums/small-groups.md.
    """
    own = {group.code: group.own for group in every(whole)}
    found = []
    for stage in reached:
        counts = {code: (stage.get(code, 0), size - stage.get(code, 0)) for code, size in own.items()}
        found.append(set(told(whole, counts, apart(least), among=among)))
    for later, earlier in combinations(range(len(reached) - 1, -1, -1), 2):
        between = {code: reached[earlier].get(code, 0) - reached[later].get(code, 0) for code in own}
        while few := _few_between(whole, found[earlier], found[later], between, least):
            found[earlier] -= _beside(whole, found[earlier], few)
    return [frozenset(codes) for codes in found]


def _few_between(whole: Group, earlier: set[str], later: set[str], between: Numbers, least: int) -> set[str]:
    """The units of ``earlier`` by which a number of fewer than ``least`` between the two stages is found."""
    for codes in _known_of_both(whole, earlier, later):
        if 0 < sum(between[code] for code in codes) < least:
            return {block for code, block in blocks(whole, earlier) if code in codes}
    return set()


def _beside(whole: Group, codes: set[str], few: set[str]) -> set[str]:
    """What to hold back so that a few are no longer told apart: the smallest next below them, else they themselves."""
    above = {part.code: group.code for group in every(whole) for part in group.parts}
    home = dict(blocks(whole, codes))
    below = [
        group for group in every(whole) if group.code in codes - few and home.get(above.get(group.code, "")) in few
    ]
    if not below:
        return few
    smallest = min(below, key=lambda group: (group.size, group.code))
    return {group.code for group in every(smallest)}


def _known_of_both(whole: Group, one: Collection[str], other: Collection[str]) -> Iterator[set[str]]:
    """The smallest sets of units of which the counts of both stages are known, shown or subtracted."""
    home, partner = dict(blocks(whole, one)), dict(blocks(whole, other))
    left = {group.code for group in every(whole) if group.own}
    while left:
        found, size = {left.pop()}, 0
        while len(found) != size:
            size = len(found)
            homes, partners = {home[code] for code in found}, {partner[code] for code in found}
            found |= {code for code in left if home[code] in homes or partner[code] in partners}
        left -= found
        if "" not in homes | partners:
            yield found
