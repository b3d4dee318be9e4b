"""Which pages a browser looked at in an earlier run, and found nothing: the same page is not looked at again.

The same means byte for byte: what the site answers, but for what is drawn anew each time, and everything else that
decides what a browser shows of it and what is found there: styles, scripts, fonts, the browser, axe, these tests. What
a run looked at is kept under var/ if nothing failed in it; ``bin/test --all`` looks at everything.
"""

import hashlib
import re
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

from tests.thorough import THOROUGH

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "var" / "looked-at.txt"
MOST_KEPT = 5_000
#: What is drawn anew for every answer.
DRAWN = re.compile(rb"""(nonce-|nonce=["']|X-CSRFToken": "|csrfmiddlewaretoken" value=")[^"']+""")
#: A part of a page that is not in it, but fetched as soon as the page stands.
LOADED = re.compile(rb'hx-get="([^"]+)" hx-trigger="load')
LOOKING = (*ROOT.glob("tests/house/*.py"), ROOT / "tests" / "conftest.py")

_now: dict[str, None] = {}


def name_of(answer: Any) -> str:
    """A short name for a page that a test client was answered with, and what that loads itself: another has another."""
    loaded = LOADED.findall(answer.content)
    assert len(loaded) == answer.content.count(b'hx-trigger="load'), "a part that loads by itself is not told by LOADED"
    answers = [answer, *(answer.client.get(unescape(path.decode())) for path in loaded)]
    return hashlib.sha256(b"".join(map(_said, answers))).hexdigest()


def _said(answer: Any) -> bytes:
    headers = sorted((name, sorted(value.split("; "))) for name, value in answer.headers.items() if name != "Expires")
    return DRAWN.sub(rb"\1", repr((answer.status_code, headers)).encode() + answer.content)


class Looked:
    """What ``browser`` looked at before."""

    def __init__(self, browser: str) -> None:
        self.browser = browser

    def before(self, page: str, how: str) -> bool:
        """Whether the page of that name was looked at ``how``, and can be passed over."""
        key = self._key(page, how)
        found = not THOROUGH and key in _kept()
        if found:
            _now[key] = None
        return found

    def now(self, page: str, how: str) -> None:
        _now[self._key(page, how)] = None

    def _key(self, page: str, how: str) -> str:
        return hashlib.sha256(" ".join((page, how, self.browser, _beside())).encode()).hexdigest()


def keep() -> None:
    """For the next run, whose pages stand last; call it where nothing failed."""
    if _now:
        both = dict.fromkeys([*(key for key in _kept() if key not in _now), *_now])
        KEPT.parent.mkdir(exist_ok=True)
        unfinished = KEPT.with_suffix(".unfinished")
        unfinished.write_text("\n".join([*both][-MOST_KEPT:]), encoding="utf-8")
        unfinished.replace(KEPT)


@cache
def _kept() -> dict[str, None]:
    return dict.fromkeys(KEPT.read_text(encoding="utf-8").split() if KEPT.exists() else [])


@cache
def _beside() -> str:
    """A short name for all that is served beside a page, and for what looks at it."""
    from django.contrib.staticfiles.finders import get_finders

    served = [storage.path(name) for finder in get_finders() for name, storage in finder.list([])]
    axe = ROOT / "node_modules" / "axe-core" / "axe.min.js"
    whole = hashlib.sha256()
    for path in sorted(map(Path, [*served, *LOOKING, axe])):
        whole.update(path.name.encode() + hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()
