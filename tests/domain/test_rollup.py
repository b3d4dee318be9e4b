from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.domain.periods import Period
from goldenthread.domain.reasons import Reason
from goldenthread.domain.rollup import (
    FOUR_BANDS,
    SCORES,
    THREE_BANDS,
    Child,
    Counts,
    count,
    count_words,
    counts_only,
    judged,
    percentage,
    rollup_words,
    weighted_mean,
    worst_of,
)
from goldenthread.domain.status import Judgement
from goldenthread.domain.words import RATED, Status

TODAY = date(2026, 6, 1)


def children(*words, **options):
    return [Child(status=Status(word), **options) for word in words]


@pytest.mark.parametrize(
    ("part", "whole", "decimals", "expected"),
    [
        (30, 41, 0, "73"),
        (1, 8, 0, "13"),
        (5, 1000, 0, "1"),
        (49, 10_000, 0, "0"),
        (1, 8, 1, "12.5"),
        (1, 3, 2, "33.33"),
        (2, 3, 2, "66.67"),
        (Decimal("0.125"), 1, 0, "13"),
        (0, 7, 0, "0"),
        (7, 7, 1, "100.0"),
        (-1, 8, 0, "-13"),
    ],
)
def test_percentages_are_rounded_half_up(part, whole, decimals, expected):
    assert str(percentage(part, whole, decimals)) == expected


def test_there_is_no_percentage_of_nothing():
    with pytest.raises(ValueError, match="no percentage of nothing"):
        percentage(0, 0)


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.integers(0, 4))
def test_a_percentage_is_the_exact_one_rounded(part, whole, decimals):
    exact = (Decimal(part) * 100 / whole).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    assert percentage(part, whole, decimals) == exact


def test_everything_is_counted_and_what_is_carried_apart():
    board = [
        *children("green", "green", "blue", "amber", "red"),
        *children("overdue", "overdue"),
        *children("not_due", "no_target", "no_target"),
        *children("green", "red", carried=True, figure_period=Period.parse("2024/25")),
        *children("green", carried=True, figure_period=Period.parse("2023/24")),
        *children("amber", carried=True, overdue=True, figure_period=Period.parse("2025/26 Q2")),
        *children("not_rated", overdue=True),
    ]
    counts = count(board)
    assert counts == Counts(
        total=15,
        rated=5,
        on_target=3,
        overdue=4,
        carried=4,
        carried_on_target=2,
        oldest_carried=Period.parse("2023/24"),
        left_out={Status.NOT_DUE: 1, Status.NO_TARGET: 2},
        by_status={
            Status.GREEN: 4,
            Status.BLUE: 1,
            Status.AMBER: 2,
            Status.RED: 2,
            Status.OVERDUE: 2,
            Status.NOT_DUE: 1,
            Status.NO_TARGET: 2,
            Status.NOT_RATED: 1,
        },
    )
    assert (counts.percent, counts.percent_with_overdue) == (60, 33)
    assert count_words(counts) == (
        "3 of 5 rated, 60%; 4 overdue, 33% if they count as not on target; "
        "4 carried forward, oldest 2023/24; 2 no target; 1 not due"
    )


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], "none rated"),
        (["not_due"], "none rated; 1 not due"),
        (["overdue"], "none rated; 1 overdue"),
        (["green"], "1 of 1 rated, 100%"),
        (["green", "overdue"], "1 of 1 rated, 100%; 1 overdue, 50% if it counts as not on target"),
        (["red", "awaited"], "0 of 1 rated, 0%; 1 awaited"),
    ],
)
def test_counts_in_words_have_both_numbers(words, expected):
    assert count_words(count(children(*words))) == expected


def test_the_default_roll_up_has_no_colour():
    found = counts_only(children("green", "green", "red"))
    assert (found.status, rollup_words(found.reason)) == (
        Status.NOT_RATED,
        "Counted, not rated: 2 of 3 rated on target, 67%",
    )
    assert rollup_words(counts_only(children("overdue")).reason) == "Not rated: nothing beneath it is rated"


