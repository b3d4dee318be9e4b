from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.domain.aggregate import (
    Sum,
    aggregate,
    cumulative,
    in_period_from_year_to_date,
    in_period_words,
    ratio,
    rolling,
    year_to_date,
)
from goldenthread.domain.definition import Definition
from goldenthread.domain.figures import Figure
from goldenthread.domain.periods import Period, period_range
from goldenthread.domain.words import Aggregation, DataType, Frequency, Missing, State, YearKind

TENTHS = st.integers(min_value=-1000, max_value=10_000).map(lambda tenths: Decimal(tenths) / 10)
WAYS = (Aggregation.SUM, Aggregation.MEAN, Aggregation.LAST, Aggregation.MAX, Aggregation.MIN)


def d(number):
    return None if number is None else Decimal(str(number))


def figure(period, value=None, numerator=None, denominator=None, missing=None):
    return Figure(
        period=Period.parse(period),
        value=d(value),
        numerator=d(numerator),
        denominator=d(denominator),
        missing=missing,
    )


def quarters(*values, year="2025/26"):
    return [figure(f"{year} Q{n}", value) for n, value in enumerate(values, 1)]


def measure(aggregation, **options):
    return Definition(code="WASTE1", aggregation=aggregation, **options)


SICKNESS = measure(Aggregation.RATIO, denominator_aggregation=Aggregation.MEAN)
ON_TIME = measure(Aggregation.RATIO, data_type=DataType.PERCENTAGE)


@pytest.mark.parametrize(
    ("way", "expected"),
    [
        (Aggregation.SUM, "100"),
        (Aggregation.MEAN, "25"),
        (Aggregation.LAST, "10"),
        (Aggregation.MAX, "40"),
        (Aggregation.MIN, "10"),
        (Aggregation.NONE, None),
    ],
)
def test_four_quarters_make_a_year(way, expected):
    assert aggregate(quarters(40, 20, 30, 10), measure(way), expected=4) == Sum(d(expected), None, None, 4, 4)


def test_the_last_is_the_last_by_period_whatever_the_order():
    assert aggregate(quarters(40, 20, 30, 10)[::-1], measure(Aggregation.LAST), expected=4).value == 10


def test_missing_is_never_zero():
    values = quarters(40, None, 30, 10)
    assert aggregate(values, measure(Aggregation.MIN), expected=4) == Sum(Decimal(10), None, None, 3, 4)
    assert aggregate(values, measure(Aggregation.MEAN), expected=4).value == Decimal(80) / 3
    assert aggregate(quarters(None, None), measure(Aggregation.SUM), expected=4) == Sum(None, None, None, 0, 4)
    assert aggregate([], ON_TIME, expected=4) == Sum(None, None, None, 0, 4)


def test_a_nil_return_counts():
    values = [figure("2025/26 Q1", 4), figure("2025/26 Q2", 0, missing=Missing.NIL_RETURN)]
    assert aggregate(values, measure(Aggregation.MEAN), expected=2) == Sum(Decimal(2), None, None, 2, 2)


def test_days_are_summed_while_staff_are_averaged():
    year = [figure(f"2025/26 Q{n}", "2.5", 2500, 1000) for n in (1, 2, 3, 4)]
    assert aggregate(year[:1], SICKNESS, expected=1) == Sum(d("2.5"), d(2500), d(1000), 1, 1)
    assert aggregate(year, SICKNESS, expected=4) == Sum(d(10), d(10000), d(1000), 4, 4)


def test_complaints_are_summed_while_population_is_the_last():
    complaints = measure(Aggregation.RATIO, denominator_aggregation=Aggregation.LAST, factor=Decimal(100_000))
    year = [figure("2025/26 Q1", None, 30, 150_000), figure("2025/26 Q2", None, 34, 160_000)]
    assert aggregate(year, complaints, expected=2) == Sum(d(40), d(64), d(160_000), 2, 2)


