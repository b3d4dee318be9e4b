"""A run chart: a measure through time against its target, with what is signal and what is noise."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby, pairwise
from operator import attrgetter

from goldenthread.charts import drawing, shapes
from goldenthread.charts.drawing import GOLD, INK, LIMITS, LINE, MIDDLING, SOFT, TOLERANCE
from goldenthread.charts.scale import Scale, finite, ticks
from goldenthread.domain.words import Signal, Status

#: More points than this and only the last, the hollow and the signals are marked.
MARKED = 72
_SIGNALS = {Signal.IMPROVING, Signal.WORSENING}


@dataclass(frozen=True, slots=True, kw_only=True)
class RunPoint:
    """One period of the run. ``said`` is what is told of the point on its own: "Quarter 3 2026/27: 84.2%, amber".

    ``low`` and ``high`` are the edges of the tolerance band; ``mean``, ``lower_limit`` and ``upper_limit`` those of the
    control chart; ``lower`` and ``upper`` a survey's margin. ``hollow``: provisional, partial or carried. ``short`` is
    the period within its ``year`` ("Q3"). ``restarts``: the figure builds up from here anew, as a year to date does.
    """

    period: str
    short: str = ""
    year: str = ""
    value: Decimal | None = None
    target: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    mean: Decimal | None = None
    lower_limit: Decimal | None = None
    upper_limit: Decimal | None = None
    lower: Decimal | None = None
    upper: Decimal | None = None
    status: Status | None = None
    signal: Signal | None = None
    hollow: bool = False
    break_before: bool = False
    restarts: bool = False
    said: str = ""


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where things stand: the plot's edges, the scale of the figures, the width of one period."""

    left: float
    right: float
    top: float
    bottom: float
    step: float
    y: Scale

    def x(self, index: int) -> float:
        return self.left + (index + 0.5) * self.step

    def edges(self, index: int) -> tuple[float, float]:
        return self.left + index * self.step, self.left + (index + 1) * self.step


def run_chart(
    points: Sequence[RunPoint],
    *,
    title: str,
    desc: str = "",
    better: str = "",
    target_word: str = "Target",
    break_word: str = "Break",
    number: Callable[[Decimal], str] = drawing.short_number,
    axis: Callable[[Decimal], str] | None = None,
    width: float = drawing.WIDE,
    marks: Sequence[Decimal] = (),
    climbs: bool = False,
) -> str:
    """The figures as a line, each point the shape of its status, over the target's line and its tolerance.

    ``number`` writes a figure, and ``axis`` a mark of the axis if otherwise.
    ``marks`` are all that a figure can be (a yes or a no): the axis has them and nothing between. ``climbs``: the
    target grows through the year with the figure, so that its line runs from period to period instead of in steps.

    ``better`` is said at the head of the axis ("Higher is better"). A ring is a signal: whole for improving, broken for
    worsening. The line does not cross a break. Text keeps its size: draw a ``width`` of NARROW for a phone or a column.
    """
    axis = axis or number
    roomy = width > drawing.NARROW * 1.5
    height = (340.0 if roomy else 280.0) if not marks else 190.0
    inset = 16.0 if marks else 0.0
    marks = marks or ticks(finite(_drawn(points)), about=5 if roomy else 4)
    left = 14 + max(drawing.text_width(axis(mark), 12) for mark in marks)
    right = width - _room_at_right(points, target_word, number)
    frame = _Frame(
        left=left,
        right=right,
        top=30.0 if better else 16.0,
        bottom=height - 44,
        step=(right - left) / max(len(points), 1),
        y=Scale(marks[0], marks[-1], height - 44 - inset, (30.0 if better else 16.0) + inset),
    )
    inside = "".join(
        [
            *_axis(frame, marks, axis, better),
            *_periods(frame, points, width),
            *_bands(frame, points, climbs),
            *_targets(frame, points, climbs),
            *_breaks(frame, points, break_word),
            *_margins(frame, points),
            *_figures(frame, points),
            *_direct_labels(frame, points, target_word, number),
        ]
    )
    return drawing.picture(width, height, inside, title=title, desc=desc, classes="gt-chart")


