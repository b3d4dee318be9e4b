"""Objectives: written, changed, dropped, evidenced, and rated by both sides."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from goldenthread.appraisals import services
from goldenthread.appraisals.cards import cards, day_of
from goldenthread.appraisals.content import Content, content_of
from goldenthread.appraisals.expected import expected
from goldenthread.appraisals.forms import ObjectiveForm, RatingForm, TextForm
from goldenthread.appraisals.models import Appraisal, Objective, Sealed
from goldenthread.appraisals.queries.served import served
from goldenthread.appraisals.views.appraisal import readable
from goldenthread.appraisals.views.sealed import sealed
from goldenthread.appraisals.words import rule_words
from goldenthread.history.acts import Refused
from goldenthread.history.clock import today
from goldenthread.web.permission import requires, signed_in
from goldenthread.web.posting import posted
from goldenthread.web.render import page

Kind = Sealed.Kind


@requires("appraisals.take_part", navigation="appraisals")
@sealed
def new_objective(request: HttpRequest, key: int) -> HttpResponse:
    return _objective_page(request, readable(request, key, "appraisals.write_objectives"), None)


@requires("appraisals.take_part", navigation="appraisals")
@sealed
def objective(request: HttpRequest, key: int, objective: int) -> HttpResponse:
    row = readable(request, key, "appraisals.write_objectives")
    return _objective_page(request, row, _objective(row, objective))


def _objective_page(request: HttpRequest, row: Appraisal, existing: Objective | None) -> HttpResponse:
    if row.objectives_on is not None and not request.user.has_perm("appraisals.appraise", row):
        messages.info(request, _("The objectives are agreed: ask your appraiser to change them."))
        return redirect("appraisals:appraisal", row.pk)
    form = ObjectiveForm(
        request.POST if request.method == "POST" else None,
        appraisal=row,
        initial=_initial(content_of(row, reader=request.user), existing) if existing else {},
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.write_objective(
                by=signed_in(request),
                appraisal=row.pk,
                objective=existing.pk if existing else None,
                **form.cleaned_data,
            )
        except Refused as refused:
            form.take(refused)
        else:
            messages.success(request, _("The objective is kept."))
            return redirect("appraisals:appraisal", row.pk)
    context = {"appraisal": row, "form": form, "existing": existing}
    return page(request, "appraisals/objective.html", context)


def _initial(content: Content, existing: Objective) -> dict[str, Any]:
    said = content.objective(existing.pk)
    return {
        "what": said.get("what", ""),
        "success": said.get("success", ""),
        "by_when": day_of(said),
        "weight": said.get("weight", ""),
        "element": existing.element.code if existing.element else "",
        "measure": existing.measure.code if existing.measure else "",
        "action": existing.action.code if existing.action else "",
    }


@requires("appraisals.take_part", navigation="appraisals")
@sealed
@posted(form_at="appraisals:objective")
def drop_objective(request: HttpRequest, key: int, objective: int) -> HttpResponse:
    row = readable(request, key, "appraisals.write_objectives")
    try:
        services.drop_objective(by=signed_in(request), appraisal=row.pk, objective=objective)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The objective is dropped."))
    return redirect("appraisals:appraisal", key)


@requires("appraisals.take_part", navigation="appraisals")
@sealed
def add_evidence(request: HttpRequest, key: int, objective: int) -> HttpResponse:
    """What was done towards an objective: sent from its card, with a page of its own for what is wrong."""
    row = readable(request, key, "appraisals.write_objectives")
    kept = _objective(row, objective)
    form = TextForm(request.POST if request.method == "POST" else None, label=_("What was done towards this?"))
    if request.method == "POST" and form.is_valid():
        try:
            services.add_evidence(
                by=signed_in(request),
                appraisal=row.pk,
                objective=kept.pk,
                text=form.cleaned_data["text"],
            )
        except Refused as refused:
            form.take(refused)
        else:
            messages.success(request, _("The evidence is kept."))
            return redirect("appraisals:appraisal", key)
    found = cards(
        row, content_of(row, reader=request.user), [one for one in served(row, today()) if one.objective == kept]
    )
    context = {
        "appraisal": row,
        "form": form,
        "title": _("Add evidence"),
        "quoted": found[0].title,
        "save": _("Keep it"),
    }
    return page(request, "appraisals/form.html", context)


@requires("appraisals.take_part", navigation="appraisals")
@sealed
def rate(request: HttpRequest, key: int) -> HttpResponse:
    """Objectives and competencies rated from one's own side; the other side's ratings stand on the appraisal's page."""
    row = readable(request, key, "appraisals.write_objectives")
    content = content_of(row, reader=request.user)
    found = cards(row, content, served(row, today()))
    form = RatingForm(
        request.POST if request.method == "POST" else None,
        objectives=[card.served.objective for card in found],
        titles={card.key: card.title for card in found},
        competencies=expected(row, content),
        scale=row.template.ratings,
        rule=row.template.overall_rule,
        sections=row.template.sections,
        initial=_rated_before(content, [card.key for card in found], row),
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.rate(by=signed_in(request), appraisal=row.pk, **form.said())
        except Refused as refused:
            form.take(refused)
        else:
            messages.success(request, _("Your ratings are kept."))
            return redirect("appraisals:appraisal", key)
    context = {
        "appraisal": row,
        "form": form,
        "side": content.side,
        "cards": {card.key: card for card in found},
        "rule": rule_words(row.template),
    }
    return page(request, "appraisals/rate.html", context)


def _rated_before(content: Content, objectives: list[int], row: Appraisal) -> dict[str, Any]:
    side = content.side
    initial: dict[str, Any] = {"overall": content.said(Kind.OVERALL, "rating", side=side)}
    for key in objectives:
        initial[f"rating-{key}"] = content.said(Kind.RATING, "rating", objective=key, side=side)
        initial[f"text-{key}"] = content.said(Kind.RATING, objective=key, side=side)
    for competency in row.template.competencies:
        given = content.competency(competency.pk, side)
        initial[f"competency-{competency.pk}"] = given.said["rating"] if given else ""
        initial[f"competency-text-{competency.pk}"] = given.said["text"] if given else ""
    for section in row.template.sections:
        initial[f"section-{section['code']}"] = content.said(Kind.COMMENT, topic=section["code"], side=side)
    return initial


def _objective(row: Appraisal, key: int) -> Objective:
    rows = row.objectives.select_related("element", "measure", "action")
    found = rows.filter(pk=key, dropped_on__isnull=True).first()
    if found is None:
        raise Http404
    return found
