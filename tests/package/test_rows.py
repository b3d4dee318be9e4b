"""Rows in bulk: the same values come back from either database as went in."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection

from goldenthread.council.models import Unit
from goldenthread.history.models import Change
from goldenthread.measures.models import Actual, Measure, Result
from goldenthread.package.rows import CHUNK, read_rows, reserve_keys, wide_cache, write_rows

pytestmark = pytest.mark.django_db

AT = datetime(2025, 7, 14, 8, 30, 0, 123456, tzinfo=UTC)


@pytest.fixture
def measure():
    return Measure.objects.create(code="HO1", title="Repairs")


@pytest.fixture
def change():
    return Change.objects.create(at=AT, verb="load", object="package")


#: What a row must have and is of no matter here.
FIGURE = {"category": "", "missing": "", "state": "final", "assurance": "none", "entered_by": "", "method": ""}
FIGURE |= {"source_file": "", "source_row": "", "reason": ""}
RESULT = {"category": "", "missing": "", "state": "", "assurance": "", "have": 1, "expected": 1, "comparison": ""}
RESULT |= {"target_derived_by": "", "rule": "", "status": "green", "reason_code": "", "direction_short": "none"}
RESULT |= {"direction_long": "none", "signal": "too_few", "forecast_status": "", "forecast_reason_code": ""}
RESULT |= {"forecast_reason_params": "{}", "judged_status": ""}


def test_values_come_back_as_they_went_in(measure, change):
    text = 'a\tb\\N\r\n"c", \\. Ŵenlow'
    row = {
        "measure_id": measure.pk,
        "period": "2025/26 Q1",
        "value": Decimal("1E+3"),
        "lower": "999.5",
        "upper": None,
        "expected_on": date(2025, 8, 1),
        "entered_at": AT,
        "comment": text,
        "public_note": "",
        "change_id": change.pk,
    }

    assert write_rows(Actual, [*row, *FIGURE], [(*row.values(), *FIGURE.values())]) == 1

    assert list(read_rows(Actual, list(row))) == [tuple({**row, "value": "1000"}.values())]
    figure = Actual.objects.get()
    assert (figure.value, figure.upper, figure.comment, figure.entered_at) == (Decimal(1000), None, text, AT)


def test_json_and_flags(measure, change):
    columns = ("measure_id", "period", "period_end", "known_from", "known_to", "change_id", "derived", "reason_params")
    rows = [
        (measure.pk, "2025/26 Q1", date(2025, 6, 30), AT, None, change.pk, True, {"gap": "2.8"}),
        (measure.pk, "2025/26 Q2", date(2025, 9, 30), AT, AT, change.pk, False, '{"gap": "3"}'),
    ]

    write_rows(Result, [*columns, *RESULT], [(*row, *RESULT.values()) for row in rows])

    results = Result.objects.order_by("period")
    assert [(result.derived, result.reason_params, result.known_to) for result in results] == [
        (True, {"gap": "2.8"}, None),
        (False, {"gap": "3"}, AT),
    ]
    assert list(read_rows(Result, ("derived", "known_to"), where="period = %s", parameters=["2025/26 Q1"])) == [
        (True, None)
    ]


def test_many_rows_and_none():
    columns = ("code", "name", "kind", "area")

    assert write_rows(Unit, columns, ((f"U{place}", "A unit", "team", "") for place in range(CHUNK * 2 + 1))) == 10_001
    assert write_rows(Unit, columns, []) == 0
    assert Unit.objects.count() == 10_001
    assert len(list(read_rows(Unit, ("code",)))) == 10_001


def test_reserved_keys_are_free_and_stay_so():
    first = Unit.objects.create(code="A", name="A")

    keys = reserve_keys(Unit, 3)
    write_rows(Unit, ("id", "code", "name", "kind", "area"), [(key, f"U{key}", "A unit", "team", "") for key in keys])

    assert reserve_keys(Unit, 0) == []
    assert len({first.pk, *keys, Unit.objects.create(code="B", name="B").pk}) == 5


def test_memory_for_writing_much_is_given_back():
    if connection.vendor != "sqlite":
        with wide_cache():
            return
    with connection.cursor() as cursor:
        with wide_cache():
            inside = cursor.execute("PRAGMA cache_size").fetchone()
        after = cursor.execute("PRAGMA cache_size").fetchone()

    assert (inside, after) == ((-64000,), (-16000,))
