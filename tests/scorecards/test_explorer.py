"""The thread explorer and the gaps: walked by links alone, and closed one by one."""

import re
from datetime import date
from typing import Any

import pytest

from goldenthread.plans.models import Element, Plan
from goldenthread.scorecards.queries.gaps import gaps
from tests.scorecards.growth import grow


@pytest.fixture
def officer(demonstration: None, sign_in: Any) -> Any:
    return sign_in("performance_officer")


def body(response: Any) -> str:
    assert response.status_code == 200
    return response.content.decode()


def columns(page: str) -> list[list[str]]:
    """The codes in each column, from the left."""
    parts = re.split(r'<div class="gt-column[ "]', page)[1:]
    return [re.findall(r'data-node="\w+ ([^"]+)"', part) for part in parts]


def test_a_leader_begins_with_a_priority(demonstration: None, sign_in: Any):
    page = body(sign_in("member").get("/thread/"))
    assert "A clean, green city that moves" in page
    assert "6 units and 10 people serve it" in page


def test_one_person_serves_and_several_serve(officer: Any):
    assert "<strong>1 person</strong> serves it." in " ".join(body(officer.get("/thread/measure/WS-01/")).split())


def test_columns_go_from_the_vision_to_the_last_action(officer: Any):
    page = body(officer.get("/thread/element/P4/"))
    found = columns(page)
    assert found[:3] == [["WT-V"], ["V"], ["P4"]]
    assert found[3] == ["P4-1", "P4-2", "P4-3", "P4-4"]
    assert "WST-2-A1" in found[-1]
    assert "<strong>10 people</strong> and <strong>6 units</strong>" in page
    assert 'href="/thread/unit/WST/"' in page


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/thread/measure/WS-03/", "It serves"),
        ("/thread/action/HWY-3-A1/", "It serves"),
        ("/thread/unit/WST/", "It serves"),
        ("/thread/person/deborah-lockyer/", "Their work serves"),
    ],
)
def test_from_anything_up_to_the_priority(officer: Any, path: str, said: str):
    page = body(officer.get(path))
    assert ">A clean, green city that moves</a>" in page
    assert said in page


def test_a_long_column_is_shown_in_part_and_then_whole(officer: Any):
    grow(0, 200)
    page = body(officer.get("/thread/element/P4-2/"))
    assert "Show " in page
    assert page.count('class="gt-node"') < body(officer.get("/thread/element/P4-2/?all=on")).count('class="gt-node"')


def test_last_year_shows_last_years_thread(officer: Any):
    page = body(officer.get("/thread/element/WT-V/?on=2024-11-01"))
    assert "The thread as it was on 1 November 2024, with the statuses that stood then." in page
    assert "CP21-1" in [code for column in columns(page) for code in column]
    assert "?on=2024-11-01" in page
    assert officer.get("/thread/element/WST-1/?on=2024-11-01").status_code == 404


def test_what_is_looked_for_is_found_by_every_word(officer: Any):
    page = body(officer.get("/thread/", {"q": "bins promised"}))
    assert "Bins are emptied on the day promised" in page
    assert "Nothing found" in body(officer.get("/thread/", {"q": "unicorns"}))
    assert officer.get("/thread/nonsense/P4/").status_code == 404
    assert officer.get("/thread/element/NOWHERE/").status_code == 404


def test_a_member_is_not_led_to_what_is_kept_inside(demonstration: None, sign_in: Any, officer: Any):
    staff, member = (body(client.get("/thread/element/V/?all=on")) for client in (officer, sign_in("member")))
    hidden = {code for column in columns(staff) for code in column} - {
        code for column in columns(member) for code in column
    }
    assert hidden
    assert sign_in("member").get(f"/thread/measure/{sorted(hidden)[0]}/").status_code == 404


# Gaps.


