"""Packages gone wrong in every way that chance finds: each is loaded, or refused with its faults, and none crashes."""

import csv
import io
import json
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from goldenthread.history.models import Change
from goldenthread.package.faults import Refused
from goldenthread.package.load import load
from goldenthread.package.rows import read_rows
from goldenthread.package.tables import tables
from tests.thorough import tried

#: How many are tried. Reading and checking are the same on every database, so most are tried on one.
PACKAGES = {"sqlite": tried(3_000, share=20), "postgresql": tried(300)}

#: Cells that people, spreadsheets and malice put where something else should stand.
CELLS = st.one_of(
    st.sampled_from(
        [
            *(
                "",
                " ",
                "-",
                "n/a",
                "TBC",
                "#REF!",
                "=1+1",
                "@SUM(A1)",
                "null",
                "None",
                "0",
                "-0",
                "1",
                "yes",
                "no",
                "true",
            ),
            *(
                "1,000",
                "94.8%",
                "£12",
                "1e9",
                "1E-400",
                "NaN",
                "Infinity",
                "٣",
                "½",
                "9" * 40,
                "0." + "1" * 90,
                "-1",
                "007",
            ),
            *("2024/25", "2024/25 Q1", "Q1 2024/25", "2024-13", "2024-02-30", "0000", "9999/00", "2199/00", "2018-W53"),
            *("2024/25 academic autumn", "2014/15 to 2016/17", "2016/17 to 2014/15", "1900", "2024-04 to 2025-03"),
            *("2024-04-01", "01/04/2024", "2024-04-01T10:00:00Z", "2024-04-01T10:00:00", "2094-01-01T00:00:00Z"),
            *("1969-12-31T00:00:00Z", "2025-03-30T01:30:00+00:00", "0001-01-01", "9999-12-31T23:59:59.999999-12:00"),
            *(
                "HO1",
                "HO2",
                "HO4",
                "ho1",
                "HO1 ",
                "WEN",
                "CEX",
                "P1",
                "CORP",
                "RANGE",
                "sex=F",
                "sex=X",
                "age=16-24;sex=F",
            ),
            *(
                "=;=",
                ";",
                "sex=F;sex=M",
                "green",
                "higher",
                "month",
                "academic",
                "ratio",
                "rolling",
                "between",
                "judged",
            ),
            *("[HO1]", "[HO4]", "[HO1] / 0", "if([HO1], 1)", "((((", "[" * 500, "mean_0", "mean_99999999999999"),
            *(
                "\u202e",
                "\ufeff",
                "\ud7ff",
                "Ŵenlow",
                "a\nb",
                '"',
                "''; drop table units",
                "x" * 5_000,
                "\x85",
                "\u2028",
            ),
        ]
    ),
    st.text(max_size=12),
    st.decimals(allow_nan=True, allow_infinity=True).map(str),
    st.dates().map(str),
)
PIECES = st.one_of(
    st.sampled_from([b'"', b",", b"\n", b"\r", b"\r\n", b"\0", b"\xff", b"\xef\xbb\xbf", b"\xff\xfe", b"\xed\xa0\x80"]),
    st.binary(max_size=8),
)


def with_what_they_need(names: list[str]) -> list[str]:
    """``names`` and every table that they refer to."""
    found: dict[str, None] = {}
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = None
            waiting += {column.references[0] for column in tables()[name].columns if column.references}
            waiting += ["categories"] if "category" in tables()[name].by_name and name != "categories" else []
    return sorted(found)


