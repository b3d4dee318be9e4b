"""Units with their measures: how many stand where, in each unit with all below it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet

from goldenthread.council.models import Appointment, Unit
from goldenthread.council.queries import Branch, tree
from goldenthread.council.roles import running, units_below
from goldenthread.domain.rollup import percentage
from goldenthread.domain.words import ON_TARGET, RATED, Status
from goldenthread.measures.queries.line import Line
from goldenthread.plans.models import Plan


@dataclass(slots=True)
class Standing:
    """A unit, how deep it stands, and how its measures and those of all below it stand."""

    branch: Branch
    by_status: dict[Status, int] = field(default_factory=lambda: defaultdict(int))
    measures: int = 0
    rated: int = 0
    on_target: int = 0
    overdue: int = 0

    def add(self, line: Line) -> None:
        self.measures += 1
        self.by_status[line.status] += 1
        self.rated += line.status in RATED
        self.on_target += line.status in ON_TARGET
        self.overdue += Status.OVERDUE in (line.status, line.awaiting)

    @property
    def statuses(self) -> list[tuple[Status, int]]:
        """How many stand at each status, the best first."""
        return [(status, number) for status in Status if (number := self.by_status[status])]

    @property
    def percent(self) -> str:
        return f"{percentage(self.on_target, self.rated)}%" if self.rated else ""


def standings(lines: Iterable[Line], day: date) -> list[Standing]:
    """Every unit that runs on ``day``, in the order of the tree, with its measures counted; two queries of its own."""
    every, below = tree(day), units_below()
    codes = {branch.unit.pk: branch.unit.code for branch in every}
    found = {branch.unit.pk: Standing(branch) for branch in every if not branch.ended}
    above: dict[str, list[Standing]] = defaultdict(list)
    for key, standing in found.items():
        for part in below[key]:
            above[codes[part]].append(standing)
    for line in lines:
        for standing in above.get(line.unit_code, ()):
            standing.add(line)
    return list(found.values())


def people_of(units: Sequence[int], day: date) -> QuerySet[Appointment]:
    """Who holds the posts of ``units`` on ``day``."""
    return (
        Appointment.objects.filter(running(day), post__unit__in=units)
        .select_related("person", "post__unit")
        .order_by("post__unit__name", "post__title", "person__name")
    )


def plans_of(unit: Unit, day: date) -> list[Plan]:
    """The plans of a unit that run on ``day``."""
    return list(Plan.objects.filter(running(day), unit=unit).order_by("kind", "title", "code"))


def children_of(unit: Unit, day: date) -> list[Unit]:
    return list(Unit.objects.filter(running(day), parent=unit).order_by("name"))
