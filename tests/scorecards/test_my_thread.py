"""My thread on home: what a person's posts answer for, each part with its line up to the priority."""

import re
from datetime import date
from typing import Any

from goldenthread.plans.models import Action, Element
from goldenthread.scorecards.queries.my_thread import thread_of
from goldenthread.scorecards.queries.thread import Threads


def body(response: Any) -> str:
    assert response.status_code == 200
    return response.content.decode()


def test_each_part_has_its_line_from_the_priority(demonstration: None):
    found = thread_of(Threads.read(), "deborah-lockyer")
    lines = {mine.node.code: [node.code for node in mine.line] for mine in found.elements}
    assert lines["WST-1"] == ["P4", "P4-2", "CIT-A2"]
    assert lines["P4-2"] == ["P4"]
    actions = {mine.node.code: [node.code for node in mine.line] for mine in found.actions}
    assert actions["WST-2-A1"] == ["P4", "P4-2", "CIT-A2", "WST-2"]
    assert [mine.node.status for mine in found.actions][:1] == ["late"]


def test_home_fetches_it_and_leads_to_it(demonstration: None, sign_in: Any):
    head = sign_in("head_of_service")
    home = body(head.get("/"))
    assert 'hx-get="/my-thread/"' in home
    assert '<a href="/my-thread/">' in home
    whole = body(head.get("/my-thread/"))
    part = body(head.get("/my-thread/", headers={"HX-Request": "true"}))
    assert "<h1" not in part
    assert whole.count("<h1") == 1
    for page in (whole, part):
        assert "My objectives" in page
        assert re.search(r'<a href="/elements/P4/">A clean, green city that moves</a>', page)


def test_whose_posts_answer_for_nothing_is_told_where_to_look(demonstration: None, sign_in: Any):
    assert "You answer for nothing in a plan yet." in body(sign_in("auditor").get("/my-thread/"))
    assert 'hx-get="/my-thread/"' not in body(sign_in("auditor").get("/"))


def test_what_goes_on_with_next_years_plan_is_still_mine_to_do(demonstration: None):
    """Once a plan is to be succeeded its open actions belong to the next one, which has not begun."""
    action = Action.objects.get(code="WST-2-A1")
    Element.objects.filter(pk=action.element_id).update(starts=date(2027, 4, 1))
    found = {mine.node.code: mine.line for mine in thread_of(Threads.read(), "deborah-lockyer").actions}
    assert found["WST-2-A1"] == []
