"""Every kind of page in a real browser: axe finds nothing, a phone's width holds it, the console is quiet.

Each page is fetched without a browser first, and opened in one where it is the first of its kind or holds a kind of
part that no page has shown yet, the fullest first; axe looks where there is such a part, for it finds nothing new where
nothing is. Of rows, list items and shapes made of what stood above them already it looks at the first (bin/test --all:
at every one). The page that an earlier run looked at, byte for byte, is passed over (looked.py).
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from django.test import Client

from goldenthread.council.models import Role
from tests.house.addresses import our_addresses
from tests.house.looked import Looked, name_of
from tests.house.visits import opened, parameters_of, visits
from tests.house.walk import Page, Seen, walk_as
from tests.thorough import THOROUGH

pytestmark = pytest.mark.browser

#: Addresses that lead nowhere on the demonstration as it is loaded: nobody has entered a figure in it yet.
NOT_THERE = {"visitor", "measures:entered"}
#: Two elements are alike that have the same name, classes and attributes, and text or none.
DROP_ALIKE = """() => {
    const kind = (element) => [element.tagName, element.getAttribute("class"), !element.textContent.trim(),
        ...[...element.attributes].map((attribute) => attribute.name).sort()].join(" ");
    const seen = new Set();
    for (const one of document.querySelectorAll("tr, li, g, option")) {
        const kinds = [one, ...one.querySelectorAll("*")].map(kind);
        if (kinds.every((kind) => seen.has(kind))) one.remove(); else kinds.forEach((kind) => seen.add(kind));
    }
}"""
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}


class Look:
    """Looks at pages, and remembers which kinds it saw and what all of them were made of."""

    def __init__(self, looked: Looked) -> None:
        self.names: set[str] = set()
        self.parts: set[str] = set()
        self.looked = looked

    def faults(self, site: Any, page: Any, axe: Callable[[Any], None], pages: Iterable[Seen]) -> list[str]:
        fullest_first = sorted(pages, key=lambda seen: -len(seen.parts))
        return [fault for seen in fullest_first for fault in self._look(site, page, axe, seen)]

    def _look(self, site: Any, page: Any, axe: Callable[[Any], None], seen: Seen) -> Iterator[str]:
        new = seen.parts - self.parts
        if seen.name in self.names and not new:
            return
        self.names.add(seen.name)
        self.parts |= new
        how = "with axe" if new else "alone"
        if self.looked.before(seen.page, how):
            return
        faults = list(_faults_of(site, page, axe if new else None, seen))
        if not faults:
            self.looked.now(seen.page, how)
        yield from faults


def _faults_of(site: Any, page: Any, axe: Callable[[Any], None] | None, seen: Seen) -> Iterator[str]:
    page.set_viewport_size(PHONE)
    answer = opened(page, site.url + seen.path)
    if answer is None or answer.status >= 500 or (answer.status == 404 and seen.name not in NOT_THERE):
        yield f"{seen.path} answers {answer and answer.status}"
        return
    if (width := page.evaluate("document.documentElement.scrollWidth")) > PHONE["width"]:
        yield f"{seen.path}: {width} pixels wide on a phone of {PHONE['width']}"
    if axe is None:
        return
    page.set_viewport_size(DESK)
    if not THOROUGH:
        page.evaluate(DROP_ALIKE)
    try:
        axe(page)
    except AssertionError as broken:
        yield f"{seen.path}: {broken}"


@pytest.fixture(scope="module")
def look(browser: Any) -> Look:
    return Look(Looked(browser.version))


def fetched(client: Client, paths: Iterable[tuple[str, str]]) -> Iterator[Seen]:
    """The pages among ``paths``, each given with the name of its address."""
    for name, path in paths:
        answer = client.get(path, follow=True)
        if answer["Content-Type"].startswith("text/html"):
            yield Seen(name, path, frozenset(Page(answer.content.decode()).parts), name_of(answer))


def test_every_page_in_every_way(look: Look, read_site: Any, page: Any, axe: Callable[[Any], None]) -> None:
    client = read_site.sign_in(page.context, Role.ADMINISTRATOR)
    pages = fetched(client, [(visit.name, visit.path) for visit in visits()])
    assert look.faults(read_site, page, axe, pages) == []


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_every_kind_of_page(role: Role, look: Look, read_site: Any, page: Any, axe: Callable[[Any], None]) -> None:
    """The walk is that of test_pages.py."""
    client = read_site.sign_in(page.context, role)
    walk = walk_as(role, lambda _role: client)
    assert walk.faults + look.faults(read_site, page, axe, walk.pages.values()) == []


def test_the_pages_of_a_visitor(look: Look, read_site: Any, page: Any, axe: Callable[[Any], None]) -> None:
    paths = ["/", "/accounts/login/", "/accounts/signup/", "/accounts/password/reset/", "/no-such-page/"]
    assert look.faults(read_site, page, axe, fetched(Client(), [("visitor", path) for path in paths])) == []


def test_every_page_of_an_empty_council(look: Look, empty_site: Any, page: Any, axe: Callable[[Any], None]) -> None:
    alone = {address.name for address in our_addresses() if not parameters_of(address)}
    usual = [(visit.name, visit.path) for visit in visits() if visit.name in alone and not visit.way]
    client = empty_site.sign_in(page.context, Role.ADMINISTRATOR)
    assert look.faults(empty_site, page, axe, fetched(client, usual)) == []


def test_one_click_signs_in_to_the_demonstration(read_site: Any, page: Any) -> None:
    read_site.open(page, "/accounts/login/")

    page.get_by_role("button", name="Sign in as Auditor").click()

    page.wait_for_url(read_site.url + "/")
    assert page.locator(".gt-account__name").inner_text() == "Verity Langstone"
