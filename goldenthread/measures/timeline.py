"""The history of everything: what happened to a measure, who did it, when and why, from the rows that keep it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time
from itertools import groupby, pairwise
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from goldenthread.domain import words as domain_words
from goldenthread.domain.reasons import explain
from goldenthread.domain.rules import describe
from goldenthread.domain.words import State, TargetKind
from goldenthread.measures import words
from goldenthread.measures.models import Actual, MeasureRole, Target
from goldenthread.measures.queries.measure import Story
from goldenthread.measures.queries.parts import past_of_parts
from goldenthread.measures.said import rule as version_of
from goldenthread.measures.sheet import word_of
from goldenthread.measures.shown import Shown
from goldenthread.web.filters import day
from goldenthread.web.words import STATUS_WORDS

#: What is said to have stood from the beginning is kept as of this year.
BEGINNING = 1970
#: The audience of what officers write to each other.
INTERNAL = "internal"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened. ``kind`` names what it happened to; ``details`` say more, a line each."""

    at: datetime
    kind: str
    what: str
    who: str = ""
    details: tuple[str, ...] = ()
    period: str = ""
    internal: bool = False

    @property
    def from_the_beginning(self) -> bool:
        return self.at.year <= BEGINNING


def timeline(story: Story, shown: Shown) -> list[Event]:
    """Everything that happened to the measure, the latest first."""
    teller = _Teller(story, shown)
    events = [
        *teller.figures(),
        *teller.targets(),
        *teller.rules(),
        *teller.judgements(),
        *teller.forecasts(),
        *teller.annotations(),
        *teller.commentary(),
        *teller.published(),
        *teller.definition(),
        *teller.parts(),
    ]
    return sorted(events, key=lambda event: event.at, reverse=True)


