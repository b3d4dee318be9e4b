"""Loading data packages, results included: a large council of monthly measures."""

import csv
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.ground import prepared_database
from benchmarks.rows import Measured, once, progress

MEASURES, MONTHS = 1000, 60


def main() -> None:
    with prepared_database() as folder:
        from django.core.management import call_command

        from goldenthread.demonstration import bench_tables
        from goldenthread.demonstration.package import write_tables
        from goldenthread.measures.models import Result

        progress(f"writing a package of {MEASURES:,} measures × {MONTHS} months")
        package = folder / "package"
        write_tables(package, bench_tables(MEASURES, MONTHS), name="bench", title="Bench", description="For timing.")
        busy = time.process_time()
        took = once(lambda: call_command("load", package, verbosity=0))
        busy = time.process_time() - busy
        results = list(Result.objects.values_list().iterator())
        floor = once(lambda: insert_bare(folder / "floor.sqlite3", package, results))
        name = f"load {MEASURES:,} measures × {MONTHS} months with every result"
        Measured(name, took / 1000, "s", floor / 1000, budget=20).tell()
        Measured(f"{name}: the processor's time", busy, "s").tell()


def insert_bare(database: Path, package: Path, results: list[tuple[object, ...]]) -> None:
    """The files read and every row of them and of the results put into tables without keys, and nothing else."""
    with sqlite3.connect(database) as connection:
        for path in sorted(package.glob("*.csv")):
            rows = read(path)
            insert(connection, path.stem, rows)
        insert(connection, "results", (tuple(None if one is None else str(one) for one in row) for row in results))


def read(path: Path) -> Iterator[tuple[str, ...]]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        yield from map(tuple, rows)


def insert(connection: sqlite3.Connection, table: str, rows: Iterator[tuple[object, ...]]) -> None:
    first = next(rows, None)
    if first is None:
        return
    columns = ", ".join(f"c{number}" for number in range(len(first)))
    marks = ", ".join("?" * len(first))
    connection.execute(f"CREATE TABLE {table} ({columns})")
    connection.execute(f"INSERT INTO {table} VALUES ({marks})", first)
    connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)


if __name__ == "__main__":
    main()
