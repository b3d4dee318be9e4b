"""Elements: added, changed, linked to what they serve, commented on and judged."""

from datetime import timedelta
from typing import Any

from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goldenthread.council.views.saving import saved
from goldenthread.domain.periods import Period
from goldenthread.domain.words import Frequency, PlanState
from goldenthread.history.acts import acting
from goldenthread.history.clock import today
from goldenthread.plans import services
from goldenthread.plans.forms.elements import (
    CommentaryForm,
    ElementForm,
    EndLinkForm,
    JudgementForm,
    LinkForm,
    WeighForm,
)
from goldenthread.plans.models import Element, Link, Plan
from goldenthread.plans.queries.plans import elements_running, next_element_code
from goldenthread.plans.views.plans import plan_to_change
from goldenthread.web.permission import refuse_unless, requires
from goldenthread.web.render import page

#: How many quarters back one may comment on.
QUARTERS = 5
CLOSED = (
    gettext_lazy("This plan is closed"),
    gettext_lazy("What it says stays on the record as it is, with all that served it."),
    gettext_lazy("See what it says"),
)


@requires("plans.change_element", navigation="plans")
def new_element(request: HttpRequest, code: str) -> HttpResponse:
    """Add to what a plan says."""
    plan = plan_to_change(request, code)
    if plan.state == PlanState.CLOSED:
        return redirect("scorecards:plan", code)
    last = plan.elements.order_by("-order", "-code").first()
    form = ElementForm(
        request.POST if request.method == "POST" else None,
        serves=elements_running(plan.starts or today()),
        initial={
            "code": next_element_code(plan),
            "kind": last.kind.code if last else "",
            "serves": request.GET.get("serves", ""),
        },
    )
    if request.method == "POST" and saved(request, form, _add, _("It is added to the plan."), plan=plan):
        return redirect("scorecards:element", form.cleaned_data["code"])
    return form_page(
        request,
        form,
        _("Add to the plan"),
        _("Add it"),
        [(plan.title, reverse("scorecards:plan", args=[code]))],
        caption=plan.title,
    )


def _add(*, by: Any, plan: Plan, code: str, serves: str, **said: Any) -> None:
    """The element and what it serves in one act: either both or neither."""
    with acting(by=by, verb="write_plan", object=f"plan {plan.code}"):
        services.add_element(by=by, plan=plan.code, code=code, **said)
        if serves:
            services.link_elements(by=by, above=serves, below=code, starts=plan.starts)


@requires("plans.change_element", navigation="plans")
def change_element(request: HttpRequest, code: str) -> HttpResponse:
    """Change an element's wording, kind, owner or roll-up."""
    element = element_to_change(request, code)
    initial = {name: getattr(element, name) for name in ("title", "description", "roll_up", "edition")} | {
        "kind": element.kind.code,
        "owner": element.owner.code if element.owner else "",
    }
    form = ElementForm(request.POST if request.method == "POST" else None, initial=initial, existing=True)
    if request.method == "POST" and saved(request, form, _change, _("It is changed."), element=code):
        return redirect("scorecards:element", code)
    return form_page(request, form, _("Change it"), _("Save"), _crumbs(element), caption=element.title, of=element)


def _change(*, by: Any, element: str, edition: int | None, reason: str, **changes: Any) -> None:
    services.change_element(by=by, element=element, changes=changes, edition=edition, reason=reason)


@requires("plans.change_element", navigation="plans")
def link(request: HttpRequest, code: str) -> HttpResponse:
    """Say what an element serves. A link that would close a circle is refused with the path."""
    element = element_to_change(request, code)
    above = elements_running(today()).exclude(pk=element.pk)
    form = LinkForm(
        request.POST if request.method == "POST" else None,
        above=above,
        initial={"starts": max(element.plan.starts or today(), element.starts or element.plan.starts or today())},
    )
    if request.method == "POST" and saved(request, form, services.link_elements, _("It is linked."), below=code):
        return redirect("scorecards:element", code)
    return form_page(
        request,
        form,
        _("What it serves"),
        _("Link it"),
        _crumbs(element),
        caption=element.title,
        lead=_("The line upward: which priority, outcome or aim this helps to bring about."),
        of=element,
    )


@requires("plans.change_element", navigation="plans")
def weigh_link(request: HttpRequest, code: str, above: str) -> HttpResponse:
    """Give a link another weight from a day on."""
    found = _link(request, code, above)
    form = WeighForm(
        request.POST if request.method == "POST" else None, initial={"weight": found.weight, "starts": today()}
    )
    names = {"above": found.above.code, "below": found.below.code}
    if request.method == "POST" and saved(request, form, services.weigh_link, _("It has another weight."), **names):
        return redirect("scorecards:element", found.above.code)
    lead = _("How much “%(below)s” counts in “%(above)s”.") % {"below": found.below, "above": found.above}
    return form_page(request, form, _("Weigh the link"), _("Save"), _crumbs(found.above), lead=lead, of=found.above)


