"""A measure's definition: written, changed after seeing what it would move, and retired."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldenthread.history.clock import today
from goldenthread.measures.forms.definition import DefinitionForm, RetireForm
from goldenthread.measures.models import Measure
from goldenthread.measures.services import (
    Refused,
    change_definition,
    create_measure,
    retire_measure,
)
from goldenthread.measures.views.enter import visible_measure
from goldenthread.measures.words import FIELDS
from goldenthread.web.permission import refuse_unless, requires, signed_in
from goldenthread.web.render import page


@requires("measures.change_definition", navigation="measures")
def new(request: HttpRequest) -> HttpResponse:
    """A new measure."""
    form = DefinitionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"].strip()
        try:
            create_measure(by=request.user, code=code, fields=form.values(), reason=form.cleaned_data["reason"])
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The measure is there. Give it a target next."))
            return redirect("measures:measure", code)
    return page(request, "measures/definition.html", {"form": form, "measure": None})


@requires("measures.change_definition", navigation="measures")
def definition(request: HttpRequest, code: str) -> HttpResponse:
    """Change a definition; which results that moves is said before it is kept."""
    measure = _measure(request, code)
    form = DefinitionForm(request.POST if request.method == "POST" else None, measure=measure)
    preview: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        changes, asked = form.changes(), form.cleaned_data
        if not changes:
            messages.success(request, _("Nothing was changed."))
            return redirect("measures:measure", code)
        try:
            with transaction.atomic():
                act = change_definition(
                    by=signed_in(request),
                    measure=code,
                    changes=changes,
                    reason=asked["reason"],
                    edition=asked["edition"],
                )
                moved = sum(len(found) for found in act.moved.values())
                agreed = not moved or request.POST.get("moves") == str(moved)
                if not agreed:
                    transaction.set_rollback(True)
        except Refused as refused:
            form.refuse(refused)
        else:
            if agreed:
                messages.success(request, _said(moved))
                return redirect("measures:measure", code)
            preview = {"moved": moved, "changed": [FIELDS.get(name, name) for name in changes]}
    return page(request, "measures/definition.html", {"form": form, "measure": measure, "preview": preview})


@requires("measures.change_definition", navigation="measures")
def retire(request: HttpRequest, code: str) -> HttpResponse:
    """End a measure, for a reason, perhaps in favour of another."""
    measure = _measure(request, code)
    form = RetireForm(request.POST if request.method == "POST" else None, initial={"ends": today()})
    if request.method == "POST" and form.is_valid():
        try:
            retire_measure(by=signed_in(request), measure=code, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The measure is retired. Its figures stay."))
            return redirect("measures:measure", code)
    return page(request, "measures/retire.html", {"form": form, "measure": measure})


def _measure(request: HttpRequest, code: str) -> Measure:
    measure = visible_measure(request, code)
    refuse_unless(
        request,
        "measures.change_definition",
        measure,
        reason=_("Whoever enters a measure's figures does not change its definition."),
    )
    return measure


def _said(moved: int) -> str:
    if not moved:
        return _("The definition is changed. No result moved.")
    return ngettext(
        "The definition is changed, and %(n)d result with it.",
        "The definition is changed, and %(n)d results with it.",
        moved,
    ) % {"n": moved}
