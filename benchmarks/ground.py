"""A prepared, empty database for each benchmark: SQLite in a temporary file, or what BENCH_DATABASE_URL names."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def prepared_database() -> Iterator[Path]:
    """Django, standing on an empty database; gives a folder to work in, gone afterwards."""
    from goldenthread.demonstration import TODAY

    with tempfile.TemporaryDirectory(prefix="goldenthread-bench-") as folder:
        os.environ["DATABASE_URL"] = os.environ.get("BENCH_DATABASE_URL") or f"sqlite:///{folder}/bench.sqlite3"
        os.environ["GOLDENTHREAD_VAR"] = folder
        os.environ["GOLDENTHREAD_DEMONSTRATION"] = "1"
        os.environ["GOLDENTHREAD_TODAY"] = TODAY.isoformat()
        os.environ["HASHED_STATIC_FILES"] = "0"
        os.environ["DJANGO_SETTINGS_MODULE"] = "goldenthread.config.settings"
        import django
        from django.core.management import call_command
        from django.db import connection

        django.setup()
        call_command("migrate", verbosity=0)
        yield Path(folder)
        connection.close()
