"""What a list shows, as a file: CSV to read anywhere, Excel with real dates and numbers."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpResponse

#: A cell that begins so would be worked out by a spreadsheet instead of read.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

#: The head of each column and its width in Excel.
Columns = Sequence[tuple[Any, int]]
Rows = Iterable[Sequence[Any]]


def download(kind: str, name: str, columns: Columns, rows: Rows) -> HttpResponse:
    """The rows as an attachment called ``name``; ``kind`` is csv or xlsx. Cells are text, numbers, days or None."""
    made = as_csv(columns, rows) if kind == "csv" else as_xlsx(name, columns, rows)
    file = name.replace("/", "-").replace(" ", "-") + f".{kind}"
    return HttpResponse(
        made, content_type=TYPES[kind], headers={"Content-Disposition": f'attachment; filename="{file}"'}
    )


def as_csv(columns: Columns, rows: Rows) -> bytes:
    """With a byte order mark, by which Excel knows UTF-8."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow([str(head) for head, _width in columns])
    writer.writerows([_plain(cell) for cell in row] for row in rows)
    return file.getvalue().encode("utf-8-sig")


def as_xlsx(name: str, columns: Columns, rows: Rows) -> bytes:
    """One sheet with a frozen head that filters."""
    import xlsxwriter

    file, last = io.BytesIO(), 0
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(name.replace("/", "-")[:31])
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        text = book.add_format({"text_wrap": True, "valign": "top"})
        day = book.add_format({"num_format": "d mmm yyyy", "valign": "top", "align": "left"})
        for column, (said, width) in enumerate(columns):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, str(said), head)
        for last, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(last, column, cell, day)
                elif isinstance(cell, (int, Decimal)):
                    sheet.write_number(last, column, cell, text)
                elif cell not in (None, ""):
                    sheet.write_string(last, column, str(cell), text)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, last, len(columns) - 1)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
    return file.getvalue()


def _plain(cell: Any) -> str:
    text = "" if cell is None else str(cell)
    return f"'{text}" if isinstance(cell, str) and text.startswith(FORMULA) else text
