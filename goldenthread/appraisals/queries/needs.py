"""Needs for development, counted for those who read none of them: of five people or more, and never a word."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from goldenthread.appraisals.models import AppraisalYear, Need, NeedKind, Priority
from goldenthread.appraisals.queries.completion import LEAST
from goldenthread.council.models import Unit
from goldenthread.domain.small_groups import Group, parts_shown, shown


@dataclass(frozen=True, slots=True)
class Told:
    """So many needs, of so many people."""

    needs: int
    people: int


@dataclass(frozen=True, slots=True)
class OfUnit:
    """The needs of one unit with all below it; nothing told where they are of too few people."""

    unit: Unit
    depth: int
    told: Told | None


@dataclass(frozen=True, slots=True)
class Needs:
    """By kind and priority over the units shown, and by unit."""

    parts: Mapping[tuple[str, str], Told]
    units: Sequence[OfUnit]

    def of(self, kind: str, priority: str) -> Told | None:
        return self.parts.get((kind, priority))


@dataclass(frozen=True, slots=True)
class _One:
    person: int
    unit: int
    part: tuple[str, str]


def needs(year: AppraisalYear) -> Needs:
    """What whoever is still here was said to need in ``year`` and is not met yet. Two queries.

    Chosen for the whole council at once, as completion is; kinds are counted only where their unit at the top is shown.
    """
    rows = Need.objects.filter(appraisal__year=year, appraisal__closed_on__isnull=True, met_on__isnull=True)
    told = rows.values_list("appraisal__person", "appraisal__post__unit", "kind", "priority")
    said = [_One(person, unit, (kind, priority)) for person, unit, kind, priority in told]
    tree = _Tree(said, list(Unit.objects.order_by("name")))
    seen = {code for top in tree.tops for code in shown(tree.group(top), least=LEAST)}
    return Needs(
        _parts([one for top in tree.tops if top.code in seen for one in tree.below(top)]),
        [line for top in tree.tops for line in tree.lines(top, 0, seen)],
    )


def _parts(said: Sequence[_One]) -> dict[tuple[str, str], Told]:
    of_part: dict[tuple[str, str], list[_One]] = {
        (kind, priority): [] for kind in NeedKind.values for priority in Priority.values
    }
    for one in said:
        of_part[one.part].append(one)
    people = {part: {one.person for one in found} for part, found in of_part.items()}
    return {part: _told(of_part[part]) for part in parts_shown(people, least=LEAST)}


def _told(said: Sequence[_One]) -> Told:
    return Told(len(said), len({one.person for one in said}))


class _Tree:
    """The units with the needs of their own people. Somebody of two units counts in the first alone."""

    def __init__(self, said: Sequence[_One], units: Sequence[Unit]) -> None:
        home: dict[int, int] = {}
        self.own: defaultdict[int, list[_One]] = defaultdict(list)
        for one in said:
            self.own[home.setdefault(one.person, one.unit)].append(one)
        self.children: defaultdict[int | None, list[Unit]] = defaultdict(list)
        for unit in units:
            self.children[unit.parent_id].append(unit)
        self.tops = self.children[None]

    def group(self, unit: Unit) -> Group:
        people = {one.person for one in self.own[unit.pk]}
        return Group(unit.code, len(people), tuple(self.group(child) for child in self.children[unit.pk]))

    def below(self, unit: Unit) -> list[_One]:
        return [*self.own[unit.pk], *(one for child in self.children[unit.pk] for one in self.below(child))]

    def lines(self, unit: Unit, depth: int, seen: Collection[str]) -> Iterator[OfUnit]:
        said = self.below(unit)
        if not said:
            return
        yield OfUnit(unit, depth, _told(said) if unit.code in seen else None)
        for child in self.children[unit.pk]:
            yield from self.lines(child, depth + 1, seen)
