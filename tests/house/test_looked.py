"""Only the same page is passed over as looked at: what differs in anything but what is drawn anew is another."""

from types import SimpleNamespace
from typing import Any

import pytest

from tests.house import looked
from tests.house.looked import Looked, name_of

PAGE = b"""<body hx-headers='{"X-CSRFToken": "%(drawn)b"}'><script nonce="%(drawn)b"></script>
<input name="csrfmiddlewaretoken" value="%(drawn)b"><p>%(text)b</p></body>"""


def answered(
    *, drawn: bytes = b"a1", text: bytes = b"84.2%", status: int = 200, loads: bytes = b"", **headers: str
) -> Any:
    """An answer of the site to a test client, whose page loads ``loads`` by itself."""
    part = SimpleNamespace(status_code=200, headers={}, content=loads)
    loading = b'<div hx-get="/part/" hx-trigger="load"></div>' if loads else b""
    return SimpleNamespace(
        status_code=status,
        headers={"Content-Security-Policy": f"img-src 'self'; script-src 'nonce-{drawn.decode()}'", **headers},
        content=PAGE % {b"drawn": drawn, b"text": text} + loading,
        client=SimpleNamespace(get=lambda path: part),
    )


@pytest.fixture
def kept(tmp_path: Any, monkeypatch: Any) -> Any:
    monkeypatch.setattr(looked, "KEPT", tmp_path / "looked-at.txt")
    monkeypatch.setattr(looked, "THOROUGH", False)
    monkeypatch.setattr(looked, "_now", {})
    looked._kept.cache_clear()
    yield looked.KEPT
    looked._kept.cache_clear()


def test_a_page_is_the_same_whatever_is_drawn_anew_for_each_answer() -> None:
    assert name_of(answered()) == name_of(answered(drawn=b"b2", Expires="Mon, 18 Jan 2027 09:00:00 GMT"))


@pytest.mark.parametrize(
    "other", [{"text": b"84.3%"}, {"status": 404}, {"loads": b"more"}, {"X-Frame-Options": "DENY"}]
)
def test_anything_else_makes_another(other: Any) -> None:
    assert name_of(answered()) != name_of(answered(**other))


def test_what_a_page_loads_by_itself_is_part_of_it() -> None:
    assert name_of(answered(loads=b"one")) != name_of(answered(loads=b"two"))


def test_a_page_is_passed_over_once_it_was_kept(kept: Any) -> None:
    Looked("156.0").now("page", "alone")
    assert not Looked("156.0").before("page", "alone")

    looked.keep()
    looked._kept.cache_clear()

    assert Looked("156.0").before("page", "alone")
    assert not Looked("156.0").before("page", "with axe")
    assert not Looked("157.0").before("page", "alone")
    assert not Looked("156.0").before("another", "alone")


def test_everything_is_looked_at_where_all_is_asked_for(kept: Any, monkeypatch: Any) -> None:
    Looked("156.0").now("page", "alone")
    looked.keep()
    looked._kept.cache_clear()
    monkeypatch.setattr(looked, "THOROUGH", True)

    assert not Looked("156.0").before("page", "alone")


def test_what_was_looked_at_last_is_kept(kept: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(looked, "MOST_KEPT", 2)
    for page in ("first", "second", "third"):
        Looked("156.0").now(page, "alone")
    looked.keep()
    looked._kept.cache_clear()

    assert [Looked("156.0").before(page, "alone") for page in ("first", "second", "third")] == [False, True, True]
