"""What the database holds of measures, as the events from which results follow."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Q
from django.utils.timezone import localtime

from goldenthread.domain import words
from goldenthread.domain.figures import Figure
from goldenthread.domain.periods import Period
from goldenthread.domain.rules import Rule as RuleVersion
from goldenthread.domain.said import Annotated, Assigned, Forecasted, Judged, Said
from goldenthread.domain.status import Judgement as Judged_
from goldenthread.domain.targets import Target as SetTarget
from goldenthread.measures.models import (
    Actual,
    Annotation,
    Forecast,
    Judgement,
    Measure,
    Rule,
    RuleAssignment,
    Target,
)


def said_of(measures: Iterable[Measure], *, parts: bool = True) -> dict[str, list[Said]]:
    """Every event of ``measures`` by code, in seven queries however many there are; without ``parts``, of the whole."""
    codes = {measure.pk: measure.code for measure in measures}
    tiers: dict[str, list[str]] = defaultdict(list)
    for measure in measures:
        tiers[measure.tier].append(measure.code)
    said: dict[str, list[Said]] = {code: [] for code in codes.values()}
    ours = Q(measure__in=list(codes))
    of = Q() if parts else Q(category="")
    for row in Actual.objects.filter(ours & of).exclude(promise()):
        said[codes[row.measure_id]].append(Said(row.entered_at, figure(row), row.category, row.pk))
    for row in Target.objects.filter(ours & of):
        said[codes[row.measure_id]].append(Said(row.entered_at, target(row), row.category, row.pk))
    for row in Judgement.objects.filter(ours):
        said[codes[row.measure_id]].append(Said(row.entered_at, judged(row), order=row.pk))
    for row in Forecast.objects.filter(ours):
        said[codes[row.measure_id]].append(Said(row.entered_at, forecasted(row), order=row.pk))
    for row in Annotation.objects.filter(ours).exclude(kind=words.Annotation.NOTE):
        said[codes[row.measure_id]].append(Said(row.entered_at, annotated(row), order=row.pk))
    _add_rules(said, codes, tiers)
    return said


def _add_rules(said: dict[str, list[Said]], codes: dict[int, str], tiers: dict[str, list[str]]) -> None:
    """Each measure hears of the rules assigned to it or to its tier, and of every version of those rules."""
    users: dict[str, set[str]] = defaultdict(set)
    for row in RuleAssignment.objects.filter(Q(measure__in=list(codes)) | Q(measure__isnull=True)):
        concerned = [codes[row.measure_id]] if row.measure_id else tiers.get(row.tier, [])
        event = Said(row.entered_at, assigned(row), order=row.pk)
        for code in concerned:
            said[code].append(event)
            users[row.rule].add(code)
    for row in Rule.objects.filter(code__in=list(users)):
        event = Said(row.entered_at, rule(row), order=row.pk)
        for code in users[row.code]:
            said[code].append(event)


def promise() -> Q:
    """A row that only says when a late figure will come: it is waited for, not missing."""
    return Q(expected_on__isnull=False, value__isnull=True, numerator__isnull=True)


def day_of(moment: datetime) -> date:
    """The day it was here, which in summer is another than in UTC for an hour after midnight."""
    return localtime(moment).date()


def figure(row: Actual) -> Figure:
    return Figure(
        period=Period.parse(row.period),
        value=row.value,
        numerator=row.numerator,
        denominator=row.denominator,
        lower=row.lower,
        upper=row.upper,
        sample=row.sample,
        missing=words.Missing(row.missing) if row.missing else None,
        state=words.State(row.state),
        assurance=words.Assurance(row.assurance),
    )


def target(row: Target) -> SetTarget:
    return SetTarget(
        period=Period.parse(row.period),
        kind=words.TargetKind(row.kind),
        value=row.value,
        low=row.low,
        high=row.high,
        comparison=words.Comparison(row.comparison) if row.comparison else None,
        profile=words.Profile(row.profile) if row.profile else None,
        set_on=day_of(row.entered_at),
        decision=row.decision,
        reason=row.reason,
        amended=row.amends,
        corrected=row.corrects,
    )


def judged(row: Judgement) -> Judged:
    judgement = Judged_(
        status=words.Status(row.status),
        reason=row.reason,
        by=row.by_name,
        on=day_of(row.entered_at),
        expires=row.expires,
    )
    return Judged(Period.parse(row.period), judgement)


def forecasted(row: Forecast) -> Forecasted:
    return Forecasted(
        for_period=Period.parse(row.for_period),
        value=row.value,
        made_in=Period.parse(row.made_in) if row.made_in else None,
        reason=row.reason,
        by=row.by_name,
    )


def annotated(row: Annotation) -> Annotated:
    return Annotated(Period.parse(row.period), words.Annotation(row.kind))


def assigned(row: RuleAssignment) -> Assigned:
    return Assigned(
        rule=row.rule, starts=row.starts, tier=row.measure_id is None, agreed_on=_agreed(row), decision=row.decision
    )


def _agreed(row: RuleAssignment) -> date | None:
    """When it was agreed: the day it was assigned, unless it has stood from the beginning."""
    entered: datetime = row.entered_at
    return day_of(entered) if entered.year > 1970 else None


def rule(row: Rule) -> RuleVersion:
    return RuleVersion(
        code=row.code,
        family=words.Family(row.family),
        basis=words.Basis(row.basis),
        green=row.green,
        amber=row.amber,
        red_amber=row.red_amber,
        exceed=row.exceed,
        absolute_green=row.absolute_green,
        absolute_amber=row.absolute_amber,
        absolute_red_amber=row.absolute_red_amber,
        absolute_exceed=row.absolute_exceed,
        compare=words.Compare(row.compare),
        against=words.Against(row.against),
        min_denominator=row.min_denominator,
        expires_after=row.expires_after,
        starts=row.starts,
        agreed_on=row.agreed_on,
        decision=row.decision,
    )
