"""The databases that tests copy: a migrated one that is empty, and one that holds the demonstration council.

Each is made once for a kind of database and kept under var/ for every process that tests: SQLite's as it is,
PostgreSQL's as a dump. They are made anew when something changed that they are made of; the second every day too, for
what was entered today was entered before now.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
OURS = ROOT / "goldenthread"
KEPT = ROOT / "var" / "test-databases"
#: Folders and modules that say what the tables are.
TABLES = {"migrations", "models", "fields", "settings"}
#: The kinds of file that the demonstration council comes from.
READ = (".py", ".csv", ".toml", ".json")


class Files:
    """SQLite: a database is a file, its name the path."""

    def __init__(self, usual: str) -> None:
        self.scratch = Path(usual).parent

    def kept(self, name: str) -> str:
        return str(KEPT / f"{name}.sqlite3")

    def own(self, name: str) -> str:
        return str(self.scratch / f"{name}.sqlite3")

    def exists(self, name: str) -> bool:
        return Path(name).exists()

    def create(self, name: str) -> None:
        self.drop(name)

    def copy(self, name: str, into: str) -> None:
        self.drop(into)
        shutil.copyfile(name, into)

    def rename(self, name: str, into: str) -> None:
        Path(name).rename(into)

    def drop(self, name: str) -> None:
        for end in ("", "-wal", "-shm"):
            Path(name + end).unlink(missing_ok=True)

    def bring_back(self, name: str, into: str) -> bool:
        return False

    def put_by(self, name: str, kept: str) -> None:
        """A file is kept as it is."""

    def drop_all(self, kept: str) -> None:
        for file in KEPT.glob(f"{Path(kept).stem}_*"):
            self.drop(str(file))


class Server:
    """PostgreSQL: names on the server that ``DATABASE_URL`` leads to."""

    def __init__(self, usual: str) -> None:
        self.usual = usual

    def kept(self, name: str) -> str:
        return f"kept_{name}"

    def own(self, name: str) -> str:
        return f"test_{self.usual}_{name}"

    def exists(self, name: str) -> bool:
        return bool(self._ask("SELECT 1 FROM pg_database WHERE datname = %s", name))

    def create(self, name: str) -> None:
        self.drop(name)
        self._ask(f'CREATE DATABASE "{name}"')

    def copy(self, name: str, into: str) -> None:
        self.drop(into)
        self._ask(f'CREATE DATABASE "{into}" TEMPLATE "{name}"')

    def rename(self, name: str, into: str) -> None:
        self._ask(f'ALTER DATABASE "{name}" RENAME TO "{into}"')

    def drop(self, name: str) -> None:
        self._ask(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def bring_back(self, name: str, into: str) -> bool:
        """Fill a new database from what an earlier run put by; says whether that could be done."""
        if not self._file(name).exists():
            return False
        self.create(into)
        return self._run("pg_restore", "--no-owner", "--exit-on-error", "-d", into, str(self._file(name)))

    def put_by(self, name: str, kept: str) -> None:
        for older in KEPT.glob(f"{kept.rpartition('_')[0]}_*.dump"):
            older.unlink()
        self._run("pg_dump", "-Fc", "-Z1", "-f", str(self._file(kept)), name)

    def _run(self, tool: str, *arguments: str) -> bool:
        from django.db import connection

        usual = connection.settings_dict
        where = ["-h", usual["HOST"], "-U", usual["USER"], *(["-p", str(usual["PORT"])] if usual["PORT"] else [])]
        environment = {**os.environ, "PGPASSWORD": usual["PASSWORD"]}
        try:
            return subprocess.run([tool, *where, *arguments], env=environment, capture_output=True).returncode == 0
        except FileNotFoundError:
            return False

    @staticmethod
    def _file(name: str) -> Path:
        return KEPT / f"{name}.dump"

    def drop_all(self, kept: str) -> None:
        for name in self._ask("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", f"{kept}_"):
            self.drop(name)

    @staticmethod
    def _ask(statement: str, *values: str) -> list[str]:
        from django.db import connection

        with connection._nodb_cursor() as cursor:
            cursor.execute(statement, values)
            return [name for (name,) in cursor.fetchall()] if cursor.description else []


@cache
def databases() -> Files | Server:
    from django.conf import settings

    usual = settings.DATABASES["default"]
    return Files(usual["NAME"]) if "sqlite3" in usual["ENGINE"] else Server(usual["NAME"])


def own_copy(of: Callable[[], str], name: str) -> str:
    """A copy that this process may write to; gives its name."""
    copy = databases().own(name)
    with _alone():
        databases().copy(of(), copy)
    return copy


def empty() -> str:
    """The kept database that was migrated and holds nothing."""
    from django.core.management import call_command

    return _kept("empty", _tables(), databases().create, lambda: call_command("migrate", verbosity=0))


def demonstration() -> str:
    """The kept database that holds the demonstration council."""
    from goldenthread.scorecards.demonstration import set_up_demonstration

    def begin(name: str) -> None:
        databases().copy(empty(), name)

    return _kept("demonstration", _everything(), begin, lambda: set_up_demonstration(quiet=True))


def _kept(what: str, made_of: str, begin: Callable[[str], None], fill: Callable[[], object]) -> str:
    ours = databases()
    name = ours.kept(f"{what}_{made_of}")
    if not ours.exists(name):
        ours.drop_all(ours.kept(what))
        unfinished = ours.kept(f"unfinished_{what}")
        if not ours.bring_back(name, unfinished):
            begin(unfinished)
            with standing_on(unfinished):
                fill()
            ours.put_by(unfinished, name)
        ours.rename(unfinished, name)
    return name


@contextmanager
def _alone() -> Iterator[None]:
    """One process after the other, so that what is kept is made once."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / type(databases()).__name__.lower()).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@cache
def _tables() -> str:
    """A short name for what the tables are made of."""
    return _name_of([path for path in OURS.rglob("*.py") if TABLES & {*path.parts, path.stem}])


@cache
def _everything() -> str:
    """A short name for all that what was loaded today may hang on."""
    day = date.today()  # noqa: DTZ011 (the machine's own)
    return _name_of([path for path in OURS.rglob("*") if path.suffix in READ], str(day))


def _name_of(files: list[Path], *words: str) -> str:
    digest = hashlib.sha256(repr((sys.version, *words)).encode())
    for path in sorted([*files, ROOT / "requirements.lock", Path(__file__)]):
        digest.update(os.fsencode(path) + path.read_bytes())
    return digest.hexdigest()[:12]


@contextmanager
def standing_on(database: Any) -> Iterator[Any]:
    """Everything that asks for the database gets this one, in this thread and in new ones.

    Given by its name, and the connection is closed afterwards; or by a connection, which stays open.
    """
    from django.db import connections

    usual, usual_settings = connections["default"], connections.settings["default"]
    name = database if isinstance(database, str) else database.settings_dict["NAME"]
    connections.settings["default"] = {**usual_settings, "NAME": name}
    here = connections.create_connection("default") if isinstance(database, str) else database
    connections["default"] = here
    try:
        yield here
    finally:
        if isinstance(database, str):
            here.close()
        connections["default"], connections.settings["default"] = usual, usual_settings
