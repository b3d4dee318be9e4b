"""One measure: what its latest figure says and why, its run through time, what was aimed at, said and done."""

from datetime import datetime
from typing import Any
from urllib.parse import quote

from django.forms import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from goldenthread.council.models import Role
from goldenthread.council.roles import roles_of
from goldenthread.domain.periods import Period, PeriodError
from goldenthread.measures import words
from goldenthread.measures.breakdown import breakdowns, name_of
from goldenthread.measures.forms.board import MomentField
from goldenthread.measures.models import Measure, MeasureRole
from goldenthread.measures.pictures import breakdown_pictures, run_picture
from goldenthread.measures.queries.measure import Story
from goldenthread.measures.queries.record import Record
from goldenthread.measures.rules import visible_to
from goldenthread.measures.sheet import definition_rows
from goldenthread.measures.shown import Shown
from goldenthread.measures.timeline import Event, timeline
from goldenthread.measures.told.headline import headline, views
from goldenthread.measures.told.record import result_told
from goldenthread.measures.told.rows import period_rows, run_of, signals, target_rows, year_so_far
from goldenthread.measures.told.texts import texts
from goldenthread.web import render
from goldenthread.web.links import UrlPattern, url, url_if_any, url_pattern
from goldenthread.web.permission import requires

#: How many periods the first table shows; the rest open beneath it.
FIRST = 12
#: How many texts and events the page shows.
TEXTS, EVENTS = 6, 8
#: The columns of the table of periods that only some measures have.
SOMETIMES = ("year_to_date", "rolling", "since_ever", "finding")
#: What an event happened to, as a choice.
KINDS = {
    "figure": _("Figures"),
    "target": _("Targets"),
    "rule": _("Rules"),
    "definition": _("Definition"),
    "part": _("Who does what"),
    "commentary": _("Commentary"),
    "forecast": _("Forecasts"),
    "judgement": _("Judgements"),
    "note": _("Notes and breaks"),
    "publication": _("Publications"),
}


@requires("measures.view_measure", navigation="measures")
def measure(request: HttpRequest, code: str) -> HttpResponse:
    story, shown = story_of(request, code), Shown()
    furniture = _furniture(request, story, shown)
    run = run_of(story, request.GET.get("by", ""))
    rows = period_rows(story, run, shown, furniture["result_address"])
    told_views, disagreements = views(story, story.line, shown)
    by_category = breakdowns(story)
    context = {
        **furniture,
        "line": story.line,
        "headline": headline(story, story.line, shown),
        "views": told_views,
        "disagreements": disagreements,
        "actions": actions(request, story) if story.as_at is None else [],
        "rated_on": shown.rated_on(story.definition),
        "runs": [(name, words.RUNS[name], name == run) for name in story.runs],
        "chart": run_picture(story, run, shown),
        "signals": signals(story, shown) if story.runs and run == next(iter(story.runs)) else [],
        "notes": [(shown.period(row.period), words.ANNOTATION[row.kind], row.text) for row in story.annotations],
        "rows": rows[:FIRST],
        "earlier_rows": rows[FIRST:],
        "has": {name for row in rows for name in SOMETIMES if getattr(row, name)},
        "year": year_so_far(story, shown),
        "breakdowns": [(one, breakdown_pictures(one, story, shown)) for one in by_category],
        "masked": [(shown.period(one.period), part) for one in by_category for part in one.flagged],
        "targets": target_rows(story, shown),
        "texts": texts(story, shown, internal=reads_internal(request))[:TEXTS],
        "definition_rows": definition_rows(story, shown),
        "belongs": belongs(story),
        "parts_address": url("measures:parts", code),
        "holders": [(MeasureRole.Part(holder.role).label, holder) for holder in story.holders],
        "events": events_for(request, story, shown)[:EVENTS],
    }
    return render.page(request, "measures/measure.html", context)


@requires("measures.view_measure", navigation="measures")
def history(request: HttpRequest, code: str) -> HttpResponse:
    """Everything that happened to a measure."""
    story, shown = story_of(request, code), Shown()
    events = events_for(request, story, shown)
    kind = request.GET.get("of", "") if request.GET.get("of") in KINDS else ""
    happened = {event.kind for event in events}
    context = {
        **_furniture(request, story, shown),
        "events": [event for event in events if not kind or event.kind == kind],
        "kinds": [(name, words, name == kind) for name, words in KINDS.items() if name in happened],
        "kind": kind,
    }
    return render.page(request, "measures/history.html", context)


