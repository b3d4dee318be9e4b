"""``goldenthread load PATH``: bring in a data package, all of it or nothing."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from goldenthread.package.faults import Faults, Misused, Refused
from goldenthread.package.load import Loaded, load
from goldenthread.package.terminal import counts_table, progress

#: How many faults are printed.
SHOWN = 100


class Command(BaseCommand):
    help = "Load a data package: a folder or a .zip with datapackage.json and CSV files. All of it is kept, or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, help="the folder or .zip")
        parser.add_argument("--dry-run", action="store_true", help="say what would be added and changed; keep nothing")
        parser.add_argument("--reason", default="", help="why, for the history")
        parser.add_argument("--format", choices=("table", "json"), default="table", help="how the counts are printed")

    def handle(self, *args: Any, **options: Any) -> None:
        quiet = options["verbosity"] == 0
        try:
            with progress(shown=not quiet) as told:
                loaded = load(
                    options["path"],
                    by_name="goldenthread load",
                    dry_run=options["dry_run"],
                    reason=options["reason"],
                    progress=told,
                )
        except Misused as fault:
            raise CommandError(str(fault), returncode=2) from None
        except Refused as refused:
            self._refuse(refused, as_json=options["format"] == "json")
            raise CommandError(str(refused), returncode=1) from None
        if options["format"] == "json":
            self.stdout.write(json.dumps(_as_json(loaded, dry_run=options["dry_run"]), ensure_ascii=False))
        elif not quiet:
            counts_table(self.stdout, _title(loaded, dry_run=options["dry_run"]), loaded.tables, loaded.results)

    def _refuse(self, refused: Refused, *, as_json: bool) -> None:
        if as_json:
            faults = [
                {"file": fault.file, "line": fault.line, "column": fault.column, "message": fault.message}
                for fault in refused.faults
            ]
            self.stdout.write(json.dumps({"loaded": False, "faults": faults, "total": refused.faults.total}))
            return
        for line in fault_lines(refused.faults):
            self.stderr.write(line)


def fault_lines(faults: Faults) -> list[str]:
    lines = [str(fault) for fault in faults][:SHOWN]
    more = faults.total - len(lines)
    return [*lines, f"… and {more:,} more"] if more else lines


def _title(loaded: Loaded, *, dry_run: bool) -> str:
    if dry_run:
        return f"{loaded.source}: this would be loaded; nothing was kept"
    return f"{loaded.source}: {'loaded' if loaded.change else 'nothing new in it'}"


def _as_json(loaded: Loaded, *, dry_run: bool) -> dict[str, Any]:
    return {
        "loaded": loaded.change is not None,
        "dry_run": dry_run,
        "source": loaded.source,
        "change": loaded.change.pk if loaded.change else None,
        "tables": loaded.tables,
        "results": loaded.results,
    }
