"""Rules to choose from, and what one would have said of a measure's last periods; nothing is written."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q

from goldenthread.domain.periods import Period
from goldenthread.domain.rules import Rule as RuleVersion
from goldenthread.domain.rules import faults
from goldenthread.domain.said import Assigned
from goldenthread.domain.words import Status, TargetKind
from goldenthread.history.clock import today
from goldenthread.measures.models import Measure, Rule, RuleAssignment, Target
from goldenthread.measures.queries.preview import Moved, Saying, what_if
from goldenthread.measures.said import rule as version_of

#: How many of the last periods a rule is tried on before it is adopted.
TRIED = 8
#: The code of a rule while it is tried, so that none in force is meant.
ON_TRIAL = "on trial"


@dataclass(frozen=True, slots=True)
class RuleChoice:
    """A rule with its version in force on a day."""

    code: str
    title: str
    version: RuleVersion


@dataclass(frozen=True)
class Trial:
    """What a rule would have said of the last periods, and what adopting it from its day on would change."""

    periods: Sequence[Moved]
    adopted: Sequence[Moved]
    misfits: Sequence[str]

    @property
    def recoloured(self) -> int:
        return sum(1 for moved in self.periods if moved.recoloured)

    def changes(self) -> list[tuple[Status, Status, int]]:
        """From which status to which, and how often."""
        return changes(self.periods)


def changes(moved: Iterable[Moved]) -> list[tuple[Status, Status, int]]:
    pairs = Counter(
        (one.before.status, one.after.status)
        for one in moved
        if one.before is not None and one.after is not None and one.recoloured
    )
    return [(before, after, number) for (before, after), number in pairs.most_common()]


def rule_choices(day: date) -> list[RuleChoice]:
    """Every rule in the version that is in force on ``day``, or else in its first, by title; one query."""
    versions: dict[str, list[Rule]] = defaultdict(list)
    titles: dict[str, str] = {}
    for row in Rule.objects.order_by("entered_at", "pk"):
        versions[row.code].append(row)
        titles[row.code] = row.title or titles.get(row.code, "")
    found = [
        RuleChoice(code, titles[code] or code, version_of(_standing(rows, day))) for code, rows in versions.items()
    ]
    return sorted(found, key=lambda choice: (choice.title.casefold(), choice.code))


def _standing(rows: Sequence[Rule], day: date) -> Rule:
    """The row in force on ``day``, of two with one start the later; the first to come where none is yet."""
    begun = [row for row in rows if row.starts is None or row.starts <= day]
    if not begun:
        return min(rows, key=lambda row: row.starts or date.min)
    return max(reversed(begun), key=lambda row: row.starts or date.min)


def versions_of(code: str) -> list[RuleVersion]:
    """Every version of a rule, the last said of a start only, oldest first."""
    rows = {row.starts: row for row in Rule.objects.filter(code=code).order_by("entered_at", "pk")}
    return [version_of(row) for row in sorted(rows.values(), key=lambda row: row.starts or date.min)]


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule with the tiers whose default it is and the measures that it rates on a day."""

    choice: RuleChoice
    tiers: Sequence[str]
    measures: Sequence[Measure]


@dataclass(frozen=True)
class Given:
    """Which rule each measure and each tier has on a day."""

    measures: Mapping[str, Measure]
    of_measure: Mapping[str, RuleAssignment | None]
    of_tier: Mapping[str, RuleAssignment]

    def rated_by(self, rule: str) -> list[Measure]:
        """The measures that a rule rates."""
        return [self.measures[code] for code, given in self.of_measure.items() if given and given.rule == rule]

    def by_default(self, tier: str) -> list[Measure]:
        """The measures that take their tier's rule, having none of their own."""
        return [
            measure
            for code, measure in self.measures.items()
            if measure.tier == tier and ((given := self.of_measure[code]) is None or given.measure_id is None)
        ]


def given_on(day: date) -> Given:
    """What rates whom on ``day``; two queries."""
    live = Measure.objects.exclude(ends__lt=day).select_related("unit").order_by("code")
    measures = {measure.code: measure for measure in live}
    own: dict[int, RuleAssignment] = {}
    tiers: dict[str, RuleAssignment] = {}
    begun = Q(starts__isnull=True) | Q(starts__lte=day)
    rows = list(RuleAssignment.objects.filter(begun).order_by("entered_at", "pk"))
    for row in sorted(rows, key=lambda row: row.starts or date.min):
        if row.measure_id is None:
            tiers[row.tier] = row
        else:
            own[row.measure_id] = row
    chosen = {code: own.get(measure.pk) or tiers.get(measure.tier) for code, measure in measures.items()}
    return Given(measures, chosen, tiers)


def rule_lines(day: date) -> list[RuleLine]:
    """Every rule with whom it rates on ``day``; three queries."""
    given = given_on(day)
    return [
        RuleLine(
            choice,
            [tier for tier, row in given.of_tier.items() if row.rule == choice.code],
            given.rated_by(choice.code),
        )
        for choice in rule_choices(day)
    ]


def trial_over(measures: Sequence[Measure], rule: RuleVersion) -> list[Moved]:
    """What ``rule`` would say of the last figure of each measure, beside what is said of it; nothing is written."""
    if not measures:
        return []
    keys = {measure.pk: measure.code for measure in measures}
    starts: dict[str, set[date | None]] = {code: {None} for code in keys.values()}
    for key, day in RuleAssignment.objects.filter(measure__in=keys).values_list("measure_id", "starts"):
        starts[keys[key]].add(day)
    tried = replace(rule, code=ON_TRIAL, starts=None)
    sayings = [Saying(code, tried) for code in starts]
    sayings += [Saying(code, Assigned(ON_TRIAL, starts=day)) for code, days in starts.items() for day in days]
    preview = what_if(sayings, since=_last_year(), parts=False)
    found = []
    for measure in measures:
        rows = (moved for moved in preview.rows(measure.code) if _is_own(moved, measure))
        if (last := next(rows, None)) is not None:
            found.append(last)
    return found


def _last_year() -> date:
    """Far enough back for the last figure of a yearly measure that is late."""
    day = today()
    return date(day.year - 3, 1, 1)


def trial(measure: Measure, rule: RuleVersion, starts: date | None) -> Trial:
    """Try ``rule`` on the measure's last periods, as if it had always rated them, and from ``starts`` on in earnest."""
    own_starts = set(RuleAssignment.objects.filter(measure=measure).values_list("starts", flat=True))
    tried = replace(rule, code=ON_TRIAL, starts=None)
    everywhere = [Assigned(ON_TRIAL, starts=day) for day in {None, *own_starts}]
    whole = what_if([Saying(measure.code, what) for what in (tried, *everywhere)])
    own = [moved for moved in whole.rows(measure.code) if _is_own(moved, measure)]
    versions = versions_of(rule.code) or [rule]
    adopting = what_if([Saying(measure.code, what) for what in (*versions, Assigned(rule.code, starts=starts))])
    return Trial(own[:TRIED], [one for one in adopting.moved() if one.recoloured], misfits(measure, rule))


def misfits(measure: Measure, rule: RuleVersion) -> list[str]:
    """What is wrong with giving ``rule`` to the measure."""
    kinds = set(Target.objects.filter(measure=measure).values_list("kind", flat=True))
    return faults(
        rule,
        measure.sums,
        has_baseline=TargetKind.BASELINE.value in kinds,
        has_red_line=TargetKind.FLOOR.value in kinds,
    )


def _is_own(moved: Moved, measure: Measure) -> bool:
    period: Period = moved.row.period
    return not moved.row.derived and (period.frequency == measure.frequency or period.is_span)
