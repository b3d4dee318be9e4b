"""Rules to choose from, and what one would have said of a measure's last periods; nothing is written."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from goldenthread.domain.periods import Period
from goldenthread.domain.rules import Rule as RuleVersion
from goldenthread.domain.rules import faults
from goldenthread.domain.said import Assigned
from goldenthread.domain.words import Status, TargetKind
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
