"""The thread from any element, measure, action, unit or person: up to what it serves, down to all that serves it.

A fixed number of queries, whatever the size: the whole council read once, the board of its measures, the judgements.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property

from django.db.models import Q
from django.utils.translation import gettext as _

from goldenthread.council.models import UnitKind
from goldenthread.domain.actions import Action, Standing, standing
from goldenthread.domain.graph import Graph, Link
from goldenthread.domain.periods import Period
from goldenthread.domain.reasons import Reason
from goldenthread.domain.rollup import Counts, RollUp
from goldenthread.domain.status import Judgement
from goldenthread.domain.thread import Rolled, roll_up_thread
from goldenthread.domain.words import ActionState, ActionStatus, Frequency, Level, Status
from goldenthread.domain.words import RollUp as HowRolled
from goldenthread.history.clock import today
from goldenthread.measures.models import Measure
from goldenthread.measures.queries.board import board
from goldenthread.measures.queries.line import Line
from goldenthread.measures.said import day_of
from goldenthread.plans.models import ElementJudgement
from goldenthread.scorecards.queries.whole import ActionRow, PostRow, ShownBy, Whole, by_element, holds, read_whole


class Kind(StrEnum):
    """What a thread can begin with, in the order in which a code is looked for."""

    ELEMENT = "element"
    MEASURE = "measure"
    ACTION = "action"
    UNIT = "unit"
    PERSON = "person"


_ORDER = {kind: place for place, kind in enumerate(Kind)}


class NotFound(Exception):
    """There is nothing of that code on that day."""


@dataclass(frozen=True, slots=True)
class Node:
    """One thing on the thread. ``label`` is what the council calls its kind; ``within`` is its plan or element.

    ``reason`` explains ``status``: by ``rollup_words`` for an element, ``explain`` for a measure and ``action_words``
    for an action. An element has ``counts`` of the measures beneath it, a measure its ``line`` of the board.
    """

    kind: Kind
    code: str
    title: str
    label: str
    level: str = ""
    within: str = ""
    unit: str = ""
    owner: str = ""
    status: Status | ActionStatus | None = None
    reason: Reason | None = None
    counts: Counts | None = None
    line: Line | None = None
    standing: Standing | None = None
    progress: int | None = None

    @property
    def key(self) -> str:
        return key_of(self.kind, self.code)


@dataclass(frozen=True, slots=True)
class Step:
    """A node ``distance`` links away; ``towards`` are the keys of those by which it is reached, one link nearer."""

    node: Node
    distance: int
    towards: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Thread:
    """``up`` and ``down`` are nearest first. ``units`` and ``people`` are whose plans and whose posts serve it."""

    start: Node
    up: tuple[Step, ...]
    down: tuple[Step, ...]
    units: tuple[Node, ...]
    people: frozenset[str]
    day: date
    period: Period
    as_at: datetime | None = None

    @property
    def priorities(self) -> tuple[Step, ...]:
        """The priorities that it serves."""
        return tuple(step for step in self.up if step.node.level == Level.PRIORITY)


def key_of(kind: str, code: str) -> str:
    return f"{kind} {code}"


def last_quarter(day: date) -> Period:
    """The last quarter that has ended before ``day``."""
    return Period.of(Frequency.QUARTER, day).previous()


def thread(
    code: str,
    *,
    kind: str = "",
    day: date | None = None,
    period: Period | None = None,
    as_at: datetime | None = None,
    visible: Q | None = None,
) -> Thread:
    """The thread of ``code`` on ``day`` (today), with the statuses of ``period`` (the last quarter).

    ``as_at`` gives figures, wording and progress as they stood at a moment, and its day unless another is given;
    ``visible`` the measures that the reader may see: the others count in colours and are not shown. Raises NotFound.
    """
    return Threads.read(day=day, period=period, as_at=as_at, visible=visible).of(code, kind=kind)


Following = Callable[[str], Sequence[Link]]


@dataclass(frozen=True)
class Threads:
    """The whole council on a day, from which any thread is drawn without another query."""

    whole: Whole
    day: date
    period: Period
    as_at: datetime | None
    lines: Mapping[str, Line]
    hidden: frozenset[str]
    judgements: Mapping[str, Judgement]

    @classmethod
    def read(
        cls,
        *,
        day: date | None = None,
        period: Period | None = None,
        as_at: datetime | None = None,
        visible: Q | None = None,
    ) -> "Threads":
        day = day or (day_of(as_at) if as_at else today())
        period = period or last_quarter(day)
        lines = board(Measure.objects.all(), period, as_at=as_at, today=day).lines
        seen = None if visible is None else set(Measure.objects.filter(visible).values_list("code", flat=True))
        return cls(
            whole=read_whole(day, as_at=as_at),
            day=day,
            period=period,
            as_at=as_at,
            lines={line.code: line for line in lines},
            hidden=frozenset() if seen is None else frozenset(line.code for line in lines if line.code not in seen),
            judgements=_judgements(as_at),
        )

    def of(self, code: str, *, kind: str = "") -> Thread:
        """The thread of ``code``. Raises NotFound where nothing of that code, or of that kind, stands on the day."""
        start = self.find(code, kind)
        begins = self._begins_with(start)
        down = self._walk(begins, start, self.graph.below, lambda link: link.below)
        within = {start.key, *begins, *(step.node.key for step in down)} if begins != {start.key} else begins
        up = [
            step
            for step in self._walk(begins, start, self.graph.above, lambda link: link.above)
            if step.node.key not in within
        ]
        serving = [start, *(step.node for step in down)]
        return Thread(
            start=start,
            up=tuple(up),
            down=tuple(down),
            units=tuple(self.node(Kind.UNIT, unit) for unit in self._units(serving)),
            people=self._people(serving),
            day=self.day,
            period=self.period,
            as_at=self.as_at,
        )

    def find(self, code: str, kind: str = "") -> Node:
        """The node of ``code``, of ``kind`` or of the first kind that has it."""
        for one in Kind:
            if (not kind or kind == one) and self.knows(one, code):
                return self.node(one, code)
        raise NotFound(code)

    def node(self, kind: Kind, code: str) -> Node:
        return getattr(self, f"_{kind.value}")(code)

    @cached_property
    def actions(self) -> Mapping[str, ActionRow]:
        """The actions by code, each with the element for which it is done on the day."""
        return self.whole.actions_on(self.day)

    def actions_of(self, element: str) -> Sequence[str]:
        """The codes of what is done for an element."""
        return self._actions.get(element, ())

    @cached_property
    def _actions(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for code, action in self.actions.items():
            found.setdefault(action.element, []).append(code)
        return found

    @cached_property
    def rolled(self) -> dict[str, RollUp]:
        """The roll-up of every element that stands on the day, worked out once."""
        elements = {
            code: Rolled(
                roll_up=HowRolled(row.roll_up),
                measures={one.measure: one.weight for one in self._shown.get(code, ())},
                judgement=self.judgements.get(code),
            )
            for code, row in self.whole.running(self.day).items()
        }
        children = {code: line.child for code, line in self.lines.items()}
        return roll_up_thread(elements, self.elements, children, today=self.day)

    @cached_property
    def elements(self) -> Graph:
        """The links of the day between elements, by code."""
        return self.whole.graph(self.day)

    @cached_property
    def graph(self) -> Graph:
        """Elements, measures and actions of the day by key, each below what it serves."""
        links = [
            Link(key_of(Kind.ELEMENT, link.above), key_of(Kind.ELEMENT, link.below)) for link in self.elements.links
        ]
        links += [
            Link(key_of(Kind.ELEMENT, row.element), key_of(Kind.MEASURE, row.measure))
            for row in self.whole.shown(self.day)
            if row.measure in self._known[Kind.MEASURE]
        ]
        links += [
            Link(key_of(Kind.ELEMENT, action.element), key_of(Kind.ACTION, action.code))
            for action in self.actions.values()
            if action.element in self._known[Kind.ELEMENT]
        ]
        return Graph.of(links)

    def knows(self, kind: Kind, code: str) -> bool:
        return code in (self.whole.people if kind is Kind.PERSON else self._known[kind])

    @cached_property
    def _known(self) -> dict[Kind, frozenset[str]]:
        units = (code for code, unit in self.whole.units.items() if holds(unit.starts, unit.ends, self.day))
        return {
            Kind.ELEMENT: frozenset(self.whole.running(self.day)),
            Kind.MEASURE: frozenset(self.lines) - self.hidden,
            Kind.ACTION: frozenset(self.actions),
            Kind.UNIT: frozenset(units),
        }

    def _begins_with(self, start: Node) -> set[str]:
        """Where the walk begins: a unit with all that its plans say, a person with all they answer for."""
        if start.kind is Kind.UNIT:
            return self._of_units(self.whole.below[start.code])
        if start.kind is Kind.PERSON:
            return self._of_posts(
                {code for code, post in self.whole.posts.items() if start.code in post.holders(self.day)}
            )
        return {start.key}

    def _of_units(self, units: Iterable[str]) -> set[str]:
        inside = set(units)
        found = {
            key_of(Kind.ELEMENT, code)
            for code in self._known[Kind.ELEMENT]
            if self.whole.plans[self.whole.elements[code].plan].unit in inside
        }
        return found | {
            key_of(Kind.MEASURE, code) for code in self._known[Kind.MEASURE] if self.whole.measures[code].unit in inside
        }

    def _of_posts(self, posts: set[str]) -> set[str]:
        found = {
            key_of(Kind.ELEMENT, code) for code in self._known[Kind.ELEMENT] if self.whole.elements[code].owner in posts
        }
        found |= {
            key_of(Kind.MEASURE, part.measure)
            for part in self.whole.parts
            if part.post in posts
            and part.measure in self._known[Kind.MEASURE]
            and holds(part.starts, part.ends, self.day)
        }
        return found | {key_of(Kind.ACTION, action.code) for action in self.actions.values() if action.owner in posts}

    def _walk(self, begins: set[str], start: Node, following: Following, end: Callable[[Link], str]) -> list[Step]:
        """Every node reached from ``begins``, nearest first and then as the plans have them."""
        whole_start = begins == {start.key}
        distances = dict.fromkeys(sorted(begins), 0)
        towards: dict[str, list[str]] = {}
        waiting = list(distances)
        for here in waiting:
            for link in following(here):
                other = end(link)
                if other not in distances:
                    distances[other] = distances[here] + 1
                    waiting.append(other)
                if distances[other] == distances[here] + 1:
                    towards.setdefault(other, []).append(here)
        steps = []
        for key, distance in distances.items():
            if whole_start and key == start.key:
                continue
            reached = tuple(towards.get(key, ())) or (start.key,)
            steps.append(Step(self._of_key(key), distance + (not whole_start), reached))
        return sorted(steps, key=lambda step: (step.distance, *self._place(step.node)))

    def _place(self, node: Node) -> tuple[int, int, str]:
        """Elements before measures and actions, in the order of their plans."""
        return _ORDER[node.kind], self._places.get(node.code, 0), node.code

    @cached_property
    def _places(self) -> dict[str, int]:
        return {code: place for place, code in enumerate(self.whole.elements)}

    def _of_key(self, key: str) -> Node:
        kind, _, code = key.partition(" ")
        return self.node(Kind(kind), code)

    def _units(self, nodes: Iterable[Node]) -> list[str]:
        found = {
            unit
            for node in nodes
            if node.kind is Kind.ELEMENT and (unit := self.whole.plans[self.whole.elements[node.code].plan].unit)
        }
        return [code for code in self.whole.units if code in found]

    def _people(self, nodes: Iterable[Node]) -> frozenset[str]:
        """Who holds a post that answers for one of ``nodes``, or for a measure that shows one, seen or not."""
        posts: set[str] = set()
        for node in nodes:
            if node.kind is Kind.ELEMENT:
                posts.add(self.whole.elements[node.code].owner or "")
                for row in self._shown.get(node.code, ()):
                    posts |= self._owning.get(row.measure, set())
            elif node.kind is Kind.ACTION:
                posts.add(self.actions[node.code].owner or "")
            elif node.kind is Kind.MEASURE:
                posts |= self._owning.get(node.code, set())
        held = (self.whole.posts[post].holders(self.day) for post in posts if post)
        return frozenset(person for holders in held for person in holders)

    @cached_property
    def _shown(self) -> Mapping[str, Sequence[ShownBy]]:
        return by_element(self.whole.shown(self.day))

    @cached_property
    def _owning(self) -> dict[str, set[str]]:
        """The posts that own each measure on the day."""
        found: dict[str, set[str]] = {}
        for part in self.whole.parts:
            if holds(part.starts, part.ends, self.day):
                found.setdefault(part.measure, set()).add(part.post)
        return found

    def _held_by(self, person: str) -> list[PostRow]:
        return [post for post in self.whole.posts.values() if person in post.holders(self.day)]

    def name_of(self, post: str | None) -> str:
        """Who holds a post on the day, else its title."""
        if post is None:
            return ""
        row = self.whole.posts[post]
        return " / ".join(row.holders(self.day).values()) or row.title

    def _unit_name(self, unit: str | None) -> str:
        return self.whole.units[unit].name if unit else ""

    def _element(self, code: str) -> Node:
        row = self.whole.elements[code]
        plan = self.whole.plans[row.plan]
        rolled = self.rolled[code]
        return Node(
            Kind.ELEMENT,
            code,
            row.title,
            row.kind,
            level=row.counts_as,
            within=plan.title,
            unit=self._unit_name(plan.unit),
            owner=self.name_of(row.owner),
            status=rolled.status,
            reason=rolled.reason,
            counts=rolled.counts,
        )

    def _measure(self, code: str) -> Node:
        line = self.lines[code]
        return Node(
            Kind.MEASURE,
            code,
            line.name,
            _("Measure"),
            unit=line.unit,
            owner=line.owner,
            status=line.status,
            reason=line.reason,
            line=line,
        )

    def _action(self, code: str) -> Node:
        row = self.actions[code]
        stands = standing_of(row, self.day)
        plan = self.whole.plans[self.whole.elements[row.element].plan]
        return Node(
            Kind.ACTION,
            code,
            row.title,
            _("Action"),
            within=self.whole.elements[row.element].title,
            unit=self._unit_name(plan.unit),
            owner=self.name_of(row.owner),
            status=stands.status,
            reason=stands.reason,
            standing=stands,
            progress=row.progress,
        )

    def _unit(self, code: str) -> Node:
        row = self.whole.units[code]
        return Node(Kind.UNIT, code, row.name, str(UnitKind(row.kind).label), within=self._unit_name(row.parent))

    def _person(self, code: str) -> Node:
        held = self._held_by(code)
        titles = ", ".join(post.title for post in held)
        unit = self._unit_name(held[0].unit) if held else ""
        return Node(Kind.PERSON, code, self.whole.people[code], _("Person"), within=titles, unit=unit)


def standing_of(row: ActionRow, day: date) -> Standing:
    """How a stored action stands on ``day``."""
    action = Action(
        state=ActionState(row.state),
        starts=row.starts,
        original_due=row.original_due,
        due=row.due,
        progress=row.progress,
        completed_on=row.completed_on,
        late_milestones=row.late_milestones,
    )
    return standing(action, today=day)


def _judgements(as_at: datetime | None) -> dict[str, Judgement]:
    """The last judgement of each element."""
    rows = ElementJudgement.objects.all() if as_at is None else ElementJudgement.objects.filter(entered_at__lte=as_at)
    said = rows.order_by("entered_at", "pk").values_list(
        "element__code", "status", "reason", "by_name", "entered_at", "expires"
    )
    return {
        code: Judgement(status=Status(status), reason=reason, by=by, on=day_of(at), expires=expires)
        for code, status, reason, by, at, expires in said
    }