class _Teller:
    def __init__(self, story: Story, shown: Shown) -> None:
        self.story, self.shown = story, shown

    def amount(self, value: Any) -> str:
        return self.shown.amount(self.story.definition, value)

    def figures(self) -> Iterator[Event]:
        standing: dict[str, Actual] = {}
        for row in self.story.actuals:
            before = standing.get(row.period)
            standing[row.period] = row
            yield Event(
                row.entered_at, "figure", self._figure(row, before), row.entered_by, self._about(row), row.period
            )

    def _figure(self, row: Actual, before: Actual | None) -> str:
        told = {"period": self.shown.period(row.period), "value": self.given(row)}
        if row.state == State.RESTATED and before is not None:
            text = gettext("%(period)s restated from %(before)s to %(value)s")
        elif before is None:
            text = gettext("%(period)s: %(value)s")
        else:
            text = gettext("%(period)s changed from %(before)s to %(value)s")
        return text % (told | {"before": self.given(before) if before else ""})

    def given(self, row: Actual) -> str:
        """A figure as it was given, with its mark; or why there is none."""
        if row.missing:
            return str(words.MISSING.get(row.missing, row.missing)).lower()
        if row.value is None and row.numerator is None:
            return gettext("expected on %s") % day(row.expected_on) if row.expected_on else gettext("no figure")
        said = self.amount(row.value)
        if row.numerator is not None and row.denominator is not None:
            halves = f"{row.numerator:,f} ÷ {row.denominator:,f}"
            said = f"{said} ({halves})" if said else halves
        mark = _MARKS.get(row.state, "")
        return f"{said}, {mark}" if mark else said

    def _about(self, row: Actual) -> tuple[str, ...]:
        told = [row.reason, row.comment]
        if row.source_file:
            place = gettext(", row %s") % row.source_row if row.source_row else ""
            told.append(gettext("From %(file)s%(place)s") % {"file": row.source_file, "place": place})
        if row.assurance != domain_words.Assurance.NONE:
            told.append(str(words.ASSURANCE[domain_words.Assurance(row.assurance)]))
        return tuple(line for line in told if line)

    def targets(self) -> Iterator[Event]:
        standing: dict[tuple[str, str, str], Target] = {}
        for row in self.story.targets:
            key = (row.period, row.category, row.kind)
            before = standing.get(key)
            standing[key] = row
            told = {
                "kind": words.TARGET_KIND[TargetKind(row.kind)],
                "period": self.shown.period(row.period),
                "category": f" ({row.category})" if row.category else "",
                "value": self.of_target(row),
                "before": self.of_target(before) if before else "",
            }
            if row.corrects and before:
                text = gettext("%(kind)s for %(period)s%(category)s corrected from %(before)s to %(value)s")
            elif row.amends and before:
                text = gettext("%(kind)s for %(period)s%(category)s amended from %(before)s to %(value)s")
            elif row.amends:
                text = gettext("%(kind)s for %(period)s%(category)s amended to %(value)s")
            else:
                text = gettext("%(kind)s for %(period)s%(category)s set: %(value)s")
            details = tuple(line for line in (row.decision, row.reason) if line)
            yield Event(row.entered_at, "target", text % told, row.set_by, details, row.period)

    def of_target(self, row: Target) -> str:
        definition = self.story.definition
        return self.amount(row.value) or self.shown.span(definition, row.low, row.high) or gettext("to be confirmed")

    def rules(self) -> Iterator[Event]:
        titles = {row.code: row.title or row.code for row in self.story.rules.versions}
        for given in self.story.rules.assignments:
            told = {"rule": titles.get(given.rule, given.rule), "from": _from(given.starts)}
            text = gettext("Rated by the rule “%(rule)s”%(from)s")
            if given.measure_id is None:
                text = gettext("Every measure of its tier rated by the rule “%(rule)s”%(from)s")
            details = tuple(line for line in (given.decision, given.reason) if line)
            yield Event(given.entered_at, "rule", text % told, given.by_name, details)
        first: set[str] = set()
        for row in self.story.rules.versions:
            text = (
                gettext("The rule “%(rule)s” changed%(from)s")
                if row.code in first
                else gettext("The rule “%(rule)s”%(from)s")
            )
            first.add(row.code)
            said = explain(describe(version_of(row), self.story.definition), translate=gettext)
            details = tuple(line for line in (f"{said}.", row.decision) if line)
            told = {"rule": titles[row.code], "from": _from(row.starts)}
            yield Event(row.entered_at, "rule", text % told, row.change.by_name, details)

    def judgements(self) -> Iterator[Event]:
        for row in self.story.judgements:
            told = {"period": self.shown.period(row.period), "status": _status(row.status), "until": day(row.expires)}
            text = gettext("%(period)s judged %(status)s until %(until)s")
            yield Event(row.entered_at, "judgement", text % told, row.by_name, _lines(row.reason), row.period)

    def forecasts(self) -> Iterator[Event]:
        for row in self.story.forecasts:
            told = {"period": self.shown.period(row.for_period), "value": self.amount(row.value)}
            text = gettext("Forecast for %(period)s: %(value)s")
            yield Event(row.entered_at, "forecast", text % told, row.by_name, _lines(row.reason), row.for_period)

    def annotations(self) -> Iterator[Event]:
        for row in self.story.annotations:
            kind = words.ANNOTATION[domain_words.Annotation(row.kind)]
            text = f"{self.shown.period(row.period)}: {kind}"
            yield Event(row.entered_at, "note", text, row.change.by_name, _lines(row.text), row.period)

    def commentary(self) -> Iterator[Event]:
        for row in self.story.commentary:
            text = gettext("Commentary on %s") % self.shown.period(row.period)
            details = _lines(row.comment or row.cause or row.action)
            internal = row.audience == INTERNAL
            yield Event(row.entered_at, "commentary", text, row.written_by, details, row.period, internal)

    def published(self) -> Iterator[Event]:
        for row in self.story.published:
            told = {"period": self.shown.period(row.period), "value": self.amount(row.value)}
            told |= {"status": f", {_status(row.status)}" if row.status else "", "publication": row.publication}
            text = gettext("%(period)s published in %(publication)s: %(value)s%(status)s")
            at = _start_of(row.shown_on) if row.shown_on else row.change.at
            yield Event(at, "publication", text % told, row.body, _lines(row.note), row.period)

    def definition(self) -> Iterator[Event]:
        """The definition's versions, each with the fields it changed."""
        versions = self.story.versions
        for first in versions[:1]:
            yield Event(first.history_date, "definition", gettext("Definition entered"), _who(first), ())
        for before, after in pairwise(versions):
            changes = tuple(differences(before, after))
            if changes:
                yield Event(
                    after.history_date,
                    "definition",
                    gettext("Definition changed"),
                    _who(after),
                    (*_lines(_why(after)), *changes),
                )

    def parts(self) -> Iterator[Event]:
        """Who was given which part; those given at once, as a load does, told as one."""
        for at, together in groupby(
            past_of_parts(self.story.measure, self.story.as_at), key=lambda row: row.history_date
        ):
            rows = list(together)
            told = [_part(row) for row in rows]
            if len(rows) == 1:
                yield Event(at, "part", told[0], _who(rows[0]), _lines(_why(rows[0])))
            else:
                yield Event(at, "part", gettext("Who does what entered"), _who(rows[0]), tuple(told))


