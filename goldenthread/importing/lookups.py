"""Lookups: one text for another, from the map itself or from a file; or for a text the whole row of a file."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path

from goldenthread.importing.frame import Frame, UnknownName, Wrong
from goldenthread.importing.map import Layout, Lookup
from goldenthread.importing.sheets import SheetFault, as_text, read_bytes, read_sheet
from goldenthread.importing.templates import Template, TemplateFault
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
    """What a lookup knows: a tuple of texts for each key, one unless ``parts`` names the columns of a row."""

    def __init__(self, lookup: Lookup, values: Mapping[str, tuple[str, ...]], parts: tuple[str, ...] = ()) -> None:
        self.parts = parts
        self._lookup = lookup
        self._values = {self._folded(key): value for key, value in values.items()}

    def __contains__(self, text: str) -> bool:
        return self._folded(text) in self._values

    @property
    def finds_rows(self) -> bool:
        return bool(self._lookup.file) and self._lookup.value is None

    def find(self, text: str, column: str) -> str | Wrong:
        """What stands for ``text``; ``column`` is where it was read, for the refusal."""
        found = self.row(text, column)
        return found if isinstance(found, Wrong) else found[0]

    def row(self, text: str, column: str) -> tuple[str, ...] | Wrong:
        """The texts of ``parts`` for ``text``."""
        found = self._values.get(self._folded(text))
        if found is not None:
            return found
        otherwise = self._lookup.otherwise
        if otherwise is not None:
            return (otherwise,) * max(1, len(self.parts))
        name = self._lookup.name
        return Wrong(column, f"{quoted(text)} is not in the lookup {name}: {self.advice(text)}, or add it there")

    def advice(self, text: str) -> str:
        """What to do about a text that is not there."""
        close = get_close_matches(self._folded(text)[:60], list(self._values)[:5_000], 1, 0.8)
        return f"write {close[0]}" if close else "correct it"

    def _folded(self, text: str) -> str:
        return " ".join(text.casefold().split()) if self._lookup.ignore_case else text


def find_lookups(
    lookups: Iterable[Lookup], constants: Mapping[str, str], folders: Iterable[Path], map_file: str, faults: Faults
) -> dict[str, Found]:
    """Every lookup, its files sought in ``folders`` in turn."""
    places = list(folders)
    return {lookup.name: _found(lookup, constants, places, map_file, faults) for lookup in lookups}


def _found(lookup: Lookup, constants: Mapping[str, str], folders: list[Path], map_file: str, faults: Faults) -> Found:
    column = f"lookup.{lookup.name}"
    if not lookup.file:
        try:
            return Found(lookup, {key: (_constant(value, constants),) for key, value in lookup.values.items()})
        except KeyError as fault:
            faults.add(map_file, lookup.line, column, f"there is no value {quoted(fault.args[0])} to put in here")
        except TemplateFault as fault:
            faults.add(map_file, lookup.line, column, str(fault))
        return Found(lookup, {})
    path = next((folder / lookup.file for folder in folders if _is_file(folder / lookup.file)), None)
    if path is None:
        message = f"there is no file {quoted(lookup.file)} beside the map or beside the files: put it there"
        faults.add(map_file, lookup.line, column, message)
        return Found(lookup, {})
    return _from_file(lookup, path, constants, faults)


def _constant(text: str, constants: Mapping[str, str]) -> str:
    """A value of a lookup in the map, which may name what was given with --set."""
    return Template.parse(text).fill(constants) if "{set." in text else text


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _from_file(lookup: Lookup, path: Path, constants: Mapping[str, str], faults: Faults) -> Found:
    try:
        sheet = read_sheet(path.name, read_bytes(path), _AS_CSV, faults)
    except SheetFault as fault:
        faults.add(path.name, fault.line, "", str(fault))
        return Found(lookup, {})
    if sheet is None:
        return Found(lookup, {})
    frame = Frame(sheet, constants=constants)
    parts = () if lookup.value is not None else tuple(dict.fromkeys(filter(None, sheet.header)))
    try:
        keys = frame.fill(lookup.key)
        columns = [frame.fill(lookup.value)] if lookup.value is not None else [frame.column(name) for name in parts]
    except UnknownName as fault:
        faults.add(path.name, sheet.header_line, fault.name, f"{fault}; the lookup {lookup.name} reads it")
        return Found(lookup, {}, parts)
    found: dict[str, tuple[str, ...]] = {}
    for line, key, *cells in zip(frame.lines, keys, *columns, strict=True):
        texts = tuple(map(as_text, cells))
        if found.setdefault(as_text(key), texts) != texts:
            message = (
                f"the lookup {lookup.name} has {quoted(as_text(key))} already, for something else: keep one of the two"
            )
            faults.add(path.name, line, lookup.key.only_name or "", message)
    return Found(lookup, found, parts)
