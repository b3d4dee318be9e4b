"""A sparkline: the run of a measure in the width of a word.

A board draws a thousand, so this one is quick: its units are tenths of a pixel, in whole numbers.
"""

from collections.abc import Sequence
from decimal import Decimal
from math import isfinite

from goldenthread.charts import shapes
from goldenthread.charts.drawing import words
from goldenthread.domain.words import Status

_LEFT, _RIGHT, _TOP, _BOTTOM = 30, 940, 50, 230
_MIDDLE = (_TOP + _BOTTOM) // 2
_HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1040 280" width="104" height="28" role="img"><title>'
_LINE = '" fill="none" stroke="#4a5a75" stroke-width="15" stroke-linejoin="round" stroke-linecap="round"/>'
_NONE = f'<path d="M{_LEFT} {_MIDDLE}H{_RIGHT}" stroke="#8d97a7" stroke-width="10" stroke-dasharray="10 40"/>'
_MARKS = {status: shapes.drawn(status) for status in Status}


def sparkline(
    points: Sequence[Decimal | None],
    *,
    statuses: Sequence[Status | None] | None = None,
    target: Decimal | None = None,
    label: str,
) -> str:
    """The figures in order, a gap where one is missing, the last one marked by the shape of its status.

    ``target`` is a dashed line; it is drawn where it lies, so the figures make room for it.
    """
    heights = _heights([*points, target])
    aim = heights.pop()
    last = max((index for index, height in enumerate(heights) if height is not None), default=-1)
    if last < 0:
        return f"{_HEAD}{words(label)}</title>{_NONE}</svg>"
    step = (_RIGHT - _LEFT) / (len(points) - 1) if len(points) > 1 else 0.0
    first = _LEFT if step else _RIGHT
    status = statuses[last] if statuses and last < len(statuses) else None
    dashes = (
        f'<path d="M{_LEFT} {aim}H{_RIGHT}" stroke="#8a6410" stroke-width="10" stroke-dasharray="30 25"/>'
        if aim is not None
        else ""
    )
    mark = _mark(status, int(first + last * step), heights[last] or 0)
    return f'{_HEAD}{words(label)}</title>{dashes}<path d="{_path(heights, first, step)}{_LINE}{mark}</svg>'


def _heights(values: Sequence[Decimal | None]) -> list[int | None]:
    """How far down each figure stands, the highest at the top."""
    known = [float(value) for value in values if value is not None]
    if not known or not isfinite(sum(known)) or max(known) == min(known):
        return _exact_heights(values)
    high = max(known)
    scale = (_BOTTOM - _TOP) / (high - min(known))
    return [None if value is None else int(_TOP + (high - float(value)) * scale) for value in values]


def _exact_heights(values: Sequence[Decimal | None]) -> list[int | None]:
    """The same in decimals, for figures too large or too near each other for anything less."""
    known = [value for value in values if value is not None and value.is_finite()]
    if not known or max(known) == min(known):
        return [None if value is None or not value.is_finite() else _MIDDLE for value in values]
    high, span = max(known), max(known) - min(known)
    return [
        None if value is None or not value.is_finite() else int(_TOP + (high - value) / span * (_BOTTOM - _TOP))
        for value in values
    ]


def _path(heights: Sequence[int | None], first: float, step: float) -> str:
    """A line lifted where a figure is missing; a lone figure is a dot."""
    data, drawing = [], False
    for index, height in enumerate(heights):
        if height is None:
            drawing = False
            continue
        if drawing:
            data.append(f"L{int(first + index * step)} {height}")
        else:
            data.append(f"M{int(first + index * step)} {height}h.1")
        drawing = True
    return "".join(data)


def _mark(status: Status | None, x: int, y: int) -> str:
    if status is None:
        return f'<circle cx="{x}" cy="{y}" r="26" fill="#14233c"/>'
    return f'<g transform="translate({x - 45} {y - 45}) scale(5.625)">{_MARKS[status]}</g>'
