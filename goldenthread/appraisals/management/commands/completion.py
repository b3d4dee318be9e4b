"""``goldenthread completion``: feed the share of signed appraisals into the measure that counts it."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from goldenthread.appraisals.services.completion import record_completion
from goldenthread.history.acts import Refused


class Command(BaseCommand):
    help = (
        "Record the completion of appraisals in the measure fed from them; where the figure stands nothing is written."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--format", choices=("table", "json"), default="table", help="how the counts are printed")

    def handle(self, *, format: str, **options: Any) -> None:
        try:
            done = record_completion()
        except Refused as refused:
            raise CommandError(str(refused), returncode=1) from None
        if format == "json":
            self.stdout.write(json.dumps([{"measure": code, "period": period} for code, period in done]))
            return
        for code, period in done:
            self.stdout.write(f"{code}: {period}")
        self.stdout.write(f"{len(done)} figures recorded.")
