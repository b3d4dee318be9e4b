"""Entering a figure with what is behind it; restating one that was published; and what followed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from goldenthread.domain.formula import parse
from goldenthread.domain.periods import Period, PeriodError
from goldenthread.domain.words import Direction
from goldenthread.history.models import Change
from goldenthread.measures.forms.enter import EntryForm, WordsForm, figure_of
from goldenthread.measures.forms.figures import beside
from goldenthread.measures.models import Measure
from goldenthread.measures.queries.check import Check, check
from goldenthread.measures.queries.entered import Entered, entered_by
from goldenthread.measures.queries.entry import Sheet, sheet
from goldenthread.measures.queries.owed import owed_by
from goldenthread.measures.rules import visible_to
from goldenthread.measures.services import Act, Refused, Superseded, record_actuals
from goldenthread.measures.services import restate as restate_figure
from goldenthread.measures.services.figures import period_fault
from goldenthread.measures.wording import Wording
from goldenthread.web import render
from goldenthread.web.permission import refuse_unless, requires
from goldenthread.web.status import direction_arrow

#: The tick by which somebody says that what is odd is right, and the seal of what they saw.
TICK = "checked"


@dataclass(frozen=True)
class Given:
    """What became of what was given: kept by ``act``, or back on the page with what is to be said of it."""

    sheet: Sheet
    form: EntryForm
    check: Check | None = None
    act: Act | None = None


@requires("measures.write_commentary", navigation="measures")
def enter(request: HttpRequest, code: str) -> HttpResponse:
    measure = visible_measure(request, code)
    may_enter = request.user.has_perm("measures.enter_figure", measure)
    if not may_enter:
        reason = _("The figures of %(measure)s are given by whoever supplies or owns it.") % {"measure": measure.code}
        refuse_unless(request, "measures.write_commentary", measure, reason=reason)
    page = sheet(measure, _period(request, measure))
    words = WordsForm(_data(request), sheet=page)
    form = EntryForm(_data(request), sheet=page)
    form.may_be_empty = request.method == "POST" and words.has_changed()
    figures_open = may_enter and "" not in page.published
    given = Given(page, form)
    if request.method == "POST":
        given = _give(request, page, form, words) if figures_open else _give_words(request, page, form, words)
    if given.act is not None:
        return _to_entered(measure, given.act)
    context = {"words": words, "may_enter": may_enter, "figures_open": figures_open, "inputs": _inputs(measure)}
    return _page(request, "measures/enter.html", given, context)


@requires("measures.enter_figure", navigation="measures")
def restate(request: HttpRequest, code: str, period: str) -> HttpResponse:
    measure = visible_measure(request, code)
    refuse_unless(request, "measures.enter_figure", measure)
    page = sheet(measure, _named(period))
    category = request.GET.get("category", "")
    if category not in page.standing:
        raise Http404
    form = EntryForm(_data(request), sheet=page, restating=True, category=category)
    given = _restated(request, page, form) if request.method == "POST" else Given(page, form)
    if given.act is not None:
        return _to_entered(measure, given.act)
    name = next((part.name for part in page.parts if part.category == category), "")
    return _page(request, "measures/restate.html", given, {"part": name, "standing": page.standing[category]})


@requires("measures.view_measure", navigation="measures")
def entered(request: HttpRequest, code: str, change: int) -> HttpResponse:
    """What came of entering: the status it gave and why, and what else it moved."""
    measure = visible_measure(request, code)
    made = get_object_or_404(Change, pk=change, object=f"measure {measure.code}")
    found, wording = entered_by(made, measure, visible_to(request.user)), Wording()
    context = {
        "measure": measure,
        "entered": found,
        "facts": _facts(measure, found, wording),
        "owed": owed_by(request.user),
        "enters": request.user.has_perm("measures.enter_figure"),
        "shown": wording,
        "may_write": request.user.has_perm("measures.write_commentary", measure),
    }
    return render.page(request, "measures/entered.html", context)


def _facts(measure: Measure, found: Entered, wording: Wording) -> list[tuple[str, str]]:
    """What stands beside the new figure."""
    if found.own is None:
        return []
    result, definition = found.own.after, measure.sums
    facts = [(_("Target"), wording.target(definition, result) or "–")]
    if result.direction_short != Direction.NONE:
        facts.append((_("On the period before"), direction_arrow(result.direction_short)))
    if result.direction_long != Direction.NONE:
        facts.append((_("On last year"), direction_arrow(result.direction_long)))
    if result.year_to_date is not None and result.year_to_date != result.value:
        facts.append((_("Year to date"), wording.figure(definition, result.year_to_date)))
    if result.forecast is not None:
        facts.append((_("Forecast"), wording.figure(definition, result.forecast)))
    return facts


def visible_measure(request: HttpRequest, code: str) -> Measure:
    """The measure, to whoever may see it. Raises Http404."""
    return get_object_or_404(Measure.objects.select_related("unit"), visible_to(request.user), code=code)


def _give(request: HttpRequest, page: Sheet, form: EntryForm, words: WordsForm) -> Given:
    """Keep the figures and the words, unless something is wrong, odd and not said to be right, or to be looked at."""
    if not all([form.is_valid(), words.is_valid()]):
        return Given(page, form)
    entries = form.entries()
    found = check(page, [(entry.category, figure_of(entry, page)) for entry in entries])
    if not entries and not words.words():
        form.add_error(None, _("Nothing was changed."))
        return Given(page, form)
    if request.POST.get("act") == "check" or (found.odd and request.POST.get(TICK) != found.seal):
        return Given(page, form, found)
    try:
        act = record_actuals(
            by=request.user,
            measure=page.measure.code,
            entries=entries,
            words=words.words(),
            reason=_("Checked and right: %(odd)s") % {"odd": found.words} if found.odd else "",
        )
    except Refused as fault:
        return _back(request, page, form, fault)
    return Given(page, form, act=act)


def _give_words(request: HttpRequest, page: Sheet, form: EntryForm, words: WordsForm) -> Given:
    """Keep the words of somebody who does not enter figures."""
    if not words.is_valid():
        return Given(page, form)
    if not words.words():
        words.add_error("comment", _("Write what is behind the figure."))
        return Given(page, form)
    try:
        act = record_actuals(by=request.user, measure=page.measure.code, entries=[], words=words.words())
    except Refused as fault:
        words.add_error(None, str(fault))
        return Given(page, form)
    return Given(page, form, act=act)


def _restated(request: HttpRequest, page: Sheet, form: EntryForm) -> Given:
    """Restate the figure once its consequences have been seen."""
    if not form.is_valid():
        return Given(page, form)
    entry = form.entries()[0]
    found = check(page, [(entry.category, figure_of(entry, page))])
    if request.POST.get(TICK) != found.seal:
        return Given(page, form, found)
    try:
        act = restate_figure(
            by=request.user, measure=page.measure.code, entry=entry, reason=form.cleaned_data["reason"]
        )
    except Refused as fault:
        return _back(request, page, form, fault)
    return Given(page, form, act=act)


def _back(request: HttpRequest, page: Sheet, form: EntryForm, fault: Refused) -> Given:
    """The form with all that was typed and what is wrong; if somebody saved meanwhile, beside what they saved."""
    data: QueryDict = request.POST.copy()
    if isinstance(fault, Superseded):
        page = sheet(page.measure, page.period)
        for bound in EntryForm(sheet=page, restating=form.restating, category=form.category).seen_fields():
            data[bound.html_name] = str(bound.initial)
    again = EntryForm(data, sheet=page, restating=form.restating, category=form.category)
    again.may_be_empty = form.may_be_empty
    again.is_valid()
    again.refuse(fault.faults)
    return Given(page, again)


def _page(request: HttpRequest, template: str, given: Given, context: Mapping[str, Any]) -> HttpResponse:
    before, after = beside(given.sheet.definition)
    about = {"sheet": given.sheet, "measure": given.sheet.measure, "form": given.form, "check": given.check}
    return render.page(request, template, {**context, **about, "shown": Wording(), "prefix": before, "suffix": after})


def _to_entered(measure: Measure, act: Act) -> HttpResponse:
    return redirect("measures:entered", measure.code, act.change.pk)


def _data(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _period(request: HttpRequest, measure: Measure) -> Period | None:
    """The period asked for; None for the one due next, said so where the address names none."""
    text = request.POST.get("period") or request.GET.get("period")
    if not text:
        return None
    try:
        period = Period.parse(text)
    except PeriodError as fault:
        messages.error(request, str(fault))
        return None
    if fault := period_fault(measure, period):
        messages.error(request, fault)
        return None
    return period


def _named(text: str) -> Period:
    try:
        return Period.parse(text)
    except PeriodError:
        raise Http404 from None


def _inputs(measure: Measure) -> list[str]:
    """The measures from which a formula makes this one."""
    return sorted(parse(measure.formula).references) if measure.formula else []
