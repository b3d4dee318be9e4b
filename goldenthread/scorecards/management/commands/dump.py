"""``goldenthread dump PATH``: write everything as a data package."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from goldenthread.package.dump import dump
from goldenthread.package.faults import Misused
from goldenthread.package.terminal import counts_table, progress


class Command(BaseCommand):
    help = "Write everything but accounts as a data package, which load takes back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, help="the folder to write, or a name that ends in .zip")
        parser.add_argument("--format", choices=("table", "json"), default="table", help="how the counts are printed")

    def handle(self, *args: Any, **options: Any) -> None:
        quiet = options["verbosity"] == 0
        try:
            with progress(shown=not quiet) as told:
                counts = dump(options["path"], progress=told)
        except Misused as fault:
            raise CommandError(str(fault), returncode=2) from None
        except OSError as fault:
            raise CommandError(f"{options['path']} cannot be written: {fault.strerror}", returncode=1) from None
        if options["format"] == "json":
            self.stdout.write(json.dumps({"path": str(options["path"]), "tables": counts}))
        elif not quiet:
            counts_table(self.stdout, str(options["path"]), {name: {"rows": count} for name, count in counts.items()})
