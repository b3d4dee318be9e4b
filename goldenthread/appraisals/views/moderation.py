"""Moderation: human resources name the panel; the panel sees the overall ratings, and may suggest another."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from goldenthread.appraisals import services
from goldenthread.appraisals.forms.moderation import PanelForm, SuggestForm
from goldenthread.appraisals.models import Panel, Template
from goldenthread.appraisals.moderation import panels_of, seen_by_panel
from goldenthread.appraisals.views.sealed import sealed
from goldenthread.history.acts import Refused
from goldenthread.history.clock import today
from goldenthread.web.permission import requires, signed_in
from goldenthread.web.render import page


@requires("appraisals.run_year", navigation="appraisals")
def panels(request: HttpRequest) -> HttpResponse:
    """Every moderated template, and who sits on its panel."""
    rows = Template.objects.filter(moderated=True).select_related("year", "panel").order_by("-year__starts", "title")
    context = {"templates": rows.prefetch_related("panel__members"), "today": today()}
    return page(request, "appraisals/panels.html", context)


@requires("appraisals.run_year", navigation="appraisals")
def name_panel(request: HttpRequest, key: int) -> HttpResponse:
    template = get_object_or_404(Template.objects.select_related("year"), pk=key, moderated=True)
    panel = Panel.objects.filter(template=template).prefetch_related("members").first()
    form = PanelForm(
        request.POST if request.method == "POST" else None,
        sitting=[person.code for person in panel.members.all()] if panel else [],
        initial={"starts": panel.starts, "ends": panel.ends} if panel else {"starts": today()},
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.name_panel(by=signed_in(request), template=key, **form.said())
        except Refused as refused:
            form.take(refused)
        else:
            messages.success(request, _("The panel is named. Everybody it is about finds it on their appraisal."))
            return redirect("appraisals:panels")
    return page(request, "appraisals/panel_form.html", {"form": form, "template": template})


@requires("appraisals.sit_on_panel", navigation="appraisals")
@sealed
def moderation(request: HttpRequest) -> HttpResponse:
    """The overall ratings before each panel on which the reader sits."""
    found = [(panel, seen_by_panel(panel, reader=request.user)) for panel in panels_of(request.user)]
    return page(request, "appraisals/moderation.html", {"panels": found})


@requires("appraisals.sit_on_panel", navigation="appraisals")
@sealed
def suggest(request: HttpRequest, key: int, appraisal: int) -> HttpResponse:
    """Suggest another rating to the appraiser."""
    panel = next((one for one in panels_of(request.user) if one.pk == key), None)
    lines = seen_by_panel(panel, reader=request.user) if panel else []
    line = next((one for one in lines if one.appraisal.pk == appraisal), None)
    if panel is None or line is None:
        raise Http404
    form = SuggestForm(request.POST if request.method == "POST" else None, scale=panel.template.ratings)
    if request.method == "POST" and form.is_valid():
        try:
            services.suggest_rating(
                by=signed_in(request),
                panel=key,
                appraisal=appraisal,
                **form.cleaned_data,
            )
        except Refused as refused:
            form.take(refused)
        else:
            messages.success(request, _("The appraiser finds it on the appraisal, and decides."))
            return redirect("appraisals:moderation")
    return page(request, "appraisals/suggest.html", {"form": form, "line": line, "panel": panel})
