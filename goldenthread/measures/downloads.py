"""The board's rows as a file: CSV to read anywhere, Excel with real numbers. What is downloaded is what is shown."""

import csv
import io
from collections.abc import Callable, Iterable
from datetime import datetime
from decimal import Decimal
from math import isfinite
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from goldenthread.domain.figures import canonical
from goldenthread.domain.periods import Period
from goldenthread.measures.queries.line import Line
from goldenthread.measures.shown import Shown
from goldenthread.web.words import DIRECTION_WORDS, SIGNAL_WORDS, STATE_WORDS, STATUS_WORDS

#: A cell that begins so would be worked out by a spreadsheet instead of read.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


Column = tuple[Any, Callable[[Line, Shown], Any], int]


def _of_result(name: str) -> Callable[[Line, Shown], Any]:
    return lambda line, _shown: getattr(line.result, name) if line.result else None


def _word(words: Any, name: str) -> Callable[[Line, Shown], Any]:
    return lambda line, _shown: words.get(getattr(line.result, name), "") if line.result else ""


#: The head of each column, what stands in it, and its width in Excel.
COLUMNS: list[Column] = [
    (_("Code"), lambda line, _shown: line.code, 12),
    (_("Measure"), lambda line, _shown: line.title, 52),
    (_("Unit"), lambda line, _shown: line.unit, 24),
    (_("Owner"), lambda line, _shown: line.owner, 22),
    (_("Status"), lambda line, _shown: STATUS_WORDS[line.status], 14),
    (_("Mark"), _word(STATE_WORDS, "state"), 12),
    (_("Period of the figure"), lambda line, _shown: line.period, 14),
    (_("Carried forward"), lambda line, _shown: gettext("yes") if line.carried else "", 10),
    (_("Waited for"), lambda line, _shown: STATUS_WORDS[line.awaiting] if line.awaiting else "", 12),
    (_("Figure"), _of_result("rated_value"), 14),
    (_("Target"), _of_result("target"), 14),
    (_("Target, lower end"), _of_result("target_low"), 10),
    (_("Target, upper end"), _of_result("target_high"), 10),
    (_("Original target"), _of_result("target_original"), 14),
    (_("Unit of measure"), lambda line, shown: shown.unit(line.definition) or line.definition.data_type.value, 18),
    (_("Since last period"), _word(DIRECTION_WORDS, "direction_short"), 12),
    (_("Since last year"), _word(DIRECTION_WORDS, "direction_long"), 12),
    (_("Signal"), _word(SIGNAL_WORDS, "signal"), 14),
    (_("Forecast"), _of_result("forecast"), 14),
    (_("Forecast status"), _word(STATUS_WORDS, "forecast_status"), 14),
    (_("Published as"), lambda line, _shown: STATUS_WORDS.get(line.published_status, line.published_status), 14),
    (_("Today's figures would say"), lambda line, _shown: STATUS_WORDS[line.computed] if line.differs else "", 14),
    (_("Rule"), _of_result("rule"), 12),
    (_("Why"), lambda line, shown: shown.why(line.reason), 80),
]


def download(kind: str, lines: Iterable[Line], period: Period, as_at: datetime | None) -> HttpResponse:
    """The lines as an attachment named for their period and, if they stand as at a moment, for that."""
    name = f"measures {period.text}" + (f" as at {timezone.localtime(as_at):%Y-%m-%d}" if as_at else "")
    name = name.replace("/", "-").replace(" ", "-") + f".{kind}"
    made = as_csv(lines) if kind == "csv" else as_xlsx(lines, f"{period.text}".replace("/", "-"))
    types = {
        "csv": "text/csv; charset=utf-8",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    }
    return HttpResponse(
        made, content_type=types[kind], headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def as_csv(lines: Iterable[Line]) -> bytes:
    """With a byte order mark, by which Excel knows UTF-8; figures unrounded."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    shown = Shown()
    writer.writerow([str(head) for head, _value, _width in COLUMNS])
    for line in lines:
        writer.writerow([_plain(value(line, shown)) for _head, value, _width in COLUMNS])
    return file.getvalue().encode("utf-8-sig")


def as_xlsx(lines: Iterable[Line], sheet_name: str) -> bytes:
    """One sheet with a frozen head that filters; figures are numbers, unrounded, shown to the measure's decimals."""
    import xlsxwriter

    file, shown = io.BytesIO(), Shown()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(sheet_name[:31])
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        formats: dict[str, Any] = {}
        for column, (text, _value, width) in enumerate(COLUMNS):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, str(text), head)
        row = 0
        for row, line in enumerate(lines, 1):
            number_format = _number_format(line)
            if number_format not in formats:
                formats[number_format] = book.add_format({"num_format": number_format, "valign": "top"})
            for column, (_head, value, _width) in enumerate(COLUMNS):
                cell = value(line, shown)
                # A spreadsheet's numbers are floats: nothing is computed from this one here.
                if isinstance(cell, Decimal) and isfinite(float(cell)):
                    sheet.write_number(row, column, float(cell), formats[number_format])
                elif cell not in (None, ""):
                    sheet.write_string(
                        row, column, canonical(cell) if isinstance(cell, Decimal) else str(cell), wrapped
                    )
        sheet.freeze_panes(1, 2)
        sheet.autofilter(0, 0, row, len(COLUMNS) - 1)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
    return file.getvalue()


def _number_format(line: Line) -> str:
    decimals = line.definition.decimals
    return "General" if decimals is None else "#,##0" + ("." + "0" * decimals if decimals else "")


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return canonical(value)
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA) else text
