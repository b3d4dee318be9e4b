"""The board's lines as they are written: every cell made ready, so that the template only lays them out.

A row follows from its line and from who writes it alone. It is made once and remembered, as the line itself is: of a
thousand rows that nothing has happened to since the last visit none is written again.
"""

from collections.abc import Iterable
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, NamedTuple

from django.template.loader import get_template
from django.utils.translation import gettext
from markupsafe import Markup

from goldenthread.charts import sparkline
from goldenthread.domain.periods import Period
from goldenthread.domain.words import RATED, Direction, Signal, Status
from goldenthread.measures.queries.kept import Points
from goldenthread.measures.queries.line import Line
from goldenthread.measures.shown import Shown
from goldenthread.web import status as tags
from goldenthread.web.links import UrlPattern
from goldenthread.web.words import STATE_WORDS, STATUS_WORDS


class Written(NamedTuple):
    """One row of the board."""

    status: Markup
    sentences: tuple[str, ...]
    awaiting: Markup
    forecast: Markup
    aside: str
    href: str
    name: str
    code: str
    value: str
    unit: str
    period: str
    target: str
    original: str
    short: Markup
    long: Markup
    spark: Markup
    signal: Markup
    owner: str
    place: str


NOTHING = Markup("")
DASH = Markup('<span class="gt-quiet">–</span>')


class Writer:
    """Writes lines for one kind of page: its period, the reader's language, and the address of a measure."""

    def __init__(self, period: Period, address: UrlPattern, shown: Shown) -> None:
        self.period, self.address, self.shown = period.text, address, shown
        self.tag = cache(tags.status_tag)
        self.signal = cache(tags.signal_word)
        self.arrow = cache(tags.direction_arrow)
        self.labels = gettext("on the last period"), gettext("on the same period last year")
        self.word = cache(lambda status: str(STATUS_WORDS[status]))
        self.published_as = gettext("Published as %s. Today's figures would say otherwise.")
        self.would_say = gettext("today's figures would say %s")
        self.is_carried = gettext("The figure is for %s, carried forward.")

    def rows(self, lines: Iterable[Line]) -> list[Markup]:
        """The lines' rows of the table."""
        return [_row(line, self) for line in lines]

    def write(self, line: Line) -> Written:
        result, shown, definition = line.result, self.shown, line.definition
        if result is None:
            value = unit = period = target = original = ""
            short, long, signal, marks = DASH, DASH, NOTHING, ()
        else:
            value, target = shown.value(definition, result), shown.target(definition, result)
            unit = shown.unit(definition, value)
            period = "" if result.period == self.period else shown.period(result.period)
            original = (
                shown.figure(definition, result.target_original)
                if result.target_original is not None and result.target_original != result.target
                else ""
            )
            short, long = self._direction(result.direction_short, 0), self._direction(result.direction_long, 1)
            signal = self.signal(result.signal) if result.signal in _SIGNALLED else NOTHING
            marks = (result.state,) if result.state in STATE_WORDS else ()
        return Written(
            self.tag(line.status, line.carried, marks),
            self._sentences(line),
            self.tag(line.awaiting) if line.awaiting else NOTHING,
            self.tag(result.forecast_status) if result and line.hides else NOTHING,
            self.would_say % self.word(line.computed).lower() if line.differs else "",
            self.address(line.code),
            line.name,
            line.code,
            value,
            unit,
            period,
            target,
            original,
            short,
            long,
            spark(line.points, shown),
            signal,
            line.owner,
            line.unit,
        )

    def _direction(self, direction: str, which: int) -> Markup:
        return DASH if direction == Direction.NONE else self.arrow(direction, self.labels[which])

    def _sentences(self, line: Line) -> tuple[str, ...]:
        """What opens under the status: what was published, the sum, whose figure it is, what is waited for."""
        told = [self.published_as % self.word(line.status).lower()] if line.differs else []
        told.append(f"{self.shown.why(line.reason)}.")
        if line.carried:
            told.append(self.is_carried % self.shown.period(line.period))
        if line.awaiting_reason:
            told.append(f"{self.shown.why(line.awaiting_reason)}.")
        return tuple(told)


_SIGNALLED = frozenset({Signal.IMPROVING, Signal.WORSENING})


@lru_cache(maxsize=64)
def writer(period: Period, address: UrlPattern, shown: Shown) -> Writer:
    """Who writes such a page: the same one at every visit, so that it is known which rows it has written."""
    return Writer(period, address, shown)


@lru_cache(maxsize=4096)
def _row(line: Line, writer: Writer) -> Markup:
    pieces: Any = get_template("measures/_board.html", using="jinja2")
    return pieces.template.module.row(writer.write(line))


@lru_cache(maxsize=4096)
def spark(points: Points, shown: Shown) -> Markup:
    """The sparkline of ``points``."""
    figures = [Decimal(figure) if figure is not None else None for _period, figure, _status in points]
    statuses = [Status(status) if status in RATED else None for _period, _figure, status in points]
    label = gettext("No figures")
    if points:
        first, last = shown.period(points[0][0]), shown.period(points[-1][0])
        label = gettext("%(first)s to %(last)s") % {"first": first, "last": last}
    return Markup(sparkline(figures, statuses=statuses, label=label))  # noqa: S704
