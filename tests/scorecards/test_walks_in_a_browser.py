"""The thread walked with a keyboard alone: by a leading member, by somebody who does the work, by an officer."""

import re
from typing import Any

import pytest

from goldenthread.council.models import Role
from tests.house.test_keyboard_and_script import tab_to

pytestmark = pytest.mark.browser

#: No walk needs more tabs than this from one stop to the next.
FAR = 160


def follow(page: Any, within: str) -> None:
    """Tab to a link and press Enter."""
    tab_to(page, within, most=FAR)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def heading(page: Any) -> str:
    return str(page.locator("h1").inner_text())


def focused(page: Any) -> str:
    return str(page.evaluate("document.activeElement.dataset.node || ''"))


def test_a_member_walks_from_a_priority_to_the_teams_and_people_who_serve_it(read_site: Any, page: Any) -> None:
    read_site.open(page, "/", role=Role.MEMBER)
    follow(page, ".gt-navigation a[href='/plans/']")
    follow(page, ".gt-sections a[href='/thread/']")
    follow(page, "a[href='/thread/element/P4/']")
    assert heading(page) == "A clean, green city that moves"
    assert re.search(r"10 people and 6 units serve it", page.locator(".gt-serving").inner_text())
    assert re.search(r"\d+ people have an objective that leads to it, of \d+", page.locator(".gt-serving").inner_text())
    tab_to(page, "[data-columns]", most=FAR)
    page.keyboard.press("ArrowRight")
    assert focused(page) == "element P4-1"
    page.keyboard.press("ArrowDown")
    assert focused(page) == "element P4-2"
    page.keyboard.press("ArrowRight")
    assert focused(page) == "element CIT-A2"
    assert page.locator(".gt-node--tied").count() > 0
    page.keyboard.press("ArrowLeft")
    assert focused(page) == "element P4-2"
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert heading(page) == "Less is thrown away, and more of it is recycled"
    follow(page, "a[href='/thread/unit/WST/']")
    assert heading(page) == "Waste and Recycling"
    assert "people" in page.locator(".gt-serving").inner_text()


def test_somebody_walks_from_their_objective_to_the_priority(read_site: Any, page: Any) -> None:
    read_site.open(page, "/", role=Role.HEAD_OF_SERVICE)
    page.wait_for_selector("#my-thread .gt-mine")
    follow(page, "#my-thread a[href='/elements/WST-1/']")
    assert heading(page) == "Bins are emptied on the day promised"
    follow(page, "#upward a[href='/elements/P4/']")
    assert heading(page) == "A clean, green city that moves"


def test_an_officer_closes_a_gap(site: Any, page: Any) -> None:
    site.open(page, "/plans/", role=Role.PERFORMANCE_OFFICER)
    follow(page, ".gt-sections a[href='/gaps/']")
    before = page.locator("#objective-without-owner tbody tr").count()
    follow(page, "a[href^='/elements/HWY-4/change/']")
    tab_to(page, "#id_owner", most=FAR)
    page.keyboard.type("Head of Highways")
    assert page.locator("#id_owner").input_value() == "HWY-HEAD"
    follow(page, "main form button[type=submit]")
    assert "Kenneth Brodrick" in page.locator("main").inner_text()
    page.goto(f"{site.url}/gaps/")
    assert page.locator("#objective-without-owner tbody tr").count() == before - 1


def test_the_columns_are_plain_links_without_a_script(read_site: Any, browser: Any) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    read_site.open(page, "/thread/element/P4/", role=Role.VIEWER)
    page.locator("a.gt-node[data-node='element P4-2']").click()
    assert heading(page) == "Less is thrown away, and more of it is recycled"
    context.close()


@pytest.mark.parametrize("code", ["WST-26", "CP25", "PIP26", "CIT-DP"])
def test_a_plan_on_a_page_prints_on_one_side_of_a4(read_site: Any, page: Any, code: str) -> None:
    read_site.open(page, f"/plans/{code}/on-a-page/", role=Role.VIEWER)
    printed = page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page[^s]", printed)) == 1
