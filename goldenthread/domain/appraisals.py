"""Appraisals: which stage comes next and by when, and the overall rating by a template's rule.

Objectives are agreed; the mid-year review was due at the end of October and has not been held:

>>> due = Stages(
...     objectives=date(2026, 5, 29), mid_year=date(2026, 10, 30), year_end=date(2027, 3, 31), signed=date(2027, 4, 30)
... )
>>> done = Done(objectives=date(2026, 5, 12))
>>> told = standing(done, due, today=date(2027, 1, 18))
>>> told.stage, told.due, told.is_overdue
(<Stage.MID_YEAR: 'mid_year'>, datetime.date(2026, 10, 30), True)

Two objectives, one weighing more than the other:

>>> scale = Scale(((1, "Needs to improve"), (2, "Good"), (3, "Outstanding")))
>>> rating = overall(OverallRule.WEIGHTED_MEAN, scale, [Rated(Decimal(60), 3), Rated(Decimal(40), 2)])
>>> overall_words(rating)
'Outstanding: the ratings of 2 objectives by their weights make 2.6, which is nearest to 3'
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from goldenthread.domain.amounts import _
from goldenthread.domain.figures import as_shown


class Stage(StrEnum):
    """What comes next in an appraisal."""

    OBJECTIVES = "objectives"
    MID_YEAR = "mid_year"
    YEAR_END = "year_end"
    SIGNING = "signing"
    SIGNED = "signed"
    CLOSED = "closed"


#: The stages in which somebody has something to do, in order.
TO_DO = (Stage.OBJECTIVES, Stage.MID_YEAR, Stage.YEAR_END, Stage.SIGNING)


class OverallRule(StrEnum):
    WEIGHTED_MEAN = "weighted_mean"
    LOWEST = "lowest"
    JUDGED = "judged"


@dataclass(frozen=True, slots=True)
class Stages:
    """The day by which each stage is due."""

    objectives: date
    mid_year: date
    year_end: date
    signed: date

    def of(self, stage: Stage) -> date | None:
        return {
            Stage.OBJECTIVES: self.objectives,
            Stage.MID_YEAR: self.mid_year,
            Stage.YEAR_END: self.year_end,
            Stage.SIGNING: self.signed,
        }.get(stage)


@dataclass(frozen=True, slots=True)
class Done:
    """The day on which each stage was reached; ``closed`` where the appraisal ended without being signed."""

    objectives: date | None = None
    mid_year: date | None = None
    year_end: date | None = None
    appraisee_signed: date | None = None
    appraiser_signed: date | None = None
    closed: date | None = None

    @property
    def stage(self) -> Stage:
        if self.appraisee_signed and self.appraiser_signed:
            return Stage.SIGNED
        if self.closed:
            return Stage.CLOSED
        if self.objectives is None:
            return Stage.OBJECTIVES
        if self.year_end is not None:
            return Stage.SIGNING
        return Stage.YEAR_END if self.mid_year is not None else Stage.MID_YEAR

    @property
    def signed_on(self) -> date | None:
        """The day on which the second of the two signed."""
        if self.appraisee_signed and self.appraiser_signed:
            return max(self.appraisee_signed, self.appraiser_signed)
        return None


@dataclass(frozen=True, slots=True)
class Standing:
    """The stage that comes next, when it is due, and how many days late it is (0: not late)."""

    stage: Stage
    due: date | None
    days_late: int = 0

    @property
    def is_overdue(self) -> bool:
        return self.days_late > 0


def standing(done: Done, due: Stages, *, today: date) -> Standing:
    """How an appraisal stands on ``today``. The day on which something is due is not late yet."""
    stage = done.stage
    by = due.of(stage)
    return Standing(stage, by, max((today - by).days, 0) if by else 0)


@dataclass(frozen=True, slots=True)
class Scale:
    """What a template's ratings are: whole numbers, the highest the best, and what each is called."""

    words: tuple[tuple[int, str], ...]

    def word(self, rating: int) -> str:
        return dict(self.words).get(rating, str(rating))

    def nearest(self, number: Decimal) -> int:
        """The rating nearest to ``number``; half-way, the better one.

        >>> Scale(((1, "Low"), (2, "Good"), (4, "Best"))).nearest(Decimal("3"))
        4
        """
        return min((value for value, _word in self.words), key=lambda value: (abs(number - value), -value))


@dataclass(frozen=True, slots=True)
class Rated:
    """One objective's rating and its weight; where none is weighed, all weigh the same."""

    weight: Decimal | None
    rating: int


@dataclass(frozen=True, slots=True)
class Overall:
    """The overall rating, and what explains it: ``exact`` is the mean before it was rounded."""

    rule: OverallRule
    rating: int
    word: str
    objectives: int
    exact: Decimal | None = None
    weighted: bool = False


def overall(rule: OverallRule, scale: Scale, rated: Sequence[Rated], *, judged: int | None = None) -> Overall | None:
    """The overall rating by ``rule``; None while what it needs is not there.

    A mean weighs every objective alike unless all of them are weighed. Source: docs/words.md, How people are appraised.
    """
    if rule is OverallRule.JUDGED:
        return Overall(rule, judged, scale.word(judged), len(rated)) if judged is not None else None
    if not rated:
        return None
    if rule is OverallRule.LOWEST:
        lowest = min(one.rating for one in rated)
        return Overall(rule, lowest, scale.word(lowest), len(rated))
    weighted = all(one.weight for one in rated)
    weights = [one.weight if weighted and one.weight else Decimal(1) for one in rated]
    exact = sum((weight * one.rating for weight, one in zip(weights, rated, strict=True)), Decimal(0)) / sum(weights)
    rating = scale.nearest(exact)
    return Overall(rule, rating, scale.word(rating), len(rated), exact, weighted)


_WORDS = {
    "weighted": _(
        "{word}: the ratings of {number} objectives by their weights make {exact}, which is nearest to {rating}"
    ),
    "mean": _("{word}: the mean of the ratings of {number} objectives is {exact}, which is nearest to {rating}"),
    "single": _("{word}: the rating of the one objective"),
    "lowest": _("{word}: the lowest rating of {number} objectives"),
    "judged": _("{word}: the appraiser's judgement of the year as a whole"),
}


def overall_words(found: Overall, *, translate: Callable[[str], str] = str) -> str:
    """Why the overall rating is what it is, as a sentence."""
    if found.rule is not OverallRule.JUDGED and found.objectives == 1:
        code = "single"
    elif found.rule is OverallRule.WEIGHTED_MEAN:
        code = "weighted" if found.weighted else "mean"
    else:
        code = found.rule.value
    exact = f"{as_shown(found.exact, 2).normalize():f}" if found.exact is not None else ""
    return translate(_WORDS[code]).format(word=found.word, number=found.objectives, exact=exact, rating=found.rating)
