"""Staff without an account: their form on one side of A4, what they said on it, and how they confirm."""

from allauth.core.ratelimit import consume
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from goldenthread.appraisals import services
from goldenthread.appraisals.cards import cards
from goldenthread.appraisals.content import content_of
from goldenthread.appraisals.forms.paper import ConfirmForm, FromPaperForm, SignedCopyForm
from goldenthread.appraisals.models import Appraisal
from goldenthread.appraisals.queries.served import served
from goldenthread.appraisals.services.paper import has_no_account, why_no_paper
from goldenthread.appraisals.sheets import sheets
from goldenthread.appraisals.views.appraisal import readable
from goldenthread.appraisals.views.crews import team_of
from goldenthread.appraisals.views.sealed import sealed
from goldenthread.domain.appraisals import Stage
from goldenthread.history.acts import Refused
from goldenthread.history.clock import today
from goldenthread.web.permission import public, requires, signed_in
from goldenthread.web.posting import posted
from goldenthread.web.render import page
from goldenthread.web.views import too_many


@requires("appraisals.take_part", navigation="appraisals")
@sealed
def form_on_paper(request: HttpRequest, key: int) -> HttpResponse:
    row = readable(request, key)
    if _needs_no_paper(request, row):
        return redirect("appraisals:appraisal", key)
    return page(request, "appraisals/on_paper.html", {"sheets": sheets([row], reader=request.user), "appraisal": row})


@requires("appraisals.take_part", navigation="appraisals")
@sealed
def crew_on_paper(request: HttpRequest, key: int) -> HttpResponse:
    """The forms of all who have no account at once, each on a sheet of its own."""
    team = team_of(request, key)
    found = sheets([row for row in team.appraisals if has_no_account(row.person)], reader=request.user)
    if not found:
        messages.error(request, _("Everybody in the crew has an account, and writes and signs for themselves."))
        return redirect("appraisals:crew", key)
    return page(request, "appraisals/on_paper.html", {"sheets": found, "crew": team.crew})


@requires("appraisals.take_part", navigation="appraisals")
@sealed
def record_from_paper(request: HttpRequest, key: int) -> HttpResponse:
    """The appraiser types what somebody wrote on their form."""
    row = readable(request, key, "appraisals.appraise")
    if _needs_no_paper(request, row):
        return redirect("appraisals:appraisal", key)
    found = cards(row, content_of(row, reader=request.user), served(row, today()))
    form = FromPaperForm(
        request.POST if request.method == "POST" else None,
        objectives=[card.served.objective for card in found],
        titles={card.key: card.title for card in found},
        competencies=row.template.competencies,
        scale=row.template.ratings,
        sections=row.template.sections,
        can_rate=row.objectives_on is not None,
        can_disagree=row.done.stage is Stage.SIGNING,
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.record_from_paper(by=signed_in(request), appraisal=key, **form.said())
        except Refused as refused:
            form.take(refused)
        else:
            messages.success(request, _("It is kept as what %s said.") % row.person.name)
            return redirect("appraisals:appraisal", key)
    context = {
        "appraisal": row,
        "form": form,
        "title": _("What the form says"),
        "lead": _("Type it as it was written, in their words. Leave out what they left empty."),
        "all_optional": True,
        "save": _("Keep it"),
    }
    return page(request, "appraisals/form.html", context)


@requires("appraisals.take_part", navigation="appraisals")
@sealed
@posted(form_at="appraisals:appraisal")
def start_confirmation(request: HttpRequest, key: int) -> HttpResponse:
    """The slip with the code: shown once, as the answer to the form, since it is kept nowhere."""
    row = readable(request, key, "appraisals.appraise")
    try:
        kept, code = services.start_confirmation(by=signed_in(request), appraisal=key)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("appraisals:appraisal", key)
    return page(request, "appraisals/slip.html", {"appraisal": row, "code": str(code), "kept": kept})


@requires("appraisals.take_part", navigation="appraisals")
@sealed
def record_signed_copy(request: HttpRequest, key: int) -> HttpResponse:
    row = readable(request, key, "appraisals.appraise")
    if _needs_no_paper(request, row):
        return redirect("appraisals:appraisal", key)
    form = SignedCopyForm(
        request.POST if request.method == "POST" else None, appraisal=row, initial={"signed_on": today()}
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.record_signed_copy(by=signed_in(request), appraisal=key, **form.cleaned_data)
        except Refused as refused:
            form.take(refused)
        else:
            messages.success(request, _("Their signature is on record."))
            return redirect("appraisals:appraisal", key)
    context = {"appraisal": row, "form": form, "title": _("Record the signed copy"), "save": _("Record it")}
    return page(request, "appraisals/form.html", context)


def _needs_no_paper(request: HttpRequest, row: Appraisal) -> bool:
    """Whether somebody has an account, told before anything is printed or typed; what was typed by then is kept."""
    said = "" if request.method == "POST" else why_no_paper(row.person)
    if said:
        messages.error(request, said)
    return bool(said)


@public
@never_cache
@sensitive_post_parameters()
@sensitive_variables()
def confirm(request: HttpRequest) -> HttpResponse:
    """Somebody without an account types the code from their slip. Nothing of the appraisal is shown."""
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and not consume(request, action="confirm_appraisal"):
        return too_many(request)
    if request.method == "POST" and form.is_valid():
        try:
            done = services.confirm_by_code(typed=form.cleaned_data["code"])
        except Refused as refused:
            form.take(refused)
        else:
            messages.success(request, _("Thank you. You have signed your appraisal of %s.") % done.year.period)
            return redirect("appraisals:confirm")
    return page(request, "appraisals/confirm.html", {"form": form})
