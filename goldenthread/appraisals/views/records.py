"""Records of appraisals: opened by two officers for a reason, held for the law, removed when their time is up."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from goldenthread.appraisals import services
from goldenthread.appraisals.forms.records import AskForm, HoldForm, RecordForm
from goldenthread.appraisals.models import Disclosure
from goldenthread.appraisals.queries.records import disclosures, holds, kept
from goldenthread.appraisals.record import entries
from goldenthread.appraisals.services.disclosures import is_officer, is_one_of_the_two, may_open
from goldenthread.appraisals.views.sealed import sealed
from goldenthread.council.roles import roles_of
from goldenthread.history.acts import Refused
from goldenthread.history.clock import today
from goldenthread.web.permission import requires, signed_in
from goldenthread.web.posting import posted
from goldenthread.web.render import page


@requires("appraisals.keep_records", navigation="appraisals")
def records(request: HttpRequest) -> HttpResponse:
    """What was asked for and granted, what is held, and until when each year is kept."""
    day = today()
    found = list(disclosures())
    context = {
        "waiting": [one for one in found if one.waits],
        "open": [one for one in found if one.is_open(day)],
        "past": [one for one in found if not one.waits and not one.is_open(day)],
        "holds": holds(),
        "kept": kept(),
        "today": day,
    }
    return page(request, "appraisals/records.html", context)


@requires("appraisals.keep_records", navigation="appraisals")
@sealed
def ask(request: HttpRequest) -> HttpResponse:
    form = AskForm(request.POST if request.method == "POST" else None, initial={"days": 14})
    if request.method == "POST" and form.is_valid():
        try:
            asked = services.ask_disclosure(by=signed_in(request), **form.said())
        except Refused as refused:
            form.take(refused)
        except PermissionDenied:
            form.add_error("person", _not_yours())
        else:
            messages.success(request, _("You have asked for it. Somebody else grants it."))
            return redirect("appraisals:disclosure", asked.pk)
    return _form(request, form, _("Ask to open a record"), _("Ask for it"))


@requires("appraisals.keep_records", navigation="appraisals")
@sealed
def hold(request: HttpRequest) -> HttpResponse:
    form = HoldForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.place_hold(by=signed_in(request), **form.said())
        except Refused as refused:
            form.take(refused)
        except PermissionDenied:
            form.add_error("person", _not_yours())
        else:
            messages.success(request, _("It is held until the hold is lifted."))
            return redirect("appraisals:records")
    return _form(request, form, _("Hold a record"), _("Hold it"))


def _not_yours() -> str:
    return _("You take part in this appraisal, or look after other units: another officer does this.")


@requires("appraisals.keep_records", navigation="appraisals")
def lift_hold(request: HttpRequest, key: int) -> HttpResponse:
    if request.method != "POST":
        return redirect("appraisals:records")
    try:
        services.lift_hold(by=signed_in(request), hold=key)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The hold is lifted: the record is removed when its time is up."))
    return redirect("appraisals:records")


@requires("appraisals.keep_records", navigation="appraisals")
def disclosure(request: HttpRequest, key: int) -> HttpResponse:
    """What was asked, what became of it, and what the reader may do; nothing of the record itself."""
    row = get_object_or_404(disclosures(), pk=key)
    person = roles_of(request.user).person
    two = person is not None and is_one_of_the_two(row, person.pk)
    context = {
        "disclosure": row,
        "today": today(),
        "may_grant": row.waits and not two and is_officer(signed_in(request), row.appraisal),
        "may_end": two and (row.waits or row.is_open(today())),
        "may_open": may_open(signed_in(request), row),
        "is_open": row.is_open(today()),
    }
    return page(request, "appraisals/disclosure.html", context)


@requires("appraisals.keep_records", navigation="appraisals")
@posted(form_at="appraisals:disclosure")
def grant(request: HttpRequest, key: int) -> HttpResponse:
    done = _("It is open for the two of you.")
    return _decided(request, key, services.grant_disclosure, done)


@requires("appraisals.keep_records", navigation="appraisals")
@posted(form_at="appraisals:disclosure")
def end(request: HttpRequest, key: int) -> HttpResponse:
    return _decided(request, key, services.end_disclosure, _("It is ended."))


@requires("appraisals.keep_records", navigation="appraisals")
@sealed
def record(request: HttpRequest, key: int) -> HttpResponse:
    """The whole record, for the two alone; that it was opened is kept each time."""
    row = get_object_or_404(Disclosure.objects.select_related("appraisal__person", "appraisal__template"), pk=key)
    opened = services.open_disclosed(by=signed_in(request), disclosure=key)
    context = {"disclosure": row, "appraisal": row.appraisal, "entries": entries(row.appraisal, opened)}
    return page(request, "appraisals/record.html", context)


def _decided(request: HttpRequest, key: int, verb: Any, done: str) -> HttpResponse:
    try:
        verb(by=request.user, disclosure=key)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, done)
    return redirect("appraisals:disclosure", key)


def _form(request: HttpRequest, form: RecordForm, title: str, save: str) -> HttpResponse:
    return page(request, "appraisals/record_form.html", {"form": form, "title": title, "save": save})
