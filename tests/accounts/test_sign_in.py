"""Signing in: nobody makes their own account, guessing is slowed, a second step can be set up, sessions are listed."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.core.cache import cache
from django.test import Client

from goldenthread.accounts.models import User

pytestmark = [pytest.mark.django_db]

EMAIL, PASSWORD = "ann.doyle@wenlow.example", "a-long-enough-one"


@pytest.fixture(autouse=True)
def fresh_counts() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def ann() -> User:
    return User.objects.create_user(EMAIL, PASSWORD, name="Ann Doyle")


def sign_in(client: Client, password: str = PASSWORD, **more: Any) -> Any:
    return client.post("/accounts/login/", {"login": EMAIL, "password": password}, **more)


def title_of(response: Any) -> str:
    return re.search(r"<h1[^>]*>\s*(.*?)\s*</h1>", response.content.decode(), re.DOTALL)[1]


def body_of(response: Any) -> str:
    return re.search(r"<main.*</main>", response.content.decode(), re.DOTALL)[0]


def code_for(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def test_nobody_makes_an_account_for_themselves(client: Client) -> None:
    assert title_of(client.get("/accounts/signup/")) == "Accounts are made for you"
    client.post("/accounts/signup/", {"email": EMAIL, "password1": PASSWORD, "password2": PASSWORD})
    assert not User.objects.exists()


def test_nobody_changes_the_address_they_sign_in_with(client: Client, ann: User) -> None:
    sign_in(client)
    assert client.get("/accounts/email/").status_code == 404
    assert client.post("/accounts/email/", {"action_add": "", "email": "b@wenlow.example"}).status_code == 404


def test_guessing_a_password_is_stopped_after_five_tries(client: Client, ann: User) -> None:
    said = [sign_in(client, f"a-wrong-guess-{number}").content.decode() for number in range(6)]
    assert ["The e-mail address or the password is not right" in text for text in said] == [True] * 5 + [False]
    assert "Too many tries. Wait five minutes" in said[5]
    assert "Too many tries" in sign_in(client).content.decode(), "the right one too, until then"


def test_trying_many_accounts_is_slowed_too(client: Client) -> None:
    answers = [
        client.post("/accounts/login/", {"login": f"person-{number}@wenlow.example", "password": PASSWORD})
        for number in range(40)
    ]
    assert {answer.status_code for answer in answers} == {200, 429}
    assert title_of(answers[-1]) == "Too many tries"


def test_tries_are_counted_by_the_address_the_proxy_saw(client: Client, settings: Any) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    answers = [
        client.post(
            "/accounts/login/",
            {"login": f"person-{number}@wenlow.example", "password": PASSWORD},
            headers={"x-forwarded-for": f"203.0.113.{number}"},
        )
        for number in range(40)
    ]
    assert {answer.status_code for answer in answers} == {200}


def test_a_reset_does_not_say_who_has_an_account(client: Client, ann: User) -> None:
    answers = [
        client.post("/accounts/password/reset/", {"email": email}, follow=True)
        for email in (EMAIL, "nobody@wenlow.example")
    ]
    assert [title_of(answer) for answer in answers] == ["Reset your password"] * 2
    assert body_of(answers[0]) == body_of(answers[1])
    assert [sent.to for sent in mail.outbox] == [[EMAIL], ["nobody@wenlow.example"]]


def test_a_forgotten_password_is_chosen_anew(client: Client, ann: User) -> None:
    client.post("/accounts/password/reset/", {"email": EMAIL})
    assert mail.outbox[0].subject == "Choose a new password"
    link = re.search(r"http://testserver(\S+)", mail.outbox[0].body)[1]
    page = client.get(link, follow=True)
    assert title_of(page) == "Change your password"
    chosen = {"password1": "another-long-one", "password2": "another-long-one"}
    done = client.post(page.redirect_chain[-1][0], chosen, follow=True)
    assert title_of(done) == "Your password is changed"
    assert sign_in(client, "another-long-one").status_code == 302


def test_mails_lead_to_the_sites_own_address(client: Client, ann: User, settings: Any) -> None:
    """Whatever host the request names; whoever has no password yet is told of the account, not of a reset."""
    settings.SITE_ADDRESS = "https://performance.wenlow.example"
    User.objects.create_user("new@wenlow.example", name="Newcomer")
    for email in (EMAIL, "new@wenlow.example", "nobody@wenlow.example"):
        client.post("/accounts/password/reset/", {"email": email})

    told = {sent.to[0]: (sent.subject, re.findall(r"https?://\S+", sent.body)) for sent in mail.outbox}

    sign_in_page = "https://performance.wenlow.example/accounts/login/"
    link = re.compile(r"https://performance\.wenlow\.example/accounts/password/reset/key/\S+/")
    assert [link.fullmatch(one) is not None for one in told[EMAIL][1]] == [True]
    assert told["new@wenlow.example"][0] == "Your account on Golden Thread"
    assert [link.fullmatch(one) is not None for one in told["new@wenlow.example"][1]] == [True, False]
    assert told["new@wenlow.example"][1][1] == sign_in_page
    assert told["nobody@wenlow.example"] == ("There is no account with this address", [sign_in_page])


def test_an_authenticator_app_is_set_up_and_then_asked_for(client: Client, ann: User) -> None:
    sign_in(client)
    asked = client.get("/accounts/2fa/totp/activate/", follow=True)
    assert title_of(asked) == "Confirm that it is you"
    page = client.post(asked.redirect_chain[-1][0], {"password": PASSWORD}, follow=True)
    assert title_of(page) == "Set up an authenticator app"
    assert 'src="data:image/svg+xml' in page.content.decode()
    assert "img-src 'self' data:" in page["Content-Security-Policy"]
    secret = re.search(r'value="([A-Z2-7]{32})"', page.content.decode())[1]
    client.post("/accounts/2fa/totp/activate/", {"code": code_for(secret)})
    assert set(Authenticator.objects.values_list("type", flat=True)) == {"totp", "recovery_codes"}
    cache.clear()
    client.post("/accounts/logout/")
    assert sign_in(client).url.startswith("/accounts/2fa/authenticate/")
    assert "_auth_user_id" not in client.session
    client.post("/accounts/2fa/authenticate/", {"code": code_for(secret)})
    assert client.session["_auth_user_id"] == str(ann.pk)


def test_the_sessions_are_listed_and_the_others_ended(client: Client, ann: User) -> None:
    elsewhere = Client(headers={"user-agent": "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/143.0"})
    sign_in(elsewhere)
    sign_in(client)
    text = client.get("/about/").content.decode()
    assert 'href="/accounts/sessions/"' in text
    assert "Firefox on Windows" in client.get("/accounts/sessions/").content.decode()
    client.post("/accounts/sessions/")
    assert "_auth_user_id" in client.session
    assert elsewhere.get("/accounts/sessions/").status_code == 302


def test_a_closed_account_cannot_sign_in(client: Client, ann: User) -> None:
    ann.is_active = False
    ann.save()
    assert title_of(sign_in(client, follow=True)) == "This account is closed"
    assert "_auth_user_id" not in client.session
