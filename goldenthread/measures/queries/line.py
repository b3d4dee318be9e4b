"""A line of a board: one measure's latest result by its period, and what is still waited for."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from goldenthread.domain import words
from goldenthread.domain.carry import Carried, on_board, own_step
from goldenthread.domain.definition import Definition
from goldenthread.domain.periods import Period, PeriodError
from goldenthread.domain.reasons import Reason
from goldenthread.domain.rollup import Child
from goldenthread.domain.status import Rating, current_rating, waiting
from goldenthread.domain.words import RATED, Status
from goldenthread.measures.queries.kept import DEFINED, Kept, Points, Raw, definition_of, result_of

OFF_TARGET = frozenset({Status.AMBER, Status.RED_AMBER, Status.RED, Status.OVERDUE})
NOTHING = Carried(False, False, 0)
_STATUSES = frozenset(status.value for status in Status)


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """One measure on the board; the same object for as long as nothing about it changes.

    ``status`` is what is shown: the published one of its period where there is one, else the one the sums give, which
    stands in ``computed``. ``awaiting`` is the word for a later figure not yet given.
    """

    pk: int
    code: str
    name: str
    title: str
    unit: str
    unit_code: str
    unit_pk: int | None
    owner: str
    tier: str
    definition: Definition
    result: Kept | None
    status: Status
    reason: Reason
    carried: bool
    awaiting: Status | None
    awaiting_reason: Reason | None
    published_status: str
    points: Points
    computed: Status
    stale: bool = False
    behind: int = 0

    @property
    def is_exception(self) -> bool:
        """What a manager looks at first: amber or worse, overdue, or a forecast at odds with the status."""
        return self.status in OFF_TARGET or self.awaiting is Status.OVERDUE or self.hides

    @property
    def hides(self) -> bool:
        """Whether what is forecast contradicts what is shown."""
        forecast = self.result.forecast_status if self.result else ""
        return (
            forecast in RATED
            and self.status in RATED
            and (forecast in words.ON_TARGET) != (self.status in words.ON_TARGET)
        )

    @property
    def differs(self) -> bool:
        """Whether today's figures would say otherwise than what was published."""
        return self.status is not self.computed

    @property
    def period(self) -> str:
        return self.result.period if self.result else ""

    @property
    def child(self) -> Child:
        """This line as the counts take it."""
        return Child(
            status=self.status,
            carried=self.carried,
            overdue=self.awaiting is Status.OVERDUE,
            figure_period=Period.parse(self.result.period) if self.result and self.carried else None,
        )


class Around(NamedTuple):
    """What a line tells besides its measure and its result: of which ``period``, and which figure is ``expected``."""

    period: str
    today: date
    expected: str
    owner: str = ""
    published: str = ""
    promised: date | None = None
    points: Points = ()


@lru_cache(maxsize=4096)
def line_of(row: tuple[Any, ...], raw: Raw | None, around: Around) -> Line:
    """The line of a measure's ``row`` and its result as the database holds them.

    It follows from these alone, so that it is made once and remembered: a board asks for the same ones at every visit.
    """
    return made_line(row, definition_of(row[1], *row[DEFINED:]), result_of(raw) if raw else None, around)


def made_line(row: tuple[Any, ...], definition: Definition, result: Kept | None, around: Around) -> Line:
    """A measure's line; of its ``row`` it takes what MEASURE_COLUMNS names before the definition."""
    standing = (
        NOTHING if result is None else on_board(Period.parse(result.period), Period.parse(around.period), definition)
    )
    awaiting = None
    if result is None or standing.behind > 0:
        expected = Period.parse(around.expected)
        awaiting = waiting(definition, expected, today=around.today, expected_on=around.promised)
    rating = _rating(result, standing, awaiting, around.today)
    published = around.published if result else ""
    return Line(
        pk=row[0],
        code=row[1],
        name=row[3] or row[2],
        title=row[2],
        unit=row[6] or "",
        unit_code=row[5] or "",
        unit_pk=row[4],
        owner=around.owner,
        tier=row[7],
        definition=definition,
        result=result,
        status=_headline(rating, result, standing, published),
        reason=rating.reason,
        carried=standing.carried,
        awaiting=awaiting.status if awaiting and result else None,
        awaiting_reason=awaiting.reason if awaiting and result else None,
        published_status=published,
        points=around.points,
        computed=rating.status,
        stale=standing.stale,
        behind=standing.behind,
    )


def _rating(result: Kept | None, standing: Carried, awaiting: Rating | None, today: date) -> Rating:
    """What the sums say on the board: the result's rating, unless there is none, it is stale or a judgement ran out."""
    if result is None:
        assert awaiting is not None
        return awaiting
    if standing.stale:
        return Rating(Status.NOT_RATED, Reason("stale", {"period": result.period, "behind": str(standing.behind)}))
    rating = Rating(Status(result.status), Reason(result.reason_code, result.reason_params))
    return current_rating(rating, today=today)


def _headline(rating: Rating, result: Kept | None, standing: Carried, published: str) -> Status:
    """What was published stays the headline of its period; a stale figure or a judgement that ran out has none."""
    if result is None or standing.stale or not published or published not in _STATUSES:
        return rating.status
    if standing.carried and rating.status != result.status:
        return rating.status
    return Status(published)


def expected_period(definition: Definition, period: Period) -> Period:
    """The measure's own latest period that has ended by the end of ``period``."""
    return _expected(definition.frequency, definition.year, period)


def next_expected(definition: Definition, period: Period, latest: str | None) -> Period:
    """The period whose figure a board for ``period`` should hold: for spans, and what is taken every two years, the
    last that follows on the ``latest`` one."""
    if latest is None or not (definition.frequency is words.Frequency.TWO_YEAR or " to " in latest):
        return expected_period(definition, period)
    figure_period = Period.parse(latest)
    step = own_step(figure_period, definition)
    while (following := figure_period.next(step)).end <= period.end:
        figure_period = following
    return figure_period


@lru_cache(maxsize=1024)
def _expected(frequency: words.Frequency, year: words.YearKind, period: Period) -> Period:
    try:
        own = Period.of(frequency, period.end, year)
    except PeriodError:
        # A definition that asks for what its year has not, such as quarters of an academic one.
        own = Period.of(frequency, period.end)
    return own if own.end <= period.end else own.previous()
