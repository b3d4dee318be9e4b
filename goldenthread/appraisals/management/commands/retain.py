"""``goldenthread retain``: remove what was written in appraisals whose time is up."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from goldenthread.appraisals.services.retention import retain


class Command(BaseCommand):
    help = "Remove what was written in appraisals of years that were kept as long as they say; what is held stays."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="say how many, and remove nothing")
        parser.add_argument("--format", choices=("table", "json"), default="table", help="how the counts are printed")

    def handle(self, *, dry_run: bool, format: str, **options: Any) -> None:
        found = retain(dry_run=dry_run)
        if format == "json":
            said = [{**asdict(one), "kept_until": one.kept_until.isoformat()} for one in found]
            self.stdout.write(json.dumps({"dry_run": dry_run, "years": said}))
            return
        word = "would be removed" if dry_run else "removed"
        for one in found:
            self.stdout.write(
                f"{one.year}: kept until {one.kept_until.isoformat()}; "
                f"{one.appraisals:,} appraisals, {one.rows:,} rows {word}; {one.held:,} held"
            )
        if not found:
            self.stdout.write("No year's time is up: nothing is removed.")
