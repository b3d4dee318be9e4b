"""One plan and one element with their live statuses; a measure linked, and one plan that takes over from another."""

from datetime import date
from typing import Any

import pytest

from goldenthread.measures.models import MeasureLink
from goldenthread.plans.models import Element, Plan


@pytest.fixture
def officer(demonstration: None, sign_in: Any) -> Any:
    return sign_in("performance_officer")


def body(response: Any) -> str:
    assert response.status_code == 200
    return response.content.decode()


def test_a_plan_is_a_tree_whose_statuses_explain_themselves(officer: Any):
    page = body(officer.get("/plans/CP25/"))
    assert page.index("A clean, green city that moves") < page.index("Less is thrown away")
    assert "Amber: the mean score of 4 rated is 75, nearest to amber (50)." in page
    assert "gt-indent-2" in page
    assert "Folasade Adeyinka" in page
    assert "£318.6m net" in page


def test_a_plan_that_is_over_is_shown_as_on_its_last_day(officer: Any):
    page = body(officer.get("/plans/CP21/"))
    assert "It is shown as it stood on its last day, 31 March 2025." in page
    assert "Quarter 3 2024/25" in page
    assert "Followed by" in page
    assert "Add to the plan" not in page


def test_a_plan_with_nothing_in_it_says_what_to_do_next(officer: Any):
    Plan.objects.create(code="DIG-26", title="Digital: Service Plan", starts=date(2026, 4, 1))
    page = body(officer.get("/plans/DIG-26/"))
    assert "Nothing in it yet" in page
    assert "Add the first" in page


def test_an_element_shows_the_lines_up_and_down(officer: Any):
    page = body(officer.get("/elements/P4-2/"))
    assert "Less is thrown away, and more of it is recycled" in page
    line = ["A city where everyone can live well", "A clean, green city that moves", "gt-thread__step--here"]
    assert [page.index(part) for part in line] == sorted(page.index(part) for part in line)
    assert "A waste service that is right first time" in page
    assert "the mean score of" in page
    assert officer.get("/elements/NOWHERE/").status_code == 404
    assert officer.get("/plans/NOWHERE/").status_code == 404


def test_a_member_does_not_see_what_is_kept_inside(demonstration: None, sign_in: Any, officer: Any):
    inside = MeasureLink.objects.filter(measure__release="internal", ends__isnull=True).first()
    assert inside is not None
    path = f"/elements/{inside.element.code}/"
    assert inside.measure.code in body(officer.get(path))
    page = body(sign_in("member").get(path))
    assert f">{inside.measure.code} " not in page
    assert "kept inside the council's offices" in page or "kept inside the council&#39;s offices" in page


def test_a_measure_is_linked_weighed_and_unlinked(officer: Any):
    sent = {"measure": "DG-01", "weight": "1", "starts": "1/4/2026"}
    assert officer.post("/elements/WST-1/measures/new/", sent).status_code == 302
    again = body(officer.post("/elements/WST-1/measures/new/", sent))
    assert "DG-01 shows WST-1 already then." in again
    officer.post("/elements/WST-1/measures/DG-01/weigh/", {"weight": "3", "starts": "1/1/2027"})
    officer.post("/elements/WST-1/measures/DG-01/end/", {"ends": "17/1/2027"})
    found = MeasureLink.objects.filter(measure__code="DG-01").order_by("starts")
    assert [(str(row.weight), str(row.ends)) for row in found] == [("1", "2026-12-31"), ("3", "2027-01-17")]


def test_one_plan_takes_over_from_another(officer: Any):
    Plan.objects.create(
        code="WST-27", title="Waste: Service Plan 2027/28", kind="Service plan", starts=date(2027, 4, 1)
    )
    plan = Plan.objects.get(code="WST-27")
    plan.unit = Plan.objects.get(code="WST-26").unit
    plan.save()
    page = body(officer.get("/plans/WST-26/succeed/"))
    assert "Bins are emptied on the day promised" in page
    sent = {"successor": "WST-27", "starts": "1/4/2027", "reason": "Cabinet"}
    for code, fate, into in (("WST-1", "carry", ""), ("WST-2", "carry", ""), ("WST-3", "merge", "WST-2")):
        sent |= {f"fate-{code}": fate, f"into-{code}": into, f"code-{code}": f"{code}-27", f"title-{code}": ""}
    wrong = body(officer.post("/plans/WST-26/succeed/", sent | {"into-WST-3": ""}))
    assert "Say what WST-3 is merged into." in wrong
    assert officer.post("/plans/WST-26/succeed/", sent).headers["Location"] == "/plans/WST-27/"
    onward = dict(Element.objects.filter(plan__code="WST-26").values_list("code", "succeeded_by__code"))
    assert onward == {"WST-1": "WST-1-27", "WST-2": "WST-2-27", "WST-3": "WST-2-27"}
    assert "Bins are emptied on the day promised" in body(officer.get("/plans/WST-27/"))


def test_without_a_next_plan_one_is_begun_first(officer: Any):
    assert "No plan can take over yet" in body(officer.get("/plans/HWY-26/succeed/"))


def test_a_plan_on_a_page_has_all_its_parts(officer: Any):
    page = body(officer.get("/plans/WST-26/on-a-page/"))
    parts = ["What it is for", "Budget", "People who answer for it", "What we will achieve", "How we will know"]
    for part in [*parts, "What we will do", "What could stop us", "£16.9m net", "Deborah Lockyer"]:
        assert part in page
