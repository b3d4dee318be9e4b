"""Rows gathered from files for the tables of the data package, each with the file and the line it comes from."""

from collections import Counter
from collections.abc import Sequence
from itertools import compress
from typing import Any

from goldenthread.importing.map import Repeated
from goldenthread.package.definitions import Definitions
from goldenthread.package.faults import Faults
from goldenthread.package.reading import Rows
from goldenthread.package.records import Records
from goldenthread.package.tables import Table

#: A file, and a line of it.
Origin = tuple[str, int]
#: A fault before it is told: where, of what, and what is wrong.
Told = tuple[Origin, str, str]
#: What tells where a figure was read, and so does not make two rows different.
_WHENCE = frozenset({"source_file", "source_row"})


class ImportedRows(Rows):
    """Rows as the load service takes them, of which each knows its file."""

    def __init__(self, table: Table, file: str, faults: Faults) -> None:
        super().__init__(table, file, faults)
        self.files: list[str] = []

    def fault(self, row: int, column: str, message: str) -> None:
        self._faults.add(self.files[row], self.lines[row], f"{self.table.name} {column}", message)

    def copied(self) -> "ImportedRows":
        other = ImportedRows(self.table, self.file, self._faults)
        other.present, other.broken, other.unsure = self.present, self.broken, self.unsure
        other.lines, other.files = list(self.lines), list(self.files)
        other.values = {name: list(values) for name, values in self.values.items()}
        return other

    def add(self, **values: Any) -> None:
        self.files.append(self.file)
        super().add(**values)


class TableOfRecords:
    """Append-only rows in the order in which they were read."""

    def __init__(self, table: Table, keep: Records) -> None:
        self.table = table
        self.repeated = 0
        self._known_by = [name for name in (*table.key, keep.moment, keep.day) if name]
        self._apart_from = {*self._known_by, *_WHENCE}
        self._columns: dict[str, list[Any]] = {}
        self._files: list[str] = []
        self._lines: list[int] = []
        self._last: dict[tuple[Any, ...], tuple[Any, ...]] = {}

    def __len__(self) -> int:
        return len(self._lines)

    def take(
        self, names: Sequence[str], columns: Sequence[list[Any]], file: str, lines: list[int], repeated: Repeated
    ) -> None:
        """Add rows; with ``repeated`` changes, those alone that say something new of their subject."""
        if repeated is Repeated.CHANGES:
            columns, lines = self._changes(names, columns, lines)
        before = len(self)
        for name in dict.fromkeys([*self._columns, *names]):
            column = self._columns.setdefault(name, [self.table.by_name[name].empty] * before)
            column += columns[names.index(name)] if name in names else [self.table.by_name[name].empty] * len(lines)
        self._files += [file] * len(lines)
        self._lines += lines

    def _changes(
        self, names: Sequence[str], columns: Sequence[list[Any]], lines: list[int]
    ) -> tuple[list[list[Any]], list[int]]:
        """The rows that say something else than the one before them of the same subject."""
        subject = [columns[names.index(name)] for name in self.table.key if name in names]
        content = [column for name, column in zip(names, columns, strict=True) if name not in self._apart_from]
        kept = []
        for place, key in enumerate(zip(*subject, strict=True)):
            said = tuple(column[place] for column in content)
            if self._last.get(key) != said:
                self._last[key] = said
                kept.append(place)
        self.repeated += len(lines) - len(kept)
        return [[column[place] for place in kept] for column in columns], [lines[place] for place in kept]

    def settle(self) -> list[Told]:
        """Keep once what is said twice alike; the faults are of rows that say different things of one subject."""
        keys = list(zip(*(self._column(name) for name in self._known_by), strict=True))
        if len(set(keys)) == len(keys):
            return []
        several = {key for key, count in Counter(keys).items() if count > 1}
        places: dict[tuple[Any, ...], list[int]] = {}
        for place, key in enumerate(keys):
            if key in several:
                places.setdefault(key, []).append(place)
        drop: set[int] = set()
        faults = []
        content = [column for name, column in self._columns.items() if name not in self._apart_from]
        for same in places.values():
            if len({tuple(column[place] for column in content) for place in same}) == 1:
                drop.update(same[1:])
                continue
            told = " and ".join(self.table.key)
            for place in same:
                other = next(other for other in same if other != place)
                line, file = self._lines[other], self._files[other]
                where = f"line {line}" if file == self._files[place] else f"{file}:{line}"
                message = f"{where} says something else of the same {told}: keep one of the two"
                faults.append(((self._files[place], self._lines[place]), self.table.name, message))
        self.repeated += len(drop)
        self._keep([place not in drop for place in range(len(self))])
        return faults

    def drop(self, origins: set[Origin]) -> None:
        self._keep([origin not in origins for origin in zip(self._files, self._lines, strict=True)])

    def _keep(self, kept: list[bool]) -> None:
        if not all(kept):
            self._files = list(compress(self._files, kept))
            self._lines = list(compress(self._lines, kept))
            self._columns = {name: list(compress(column, kept)) for name, column in self._columns.items()}

    def _column(self, name: str) -> list[Any]:
        return self._columns.get(name) or [self.table.by_name[name].empty] * len(self)

    def rows(self, file: str, faults: Faults) -> ImportedRows:
        return _rows(self.table, self._columns, self._files, self._lines, file, faults)


