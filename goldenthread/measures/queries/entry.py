"""What the page for entering a figure shows: the period, what stands, what came before, and what it is held against."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import F, Q

from goldenthread.domain.definition import Definition
from goldenthread.domain.figures import Figure
from goldenthread.domain.periods import Period
from goldenthread.domain.rules import Rule
from goldenthread.domain.said import Annotated, Said
from goldenthread.domain.series import Row
from goldenthread.domain.series.rows import rows_from
from goldenthread.domain.status import Rating, waiting
from goldenthread.domain.words import Aggregation, Annotation, Frequency
from goldenthread.history.clock import today
from goldenthread.history.services import next_moment
from goldenthread.measures.models import Actual, Category, Commentary, Measure, PublishedFigure, Result
from goldenthread.measures.queries.preview import state_of
from goldenthread.measures.said import said_of

#: How many figures stand beside the form, and how many periods may be chosen from.
BESIDE, OFFERED = 6, 36
#: A breakdown with more parts than this is loaded from a file.
MOST_PARTS = 60


@dataclass(frozen=True, slots=True)
class Part:
    """A category in which the measure has had figures, with its last figure before the period."""

    category: str
    name: str
    scheme: str
    last: Figure | None
    completes: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """A period that may be entered: what stands for it, or what is waited for; nothing is for longer periods."""

    period: Period
    figure: Figure | None
    rating: Rating | None


@dataclass(frozen=True)
class Sheet:
    """Everything on the page; of a longer period than the measure's own also what those ``made`` of it."""

    measure: Measure
    definition: Definition
    period: Period
    choices: Sequence[Choice]
    standing: Mapping[str, Actual]
    published: Mapping[str, PublishedFigure]
    past: Mapping[str, Sequence[Figure]]
    expected: Row | None
    rule: Rule | None
    recent: Sequence[Result]
    parts: Sequence[Part]
    too_many_parts: int
    words: Commentary | None
    earlier_words: Commentary | None
    waiting: Rating | None
    made: Result | None
    is_own: bool

    @property
    def last_year(self) -> Result | None:
        """The result of the same period a year before."""
        text = self.period.same_last_year().text
        return next((result for result in self.recent if result.period == text), None)

    @property
    def has_halves(self) -> bool:
        """Whether the figure is given as a numerator and a denominator."""
        if self.definition.aggregation is Aggregation.RATIO:
            return True
        return any(figure.numerator is not None for figure in self.past.get("", ())[-4:])

    @property
    def has_margins(self) -> bool:
        """Whether the measure has had survey margins."""
        standing = self.standing.get("")
        given = [*self.past.get("", ())[-8:], *([standing] if standing else [])]
        return any(figure.lower is not None or figure.sample is not None for figure in given)

    @property
    def target_stands(self) -> bool:
        row = self.expected
        return row is not None and any(one is not None for one in (row.target, row.target_low, row.target_high))


def sheet(measure: Measure, period: Period | None = None) -> Sheet:
    """The sheet for ``period``, or for the one whose figure is due next; in thirteen queries."""
    definition = measure.sums
    said = said_of([measure])[measure.code]
    given = _figures(said)
    period = period or next_due(definition, given.get("", {}), today())
    standing = standing_figures(measure, period)
    past = {category: _before(figures, period, _since_break(said, period)) for category, figures in given.items()}
    parts = _parts(past, standing)
    recent = _recent(measure, period)
    is_own = _is_own(definition, period, given.get("", {}))
    is_waited_for = (is_own or "" in standing) and not _has_figure(standing.get(""))
    written = list(Commentary.objects.filter(measure=measure).order_by("-entered_at", "-pk")[:12])
    return Sheet(
        measure=measure,
        definition=definition,
        period=period,
        choices=_choices(definition, given.get("", {}), period),
        standing=standing,
        published=_published(measure, period),
        past=past,
        expected=_expected(definition, said, period),
        rule=state_of(definition, said).rule(period),
        recent=[result for result in recent if not result.derived],
        parts=_named(parts, past) if len(parts) <= MOST_PARTS else [],
        too_many_parts=len(parts) if len(parts) > MOST_PARTS else 0,
        words=next((words for words in written if words.period == period.text), None),
        earlier_words=next((words for words in written if words.period != period.text), None),
        waiting=_waiting(definition, period, standing.get("")) if is_waited_for else None,
        made=next((result for result in recent if result.derived), None),
        is_own=is_own,
    )


def standing_figures(measure: Measure, period: Period) -> dict[str, Actual]:
    """What was last given for a period, by category."""
    rows = Actual.objects.filter(measure=measure, period=period.text).order_by("entered_at", "pk")
    return {row.category: row for row in rows}


def next_due(definition: Definition, given: Mapping[Period, Figure], day: date) -> Period:
    """The first period after the last figure that has ended; where none is missing, the one that ended last."""
    last_ended = Period.of(definition.frequency, day, definition.year).previous()
    if definition.ends and last_ended.end > definition.ends:
        last_ended = Period.of(definition.frequency, definition.ends, definition.year)
    own = [period for period in given if not period.is_span and period.frequency is definition.frequency]
    if not own:
        return last_ended
    following = max(own).next()
    return following if following.end <= last_ended.end else last_ended


def _figures(said: Iterable[Said]) -> dict[str, dict[Period, Figure]]:
    """Every figure as last given, by category and period."""
    found: dict[str, dict[Period, Figure]] = {}
    for event in sorted(said, key=lambda event: (event.at, event.order)):
        if isinstance(event.what, Figure):
            found.setdefault(event.category, {})[event.what.period] = event.what
    return found


