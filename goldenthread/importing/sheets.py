"""Reading foreign files as they are: a header and rows of cells, each row with the line on which it stands."""

import csv
import hashlib
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from pathlib import Path

from goldenthread.importing.front_matter import front_matter
from goldenthread.importing.map import Format, Layout
from goldenthread.importing.workbooks import WorkbookFault, read_workbook
from goldenthread.package.columns import LONGEST
from goldenthread.package.faults import Faults, quoted

#: What a cell may hold: CSV holds texts only.
Cell = str | int | float | Decimal | date | time | timedelta
Record = tuple[int, Sequence[Cell]]

#: The largest file, in bytes.
MOST_BYTES = 1024**3
FORMATS = {
    ".csv": Format.CSV,
    ".tsv": Format.CSV,
    ".txt": Format.CSV,
    ".xlsx": Format.WORKBOOK,
    ".xlsm": Format.WORKBOOK,
    ".xls": Format.WORKBOOK,
    ".md": Format.FRONT_MATTER,
}


@dataclass
class Sheet:
    """``rows`` are as wide as ``header``; ``blank`` counts the rows without a single cell, which are left out.

    ``texts`` says that every cell is a text.
    """

    file: str
    header: list[str]
    header_line: int
    rows: list[Sequence[Cell]]
    lines: list[int]
    blank: int = 0
    texts: bool = False

    def columns(self) -> list[Sequence[Cell]]:
        """The cells column by column, texts without the space around them."""
        if not self.rows:
            return [[] for _ in self.header]
        columns = zip(*self.rows, strict=True)
        if self.texts:
            return [list(map(str.strip, column)) for column in columns]
        return [[cell.strip() if type(cell) is str else cell for cell in column] for column in columns]


class SheetFault(Exception):
    """The file cannot be read as laid out; ``line`` 0 means all of it."""

    def __init__(self, message: str, line: int = 0) -> None:
        self.line = line
        super().__init__(message)


def read_bytes(path: Path) -> bytes:
    """Raises SheetFault."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise SheetFault(f"holds more than {MOST_BYTES:,} bytes: import it in parts")
        return path.read_bytes()
    except OSError as fault:
        raise SheetFault(f"cannot be read: {fault.strerror}") from None


def digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def read_sheet(file: str, content: bytes, layout: Layout, faults: Faults) -> Sheet | None:
    """The table in a file of that name; None where there is none, with the fault added to ``faults``."""
    try:
        kind = layout.format or FORMATS.get(Path(file).suffix.lower())
        if kind is None:
            raise SheetFault('what kind of file this is cannot be told by its name: write format = "csv" or "workbook"')
        if kind is Format.FRONT_MATTER:
            names, cells = front_matter(_decoded(content, layout.encoding))
            return Sheet(file, names, 1, [cells], [1], texts=True)
        if kind is Format.CSV:
            return _headed(file, _csv_records(content, layout), layout, faults, texts=True)
        return _headed(file, _workbook_records(content, layout), layout, faults)
    except SheetFault as fault:
        faults.add(file, fault.line, "", str(fault))
    except WorkbookFault as fault:
        faults.add(file, 0, "", str(fault))
    return None


def as_text(cell: Cell) -> str:
    """A cell as text: a number without an exponent where that is possible, a day as 2018-10-05."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, float):
        return format(cell, ".15g")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


# CSV


def _decoded(content: bytes, encoding: str) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) and "16" not in encoding:
        raise SheetFault('is saved as UTF-16: say encoding = "utf-16", or save it as CSV UTF-8')
    try:
        text = content.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        message = f'holds bytes that are not {encoding}: if a spreadsheet program saved it, say encoding = "cp1252"'
        raise SheetFault(message, line) from None
    except (UnicodeError, ValueError) as fault:
        raise SheetFault(f"cannot be read as {encoding}: {fault}") from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise SheetFault("there is a NUL character here: take it out, or say in which encoding the file is", line)
    return text


def _csv_records(content: bytes, layout: Layout) -> Iterator[Record]:
    text = _decoded(content, layout.encoding)
    limit = csv.field_size_limit(LONGEST * 2)
    line = 1
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=layout.delimiter, strict=True)
        for record in reader:
            yield line, record
            line = reader.line_num + 1
    except csv.Error as fault:
        raise SheetFault(f"this row is not CSV: {fault}; see to its quotation marks", line) from None
    finally:
        csv.field_size_limit(limit)


