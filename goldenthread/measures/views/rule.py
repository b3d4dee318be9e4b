"""The rule by which a measure is rated, and giving it another after seeing what that would have said."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from goldenthread.domain.periods import Period
from goldenthread.history.clock import today
from goldenthread.measures.forms.rule import AssignForm
from goldenthread.measures.models import Measure
from goldenthread.measures.queries.rating import Trial, rule_choices, trial
from goldenthread.measures.queries.rules import rules_of
from goldenthread.measures.services import Refused, assign_rule
from goldenthread.measures.views.enter import visible_measure
from goldenthread.measures.wording import Wording
from goldenthread.web import render
from goldenthread.web.permission import refuse_unless, requires


@requires("measures.change_rule", navigation="measures")
def rule(request: HttpRequest, code: str) -> HttpResponse:
    measure = visible_measure(request, code)
    reason = _("Whoever enters a measure's figures does not choose its rule.")
    refuse_unless(request, "measures.change_rule", measure, reason=reason)
    choices, given = rule_choices(today()), rules_of(measure)
    period = own_period(measure)
    trying = request.method == "POST" and request.POST.get("act") != "save"
    initial = {"starts": period.start, "rule": request.GET.get("rule", "")}
    form = AssignForm(request.POST or None, choices=choices, trying=trying, initial=initial)
    tried: Trial | None = None
    if request.method == "POST" and form.is_valid():
        chosen = next(one for one in choices if one.code == form.cleaned_data["rule"])
        starts: date | None = form.cleaned_data["starts"]
        if trying:
            tried = trial(measure, chosen.version, starts)
        else:
            try:
                assign_rule(by=request.user, measure=code, **form.cleaned_data)
            except Refused as fault:
                form.refuse(fault.faults)
            else:
                messages.success(request, _("The rule is given. Earlier periods keep their statuses."))
                return redirect("measures:rule", code)
    context = {
        "measure": measure,
        "definition": measure.sums,
        "period": period,
        "in_force": given.at(period),
        "assignments": given.assignments[::-1],
        "titles": {one.code: one.title for one in choices},
        "choices": choices,
        "form": form,
        "trial": tried,
        "shown": Wording(),
    }
    return render.page(request, "measures/rule.html", context)


def own_period(measure: Measure) -> Period:
    """The measure's own period of today."""
    return Period.of(measure.sums.frequency, today(), measure.sums.year)
