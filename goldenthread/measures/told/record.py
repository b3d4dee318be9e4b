"""One figure's record as its page tells it: the sum behind the status, and each version with who, when, from what."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext
from markupsafe import Markup

from goldenthread.domain.periods import Period
from goldenthread.domain.words import RATED, Assurance, Signal, Status
from goldenthread.measures import words
from goldenthread.measures.models import Actual, PublishedFigure, Result
from goldenthread.measures.queries.measure import reason_of
from goldenthread.measures.queries.record import Record
from goldenthread.measures.shown import Shown
from goldenthread.measures.told.headline import RuleTold, TargetTold, forecast_why, rule_told, target_told
from goldenthread.measures.told.rows import halves_of, original_of
from goldenthread.measures.told.versions import Told, source_named, told_versions
from goldenthread.web.status import status_tag
from goldenthread.web.words import DIRECTION_WORDS, SIGNAL_WORDS, STATE_WORDS

Fact = tuple[str, str]


@dataclass(frozen=True, slots=True)
class VersionTold:
    """One version of the result: what it said, from when to when, and the act that made it."""

    value: str
    target: str
    tag: Markup
    why: str
    known_from: datetime
    known_to: datetime | None
    differences: tuple[str, ...]
    verb: str
    by: str
    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class GivenTold:
    """One time the figure was given."""

    value: str
    halves: str
    margin: str
    mark: str
    at: datetime
    by: str
    source: str
    method: str
    assurance: str
    comment: str
    reason: str


@dataclass(frozen=True, slots=True)
class ResultTold:
    value: str
    unit: str
    tag: Markup
    why: str
    facts: list[Fact]
    rule: RuleTold | None
    target: TargetTold | None
    versions: list[VersionTold]
    given: list[GivenTold]
    published: list[tuple[PublishedFigure, str, Markup]]
    parts: list[str]


def result_told(record: Record, shown: Shown) -> ResultTold:
    story, result, waiting = record.story, record.current, record.waiting
    definition = story.definition
    value, why, tag, facts = "", "", Markup(""), []
    rated = result is not None and result.status in RATED
    if result is not None:
        value = shown.value(definition, result)
        marks = (result.state,) if result.state in STATE_WORDS else ()
        tag, why = status_tag(result.status, result.have < result.expected, marks), shown.why(reason_of(result))
        facts = _facts(record, result, shown)
    elif waiting is not None:
        status, reason = waiting.awaiting or waiting.status, waiting.awaiting_reason or waiting.reason
        tag, why = status_tag(status), shown.why(reason)
    return ResultTold(
        value=value,
        unit=shown.unit(definition, value) if value else "",
        tag=tag,
        why=why,
        facts=facts,
        rule=rule_told(story, record.period) if rated else None,
        target=target_told(story, result, shown) if result is not None and rated and not record.category else None,
        versions=[
            _version(record, told, shown) for told in reversed(told_versions(record.versions, definition, shown))
        ],
        given=[_given(record, row, shown) for row in reversed(record.given)],
        published=[_published(record, figure, shown) for figure in reversed(record.published)],
        parts=_parts(record, result, shown),
    )


def _facts(record: Record, result: Result, shown: Shown) -> list[Fact]:
    definition = record.story.definition
    own = shown.amount(definition, result.value) if result.value != result.rated_value else ""
    mean, lower, upper = result.limit_mean, result.limit_lower, result.limit_upper
    limits = "" if mean is None else f"{shown.figure(definition, lower)} – {shown.figure(definition, upper)}"
    directions = {name: _direction(getattr(result, name)) for name in ("direction_short", "direction_long")}
    facts = [
        (gettext("Figure as given"), own),
        (gettext("Numerator ÷ denominator"), halves_of(result)),
        (gettext("Margin of the survey"), shown.span(definition, result.lower, result.upper)),
        (gettext("Target"), shown.target(definition, result)),
        (gettext("Original target"), original_of(record.story, result, shown)),
        (gettext("Red line"), shown.figure(definition, result.target_floor)),
        (gettext("Stretch target"), shown.figure(definition, result.target_stretch)),
        (gettext("Since last period"), directions["direction_short"]),
        (gettext("Since last year"), directions["direction_long"]),
        (gettext("Signal"), _signal(result.signal)),
        (gettext("Control limits"), limits),
        (gettext("Year to date"), shown.amount(definition, result.year_to_date)),
        (gettext("Rolling"), shown.amount(definition, result.rolling)),
        (gettext("Forecast for the year"), forecast_why(result)),
        (gettext("How far assured"), _assurance(result.assurance)),
    ]
    return [(term, said) for term, said in facts if said]


def _direction(direction: str) -> str:
    return "" if direction == "none" else str(DIRECTION_WORDS.get(direction, ""))


def _signal(signal: str) -> str:
    return str(SIGNAL_WORDS[Signal(signal)]) if signal in _SIGNALS else ""


_SIGNALS = frozenset({Signal.IMPROVING, Signal.WORSENING, Signal.NO_CHANGE})


def _assurance(assurance: str) -> str:
    return str(words.ASSURANCE[Assurance(assurance)]) if assurance else ""


def _version(record: Record, told: Told, shown: Shown) -> VersionTold:
    version = told.result
    definition, change = record.story.definition, version.change
    return VersionTold(
        value=shown.value(definition, version) or "–",
        target=shown.target(definition, version) or "–",
        tag=status_tag(Status(version.status), version.have < version.expected),
        why=shown.why(reason_of(version)),
        known_from=version.known_from,
        known_to=told.known_to,
        differences=told.differences,
        verb=str(words.VERBS.get(change.verb, change.verb.replace("_", " "))),
        by=change.by_name if change.by_id else "",
        source=source_named(change.source) if change.by_id or change.verb == "import" else "",
        reason=change.reason,
    )


def _given(record: Record, row: Actual, shown: Shown) -> GivenTold:
    definition = record.story.definition
    value = shown.amount(definition, row.value)
    if row.missing:
        value = str(words.MISSING.get(row.missing, row.missing))
    halves = f"{row.numerator:,f} ÷ {row.denominator:,f}" if row.numerator is not None and row.denominator else ""
    place = gettext("%(file)s, row %(row)s") % {"file": row.source_file, "row": row.source_row}
    return GivenTold(
        value=value or halves or "–",
        halves=halves if value else "",
        margin=shown.span(definition, row.lower, row.upper),
        mark=str(STATE_WORDS.get(row.state, "")),
        at=row.entered_at,
        by=row.entered_by,
        source=source_named(place if row.source_row else row.source_file),
        method=row.method,
        assurance=_assurance(row.assurance),
        comment=row.comment,
        reason=row.reason,
    )


def _published(record: Record, figure: PublishedFigure, shown: Shown) -> tuple[PublishedFigure, str, Markup]:
    tag = status_tag(figure.status) if figure.status in set(Status) else Markup("")
    return figure, shown.amount(record.story.definition, figure.value), tag


def _parts(record: Record, result: Result | None, shown: Shown) -> list[str]:
    """The shorter periods that a longer one was made from."""
    if result is None or not result.derived or record.story.definition.formula:
        return []
    inside = [row for row in record.story.own if record.period.contains(Period.parse(row.period))]
    return [row.period for row in inside]
