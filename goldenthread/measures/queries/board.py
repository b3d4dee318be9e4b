"""The board for a period: every measure's latest result by then, what is still waited for, and the counts.

Six queries, whatever the number of measures; seven as at a past moment, for which the definitions of then are read too.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import (
    Q,
    QuerySet,
)
from django.utils import timezone

from goldenthread.domain.periods import Period
from goldenthread.domain.rollup import Counts, count
from goldenthread.history.clock import today as clock_today
from goldenthread.measures.models import Measure
from goldenthread.measures.queries.kept import (
    DEFINED,
    MEASURE_COLUMNS,
    as_defined_at,
    definition_of,
    latest_results,
    owners_of,
    promises,
    published_statuses,
    series_points,
)
from goldenthread.measures.queries.line import Line, Shelf, next_expected


@dataclass(frozen=True, slots=True)
class Board:
    period: Period
    as_at: datetime | None
    lines: list[Line]

    @property
    def counts(self) -> Counts:
        return count([line.child for line in self.lines])


def board(
    measures: QuerySet[Measure], period: Period, *, as_at: datetime | None = None, today: date | None = None
) -> Board:
    """The board of ``measures`` for ``period``, as it stands or as it stood at a moment."""
    today = today or (timezone.localtime(as_at).date() if as_at else clock_today())
    running_then = Q(starts__isnull=True) | Q(starts__lte=period.end)
    measures = measures.filter(running_then).exclude(ends__lt=period.start)
    keys = measures.order_by().values("pk")
    rows = list(measures.order_by("code").values_list(*MEASURE_COLUMNS))
    if as_at is not None:
        rows = as_defined_at(rows, keys, as_at)
    definitions = {row[0]: definition_of(row[1], *row[DEFINED:]) for row in rows}
    results = latest_results(keys, period, as_at)
    awaited = {key: next_expected(definition, period, results.get(key)) for key, definition in definitions.items()}
    shelf = Shelf(
        period=period,
        today=today,
        results=results,
        owners=owners_of(keys, today),
        published=published_statuses(results.values(), as_at),
        promised=promises(keys, {expected.text for expected in awaited.values()}, as_at),
        points=series_points(keys, period, as_at),
    )
    return Board(period, as_at, [shelf.line(row, definitions[row[0]], awaited[row[0]]) for row in rows])
