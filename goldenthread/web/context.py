"""What every page is given beside its own content.

The look knows no council and no demonstration: an app above tells it, when it is ready, by ``set_council_name`` and
``set_demonstration_sign_ins``.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from importlib.metadata import version
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from goldenthread.web import navigation


@dataclass(frozen=True, slots=True)
class SignIn:
    """One of the demonstration's sign-ins, shown under the form on the sign-in page of the demonstration only."""

    role: str
    name: str
    email: str
    password: str
    about: str = ""


def _invented_council() -> str:
    return "Wenlow City Council" if settings.DEMONSTRATION else ""


_council_name: Callable[[], str] = _invented_council
_sign_ins: Callable[[], Sequence[SignIn]] = tuple


def set_council_name(name: Callable[[], str]) -> None:
    """Say where the council's name comes from when no setting gives it."""
    global _council_name
    _council_name = name


def set_demonstration_sign_ins(sign_ins: Callable[[], Sequence[SignIn]]) -> None:
    """Say who can sign in to the demonstration."""
    global _sign_ins
    _sign_ins = sign_ins


def council_name() -> str:
    """The council's own name, from COUNCIL_NAME or from what an app told us."""
    return settings.COUNCIL_NAME or _council_name()


def demonstration_sign_ins() -> Sequence[SignIn]:
    """The sign-ins to offer: none but in the demonstration."""
    return _sign_ins() if settings.DEMONSTRATION else ()


@lru_cache
def product_version() -> str:
    return version("goldenthread")


def page(request: HttpRequest) -> dict[str, Any]:
    """For the layout. Functions are called by the template that needs them, so that a fragment costs nothing."""
    return {
        "navigation": partial(navigation.links, request),
        "lit": partial(navigation.lit_by, request),
        "council_name": council_name,
        "demonstration": settings.DEMONSTRATION,
        "demonstration_sign_ins": demonstration_sign_ins,
        "standing_at": settings.TODAY,
        "product_version": product_version,
        "page_language": (get_language() or "en")[:2],
    }
