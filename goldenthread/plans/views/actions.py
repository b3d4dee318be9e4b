"""Actions: the list and its timeline, and one action promised, reported on, put off, finished."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goldenthread.charts.timeline import Span, Timeline
from goldenthread.council.models import Unit
from goldenthread.council.roles import roles_of, units_below
from goldenthread.council.views.saving import saved
from goldenthread.domain.actions import action_words
from goldenthread.domain.words import ActionStatus
from goldenthread.history.clock import today
from goldenthread.plans import services
from goldenthread.plans.forms.actions import (
    ActionForm,
    CancelForm,
    CompleteForm,
    DecideForm,
    MilestoneForm,
    ProgressForm,
    ReachedForm,
    RescheduleForm,
)
from goldenthread.plans.forms.filters import ActionFilter
from goldenthread.plans.homes import FOLLOWED, element_of
from goldenthread.plans.models import Action, Element, Rescheduling
from goldenthread.plans.queries.actions import (
    Stood,
    actions_listed,
    counted,
    owner_of,
    said_of,
    stands,
    with_standing,
)
from goldenthread.plans.queries.plans import elements_running, next_action_code
from goldenthread.web.action_status import ACTION_WORDS
from goldenthread.web.permission import refuse_unless, requires
from goldenthread.web.render import page
from goldenthread.web.sheets import TYPES, download

COLUMNS = [
    (gettext_lazy("Code"), 14),
    (gettext_lazy("Action"), 48),
    (gettext_lazy("Status"), 12),
    (gettext_lazy("Why"), 60),
    (gettext_lazy("Done for"), 40),
    (gettext_lazy("Unit"), 26),
    (gettext_lazy("Owner"), 24),
    (gettext_lazy("From"), 13),
    (gettext_lazy("Promised for"), 13),
    (gettext_lazy("Now due"), 13),
    (gettext_lazy("Finished on"), 13),
    (gettext_lazy("Done (%)"), 9),
    (gettext_lazy("Expected by now (%)"), 10),
]
CLOSED = (
    gettext_lazy("This action is closed"),
    gettext_lazy("It was completed or given up. It stays on the record as it is."),
    gettext_lazy("See the action"),
)


@requires("plans.view_plan", navigation="plans")
def actions(request: HttpRequest) -> HttpResponse:
    """Every action and how it stands, late ones first."""
    form = ActionFilter(request.GET)
    found = _chosen(request, form)
    if request.GET.get("format") in TYPES:
        return download(request.GET["format"], _("Actions"), COLUMNS, [_cells(one) for one in found])
    context = {
        "actions": found,
        "counts": counted(found),
        "form": form,
        "words": _words,
        "any": Action.objects.exists(),
    }
    return page(request, "plans/actions.html", context)


@requires("plans.view_plan", navigation="plans")
def timeline(request: HttpRequest) -> HttpResponse:
    """The same actions along the months: a table with a bar in each row, which prints."""
    form = ActionFilter(request.GET)
    found = _chosen(request, form)
    context = {"rows": _drawn(found), "form": form, "words": _words, "any": Action.objects.exists()}
    return page(request, "plans/timeline.html", context | {"axis": _axis(found)})


@requires("plans.view_plan", navigation="plans")
def action(request: HttpRequest, code: str) -> HttpResponse:
    """One action: how it stands and why, its steps, what was said of it, and what may be done next."""
    stood = _stood(code)
    found = stood.action
    reports, reschedulings = said_of(found)
    asked = reschedulings[0] if stood.asked else None
    may = request.user.has_perm
    context = {
        "action": found,
        "stood": stood,
        "why": _words(stood.standing.reason),
        "owner": owner_of(found),
        "reports": reports,
        "reschedulings": reschedulings,
        "asked": asked,
        "picture": _drawn([stood])[0][1],
        "axis": _axis([stood]),
        "is_open": found.is_open,
        "reports_on": found.is_open and may("plans.report_progress", found),
        "puts_off": found.is_open and found.original_due and not asked and may("plans.ask_to_reschedule", found),
        "decides": asked is not None and may("plans.decide_rescheduling", found) and not _asked_by(request, asked),
        "changes": found.is_open and may("plans.change_element", stood.element),
        "today": today(),
    }
    return page(request, "plans/action.html", context)


@requires("plans.change_element", navigation="plans")
def new_action(request: HttpRequest) -> HttpResponse:
    """Promise something for an element."""
    asked = Element.objects.filter(code=request.GET.get("element", "")).first()
    initial = {"element": asked.code, "code": next_action_code(asked), "starts": today()} if asked else {}
    form = ActionForm(request.POST if request.method == "POST" else None, elements=_own(request), initial=initial)
    if request.method == "POST" and saved(request, form, services.add_action, _("The action is added.")):
        return redirect("plans:action", form.cleaned_data["code"])
    back = reverse("scorecards:element", args=[asked.code]) if asked else reverse("plans:actions")
    return _form(request, form, _("New action"), _("Add it"), back, asked.title if asked else "")


@requires("plans.change_element", navigation="plans")
def change_action(request: HttpRequest, code: str) -> HttpResponse:
    """Change an action's wording, element, owner or start, or give it the date it lacks."""
    found = _action(code)
    refuse_unless(request, "plans.change_element", found.element)
    form = ActionForm(
        request.POST if request.method == "POST" else None,
        elements=_own(request, found.element),
        action=found,
        initial={
            "title": found.title,
            "element": found.element.code,
            "owner": found.owner.code if found.owner else "",
            "starts": found.starts,
        },
    )
    if request.method == "POST" and saved(request, form, _change, _("The action is changed."), action=code):
        return redirect("plans:action", code)
    return _form(request, form, _("Change the action"), _("Save"), *_about(found), of=found)


