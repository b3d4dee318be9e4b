"""The board for a period: every measure's latest result by then, what is still waited for, and the counts.

Six queries, whatever the number of measures. A board as at a past moment reads the versions known then by the same.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Case, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When

from goldenthread.council.roles import running
from goldenthread.domain import words
from goldenthread.domain.carry import Carried, on_board
from goldenthread.domain.definition import Definition
from goldenthread.domain.periods import Period
from goldenthread.domain.reasons import Reason
from goldenthread.domain.status import Rating, waiting
from goldenthread.domain.words import RATED, Status
from goldenthread.history.clock import today as clock_today
from goldenthread.measures.models import Actual, Measure, MeasureRole, PublishedFigure, Result, Sparkline

MEASURE_COLUMNS = (
    "pk",
    "code",
    "title",
    "short_title",
    "unit__code",
    "unit__name",
    "kind",
    "tier",
    "data_type",
    "unit_of_measure",
    "decimals",
    "polarity",
    "frequency",
    "year",
    "lag_days",
    "stale_after",
    "starts",
    "ends",
    "formula",
)
RESULT_COLUMNS = (
    "pk",
    "measure_id",
    "period",
    "derived",
    "value",
    "rated_value",
    "missing",
    "state",
    "have",
    "expected",
    "target",
    "target_low",
    "target_high",
    "target_original",
    "target_derived_by",
    "comparison",
    "rule",
    "status",
    "reason_code",
    "reason_params",
    "direction_short",
    "direction_long",
    "signal",
    "forecast",
    "forecast_status",
    "judged_status",
    "judged_expires",
)


class Kept(NamedTuple):
    """The columns of a result that the board reads."""

    pk: int
    measure_id: int
    period: str
    derived: bool
    value: Decimal | None
    rated_value: Decimal | None
    missing: str
    state: str
    have: int
    expected: int
    target: Decimal | None
    target_low: Decimal | None
    target_high: Decimal | None
    target_original: Decimal | None
    target_derived_by: str
    comparison: str
    rule: str
    status: str
    reason_code: str
    reason_params: Mapping[str, str]
    direction_short: str
    direction_long: str
    signal: str
    forecast: Decimal | None
    forecast_status: str
    judged_status: str
    judged_expires: date | None


@dataclass(slots=True)
class Line:
    """One measure on the board. ``status`` is what is shown; ``awaiting`` the word for a later figure not yet given."""

    pk: int
    code: str
    name: str
    title: str
    unit: str
    unit_code: str
    owner: str
    tier: str
    definition: Definition
    result: Kept | None
    status: Status
    reason: Reason
    carried: bool
    awaiting: Status | None
    awaiting_reason: Reason | None
    published_status: str
    points: list[list[Any]]

    @property
    def is_exception(self) -> bool:
        """What a manager looks at first: amber or worse, overdue, or a forecast at odds with the status."""
        off = (Status.AMBER, Status.RED_AMBER, Status.RED, Status.OVERDUE)
        return self.status in off or self.awaiting is Status.OVERDUE or self.hides

    @property
    def hides(self) -> bool:
        """Whether what is forecast contradicts what is shown."""
        forecast = self.result.forecast_status if self.result else ""
        return (
            bool(forecast)
            and self.status in RATED
            and (forecast in words.ON_TARGET) != (self.status in words.ON_TARGET)
        )


@dataclass(frozen=True, slots=True)
class Board:
    period: Period
    as_at: datetime | None
    lines: list[Line]


def board(
    measures: QuerySet[Measure], period: Period, *, as_at: datetime | None = None, today: date | None = None
) -> Board:
    """The board of ``measures`` for ``period``, as it stands or as it stood at a moment."""
    today = today or (as_at.date() if as_at else clock_today())
    running_then = Q(starts__isnull=True) | Q(starts__lte=period.end)
    measures = measures.filter(running_then).exclude(ends__lt=period.start)
    rows = list(measures.order_by("code").values_list(*MEASURE_COLUMNS, named=True))
    results = latest_results(measures, period, as_at)
    keys = [row.pk for row in rows]
    owners = owners_of(keys, today)
    published = published_statuses(results.values(), as_at)
    promised = promises(keys, as_at)
    points = series_points(keys, period, as_at)
    lines = [
        _line(
            row, results.get(row.pk), period, today, owners.get(row.pk, ""), published, promised, points.get(row.pk, [])
        )
        for row in rows
    ]
    return Board(period, as_at, lines)


def known(as_at: datetime | None) -> Q:
    """The result versions known now, or at a moment."""
    if as_at is None:
        return Q(known_to__isnull=True)
    return Q(known_from__lte=as_at) & (Q(known_to__isnull=True) | Q(known_to__gt=as_at))


def latest_results(measures: QuerySet[Measure], period: Period, as_at: datetime | None) -> dict[int, Kept]:
    """Each measure's latest result for a period ending by ``period``'s end: that very period's before any other."""
    exact = Case(When(period=period.text, then=Value(0)), default=Value(1), output_field=IntegerField())
    latest = (
        Result.objects.filter(known(as_at), measure=OuterRef("pk"), category="", period_end__lte=period.end)
        .order_by("-period_end", exact, "derived", "-period")
        .values("pk")[:1]
    )
    wanted = measures.order_by().annotate(latest=Subquery(latest)).values("latest")
    rows = Result.objects.filter(pk__in=wanted).order_by().values_list(*RESULT_COLUMNS)
    return {row[1]: Kept._make(row) for row in rows}


