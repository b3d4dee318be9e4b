"""How overall ratings are spread: for human resources alone, of ten people or more, once the year is over."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from goldenthread.appraisals import services
from goldenthread.appraisals.models import AppraisalYear, RatingsCounted, left_out_on
from goldenthread.appraisals.queries.completion import LEAST as FEW
from goldenthread.appraisals.services.distributions import LEAST, last_signing, to_count
from goldenthread.appraisals.views.sealed import sealed
from goldenthread.council.models import Role, Unit
from goldenthread.council.roles import roles_of
from goldenthread.domain.rollup import percentage
from goldenthread.domain.small_groups import tells_of_few
from goldenthread.history.acts import Refused
from goldenthread.history.clock import today
from goldenthread.web.permission import requires, signed_in
from goldenthread.web.posting import posted
from goldenthread.web.render import page


@dataclass(frozen=True, slots=True)
class Line:
    """A unit or a tier: how many have each rating, and what share of a hundred each is."""

    name: str
    depth: int
    people: int
    #: Rating, word, number, whole per cent, and the per cent before it: where its part of the bar begins.
    parts: tuple[tuple[int, str, int, int, float], ...]

    @property
    def is_shown(self) -> bool:
        return bool(self.parts)


@requires("appraisals.view_ratings", navigation="appraisals")
def last_ratings(request: HttpRequest) -> HttpResponse:
    """Those of the last year that is over."""
    year = AppraisalYear.objects.filter(ends__lt=today()).order_by("-starts").first()
    return _show(request, year)


@requires("appraisals.view_ratings", navigation="appraisals")
def ratings(request: HttpRequest, key: int) -> HttpResponse:
    return _show(request, get_object_or_404(AppraisalYear, pk=key))


@requires("appraisals.view_ratings", navigation="appraisals")
@sealed
@posted(form_at="appraisals:ratings-of-a-year")
def count(request: HttpRequest, key: int) -> HttpResponse:
    year = get_object_or_404(AppraisalYear, pk=key)
    try:
        services.count_ratings(by=signed_in(request), year=year)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The ratings of %s are counted.") % year.period)
    return redirect("appraisals:ratings-of-a-year", key)


def _show(request: HttpRequest, year: AppraisalYear | None) -> HttpResponse:
    counted = RatingsCounted.objects.filter(year=year).select_related("change").first() if year else None
    waits = year is not None and counted is None
    signed = len(to_count(year)) if year and waits else 0
    begun = year.appraisals.filter(~left_out_on(today()), closed_on__isnull=True).count() if year and waits else 0
    context = {
        "year": year,
        "years": AppraisalYear.objects.filter(ends__lt=today()).order_by("-starts"),
        "counted": counted,
        "tables": _tables(request, counted) if counted else [],
        "from_day": last_signing(year) if year and waits else None,
        "may_count": waits and year is not None and today() > last_signing(year),
        "signed": signed,
        "begun": begun,
        "is_told": not tells_of_few(signed, begun, least=FEW),
        "least": LEAST,
    }
    return page(request, "appraisals/ratings.html", context)


def _tables(request: HttpRequest, counted: RatingsCounted) -> list[dict[str, Any]]:
    """What was counted, of the units for which the reader is human resources."""
    covered = roles_of(request.user).units.get(Role.HUMAN_RESOURCES, frozenset())
    codes = None if covered is None else set(Unit.objects.filter(pk__in=covered).values_list("code", flat=True))
    return [
        {
            "words": [word for _number, word in table["scale"]],
            "units": [_line(one, table["scale"]) for one in table["units"] if codes is None or one["unit"] in codes],
            "tiers": [_line(one, table["scale"]) for one in table["tiers"]] if codes is None else [],
        }
        for table in counted.tables
    ]


def _line(one: dict[str, Any], scale: list[tuple[int, str]]) -> Line:
    counts = one["counts"]
    if counts is None:
        return Line(one["name"], one.get("depth", 0), 0, ())
    people = sum(counts.values())
    parts, before = [], 0.0
    for number, word in scale:
        some = counts.get(str(number), 0)
        parts.append((number, word, some, int(percentage(some, people)), before))
        before += 100 * some / people
    return Line(one["name"], one.get("depth", 0), people, tuple(parts))
