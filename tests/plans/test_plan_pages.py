"""Plans as their writers meet them: listed, begun, changed, moved on; elements added, linked, commented on."""

from typing import Any

import pytest

from goldenthread.plans.models import Element, ElementCommentary, ElementJudgement, Link, Plan


@pytest.fixture
def officer(demonstration: None, sign_in: Any) -> Any:
    return sign_in("performance_officer")


def body(response: Any) -> str:
    assert response.status_code == 200
    return response.content.decode()


def test_plans_stand_by_kind_the_widest_first(officer: Any):
    page = body(officer.get("/plans/"))
    kinds = ["Community strategy", "Council plan", "Directorate plan", "Programme", "Service plan"]
    places = [page.index(f"<h2>{kind} ") for kind in kinds]
    assert places == sorted(places)
    assert "Council Plan 2021 to 2025" in page
    assert page.count("Council Plan 2021 to 2025") == 1  # only as what the plan after it follows


def test_another_year_has_other_plans(officer: Any):
    page = body(officer.get("/plans/", {"year": "2024/25"}))
    assert "Council Plan 2021 to 2025" in page
    assert "Service Plan 2026/27" not in page
    assert "No plan fits" in body(officer.get("/plans/", {"q": "unicorns"}))


def test_a_plan_is_begun_written_and_moved_on(officer: Any):
    sent = {
        "code": "DIG-26",
        "title": "Digital and Information: Service Plan 2026/27",
        "kind": "Service plan",
        "unit": "DIG",
        "starts": "1/4/2026",
        "ends": "31/3/2027",
    }
    assert officer.post("/plans/new/", sent).headers["Location"] == "/plans/DIG-26/"
    element = {
        "code": "DIG-1",
        "kind": "objective",
        "title": "Whatever can be done online is done online",
        "serves": "P6-1",
        "owner": "",
        "roll_up": "counts",
    }
    wrong = body(officer.post("/plans/DIG-26/add/", element | {"title": ""}))
    assert "There is a problem" in wrong
    above = Element.objects.filter(plan__code="CP25", kind__code="outcome").first()
    assert above is not None
    answer = officer.post("/plans/DIG-26/add/", element | {"serves": above.code})
    assert answer.headers["Location"] == "/elements/DIG-1/"
    assert Link.objects.filter(above=above, below__code="DIG-1").count() == 1
    for state in ("consulted", "adopted"):
        assert officer.post("/plans/DIG-26/next-step/", {"reason": "Cabinet, 12 January 2027"}).status_code == 302
        assert Plan.objects.get(code="DIG-26").state == state
    officer.post("/plans/DIG-26/next-step/", {"ends": "18/1/2027"})
    assert Plan.objects.get(code="DIG-26").state == "closed"
    assert officer.get("/plans/DIG-26/add/").headers["Location"] == "/plans/DIG-26/"


def test_a_refused_element_leaves_nothing_behind(officer: Any):
    sent = {"code": "WST-9", "kind": "objective", "title": "Compost", "serves": "nowhere", "roll_up": "counts"}
    assert "Select a valid choice" in body(officer.post("/plans/WST-26/add/", sent))
    assert not Element.objects.filter(code="WST-9").exists()


def test_a_circle_is_refused_with_the_path_that_would_close(officer: Any):
    page = body(officer.post("/elements/P4/link/", {"above": "WST-1", "weight": "1", "starts": "1/4/2026"}))
    assert "That would go round in a circle: WST-1 → P4 → P4-2 → CIT-A2 → WST-1." in page
    assert not Link.objects.filter(above__code="WST-1", below__code="P4").exists()


def test_a_link_is_weighed_and_ended(officer: Any):
    assert (
        officer.post("/elements/WST-1/serves/CIT-A2/weigh/", {"weight": "2", "starts": "1/1/2027"}).status_code == 302
    )
    found = Link.objects.filter(above__code="CIT-A2", below__code="WST-1").order_by("starts")
    assert [str(link.weight) for link in found] == ["1", "2"]
    assert officer.post("/elements/WST-1/serves/CIT-A2/end/", {"ends": "17/1/2027"}).status_code == 302
    assert str(found.last().ends) == "2027-01-17"
    assert officer.get("/elements/WST-1/serves/NOWHERE/end/").status_code == 404


