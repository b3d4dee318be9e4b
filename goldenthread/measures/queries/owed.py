"""The figures that somebody waits for, and which of them a person owes next."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from goldenthread.domain.periods import Period
from goldenthread.domain.words import Frequency, Status
from goldenthread.history.clock import today
from goldenthread.measures.models import Measure
from goldenthread.measures.queries.board import board
from goldenthread.measures.queries.duties import duties_of
from goldenthread.measures.queries.line import Line
from goldenthread.measures.rules import visible_to

#: A measure that is waited for, the longest overdue first.
WAITING = (Status.OVERDUE, Status.AWAITED)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A figure that somebody waits for."""

    line: Line
    status: Status
    period: str
    due: date | None
    mine: bool


def wanted_of(lines: Sequence[Line], entered: Collection[int]) -> list[Wanted]:
    """The figures waited for, the longest overdue first; ``entered`` are the measures whose figures one enters."""
    found = []
    for line in lines:
        status, reason = (line.awaiting, line.awaiting_reason) if line.result else (line.status, line.reason)
        if status not in WAITING or reason is None or line.definition.formula:
            continue
        due = reason.params.get("expected_on") or reason.params.get("due")
        found.append(
            Wanted(
                line,
                status,
                reason.params.get("period", ""),
                date.fromisoformat(due) if due else None,
                line.pk in entered,
            )
        )
    return sorted(found, key=lambda one: (WAITING.index(one.status), one.due or date.max, one.line.code))


def owed_by(user: Any) -> list[Wanted]:
    """The figures that ``user`` owes today, the longest overdue first."""
    measures = Measure.objects.filter(visible_to(user), duties_of(user).enters)
    lines = board(measures, Period.of(Frequency.DAY, today())).lines
    return wanted_of(lines, {line.pk for line in lines})