def _drawn(points: Sequence[RunPoint]) -> Iterator[Decimal | None]:
    for point in points:
        yield from (point.value, point.target, point.low, point.high, point.lower_limit, point.upper_limit)
        yield from (point.lower, point.upper)


def _axis(frame: _Frame, marks: Sequence[Decimal], number: Callable[[Decimal], str], better: str) -> Iterator[str]:
    if better:
        yield drawing.text(0, 13, better)
    for mark in marks:
        y = frame.y(mark)
        yield drawing.line(frame.left, y, frame.right, y, stroke=MIDDLING if not mark else LINE)
        yield drawing.text(frame.left - 8, y + 4, number(mark), anchor="end")


@dataclass(frozen=True, slots=True)
class _Year:
    """A year beneath the chart: its name, and where its periods begin and end."""

    name: str
    first: int
    last: int
    start: float
    end: float

    @property
    def middle(self) -> float:
        return (self.start + self.end) / 2

    @property
    def room(self) -> float:
        """What its name takes."""
        return drawing.text_width(self.name, 12.4)


def _years(frame: _Frame, points: Sequence[RunPoint]) -> list[_Year]:
    found, first = [], 0
    for name, group in groupby(points, key=lambda point: point.year):
        last = first + len(list(group)) - 1
        found.append(_Year(name, first, last, frame.edges(first)[0], frame.edges(last)[1]))
        first = last + 1
    return found


def _periods(frame: _Frame, points: Sequence[RunPoint], width: float) -> Iterator[str]:
    """The periods beneath, as many as there is room for, and beneath them their years; else their years alone."""
    years = _years(frame, points)
    labels = list(_period_labels(frame, points, years))
    free_to = width
    for index, label in reversed(labels):
        half = drawing.text_width(label, 12) / 2
        place = min(max(frame.x(index), half), width - half)
        if place + half <= free_to:
            yield drawing.text(place, frame.bottom + 17, label, anchor="middle")
            free_to = place - half - 4
    baseline = frame.bottom + (36 if labels else 20)
    for year in years[1:]:
        yield drawing.line(year.start, frame.bottom, year.start, frame.bottom + 5, stroke=MIDDLING)
    if all(year.room + 8 <= year.end - year.start for year in years[1:-1]):
        for year in years[1:]:
            yield drawing.line(year.start, baseline - 12, year.start, baseline + 2, stroke=MIDDLING)
        yield from (_year_label(year, years, baseline, width) for year in years)
    else:
        yield from _some_years(years, baseline, width)


def _period_labels(frame: _Frame, points: Sequence[RunPoint], years: Sequence[_Year]) -> Iterator[tuple[int, str]]:
    """As many as there is room for, the same in each year; none where there is room for no more than one a year."""
    labels = [point.short or point.period for point in points]
    widest = max((drawing.text_width(label, 12) for label in labels), default=0.0) + 8
    every = next((every for every in (1, 2, 3, 4, 6, 12, 24) if every * frame.step >= widest), len(labels) or 1)
    if len(years) <= 1:
        named = any(point.year for point in points)
        places = range(0, len(points), every) if named else range(len(points) - 1, -1, -every)
        yield from ((place, labels[place]) for place in sorted(places))
        return
    longest = max(year.last - year.first + 1 for year in years)
    ends = [*(year.first for year in years[1:]), years[-1].first + longest]
    shown = [
        [place for place in range(year.first, year.last + 1, every) if end - place >= every]
        for year, end in zip(years, ends, strict=True)
    ]
    if longest == 1 or max(len(places) for places in shown) > 1:
        yield from ((place, labels[place]) for places in shown for place in places)


def _year_label(year: _Year, years: Sequence[_Year], baseline: float, width: float) -> str:
    """Under its periods; the first and the last, of which there may be few, may stand out over the edge."""
    if year.room + 8 <= year.end - year.start or len(years) == 1:
        place, anchor = min(max(year.middle, year.room / 2), width - year.room / 2), "middle"
    elif year is years[0] and year.end - 6 >= year.room:
        place, anchor = year.end - 6, "end"
    elif year is years[-1] and year.start + 6 + year.room <= width:
        place, anchor = year.start + 6, "start"
    else:
        return ""
    return drawing.text(place, baseline, year.name, anchor=anchor, fill=INK, weight=600) if year.name else ""