def test_every_gap_says_what_closes_it(officer: Any):
    page = body(officer.get("/gaps/"))
    found = gaps()
    assert page.count("gt-button--small") == len(found.gaps)
    assert f"{found.coverage.covered} of {found.coverage.total} things looked at have no gap" in page
    assert "48%" in page
    for link in re.findall(r'gt-button--small" href="([^"#]+)', page):
        assert officer.get(link.replace("&amp;", "&")).status_code == 200


def test_gaps_of_one_directorate(officer: Any):
    page = body(officer.get("/gaps/?unit=CIT"))
    assert "The worst main roads are resurfaced first" in page
    assert "Museums that visitors" not in page
    assert body(officer.get("/gaps/?unit=NOWHERE"))


def test_who_may_not_close_a_gap_is_told_who_does(demonstration: None, sign_in: Any):
    viewer = body(sign_in("viewer").get("/gaps/"))
    assert "gt-button--small" not in viewer
    head = sign_in("head_of_service")
    for link in re.findall(r'gt-button--small" href="([^"#]+)', body(head.get("/gaps/"))):
        assert head.get(link.replace("&amp;", "&")).status_code == 200


def test_an_officer_closes_each_kind_of_gap(officer: Any):
    before = len(gaps().gaps)
    officer.post("/elements/WT-C/measures/new/", {"measure": "DG-01", "weight": "1", "starts": "1/4/2026"})
    element = Element.objects.get(code="HWY-4")
    officer.post(
        "/elements/HWY-4/change/",
        {
            "edition": element.edition,
            "kind": "objective",
            "title": element.title,
            "owner": "HWY-HEAD",
            "roll_up": "counts",
        },
    )
    officer.post("/measures/DG-02/serves/", {"element": "WST-1", "weight": "1", "starts": "1/4/2026"})
    officer.post("/actions/LIB-2-A1/change/", {"title": "Repair the roof", "element": "LIB-2", "due": "30/9/2027"})
    officer.post("/elements/HNE-3/serves/CP21-4/end/", {"ends": "17/1/2027"})
    officer.post("/plans/LEG-26/next-step/", {"reason": "Cabinet"})
    assert {gap.check for gap in gaps().gaps} == {
        "objective_without_owner",
        "action_without_date",
        "service_without_plan",
    }
    assert len(gaps().gaps) == before - 7
    assert Plan.objects.get(code="LEG-26").state == "adopted"
    assert Element.objects.get(code="HWY-4").owner.code == "HWY-HEAD"
    assert gaps(date(2027, 1, 17)).coverage.total


def test_the_gaps_can_be_taken_out(officer: Any):
    lines = officer.get("/gaps/", {"format": "csv"}).content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Gap,Code,What,Whose,Directorate,What is missing"
    assert len(lines) == 1 + len(gaps().gaps)
    assert officer.get("/gaps/", {"format": "xlsx"}).content.startswith(b"PK")


# What a measure serves.


def test_a_measure_leads_to_what_it_serves(officer: Any):
    assert 'hx-get="/measures/WS-03/line/"' in body(officer.get("/measures/WS-03/"))
    page = body(officer.get("/measures/WS-03/line/"))
    line = ["A city where everyone can live well", "A clean, green city that moves", "Bins are emptied on the day"]
    assert [page.index(part) for part in line] == sorted(page.index(part) for part in line)
    part = body(officer.get("/measures/WS-03/line/", headers={"HX-Request": "true"}))
    assert "<h1" not in part
    assert "Follow the thread" in part


def test_a_measure_that_serves_nothing_says_so(officer: Any, sign_in: Any):
    assert "Say what it shows" in body(officer.get("/measures/DG-01/line/"))
    assert "Say what it shows" not in body(sign_in("viewer").get("/measures/DG-01/line/"))
    assert "It shows no element" in body(officer.get("/measures/CS-01/line/"))
    assert 'id="serves"' not in body(sign_in("supplier").get("/measures/"))
    assert officer.get("/measures/NOWHERE/line/").status_code == 404
