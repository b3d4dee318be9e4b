"""The stages of an appraisal and the overall rating, by each rule."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.domain.appraisals import (
    Done,
    OverallRule,
    Rated,
    Scale,
    Stage,
    Stages,
    Standing,
    overall,
    overall_words,
    standing,
)

SCALE = Scale(((1, "Needs to improve"), (2, "Developing"), (3, "Good"), (4, "Outstanding")))
DUE = Stages(date(2026, 5, 29), date(2026, 10, 30), date(2027, 3, 31), date(2027, 4, 30))
DAYS = {"objectives": date(2026, 5, 1), "mid_year": date(2026, 10, 1), "year_end": date(2027, 3, 1)}


@pytest.mark.parametrize(
    ("done", "stage"),
    [
        (Done(), Stage.OBJECTIVES),
        (Done(objectives=date(2026, 5, 1)), Stage.MID_YEAR),
        (Done(objectives=date(2026, 5, 1), mid_year=date(2026, 10, 1)), Stage.YEAR_END),
        (Done(**DAYS), Stage.SIGNING),
        (Done(**DAYS, appraisee_signed=date(2027, 4, 1)), Stage.SIGNING),
        (Done(**DAYS, appraisee_signed=date(2027, 4, 1), appraiser_signed=date(2027, 4, 3)), Stage.SIGNED),
        (Done(objectives=date(2026, 5, 1), closed=date(2026, 8, 31)), Stage.CLOSED),
    ],
)
def test_what_comes_next(done: Done, stage: Stage) -> None:
    assert done.stage is stage


@pytest.mark.parametrize(("today", "late"), [(date(2026, 10, 30), 0), (date(2026, 10, 31), 1), (date(2027, 1, 18), 80)])
def test_the_day_it_is_due_is_not_late_yet(today: date, late: int) -> None:
    assert standing(Done(objectives=date(2026, 5, 1)), DUE, today=today) == Standing(
        Stage.MID_YEAR, date(2026, 10, 30), late
    )


def test_it_is_signed_on_the_day_of_the_second_signature() -> None:
    both = Done(**DAYS, appraisee_signed=date(2027, 4, 9), appraiser_signed=date(2027, 4, 3))
    assert both.signed_on == date(2027, 4, 9)
    assert Done(**DAYS, appraisee_signed=date(2027, 4, 9)).signed_on is None


@pytest.mark.parametrize(
    ("rule", "rated", "judged", "words"),
    [
        (
            OverallRule.WEIGHTED_MEAN,
            [Rated(Decimal(70), 4), Rated(Decimal(30), 2)],
            None,
            "Good: the ratings of 2 objectives by their weights make 3.4, which is nearest to 3",
        ),
        (
            OverallRule.WEIGHTED_MEAN,
            [Rated(None, 4), Rated(None, 3)],
            None,
            "Outstanding: the mean of the ratings of 2 objectives is 3.5, which is nearest to 4",
        ),
        (
            OverallRule.WEIGHTED_MEAN,
            [Rated(Decimal(70), 4), Rated(None, 2), Rated(None, 2)],
            None,
            "Good: the mean of the ratings of 3 objectives is 2.67, which is nearest to 3",
        ),
        (OverallRule.WEIGHTED_MEAN, [Rated(None, 3)], None, "Good: the rating of the one objective"),
        (
            OverallRule.LOWEST,
            [Rated(None, 4), Rated(None, 2)],
            None,
            "Developing: the lowest rating of 2 objectives",
        ),
        (OverallRule.JUDGED, [], 4, "Outstanding: the appraiser's judgement of the year as a whole"),
    ],
)
def test_the_overall_rating_is_explained(rule: OverallRule, rated: list[Rated], judged: int | None, words: str) -> None:
    found = overall(rule, SCALE, rated, judged=judged)
    assert found is not None
    assert overall_words(found) == words


@pytest.mark.parametrize("rule", list(OverallRule))
def test_nothing_rated_is_no_rating(rule: OverallRule) -> None:
    assert overall(rule, SCALE, []) is None


@given(
    st.lists(
        st.tuples(st.one_of(st.none(), st.integers(1, 100)), st.sampled_from([1, 2, 3, 4])), min_size=1, max_size=8
    ),
    st.sampled_from([OverallRule.WEIGHTED_MEAN, OverallRule.LOWEST]),
)
def test_it_lies_between_the_worst_and_the_best(given: list[tuple[int | None, int]], rule: OverallRule) -> None:
    rated = [Rated(Decimal(weight) if weight else None, rating) for weight, rating in given]
    found = overall(rule, SCALE, rated)
    assert found is not None
    assert min(one.rating for one in rated) <= found.rating <= max(one.rating for one in rated)
