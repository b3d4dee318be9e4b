"""The appraiser's side: whose appraisals, how each stands, handed over to somebody else, deputies named."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from goldenthread.appraisals import services
from goldenthread.appraisals.forms import DeputyForm, HandOverForm
from goldenthread.appraisals.queries.crews import crews
from goldenthread.appraisals.queries.team import (
    Member,
    appraisals,
    current_year,
    deputies,
    team,
    to_take_over,
    years_of_team,
)
from goldenthread.appraisals.words import NEXT
from goldenthread.council.models import Person
from goldenthread.council.roles import roles_of
from goldenthread.history.acts import Refused
from goldenthread.history.clock import today
from goldenthread.web.permission import refuse_unless, requires, signed_in
from goldenthread.web.render import page


@requires("appraisals.take_part", navigation="appraisals")
def my_team(request: HttpRequest) -> HttpResponse:
    """Everybody whom the reader appraises or stands above, those that wait first; of an earlier year where asked."""
    day = today()
    now = current_year(day)
    years = years_of_team(request.user)
    asked = request.GET.get("year", "")
    year = next((one for one in years if str(one.pk) == asked), now)
    members = team(request.user, year, day) if year else []
    mine = [one for one in members if one.side == "appraiser"]
    context = {
        "year": year,
        "mine": mine,
        "below": [one for one in members if one.side == "manager"],
        "waiting": sum(1 for one in members if one.waits),
        "asked": to_take_over(request.user, year, day) if year and year == now else [],
        "years": [one for one in years if one != year],
        "crews": crews(request.user, year) if year and mine else [],
        "names_deputies": _names_deputies(roles_of(request.user).person, mine),
        "next": NEXT,
        "today": day,
    }
    return page(request, "appraisals/team.html", context)


@requires("appraisals.take_part", navigation="appraisals")
def hand_over(request: HttpRequest, key: int) -> HttpResponse:
    """Pass an appraisal to a new appraiser; nothing written in it is shown here."""
    row = get_object_or_404(appraisals(), pk=key)
    refuse_unless(request, "appraisals.hand_over", row)
    form = HandOverForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.hand_over(by=signed_in(request), appraisal=key, **form.cleaned_data)
        except Refused as refused:
            form.take(refused)
        else:
            messages.success(request, _("%s's appraisal is handed over.") % row.person.name)
            return redirect("appraisals:my-team")
    return page(request, "appraisals/hand_over.html", {"appraisal": row, "form": form})


@requires("appraisals.take_part", navigation="appraisals")
def my_deputies(request: HttpRequest) -> HttpResponse:
    """Who stands in for the reader, and naming somebody."""
    person = roles_of(request.user).person
    form = DeputyForm(
        request.POST if request.method == "POST" else None, user=request.user, initial={"starts": today()}
    )
    if request.method == "POST" and form.is_valid():
        try:
            named = services.name_deputy(by=signed_in(request), **form.cleaned_data)
        except Refused as refused:
            form.take(refused)
        else:
            messages.success(request, _("%s stands in for you.") % named.person.name)
            return redirect("appraisals:my-deputies")
    context = {"deputies": deputies(person) if person else [], "form": form, "today": today()}
    return page(request, "appraisals/deputies.html", context)


def _names_deputies(person: Person | None, mine: Sequence[Member]) -> bool:
    """Whether somebody may need a deputy: they appraise in their own name, or have named one already."""
    if person is None:
        return False
    return any(one.appraisal.appraiser_id == person.pk for one in mine) or deputies(person).exists()


@requires("appraisals.take_part", navigation="appraisals")
def end_deputy(request: HttpRequest, key: int) -> HttpResponse:
    if request.method != "POST":
        return redirect("appraisals:my-deputies")
    try:
        ended = services.end_deputy(by=signed_in(request), deputy=key)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("%s no longer stands in for you.") % ended.person.name)
    return redirect("appraisals:my-deputies")