def _some_years(years: Sequence[_Year], baseline: float, width: float) -> Iterator[str]:
    """Every so many years, counted back from the last, where not all of them have room."""
    free_to = width
    for year in reversed(years):
        place = min(year.middle, width - year.room / 2)
        if place + year.room / 2 <= free_to and place >= year.room / 2:
            yield drawing.text(place, baseline, year.name, anchor="middle", fill=INK, weight=600)
            free_to = place - year.room / 2 - 10


def _bands(frame: _Frame, points: Sequence[RunPoint], climbs: bool) -> Iterator[str]:
    """Control limits, then tolerance, each stepping where the rule or the limits change."""
    yield from _areas(frame, [(point.lower_limit, point.upper_limit) for point in points], LIMITS)
    if climbs:
        yield from _climbing_areas(frame, points)
    else:
        yield from _areas(frame, [(point.low, point.high) for point in points], TOLERANCE)
    yield _steps(frame, [point.mean for point in points], stroke=MIDDLING, width=1, dash="")


def _climbing_areas(frame: _Frame, points: Sequence[RunPoint]) -> Iterator[str]:
    """The tolerance about a target that climbs, from the middle of one period to that of the next."""
    highs: list[tuple[float, float]] = []
    lows: list[tuple[float, float]] = []
    for index, point in enumerate(points):
        if point.restarts or point.low is None or point.high is None:
            yield _between(highs, lows)
            highs, lows = [], []
        if point.low is not None and point.high is not None:
            highs.append((frame.x(index), frame.y(point.high)))
            lows.append((frame.x(index), frame.y(point.low)))
    yield _between(highs, lows)


def _between(highs: list[tuple[float, float]], lows: list[tuple[float, float]]) -> str:
    return drawing.polygon([*highs, *reversed(lows)], fill=TOLERANCE) if len(highs) > 1 else ""


def _areas(frame: _Frame, edges: Sequence[tuple[Decimal | None, Decimal | None]], fill: str) -> Iterator[str]:
    start = 0
    for (low, high), group in groupby(edges):
        stretch = len(list(group))
        if low is not None and high is not None:
            from_x, to_x = frame.edges(start)[0], frame.edges(start + stretch - 1)[1]
            top, bottom = sorted((frame.y(low), frame.y(high)))
            yield drawing.rectangle(from_x, top, to_x - from_x, bottom - top, fill=fill)
        start += stretch


def _targets(frame: _Frame, points: Sequence[RunPoint], climbs: bool) -> Iterator[str]:
    if climbs:
        yield drawing.path(drawing.joined(_places(frame, points, attrgetter("target"))), stroke=GOLD, dash="6 4")
    else:
        yield _steps(frame, [point.target for point in points], stroke=GOLD, width=1.75, dash="6 4")


def _places(
    frame: _Frame, points: Sequence[RunPoint], value_of: Callable[[RunPoint], Decimal | None]
) -> list[tuple[float, float] | None]:
    """Where a line goes, lifted where it restarts."""
    places: list[tuple[float, float] | None] = []
    for index, point in enumerate(points):
        if point.break_before or point.restarts:
            places.append(None)
        value = value_of(point)
        places.append(None if value is None else (frame.x(index), frame.y(value)))
    return places


def _steps(
    frame: _Frame,
    values: Sequence[Decimal | None],
    *,
    stroke: str,
    width: float,
    dash: str,
) -> str:
    """A line that stands still within a period and steps between them."""
    data, before = [], None
    for index, value in enumerate(values):
        if value is not None:
            (from_x, to_x), y = frame.edges(index), frame.y(value)
            data.append(f"{'M' if before is None else 'L'}{from_x:.1f} {y:.1f}L{to_x:.1f} {y:.1f}")
        before = value
    return drawing.path("".join(data), stroke=stroke, width=width, dash=dash) if data else ""


