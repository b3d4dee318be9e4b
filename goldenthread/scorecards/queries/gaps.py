"""Gaps: where the thread is broken, by directorate, with how much of it holds and how that has changed.

Nine queries, whatever the size; earlier days are worked out from the same rows.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from goldenthread.council.models import UnitKind
from goldenthread.domain.rollup import percentage
from goldenthread.domain.words import ActionState, Frequency, Level, MeasureKind, PlanState
from goldenthread.history.clock import today
from goldenthread.scorecards.queries.serving import Objectives, Told
from goldenthread.scorecards.queries.thread import Kind, NotFound, last_quarter
from goldenthread.scorecards.queries.whole import ElementRow, Whole, holds, read_whole

OPEN = (ActionState.PLANNED, ActionState.UNDER_WAY)
#: At the ends of how many quarters before the day coverage is worked out too.
QUARTERS = 4


@dataclass(frozen=True, slots=True)
class Looked:
    """One thing that a check looked at: whose it is, and what is missing, if anything."""

    kind: Kind
    code: str
    title: str
    unit: str | None
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """A break in the thread. ``directorate`` is empty for the whole council."""

    check: str
    kind: Kind
    code: str
    title: str
    unit: str
    directorate: str
    missing: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of the things looked at have no gap. A thing that two checks look at counts twice."""

    covered: int
    total: int

    @property
    def percent(self) -> Decimal | None:
        return percentage(self.covered, self.total) if self.total else None


@dataclass(frozen=True, slots=True)
class Check:
    """One kind of gap, with all of them and how much is covered."""

    name: str
    title: str
    coverage: Coverage
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class Directorate:
    """A directorate's coverage and gaps; the council's own come under an empty ``code``."""

    code: str
    name: str
    coverage: Coverage
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class Gaps:
    """``trend`` is the coverage at the ends of earlier quarters, oldest first.

    ``people`` are those with no objective, in numbers alone; None where there are no appraisals. They are not part of
    the coverage, which is told for each directorate, however few work there.
    """

    day: date
    unit: str
    checks: tuple[Check, ...]
    directorates: tuple[Directorate, ...]
    coverage: Coverage
    trend: tuple[tuple[date, Coverage], ...]
    people: Told | None = None

    @property
    def gaps(self) -> tuple[Gap, ...]:
        return tuple(gap for check in self.checks for gap in check.gaps)


def gaps(day: date | None = None, unit: str = "") -> Gaps:
    """The gaps on ``day`` (today) in ``unit`` and all below it (the whole council). Raises NotFound of the unit.

    Elements, links and measures are those of the day. Who owns an element and when an action is due have no dates of
    their own: for earlier days they are as they are now.
    """
    day = day or today()
    whole = read_whole(day)
    return with_people(gaps_of(whole, day, unit), whole)


def gaps_of(whole: Whole, day: date, unit: str = "") -> Gaps:
    """``gaps`` of a council that has been read."""
    if unit and unit not in whole.units:
        raise NotFound(unit)
    inside = whole.below[unit] if unit else None
    looked = {name: list(_inside(find(whole, day), inside)) for name, find in CHECKS.items()}
    titles = check_titles()
    every = [one for found in looked.values() for one in found]
    return Gaps(
        day=day,
        unit=unit,
        checks=tuple(
            Check(name, titles[name], _coverage(found), tuple(_gaps(whole, {name: found})))
            for name, found in looked.items()
        ),
        directorates=tuple(_directorates(whole, looked)),
        coverage=_coverage(every),
        trend=tuple((end, _on(whole, end, inside)) for end in _ends_before(day)),
    )


def with_people(found: Gaps, whole: Whole) -> Gaps:
    """``found`` with the people who have no objective; one query."""
    objectives = Objectives.read(whole, found.day)
    if objectives is None:
        return found
    inside = whole.below[found.unit] if found.unit else None
    ends = [end for end, _coverage in found.trend if end >= objectives.starts]
    return replace(found, people=objectives.without(inside, ends))


def check_titles() -> dict[str, str]:
    """What each check is called."""
    return {
        "priority_without_measure": _("Priorities with no measure"),
        "objective_without_owner": _("Objectives with no owner"),
        "measure_serving_nothing": _("Measures that serve nothing"),
        "action_without_date": _("Actions without a due date"),
        "objective_of_closed_plan": _("Objectives that point at a closed plan"),
        "service_without_plan": _("Services without a plan this year"),
    }


def _priorities(whole: Whole, day: date) -> Iterable[Looked]:
    graph = whole.graph(day)
    measured = {row.element for row in whole.shown(day) if _runs(whole, row.measure, day)}
    for row in whole.level(Level.PRIORITY, day=day):
        beneath = {row.code, *graph.descendants(row.code)}
        missing = "" if beneath & measured else _("No measure shows it, or anything that serves it.")
        yield _looked(whole, row, missing)


