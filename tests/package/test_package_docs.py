"""docs/data-package.md names every table, every column in order, and every word that a column takes."""

import re
from pathlib import Path

import pytest

from goldenthread.package.columns import Choice
from goldenthread.package.load import load
from goldenthread.package.tables import tables

DOC = (Path(__file__).resolve().parents[2] / "docs" / "data-package.md").read_text(encoding="utf-8")


def test_every_table_has_its_section_with_its_columns():
    sections = dict(re.findall(r"^### ([a-z_]+)\n(.*?)(?=^### |\Z)", DOC, re.MULTILINE | re.DOTALL))

    described = {name: re.findall(r"^\| `([a-z_]+)` \|", text, re.MULTILINE) for name, text in sections.items()}

    assert described == {name: [column.name for column in table.columns] for name, table in tables().items()}


def test_every_word_of_a_column_is_told():
    told = {(name, line.split("`")[1]): line for name, line in _lines()}

    for name, table in tables().items():
        for column in table.columns:
            if isinstance(column, Choice):
                assert f"one of {', '.join(f'`{word}`' for word in column.choices)}" in told[name, column.name]


def _lines():
    table = ""
    for line in DOC.splitlines():
        if line.startswith("### "):
            table = line[4:]
        elif line.startswith("| `"):
            yield table, line


@pytest.mark.django_db
def test_the_first_package_loads(package):
    files = dict(re.findall(r"^`(\w+)\.csv`\n\n```\n(.*?)```", DOC, re.MULTILINE | re.DOTALL))

    loaded = load(package(files))

    assert {name: counts["added"] for name, counts in loaded.tables.items()} == {
        "units": 2,
        "measures": 1,
        "actuals": 2,
    }
