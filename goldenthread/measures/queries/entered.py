"""What came of one Change: the figures it gave, and every result that it moved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from goldenthread.domain.words import RATED
from goldenthread.history.models import Change
from goldenthread.measures.models import Actual, Commentary, Measure, Result
from goldenthread.measures.queries.entry import category_names

#: The most results that are listed one by one.
LISTED = 60


@dataclass(frozen=True, slots=True)
class Step:
    """A result as it is since the Change, and as it was before."""

    measure: Measure
    after: Result
    before: Result | None

    @property
    def recoloured(self) -> bool:
        return self.before is None or self.before.status != self.after.status


@dataclass(frozen=True)
class Entered:
    change: Change
    figures: Sequence[Actual]
    words: Commentary | None
    own: Step | None
    others: Sequence[Step]
    parts: Sequence[Step]
    names: Mapping[str, str]

    @property
    def period(self) -> str:
        """The period that the Change was about."""
        said = [*self.figures, *([self.words] if self.words else [])]
        return said[0].period if said else ""

    @property
    def asks_for_words(self) -> bool:
        """Whether the figure is off target and nobody has said why."""
        return self.own is not None and self.words is None and self.own.after.status in RATED[2:]


def entered_by(change: Change, measure: Measure, visible: Q) -> Entered:
    """What ``change`` did to ``measure`` and to the ``visible`` measures made from it; in five queries."""
    figures = list(Actual.objects.filter(change=change, measure=measure).order_by("category"))
    words = Commentary.objects.filter(change=change, measure=measure).first()
    made = list(
        Result.objects.filter(change=change, measure__in=Measure.objects.filter(visible))
        .select_related("measure")
        .order_by("period_end", "measure__code", "category")
    )
    closed = Result.objects.filter(known_to=change.at, measure__in={result.measure_id for result in made})
    before = {(result.measure_id, result.category, result.period): result for result in closed}
    steps = [
        Step(result.measure, result, before.get((result.measure_id, result.category, result.period))) for result in made
    ]
    period = figures[0].period if figures else ""
    own = next((step for step in steps if _is_own(step, measure, period)), None)
    return Entered(
        change=change,
        figures=figures,
        words=words or _words(measure, period),
        own=own,
        others=[step for step in steps if step is not own and not step.after.category][:LISTED],
        parts=[step for step in steps if step.after.category and step.after.period == period][:LISTED],
        names=category_names({step.after.category for step in steps} - {""}),
    )


def _is_own(step: Step, measure: Measure, period: str) -> bool:
    return step.measure.pk == measure.pk and step.after.period == period and not step.after.category


def _words(measure: Measure, period: str) -> Commentary | None:
    return Commentary.objects.filter(measure=measure, period=period).order_by("-entered_at", "-pk").first()
