"""Files as they come: encodings, quotation marks, blank lines, workbooks with errors in them."""

import io
import zipfile

import pytest
import xlsxwriter

from goldenthread.importing.map import Format, Layout
from goldenthread.importing.sheets import read_sheet
from goldenthread.package.faults import Faults


def layout(**changes):
    usual = {
        "format": None,
        "encoding": "utf-8",
        "delimiter": ",",
        "sheet": "",
        "header": (),
        "join": " | ",
        "fill_header": False,
        "fill_down": (),
        "merged": False,
    }
    return Layout(**{**usual, **changes})


def read(name, content, **changes):
    faults = Faults()
    data = content if isinstance(content, bytes) else content.encode()
    return read_sheet(name, data, layout(**changes), faults), list(map(str, faults))


def workbook(fill):
    data = io.BytesIO()
    book = xlsxwriter.Workbook(data)
    fill(book)
    book.close()
    return data.getvalue()


def test_a_csv_file_with_a_mark_a_quoted_line_end_and_blank_lines():
    sheet, faults = read("kpis.csv", '\ufeff\r\nCode,Note\r\nHR11,"two\r\nlines"\r\n\r\n , \r\nHR12,x\r\n')

    assert faults == []
    assert (sheet.header, sheet.header_line) == (["Code", "Note"], 2)
    assert sheet.rows == [["HR11", "two\r\nlines"], ["HR12", "x"]]
    assert sheet.lines == [3, 7]
    assert sheet.blank == 2


def test_another_delimiter_and_encoding():
    sheet, faults = read("kpis.csv", "Code;Cost\nHR11;£5\n".encode("cp1252"), encoding="cp1252", delimiter=";")

    assert (sheet.rows, faults) == ([["HR11", "£5"]], [])


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (
            "Code,Cost\nHR11,£5\n".encode("cp1252"),
            'kpis.csv:2: holds bytes that are not utf-8: if a spreadsheet program saved it, say encoding = "cp1252"',
        ),
        (
            "Code\nHR11\n".encode("utf-16"),
            'kpis.csv: is saved as UTF-16: say encoding = "utf-16", or save it as CSV UTF-8',
        ),
        (
            b"Code\nHR\x0011\n",
            "kpis.csv:2: there is a NUL character here: take it out, or say in which encoding the file is",
        ),
        (b"", "kpis.csv: has no header: it is empty, or the header stands elsewhere"),
        (b" , ,\n\n", "kpis.csv: has no header: it is empty, or the header stands elsewhere"),
        (
            b'Code,Note\nHR11,"open\n',
            "kpis.csv:2: this row is not CSV: unexpected end of data; see to its quotation marks",
        ),
        (
            b"Code,Note\nHR11,a,b\n",
            "kpis.csv:2: this row has 3 cells and the header has 2: quote a cell that has the delimiter in it",
        ),
        (
            b"Code,Note\nHR11\n",
            "kpis.csv:2: this row has 1 cell and the header has 2: leave a cell empty rather than out",
        ),
    ],
)
def test_a_file_that_is_not_as_laid_out_is_named(content, fault):
    assert read("kpis.csv", content)[1] == [fault]


def test_two_rows_of_header_are_joined_and_empty_cells_filled_where_the_map_says_so():
    content = "Report,,,\n,Q1,,Q2\nCode,Actual,Target,Actual\nHR11,1,2,3\n"

    sheet, faults = read("kpis.csv", content, header=(2, 3), fill_header=True)

    assert (sheet.header, faults) == (["Code", "Q1 | Actual", "Q1 | Target", "Q2 | Actual"], [])
    assert (sheet.rows, sheet.lines) == ([["HR11", "1", "2", "3"]], [4])
    assert read("kpis.csv", "a\n", header=(2, 3))[1] == [
        "kpis.csv: has no header in row 2, 3: it is empty, or the header stands elsewhere"
    ]


