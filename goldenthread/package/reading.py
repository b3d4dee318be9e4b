"""Reading a table: typed columns from CSV, a column at a time, every fault collected with its line."""

import csv
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from typing import Any

from goldenthread.package.columns import LONGEST, Column
from goldenthread.package.faults import Faults, quoted
from goldenthread.package.source import UNREADABLE, Source
from goldenthread.package.tables import Table

CHUNK = 5_000


class Rows:
    """The rows of a table as read: a list of values a column, and the line on which each row begins.

    A column that the file lacks holds its empty value. ``broken`` says that not all rows could be read; ``unsure`` are
    the rows of which a cell could not.
    """

    def __init__(self, table: Table, file: str, faults: Faults) -> None:
        self.table = table
        self.file = file
        self.present: frozenset[str] = frozenset()
        self.lines: list[int] = []
        self.values: dict[str, list[Any]] = {column.name: [] for column in table.columns}
        self.broken = False
        self.unsure: set[int] = set()
        self._faults = faults

    def __len__(self) -> int:
        return len(self.lines)

    def __getitem__(self, column: str) -> list[Any]:
        return self.values[column]

    def keys(self) -> list[tuple[Any, ...]]:
        return list(zip(*(self.values[column] for column in self.table.key), strict=True))

    def fault(self, row: int, column: str, message: str) -> None:
        self._faults.add(self.file, self.lines[row], column, message)

    def copied(self) -> "Rows":
        """The same rows, to which others may be added."""
        other = Rows(self.table, self.file, self._faults)
        other.present, other.broken, other.unsure = self.present, self.broken, self.unsure
        other.lines = list(self.lines)
        other.values = {name: list(values) for name, values in self.values.items()}
        return other

    def add(self, **values: Any) -> None:
        """A row that no file holds but that follows from another; ``line`` is that other's."""
        self.lines.append(values.pop("line"))
        for column in self.table.columns:
            self.values[column.name].append(values.get(column.name, column.empty))


def read_table(
    table: Table, source: Source, file: str, faults: Faults, advance: Callable[[int], None] = lambda lines: None
) -> Rows:
    """The rows of ``file``. ``advance`` is told how many lines more were read."""
    rows = Rows(table, file, faults)
    try:
        with source.open(file) as lines, _long_cells():
            _Reading(rows, faults, advance).read(lines)
    except UNREADABLE as fault:
        faults.add(file, 0, "", f"cannot be read: {fault}")
        rows.broken = True
    return rows


@contextmanager
def _long_cells() -> Iterator[None]:
    limit = csv.field_size_limit(LONGEST * 2)
    try:
        yield
    finally:
        csv.field_size_limit(limit)


class _Unread(str):
    """Stands in a column for a cell that could not be read; the text is what is wrong."""


class _Cells(dict[str, Any]):
    """The value of each distinct text of a column, read once."""

    def __init__(self, column: Column) -> None:
        super().__init__()
        self.unread = False
        self._parse = column.parse
        if not column.required:
            self[""] = column.empty

    def __missing__(self, text: str) -> Any:
        value: Any
        try:
            if not text:
                raise ValueError("is empty: every row needs one")
            value = self._parse(text)
        except ValueError as fault:
            self.unread = True
            value = _Unread(fault)
        self[text] = value
        return value


