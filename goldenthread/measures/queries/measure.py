"""Everything said of one measure, and every result of it: as it stands, or as it stood at a moment.

Each part is read when a page asks for it, in one query, whatever the length of its history.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from django.db.models import F, Q, Subquery, Value
from django.utils import timezone

from goldenthread.council.roles import running
from goldenthread.domain import words
from goldenthread.domain.definition import Definition
from goldenthread.domain.figures import Figure
from goldenthread.domain.periods import Period
from goldenthread.domain.reasons import Reason
from goldenthread.domain.said import Annotated, Said
from goldenthread.domain.series.readings import PER_YEAR, Readings
from goldenthread.domain.series.state import State
from goldenthread.domain.spc import Limits, chart, drawn_limits
from goldenthread.domain.words import Frequency
from goldenthread.history.clock import today as clock_today
from goldenthread.measures.models import (
    Actual,
    Annotation,
    Category,
    Commentary,
    Forecast,
    Judgement,
    Measure,
    MeasureRole,
    PublishedFigure,
    Result,
    SetEntry,
    Tag,
    Target,
)
from goldenthread.measures.queries.kept import Kept, known
from goldenthread.measures.queries.line import Around, Line, expected_period, made_line, next_expected
from goldenthread.measures.queries.rules import RulesOf, rules_of

#: The order in which the lengths of periods are offered.
LENGTHS = (
    *(Frequency.DAY, Frequency.WEEK, Frequency.MONTH, Frequency.QUARTER, Frequency.TERM, Frequency.THIRD),
    *(Frequency.HALF, Frequency.YEAR, Frequency.TWO_YEAR),
)
SPAN = "span"


@dataclass(frozen=True, slots=True)
class Holder:
    """A part in a measure: the post that has it, and who holds that post."""

    role: str
    post: str
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Noise:
    """What the control chart says at one period: which rule fired, if any did, and the limits to draw."""

    finding: Reason | None
    limits: Limits | None


class Story:
    """One measure's page, each part read once."""

    def __init__(self, measure: Measure, as_at: datetime | None = None) -> None:
        self.as_at = as_at
        self.today = timezone.localtime(as_at).date() if as_at else clock_today()
        self._said = Q() if as_at is None else Q(entered_at__lte=as_at)
        known_by_then = Q() if as_at is None else Q(history_date__lte=as_at)
        history = Measure.history.filter(known_by_then, id=measure.pk)
        self.versions = list(history.select_related("unit", "history_user").order_by("history_date", "history_id"))
        #: The definition as it stood, where its history goes back so far.
        self.measure: Measure = self.versions[-1].instance if as_at and self.versions else measure
        self.definition: Definition = self.measure.sums

    # Results

    @cached_property
    def results(self) -> list[Result]:
        """The whole's results as known, in order of period."""
        rows = Result.objects.filter(known(self.as_at), measure=self.measure, category="").select_related("change")
        return list(rows.order_by("period_end", "derived", "period"))

    @cached_property
    def runs(self) -> dict[str, list[Result]]:
        """The results by how long their periods are: the measure's own first, then the others."""
        found: dict[str, list[Result]] = defaultdict(list)
        for result in self.results:
            period = Period.parse(result.period)
            found[SPAN if period.is_span else period.frequency.value].append(result)
        own = self.definition.frequency.value
        if own not in found and found:
            own = max(found, key=lambda name: len(found[name]))
        return {name: found[name] for name in dict.fromkeys([own, *LENGTHS, SPAN]) if name in found}

    @cached_property
    def own(self) -> list[Result]:
        """The results of the measure's own periods."""
        return next(iter(self.runs.values()), [])

    @cached_property
    def by_category(self) -> list[Result]:
        """The results by category of the last period that has any."""
        ours = Result.objects.filter(known(self.as_at), measure=self.measure, derived=False).exclude(category="")
        last = Subquery(ours.order_by("-period_end", "-period").values("period")[:1])
        return list(ours.filter(period=last).order_by("category"))

    @cached_property
    def categories(self) -> dict[str, tuple[str, str, int]]:
        """The categories there are, as ``scheme=code``: the scheme's title, the category's name, its order."""
        rows = Category.objects.select_related("scheme").order_by("scheme", "order", "code")
        return {f"{row.scheme.code}={row.code}": (row.scheme.title, row.name, place) for place, row in enumerate(rows)}

    @cached_property
    def line(self) -> Line:
        """The measure as a board for its own last period shows it: the headline, and what is waited for."""
        last = _day_before(self.today)
        if self.measure.ends is not None and self.measure.ends < last.end:
            last = Period.of(Frequency.DAY, self.measure.ends)
        return self.line_for(expected_period(self.definition, last))

    def line_for(self, period: Period) -> Line:
        """The measure as a board for ``period`` shows it."""
        measure, latest = self.measure, self._latest(period)
        expected = next_expected(self.definition, period, latest.period if latest else None)
        figure = self.last_published.get(latest.period) if latest else None
        around = Around(
            period=period.text,
            today=self.today,
            expected=expected.text,
            owner=" / ".join(self.owners),
            published=figure.status if figure else "",
            promised=self._promised.get((measure.pk, expected.text)),
        )
        unit = measure.unit
        named = (unit.code, unit.name) if unit else ("", "")
        row = (measure.pk, measure.code, measure.title, measure.short_title, measure.unit_id, *named, measure.tier)
        return made_line(row, self.definition, kept_of(latest) if latest else None, around)

    def _latest(self, period: Period) -> Result | None:
        """The latest result for a period that ends by ``period``'s end, that very period's before any other."""
        found = [result for result in self.results if result.period_end <= period.end and not self._is_promised(result)]
        exact = [result for result in found if result.period == period.text]
        return max(
            exact or found, key=lambda result: (result.period_end, not result.derived, result.period), default=None
        )

    def _is_promised(self, result: Result) -> bool:
        return result.value is None and bool(result.missing) and (self.measure.pk, result.period) in self._promised

    @cached_property
    def _promised(self) -> dict[tuple[int, str], date]:
        """The day for which a late figure is promised, by period; the last word on it counts."""
        said = {figure.period: figure for figure in self.actuals if not figure.category}
        return {
            (self.measure.pk, period): figure.expected_on
            for period, figure in said.items()
            if figure.expected_on is not None and figure.value is None and figure.numerator is None
        }

    @cached_property
    def noise(self) -> dict[str, Noise]:
        """What the control chart says of each of the measure's own periods, but for those that are judged."""
        rows = [result for result in self.own if not result.derived]
        if not rows or not self.definition.strays_by_chance:
            return {}
        state = State(self.definition)
        for annotation in self.annotations:
            if annotation.kind != words.Annotation.NOTE:
                kind = words.Annotation(annotation.kind)
                state.apply(Said(annotation.entered_at, Annotated(Period.parse(annotation.period), kind)))
        figures = [figure_of(result) for result in rows]
        readings = Readings(state, figures, [figure.period for figure in figures])
        values, places, starts = readings.in_order(state)
        season = PER_YEAR.get(self.definition.frequency)
        points = chart(values, self.definition.polarity, starts=starts, season=season)
        lines = drawn_limits(values, starts=starts, season=season)
        return {
            result.period: Noise(points[place].finding, lines[place])
            for result, place in zip(rows, places, strict=True)
            if not self._is_judged(result)
        }

    def _is_judged(self, result: Result) -> bool:
        in_force = self.rules.at(Period.parse(result.period))
        return in_force is not None and in_force.version.family is words.Family.JUDGED

    # What was said

    @cached_property
    def actuals(self) -> list[Actual]:
        """Every figure of the whole as it was given, the first first."""
        rows = Actual.objects.filter(self._said, measure=self.measure, category="").select_related("change")
        return list(rows.order_by("entered_at", "pk"))

    @cached_property
    def targets(self) -> list[Target]:
        rows = Target.objects.filter(self._said, measure=self.measure).select_related("change")
        return list(rows.order_by("entered_at", "pk"))

    @cached_property
    def commentary(self) -> list[Commentary]:
        """Every text, the latest period first, and of one period the last said first."""
        rows = Commentary.objects.filter(self._said, measure=self.measure).order_by("entered_at", "pk")
        return sorted(rows, key=lambda row: (Period.parse(row.period).end, row.entered_at, row.pk), reverse=True)

    @cached_property
    def forecasts(self) -> list[Forecast]:
        return list(Forecast.objects.filter(self._said, measure=self.measure).order_by("-entered_at", "-pk"))

    @cached_property
    def judgements(self) -> list[Judgement]:
        return list(Judgement.objects.filter(self._said, measure=self.measure).order_by("-entered_at", "-pk"))

    @cached_property
    def annotations(self) -> list[Annotation]:
        rows = Annotation.objects.filter(self._said, measure=self.measure).select_related("change")
        return sorted(rows.order_by("entered_at", "pk"), key=lambda row: Period.parse(row.period))

    @cached_property
    def published(self) -> list[PublishedFigure]:
        """What meetings were shown of the whole, the first first."""
        rows = PublishedFigure.objects.filter(measure=self.measure, category="").select_related("change")
        if self.as_at is not None:
            rows = rows.filter(Q(shown_on__isnull=True) | Q(shown_on__lte=self.today))
        return list(rows.order_by(F("shown_on").asc(nulls_first=True), "pk"))

    @cached_property
    def last_published(self) -> dict[str, PublishedFigure]:
        """The figure last published for each period, with a status."""
        return {figure.period: figure for figure in self.published if figure.status}

    @cached_property
    def rules(self) -> RulesOf:
        return rules_of(self.measure, self.as_at)

    # Whose it is, and where it belongs

    @cached_property
    def holders(self) -> list[Holder]:
        """The parts that posts have in the measure on the day, in the order in which figures pass through them."""
        day = self.today
        rows = (
            MeasureRole.objects.filter(running(day), measure=self.measure)
            .order_by("post__title", "post__appointments__pk")
            .values_list(
                "role",
                "post__title",
                "post__appointments__person__name",
                "post__appointments__starts",
                "post__appointments__ends",
            )
        )
        people: dict[tuple[str, str], list[str]] = {}
        for role, post, name, starts, ends in rows:
            holding = people.setdefault((role, post), [])
            if name and (starts is None or starts <= day) and (ends is None or ends >= day):
                holding.append(name)
        order = list(MeasureRole.Part.values)
        found = [Holder(role, post, tuple(dict.fromkeys(names))) for (role, post), names in people.items()]
        return sorted(found, key=lambda holder: (order.index(holder.role), holder.post))

    @property
    def owners(self) -> Iterator[str]:
        """Who owns the measure, or the post that does where nobody holds it."""
        for holder in self.holders:
            if holder.role == MeasureRole.Part.OWNER:
                yield from holder.people or (holder.post,)

    @cached_property
    def places(self) -> list[tuple[str, str, str, str]]:
        """Where the measure belongs: (tag, scheme, tag, difference) and (set, set, title, section), in one query."""
        tags = Tag.objects.filter(running(self.today), measure=self.measure).order_by()
        lists = SetEntry.objects.filter(running(self.today), measure=self.measure).order_by()
        named = tags.values_list(Value("tag"), "scheme", "tag", "difference")
        return sorted(named.union(lists.values_list(Value("set"), "set", "title", "section"), all=True))

    @cached_property
    def successors(self) -> list[Measure]:
        """What follows on the measure once it is retired."""
        return list(Measure.objects.filter(succeeds=self.measure)) if self.measure.ends else []


def kept_of(result: Result) -> Kept:
    """A result as the board reads it."""
    return Kept._make([*(getattr(result, name) for name in Kept._fields[:-1]), json.dumps(result.reason_params)])


def figure_of(result: Result) -> Figure:
    """The figure behind a result, as the sums take it."""
    return Figure(
        period=Period.parse(result.period),
        value=result.value,
        numerator=result.numerator,
        denominator=result.denominator,
        lower=result.lower,
        upper=result.upper,
        missing=words.Missing(result.missing) if result.missing else None,
    )


def reason_of(result: Result) -> Reason:
    return Reason(result.reason_code, result.reason_params)


def _day_before(today: date) -> Period:
    """What has ended by the day before ``today`` has ended."""
    return Period.of(Frequency.DAY, today - timedelta(days=1))