@pytest.mark.parametrize(
    ("words", "bands", "score", "expected"),
    [
        (["green", "green", "amber"], THREE_BANDS, Decimal(250) / 3, Status.GREEN),
        (["green", "amber"], THREE_BANDS, Decimal(75), Status.AMBER),
        (["amber", "red"], THREE_BANDS, Decimal(25), Status.RED),
        (["blue", "blue"], THREE_BANDS, Decimal(100), Status.GREEN),
        (["blue", "blue"], (Status.BLUE, *THREE_BANDS), Decimal(100), Status.GREEN),
        (["green", "green_amber"], FOUR_BANDS, Decimal("83.5"), Status.GREEN_AMBER),
        (["red_amber"], FOUR_BANDS, Decimal(33), Status.RED_AMBER),
        (["red_amber", "green_amber"], FOUR_BANDS, Decimal(50), Status.RED_AMBER),
        (["red_amber"], THREE_BANDS, Decimal(33), Status.AMBER),
        (["green", "overdue"], THREE_BANDS, Decimal(50), Status.AMBER),
        (["overdue"], THREE_BANDS, Decimal(0), Status.RED),
        (["green", "not_due", "no_target", "not_rated", "awaited"], THREE_BANDS, Decimal(100), Status.GREEN),
        (["not_due", "no_target"], THREE_BANDS, None, Status.NOT_RATED),
        ([], THREE_BANDS, None, Status.NOT_RATED),
    ],
)
def test_the_mean_score_takes_the_nearest_band_and_a_tie_the_worse(words, bands, score, expected):
    found = weighted_mean(children(*words), bands=bands)
    assert (found.status, found.score) == (expected, score)


def test_weights_count():
    heavy = [Child(status=Status.RED, weight=Decimal(3)), *children("green")]
    assert weighted_mean(heavy).score == 25
    assert weighted_mean([Child(status=Status.RED, weight=Decimal(0))]).status is Status.NOT_RATED
    with pytest.raises(ValueError, match="a weight is 0 or more, not -1"):
        weighted_mean([Child(status=Status.RED, weight=Decimal(-1))])


def test_a_council_may_give_its_own_scores():
    scores = {**SCORES, Status.AMBER: Decimal(40)}
    found = weighted_mean(children("amber", "amber", "green"), scores=scores)
    assert (found.score, found.status) == (60, Status.AMBER)
    with pytest.raises(ValueError, match="no score is given for blue"):
        weighted_mean(children("blue"), scores={Status.GREEN: Decimal(1)}, bands=(Status.GREEN,))


def test_a_tie_is_exact_where_the_mean_is_not():
    thirds = [Child(status=Status.GREEN, weight=Decimal(1) / 3), Child(status=Status.AMBER, weight=Decimal(1) / 3)]
    assert weighted_mean(thirds).status is Status.AMBER


def test_a_carried_child_whose_next_figure_is_overdue_scores_nothing():
    green = Child(status=Status.GREEN, carried=True)
    assert weighted_mean([green]).score == 100
    assert weighted_mean([replace(green, overdue=True)]).score == 0
    assert worst_of([replace(green, overdue=True)]).status is Status.RED


@pytest.mark.parametrize(
    ("words", "expected", "why"),
    [
        (["green", "amber", "amber"], Status.AMBER, "Amber: the worst of 3 rated; 2 amber"),
        (["blue", "green"], Status.GREEN, "Green: the worst of 2 rated; 1 green"),
        (["red", "overdue"], Status.RED, "Red: the worst of 1 rated and 1 overdue; 1 red"),
        (["green", "overdue", "not_due"], Status.RED, "Red: 1 overdue, counted as red; 1 left out"),
        (["red_amber", "green_amber"], Status.RED_AMBER, "Red-amber: the worst of 2 rated; 1 red-amber"),
        (["not_due"], Status.NOT_RATED, "Not rated: nothing beneath it is rated"),
    ],
)
def test_worst_of(words, expected, why):
    found = worst_of(children(*words))
    assert (found.status, rollup_words(found.reason)) == (expected, why)


def test_the_mean_explains_itself():
    board = [
        *children("green", "green_amber", "overdue", "not_due"),
        *children("green", carried=True),
    ]
    found = weighted_mean(board)
    assert found.reason == Reason(
        "rollup_mean",
        {
            "total": "5",
            "rated": "2",
            "carried": "1",
            "overdue": "1",
            "left_out": "1",
            "status": "amber",
            "score": "66.75",
            "band": "50",
        },
    )
    assert rollup_words(found.reason) == (
        "Amber: the mean score of 2 rated, 1 carried forward and 1 overdue is 66.8, nearest to amber (50); 1 left out"
    )


