"""An auditor's pack, written from the demonstration council and read again."""

import csv
import hashlib
import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from goldenthread.council.models import Role
from goldenthread.history.models import Change
from goldenthread.measures.models import Actual, Result
from goldenthread.measures.services.recompute import recompute
from tests.measures.customer_services import calls_answered, person


@pytest.fixture
def pack(demonstration: None, tmp_path: Path) -> Path:
    call_command("evidence", "HR-01", "CT-01", period="2026/27 Q2", output=tmp_path / "pack", stdout=StringIO())
    return tmp_path / "pack"


def test_the_pack_shows_the_sum_and_its_sources(pack: Path):
    page = (pack / "HR-01" / "evidence.html").read_text(encoding="utf-8")
    result = Result.objects.get(measure__code="HR-01", period="2026/27 Q2", category="", known_to__isnull=True)
    assert str(result.rated_value) in page
    with (pack / "HR-01" / "inputs.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    months = ["2026-04", "2026-05", "2026-06", "2026-07", "2026-08", "2026-09"]
    assert sorted({row["period"] for row in rows}) == months
    assert all("sha256:" in row["change_source"] for row in rows)


def test_every_file_has_its_checksum(pack: Path):
    sums = json.loads((pack / "manifest.json").read_text(encoding="utf-8"))["sha256"]
    written = {path.relative_to(pack).as_posix() for path in pack.rglob("*") if path.is_file()}
    assert set(sums) == written - {"manifest.json"}
    assert all(hashlib.sha256((pack / name).read_bytes()).hexdigest() == told for name, told in sums.items())


@pytest.mark.parametrize(
    ("measure", "period", "code"), [("NO-99", "2026/27 Q2", 1), ("HR-01", "Q2 2026/27", 2)], ids=["measure", "period"]
)
def test_what_cannot_be_written_is_refused(demonstration: None, tmp_path: Path, measure: str, period: str, code: int):
    with pytest.raises(CommandError) as refused:
        call_command("evidence", measure, period=period, output=tmp_path / "pack")
    assert refused.value.returncode == code
    assert not (tmp_path / "pack").exists()


def test_a_folder_with_something_in_it_is_left_alone(demonstration: None, tmp_path: Path):
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(CommandError):
        call_command("evidence", "HR-01", period="2026/27 Q2", output=tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


@pytest.mark.django_db
def test_recomputing_an_untouched_database_changes_nothing():
    calls_answered(person("Ada Officer", Role.PERFORMANCE_OFFICER))
    before = Change.objects.count()
    assert recompute() == {}
    assert Change.objects.count() == before


def test_recomputing_finds_the_one_result_that_was_tampered_with(demonstration: None):
    tampered = Result.objects.filter(measure__code="CT-01", known_to__isnull=True, derived=False, category="").last()
    assert tampered is not None
    Result.objects.filter(pk=tampered.pk).update(status="green", rated_value="99.99")
    assert recompute() == {"CT-01": 1}
    assert Actual.objects.filter(measure__code="CT-01").exists()
