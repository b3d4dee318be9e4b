"""A walk through the site from home, link by link."""

import re
from collections import Counter, deque
from collections.abc import Callable
from functools import lru_cache
from html import unescape
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, resolve

from tests.asked import asked
from tests.house.looked import name_of
from tests.thorough import THOROUGH

#: How many pages of one kind are opened: the first may differ from the next, hardly the next from the one after.
OF_A_KIND = 3 if THOROUGH else 2
#: Of these more: the first are of years that are over, and what can be done stands on those that are not.
MORE_OF_A_KIND = {"appraisals:appraisal": 6}
MOST_QUERIES = 25
#: What turns each row's moment into a day, for as many rows as there are: PostgreSQL's words and SQLite's.
BY_ROW = ("AT TIME ZONE", "django_datetime_")
#: Leaving the site is not part of a walk through it.
NOT_WALKED = ("/accounts/", "/static/")


class Seen(NamedTuple):
    """A page that was fetched: the name of its address, its path, its kinds of part, and what looked.py calls it."""

    name: str
    path: str
    parts: frozenset[str]
    page: str


TAG = re.compile(
    r"""<!--.*?-->|<(?P<name>[a-z][^\s/>]*)(?P<attributes>(?:[^>"']|"[^"]*"|'[^']*')*)>(?P<text>[^<]*)""",
    re.IGNORECASE | re.DOTALL,
)
ATTRIBUTE = re.compile(r"""([^\s=/>"']+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+)))?""")
#: What stands in these is no markup, up to their end.
RAW = re.compile(r"(<(script|style|textarea)\b[^>]*>).*?(</\2\s*>)", re.IGNORECASE | re.DOTALL)


@lru_cache(100_000)
def attributes_of(tag: str) -> dict[str, str | None]:
    """Most tags stand on many pages, so that reading one is remembered."""
    return {
        name.lower(): unescape(first or second or third)
        if any((first, second, third))
        else ("" if "=" in tag else None)
        for name, first, second, third in ATTRIBUTE.findall(tag)
    }


class Page:
    """What of a page the walk looks at."""

    def __init__(self, text: str) -> None:
        self.seen: Counter[str] = Counter()
        self.parts: set[str] = set()
        self.links: list[str] = []
        self.actions: list[str] = []
        self.title = ""
        self.identifiers: Counter[str] = Counter()
        for found in TAG.finditer(RAW.sub(r"\1\3", text)):
            if found["name"]:
                self._take(found["name"].lower(), attributes_of(found["attributes"]), found["text"])

    def _take(self, tag: str, given: dict[str, str | None], text: str) -> None:
        self.seen[tag] += 1
        self.parts.add(f"{tag}.{given.get('class')} {sorted(given)}")
        if tag == "title" and not self.title:
            self.title = unescape(text).strip()
        if given.get("id"):
            self.identifiers[str(given["id"])] += 1
        if tag == "a" and given.get("href") and "download" not in given:
            self.links.append(str(given["href"]))
        if tag in ("form", "button") and (sent_to := given.get("action") or given.get("formaction")):
            self.actions.append(sent_to)

    def faults(self) -> list[str]:
        twice = sorted(identifier for identifier, times in self.identifiers.items() if times > 1)
        return [
            *([f"{self.seen['h1']} h1s"] if self.seen["h1"] != 1 else []),
            *([f"{self.seen['main']} mains"] if self.seen["main"] != 1 else []),
            *(["no title"] if not self.title else []),
            *([f"the same id twice: {', '.join(twice)}"] if twice else []),
        ]


class Walk:
    """A walk from home along the links, a few pages of each kind."""

    def __init__(self, client: Any) -> None:
        self.client = client
        self.opened: Counter[str] = Counter()
        #: The addresses that forms are sent to.
        self.sent_to: set[str] = set()
        #: The first page of each kind.
        self.pages: dict[str, Seen] = {}
        self.faults: list[str] = []
        self.came_from = {"/": ""}
        waiting = deque(["/"])
        while waiting:
            here = waiting.popleft()
            for path in self._open(here):
                if path not in self.came_from:
                    self.came_from[path] = here
                    waiting.append(path)

    def _open(self, path: str) -> list[str]:
        try:
            name = resolve(urlsplit(path).path).view_name
        except Resolver404:
            self.faults.append(f"{self.came_from[path]} leads to {path}: no such address")
            return []
        if self.opened[name] >= MORE_OF_A_KIND.get(name, OF_A_KIND):
            return []
        self.opened[name] += 1
        with asked() as queries:
            response = self.client.get(path)
        if response.status_code == 302:
            return self._ours(path, [response["Location"]])
        if response.status_code != 200:
            self.faults.append(f"{self.came_from[path]} leads to {path}, which answers {response.status_code}")
            return []
        if len(queries) > MOST_QUERIES:
            self.faults.append(f"{path}: {len(queries)} queries")
        if any(word in query for query in queries for word in BY_ROW):
            self.faults.append(f"{path}: asks of every row which day it was; ask for moments instead")
        if not response["Content-Type"].startswith("text/html"):
            return []
        page = Page(response.content.decode())
        if name not in self.pages:
            self.pages[name] = Seen(name, path, frozenset(page.parts), name_of(response))
        self.faults += [f"{path}: {fault}" for fault in page.faults()]
        self.sent_to |= {resolve(urlsplit(action).path).view_name for action in self._ours(path, page.actions)}
        return self._ours(path, page.links)

    @staticmethod
    def _ours(here: str, links: list[str]) -> list[str]:
        whole = [urlsplit(urljoin(f"http://testserver{here}", link)) for link in links]
        paths = [link.path + (f"?{link.query}" if link.query else "") for link in whole if link.netloc == "testserver"]
        return [path for path in paths if not path.startswith(NOT_WALKED)]


_walks: dict[str, Walk] = {}


def walk_as(role: str, sign_in: Callable[[str], Any]) -> Walk:
    """The walk of that role through the demonstration council: it takes seconds, so there is one for all who ask."""
    if role not in _walks:
        _walks[role] = Walk(sign_in(role))
    return _walks[role]
