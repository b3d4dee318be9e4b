"""The competency framework: read by everybody who is appraised, written by human resources, version by version."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from goldenthread.appraisals import services
from goldenthread.appraisals.forms import CompetencyForm, FrameworkForm, LevelsForm
from goldenthread.appraisals.models import Competency, Framework, Template
from goldenthread.appraisals.queries.competencies import by_title, frameworks, laid_out
from goldenthread.history.acts import Refused
from goldenthread.web.permission import requires, signed_in
from goldenthread.web.posting import posted
from goldenthread.web.render import page


@requires("appraisals.take_part", navigation="appraisals")
def all_frameworks(request: HttpRequest) -> HttpResponse:
    """Every framework with its versions; whoever runs the year begins one here. Others see what is adopted."""
    runs = request.user.has_perm("appraisals.run_year")
    rows = [one for one in frameworks() if runs or one.adopted_on]
    form = FrameworkForm(request.POST if request.method == "POST" and runs else None)
    if form.is_bound and form.is_valid():
        try:
            begun = services.start_framework(by=signed_in(request), **form.cleaned_data)
        except Refused as refused:
            form.take(refused)
        else:
            messages.success(request, _("%s is begun: write its competencies.") % begun.title)
            return redirect("appraisals:framework", begun.pk)
    return page(request, "appraisals/frameworks.html", {"frameworks": by_title(rows), "form": form, "runs": runs})


@requires("appraisals.take_part", navigation="appraisals")
def framework(request: HttpRequest, key: int) -> HttpResponse:
    """One version, whole."""
    row = get_object_or_404(frameworks(), pk=key)
    runs = request.user.has_perm("appraisals.run_year")
    if row.adopted_on is None and not runs:
        raise Http404
    templates = Template.objects.filter(framework=row).order_by("-year__starts", "title")
    context = {
        "framework": row,
        "competencies": laid_out(row),
        "levels": list(row.levels.order_by("order")),
        "templates": templates.select_related("year", "level"),
        "may_write": runs and not row.used_by,
        "may_copy": runs and not Framework.objects.filter(title=row.title, version__gt=row.version).exists(),
    }
    return page(request, "appraisals/framework.html", context)


@requires("appraisals.run_year", navigation="appraisals")
def levels(request: HttpRequest, key: int) -> HttpResponse:
    row = get_object_or_404(Framework, pk=key)
    named = "\n".join(row.levels.order_by("order").values_list("title", flat=True))
    form = LevelsForm(request.POST if request.method == "POST" else None, initial={"levels": named})
    if form.is_bound and form.is_valid():
        try:
            services.change_levels(by=signed_in(request), framework=key, **form.cleaned_data)
        except Refused as refused:
            form.take(refused)
        else:
            messages.success(request, _("The levels are kept."))
            return redirect("appraisals:framework", key)
    context = {"framework": row, "form": form, "title": _("Name the levels"), "save": _("Keep the levels")}
    return page(request, "appraisals/framework_form.html", context)


@requires("appraisals.run_year", navigation="appraisals")
def new_competency(request: HttpRequest, key: int) -> HttpResponse:
    return _competency_page(request, get_object_or_404(Framework, pk=key), None)


@requires("appraisals.run_year", navigation="appraisals")
def competency(request: HttpRequest, key: int, competency: int) -> HttpResponse:
    row = get_object_or_404(Framework, pk=key)
    return _competency_page(request, row, get_object_or_404(row.competencies, pk=competency))


def _competency_page(request: HttpRequest, row: Framework, existing: Competency | None) -> HttpResponse:
    if row.is_fixed:
        messages.info(request, _("A year of appraisals uses this version: write the next one."))
        return redirect("appraisals:framework", row.pk)
    form = CompetencyForm(
        request.POST if request.method == "POST" else None,
        levels=list(row.levels.order_by("order")),
        initial=_initial(existing) if existing else {},
    )
    if form.is_bound and form.is_valid():
        try:
            services.write_competency(
                by=signed_in(request),
                framework=row.pk,
                competency=existing.pk if existing else None,
                **form.said(),
            )
        except Refused as refused:
            form.take(refused)
        else:
            messages.success(request, _("The competency is kept."))
            return redirect("appraisals:framework", row.pk)
    context = {
        "framework": row,
        "form": form,
        "existing": existing,
        "title": _("Change the competency") if existing else _("Write a competency"),
        "save": _("Keep the competency"),
    }
    return page(request, "appraisals/framework_form.html", context)


def _initial(existing: Competency) -> dict[str, Any]:
    told = {f"level-{one.level_id}": one.text for one in existing.behaviours.all()}
    return {"title": existing.title, "about": existing.about, **told}


@requires("appraisals.run_year", navigation="appraisals")
@posted(form_at="appraisals:competency")
def drop_competency(request: HttpRequest, key: int, competency: int) -> HttpResponse:
    try:
        services.drop_competency(by=signed_in(request), framework=key, competency=competency)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The competency is taken out."))
    return redirect("appraisals:framework", key)


@requires("appraisals.run_year", navigation="appraisals")
@posted(form_at="appraisals:framework")
def adopt(request: HttpRequest, key: int) -> HttpResponse:
    try:
        adopted = services.adopt_framework(by=signed_in(request), framework=key)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Version %s is adopted: templates may use it now.") % adopted.version)
    return redirect("appraisals:framework", key)


@requires("appraisals.run_year", navigation="appraisals")
@posted(form_at="appraisals:framework")
def next_version(request: HttpRequest, key: int) -> HttpResponse:
    try:
        copy = services.start_next_version(by=signed_in(request), framework=key)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("appraisals:framework", key)
    messages.success(request, _("Version %s is a copy: change what is to be different, then adopt it.") % copy.version)
    return redirect("appraisals:framework", copy.pk)
