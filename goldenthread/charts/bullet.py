"""A bullet: one figure against its target and the edge of its tolerance, in a line's height."""

from decimal import Decimal

from goldenthread.charts import drawing
from goldenthread.charts.drawing import GOLD, INK, LIMITS, TOLERANCE
from goldenthread.charts.scale import Scale, finite, ticks

WIDTH, HEIGHT = 200, 24


def bullet(
    value: Decimal | None,
    *,
    label: str,
    target: Decimal | None = None,
    edge: Decimal | None = None,
    low: Decimal | None = None,
    high: Decimal | None = None,
) -> str:
    """The figure as a bar, the target as an upright, the tolerance between ``edge`` and the target as a tint.

    ``low`` and ``high`` fix the ends (0 and 100 for a percentage); otherwise round numbers around what is drawn.
    """
    known = finite([value, target, edge, low, high])
    marks = ticks(known, from_zero=low is None)
    x = Scale(low if low is not None else marks[0], high if high is not None else marks[-1], 2.0, WIDTH - 4.0)
    inside = drawing.rectangle(2, 5, WIDTH - 6, 14, fill=LIMITS, round_=2)
    if edge is not None and target is not None:
        from_x, to_x = sorted((_within(x(edge)), _within(x(target))))
        inside += drawing.rectangle(from_x, 5, to_x - from_x, 14, fill=TOLERANCE)
    if value is not None:
        zero = _within(x(max(x.low, min(x.high, Decimal(0)))))
        end = _within(x(value))
        inside += drawing.rectangle(min(zero, end), 9, abs(end - zero), 6, fill=INK)
    if target is not None:
        place = _within(x(target))
        inside += drawing.line(place, 2, place, 22, stroke=GOLD, width=2.5)
    return drawing.picture(WIDTH, HEIGHT, inside, title=label, classes="gt-bullet")


def _within(place: float) -> float:
    return min(max(place, 2.0), WIDTH - 4.0)
