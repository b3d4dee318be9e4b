"""Lookups: one text for another, from the map itself or from two columns of a file."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path

from goldenthread.importing.frame import Frame, UnknownName, Wrong
from goldenthread.importing.map import Layout, Lookup
from goldenthread.importing.sheets import SheetFault, as_text, read_bytes, read_sheet
from goldenthread.importing.templates import Template
from goldenthread.package.faults import Faults, quoted

_AS_CSV = Layout(
    format=None,
    encoding="utf-8",
    delimiter=",",
    sheet="",
    header=(),
    join=" | ",
    fill_header=False,
    fill_down=(),
    merged=False,
)


class Found:
    """What a lookup knows."""

    def __init__(self, lookup: Lookup, values: Mapping[str, str]) -> None:
        self._lookup = lookup
        self._values = {self._folded(key): value for key, value in values.items()}

    def __contains__(self, text: str) -> bool:
        return self._folded(text) in self._values

    def find(self, text: str, column: str) -> str | Wrong:
        """What stands for ``text``; ``column`` is where it was read, for the refusal."""
        found = self._values.get(self._folded(text), self._lookup.otherwise)
        if found is not None:
            return found
        close = get_close_matches(self._folded(text)[:60], list(self._values)[:5_000], 1, 0.8)
        meant = f"write {close[0]}" if close else "correct it"
        return Wrong(column, f"{quoted(text)} is not in the lookup {self._lookup.name}: {meant}, or add it there")

    def _folded(self, text: str) -> str:
        return " ".join(text.casefold().split()) if self._lookup.ignore_case else text


def find_lookups(
    lookups: Iterable[Lookup], constants: Mapping[str, str], folders: Iterable[Path], map_file: str, faults: Faults
) -> dict[str, Found]:
    """Every lookup, its files sought in ``folders`` in turn."""
    places = list(folders)
    return {lookup.name: Found(lookup, _values(lookup, constants, places, map_file, faults)) for lookup in lookups}


def _values(
    lookup: Lookup, constants: Mapping[str, str], folders: list[Path], map_file: str, faults: Faults
) -> dict[str, str]:
    column = f"lookup.{lookup.name}"
    if not lookup.file:
        try:
            return {key: _constant(value, constants) for key, value in lookup.values.items()}
        except KeyError as fault:
            faults.add(map_file, lookup.line, column, f"there is no value {quoted(fault.args[0])} to put in here")
            return {}
    path = next((folder / lookup.file for folder in folders if _is_file(folder / lookup.file)), None)
    if path is None:
        message = f"there is no file {quoted(lookup.file)} beside the map or beside the files: put it there"
        faults.add(map_file, lookup.line, column, message)
        return {}
    return _from_file(lookup, path, constants, faults)


def _constant(text: str, constants: Mapping[str, str]) -> str:
    """A value of a lookup in the map, which may name what was given with --set."""
    if "{set." not in text:
        return text
    return Template.parse(text).fill(constants)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _from_file(lookup: Lookup, path: Path, constants: Mapping[str, str], faults: Faults) -> dict[str, str]:
    try:
        sheet = read_sheet(path.name, read_bytes(path), _AS_CSV, faults)
    except SheetFault as fault:
        faults.add(path.name, fault.line, "", str(fault))
        return {}
    if sheet is None:
        return {}
    frame = Frame(sheet, {}, (), dict(constants))
    found: dict[str, str] = {}
    try:
        keys, values = frame.fill(lookup.key), frame.fill(lookup.value)
    except UnknownName as fault:
        faults.add(path.name, sheet.header_line, fault.name, f"{fault}; the lookup {lookup.name} reads it")
        return {}
    for line, key, value in zip(frame.lines, map(as_text, keys), map(as_text, values), strict=True):
        if found.setdefault(key, value) != value:
            message = (
                f"the lookup {lookup.name} has {quoted(key)} already, for {quoted(found[key])}: keep one of the two"
            )
            faults.add(path.name, line, lookup.key.only_name or "", message)
    return found