def test_percentages_are_never_averaged():
    halves = [figure("2025/26 Q1", 90, 9, 10), figure("2025/26 Q2", 50, 45, 90)]
    assert aggregate(halves, ON_TIME, expected=2) == Sum(d(54), d(54), d(100), 2, 2)


def test_a_ratio_without_both_halves_everywhere_has_no_value():
    values = [figure("2025/26 Q1", 90, 9, 10), figure("2025/26 Q2", 50), figure("2025/26 Q3", 40, 4)]
    assert aggregate(values, ON_TIME, expected=4) == Sum(None, None, None, 1, 4)


def test_a_ratio_over_nothing_has_no_value():
    values = [figure("2025/26 Q1", None, 0, 0), figure("2025/26 Q2", None, 0, 0)]
    assert aggregate(values, ON_TIME, expected=2) == Sum(None, d(0), d(0), 2, 2)
    assert ratio(d(1), None, ON_TIME) is None


def test_the_year_to_date_starts_again_each_year():
    values = [*quarters(40, 20, 30, 10), *quarters(7, 8, year="2026/27")]
    assert year_to_date(values, measure(Aggregation.SUM)) == [
        Sum(d(40), None, None, 1, 1),
        Sum(d(60), None, None, 2, 2),
        Sum(d(90), None, None, 3, 3),
        Sum(d(100), None, None, 4, 4),
        Sum(d(7), None, None, 1, 1),
        Sum(d(15), None, None, 2, 2),
    ]


def test_the_year_to_date_follows_the_measures_year():
    months = [figure("2025-03", 5), figure("2025-04", 7)]
    financial = year_to_date(months, measure(Aggregation.SUM, frequency=Frequency.MONTH))
    calendar = year_to_date(months, measure(Aggregation.SUM, frequency=Frequency.MONTH, year=YearKind.CALENDAR))
    assert financial == [Sum(d(5), None, None, 1, 12), Sum(d(7), None, None, 1, 1)]
    assert calendar == [Sum(d(5), None, None, 1, 3), Sum(d(12), None, None, 2, 4)]


def test_terms_run_through_their_academic_year():
    terms = [figure(f"2024/25 academic {term}", 3) for term in ("autumn", "spring", "summer")]
    assert [total.value for total in year_to_date(terms, measure(Aggregation.SUM, frequency=Frequency.TERM))] == [
        3,
        6,
        9,
    ]


def test_the_year_to_date_is_partial_once_a_period_is_missing():
    values = [figure("2025/26 Q1", 40), figure("2025/26 Q3", 30), figure("2025/26 Q4", missing=Missing.NOT_AVAILABLE)]
    assert year_to_date(values, measure(Aggregation.SUM)) == [
        Sum(d(40), None, None, 1, 1),
        Sum(d(70), None, None, 2, 3),
        Sum(d(70), None, None, 2, 4),
    ]


def test_a_year_missed_out_is_not_run_together():
    values = [figure("2023/24 Q1", 40), figure("2025/26 Q3", 30)]
    assert year_to_date(values, measure(Aggregation.SUM))[1] == Sum(d(30), None, None, 1, 3)


def test_a_span_has_no_year_to_date():
    assert year_to_date([figure("2014/15 to 2016/17", 4)], measure(Aggregation.SUM)) == [Sum(None, None, None, 0, 1)]


def test_cumulative_never_restarts_and_counts_what_is_missing():
    values = [figure("2024/25 Q4", 40), figure("2025/26 Q1", 30), figure("2025/26 Q3", 10)]
    assert cumulative(values, measure(Aggregation.SUM)) == [
        Sum(d(40), None, None, 1, 1),
        Sum(d(70), None, None, 2, 2),
        Sum(d(80), None, None, 3, 4),
    ]


