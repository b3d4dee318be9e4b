"""How far appraisals have come, by unit, for those who read none of them: counts that tell of no few people.

Nothing sealed is opened here. What is shown is chosen for the whole council at once, whoever asks, so that two readers
who put their pages together find no more than one of them (``domain.small_groups``, ``domain.completion``).
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q

from goldenthread.appraisals.models import Appraisal, AppraisalYear, left_out_on
from goldenthread.council.models import Appointment, Unit
from goldenthread.council.roles import running
from goldenthread.domain.appraisals import standing
from goldenthread.domain.completion import told_by_stage
from goldenthread.domain.rollup import percentage
from goldenthread.domain.small_groups import Group, apart, enough, every, shown, told

#: Nothing is told of fewer people than these.
LEAST = 5
STAGES = ("objectives", "mid_year", "year_end", "signed")
Children = Mapping[int | None, list[Unit]]


@dataclass(frozen=True, slots=True)
class Completion:
    """One unit with all below it: how many are counted, how many left out, how many have reached each stage.

    None is what would tell of a few people.
    """

    unit: Unit
    depth: int
    counted: int | None = None
    left_out: int | None = None
    reached: Mapping[str, int | None] = field(default_factory=dict)
    late: int | None = None

    @property
    def is_shown(self) -> bool:
        return self.counted is not None

    def share(self, stage: str) -> int | None:
        """In whole per cent."""
        number = self.reached.get(stage)
        return int(percentage(number, self.counted)) if number is not None and self.counted else None


def completion(year: AppraisalYear, day: date, *, within: Collection[int] | None = None) -> list[Completion]:
    """Every unit that has appraisals, below the one it is part of; only those ``within``, where it is given.

    Left out are those on long absence or probation; those who left are not counted at all. Three queries.
    """
    children: defaultdict[int | None, list[Unit]] = defaultdict(list)
    for unit in Unit.objects.order_by("name"):
        children[unit.parent_id].append(unit)
    rows = Appraisal.objects.filter(year=year, closed_on__isnull=True)
    rows = rows.select_related("post__unit", "window", "year", "person").prefetch_related("person__absences")
    own = _Own(rows, day)
    found = [line for top in children[None] for line in _Tree(children, top, own).lines(top, 0)]
    return [line for line in found if within is None or line.unit.pk in within]


class _Own:
    """How many of each unit's own people are counted, left out and late, and how many have reached each stage."""

    def __init__(self, rows: Iterable[Appraisal], day: date) -> None:
        self.counted, self.left_out, self.late = Counter[str](), Counter[str](), Counter[str]()
        self.reached = {stage: Counter[str]() for stage in STAGES}
        for row in rows:
            if row.is_left_out(day):
                self.left_out[row.post.unit.code] += 1
            else:
                self._count(row, row.post.unit.code, day)

    def _count(self, row: Appraisal, unit: str, day: date) -> None:
        self.counted[unit] += 1
        self.late[unit] += standing(row.done, row.due, today=day).is_overdue
        days = (row.objectives_on, row.mid_year_on, row.year_end_on, row.done.signed_on)
        for stage, on in zip(STAGES, days, strict=True):
            self.reached[stage][unit] += on is not None


class _Tree:
    """A topmost unit with all below it, and of which of them each number is told."""

    def __init__(self, children: Children, top: Unit, own: _Own) -> None:
        self.children, self.own = children, own
        whole = self._group(top)
        self.below = {group.code: [one.code for one in every(group)] for group in every(whole)}
        self.units = shown(whole, least=LEAST)
        stages = told_by_stage(whole, [own.reached[stage] for stage in STAGES], least=LEAST, among=self.units)
        self.stages = dict(zip(STAGES, stages, strict=True))
        late = {code: (own.late[code], own.counted[code] - own.late[code]) for code in self.below}
        self.late = told(whole, late, apart(LEAST), among=self.units)
        # Not even that nobody is: who is away, or on probation, is not for others to find by leaving people out.
        left_out = {code: (own.left_out[code],) for code in self.below}
        self.left_out = told(whole, left_out, enough(LEAST), among=self.units)

    def _group(self, unit: Unit) -> Group:
        parts = tuple(self._group(child) for child in self.children.get(unit.pk, ()))
        return Group(unit.code, self.own.counted[unit.code], parts)

    def lines(self, unit: Unit, depth: int) -> Iterator[Completion]:
        if not self._sum(self.own.counted, unit) + self._sum(self.own.left_out, unit):
            return
        yield self._line(unit, depth) if unit.code in self.units else Completion(unit, depth)
        for child in self.children.get(unit.pk, ()):
            yield from self.lines(child, depth + 1)

    def _line(self, unit: Unit, depth: int) -> Completion:
        return Completion(
            unit,
            depth,
            self._sum(self.own.counted, unit),
            self._sum(self.own.left_out, unit) if unit.code in self.left_out else None,
            {
                stage: self._sum(self.own.reached[stage], unit) if unit.code in self.stages[stage] else None
                for stage in STAGES
            },
            self._sum(self.own.late, unit) if unit.code in self.late else None,
        )

    def _sum(self, numbers: Counter[str], unit: Unit) -> int:
        return sum(numbers[code] for code in self.below[unit.code])


def signed_in_the_year_to(year: AppraisalYear, day: date) -> tuple[int, int]:
    """How many have an appraisal signed by both in the twelve months to ``day``, of how many counted.

    Counted is whoever was at work on that day; leaving since changes nothing of it. Two queries.
    """
    at_work = Appointment.objects.filter(running(day), person=OuterRef("person"))
    still_open = Q(closed_on__isnull=True) | Q(closed_on__gte=day)
    rows = Appraisal.objects.filter(still_open, ~left_out_on(day), Exists(at_work), year=year)
    counted = set(rows.values_list("person", flat=True))
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
