"""The thread up and down, its gaps and their commands, on the demonstration council and on small ones."""

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db.models import Q

from goldenthread.council.models import Unit
from goldenthread.domain.actions import action_words
from goldenthread.domain.reasons import explain
from goldenthread.domain.rollup import rollup_words
from goldenthread.measures.models import Measure
from goldenthread.measures.services import link_measure
from goldenthread.plans.services import (
    add_action,
    add_element,
    add_element_kind,
    add_plan,
    adopt_plan,
    change_element,
    close_plan,
    consult_plan,
    link_elements,
)
from goldenthread.scorecards.queries.gaps import gaps
from goldenthread.scorecards.queries.thread import Kind, NotFound, Thread, thread
from tests.asked import asked

TODAY = date(2027, 1, 18)


def codes(steps: Any) -> list[tuple[int, str]]:
    return [(step.distance, step.node.code) for step in steps]


def test_from_a_measure_up_to_the_vision(demonstration: None) -> None:
    found = thread("WS-03")
    assert (found.start.kind, found.start.title, found.period.text) == (
        Kind.MEASURE,
        "Missed collections",
        "2026/27 Q3",
    )
    assert codes(found.up) == [(1, "P4-2"), (1, "WST-1"), (2, "P4"), (2, "CIT-A2"), (3, "V"), (4, "WT-V")]
    assert found.down == ()
    assert [step.node.title for step in found.priorities] == ["A clean, green city that moves"]
    assert explain(found.start.reason).startswith("Green: 42 per 100,000 is 3 below the target of 45")


def test_from_a_priority_down_to_teams_and_people(demonstration: None) -> None:
    found = thread("P4")
    kinds = {kind: sum(step.node.kind is kind for step in found.down) for kind in Kind}
    assert kinds == {Kind.ELEMENT: 20, Kind.MEASURE: 24, Kind.ACTION: 14, Kind.UNIT: 0, Kind.PERSON: 0}
    assert [unit.code for unit in found.units] == ["CIT", "CLI", "HWY", "STR", "WCC", "WST"]
    assert "deborah-lockyer" in found.people
    assert rollup_words(found.start.reason).startswith("Amber: the mean score of 4 rated")


def test_from_a_person_to_the_priority(demonstration: None) -> None:
    found = thread("deborah-lockyer")
    assert (found.start.title, found.start.within) == ("Deborah Lockyer", "Head of Waste and Recycling")
    assert {"WST-1", "WST-2", "WST-3", "WST-2-A1"} <= {step.node.code for step in found.down if step.distance == 1}
    assert [step.node.code for step in found.priorities] == ["P4"]


def test_from_a_unit_to_all_that_its_plans_say(demonstration: None) -> None:
    found = thread("WST")
    assert {step.node.code for step in found.down if step.distance == 1 and step.node.kind is Kind.ELEMENT} == {
        "WST-1",
        "WST-2",
        "WST-3",
    }
    assert {step.node.code for step in found.up} == {"P4-2", "CIT-A2", "P4", "V", "WT-V"}


def test_from_an_action_with_its_status_in_words(demonstration: None) -> None:
    found = thread("HWY-3-A1")
    assert action_words(found.start.reason) == (
        "Late: it was due on 30 November 2026, 49 days ago; re-scheduled to 30 June 2027; 45% done"
    )
    assert codes(found.up)[:1] == [(1, "HWY-3")]


def test_as_at_last_year_shows_last_years_thread(demonstration: None) -> None:
    """The pledges of the plan before stood then, and the service plans of this year did not."""
    found = thread("WT-V", day=date(2024, 11, 1))
    assert {step.node.code for step in found.down if step.node.kind is Kind.ELEMENT} == {
        "CP21-1",
        "CP21-2",
        "CP21-3",
        "CP21-4",
        "WT-C",
    }
    assert found.period.text == "2024/25 Q2"
    with pytest.raises(NotFound):
        thread("WST-1", day=date(2026, 3, 31))


def test_what_a_reader_may_not_see_is_not_shown(demonstration: None) -> None:
    hidden = Q(release__in=["members", "public", "immediate"])
    staff, member = thread("P4"), thread("P4", visible=hidden)
    shown = {step.node.code for step in member.down if step.node.kind is Kind.MEASURE}
    assert shown == {code for _distance, code in codes(staff.down)} & set(
        Measure.objects.filter(hidden).values_list("code", flat=True)
    )
    assert member.start.status == staff.start.status
    with pytest.raises(NotFound):
        thread("HW-03", visible=hidden)


def test_the_gaps_of_wenlow(demonstration: None) -> None:
    found = gaps()
    assert {check.name: [gap.code for gap in check.gaps] for check in found.checks} == {
        "priority_without_measure": ["WT-C"],
        "objective_without_owner": ["GRO-A4", "LIB-2", "HWY-4", "CCP-4"],
        "measure_serving_nothing": ["DG-01", "DG-02"],
        "action_without_date": ["LIB-2-A1", "PLN-2-A2"],
        "objective_of_closed_plan": ["HNE-3"],
        "service_without_plan": ["DIG", "LEG", "PRC"],
    }
    assert [(one.name, len(one.gaps)) for one in found.directorates] == [
        ("Adult Social Care", 0),
        ("Children and Young People", 0),
        ("City Operations", 1),
        ("Growth and Housing", 3),
        ("Public Health and Communities", 3),
        ("Resources", 2),
        ("Strategy and Customers", 4),
    ]
    assert found.coverage.total - found.coverage.covered == len(found.gaps) == 13
    assert [day for day, _coverage in found.trend] == [
        date(2026, 3, 31),
        date(2026, 6, 30),
        date(2026, 9, 30),
        date(2026, 12, 31),
    ]
    assert found.people is None or found.people.all > 0


