"""One appraisal: read by those who may, written in from their side, moved on from stage to stage, signed."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goldenthread.appraisals import services
from goldenthread.appraisals.cards import cards
from goldenthread.appraisals.content import Content, content_of
from goldenthread.appraisals.expected import expected
from goldenthread.appraisals.feedback import feedback
from goldenthread.appraisals.forms import NeedForm, NoteForm, TextForm
from goldenthread.appraisals.models import Appraisal, Sealed, Side
from goldenthread.appraisals.queries.feedback import asked_of_me
from goldenthread.appraisals.queries.records import told_to_appraisee
from goldenthread.appraisals.queries.served import Served, served
from goldenthread.appraisals.queries.team import appraisals, current_year, own
from goldenthread.appraisals.rating import overall_of
from goldenthread.appraisals.services.paper import has_no_account
from goldenthread.appraisals.services.stages import disagreement_waits
from goldenthread.appraisals.views.sealed import sealed
from goldenthread.appraisals.words import NEXT, SIDES, STEPS, rule_words
from goldenthread.council.models import Appointment
from goldenthread.council.roles import running
from goldenthread.domain.appraisals import Stage, overall_sum, overall_words, standing
from goldenthread.history.acts import Refused
from goldenthread.history.clock import today
from goldenthread.measures.shown import Shown
from goldenthread.web.filters import day as day_in_words
from goldenthread.web.permission import refuse_unless, requires, signed_in
from goldenthread.web.posting import posted
from goldenthread.web.render import page

NOT_YOURS = gettext_lazy(
    "An appraisal is opened by the person it is about, their appraiser and the appraiser's manager only."
)
Kind = Sealed.Kind
#: As long before a review, in days, nobody need think of ratings yet.
EARLY = 42


@requires("appraisals.take_part", navigation="appraisals")
@sealed
def mine(request: HttpRequest) -> HttpResponse:
    """The reader's own appraisal of this year, and the way to those of earlier years."""
    year = current_year(today())
    found = own(request.user)
    this_year = [one for one in found if year is not None and one.year_id == year.pk and one.closed_on is None]
    waiting = sum(1 for one in asked_of_me(request.user) if one.is_open and one.answered_on is None)
    if not this_year:
        context = {"year": year, "earlier": found, "asked_of_me": waiting, "stage_words": NEXT}
        return page(request, "appraisals/none.html", context)
    earlier = [one for one in found if one.pk != this_year[0].pk]
    return _show(request, this_year[0], mine=True, earlier=earlier, asked_of_me=waiting)


@requires("appraisals.take_part", navigation="appraisals")
@sealed
def appraisal(request: HttpRequest, key: int) -> HttpResponse:
    return _show(request, readable(request, key))


def readable(request: HttpRequest, key: int, permission: str = "appraisals.read_appraisal") -> Appraisal:
    """The appraisal, for whoever holds ``permission`` in it."""
    row = get_object_or_404(appraisals(), pk=key)
    refuse_unless(request, permission, row, reason=str(NOT_YOURS))
    return row


def _show(request: HttpRequest, row: Appraisal, *, mine: bool = False, **forms: Any) -> HttpResponse:
    day = today()
    content = content_of(row, reader=request.user)
    rows = served(row, day)
    stands = standing(row.done, row.due, today=day)
    waits = disagreement_waits(row)
    context = {
        "appraisal": row,
        "mine": mine or content.side == Side.APPRAISEE,
        "side": content.side,
        "sides": SIDES,
        "standing": stands,
        "next": NEXT[stands.stage],
        "early": stands.due is not None and (stands.due - day).days > EARLY,
        "steps": _steps(row, stands.stage),
        "cards": cards(row, content, rows),
        "expected": expected(row, content),
        "feedback": feedback(row, content),
        "needs": {str(one.pk): one for one in row.needs.all()},
        "may_ask": content.side != Side.MANAGER and row.year_end_on is None,
        "content": content,
        "open": stands.stage not in (Stage.SIGNED, Stage.CLOSED),
        "may_write": content.side != Side.MANAGER,
        "may_change_objectives": content.side == Side.APPRAISER
        or (content.side == Side.APPRAISEE and row.objectives_on is None),
        "signed": row.appraisee_signed_on if content.side == Side.APPRAISEE else row.appraiser_signed_on,
        "disagreement": content.of(Kind.DISAGREEMENT, side=Side.APPRAISEE),
        "answer": content.of(Kind.ANSWER, side=Side.MANAGER),
        "disagreement_waits": waits,
        "rule": rule_words(row.template),
        "readers": readers_of(row),
        "disclosed": told_to_appraisee(row, day) if content.side == Side.APPRAISEE and row.was_asked_for else [],
        "panel": getattr(row.template, "panel", None),
        "suggested": content.of(Kind.MODERATION, side=Side.PANEL),
        "removal": getattr(row, "removal", None),
        "without_account": content.side == Side.APPRAISER and has_no_account(row.person),
        "confirmation": row.confirmations.select_related("held_by").last() if row.appraisee_signed_on else None,
        "shown": Shown(),
        "day_of_note": lambda given: date.fromisoformat(given.said["on"]),
        "note_form": NoteForm(
            auto_id="note-%s", label=_("What you talked about, and what you agreed"), initial={"on": day}
        ),
        "need": NeedForm(auto_id="need-%s", label=_("What do you need to learn, practise or be shown?")),
        "faulty": None,
        "earlier": [],
        "stage_words": NEXT,
        "asked_of_me": 0,
        **_rated(row, content, rows),
        **forms,
    }
    return page(request, "appraisals/appraisal.html", context)


