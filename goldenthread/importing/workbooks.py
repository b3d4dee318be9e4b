"""Reading workbooks: the cells of one sheet as a spreadsheet program shows them, its errors included."""

import io
import re
import zipfile
import zlib
from typing import Any

from goldenthread.package.faults import quoted

#: The most cells of a sheet: one cell far out would otherwise take all memory.
MOST_CELLS = 20_000_000
#: The most that one sheet may hold when unpacked, in bytes.
MOST_BYTES = 512 * 1024**2

_SHEET = re.compile(rb"<(?:\w+:)?sheet\b[^>]*>")
_NAME = re.compile(rb'\bname="([^"]*)"')
_ID = re.compile(rb'\b\w+:id="([^"]*)"')
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_CELL = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*>')
_ERROR = re.compile(rb"\bt=[\"']e[\"']")
_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]*)</")


class WorkbookFault(Exception):
    """The workbook cannot be read; the message says why and what would be right."""


def read_workbook(content: bytes, sheet: str, *, merged: bool) -> list[list[Any]]:
    """Every row of a sheet from the first; with ``merged`` each cell of a merged area holds what the area shows.

    Without a ``sheet`` the workbook has only one. Raises WorkbookFault.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        name = _chosen(list(book.sheet_names), sheet)
        errors = _errors(content, name)
        found = book.get_sheet_by_name(name)
        if found.total_height * found.total_width > MOST_CELLS:
            raise WorkbookFault(_too_wide(name))
        rows = found.to_python(skip_empty_area=False)
        if merged:
            _fill(rows, found.merged_cell_ranges or [])
    except (CalamineError, OSError, ValueError, zlib.error, zipfile.BadZipFile, NotImplementedError) as fault:
        reason = " ".join(str(fault).split())
        raise WorkbookFault(f"is no workbook that can be read ({reason}): save it again as .xlsx or CSV") from None
    for row, column, text in errors:
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = text
    return rows


def _chosen(names: list[str], sheet: str) -> str:
    if sheet in names:
        return sheet
    listed = ", ".join(names)
    if sheet:
        raise WorkbookFault(f"there is no sheet {quoted(sheet)}: it has {listed}")
    if len(names) != 1:
        raise WorkbookFault(f"it has several sheets: say which is read, {listed}")
    return names[0]


def _too_wide(name: str) -> str:
    return f"the sheet {quoted(name)} reaches over {MOST_CELLS:,} cells: delete what stands far out"


def _fill(rows: list[list[Any]], areas: list[Any]) -> None:
    for (top, left), (bottom, right) in areas:
        if top >= len(rows) or left >= len(rows[top]):
            continue
        shown = rows[top][left]
        for row in rows[top : bottom + 1]:
            row[left : right + 1] = [shown] * len(row[left : right + 1])


def _errors(content: bytes, name: str) -> list[tuple[int, int, str]]:
    """The cells of a sheet that hold an error, which the reader of workbooks gives as empty, and what each shows."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        part = _part_of(archive, name)
        if part is None or part not in archive.namelist():
            return []
        text = _unpacked(archive, part)
    found = []
    far_row = far_column = 0
    for match in _CELL.finditer(text):
        row, column = int(match[2]), _column(match[1])
        far_row, far_column = max(far_row, row), max(far_column, column)
        if _ERROR.search(match[0]) and (value := _VALUE.search(text, match.end())):
            found.append((row - 1, column - 1, value[1].decode("utf-8", "replace")))
    if far_row * far_column > MOST_CELLS:
        raise WorkbookFault(_too_wide(name))
    return found


def _part_of(archive: zipfile.ZipFile, name: str) -> str | None:
    """The part of the workbook that holds a sheet."""
    parts = archive.namelist()
    if "xl/workbook.xml" not in parts or "xl/_rels/workbook.xml.rels" not in parts:
        return None
    escaped = name.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;").encode()
    for match in _SHEET.finditer(_unpacked(archive, "xl/workbook.xml")):
        named, given = _NAME.search(match[0]), _ID.search(match[0])
        if named and given and named[1] == escaped:
            for relation in _RELATION.finditer(_unpacked(archive, "xl/_rels/workbook.xml.rels")):
                if b'Id="' + given[1] + b'"' in relation[0] and (
                    target := re.search(rb'Target="([^"]*)"', relation[0])
                ):
                    path = target[1].decode("utf-8", "replace")
                    return path.lstrip("/") if path.startswith("/") else f"xl/{path}"
    return None


def _unpacked(archive: zipfile.ZipFile, part: str) -> bytes:
    if archive.getinfo(part).file_size > MOST_BYTES:
        raise WorkbookFault(f"holds more than {MOST_BYTES:,} bytes in one sheet: import it in parts")
    return archive.read(part)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
