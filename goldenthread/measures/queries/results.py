"""Results as rows for a machine: every one that is kept, the latest of each measure, or the board for a period."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from goldenthread.domain.figures import canonical
from goldenthread.domain.periods import Period
from goldenthread.domain.reasons import Reason, explain
from goldenthread.domain.status import Rating, current_rating
from goldenthread.domain.words import Status
from goldenthread.history.clock import today as clock_today
from goldenthread.measures.models import Measure, PublishedFigure, Result
from goldenthread.measures.queries.board import board
from goldenthread.measures.queries.kept import known
from goldenthread.measures.queries.line import Line, expected_period

FIGURES = (
    *("value", "numerator", "denominator", "rated_value", "target", "target_low", "target_high", "target_floor"),
    *("target_original", "year_to_date", "rolling", "forecast"),
)
#: Those that a board reads.
ON_BOARD = ("value", "rated_value", "target", "target_low", "target_high", "target_original", "forecast")
COLUMNS = (
    *("measure__code", "category", "period", "status", "reason_code", "reason_params", "direction_short"),
    *("direction_long", "signal", "rule", "state", "missing", "derived", "forecast_status", "judged_status", *FIGURES),
)
ORDER = ("measure__code", "category", "period_end", "-derived", "period")

Row = dict[str, Any]


def kept_results(
    measures: QuerySet[Measure], period: Period | None = None, as_at: datetime | None = None
) -> Iterator[Row]:
    """Every result, or those of one period, whole and by category; for a period also what is still waited for."""
    kept = Result.objects.filter(known(as_at), measure__in=measures.order_by().values("pk"))
    if period is not None:
        kept = kept.filter(period=period.text)
    published = _published(measures, as_at)
    day = timezone.localtime(as_at).date() if as_at else clock_today()
    found: set[str] = set()
    for row in kept.order_by(*ORDER).values(*COLUMNS).iterator(chunk_size=5000):
        found.add(row["measure__code"])
        status = published.get((row["measure__code"], row["period"], row["category"]), "")
        yield _kept(row, status, day)
    if period is not None:
        yield from _waited_for(measures.exclude(code__in=found), period, as_at)


def latest_results(measures: QuerySet[Measure], as_at: datetime | None = None) -> Iterator[Row]:
    """The last result of each measure and category, for whatever period it is."""
    rows = kept_results(measures, as_at=as_at)
    for _key, run in groupby(rows, key=lambda row: (row["measure"], row["category"])):
        *_earlier, last = run
        yield last


def board_results(measures: QuerySet[Measure], period: Period, as_at: datetime | None = None) -> Iterator[Row]:
    """The board for a period: each measure's latest figure by then, carried or waited for where it is not its own."""
    for line in board(measures, period, as_at=as_at).lines:
        yield _on_board(line, period)


def _kept(row: Row, published: str, day: Any) -> Row:
    reason = Reason(row["reason_code"], row["reason_params"])
    rating = current_rating(Rating(Status(row["status"]), reason), today=day)
    figures = {name: _text(row[name]) for name in FIGURES}
    return _shaped(
        measure=row["measure__code"],
        period=row["period"],
        category=row["category"],
        rating=rating,
        kept=row | figures,
        published=published,
        figure_period=row["period"],
    )


def _on_board(line: Line, period: Period) -> Row:
    result = line.result
    kept: Row = dict.fromkeys(ON_BOARD)
    if result is not None:
        kept = {name: _text(getattr(result, name)) for name in ON_BOARD}
        kept |= {name: getattr(result, name) for name in _WORDS}
        kept["derived"] = result.derived
    return _shaped(
        measure=line.code,
        period=period.text,
        category="",
        rating=Rating(line.computed, line.reason),
        kept=kept,
        published=line.published_status,
        figure_period=result.period if result else None,
        carried=line.carried,
        awaiting=line.awaiting.value if line.awaiting else "",
    )


_WORDS = ("direction_short", "direction_long", "signal", "rule", "state", "missing", "forecast_status", "judged_status")


def _shaped(
    *,
    measure: str,
    period: str,
    category: str,
    rating: Rating,
    kept: Row,
    published: str,
    figure_period: str | None,
    carried: bool = False,
    awaiting: str = "",
) -> Row:
    """A row as it is printed: the named fields first."""
    return {
        "measure": measure,
        "period": period,
        "category": category,
        "value": kept.get("value"),
        "target": kept.get("target"),
        "status": rating.status.value,
        "reason": explain(rating.reason, translate=gettext),
        "direction_short": kept.get("direction_short", "none"),
        "direction_long": kept.get("direction_long", "none"),
        "signal": kept.get("signal", "not_applicable"),
        "rule": kept.get("rule", ""),
        "state": kept.get("state", ""),
        "published_status": published,
        "figure_period": figure_period,
        "carried": carried,
        "awaiting": awaiting,
        "reason_code": rating.reason.code,
        "derived": kept.get("derived", False),
        "missing": kept.get("missing", ""),
        "forecast_status": kept.get("forecast_status", ""),
        "judged_status": kept.get("judged_status", ""),
        **{name: kept[name] for name in FIGURES if name in kept and name not in ("value", "target")},
    }


def _waited_for(measures: QuerySet[Measure], period: Period, as_at: datetime | None) -> Iterator[Row]:
    """The measures of whose own periods this is one, and that have no result for it."""
    for line in board(measures, period, as_at=as_at).lines:
        if expected_period(line.definition, period) != period:
            continue
        status, reason = (line.awaiting, line.awaiting_reason) if line.result else (line.status, line.reason)
        if status is None or reason is None:
            continue
        yield _shaped(
            measure=line.code,
            period=period.text,
            category="",
            rating=Rating(status, reason),
            kept=dict.fromkeys(FIGURES),
            published="",
            figure_period=None,
        )


def _published(measures: QuerySet[Measure], as_at: datetime | None) -> dict[tuple[str, str, str], str]:
    """The status last published, by measure, period and category."""
    rows = PublishedFigure.objects.filter(measure__in=measures.order_by().values("pk")).exclude(status="")
    if as_at is not None:
        day = timezone.localtime(as_at).date()
        rows = rows.filter(Q(shown_on__isnull=True) | Q(shown_on__lte=day))
    ordered = rows.order_by(F("shown_on").asc(nulls_first=True), "pk")
    columns = ("measure__code", "period", "category", "status")
    return {(code, period, category): status for code, period, category, status in ordered.values_list(*columns)}


def _text(number: Decimal | None) -> str | None:
    return None if number is None else canonical(number)
