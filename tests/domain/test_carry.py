import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.domain.carry import Carried, on_board
from goldenthread.domain.definition import Definition
from goldenthread.domain.periods import Period
from goldenthread.domain.words import Frequency

CURRENT = Carried(carried=False, stale=False, behind=0)


def stands(figure, board, frequency, **options):
    definition = Definition(code="CORP1", frequency=frequency, **options)
    return on_board(Period.parse(figure), Period.parse(board), definition)


@pytest.mark.parametrize(
    ("figure", "board", "frequency"),
    [
        ("2024/25 Q3", "2024/25 Q3", Frequency.QUARTER),
        ("2024-12", "2024/25 Q3", Frequency.MONTH),
        ("2024-W52", "2024/25 Q3", Frequency.WEEK),
        ("2024-12-31", "2024/25 Q3", Frequency.DAY),
        ("2024/25 H1", "2024/25 Q2", Frequency.HALF),
        ("2024/25", "2024/25 Q4", Frequency.YEAR),
        ("2024", "2024/25 Q3", Frequency.YEAR),
        ("2024", "2024/25", Frequency.YEAR),
        ("2023/24 academic", "2024/25 Q2", Frequency.YEAR),
        ("2022/23 to 2024/25", "2024/25 Q4", Frequency.YEAR),
        ("2024/25", "2024/25", Frequency.TWO_YEAR),
    ],
)
def test_a_figure_of_the_boards_own_period_is_current(figure, board, frequency):
    assert stands(figure, board, frequency) == CURRENT


@pytest.mark.parametrize(
    ("figure", "board", "frequency", "stale", "behind"),
    [
        ("2023/24", "2024/25 Q3", Frequency.YEAR, False, 0),
        ("2022/23", "2024/25 Q3", Frequency.YEAR, False, 1),
        ("2021/22", "2024/25 Q3", Frequency.YEAR, False, 2),
        ("2020/21", "2024/25 Q3", Frequency.YEAR, True, 3),
        ("2024/25 H1", "2024/25 Q3", Frequency.HALF, False, 0),
        ("2024-11", "2024/25 Q3", Frequency.MONTH, False, 1),
        ("2024-09", "2024/25 Q3", Frequency.MONTH, True, 3),
        ("2024/25 Q1", "2024/25 Q3", Frequency.QUARTER, False, 2),
        ("2023/24 Q4", "2024/25 Q3", Frequency.QUARTER, True, 3),
        ("2021/22 to 2023/24", "2024/25 Q4", Frequency.YEAR, False, 1),
        ("2023-10 to 2024-09", "2024/25 Q3", Frequency.QUARTER, False, 1),
        ("2022/23", "2024/25 Q3", Frequency.TWO_YEAR, False, 0),
        ("2018/19", "2024/25 Q4", Frequency.TWO_YEAR, True, 3),
    ],
)
def test_an_earlier_figure_is_carried_and_goes_stale(figure, board, frequency, stale, behind):
    assert stands(figure, board, frequency) == Carried(carried=True, stale=stale, behind=behind)


def test_a_measure_may_go_stale_sooner():
    assert stands("2022/23", "2024/25 Q3", Frequency.YEAR, stale_after=0).stale
    assert not stands("2023/24", "2024/25 Q3", Frequency.YEAR, stale_after=0).stale


def test_a_board_shows_nothing_that_ends_after_it():
    with pytest.raises(ValueError, match="a board for 2024/25 Q3 shows no figure for 2025-01, which ends later"):
        stands("2025-01", "2024/25 Q3", Frequency.MONTH)


@given(
    st.sampled_from(["2010-04", "2010/11 Q1", "2010/11 H1", "2010/11", "2010-W20", "2008/09 to 2010/11"]),
    st.integers(0, 40),
    st.integers(0, 5),
)
def test_time_only_makes_a_figure_older(figure, later, stale_after):
    period, board = Period.parse(figure), Period.parse("2011/12 Q1")
    definition = Definition(code="CORP1", frequency=period.frequency, stale_after=stale_after)
    for _ in range(later):
        board = board.next()
    now, next_board = on_board(period, board, definition), on_board(period, board.next(), definition)
    assert now.behind <= next_board.behind
    assert (now.carried, now.stale) <= (next_board.carried, next_board.stale)
    assert now.carried or not now.stale