@requires("plans.change_element", navigation="plans")
def unlink(request: HttpRequest, code: str, above: str) -> HttpResponse:
    """End a link on a day; until then it stays on the record."""
    found = _link(request, code, above)
    yesterday = today() - timedelta(days=1)
    form = EndLinkForm(
        request.POST if request.method == "POST" else None,
        initial={"ends": max(yesterday, found.starts) if found.starts else yesterday},
    )
    names = {"above": found.above.code, "below": found.below.code}
    if request.method == "POST" and saved(request, form, services.unlink_elements, _("The link is ended."), **names):
        return redirect("scorecards:element", found.below.code)
    lead = _("“%(below)s” serves “%(above)s” until this day, and no longer.") % {
        "below": found.below,
        "above": found.above,
    }
    return form_page(request, form, _("End the link"), _("End it"), _crumbs(found.below), lead=lead)


@requires("plans.write_commentary", navigation="plans")
def comment(request: HttpRequest, code: str) -> HttpResponse:
    """Say how an element is going."""
    element = get_object_or_404(Element.objects.select_related("plan", "kind", "owner"), code=code)
    refuse_unless(request, "plans.write_commentary", element, reason=_("Its owner writes about it."))
    form = CommentaryForm(request.POST if request.method == "POST" else None, periods=_periods())
    if request.method == "POST" and saved(
        request, form, services.write_element_commentary, _("Your commentary is kept."), element=code
    ):
        return redirect("scorecards:element", code)
    return form_page(
        request, form, _("Write commentary"), _("Save"), _crumbs(element), caption=element.title, of=element
    )


@requires("plans.change_element", navigation="plans")
def judge(request: HttpRequest, code: str) -> HttpResponse:
    """Give an element a status until a day."""
    element = element_to_change(request, code)
    form = JudgementForm(request.POST if request.method == "POST" else None, periods=_periods())
    if request.method == "POST" and saved(
        request, form, services.judge_element, _("Your judgement is kept."), element=code
    ):
        return redirect("scorecards:element", code)
    lead = _("It is shown with your name and your reason, beside the counts of what serves it.")
    return form_page(
        request, form, _("Judge how it is going"), _("Save"), _crumbs(element), element.title, lead, of=element
    )


def element_to_change(request: HttpRequest, code: str) -> Element:
    element = get_object_or_404(Element.objects.select_related("plan__unit", "kind", "owner"), code=code)
    refuse_unless(
        request, "plans.change_element", element, reason=_("Plans of other units are changed by those who head them.")
    )
    return element


def _closed_to(request: HttpRequest, element: Element) -> tuple[Any, ...] | None:
    """What stands in a form's place once its element's plan is closed; what was written by then stays on the page."""
    return CLOSED if element.plan.state == PlanState.CLOSED and request.method != "POST" else None


def _link(request: HttpRequest, below: str, above: str) -> Link:
    """The last link of two elements. It may be changed by whoever writes the plan at either of its ends."""
    links = Link.objects.select_related("above__plan", "below__plan").filter(below__code=below, above__code=above)
    found = links.order_by(F("starts").asc(nulls_first=True), "pk").last()
    if found is None:
        raise Http404
    if not request.user.has_perm("plans.change_element", found.above):
        refuse_unless(request, "plans.change_element", found.below)
    return found


def _periods() -> list[tuple[str, str]]:
    """The quarter that runs and those before it, the last that ended first."""
    quarter = Period.of(Frequency.QUARTER, today())
    found = [quarter]
    for _place in range(QUARTERS - 1):
        found.append(found[-1].previous())
    return [(one.text, one.words(_)) for one in [*found[1:], found[0]]]


def _crumbs(element: Element) -> list[tuple[str, str]]:
    return [
        (element.plan.title, reverse("scorecards:plan", args=[element.plan.code])),
        (element.title, reverse("scorecards:element", args=[element.code])),
    ]


def form_page(
    request: HttpRequest,
    form: Any,
    title: str,
    save: str,
    crumbs: list[tuple[str, str]],
    caption: str = "",
    lead: str = "",
    of: Element | None = None,
) -> HttpResponse:
    """A form's page. ``of`` is the element that the form is about: in a closed plan there is nothing to fill in."""
    context = {
        "form": form,
        "title": title,
        "caption": caption,
        "lead": lead,
        "crumbs": crumbs,
        "back": crumbs[-1][1],
        "save": save,
        "closed": _closed_to(request, of) if of is not None else None,
    }
    return page(request, "plans/form.html", context)