def _since_break(said: Iterable[Said], period: Period) -> date:
    """The day from which figures can be compared with the period's."""
    breaks = [
        event.what.period.start
        for event in said
        if isinstance(event.what, Annotated) and event.what.kind is Annotation.BREAK
    ]
    return max((day for day in breaks if day <= period.end), default=date.min)


def _before(figures: Mapping[Period, Figure], period: Period, since: date) -> list[Figure]:
    """The figures to compare with, by period: those of other periods since the last break."""
    kept = [figure for one, figure in figures.items() if one != period and one.end >= since]
    return sorted(kept, key=lambda figure: figure.period.end)


def _parts(past: Mapping[str, Sequence[Figure]], standing: Mapping[str, Actual]) -> list[str]:
    """The categories given for this period or for one of the last year's."""
    recent = {category for category, figures in past.items() if category and figures and _fresh(figures, past.get(""))}
    return sorted(recent | {category for category in standing if category})


def _fresh(figures: Sequence[Figure], whole: Sequence[Figure] | None) -> bool:
    latest = whole[-1].period.end if whole else figures[-1].period.end
    return figures[-1].period.end >= latest - timedelta(days=366)


def category_names(categories: Collection[str]) -> dict[str, str]:
    """The names of categories: "Abbey", or "Female, 16 to 24" of several schemes."""
    known = _known(categories)
    return {
        category: ", ".join(
            known[key].name if (key := piece.partition("=")[::2]) in known else piece for piece in category.split(";")
        )
        for category in categories
    }


def _known(categories: Collection[str]) -> dict[tuple[str, str], Category]:
    if not categories:
        return {}
    schemes = {piece.partition("=")[0] for category in categories for piece in category.split(";")}
    rows = Category.objects.filter(scheme__code__in=schemes).select_related("scheme")
    return {(row.scheme.code, row.code): row for row in rows}


def _named(parts: Sequence[str], past: Mapping[str, Sequence[Figure]]) -> list[Part]:
    """The parts by name, in the order of their schemes."""
    known = _known(parts)

    def place(part: str) -> tuple[object, ...]:
        rows = [known.get(piece.partition("=")[::2]) for piece in part.split(";")]
        return tuple((row.scheme.order, row.scheme.code, row.order, row.code) for row in rows if row)

    found = []
    for part in sorted(parts, key=lambda part: (place(part), part)):
        pieces = [known.get(piece.partition("=")[::2]) for piece in part.split(";")]
        names = [piece.name if piece else text for piece, text in zip(pieces, part.split(";"), strict=True)]
        schemes = [piece.scheme.title for piece in pieces if piece]
        figures = past.get(part, ())
        completes = len(pieces) == 1 and pieces[0] is not None and pieces[0].scheme.parts == "complete"
        found.append(Part(part, ", ".join(names), ", ".join(schemes), figures[-1] if figures else None, completes))
    return found


def _choices(definition: Definition, given: Mapping[Period, Figure], shown: Period) -> list[Choice]:
    """The periods to choose from, the latest first."""
    day, found = today(), []
    period = Period.of(definition.frequency, day, definition.year)
    for _step in range(OFFERED):
        if definition.starts and period.end < definition.starts:
            break
        if not definition.ends or period.start <= definition.ends:
            figure = given.get(period)
            found.append(Choice(period, figure, None if figure else waiting(definition, period, today=day)))
        period = period.previous()
    if all(choice.period != shown for choice in found):
        figure = given.get(shown)
        is_waited_for = figure is None and _is_own(definition, shown, given)
        found.append(Choice(shown, figure, waiting(definition, shown, today=day) if is_waited_for else None))
    return found


def _is_own(definition: Definition, period: Period, given: Collection[Period]) -> bool:
    """Whether the measure is collected for such periods: a longer one may be given too, but nobody waits for it."""
    if period.is_span:
        return any(one.is_span for one in given)
    return definition.frequency in (period.frequency, Frequency.TWO_YEAR)


def _published(measure: Measure, period: Period) -> dict[str, PublishedFigure]:
    rows = PublishedFigure.objects.filter(measure=measure, period=period.text).order_by(
        F("shown_on").asc(nulls_first=True), "pk"
    )
    return {row.category: row for row in rows}


def _recent(measure: Measure, period: Period) -> list[Result]:
    """The results of the periods before, the latest first, of the same one last year, and what made up this one."""
    wanted, before = {period.same_last_year().text}, period
    for _step in range(BESIDE):
        before = before.previous()
        wanted.add(before.text)
    wanted_or_made = Q(derived=False, period__in=wanted) | Q(derived=True, period=period.text)
    rows = Result.objects.filter(wanted_or_made, measure=measure, category="", known_to__isnull=True)
    return sorted(rows, key=lambda result: result.period_end, reverse=True)


def _expected(definition: Definition, said: Sequence[Said], period: Period) -> Row | None:
    """The period's row as it stands, or as it would with the last figure again: what it is held against."""
    state = state_of(definition, said)
    if not any(period in track.periods for track in state.tracks[""].values()):
        figures = [figure for figure in _figures(said).get("", {}).values() if figure.value is not None]
        value = figures[-1].value if figures else Decimal(1)
        state.apply(Said(next_moment(), Figure(period=period, value=value)))
    rows = (row for row, _said_at in rows_from(state, "", period.end))
    return next((row for row in rows if row.period == period), None)


def _has_figure(standing: Actual | None) -> bool:
    return standing is not None and not (standing.expected_on and standing.value is None and not standing.missing)


def _waiting(definition: Definition, period: Period, standing: Actual | None) -> Rating:
    return waiting(definition, period, today=today(), expected_on=standing.expected_on if standing else None)
