"""What each view needs before it is shown: every view wears ``@requires`` or ``@public``.

    @requires("measures.view_measure", navigation="measures")
    def board(request): ...

The permission is named as ``user.has_perm`` knows it; rules about one object are asked inside the view with
``refuse_unless(request, "measures.enter_figures", measure)``. A test walks every address and fails on a bare view.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django_htmx.http import HttpResponseClientRedirect

from goldenthread.accounts.models import User

View = TypeVar("View", bound=Callable[..., Any])

#: The ``permission`` of a page that is open to all.
PUBLIC = "public"


def requires(permission: str | None, *, navigation: str = "") -> Callable[[View], View]:
    """Signed in and holding ``permission`` (None: signed in is enough); lights the ``navigation`` item."""

    def wear(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if not request.user.is_authenticated:
                return _to_sign_in(request)
            if permission is not None and not request.user.has_perm(permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return _marked(guarded, permission, navigation)

    return wear


def public(view: View) -> View:
    """Open to all, signed in or not."""

    @wraps(view)
    def open_to_all(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return view(request, *args, **kwargs)

    return _marked(open_to_all, PUBLIC, "")


def signed_in(request: HttpRequest) -> User:
    """Whoever is signed in, as the verbs take them: in a view that wears ``@requires`` there is somebody."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def refuse_unless(request: HttpRequest, permission: str, about: object, *, reason: str = "") -> None:
    """Refuse the page unless the reader holds ``permission`` about this object; ``reason`` is shown to them."""
    if not request.user.has_perm(permission, about):
        raise PermissionDenied(reason) if reason else PermissionDenied


def _marked(view: Any, permission: str | None, navigation: str) -> Any:
    view.permission = permission
    view.navigation = navigation
    return view


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    if getattr(request, "htmx", False):
        return HttpResponseClientRedirect(redirect_to_login(request.htmx.current_url_abs_path or "/").url)
    return redirect_to_login(request.get_full_path())
