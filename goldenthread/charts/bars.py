"""Bars: a measure by category, with the whole as a line across them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from goldenthread.charts import drawing, shapes
from goldenthread.charts.drawing import GOLD, INK, MIDDLING, SOFT
from goldenthread.charts.scale import Scale, finite, ticks
from goldenthread.domain.words import Status

_FILL, _MUTED = "#a9b9cf", "#e1e6ee"
_THICK = 14.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One category. ``note`` is said where there is no figure ("suppressed").

    ``lower`` to ``upper`` is a survey's margin.
    """

    label: str
    value: Decimal | None = None
    status: Status | None = None
    lower: Decimal | None = None
    upper: Decimal | None = None
    hollow: bool = False
    note: str = ""


def bars(
    categories: Sequence[Bar],
    *,
    title: str,
    desc: str = "",
    whole: Decimal | None = None,
    whole_word: str = "Whole",
    target: Decimal | None = None,
    target_word: str = "Target",
    number: Callable[[Decimal], str] = drawing.short_number,
    width: float = drawing.WIDE,
) -> str:
    """A bar a category from zero, its figure at its end; ``whole`` and ``target`` are lines named at their head."""
    narrow = width <= drawing.NARROW * 1.5
    drawn = [*(part for bar in categories for part in (bar.value, bar.lower, bar.upper)), whole, target]
    marks = ticks(finite(drawn), from_zero=True)
    widest = max((drawing.text_width(bar.label, 13) for bar in categories), default=0.0)
    figures = max(
        (drawing.text_width(number(bar.value), 13.5) for bar in categories if bar.value is not None), default=0
    )
    named, room = 0.0 if narrow else min(260.0, widest + 16), figures + 26
    x = Scale(marks[0], marks[-1], named + (room if marks[0] < 0 else 0), width - room)
    row, head = (44.0, 36.0) if narrow else (32.0, 36.0)
    height = head + row * len(categories) + 6
    places = [_Place(x, head + index * row, named, narrow) for index in range(len(categories))]
    lines = [(target, target_word, GOLD, "6 4"), (whole, whole_word, INK, "")]
    across = sorted((x(value), f"{word} {number(value)}", *look) for value, word, *look in lines if value is not None)
    inside = [
        drawing.line(x(Decimal(0)), head - 4, x(Decimal(0)), height - 4, stroke=MIDDLING),
        *(_bar(bar, place) for bar, place in zip(categories, places, strict=True)),
        *(
            drawing.line(at, head - 6, at, height - 4, stroke=fill, width=1.75, dash=dash)
            for at, _, fill, dash in across
        ),
        *(_words(bar, place, number) for bar, place in zip(categories, places, strict=True)),
        *(_head_label(at, 12 + 15 * level, said, fill, width) for level, (at, said, fill, _) in enumerate(across)),
    ]
    return drawing.picture(width, height, "".join(inside), title=title, desc=desc, classes="gt-chart")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where one category is drawn: its label beside the bar, or above it where it is narrow."""

    x: Scale
    top: float
    named: float
    narrow: bool

    @property
    def bar_top(self) -> float:
        return self.top + (22 if self.narrow else 9)


def _bar(bar: Bar, place: _Place) -> str:
    if bar.value is None:
        return ""
    zero, end = place.x(Decimal(0)), place.x(bar.value)
    fill = _MUTED if bar.hollow else _FILL
    drawn = drawing.rectangle(min(zero, end), place.bar_top, abs(end - zero), _THICK, fill=fill, round_=1.5)
    if bar.lower is not None and bar.upper is not None:
        middle = place.bar_top + _THICK / 2
        drawn += drawing.line(place.x(bar.lower), middle, place.x(bar.upper), middle, stroke=SOFT, width=1.5)
    return drawn


def _words(bar: Bar, place: _Place, number: Callable[[Decimal], str]) -> str:
    """The category's name, and its figure at the end of the bar with the shape of its status."""
    if place.narrow:
        label = drawing.text(0, place.top + 15, bar.label, size=13, fill=INK, halo=True)
    else:
        label = drawing.text(place.named - 12, place.top + 20, bar.label, size=13, fill=INK, anchor="end")
    if bar.value is None:
        said = bar.note or "–"
        return label + drawing.text(place.x(Decimal(0)) + 8, place.bar_top + 11, said, size=13, halo=True)
    away, anchor = (1, "start") if bar.value >= 0 else (-1, "end")
    ends = [place.x(part) for part in (bar.value, bar.lower, bar.upper) if part is not None]
    at = (max(ends) if away > 0 else min(ends)) + away * 8
    shape = ""
    if bar.status is not None:
        shape = shapes.placed(bar.status, at + away * 5, place.bar_top + _THICK / 2, 11, hollow=bar.hollow)
        at += away * 16
    said = number(bar.value)
    figure = drawing.text(at, place.bar_top + 12, said, size=13, fill=INK, weight=600, anchor=anchor, halo=True)
    return label + figure + shape


def _head_label(place: float, y: float, said: str, colour: str, width: float) -> str:
    anchor = "start" if place + drawing.text_width(said, 12) < width else "end"
    return drawing.text(place, y, said, fill=colour, weight=600, anchor=anchor)
