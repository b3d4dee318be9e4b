"""The commonest workbook, of an invented council: two header rows, merged cells, thresholds in columns, notes below."""

from pathlib import Path

import xlsxwriter

PERIODS = ("Q1 2025/26", "Q2 2025/26", "Q3 2025/26")
FIELDS = ("Actual", "Target", "RAG", "Comment")
FIRST = ("Service", "Ref", "Measure", "Good is", "Unit", "Red line")

#: Service, its rows; a row is what stands in the first columns and then in each block.
ROWS = (
    (
        "Customer services",
        (
            ("CS01", "Calls answered within 60 seconds", "High", "%", 0.75),
            [(0.842, 0.8, "G", "A good quarter"), (0.77, 0.8, "Amber", "Two vacancies, filled in October"), ()],
        ),
        (
            ("CS02", "Complaints", "Low", "", ""),
            [("1,204", 1000, "R", ""), ("1,050 (p)", 1000, "A", ""), ()],
        ),
    ),
    (
        "Housing",
        (
            ("HO01", "Days to re-let a home", "Low", "days", 35),
            [(28.5, 28, "A", ""), ("27 [1]", 28, "G", ""), ()],
        ),
        (
            ("HO02", "Rent collected", "High", "%", ""),
            [("98.1%", "Top quartile", "No target", ""), ("98.4%", "Greater than 98%", "G", ""), ()],
        ),
        (
            ("HO03", "Households in temporary accommodation", "For information", "", ""),
            [(48, "", "", ""), ("n/a", "", "", ""), ()],
        ),
        (
            ("HO04", "Spent on repairs", "Low", "£", ""),
            [("£1,250,300", "£1,300,000", "G", ""), ("not available", "TBC", "", "The ledger closes in November"), ()],
        ),
    ),
)
NOTES = ("Notes", "[1] Without the homes at Quay Street, which are being rebuilt.")


def write_workbook(path: Path) -> Path:
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet("Read me").write(0, 0, "Figures are in the sheet Performance.")
    sheet = book.add_worksheet("Performance")
    percent = book.add_format({"num_format": "0.0%"})
    sheet.merge_range(0, 0, 0, 10, "Quayside District Council: performance in 2025/26")
    sheet.write(1, 0, "As at 31 October 2025")
    for column, name in enumerate(FIRST):
        sheet.merge_range(3, column, 4, column, name)
    for place, period in enumerate(PERIODS):
        left = len(FIRST) + place * len(FIELDS)
        sheet.merge_range(3, left, 3, left + len(FIELDS) - 1, period)
        for offset, field in enumerate(FIELDS):
            sheet.write(4, left + offset, field)
    last = len(FIRST) + len(PERIODS) * len(FIELDS)
    sheet.write(4, last, "Owner")
    row = 5
    for service, *measures in ROWS:
        if len(measures) > 1:
            sheet.merge_range(row, 0, row + len(measures) - 1, 0, service)
        else:
            sheet.write(row, 0, service)
        for named, blocks in measures:
            cells = [
                *named,
                *(cell for block in blocks for cell in (*block, *[""] * (len(FIELDS) - len(block)))),
                "A. Khan",
            ]
            for column, cell in enumerate(cells, 1):
                sheet.write(row, column, cell, percent if isinstance(cell, float) and cell < 1 else None)
            row += 1
    for line in NOTES:
        row += 1
        sheet.write(row, 1, line)
    book.close()
    return path
