"""Maps and files gone wrong in every way that chance finds: each is read, or refused with its faults; none crashes."""

import random
from collections import Counter
from pathlib import Path

import pytest

from goldenthread.importing.map import Map
from goldenthread.importing.map_file import SHIPPED, parse_map
from goldenthread.importing.reading import gather
from goldenthread.importing.services import import_files
from goldenthread.package.faults import Faults, Misused, Refused
from tests.importing.workbook import write_workbook
from tests.thorough import tried

#: How many maps and files are tried without a database, and how many all the way into one.
READ, LOADED = tried(3_000), tried(150)

CELLS = (
    *(
        "",
        " ",
        "-",
        "n/a",
        "TBC",
        "#REF!",
        "=1+1",
        "@SUM(A1)",
        "0",
        "-0",
        "1,000",
        "94.8%",
        "£12",
        "1e9",
        "1E-400",
        "NaN",
    ),
    *(
        "Infinity",
        "٣",
        "½",
        "9" * 40,
        "0." + "1" * 90,
        "(12)",
        "12 (p)",
        "[x]",
        "<5",
        "2024/25",
        "Q1 2024/25",
        "2024-13",
    ),
    *(
        "31/02/2024",
        "0000",
        "9999/00",
        "2199/00",
        "a\nb",
        '"',
        "''",
        "{",
        "}",
        "{{",
        "{x}",
        "{set.council}",
        "\\",
        "é" * 300,
    ),
    *("a=b;c=d", ";", "=", "[A]", "\u202e", "\ufeff", "\x0b", "x" * 5_000, "None", "true", "ward=harbour"),
)
TOML = (
    *("[", "]", "[[", "]]", "{", "}", "=", '"', "'", "\n", "#", ".", ",", "true", "1", "-1", "1e400", "[]", "{}", '""'),
    *(
        '"{"',
        '"{}"',
        '"{a.b}"',
        "nan",
        "1979-05-27",
        '"\\u0000"',
        "'''",
        '"""',
        "[[source]]",
        "[source]",
        "[row]",
        "[set]",
    ),
    *(
        "from",
        "first",
        "lookup",
        "period",
        "number",
        "where",
        "columns",
        "is",
        "matches",
        "otherwise",
        "files",
        "shape",
    ),
)

