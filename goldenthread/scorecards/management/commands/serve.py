"""goldenthread serve: the web site."""

import os
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


class Command(BaseCommand):
    help = "Serve the site with gunicorn, on this machine only unless --bind says otherwise."
    #: The checks belong to `goldenthread check`; serving should start at once.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--bind", default="127.0.0.1:8000", metavar="ADDRESS:PORT", help="default %(default)s")
        parser.add_argument("--workers", type=int, default=2, help="processes; default %(default)s")
        parser.add_argument("--threads", type=int, default=8, help="requests at once in each; default %(default)s")

    def handle(self, *, bind: str, workers: int, threads: int, **options: Any) -> None:
        refuse_unprepared_database()
        arguments = ["--bind", bind, "--workers", str(workers), "--threads", str(threads), "--preload"]
        arguments += ["--log-level", "warning", "--timeout", "60"]
        if Path("/dev/shm").is_dir():  # noqa: S108
            arguments += ["--worker-tmp-dir", "/dev/shm"]  # noqa: S108
        self.stdout.write(f"Golden Thread is at http://{bind}")
        self.stdout.flush()
        os.execv(sys.executable, [sys.executable, "-m", "gunicorn", *arguments, "goldenthread.config.wsgi"])  # noqa: S606


def refuse_unprepared_database() -> None:
    executor = MigrationExecutor(connection)
    unapplied = executor.migration_plan(executor.loader.graph.leaf_nodes())
    connection.close()
    if unapplied:
        raise CommandError(f"The database lacks {len(unapplied)} migrations. Prepare it with: goldenthread migrate")
