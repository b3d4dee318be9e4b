"""How the posts of a tier are appraised in a year: set up before its appraisals begin, read afterwards."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from goldenthread.appraisals import services
from goldenthread.appraisals.forms import TemplateForm
from goldenthread.appraisals.forms.years import template_initial
from goldenthread.appraisals.models import AppraisalYear, Template
from goldenthread.appraisals.queries.years import set_up
from goldenthread.appraisals.services.years import USUAL_SCALE
from goldenthread.appraisals.words import rule_words
from goldenthread.domain.appraisals import OverallRule
from goldenthread.history.acts import Refused
from goldenthread.history.clock import today
from goldenthread.web.permission import requires, signed_in
from goldenthread.web.render import page


@requires("appraisals.run_year", navigation="appraisals")
def template(request: HttpRequest, key: int) -> HttpResponse:
    row = get_object_or_404(Template.objects.select_related("year", "framework", "level"), pk=key)
    begun = row.appraisals.exists()
    form = TemplateForm(
        request.POST if request.method == "POST" else None,
        may_moderate=row.moderated or row.year.starts > today(),
        initial=template_initial(row),
    )
    if form.is_bound and form.is_valid():
        try:
            services.change_template(by=signed_in(request), template=key, **form.cleaned_data)
        except Refused as refused:
            form.take(refused)
        else:
            messages.success(request, _("The template is kept."))
            return redirect("appraisals:year", row.year_id)
    context = {"template": row, "year": row.year, "form": form, "begun": begun, "rule": rule_words(row)}
    return page(request, "appraisals/template.html", context)


@requires("appraisals.run_year", navigation="appraisals")
def new_template(request: HttpRequest, key: int) -> HttpResponse:
    """For a tier of posts that the year has no template for yet: until then nobody in it is appraised."""
    year = get_object_or_404(AppraisalYear, pk=key)
    without = set_up(year, today()).without
    if not without:
        messages.info(request, _("Every tier of posts has a template."))
        return redirect("appraisals:year", key)
    form = TemplateForm(
        request.POST if request.method == "POST" else None,
        may_moderate=year.starts > today(),
        tiers=without,
        initial={
            "scale": "\n".join(str(word) for _number, word in USUAL_SCALE),
            "rule": OverallRule.WEIGHTED_MEAN.value,
            "competencies_share": 0,
        },
    )
    if form.is_bound and form.is_valid():
        try:
            services.add_template(by=signed_in(request), year=year, **form.cleaned_data)
        except Refused as refused:
            form.take(refused)
        else:
            messages.success(request, _("The template is kept."))
            return redirect("appraisals:year", key)
    return page(request, "appraisals/template.html", {"year": year, "form": form})