@requires("measures.view_measure", navigation="measures")
def result(request: HttpRequest, code: str, period: str) -> HttpResponse:
    """One figure: the sum behind its status, and every version of it."""
    story, shown = story_of(request, code), Shown()
    try:
        asked = Period.parse(period)
    except PeriodError:
        raise Http404 from None
    category = request.GET.get("category", "")
    record = Record(story, asked, category)
    if not record.exists:
        raise Http404
    may_restate = story.as_at is None and request.user.has_perm("measures.enter_figure", story.measure)
    context = {
        **_furniture(request, story, shown),
        "period": asked.text,
        "category_name": name_of(category, story.categories) if category else "",
        "told": result_told(record, shown),
        "events": [event for event in events_for(request, story, shown) if event.period == asked.text],
        "restate": url_if_any("measures:restate", code, asked.text) if may_restate and record.published else "",
    }
    return render.page(request, "measures/result.html", context)


def story_of(request: HttpRequest, code: str) -> Story:
    """The measure, if this reader may see it: as it stands, or as at the moment asked for."""
    seen = Measure.objects.filter(visible_to(request.user)).select_related("unit", "succeeds")
    return Story(get_object_or_404(seen, code=code), as_at_of(request))


def as_at_of(request: HttpRequest) -> datetime | None:
    """The moment asked for; none where it cannot be read."""
    try:
        moment: datetime | None = MomentField(required=False).clean(request.GET.get("as-at", ""))
    except ValidationError:
        return None
    return moment


def reads_internal(request: HttpRequest) -> bool:
    """Whether a reader sees what officers write to each other: members do not."""
    return not roles_of(request.user).only(Role.MEMBER)


def events_for(request: HttpRequest, story: Story, shown: Shown) -> list[Event]:
    internal = reads_internal(request)
    return [event for event in timeline(story, shown) if internal or not event.internal]


def actions(request: HttpRequest, story: Story) -> list[tuple[str, str]]:
    """What this reader may do here, the likeliest first, as (words, address).

    A retired measure takes no more figures: entering is offered while its last one is still awaited.
    """
    measure = story.measure
    takes_figures = measure.ends is None or measure.ends >= story.today or story.line.awaiting is not None
    entering = [
        (gettext("Enter a figure"), "measures:enter", "measures.enter_figure"),
        (gettext("Write commentary"), "measures:enter", "measures.write_commentary"),
    ]
    offered = [
        *(entering if takes_figures else []),
        (gettext("Targets"), "measures:targets", "measures.change_target"),
        (gettext("Rule"), "measures:rule", "measures.change_rule"),
        (gettext("Definition"), "measures:definition", "measures.change_definition"),
    ]
    found: dict[str, str] = {}
    for text, name, permission in offered:
        address = url_if_any(name, measure.code)
        if address and address not in found.values() and request.user.has_perm(permission, measure):
            found[text] = address
    return list(found.items())


def belongs(story: Story) -> list[tuple[str, str]]:
    """The schemes and printed lists in which the measure has a place."""
    tags: dict[str, list[str]] = {}
    lists = []
    for kind, name, second, third in story.places:
        if kind == "set":
            lists.append((gettext("Printed in"), ", ".join(filter(None, (second or name, third)))))
        else:
            tags.setdefault(name, []).append(f"{second} ({third})" if third else second)
    return [(scheme[:1].upper() + scheme[1:], ", ".join(names)) for scheme, names in tags.items()] + lists


def _furniture(request: HttpRequest, story: Story, shown: Shown) -> dict[str, Any]:
    """What every page about one measure needs: the measure, the moment it is shown as at, its addresses."""
    code = story.measure.code
    query = f"?as-at={quote(request.GET['as-at'])}" if story.as_at else ""
    pattern = url_pattern("measures:result", 2)
    return {
        "story": story,
        "shown": shown,
        "measure": story.measure,
        "as_at": story.as_at,
        "as_at_query": query,
        "measure_address": url("measures:measure", code) + query,
        "history_address": url("measures:history", code) + query,
        "result_address": lambda period: UrlPattern(pattern)(code, period) + query,
    }
