"""Counts of people by unit, held back where a group is so small that it would tell of somebody.

Highways has 3 people, Waste 9, Parks 6, and the directorate's own office 2; a group is shown from 5 people on. Highways
and the office are too small, and together they are 5, so that the difference tells of 5:

>>> city = Group("CIT", own=2, parts=(Group("HWY", own=3), Group("WST", own=9), Group("STR", own=6)))
>>> sorted(shown(city, least=5))
['CIT', 'STR', 'WST']

Without the office the difference would be Highways alone, so the next smallest is held back with it:

>>> city = Group("CIT", own=0, parts=(Group("HWY", own=3), Group("WST", own=9), Group("STR", own=6)))
>>> sorted(shown(city, least=5))
['CIT', 'WST']

What can be worked out from what is shown is never fewer than 5 people:

>>> sorted(size for group, size in remainders(city, shown(city, least=5)).items())
[9, 9]
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Group:
    """A unit: how many people are its own, and the units below it, each with all of theirs."""

    code: str
    own: int = 0
    parts: tuple["Group", ...] = ()

    @property
    def size(self) -> int:
        """The people of the unit and of all below it."""
        return self.own + sum(part.size for part in self.parts)


def tells_of_few(number: int, of: int, *, least: int) -> bool:
    """Whether so many of a group are fewer than ``least``, or the others are; none and all are nobody's in particular.

    >>> [number for number in range(13) if tells_of_few(number, 12, least=5)]
    [1, 2, 3, 4, 8, 9, 10, 11]
    """
    return 0 < number < least or 0 < of - number < least


def shown(whole: Group, *, least: int) -> frozenset[str]:
    """The codes of the groups whose counts may be shown, so that no group of fewer than ``least`` people can be found.

    A group below ``least`` is held back; and where what is left of the group above, once the counts shown are taken
    from it, would be fewer than ``least``, the smallest shown beside it is held back too, until there are enough. What
    stands below a group held back is held back with it. Source: docs/sums/small-groups.md.
    """
    if whole.size < least:
        return frozenset()
    found = {whole.code}
    parts = sorted((part for part in whole.parts if part.size >= least), key=lambda part: (part.size, part.code))
    while parts and 0 < whole.size - sum(part.size for part in parts) < least:
        parts.pop(0)
    for part in parts:
        found |= shown(part, least=least)
    return frozenset(found)


def remainders(whole: Group, codes: Collection[str]) -> dict[str, int]:
    """For each group shown, how many of its people are in none of the groups shown below it: what subtraction finds.

    Groups lie in one another like boxes, so that whatever sums and differences of the counts shown give is a union of
    these remainders.
    """
    return {
        group.code: left
        for group in _all(whole)
        if group.code in codes and (left := group.size - sum(part.size for part in _next_shown(group, codes)))
    }


def _next_shown(group: Group, codes: Collection[str]) -> Iterator[Group]:
    """The groups shown that lie next below ``group``."""
    for part in group.parts:
        if part.code in codes:
            yield part
        else:
            yield from _next_shown(part, codes)


def _all(group: Group) -> Iterator[Group]:
    yield group
    for part in group.parts:
        yield from _all(part)
