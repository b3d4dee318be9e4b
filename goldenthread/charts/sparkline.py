"""A sparkline: the run of a measure in the width of a word."""

from collections.abc import Sequence
from decimal import Decimal

from goldenthread.charts import shapes
from goldenthread.charts.drawing import joined, words
from goldenthread.charts.scale import finite
from goldenthread.domain.words import Status

WIDTH, HEIGHT = 104, 28
_LEFT, _RIGHT, _TOP, _BOTTOM = 3.0, 94.0, 5.0, 23.0
_HEAD = (
    f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
    ' role="img"><title>'
)
_LINE = '" fill="none" stroke="#4a5a75" stroke-width="1.5" stroke-linejoin="round" stroke-linecap="round"/>'
_DOT = '<circle cx="{x:.1f}" cy="{y:.1f}" r="2.6" fill="#14233c"/>'


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
    title = words(label)
    known = finite(points)
    if not known:
        return f'{_HEAD}{title}</title><path d="M{_LEFT} 14H{_RIGHT}" stroke="#b8c0cd" stroke-dasharray="1 4"/></svg>'
    aim = target if target is not None and target.is_finite() else None
    low, high = min(known), max(known)
    if aim is not None:
        low, high = min(low, aim), max(high, aim)
    span = high - low
    step = (_RIGHT - _LEFT) / (len(points) - 1) if len(points) > 1 else 0.0
    first_x = _LEFT if step else _RIGHT

    def y(value: Decimal) -> float:
        return _BOTTOM - float((value - low) / span) * (_BOTTOM - _TOP) if span else (_TOP + _BOTTOM) / 2

    places = [
        (first_x + index * step, y(value)) if value is not None and value.is_finite() else None
        for index, value in enumerate(points)
    ]
    drawn = [_HEAD, title, "</title>"]
    if aim is not None:
        drawn.append(f'<path d="M{_LEFT} {y(aim):.1f}H{_RIGHT}" stroke="#8a6410" stroke-dasharray="3 2.5"/>')
    drawn += ['<path d="', joined(places), _LINE]
    last = max(index for index, place in enumerate(places) if place)
    x_last, y_last = places[last]  # type: ignore[misc]
    status = statuses[last] if statuses and last < len(statuses) else None
    drawn.append(shapes.placed(status, x_last, y_last, 9) if status else _DOT.format(x=x_last, y=y_last))
    drawn.append("</svg>")
    return "".join(drawn)