class TableOfDefinitions:
    """Definitions, each once, however many rows tell of it."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.repeated = 0
        self._found: dict[tuple[Any, ...], dict[str, Any]] = {}
        self._origins: dict[tuple[Any, ...], Origin] = {}
        self._sources: dict[tuple[tuple[Any, ...], str], int | None] = {}
        self._names: dict[str, None] = {}
        self._completing: list[tuple[tuple[Any, ...], dict[str, Any]]] = []

    def __len__(self) -> int:
        return len(self._found)

    def take(
        self,
        names: Sequence[str],
        columns: Sequence[list[Any]],
        file: str,
        lines: list[int],
        *,
        source: int | None = None,
        completes: bool = False,
    ) -> list[Told]:
        """Add rows. Two that differ are faults where they come from one ``source``; otherwise the first counts."""
        self._names.update(dict.fromkeys(names))
        key_places = [names.index(name) if name in names else None for name in self.table.key]
        empties = [self.table.by_name[name].empty for name in self.table.key]
        rows = list(zip(*columns, strict=True))
        first_lines = dict(zip(reversed(rows), reversed(lines), strict=True))
        faults: list[Told] = []
        for row in dict.fromkeys(rows):
            origin = (file, first_lines[row])
            key = tuple(
                empty if place is None else row[place] for place, empty in zip(key_places, empties, strict=True)
            )
            given = dict(zip(names, row, strict=True))
            if completes:
                self._completing.append((key, given))
                continue
            faults += [(origin, *fault) for fault in self._merge(key, given, origin, source)]
        return faults

    def _merge(
        self, key: tuple[Any, ...], given: dict[str, Any], origin: Origin, source: int | None
    ) -> list[tuple[str, str]]:
        known = self._found.setdefault(key, {})
        self._origins.setdefault(key, origin)
        faults = []
        for name, value in given.items():
            empty = self.table.by_name[name].empty
            if known.get(name, empty) == empty:
                known[name] = value
                self._sources[key, name] = source
            elif source is not None and value not in (known[name], empty) and self._sources[key, name] == source:
                file, line = self._origins[key]
                where = f"line {line}" if file == origin[0] else f"{file}:{line}"
                told = " and ".join(str(part) for part in key)
                message = f"{name} of {told} is {value} here and {known[name]} on {where}: write one of the two"
                faults.append((self.table.name, message))
        return faults

    def settle(self) -> list[Told]:
        for key, given in self._completing:
            if key in self._found:
                filled = {name: value for name, value in given.items() if value != self.table.by_name[name].empty}
                self._found[key] |= filled
        self._completing = []
        return []

    def drop(self, origins: set[Origin]) -> None:
        self._found = {key: given for key, given in self._found.items() if self._origins[key] not in origins}

    def rows(self, file: str, faults: Faults) -> ImportedRows:
        columns = {
            name: [given.get(name, self.table.by_name[name].empty) for given in self._found.values()]
            for name in self._names
        }
        origins = [self._origins[key] for key in self._found]
        files, lines = [origin[0] for origin in origins], [origin[1] for origin in origins]
        return _rows(self.table, columns, files, lines, file, faults)


def _rows(
    table: Table, columns: dict[str, list[Any]], files: list[str], lines: list[int], file: str, faults: Faults
) -> ImportedRows:
    rows = ImportedRows(table, file, faults)
    rows.present = frozenset(columns)
    rows.files, rows.lines = list(files), list(lines)
    for column in table.columns:
        values = columns.get(column.name) or [column.empty] * len(lines)
        if column.numbered:
            values = [place if value is None else value for place, value in enumerate(values, 1)]
        rows.values[column.name] = values
    return rows


def table_for(table: Table) -> TableOfRecords | TableOfDefinitions:
    """An empty table to gather rows in."""
    keep = table.keep
    return TableOfDefinitions(table) if isinstance(keep, Definitions) else TableOfRecords(table, keep)
