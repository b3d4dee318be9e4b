"""Settings come from the environment; a bad value is refused at start with its name."""

import base64
import os
import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import TypeVar
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

Value = TypeVar("Value")


def text(name: str, default: str = "") -> str:
    """The setting as written; an empty one counts as not given."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, default: bool = False) -> bool:
    """True for 1, true, yes, on; False for 0, false, no, off."""
    return _read(name, default, _flag, "one of true, false, yes, no, on, off, 1, 0")


def number(name: str, default: int) -> int:
    return _read(name, default, _whole, "a whole number, 0 or more")


def choice(name: str, default: str, choices: Iterable[str]) -> str:
    """One of ``choices``, in capitals or not."""
    known = {one.lower(): one for one in choices}
    return _read(name, default, lambda value: known[value.lower()], f"one of {', '.join(known.values())}")


def day(name: str, default: date | None = None) -> date | None:
    return _read(name, default, date.fromisoformat, "a date like 2026-07-14")


def address(name: str) -> str:
    """Where a site is, such as https://performance.wenlow.example, without a slash at its end."""
    return _read(name, "", _address, "an address such as https://performance.wenlow.example, with nothing after it")


def words(name: str, default: str = "") -> list[str]:
    """A list written with commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def keys(name: str) -> dict[str, bytes]:
    """Keys of 32 bytes by name, in order, written NAME:BASE64 with commas. A fault never shows the value."""
    found: dict[str, bytes] = {}
    for one in words(name):
        named, _, written = one.partition(":")
        try:
            key = base64.b64decode(written.encode(), altchars=b"-_", validate=True)
        except ValueError:
            key = b""
        if not re.fullmatch(r"[\w.-]{1,40}", named) or len(key) != 32 or named in found:
            raise ImproperlyConfigured(
                f"{name} cannot be read: it should be NAME:KEY, with commas between several, each name once, each key "
                "made by `goldenthread reseal --new-key`."
            )
        found[named] = key
    return found


def _flag(value: str) -> bool:
    return {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}[
        value.lower()
    ]


def _address(value: str) -> str:
    parts = urlsplit(value)
    after = parts.path.strip("/") or parts.query or parts.fragment or parts.username
    if parts.scheme not in ("https", "http") or not parts.hostname or after or parts.port == 0:
        raise ValueError
    return f"{parts.scheme}://{parts.netloc}"


def _whole(value: str) -> int:
    number = int(value)
    if number < 0:
        raise ValueError
    return number


def _read(name: str, default: Value, convert: Callable[[str], Value], expected: str) -> Value:
    value = text(name)
    if not value:
        return default
    try:
        return convert(value)
    except (ValueError, KeyError):
        raise ImproperlyConfigured(f"{name} is {value!r}: it should be {expected}.") from None
