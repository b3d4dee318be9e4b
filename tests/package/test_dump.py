"""Taking everything out and putting it back: the same data, the same bytes, the same past."""

import json
import os
import signal
import subprocess
import sys
import zipfile
from datetime import UTC, datetime

import pytest
from django.db import transaction

from goldenthread.measures.models import Result
from goldenthread.package.dump import dump
from goldenthread.package.faults import Misused
from goldenthread.package.load import load
from goldenthread.package.tables import tables


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def emptied():
    """Undo everything since the savepoint: the database is as empty as it was."""
    transaction.set_rollback(True)


@pytest.fixture
def dumped(package, council, tmp_path, everything, db):
    """The council loaded and dumped, what the database held then, and an empty database again."""
    with transaction.atomic():
        load(package(council))
        held = everything()
        dump(tmp_path / "dump")
        emptied()
    return tmp_path / "dump", held


def test_what_is_taken_out_can_be_put_back(dumped, everything):
    folder, held = dumped

    load(folder)

    assert everything() == held


def test_results_are_the_same_at_five_past_moments(package, council, tmp_path, db):
    moments = [datetime(2024, 8, 1, tzinfo=UTC), datetime(2024, 11, 1, tzinfo=UTC), datetime(2025, 1, 20, tzinfo=UTC)]
    moments += [datetime(2025, 4, 20, tzinfo=UTC), datetime(2026, 1, 20, tzinfo=UTC)]

    def as_at(moment):
        found = Result.objects.filter(known_from__lte=moment).exclude(known_to__lte=moment)
        return sorted(found.values_list("measure__code", "category", "period", "value", "target", "status"), key=str)

    with transaction.atomic():
        load(package(council))
        before = [as_at(moment) for moment in moments]
        dump(tmp_path / "dump")
        emptied()

    load(tmp_path / "dump")

    assert [len(results) for results in before] == sorted(len(results) for results in before)
    assert len(before[0]) > 0
    assert [as_at(moment) for moment in moments] == before


def test_two_dumps_are_the_same_bytes(dumped, tmp_path):
    folder, _ = dumped
    load(folder)

    dump(tmp_path / "again")
    dump(tmp_path / "one.zip")
    dump(tmp_path / "two.zip")

    assert contents(tmp_path / "again") == contents(folder)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_a_zip_holds_what_the_folder_holds(dumped, tmp_path):
    folder, _ = dumped
    load(folder)
    dump(tmp_path / "council.zip")
    with zipfile.ZipFile(tmp_path / "council.zip") as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == contents(folder)


def test_a_zip_can_be_put_back(package, council, tmp_path, everything, db):
    with transaction.atomic():
        load(package(council))
        held = everything()
        dump(tmp_path / "council.zip")
        emptied()

    loaded = load(tmp_path / "council.zip")

    assert loaded.source.startswith("council.zip sha256:")
    assert everything() == held


def test_rows_stand_in_order_of_key_and_moment(dumped):
    folder, _ = dumped

    lines = (folder / "actuals.csv").read_bytes().split(b"\r\n")
    assert [line.split(b",")[:3] for line in lines[1:6]] == [
        [b"HO1", b"2024/25 Q1", b""],
        [b"HO1", b"2024/25 Q2", b""],
        [b"HO1", b"2024/25 Q2", b""],
        [b"HO1", b"2024/25 Q3", b""],
        [b"HO1", b"2024/25 Q4", b""],
    ]
    assert lines[2].startswith(
        b"HO1,2024/25 Q2,,955,1000,95.5,,,,,,final,none,2024-10-14,2024-10-13T23:00:00Z,Owen Price"
    )
    assert lines[3].startswith(
        b"HO1,2024/25 Q2,,958,1000,95.8,,,,,,restated,none,2024-11-20,2024-11-20T15:00:00Z,Owen Price,,repairs.xlsx,14"
    )


def test_the_owner_and_the_rule_stand_in_the_measures_too(dumped):
    folder, _ = dumped

    header, first, *_ = (folder / "measures.csv").read_text(encoding="utf-8").splitlines()
    cells = dict(zip(header.split(","), first.split(","), strict=False))
    assert (cells["measure"], cells["owner"], cells["rule"]) == ("HO1", "HEAD-HMS", "CORP")


