"""What the latest figure says and why: the rule and the target behind it, and the three views of it side by side."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from markupsafe import Markup

from goldenthread.domain.forecast import forecast_words
from goldenthread.domain.periods import Period
from goldenthread.domain.reasons import Reason, explain
from goldenthread.domain.rules import describe
from goldenthread.domain.words import ON_TARGET, RATED, Frequency, Status, TargetKind
from goldenthread.measures.models import Result, Target
from goldenthread.measures.models.definition import Tier
from goldenthread.measures.queries.kept import Kept
from goldenthread.measures.queries.line import Line
from goldenthread.measures.queries.measure import Story
from goldenthread.measures.shown import Shown
from goldenthread.web.filters import day
from goldenthread.web.status import status_tag
from goldenthread.web.words import STATE_WORDS, STATUS_WORDS

#: Targets that have stood from the beginning are kept as of this year.
BEGINNING = 1970


@dataclass(frozen=True, slots=True)
class RuleTold:
    """The rule that rates a period: what it says, and who agreed to it when."""

    code: str
    title: str
    words: str
    given: str
    decision: str
    reason: str


@dataclass(frozen=True, slots=True)
class TargetTold:
    """The target a period is held against: for what it was set, by whom, when and why."""

    value: str
    original: str
    period: str
    set_by: str
    set_on: str
    decision: str
    reason: str


@dataclass(frozen=True, slots=True)
class View:
    """One way of looking at the measure: now, forecast, judged."""

    term: str
    tag: Markup
    value: str
    note: str


@dataclass(frozen=True, slots=True)
class Headline:
    value: str
    unit: str
    tag: Markup
    awaiting: Markup
    period: str
    sentences: list[str]
    rule: RuleTold | None
    target: TargetTold | None


def headline(story: Story, line: Line, shown: Shown) -> Headline:
    """The figure the page is about: the latest, with what is waited for beside it."""
    result = line.result
    marks = (result.state,) if result and result.state in STATE_WORDS else ()
    period = Period.parse(result.period) if result else None
    value = shown.value(story.definition, result) if result else ""
    return Headline(
        value=value,
        unit=shown.unit(story.definition, value),
        tag=status_tag(line.status, line.carried, marks),
        awaiting=status_tag(line.awaiting) if line.awaiting else Markup(""),
        period=shown.long_period(result.period) if result else "",
        sentences=list(sentences(line, shown)),
        rule=rule_told(story, period) if period and line.status in RATED else None,
        target=target_told(story, result, shown) if result and shown.target(story.definition, result) else None,
    )


def sentences(line: Line, shown: Shown) -> Iterator[str]:
    """Why the status is what it is, and what else to know of it."""
    if line.differs:
        text = gettext("It was published as %s, which stays the headline of its period. Today's figures would say:")
        yield text % str(STATUS_WORDS[line.status]).lower()
    yield f"{shown.why(line.reason)}."
    if line.awaiting_reason:
        yield f"{shown.why(line.awaiting_reason)}."


def rule_told(story: Story, period: Period) -> RuleTold | None:
    found = story.rules.at(period)
    if found is None:
        return None
    measure, given = story.measure, found.assignment
    tier = str(Tier(measure.tier).label).lower() if measure.tier in Tier.values else measure.tier
    text = gettext("The rule of every %(tier)s measure") if found.by_tier else gettext("Given to this measure")
    said = text % {"tier": tier} if found.by_tier else text
    if given.starts:
        said += gettext(", from %s") % day(given.starts)
    return RuleTold(
        code=found.row.code,
        title=found.title,
        words=explain(describe(found.version, story.definition), translate=gettext),
        given=said,
        decision=found.decision,
        reason=given.reason,
    )


def target_told(story: Story, result: Result | Kept, shown: Shown) -> TargetTold | None:
    """The row that says what a result is held against: its period's own, else its year's."""
    row = target_row(story, result.period)
    if row is None:
        return None
    return TargetTold(
        value=target_words(story, row, shown),
        original=_original(story, row, result, shown),
        period=shown.period(row.period),
        set_by=row.set_by,
        set_on=day(row.entered_at) if row.entered_at.year > BEGINNING else "",
        decision=row.decision,
        reason=row.reason,
    )


def target_row(story: Story, period: str) -> Target | None:
    rows = {row.period: row for row in story.targets if row.kind == TargetKind.TARGET and not row.category}
    parsed = Period.parse(period)
    if period in rows or parsed.is_span or parsed.frequency in (Frequency.YEAR, Frequency.TWO_YEAR):
        return rows.get(period)
    return rows.get(parsed.containing(Frequency.YEAR, story.definition.year).text)


def target_words(story: Story, row: Target, shown: Shown) -> str:
    definition = story.definition
    return (
        shown.amount(definition, row.value) or shown.span(definition, row.low, row.high) or gettext("to be confirmed")
    )


def _original(story: Story, row: Target, result: Result | Kept, shown: Shown) -> str:
    """What stood before an amendment or a correction: the first row, else what the year's target came to."""
    if not (row.amends or row.corrects):
        return ""
    earlier = [
        other
        for other in story.targets
        if (other.period, other.category, other.kind) == (row.period, row.category, row.kind)
        and (other.entered_at, other.pk) < (row.entered_at, row.pk)
    ]
    return target_words(story, earlier[0], shown) if earlier else shown.amount(story.definition, result.target_original)


