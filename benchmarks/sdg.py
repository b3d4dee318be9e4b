"""Importing the UK's SDG data as it comes, results included: 264 files, 170,000 observations, beside the checkout."""

import csv
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from benchmarks.ground import prepared_database
from benchmarks.load import insert
from benchmarks.rows import Measured, once, progress

FILES = Path(__file__).resolve().parents[2] / "shared" / "data" / "sdg"


def main() -> None:
    if not FILES.is_dir():
        progress("the SDG data is not beside this checkout")
        return
    with prepared_database() as folder:
        from django.core.management import call_command

        from goldenthread.importing.map_file import find_map, read_map
        from goldenthread.importing.reading import gather
        from goldenthread.importing.services import files_of
        from goldenthread.measures.models import Actual, Result
        from goldenthread.package.faults import Faults

        chosen = read_map(find_map("sdg"))
        files = files_of([FILES / "csv", FILES / "meta"], chosen)
        progress(f"{len(files)} files")
        read_bare = once(lambda: sum(1 for _ in rows_of(files)))
        converted = once(lambda: gather(chosen, files, {}, Faults()).rows())
        Measured("SDG files turned into rows of a package", converted / 1000, "s", read_bare / 1000).tell()

        took = once(lambda: call_command("import", FILES / "csv", FILES / "meta", map="sdg", verbosity=0))
        figures = list(Actual.objects.values_list().iterator())
        results = list(Result.objects.values_list().iterator())
        progress(f"{len(figures):,} figures, {len(results):,} results")
        floor = read_bare + once(
            lambda: insert_bare(folder / "floor.sqlite3", {"actuals": figures, "results": results})
        )
        Measured("import the SDG files with every result", took / 1000, "s", floor / 1000, budget=20).tell()


def rows_of(files: list[Path]) -> Iterator[list[str]]:
    for path in files:
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from csv.reader(file)


def insert_bare(database: Path, tables: dict[str, list[tuple[object, ...]]]) -> None:
    """Every row put into a table without keys, and nothing else."""
    with sqlite3.connect(database) as connection:
        for name, rows in tables.items():
            insert(connection, name, (tuple(None if one is None else str(one) for one in row) for row in rows))


if __name__ == "__main__":
    main()
