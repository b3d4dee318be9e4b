"""What a strategy map shows: the elements in force, or one with all above and below it, down to a kind."""

from collections.abc import Sequence
from dataclasses import dataclass

from goldenthread.plans.models import ElementKind
from goldenthread.scorecards.queries.thread import Kind, Node, NotFound, Threads

#: A map of more is cut to the highest kinds that it can hold.
MOST = 200


@dataclass(frozen=True, slots=True)
class Mapped:
    """The elements with what each serves; ``kinds`` are those there are, ``lowest`` the one the map goes down to."""

    nodes: Sequence[Node]
    links: Sequence[tuple[str, str]]
    rows: Sequence[tuple[Node, int]]
    kinds: Sequence[str]
    lowest: str
    cut: bool


def mapped(threads: Threads, start: str = "", lowest: str = "") -> Mapped:
    """The map from ``start`` (everything) down to the kind called ``lowest`` (as far as it can be read).

    One query. Raises NotFound of a start that does not stand on the day.
    """
    whole, graph = threads.whole, threads.elements
    running = {code: row for code, row in whole.running(threads.day).items() if whole.in_force(row.plan, threads.day)}
    if start:
        if start not in whole.running(threads.day):
            raise NotFound(start)
        kept = {start, *graph.ancestors(start), *graph.descendants(start)}
        running = {code: row for code, row in whole.running(threads.day).items() if code in kept}
    order = list(ElementKind.objects.order_by("order", "code").values_list("title", flat=True))
    kinds = [kind for kind in order if any(row.kind == kind for row in running.values())]
    chosen = lowest if lowest in kinds else _lowest(kinds, [row.kind for row in running.values()])
    shown = set(kinds[: kinds.index(chosen) + 1]) if chosen else set()
    codes = [code for code, row in running.items() if row.kind in shown]
    links = [(link.above, link.below) for link in graph.links]
    inside = set(codes)
    nodes = {code: threads.node(Kind.ELEMENT, code) for code in codes}
    return Mapped(
        nodes=list(nodes.values()),
        links=[pair for pair in links if pair[0] in inside and pair[1] in inside],
        rows=_tree(nodes, links),
        kinds=kinds,
        lowest=chosen,
        cut=len(codes) < len(running),
    )


def _lowest(kinds: Sequence[str], every: Sequence[str]) -> str:
    """The lowest kind with which the map still can be read."""
    found, size = "", 0
    for kind in kinds:
        size += every.count(kind)
        if found and size > MOST:
            break
        found = kind
    return found


def _tree(nodes: dict[str, Node], links: Sequence[tuple[str, str]]) -> list[tuple[Node, int]]:
    """Each element once, under the first that it serves."""
    above: dict[str, str] = {}
    below: dict[str, list[str]] = {}
    for upper, lower in links:
        if upper in nodes and lower in nodes and lower not in above:
            above[lower] = upper
            below.setdefault(upper, []).append(lower)
    rows: list[tuple[Node, int]] = []
    waiting = [(code, 0) for code in reversed(list(nodes)) if code not in above]
    while waiting:
        code, depth = waiting.pop()
        rows.append((nodes[code], depth))
        waiting += [(one, depth + 1) for one in reversed(below.get(code, []))]
    return rows
