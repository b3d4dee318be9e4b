"""What a reader of the board may choose from: the periods, units, tags and printed lists of measures they may see."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Min, OuterRef, Q, QuerySet, Subquery

from goldenthread.council.models import Unit
from goldenthread.council.roles import running
from goldenthread.domain.periods import Period, period_range
from goldenthread.domain.words import Frequency, YearKind
from goldenthread.measures.models import Measure, Result, SetEntry, Tag

#: The schemes of tags by which a board is filtered, in the order of the form; old references are looked up by search.
FILTERED_SCHEMES = ("portfolio", "remit", "theme")


@dataclass(frozen=True, slots=True)
class Place:
    """A unit with its depth in the tree."""

    pk: int
    code: str
    name: str
    depth: int


@dataclass(frozen=True)
class Choices:
    units: list[Place]
    below: Mapping[str, frozenset[int]]
    tags: Mapping[str, list[str]]
    sets: list[tuple[str, str]]
    kinds: frozenset[tuple[str, str]]
    since: date | None

    def periods(self, today: date) -> dict[str, list[Period]]:
        """The quarters, years and months that have ended since the first figure, the latest first."""
        if self.since is None:
            return {}
        found = {"quarter": _ended(Frequency.QUARTER, YearKind.FINANCIAL, self.since, today)}
        years = {YearKind.FINANCIAL, *(YearKind(kind) for frequency, kind in self.kinds if frequency != "term")}
        found["year"] = [period for kind in sorted(years) for period in _ended(Frequency.YEAR, kind, self.since, today)]
        if any(frequency in ("month", "week", "day") for frequency, _kind in self.kinds):
            found["month"] = _ended(Frequency.MONTH, YearKind.FINANCIAL, self.since, today)
        return {name: periods for name, periods in found.items() if periods}

    def usual_period(self, day: date) -> Period:
        """The quarter that last ended by ``day``; the year, where no measure is collected more often."""
        kinds = {YearKind(kind) for _frequency, kind in self.kinds}
        by_the_year = self.kinds and all(frequency in ("year", "two_year") for frequency, _kind in self.kinds)
        frequency = Frequency.YEAR if by_the_year else Frequency.QUARTER
        kind = kinds.pop() if by_the_year and len(kinds) == 1 else YearKind.FINANCIAL
        return Period.of(frequency, day + timedelta(days=1), kind).previous()


def choices(measures: QuerySet[Measure], day: date) -> Choices:
    """What is to be chosen among ``measures``, in five queries."""
    rows = measures.order_by().values_list("unit_id", "frequency", "year").distinct()
    holding = {unit for unit, _frequency, _year in rows}
    places, below = _tree(holding)
    return Choices(
        units=places,
        below=below,
        tags=_tags(measures, day),
        sets=_sets(measures, day),
        kinds=frozenset((frequency, year) for _unit, frequency, year in rows),
        since=first_figure(measures),
    )


def first_figure(measures: QuerySet[Measure]) -> date | None:
    """The end of the first period that has a result: looked up measure by measure in the index, since each is quick."""
    first = Result.objects.filter(measure=OuterRef("pk"), category="").order_by("period_end").values("period_end")[:1]
    return measures.order_by().annotate(first=Subquery(first)).aggregate(since=Min("first"))["since"]


def entries_of(printed: str, day: date) -> dict[int, tuple[int, str]]:
    """A printed list's order and section by measure."""
    rows = SetEntry.objects.filter(running(day), set=printed).order_by("-order")
    return {key: (order, section) for key, order, section in rows.values_list("measure_id", "order", "section")}


def _tree(holding: Iterable[int | None]) -> tuple[list[Place], dict[str, frozenset[int]]]:
    """The units that hold measures or stand above one that does, in tree order, and for each all below it."""
    units = {pk: (parent, code, name) for pk, parent, code, name in _units()}
    children: dict[int | None, list[int]] = defaultdict(list)
    for pk, (parent, _code, _name) in units.items():
        children[parent].append(pk)
    below: dict[str, frozenset[int]] = {}
    places: list[Place] = []
    wanted = set(holding)

    def walk(pk: int, depth: int) -> frozenset[int]:
        _parent, code, name = units[pk]
        place = Place(pk, code, name, depth)
        at = len(places)
        places.append(place)
        found = frozenset({pk}).union(*(walk(child, depth + 1) for child in children[pk]))
        if not found & wanted:
            del places[at:]
        below[code] = found
        return found

    for top in children[None]:
        walk(top, 0)
    return places, below


def _units() -> Iterable[Any]:
    return Unit.objects.order_by("name").values_list("pk", "parent_id", "code", "name")


def _tags(measures: QuerySet[Measure], day: date) -> dict[str, list[str]]:
    rows = Tag.objects.filter(running(day), _of(measures), scheme__in=FILTERED_SCHEMES)
    found: dict[str, list[str]] = defaultdict(list)
    for scheme, tag in rows.order_by("scheme", "tag").values_list("scheme", "tag").distinct():
        found[scheme].append(tag)
    return {scheme: found[scheme] for scheme in FILTERED_SCHEMES if scheme in found}


def _of(measures: QuerySet[Measure]) -> Q:
    """Rows of ``measures``; whoever sees every measure sees every row, and they need not be looked up one by one."""
    return Q(measure__in=measures.order_by().values("pk")) if measures.query.where else Q()


def _sets(measures: QuerySet[Measure], day: date) -> list[tuple[str, str]]:
    rows = SetEntry.objects.filter(running(day), _of(measures))
    titles: dict[str, str] = {}
    for code, title in rows.order_by("-set", "-title").values_list("set", "title").distinct():
        titles[code] = titles.get(code) or title
    return [(code, title or code) for code, title in titles.items()]


def _ended(frequency: Frequency, year: YearKind, since: date, today: date) -> list[Period]:
    first = Period.of(frequency, since, year)
    last = Period.of(frequency, today, year).previous()
    return list(period_range(first, last))[::-1] if first.end <= last.end else []
