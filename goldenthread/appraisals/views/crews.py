"""Crews: who shares objectives, written once for all of them by whoever appraises them."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from goldenthread.appraisals import services
from goldenthread.appraisals.cards import cards
from goldenthread.appraisals.content import content_of
from goldenthread.appraisals.forms.paper import CrewForm, CrewObjectiveForm
from goldenthread.appraisals.models import Crew, CrewObjective
from goldenthread.appraisals.queries.crews import Team, crews, may_join
from goldenthread.appraisals.queries.served import served
from goldenthread.appraisals.queries.team import current_year
from goldenthread.appraisals.services.paper import has_no_account
from goldenthread.appraisals.views.sealed import sealed
from goldenthread.appraisals.words import NEXT
from goldenthread.history.acts import Refused
from goldenthread.history.clock import today
from goldenthread.measures.shown import Shown
from goldenthread.web.permission import requires, signed_in
from goldenthread.web.posting import posted
from goldenthread.web.render import page


@requires("appraisals.take_part", navigation="appraisals")
@sealed
def new_crew(request: HttpRequest) -> HttpResponse:
    year = current_year(today())
    if year is None:
        return redirect("appraisals:my-team")
    form = CrewForm(request.POST if request.method == "POST" else None, team=may_join(request.user, year))
    if request.method == "POST" and form.is_valid():
        try:
            formed = services.form_crew(by=signed_in(request), year=year, **form.said())
        except Refused as refused:
            form.take(refused)
        else:
            messages.success(request, _("%s is set up. Write what they share.") % formed.name)
            return redirect("appraisals:crew", formed.pk)
    return page(request, "appraisals/crew_form.html", {"form": form, "crew": None})


@requires("appraisals.take_part", navigation="appraisals")
@sealed
def crew(request: HttpRequest, key: int) -> HttpResponse:
    """What the crew shares, and how each of them stands."""
    team = team_of(request, key)
    first = team.appraisals[0]
    rows = [row for row in served(first, today()) if hasattr(row.objective, "shared")]
    found = cards(first, content_of(first, reader=request.user), rows)
    context = {
        "team": team,
        "cards": [(card, card.served.objective.shared.of_id) for card in found],
        "without_account": {row.pk for row in team.appraisals if has_no_account(row.person)},
        "next": NEXT,
        "shown": Shown(),
    }
    return page(request, "appraisals/crew.html", context)


@requires("appraisals.take_part", navigation="appraisals")
@sealed
def change_crew(request: HttpRequest, key: int) -> HttpResponse:
    team = team_of(request, key)
    form = CrewForm(
        request.POST if request.method == "POST" else None,
        team=may_join(request.user, team.crew.year, team.crew),
        initial={"name": team.crew.name, "members": [str(row.pk) for row in team.appraisals]},
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.change_crew(by=signed_in(request), crew=key, **form.said())
        except Refused as refused:
            form.take(refused)
        else:
            messages.success(request, _("The crew is changed."))
            return redirect("appraisals:crew", key)
    return page(request, "appraisals/crew_form.html", {"form": form, "crew": team.crew})


@requires("appraisals.take_part", navigation="appraisals")
@sealed
def new_crew_objective(request: HttpRequest, key: int) -> HttpResponse:
    return _write(request, key)


@requires("appraisals.take_part", navigation="appraisals")
@sealed
def crew_objective(request: HttpRequest, key: int, objective: int) -> HttpResponse:
    """Write it anew, for everybody in the crew."""
    return _write(request, key, objective)


@requires("appraisals.take_part", navigation="appraisals")
@sealed
@posted(form_at="appraisals:crew-objective")
def drop_crew_objective(request: HttpRequest, key: int, objective: int) -> HttpResponse:
    team_of(request, key)
    try:
        services.drop_crew_objective(by=signed_in(request), crew=key, objective=objective)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The objective is dropped, for everybody in the crew."))
    return redirect("appraisals:crew", key)


def team_of(request: HttpRequest, key: int) -> Team:
    """The crew, for whoever appraises somebody in it; anybody else is refused."""
    year = current_year(today())
    found = next((one for one in crews(request.user, year) if one.crew.pk == key), None) if year else None
    if found is None:
        get_object_or_404(Crew, pk=key)
        raise PermissionDenied(_("A crew is opened by whoever appraises the people in it."))
    return found


def _write(request: HttpRequest, key: int, objective: int | None = None) -> HttpResponse:
    team = team_of(request, key)
    first = team.appraisals[0]
    shared = team.crew.objectives.filter(pk=objective, dropped_on__isnull=True).first()
    if objective is not None and shared is None:
        raise Http404
    form = CrewObjectiveForm(
        request.POST if request.method == "POST" else None,
        appraisal=first,
        initial=_written(request, team, shared) if shared else {},
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.write_crew_objective(
                by=signed_in(request),
                crew=key,
                objective=objective,
                **form.cleaned_data,
            )
        except Refused as refused:
            form.take(refused)
        else:
            messages.success(request, _("It stands in the appraisal of everybody in the crew."))
            return redirect("appraisals:crew", key)
    return page(request, "appraisals/crew_objective.html", {"form": form, "team": team, "objective": shared})


def _written(request: HttpRequest, team: Team, shared: CrewObjective) -> dict[str, Any]:
    first = team.appraisals[0]
    copy = first.objectives.filter(shared__of=shared).first()
    said = content_of(first, reader=request.user).objective(copy.pk) if copy else {}
    return {
        "what": said.get("what", ""),
        "success": said.get("success", ""),
        "by_when": date.fromisoformat(said["by_when"]) if said.get("by_when") else None,
        "weight": said.get("weight", ""),
        "element": shared.element.code if shared.element else "",
        "measure": shared.measure.code if shared.measure else "",
        "action": shared.action.code if shared.action else "",
    }