JUDGEMENT = Judgement(
    status=Status.AMBER, reason="Two posts vacant.", by="A. Shah", on=date(2026, 3, 3), expires=date(2026, 6, 30)
)


@pytest.mark.parametrize(
    ("judgement", "today", "expected", "why"),
    [
        (
            JUDGEMENT,
            date(2026, 6, 30),
            Status.AMBER,
            "Amber, judged by A. Shah on 3 March 2026: Two posts vacant. The judgement stands until 30 June 2026",
        ),
        (
            JUDGEMENT,
            date(2026, 7, 1),
            Status.NOT_RATED,
            "Not rated: the judgement by A. Shah of 3 March 2026 expired on 30 June 2026",
        ),
        (
            replace(JUDGEMENT, expires=None),
            TODAY,
            Status.NOT_RATED,
            "Not rated: a judged status needs a reason, an author and an expiry",
        ),
        (
            replace(JUDGEMENT, reason=" "),
            TODAY,
            Status.NOT_RATED,
            "Not rated: a judged status needs a reason, an author and an expiry",
        ),
        (None, TODAY, Status.NOT_RATED, "Not rated: it has not been judged"),
    ],
)
def test_a_judged_status_needs_a_reason_an_author_and_an_expiry(judgement, today, expected, why):
    found = judged(children("green", "overdue"), judgement, today=today)
    assert (found.status, rollup_words(found.reason), found.counts.overdue) == (expected, why, 1)


boards = st.lists(
    st.builds(
        Child,
        status=st.sampled_from(Status),
        weight=st.integers(0, 5).map(Decimal),
        carried=st.booleans(),
        overdue=st.booleans(),
    ),
    min_size=1,
    max_size=8,
)


def badness(status):
    """How bad a parent's status is; none at all is better than any, for a missing child must not bring it about."""
    return RATED.index(status) if status in RATED else -1


@given(boards, st.data())
def test_a_child_that_goes_overdue_never_improves_its_parent(board, data):
    place = data.draw(st.integers(0, len(board) - 1))
    missing = [*board]
    missing[place] = replace(board[place], status=Status.OVERDUE, carried=False)
    for bands in (THREE_BANDS, FOUR_BANDS):
        before, after = weighted_mean(board, bands=bands), weighted_mean(missing, bands=bands)
        assert badness(after.status) >= badness(before.status)
        assert before.score is None or after.score <= before.score
    assert badness(worst_of(missing).status) >= badness(worst_of(board).status)
    if not board[place].carried:
        before, after = count(board), count(missing)
        assert (after.percent_with_overdue or 0) <= (before.percent_with_overdue or 0)


@given(boards, st.sampled_from([status for status in Status if status not in RATED]))
def test_a_missing_child_more_never_improves_its_parent(board, status):
    more = [*board, Child(status=status)]
    assert badness(weighted_mean(more).status) >= badness(weighted_mean(board).status)
    assert badness(worst_of(more).status) >= badness(worst_of(board).status)


@given(boards)
def test_a_parent_is_neither_better_nor_worse_than_all_its_children(board):
    scored = [
        _score
        for child in board
        if child.weight and (_score := 0 if child.is_overdue else SCORES.get(child.status)) is not None
    ]
    found = weighted_mean(board)
    if scored:
        assert min(scored) <= found.score <= max(scored)
    else:
        assert found.status is Status.NOT_RATED


@given(boards)
def test_the_counts_add_up_and_every_reason_has_words(board):
    counts = count(board)
    assert sum(counts.by_status.values()) == counts.total == len(board)
    coloured_overdue = sum(child.is_overdue and child.status in RATED for child in board)
    assert counts.rated + counts.carried + counts.overdue - coloured_overdue + sum(counts.left_out.values()) == len(
        board
    )
    for found in (counts_only(board), weighted_mean(board), worst_of(board)):
        assert rollup_words(found.reason)
    assert count_words(counts)
