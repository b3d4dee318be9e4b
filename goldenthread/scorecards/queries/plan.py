"""One plan as a tree with its live statuses, and one element with the lines up and down from it.

Both are drawn from the whole council's thread (scorecards.queries.thread) and take two queries besides.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import F, OuterRef, Prefetch, Q, Subquery

from goldenthread.domain.graph import Link
from goldenthread.domain.periods import Period
from goldenthread.domain.rollup import Counts, RollUp, count
from goldenthread.domain.words import ActionStatus, Level
from goldenthread.history.clock import today
from goldenthread.measures.queries.line import Line
from goldenthread.plans.models import Element, ElementCommentary, Plan
from goldenthread.plans.queries.actions import ORDER
from goldenthread.scorecards.queries.serving import Objectives, Told
from goldenthread.scorecards.queries.thread import Kind, Node, Threads, last_quarter
from goldenthread.scorecards.queries.whole import ActionRow, ElementRow


@dataclass(frozen=True, slots=True)
class Branch:
    """An element in its place in the plan. ``above`` are what it serves in other plans, and elsewhere in this one."""

    node: Node
    depth: int
    above: Sequence[Node]
    measures: Sequence[Line]
    actions: Sequence[tuple[Node, ActionRow]]


@dataclass(frozen=True, slots=True)
class PlanRead:
    """A plan on a day of its own life: today, its last day where it is over, its first where it is to come."""

    plan: Plan
    day: date
    period: Period
    branches: Sequence[Branch]
    counts: Counts
    actions: Sequence[tuple[ActionStatus, int]]
    posts: Sequence[tuple[str, str]] = field(default_factory=tuple)

    #: The measures of what serves it from other plans, each once; None where there is none.
    beneath: Counts | None = None

    @property
    def lines(self) -> list[Line]:
        """Its measures, each once, in the order in which the plan comes to them."""
        return list({line.code: line for branch in self.branches for line in branch.measures}.values())

    @property
    def deeds(self) -> list[tuple[Node, ActionRow]]:
        """Its actions, those that want attention first."""
        return in_order(pair for branch in self.branches for pair in branch.actions)


@dataclass(frozen=True, slots=True)
class Tie:
    """A link of an element, with what stands at its other end."""

    node: Node
    weight: Any
    starts: date | None
    ends: date | None


@dataclass(frozen=True, slots=True)
class ElementRead:
    """An element, its status, and what is directly above and below it. ``lines`` are upward to the top."""

    element: Element
    node: Node
    rolled: RollUp
    day: date
    period: Period
    above: Sequence[Tie]
    below: Sequence[Tie]
    measures: Sequence[tuple[Line, Tie]]
    hidden: int
    actions: Sequence[tuple[Node, ActionRow]]
    lines: Sequence[Sequence[Node]]
    commentary: Sequence[ElementCommentary]
    leading: Told | None = None


def find_plan(code: str) -> Plan | None:
    """A plan with its unit, what it follows and what follows it, in one query."""
    after = Plan.objects.filter(succeeds=OuterRef("pk")).order_by(F("starts").asc(nulls_first=True), "code")
    return (
        Plan.objects.select_related("unit", "succeeds")
        .annotate(next_code=Subquery(after.values("code")[:1]), next_title=Subquery(after.values("title")[:1]))
        .filter(code=code)
        .first()
    )


def find_element(code: str) -> Element | None:
    """An element with what it needs for its page and the commentary on it, in two queries."""
    said = Prefetch("commentary", queryset=ElementCommentary.objects.order_by("-entered_at", "-pk"))
    found = Element.objects.select_related("plan__unit", "kind", "owner", "succeeded_by").prefetch_related(said)
    return found.filter(code=code).first()


def read_plan(plan: Plan, *, visible: Q | None = None) -> PlanRead:
    """The plan as a tree, each element below what it serves in the plan, in the plan's own order."""
    day = day_within(plan.starts, plan.ends)
    threads = Threads.read(day=day, period=last_quarter(min(day, today())), visible=visible)
    rows = [row for row in threads.whole.running(day).values() if row.plan == plan.code]
    branches = list(_branches(threads, sorted(rows, key=lambda row: (row.order, row.code))))
    lines = {line.code: line for branch in branches for line in branch.measures}
    standing = [node.status for branch in branches for node, _row in branch.actions]
    posts = {row.owner: None for row in rows if row.owner}
    return PlanRead(
        plan=plan,
        day=day,
        period=threads.period,
        branches=branches,
        counts=count([line.child for line in lines.values()]),
        actions=[(status, number) for status in ORDER if (number := standing.count(status))],
        posts=[(threads.whole.posts[code].title, threads.name_of(code)) for code in posts if code],
        beneath=_beneath(threads, [row.code for row in rows]),
    )


