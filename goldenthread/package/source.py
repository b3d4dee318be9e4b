"""Where a package lies: a folder, or a .zip of one, with its datapackage.json and its CSV files."""

import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from pathlib import Path, PurePosixPath
from typing import IO, Any

from goldenthread.package.faults import Faults, Misused, quoted

DESCRIPTOR = "datapackage.json"
#: The most that a package may hold when unpacked, in bytes: a small .zip can be made to hold without end.
MOST_BYTES = 4 * 1024**3
#: What goes wrong when a file of a package cannot be read.
UNREADABLE = (OSError, EOFError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError)


class Source:
    """The files of a package."""

    def __init__(self, path: Path) -> None:
        self.name = path.name or path.resolve().name
        self._read: dict[str, str] = {}

    def files(self) -> list[str]:
        """The names of the files that lie side by side, not those in folders."""
        raise NotImplementedError

    def size(self, name: str) -> int | None:
        """How many bytes a file has; None where there is no such file."""
        raise NotImplementedError

    def _open(self, name: str) -> IO[bytes]:
        raise NotImplementedError

    @contextmanager
    def open(self, name: str) -> Iterator[Iterator[bytes]]:
        """The lines of a file."""
        with self._open(name) as file:
            yield self._lines(name, file)

    def _lines(self, name: str, file: IO[bytes]) -> Iterator[bytes]:
        digest = hashlib.sha256()
        for line in file:
            digest.update(line)
            yield line
        self._read[name] = digest.hexdigest()

    @property
    def digest(self) -> str:
        """The SHA-256 of what was read: of the list that ``sha256sum FILES`` prints, the files in order of name."""
        listed = "".join(f"{digest}  {name}\n" for name, digest in sorted(self._read.items()))
        return hashlib.sha256(listed.encode("utf-8", "surrogateescape")).hexdigest()

    def close(self) -> None:
        pass


class Folder(Source):
    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._path = path

    def files(self) -> list[str]:
        return [path.name for path in self._path.iterdir() if path.is_file()]

    def size(self, name: str) -> int | None:
        if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts or "\0" in name:
            return None
        path = self._path / name
        return path.stat().st_size if path.is_file() else None

    def _open(self, name: str) -> IO[bytes]:
        return (self._path / name).open("rb")


