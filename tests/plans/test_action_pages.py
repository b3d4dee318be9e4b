"""Actions as those who do them meet them: listed, drawn, reported on, put off by another's leave, finished."""

from datetime import date
from typing import Any

import pytest

from goldenthread.plans.models import Action, Element


@pytest.fixture
def officer(demonstration: None, sign_in: Any) -> Any:
    return sign_in("performance_officer")


def body(response: Any) -> str:
    assert response.status_code == 200
    return response.content.decode()


def rows(page: str) -> int:
    return page.count('<th scope="row"')


def test_late_ones_stand_first(officer: Any):
    page = body(officer.get("/actions/"))
    assert rows(page) == Action.objects.count()
    order = [page.index(f"gt-status--{status}") for status in ("late", "at_risk", "no_date", "on_track", "complete")]
    assert order == sorted(order)


def test_the_list_is_filtered(officer: Any, sign_in: Any):
    late = body(officer.get("/actions/", {"status": "late"}))
    assert "Bus lanes on Northway Road" in late
    assert "gt-status--on_track" not in late.split("<tbody>")[1]
    waste = body(officer.get("/actions/", {"unit": "WST"}))
    assert rows(waste) == Action.objects.filter(element__plan__unit__code="WST").count()
    city = body(officer.get("/actions/", {"unit": "CIT"}))
    assert rows(city) > rows(waste)
    mine = body(sign_in("head_of_service").get("/actions/", {"mine": "on"}))
    assert rows(mine) == Action.objects.filter(owner__code="WST-HEAD").count() > 0
    asked = body(officer.get("/actions/", {"asked": "on"}))
    assert rows(asked) == 2
    assert "No action fits" in body(officer.get("/actions/", {"q": "unicorns"}))
    assert body(officer.get("/actions/", {"unit": "NOWHERE", "status": "?"}))


def test_the_months_are_a_table_with_a_bar_in_each_row(officer: Any):
    page = body(officer.get("/actions/timeline/", {"unit": "CIT"}))
    assert page.count('class="gt-timeline"') == rows(page) + 1
    assert (
        "<title>Late: it was due on 30 November 2026, 49 days ago; re-scheduled to 30 June 2027; 45% done</title>"
        in page
    )


def test_an_action_says_what_was_promised_and_what_is_due_now(officer: Any):
    page = body(officer.get("/actions/HWY-3-A1/"))
    assert "30 November 2026" in page
    assert "30 June 2027" in page
    assert "Approved: 30 June 2027" in page
    assert "100% of the time has passed" in page


def test_progress_is_reported_and_refused_by_the_field(demonstration: None, sign_in: Any):
    head = sign_in("head_of_service")
    assert "from 0 to 100" in body(head.post("/actions/WST-2-A1/report/", {"progress": "140"}))
    sent = {"progress": "80", "note": "Ten wards of twelve."}
    assert head.post("/actions/WST-2-A1/report/", sent).headers["Location"] == "/actions/WST-2-A1/"
    assert "Ten wards of twelve." in body(head.get("/actions/WST-2-A1/"))
    assert head.get("/actions/HWY-3-A1/report/").status_code == 403


def test_a_date_is_put_off_by_somebody_else(demonstration: None, sign_in: Any, officer: Any):
    head = sign_in("head_of_service")
    sent = {"due": "30/6/2027", "reason": "The vehicles come in May."}
    assert head.post("/actions/WST-2-A1/another-date/", sent).status_code == 302
    action = Action.objects.get(code="WST-2-A1")
    assert action.due == action.original_due == date(2027, 3, 31)
    assert "Somebody other than the one who asked decides" in body(head.get("/actions/WST-2-A1/"))
    own = body(head.post("/actions/WST-2-A1/decide/", {"approve": "yes"}))
    assert "Somebody other than the one who asked decides." in own
    assert "Decide" in body(officer.get("/actions/WST-2-A1/"))
    assert "Write one." in body(officer.post("/actions/WST-2-A1/decide/", {"approve": "no"}))
    assert officer.post("/actions/WST-2-A1/decide/", {"approve": "yes"}).status_code == 302
    action.refresh_from_db()
    assert (action.original_due, action.due) == (date(2027, 3, 31), date(2027, 6, 30))
    assert officer.get("/actions/WST-2-A1/decide/").status_code == 302