class _Reading:
    def __init__(self, rows: Rows, faults: Faults, advance: Callable[[int], None]) -> None:
        self._rows, self._faults, self._advance = rows, faults, advance
        self._bad_keys: list[int] = []

    def read(self, lines: Iterable[bytes]) -> None:
        records = self._records(csv.reader(self._decoded(lines), strict=True))
        header = next(records, None)
        if header is None:
            if not self._rows.broken:
                self._fault(1, "", f"is empty: write a first line with the columns, such as {self._columns()}")
                self._rows.broken = True
            return
        columns = self._header(*header)
        if columns is None:
            self._rows.broken = True
            return
        self._body(records, columns)

    def _fault(self, line: int, column: str, message: str) -> None:
        self._faults.add(self._rows.file, line, column, message)

    def _columns(self) -> str:
        return ",".join(column.name for column in self._rows.table.columns if column.required)

    def _decoded(self, lines: Iterable[bytes]) -> Iterator[str]:
        """Lines of text; one that is not UTF-8 or holds a NUL is a fault and read as far as it goes."""
        for number, line in enumerate(lines, 1):
            if number == 1:
                if line.startswith((b"\xff\xfe", b"\xfe\xff")):
                    self._fault(1, "", "is saved as UTF-16: save it as CSV UTF-8")
                    self._rows.broken = True
                    return
                line = line.removeprefix(b"\xef\xbb\xbf")
            if b"\0" in line:
                self._fault(number, "", "there is a NUL character on this line: take it out")
                line = line.replace(b"\0", b"")
            try:
                yield line.decode()
            except UnicodeDecodeError as fault:
                self._fault(number, "", f"byte {fault.start + 1} of this line is not UTF-8: save the file as CSV UTF-8")
                yield line.decode(errors="replace")

    def _records(self, reader: Any) -> Iterator[tuple[int, list[str]]]:
        """Each record with the line on which it begins; blank lines are passed over."""
        line = 1
        while True:
            try:
                for record in reader:
                    if record:
                        yield line, record
                    line = reader.line_num + 1
                return
            except csv.Error as fault:
                self._rows.broken = True
                self._fault(line, "", _csv_fault(str(fault)))
                return

    def _header(self, line: int, header: list[str]) -> list[Column] | None:
        """The columns in file order; None where the header cannot be followed."""
        table, before = self._rows.table, self._faults.total
        columns, seen = [], set()
        for place, name in enumerate(header, 1):
            if name in seen:
                self._fault(line, name, "this column is there twice: keep one of the two")
            elif name not in table.by_name:
                self._fault(line, name.strip() or f"column {place}", _unknown(name, table))
            else:
                columns.append(table.by_name[name])
            seen.add(name)
        for column in table.columns:
            if column.required and column.name not in seen:
                self._fault(line, column.name, f"this column is missing: add it, every row of {table.name} needs one")
        self._rows.present = frozenset(seen)
        return columns if self._faults.total == before else None

    def _body(self, records: Iterator[tuple[int, list[str]]], columns: list[Column]) -> None:
        cells = [_Cells(column) for column in columns]
        width = len(columns)
        lines: list[int] = []
        chunk: list[list[str]] = []
        for line, record in records:
            if len(record) != width:
                self._fault(line, "", _ragged(len(record), width))
                self._rows.broken = True
                continue
            lines.append(line)
            chunk.append(record)
            if len(chunk) == CHUNK:
                self._take(lines, chunk, columns, cells)
                lines, chunk = [], []
        self._take(lines, chunk, columns, cells)
        self._drop_unknown()

    def _take(self, lines: list[int], chunk: list[list[str]], columns: list[Column], cells: list[_Cells]) -> None:
        if not chunk:
            return
        rows = self._rows
        start = len(rows)
        rows.lines += lines
        for column, texts, known in zip(columns, zip(*chunk, strict=True), cells, strict=True):
            values = list(map(known.__getitem__, texts))
            if known.unread:
                self._tell(column, values, start)
            rows.values[column.name] += values
        for column in rows.table.columns:
            if column.name not in rows.present:
                rows.values[column.name] += [column.empty] * len(chunk)
            if column.numbered:
                values = rows.values[column.name]
                values[start:] = [
                    place if value is None else value for place, value in enumerate(values[start:], start + 1)
                ]
        self._advance(len(chunk))

    def _tell(self, column: Column, values: list[Any], start: int) -> None:
        for place, value in enumerate(values):
            if type(value) is _Unread:
                self._rows.fault(start + place, column.name, str(value))
                values[place] = column.empty
                self._rows.unsure.add(start + place)
                if column.name in self._rows.table.key:
                    self._bad_keys.append(start + place)

    def _drop_unknown(self) -> None:
        """Rows whose key could not be read are told of once, and not checked further."""
        if not self._bad_keys:
            return
        self._rows.broken = True
        bad = set(self._bad_keys)
        keep = [place for place in range(len(self._rows)) if place not in bad]
        self._rows.unsure = {now for now, before in enumerate(keep) if before in self._rows.unsure}
        self._rows.lines = [self._rows.lines[place] for place in keep]
        for name, values in self._rows.values.items():
            self._rows.values[name] = [values[place] for place in keep]


def _unknown(name: str, table: Table) -> str:
    close = get_close_matches(name.strip().lower().replace(" ", "_")[:40], list(table.by_name), 1)
    if close:
        return f"{quoted(name)} is not a column of {table.name}: write {close[0]}"
    return f"{quoted(name)} is not a column of {table.name}: it has {', '.join(table.by_name)}"


def _ragged(cells: int, width: int) -> str:
    advice = "quote a cell that has a comma in it" if cells > width else "leave a cell empty rather than out"
    return f"this row has {cells} {'cell' if cells == 1 else 'cells'} and the header has {width}: {advice}"


def _csv_fault(message: str) -> str:
    if "field larger" in message:
        return f"a cell begins here that is longer than {LONGEST:,} characters, or whose quotation mark is not closed"
    if "unexpected end of data" in message:
        return "a quotation mark opens in this row and is not closed: close it"
    if "expected after" in message:
        return "a quotation mark stands inside a quoted cell: write two of them for one"
    if "new-line" in message:
        return "a line ends with a carriage return alone: end lines with a line feed"
    return f"this row is not CSV: {message}"
