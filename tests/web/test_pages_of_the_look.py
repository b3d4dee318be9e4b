"""The pages that belong to no one app, and what a reader is told when something goes wrong."""

import re
from typing import Any

import pytest
from django.test import Client

from goldenthread.accounts.models import User
from goldenthread.web import navigation
from goldenthread.web.context import SignIn, council_name, demonstration_sign_ins
from goldenthread.web.navigation import NavigationItem

pytestmark = [pytest.mark.urls("tests.web.examples"), pytest.mark.django_db]


@pytest.fixture
def reader(client: Client) -> Client:
    client.force_login(
        User.objects.create_user("ann.doyle@wenlow.example", name="Ann Doyle"),
        "allauth.account.auth_backends.AuthenticationBackend",
    )
    return client


@pytest.fixture
def places(monkeypatch: pytest.MonkeyPatch) -> None:
    """A navigation of three places: for all, for some, and one that this installation has no page for."""
    monkeypatch.setattr(navigation, "_ITEMS", {})
    navigation.add(NavigationItem("Examples", "signed_in", 20, None, "examples"))
    navigation.add(NavigationItem("Units", "for_some", 10, "council.change_unit"))
    navigation.add(NavigationItem("Scrutiny", "scrutiny:home", 30))


def navigation_of(text: str) -> list[tuple[str, bool]]:
    """The names in the navigation, and whether each is lit."""
    found = re.findall(r'gt-navigation__link" href="[^"]*"( aria-current="true")?>([^<]*)<', text)
    return [(name, bool(lit)) for lit, name in found]


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/about/", "About Golden Thread – Wenlow City Council"),
        ("/accessibility/", "Accessibility – Wenlow City Council"),
        ("/style-guide/", "Style guide – Wenlow City Council"),
        ("/accounts/login/", "Sign in – Wenlow City Council"),
    ],
)
def test_a_page_that_is_open_to_all(client: Client, path: str, title: str) -> None:
    response = client.get(path)
    text = response.content.decode()
    assert (response.status_code, re.search(r"<title>(.*?)</title>", text)[1]) == (200, title)
    assert text.count("<h1") == 1
    assert "style=" not in text


def test_every_script_within_the_page_has_the_nonce_of_its_policy(client: Client) -> None:
    response = client.get("/about/")
    nonce = re.search(r"'nonce-([^']+)'", response["Content-Security-Policy"])[1]
    within = re.findall(r"<script(?![^>]*src=)[^>]*>", response.content.decode())
    assert len(within) == 2
    assert [script for script in within if f'nonce="{nonce}"' not in script] == []


def test_the_style_guide_is_for_the_demonstration_only(client: Client, settings: Any) -> None:
    settings.DEMONSTRATION = False
    assert client.get("/style-guide/").status_code == 404


def test_the_header_says_the_day_it_stands_at(client: Client, settings: Any) -> None:
    assert "Demonstration: today is 18 January 2027" in client.get("/about/").content.decode()
    settings.TODAY = None
    assert "today is" not in client.get("/about/").content.decode()


def test_the_navigation_shows_what_the_reader_may_see(reader: Client, places: None) -> None:
    assert navigation_of(reader.get("/signed-in/").content.decode()) == [("Examples", True)]
    User.objects.update(is_superuser=True)
    assert navigation_of(reader.get("/for-some/").content.decode()) == [("Units", False), ("Examples", True)]


def test_a_visitor_has_no_navigation(client: Client, places: None) -> None:
    assert navigation_of(client.get("/about/").content.decode()) == []


def test_a_visitor_is_taken_to_sign_in_and_back(client: Client) -> None:
    assert client.get("/signed-in/?unit=waste").url == "/accounts/login/?next=/signed-in/%3Funit%3Dwaste"


def test_a_part_asked_for_after_a_sign_out_takes_the_whole_page_to_sign_in(client: Client) -> None:
    response = client.get("/signed-in/", headers={"hx-request": "true", "hx-current-url": "http://testserver/about/"})
    assert response["HX-Redirect"] == "/accounts/login/?next=/about/"


def test_a_reader_without_the_permission_is_told_whom_to_ask(reader: Client) -> None:
    response = reader.get("/for-some/")
    assert response.status_code == 403
    assert "You are signed in as Ann Doyle" in response.content.decode()


def test_a_refusal_about_one_thing_says_why(reader: Client) -> None:
    response = reader.get("/about-one/")
    assert response.status_code == 403
    assert "Harbour is not yours to change." in response.content.decode()


def test_a_page_that_is_not_there(client: Client) -> None:
    response = client.get("/nowhere/")
    assert response.status_code == 404
    assert '<h1 class="gt-heading__title">Page not found</h1>' in response.content.decode()


def test_a_fault_of_ours_is_said_without_asking_anything_more(client: Client) -> None:
    client.raise_request_exception = False
    response = client.get("/broken/")
    assert response.status_code == 500
    assert "Nothing that was confirmed has been lost." in response.content.decode()


def test_a_request_that_cannot_be_read(client: Client) -> None:
    response = client.get("/about/", headers={"host": "elsewhere.example"})
    assert response.status_code == 400
    assert "This request could not be read" in response.content.decode()


def test_a_part_of_a_page_has_its_macros_and_not_the_page(client: Client) -> None:
    text = client.get("/part/").content.decode()
    assert text.lstrip().startswith('<div class="gt-help gt-prose">')
    assert "gt-status--green" in text
    assert "<title>" not in text


def test_the_demonstration_offers_its_sign_ins(client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    auditor = SignIn("Auditor", "Lena Marsh", "auditor@wenlow.example", "thread-by-thread", "Reads everything.")
    monkeypatch.setattr("goldenthread.web.context._sign_ins", lambda: [auditor])
    text = client.get("/accounts/login/?next=/measures/").content.decode()
    assert '<input type="hidden" name="login" value="auditor@wenlow.example">' in text
    assert "as Auditor</span></button>" in text
    settings.DEMONSTRATION = False
    assert demonstration_sign_ins() == ()
    assert "auditor@wenlow.example" not in client.get("/accounts/login/").content.decode()


def test_the_name_that_is_set_goes_before_the_one_that_is_kept(settings: Any) -> None:
    settings.COUNCIL_NAME = "Derby City Council"
    assert council_name() == "Derby City Council"


def test_a_wrong_password_is_said_at_the_head_of_the_form(client: Client) -> None:
    User.objects.create_user("ann.doyle@wenlow.example", "a-long-enough-one")
    text = client.post(
        "/accounts/login/", {"login": "ann.doyle@wenlow.example", "password": "another-one"}
    ).content.decode()
    assert "govuk-error-summary__title" in text


@pytest.mark.parametrize(
    "path",
    ["/accounts/password/change/", "/accounts/2fa/", "/accounts/sessions/", "/accounts/logout/"],
)
def test_the_account_pages_look_like_the_rest(reader: Client, path: str) -> None:
    text = reader.get(path, follow=True).content.decode()
    assert text.count("<h1") == 1
    assert 'class="gt-header"' in text
    assert "gt-button" in text
