"""The whole council as its thread needs it: units, posts, plans, elements, links, actions and measures, read once.

A fixed number of queries whatever the data's size; everything after that is done in memory, for any day.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Count, F, Max, Q

from goldenthread.council.models import Person, Post, Unit, UnitKind
from goldenthread.domain.graph import Graph, Link
from goldenthread.domain.words import Level, PlanState
from goldenthread.measures.models import Measure, MeasureLink, MeasureRole
from goldenthread.plans import models as plans
from goldenthread.plans.homes import goes_on_as, rows_home
from goldenthread.plans.services.links import links_of


class UnitRow(NamedTuple):
    code: str
    name: str
    kind: str
    parent: str | None
    starts: date | None
    ends: date | None


class PlanRow(NamedTuple):
    code: str
    title: str
    kind: str
    unit: str | None
    starts: date | None
    ends: date | None
    state: str


class ElementRow(NamedTuple):
    code: str
    title: str
    kind: str
    counts_as: str
    order: int
    plan: str
    owner: str | None
    roll_up: str
    starts: date | None
    ends: date | None
    succeeded_by: str | None


class ActionRow(NamedTuple):
    code: str
    title: str
    element: str
    owner: str | None
    starts: date | None
    original_due: date | None
    due: date | None
    progress: int | None
    state: str
    completed_on: date | None
    late_milestones: int = 0


class MeasureRow(NamedTuple):
    code: str
    title: str
    kind: str
    unit: str | None
    starts: date | None
    ends: date | None


class ShownBy(NamedTuple):
    """``measure`` shows how ``element`` is going."""

    measure: str
    element: str
    weight: Decimal
    starts: date | None
    ends: date | None


class Part(NamedTuple):
    """A post that owns a measure."""

    measure: str
    post: str
    starts: date | None
    ends: date | None


@dataclass(frozen=True)
class PostRow:
    """A post with its unit, and who held it from when to when: code, name, starts, ends."""

    code: str
    title: str
    unit: str
    held: list[tuple[str, str, date | None, date | None]] = field(default_factory=list)

    def holders(self, day: date) -> dict[str, str]:
        """The names of those who hold it on ``day``, by code."""
        return {code: name for code, name, starts, ends in self.held if holds(starts, ends, day)}


@dataclass(frozen=True)
class Whole:
    """Everything by code, whatever its dates; the methods say what there is on a day."""

    units: Mapping[str, UnitRow]
    posts: Mapping[str, PostRow]
    plans: Mapping[str, PlanRow]
    elements: Mapping[str, ElementRow]
    links: list[Link]
    shown_by: list[ShownBy]
    actions: Mapping[str, ActionRow]
    measures: Mapping[str, MeasureRow]
    parts: list[Part]

    def actions_on(self, day: date) -> Mapping[str, ActionRow]:
        """The actions, each with the element for which it is done on ``day``."""
        return {
            code: row._replace(element=rows_home(row, self.elements, self.plans, day))
            for code, row in self.actions.items()
        }

    def goes_on_as(self, element: str, day: date) -> str:
        """What an element is on ``day``: itself, or where it is over the one that took over from it."""
        return goes_on_as(element, self.elements, self.plans, day)

    def in_force(self, plan: str, day: date) -> bool:
        """Whether a plan stands on ``day``: adopted, and closed no earlier."""
        row = self.plans[plan]
        return row.state in (PlanState.ADOPTED, PlanState.CLOSED) and holds(row.starts, row.ends, day)

    def is_closed(self, plan: str, day: date) -> bool:
        """Whether a plan was over before ``day``."""
        ends = self.plans[plan].ends
        return ends is not None and ends < day

    def runs(self, element: str, day: date) -> bool:
        """Whether an element stands on ``day``; where it has no dates of its own, as long as its plan."""
        row = self.elements[element]
        plan = self.plans[row.plan]
        return holds(row.starts or plan.starts, row.ends or plan.ends, day)

    def running(self, day: date) -> dict[str, ElementRow]:
        return {code: row for code, row in self.elements.items() if self.runs(code, day)}

    def graph(self, day: date) -> Graph:
        """The links of ``day`` between elements that stand on it."""
        running = self.running(day)
        return Graph.of(
            link for link in self.links if link.holds_on(day) and link.above in running and link.below in running
        )

    def shown(self, day: date) -> list[ShownBy]:
        """Which measures show which elements on ``day``."""
        running = self.running(day)
        return [row for row in self.shown_by if row.element in running and holds(row.starts, row.ends, day)]

    def unit_of_element(self, code: str) -> str | None:
        """The unit whose plan it is; of the whole council's plan, the unit of the post that owns it."""
        row = self.elements[code]
        unit = self.plans[row.plan].unit
        if row.owner and (unit is None or self.units[unit].kind == UnitKind.COUNCIL):
            return self.posts[row.owner].unit
        return unit

    def directorate_of(self, unit: str | None) -> str | None:
        """The directorate in which a unit stands; None for the council itself and outside it."""
        while unit is not None and self.units[unit].kind != UnitKind.DIRECTORATE:
            unit = self.units[unit].parent
        return unit

    @cached_property
    def people(self) -> Mapping[str, str]:
        """Everybody's name by code; read only where somebody is asked for."""
        return dict(Person.objects.values_list("code", "name"))

    @cached_property
    def below(self) -> Mapping[str, frozenset[str]]:
        """Each unit with itself and every unit below it."""
        graph = Graph.of(Link(row.parent, row.code) for row in self.units.values() if row.parent)
        return {code: frozenset(graph.descendants(code)) | {code} for code in self.units}

    def level(self, *levels: Level, day: date) -> list[ElementRow]:
        """The elements that count as one of ``levels``, of the plans in force on ``day``."""
        return [
            row
            for code, row in self.elements.items()
            if row.counts_as in levels and self.runs(code, day) and self.in_force(row.plan, day)
        ]


