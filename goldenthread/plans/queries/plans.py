"""The list of plans: each with whose it is, from when to when, what it follows and what follows it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from goldenthread.council.models import UnitKind
from goldenthread.domain.periods import Period
from goldenthread.domain.words import ActionState, Frequency, PlanState
from goldenthread.plans.models import Action, Element, Plan

#: The wider a plan's unit, the earlier its kind stands in the list.
_WIDTH = {kind: place for place, kind in enumerate(UnitKind.values)}
_FAR = date(2200, 1, 1)
#: What is still to be done for the elements that a plan took over from.
_OPEN_BEFORE = Q(elements__predecessors__actions__state__in=(ActionState.PLANNED, ActionState.UNDER_WAY))


@dataclass(frozen=True, slots=True)
class KindOfPlan:
    """The plans of one kind."""

    name: str
    plans: Sequence[Plan]


def plans_listed(*, year: Period | None = None, kind: str = "", state: str = "", search: str = "") -> list[KindOfPlan]:
    """Plans by kind, the widest first, in three queries; ``year`` keeps those that run on some day of it."""
    found = Plan.objects.select_related("unit", "succeeds").prefetch_related("successors")
    found = found.annotate(
        says=Count("elements", distinct=True),
        promises=Count("elements__actions", distinct=True)
        + Count("elements__predecessors__actions", filter=_OPEN_BEFORE, distinct=True),
    ).order_by(F("starts").asc(nulls_first=True), "title", "code")
    if year is not None:
        found = found.filter(
            Q(starts__isnull=True) | Q(starts__lte=year.end), Q(ends__isnull=True) | Q(ends__gte=year.start)
        )
    if kind:
        found = found.filter(kind=kind)
    if state:
        found = found.filter(state=state)
    if search:
        found = found.filter(
            Q(title__icontains=search) | Q(code__icontains=search) | Q(unit__name__icontains=search)
        ).distinct()
    return _by_kind(found)


def kinds_of_plan() -> list[str]:
    return list(Plan.objects.exclude(kind="").order_by("kind").values_list("kind", flat=True).distinct())


def years_of_plans(day: date) -> list[Period]:
    """The financial years in which some plan runs, the latest first; always that of ``day``."""
    this = Period.of(Frequency.YEAR, day)
    spans = [span for span in Plan.objects.order_by().values_list("starts", "ends") if span[0]]
    first = min((starts for starts, _ends in spans if starts), default=day)
    last = max((ends or day for _starts, ends in spans), default=day)
    year, years = Period.of(Frequency.YEAR, max(last, day)), []
    while year.end >= min(first, day) and len(years) < 60:
        years.append(year)
        year = year.previous()
    return years or [this]


def next_element_code(plan: Plan) -> str:
    """A code for the next element of a plan, in the manner of those it has: WST-4 after WST-3."""
    codes = list(plan.elements.order_by("-order", "-code").values_list("code", flat=True)[:1])
    stem, _dash, number = (codes[0] if codes else f"{plan.code}-0").rpartition("-")
    if not number.isdigit():
        return ""
    return _free(Element.objects.all(), stem, int(number) + 1)


def next_action_code(element: Element) -> str:
    """A code for the next action of an element: WST-2-A3 after WST-2-A2."""
    return _free(Action.objects.all(), f"{element.code}-A", element.actions.count() + 1, dash="")


def _free(rows: QuerySet[Any], stem: str, number: int, dash: str = "-") -> str:
    taken = set(rows.filter(code__startswith=stem).values_list("code", flat=True))
    while f"{stem}{dash}{number}" in taken:
        number += 1
    return f"{stem}{dash}{number}"


def elements_running(day: date) -> QuerySet[Element]:
    """Elements of plans that are neither closed nor over on ``day``, by plan."""
    return (
        Element.objects.filter(running_from(day), Q(plan__ends__isnull=True) | Q(plan__ends__gte=day))
        .exclude(plan__state=PlanState.CLOSED)
        .select_related("plan__unit", "kind")
        .order_by(F("plan__starts").asc(nulls_first=True), "plan__title", "order", "code")
    )


def running_from(day: date) -> Q:
    """Rows that have not ended before ``day``."""
    return Q(ends__isnull=True) | Q(ends__gte=day)


def _by_kind(plans: Iterable[Plan]) -> list[KindOfPlan]:
    kinds: dict[str, list[Plan]] = {}
    for plan in plans:
        kinds.setdefault(plan.kind, []).append(plan)
    return [KindOfPlan(name, found) for name, found in sorted(kinds.items(), key=lambda kind: _rank(kind[1], kind[0]))]


def _rank(plans: Sequence[Plan], name: str) -> tuple[int, int, str]:
    """Those of the whole council first, and of these the ones that look furthest ahead."""
    width = min(_WIDTH[plan.unit.kind] if plan.unit else 0 for plan in plans)
    length = max(((plan.ends or _FAR) - plan.starts).days if plan.starts else 0 for plan in plans)
    return width, -length, name