def test_rolling_lets_the_oldest_go_and_says_when_one_is_missing():
    values = [*quarters(40, 20, 30, 10), figure("2026/27 Q1", 5), figure("2026/27 Q4", 6)]
    assert rolling(values, measure(Aggregation.SUM), window=4) == [
        Sum(d(40), None, None, 1, 4),
        Sum(d(60), None, None, 2, 4),
        Sum(d(90), None, None, 3, 4),
        Sum(d(100), None, None, 4, 4),
        Sum(d(65), None, None, 4, 4),
        Sum(d(11), None, None, 2, 4),
    ]


def test_a_survey_every_two_years_rolls_over_its_own_periods():
    survey = measure(Aggregation.MEAN, frequency=Frequency.TWO_YEAR)
    values = [figure("2019/20", 60), figure("2021/22", 70), figure("2023/24", 74)]
    assert rolling(values, survey, window=2)[-1] == Sum(d(72), None, None, 2, 2)


@st.composite
def series(draw):
    """Quarters in order, some missing and some not there at all."""
    periods = list(period_range(Period.parse("2021/22 Q1"), Period.parse("2025/26 Q4")))
    kept = [period for period in periods if draw(st.integers(0, 9))]
    return [
        Figure(
            period=period,
            value=draw(st.none() | TENTHS),
            numerator=draw(TENTHS),
            denominator=draw(st.none() | st.integers(0, 50).map(Decimal)),
        )
        for period in kept
    ]


def plainly(figures, way):
    """The figures there are, aggregated as one would by hand."""
    values = [Fraction(f.value) for f in figures if f.value is not None]
    if not values:
        return None
    by_hand = {
        Aggregation.SUM: sum(values),
        Aggregation.MEAN: sum(values) / len(values),
        Aggregation.LAST: values[-1],
        Aggregation.MAX: max(values),
        Aggregation.MIN: min(values),
    }
    return by_hand[way]


def close(total, expected):
    return total is None if expected is None else abs(Fraction(total) - expected) <= Fraction(1, 10**20)


@given(series(), st.sampled_from(WAYS), st.integers(1, 6))
def test_running_sums_agree_with_sums_made_afresh(figures, way, window):
    definition = measure(way)
    so_far, since, rolled = (
        year_to_date(figures, definition),
        cumulative(figures, definition),
        rolling(figures, definition, window=window),
    )
    for index, each in enumerate(figures):
        earlier = figures[: index + 1]
        year = [f for f in earlier if f.period.containing(Frequency.YEAR) == each.period.containing(Frequency.YEAR)]
        first = each.period
        for _ in range(window - 1):
            first = first.previous()
        recent = [f for f in earlier if f.period >= first]
        assert close(so_far[index].value, plainly(year, way))
        assert close(since[index].value, plainly(earlier, way))
        assert close(rolled[index].value, plainly(recent, way))
        assert rolled[index].have == sum(f.value is not None for f in recent)
        assert so_far[index].have == sum(f.value is not None for f in year)


@given(series(), st.sampled_from(WAYS), st.sampled_from(WAYS), st.integers(1, 6))
def test_running_ratios_agree_with_the_longer_period(figures, top, bottom, window):
    definition = measure(Aggregation.RATIO, numerator_aggregation=top, denominator_aggregation=bottom)
    rolled = rolling(figures, definition, window=window)
    for index, each in enumerate(figures):
        first = each.period
        for _ in range(window - 1):
            first = first.previous()
        recent = [f for f in figures[: index + 1] if f.period >= first]
        assert rolled[index] == aggregate(recent, definition, expected=window)


@given(series(), st.sampled_from(WAYS))
def test_the_year_to_date_at_the_years_end_is_the_year(figures, way):
    definition = measure(way)
    for index, total in enumerate(year_to_date(figures, definition)):
        if figures[index].period.text.endswith("Q4"):
            year = figures[index].period.containing(Frequency.YEAR)
            inside = [f for f in figures if year.contains(f.period)]
            assert total == aggregate(inside, definition, expected=4)


