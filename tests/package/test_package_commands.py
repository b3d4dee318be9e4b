"""``goldenthread load`` and ``goldenthread dump`` as they are run: exit codes, what they print, what they keep."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from goldenthread.history.models import Change

pytestmark = pytest.mark.django_db


def run(*arguments):
    """The exit code, standard output and standard error of a command."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command(*arguments, stdout=out, stderr=err)
    except CommandError as error:
        return error.returncode, out.getvalue(), f"{err.getvalue()}{error}"
    return 0, out.getvalue(), err.getvalue()


def test_a_load_tells_what_it_did(package, council):
    code, out, err = run("load", package(council))

    assert (code, err) == (0, "")
    lines = [line.split() for line in out.splitlines()]
    assert lines[0][0] == "package0"
    assert lines[0][-1] == "loaded"
    assert lines[1] == ["table", "added", "changed", "unchanged"]
    assert ["actuals", "16", "0", "0"] in lines
    assert lines[-1][:2] == ["5", "measures,"]
    assert Change.objects.get().by_name == "goldenthread load"


def test_a_load_as_json_is_one_document(package, council):
    code, out, _ = run("load", package(council), "--format", "json")

    told = json.loads(out)
    assert code == 0
    assert (told["loaded"], told["dry_run"], told["change"]) == (True, False, Change.objects.get().pk)
    assert told["tables"]["targets"] == {"added": 6, "changed": 0, "unchanged": 0}


def test_a_dry_run_says_that_nothing_was_kept(package, council):
    code, out, _ = run("load", package(council), "--dry-run")

    assert code == 0
    assert "this would be loaded; nothing was kept" in out.splitlines()[0]
    assert not Change.objects.exists()


def test_a_refused_load_prints_its_faults_and_exits_with_1(package):
    people = "person,name,email\n" + "".join(f"P{number},A,nowhere\n" for number in range(250))

    code, out, err = run("load", package({"people": people}))

    lines = err.splitlines()
    assert (code, out, len(lines)) == (1, "", 102)
    assert lines[0] == ("people.csv:2: email: 'nowhere' is not an e-mail address: write one like a.khan@example.org")
    assert lines[-2:] == ["… and 150 more", "250 faults; nothing was loaded"]


def test_a_refused_load_as_json_lists_its_faults(package):
    code, out, _ = run("load", package({"units": "unit,name\nWEN,\n"}), "--format", "json")

    assert code == 1
    assert json.loads(out) == {
        "loaded": False,
        "faults": [{"file": "units.csv", "line": 2, "column": "name", "message": "is empty: every row needs one"}],
        "total": 1,
    }


def test_a_load_of_nothing_is_misuse(tmp_path):
    code, _, err = run("load", tmp_path / "nowhere")

    assert (code, err) == (2, f"{tmp_path}/nowhere: there is no such folder or file")


def test_loading_again_says_that_there_is_nothing_new(package, council):
    folder = package(council)
    run("load", folder)

    code, out, _ = run("load", folder)

    assert code == 0
    assert out.splitlines()[0].endswith("nothing new in it")


def test_a_dump_tells_how_many_rows_it_wrote(package, council, tmp_path):
    run("load", package(council))

    code, out, _ = run("dump", tmp_path / "out")
    assert code == 0
    assert ["actuals", "16"] in [line.split() for line in out.splitlines()]

    code, out, _ = run("dump", tmp_path / "out.zip", "--format", "json")
    assert (code, json.loads(out)["tables"]["actuals"]) == (0, 16)


def test_a_dump_over_something_else_is_misuse(tmp_path):
    (tmp_path / "notes.txt").write_text("Do not lose me")

    code, _, err = run("dump", tmp_path)

    assert code == 2
    assert "choose another, or empty it" in err
