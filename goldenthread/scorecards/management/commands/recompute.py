"""``goldenthread recompute``: work every result out again from what was said, and keep only what differs."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from goldenthread.measures.services.recompute import recompute


class Command(BaseCommand):
    help = "Work every result out again by what was in force for its period. On an untouched database nothing changes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--format", choices=("table", "json"), default="table", help="how the counts are printed")

    def handle(self, *, format: str, **options: Any) -> None:
        changed = recompute()
        if format == "json":
            self.stdout.write(json.dumps({"changed": changed}))
            return
        for code, count in sorted(changed.items()):
            self.stdout.write(f"{code}: {count}")
        self.stdout.write(f"{sum(changed.values()):,} results changed.")