# Workbooks


def _workbook_records(content: bytes, layout: Layout) -> Iterator[Record]:
    rows = read_workbook(content, layout.sheet, merged=layout.merged)
    return ((line, [_plain(cell) for cell in row]) for line, row in enumerate(rows, 1))


def _plain(cell: Cell | bool) -> Cell:
    return str(cell).upper() if isinstance(cell, bool) else cell


# Header and rows


def _headed(file: str, records: Iterator[Record], layout: Layout, faults: Faults, *, texts: bool = False) -> Sheet:
    header, line = _header(records, layout)
    sheet = Sheet(file, header, line, [], [], texts=texts)
    width = len(header)
    says_something = _has_text if texts else _has_cell
    for number, record in records:
        if not says_something(record):
            sheet.blank += 1
            continue
        if len(record) != width:
            fitted = _fitted(record, width)
            if fitted is None:
                faults.add(file, number, "", _ragged(len(record), width))
                continue
            record = fitted
        sheet.rows.append(record)
        sheet.lines.append(number)
    _fill_down(sheet, layout, faults)
    return sheet


def _has_text(record: Sequence[Cell]) -> bool:
    return bool("".join(record).strip())


def _has_cell(record: Sequence[Cell]) -> bool:
    return any(type(cell) is not str or cell.strip() for cell in record)


def _header(records: Iterator[Record], layout: Layout) -> tuple[list[str], int]:
    """The columns' names, each joined from the rows of the header."""
    rows: list[list[str]] = []
    for line, record in records:
        cells = [" ".join(as_text(cell).split()) for cell in record]
        if (line in layout.header) if layout.header else any(cells):
            rows.append(cells)
        if rows and len(rows) == max(1, len(layout.header)):
            break
    else:
        if not rows:
            where = f" in row {', '.join(map(str, layout.header))}" if layout.header else ""
            raise SheetFault(f"has no header{where}: it is empty, or the header stands elsewhere")
        raise SheetFault(f"ends before row {max(layout.header)}, where the header should end")
    width = max(map(len, rows))
    padded = [[*row, *[""] * (width - len(row))] for row in rows]
    columns = list(zip(*padded, strict=True))
    if layout.fill_header:
        # What stands to the left holds for a column that has a name of its own in the last row.
        filled = zip(*map(_filled_right, padded[:-1]), padded[-1], strict=True)
        columns = [one if one[-1] else own for one, own in zip(filled, columns, strict=True)]
    names = [layout.join.join(_told_once(column)) for column in columns]
    while names and not names[-1]:
        names.pop()
    return names, line


def _filled_right(cells: list[str]) -> list[str]:
    filled: list[str] = []
    for cell in cells:
        filled.append(cell or (filled[-1] if filled else ""))
    return filled


def _told_once(pieces: Sequence[str]) -> list[str]:
    """The pieces that say something, without repeating what a cell merged downwards says twice."""
    told: list[str] = []
    for piece in pieces:
        if piece and (not told or told[-1] != piece):
            told.append(piece)
    return told


def _fitted(record: Sequence[Cell], width: int) -> Sequence[Cell] | None:
    """``record`` in as many cells as the header has; None where cells are missing or would be lost."""
    if len(record) > width and not any(record[width:]):
        return record[:width]
    return None


def _ragged(cells: int, width: int) -> str:
    advice = "quote a cell that has the delimiter in it" if cells > width else "leave a cell empty rather than out"
    return f"this row has {cells} {'cell' if cells == 1 else 'cells'} and the header has {width}: {advice}"


def _fill_down(sheet: Sheet, layout: Layout, faults: Faults) -> None:
    for name in layout.fill_down:
        if name not in sheet.header:
            faults.add(sheet.file, sheet.header_line, name, f"there is no column {quoted(name)} to fill down")
            continue
        place = sheet.header.index(name)
        last: Cell = ""
        for number, row in enumerate(sheet.rows):
            if type(row[place]) is str and not str(row[place]).strip():
                sheet.rows[number] = [*row[:place], last, *row[place + 1 :]]
            else:
                last = row[place]
