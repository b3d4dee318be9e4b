"""``goldenthread evidence MEASURE… --period P -o FOLDER``: an auditor's pack."""

import json
import re
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from goldenthread.domain.periods import Period, PeriodError
from goldenthread.measures.evidence import evidence_of, write_evidence, write_manifest
from goldenthread.measures.models import Measure


class Command(BaseCommand):
    help = "Write an auditor's pack: how each figure came about, with every row behind it and a manifest of checksums."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("measures", nargs="+", metavar="MEASURE", help="codes of measures")
        parser.add_argument("--period", required=True, help="the period, such as “2026/27 Q2”")
        parser.add_argument("-o", "--output", type=Path, required=True, metavar="FOLDER", help="a new or empty folder")
        parser.add_argument(
            "--format", choices=("table", "json"), default="table", help="how the list of files is printed"
        )

    def handle(self, *, measures: list[str], period: str, output: Path, format: str, **options: Any) -> None:
        try:
            asked = Period.parse(period)
        except PeriodError as fault:
            raise CommandError(str(fault), returncode=2) from None
        if output.exists() and (not output.is_dir() or any(output.iterdir())):
            raise CommandError(f"{output} is not an empty folder: name a new one.", returncode=2)
        found = {measure.code: measure for measure in Measure.objects.filter(code__in=measures)}
        unknown = [code for code in measures if code not in found]
        if unknown:
            raise CommandError(f"There is no measure {', '.join(unknown)}.", returncode=1)
        files = [
            path
            for code in dict.fromkeys(measures)
            for path in write_evidence(evidence_of(found[code], asked), output / _folder_name(code))
        ]
        manifest = write_manifest(output, files)
        names = [path.relative_to(output).as_posix() for path in [*files, manifest]]
        if format == "json":
            self.stdout.write(json.dumps({"folder": str(output), "files": names}))
        else:
            self.stdout.write(f"{len(names)} files in {output}, of {len(found)} measures for {asked.text}.")


def _folder_name(code: str) -> str:
    """A code as the name of a folder."""
    return re.sub(r"[^A-Za-z0-9.-]+", "_", code)
