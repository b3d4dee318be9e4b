"""The look in a real browser: axe finds nothing, the console is silent, the small scripts do what they say."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from goldenthread.accounts.models import User

pytestmark = [pytest.mark.browser, pytest.mark.urls("tests.web.examples")]


@pytest.mark.parametrize(
    "path", ["/style-guide/", "/about/", "/accessibility/", "/accounts/login/", "/part-of-nothing/"]
)
def test_axe_finds_nothing(path: str, read_site: Any, page: Any, axe: Callable[[Any], None]) -> None:
    page.goto(read_site.url + path)
    axe(page)


@pytest.mark.parametrize("width", [390, 768, 1280])
def test_no_page_is_wider_than_its_window(width: int, read_site: Any, page: Any) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    for path in ("/style-guide/", "/about/", "/accounts/login/"):
        page.goto(read_site.url + path)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path


def test_rows_disappear_as_you_type(read_site: Any, page: Any) -> None:
    page.goto(read_site.url + "/style-guide/")
    page.get_by_label("Find a row").fill("waste recycled")
    assert page.locator("[data-row-filter-count]").text_content() == "1 of 7 shown"
    assert page.locator("#board-table tbody tr:visible").count() == 1


def test_the_parts_that_need_a_script_are_hidden_without_one(browser: Any, read_site: Any) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    plain = context.new_page()
    plain.goto(read_site.url + "/style-guide/")
    expect(plain.locator("[data-print]")).not_to_be_visible()
    expect(plain.locator("[data-row-filter]")).not_to_be_visible()
    expect(plain.get_by_role("link", name="Calls answered within 60 seconds").first).to_be_visible()
    context.close()


def test_a_reader_signs_in_and_out(empty_site: Any, page: Any, axe: Callable[[Any], None]) -> None:
    User.objects.create_user("ann.doyle@wenlow.example", "a-long-enough-one", name="Ann Doyle")
    page.goto(empty_site.url + "/signed-in/")
    page.get_by_label("E-mail address").fill("ann.doyle@wenlow.example")
    page.get_by_label("Password", exact=True).fill("a-long-enough-one")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_text("Ann Doyle").click()
    axe(page)
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/accounts/login/**")


def test_the_menu_closes_on_escape(empty_site: Any, page: Any, client: Any) -> None:
    client.force_login(
        User.objects.create_user("ann.doyle@wenlow.example", name="Ann Doyle"),
        "allauth.account.auth_backends.AuthenticationBackend",
    )
    cookie = client.cookies["goldenthread"]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": empty_site.url}])
    page.goto(empty_site.url + "/about/")
    page.get_by_text("Ann Doyle").click()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Sign out")).not_to_be_visible()
