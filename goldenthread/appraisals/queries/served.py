"""What objectives serve, live: the measure or action an objective is, and how it stands today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from goldenthread.appraisals.models import Appraisal, Objective
from goldenthread.domain import actions as domain
from goldenthread.domain.actions import Standing
from goldenthread.domain.periods import Period
from goldenthread.domain.words import ActionState, Frequency
from goldenthread.measures.models import Measure
from goldenthread.measures.queries.board import board
from goldenthread.measures.queries.line import Line
from goldenthread.plans.models import Action


@dataclass(frozen=True, slots=True)
class Served:
    """An objective with the line of the measure it is, or how the action it is stands."""

    objective: Objective
    line: Line | None = None
    standing: Standing | None = None


def served(appraisal: Appraisal, day: date) -> list[Served]:
    """The objectives in their order, with today's figures. In nine queries at most."""
    rows = list(
        appraisal.objectives.filter(dropped_on__isnull=True)
        .select_related("element__plan", "element__kind", "measure", "action__element", "shared__of__crew")
        .order_by("order", "pk")
    )
    lines = _lines(rows, day)
    standings = _standings(rows, day)
    return [Served(row, lines.get(row.measure_id or 0), standings.get(row.action_id or 0)) for row in rows]


def _lines(rows: Sequence[Objective], day: date) -> dict[int, Line]:
    keys = [row.measure_id for row in rows if row.measure_id]
    if not keys:
        return {}
    found = board(Measure.objects.filter(pk__in=keys), Period.of(Frequency.DAY, day), today=day).lines
    return {line.pk: line for line in found}


def _standings(rows: Sequence[Objective], day: date) -> dict[int, Standing]:
    keys = [row.action_id for row in rows if row.action_id]
    if not keys:
        return {}
    late = Count("milestones", filter=Q(milestones__reached_on__isnull=True, milestones__due__lt=day))
    return {
        action.pk: domain.standing(
            domain.Action(
                state=ActionState(action.state),
                starts=action.starts,
                original_due=action.original_due,
                due=action.due,
                progress=action.progress,
                completed_on=action.completed_on,
                late_milestones=action.late,
            ),
            today=day,
        )
        for action in Action.objects.filter(pk__in=keys).annotate(late=late)
    }