def test_the_gaps_of_a_directorate(demonstration: None) -> None:
    assert [gap.code for gap in gaps(unit="CIT").gaps] == ["HWY-4"]
    with pytest.raises(NotFound):
        gaps(unit="NOPE")


def test_a_gap_is_closed(demonstration: None) -> None:
    link_measure(by=None, measure="DG-01", element="CUS-1", starts=TODAY)
    change_element(by=None, element="HWY-4", changes={"owner": "HWY-MGR"})
    assert {"DG-01", "HWY-4"}.isdisjoint(gap.code for gap in gaps().gaps)


def council() -> None:
    Unit.objects.create(code="WCC", name="Wenlow", kind="council")
    for kind in ("priority", "objective"):
        add_element_kind(by=None, code=kind, title=kind.capitalize(), counts_as=kind)
    add_plan(by=None, code="CP", title="Council Plan", unit="WCC", starts=date(2025, 4, 1))
    add_element(by=None, plan="CP", code="P", kind="priority", title="Homes", roll_up="worst_of")


def add_service(place: int) -> None:
    """A service with a plan, an objective of the priority, a measure and an action."""
    wenlow = Unit.objects.get(code="WCC")
    unit = Unit.objects.create(code=f"S{place}", name=f"Service {place}", kind="service", parent=wenlow)
    add_plan(by=None, code=f"SP{place}", title="Service Plan", unit=unit.code, starts=date(2026, 4, 1))
    add_element(by=None, plan=f"SP{place}", code=f"O{place}", kind="objective", title="Repairs")
    link_elements(by=None, above="P", below=f"O{place}", weight=Decimal(2))
    Measure.objects.create(code=f"M{place}", title="Repairs done in time", unit=unit)
    link_measure(by=None, measure=f"M{place}", element=f"O{place}")
    add_action(by=None, code=f"A{place}", element=f"O{place}", title="A second gang", due=date(2027, 3, 31))


@pytest.mark.django_db
@pytest.mark.parametrize("read", [lambda: thread("P"), lambda: gaps()], ids=["thread", "gaps"])
def test_as_many_queries_for_one_service_as_for_many(read: Callable[[], Any]) -> None:
    council()
    add_service(0)
    with asked() as one:
        read()
    for place in range(1, 6):
        add_service(place)
    with asked() as many:
        found = read()
    assert len(one) == len(many) <= 20
    if isinstance(found, Thread):
        assert len(found.down) == 18


@pytest.mark.django_db
def test_a_closed_plan_leaves_gaps_behind() -> None:
    council()
    add_service(0)
    add_service(1)
    for plan in ("CP", "SP0"):
        consult_plan(by=None, plan=plan)
        adopt_plan(by=None, plan=plan)
    assert {gap.check for gap in gaps(TODAY).gaps} == {"objective_without_owner", "service_without_plan"}
    close_plan(by=None, plan="CP", ends=date(2027, 1, 17))
    found = {check.name: [gap.code for gap in check.gaps] for check in gaps(TODAY).checks}
    assert found["objective_of_closed_plan"] == ["O0"]
    assert found["service_without_plan"] == ["S1"]
    assert gaps(TODAY).checks[4].gaps[0].missing == "It serves Council Plan, which is over."


def said_by(*command: str) -> str:
    out = StringIO()
    call_command(*command, stdout=out)
    return out.getvalue()


def test_the_commands_print_it(demonstration: None) -> None:
    tree = said_by("thread", "WST-1")
    assert "▶ Service objective WST-1: Bins are emptied on the day promised" in tree
    rows = json.loads(said_by("thread", "WS-03", "--format", "json"))
    assert [(row["distance"], row["code"]) for row in rows][-1] == (0, "WS-03")
    assert rows[0]["code"] == "WT-V"
    document = json.loads(said_by("gaps", "--format", "json"))
    assert document["checks"][0]["gaps"][0]["code"] == "WT-C"
    assert said_by("gaps", "--format", "csv").splitlines()[0] == "check,kind,code,title,unit,directorate,missing"
    assert "Priorities with no measure: 5 of 6 without a gap, 83%" in said_by("gaps")


@pytest.mark.parametrize(
    ("command", "code", "told"),
    [
        (("thread", "NOPE"), 1, "There is no element, measure, action, unit or person NOPE."),
        (("thread", "WS-03", "--kind", "element"), 1, "There is no element WS-03."),
        (("thread", "WS-03", "--day", "tomorrow"), 2, "--day tomorrow: write it like 2026-03-31"),
        (("gaps", "--unit", "NOPE"), 1, "There is no unit NOPE."),
    ],
)
def test_what_the_commands_refuse(demonstration: None, command: tuple[str, ...], code: int, told: str) -> None:
    with pytest.raises(CommandError) as refused:
        call_command(*command)
    assert (refused.value.returncode, str(refused.value)) == (code, told)