def test_an_element_is_changed_and_an_older_page_is_not_kept(officer: Any):
    sent = {"edition": "1", "kind": "objective", "title": "Bins emptied on their day", "owner": "WST-HEAD"}
    sent |= {"roll_up": "worst_of", "reason": "Shorter"}
    assert officer.post("/elements/WST-1/change/", sent).status_code == 302
    element = Element.objects.get(code="WST-1")
    assert (element.title, element.roll_up, element.edition) == ("Bins emptied on their day", "worst_of", 2)
    again = body(officer.post("/elements/WST-1/change/", sent | {"title": "Bins"}))
    assert "Somebody changed this while you were writing" in again
    assert 'value="Bins"' in again


def test_the_owner_writes_and_others_do_not(demonstration: None, sign_in: Any):
    head, owner = sign_in("head_of_service"), sign_in("measure_owner")
    sent = {"period": "2026/27 Q3", "comment": "Two rounds were late after Christmas; back to plan by February."}
    assert head.post("/elements/WST-1/commentary/", sent).status_code == 302
    assert ElementCommentary.objects.filter(element__code="WST-1").last().comment == sent["comment"]
    assert owner.get("/elements/WST-1/commentary/").status_code == 403
    assert head.get("/elements/HWY-1/change/").status_code == 403


def test_a_judgement_needs_its_reason_and_its_day(officer: Any):
    page = body(officer.post("/elements/PIP/judge/", {"period": "2026/27 Q3", "status": "amber"}))
    assert page.count("govuk-error-message") >= 2
    sent = {"period": "2026/27 Q3", "status": "amber", "reason": "The workshop is late.", "expires": "31/3/2027"}
    assert officer.post("/elements/PIP/judge/", sent).status_code == 302
    assert ElementJudgement.objects.filter(element__code="PIP").last().status == "amber"


def test_a_closed_plan_offers_nothing_to_fill_in(officer: Any):
    Plan.objects.filter(elements__code="CIT-A2").update(state="closed")
    for path in ("link/", "change/", "judge/", "commentary/", "measures/new/", "serves/P4-2/weigh/"):
        page = body(officer.get(f"/elements/CIT-A2/{path}"))
        assert ("This plan is closed" in page) == (path != "serves/P4-2/weigh/"), path
        assert ('<form method="post" novalidate' in page) == (path == "serves/P4-2/weigh/"), path
    assert "This plan is closed" in body(officer.get("/elements/WST-1/serves/CIT-A2/weigh/"))
    assert 'value="CIT-A2"' not in body(officer.get("/elements/WST-2/link/"))
    sent = {"above": "P1", "weight": "1", "starts": "1/1/2027", "reason": "Cabinet asked for it"}
    refused = body(officer.post("/elements/CIT-A2/link/", sent))
    assert "This plan is closed." in refused
    assert "Cabinet asked for it" in refused
    assert officer.post("/elements/WST-1/serves/CIT-A2/end/", {"ends": "17/1/2027"}).status_code == 302


def test_who_only_reads_is_offered_nothing_to_change(demonstration: None, sign_in: Any):
    viewer = sign_in("viewer")
    assert "New plan" not in body(viewer.get("/plans/"))
    for path in ("/plans/new/", "/plans/WST-26/change/", "/plans/WST-26/add/", "/elements/WST-1/link/"):
        assert viewer.get(path).status_code == 403
    assert sign_in("supplier").get("/plans/").status_code == 403


def test_the_list_takes_the_same_queries_however_many_plans(officer: Any, queries_for: Any):
    Plan.objects.bulk_create(Plan(code=f"TP-{n}", title=f"Team plan {n}", kind="Team plan") for n in range(10))
    before = queries_for(officer, "/plans/?year=all")
    Plan.objects.bulk_create(Plan(code=f"TP-{n}", title=f"Team plan {n}", kind="Team plan") for n in range(10, 1000))
    assert queries_for(officer, "/plans/?year=all") == before <= 25