def _breaks(frame: _Frame, points: Sequence[RunPoint], word: str) -> Iterator[str]:
    for index, point in enumerate(points):
        if point.break_before and index:
            x = frame.edges(index)[0]
            yield drawing.line(x, frame.top - 4, x, frame.bottom, stroke=SOFT, dash="2 3")
            at_end = x + drawing.text_width(word, 12) + 6 > frame.right
            yield drawing.text(x - 5 if at_end else x + 5, frame.top + 6, word, anchor="end" if at_end else "start")


def _margins(frame: _Frame, points: Sequence[RunPoint]) -> Iterator[str]:
    for index, point in enumerate(points):
        if point.lower is not None and point.upper is not None:
            x = frame.x(index)
            yield drawing.line(x, frame.y(point.lower), x, frame.y(point.upper), stroke=MIDDLING, width=3)


def _figures(frame: _Frame, points: Sequence[RunPoint]) -> Iterator[str]:
    yield drawing.path(drawing.joined(_places(frame, points, attrgetter("value"))))
    shown = [index for index, point in enumerate(points) if point.value is not None]
    few, size = len(points) <= MARKED, min(11.0, max(6.0, frame.step * 0.55))
    for index in shown:
        point = points[index]
        if few or index == shown[-1] or point.hollow or point.signal in _SIGNALS:
            yield _marker(frame.x(index), frame.y(_value(point)), point, size)


def _marker(x: float, y: float, point: RunPoint, size: float) -> str:
    back = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size / 2 + 1.5:.1f}" fill="#ffffff"/>'
    if point.status is not None:
        mark = shapes.placed(point.status, x, y, size, hollow=point.hollow)
    else:
        fill = f'fill="#ffffff" stroke="{INK}" stroke-width="1.75"' if point.hollow else f'fill="{INK}"'
        mark = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size / 2 - 1:.1f}" {fill}/>'
    ring = ""
    if point.signal in _SIGNALS:
        dash = ' stroke-dasharray="3 2"' if point.signal is Signal.WORSENING else ""
        ring = (
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size / 2 + 4:.1f}" fill="none" stroke="{INK}"'
            f' stroke-width="1.5"{dash}/>'
        )
    said = f"<title>{drawing.words(point.said)}</title>" if point.said else ""
    return f"<g>{said}{back}{mark}{ring}</g>"


def _direct_labels(
    frame: _Frame, points: Sequence[RunPoint], target_word: str, number: Callable[[Decimal], str]
) -> Iterator[str]:
    """The last figure and the last target, named at the end of their lines and kept apart."""
    labels = [
        (frame.y(value), said, fill, weight)
        for value, said, fill, weight in _labels_at_right(points, target_word, number)
    ]
    labels.sort()
    heights = [height for height, *_ in labels]
    for before, after in pairwise(range(len(heights))):
        heights[after] = max(heights[after], heights[before] + 15)
    over = max(heights[-1] - frame.bottom, 0) if heights else 0
    for height, (_, said, fill, weight) in zip(heights, labels, strict=True):
        yield drawing.text(frame.right + 8, height - over + 4, said, fill=fill, weight=weight)


def _labels_at_right(
    points: Sequence[RunPoint], target_word: str, number: Callable[[Decimal], str]
) -> list[tuple[Decimal, str, str, int]]:
    values = [point.value for point in points if point.value is not None]
    targets = [point.target for point in points if point.target is not None]
    return [
        *([(values[-1], number(values[-1]), INK, 650)] if values else []),
        *([(targets[-1], f"{target_word} {number(targets[-1])}", GOLD, 550)] if targets else []),
    ]


def _room_at_right(points: Sequence[RunPoint], target_word: str, number: Callable[[Decimal], str]) -> float:
    labels = _labels_at_right(points, target_word, number)
    return 14 + max((drawing.text_width(said, 12.4) for _, said, _, _ in labels), default=0.0)


def _value(point: RunPoint) -> Decimal:
    if point.value is None:
        raise ValueError(f"{point.period} has no figure to mark.")
    return point.value