MAP = """\
title = "Quayside"
on_fault = "skip"
[set.council]
default = "Quayside"
[lookup.polarity]
otherwise = "none"
values = { High = "higher", Low = "lower" }
[make.shown]
from = "{Value}"
number = { missing = { NA = "not_available" }, units = { k = 1000 }, scale = "{Times}", texts = true }
[[row]]
table = "units"
columns = { unit = "quay", name = "{set.council}" }
[[source]]
files = ["kpis*.csv", "{theme}_kpis.csv"]
optional = ["Times", "Sex"]
alias = { Value = ["Figure"] }
where = [{ value = "{Code}", matches = "^[A-Z]" }]
leave_out = [{ value = "{Value}", is = "", because = "blank" }]
until = { value = "{Code}", is = "Total" }
[source.make.period]
from = "{Year}"
period = { "9999/99" = "financial_year", "9999 Q9" = ["calendar_quarter", "financial_quarter"] }
[source.make.polarity]
from = "{Good}"
lookup = "polarity"
[source.make.note]
from = "{Note}"
parts = '^(?:(?P<day>\\d{6}) )?(?P<text>.*)$'
otherwise = ""
[source.make.day]
from = "{note.day}"
date = "%y%m%d"
[source.make.halves]
from = "{shown}"
ratio = { numerator = "{Over}", denominator = "{Under}", factor = 100 }
[source.make.slug]
from = "{Title}"
remove = "[()]"
keep = "^(.+)$"
replace = { " " = "-" }
case = "slug"
otherwise = "none"
[source.categories]
columns = ["Sex"]
others = false
whole = ["All"]
[[source.table]]
name = "measures"
columns = { measure = "{Code}", title = "{Title}", polarity = "{polarity}", frequency = "year", min = 0 }
[[source.table]]
name = "actuals"
repeated = "changes"
[source.table.columns]
measure = "{Code}"
period = "{period}"
category = "{category}"
value = "{shown}"
numerator = "{halves.numerator}"
denominator = "{halves.denominator}"
missing = "{shown.missing}"
entered_on = "{day}"
"""
FILE = """\
Code,Title,Good,Year,Sex,Value,Over,Under,Times,Note
HR11,Days lost,Low,2023/24,,9.1,91,10,1,240401 Long-term
HR11,Days lost,Low,2023/24,F,8.7,,,1,
CS01,Calls answered,High,2024 Q1,All,84.2%,842,1000,100,"Two
lines"
CS02,Complaints,Low,2023/24,,NA,,,,x
Total,,,,,1,,,,
"""
WIDE = """\
title = "Wide"
[[source]]
files = "*.csv"
shape = "blocks"
header = [1, 2]
fill_header = true
fill_down = ["Service"]
ignore = ["Owner"]
across = { actual = "{label} | Actual", target = "{label} | Target" }
in_order_of = "{Code}"
[source.make.period]
from = "{label}"
period = "financial_quarter"
[source.make.figure]
from = "{actual}"
number = true
[[source.table]]
name = "actuals"
where = [{ value = "{actual}", is_not = "" }]
columns = { measure = "{Code}", period = "{period}", value = "{figure}", comment = "{Service}" }
[[source.table]]
name = "targets"
columns = { measure = "{Code}", period = "{period}", value = "{target}" }
"""
BLOCKS = """\
,,Q1 2024/25,,Q2 2024/25,,
Service,Code,Actual,Target,Actual,Target,Owner
HR,HR11,9.1,8,9.3,8,A. Khan
,HR12,1,2,,3,
"""


class Chance:
    """Slips of every kind, the same ones each time."""

    def __init__(self, seed: int, workbook: bytes) -> None:
        self.random = random.Random(seed)
        self.workbook = workbook
        self.shipped = {path.stem: path.read_text(encoding="utf-8") for path in sorted(SHIPPED.glob("*.toml"))}

    def case(self) -> tuple[bytes, dict[str, bytes]]:
        """A map and files."""
        kind = self.random.choice(("map", "map", "file", "file", "wide", "both", "shipped", "workbook"))
        text, files = MAP, {"kpis.csv": FILE.encode()}
        if kind in ("wide", "both"):
            text, files = self.random.choice(((WIDE, {"blocks.csv": BLOCKS.encode()}), (text, files)))
        if kind == "shipped":
            name = self.random.choice(sorted(self.shipped))
            text, files = (
                self.shipped[name],
                {"hart_kpis.csv": b"k,d,n,y,lq,tq,t,s,u,c,p,i\nA,b,c,1,2,3,4,lg,u,f,%,1\n"},
            )
        if kind == "workbook":
            text, files = self.shipped["workbook"], {"kpis.xlsx": self.workbook}
        content = text.encode()
        if kind in ("map", "both", "shipped"):
            content = self.slipped_map(text)
        if kind in ("file", "wide", "both", "shipped", "workbook"):
            files = {name: self.slipped_file(data) for name, data in files.items()}
        return content, files

    def slipped_map(self, text: str) -> bytes:
        for _ in range(self.random.randint(1, 4)):
            text = self.random.choice((self._line, self._token, self._cut, self._value))(text)
        data = text.encode("utf-8", "surrogatepass")
        return self._bytes(data) if self.random.random() < 0.1 else data

    def slipped_file(self, data: bytes) -> bytes:
        if data[:2] == b"PK":
            return self._bytes(data) if self.random.random() < 0.9 else data[: self.random.randrange(len(data))]
        text = data.decode()
        for _ in range(self.random.randint(1, 5)):
            text = self.random.choice((self._cell, self._cell, self._cell, self._line, self._cut))(text)
        encoded = text.encode(self.random.choice(("utf-8",) * 8 + ("utf-16", "utf-8-sig")), "replace")
        return self._bytes(encoded) if self.random.random() < 0.1 else encoded

    def _line(self, text: str) -> str:
        lines = text.split("\n")
        here, there = self.random.randrange(len(lines)), self.random.randrange(len(lines))
        lines[here : here + 1] = self.random.choice(([], [lines[here]] * 2, [lines[there]], [lines[here][::-1]]))
        return "\n".join(lines)

    def _token(self, text: str) -> str:
        at = self.random.randrange(len(text) + 1)
        return text[:at] + self.random.choice(TOML) + text[at + self.random.randint(0, 3) :]

    def _cut(self, text: str) -> str:
        at = self.random.randrange(len(text) + 1)
        return text[:at] + text[at + self.random.randint(0, 30) :]

    def _value(self, text: str) -> str:
        pieces = text.split('"')
        pieces[self.random.randrange(len(pieces))] = self.random.choice(CELLS)
        return '"'.join(pieces)

    def _cell(self, text: str) -> str:
        cells = text.split(",")
        cells[self.random.randrange(len(cells))] = self.random.choice(CELLS)
        return ",".join(cells)

    def _bytes(self, data: bytes) -> bytes:
        changed = bytearray(data)
        for _ in range(self.random.randint(1, 6)):
            if changed:
                changed[self.random.randrange(len(changed))] = self.random.randrange(256)
        return bytes(changed)


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return write_workbook(tmp_path_factory.mktemp("book") / "kpis.xlsx").read_bytes()


