"""Two people entering at once, on SQLite and on PostgreSQL: how long an entry takes, and whether all is right."""

import json
import multiprocessing
import time
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from benchmarks.ground import load_council, on_each_database, prepared_database
from benchmarks.rows import Measured

MEASURES = 6
LOADED = 54
MONTHS = ("2025-10", "2025-11", "2025-12", "2026-01", "2026-02", "2026-03")
BUDGET = 100
Entries = Sequence[tuple[str, str]]


def measure_on(kind: str) -> None:
    with prepared_database() as folder:
        load_council(folder, 3 * MEASURES, LOADED)
        make_floor_table()
        codes = [f"B-{number:05}" for number in range(1, 3 * MEASURES + 1)]
        first, second, third = codes[:MEASURES], codes[MEASURES : 2 * MEASURES], codes[2 * MEASURES :]
        for name, shares in (
            ("one person entering", [entries(first, MONTHS)]),
            ("two at once, in measures of their own", [entries(second[at::2], MONTHS) for at in (0, 1)]),
            ("two at once, in the same measures", [entries(third, MONTHS[at::2]) for at in (0, 1)]),
        ):
            floor = side_by_side(write_bare, shares)
            took = side_by_side(enter, shares)
            Measured(f"{kind}: {name}, an entry", took, floor=floor, budget=BUDGET).tell()
        check(codes)


def entries(codes: Sequence[str], months: Sequence[str]) -> Entries:
    return [(code, month) for code in codes for month in months]


def side_by_side(work: Callable[[Entries], None], shares: Sequence[Entries]) -> float:
    """Milliseconds an entry took, each share of them entered by a process of its own, all at once."""
    spawning = multiprocessing.get_context("spawn")
    ready = spawning.Barrier(len(shares))
    told: Any = spawning.Queue()
    people = [spawning.Process(target=person, args=(work, share, ready, told)) for share in shares]
    for one in people:
        one.start()
    spans = [told.get(timeout=300) for _ in people]
    for one in people:
        one.join()
    whole = max(ended for _, ended in spans) - min(began for began, _ in spans)
    return whole * 1000 / sum(map(len, shares))


def person(work: Callable[[Entries], None], share: Entries, ready: Any, told: Any) -> None:
    """One of those who enter, in a process of its own."""
    import django

    django.setup()
    from django.db import connection

    # As a web process has it: what an entry needs is imported, and the database at hand.
    import goldenthread.measures.services  # noqa: F401

    connection.ensure_connection()
    ready.wait()
    began = time.time()
    work(share)
    told.put((began, time.time()))
    connection.close()


def enter(share: Entries) -> None:
    from goldenthread.measures.services import Entry, record_actual

    for code, month in share:
        entry = Entry(period=month, numerator=Decimal(430), denominator=Decimal(500))
        record_actual(by=None, measure=code, entry=entry)


def make_floor_table() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE floor_entry (measure varchar(60), month varchar(10), value varchar(80))")


def write_bare(share: Entries) -> None:
    """The floor: each entry one row, committed by itself."""
    from django.db import connection, transaction

    with connection.cursor() as cursor:
        for code, month in share:
            with transaction.atomic():
                cursor.execute("INSERT INTO floor_entry VALUES (%s, %s, %s)", [code, month, "86"])


def check(codes: Sequence[str]) -> None:
    """Everything that was entered is there once, and every result is what working it out again gives."""
    from goldenthread.measures.models import Actual
    from goldenthread.measures.services.recompute import recompute

    entered = Actual.objects.filter(measure__code__in=codes, period__in=MONTHS)
    assert entered.count() == len(codes) * len(MONTHS), "figures were lost"
    wrong = recompute()
    assert not wrong, f"wrong results: {json.dumps(wrong)}"


if __name__ == "__main__":
    on_each_database("two_people", measure_on)