class Damage:
    """A part of a package, as tables of cells, that is damaged and put together again."""

    def __init__(self, sheets: dict[str, list[list[str]]], draw) -> None:
        chosen = draw(st.lists(st.sampled_from(sorted(sheets)), min_size=1, max_size=3))
        self.sheets = {name: [list(row) for row in sheets[name]] for name in with_what_they_need(chosen)}
        self.draw = draw

    def a_sheet(self) -> list[list[str]]:
        return self.sheets[self.draw(st.sampled_from(sorted(self.sheets)))]

    def a_row(self, sheet: list[list[str]], *, header: bool = False) -> int:
        first = 0 if header or len(sheet) < 2 else 1
        return self.draw(st.integers(first, max(first, len(sheet) - 1)))

    def change_cell(self) -> None:
        sheet = self.a_sheet()
        row = self.a_row(sheet)
        if row < len(sheet) and sheet[row]:
            sheet[row][self.draw(st.integers(0, len(sheet[row]) - 1))] = self.draw(CELLS)

    def copy_cell(self) -> None:
        """A cell from elsewhere: right in its own place, and seldom here."""
        sheet, other = self.a_sheet(), self.a_sheet()
        row, from_row = self.a_row(sheet), self.a_row(other)
        if row < len(sheet) and from_row < len(other) and sheet[row] and other[from_row]:
            sheet[row][self.draw(st.integers(0, len(sheet[row]) - 1))] = self.draw(st.sampled_from(other[from_row]))

    def drop_row(self) -> None:
        sheet = self.a_sheet()
        if sheet:
            del sheet[min(self.a_row(sheet, header=True), len(sheet) - 1)]

    def double_row(self) -> None:
        sheet = self.a_sheet()
        if sheet:
            sheet.append(list(sheet[min(self.a_row(sheet), len(sheet) - 1)]))

    def cut_row(self) -> None:
        sheet = self.a_sheet()
        row = self.a_row(sheet, header=True)
        if row < len(sheet):
            sheet[row] = sheet[row][: self.draw(st.integers(0, 6))]

    def drop_column(self) -> None:
        sheet = self.a_sheet()
        place = self.draw(st.integers(0, 8))
        for row in sheet:
            if place < len(row):
                del row[place]

    def change_header(self) -> None:
        sheet = self.a_sheet()
        if sheet and sheet[0]:
            name = self.draw(
                st.one_of(st.sampled_from(["measure", "value", "unit ", "Value", ""]), st.text(max_size=8))
            )
            sheet[0][self.draw(st.integers(0, len(sheet[0]) - 1))] = name

    def drop_sheet(self) -> None:
        if len(self.sheets) > 1:
            del self.sheets[self.draw(st.sampled_from(sorted(self.sheets)))]

    def rename_sheet(self) -> None:
        names = st.sampled_from([*sorted(tables()), "weather", "Units", "données"])
        self.sheets[self.draw(names)] = self.sheets.pop(self.draw(st.sampled_from(sorted(self.sheets))))

    def once(self) -> None:
        harms = [self.change_cell] * 8 + [self.copy_cell] * 4 + [self.drop_row, self.double_row] * 2
        harms += [self.cut_row, self.drop_column, self.change_header, self.drop_sheet, self.rename_sheet]
        self.draw(st.sampled_from(harms))()

    def files(self) -> dict[str, bytes]:
        files = {}
        for name, sheet in self.sheets.items():
            out = io.StringIO(newline="")
            csv.writer(out, lineterminator=self.draw(st.sampled_from(["\n", "\r\n"]))).writerows(sheet)
            files[f"{name}.csv"] = out.getvalue().encode("utf-8", "surrogatepass")
        if self.draw(st.integers(0, 3)) == 0:
            name = self.draw(st.sampled_from(sorted(files)))
            place = self.draw(st.integers(0, len(files[name])))
            files[name] = files[name][:place] + self.draw(PIECES) + files[name][place:]
        if self.draw(st.integers(0, 7)) == 0:
            files["datapackage.json"] = self.descriptor(files)
        return files

    def descriptor(self, files: dict[str, bytes]) -> bytes:
        values = st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(max_size=6) | st.sampled_from(sorted(files)),
            lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
            max_leaves=6,
        )
        resources: list[object] = [{"name": name.removesuffix(".csv"), "path": name} for name in files]
        if self.draw(st.booleans()):
            resources[self.draw(st.integers(0, len(resources) - 1))] = self.draw(values)
        described = self.draw(st.sampled_from([{"resources": resources}, resources, {"resources": None}]))
        text = json.dumps(described).encode()
        return text[: self.draw(st.sampled_from([len(text), len(text) // 2, 0]))] if self.draw(st.booleans()) else text


@st.composite
def damaged(draw, sheets: dict[str, list[list[str]]]) -> tuple[dict[str, bytes], bool]:
    """The files of a damaged package, and whether they are to be put into a .zip."""
    damage = Damage(sheets, draw)
    for _ in range(draw(st.integers(1, 3))):
        damage.once()
    return damage.files(), draw(st.integers(0, 15)) == 0


def put(folder: Path, files: dict[str, bytes], *, zipped: bool) -> Path:
    for path in folder.iterdir():
        path.unlink()
    if not zipped:
        for name, content in files.items():
            (folder / name).write_bytes(content)
        return folder
    with zipfile.ZipFile(folder / "council.zip", "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return folder / "council.zip"


def how_many() -> dict[str, int]:
    return {table.name: sum(1 for _ in read_rows(table.keep.model, ("id",))) for table in tables().values()}


@pytest.mark.django_db
def test_no_damage_ends_in_a_crash(council, tmp_path):
    sheets = {name: list(csv.reader(io.StringIO(text))) for name, text in council.items()}
    seen: Counter[str] = Counter()
    folder = tmp_path / "package"
    folder.mkdir()
    empty = how_many()

    @settings(
        max_examples=PACKAGES[connection.vendor],
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        deadline=None,
    )
    @given(damaged(sheets))
    def try_one(case):
        files, zipped = case
        seen["packages"] += 1
        seen[outcome(put(folder, files, zipped=zipped), dry_run=seen["packages"] % 4 > 0)] += 1

    try_one()

    assert seen["packages"] >= PACKAGES[connection.vendor]
    assert seen["packages"] == seen["loaded"] + seen["would be loaded"] + seen["refused"]
    taken = seen["loaded"] + seen["would be loaded"]
    assert min(taken, seen["refused"]) > PACKAGES[connection.vendor] // 100
    assert how_many() == empty


def outcome(path: Path, *, dry_run: bool) -> str:
    """What came of loading a package, which is undone."""
    try:
        with transaction.atomic():
            loaded = load(path, dry_run=dry_run)
            if loaded.change:
                connection.check_constraints()
            transaction.set_rollback(True)
            return "loaded" if loaded.change else "would be loaded"
    except Refused as refused:
        faults = refused.faults
    lines = [str(fault) for fault in faults]
    assert faults.total >= len(lines) > 0
    assert all(line.isprintable() for line in lines)
    assert not Change.objects.exists()
    return "refused"
