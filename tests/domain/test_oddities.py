"""What is odd about a figure before it is kept."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.domain.definition import Definition
from goldenthread.domain.figures import Figure
from goldenthread.domain.oddities import ODDITIES, odd_parts, oddities, oddity_words
from goldenthread.domain.periods import Period
from goldenthread.domain.reasons import Reason
from goldenthread.domain.words import Aggregation, DataType, Frequency, Reading, State

CALLS = Definition(code="CS-01", data_type=DataType.PERCENTAGE, decimals=1)
HOMES = Definition(code="HO-01", data_type=DataType.NUMBER, unit_of_measure="homes")
TAX = Definition(
    code="CT-01",
    data_type=DataType.PERCENTAGE,
    frequency=Frequency.QUARTER,
    reading=Reading.YEAR_TO_DATE,
    aggregation=Aggregation.SUM,
)


def series(*values: object, first: str = "2024/25 Q1", **halves: list[object]) -> list[Figure]:
    """Figures of one period after the other."""
    period = Period.parse(first)
    found = []
    for index, value in enumerate(values):
        given = {name: Decimal(str(numbers[index])) for name, numbers in halves.items()}
        found.append(Figure(period=period, value=Decimal(str(value)), **given))
        period = period.next()
    return found


def figure(value: object, period: str = "2026/27 Q3", **more: object) -> Figure:
    numbers = {name: said if isinstance(said, State) else Decimal(str(said)) for name, said in more.items()}
    return Figure(period=Period.parse(period), value=Decimal(str(value)), **numbers)


def said(measure: Definition, given_figure: Figure, past: list[Figure], today: date | None = None) -> list[str]:
    return [oddity_words(odd) for odd in oddities(measure, given_figure, past, today=today)]


USUAL_CALLS = series("94.1", "93.6", "95.2", "94.4", "94.9", "93.8")
USUAL_HOMES = series(412, 398, 455, 420, 430, 401, 444)


@pytest.mark.parametrize(
    ("measure", "given_figure", "past", "words"),
    [
        (CALLS, figure("94.8"), USUAL_CALLS, []),
        (
            CALLS,
            figure("0.948"),
            USUAL_CALLS,
            ["0.948% looks like a share of 1 where about 94.3% is usual. Is 94.8% meant?"],
        ),
        (
            CALLS,
            figure(9480),
            USUAL_CALLS,
            [
                "9,480% is more than the whole, and this measure has never been above 100%",
                "9,480% is 101 times what is usual, about 94.3%. Check the decimal point",
            ],
        ),
        (
            HOMES,
            figure(73390),
            USUAL_HOMES,
            ["73,390 is 175 times what is usual, about 420. Check the decimal point"],
        ),
        (
            HOMES,
            figure(412000),
            USUAL_HOMES,
            ["412,000 is about a thousand times what is usual, about 420. Is 412 meant?"],
        ),
        (
            HOMES,
            figure("0.412"),
            USUAL_HOMES,
            ["0.412 is about a thousandth of what is usual, about 420. Is 412 meant?"],
        ),
        (
            HOMES,
            figure(41),
            USUAL_HOMES,
            ["41 is 10 times smaller than what is usual, about 420. Check the decimal point"],
        ),
        (HOMES, figure(600), USUAL_HOMES, ["600 is far above every figure before, the highest of which is 455"]),
        (HOMES, figure(300), USUAL_HOMES, ["300 is far below every figure before, the lowest of which is 398"]),
        (HOMES, figure(500), USUAL_HOMES, []),
        (
            HOMES,
            figure(-420),
            USUAL_HOMES,
            [
                "-420 is below zero, and this measure has never been",
                "-420 is far below every figure before, the lowest of which is 398",
            ],
        ),
        (
            HOMES,
            figure(0),
            USUAL_HOMES[:4],
            ["The figure is 0, and this measure has never been 0. If there is no figure, say why instead"],
        ),
        (HOMES, figure(0), series(0, 2, 1, 0, 3), []),
        (
            HOMES,
            figure(444, "2025/26 Q4"),
            USUAL_HOMES,
            ["444 is exactly the figure of Q3 2025/26. Is it for this period?"],
        ),
        (HOMES, figure(7, "2025/26 Q4"), series(7, 7, 7, 6, 7, 7, 7), []),
        (CALLS, figure(100, "2025/26 Q1"), series(96, 98, 97, 100), []),
        (
            CALLS,
            figure("105.3", numerator=500, denominator=475),
            USUAL_CALLS,
            [
                "500 out of 475 is more than the whole. Are the two the wrong way round?",
                "105.3% is far above every figure before, the highest of which is 95.2%",
            ],
        ),
        (CALLS, figure(112), series(96, 108, 97, 103), []),
        (CALLS, figure(64, lower=66, upper=70), [], ["64% lies outside its own margins, 66% to 70%"]),
        (HOMES, figure(5), [], []),
    ],
)
def test_what_is_odd_is_said(measure: Definition, given_figure: Figure, past: list[Figure], words: list[str]):
    assert said(measure, given_figure, past) == words


def test_the_definitions_own_limits():
    score = Definition(code="SC-1", data_type=DataType.SCORE, min=Decimal(1), max=Decimal(5))
    assert said(score, figure(6), []) == ["6 is above the most this measure can be, 5"]
    assert said(score, figure("0.5"), []) == ["0.5 is below the least this measure can be, 1"]


def test_a_slip_in_both_halves_is_seen_though_the_ratio_is_usual():
    past = series(80, 81, 79, numerator=[400, 405, 395], denominator=[500, 500, 500])
    assert said(CALLS, figure("80.5", numerator=4025, denominator=5000), past) == [
        "Numerator: 4,025 is 10 times what is usual, about 400",
        "Denominator: 5,000 is 10 times what is usual, about 500",
    ]


def test_a_small_count_may_go_up_tenfold():
    past = series(1, 2, 1, numerator=[1, 2, 1], denominator=[100, 100, 100])
    assert said(CALLS, figure("9", numerator=9, denominator=100), past) == []


def test_a_figure_that_builds_up_is_compared_with_the_same_time_of_other_years():
    years = [series(28, 55, 82, 97, first=f"{year}/{year - 1999} Q1") for year in (2022, 2023, 2024)]
    past = [one for year in years for one in year] + series("28.4", first="2025/26 Q1")
    assert said(TAX, figure(55, "2025/26 Q2"), past) == []
    assert said(TAX, figure(27, "2025/26 Q2"), past) == [
        "27% is less than the 28.4% of Q1 2025/26, and this figure builds up through the year",
    ]
    assert said(TAX, figure("2.8", "2025/26 Q1"), past[:-1]) == [
        "2.8% is 10 times smaller than what is usual, about 28%. Check the decimal point"
    ]


def test_final_before_the_period_has_ended():
    early = date(2026, 12, 1)
    assert said(HOMES, figure(420), USUAL_HOMES, early) == [
        "Q3 2026/27 ends on 31 December 2026, and this figure says that it is final: is it provisional?"
    ]
    assert said(HOMES, figure(420, state=State.PROVISIONAL), USUAL_HOMES, early) == []
    assert said(HOMES, figure(420), USUAL_HOMES, date(2027, 1, 1)) == []


def test_dates_and_yes_or_no_have_no_size():
    milestone = Definition(code="M-1", data_type=DataType.YES_NO)
    assert said(milestone, figure(0), series(1, 1, 1, 1, 1, 1)) == []
    on_a_day = Definition(code="M-2", data_type=DataType.DATE)
    assert said(on_a_day, figure(2), series(739000, 739090, 739180, 739270)) == []


def test_figures_of_other_lengths_are_left_aside():
    years = [Figure(period=Period.parse(f"20{year}/{year + 1}"), value=Decimal(4000)) for year in range(18, 24)]
    assert said(HOMES, figure(400), years) == []


def test_parts_that_do_not_make_up_the_whole():
    counted = Definition(code="HO-01", aggregation=Aggregation.SUM)
    abbey, castle = figure(120), figure(280)
    assert odd_parts(counted, figure(400), [abbey, castle], scheme="ward") is None
    odd = odd_parts(counted, figure(420), [abbey, castle], scheme="ward")
    assert odd is not None
    assert oddity_words(odd) == "The figures by ward add up to 400, not 420"
    rated = Definition(code="CS-01", data_type=DataType.PERCENTAGE, aggregation=Aggregation.RATIO)
    halves = [figure(80, numerator=40, denominator=50), figure(90, numerator=45, denominator=50)]
    assert odd_parts(rated, figure(85, numerator=85, denominator=100), halves, scheme="ward") is None
    assert odd_parts(rated, figure(85), halves, scheme="ward") is None


def test_a_word_unknown_is_shown_as_it_is():
    assert oddity_words(Reason("odd_moon")) == "Odd moon"


numbers = st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**12), max_value=10**12)


@given(st.lists(numbers, max_size=20), numbers, st.none() | numbers, st.none() | numbers, st.sampled_from(DataType))
def test_any_figure_after_any_past_has_words(
    past: list[Decimal], value: Decimal, numerator: Decimal | None, denominator: Decimal | None, data_type: DataType
):
    measure = Definition(code="X", data_type=data_type)
    before = series(*past, first="2018/19 Q1")
    now = Figure(period=Period.parse("2026/27 Q3"), value=value, numerator=numerator, denominator=denominator)
    for odd in oddities(measure, now, before):
        assert odd.code in ODDITIES
        assert "{" not in oddity_words(odd)


@given(st.lists(st.integers(50, 90), min_size=3, max_size=12), st.integers(60, 80))
def test_a_slip_of_a_thousand_is_always_seen_and_the_figure_itself_seldom(past: list[int], value: int):
    before = series(*past)
    assert [odd.code for odd in oddities(HOMES, figure(value * 1000), before)] == ["odd_thousand_times"]
    assert {odd.code for odd in oddities(HOMES, figure(value), before)} <= {
        "odd_above_all",
        "odd_below_all",
        "odd_repeated",
    }
