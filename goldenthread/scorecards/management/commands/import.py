"""``goldenthread import FILE… --map MAP.toml``: bring in somebody else's files as a map says."""

import json
from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from goldenthread.importing.map_file import find_map
from goldenthread.importing.services import Imported, import_files
from goldenthread.package.faults import Faults, Misused, Refused
from goldenthread.package.terminal import counts_table, progress

#: How many faults are printed.
SHOWN = 100


class Command(BaseCommand):
    help = (
        "Import foreign files (CSV, XLSX) as a map says. All of it is kept, or nothing; a map may say to skip bad rows."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a file, or a folder of them")
        parser.add_argument(
            "--map", required=True, help="a .toml file, or the name of a map that comes with the product"
        )
        parser.add_argument("--set", action="append", default=[], type=_named, metavar="NAME=VALUE", dest="given")
        parser.add_argument("--dry-run", action="store_true", help="say what would change and what is refused")
        parser.add_argument("--reason", default="", help="why, for the history")
        parser.add_argument("--format", choices=("table", "json"), default="table", help="how the counts are printed")

    def handle(self, *args: Any, **options: Any) -> None:
        quiet, as_json = options["verbosity"] == 0, options["format"] == "json"
        try:
            with progress(shown=not quiet) as told:
                imported = import_files(
                    options["files"],
                    map_path=find_map(options["map"]),
                    given=dict(options["given"]),
                    by_name="goldenthread import",
                    dry_run=options["dry_run"],
                    reason=options["reason"],
                    progress=told,
                )
        except Misused as fault:
            raise CommandError(str(fault), returncode=2) from None
        except Refused as refused:
            self._refuse(refused, as_json=as_json)
            raise CommandError(str(refused), returncode=1) from None
        if as_json:
            self.stdout.write(json.dumps(_as_json(imported, dry_run=options["dry_run"]), ensure_ascii=False))
        elif not quiet:
            self._tell(imported, dry_run=options["dry_run"])

    def _refuse(self, refused: Refused, *, as_json: bool) -> None:
        if as_json:
            told = {"imported": False, "faults": _faults(refused.faults), "total": refused.faults.total}
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        for line in _lines(refused.faults):
            self.stderr.write(line)

    def _tell(self, imported: Imported, *, dry_run: bool) -> None:
        for line in _lines(imported.skipped):
            self.stdout.write(f"skipped {line}")
        for reason, count in _left_out(imported).items():
            self.stdout.write(f"{count:,} left out: {reason}")
        loaded = imported.loaded
        done = "imported" if loaded.change else "nothing new in it"
        title = f"{loaded.source}: {'this would be imported; nothing was kept' if dry_run else done}"
        rows = sum(one.rows for one in imported.files)
        more = {"files read": len(imported.files), "rows read": rows, **_counts(imported), **loaded.results}
        counts_table(self.stdout, title, loaded.tables, {name: count for name, count in more.items() if count})


def _named(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not name or not equals:
        raise ArgumentTypeError(f"{text!r} is not NAME=VALUE")
    return name, value


def _counts(imported: Imported) -> dict[str, int]:
    return {
        "blank": sum(one.blank for one in imported.files),
        "left out": sum(_left_out(imported).values()),
        "repeated": imported.repeated,
        "skipped": sum(one.skipped for one in imported.files),
    }


def _left_out(imported: Imported) -> dict[str, int]:
    """How many rows, or cells of rows that are spread out, the map leaves out, by the reason it gives."""
    found: dict[str, int] = {}
    for one in imported.files:
        for reason, count in one.left_out.items():
            found[reason] = found.get(reason, 0) + count
    return found


def _lines(faults: Faults) -> list[str]:
    lines = [str(fault) for fault in faults][:SHOWN]
    more = faults.total - len(lines)
    return [*lines, f"… and {more:,} more"] if more else lines


def _faults(faults: Faults) -> list[dict[str, str | int]]:
    return [
        {"file": fault.file, "line": fault.line, "column": fault.column, "message": fault.message} for fault in faults
    ]


def _as_json(imported: Imported, *, dry_run: bool) -> dict[str, Any]:
    loaded = imported.loaded
    return {
        "imported": loaded.change is not None,
        "dry_run": dry_run,
        "source": loaded.source,
        "change": loaded.change.pk if loaded.change else None,
        "files": len(imported.files),
        "rows": sum(one.rows for one in imported.files),
        **{name.replace(" ", "_"): count for name, count in _counts(imported).items()},
        "left_out_because": _left_out(imported),
        "skipped_rows": _faults(imported.skipped),
        "tables": loaded.tables,
        "results": loaded.results,
    }
