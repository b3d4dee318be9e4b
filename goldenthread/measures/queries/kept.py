"""What is kept of measures for a board: definitions, latest results, promises, published statuses and points."""

import json
from collections.abc import Callable, Mapping, Set
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import (
    Case,
    DateField,
    F,
    FilteredRelation,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast
from django.utils import timezone

from goldenthread.council.roles import running
from goldenthread.domain import words
from goldenthread.domain.definition import Definition
from goldenthread.domain.periods import Period
from goldenthread.measures.models import Actual, Measure, MeasureRole, PublishedFigure, Result, Sparkline

#: A measure as the board reads it, its days as texts.
MEASURE_COLUMNS = (
    "pk",
    "code",
    "title",
    "short_title",
    "unit_id",
    "unit__code",
    "unit__name",
    "tier",
    "kind",
    "data_type",
    "unit_of_measure",
    "decimals",
    "polarity",
    "frequency",
    "year",
    "lag_days",
    "stale_after",
    Cast("starts", TextField()),
    Cast("ends", TextField()),
    "formula",
)
#: Where the columns of a definition begin among those of a measure.
DEFINED = MEASURE_COLUMNS.index("kind")
#: The most points that a sparkline shows.
POINTS = 13
#: How long the periods of a frequency are, in months, rounded up.
MONTHS = {
    words.Frequency.DAY: 1,
    words.Frequency.WEEK: 1,
    words.Frequency.MONTH: 1,
    words.Frequency.QUARTER: 3,
    words.Frequency.THIRD: 4,
    words.Frequency.HALF: 6,
    words.Frequency.TERM: 5,
    words.Frequency.YEAR: 12,
    words.Frequency.TWO_YEAR: 24,
}

#: Which measures something is asked about.
Keys = RawSQL

Point = tuple[str, str | None, str]
Points = tuple[Point, ...]


class Kept(NamedTuple):
    """The columns of a result that the board needs; ``params`` are those of its reason, as JSON text."""

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
    direction_short: str
    direction_long: str
    signal: str
    forecast: Decimal | None
    forecast_status: str
    judged_status: str
    judged_expires: date | None
    params: str

    @property
    def reason_params(self) -> Mapping[str, str]:
        return params_of(self.params)


#: A result as the database holds it: a text or a whole number in each column of ``Kept``. Making figures, days and
#: reasons of a thousand at each visit would cost more than the rest, so that a line does it, once for the same columns.
Raw = tuple[Any, ...]
PERIOD = Kept._fields.index("period")
_FIGURES = ("value", "rated_value", "target", "target_low", "target_high", "target_original", "forecast")
_MADE: dict[str, Callable[[Any], Any]] = {
    **dict.fromkeys(_FIGURES, Decimal),
    "judged_expires": date.fromisoformat,
    "derived": bool,
}
_MAKERS = [_MADE.get(name) for name in Kept._fields]


def _raw(name: str) -> str:
    """A column of ``Kept`` as the database holds it, in SQL."""
    if name == "derived":
        return "CAST(derived AS integer)"
    column = Result._meta.get_field({"pk": "id", "params": "reason_params"}.get(name, name)).column
    return f"CAST({column} AS text)" if name in {*_MADE, "params"} else column


RAW_COLUMNS = ", ".join(map(_raw, Kept._fields))


def result_of(raw: Raw) -> Kept:
    """The result that the database holds as ``raw``."""
    made = (one if make is None or one is None else make(one) for one, make in zip(raw, _MAKERS, strict=True))
    return Kept._make(made)


def keys_of(measures: QuerySet[Measure]) -> Keys:
    """Which ``measures`` are asked about, put into SQL once for all that is asked about them.

    Raises EmptyResultSet where Django can tell beforehand that there are none.
    """
    # The SQL is Django's own, and what readers typed is among its parameters.
    return RawSQL(*measures.order_by().values("pk").query.sql_with_params())  # noqa: S611


def as_defined_at(rows: list[tuple[Any, ...]], keys: Keys, as_at: datetime) -> list[tuple[Any, ...]]:
    """``rows`` with each definition as it stood at a moment, where its history goes back so far."""
    versions = Measure.history.model.objects.filter(history_date__lte=as_at, id__in=keys)
    latest = versions.order_by().values("id").annotate(latest=Max("history_id")).values("latest")
    columns = ("id", *MEASURE_COLUMNS[1:])
    then = {row[0]: row for row in versions.filter(history_id__in=latest).values_list(*columns)}
    return [then.get(row[0], row) for row in rows]


def known(as_at: datetime | None, of: str = "") -> Q:
    """The result versions known now, or at a moment; ``of`` leads to them from another table."""
    still = Q((f"{of}known_to__isnull", True))
    if as_at is None:
        return still
    return Q((f"{of}known_from__lte", as_at)) & (still | Q((f"{of}known_to__gt", as_at)))


def latest_results(keys: Keys, period: Period, as_at: datetime | None) -> dict[int, Raw]:
    """Each measure's latest result for a period ending by ``period``'s end: that very period's before any other.

    A figure that is missing, and promised for a day, is still waited for: the one before it stands until it comes.
    """
    exact = Case(When(period=period.text, then=Value(0)), default=Value(1), output_field=IntegerField())
    promise = Actual.objects.filter(measure=OuterRef("measure"), period=OuterRef("period"), category="")
    if as_at is not None:
        promise = promise.filter(entered_at__lte=as_at)
    latest = (
        Result.objects.filter(known(as_at), measure=OuterRef("pk"), category="", period_end__lte=period.end)
        .alias(promised=Subquery(promise.order_by("-entered_at", "-pk").values("expected_on")[:1]))
        .filter(Q(value__isnull=False) | Q(missing="") | Q(promised__isnull=True))
        .order_by("-period_end", exact, "derived", "-period")
        .values("pk")[:1]
    )
    wanted = Measure.objects.filter(pk__in=keys).order_by().annotate(latest=Subquery(latest)).values("latest")
    chosen, parameters = wanted.query.sql_with_params()
    # Names of the model's columns around Django's own SQL: an ORM takes far longer to make rows of so many casts. Which
    # results is found first, by itself: PostgreSQL would look for it again while it reads every result there is.
    statement = f"""
        WITH latest (id) AS MATERIALIZED ({chosen})
        SELECT {RAW_COLUMNS} FROM {Result._meta.db_table} WHERE id IN (SELECT id FROM latest)
    """  # noqa: S608 (what readers typed is among the parameters)
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return {row[1]: row for row in cursor.fetchall()}


def owners_of(keys: Keys, day: date) -> dict[int, str]:
    """The owner's name by measure: whoever holds the owning post that day, else the post's title."""
    in_post = FilteredRelation("post__appointments", condition=running(day, "post__appointments__"))
    held = (
        MeasureRole.objects.filter(running(day), role=MeasureRole.Part.OWNER, measure__in=keys)
        .alias(held=in_post)
        .order_by("held__pk")
        .values_list("measure_id", "post__title", "held__person__name")
    )
    names: dict[int, list[str]] = {}
    titles: dict[int, str] = {}
    for key, title, name in held:
        titles[key] = title
        if name:
            names.setdefault(key, []).append(name)
    return {**titles, **{key: " / ".join(dict.fromkeys(found)) for key, found in names.items()}}


def published_statuses(found: Set[tuple[int, str]], as_at: datetime | None) -> dict[tuple[int, str], str]:
    """The status last published for each of some measures and its period."""
    rows = PublishedFigure.objects.filter(period__in={period for _key, period in found}, category="").exclude(status="")
    if as_at is not None:
        day = timezone.localtime(as_at).date()
        rows = rows.filter(Q(shown_on__isnull=True) | Q(shown_on__lte=day))
    ordered = rows.order_by(F("shown_on").asc(nulls_first=True), "pk").values_list("measure_id", "period", "status")
    return {(key, period): status for key, period, status in ordered if (key, period) in found}


def promises(periods: Set[str], as_at: datetime | None) -> dict[tuple[int, str], date]:
    """The day on which a late figure has been promised, by measure and period; the last word on it counts.

    Of every measure: there are few without a figure, and an index holds them.
    """
    rows = Actual.objects.filter(category="", period__in=periods, value__isnull=True)
    if as_at is not None:
        rows = rows.filter(entered_at__lte=as_at)
    said = {
        (key, period): expected
        for key, period, expected in rows.order_by("entered_at", "pk").values_list(
            "measure_id", "period", "expected_on"
        )
    }
    return {key: expected for key, expected in said.items() if expected is not None}


def series_points(keys: Keys, period: Period, as_at: datetime | None) -> dict[int, Points]:
    """The points of each measure's sparkline up to ``period``."""
    if as_at is None:
        kept = (
            Sparkline.objects.filter(measure__in=keys, category="")
            .order_by()
            .annotate(text=Cast("points", TextField()))
            .values_list("measure_id", "text")
        )
        return {key: points_of(text, period.end) for key, text in kept}
    since = [
        When(frequency=frequency, then=Value(_months_before(period.end, months * POINTS)))
        for frequency, months in MONTHS.items()
    ]
    versions = (
        Measure.objects.filter(
            known(as_at, "results__"),
            pk__in=keys,
            results__category="",
            results__derived=False,
            results__period_end__gt=Case(*since, output_field=DateField()),
            results__period_end__lte=period.end,
        )
        .order_by("pk", "results__period_end")
        .annotate(text=Cast("results__rated_value", TextField()))
        .values_list("pk", "results__period", "text", "results__status")
    )
    found: dict[int, list[Point]] = {}
    for key, text, figure, status in versions:
        found.setdefault(key, []).append((text, figure, status))
    return {key: tuple(points[-POINTS:]) for key, points in found.items()}


def _months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(max(year, 1), month + 1, 1)


@lru_cache(maxsize=8192)
def points_of(text: str, until: date) -> Points:
    """The kept points of a sparkline for periods that end by ``until``."""
    points = [tuple(point) for point in json.loads(text)]
    return tuple(point for point in points if Period.parse(point[0]).end <= until)


@lru_cache(maxsize=16384)
def params_of(text: str) -> Mapping[str, str]:
    return json.loads(text)


@lru_cache(maxsize=8192)
def definition_of(
    code: str,
    kind: str,
    data_type: str,
    unit_of_measure: str,
    decimals: int | None,
    polarity: str,
    frequency: str,
    year: str,
    lag_days: int,
    stale_after: int,
    starts: str | None,
    ends: str | None,
    formula: str,
) -> Definition:
    """As much of a definition as a board needs, from its columns as the database holds them."""
    return Definition(
        code=code,
        kind=words.MeasureKind(kind),
        data_type=words.DataType(data_type),
        unit_of_measure=unit_of_measure,
        decimals=decimals,
        polarity=words.Polarity(polarity),
        frequency=words.Frequency(frequency),
        year=words.YearKind(year),
        lag_days=lag_days,
        stale_after=stale_after,
        starts=date.fromisoformat(starts) if starts else None,
        ends=date.fromisoformat(ends) if ends else None,
        formula=formula,
    )
