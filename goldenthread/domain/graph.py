"""The thread as a graph: what serves what, from when to when, never in a circle.

A link joins an element to one that serves it. An objective may serve two priorities, so this is a graph and no tree.

>>> links = [
...     Link("vision", "clean-city"),
...     Link("clean-city", "recycling"),
...     Link("greener", "recycling", starts=date(2026, 4, 1)),
...     Link("recycling", "food-waste"),
... ]
>>> Graph.on(links, date(2026, 1, 1)).ancestors("food-waste")
{'recycling': 1, 'clean-city': 2, 'vision': 3}
>>> Graph.on(links, date(2026, 5, 1)).ancestors("food-waste")
{'recycling': 1, 'clean-city': 2, 'greener': 2, 'vision': 3}

A link that would close a circle is known by the path that it would close:

>>> path_that_would_close(links, above="food-waste", below="clean-city")
('food-waste', 'clean-city', 'recycling', 'food-waste')
"""

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

Following = Callable[[str], Iterable[str]]
#: Stands for "from the beginning".
BEGINNING = date.min


@dataclass(frozen=True, slots=True)
class Link:
    """``below`` serves ``above`` from ``starts`` to ``ends``, both included; None leaves that end open."""

    above: str
    below: str
    starts: date | None = None
    ends: date | None = None
    weight: Decimal = Decimal(1)

    def holds_on(self, day: date) -> bool:
        return (self.starts is None or self.starts <= day) and (self.ends is None or self.ends >= day)


@dataclass(frozen=True, slots=True)
class Graph:
    """The links of one day, both ways. Every walk is linear in the number of links and needs no recursion."""

    links: Sequence[Link]
    _below: Mapping[str, Sequence[Link]] = field(repr=False)
    _above: Mapping[str, Sequence[Link]] = field(repr=False)

    @classmethod
    def of(cls, links: Iterable[Link]) -> "Graph":
        """The graph of all ``links``, whatever their dates."""
        kept = tuple(links)
        below: dict[str, list[Link]] = defaultdict(list)
        above: dict[str, list[Link]] = defaultdict(list)
        for link in kept:
            below[link.above].append(link)
            above[link.below].append(link)
        return cls(kept, dict(below), dict(above))

    @classmethod
    def on(cls, links: Iterable[Link], day: date) -> "Graph":
        """The graph of the ``links`` that hold on ``day``."""
        return cls.of(link for link in links if link.holds_on(day))

    def above(self, code: str) -> Sequence[Link]:
        """The links up from ``code``."""
        return self._above.get(code, ())

    def below(self, code: str) -> Sequence[Link]:
        """The links down from ``code``."""
        return self._below.get(code, ())

    def ancestors(self, code: str) -> dict[str, int]:
        """What ``code`` serves, each with the fewest links to it, nearest first."""
        return _reached([code], lambda here: (link.above for link in self.above(here)))

    def descendants(self, code: str) -> dict[str, int]:
        """What serves ``code``, each with the fewest links to it, nearest first."""
        return _reached([code], lambda here: (link.below for link in self.below(here)))

    def upward(self) -> list[str]:
        """Every code that is linked, each after all that serve it. What stands in a circle is left out.

        >>> Graph.of([Link("vision", "priority"), Link("priority", "outcome")]).upward()
        ['outcome', 'priority', 'vision']
        """
        waiting_for = {code: len(self.below(code)) for code in dict.fromkeys(self._codes())}
        ready = deque(code for code, count in waiting_for.items() if not count)
        ordered = []
        while ready:
            code = ready.popleft()
            ordered.append(code)
            for link in self.above(code):
                waiting_for[link.above] -= 1
                if not waiting_for[link.above]:
                    ready.append(link.above)
        return ordered

    def path_down(self, code: str, to: str) -> tuple[str, ...] | None:
        """The shortest way down from ``code`` to ``to``, both included; None where there is none."""
        before = {code: code}
        waiting = deque([code])
        while waiting:
            here = waiting.popleft()
            if here == to:
                return _way_back(before, to)
            for link in self.below(here):
                if link.below not in before:
                    before[link.below] = here
                    waiting.append(link.below)
        return None

    def _codes(self) -> Iterator[str]:
        for link in self.links:
            yield link.above
            yield link.below


def path_that_would_close(
    links: Iterable[Link], above: str, below: str, *, starts: date | None = None, ends: date | None = None
) -> tuple[str, ...] | None:
    """The circle that a link from ``above`` to ``below`` would close on some day from ``starts`` to ``ends``.

    None where it would close none. The circle begins and ends with ``above``. Links that never hold on one and the same
    day form no circle together. Time is linear unless a path exists at all; then it is linear for each day on which a
    link of it starts.
    """
    if above == below:
        return (above, below)
    whole = Graph.of(link for link in links if _overlap(link, starts, ends))
    if whole.path_down(below, above) is None:
        return None
    between = set(whole.descendants(below)) | {below}
    concerned = [link for link in whole.links if link.above in between]
    for day in _days_on_which_one_starts(concerned, starts):
        path = Graph.on(concerned, day).path_down(below, above)
        if path is not None:
            return (above, *path)
    return None


def circle_in(links: Iterable[Link]) -> tuple[str, ...] | None:
    """A circle that ``links`` form on some day, first code last again; None where they form none.

    >>> circle_in([Link("a", "b"), Link("b", "c"), Link("c", "a")])
    ('a', 'b', 'c', 'a')
    >>> circle_in([Link("a", "b", ends=date(2026, 3, 31)), Link("b", "a", starts=date(2026, 4, 1))]) is None
    True
    """
    whole = Graph.of(links)
    concerned = _left_over(whole)
    if not concerned:
        return None
    for day in _days_on_which_one_starts(concerned, None):
        graph = Graph.on(concerned, day)
        left = _left_over(graph)
        if left:
            # Everything left has something below it that is left: walking down must come round.
            return _walk_round(Graph.of(left), left[0].above)
    return None


def _left_over(graph: Graph) -> list[Link]:
    """The links of ``graph`` among codes that stand in a circle, or above one."""
    ordered = set(graph.upward())
    return [link for link in graph.links if link.above not in ordered and link.below not in ordered]


def _walk_round(graph: Graph, start: str) -> tuple[str, ...]:
    places: dict[str, int] = {}
    here = start
    while here not in places:
        places[here] = len(places)
        here = graph.below(here)[0].below
    return (*list(places)[places[here] :], here)


def _overlap(link: Link, starts: date | None, ends: date | None) -> bool:
    begins_in_time = ends is None or link.starts is None or link.starts <= ends
    return begins_in_time and (starts is None or link.ends is None or link.ends >= starts)


def _days_on_which_one_starts(links: Iterable[Link], starts: date | None) -> list[date]:
    """Links that hold together hold on the day on which the last of them starts: other days need no look."""
    first = starts or BEGINNING
    return sorted({first, *(link.starts for link in links if link.starts is not None and link.starts > first)})


def _reached(start: Iterable[str], following: Following) -> dict[str, int]:
    distances = dict.fromkeys(start, 0)
    waiting = deque(distances)
    while waiting:
        here = waiting.popleft()
        for other in following(here):
            if other not in distances:
                distances[other] = distances[here] + 1
                waiting.append(other)
    return {code: distance for code, distance in distances.items() if distance}


def _way_back(before: Mapping[str, str], to: str) -> tuple[str, ...]:
    way = [to]
    while before[way[-1]] != way[-1]:
        way.append(before[way[-1]])
    return tuple(reversed(way))
