"""``goldenthread staff FILE``: take in the staff list that human resources or payroll send, and say what differs."""

import csv
import json
from argparse import ArgumentParser
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from goldenthread.council import services
from goldenthread.council.extract.shown import usual_map
from goldenthread.council.models import Extract, ExtractRow
from goldenthread.council.services.extract import compare_extract
from goldenthread.domain.staff import Difference, in_order_of_acts
from goldenthread.history import acts
from goldenthread.importing.sheets import SheetFault, read_bytes
from goldenthread.package import faults as package

#: How many faults are printed.
SHOWN = 100


class Command(BaseCommand):
    help = "Take in an extract of the staff list and print what differs from the record; officers decide row by row."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="CSV or XLSX, a line for each post somebody holds")
        parser.add_argument(
            "--map", type=Path, help="a .toml file; if not given, the last one used or the usual columns"
        )
        parser.add_argument(
            "--day", metavar="D", help="the day on which it stood, such as 2027-01-18; today if not given"
        )
        parser.add_argument("--dry-run", action="store_true", help="only say what differs; nothing is kept")
        parser.add_argument("--whole", default="", metavar="REASON", help="it is whole, though much would end, and why")
        parser.add_argument("--apply", action="store_true", help="apply every row that can be applied")
        parser.add_argument("--format", choices=("table", "csv", "json"), default="table", help="default: %(default)s")

    def handle(self, *, file: Path, map: Path | None, day: str | None, format: str, **options: Any) -> None:
        given = {
            "file": file.name,
            "content": _read(file),
            "map_text": _text(map) if map else usual_map(),
            "map_file": map.name if map else "the map",
            "day": _day(day),
        }
        try:
            found = compare_extract(**given)
            taken = None if options["dry_run"] else services.take_in_extract(by=None, **given)
        except package.Refused as refused:
            for fault in list(refused.faults)[:SHOWN]:
                self.stderr.write(str(fault))
            raise CommandError(str(refused), returncode=1) from None
        rows = in_order_of_acts(found.rows)
        if taken is None:
            self._print(format, rows, [])
            return
        kept = self._release(taken, options["whole"])
        done = self._apply(kept) if options["apply"] else []
        self._print(format, rows, done)

    def _release(self, taken: Extract, reason: str) -> Extract:
        if taken.state != Extract.State.HELD:
            return taken
        if not reason:
            message = (
                f"It ends {taken.ending:,} of {taken.held:,} appointments, more than {taken.most_ending} per cent, "
                "and is held back. If the list is whole, say why with --whole, or on its page."
            )
            raise CommandError(message, returncode=1)
        return services.release_extract(by=None, extract=taken.pk, reason=reason)

    def _apply(self, taken: Extract) -> list[str]:
        """What became of each row, in their order."""
        done = []
        for row in taken.rows.order_by("order"):
            try:
                done.append(services.apply_extract_row(by=None, row=row.pk).state)
            except acts.Refused as refused:
                done.append(str(refused))
        return done

    def _print(self, format: str, rows: Sequence[Difference], done: Sequence[str]) -> None:
        said = [
            {**_told(row), "decided": done[place] if done else ExtractRow.State.OPEN.value}
            for place, row in enumerate(rows)
        ]
        if format == "json":
            self.stdout.write(json.dumps(said, ensure_ascii=False, indent=2))
        elif format == "csv":
            heads = ["kind", "number", "name", "post", "line", "was", "now", "decided"]
            writer = csv.DictWriter(self.stdout, heads, lineterminator="\n")
            writer.writeheader()
            writer.writerows({**row, "was": _words(row["was"]), "now": _words(row["now"])} for row in said)
        else:
            for row in said:
                who = " ".join(filter(None, (row["name"], row["number"], row["post"])))
                told = f"{row['kind']}: {who}: {_words(row['was']) or '-'} → {_words(row['now']) or '-'}"
                self.stdout.write(told + (f" [{row['decided']}]" if done else ""))
            self.stdout.write(f"{len(said):,} {'difference' if len(said) == 1 else 'differences'}.")


def _told(row: Difference) -> dict[str, Any]:
    return {
        "kind": row.kind.value,
        "number": row.number,
        "name": row.name,
        "post": row.post,
        "line": row.line,
        "was": dict(row.was),
        "now": dict(row.now),
    }


def _words(said: dict[str, str]) -> str:
    return ", ".join(f"{name} {text}" for name, text in said.items())


def _read(path: Path) -> bytes:
    try:
        return read_bytes(path)
    except SheetFault as fault:
        raise CommandError(f"{path}: {fault}", returncode=2) from None


def _text(path: Path) -> str:
    try:
        return _read(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CommandError(f"{path}: is not UTF-8: save it as UTF-8", returncode=2) from None


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise CommandError(f"--day {text}: write it like 2027-01-18", returncode=2) from None