def _rated(row: Appraisal, content: Content, rows: list[Served]) -> dict[str, Any]:
    """The overall rating of each side, and the appraiser's explained."""
    objectives = [one.objective for one in rows]
    found = {
        side: overall_of(content, row.template, objectives, side=side) for side in (Side.APPRAISEE, Side.APPRAISER)
    }
    given = found[Side.APPRAISER]
    return {
        "overall": given,
        "overall_words": overall_words(given, translate=_) if given else "",
        "overall_sum": overall_sum(given, translate=_) if given else "",
        "self_overall": found[Side.APPRAISEE],
    }


def _steps(row: Appraisal, stage: Stage) -> list[dict[str, Any]]:
    """The year as four steps: each with the day it was done or is due, and where the appraisal is."""
    done, due = row.done, row.due
    days = {
        Stage.OBJECTIVES: done.objectives,
        Stage.MID_YEAR: done.mid_year,
        Stage.YEAR_END: done.year_end,
        Stage.SIGNING: done.signed_on,
    }
    return [
        {
            "title": title,
            "done": days[step],
            "due": due.of(step),
            "here": step is stage,
            "late": days[step] is None and (by := due.of(step)) is not None and by < today(),
        }
        for step, title in STEPS
    ]


def readers_of(row: Appraisal) -> list[tuple[str, str]]:
    """Who may read this appraisal today, by name: the appraiser's manager is whoever holds the post above."""
    found = [(row.person.name, str(SIDES[Side.APPRAISEE]))]
    if row.appraiser is None or row.appraiser_post is None:
        return found
    above_them = []
    above = row.appraiser_post.reports_to_id
    held = Appointment.objects.filter(running(today()), post__in=[row.appraiser_post_id, above])
    for one in held.exclude(person=row.person_id).select_related("person").order_by("pk"):
        if one.person_id == row.appraiser_id and one.post_id == row.appraiser_post_id:
            found.append((one.person.name, str(SIDES[Side.APPRAISER])))
        elif one.post_id == above:
            above_them.append((one.person.name, str(SIDES[Side.MANAGER])))
    for deputy in (
        row.appraiser.deputies.filter(running(today())).exclude(person=row.person_id).select_related("person")
    ):
        found.append((deputy.person.name, _("deputy until %s") % day_in_words(deputy.ends)))
    return found + above_them


# What is written from one box at a time.


@requires("appraisals.take_part", navigation="appraisals")
@sealed
@posted(form_at="appraisals:appraisal")
def add_note(request: HttpRequest, key: int) -> HttpResponse:
    row = readable(request, key, "appraisals.write_objectives")
    form = NoteForm(request.POST, auto_id="note-%s", label=_("What you talked about, and what you agreed"))
    if _kept(request, form, services.add_note, _("The note is kept."), appraisal=key):
        return redirect("appraisals:appraisal", key)
    return _show(request, row, note_form=form, faulty=form)


@requires("appraisals.take_part", navigation="appraisals")
@sealed
@posted(form_at="appraisals:appraisal")
def add_need(request: HttpRequest, key: int) -> HttpResponse:
    row = readable(request, key, "appraisals.write_objectives")
    form = NeedForm(request.POST, auto_id="need-%s", label=_("What do you need to learn, practise or be shown?"))
    if _kept(request, form, services.add_need, _("It is in the development plan."), appraisal=key):
        return redirect("appraisals:appraisal", key)
    return _show(request, row, need=form, faulty=form)


