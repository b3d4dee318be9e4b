"""What benchmarks stand on: an empty database, a large council in it, a reader, a database server, a web server."""

import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.rows import progress

ROOT = Path(__file__).resolve().parents[1]


@contextmanager
def prepared_database() -> Iterator[Path]:
    """Django, standing on an empty database: SQLite in a temporary file, or what BENCH_DATABASE_URL names.

    Gives a folder to work in, gone afterwards.
    """
    from goldenthread.demonstration import TODAY

    with tempfile.TemporaryDirectory(prefix="goldenthread-bench-") as folder:
        os.environ["DATABASE_URL"] = os.environ.get("BENCH_DATABASE_URL") or f"sqlite:///{folder}/bench.sqlite3"
        os.environ["GOLDENTHREAD_VAR"] = folder
        Path(folder, "static").mkdir()
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


def load_council(folder: Path, measures: int, months: int = 60) -> Path:
    """Load a council of so many monthly measures with targets and a rule; gives the package it was loaded from."""
    from django.core.management import call_command

    from goldenthread.demonstration import bench_tables
    from goldenthread.demonstration.package import write_tables

    package = folder / "package"
    write_tables(package, bench_tables(measures, months), name="bench", title="Bench", description="For timing.")
    call_command("load", package, verbosity=0)
    return package


def signed_in(email: str = "") -> Any:
    """A client signed in as the person of that address, or as an administrator made for it."""
    from django.test import Client

    from goldenthread.accounts.models import User

    user = (
        User.objects.get(email=email)
        if email
        else User.objects.create_superuser("bench@wenlow.example", name="Bench", password=None)
    )
    client = Client(headers={"host": "localhost"})
    client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
    return client


def reader(client: Any) -> Callable[[str], bytes]:
    """``read("/measures/")``: a whole page, in this process, which is set up as a web process is."""
    from goldenthread.config.collector import leave_what_stands

    leave_what_stands()

    def read(path: str) -> bytes:
        response = client.get(path)
        assert response.status_code == 200, f"{path} answers {response.status_code}"
        return bytes(response.content)

    return read


@contextmanager
def each_database() -> Iterator[dict[str, str]]:
    """BENCH_DATABASE_URL by the kind of database: SQLite, and PostgreSQL where its server is installed."""
    tests = _command("test")
    if tests.server_tools() is None:
        yield {"SQLite": ""}
        return
    with tests.postgresql() as server:
        create = ["psql", "-q", "-h", server, "-U", "goldenthread", "postgres", "-c", "CREATE DATABASE bench"]
        subprocess.run(create, check=True)
        yield {"SQLite": "", "PostgreSQL": tests.on(server, "bench")["DATABASE_URL"]}


def on_each_database(benchmark: str, measure_on: Callable[[str], None]) -> None:
    """Measure in a process of its own on each kind of database; ``benchmark`` is the name of the module that asks."""
    if len(sys.argv) > 1:
        measure_on(sys.argv[1])
        return
    with each_database() as urls:
        for kind, url in urls.items():
            progress(kind)
            command = [sys.executable, "-m", f"benchmarks.{benchmark}", kind]
            subprocess.run(command, cwd=ROOT, env={**os.environ, "BENCH_DATABASE_URL": url}, check=True)


def _command(name: str) -> ModuleType:
    """One of ``bin/``, as a module."""
    path, module = ROOT / "bin" / name, ModuleType(f"bin_{name}")
    module.__file__ = str(path)
    sys.modules[module.__name__] = module
    exec(compile(path.read_text(encoding="utf-8"), path, "exec"), module.__dict__)
    return module


@contextmanager
def serving(*options: str, port: int = 8917) -> Iterator[tuple[str, list[int]]]:
    """The site on the prepared database, as ``goldenthread serve`` serves it; gives its address and its processes."""
    url = f"http://127.0.0.1:{port}"
    command = [Path(sys.executable).with_name("goldenthread"), "serve", "--bind", url[7:], *options]
    master = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        _wait_for(url)
        children = Path(f"/proc/{master.pid}/task/{master.pid}/children").read_text().split()
        yield url, [int(child) for child in children]
    finally:
        master.send_signal(signal.SIGTERM)
        master.wait(10)


def _wait_for(url: str) -> None:
    for _ in range(600):
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit(f"nothing answers at {url}")
