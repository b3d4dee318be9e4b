"""Every kind of page in a real browser: axe finds nothing, a phone's width holds it, the console is quiet."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from goldenthread.council.models import Role
from tests.house.addresses import our_addresses
from tests.house.visits import Visit, opened, parameters_of, visits
from tests.house.walk import Walk

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
#: What a page is made of, each kind of part once.
PARTS = """() => [...new Set([...document.querySelectorAll("body *")].map(part =>
    part.tagName + "." + part.getAttribute("class") + " " + [...part.attributes].map(one => one.name).sort()))]"""


class Look:
    """Looks at pages, and remembers what each was made of: nothing new is nothing for axe to find."""

    def __init__(self) -> None:
        self.parts: defaultdict[str, set[str]] = defaultdict(set)

    def faults(self, site: Any, page: Any, axe: Callable[[Any], None], visits: Iterable[tuple[str, str]]) -> list[str]:
        return [fault for name, path in visits for fault in self._look(site, page, axe, name, path)]

    def _look(self, site: Any, page: Any, axe: Callable[[Any], None], name: str, path: str) -> Iterable[str]:
        page.set_viewport_size(DESK)
        answer = opened(page, site.url + path)
        if answer is None:
            return
        if answer.status >= 500:
            yield f"{path} answers {answer.status}"
        parts = set(page.evaluate(PARTS))
        if parts <= self.parts[name]:
            return
        self.parts[name] |= parts
        try:
            axe(page)
        except AssertionError as broken:
            yield f"{path}: {broken}"
        page.set_viewport_size(PHONE)
        if (width := page.evaluate("document.documentElement.scrollWidth")) > PHONE["width"]:
            yield f"{path}: {width} pixels wide on a phone of {PHONE['width']}"


@pytest.fixture(scope="module")
def look() -> Look:
    return Look()


def test_every_page_in_every_way(look: Look, site: Any, page: Any, axe: Callable[[Any], None]) -> None:
    site.open(page, "/", role=Role.ADMINISTRATOR)
    assert look.faults(site, page, axe, [(visit.name, visit.path) for visit in visits()]) == []


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_every_kind_of_page(role: Role, look: Look, site: Any, page: Any, axe: Callable[[Any], None]) -> None:
    walk = Walk(site.sign_in(page.context, role))
    assert look.faults(site, page, axe, walk.pages.items()) == []


def test_the_pages_of_a_visitor(look: Look, site: Any, page: Any, axe: Callable[[Any], None]) -> None:
    paths = ["/", "/accounts/login/", "/accounts/signup/", "/accounts/password/reset/", "/no-such-page/"]
    assert look.faults(site, page, axe, [("visitor", path) for path in paths]) == []


def test_every_page_of_an_empty_council(look: Look, empty_site: Any, page: Any, axe: Callable[[Any], None]) -> None:
    empty_site.open(page, "/", role=Role.ADMINISTRATOR)
    alone = {address.name for address in our_addresses() if not parameters_of(address)}
    usual: list[Visit] = [visit for visit in visits() if visit.name in alone and not visit.way]
    assert look.faults(empty_site, page, axe, [(visit.name, visit.path) for visit in usual]) == []


def test_one_click_signs_in_to_the_demonstration(site: Any, page: Any) -> None:
    site.open(page, "/accounts/login/")

    page.get_by_role("button", name="Sign in as Auditor").click()

    page.wait_for_url(site.url + "/")
    assert page.locator(".gt-account__name").inner_text() == "Verity Langstone"
