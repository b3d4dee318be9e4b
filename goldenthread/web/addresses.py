"""Codes that cannot be: those that stand in the address of another page, as the URL configuration has it.

``new`` would be such a measure: /measures/new/ is the page on which a measure is added.
"""

from functools import lru_cache
from urllib.parse import unquote

from django.urls import NoReverseMatch, Resolver404, resolve, reverse

#: What a browser makes something else of, as a part of an address.
WALKED = (".", "..")


def leads_elsewhere(page: str, code: str) -> bool:
    """Whether the address of ``page`` for ``code`` opens another page, or the page of another code."""
    return bool(set(WALKED) & set(code.split("/"))) or _leads_elsewhere(page, code)


@lru_cache(maxsize=8192)
def _leads_elsewhere(page: str, code: str) -> bool:
    try:
        address = reverse(page, kwargs={"code": code})
    except NoReverseMatch:
        return False
    try:
        found = resolve(unquote(address))
    except Resolver404:
        return True
    return (found.view_name, found.kwargs) != (page, {"code": code})
