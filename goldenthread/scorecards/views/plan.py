"""A plan with its live statuses, one element of it, and what joins measures to them and one plan to the next."""

from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from goldenthread.council.views.saving import saved
from goldenthread.domain.actions import action_words
from goldenthread.domain.rollup import count_words, rollup_words
from goldenthread.domain.words import PlanState, RollUp
from goldenthread.history.acts import Refused
from goldenthread.history.clock import today
from goldenthread.measures.models import Measure
from goldenthread.measures.rules import visible_to
from goldenthread.measures.services import link_measure as link_to
from goldenthread.measures.services import succeed_plan, unlink_measure, weigh_measure
from goldenthread.measures.shown import Shown
from goldenthread.plans.forms.elements import EndLinkForm, WeighForm
from goldenthread.plans.models import Plan
from goldenthread.plans.queries.plans import elements_running
from goldenthread.plans.views.elements import element_to_change, form_page
from goldenthread.plans.views.plans import plan_to_change
from goldenthread.plans.words import PLAN_STATES, ROLL_UPS
from goldenthread.scorecards.forms.plan import LinkMeasureForm, SuccessionForm
from goldenthread.scorecards.queries.plan import find_element, find_plan, read_element, read_plan
from goldenthread.web.permission import requires, signed_in
from goldenthread.web.render import page


def seen_by(request: HttpRequest) -> Q | None:
    """The measures that the reader may see; None for one who sees all."""
    return visible_to(request.user) or None


def told(node: Any) -> str:
    """Why a node stands as it does, as a sentence."""
    if node.reason is None:
        return ""
    if node.standing is not None:
        return action_words(node.reason, translate=_)
    return rollup_words(node.reason, translate=_)


@requires("plans.view_plan", navigation="plans")
def plan(request: HttpRequest, code: str) -> HttpResponse:
    """One plan: what it says, how each part of it is going and why, whose it is."""
    context = _plan_context(request, code)
    return page(request, "scorecards/plan.html", context)


@requires("plans.view_plan", navigation="plans")
def plan_page(request: HttpRequest, code: str) -> HttpResponse:
    """The plan on a page: one side of A4."""
    return page(request, "scorecards/plan_page.html", _plan_context(request, code))


def _plan_context(request: HttpRequest, code: str) -> dict[str, Any]:
    found = find_plan(code)
    if found is None:
        raise Http404
    return {
        "plan": found,
        "read": read_plan(found, visible=seen_by(request)),
        "states": PLAN_STATES,
        "told": told,
        "counted": lambda counts: count_words(counts, translate=_),
        "shown": Shown(),
        "changes": found.state != PlanState.CLOSED and request.user.has_perm("plans.change_plan", found),
        "today": today(),
    }


@requires("plans.view_plan", navigation="plans")
def element(request: HttpRequest, code: str) -> HttpResponse:
    """One element: what it is, how it is going and why, the line up to the priority and what is below it."""
    found = find_element(code)
    if found is None:
        raise Http404
    may = request.user.has_perm
    changes = found.plan.state != PlanState.CLOSED and may("plans.change_element", found)
    context = {
        "element": found,
        "read": read_element(found, visible=seen_by(request)),
        "told": told,
        "counted": lambda counts: count_words(counts, translate=_),
        "roll_up": ROLL_UPS[RollUp(found.roll_up)],
        "states": PLAN_STATES,
        "shown": Shown(),
        "changes": changes,
        "judges": changes and found.roll_up == RollUp.JUDGED,
        "writes": found.plan.state != PlanState.CLOSED and may("plans.write_commentary", found),
    }
    return page(request, "scorecards/element.html", context)


@requires("plans.change_element", navigation="plans")
def link_measure(request: HttpRequest, code: str) -> HttpResponse:
    """Say which measure shows how an element is going."""
    found = element_to_change(request, code)
    measures = Measure.objects.filter(visible_to(request.user), ends__isnull=True)
    form = LinkMeasureForm.to_element(
        request.POST if request.method == "POST" else None, measures, found.plan.starts or today()
    )
    if request.method == "POST" and saved(request, form, link_to, _("The measure is linked."), element=code):
        return redirect("scorecards:element", code)
    lead = _("Its status then counts in how “%(element)s” is going.") % {"element": found.title}
    return form_page(request, form, _("Link a measure"), _("Link it"), _element_crumbs(found), lead=lead, of=found)


