"""The site with a keyboard alone, and without JavaScript: the board, a figure entered, in and out."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings

from goldenthread.council.models import Role
from goldenthread.demonstration import SIGN_INS

pytestmark = pytest.mark.browser


@pytest.fixture
def plain(browser: Any) -> Iterator[Any]:
    """A page on which no script runs."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900}, locale="en-GB")
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def email_of(role: Role) -> str:
    return next(email for known, _person, email in SIGN_INS if known == role)


def tab_to(page: Any, within: str, most: int = 60) -> None:
    """Press Tab until the focus is on what matches ``within``."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("within => document.activeElement.matches(within)", within):
            return
    raise AssertionError(f"{most} tabs do not reach {within}")


def rows_of(page: Any) -> int:
    """How many measures are on the board, once all of it is there: a browser shows a page while it is still coming."""
    page.wait_for_load_state()
    return int(page.locator("#board tbody th[scope=row]").count())


# With a keyboard alone.


def test_the_first_tab_skips_to_the_content(read_site: Any, page: Any) -> None:
    read_site.open(page, "/measures/", role=Role.VIEWER)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    assert page.locator(".govuk-skip-link").bounding_box()["height"] > 20
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_where_the_focus_is_can_be_seen(read_site: Any, page: Any) -> None:
    read_site.open(page, "/measures/", role=Role.VIEWER)
    unseen = []
    for _ in range(40):
        page.keyboard.press("Tab")
        unseen += page.evaluate(
            """() => {
                const it = document.activeElement, look = getComputedStyle(it);
                const shown = (look.outlineStyle !== "none" && parseFloat(look.outlineWidth) > 0)
                    || look.boxShadow !== "none" || it.matches("input[type=radio], input[type=checkbox]");
                return shown || it === document.body ? [] : [it.outerHTML.slice(0, 120)];
            }"""
        )
    assert unseen == []


def test_the_board_is_filtered_with_a_keyboard(read_site: Any, page: Any) -> None:
    read_site.open(page, "/measures/", role=Role.PERFORMANCE_OFFICER)
    everything = rows_of(page)
    tab_to(page, "input[name=q]")
    with page.expect_response("**/measures/?*"):
        page.keyboard.type("sickness")
    page.wait_for_function("document.querySelectorAll('#board tbody th[scope=row]').length < 20")
    assert 0 < rows_of(page) < everything
    assert "q=sickness" in page.url
    assert page.evaluate("document.activeElement.name") == "q"


def test_the_board_is_sorted_with_a_keyboard(read_site: Any, page: Any) -> None:
    read_site.open(page, "/measures/", role=Role.PERFORMANCE_OFFICER)
    tab_to(page, "a.gt-sort")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator("th[aria-sort=ascending]").count() == 1
    assert page.locator("#board tbody tr").first.locator(".gt-status").first.inner_text().startswith("Red")


def test_a_status_explains_itself_with_a_keyboard(read_site: Any, page: Any) -> None:
    read_site.open(page, "/measures/?sort=status", role=Role.PERFORMANCE_OFFICER)
    tab_to(page, ".gt-why summary", most=90)
    page.keyboard.press("Enter")
    assert "target" in page.locator(".gt-why[open] .gt-why__words").inner_text()


# Without JavaScript.


def test_signing_in_and_out_without_a_script(read_site: Any, plain: Any) -> None:
    plain.goto(f"{read_site.url}/measures/")
    plain.get_by_label("E-mail address").fill(email_of(Role.AUDITOR))
    plain.get_by_label("Password", exact=True).fill(settings.DEMONSTRATION_PASSWORD)
    plain.get_by_role("button", name="Sign in", exact=True).click()
    assert plain.url == f"{read_site.url}/measures/"
    plain.locator(".gt-account summary").click()
    plain.get_by_role("button", name="Sign out").click()
    plain.goto(f"{read_site.url}/measures/")
    assert "/accounts/login/" in plain.url


def test_the_board_is_filtered_and_sorted_without_a_script(read_site: Any, plain: Any) -> None:
    read_site.open(plain, "/measures/", role=Role.PERFORMANCE_OFFICER)
    everything = rows_of(plain)
    plain.get_by_label("Exceptions only").check()
    plain.get_by_role("button", name="Show", exact=True).click()
    exceptions = rows_of(plain)
    assert 0 < exceptions < everything
    plain.get_by_role("link", name="Status", exact=True).click()
    assert rows_of(plain) == exceptions
    assert plain.locator("th[aria-sort=ascending]").count() == 1


def test_a_figure_is_entered_without_a_script(site: Any, plain: Any) -> None:
    """About 81% as a rule: a slip is refused, what is odd is asked about, what is right is kept."""
    site.open(plain, "/measures/CS-04/", role=Role.MEASURE_OWNER)
    plain.get_by_role("link", name="Enter").first.click()
    enter(plain, "eighty", "9,000")
    assert "“eighty” is not a number" in plain.locator(".govuk-error-summary").inner_text()
    enter(plain, "76", "9,000")
    assert "Look again before you save" in plain.locator("main").inner_text()
    assert plain.locator("input[name=numerator]").input_value() == "76"
    enter(plain, "7,300", "9,000")
    assert plain.locator("h1").inner_text() == "Saved"
    assert "81.1%" in plain.locator(".gt-headline").inner_text()
    plain.get_by_role("link", name="See Resolved at first contact").click()
    assert "81.1%" in plain.locator("main").inner_text()


def enter(page: Any, numerator: str, denominator: str) -> None:
    page.locator("input[name=numerator]").fill(numerator)
    page.locator("input[name=denominator]").fill(denominator)
    page.get_by_role("button", name="Save", exact=True).last.click()
