"""Signing in with the council's own account: joined by a verified address to an account made here, or turned away."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.test import Client

from goldenthread.accounts.models import User

pytestmark = [pytest.mark.django_db]
EMAIL = "ann.doyle@wenlow.example"


class Provider(ThreadingHTTPServer):
    """An OpenID Connect provider that says of everybody what ``says`` holds."""

    says: dict[str, Any]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Answer(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self) -> None:
        here = self.server.address
        configuration = {
            "issuer": here,
            "authorization_endpoint": f"{here}/authorize",
            "token_endpoint": f"{here}/token",
            "userinfo_endpoint": f"{here}/userinfo",
            "jwks_uri": f"{here}/keys",
        }
        self._say(self.server.says if self.path.startswith("/userinfo") else configuration)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self._say({"access_token": "a-token", "token_type": "Bearer", "expires_in": 300})

    def log_message(self, *said: Any) -> None:
        pass

    def _say(self, what: dict[str, Any]) -> None:
        body = json.dumps(what).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def provider() -> Iterator[Provider]:
    server = Provider(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    cache.clear()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def sign_in(provider: Provider, settings: Any, domains: list[str] | None = None, **says: Any) -> tuple[Client, Any]:
    """A browser sent to the provider and back, and the last answer it got."""
    app = {"provider_id": "council", "name": "Wenlow", "client_id": "golden-thread", "secret": "secret"}
    app["settings"] = {"server_url": provider.address, "verified_email": domains or False}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    provider.says = {"sub": "4711", "name": "Ann Doyle", **says}
    client = Client()
    away = client.post("/accounts/oidc/council/login/")
    assert away.status_code == 302, away.content.decode()[:500]
    state = parse_qs(urlsplit(away.url).query)["state"][0]
    return client, client.get("/accounts/oidc/council/login/callback/", {"code": "a-code", "state": state}, follow=True)


def signed_in_as(client: Client) -> str:
    key = client.session.get("_auth_user_id")
    return User.objects.get(pk=key).email if key else ""


def test_an_account_is_found_by_a_verified_address_and_known_again(provider: Provider, settings: Any):
    ann = User.objects.create_user(EMAIL, name="Ann Doyle")
    client, answer = sign_in(provider, settings, email=EMAIL.upper(), email_verified=True)
    assert signed_in_as(client) == EMAIL
    assert answer.redirect_chain[-1][0] == "/"
    assert SocialAccount.objects.get().user == ann
    client, _answer = sign_in(provider, settings, email="ann.smith@wenlow.example", email_verified=True)
    assert signed_in_as(client) == EMAIL, "by the provider's own key, whatever her address has become"


@pytest.mark.parametrize("says", [{"email": EMAIL, "email_verified": False}, {"email": EMAIL}, {}])
def test_an_address_that_nobody_vouches_for_opens_no_account(provider: Provider, settings: Any, says: dict[str, Any]):
    User.objects.create_user(EMAIL, name="Ann Doyle")
    client, answer = sign_in(provider, settings, **says)
    assert signed_in_as(client) == ""
    assert "Accounts are made for you" in answer.content.decode()
    assert not SocialAccount.objects.exists()


def test_the_council_s_own_domains_are_vouched_for_where_the_provider_does_not_say(provider: Provider, settings: Any):
    User.objects.create_user(EMAIL, name="Ann Doyle")
    User.objects.create_user("ann@elsewhere.example", name="Ann Elsewhere")
    client, _answer = sign_in(provider, settings, ["wenlow.example"], email=EMAIL)
    assert signed_in_as(client) == EMAIL
    client, _answer = sign_in(provider, settings, ["wenlow.example"], sub="4712", email="ann@elsewhere.example")
    assert signed_in_as(client) == ""


def test_somebody_unknown_gets_no_account(provider: Provider, settings: Any):
    client, answer = sign_in(provider, settings, email="stranger@wenlow.example", email_verified=True)
    assert signed_in_as(client) == ""
    assert "Accounts are made for you" in answer.content.decode()
    assert not User.objects.exists()


def test_an_account_that_was_closed_stays_closed(provider: Provider, settings: Any):
    User.objects.create_user(EMAIL, name="Ann Doyle", is_active=False)
    client, _answer = sign_in(provider, settings, email=EMAIL, email_verified=True)
    assert signed_in_as(client) == ""