def test_the_descriptor_describes_every_table(dumped):
    folder, _ = dumped

    described = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))

    assert "created" not in described
    resources = {resource["name"]: resource for resource in described["resources"]}
    assert set(resources) == set(tables())
    schema = resources["categories"]["schema"]
    assert [(field["name"], field["type"]) for field in schema["fields"]] == [
        ("category", "string"),
        ("scheme", "string"),
        ("name", "string"),
        ("parent", "string"),
        ("area", "string"),
        ("order", "integer"),
    ]
    assert schema["primaryKey"] == ["scheme", "category"]
    assert schema["foreignKeys"] == [{"fields": "scheme", "reference": {"resource": "schemes", "fields": "scheme"}}]
    assert resources["targets"]["schema"]["primaryKey"] == ["measure", "period", "category", "kind", "entered_at"]
    for resource in resources.values():
        header = (folder / resource["path"]).read_bytes().split(b"\r\n")[0].decode()
        assert header == ",".join(field["name"] for field in resource["schema"]["fields"])


def test_texts_keep_their_line_ends(package, tmp_path, db):
    text = 'first\r\nsecond\nthird "quoted", and a comma\rlast'
    with transaction.atomic():
        load(package({"measures": 'measure,title,definition\nHO1,Repairs,"{}"\n'.format(text.replace('"', '""'))}))
        dump(tmp_path / "dump")
        emptied()

    load(tmp_path / "dump")

    from goldenthread.measures.models import Measure

    assert Measure.objects.get().definition == text


def test_an_empty_database_gives_a_package_of_empty_tables(tmp_path, db):
    counts = dump(tmp_path / "dump")

    assert set(counts.values()) == {0}
    assert load(tmp_path / "dump").change is None


def test_an_earlier_dump_is_replaced(package, council, tmp_path, db):
    dump(tmp_path / "dump")
    load(package(council))

    assert dump(tmp_path / "dump")["actuals"] == 16
    assert sorted(path.name for path in tmp_path.iterdir()) == ["dump", "package0"]


def test_nothing_else_is_written_over(tmp_path, db):
    folder = tmp_path / "work"
    folder.mkdir()
    (folder / "notes.txt").write_text("Do not lose me")
    with pytest.raises(Misused, match=r"this folder holds what no dump has \(notes.txt\)"):
        dump(folder)

    (tmp_path / "file").write_text("Nor me")
    with pytest.raises(Misused, match="this is a file"):
        dump(tmp_path / "file")

    (tmp_path / "file.zip").write_text("Nor me")
    with pytest.raises(Misused, match=r"this is no \.zip of an earlier dump"):
        dump(tmp_path / "file.zip")

    dump(tmp_path / "dump")
    (tmp_path / "dump" / "notes.txt").write_text("Nor this")
    with pytest.raises(Misused, match=r"\(notes.txt\)"):
        dump(tmp_path / "dump")


def test_a_dump_that_fails_leaves_nothing(package, council, tmp_path, db, monkeypatch):
    load(package(council))

    def stop(step, done, total):
        if step == "Writing actuals":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        dump(tmp_path / "dump", progress=stop)

    assert [path.name for path in tmp_path.iterdir()] == ["package0"]


@pytest.mark.kill
def test_a_dump_that_is_killed_leaves_nothing_at_its_place(tmp_path):
    code = (
        "import os, signal, django; django.setup()\n"
        "from pathlib import Path\n"
        "from django.core.management import call_command\n"
        "call_command('migrate', verbosity=0)\n"
        "from goldenthread.package.dump import dump\n"
        "stop = lambda step, done, total: os.kill(os.getpid(), signal.SIGKILL) if step == 'Writing targets' else None\n"
        "dump(Path('dump'), progress=stop)\n"
    )
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{tmp_path}/council.sqlite3"}

    ended = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment, check=False)

    assert ended.returncode == -signal.SIGKILL
    assert not (tmp_path / "dump").exists()
