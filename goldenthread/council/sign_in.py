"""Who may sign in today: a leaver's sign-in is closed after their last day, at the next request, as their roles are."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import logout
from django.db.models import Q
from django.http import HttpRequest, HttpResponse

from goldenthread.accounts.adapter import AccountAdapter
from goldenthread.accounts.models import User
from goldenthread.history.clock import today


def may_sign_in(user: User) -> bool:
    return user.is_active and (user.last_day is None or user.last_day >= today())


def signing_in(before: str = "") -> Q:
    """Users whose sign-in is open today; ``before`` leads to them, such as ``user__``."""
    still = Q(**{f"{before}last_day__isnull": True}) | Q(**{f"{before}last_day__gte": today()})
    return Q(**{f"{before}is_active": True}) & still


def signed_in_no_longer(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware that ends the sessions of whoever has left."""

    def respond(request: HttpRequest) -> HttpResponse:
        if isinstance(request.user, User) and not may_sign_in(request.user):
            logout(request)
        return answer(request)

    return respond


class SignInAdapter(AccountAdapter):
    """Asked at every sign-in, whatever the way."""

    def pre_login(self, request: HttpRequest, user: Any, **more: Any) -> HttpResponse | None:
        if not may_sign_in(user):
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **more)
