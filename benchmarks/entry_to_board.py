"""A figure entered, until every board shows it: the act, its results, the commit, beside the same rows written bare."""

import statistics
from collections.abc import Callable
from decimal import Decimal
from itertools import count
from typing import Any

from benchmarks.ground import load_council, prepared_database
from benchmarks.rows import Measured, once, progress

MEASURES = 45
MONTHS = 57
RUNS = 40
NEXT_MONTH = "2026-01"
BUDGET = 100
#: What an act writes, each row with the key of its Change.
TABLES = ("history_change", "measures_actual", "measures_result")


def main() -> None:
    with prepared_database() as folder:
        progress(f"loading {MEASURES} measures of {MONTHS} months")
        load_council(folder, MEASURES, MONTHS)
        from goldenthread.measures.services import Entry, record_actual, restate

        make_floor_tables()
        entry = Entry(period=NEXT_MONTH, numerator=Decimal(430), denominator=Decimal(500))
        tell(f"a figure entered, after {MONTHS} months", lambda code: record_actual(by=None, measure=code, entry=entry))
        first = Entry(period="2022-03", numerator=Decimal(400), denominator=Decimal(500))
        tell(
            "a figure of 2022 restated, with all it moves",
            lambda code: restate(by=None, measure=code, entry=first, reason="Counted twice"),
        )


def tell(name: str, act: Callable[[str], Any]) -> None:
    """The middle one of many acts, each on a measure of its own and at once on the board; and of the bare writes."""
    codes = (f"B-{number:05}" for number in count(1))
    took, bare = [], []
    for run in range(RUNS):
        code, done = next(codes), []
        took.append(once(lambda: done.append(act(code))))  # noqa: B023
        change = done[0].change
        assert on_board(code) == change.pk, f"{code} is not on the board"
        bare.append(write_bare(change.pk, closing=run + 1))
    Measured(name, statistics.median(took), floor=statistics.median(bare), budget=BUDGET).tell()


def on_board(code: str) -> int:
    """The Change from which the result of a measure's latest period, as the board shows it, comes."""
    from goldenthread.domain.periods import Period
    from goldenthread.measures.models import Measure, Result
    from goldenthread.measures.queries.board import board

    (line,) = board(Measure.objects.filter(code=code), Period.parse(NEXT_MONTH)).lines
    assert line.result is not None
    return Result.objects.get(pk=line.result.pk).change_id


def make_floor_tables() -> None:
    """Empty tables with the columns of ours and no constraint but a key."""
    from django.db import connection

    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"CREATE TABLE floor_{table} AS SELECT * FROM {table} WHERE 1 = 0")


def write_bare(change: int, *, closing: int) -> float:
    """Milliseconds to write what an act wrote, in one transaction of plain SQL: its rows in, one UPDATE, and no sum."""
    from django.db import connection, transaction

    with connection.cursor() as cursor:
        kept = {}
        for table in TABLES:
            key = "id" if table == "history_change" else "change_id"
            cursor.execute(f"SELECT * FROM {table} WHERE {key} = %s", [change])
            kept[table] = cursor.fetchall()

        def write() -> None:
            with transaction.atomic():
                for table, rows in kept.items():
                    marks = ", ".join(["%s"] * len(rows[0]))
                    cursor.executemany(f"INSERT INTO floor_{table} VALUES ({marks})", rows)
                cursor.execute("UPDATE floor_measures_result SET known_to = known_from WHERE id = %s", [closing])

        return once(write)


if __name__ == "__main__":
    main()
