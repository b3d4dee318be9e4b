"""How many people's objectives lead to a priority, and how many people have none that leads anywhere: counts alone.

Nobody's objectives are opened: only that one is linked. A number is told where it is of five people or more and so is
the number of the others, for the council and for each unit, so that no difference between numbers told is of fewer
(domain.small_groups). Each person counts once, in the unit of their first post.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Subquery

from goldenthread.appraisals.models import Appraisal, AppraisalYear, left_out_on
from goldenthread.appraisals.queries.completion import LEAST
from goldenthread.domain.graph import Graph
from goldenthread.domain.rollup import percentage
from goldenthread.domain.small_groups import Group, shown
from goldenthread.scorecards.queries.whole import Whole


@dataclass(frozen=True, slots=True)
class InUnit:
    """So many of the ``all`` people of a unit and of all below it."""

    code: str
    name: str
    people: int
    all: int


@dataclass(frozen=True, slots=True)
class Told:
    """So many of ``all`` people, and in which units; None where the number would tell of fewer than five."""

    people: int | None
    all: int
    units: Sequence[InUnit]
    #: The same on earlier days, oldest first.
    trend: Sequence[tuple[date, int, int]] = ()

    @property
    def percent(self) -> int | None:
        return int(percentage(self.people, self.all)) if self.people is not None and self.all else None


def _rows(day: date) -> Iterable[tuple[Any, ...]]:
    """Every objective of every open appraisal that counts, and every such appraisal without one."""
    year = AppraisalYear.objects.filter(starts__lte=day).order_by("-starts").values("pk")[:1]
    rows = Appraisal.objects.filter(~left_out_on(day), year=Subquery(year), closed_on__isnull=True)
    return rows.order_by("pk").values_list(
        "person",
        "post__unit__code",
        "objectives_on",
        "year__starts",
        "objectives__dropped_on",
        "objectives__element__code",
        "objectives__measure__code",
        "objectives__action__code",
    )


@dataclass(frozen=True)
class Objectives:
    """The year's objectives by person: in which unit each is, to what each is linked, and since when that is agreed."""

    whole: Whole
    day: date
    unit_of: Mapping[int, str]
    linked: Mapping[int, frozenset[str]]
    agreed: Mapping[int, date]
    #: The first day of the year.
    starts: date

    @classmethod
    def read(cls, whole: Whole, day: date) -> "Objectives | None":
        """Those of the year that ``day`` is in; None before anybody's has begun. One query."""
        shown_by: dict[str, list[str]] = defaultdict(list)
        for row in whole.shown(day):
            shown_by[row.measure].append(row.element)
        actions = whole.actions_on(day)
        unit_of: dict[int, str] = {}
        agreed: dict[int, date] = {}
        linked: dict[int, set[str]] = defaultdict(set)
        starts = day
        for person, unit, on, begins, dropped, element, measure, action in _rows(day):
            starts = begins
            unit_of.setdefault(person, unit)
            if on is not None:
                agreed[person] = min(on, agreed.get(person, on))
            if dropped is None:
                of_action = actions[action].element if action in actions else None
                serves = whole.goes_on_as(element, day) if element else None
                linked[person] |= {serves, of_action, *shown_by.get(measure or "", ())} - {None}
        if not unit_of:
            return None
        found = {person: frozenset(codes) for person, codes in linked.items() if codes}
        return cls(whole, day, unit_of, found, agreed, starts)

    def leading_to(self, code: str) -> Told:
        """Who has an objective that leads to an element, by whatever way."""
        return self._told(self._leading.get(code, frozenset()))

    @cached_property
    def _leading(self) -> Mapping[str, frozenset[int]]:
        graph: Graph = self.whole.graph(self.day)
        found: dict[str, set[int]] = defaultdict(set)
        above: dict[str, tuple[str, ...]] = {}
        for person, codes in self.linked.items():
            for code in codes:
                if code not in above:
                    above[code] = (code, *graph.ancestors(code))
                for one in above[code]:
                    found[one].add(person)
        return {code: frozenset(people) for code, people in found.items()}

    def without(self, inside: Collection[str] | None = None, ends: Iterable[date] = ()) -> Told:
        """Who has no objective that serves anything; in the units ``inside``, where they are given.

        On an earlier day those are without whose objectives were not agreed by then.
        """
        missing = frozenset(self.unit_of) - frozenset(self.linked)
        told = self._told(missing)
        units = [one for one in told.units if inside is None or one.code in inside]
        trend = []
        for end in ends:
            agreed = [person for person, on in self.agreed.items() if on <= end and person in self.linked]
            had = len(frozenset(agreed) & frozenset(self.unit_of))
            if had >= LEAST and len(self.unit_of) - had >= LEAST:
                trend.append((end, len(self.unit_of) - had, len(self.unit_of)))
        return Told(told.people if inside is None else None, told.all, units, trend if inside is None else ())

    def _told(self, people: frozenset[int]) -> Told:
        mine = people & frozenset(self.unit_of)
        others = len(self.unit_of) - len(mine)
        if len(mine) < LEAST or 0 < others < LEAST:
            return Told(None, len(self.unit_of), ())
        inside = Counter(self.unit_of[person] for person in mine)
        outside = Counter(unit for person, unit in self.unit_of.items() if person not in mine)
        codes = self._shown(inside) & (self._shown(outside) | self._empty(outside))
        counted = {code: self._size(inside, code) for code in codes}
        units = [
            InUnit(code, self.whole.units[code].name, people, people + self._size(outside, code))
            for code, people in counted.items()
        ]
        return Told(len(mine), len(self.unit_of), sorted(units, key=lambda one: (-one.people, one.name)))

    def _size(self, own: Mapping[str, int], code: str) -> int:
        return sum(own.get(one, 0) for one in self.whole.below[code])

    def _empty(self, own: Mapping[str, int]) -> frozenset[str]:
        return frozenset(code for code in self.whole.units if not self._size(own, code))

    def _shown(self, own: Mapping[str, int]) -> frozenset[str]:
        children: dict[str | None, list[str]] = defaultdict(list)
        for code, unit in self.whole.units.items():
            children[unit.parent].append(code)

        def group(code: str) -> Group:
            return Group(code, own.get(code, 0), tuple(group(child) for child in children[code]))

        everybody = Group("", parts=tuple(group(top) for top in children[None]))
        return shown(everybody, least=LEAST) - {""}
