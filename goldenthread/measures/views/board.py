"""The board of measures for a period."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from typing import Any
from urllib.parse import quote

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext, ngettext
from markupsafe import Markup

from goldenthread.council.roles import running
from goldenthread.domain.periods import Period
from goldenthread.domain.rollup import Counts
from goldenthread.domain.words import Direction, Signal, Status
from goldenthread.history.clock import today
from goldenthread.measures.downloads import download
from goldenthread.measures.forms.board import BoardForm
from goldenthread.measures.lines import Writer, writer
from goldenthread.measures.models import Measure, Tag
from goldenthread.measures.queries.board import board as board_of
from goldenthread.measures.queries.choices import FILTERED_SCHEMES, Choices, choices, entries_of
from goldenthread.measures.queries.line import Line
from goldenthread.measures.rules import visible_to
from goldenthread.measures.shown import Shown
from goldenthread.web import render
from goldenthread.web.links import UrlPattern, url_pattern
from goldenthread.web.permission import requires

#: The worst first: what a manager asks for when sorting by status.
WORST_FIRST = (
    *(Status.RED, Status.RED_AMBER, Status.OVERDUE, Status.AMBER, Status.GREEN_AMBER, Status.GREEN, Status.BLUE),
    *(Status.AWAITED, Status.NOT_DUE, Status.CANNOT_COMPUTE, Status.NO_TARGET, Status.NOT_RATED, Status.NOT_APPLICABLE),
)
COUNTED = (
    *(Status.BLUE, Status.GREEN, Status.GREEN_AMBER, Status.AMBER, Status.RED_AMBER, Status.RED, Status.OVERDUE),
    *(Status.AWAITED, Status.NOT_DUE, Status.NO_TARGET, Status.NOT_RATED, Status.CANNOT_COMPUTE, Status.NOT_APPLICABLE),
)
_RANK = {status: rank for rank, status in enumerate(WORST_FIRST)}
_DIRECTIONS = {Direction.WORSE: 0, Direction.SAME: 1, Direction.BETTER: 2}
_SIGNALS = {Signal.WORSENING: 0, Signal.NO_CHANGE: 1, Signal.IMPROVING: 2}


@requires("measures.view_measure", navigation="measures")
def board(request: HttpRequest) -> HttpResponse:
    visible = Measure.objects.filter(visible_to(request.user))
    found = choices(visible, today())
    form = BoardForm(request.GET, choices=found)
    form.is_valid()
    as_at: datetime | None = form.shown("as-at")
    period = form.board_period
    entries = entries_of(form.shown("set"), period.end) if form.shown("set") else None
    whole = board_of(asked_for(visible, form, found, entries), period, as_at=as_at)
    lines = in_order(narrowed(whole.lines, form), form.shown("sort") or "", entries)
    if (kind := request.GET.get("format")) in ("csv", "xlsx"):
        return download(kind, lines, period, as_at)
    shown, counts = Shown(), whole.counts
    query = f"?as-at={quote(request.GET['as-at'])}" if as_at else ""
    address = UrlPattern(url_pattern("measures:measure") + query.replace("{", "{{").replace("}", "}}"))
    context = {
        "form": form,
        "board": whole,
        "period": period,
        "as_at": as_at,
        "none_at_all": not found.units and not found.kinds,
        "lines": lines,
        "sections": list(sections(lines, entries, writer(period, address, shown))),
        "by_status": by_status(counts),
        "said": said(counts, shown.period(period.text), shown),
        "shown": shown,
    }
    if request.htmx and not request.htmx.history_restore_request:
        response = render.render_block(request, "measures/board.html", "board", context)
    else:
        response = render.page(request, "measures/board.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def asked_for(
    visible: QuerySet[Measure], form: BoardForm, found: Choices, entries: dict[int, tuple[int, str]] | None
) -> QuerySet[Measure]:
    """The measures that the counts are about: everything asked for but a status."""
    measures = visible
    for word in (form.shown("q") or "").split():
        measures = measures.filter(Q(code__icontains=word) | Q(title__icontains=word) | Q(short_title__icontains=word))
    if unit := form.shown("unit"):
        measures = measures.filter(unit__in=found.below[unit])
    if tier := form.shown("tier"):
        measures = measures.filter(tier=tier)
    for scheme in FILTERED_SCHEMES:
        if tag := form.shown(scheme):
            measures = measures.filter(pk__in=_tagged(scheme, tag))
    if entries is not None:
        measures = measures.filter(pk__in=list(entries))
    return measures


def _tagged(scheme: str, tag: str) -> Any:
    return Tag.objects.filter(running(today()), scheme=scheme, tag=tag).values("measure")


def narrowed(lines: Iterable[Line], form: BoardForm) -> list[Line]:
    status = form.shown("status")
    wanted = [line for line in lines if status is None or line.status == status or line.awaiting == status]
    return [line for line in wanted if line.is_exception] if form.shown("exceptions") else wanted


def in_order(lines: list[Line], sort: str, entries: dict[int, tuple[int, str]] | None) -> list[Line]:
    """By the column asked for, lines without a figure last; else as the printed list has them, else by code."""
    name = sort.removeprefix("-")
    if name in SORTED_BY:
        by, backwards = SORTED_BY[name], sort.startswith("-")
        known = [line for line in lines if by(line) is not None]
        unknown = [line for line in lines if by(line) is None]
        return sorted(known, key=by, reverse=backwards) + unknown
    if entries is not None:
        return sorted(lines, key=lambda line: entries[line.pk][0])
    return lines


SORTED_BY: dict[str, Callable[[Line], Any]] = {
    "code": lambda line: line.code,
    "name": lambda line: line.name.casefold(),
    "status": lambda line: _RANK[line.status],
    "value": lambda line: line.result.rated_value if line.result else None,
    "target": lambda line: _target(line),
    "short": lambda line: _DIRECTIONS.get(line.result.direction_short) if line.result else None,
    "long": lambda line: _DIRECTIONS.get(line.result.direction_long) if line.result else None,
    "signal": lambda line: _SIGNALS.get(line.result.signal) if line.result else None,
    "owner": lambda line: line.owner.casefold() or None,
    "unit": lambda line: line.unit.casefold() or None,
    "period": lambda line: Period.parse(line.period) if line.result else None,
}


def _target(line: Line) -> Decimal | None:
    if line.result is None:
        return None
    result = line.result
    return next((one for one in (result.target, result.target_low, result.target_high) if one is not None), None)


def sections(
    lines: list[Line], entries: dict[int, tuple[int, str]] | None, writer: Writer
) -> Iterator[tuple[str, list[Markup]]]:
    """The lines under the headings of their printed list; one run without a heading elsewhere."""
    if entries is None:
        yield "", writer.rows(lines)
        return
    for section, run in groupby(lines, key=lambda line: entries[line.pk][1]):
        yield section, writer.rows(run)


def by_status(counts: Counts) -> list[tuple[Status, int]]:
    return [(status, counts.by_status[status]) for status in COUNTED if counts.by_status.get(status)]


def said(counts: Counts, period: str, shown: Shown) -> list[str]:
    """The counts in words, both numbers beside every percentage."""
    told = []
    if counts.rated:
        told.append(
            gettext("%(on_target)d of %(rated)d rated on figures for %(period)s are on target, %(percent)s%%.")
            % {"on_target": counts.on_target, "rated": counts.rated, "period": period, "percent": counts.percent}
        )
    elif counts.total:
        told.append(gettext("None is rated on a figure for %(period)s.") % {"period": period})
    if counts.overdue:
        overdue = ngettext("%(n)d is overdue", "%(n)d are overdue", counts.overdue) % {"n": counts.overdue}
        if counts.rated:
            missed = gettext("counting overdue as missed, %(percent)s%% are on target")
            overdue = f"{overdue}: {missed % {'percent': counts.percent_with_overdue}}"
        told.append(f"{overdue}.")
    if counts.carried:
        text = ngettext(
            "%(n)d is rated on a figure carried forward from %(oldest)s, %(on_target)d on target.",
            "%(n)d are rated on figures carried forward, the oldest from %(oldest)s, %(on_target)d of them on target.",
            counts.carried,
        )
        oldest = shown.period(counts.oldest_carried.text) if counts.oldest_carried else ""
        told.append(text % {"n": counts.carried, "oldest": oldest, "on_target": counts.carried_on_target})
    return told
