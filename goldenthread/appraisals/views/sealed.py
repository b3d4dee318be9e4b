"""What every view wears that shows or takes what is sealed."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from goldenthread.appraisals.seal import SealedShut
from goldenthread.web.render import page

View = TypeVar("View", bound=Callable[..., Any])


def sealed(view: View) -> View:
    """No copy is kept by browsers and proxies, no error report tells what was sent; without the key, a page says so."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except SealedShut as shut:
            return page(request, "appraisals/shut.html", {"why": str(shut)}, status=503)

    return never_cache(sensitive_post_parameters()(sensitive_variables()(guarded)))
