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

Of those 18 all but one have signed, and Waste's 9 are all of them: the council's number would tell of the one.

>>> signed = {"HWY": (2, 1), "WST": (9, 0), "STR": (6, 0)}
>>> sorted(told(city, signed, apart(5), among=["CIT", "WST"]))
['WST']

Where the same people may be in several parts of a whole, as those who need a course and those who need coaching:

>>> needs = {"course": {1, 2, 3, 4, 5, 6, 7}, "coaching": {1, 2, 3, 8, 9}, "other": {4, 10}}
>>> sorted(parts_shown(needs, least=5))
['course']
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

Part = TypeVar("Part")

#: How many people gave each of several answers.
Counts = tuple[int, ...]
#: Whether a group of people with such counts may be told of.
Fits = Callable[[Counts], bool]


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


def enough(least: int) -> Fits:
    """There are at least so many people."""
    return lambda counts: sum(counts) >= least


def apart(least: int) -> Fits:
    """Each answer was given by at least so many, or by nobody.

    >>> [apart(5)(counts) for counts in ((12, 0), (7, 5), (8, 4))]
    [True, True, False]
    """
    return lambda counts: not any(0 < number < least for number in counts)


def mixed(least: int) -> Fits:
    """There are at least so many people, and not all of them gave the same answer.

    >>> [mixed(10)(counts) for counts in ((9, 1), (10, 0), (5, 4))]
    [True, False, False]
    """
    return lambda counts: sum(counts) >= least and max(counts) < sum(counts)


def tells_of_few(number: int, of: int, *, least: int) -> bool:
    """Whether so many of a group are fewer than ``least``, or the others are; none and all are nobody's in particular.

    >>> [number for number in range(13) if tells_of_few(number, 12, least=5)]
    [1, 2, 3, 4, 8, 9, 10, 11]
    """
    return not apart(least)((number, of - number))


def shown(whole: Group, *, least: int) -> frozenset[str]:
    """The codes of the groups whose counts may be shown, so that no group of fewer than ``least`` people can be found.

    A group below ``least`` is held back; and where what is left of the group above, once the counts shown are taken
    from it, would be fewer than ``least``, another shown beside it is held back too, until there are enough. What
    stands below a group held back is held back with it. Source: docs/sums/small-groups.md.
    """
    groups = list(every(whole))
    sizes = {group.code: (group.own,) for group in groups}
    return told(whole, sizes, enough(least), among=[group.code for group in groups])


def told(whole: Group, own: Mapping[str, Counts], fits: Fits, *, among: Collection[str]) -> frozenset[str]:
    """The codes ``among`` which counts may be told, so that what subtraction leaves of them fits as well, or is nobody.

    ``own`` are the counts of each unit's own people. A group that does not fit is passed over, and those below it stand
    beside the others; one held back for the others' sake is held back with all below it: of the smallest the first that
    makes the remainder fit. Two groups that fit should fit together. Source: docs/sums/small-groups.md.
    """
    return frozenset(_Told(whole, own, fits, among).chosen())


class _Told:
    def __init__(self, whole: Group, own: Mapping[str, Counts], fits: Fits, among: Collection[str]) -> None:
        self.whole, self.fits, self.among = whole, fits, among
        self.none = (0,) * max(map(len, own.values()), default=1)
        self.counts: dict[str, Counts] = {}
        self._count(whole, own)

    def _count(self, group: Group, own: Mapping[str, Counts]) -> Counts:
        counts = together([own.get(group.code, self.none), *(self._count(part, own) for part in group.parts)])
        self.counts[group.code] = counts
        return counts

    def chosen(self) -> Iterator[str]:
        for group in self._nearest(self.whole):
            yield from self._within(group)

    def _within(self, group: Group) -> Iterator[str]:
        yield group.code
        parts = [one for part in group.parts for one in self._nearest(part)]
        parts.sort(key=lambda part: (sum(self.counts[part.code]), part.code))
        while parts and not self._may_be_left(rest := self._rest(group, parts)):
            parts.remove(next((part for part in parts if self._mended(rest, part)), parts[0]))
        for part in parts:
            yield from self._within(part)

    def _nearest(self, group: Group) -> Iterator[Group]:
        """The group where it may be told; else those next below it that may."""
        if group.code in self.among and self.fits(self.counts[group.code]):
            yield group
        else:
            for part in group.parts:
                yield from self._nearest(part)

    def _rest(self, group: Group, parts: Iterable[Group]) -> Counts:
        taken = together([self.counts[part.code] for part in parts])
        return tuple(all_of - some for all_of, some in zip(self.counts[group.code], taken, strict=True))

    def _mended(self, rest: Counts, part: Group) -> bool:
        return self._may_be_left(together([rest, self.counts[part.code]]))

    def _may_be_left(self, rest: Counts) -> bool:
        return not any(rest) or self.fits(rest)


def together(several: Sequence[Counts]) -> Counts:
    """Counts added up, answer by answer."""
    return tuple(sum(numbers) for numbers in zip(*several, strict=True))


def parts_shown(people: Mapping[Part, Collection[int]], *, least: int) -> frozenset[Part]:
    """The parts of ``least`` people or more, but for the smallest where all that is held back would be of fewer.

    What is left of the whole, once the counts shown are taken from it, then tells of nobody, or of ``least`` or more.
    """
    sizes = sorted(((len(set(who)), str(part), part) for part, who in people.items()), key=lambda one: one[:2])
    found = [part for size, _said, part in sizes if size >= least]
    while found and 0 < len(_held_back(found, people)) < least:
        found.pop(0)
    return frozenset(found)


def _held_back(found: Collection[Part], people: Mapping[Part, Collection[int]]) -> set[int]:
    """The people of the parts held back, whether or not they are also in one shown."""
    return {person for part, who in people.items() if part not in found for person in who}


def remainders(whole: Group, codes: Collection[str]) -> dict[str, int]:
    """For each group shown, how many of its people are in none of the groups shown below it: what subtraction finds.

    Groups lie in one another like boxes, so that whatever sums and differences of the counts shown give is a union of
    these remainders.
    """
    return {
        group.code: left
        for group in every(whole)
        if group.code in codes and (left := group.size - sum(part.size for part in _next_shown(group, codes)))
    }


def blocks(whole: Group, codes: Collection[str], above: str = "") -> Iterator[tuple[str, str]]:
    """Each unit with the smallest of ``codes`` that holds it; empty where none does."""
    here = whole.code if whole.code in codes else above
    yield whole.code, here
    for part in whole.parts:
        yield from blocks(part, codes, here)


def every(group: Group) -> Iterator[Group]:
    """The group and all below it."""
    yield group
    for part in group.parts:
        yield from every(part)


def _next_shown(group: Group, codes: Collection[str]) -> Iterator[Group]:
    """The groups shown that lie next below ``group``."""
    for part in group.parts:
        if part.code in codes:
            yield part
        else:
            yield from _next_shown(part, codes)
