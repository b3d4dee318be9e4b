"""The demonstration council's tables: whole, consistent, the same each time, and never later than its today."""

import csv
import json
import re
from collections import Counter
from datetime import date, datetime
from pathlib import Path

import pytest

from goldenthread.demonstration import SIGN_INS, TODAY, Tables, bench_tables, tables, write
from goldenthread.demonstration.clock import NOW
from goldenthread.demonstration.package import COLUMNS
from goldenthread.domain.periods import Period

KEYS = {
    "units": ("unit",),
    "posts": ("post",),
    "people": ("person",),
    "appointments": ("person", "post", "starts"),
    "grants": ("role", "post", "person", "body", "seat", "unit"),
    "bodies": ("body",),
    "seats": ("body", "seat", "starts"),
    "plans": ("plan",),
    "element_kinds": ("kind",),
    "elements": ("element",),
    "links": ("above", "below", "starts"),
    "actions": ("action",),
    "milestones": ("action", "milestone"),
    "action_progress": ("action", "at"),
    "reschedulings": ("action", "at"),
    "element_judgements": ("element", "period", "at"),
    "element_commentary": ("element", "period", "at"),
    "measure_links": ("measure", "element", "starts"),
    "measures": ("measure",),
    "measure_roles": ("measure", "role", "post"),
    "tags": ("object", "scheme", "tag"),
    "sets": ("set", "measure"),
    "categories": ("scheme", "category"),
    "rules": ("rule", "starts"),
    "rule_assignments": ("measure", "tier", "entered_at"),
    "targets": ("measure", "period", "category", "kind", "entered_at"),
    "actuals": ("measure", "period", "category", "entered_at"),
    "commentary": ("measure", "period", "audience", "written_at"),
    "forecasts": ("measure", "for_period", "at"),
    "judgements": ("object", "period", "at"),
    "annotations": ("measure", "period", "kind"),
    "published": ("publication", "measure", "period", "category"),
    "comparators": ("measure", "area", "period", "published_on"),
}


def test_every_table_has_exactly_its_columns(wenlow: Tables) -> None:
    assert list(wenlow) == list(COLUMNS)
    for table, rows in wenlow.items():
        assert rows, table
        assert {tuple(row) for row in rows} == {COLUMNS[table]}, table


def test_the_council_is_as_large_as_a_unitary(wenlow: Tables) -> None:
    assert Counter(row["kind"] for row in wenlow["units"]) == {
        "council": 1,
        "directorate": 7,
        "service": 31,
        "team": 5,
        "partner": 2,
    }
    assert len(wenlow["people"]) == 184
    assert Counter(row["scheme"] for row in wenlow["categories"]) == {"ward": 12, "age": 4, "sex": 2, "channel": 3}
    assert len(wenlow["measures"]) == 124
    assert {row["frequency"] for row in wenlow["measures"]} == {"month", "quarter", "third", "half", "year", "term"}


@pytest.mark.parametrize("table", KEYS)
def test_no_key_comes_twice(wenlow: Tables, table: str) -> None:
    keys = Counter(tuple(row[column] for column in KEYS[table]) for row in wenlow[table])
    assert [key for key, count in keys.items() if count > 1] == []