def views(story: Story, line: Line, shown: Shown) -> tuple[list[View], list[str]]:
    """The measure now, as forecast for the year end and as judged, and where they disagree."""
    result = latest_own(story)
    nothing = Markup('<span class="gt-quiet">–</span>')
    now = View(
        gettext("Now"), status_tag(line.status, line.carried), _value(story, line, shown), shown.period(line.period)
    )
    forecast = View(gettext("Forecast"), nothing, "", gettext("None for this measure"))
    if result is not None and result.forecast is not None:
        forecast = View(
            gettext("Forecast for %s") % shown.period(year_of(story, result.period)),
            status_tag(result.forecast_status) if result.forecast_status else nothing,
            shown.amount(story.definition, result.forecast),
            forecast_why(result),
        )
    judged = View(gettext("Judged"), nothing, "", gettext("Nobody has judged it"))
    judgement = next((row for row in story.judgements if row.period == line.period), None)
    if judgement is not None:
        expired = judgement.expires is not None and judgement.expires < story.today
        until = gettext("until %s") if not expired else gettext("expired on %s")
        judged = View(
            gettext("Judged"),
            status_tag(judgement.status, expired),
            "",
            gettext("%(by)s, %(until)s: %(why)s")
            % {"by": judgement.by_name, "until": until % day(judgement.expires), "why": judgement.reason},
        )
    return [now, forecast, judged], list(_disagreements(line, result, judgement.status if judgement else ""))


def _disagreements(line: Line, result: Result | None, judged: str) -> Iterator[str]:
    forecast = result.forecast_status if result else ""
    now = line.status
    if now not in RATED:
        return
    told = {"now": str(STATUS_WORDS[now]).lower()}
    for other, text in (
        (forecast, _("The forecast says %(other)s, but the figure is %(now)s.")),
        (judged, _("It is judged %(other)s, but the figure is %(now)s.")),
    ):
        if other in RATED and (other in ON_TARGET) != (now in ON_TARGET):
            yield str(text) % (told | {"other": str(STATUS_WORDS[Status(other)]).lower()})


def forecast_why(result: Result) -> str:
    """What a forecast rests on."""
    if not result.forecast_reason_code:
        return ""
    return forecast_words(Reason(result.forecast_reason_code, result.forecast_reason_params), translate=gettext)


def latest_own(story: Story) -> Result | None:
    """The last result of the measure's own periods with a figure."""
    return next((row for row in reversed(story.own) if row.value is not None), None)


def year_of(story: Story, period: str) -> str:
    parsed = Period.parse(period)
    if parsed.is_span:
        return period
    return parsed.containing(Frequency.YEAR, story.definition.year).text


def _value(story: Story, line: Line, shown: Shown) -> str:
    if line.result is None:
        return ""
    value = shown.value(story.definition, line.result)
    unit = shown.unit(story.definition, value)
    return f"{value} {unit}" if value and unit else value