def _owners(whole: Whole, day: date) -> Iterable[Looked]:
    for row in whole.level(Level.OBJECTIVE, Level.PROJECT, day=day):
        yield _looked(whole, row, "" if row.owner else _("Nobody answers for it."))


def _measures(whole: Whole, day: date) -> Iterable[Looked]:
    serving = {row.measure for row in whole.shown(day)}
    for code, row in whole.measures.items():
        if row.kind == MeasureKind.PERFORMANCE and _runs(whole, code, day):
            missing = "" if code in serving else _("It shows no element of any plan.")
            yield Looked(Kind.MEASURE, code, row.title, row.unit, missing)


def _actions(whole: Whole, day: date) -> Iterable[Looked]:
    for code, row in whole.actions_on(day).items():
        if row.state in OPEN and whole.runs(row.element, day):
            missing = "" if row.original_due else _("Nobody has said by when.")
            yield Looked(Kind.ACTION, code, row.title, whole.unit_of_element(row.element), missing)


def _pointing(whole: Whole, day: date) -> Iterable[Looked]:
    above: dict[str, list[str]] = {}
    for link in whole.links:
        if link.holds_on(day):
            above.setdefault(link.below, []).append(link.above)
    for row in whole.level(Level.OBJECTIVE, Level.PROJECT, day=day):
        over = sorted(
            {
                whole.plans[whole.elements[code].plan].title
                for code in above.get(row.code, ())
                if whole.is_closed(whole.elements[code].plan, day)
            }
        )
        missing = _("It serves %s, which is over.") % ", ".join(over) if over else ""
        yield _looked(whole, row, missing)


def _services(whole: Whole, day: date) -> Iterable[Looked]:
    planned = {row.unit for code, row in whole.plans.items() if whole.in_force(code, day)}
    drafted = {
        row.unit
        for row in whole.plans.values()
        if row.state in (PlanState.DRAFT, PlanState.CONSULTED) and holds(row.starts, row.ends, day)
    }
    for code, row in whole.units.items():
        if row.kind != UnitKind.SERVICE or not holds(row.starts, row.ends, day):
            continue
        missing = ""
        if code not in planned:
            missing = _("Its plan is not adopted yet.") if code in drafted else _("It has no plan.")
        yield Looked(Kind.UNIT, code, row.name, code, missing)


#: What is looked at, by name.
CHECKS: dict[str, Callable[[Whole, date], Iterable[Looked]]] = {
    "priority_without_measure": _priorities,
    "objective_without_owner": _owners,
    "measure_serving_nothing": _measures,
    "action_without_date": _actions,
    "objective_of_closed_plan": _pointing,
    "service_without_plan": _services,
}


def _looked(whole: Whole, row: ElementRow, missing: str) -> Looked:
    return Looked(Kind.ELEMENT, row.code, row.title, whole.unit_of_element(row.code), missing)


def _runs(whole: Whole, measure: str, day: date) -> bool:
    row = whole.measures[measure]
    return holds(row.starts, row.ends, day)


def _inside(found: Iterable[Looked], units: frozenset[str] | None) -> Iterable[Looked]:
    return (one for one in found if units is None or one.unit in units)


def _coverage(found: Sequence[Looked]) -> Coverage:
    return Coverage(sum(not one.missing for one in found), len(found))


def _gaps(whole: Whole, looked: dict[str, list[Looked]]) -> Iterable[Gap]:
    for name, found in looked.items():
        for one in found:
            if one.missing:
                unit = whole.units[one.unit].name if one.unit else ""
                directorate = whole.directorate_of(one.unit)
                named = whole.units[directorate].name if directorate else ""
                yield Gap(name, one.kind, one.code, one.title, unit, named, one.missing)


def _directorates(whole: Whole, looked: dict[str, list[Looked]]) -> Iterable[Directorate]:
    """In the order of their names, the council's own first."""
    by_code: dict[str, dict[str, list[Looked]]] = {}
    for name, found in looked.items():
        for one in found:
            by_code.setdefault(whole.directorate_of(one.unit) or "", {}).setdefault(name, []).append(one)
    for code in sorted(by_code, key=lambda code: whole.units[code].name if code else ""):
        every = [one for found in by_code[code].values() for one in found]
        name = whole.units[code].name if code else _("The council as a whole")
        yield Directorate(code, name, _coverage(every), tuple(_gaps(whole, by_code[code])))


def _on(whole: Whole, day: date, inside: frozenset[str] | None) -> Coverage:
    return _coverage([one for find in CHECKS.values() for one in _inside(find(whole, day), inside)])


def _ends_before(day: date) -> list[date]:
    quarter = last_quarter(day)
    ends = []
    for _place in range(QUARTERS):
        ends.append(quarter.end)
        quarter = quarter.previous(Frequency.QUARTER)
    return ends[::-1]