@given(series(), st.sampled_from(WAYS[:3]))
def test_in_period_and_year_to_date_undo_each_other(figures, way):
    definition = measure(way)
    totals = year_to_date(figures, definition)
    given_so_far = [
        Figure(period=f.period, value=None if total.partial else total.value)
        for f, total in zip(figures, totals, strict=True)
    ]
    for f, total, recovered in zip(figures, totals, in_period_from_year_to_date(given_so_far, definition), strict=True):
        if total.partial:
            assert recovered.figure.value is None
        else:
            assert close(recovered.figure.value, Fraction(f.value))


def test_a_rate_is_taken_apart_by_its_halves():
    so_far = [figure("2025/26 Q1", "2.5", 2500, 1000), figure("2025/26 Q2", "5.25", 5250, 1000)]
    found = in_period_from_year_to_date(so_far, SICKNESS)
    assert found[1].figure == figure("2025/26 Q2", "2.75", 2750, 1000)
    assert found[1].reason is None
    smaller = [figure("2025/26 Q1", 90, 90, 100), figure("2025/26 Q2", 85, 170, 200)]
    assert in_period_from_year_to_date(smaller, ON_TIME)[1].figure == figure("2025/26 Q2", 80, 80, 100)


def test_the_first_period_is_itself_and_keeps_everything():
    first = Figure(period=Period.parse("2025/26 Q1"), value=d(4), lower=d(3), upper=d(5), state=State.PROVISIONAL)
    assert in_period_from_year_to_date([first], measure(Aggregation.SUM))[0].figure is first


@pytest.mark.parametrize(
    ("figures", "definition", "words"),
    [
        (
            [figure("2025/26 Q1", 4), figure("2025/26 Q3", 9)],
            measure(Aggregation.SUM),
            "No figure for 2025/26 Q3 alone: it is the difference from 2025/26 Q2, which is missing",
        ),
        (
            [figure("2025/26 Q1", missing=Missing.NOT_AVAILABLE), figure("2025/26 Q2", 9)],
            measure(Aggregation.SUM),
            "No figure for 2025/26 Q2 alone: it is the difference from 2025/26 Q1, which is missing",
        ),
        (
            [figure("2025/26 Q1", 90), figure("2025/26 Q2", 85)],
            ON_TIME,
            "No figure for 2025/26 Q2 alone: it needs the numerators and denominators of both periods",
        ),
        (
            [figure("2025/26 Q1", 90), figure("2025/26 Q2", 95)],
            measure(Aggregation.MAX),
            "No figure for 2025/26 Q2 alone: a year to date of this kind cannot be taken apart",
        ),
        (
            [figure("2025/26 Q1", 90), figure("2025/26 Q2", 85)],
            measure(Aggregation.NONE),
            "No figure for 2025/26 Q2 alone: a year to date of this kind cannot be taken apart",
        ),
    ],
)
def test_what_cannot_be_recovered_has_no_value_and_says_why(figures, definition, words):
    found = in_period_from_year_to_date(figures, definition)[1]
    assert found.figure.value is None
    assert in_period_words(found.reason) == words


def test_a_year_to_date_that_falls_is_a_warning():
    found = in_period_from_year_to_date(quarters(29, 57, 55), measure(Aggregation.SUM))[2]
    assert found.figure.value == -2
    assert in_period_words(found.reason) == "2025/26 Q3 alone is -2: the year to date fell from 57 to 55"
    halves = [figure("2025/26 Q1", 90, 90, 100), figure("2025/26 Q2", 100, 80, 80)]
    assert in_period_from_year_to_date(halves, ON_TIME)[1].reason.code == "in_period_negative"


def test_a_variance_may_fall_below_zero_without_a_warning():
    variance = measure(Aggregation.SUM, min=Decimal(-1000))
    assert in_period_from_year_to_date(quarters(29, -4), variance)[1].reason is None


def test_a_missing_year_to_date_stays_missing():
    missing = figure("2025/26 Q2", missing=Missing.SUPPRESSED)
    assert in_period_from_year_to_date([figure("2025/26 Q1", 4), missing], ON_TIME)[1].figure is missing
