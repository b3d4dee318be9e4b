"""The service navigation: each app adds its items when it is ready; a view says which one it lights."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

from goldenthread.web.links import url_if_any


@dataclass(frozen=True, slots=True, order=True)
class NavigationItem:
    """A place in the navigation; ``permission`` None shows it to everyone who is signed in.

    A view lights it by ``navigation=key``; the key is the app of ``url_name`` unless given.
    """

    name: str = field(compare=False)
    url_name: str = field(compare=False)
    order: int
    permission: str | None = field(default=None, compare=False)
    key: str = field(default="", compare=False)

    @property
    def lights(self) -> str:
        return self.key or self.url_name.partition(":")[0]


@dataclass(frozen=True, slots=True)
class NavigationLink:
    """An item as one reader sees it on one page."""

    name: str
    href: str
    active: bool


_ITEMS: dict[str, NavigationItem] = {}


def add(item: NavigationItem) -> None:
    """Put ``item`` in the navigation; an app calls this in its ``AppConfig.ready``."""
    _ITEMS[item.lights] = item


def items() -> list[NavigationItem]:
    """Every item, in order."""
    return sorted(_ITEMS.values())


def links(request: HttpRequest) -> Iterator[NavigationLink]:
    """What this reader may see: signed in, permitted, and with a page behind it."""
    user: Any = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return
    lit = lit_by(request)
    for item in items():
        href = url_if_any(item.url_name)
        if href and (item.permission is None or user.has_perm(item.permission)):
            yield NavigationLink(str(item.name), href, item.lights == lit)


def lit_by(request: HttpRequest) -> str:
    """The key of the item that the page being shown lights."""
    match = getattr(request, "resolver_match", None)
    return getattr(match.func, "navigation", "") if match else ""