def owners_of(keys: Iterable[int], day: date) -> dict[int, str]:
    """The owner's name by measure: whoever holds the owning post that day, else the post's title."""
    parts = (
        MeasureRole.objects.filter(running(day), role=MeasureRole.Part.OWNER, measure__in=keys)
        .order_by("-post__appointments__starts")
        .values_list(
            "measure_id",
            "post__title",
            "post__appointments__person__name",
            "post__appointments__starts",
            "post__appointments__ends",
        )
    )
    owners: dict[int, str] = {}
    titles: dict[int, str] = {}
    for key, title, name, starts, ends in parts:
        titles[key] = title
        if name and (starts is None or starts <= day) and (ends is None or ends >= day):
            owners.setdefault(key, name)
    return {key: owners.get(key, title) for key, title in titles.items()}


def published_statuses(results: Iterable[Kept], as_at: datetime | None) -> dict[tuple[int, str], str]:
    """The status last published for each result's measure and period."""
    found = {(result.measure_id, result.period) for result in results}
    rows = PublishedFigure.objects.filter(
        measure__in={key for key, _period in found}, period__in={period for _key, period in found}, category=""
    )
    if as_at is not None:
        rows = rows.filter(Q(shown_on__isnull=True) | Q(shown_on__lte=as_at.date()))
    ordered = rows.order_by("shown_on", "pk").values_list("measure_id", "period", "status")
    return {(key, period): status for key, period, status in ordered if (key, period) in found}


def promises(keys: Iterable[int], as_at: datetime | None) -> dict[tuple[int, str], date]:
    """The day on which a late figure has been promised, by measure and period."""
    rows = Actual.objects.filter(measure__in=keys, category="", expected_on__isnull=False, value__isnull=True)
    if as_at is not None:
        rows = rows.filter(entered_at__lte=as_at)
    ordered = rows.order_by("entered_at").values_list("measure_id", "period", "expected_on")
    return {(key, period): expected for key, period, expected in ordered if expected is not None}


def series_points(keys: list[int], period: Period, as_at: datetime | None) -> dict[int, list[list[Any]]]:
    """The points of each measure's sparkline up to ``period``: [period, value, status]."""
    if as_at is None:
        rows = Sparkline.objects.filter(measure__in=keys, category="").values_list("measure_id", "points")
        return {key: [point for point in points if Period.parse(point[0]).end <= period.end] for key, points in rows}
    since = date(period.end.year - 4, period.end.month, 1)
    found: dict[int, list[list[Any]]] = {}
    versions = (
        Result.objects.filter(
            known(as_at), measure__in=keys, category="", derived=False, period_end__gt=since, period_end__lte=period.end
        )
        .order_by("measure_id", "period_end")
        .values_list("measure_id", "period", "rated_value", "status")
    )
    for key, text, value, status in versions:
        found.setdefault(key, []).append([text, value, status])
    return {key: points[-13:] for key, points in found.items()}


def definition_of(row: Any) -> Definition:
    """As much of a definition as a board needs."""
    return Definition(
        code=row.code,
        kind=words.MeasureKind(row.kind),
        data_type=words.DataType(row.data_type),
        unit_of_measure=row.unit_of_measure,
        decimals=row.decimals,
        polarity=words.Polarity(row.polarity),
        frequency=words.Frequency(row.frequency),
        year=words.YearKind(row.year),
        lag_days=row.lag_days,
        stale_after=row.stale_after,
        starts=row.starts,
        ends=row.ends,
        formula=row.formula,
    )


def _line(
    row: Any,
    result: Kept | None,
    period: Period,
    today: date,
    owner: str,
    published: Mapping[tuple[int, str], str],
    promised: Mapping[tuple[int, str], date],
    points: list[list[Any]],
) -> Line:
    definition = definition_of(row)
    expected = expected_period(definition, period)
    standing = on_board(Period.parse(result.period), period, definition) if result else Carried(False, False, 0)
    awaiting = None
    if result is None or standing.behind > 0:
        awaiting = waiting(definition, expected, today=today, expected_on=promised.get((row.pk, expected.text)))
    shown = _shown(result, standing, awaiting, today)
    return Line(
        pk=row.pk,
        code=row.code,
        name=row.short_title or row.title,
        title=row.title,
        unit=row.unit__name or "",
        unit_code=row.unit__code or "",
        owner=owner,
        tier=row.tier,
        definition=definition,
        result=result,
        status=shown.status,
        reason=shown.reason,
        carried=standing.carried,
        awaiting=awaiting.status if awaiting and result else None,
        awaiting_reason=awaiting.reason if awaiting and result else None,
        published_status=published.get((row.pk, result.period), "") if result else "",
        points=points,
    )


def expected_period(definition: Definition, period: Period) -> Period:
    """The measure's own latest period that has ended by the end of ``period``."""
    own = Period.of(definition.frequency, period.end, definition.year)
    return own if own.end <= period.end else own.previous()


def _shown(result: Kept | None, standing: Carried, awaiting: Rating | None, today: date) -> Rating:
    """The status a board shows: the result's, unless there is none, it is stale, or its judgement has run out."""
    if result is None:
        assert awaiting is not None
        return awaiting
    if standing.stale:
        return Rating(Status.NOT_RATED, Reason("stale", {"period": result.period, "behind": str(standing.behind)}))
    if result.judged_expires is not None and result.judged_expires < today and result.reason_code.startswith("judged"):
        return Rating(Status.NOT_RATED, Reason("judgement_expired", {"expires": result.judged_expires.isoformat()}))
    return Rating(Status(result.status), Reason(result.reason_code, result.reason_params))
