"""Dumping everything as a data package: the same data gives the same bytes, and a half-written dump is never left."""

import csv
import io
import json
import os
import shutil
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from goldenthread.package.faults import Misused
from goldenthread.package.rows import snapshot
from goldenthread.package.schema import MARK, descriptor, file_name
from goldenthread.package.source import DESCRIPTOR
from goldenthread.package.tables import Progress, Table, tables

#: The time that files in a .zip bear: the earliest there is, so that it says nothing.
ZIP_TIME = (1980, 1, 1, 0, 0, 0)


def dump(path: Path, *, progress: Progress = lambda step, done, total: None) -> dict[str, int]:
    """Write everything to the folder or .zip at ``path``; returns how many rows each table has.

    It is written beside ``path`` and moved there when it is whole. Raises Misused where ``path`` is something other
    than an earlier dump.
    """
    path = Path(os.path.abspath(path))
    zipped = path.suffix.lower() == ".zip"
    _refuse_to_harm(path, zipped=zipped)
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{path.name}.", dir=path.parent))
    try:
        whole = beside / "dump"
        whole.mkdir()
        counts = _write(whole, progress)
        if zipped:
            whole = _zip(whole, beside / "dump.zip")
        _put_in_place(whole, path, beside)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return counts


def _refuse_to_harm(path: Path, *, zipped: bool) -> None:
    if not path.exists():
        return
    if zipped:
        if not path.is_file() or not zipfile.is_zipfile(path):
            raise Misused(f"{path}: this is no .zip of an earlier dump: choose another name")
        return
    if not path.is_dir():
        raise Misused(f"{path}: this is a file: choose the name of a folder, or one that ends in .zip")
    found = {entry.name for entry in path.iterdir()}
    strange = found - _files_of_dump(path)
    if strange:
        named = ", ".join(sorted(strange)[:3])
        raise Misused(f"{path}: this folder holds what no dump has ({named}): choose another, or empty it")


def _files_of_dump(path: Path) -> set[str]:
    """The files of the earlier dump at ``path``; none if there is none."""
    try:
        described = json.loads((path / DESCRIPTOR).read_text(encoding="utf-8"))
        if described["name"] != MARK:
            return set()
        return {DESCRIPTOR, *(resource["path"] for resource in described["resources"])}
    except (OSError, ValueError, KeyError, TypeError):
        return set()


def _write(folder: Path, progress: Progress) -> dict[str, int]:
    declared = tables()
    (folder / DESCRIPTOR).write_text(descriptor(declared.values()), encoding="utf-8", newline="\n")
    counts = {}
    with snapshot():
        for place, (name, table) in enumerate(declared.items()):
            progress(f"Writing {name}", place, len(declared))
            counts[name] = _write_table(table, folder / file_name(table))
    return counts


def _write_table(table: Table, path: Path) -> int:
    """The rows in order of key and then of moment."""
    names = [column.name for column in table.columns]
    given = {names.index(name): cells() for name, cells in table.dumped.items()}
    rows = sorted(table.keep.texts(table), key=lambda row: _in_order(row[0]))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)  # with CRLF, as RFC 4180 has it: only so is a carriage return inside a cell quoted
        writer.writerow(names)
        for key, cells in rows:
            for place, by_key in given.items():
                cells[place] = by_key.get(key, "")
            writer.writerow(cells)
    return len(rows)


def _in_order(key: tuple[Any, ...]) -> tuple[tuple[bool, Any], ...]:
    """A key that can be sorted where a part of it is missing."""
    return tuple((part is not None, part) for part in key)


def _zip(folder: Path, path: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.iterdir()):
            entry = zipfile.ZipInfo(file.name, ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            with file.open("rb") as read, archive.open(entry, "w") as written:
                shutil.copyfileobj(read, written, io.DEFAULT_BUFFER_SIZE * 16)
    return path


def _put_in_place(whole: Path, path: Path, beside: Path) -> None:
    if whole.is_file() or not path.exists():
        os.replace(whole, path)
        return
    os.replace(path, beside / "earlier")
    os.replace(whole, path)
