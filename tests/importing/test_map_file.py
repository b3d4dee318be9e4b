"""Maps: what they may say, and how every slip in one is named by its line."""

import doctest
import importlib
import pkgutil
from pathlib import Path

import pytest

from goldenthread import importing
from goldenthread.importing.map_file import SHIPPED, find_map, read_map
from goldenthread.package.faults import Misused
from tests.importing.small import faults_of_map

SMALLEST = """\
title = "KPIs"
[[source]]
files = "*.csv"
[[source.table]]
name = "actuals"
columns = { measure = "{Code}", period = "2024/25", value = "{Value}" }
"""


def test_the_smallest_map_has_no_fault():
    assert faults_of_map(SMALLEST) == []


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.toml")), ids=lambda path: path.stem)
def test_every_shipped_map_is_read_and_tells_what_it_reads(path):
    found = read_map(path)

    assert found.title
    assert found.about


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (
            ('files = "*.csv"', 'files = "*.csv"\nencodng = "cp1252"'),
            "test.toml:4: source.encodng: there is no key 'encodng' here: write encoding",
        ),
        (
            ('title = "KPIs"', 'title = "KPIs"\ncolour = "red"'),
            "test.toml:2: colour: there is no key 'colour' here: the keys here are "
            "title, about, on_fault, lookup, make, set, source, row",
        ),
        (
            ('name = "actuals"', 'name = "actual"'),
            "test.toml:5: source.table.name: there is no table 'actual': write actuals",
        ),
        (
            ('value = "{Value}"', 'vale = "{Value}"'),
            "test.toml:6: source.table.columns.vale: 'vale' is not a column of actuals: write value",
        ),
        (
            ('measure = "{Code}", ', ""),
            "test.toml:6: source.table.columns.measure: this column is missing: every row of actuals needs one",
        ),
        (
            ('"{Value}"', '"{Value"'),
            "test.toml:6: source.table.columns.value: '{Value' has a brace without a name: "
            "write {name}, or {{ for a brace itself",
        ),
        (
            ('files = "*.csv"', 'files = "*.csv"\nshape = "square"'),
            "test.toml:4: source.shape: 'square' is not one of the words used here: "
            "write one of long, wide, blocks, one_file_a_measure",
        ),
        (
            ('files = "*.csv"', 'files = "*.csv"\nshape = "wide"'),
            "test.toml:2: source.across: a wide source says which columns repeat: write across.value or the like",
        ),
        (
            ('files = "*.csv"', 'files = "*.csv"\nshape = "one_file_a_measure"'),
            "test.toml:3: source.files: one file a measure: name the part that tells the measure, "
            "such as indicator_{code}.csv",
        ),
        (
            ('files = "*.csv"', 'files = "*.csv"\nencoding = "klingon"'),
            "test.toml:4: source.encoding: there is no encoding 'klingon': write utf-8, cp1252 or the like",
        ),
        (
            ('files = "*.csv"', 'files = "*.csv"\nheader = "top"'),
            "test.toml:4: source.header: 'top' is not a whole number, or a list of them: "
            "write a whole number, or a list of them",
        ),
        (
            ('files = "*.csv"', 'files = "*.csv"\nwhere = [{ value = "{a}" }]'),
            "test.toml:4: source.where: a condition tests one thing: "
            "write one of is, is_not, in, not_in, matches, not_matches, known",
        ),
        (
            ('files = "*.csv"', 'files = "*.csv"\nleave_out = [{ value = "{a}", is = "" }]'),
            "test.toml:4: source.leave_out.because: this key is missing: every table of this kind needs it",
        ),
        (
            ('files = "*.csv"', 'files = "*.csv"\nwhere = [{ value = "{a}", matches = "(" }]'),
            "test.toml:4: source.where.matches: '(' is no regular expression: "
            "missing ), unterminated subpattern at position 0",
        ),
        (
            ("[[source.table]]", '[source.make.p]\nfrom = "{Year}"\nperiod = "fiscal_year"\n[[source.table]]'),
            "test.toml:6: source.make.p.period: there is no reader of periods 'fiscal_year': write financial_year",
        ),
        (
            ("[[source.table]]", '[source.make.p]\nfrom = "{Year}"\nlookup = "years"\n[[source.table]]'),
            "test.toml:6: source.make.p.lookup: there is no lookup 'years': the lookups are none",
        ),
        (
            ("[[source.table]]", "[source.make.p]\nnumber = true\n[[source.table]]"),
            "test.toml:4: source.make.p.from: say what it is made from: "
            "write from, or first for the first that is not empty",
        ),
        (
            (
                "[[source.table]]",
                '[source.make.p]\nfrom = "{v}"\nnumber = { missing = { na = "gone" } }\n[[source.table]]',
            ),
            "test.toml:6: source.make.p.number.missing: 'gone' is not one of the words used here: "
            "not_collected, not_available, not_applicable, suppressed, nil_return",
        ),
        (
            ("[[source.table]]", '[source.make.p]\nfrom = "{v}"\nnumber = true\nperiod = "month"\n[[source.table]]'),
            "test.toml:6: source.make.p.number: it is read as a period already: make one value of each",
        ),
    ],
)
def test_a_slip_is_named_by_its_line_with_what_would_be_right(change, fault):
    old, new = change
    assert old in SMALLEST

    assert fault in faults_of_map(SMALLEST.replace(old, new))


def test_a_scheme_has_a_code():
    text = SMALLEST.replace("[[source.table]]", '[source.categories.scheme."a=b;c"]\nfrom = "{Sex}"\n[[source.table]]')

    assert faults_of_map(text) == [
        "test.toml:4: source.categories.scheme.a=b;c: 'a=b;c' is no code of a scheme: "
        "write letters, digits, - and _, 60 at most"
    ]


def test_the_title_of_a_scheme_is_no_longer_than_is_kept():
    scheme = f'[source.categories.scheme.sex]\nfrom = "{{Sex}}"\ntitle = "{"x" * 201}"\n[[source.table]]'

    assert faults_of_map(SMALLEST.replace("[[source.table]]", scheme)) == [
        "test.toml:6: source.categories.scheme.sex.title: it is 201 characters long: write 200 at most"
    ]


def test_a_map_that_reads_nothing_says_so():
    assert faults_of_map('title = "Empty"') == [
        "test.toml: there is no [[source]]: a map says what it reads from which files"
    ]


def test_what_is_no_toml_is_named_by_its_line():
    assert faults_of_map("title = 'KPIs'\nfiles == 1") == [
        "test.toml:2: is not TOML here: Invalid value (at line 2, column 8)"
    ]


def test_a_map_is_found_by_path_or_by_name(tmp_path):
    own = tmp_path / "own.toml"
    own.write_text(SMALLEST)

    assert find_map(str(own)) == own
    assert find_map("hart") == SHIPPED / "hart.toml"
    with pytest.raises(
        Misused, match=r"heart: there is no such map; .* one that is shipped: hart, lgbf, sdg, trafford, workbook"
    ):
        find_map("heart")
    with pytest.raises(Misused, match="there is no such map"):
        find_map("../maps/hart")
    with pytest.raises(Misused, match="there is no such map"):
        find_map("a\0b")


@pytest.mark.parametrize(
    "module", [module.name for module in pkgutil.iter_modules([str(Path(importing.__file__).parent)])]
)
def test_the_examples_in_the_modules_hold(module):
    assert doctest.testmod(importlib.import_module(f"goldenthread.importing.{module}")).failed == 0
