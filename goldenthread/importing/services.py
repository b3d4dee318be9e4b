"""Importing: files read as a map says and handed to the load service, which keeps all of it or nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from goldenthread.accounts.models import User
from goldenthread.importing.gathered import Origin
from goldenthread.importing.map import Map
from goldenthread.importing.map_file import read_map
from goldenthread.importing.reading import FileRead, Gathering, gather
from goldenthread.package.faults import Faults, Misused, Refused
from goldenthread.package.load import Loaded, load_rows, without_collecting
from goldenthread.package.reading import Rows
from goldenthread.package.tables import Progress, tables

#: How often rows that the load refuses are left out and the rest tried again, where the map lets rows be skipped.
ROUNDS = 8


@dataclass(frozen=True, kw_only=True)
class Imported:
    """What an import did, or would do: what became of the files' rows, which were skipped, and what was loaded."""

    files: list[FileRead]
    skipped: Faults
    repeated: int
    loaded: Loaded


@without_collecting()
def import_files(
    files: Sequence[Path],
    *,
    map_path: Path,
    given: Mapping[str, str] | None = None,
    by: User | None = None,
    by_name: str = "",
    dry_run: bool = False,
    reason: str = "",
    progress: Progress = lambda step, done, total: None,
) -> Imported:
    """Import ``files`` by the map in ``map_path``, with ``given`` for its parameters.

    A folder stands for the files in it that the map reads. Raises Refused with every fault, Misused where a file or a
    parameter is missing. With ``dry_run`` nothing is kept.
    """
    read = read_map(map_path)
    gathering = gather(read, files_of(files, read), given or {}, Faults(), progress)
    if gathering.faults:
        raise Refused(gathering.faults)
    for rounds in range(1, ROUNDS + 1):
        rows = _in_scheme_order(gathering.rows())
        if not rows:
            gathering.faults.add(read.file, 0, "", "makes no row of these files: see what it leaves out")
            raise Refused(gathering.faults)
        try:
            loaded = load_rows(
                rows,
                name=read.file,
                source=_source(files, gathering),
                faults=gathering.faults,
                verb="import",
                by=by,
                by_name=by_name,
                dry_run=dry_run,
                reason=reason,
                progress=progress,
            )
        except Refused:
            if not gathering.skips or rounds == ROUNDS or not _skip_refused(gathering):
                raise
            continue
        return Imported(
            files=list(gathering.files.values()),
            skipped=gathering.skipped,
            repeated=gathering.repeated,
            loaded=loaded,
        )
    raise AssertionError


def files_of(paths: Iterable[Path], read: Map) -> list[Path]:
    """The files to read, those of a folder in order of name. Raises Misused."""
    found: list[Path] = []
    for path in paths:
        try:
            if path.is_dir():
                inside = sorted(one for one in path.iterdir() if one.is_file())
                found += [one for one in inside if any(source.match(one.name) for source in read.sources)]
            elif path.is_file():
                found.append(path)
            else:
                raise Misused(f"{path}: there is no such file or folder")
        except (OSError, ValueError) as fault:
            raise Misused(f"{path}: {fault}") from None
    if not found:
        raise Misused(f"there is no file here that {read.file} reads")
    return found


def _source(files: Sequence[Path], gathering: Gathering) -> str:
    names = ", ".join(path.name for path in files)
    told = names if len(names) <= 150 else f"{len(gathering.digests)} files"
    return f"{told} by {gathering.map.file} sha256:{gathering.digest[:16]}"


def _skip_refused(gathering: Gathering) -> bool:
    """Leave out the rows that the load refused; whether there were any, so that the rest may be tried."""
    refused: set[Origin] = set()
    of_tables: set[str] = set()
    for fault in gathering.faults:
        if fault.file not in gathering.files or not fault.line:
            return False
        refused.add((fault.file, fault.line))
        of_tables.add(fault.column.partition(" ")[0])
        gathering.skipped.add(fault.file, fault.line, fault.column, fault.message)
    gathering.skip(refused, of_tables)
    gathering.faults = Faults()
    return bool(refused)


def _in_scheme_order(rows: dict[str, Rows]) -> dict[str, Rows]:
    """The rows with categories joined in the order in which the database has their schemes, or will have."""
    schemes = rows.get("schemes")
    if schemes is None:
        return rows
    table = tables()["schemes"]
    place = [column.name for column in table.kept].index("order")
    order = dict(zip(schemes["scheme"], schemes["order"], strict=True))
    order |= {key[0]: values[place] for key, (_, values) in table.keep.stored(table).items()}
    joined: dict[str, str] = {}
    for found in rows.values():
        if "category" in found.present and found.table.name != "categories":
            keys = found["category"]
            for key in set(keys) - joined.keys():
                parts = [part.split("=", 1) for part in key.split(";")]
                parts.sort(key=lambda part: (order.get(part[0], 0), part[0]))
                joined[key] = ";".join("=".join(part) for part in parts)
            found.values["category"] = [joined[key] for key in keys]
    return rows
