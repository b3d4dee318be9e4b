"""Addresses for templates: a quick ``url()``, patterns for loops, and query strings with one thing changed."""

from functools import lru_cache
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse

SAFE = "/~:@,;!$'()*"
STAND_IN = 900_000_007


class UrlPattern(str):
    """An address with ``{0}``, ``{1}`` … where its arguments go; called, it fills them in, quoted.

    One ``reverse()`` a page: ``{% set measure_url = url_pattern("measures:measure") %} … {{ measure_url(row.code) }}``.
    """

    __slots__ = ()

    def __call__(self, *arguments: object) -> str:
        return self.format(*[quote(str(argument), safe=SAFE) for argument in arguments])


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of the view called ``name``; remembered, since one page asks for the same ones again and again."""
    return _reverse(_site(), name, args, tuple(kwargs.items()))


def url_pattern(name: str, arguments: int = 1) -> UrlPattern:
    """The pattern of the address of ``name``, which takes so many arguments, all text or all whole numbers."""
    return _pattern(_site(), name, arguments)


def full_address(name: str, *args: Any) -> str:
    """The address of ``name`` with the site's own before it, for mails; nothing where no SITE_ADDRESS is set."""
    return settings.SITE_ADDRESS + url(name, *args) if settings.SITE_ADDRESS else ""


def url_if_any(name: str, *args: Any) -> str:
    """The address of ``name``, or nothing where this installation has no such page."""
    try:
        return url(name, *args)
    except NoReverseMatch:
        return ""


def with_query(request: HttpRequest, **changes: object) -> str:
    """This page's query string with ``changes`` made; None takes a parameter out, a list gives several."""
    query: QueryDict = request.GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if isinstance(value, (list, tuple)):
            query.setlist(name, [str(one) for one in value])
        elif value is not None and value != "":
            query[name] = str(value)
    return "?" + query.urlencode()


def _site() -> tuple[str, str]:
    return get_urlconf() or settings.ROOT_URLCONF, get_script_prefix()


@lru_cache(maxsize=4096)
def _reverse(_site: tuple[str, str], name: str, args: tuple[Any, ...], kwargs: tuple[tuple[str, Any], ...]) -> str:
    return reverse(name, args=args, kwargs=dict(kwargs))


@lru_cache(maxsize=512)
def _pattern(_site: tuple[str, str], name: str, arguments: int) -> UrlPattern:
    try:
        stand_ins = [f"stand-in-{index}" for index in range(arguments)]
        address = reverse(name, args=stand_ins)
    except NoReverseMatch:
        stand_ins = [str(STAND_IN + index) for index in range(arguments)]
        address = reverse(name, args=[int(stand_in) for stand_in in stand_ins])
    address = address.replace("{", "{{").replace("}", "}}")
    for index, stand_in in enumerate(stand_ins):
        address = address.replace(stand_in, f"{{{index}}}")
    return UrlPattern(address)