class Archive(Source):
    """A .zip, whose files may all lie in one folder. Its digest is that of the .zip itself."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._path = path
        self._archive = zipfile.ZipFile(path)
        entries = [entry for entry in self._archive.infolist() if not entry.is_dir()]
        tops = {entry.filename.partition("/")[0] for entry in entries if "/" in entry.filename}
        tops -= {"__MACOSX"}
        flat = any("/" not in entry.filename for entry in entries)
        inside = f"{tops.pop()}/" if len(tops) == 1 and not flat else ""
        self._entries = {entry.filename.removeprefix(inside): entry for entry in entries}

    def files(self) -> list[str]:
        return [name for name in self._entries if "/" not in name]

    def size(self, name: str) -> int | None:
        return self._entries[name].file_size if name in self._entries else None

    def _open(self, name: str) -> IO[bytes]:
        return io.BufferedReader(self._archive.open(self._entries[name]), 1 << 16)

    @property
    def digest(self) -> str:
        with self._path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def close(self) -> None:
        self._archive.close()


def open_source(path: Path, faults: Faults) -> Source | None:
    """The package at ``path``. Raises Misused where there is none; a file that is no .zip is a fault."""
    try:
        if path.is_dir():
            return Folder(path)
        if path.is_file():
            return Folder(path.parent) if path.name == DESCRIPTOR else Archive(path)
    except UNREADABLE as fault:
        faults.add(path.name, 0, "", f"this is no .zip of a data package ({fault}): give a folder or a .zip")
        return None
    except ValueError as fault:
        raise Misused(f"{path}: {fault}") from None
    raise Misused(f"{path}: there is no such folder or file")


def table_files(source: Source, known: list[str], faults: Faults) -> dict[str, str]:
    """The file of each table in the package, by table name."""
    try:
        found = _table_files(source, faults)
    except UNREADABLE as fault:
        faults.add(source.name, 0, "", f"cannot be read: {fault}")
        return {}
    for table in list(found):
        if table not in known:
            faults.add(found[table], 0, "", f"there is no table {quoted(table)}: {_advice(table, known)}")
            del found[table]
    if sum(source.size(name) or 0 for name in found.values()) > MOST_BYTES:
        faults.add(source.name, 0, "", f"holds more than {MOST_BYTES:,} bytes: load it in parts")
        return {}
    if not found and not faults:
        faults.add(source.name, 0, "", f"holds no table: name the files after tables, such as {known[0]}.csv")
    return found


def _table_files(source: Source, faults: Faults) -> dict[str, str]:
    files = source.files()
    sheets = sorted(name for name in files if name.lower().endswith(".csv") and not name.startswith("."))
    if DESCRIPTOR not in files:
        return {PurePosixPath(name).stem: name for name in sheets}
    found = _described(source, faults)
    if found is None:
        return {}
    for name in sheets:
        if name not in found.values():
            faults.add(name, 0, "", f"{DESCRIPTOR} does not name this file: add it there, or take the file out")
    return found


def _advice(table: str, known: list[str]) -> str:
    close = get_close_matches(table.lower()[:40], known, 1)
    return f"write {close[0]}" if close else f"the tables are {', '.join(sorted(known))}"


def _described(source: Source, faults: Faults) -> dict[str, str] | None:
    """The tables and files that datapackage.json names; None where it says nothing that can be followed."""
    described = _descriptor(source, faults)
    if described is None:
        return None
    resources = described.get("resources")
    if not isinstance(resources, list) or not all(isinstance(resource, dict) for resource in resources):
        faults.add(DESCRIPTOR, 1, "resources", 'is not a list of tables: write {"name": …, "path": …} for each')
        return None
    found: dict[str, str] = {}
    for place, resource in enumerate(resources):
        where = f"resources[{place}]"
        fault = _resource_fault(resource, source, found)
        if fault:
            faults.add(DESCRIPTOR, 1, where, fault)
        else:
            found[resource["name"]] = _path(resource)
    return found


def _descriptor(source: Source, faults: Faults) -> dict[str, Any] | None:
    try:
        with source.open(DESCRIPTOR) as lines:
            described = json.loads(b"".join(lines).decode("utf-8-sig"))
    except UNREADABLE as fault:
        if isinstance(fault, RecursionError):
            faults.add(DESCRIPTOR, 1, "", "is nested too deeply: write a Frictionless data package")
        else:
            faults.add(DESCRIPTOR, 0, "", f"cannot be read: {fault}")
        return None
    except json.JSONDecodeError as fault:
        faults.add(DESCRIPTOR, fault.lineno, "", f"is not JSON here: {fault.msg}")
        return None
    except ValueError:
        faults.add(DESCRIPTOR, 0, "", "is not JSON in UTF-8: save it as UTF-8")
        return None
    if not isinstance(described, dict):
        faults.add(DESCRIPTOR, 1, "", 'is not a data package: write {"resources": […]}')
        return None
    return described


def _path(resource: dict[str, Any]) -> Any:
    path = resource.get("path")
    if isinstance(path, list) and len(path) == 1:
        path = path[0]
    return path.removeprefix("./") if isinstance(path, str) else path


def _resource_fault(resource: dict[str, Any], source: Source, found: dict[str, str]) -> str:
    name, path = resource.get("name"), _path(resource)
    if not isinstance(name, str) or not name:
        return "has no name: write the name of its table"
    if name in found:
        return f"names {quoted(name)} a second time: put its rows into one file"
    if not isinstance(path, str) or not path:
        return f"{quoted(name)} has no path: write the name of its CSV file"
    if source.size(path) is None:
        return f"{quoted(name)} is said to be in {quoted(path)}, which is not in the package: correct its path"
    if path in found.values():
        return f"{quoted(name)} has the file of another table: give each table its own"
    encoding = resource.get("encoding", "utf-8")
    if not isinstance(encoding, str) or encoding.lower().replace("_", "-") not in ("utf-8", "utf8", "utf-8-sig"):
        return f"{quoted(name)} is not in UTF-8: save the file as UTF-8, and say so"
    dialect = resource.get("dialect")
    if isinstance(dialect, dict) and (dialect.get("delimiter", ","), dialect.get("quoteChar", '"')) != (",", '"'):
        return f"{quoted(name)} is not in the usual dialect: separate cells by commas, and quote with double quotes"
    return ""
