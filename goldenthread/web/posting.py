"""Views that only take what a form sends: asked for as a page, they lead back to the page with the form.

Whoever signs in again half-way comes back to such an address without the form, and must not meet an empty answer.
"""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, TypeVar

from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse

View = TypeVar("View", bound=Callable[..., Any])


def posted(*, form_at: str) -> Callable[[View], View]:
    """Anything but a form goes to the address named ``form_at``, which takes the first of the view's own arguments."""

    def wear(view: View) -> View:
        @wraps(view)
        def taking_forms(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if request.method != "POST":
                return redirect(_page(form_at, kwargs))
            return view(request, *args, **kwargs)

        return taking_forms

    return wear


def _page(form_at: str, given: Mapping[str, Any]) -> str:
    """The page of an appraisal takes its key alone, where what is sent to names a part of it too."""
    names = list(given)
    for count in range(len(names), 0, -1):
        try:
            return reverse(form_at, kwargs={name: given[name] for name in names[:count]})
        except NoReverseMatch:
            continue
    return reverse(form_at)
