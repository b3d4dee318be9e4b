"""A bar for each thing to be done, along one line of months: what a Gantt chart is, in the rows of a table.

>>> from datetime import date
>>> axis = Timeline.around([date(2026, 4, 1), date(2027, 3, 31)], date(2027, 1, 18))
>>> axis.first, axis.last
(datetime.date(2026, 4, 1), datetime.date(2027, 3, 31))
>>> bus_lanes = Span(date(2026, 4, 1), date(2026, 11, 30), date(2027, 6, 30), None, 45, ActionStatus.LATE)
>>> "<title>Bus lanes: late</title>" in axis.bar(bus_lanes, label="Bus lanes: late")
True
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from goldenthread.charts import drawing
from goldenthread.charts.drawing import GOLD, INK, LINE, SOFT
from goldenthread.domain.words import ActionStatus

WIDTH, HEIGHT, HEAD = 720.0, 26.0, 34.0
#: The whole of a bar, and the part of it that is done.
COLOURS = {
    ActionStatus.COMPLETE: ("#c9d3e2", INK),
    ActionStatus.ON_TRACK: ("#cfe6d8", "#1c7a45"),
    ActionStatus.AT_RISK: ("#f6deb4", "#c27400"),
    ActionStatus.LATE: ("#f2c9c5", "#b3261e"),
    ActionStatus.NO_DATE: ("#e1e4ea", "#6d788b"),
    ActionStatus.CANCELLED: ("#e9ebef", "#a4adbb"),
}
#: The names of the months are kept apart.
APART = 34.0


@dataclass(frozen=True, slots=True)
class Span:
    """What is drawn of an action: its start, the date promised first, the date as it stands, and its steps."""

    starts: date | None
    promised: date | None
    due: date | None
    finished: date | None
    progress: int
    status: ActionStatus
    steps: tuple[tuple[date, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class Timeline:
    """Whole months from ``first`` to ``last``, with ``today`` upright through every row."""

    first: date
    last: date
    today: date

    @classmethod
    def around(cls, days: Iterable[date], today: date) -> "Timeline":
        """The months of ``days`` and of today."""
        every = [*days, today]
        last = max(every)
        return cls(min(every).replace(day=1), _next_month(last) - timedelta(days=1), today)

    def x(self, day: date) -> float:
        whole = (self.last - self.first).days + 1
        return 2 + (WIDTH - 4) * min(max((day - self.first).days / whole, 0), 1)

    def head(self, *, label: str, month: dict[int, str], today: str) -> str:
        """The months and years over the bars. ``month`` gives the short name of each month."""
        inside, free = "", -APART
        for day in self._months():
            place = self.x(day)
            begins_year = day.month == 1 or day == self.first
            inside += drawing.line(place, 26 if not begins_year else 14, place, HEAD, stroke=LINE)
            if place - free >= APART and place < WIDTH - 20:
                inside += drawing.text(place + 3, 30, month[day.month], size=11)
                free = place
            if begins_year and place < WIDTH - 30:
                inside += drawing.text(place + 3, 14, str(day.year), size=11, fill=INK, weight=600)
        place = self.x(self.today)
        inside += drawing.line(place, 18, place, HEAD, stroke=GOLD, width=2)
        return drawing.picture(WIDTH, HEAD, inside, title=f"{label} {today}", classes="gt-timeline")

    def bar(self, span: Span, *, label: str) -> str:
        """One action: a pale bar to the date promised, dark as far as it has come, a dashed one to a later date."""
        inside = "".join(drawing.line(self.x(day), 0, self.x(day), HEIGHT, stroke="#eef0f4") for day in self._months())
        pale, dark = COLOURS[span.status]
        if span.starts is not None:
            inside += self._drawn(span, span.starts, pale, dark)
        for day, reached in span.steps:
            inside += _step(self.x(day), reached)
        place = self.x(self.today)
        inside += drawing.line(place, 0, place, HEIGHT, stroke=GOLD, width=2)
        return drawing.picture(WIDTH, HEIGHT, inside, title=label, classes="gt-timeline")

    def _drawn(self, span: Span, starts: date, pale: str, dark: str) -> str:
        ends = span.promised or span.due or starts
        left, right = self.x(starts), self.x(ends + timedelta(days=1))
        right = max(right, left + 4)
        inside = drawing.rectangle(left, 7, right - left, 12, fill=pale, round_=2)
        inside += drawing.rectangle(left, 7, (right - left) * min(span.progress, 100) / 100, 12, fill=dark, round_=2)
        if span.due is not None and span.promised is not None and span.due > span.promised:
            later = self.x(span.due + timedelta(days=1))
            inside += drawing.path(f"M{right:.1f} 8H{later - 1:.1f}V18H{right:.1f}", stroke=dark, width=1.5, dash="3 3")
        if span.finished is not None:
            place = self.x(span.finished)
            inside += drawing.line(place, 4, place, 22, stroke=INK, width=2.5)
        return inside

    def _months(self) -> Iterator[date]:
        day = self.first
        while day <= self.last:
            yield day
            day = _next_month(day)


def _step(x: float, reached: bool) -> str:
    corners = f"M{x:.1f} 7L{x + 6:.1f} 13L{x:.1f} 19L{x - 6:.1f} 13Z"
    inside, outline = (INK, INK) if reached else ("#ffffff", SOFT)
    return f'<path d="{corners}" fill="{inside}" stroke="{outline}" stroke-width="1.5"/>'


def _next_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)
