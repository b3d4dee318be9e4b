"""Who serves what, for those who read no appraisal: how many people's objectives lead to each priority."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from goldenthread.appraisals.models import Appraisal, AppraisalYear, Objective, left_out_on
from goldenthread.appraisals.queries.completion import LEAST
from goldenthread.council.roles import running
from goldenthread.domain.graph import Graph, Link
from goldenthread.domain.small_groups import tells_of_few
from goldenthread.domain.words import Level
from goldenthread.measures.models import MeasureLink
from goldenthread.plans.homes import home
from goldenthread.plans.models import Element
from goldenthread.plans.models import Link as PlanLink


@dataclass(frozen=True, slots=True)
class Serving:
    """A priority, and how many people's objectives lead to it: None where that would tell of a few."""

    element: Element
    people: int | None


def people_who_serve(year: AppraisalYear, day: date) -> list[Serving]:
    """Every priority that stands on ``day`` with the people whose objectives lead to it, by whatever way.

    An element that is over counts for the one that took over from it. Five queries.
    """
    thread = _Thread.of(day)
    rows = Appraisal.objects.filter(~left_out_on(day), year=year, closed_on__isnull=True)
    counted = set(rows.values_list("person", flat=True))
    people = thread.people_by_element(year, counted)
    priorities = thread.priorities()
    told = _told({one.code: people[one.code] for one in priorities}, len(counted), thread.graph)
    return [Serving(one, told.get(one.code)) for one in priorities]


def _told(people: Mapping[str, set[int]], of: int, graph: Graph) -> dict[str, int]:
    """The numbers that tell of no few, also where they are taken from the number of a priority above."""
    found: dict[str, int] = {}
    for code in sorted(people, key=lambda code: (-len(people[code]), code)):
        number = len(people[code])
        above = [found[one] for one in graph.ancestors(code) if one in found]
        if of >= LEAST and not any(tells_of_few(number, whole, least=LEAST) for whole in (of, *above)):
            found[code] = number
    return found


@dataclass(frozen=True)
class _Thread:
    """The elements by key, and what leads to those that stand on a day."""

    day: date
    elements: Mapping[int, Element]
    graph: Graph
    shown_by: Mapping[int, list[str]]

    @classmethod
    def of(cls, day: date) -> "_Thread":
        elements = {one.pk: one for one in Element.objects.select_related("plan", "kind")}
        standing = {key: one.code for key, one in elements.items() if _runs(one, day)}
        links = PlanLink.objects.filter(running(day), above__in=standing, below__in=standing)
        graph = Graph.of(Link(standing[above], standing[below]) for above, below in links.values_list("above", "below"))
        shown_by: defaultdict[int, list[str]] = defaultdict(list)
        for measure, element in MeasureLink.objects.filter(running(day)).values_list("measure", "element"):
            if element in standing:
                shown_by[measure].append(standing[element])
        return cls(day, elements, graph, shown_by)

    def priorities(self) -> list[Element]:
        found = [one for one in self.elements.values() if one.kind.counts_as == Level.PRIORITY and _runs(one, self.day)]
        return sorted(found, key=lambda one: (one.plan.title, one.order, one.code))

    def people_by_element(self, year: AppraisalYear, counted: Collection[int]) -> Mapping[str, set[int]]:
        people: defaultdict[str, set[int]] = defaultdict(set)
        linked = Objective.objects.filter(
            Q(element__isnull=False) | Q(measure__isnull=False) | Q(action__isnull=False),
            appraisal__year=year,
            appraisal__closed_on__isnull=True,
            appraisal__person__in=counted,
            dropped_on__isnull=True,
        )
        for objective in linked.select_related("appraisal", "action"):
            for code in self._served(objective):
                for above in (code, *self.graph.ancestors(code)):
                    people[above].add(objective.appraisal.person_id)
        return people

    def _served(self, objective: Objective) -> Iterator[str]:
        if objective.element_id:
            yield self._goes_on_as(objective.element_id)
        if objective.action:
            action = objective.action
            yield self._goes_on_as(action.element_id, state=action.state, completed_on=action.completed_on)
        yield from self.shown_by.get(objective.measure_id or 0, ())

    def _goes_on_as(self, element: int, *, state: str = "", completed_on: date | None = None) -> str:
        found = home(
            element,
            state=state,
            completed_on=completed_on,
            day=self.day,
            ends=lambda key: self.elements[key].ends or self.elements[key].plan.ends,
            onward=lambda key: self.elements[key].succeeded_by_id,
        )
        return self.elements[found].code


def _runs(element: Element, day: date) -> bool:
    """Where it has no dates of its own, as long as its plan."""
    starts, ends = element.starts or element.plan.starts, element.ends or element.plan.ends
    return (starts is None or starts <= day) and (ends is None or ends >= day)
