"""The map of an extract: which column holds what. Written in TOML, described in docs/staff.md."""

import codecs
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from goldenthread.council.models import AppointmentKind
from goldenthread.importing.keys import Keys
from goldenthread.importing.map import Layout
from goldenthread.importing.places import key_lines
from goldenthread.package.faults import Faults, quoted

STANDARD = Path(__file__).parent / "standard.toml"
#: The longest map, in bytes.
LONGEST = 200_000
NEEDED = ("employee_number", "name", "post")
KNOWN = (
    *NEEDED,
    "email",
    "title",
    "unit",
    "manager",
    "manager_number",
    "kind",
    "fte",
    "starts",
    "ends",
    "absent_from",
    "absent_until",
)


@dataclass(frozen=True, kw_only=True)
class ExtractMap:
    """``columns`` are the heads that make up each thing; ``full_time`` the hours of full time, where hours are given.

    ``most_ending`` is the share of appointments, in per cent, that an extract may end without being asked for again.
    """

    title: str
    columns: Mapping[str, tuple[str, ...]]
    units: Mapping[str, str]
    kinds: Mapping[str, str]
    dates: tuple[str, ...]
    full_time: Decimal | None
    most_ending: int
    layout: Layout


def standard_map() -> str:
    return STANDARD.read_text(encoding="utf-8")


def read_map(text: str, file: str, faults: Faults) -> ExtractMap | None:
    """The map in ``text``; None where it is no TOML. Faults are added to ``faults``."""
    try:
        values = tomllib.loads(text.replace("\r\n", "\n"), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as fault:
        line = re.search(r"line (\d+)", str(fault))
        faults.add(file, int(line[1]) if line else 0, "", f"is not TOML here: {fault}")
        return None
    keys = Keys(values, (), file, key_lines(text), faults)
    found = ExtractMap(
        title=keys.text("title"),
        columns=_columns(keys),
        units=keys.mapping("units"),
        kinds=_kinds(keys),
        dates=_dates(keys),
        full_time=_full_time(keys),
        most_ending=_share(keys),
        layout=_layout(keys),
    )
    keys.done()
    return found


def _columns(keys: Keys) -> dict[str, tuple[str, ...]]:
    table = keys.table("columns")
    if table is None:
        keys.fault("columns", "this table is missing: it says which column holds what")
        return {}
    found = {name: table.texts(name) for name in KNOWN}
    for name in NEEDED:
        if not found[name]:
            table.fault(name, "this key is missing: write the head of the column that holds it")
    table.done()
    return {name: heads for name, heads in found.items() if heads}


def _kinds(keys: Keys) -> dict[str, str]:
    found = keys.mapping("kinds")
    for said, kind in found.items():
        if kind not in AppointmentKind.values:
            words = ", ".join(AppointmentKind.values)
            keys.fault("kinds", f"{quoted(said)} is called {quoted(kind)}, which is no such word: write one of {words}")
    return {said.casefold(): kind for said, kind in found.items()}


def _dates(keys: Keys) -> tuple[str, ...]:
    found = keys.texts("dates") or ("%d/%m/%Y", "%Y-%m-%d")
    for form in found:
        if "%" not in form:
            keys.fault("dates", f"{quoted(form)} is no form of a date: write one like %d/%m/%Y")
    return found


def _full_time(keys: Keys) -> Decimal | None:
    said = keys.plain("full_time")
    if said is None:
        return None
    if not re.fullmatch(r"\d{1,3}(\.\d+)?", said) or not Decimal(said):
        keys.fault(
            "full_time", f"{quoted(said)} is no number of hours: write the hours of full time a week, such as 37"
        )
        return None
    return Decimal(said)


def _share(keys: Keys) -> int:
    found = keys.whole("most_ending")
    if found is not None and found > 100:
        keys.fault("most_ending", f"{found} is more than all: write a share of appointments in per cent, such as 10")
    return 10 if found is None else found


def _layout(keys: Keys) -> Layout:
    delimiter = keys.text("delimiter", ",")
    if len(delimiter) != 1 or delimiter in '\r\n"':
        keys.fault("delimiter", f"{quoted(delimiter)} does not part cells: write one character, such as ; or \\t")
        delimiter = ","
    encoding = keys.text("encoding", "utf-8")
    try:
        codecs.lookup(encoding)
    except (LookupError, ValueError):
        keys.fault("encoding", f"there is no encoding {quoted(encoding)}: write utf-8, cp1252 or the like")
        encoding = "utf-8"
    return Layout(
        format=None,
        encoding=encoding,
        delimiter=delimiter,
        sheet=keys.text("sheet"),
        header=keys.wholes("header"),
        join=" ",
        fill_header=False,
        fill_down=(),
        merged=False,
    )