def test_every_reference_exists(wenlow: Tables) -> None:
    def keys(table: str, column: str) -> set[str]:
        return {row[column] for row in wenlow[table]} | {""}

    for table, column, other in (
        ("units", "parent", "units.unit"),
        ("units", "succeeded_by", "units.unit"),
        ("posts", "unit", "units.unit"),
        ("posts", "reports_to", "posts.post"),
        ("appointments", "post", "posts.post"),
        ("appointments", "person", "people.person"),
        ("grants", "post", "posts.post"),
        ("grants", "person", "people.person"),
        ("measures", "unit", "units.unit"),
        ("measures", "succeeds", "measures.measure"),
        ("measure_roles", "post", "posts.post"),
        ("rule_assignments", "rule", "rules.rule"),
        ("judgements", "object", "measures.measure"),
        ("bodies", "unit", "units.unit"),
        ("seats", "body", "bodies.body"),
        ("seats", "person", "people.person"),
        ("seats", "post", "posts.post"),
        ("plans", "unit", "units.unit"),
        ("plans", "succeeds", "plans.plan"),
        ("elements", "plan", "plans.plan"),
        ("elements", "kind", "element_kinds.kind"),
        ("elements", "owner", "posts.post"),
        ("elements", "succeeded_by", "elements.element"),
        ("links", "above", "elements.element"),
        ("links", "below", "elements.element"),
        ("measure_links", "measure", "measures.measure"),
        ("measure_links", "element", "elements.element"),
        ("actions", "element", "elements.element"),
        ("actions", "owner", "posts.post"),
        ("milestones", "action", "actions.action"),
        ("groups", "area", "areas.area"),
        ("comparators", "area", "areas.area"),
    ):
        assert keys(table, column) <= keys(*other.split(".")), f"{table}.{column}"
    for table in ("measure_roles", "sets", "rule_assignments", "targets", "actuals", "commentary", "published"):
        assert keys(table, "measure") <= keys("measures", "measure"), table
    categories = {f"{row['scheme']}={row['category']}" for row in wenlow["categories"]} | {""}
    assert {row["category"] for row in wenlow["actuals"]} <= categories


def test_nothing_is_later_than_today(wenlow: Tables) -> None:
    assert date(2027, 1, 18) == TODAY
    said = [
        datetime.fromisoformat(row[column])
        for table, column in (
            ("rules", "entered_at"),
            ("rule_assignments", "entered_at"),
            ("targets", "entered_at"),
            ("actuals", "entered_at"),
            ("commentary", "written_at"),
            ("forecasts", "at"),
            ("judgements", "at"),
            ("annotations", "entered_at"),
            ("action_progress", "at"),
            ("reschedulings", "at"),
            ("element_judgements", "at"),
            ("element_commentary", "at"),
        )
        for row in wenlow[table]
    ]
    assert max(said) <= NOW
    assert all(at.tzinfo is not None for at in said)
    assert max(row["shown_on"] for row in wenlow["published"]) == "2026-11-24"


def test_figures_come_in_on_working_days_after_their_period(wenlow: Tables) -> None:
    for row in wenlow["actuals"]:
        at = datetime.fromisoformat(row["entered_at"])
        assert at.date() > Period.parse(row["period"]).end, row
        assert at.weekday() < 5, row
        assert 8 <= at.hour < 18, row


def test_parts_add_up_to_the_whole(wenlow: Tables) -> None:
    wholes, parts = {}, Counter()
    for row in wenlow["actuals"]:
        key = (row["measure"], row["period"], row["entered_at"])
        if row["numerator"] and not row["category"]:
            wholes[key] = (int(row["numerator"]), int(row["denominator"]))
        elif row["numerator"]:
            parts[(*key, 0)] += int(row["numerator"])
            parts[(*key, 1)] += int(row["denominator"])
    broken = {key[:3] for key in parts}
    assert len(broken) > 300
    provisional = {"ED-01"}  # its final figures come for the whole only
    for key in broken:
        if key[0] not in provisional:
            assert wholes[key] == (parts[(*key, 0)], parts[(*key, 1)]), key


def test_a_figure_is_given_once_as_halves_or_as_a_value(wenlow: Tables) -> None:
    for row in wenlow["actuals"]:
        given = bool(row["value"]), bool(row["numerator"] and row["denominator"]), bool(row["missing"])
        assert sum(given) == 1, row


