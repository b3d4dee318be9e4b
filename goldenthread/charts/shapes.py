"""Each status has a shape and a colour of its own, so that no picture depends on colour alone.

A shape is drawn in a square of 16 by 16. A hollow one is a figure carried from an earlier period, or not yet final.
"""

from dataclasses import dataclass
from math import cos, pi, sin

from goldenthread.domain.words import Status

SOFT = "#5b677a"


@dataclass(frozen=True, slots=True)
class Shape:
    """``solid`` and ``hollow`` are SVG elements; ``{colour}`` stands where the colour goes."""

    solid: str
    hollow: str
    colour: str


def _closed(path: str, colour: str) -> Shape:
    """A filled outline, and the same outline drawn as a line inside it."""
    return Shape(
        solid=f'<path d="{path}" fill="{{colour}}"/>',
        hollow=f'<path d="{path}" fill="none" stroke="{{colour}}" stroke-width="2" stroke-linejoin="round"'
        ' transform="translate(1.2 1.2) scale(.85)"/>',
        colour=colour,
    )


def _lines(path: str, colour: str) -> Shape:
    drawn = (
        f'<path d="{path}" fill="none" stroke="{{colour}}" stroke-width="2"'
        ' stroke-linecap="round" stroke-linejoin="round"/>'
    )
    return Shape(solid=drawn, hollow=drawn, colour=colour)


def _star() -> str:
    corners = []
    for corner in range(10):
        reach = 7.8 if corner % 2 == 0 else 3.4
        angle = corner * pi / 5
        corners.append(f"{8 + reach * sin(angle):.2f} {8.5 - reach * cos(angle):.2f}")
    return f"M{'L'.join(corners)}Z"


_RING = "M8 1.8A6.2 6.2 0 1 1 8 14.2A6.2 6.2 0 1 1 8 1.8Z"

SHAPES: dict[Status, Shape] = {
    Status.BLUE: _closed(_star(), "#1f5fae"),
    Status.GREEN: _closed("M8 1.6A6.4 6.4 0 1 1 8 14.4A6.4 6.4 0 1 1 8 1.6Z", "#1c7a45"),
    Status.GREEN_AMBER: _closed("M8 1.6A6.4 6.4 0 0 0 8 14.4L14.6 8Z", "#6c7a0c"),
    Status.AMBER: _closed("M8 .9L15.1 8L8 15.1L.9 8Z", "#c27400"),
    Status.RED_AMBER: _closed("M8 1.2L.8 14.2H8L14.8 8Z", "#c4501b"),
    Status.RED: _closed("M8 1.2L15.4 14.4H.6Z", "#b3261e"),
    Status.NOT_RATED: _lines("M2.5 8H13.5", SOFT),
    Status.NO_TARGET: _lines("M4 8H4.01M8 8H8.01M12 8H12.01", SOFT),
    Status.NOT_DUE: _lines(f"{_RING}M8 4.6V8L10.4 9.8", SOFT),
    Status.AWAITED: _lines(
        "M3.5 2H12.5M3.5 14H12.5M4.5 2C4.5 6 8 6.6 8 8C8 9.4 4.5 10 4.5 14"
        "M11.5 2C11.5 6 8 6.6 8 8C8 9.4 11.5 10 11.5 14",
        SOFT,
    ),
    Status.OVERDUE: Shape(
        solid='<path d="M8 .8A7.2 7.2 0 1 1 8 15.2A7.2 7.2 0 1 1 8 .8ZM7 4V9.2H9V4ZM7 10.6V12.6H9V10.6Z"'
        ' fill="{colour}" fill-rule="evenodd"/>',
        hollow='<path d="M8 .8A7.2 7.2 0 1 1 8 15.2A7.2 7.2 0 1 1 8 .8ZM7 4V9.2H9V4ZM7 10.6V12.6H9V10.6Z"'
        ' fill="{colour}" fill-rule="evenodd"/>',
        colour="#6d2a63",
    ),
    Status.NOT_APPLICABLE: _lines(f"{_RING}M3.8 12.2L12.2 3.8", SOFT),
    Status.CANNOT_COMPUTE: _lines("M3.5 3.5L12.5 12.5M12.5 3.5L3.5 12.5", SOFT),
}


def drawn(status: Status, *, hollow: bool = False, colour: str = "") -> str:
    """The elements of the shape in its colour, or in ``colour`` (``currentColor`` on a page)."""
    shape = SHAPES[status]
    return (shape.hollow if hollow else shape.solid).format(colour=colour or shape.colour)


def placed(status: Status, x: float, y: float, size: float, *, hollow: bool = False) -> str:
    """The shape with its middle at ``x``, ``y``, so many units wide."""
    scale = size / 16
    move = f"translate({x - size / 2:.2f} {y - size / 2:.2f}) scale({scale:.3f})"
    return f'<g transform="{move}">{drawn(status, hollow=hollow)}</g>'
