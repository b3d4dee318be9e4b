"""Bars: a measure by category, with the whole as a line across them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from goldenthread.charts import drawing, shapes
from goldenthread.charts.drawing import GOLD, INK, MIDDLING, SOFT
from goldenthread.charts.scale import Scale, finite, ticks
from goldenthread.domain.words import Status

_FILL, _MUTED = "#9fb1c9", "#dfe4ec"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One category; ``note`` is said where there is no figure ("suppressed"), ``lower`` to ``upper`` is a survey's margin."""

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
    narrow: bool = False,
) -> str:
    """A bar a category from zero, its figure at its end; ``whole`` and ``target`` are lines named at their head."""
    width = 380.0 if narrow else 860.0
    drawn = [*(part for bar in categories for part in (bar.value, bar.lower, bar.upper)), whole, target]
    marks = ticks(finite(drawn), from_zero=True)
    labels = (
        0.0 if narrow else min(260.0, max((drawing.text_width(bar.label, 13) for bar in categories), default=0) + 16)
    )
    figures = 26 + max((drawing.text_width(_said(bar, number), 13) for bar in categories), default=0.0)
    x = Scale(marks[0], marks[-1], labels + (figures if marks[0] < 0 else 0), width - figures)
    row, head = (44.0, 34.0) if narrow else (32.0, 34.0)
    height = head + row * len(categories) + 6
    inside = [drawing.line(x(Decimal(0)), head - 4, x(Decimal(0)), height - 4, stroke=MIDDLING)]
    for index, bar in enumerate(categories):
        inside.append(_row(bar, x, head + index * row, labels, number, narrow))
    lines = [(target, target_word, GOLD, "6 4"), (whole, whole_word, INK, "")]
    named = [
        (x(value), f"{word} {number(value)}", colour, dash) for value, word, colour, dash in lines if value is not None
    ]
    for level, (place, said, colour, dash) in enumerate(sorted(named)):
        inside.append(drawing.line(place, head - 6, place, height - 4, stroke=colour, width=1.75, dash=dash))
        inside.append(_head_label(place, 12.0 + 14 * (level % 2), said, colour, width))
    return drawing.picture(width, height, "".join(inside), title=title, desc=desc, classes="gt-chart")


def _row(bar: Bar, x: Scale, top: float, labels: float, number: Callable[[Decimal], str], narrow: bool) -> str:
    thick = 14.0
    bar_top = top + (22 if narrow else 9)
    label = drawing.text(
        0 if narrow else labels - 12,
        top + (15 if narrow else 20),
        bar.label,
        size=13,
        fill=INK,
        anchor="start" if narrow else "end",
    )
    zero = x(Decimal(0))
    if bar.value is None:
        return label + drawing.text(zero + 8, bar_top + 11, _said(bar, number), size=13, fill=SOFT)
    end = x(bar.value)
    left, wide = min(zero, end), abs(end - zero)
    drawn = drawing.rectangle(left, bar_top, wide, thick, fill=_MUTED if bar.hollow else _FILL, round_=1.5)
    reach = end
    if bar.lower is not None and bar.upper is not None:
        middle = bar_top + thick / 2
        drawn += drawing.line(x(bar.lower), middle, x(bar.upper), middle, stroke=SOFT, width=1.5)
        reach = max(end, x(bar.upper)) if bar.value >= 0 else min(end, x(bar.lower))
    away = 1 if bar.value >= 0 else -1
    place = reach + away * 8
    if bar.status is not None:
        drawn += shapes.placed(bar.status, place + away * 5, bar_top + thick / 2, 11, hollow=bar.hollow)
        place += away * 16
    return (
        label
        + drawn
        + drawing.text(
            place,
            bar_top + 12,
            _said(bar, number),
            size=13,
            fill=INK,
            weight=600,
            anchor="start" if away > 0 else "end",
        )
    )


def _said(bar: Bar, number: Callable[[Decimal], str]) -> str:
    return number(bar.value) if bar.value is not None else bar.note or "–"


def _head_label(place: float, y: float, said: str, colour: str, width: float) -> str:
    anchor = "start" if place + drawing.text_width(said, 12) < width else "end"
    return drawing.text(place, y, said, fill=colour, weight=600, anchor=anchor)
