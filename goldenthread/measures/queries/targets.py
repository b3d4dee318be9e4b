"""A year's targets, period by period, as they stand and as they would with others; nothing is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from goldenthread.domain.definition import Definition
from goldenthread.domain.figures import Figure
from goldenthread.domain.periods import Period
from goldenthread.domain.reasons import Reason
from goldenthread.domain.said import Said
from goldenthread.domain.series import Row
from goldenthread.domain.series.rows import rows_from
from goldenthread.domain.series.state import State
from goldenthread.domain.targets import TargetInForce
from goldenthread.domain.words import Frequency, Profile, Status
from goldenthread.history.clock import today
from goldenthread.history.services import next_moment
from goldenthread.measures.models import Measure, Target
from goldenthread.measures.queries.entry import category_names
from goldenthread.measures.queries.preview import state_of
from goldenthread.measures.said import said_of
from goldenthread.measures.said import target as said_target

#: The years in which every period of a longer frequency falls.
OWN_YEARS = (Frequency.YEAR, Frequency.TWO_YEAR)


@dataclass(frozen=True, slots=True)
class Aim:
    """What a period's figure is held against, or why by nothing; the figure and its status where there is one."""

    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    floor: Decimal | None
    stretch: Decimal | None
    original: Decimal | None
    derived_by: Profile | None
    why_none: Reason | None
    figure: Decimal | None = None
    status: Status | None = None

    @property
    def stands(self) -> bool:
        return self.why_none is None

    @property
    def target(self) -> tuple[Decimal | None, Decimal | None, Decimal | None, Decimal | None, Decimal | None]:
        return self.value, self.low, self.high, self.floor, self.stretch


@dataclass(frozen=True, slots=True)
class Line:
    """One period of the year: as it stands, and as it would."""

    period: Period
    stands: Aim
    would: Aim

    @property
    def moves(self) -> bool:
        return self.stands.target != self.would.target or self.stands.status is not self.would.status


@dataclass(frozen=True)
class YearOfTargets:
    measure: Measure
    definition: Definition
    year: Period
    years: Sequence[Period]
    category: str
    categories: Mapping[str, str]
    lines: Sequence[Line]
    record: Sequence[Target]

    @property
    def any_stands(self) -> bool:
        return any(line.stands.stands for line in self.lines)


def year_of_targets(
    measure: Measure, year: Period, *, category: str = "", drafts: Sequence[Target] = ()
) -> YearOfTargets:
    """The targets of ``year``, as they stand and with ``drafts``; in ten queries."""
    definition, said = measure.sums, said_of([measure])[measure.code]
    moment = next_moment()
    for draft in drafts:
        draft.entered_at = moment
    candidate = [Said(moment, said_target(draft), draft.category, place) for place, draft in enumerate(drafts)]
    periods = _periods(definition, year, said, category)
    stands = _aims(definition, said, periods, category)
    would = _aims(definition, [*said, *candidate], periods, category) if candidate else stands
    texts = [period.text for period in periods]
    record = Target.objects.filter(measure=measure, category=category, period__in=texts).order_by("-entered_at", "-pk")
    return YearOfTargets(
        measure=measure,
        definition=definition,
        year=year,
        years=_years(definition, said),
        category=category,
        categories=category_names({event.category for event in said if event.category}),
        lines=[Line(period, stands[period], would[period]) for period in periods],
        record=list(record),
    )


def this_year(definition: Definition) -> Period:
    return Period.of(Frequency.YEAR, today(), definition.year)


def _years(definition: Definition, said: Sequence[Said]) -> list[Period]:
    """From next year back to the first that has a figure or a target."""
    ends = [event.what.period.end for event in said if isinstance(event.what, Figure)]
    year = this_year(definition).next()
    first = Period.of(Frequency.YEAR, min(ends, default=today()), definition.year)
    found = [year]
    while year > first and len(found) < 60:
        year = year.previous()
        found.append(year)
    return found


def _periods(definition: Definition, year: Period, said: Sequence[Said], category: str) -> list[Period]:
    """The year's periods, those of figures given for spans that end in it, and the year itself."""
    parts = () if definition.frequency in OWN_YEARS else year.parts(definition.frequency, definition.year)
    found = list(parts)
    given = {event.what.period for event in said if isinstance(event.what, Figure) and event.category == category}
    found += sorted(
        period
        for period in given
        if year.start <= period.end <= year.end and (period.is_span or period.frequency is Frequency.TWO_YEAR)
    )
    return [*dict.fromkeys(found), year]


def _aims(definition: Definition, said: Sequence[Said], periods: Sequence[Period], category: str) -> dict[Period, Aim]:
    """What each period is held against, whether it has a figure yet or not."""
    state = state_of(definition, said)
    given = {period for track in state.tracks[category].values() for period in track.periods}
    moment = next_moment()
    usual = _usual(state, category)
    for period in periods:
        # A figure like the last stands in for those to come: the target does not depend on it, and no status is taken.
        if period not in given and not (period == periods[-1] and definition.frequency not in OWN_YEARS):
            state.apply(Said(moment, Figure(period=period, value=usual), category))
    rows = {row.period: row for row, _at in rows_from(state, category, min(period.end for period in periods))}
    return {period: _aim(state, period, rows.get(period), category, period in given) for period in periods}


def _usual(state: State, category: str) -> Decimal:
    figures = [figure for track in state.tracks[category].values() for figure in track.figures.values()]
    return next((figure.value for figure in reversed(figures) if figure.value is not None), Decimal(1))


def _aim(state: State, period: Period, row: Row | None, category: str, given: bool) -> Aim:
    if row is not None and any(one is not None for one in (row.target, row.target_low, row.target_high)):
        figure, status = (row.rated_value, row.status) if given else (None, None)
        return Aim(
            row.target,
            row.target_low,
            row.target_high,
            row.target_floor,
            row.target_stretch,
            row.target_original,
            row.target_derived_by,
            None,
            figure,
            status,
        )
    found = state.target(category, period, ())
    if isinstance(found, TargetInForce):
        return Aim(
            found.value, found.low, found.high, found.floor, found.stretch, found.original, found.derived_by, None
        )
    figure, status = (row.rated_value, row.status) if row is not None and given else (None, None)
    return Aim(None, None, None, None, None, None, None, found, figure, status)
