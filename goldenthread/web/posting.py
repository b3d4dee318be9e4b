"""Views that only take what a form sends: asked for as a page, they lead back to the page with the form.

Whoever signs in again half-way comes back to such an address without the form, and must not meet an empty answer.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.http import HttpRequest
from django.shortcuts import redirect

View = TypeVar("View", bound=Callable[..., Any])


def posted(*, form_at: str) -> Callable[[View], View]:
    """Anything but a form goes to the address named ``form_at``, which takes the view's own arguments."""

    def wear(view: View) -> View:
        @wraps(view)
        def taking_forms(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if request.method != "POST":
                return redirect(form_at, *args, **kwargs)
            return view(request, *args, **kwargs)

        return taking_forms  # type: ignore[return-value]

    return wear
