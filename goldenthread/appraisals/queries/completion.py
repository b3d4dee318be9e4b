"""How far appraisals have come, by unit, for those who read none of them: counts of five people or more.

Nothing sealed is opened here. What is shown is chosen for the whole council at once, whoever asks, so that two readers
who put their pages together find no more than one of them (``domain.small_groups``).
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q

from goldenthread.appraisals.models import Appraisal, AppraisalYear, Objective
from goldenthread.council.models import Appointment, Unit
from goldenthread.council.roles import running
from goldenthread.domain.appraisals import standing
from goldenthread.domain.graph import Graph, Link
from goldenthread.domain.rollup import percentage
from goldenthread.domain.small_groups import Group, shown
from goldenthread.domain.words import Level
from goldenthread.measures.models import MeasureLink
from goldenthread.plans.models import Element
from goldenthread.plans.models import Link as PlanLink

#: Nothing is told of fewer people than these.
LEAST = 5
STAGES = ("objectives", "mid_year", "year_end", "signed")


@dataclass(frozen=True, slots=True)
class Completion:
    """One unit with all below it: how many are counted, how many left out, how many have reached each stage."""

    unit: Unit
    depth: int
    counted: int = 0
    left_out: int = 0
    reached: Mapping[str, int] | None = None
    late: int = 0

    @property
    def is_shown(self) -> bool:
        return self.reached is not None

    def share(self, stage: str) -> int:
        """In whole per cent."""
        return int(percentage(self.reached[stage], self.counted)) if self.reached and self.counted else 0


def completion(year: AppraisalYear, day: date, *, within: Collection[int] | None = None) -> list[Completion]:
    """Every unit that has appraisals, below the one it is part of; only those ``within``, where it is given.

    Left out are those on long absence or probation; those who left are not counted at all. Two queries.
    """
    units = list(Unit.objects.order_by("name"))
    rows = Appraisal.objects.filter(year=year, closed_on__isnull=True).select_related("post", "window", "year")
    own: defaultdict[int, list[Appraisal]] = defaultdict(list)
    for row in rows:
        own[row.post.unit_id].append(row)
    children: defaultdict[int | None, list[Unit]] = defaultdict(list)
    for unit in units:
        children[unit.parent_id].append(unit)
    tree = _Tree(children, own, day)
    seen = {code for top in children[None] for code in shown(tree.group(top), least=LEAST)}
    found = [line for top in children[None] for line in tree.lines(top, 0, seen)]
    return [line for line in found if within is None or line.unit.pk in within]


class _Tree:
    def __init__(
        self, children: Mapping[int | None, list[Unit]], own: Mapping[int, list[Appraisal]], day: date
    ) -> None:
        self.children, self.own, self.day = children, own, day

    def group(self, unit: Unit) -> Group:
        parts = tuple(self.group(child) for child in self.children.get(unit.pk, ()))
        return Group(unit.code, sum(1 for row in self.own.get(unit.pk, ()) if not row.is_left_out(self.day)), parts)

    def lines(self, unit: Unit, depth: int, seen: Collection[str]) -> Iterable[Completion]:
        everybody = self._below(unit)
        if not everybody:
            return
        if unit.code in seen:
            yield self._line(unit, depth, everybody)
        else:
            yield Completion(unit, depth)
        for child in self.children.get(unit.pk, ()):
            yield from self.lines(child, depth + 1, seen)

    def _line(self, unit: Unit, depth: int, everybody: list[Appraisal]) -> Completion:
        counted = [row for row in everybody if not row.is_left_out(self.day)]
        reached = Counter(
            {
                "objectives": sum(1 for row in counted if row.objectives_on),
                "mid_year": sum(1 for row in counted if row.mid_year_on),
                "year_end": sum(1 for row in counted if row.year_end_on),
                "signed": sum(1 for row in counted if row.done.signed_on),
            }
        )
        late = sum(1 for row in counted if standing(row.done, row.due, today=self.day).is_overdue)
        return Completion(unit, depth, len(counted), len(everybody) - len(counted), reached, late)

    def _below(self, unit: Unit) -> list[Appraisal]:
        return [
            *self.own.get(unit.pk, ()),
            *(row for child in self.children.get(unit.pk, ()) for row in self._below(child)),
        ]


@dataclass(frozen=True, slots=True)
class Serving:
    """A priority, and how many people's objectives lead to it: None where they are fewer than five."""

    element: Element
    people: int | None


def people_who_serve(year: AppraisalYear, day: date) -> list[Serving]:
    """Every priority that stands on ``day`` with the people whose objectives lead to it, by whatever way."""
    graph = Graph.of(
        Link(above, below)
        for above, below in PlanLink.objects.filter(running(day)).values_list("above__code", "below__code")
    )
    shown_by: defaultdict[int, list[str]] = defaultdict(list)
    for measure, element in MeasureLink.objects.filter(running(day)).values_list("measure", "element__code"):
        shown_by[measure].append(element)
    people: defaultdict[str, set[int]] = defaultdict(set)
    linked = Objective.objects.filter(
        Q(element__isnull=False) | Q(measure__isnull=False) | Q(action__isnull=False),
        appraisal__year=year,
        appraisal__closed_on__isnull=True,
        dropped_on__isnull=True,
    ).values_list("appraisal__person", "element__code", "measure", "action__element__code")
    for person, element, measure, of_action in linked:
        for code in {element, of_action, *shown_by.get(measure or 0, ())} - {None}:
            for above in (code, *graph.ancestors(code)):
                people[above].add(person)
    priorities = Element.objects.filter(running(day), kind__counts_as=Level.PRIORITY).select_related("plan", "kind")
    return [
        Serving(element, len(found) if len(found := people[element.code]) >= LEAST else None)
        for element in priorities.order_by("plan__title", "order", "code")
    ]


def signed_in_the_year_to(year: AppraisalYear, day: date) -> tuple[int, int]:
    """How many have an appraisal signed by both in the twelve months to ``day``, of how many counted.

    Counted is whoever was at work on that day; leaving since changes nothing of it. Two queries.
    """
    at_work = Appointment.objects.filter(running(day), person=OuterRef("person"))
    rows = Appraisal.objects.filter(Q(closed_on__isnull=True) | Q(closed_on__gte=day), Exists(at_work), year=year)
    counted = {row.person_id for row in rows if not row.is_left_out(day)}
    signed = {
        row.person_id
        for row in Appraisal.objects.filter(person__in=counted)
        if (on := row.done.signed_on) is not None and a_year_to(day) <= on <= day
    }
    return len(signed), len(counted)


def a_year_to(day: date) -> date:
    """The first of the twelve months to ``day``."""
    after = day + timedelta(days=1)
    leap = (after.month, after.day) == (2, 29)
    return date(after.year - 1, 3, 1) if leap else after.replace(year=after.year - 1)
