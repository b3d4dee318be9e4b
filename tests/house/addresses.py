"""The addresses of the site, as Django knows them."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.urls import URLPattern, URLResolver, get_resolver

#: Signing in, and the account pages of the person who is: allauth guards them itself.
GUARDED_BY_ALLAUTH = "accounts/"


class Address(NamedTuple):
    path: str
    name: str
    view: Any


def every_address() -> Iterator[Address]:
    yield from _under("", "", get_resolver().url_patterns)


def our_addresses() -> list[Address]:
    return [address for address in every_address() if not address.path.startswith(GUARDED_BY_ALLAUTH)]


def _under(prefix: str, space: str, patterns: list[URLPattern | URLResolver]) -> Iterator[Address]:
    for pattern in patterns:
        path = prefix + str(pattern.pattern).removeprefix("^").removesuffix("$")
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _under(path, inner, pattern.url_patterns)
        else:
            yield Address(path, f"{space}{pattern.name}", pattern.callback)