def _change(*, by: Any, action: str, reason: str, **changes: Any) -> None:
    if changes.get("due", True) is None:
        del changes["due"]
    services.change_action(by=by, action=action, changes=changes, reason=reason)


@requires("plans.report_progress", navigation="plans")
def report(request: HttpRequest, code: str) -> HttpResponse:
    """Say how far an action has come."""
    found = _action(code)
    refuse_unless(request, "plans.report_progress", found, reason=_("Its owner reports on it."))
    form = ProgressForm(request.POST if request.method == "POST" else None, initial={"progress": found.progress})
    if request.method == "POST" and saved(request, form, services.report_progress, _("It is kept."), action=code):
        return redirect("plans:action", code)
    return _form(request, form, _("Report progress"), _("Save"), *_about(found), of=found)


@requires("plans.report_progress", navigation="plans")
def complete(request: HttpRequest, code: str) -> HttpResponse:
    """Mark an action as complete."""
    found = _action(code)
    refuse_unless(request, "plans.report_progress", found, reason=_("Its owner reports on it."))
    form = CompleteForm(request.POST if request.method == "POST" else None, initial={"completed_on": today()})
    said = _("Well done: the action is complete.")
    if request.method == "POST" and saved(request, form, services.complete_action, said, action=code):
        return redirect("plans:action", code)
    return _form(request, form, _("Mark it as complete"), _("It is complete"), *_about(found), of=found)


@requires("plans.change_element", navigation="plans")
def cancel(request: HttpRequest, code: str) -> HttpResponse:
    """Give an action up, with a reason."""
    found = _action(code)
    refuse_unless(request, "plans.change_element", found.element)
    form = CancelForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and saved(request, form, services.cancel_action, _("It is given up."), action=code):
        return redirect("plans:action", code)
    return _form(request, form, _("Give the action up"), _("Give it up"), *_about(found), of=found)