def test_who_signs_in_is_there_with_the_role(wenlow: Tables) -> None:
    people = {row["person"]: row["email"] for row in wenlow["people"]}
    assert [role for role, _person, _email in SIGN_INS] == [
        "administrator",
        "performance_officer",
        "head_of_service",
        "measure_owner",
        "supplier",
        "human_resources",
        "member",
        "auditor",
        "viewer",
    ]
    for role, person, email in SIGN_INS:
        assert people[person] == email
        posts = {row["post"] for row in wenlow["appointments"] if row["person"] == person and not row["ends"]}
        bodies = {row["body"] for row in wenlow["seats"] if row["person"] == person and not row["ends"]}
        granted = {
            row["role"]
            for row in wenlow["grants"]
            if row["person"] == person or row["post"] in posts or row["body"] in bodies
        }
        assert granted - ({"head_of_service"} if role == "human_resources" else set()) == {role}
    supplier = next(person for role, person, _email in SIGN_INS if role == "supplier")
    post = next(row["post"] for row in wenlow["appointments"] if row["person"] == supplier)
    assert next(row["unit"] for row in wenlow["posts"] if row["post"] == post) == "BLT"


def test_posts_are_acted_up_to_shared_and_vacant(wenlow: Tables) -> None:
    held = Counter(row["post"] for row in wenlow["appointments"] if not row["ends"] or row["ends"] >= "2027-01-18")
    assert Counter(row["kind"] for row in wenlow["appointments"] if row["kind"] != "substantive") == {
        "acting": 2,
        "job_share": 2,
        "interim": 1,
    }
    assert {row["post"] for row in wenlow["posts"] if not held[row["post"]]} == {"LIB-DATA", "PRC-DATA"}
    assert held["HNE-HEAD"] == 2


def test_definitions_read_well(wenlow: Tables) -> None:
    for row in wenlow["measures"]:
        for column in ("definition", "why_it_matters"):
            assert re.fullmatch(r"[A-Z0-9].{30,}[.]", row[column]), f"{row['measure']} {column}"
        assert row["source"], row["measure"]
        assert len(row["short_title"]) <= 45, row["measure"]
    for column in ("title", "definition", "why_it_matters"):
        counted = Counter(row[column] for row in wenlow["measures"])
        assert [text for text, count in counted.items() if count > 1] == []


def test_commentary_has_cause_action_owner_and_date_where_a_target_is_missed(wenlow: Tables) -> None:
    for row in wenlow["commentary"]:
        told = [bool(row[column]) for column in ("cause", "action", "owner", "due")]
        assert all(told) or not any(told), row
        assert "  " not in row["comment"]
        assert row["comment"].endswith("."), row
    assert sum(bool(row["cause"]) for row in wenlow["commentary"]) > 200


def test_the_tables_are_the_same_each_time(wenlow: Tables) -> None:
    assert tables() == wenlow


def test_scale_multiplies_the_measures() -> None:
    twice = tables(2)
    codes = [row["measure"] for row in twice["measures"]]
    assert len(codes) == 248
    assert "HR-01-2" in codes
    assert {row["measure"] for row in twice["actuals"]} >= {"HR-01", "HR-01-2"}
    scaled = {row["measure"]: row for row in twice["measures"]}
    assert scaled["CS-02-2"]["succeeds"] == "CS-01-2"
    assert scaled["HN-06-2"]["formula"] == "[HN-04-2] / [HN-03-2]"


def test_a_benchmark_has_so_many_measures_and_months() -> None:
    bench = bench_tables(30, 24)
    assert {table: len(rows) for table, rows in bench.items() if rows} == {
        "units": 2,
        "measures": 30,
        "rules": 1,
        "rule_assignments": 1,
        "targets": 60,
        "actuals": 720,
    }


def test_it_is_written_as_a_data_package(tmp_path: Path, wenlow: Tables) -> None:
    write(tmp_path / "wenlow")
    package = json.loads((tmp_path / "wenlow" / "datapackage.json").read_text(encoding="utf-8"))
    assert package["title"] == "Wenlow City Council"
    assert [resource["path"] for resource in package["resources"]] == [f"{table}.csv" for table in COLUMNS]
    for table in COLUMNS:
        with (tmp_path / "wenlow" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            assert list(csv.DictReader(file)) == wenlow[table]


def test_a_viewer_enters_no_figures_and_answers_for_none(wenlow: Tables) -> None:
    viewers = {row["post"] for row in wenlow["grants"] if row["role"] == "viewer"}
    assert len(viewers) > 1
    assert [row for row in wenlow["measure_roles"] if row["post"] in viewers] == []
