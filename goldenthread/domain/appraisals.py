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
>>> overall_sum(rating)
'60% × 3 + 40% × 2 = 2.6'

Where the template says so, competencies count for their share:

>>> objectives = [Rated(Decimal(60), 3), Rated(Decimal(40), 2)]
>>> rating = overall(OverallRule.WEIGHTED_MEAN, scale, objectives, competencies=[2, 3, 2], share=30)
>>> overall_words(rating)
'Outstanding: objectives at 70% and competencies at 30% make 2.52, which is nearest to 3'
>>> overall_sum(rating)
'objectives 60% × 3 + 40% × 2 = 2.6; competencies (2 + 3 + 2) ÷ 3 = 2.33; together 70% × 2.6 + 30% × 2.33 = 2.52'
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

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

    def nearest(self, number: Decimal | Fraction) -> int:
        """The rating nearest to ``number``; half-way, the better one.

        >>> Scale(((1, "Low"), (2, "Good"), (4, "Best"))).nearest(Decimal("3"))
        4
        """
        exact = Fraction(number)
        return min((value for value, _word in self.words), key=lambda value: (abs(exact - value), -value))


@dataclass(frozen=True, slots=True)
class Rated:
    """One objective's rating and its weight; where none is weighed, all weigh the same."""

    weight: Decimal | None
    rating: int


@dataclass(frozen=True, slots=True)
class Overall:
    """The overall rating, and what explains it: ``exact`` is the mean before it was rounded, shown to ``places``."""

    rule: OverallRule
    rating: int
    word: str
    objectives: int
    exact: Decimal | None = None
    weighted: bool = False
    rated: tuple[Rated, ...] = ()
    competencies: tuple[int, ...] = ()
    share: int = 0
    places: int = 2


def overall(
    rule: OverallRule,
    scale: Scale,
    rated: Sequence[Rated],
    *,
    competencies: Sequence[int] = (),
    share: int = 0,
    judged: int | None = None,
) -> Overall | None:
    """The overall rating by ``rule``; None while what it needs is not there.

    A mean weighs every objective alike unless all of them are weighed. Competencies, all alike, make ``share`` per cent
    of it; at 0 they do not count. Source: docs/words.md, How people are appraised.
    """
    if rule is OverallRule.JUDGED:
        return Overall(rule, judged, scale.word(judged), len(rated)) if judged is not None else None
    if not rated:
        return None
    counted = tuple(competencies) if share else ()
    if rule is OverallRule.LOWEST:
        lowest = min([one.rating for one in rated] + list(counted))
        return Overall(rule, lowest, scale.word(lowest), len(rated), competencies=counted, share=share)
    weighted = all(one.weight for one in rated)
    exact = _mean(rated, weighted=weighted)
    if counted:
        exact = (exact * (100 - share) + Fraction(sum(counted), len(counted)) * share) / 100
    rating = scale.nearest(exact)
    return Overall(
        rule,
        rating,
        scale.word(rating),
        len(rated),
        _decimal(exact),
        weighted,
        tuple(rated),
        counted,
        share if counted else 0,
        _places(exact, scale),
    )


def _mean(rated: Sequence[Rated], *, weighted: bool) -> Fraction:
    weights = [Fraction(one.weight) if weighted and one.weight else Fraction(1) for one in rated]
    return sum((weight * one.rating for weight, one in zip(weights, rated, strict=True)), Fraction(0)) / sum(weights)


def _decimal(number: Fraction) -> Decimal:
    return Decimal(number.numerator) / Decimal(number.denominator)


def _places(exact: Fraction, scale: Scale) -> int:
    """Decimals enough that the number shown is nearest to the same rating."""
    fitting = (n for n in range(2, 6) if scale.nearest(as_shown(_decimal(exact), n)) == scale.nearest(exact))
    return next(fitting, 6)


_WORDS = {
    "weighted": _(
        "{word}: the ratings of {number} objectives by their weights make {exact}, which is nearest to {rating}"
    ),
    "mean": _("{word}: the mean of the ratings of {number} objectives is {exact}, which is nearest to {rating}"),
    "both": _("{word}: objectives at {rest}% and competencies at {share}% make {exact}, which is nearest to {rating}"),
    "single": _("{word}: the rating of the one objective"),
    "lowest": _("{word}: the lowest rating of {number} objectives"),
    "lowest_of_all": _("{word}: the lowest rating of objectives ({number}) and competencies ({competencies})"),
    "judged": _("{word}: the appraiser's judgement of the year as a whole"),
}
_SUM_OF_BOTH = _(
    "objectives {objectives}; competencies {competencies}; together {rest}% × {first} + {share}% × {second} = {exact}"
)


def overall_words(found: Overall, *, translate: Callable[[str], str] = str) -> str:
    """Why the overall rating is what it is, as a sentence."""
    return translate(_WORDS[_code(found)]).format(
        word=found.word,
        number=found.objectives,
        competencies=len(found.competencies),
        exact=_number(found.exact, found.places) if found.exact is not None else "",
        rating=found.rating,
        share=found.share,
        rest=100 - found.share,
    )


def _code(found: Overall) -> str:
    if found.rule is OverallRule.JUDGED:
        return "judged"
    if found.competencies:
        return "both" if found.rule is OverallRule.WEIGHTED_MEAN else "lowest_of_all"
    if found.objectives == 1:
        return "single"
    if found.rule is OverallRule.WEIGHTED_MEAN:
        return "weighted" if found.weighted else "mean"
    return "lowest"


def overall_sum(found: Overall, *, translate: Callable[[str], str] = str) -> str:
    """The sum behind a mean, each number as it is shown; nothing where there is none."""
    if found.exact is None or _code(found) == "single":
        return ""
    objectives, made = _objectives_sum(found), _number(found.exact, found.places)
    if not found.competencies:
        return f"{objectives} = {made}"
    first = _number(_decimal(_mean(found.rated, weighted=found.weighted)))
    second = _number(_decimal(Fraction(sum(found.competencies), len(found.competencies))))
    together = f"({' + '.join(str(one) for one in found.competencies)}) ÷ {len(found.competencies)}"
    return translate(_SUM_OF_BOTH).format(
        objectives=f"{objectives} = {first}" if objectives != first else first,
        competencies=f"{together} = {second}" if len(found.competencies) > 1 else second,
        rest=100 - found.share,
        first=first,
        share=found.share,
        second=second,
        exact=made,
    )


def _objectives_sum(found: Overall) -> str:
    if len(found.rated) == 1:
        return str(found.rated[0].rating)
    if not found.weighted:
        return f"({' + '.join(str(one.rating) for one in found.rated)}) ÷ {len(found.rated)}"
    total = sum((one.weight or Decimal(0) for one in found.rated), Decimal(0))
    sign = "%" if total == 100 else ""
    parts = " + ".join(f"{_number(one.weight or Decimal(0))}{sign} × {one.rating}" for one in found.rated)
    return parts if sign else f"({parts}) ÷ {_number(total)}"


def _number(number: Decimal, places: int = 2) -> str:
    return f"{as_shown(number, places).normalize():f}"
