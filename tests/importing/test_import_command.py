"""``goldenthread import`` as it is run: exit codes, what it prints, what it keeps, and what it says it would do."""

import hashlib
import json
from decimal import Decimal

import pytest

from goldenthread.history.models import Change
from goldenthread.measures.models import Actual, Measure
from tests.importing.small import counts, run_import

pytestmark = pytest.mark.django_db

KPIS = """\
title = "KPIs"
[set.year]
default = "2024/25"
[[source]]
files = "kpis*.csv"
[source.make.value]
from = "{Value}"
number = true
[[source.table]]
name = "measures"
columns = { measure = "{Code}", title = "{Title}", frequency = "year" }
[[source.table]]
name = "actuals"
columns = { measure = "{Code}", period = "{set.year}", value = "{value}" }
"""
FILE = "Code,Title,Value\nHR11,Sickness,9.1\nCS01,Calls,84.2%\n"


@pytest.fixture
def kpis(tmp_path, written):
    """A map and a file, and the arguments that import them."""

    def kpis(text=KPIS, content=FILE):
        (tmp_path / "kpis.toml").write_text(text)
        [path] = written({"kpis.csv": content})
        return path, "--map", tmp_path / "kpis.toml"

    return kpis


def test_an_import_tells_what_it_did_and_every_figure_whence_it_came(kpis):
    code, out, err = run_import(*kpis())

    assert (code, err) == (0, "")
    digest = hashlib.sha256(FILE.encode()).hexdigest()[:16]
    source = f"kpis.csv by kpis.toml sha256:{digest}"
    assert out.splitlines()[0] == f"{source}: imported"
    assert counts(out) == {"measures": 2, "actuals": 2}
    assert out.splitlines()[-1] == "1 files read, 2 rows read, 2 measures, 2 results"
    change = Change.objects.get()
    assert (change.verb, change.object, change.source, change.by_name) == (
        "import",
        "package",
        source,
        "goldenthread import",
    )
    figures = Actual.objects.order_by("measure__code")
    assert list(figures.values_list("measure__code", "value", "source_file", "source_row")) == [
        ("CS01", Decimal("84.2"), "kpis.csv", "3"),
        ("HR11", Decimal("9.1"), "kpis.csv", "2"),
    ]


def test_the_same_file_again_changes_nothing(kpis):
    run_import(*kpis())

    code, out, _ = run_import(*kpis())

    assert code == 0
    assert out.splitlines()[0].endswith(": nothing new in it")
    assert counts(out) == {"measures": 0, "actuals": 0}
    assert Change.objects.count() == 1


def test_a_dry_run_says_what_would_change_and_keeps_nothing(kpis):
    run_import(*kpis())
    arguments = kpis(content=FILE.replace("9.1", "9.3").replace("Calls", "Calls answered") + "IT01,Uptime,99\n")

    code, out, _ = run_import(*arguments, "--dry-run", "--format", "json")

    told = json.loads(out)
    assert (code, told["dry_run"], told["imported"], told["change"]) == (0, True, False, None)
    assert told["tables"] == {
        "measures": {"added": 1, "changed": 1, "unchanged": 1},
        "actuals": {"added": 2, "changed": 0, "unchanged": 1},
    }
    assert Change.objects.count() == 1
    assert "this would be imported; nothing was kept" in run_import(*arguments, "--dry-run")[1]


def test_one_bad_row_refuses_all_of_it(kpis):
    code, out, err = run_import(*kpis(content=FILE + "IT01,Uptime,n/k\n,Nameless,1\n"))

    assert (code, out) == (1, "")
    assert err.splitlines() == [
        "kpis.csv:4: Value: 'n/k' is not a number: if it says why there is none, declare it as a word for missing",
        "kpis.csv:5: Code: is empty: every row needs one",
        "2 faults; nothing was loaded",
    ]
    assert not Change.objects.exists()
    assert not Measure.objects.exists()


