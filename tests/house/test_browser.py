"""Every kind of page in a real browser: axe finds nothing, a phone's width holds it, the console is quiet."""

from collections.abc import Callable
from typing import Any

import pytest

from goldenthread.council.models import Role
from tests.house.walk import Walk

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}


@pytest.mark.browser
@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.MEASURE_OWNER])
def test_every_kind_of_page(role: Role, site: Any, page: Any, axe: Callable[[Any], None]) -> None:
    pages = Walk(site.sign_in(page.context, role)).pages
    faults = []
    for name, path in pages.items():
        page.set_viewport_size(DESK)
        page.goto(site.url + path)
        try:
            axe(page)
        except AssertionError as broken:
            faults.append(f"{name} {path}: {broken}")
        page.set_viewport_size(PHONE)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > PHONE["width"]:
            faults.append(f"{name} {path}: {width} pixels wide on a phone of {PHONE['width']}")
    assert faults == [], "\n".join(faults)


@pytest.mark.browser
def test_one_click_signs_in_to_the_demonstration(site: Any, page: Any, axe: Callable[[Any], None]) -> None:
    site.open(page, "/accounts/login/")
    axe(page)

    page.get_by_role("button", name="Sign in as Auditor").click()

    page.wait_for_url(site.url + "/")
    assert page.get_by_role("button", name="Sign out").count() == 1