def _beneath(threads: Threads, codes: Sequence[str]) -> Counts | None:
    """The measures beneath ``codes``, each once; those that the reader may not see count too."""
    graph = threads.elements
    below = {one for code in codes for one in (code, *graph.descendants(code))}
    measures = {row.measure for row in threads.whole.shown(threads.day) if row.element in below}
    children = [threads.lines[code].child for code in sorted(measures) if code in threads.lines]
    return count(children) if children else None


def read_element(element: Element, *, visible: Q | None = None) -> ElementRead | None:
    """The element with its ties; None where it never stood, having neither dates of its own nor of its plan's."""
    day = day_within(element.starts or element.plan.starts, element.ends or element.plan.ends)
    threads = Threads.read(day=day, period=last_quarter(min(day, today())), visible=visible)
    whole, code = threads.whole, element.code
    if not whole.runs(code, day):
        return None
    graph = threads.elements
    shown = [row for row in whole.shown(day) if row.element == code]
    measures = [
        (threads.lines[row.measure], Tie(threads.node(Kind.MEASURE, row.measure), row.weight, row.starts, row.ends))
        for row in shown
        if row.measure in threads.lines and row.measure not in threads.hidden
    ]
    return ElementRead(
        element=element,
        node=threads.node(Kind.ELEMENT, code),
        rolled=threads.rolled[code],
        day=day,
        period=threads.period,
        above=[_tie(threads, link, link.above) for link in graph.above(code)],
        below=[_tie(threads, link, link.below) for link in graph.below(code)],
        measures=measures,
        hidden=len(shown) - len(measures),
        actions=_actions_of(threads, code),
        lines=lines_up(threads, code),
        commentary=list(element.commentary.all()),
        leading=_leading(threads, code),
    )


def _leading(threads: Threads, code: str) -> Told | None:
    """How many people's objectives lead to a priority that stands today."""
    if threads.whole.elements[code].counts_as != Level.PRIORITY or threads.day != today():
        return None
    objectives = Objectives.read(threads.whole, threads.day)
    return objectives.leading_to(code) if objectives else None


def lines_up(threads: Threads, code: str, most: int = 6) -> list[list[Node]]:
    """The lines upward from an element to the top, the top first, a few where there are many."""
    graph, lines, waiting = threads.elements, [], [[code]]
    while waiting and len(lines) < most:
        line = waiting.pop(0)
        above = graph.above(line[0])
        if not above:
            lines.append([threads.node(Kind.ELEMENT, one) for one in line])
        waiting += [[link.above, *line] for link in above]
    return lines


def day_within(starts: date | None, ends: date | None) -> date:
    """Today, or the day nearest to it on which something with these dates stands."""
    day = today()
    if starts is not None and day < starts:
        return starts
    if ends is not None and day > ends:
        return ends
    return day


def _tie(threads: Threads, link: Link, end: str) -> Tie:
    return Tie(threads.node(Kind.ELEMENT, end), link.weight, link.starts, link.ends)


def _branches(threads: Threads, rows: Sequence[ElementRow]) -> Iterable[Branch]:
    """Each element once, under the first that it serves within the plan."""
    whole, graph = threads.whole, threads.elements
    inside = {row.code for row in rows}
    measured: dict[str, list[Line]] = {}
    for row in whole.shown(threads.day):
        if row.element in inside and row.measure in threads.lines and row.measure not in threads.hidden:
            measured.setdefault(row.element, []).append(threads.lines[row.measure])
    parents = {
        row.code: next((link.above for link in graph.above(row.code) if link.above in inside), None) for row in rows
    }
    children: dict[str | None, list[str]] = {}
    for row in rows:
        children.setdefault(parents[row.code], []).append(row.code)
    waiting = [(code, 0) for code in reversed(children.get(None, []))]
    while waiting:
        code, depth = waiting.pop()
        above = [link.above for link in graph.above(code) if link.above != parents[code]]
        yield Branch(
            node=threads.node(Kind.ELEMENT, code),
            depth=depth,
            above=[threads.node(Kind.ELEMENT, one) for one in above],
            measures=measured.get(code, []),
            actions=_actions_of(threads, code),
        )
        waiting += [(child, depth + 1) for child in reversed(children.get(code, []))]


def _actions_of(threads: Threads, element: str) -> list[tuple[Node, ActionRow]]:
    return in_order((threads.node(Kind.ACTION, code), threads.actions[code]) for code in threads.actions_of(element))


def in_order(found: Iterable[tuple[Node, ActionRow]]) -> list[tuple[Node, ActionRow]]:
    """Actions, those that want attention first."""
    return sorted(found, key=lambda one: (ORDER.index(one[0].status), one[1].original_due or date.max, one[0].code))
