"""The board for a period: every measure's latest result by then, what is still waited for, and the counts.

Six queries, whatever the number of measures; seven as at a past moment, for which the definitions of then are read too.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from goldenthread.domain.periods import Period
from goldenthread.domain.rollup import Counts, count
from goldenthread.history.clock import today as clock_today
from goldenthread.measures.models import Measure
from goldenthread.measures.queries.kept import (
    DEFINED,
    MEASURE_COLUMNS,
    PERIOD,
    as_defined_at,
    definition_of,
    keys_of,
    latest_results,
    owners_of,
    promises,
    published_statuses,
    series_points,
)
from goldenthread.measures.queries.line import Around, Line, line_of, next_expected


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
    rows = list(measures.order_by("code").values_list(*MEASURE_COLUMNS))
    if not rows:
        return Board(period, as_at, [])
    keys = keys_of(measures)
    if as_at is not None:
        rows = as_defined_at(rows, keys, as_at)
    definitions = {row[0]: definition_of(row[1], *row[DEFINED:]) for row in rows}
    results = latest_results(keys, period, as_at)
    periods = {key: raw[PERIOD] for key, raw in results.items()}
    expected = {key: next_expected(one, period, periods.get(key)).text for key, one in definitions.items()}
    owners = owners_of(keys, today)
    published = published_statuses(set(periods.items()), as_at)
    promised = promises(set(expected.values()), as_at)
    points = series_points(keys, period, as_at)

    def line(row: tuple[Any, ...]) -> Line:
        key = row[0]
        around = Around(
            period=period.text,
            today=today,
            expected=expected[key],
            owner=owners.get(key, ""),
            published=published.get((key, periods.get(key, "")), ""),
            promised=promised.get((key, expected[key])),
            points=points.get(key, ()),
        )
        return line_of(row, results.get(key), around)

    return Board(period, as_at, [line(row) for row in rows])
