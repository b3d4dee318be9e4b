"""How many people's objectives lead where: told of five or more, to everybody, and of nobody by name."""

import io
import json
from datetime import date
from typing import Any

from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.appraisals.models import Appraisal, AppraisalYear, Objective, left_out_on
from goldenthread.appraisals.queries.serving import people_who_serve
from goldenthread.domain.small_groups import Group, remainders
from goldenthread.history.clock import today
from goldenthread.scorecards.queries.gaps import gaps
from goldenthread.scorecards.queries.serving import Objectives
from goldenthread.scorecards.queries.whole import UnitRow, Whole, read_whole

UNITS = {"CITY": None, "CIT": "CITY", "WST": "CIT", "HWY": "CIT", "RES": "CITY", "FIN": "RES", "TRUST": None}


def counted(serving: dict[str, int], others: dict[str, int]) -> Objectives:
    """So many people of each unit with an objective that leads to P1, and so many without one."""
    units = {code: UnitRow(code, code.title(), "service", parent, None, None) for code, parent in UNITS.items()}
    whole = Whole(units, {}, {}, {}, [], [], {}, {}, [])
    unit_of: dict[int, str] = {}
    linked: dict[int, frozenset[str]] = {}
    for unit in UNITS:
        for place in range(serving.get(unit, 0) + others.get(unit, 0)):
            person = len(unit_of)
            unit_of[person] = unit
            if place < serving.get(unit, 0):
                linked[person] = frozenset({"P1"})
    return Objectives(whole, date(2027, 1, 18), unit_of, linked, {}, date(2026, 4, 1))


def test_a_unit_is_told_where_both_its_numbers_are_of_five_or_more():
    told = counted({"WST": 7, "HWY": 2, "FIN": 9}, {"WST": 8, "HWY": 6, "FIN": 2, "RES": 6}).leading_to("P1")
    assert (told.people, told.all) == (18, 40)
    assert {one.code: (one.people, one.all) for one in told.units} == {
        "CITY": (18, 40),
        "CIT": (9, 23),
        "RES": (9, 17),
    }
    assert counted({"WST": 4}, {"WST": 40}).leading_to("P1").people is None
    assert counted({"WST": 40}, {"WST": 4}).leading_to("P1").people is None
    assert counted({"WST": 40}, {}).leading_to("P1").people == 40


_numbers = st.dictionaries(st.sampled_from(sorted(UNITS)), st.integers(0, 12))


@given(serving=_numbers, others=_numbers)
def test_no_difference_between_numbers_told_is_of_fewer_than_five(serving: dict[str, int], others: dict[str, int]):
    told = counted(serving, others).leading_to("P1")
    if told.people is None:
        assert told.units == ()
        return

    def group(own: dict[str, int], code: str) -> Group:
        parts = tuple(group(own, one) for one, parent in UNITS.items() if parent == (code or None))
        return Group(code, own.get(code, 0), parts)

    codes = {one.code for one in told.units} | {""}
    for own in (serving, others):
        assert all(left >= 5 for left in remainders(group(own, ""), codes).values())


def test_a_leader_sees_how_many_serve_a_priority(demonstration: None, sign_in: Any, queries_for: Any):
    member = sign_in("member")
    told = Objectives.read(read_whole(today()), today())
    assert told is not None
    year = AppraisalYear.objects.get(period="2026/27")
    assert {one.element.code: one.people for one in people_who_serve(year, today()) if one.people} == {
        code: told.leading_to(code).people for code in ("P1", "P2", "P3", "P4", "P5")
    }
    number = told.leading_to("P4").people
    assert number is not None and number >= 5  # noqa: PT018
    for path in ("/elements/P4/", "/thread/element/P4/"):
        assert f"{number} people have an objective that leads to it, of {len(told.unit_of)}." in text(member, path)
        assert queries_for(member, path) <= 25
    assert f"{number} have an objective that leads to it" in text(member, "/thread/")
    # Of another day, and of what is no priority, nothing is told.
    assert "an objective that leads to it" not in text(member, "/thread/element/P4/?on=2026-06-01")
    assert "an objective that leads to it" not in text(member, "/thread/element/P4-2/")
    # Below five it is not told.
    keep = set(Appraisal.objects.filter(year__period="2026/27").order_by("pk").values_list("pk", flat=True)[:20])
    Objective.objects.exclude(appraisal__in=keep).update(dropped_on=today())
    few = Objectives.read(read_whole(today()), today())
    assert few is not None
    assert (few.leading_to("P4").people is None) == (len(few._leading.get("P4", ())) < 5)


def test_people_with_no_objective_are_a_gap_in_numbers(demonstration: None, sign_in: Any, queries_for: Any):
    found = gaps().people
    assert found is not None
    everybody = Appraisal.objects.filter(~left_out_on(today()), year__period="2026/27", closed_on__isnull=True)
    assert found.all == everybody.values("person").distinct().count()
    assert [day for day, _without, _all in found.trend] == [
        date(2026, 6, 30),
        date(2026, 9, 30),
        date(2026, 12, 31),
    ]
    page = text(sign_in("member"), "/gaps/")
    for one in found.units:
        if one.all < found.all:
            assert one.name in page
    assert 'id="person-without-objective"' in page
    assert not any(name in page for name in everybody.values_list("person__name", flat=True)[:3])
    assert queries_for(sign_in("member"), "/gaps/") <= 25
    out = io.StringIO()
    call_command("gaps", "--format", "json", stdout=out)
    assert json.loads(out.getvalue())["people_without_objective"]["people"] == found.people
    out = io.StringIO()
    call_command("gaps", stdout=out)
    assert f"People with no objective: {found.people} of {found.all}" in out.getvalue()
    # Of a directorate no total is told besides those of its units.
    assert gaps(unit="CIT").people.people is None


def text(client: Any, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()