@requires("plans.ask_to_reschedule", navigation="plans")
def reschedule(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for another date, with a reason; somebody else decides."""
    found = _action(code)
    refuse_unless(request, "plans.ask_to_reschedule", found, reason=_("Its owner asks for another date."))
    form = RescheduleForm(request.POST if request.method == "POST" else None)
    said = _("You have asked for another date. Somebody else decides; until then the date stays.")
    if request.method == "POST" and saved(request, form, services.ask_to_reschedule, said, action=code):
        return redirect("plans:action", code)
    lead = _("The original date stays on the record: it is what the action is held against.")
    return _form(request, form, _("Ask for another date"), _("Ask"), *_about(found), lead=lead, of=found)


@requires("plans.decide_rescheduling", navigation="plans")
def decide(request: HttpRequest, code: str) -> HttpResponse:
    """Approve or refuse the date that somebody else asked for."""
    stood = _stood(code)
    found = stood.action
    refuse_unless(request, "plans.decide_rescheduling", found)
    asked = found.reschedulings.select_related("change").order_by("entered_at", "pk").last() if stood.asked else None
    if asked is None:
        return redirect("plans:action", code)
    form = DecideForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and saved(request, form, _decide, _("It is decided."), action=code):
        return redirect("plans:action", code)
    back, caption = _about(found)
    context = {"form": form, "action": found, "asked": asked, "back": back, "caption": caption}
    return page(request, "plans/decide.html", context)


def _decide(*, by: Any, action: str, approve: str, reason: str) -> None:
    services.decide_rescheduling(by=by, action=action, approve=approve == "yes", reason=reason)


@requires("plans.change_element", navigation="plans")
def new_milestone(request: HttpRequest, code: str) -> HttpResponse:
    """Add a step to an action."""
    found = _action(code)
    refuse_unless(request, "plans.change_element", found.element)
    form = MilestoneForm(
        request.POST if request.method == "POST" else None, initial={"code": f"M{found.milestones.count() + 1}"}
    )
    if request.method == "POST" and saved(request, form, services.add_milestone, _("The step is added."), action=code):
        return redirect("plans:action", code)
    return _form(request, form, _("Add a step"), _("Add it"), *_about(found), of=found)


@requires("plans.report_progress", navigation="plans")
def reach(request: HttpRequest, code: str, milestone: str) -> HttpResponse:
    """Mark a step as reached."""
    found = _action(code)
    refuse_unless(request, "plans.report_progress", found, reason=_("Its owner reports on it."))
    step = get_object_or_404(found.milestones, code=milestone)
    form = ReachedForm(request.POST if request.method == "POST" else None, initial={"reached_on": today()})
    names = {"action": code, "milestone": milestone}
    if request.method == "POST" and saved(request, form, services.reach_milestone, _("The step is reached."), **names):
        return redirect("plans:action", code)
    back, caption = _about(found)
    return _form(request, form, step.title, _("It is reached"), back, caption, of=found)


def _cells(stood: Stood) -> list[Any]:
    """The row of an action in a file."""
    action = stood.action
    unit = stood.element.plan.unit
    return [
        action.code,
        action.title,
        str(ACTION_WORDS[stood.status]),
        _words(stood.standing.reason),
        stood.element.title,
        unit.name if unit else "",
        stood.owner,
        action.starts,
        action.original_due,
        action.due,
        action.completed_on,
        action.progress,
        stood.standing.expected,
    ]


def _chosen(request: HttpRequest, form: ActionFilter) -> list[Stood]:
    asked = form.read()
    units = None
    if asked["unit"]:
        unit = Unit.objects.filter(code=asked["unit"]).first()
        units = units_below()[unit.pk] if unit else ()
    return actions_listed(
        today(),
        units=units,
        posts=roles_of(request.user).posts if asked["mine"] else None,
        status=asked["status"],
        asked=bool(asked["asked"]),
        search=asked["q"].strip(),
    )


def _own(request: HttpRequest, besides: Element | None = None) -> list[Element]:
    """The elements of plans that the reader writes."""
    found = [one for one in elements_running(today()) if request.user.has_perm("plans.change_element", one)]
    return found if besides is None or besides in found else [besides, *found]


def _stood(code: str) -> Stood:
    return stands(get_object_or_404(with_standing(today()), code=code), today())


def _action(code: str) -> Action:
    found = get_object_or_404(Action.objects.select_related(*FOLLOWED, "owner"), code=code)
    found.element = element_of(found, today())
    return found


def _asked_by(request: HttpRequest, asked: Rescheduling) -> bool:
    """Whether the reader asked for the date. What came by a package is known by the name alone."""
    user: Any = request.user
    return asked.change.by_id == user.pk if asked.change.by_id else asked.by_name == str(user)


def _words(reason: Any) -> str:
    return action_words(reason, translate=_)


def _axis(found: list[Stood]) -> Timeline:
    days = [day for one in found for day in (one.action.starts, one.action.original_due, one.action.due) if day]
    return Timeline.around(days, today())


def _drawn(found: list[Stood]) -> list[tuple[Stood, str]]:
    axis = _axis(found)
    return [(one, axis.bar(_span(one), label=_words(one.standing.reason))) for one in found]


def _span(stood: Stood) -> Span:
    action = stood.action
    return Span(
        starts=action.starts or action.original_due,
        promised=action.original_due,
        due=action.due,
        finished=action.completed_on,
        progress=action.progress or 0,
        status=ActionStatus(stood.status),
        steps=tuple(
            (step.due, step.reached_on is not None) for step in action.milestones.all() if step.due is not None
        ),
    )


def _about(found: Action) -> tuple[str, str]:
    return reverse("plans:action", args=[found.code]), found.title


def _form(
    request: HttpRequest,
    form: Any,
    title: str,
    save: str,
    back: str,
    caption: str = "",
    lead: str = "",
    of: Action | None = None,
) -> HttpResponse:
    """``of``: the action that the form is about. Once that is closed there is nothing to fill in, unless it closed
    while somebody was writing: their words stay on the page with what is wrong."""
    crumbs = [(_("Actions"), reverse("plans:actions")), *([(caption, back)] if caption else [])]
    context = {
        "form": form,
        "title": title,
        "caption": caption,
        "lead": lead,
        "crumbs": crumbs,
        "back": back,
        "save": save,
        "closed": CLOSED if of is not None and not of.is_open and request.method != "POST" else None,
    }
    return page(request, "plans/form.html", context)
