"""How allauth behaves here: accounts are made by administrators, never by signing up."""

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from goldenthread.accounts.models import User


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_reset_password_from_key_url(self, key: str) -> str:
        return self._at_site(urlsplit(super().get_reset_password_from_key_url(key)).path)

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        """Whoever never had a password is invited; who forgot theirs is told that somebody asked."""
        if user.has_usable_password():
            super().send_password_reset_mail(user, email, context)
        else:
            self.send_mail("account/email/invitation", email, context)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Mails lead to the site: to the page where one signs in, unless they have a link of their own."""
        super().send_mail(template_prefix, email, {"sign_in_url": self._at_site(reverse("account_login")), **context})

    def _at_site(self, path: str) -> str:
        """At the address that the council set, whatever host the request names."""
        return settings.SITE_ADDRESS + path if settings.SITE_ADDRESS else self.request.build_absolute_uri(path)
