"""The thread in columns: what something serves, up to the top, and all that serves it; and where to begin."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from goldenthread.domain.words import Level
from goldenthread.scorecards.queries.thread import Kind, Node, Step, Thread, Threads

#: How many stand in a column before the rest is asked for.
SHOWN = 60
#: How many are offered for what was typed.
FOUND = 40


@dataclass(frozen=True, slots=True)
class Column:
    """Everything so many links above (below zero) or below; ``left`` of it are not shown."""

    distance: int
    groups: Sequence[tuple[str, Sequence[Step]]]
    size: int
    left: int

    @property
    def labels(self) -> str:
        return ", ".join(label for label, _steps in self.groups)


@dataclass(frozen=True, slots=True)
class Beginning:
    """A priority, with how many units and people serve it."""

    node: Node
    units: int
    people: int


def columns_up(thread: Thread, *, everything: bool = False) -> list[Column]:
    """The highest first."""
    return list(_columns(thread.up, -1, everything))[::-1]


def columns_down(thread: Thread, *, everything: bool = False) -> list[Column]:
    return list(_columns(thread.down, 1, everything))


def beginnings(threads: Threads) -> list[Beginning]:
    """The priorities of the plans in force on the day, in the order of their plans."""
    found = []
    for row in threads.whole.level(Level.PRIORITY, day=threads.day):
        thread = threads.of(row.code, kind=Kind.ELEMENT)
        found.append(Beginning(thread.start, len(thread.units), len(thread.people)))
    return found


def found_for(threads: Threads, typed: str) -> list[Node]:
    """What bears every word that was typed in its title or code, elements first."""
    words = typed.lower().split()
    if not words:
        return []
    matching = (
        (kind, code)
        for kind, code, title in _titles(threads)
        if all(word in f"{code} {title}".lower() for word in words)
    )
    return [threads.node(kind, code) for (kind, code), _place in zip(matching, range(FOUND), strict=False)]


def _titles(threads: Threads) -> Iterator[tuple[Kind, str, str]]:
    whole, day = threads.whole, threads.day
    yield from ((Kind.ELEMENT, code, row.title) for code, row in whole.running(day).items())
    yield from ((Kind.MEASURE, code, line.title) for code, line in threads.lines.items() if code not in threads.hidden)
    yield from ((Kind.ACTION, code, row.title) for code, row in threads.actions.items())
    yield from ((Kind.UNIT, code, row.name) for code, row in whole.units.items() if threads.knows(Kind.UNIT, code))
    yield from ((Kind.PERSON, code, name) for code, name in whole.people.items())


def _columns(steps: Iterable[Step], way: int, everything: bool) -> Iterator[Column]:
    for distance, found in groupby(steps, key=lambda step: step.distance):
        inside = list(found)
        shown = inside if everything else inside[:SHOWN]
        groups: dict[str, list[Step]] = {}
        for step in shown:
            groups.setdefault(step.node.label, []).append(step)
        yield Column(way * distance, list(groups.items()), len(inside), len(inside) - len(shown))