@requires("appraisals.take_part", navigation="appraisals")
@sealed
@posted(form_at="appraisals:appraisal")
def meet_need(request: HttpRequest, key: int, need: int) -> HttpResponse:
    row = readable(request, key, "appraisals.write_objectives")
    try:
        met = services.meet_need(by=signed_in(request), appraisal=row.pk, need=need)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("That need is met.") if met.met_on else _("That need is open again."))
    return redirect("appraisals:appraisal", key)


@requires("appraisals.take_part", navigation="appraisals")
@sealed
@posted(form_at="appraisals:appraisal")
def reach(request: HttpRequest, key: int) -> HttpResponse:
    """The appraiser moves it on to the next stage."""
    row = readable(request, key, "appraisals.appraise")
    verbs = {
        Stage.OBJECTIVES: (services.agree_objectives, _("The objectives are agreed.")),
        Stage.MID_YEAR: (services.hold_mid_year, _("The mid-year review is held.")),
        Stage.YEAR_END: (services.hold_year_end, _("The year-end review is held: both of you sign now.")),
    }
    asked = request.POST.get("stage")
    if asked not in verbs:
        return redirect("appraisals:appraisal", key)
    verb, said = verbs[Stage(asked)]
    try:
        verb(by=signed_in(request), appraisal=row.pk)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, said)
    return redirect("appraisals:appraisal", key)


@requires("appraisals.take_part", navigation="appraisals")
@sealed
def sign(request: HttpRequest, key: int) -> HttpResponse:
    """What one signs, and the button."""
    row = readable(request, key)
    if request.method == "POST":
        refuse_unless(request, "appraisals.sign", row, reason=str(NOT_YOURS))
        try:
            signed = services.sign(by=signed_in(request), appraisal=key)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            both = signed.done.stage is Stage.SIGNED
            messages.success(request, _("Both have signed: the year is done.") if both else _("You have signed."))
        return redirect("appraisals:appraisal", key)
    return _sign_page(request, row)


@requires("appraisals.take_part", navigation="appraisals")
@sealed
@posted(form_at="appraisals:sign")
def disagree(request: HttpRequest, key: int) -> HttpResponse:
    row = readable(request, key)
    form = TextForm(request.POST, auto_id="disagree-%s", label=_("With what do you disagree, and why?"))
    done = _("Your appraiser's manager will answer before anybody signs.")
    if _kept(request, form, services.disagree, done, appraisal=key):
        return redirect("appraisals:appraisal", key)
    return _sign_page(request, row, form)


@requires("appraisals.take_part", navigation="appraisals")
@sealed
def answer(request: HttpRequest, key: int) -> HttpResponse:
    """The appraiser's manager answers a disagreement."""
    row = readable(request, key, "appraisals.answer_disagreement")
    label = _("Your answer, having heard both")
    form = TextForm(request.POST if request.method == "POST" else None, label=label)
    if request.method == "POST" and _kept(
        request, form, services.answer_disagreement, _("Your answer is kept: both may sign now."), appraisal=key
    ):
        return redirect("appraisals:appraisal", key)
    content = content_of(row, reader=request.user)
    context = {
        "appraisal": row,
        "form": form,
        "title": _("Answer the disagreement"),
        "quoted": content.said(Kind.DISAGREEMENT, side=Side.APPRAISEE),
        "save": _("Answer"),
    }
    return page(request, "appraisals/form.html", context)


def _sign_page(request: HttpRequest, row: Appraisal, form: TextForm | None = None) -> HttpResponse:
    content = content_of(row, reader=request.user)
    rows = served(row, today())
    context = {
        "appraisal": row,
        "side": content.side,
        "cards": cards(row, content, rows),
        "expected": expected(row, content),
        "ready": row.done.stage is Stage.SIGNING and not disagreement_waits(row),
        "signed": row.appraisee_signed_on if content.side == Side.APPRAISEE else row.appraiser_signed_on,
        "rule": rule_words(row.template),
        "form": form or TextForm(auto_id="disagree-%s", label=_("With what do you disagree, and why?")),
        **_rated(row, content, rows),
    }
    return page(request, "appraisals/sign.html", context)


def _kept(request: HttpRequest, form: TextForm, verb: Any, said: str, **more: Any) -> bool:
    """Whether what was typed is sealed and kept; what is refused stands by its box, and nothing typed is lost."""
    if not form.is_valid():
        return False
    try:
        verb(by=request.user, **more, **form.cleaned_data)
    except Refused as refused:
        form.take(refused)
        return False
    messages.success(request, said)
    return True
