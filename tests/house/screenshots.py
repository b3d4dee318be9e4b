"""Pictures of every kind of page, for people to look at: run by bin/screenshots, which names this file to pytest."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from goldenthread.council.models import Role
from tests.house.walk import Walk

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "var" / "screenshots"
WIDTHS = {1280: 900, 390: 844}
SUBMIT_BADLY = """form => {
    form.noValidate = true;
    for (const field of form.querySelectorAll("input[type=text], input:not([type]), textarea, input[inputmode]")) {
        field.value = field.inputMode === "decimal" || field.inputMode === "numeric" ? "about ninety" : "";
    }
    form.requestSubmit();
}"""


@pytest.fixture(autouse=True, scope="module")
def _clean_folder() -> None:
    shutil.rmtree(PICTURES, ignore_errors=True)


@pytest.mark.parametrize("role", list(Role))
def test_each_page_with_data(role: Role, site: Any, browser: Any) -> None:
    take_all(browser, site, role, PICTURES / role)


def test_each_page_empty(empty_site: Any, browser: Any) -> None:
    take_all(browser, empty_site, Role.ADMINISTRATOR, PICTURES / "empty")


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.PERFORMANCE_OFFICER, Role.MEASURE_OWNER])
def test_each_form_sent_wrongly(role: Role, site: Any, browser: Any) -> None:
    """Numbers that are none, and nothing where something is needed."""
    with signed_in(browser, site, role) as (client, context):
        for name, path in Walk(client).pages.items():
            for width, page in at_each_width(context):
                page.goto(site.url + path)
                form = page.locator("main form[method=post]").first
                if form.count() and "sign" not in path:
                    with page.expect_navigation():
                        form.evaluate(SUBMIT_BADLY)
                    picture(page, PICTURES / f"{role}-wrong", name, width)


def test_pages_before_signing_in(site: Any, browser: Any) -> None:
    context = browser.new_context(locale="en-GB", timezone_id="Europe/London")
    for path in ("/", "/accounts/login/", "/accounts/password/reset/", "/no-such-page/"):
        for width, page in at_each_width(context):
            page.goto(site.url + path)
            picture(page, PICTURES / "signed-out", path.strip("/").replace("/", "-") or "home", width)
    context.close()


def test_the_readmes_picture(site: Any, browser: Any) -> None:
    with signed_in(browser, site, Role.PERFORMANCE_OFFICER) as (_client, context):
        page = context.new_page()
        page.set_viewport_size({"width": 1280, "height": 860})
        page.goto(site.url + "/measures/")
        picture = ROOT / "docs" / "images" / "board.png"
        picture.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=picture)


def take_all(browser: Any, site: Any, role: Role, folder: Path) -> None:
    with signed_in(browser, site, role) as (client, context):
        for name, path in Walk(client).pages.items():
            for width, page in at_each_width(context):
                page.goto(site.url + path)
                picture(page, folder, name, width)


@contextmanager
def signed_in(browser: Any, site: Any, role: Role) -> Iterator[tuple[Any, Any]]:
    context = browser.new_context(locale="en-GB", timezone_id="Europe/London")
    yield site.sign_in(context, role), context
    context.close()


def at_each_width(context: Any) -> Iterator[tuple[int, Any]]:
    for width, height in WIDTHS.items():
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": height})
        yield width, page
        page.close()


def picture(page: Any, folder: Path, name: str, width: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=folder / f"{name.replace(':', '-')}-{width}.png", full_page=True)