def holds(starts: date | None, ends: date | None, day: date) -> bool:
    return (starts is None or starts <= day) and (ends is None or ends >= day)


ELEMENT_COLUMNS = (
    "code",
    "title",
    "kind__title",
    "kind__counts_as",
    "order",
    "plan__code",
    "owner__code",
    "roll_up",
    "starts",
    "ends",
    "succeeded_by__code",
)
ACTION_COLUMNS = (
    "code",
    "title",
    "element__code",
    "owner__code",
    "starts",
    "original_due",
    "due",
    "progress",
    "state",
    "completed_on",
)


def read_whole(day: date, *, as_at: datetime | None = None) -> Whole:
    """Everything, in nine queries; elements and actions as they stood ``as_at`` a moment in two more."""
    late = Count(
        "milestones",
        filter=Q(milestones__due__lt=day)
        & (Q(milestones__reached_on__isnull=True) | Q(milestones__reached_on__gt=day)),
    )
    late_milestones = plans.Action.objects.order_by("code").annotate(late=late)
    elements = list(
        plans.Element.objects.order_by(F("plan__starts").asc(nulls_first=True), "order", "code").values_list(
            "pk", *ELEMENT_COLUMNS
        )
    )
    actions = list(late_milestones.values_list("pk", *ACTION_COLUMNS, "late"))
    if as_at is not None:
        elements = _as_stood(plans.Element, elements, ELEMENT_COLUMNS, as_at)
        actions = _as_stood(plans.Action, actions, ACTION_COLUMNS, as_at)
    units = Unit.objects.order_by("code").values_list("code", "name", "kind", "parent__code", "starts", "ends")
    plan_rows = plans.Plan.objects.values_list("code", "title", "kind", "unit__code", "starts", "ends", "state")
    measures = Measure.objects.order_by("code").values_list("code", "title", "kind", "unit__code", "starts", "ends")
    shown = MeasureLink.objects.values_list("measure__code", "element__code", "weight", "starts", "ends")
    owners = MeasureRole.objects.filter(role=MeasureRole.Part.OWNER)
    return Whole(
        units={row[0]: UnitRow(*row) for row in units},
        posts=_posts(),
        plans={row[0]: PlanRow(*row) for row in plan_rows},
        elements={row[1]: ElementRow(*row[1:]) for row in elements},
        links=links_of(plans.Link.objects.all()),
        shown_by=[ShownBy(*row) for row in shown.order_by("measure__code", "element__code")],
        actions={row[1]: ActionRow(*row[1:]) for row in actions},
        measures={row[0]: MeasureRow(*row) for row in measures},
        parts=[Part(*row) for row in owners.values_list("measure__code", "post__code", "starts", "ends")],
    )


def _posts() -> dict[str, PostRow]:
    rows = Post.objects.order_by(
        "code", F("appointments__starts").asc(nulls_first=True), "appointments__pk"
    ).values_list(
        "code",
        "title",
        "unit__code",
        "appointments__person__code",
        "appointments__person__name",
        "appointments__starts",
        "appointments__ends",
    )
    posts: dict[str, PostRow] = {}
    for code, title, unit, person, name, starts, ends in rows:
        post = posts.setdefault(code, PostRow(code, title, unit))
        if person is not None:
            post.held.append((person, name, starts, ends))
    return posts


def _as_stood(model: Any, rows: list[Any], columns: Iterable[str], as_at: datetime) -> list[Any]:
    """``rows`` as their history has them at a moment; those that it does not reach back to stay as they are."""
    versions = model.history.model.objects.filter(history_date__lte=as_at).order_by()
    latest = versions.values("id").annotate(latest=Max("history_id")).values("latest")
    then = {row[0]: row for row in versions.filter(history_id__in=latest).values_list("id", *columns)}
    return [(*then[row[0]], *row[len(then[row[0]]) :]) if row[0] in then else row for row in rows]


def by_element(rows: Iterable[ShownBy]) -> dict[str, list[ShownBy]]:
    found: dict[str, list[ShownBy]] = defaultdict(list)
    for row in rows:
        found[row.element].append(row)
    return found
