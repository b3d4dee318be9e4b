"""Loading a package: read and checked whole, worked out before the transaction, then written all or not at all."""

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import DataError, IntegrityError, transaction

from goldenthread.accounts.models import User
from goldenthread.history.models import Change
from goldenthread.history.services import next_moment, write_change
from goldenthread.package.checking import check_rows
from goldenthread.package.definitions import Definitions
from goldenthread.package.faults import Faults, Refused
from goldenthread.package.loading import Loading
from goldenthread.package.reading import Rows, read_table
from goldenthread.package.records import Records
from goldenthread.package.rows import wide_cache
from goldenthread.package.source import Source, open_source, table_files
from goldenthread.package.tables import Consequence, Progress, consequences, tables


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """What a load did, or would do: rows by table, and what followed from them."""

    source: str
    tables: dict[str, dict[str, int]]
    results: dict[str, int] = field(default_factory=dict)
    change: Change | None = None


@contextmanager
def without_collecting() -> Iterator[None]:
    """A load or import makes millions of objects and no circles: looking for those again and again is a quarter of its
    time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@without_collecting()
def load(
    path: Path,
    *,
    by: User | None = None,
    by_name: str = "",
    dry_run: bool = False,
    reason: str = "",
    progress: Progress = lambda step, done, total: None,
) -> Loaded:
    """Load the data package at ``path`` (a folder or a .zip), all of it or nothing.

    Raises Refused with every fault, and Misused where there is nothing at ``path``. With ``dry_run`` nothing is kept.
    """
    faults = Faults()
    package = _read(path, faults, progress)
    return _load(
        package, faults, verb="load", by=by, by_name=by_name, dry_run=dry_run, reason=reason, progress=progress
    )


@without_collecting()
def load_rows(
    rows: Mapping[str, Rows],
    *,
    name: str,
    source: str,
    faults: Faults,
    verb: str,
    by: User | None = None,
    by_name: str = "",
    dry_run: bool = False,
    reason: str = "",
    progress: Progress = lambda step, done, total: None,
) -> Loaded:
    """Load rows by table that another reader made of its files, as if a data package held them.

    ``name`` is what a fault of no file names; ``source`` and ``verb`` are the Change's; ``faults`` are where the
    rows tell theirs. Raises Refused with every fault.
    """
    package = _Package(name, source, dict(rows))
    return _load(package, faults, verb=verb, by=by, by_name=by_name, dry_run=dry_run, reason=reason, progress=progress)


def _load(
    package: "_Package",
    faults: Faults,
    *,
    verb: str,
    by: User | None,
    by_name: str,
    dry_run: bool,
    reason: str,
    progress: Progress,
) -> Loaded:
    for attempt in (1, 2):
        loading, following = _prepared(package, faults, progress)
        if dry_run or not loading.writes:
            return _told(package, loading)
        try:
            change = _kept(
                package, loading, following, verb=verb, by=by, by_name=by_name, reason=reason, progress=progress
            )
        except _Overtaken as overtaken:
            if attempt == 2:
                faults.add(package.name, 0, "", f"{overtaken}: load it again")
                raise Refused(faults) from None
            continue
        except (IntegrityError, DataError) as fault:
            faults.add(package.name, 0, "", f"the database refused it: {' '.join(str(fault).split())}")
            raise Refused(faults) from None
        return _told(package, loading, change)
    raise AssertionError


class _Overtaken(Exception):
    """Somebody changed what the load rests on while it was being worked out."""


@dataclass(frozen=True)
class _Package:
    name: str
    source: str
    rows: dict[str, Rows]


def _read(path: Path, faults: Faults, progress: Progress) -> _Package:
    source = open_source(path, faults)
    if source is None:
        raise Refused(faults)
    try:
        rows = _read_tables(source, faults, progress)
        return _Package(source.name, f"{source.name} sha256:{source.digest[:16]}", rows)
    finally:
        source.close()


def _read_tables(source: Source, faults: Faults, progress: Progress) -> dict[str, Rows]:
    declared = tables()
    files = table_files(source, list(declared), faults)
    rows = {}
    for name, table in declared.items():
        if name in files:
            done = _Counted(progress, f"Reading {files[name]}")
            rows[name] = read_table(table, source, files[name], faults, done.advance)
    return rows


class _Counted:
    def __init__(self, progress: Progress, step: str) -> None:
        self._progress, self._step, self._done = progress, step, 0
        progress(step, 0, 0)

    def advance(self, rows: int) -> None:
        self._done += rows
        self._progress(self._step, self._done, 0)


@dataclass
class _Following:
    consequences: list[Consequence]
    counted: dict[str, tuple[int, int]]


def _prepared(package: _Package, faults: Faults, progress: Progress) -> tuple[Loading, _Following]:
    """Everything worked out that is to be written. Raises Refused."""
    loading = Loading(tables(), faults, _moment(package.rows))
    loading.rows = {name: rows.copied() for name, rows in package.rows.items()}
    progress("Checking", 0, 0)
    _check(loading)
    following = _Following(list(consequences()), {})
    for consequence in following.consequences:
        consequence.concern(loading)
    following.counted = _counted(loading)
    for name, rows in sorted(loading.rows.items(), key=lambda item: list(loading.tables).index(item[0])):
        loading.plans[name] = loading.tables[name].keep.plan(loading, rows)
    if faults:
        raise Refused(faults)
    for consequence in following.consequences:
        consequence.prepare(loading, progress)
    if faults:
        raise Refused(faults)
    return loading, following


def _moment(rows: dict[str, Rows]) -> datetime:
    """The time of the load. On a demonstration's fixed day no earlier than what the package says of that day."""
    moment = next_moment()
    if settings.TODAY is None:
        return moment
    midnight = datetime.combine(settings.TODAY, time.max, ZoneInfo(settings.TIME_ZONE)).astimezone(UTC)
    given = [
        at
        for table in rows.values()
        if isinstance(table.table.keep, Records) and table.table.keep.moment
        for at in table[table.table.keep.moment]
        if isinstance(at, datetime) and moment < at <= midnight
    ]
    return max([moment, *given])


