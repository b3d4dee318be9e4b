"""The record of one figure: every version of its result, and every time it was given."""

from functools import cached_property

from django.db.models import Q

from goldenthread.domain.periods import Period
from goldenthread.measures.models import Actual, PublishedFigure, Result
from goldenthread.measures.queries.line import Line, expected_period
from goldenthread.measures.queries.measure import Story


class Record:
    """One measure's figure for one period and category."""

    def __init__(self, story: Story, period: Period, category: str = "") -> None:
        self.story, self.period, self.category = story, period, category

    @cached_property
    def versions(self) -> list[Result]:
        """Every version of the result known by then, the first first."""
        known = Q() if self.story.as_at is None else Q(known_from__lte=self.story.as_at)
        ours = Q(measure=self.story.measure, period=self.period.text, category=self.category)
        return list(Result.objects.filter(known, ours).select_related("change").order_by("known_from", "pk"))

    @property
    def current(self) -> Result | None:
        """The version that stands, or stood at the moment asked for."""
        return self.versions[-1] if self.versions else None

    @cached_property
    def given(self) -> list[Actual]:
        """Every time the figure was given, the first first."""
        if not self.category:
            return [row for row in self.story.actuals if row.period == self.period.text]
        said = Q() if self.story.as_at is None else Q(entered_at__lte=self.story.as_at)
        ours = Q(measure=self.story.measure, period=self.period.text, category=self.category)
        return list(Actual.objects.filter(said, ours).select_related("change").order_by("entered_at", "pk"))

    @property
    def published(self) -> list[PublishedFigure]:
        return [] if self.category else [row for row in self.story.published if row.period == self.period.text]

    @cached_property
    def waiting(self) -> Line | None:
        """The measure as its board for the period shows it, where the figure is still waited for."""
        own = expected_period(self.story.definition, self.period)
        begun = not self.story.results or self.story.results[0].period_end <= self.period.end
        if self.versions or self.category or own != self.period or not begun:
            return None
        return self.story.line_for(self.period)

    @property
    def exists(self) -> bool:
        return bool(self.versions or self.given or self.waiting)