def test_a_step_is_reached_and_the_action_finished(demonstration: None, sign_in: Any):
    head = sign_in("head_of_service")
    assert head.post("/actions/WST-2-A1/steps/M3/reached/", {"reached_on": "15/1/2027"}).status_code == 302
    assert "still to come" in body(head.post("/actions/WST-2-A1/complete/", {"completed_on": "1/2/2027"}))
    assert head.post("/actions/WST-2-A1/complete/", {"completed_on": "15/1/2027"}).status_code == 302
    page = body(head.get("/actions/WST-2-A1/"))
    assert "gt-status--complete" in page
    assert "in time for 31 March 2027" in page
    assert "Report progress" not in page


def test_an_action_is_promised_changed_and_given_up(officer: Any):
    element = Element.objects.get(code="LIB-2")
    page = body(officer.get("/actions/new/", {"element": element.code}))
    assert 'value="LIB-2-A2"' in page
    sent = {"code": "LIB-2-A2", "title": "Sunday opening in summer", "element": "LIB-2", "due": "31/8/2027"}
    assert officer.post("/actions/new/?element=LIB-2", sent).headers["Location"] == "/actions/LIB-2-A2/"
    assert "is in use already" in body(officer.post("/actions/new/", sent))
    change = {"title": "Sunday opening all year", "element": "LIB-2", "owner": ""}
    assert officer.post("/actions/LIB-2-A2/change/", change).status_code == 302
    assert officer.post("/actions/LIB-2-A2/steps/new/", {"code": "M1", "title": "Staff asked"}).status_code == 302
    assert officer.post("/actions/LIB-2-A2/give-up/", {"reason": "No budget"}).status_code == 302
    action = Action.objects.get(code="LIB-2-A2")
    assert (action.title, action.state, action.milestones.count()) == ("Sunday opening all year", "cancelled", 1)


def test_a_closed_action_offers_nothing_to_fill_in(officer: Any):
    Action.objects.filter(code="LIB-2-A1").update(state="cancelled")
    for path in ("give-up/", "steps/new/", "change/", "report/", "complete/", "another-date/"):
        page = body(officer.get(f"/actions/LIB-2-A1/{path}"))
        assert "This action is closed" in page, path
        assert '<form method="post" novalidate' not in page, path
    refused = body(officer.post("/actions/LIB-2-A1/steps/new/", {"code": "M1", "title": "Scaffolding ordered"}))
    assert "This action is closed." in refused
    assert "Scaffolding ordered" in refused


def test_a_date_that_was_missing_is_given(officer: Any):
    sent = {"title": "Repair the roof of the Guildhall Museum", "element": "LIB-2", "due": "30/9/2027"}
    assert officer.post("/actions/LIB-2-A1/change/", sent).status_code == 302
    assert Action.objects.get(code="LIB-2-A1").original_due == date(2027, 9, 30)


def test_what_the_list_shows_can_be_taken_out(officer: Any):
    answer = officer.get("/actions/", {"unit": "WST", "format": "csv"})
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert answer.headers["Content-Disposition"] == 'attachment; filename="Actions.csv"'
    assert lines[0].startswith("Code,Action,Status,Why,Done for,Unit,Owner")
    assert len(lines) == 1 + Action.objects.filter(element__plan__unit__code="WST").count()
    Action.objects.filter(code="WST-2-A1").update(title="=HYPERLINK()")
    assert "'=HYPERLINK()" in officer.get("/actions/", {"unit": "WST", "format": "csv"}).content.decode()
    assert officer.get("/actions/", {"format": "xlsx"}).content.startswith(b"PK")
