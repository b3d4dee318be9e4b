"""``goldenthread reseal``: seal appraisals anew with the first key, or make a key."""

import json
from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from goldenthread.appraisals.models import Sealed
from goldenthread.appraisals.seal import SealedShut
from goldenthread.appraisals.seal import new_key as made
from goldenthread.appraisals.services.reseal import reseal


class Command(BaseCommand):
    help = "Seal every appraisal anew with the first key of APPRAISAL_KEYS, so that an old key can be taken away."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--new-key", action="store_true", help="print a fresh key, and do nothing else")
        parser.add_argument("--format", choices=("table", "json"), default="table", help="how the counts are printed")

    def handle(self, *, new_key: bool, format: str, **options: Any) -> None:
        if new_key:
            self.stdout.write(made())
            return
        try:
            done = reseal()
        except SealedShut as fault:
            raise CommandError(str(fault), returncode=1) from None
        left = Counter(Sealed.objects.order_by().values_list("key", flat=True))
        if format == "json":
            self.stdout.write(json.dumps({"resealed": done, "keys": left}))
            return
        self.stdout.write(f"{done:,} rows sealed anew.")
        for name, count in sorted(left.items()):
            self.stdout.write(f"{name}: {count:,} rows")
