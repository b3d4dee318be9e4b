"""``goldenthread remind``: one mail a week at most to each person for whom something of an appraisal waits."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from goldenthread.appraisals.services.reminders import remind


class Command(BaseCommand):
    help = "Remind by e-mail of what of appraisals is due within a fortnight or late, at most once a week a person."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="say who would be reminded, and send nothing")
        parser.add_argument("--format", choices=("table", "json"), default="table", help="how the list is printed")

    def handle(self, *, dry_run: bool, format: str, **options: Any) -> None:
        sent = remind(dry_run=dry_run)
        if format == "json":
            self.stdout.write(json.dumps(asdict(sent)))
        else:
            for address, things in sent.to:
                self.stdout.write(f"{address}: {things}")
            for address, fault in sent.failed:
                self.stderr.write(f"{address}: not sent: {fault}")
            verb = "would be reminded" if dry_run else "reminded"
            self.stdout.write(
                f"{len(sent.to)} {verb}; {sent.reminded_lately} were in the last week; "
                f"{sent.without_address} have no address."
            )
        if sent.failed:
            raise CommandError(f"{len(sent.failed)} mails could not be sent.", returncode=1)