def _check(loading: Loading) -> None:
    for rows in list(loading.rows.values()):
        for complete in rows.table.completes:
            complete(loading, rows)
    for rows in loading.rows.values():
        check_rows(loading, rows, keyed=isinstance(rows.table.keep, Definitions))
        for check in rows.table.checks:
            check(loading, rows)
    if loading.faults:
        raise Refused(loading.faults)


def _counted(loading: Loading) -> dict[str, tuple[int, int]]:
    return {
        name: table.keep.count(table, loading)
        for name, table in loading.tables.items()
        if isinstance(table.keep, Records)
    }


def _kept(
    package: _Package,
    loading: Loading,
    following: _Following,
    *,
    verb: str,
    by: User | None,
    by_name: str,
    reason: str,
    progress: Progress,
) -> Change:
    with wide_cache(), transaction.atomic():
        for consequence in following.consequences:
            consequence.lock(loading)
        _refuse_if_overtaken(loading, following)
        change = write_change(by=by, verb=verb, object="package", source=package.source, reason=reason, by_name=by_name)
        if change.at < loading.moment:
            Change.objects.filter(pk=change.pk).update(at=loading.moment)
            change.at = loading.moment
        for name, plan in loading.plans.items():
            progress(f"Writing {name}", 0, 0)
            loading.tables[name].keep.write(loading, plan, change)
        for consequence in following.consequences:
            consequence.write(loading, change, progress)
        return change


def _refuse_if_overtaken(loading: Loading, following: _Following) -> None:
    for name, before in loading.looked_at().items():
        if loading.tables[name].keep.stored(loading.tables[name]) != before:
            raise _Overtaken(f"somebody changed {name} while this was being worked out")
    for name, now in _counted(loading).items():
        if now != following.counted[name]:
            raise _Overtaken(f"somebody added {name} of the same measures while this was being worked out")


def _told(package: _Package, loading: Loading, change: Change | None = None) -> Loaded:
    counts = {name: plan.counts for name, plan in loading.plans.items()}
    return Loaded(source=package.source, tables=counts, results=loading.results, change=change)
