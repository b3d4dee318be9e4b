"""A status on a page: a shape, a word, and only then a colour. Each is made once, then remembered."""

from collections.abc import Iterable
from functools import lru_cache

from django.utils.translation import get_language, gettext
from markupsafe import Markup, escape

from goldenthread.charts import shapes
from goldenthread.domain.words import Direction, Signal, Status
from goldenthread.web.words import DIRECTION_WORDS, SIGNAL_WORDS, STATE_WORDS, STATUS_WORDS

_ARROWS = {
    Direction.BETTER: "M2.5 13.5L12.5 3.5M5.5 3H13V10.5",
    Direction.SAME: "M1.5 8H13.5M9 3.2L13.8 8L9 12.8",
    Direction.WORSE: "M2.5 2.5L12.5 12.5M5.5 13H13V5.5",
    Direction.NONE: "M6 8H10",
}
_SIGNALS = {
    Signal.IMPROVING: "better",
    Signal.WORSENING: "worse",
    Signal.NO_CHANGE: "same",
    Signal.TOO_FEW: "none",
    Signal.NOT_APPLICABLE: "none",
}


def status_tag(status: Status | str, hollow: bool = False, marks: Iterable[str] = ()) -> Markup:
    """The status with its shape; ``hollow`` where the figure is carried, ``marks`` as "provisional" or "restated"."""
    return _status_tag(status, hollow, tuple(marks), get_language())


def status_shape(status: Status | str, hollow: bool = False) -> Markup:
    """The shape alone, its word for those who hear the page: for grids and legends."""
    return _status_shape(status, hollow, get_language())


def direction_arrow(direction: Direction | str, label: str = "") -> Markup:
    """An arrow and its word; ``label`` ("on last quarter") is added for those who hear the page."""
    return _direction_arrow(direction, label, get_language())


def signal_word(signal: Signal | str) -> Markup:
    """What the run of figures says: improving, worsening, no change."""
    return _signal_word(signal, get_language())


@lru_cache(maxsize=2048)
def _status_tag(name: str, hollow: bool, marks: tuple[str, ...], _language: str | None) -> Markup:
    status = Status(name)
    said = "".join(f'<span class="gt-status__mark">, {escape(_mark(mark))}</span>' for mark in marks)
    if hollow and "carried" not in marks:
        said += f'<span class="gt-status__mark">, {escape(_carried())}</span>'
    return _markup(
        f'<span class="gt-status gt-status--{status}{" gt-status--hollow" if hollow else ""}">'
        f"{_svg(shapes.drawn(status, hollow=hollow, colour='currentColor'))}"
        f"<span>{escape(STATUS_WORDS[status])}{said}</span></span>"
    )


@lru_cache(maxsize=256)
def _status_shape(name: str, hollow: bool, _language: str | None) -> Markup:
    status = Status(name)
    word = escape(STATUS_WORDS[status])
    carried = f", {escape(_carried())}" if hollow else ""
    return _markup(
        f'<span class="gt-status-shape gt-status--{status}" title="{word}{carried}">'
        f"{_svg(shapes.drawn(status, hollow=hollow, colour='currentColor'))}"
        f'<span class="govuk-visually-hidden">{word}{carried}</span></span>'
    )


@lru_cache(maxsize=512)
def _direction_arrow(name: str, label: str, _language: str | None) -> Markup:
    direction = Direction(name)
    hidden = f'<span class="govuk-visually-hidden"> {escape(label)}</span>' if label else ""
    return _markup(
        f'<span class="gt-direction gt-direction--{direction}">{_svg(_stroke(_ARROWS[direction]))}'
        f"<span>{escape(DIRECTION_WORDS[direction])}{hidden}</span></span>"
    )


@lru_cache(maxsize=64)
def _signal_word(name: str, _language: str | None) -> Markup:
    signal = Signal(name)
    look = _SIGNALS[signal]
    return _markup(
        f'<span class="gt-direction gt-direction--{look}">{_svg(_stroke(_ARROWS[Direction(look)]))}'
        f"<span>{escape(SIGNAL_WORDS[signal])}</span></span>"
    )


def _carried() -> str:
    return gettext("carried")


def _mark(mark: str) -> str:
    return str(STATE_WORDS.get(mark, mark))


def _stroke(path: str) -> str:
    return (
        f'<path d="{path}" fill="none" stroke="currentColor" stroke-width="2"'
        ' stroke-linecap="round" stroke-linejoin="round"/>'
    )


def _svg(inside: str) -> str:
    return (
        f'<svg class="gt-shape" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">'
        f"{inside}</svg>"
    )


def _markup(html: str) -> Markup:
    return Markup(html)  # noqa: S704 (made of our own words only, each escaped)
