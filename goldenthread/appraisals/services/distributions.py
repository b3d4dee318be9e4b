"""How overall ratings are spread, counted once the year is over, for groups of ten or more who differ."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from goldenthread.accounts.models import User
from goldenthread.appraisals.content import open_many
from goldenthread.appraisals.models import (
    Appraisal,
    AppraisalYear,
    Objective,
    RatingsCounted,
    Sealed,
    Side,
    Template,
    left_out_on,
)
from goldenthread.appraisals.rating import overall_of
from goldenthread.appraisals.seal import current_key
from goldenthread.council.models import Unit
from goldenthread.domain.crossed_groups import crossed
from goldenthread.domain.small_groups import Counts, Group, mixed
from goldenthread.history.acts import Refused, acting
from goldenthread.history.clock import today

#: Nothing is told of the ratings of fewer people than these, nor of those who all have the same one.
LEAST = 10
#: Appraisals opened at once.
BATCH = 500
RATED = (Sealed.Kind.OBJECTIVE, Sealed.Kind.RATING, Sealed.Kind.COMPETENCY, Sealed.Kind.OVERALL)
Rated = tuple[Appraisal, int]


def last_signing(year: AppraisalYear) -> date:
    """The last day on which anybody's signatures are due: from the next day on ratings are counted."""
    return max([year.signed_due, year.ends, *year.windows.values_list("signed_due", flat=True)])


def to_count(year: AppraisalYear) -> list[Appraisal]:
    """Those signed by both, but for whoever is left out or left."""
    rows = year.appraisals.filter(
        ~left_out_on(today()),
        appraisee_signed_on__isnull=False,
        appraiser_signed_on__isnull=False,
        closed_on__isnull=True,
    )
    return list(rows.select_related("template", "post__unit", "person").order_by("pk"))


def count_ratings(*, by: User | None, year: AppraisalYear) -> RatingsCounted:
    """Count the overall ratings of ``year``, once for ever, and keep only what may be shown.

    Raises Refused before the last signatures are due, and where they were counted.
    """
    current_key()
    with acting(by=by, verb="count_ratings", object=f"appraisal year {year.period}") as change:
        AppraisalYear.objects.select_for_update().get(pk=year.pk)
        if today() <= last_signing(year):
            raise Refused({"": _("Ratings are counted once the year is over and the last signatures were due.")})
        if RatingsCounted.objects.filter(year=year).exists():
            raise Refused({"": _("The ratings of that year were counted: a second count could tell of somebody.")})
        return RatingsCounted.objects.create(
            year=year, tables=list(_tables(to_count(year))), entered_at=change.at, change=change
        )


def _tables(rows: Sequence[Appraisal]) -> Iterator[dict[str, Any]]:
    """One for each scale, since ratings of different scales don't add up."""
    by_scale: defaultdict[tuple[tuple[int, str], ...], list[Rated]] = defaultdict(list)
    for row, rating in _rated(rows):
        by_scale[row.template.ratings.words].append((row, rating))
    units = list(Unit.objects.order_by("name"))
    for scale in sorted(by_scale, key=lambda one: (-len(by_scale[one]), one)):
        yield _table(scale, by_scale[scale], units)


def _rated(rows: Sequence[Appraisal]) -> Iterator[Rated]:
    templates: dict[int, Template] = {}
    for start in range(0, len(rows), BATCH):
        some = rows[start : start + BATCH]
        contents = open_many(some, dict.fromkeys((row.pk for row in some), Side.APPRAISER), kinds=RATED)
        objectives: defaultdict[int, list[Objective]] = defaultdict(list)
        standing = Objective.objects.filter(appraisal__in=some, dropped_on__isnull=True).order_by("order", "pk")
        for objective in standing:
            objectives[objective.appraisal_id].append(objective)
        for row in some:
            template = templates.setdefault(row.template_id, row.template)
            found = overall_of(contents[row.pk], template, objectives[row.pk])
            if found is not None:
                yield row, found.rating


def _table(scale: Sequence[tuple[int, str]], rated: Sequence[Rated], units: Sequence[Unit]) -> dict[str, Any]:
    tree = _Tree(rated, units)
    people = _by_unit_and_tier(rated, [number for number, _word in scale])
    # Several councils in one installation: each tree is chosen for by itself, and tiers only where there is one.
    tops = [group for group in tree.groups() if group.size]
    found = [
        crossed(top, {key: counts for key, counts in people.items() if key[0] in codes_of(top)}, mixed(LEAST))
        for top in tops
    ]
    shown = frozenset[str]().union(*(one.units for one in found))
    kinds = found[0].kinds if len(found) == 1 else frozenset[str]()
    tiers = sorted({row.post.tier for row, _rating in rated})
    return {
        "scale": [[number, word] for number, word in sorted(scale)],
        "units": [tree.line(unit, depth, shown) for unit, depth in tree.lines()],
        "tiers": [
            {"name": tier, "counts": _counts(rating for row, rating in rated if row.post.tier == tier)}
            if tier in kinds
            else {"name": tier, "counts": None}
            for tier in tiers
        ],
    }


def _by_unit_and_tier(rated: Sequence[Rated], ratings: Sequence[int]) -> dict[tuple[str, str], Counts]:
    found: defaultdict[tuple[str, str], Counter[int]] = defaultdict(Counter)
    for row, rating in rated:
        found[row.post.unit.code, row.post.tier][rating] += 1
    return {key: tuple(counts[rating] for rating in ratings) for key, counts in found.items()}


def codes_of(group: Group) -> frozenset[str]:
    return frozenset({group.code}).union(*(codes_of(part) for part in group.parts))


class _Tree:
    """The units that have rated people, with all below each."""

    def __init__(self, rated: Sequence[Rated], units: Sequence[Unit]) -> None:
        self.own: defaultdict[int, list[int]] = defaultdict(list)
        for row, rating in rated:
            self.own[row.post.unit_id].append(rating)
        self.children: defaultdict[int | None, list[Unit]] = defaultdict(list)
        for unit in units:
            self.children[unit.parent_id].append(unit)

    def groups(self) -> list[Group]:
        return [self._group(top) for top in self.children[None]]

    def _group(self, unit: Unit) -> Group:
        return Group(unit.code, len(self.own[unit.pk]), tuple(self._group(one) for one in self.children[unit.pk]))

    def lines(self, above: int | None = None, depth: int = 0) -> Iterator[tuple[Unit, int]]:
        for unit in self.children[above]:
            if self._below(unit):
                yield unit, depth
                yield from self.lines(unit.pk, depth + 1)

    def line(self, unit: Unit, depth: int, shown: frozenset[str]) -> dict[str, Any]:
        counts = _counts(self._below(unit)) if unit.code in shown else None
        return {"unit": unit.code, "name": unit.name, "depth": depth, "counts": counts}

    def _below(self, unit: Unit) -> list[int]:
        return [*self.own[unit.pk], *(one for child in self.children[unit.pk] for one in self._below(child))]


def _counts(ratings: Iterable[int]) -> Mapping[str, int]:
    """How many have each rating; JSON keys are texts."""
    return {str(rating): number for rating, number in sorted(Counter(ratings).items())}
