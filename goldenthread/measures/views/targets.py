"""A measure's targets: what stands, and setting, amending and correcting them after seeing what it would mean."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from goldenthread.domain.periods import Period, PeriodError
from goldenthread.domain.words import Frequency
from goldenthread.measures.forms.figures import beside
from goldenthread.measures.forms.targets import TargetForm
from goldenthread.measures.models import Target
from goldenthread.measures.queries.targets import this_year, year_of_targets
from goldenthread.measures.services import Refused, amend_target, correct_target, set_target
from goldenthread.measures.services.targets import rows_of
from goldenthread.measures.views.enter import visible_measure
from goldenthread.measures.wording import Wording
from goldenthread.web import render
from goldenthread.web.permission import refuse_unless, requires

VERBS = {"set_target": set_target, "amend_target": amend_target, "correct_target": correct_target}
SAID = {
    "set_target": _("The target is set."),
    "amend_target": _("The target is amended. The original stays beside it."),
    "correct_target": _("The target is corrected."),
}


@requires("measures.change_target", navigation="measures")
def targets(request: HttpRequest, code: str) -> HttpResponse:
    measure = visible_measure(request, code)
    refuse_unless(
        request,
        "measures.change_target",
        measure,
        reason=str(_("Whoever enters a measure's figures does not set its targets.")),
    )
    year = _year(request, measure.sums)
    category = request.GET.get("category", "")[:400]
    page = year_of_targets(measure, year, category=category)
    form = TargetForm(request.POST or None, page=page)
    drafts: Sequence[Target] = ()
    if request.method == "POST" and form.is_valid():
        verb, entry = form.cleaned_data["verb"], form.entry()
        try:
            if request.POST.get("act") == "save":
                VERBS[verb](by=request.user, measure=code, entry=entry)
                messages.success(request, str(SAID[verb]))
                return redirect(_address(code, year, category))
            # What it would mean can be seen before it has been decided and the reason found.
            drafts = rows_of(verb, measure, replace(entry, decision=entry.decision or "?", reason=entry.reason or "?"))
        except Refused as fault:
            form.refuse(fault.faults)
        else:
            page = year_of_targets(measure, year, category=category, drafts=drafts)
    before, after = beside(page.definition)
    context: dict[str, Any] = {
        "page": page,
        "measure": measure,
        "form": form,
        "previewed": bool(drafts),
        "shown": Wording(),
        "prefix": before,
        "suffix": after,
        "address": _address(code, year, category),
    }
    return render.page(request, "measures/targets.html", context)


def _year(request: HttpRequest, definition: Any) -> Period:
    """The year asked for, or this one."""
    try:
        period = Period.parse(request.GET.get("year", ""))
    except PeriodError:
        return this_year(definition)
    return period if period.frequency is Frequency.YEAR and not period.is_span else this_year(definition)


def _address(code: str, year: Period, category: str) -> str:
    asked = {"year": year.text} | ({"category": category} if category else {})
    return f"{reverse('measures:targets', args=[code])}?{urlencode(asked)}"