def write(folder: Path, files: dict[str, bytes]) -> list[Path]:
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return [folder / name for name in files]


def is_clear(faults: Faults) -> bool:
    """Whether every fault is one line that says something."""
    return all(len(str(fault)) > 10 and "\n" not in str(fault) and "Traceback" not in str(fault) for fault in faults)


@pytest.mark.filterwarnings("ignore:Possible nested set")
def test_maps_and_files_gone_wrong_are_read_or_refused(tmp_path, workbook):
    chance = Chance(1974, workbook)
    outcomes: Counter[str] = Counter()

    for _ in range(READ):
        content, files = chance.case()
        faults = Faults()
        read = parse_map(content, "test.toml", str(tmp_path), faults)
        if read is None or faults:
            outcome = "map refused"
        else:
            outcome = outcome_of_gathering(read, write(tmp_path, files), faults)
        assert bool(faults) == outcome.endswith("refused")
        assert is_clear(faults)
        outcomes[outcome] += 1

    assert outcomes.total() == READ
    assert min(outcomes[kind] for kind in ("map refused", "file refused", "rows skipped", "read")) > READ // 60


def outcome_of_gathering(read: Map, files: list[Path], faults: Faults) -> str:
    try:
        gathering = gather(read, files, {}, faults)
    except Misused:
        return "misused"
    assert is_clear(gathering.skipped)
    assert all(len(rows) == len(rows.lines) == len(rows[rows.table.key[0]]) for rows in gathering.rows().values())
    if faults:
        return "file refused"
    return "rows skipped" if gathering.skipped else "read"


@pytest.mark.django_db
def test_some_of_them_all_the_way_to_the_database(tmp_path, workbook):
    chance = Chance(2007, workbook)
    outcomes: Counter[str] = Counter()

    for _ in range(LOADED):
        content, files = chance.case()
        (tmp_path / "test.toml").write_bytes(content)
        outcomes[outcome_of_import(tmp_path / "test.toml", write(tmp_path, files))] += 1

    assert outcomes.total() == LOADED
    assert outcomes["refused without a clear reason"] == 0
    assert min(outcomes[kind] for kind in ("refused", "loaded")) > LOADED // 15


def outcome_of_import(map_path: Path, files: list[Path]) -> str:
    try:
        import_files(files, map_path=map_path, dry_run=True)
    except Refused as refused:
        return "refused" if refused.faults and is_clear(refused.faults) else "refused without a clear reason"
    except Misused:
        return "misused"
    return "loaded"
