"""Plans: all of them, and one begun, changed and sent on its way."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goldenthread.council.models import Unit
from goldenthread.council.views.saving import saved
from goldenthread.domain.periods import Period
from goldenthread.domain.words import Frequency, PlanState
from goldenthread.history.clock import today
from goldenthread.plans import services
from goldenthread.plans.forms.filters import PlanFilter
from goldenthread.plans.forms.plans import CloseForm, DecisionForm, PlanForm
from goldenthread.plans.models import Plan
from goldenthread.plans.queries.plans import kinds_of_plan, plans_listed, years_of_plans
from goldenthread.plans.words import PLAN_STATES
from goldenthread.web.permission import refuse_unless, requires
from goldenthread.web.render import page
from goldenthread.web.sheets import TYPES, download

COLUMNS = [
    (gettext_lazy("Code"), 14),
    (gettext_lazy("Plan"), 48),
    (gettext_lazy("Kind"), 22),
    (gettext_lazy("Whose"), 30),
    (gettext_lazy("First day"), 13),
    (gettext_lazy("Last day"), 13),
    (gettext_lazy("State"), 18),
    (gettext_lazy("After"), 14),
    (gettext_lazy("Elements"), 10),
    (gettext_lazy("Actions"), 10),
]


@requires("plans.view_plan", navigation="plans")
def plans(request: HttpRequest) -> HttpResponse:
    """Every plan, by kind and year."""
    day = today()
    form = PlanFilter(
        request.GET, years=years_of_plans(day), kinds=kinds_of_plan(), this=Period.of(Frequency.YEAR, day)
    )
    kinds = plans_listed(**form.asked())
    if request.GET.get("format") in TYPES:
        rows = [_cells(plan) for kind in kinds for plan in kind.plans]
        return download(request.GET["format"], _("Plans"), COLUMNS, rows)
    context = {"kinds": kinds, "form": form, "states": PLAN_STATES, "any": Plan.objects.exists()}
    return page(request, "plans/plans.html", context)


@requires("plans.change_plan", navigation="plans")
def new_plan(request: HttpRequest) -> HttpResponse:
    """Begin a plan, as a draft."""
    unit = request.GET.get("unit", "")
    form = PlanForm(request.POST if request.method == "POST" else None, initial=_first_draft(unit))
    if request.method == "POST":
        _hold_to_own_units(request, form)
        if saved(request, form, services.add_plan, _("The plan is begun, as a draft. Say next what it is to achieve.")):
            return redirect("scorecards:plan", form.cleaned_data["code"])
    return page(
        request,
        "plans/form.html",
        {
            "form": form,
            "title": _("New plan"),
            "lead": _("It begins as a draft that only needs a name, an owner and its dates."),
            "crumbs": [],
            "back": reverse("plans:plans"),
            "save": _("Begin the plan"),
        },
    )


@requires("plans.change_plan", navigation="plans")
def change_plan(request: HttpRequest, code: str) -> HttpResponse:
    """Change what a plan is called, whose it is, what it is for, its budget headline and dates."""
    plan = plan_to_change(request, code)
    initial = {name: getattr(plan, name) for name in ("title", "kind", "starts", "ends", "purpose", "budget")} | {
        "unit": plan.unit.code if plan.unit else ""
    }
    form = PlanForm(request.POST if request.method == "POST" else None, initial=initial, existing=True)
    if request.method == "POST":
        _hold_to_own_units(request, form)
        if saved(request, form, _change, _("The plan is changed."), plan=code):
            return redirect("scorecards:plan", code)
    return _form(request, plan, form, _("Change the plan"), _("Save"))


@requires("plans.change_plan", navigation="plans")
def plan_step(request: HttpRequest, code: str) -> HttpResponse:
    """The next step of a plan: out to consultation, adopted, closed."""
    plan = plan_to_change(request, code)
    if plan.state == PlanState.CLOSED:
        return redirect("scorecards:plan", code)
    verb, title, lead, save, said = _STEPS[PlanState(plan.state)]()
    if plan.state == PlanState.ADOPTED:
        form: Any = CloseForm(
            request.POST if request.method == "POST" else None, initial={"ends": min(plan.ends or today(), today())}
        )
    else:
        form = DecisionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and saved(request, form, verb, said, plan=code):
        return redirect("scorecards:plan", code)
    return _form(request, plan, form, title, save, lead)


_STEPS: dict[PlanState, Any] = {
    PlanState.DRAFT: lambda: (
        services.consult_plan,
        _("Send it out to consultation"),
        _("Staff and members read it and say what they think. It can still be changed."),
        _("Send it out"),
        _("The plan is out to consultation."),
    ),
    PlanState.CONSULTED: lambda: (
        services.adopt_plan,
        _("Adopt the plan"),
        _("From its first day it counts: its objectives, measures and actions stand on the thread."),
        _("Adopt it"),
        _("The plan is adopted."),
    ),
    PlanState.ADOPTED: lambda: (
        services.close_plan,
        _("Close the plan"),
        _(
            "It stays to be read. Whatever still points to it is shown as a gap. Where another plan takes over, say so "
            "first: then each objective goes on, is merged or is retired."
        ),
        _("Close it"),
        _("The plan is closed."),
    ),
}


def _cells(plan: Any) -> list[Any]:
    """The row of a plan in a file."""
    return [
        plan.code,
        plan.title,
        plan.kind,
        plan.unit.name if plan.unit else _("The whole council"),
        plan.starts,
        plan.ends,
        str(PLAN_STATES[plan.state]),
        plan.succeeds.code if plan.succeeds else "",
        plan.says,
        plan.promises,
    ]


def plan_to_change(request: HttpRequest, code: str) -> Plan:
    plan = get_object_or_404(Plan.objects.select_related("unit"), code=code)
    refuse_unless(
        request, "plans.change_plan", plan, reason=_("Plans of other units are changed by those who head them.")
    )
    return plan


def _hold_to_own_units(request: HttpRequest, form: PlanForm) -> None:
    """A head of service writes plans of their own units only."""
    if form.is_valid():
        asked = Plan(unit=Unit.objects.filter(code=form.cleaned_data["unit"]).first())
        if not request.user.has_perm("plans.change_plan", asked):
            form.add_error("unit", _("Choose a unit that you head."))


def _change(*, by: Any, plan: str, **changes: Any) -> None:
    services.change_plan(by=by, plan=plan, changes=changes)


def _first_draft(unit: str) -> dict[str, Any]:
    """The dates of this year's plan, or of the next one's in the last quarter, and a service plan where a unit asks."""
    year = Period.of(Frequency.YEAR, today())
    drafted: dict[str, Any] = {"starts": year.start, "ends": year.end, "unit": unit}
    if unit:
        drafted |= {"kind": _("Service plan"), "code": f"{unit}-{year.start:%y}"}
    return drafted


def _form(request: HttpRequest, plan: Plan, form: Any, title: str, save: str, lead: str = "") -> HttpResponse:
    back = reverse("scorecards:plan", args=[plan.code])
    context = {
        "form": form,
        "title": title,
        "caption": plan.title,
        "lead": lead,
        "crumbs": [(plan.title, back)],
        "back": back,
        "save": save,
    }
    return page(request, "plans/form.html", context)