@requires("plans.change_element", navigation="plans")
def serve(request: HttpRequest, code: str) -> HttpResponse:
    """Say what a measure shows: for a measure that serves nothing yet."""
    found = get_object_or_404(Measure.objects.filter(visible_to(request.user)), code=code)
    own = [one for one in elements_running(today()) if request.user.has_perm("plans.change_element", one)]
    form = LinkMeasureForm.of_measure(request.POST if request.method == "POST" else None, own, today())
    if request.method == "POST" and saved(request, form, link_to, _("The measure is linked."), measure=code):
        return redirect("scorecards:element", form.cleaned_data["element"])
    crumbs = [(_("Gaps"), reverse("scorecards:gaps")), (found.title, reverse("measures:measure", args=[code]))]
    lead = _("Every measure shows how something in a plan is going. Choose what “%(measure)s” shows.") % {
        "measure": found.title
    }
    return form_page(request, form, _("What it shows"), _("Link it"), crumbs, lead=lead)


@requires("plans.change_element", navigation="plans")
def weigh_measure_link(request: HttpRequest, code: str, measure: str) -> HttpResponse:
    """Give a measure another weight in an element from a day on."""
    found = element_to_change(request, code)
    form = WeighForm(request.POST if request.method == "POST" else None, initial={"weight": 1, "starts": today()})
    names = {"element": code, "measure": measure}
    if request.method == "POST" and saved(request, form, weigh_measure, _("It has another weight."), **names):
        return redirect("scorecards:element", code)
    lead = _("How much %(measure)s counts in “%(element)s”.") % {"measure": measure, "element": found.title}
    return form_page(request, form, _("Weigh the measure"), _("Save"), _element_crumbs(found), lead=lead, of=found)


@requires("plans.change_element", navigation="plans")
def unlink_from_element(request: HttpRequest, code: str, measure: str) -> HttpResponse:
    """End a measure's link to an element on a day."""
    found = element_to_change(request, code)
    form = EndLinkForm(
        request.POST if request.method == "POST" else None, initial={"ends": today() - timedelta(days=1)}
    )
    names = {"element": code, "measure": measure}
    if request.method == "POST" and saved(request, form, unlink_measure, _("The link is ended."), **names):
        return redirect("scorecards:element", code)
    lead = _("%(measure)s shows “%(element)s” until this day, and no longer.") % {
        "measure": measure,
        "element": found.title,
    }
    return form_page(request, form, _("End the link"), _("End it"), _element_crumbs(found), lead=lead)


@requires("plans.change_plan", navigation="plans")
def succeed(request: HttpRequest, code: str) -> HttpResponse:
    """Let another plan take over: each element goes on, is merged with another, or is retired."""
    before = plan_to_change(request, code)
    if before.state == PlanState.CLOSED:
        return redirect("scorecards:plan", code)
    after = _that_may_follow(request, before)
    running = before.elements.filter(Q(ends__isnull=True) | Q(ends__gte=today()), succeeded_by__isnull=True)
    form = SuccessionForm(
        request.POST if request.method == "POST" else None,
        plan=before,
        elements=list(running.select_related("kind").order_by("order", "code")),
        plans=after,
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            succeed_plan(
                by=signed_in(request),
                plan=code,
                successor=said["successor"],
                starts=said["starts"],
                fates=form.fates(),
                reason=said["reason"],
            )
        except Refused as refused:
            form.take(refused)
        else:
            return redirect("scorecards:plan", said["successor"])
    return page(request, "scorecards/succeed.html", {"form": form, "plan": before, "after": after})


def _that_may_follow(request: HttpRequest, plan: Plan) -> list[Plan]:
    """Plans that may take over from one: of the same unit, not closed, following no other; its own kind first."""
    found = (
        Plan.objects.filter(Q(succeeds__isnull=True) | Q(succeeds=plan), unit=plan.unit)
        .exclude(state=PlanState.CLOSED)
        .exclude(pk=plan.pk)
        .select_related("unit")
    )
    later = [one for one in found if one.starts and (plan.starts is None or one.starts > plan.starts)]
    return sorted(later, key=lambda one: (one.succeeds_id != plan.pk, one.kind != plan.kind, one.starts, one.code))


def _element_crumbs(found: Any) -> list[tuple[str, str]]:
    return [
        (found.plan.title, reverse("scorecards:plan", args=[found.plan.code])),
        (found.title, reverse("scorecards:element", args=[found.code])),
    ]
