"""Which rule rates a period of a measure, by which assignment, agreed when and by whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from django.db.models import Q

from goldenthread.domain.periods import Period
from goldenthread.domain.rules import Rule as RuleVersion
from goldenthread.measures.models import Measure, Rule, RuleAssignment
from goldenthread.measures.said import rule as version_of

BEGINNING = date.min
Row = TypeVar("Row", Rule, RuleAssignment)


@dataclass(frozen=True, slots=True)
class RuleInForce:
    """A version of a rule, and the assignment that gave the rule to the measure or to its tier."""

    row: Rule
    assignment: RuleAssignment
    version: RuleVersion

    @property
    def title(self) -> str:
        return self.row.title or self.row.code

    @property
    def by_tier(self) -> bool:
        return self.assignment.measure_id is None

    @property
    def decision(self) -> str:
        return self.row.decision or self.assignment.decision


@dataclass(frozen=True, slots=True)
class RulesOf:
    """Every assignment and version that concerns one measure, as known at a moment."""

    assignments: list[RuleAssignment]
    versions: list[Rule]

    def at(self, period: Period) -> RuleInForce | None:
        """The rule that rates ``period``: the measure's own if one was given for it, else its tier's."""
        for tier in (False, True):
            given = _latest((one for one in self.assignments if (one.measure_id is None) is tier), period.end)
            if given is None:
                continue
            row = _latest((one for one in self.versions if one.code == given.rule), period.end)
            return RuleInForce(row, given, version_of(row)) if row else None
        return None


def rules_of(measure: Measure, as_at: datetime | None = None) -> RulesOf:
    """The rules given to ``measure`` or to its tier; two queries."""
    said = Q() if as_at is None else Q(entered_at__lte=as_at)
    ours = Q(measure=measure) | Q(measure__isnull=True, tier=measure.tier)
    assignments = list(RuleAssignment.objects.filter(said, ours).select_related("change").order_by("entered_at", "pk"))
    codes = {assignment.rule for assignment in assignments}
    versions = Rule.objects.filter(said, code__in=codes).select_related("change").order_by("entered_at", "pk")
    return RulesOf(assignments, list(versions))


def _latest(rows: Iterable[Row], day: date) -> Row | None:
    """The row with the latest start by ``day``; of two with one start the one said last."""
    started = [row for row in rows if row.starts is None or row.starts <= day]
    return max(reversed(started), key=lambda row: row.starts or BEGINNING, default=None)