def test_a_column_is_filled_downwards_where_the_map_says_so():
    sheet, faults = read("kpis.csv", "Service,Code\nHR,1\n,2\nIT,3\n", fill_down=("Service",))
    _, unknown = read("kpis.csv", "Service,Code\nHR,1\n", fill_down=("Team",))

    assert (sheet.rows, faults) == ([["HR", "1"], ["HR", "2"], ["IT", "3"]], [])
    assert unknown == ["kpis.csv:1: Team: there is no column 'Team' to fill down"]


def test_a_workbook_with_merged_cells_numbers_and_truths():
    def fill(book):
        sheet = book.add_worksheet("KPIs")
        sheet.merge_range(0, 1, 0, 2, "Q1")
        sheet.write_row(1, 0, ["Code", "Actual", "Met"])
        sheet.write_row(2, 0, ["HR11", 0.948, True])

    sheet, faults = read("kpis.xlsx", workbook(fill), header=(1, 2), merged=True)

    assert (sheet.header, sheet.rows, sheet.lines, faults) == (
        ["Code", "Q1 | Actual", "Q1 | Met"],
        [["HR11", 0.948, "TRUE"]],
        [3],
        [],
    )


def test_an_error_in_a_workbook_is_not_an_empty_cell():
    def fill(book):
        sheet = book.add_worksheet("A & B")
        sheet.write_row(0, 0, ["Code", "Value"])
        sheet.write(1, 0, "HR11")
        sheet.write_formula(1, 1, "=1/0", None, "#DIV/0!")

    sheet, faults = read("kpis.xlsx", workbook(fill))

    assert (sheet.rows, faults) == ([["HR11", "#DIV/0!"]], [])


def test_a_sheet_is_named_where_there_are_several():
    def fill(book):
        book.add_worksheet("Notes")
        book.add_worksheet("KPIs").write_row(0, 0, ["Code"])

    data = workbook(fill)

    assert read("kpis.xlsx", data)[1] == ["kpis.xlsx: it has several sheets: say which is read, Notes, KPIs"]
    assert read("kpis.xlsx", data, sheet="KPI")[1] == ["kpis.xlsx: there is no sheet 'KPI': it has Notes, KPIs"]
    assert read("kpis.xlsx", data, sheet="KPIs")[0].header == ["Code"]


def test_one_cell_far_out_is_refused_before_it_takes_all_memory():
    def fill(book):
        sheet = book.add_worksheet("KPIs")
        sheet.write(0, 0, "Code")
        sheet.write(1_048_575, 16_383, "lost")

    assert read("kpis.xlsx", workbook(fill))[1] == [
        "kpis.xlsx: the sheet 'KPIs' reaches over 20,000,000 cells: delete what stands far out"
    ]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 not really", b"Code,Value\n"])
def test_what_is_no_workbook_says_so(content):
    [fault] = read("kpis.xlsx", content)[1]

    assert fault.startswith("kpis.xlsx: is no workbook that can be read (")
    assert fault.endswith("): save it again as .xlsx or CSV")


def test_a_zip_that_holds_no_sheets_says_so():
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")

    assert read("kpis.xlsx", data.getvalue())[1][0].startswith("kpis.xlsx: is no workbook that can be read (")


def test_a_file_of_no_known_kind_asks_which_it_is():
    assert read("kpis.dat", b"Code\n")[1] == [
        'kpis.dat: what kind of file this is cannot be told by its name: write format = "csv" or "workbook"'
    ]
    assert read("kpis.dat", b"Code\n", format=Format.CSV)[0].header == ["Code"]


def test_front_matter_is_a_row():
    sheet, faults = read(
        "8-6-1.md", "---\nindicator_number: 8.6.1\ngraph_titles:\n  - a\nother_info: >-\n  Two\n  lines\n---\n"
    )

    assert (sheet.header, sheet.rows, faults) == (["indicator_number", "other_info"], [["8.6.1", "Two lines"]], [])