def test_a_refusal_as_json_is_one_document(kpis):
    code, out, _ = run_import(*kpis(content=FILE + "IT01,Uptime,n/k\n"), "--format", "json")

    told = json.loads(out)
    assert (code, told["imported"], told["total"]) == (1, False, 1)
    assert told["faults"] == [
        {
            "file": "kpis.csv",
            "line": 4,
            "column": "Value",
            "message": "'n/k' is not a number: if it says why there is none, declare it as a word for missing",
        }
    ]


def test_what_the_load_refuses_is_named_by_file_and_row_too(kpis):
    text = KPIS.replace('value = "{value}"', 'value = "{value}", category = "ward={Title}"')

    code, _, err = run_import(*kpis(text))

    assert code == 1
    assert err.splitlines()[0] == (
        "kpis.csv:2: actuals category: there is no scheme 'ward': add it to schemes, or write one that is there"
    )


def test_where_a_map_says_so_bad_rows_are_skipped_and_listed_even_those_the_load_refuses(kpis):
    text = 'on_fault = "skip"\n' + KPIS.replace('period = "{set.year}"', 'period = "{Period}"')
    content = "Code,Title,Period,Value\nHR11,Sickness,2024/25,9.1\nCS01,Calls,2024/25,n/k\nIT01,Uptime,2024-05,99\n"

    code, out, err = run_import(*kpis(text, content))

    assert (code, err) == (0, "")
    assert out.splitlines()[:2] == [
        "skipped kpis.csv:3: Value: 'n/k' is not a number: "
        "if it says why there is none, declare it as a word for missing",
        "skipped kpis.csv:4: actuals period: IT01 is collected by the year, and 2024-05 is shorter: write 2024/25",
    ]
    assert out.splitlines()[-1] == "1 files read, 3 rows read, 2 skipped, 2 measures, 1 results"
    assert list(Actual.objects.values_list("measure__code", "period", "value")) == [("HR11", "2024/25", Decimal("9.1"))]


def test_a_misuse_exits_with_2(kpis, tmp_path):
    path, option, map_path = kpis()

    assert run_import(path, option, map_path, "--set", "place=Wenlow") == (
        2,
        "",
        "--set place: kpis.toml has no such parameter; it has year",
    )
    assert run_import(tmp_path / "nowhere.csv", option, map_path)[2].endswith(
        "nowhere.csv: there is no such file or folder"
    )
    assert run_import(path, option, "tiles")[2].startswith(
        "tiles: there is no such map; write the path of a .toml file"
    )
    assert "'year' is not NAME=VALUE" in run_import(path, option, map_path, "--set", "year")[2]


def test_a_folder_stands_for_the_files_in_it_that_the_map_reads(kpis, written, tmp_path):
    _, option, map_path = kpis()
    written({"kpis-2.csv": "Code,Title,Value\nIT01,Uptime,99\n", "readme.txt": "nothing"})

    code, out, _ = run_import(tmp_path, option, map_path)

    assert (code, counts(out)) == (0, {"measures": 3, "actuals": 3})


def test_a_map_with_faults_reads_no_file(kpis):
    code, _, err = run_import(*kpis(KPIS.replace("[set.year]", "[sett.year]")))

    assert code == 1
    assert err.splitlines()[0] == "kpis.toml:2: sett: there is no key 'sett' here: write set"


def test_categories_stand_in_the_order_that_the_database_has_their_schemes_in(kpis):
    text = KPIS.replace(
        '[[source.table]]\nname = "measures"',
        '[source.categories]\ncolumns = ["Age", "Sex"]\n[[source.table]]\nname = "measures"',
    ).replace('value = "{value}"', 'value = "{value}", category = "{category}"')
    first = "Code,Title,Sex,Value\nHR11,Sickness,F,9.1\n"
    second = "Code,Title,Age,Sex,Value\nHR11,Sickness,16-24,F,9.2\n"

    run_import(*kpis(text, first))
    code, _, err = run_import(*kpis(text, second))

    assert (code, err) == (0, "")
    assert set(Actual.objects.values_list("category", flat=True)) == {"sex=f", "age=16-24;sex=f"}
