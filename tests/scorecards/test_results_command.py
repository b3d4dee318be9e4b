"""``goldenthread results``: the board for a period, every result, as at a moment; as JSON, CSV or a table."""

import csv
import json
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from goldenthread.accounts.models import User
from goldenthread.council.models import Unit
from goldenthread.domain.words import Direction, Signal, Status
from goldenthread.measures.models import Measure, Result
from goldenthread.measures.services import Entry, record_actual, restate
from tests.measures.customer_services import calls_answered, make_measure

NAMED = (
    *("measure", "period", "category", "value", "target", "status", "reason", "direction_short", "direction_long"),
    *("signal", "rule", "state", "published_status", "figure_period", "carried"),
)


def printed(*arguments: str, format: str = "json") -> Any:
    out = StringIO()
    call_command("results", *arguments, format=format, stdout=out)
    return json.loads(out.getvalue()) if format == "json" else out.getvalue()


@pytest.fixture
def officer(db: None) -> User:
    return User.objects.create_user("officer@wenlow.example", name="Amara Okonjo")


def test_the_board_for_a_period(officer: User) -> None:
    calls_answered(officer)
    (row,) = printed("--period", "2026/27 Q3", "--latest")
    assert {name: row[name] for name in NAMED} == {
        "measure": "CS-01",
        "period": "2026/27 Q3",
        "category": "",
        "value": "83.8",
        "target": "80",
        "status": "green",
        "reason": "Green: 83.8% is 3.8 percentage points above the target of 80%. "
        "The target is the year's, the same in every period",
        "direction_short": "better",
        "direction_long": "better",
        "signal": "too_few",
        "rule": "TEN-CS-01",
        "state": "final",
        "published_status": "",
        "figure_period": "2026/27 Q2",
        "carried": True,
    }
    assert row["awaiting"] == "overdue"


def test_figures_are_strings_unrounded(officer: User) -> None:
    calls_answered(officer)
    entry = Entry(period="2026/27 Q3", numerator=Decimal(2), denominator=Decimal(3))
    record_actual(by=officer, measure="CS-01", entry=entry)
    (row,) = printed("--period", "2026/27 Q3", "--latest")
    assert row["value"] == "66.66666666666666666666666667"


def test_one_period_has_its_own_results_and_what_is_waited_for(officer: User) -> None:
    calls_answered(officer)
    calls_answered(officer, code="CS-02")
    make_measure("CS-08", frequency="year")
    entry = Entry(period="2026/27 Q3", value=Decimal(85))
    record_actual(by=officer, measure="CS-01", entry=entry)
    rows = printed("--period", "2026/27 Q3")
    assert [(row["measure"], row["status"], row["figure_period"]) for row in rows] == [
        ("CS-01", "green", "2026/27 Q3"),
        ("CS-02", "overdue", None),
    ]
    assert rows[1]["value"] is None


def test_without_a_period_every_result_is_printed(officer: User) -> None:
    calls_answered(officer)
    periods = [row["period"] for row in printed("--measure", "CS-01")]
    assert periods == [
        *("2025/26 Q1", "2025/26 H1", "2025/26 Q2", "2025/26 Q3", "2025/26", "2025/26 H2", "2025/26 Q4"),
        *("2026/27 Q1", "2026/27 H1", "2026/27 Q2"),
    ]
    assert len(periods) == Result.objects.filter(known_to=None).count()


def test_the_latest_of_each_measure(officer: User) -> None:
    calls_answered(officer)
    assert [(row["measure"], row["period"]) for row in printed("--latest")] == [("CS-01", "2026/27 Q2")]


def test_as_at_a_moment(officer: User) -> None:
    calls_answered(officer)
    entry = Entry(period="2026/27 Q3", value=Decimal(78))
    first = record_actual(by=officer, measure="CS-01", entry=entry).change.at
    restate(by=officer, measure="CS-01", entry=Entry(period="2026/27 Q3", value=Decimal(81)), reason="Late return.")
    between = (first + timedelta(microseconds=1)).isoformat()
    for arguments in (["--period", "2026/27 Q3"], ["--period", "2026/27 Q3", "--latest"], ["--latest"]):
        assert [row["value"] for row in printed(*arguments)] == ["81"]
        assert [row["value"] for row in printed(*arguments, "--as-at", between)] == ["78"]


def test_a_unit_brings_all_below_it(officer: User) -> None:
    calls_answered(officer)
    council = Unit.objects.create(code="WCC", name="Wenlow City Council")
    Unit.objects.filter(code="CS").update(parent=council)
    Unit.objects.create(code="HR", name="Human Resources", parent=council)
    assert [row["measure"] for row in printed("--unit", "WCC", "--latest")] == ["CS-01"]
    assert printed("--unit", "HR", "--latest") == []


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["--measure", "NOPE"], 1, "There is no measure NOPE."),
        (["--unit", "NOPE"], 1, "There is no unit NOPE."),
        (["--period", "Q3 2026/27"], 2, "'Q3 2026/27' is not a period: write 2026/27 Q3"),
        (["--as-at", "soon"], 2, "--as-at soon: Enter a date like 24/11/2026."),
        (["--as-at", "2027-01-19"], 2, "--as-at 2027-01-19: Enter a day up to today"),
    ],
)
def test_what_cannot_be_asked_is_refused(db: None, arguments: list[str], code: int, message: str) -> None:
    with pytest.raises(CommandError, match=message.replace("(", r"\(").replace(".", r"\.")) as refused:
        printed(*arguments)
    assert refused.value.returncode == code


def test_csv_has_a_line_a_row(officer: User) -> None:
    calls_answered(officer)
    (row,) = csv.DictReader(StringIO(printed("--period", "2026/27 Q3", "--latest", format="csv")))
    assert (row["measure"], row["value"], row["carried"], row["category"]) == ("CS-01", "83.8", "true", "")


def test_the_table_reads_well(officer: User) -> None:
    calls_answered(officer)
    head, line, count = printed("--period", "2026/27 Q3", "--latest", format="table").splitlines()
    assert head.split() == ["measure", "period", "figure_period", "rated_value", "target", "status", *_DIRECTIONS]
    assert line.split("  ")[0] == "CS-01"
    assert count == "1 result."


_DIRECTIONS = ["direction_short", "signal"]


def test_nothing_prints_as_nothing(db: None) -> None:
    assert printed("--latest") == []
    assert printed("--latest", format="csv") == ""


def test_the_words_are_those_of_the_field(demonstration: None) -> None:
    rows = printed("--period", "2026/27 Q3", "--latest")
    assert len(rows) == Measure.objects.filter(ends=None).count()
    assert {row["status"] for row in rows} <= set(Status)
    assert {row["direction_short"] for row in rows} <= set(Direction)
    assert {row["signal"] for row in rows} <= set(Signal)
    published = {row["measure"]: row["published_status"] for row in printed("--period", "2026/27 Q2")}
    assert published["WS-01"] in set(Status)


def test_the_page_and_the_command_agree(demonstration: None, sign_in: Callable[[str], Any]) -> None:
    page = sign_in("auditor").get("/measures/?period=2026/27 Q3&format=csv").content.decode("utf-8-sig")
    shown = {line["Code"]: line["Figure"] for line in csv.DictReader(StringIO(page))}
    told = {row["measure"]: row["rated_value"] or "" for row in printed("--period", "2026/27 Q3", "--latest")}
    assert shown == told
