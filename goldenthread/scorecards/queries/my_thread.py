"""What somebody's posts answer for today, each part with its line up to the priority."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from goldenthread.domain.words import ActionState, Level
from goldenthread.plans.queries.actions import ORDER
from goldenthread.scorecards.queries.plan import lines_up
from goldenthread.scorecards.queries.thread import Kind, Node, Threads
from goldenthread.scorecards.queries.whole import holds

OPEN = (ActionState.PLANNED, ActionState.UNDER_WAY)


@dataclass(frozen=True, slots=True)
class Mine:
    """One thing of theirs, and what it serves, from the priority down."""

    node: Node
    line: Sequence[Node]


@dataclass(frozen=True, slots=True)
class MyThread:
    """What the posts of a person own: elements of plans, actions still to be done, measures."""

    elements: Sequence[Mine]
    actions: Sequence[Mine]
    measures: Sequence[Mine]

    @property
    def any(self) -> bool:
        return bool(self.elements or self.actions or self.measures)


def thread_of(threads: Threads, person: str) -> MyThread:
    """The thread of the posts that ``person`` holds on the day; no query of its own."""
    whole, day = threads.whole, threads.day
    posts = {code for code, post in whole.posts.items() if person in post.holders(day)}
    shown: dict[str, list[str]] = {}
    for row in whole.shown(day):
        shown.setdefault(row.measure, []).append(row.element)
    elements = [code for code, row in whole.running(day).items() if row.owner in posts]
    actions = [code for code, row in threads.actions.items() if row.owner in posts and row.state in OPEN]
    measures = dict.fromkeys(
        part.measure
        for part in whole.parts
        if part.post in posts
        and holds(part.starts, part.ends, day)
        and part.measure in threads.lines
        and part.measure not in threads.hidden
    )
    return MyThread(
        elements=[Mine(threads.node(Kind.ELEMENT, code), line_to(threads, [code])[:-1]) for code in elements],
        actions=sorted(
            (
                Mine(threads.node(Kind.ACTION, code), line_to(threads, [threads.actions[code].element]))
                for code in actions
            ),
            key=_urgency,
        ),
        measures=[Mine(threads.node(Kind.MEASURE, code), line_to(threads, shown.get(code, ()))) for code in measures],
    )


def line_to(threads: Threads, codes: Iterable[str]) -> list[Node]:
    """The line from the priority down to the first of ``codes`` that serves one; else from the top."""
    running = threads.whole.running(threads.day)
    lines = [line for code in codes if code in running for line in lines_up(threads, code)]
    for line in lines:
        for place, node in enumerate(line):
            if node.level == Level.PRIORITY:
                return line[place:]
    return lines[0] if lines else []


def _urgency(mine: Mine) -> tuple[int, Any]:
    return ORDER.index(mine.node.status), mine.node.code