def differences(before: Any, after: Any) -> Iterator[str]:
    """Field by field, what a definition said and what it says now."""
    for field, name in words.FIELDS.items():
        attribute = f"{field}_id" if field in ("unit", "succeeds") else field
        was, now = getattr(before, attribute), getattr(after, attribute)
        if was != now:
            yield gettext("%(field)s: %(was)s → %(now)s") % {
                "field": name,
                "was": _of(before, field) or gettext("empty"),
                "now": _of(after, field) or gettext("empty"),
            }


#: How a definition came that no person wrote, by the act that did.
_BY_NOBODY = {
    "load": gettext_lazy("when the council was loaded"),
    "import": gettext_lazy("when a file was imported"),
}
#: What stands for the reason of a version where none was given.
_NO_REASONS = {"create_measure", "change_definition", "retire_measure", "give_part", "end_part"}
_MARKS = {State.PROVISIONAL: "provisional", State.ESTIMATE: "estimate"}


def _of(version: Any, field: str) -> str:
    if field == "unit":
        return version.unit.name if version.unit_id and version.unit else ""
    if field == "succeeds":
        return str(version.succeeds_id or "")
    return word_of(field, getattr(version, field))


def _who(version: Any) -> str:
    """Who wrote a version; of one that no person did, how it came."""
    if version.history_user_id:
        return str(version.history_user)
    verb = _verb(version)
    return str(_BY_NOBODY[verb]) if verb in _BY_NOBODY else ""


def _why(version: Any) -> str:
    """The reason given for a version; none where only its verb and its file are kept in its place."""
    if not version.history_user_id and _verb(version) in _BY_NOBODY:
        return ""
    return "" if version.history_change_reason in _NO_REASONS else version.history_change_reason or ""


def _verb(version: Any) -> str:
    return (version.history_change_reason or "").partition(" ")[0]


def _part(row: Any) -> str:
    told = {"part": MeasureRole.Part(row.role).label, "post": row.post.title if row.post else ""}
    if row.ends:
        return gettext("%(part)s: %(post)s until %(day)s") % (told | {"day": day(row.ends)})
    return gettext("%(part)s: %(post)s%(from)s") % (told | {"from": _from(row.starts)})


def _from(starts: Any) -> str:
    return gettext(" from %s") % day(starts) if starts else ""


def _status(status: str) -> str:
    return str(STATUS_WORDS.get(status, status)).lower()


def _lines(*lines: str) -> tuple[str, ...]:
    return tuple(line for line in lines if line)


def _start_of(on: Any) -> datetime:
    return timezone.make_aware(datetime.combine(on, time.min))
