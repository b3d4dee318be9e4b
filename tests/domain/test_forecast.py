from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.domain.aggregate import Sum
from goldenthread.domain.definition import Definition
from goldenthread.domain.figures import Figure
from goldenthread.domain.forecast import (
    Forecast,
    ForecastBasis,
    ForecastError,
    OwnForecast,
    YearEnd,
    error,
    forecast_words,
    year_end,
)
from goldenthread.domain.periods import Period
from goldenthread.domain.reasons import Reason
from goldenthread.domain.words import Aggregation, DataType, Frequency, Profile, Reading

HOMES = Definition(code="HO-1", aggregation=Aggregation.SUM, decimals=0)
SICKNESS = Definition(
    code="HR11", aggregation=Aggregation.RATIO, denominator_aggregation=Aggregation.MEAN, data_type=DataType.DURATION
)
ON_TIME = Definition(code="FOI1", aggregation=Aggregation.RATIO, data_type=DataType.PERCENTAGE)
Q1, Q2 = Period.parse("2025/26 Q1"), Period.parse("2025/26 Q2")


def so_far(value, have=2, expected=2):
    return Sum(None if value is None else Decimal(str(value)), None, None, have, expected)


def year(*values, start="2024/25", numerators=False):
    return [
        Figure(
            period=Period.parse(f"{start} Q{n}"),
            value=None if value is None else Decimal(value),
            numerator=Decimal(value) if numerators else None,
            denominator=Decimal(100) if numerators else None,
        )
        for n, value in enumerate(values, 1)
    ]


def computed(measure, period, total, **options):
    found = year_end(measure, period, year_to_date=total, **options).computed
    basis, value = (found.basis, found.value) if isinstance(found, Forecast) else (None, None)
    return basis, value, forecast_words(found.reason if isinstance(found, Forecast) else found)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (
            {"share_so_far": Decimal("0.6"), "profile": Profile.EVEN, "in_period_history": year(10, 40, 30, 20)},
            (ForecastBasis.PROFILE, 200, "200: 120 so far, and 60% of the year should have come by now"),
        ),
        (
            {"profile": Profile.EVEN, "in_period_history": year(10, 30, 30, 30)},
            (ForecastBasis.PROFILE, 240, "240: 120 so far, and 50% of the year should have come by now"),
        ),
        (
            {
                "profile": Profile.SEASONAL,
                "in_period_history": [*year(20, 40, 20, 20, start="2023/24"), *year(10, 10, 40, 40)],
            },
            (ForecastBasis.PROFILE, 300, "300: 120 so far, and 40% of the year should have come by now"),
        ),
        (
            {"profile": Profile.YEAR_END_ONLY, "in_period_history": year(10, 20, 30, 40)},
            (ForecastBasis.LAST_YEAR, 400, "400: 120 so far, and 30% of last year had come by then"),
        ),
        (
            {"profile": Profile.SEASONAL, "in_period_history": year(10, None, 30, 40)},
            (
                ForecastBasis.STRAIGHT_LINE,
                240,
                "240: 120 so far, carried on in a straight line from 2 of 4 periods",
            ),
        ),
        (
            {"in_period_history": year(0, 0, 30, 40)},
            (
                ForecastBasis.STRAIGHT_LINE,
                240,
                "240: 120 so far, carried on in a straight line from 2 of 4 periods",
            ),
        ),
        (
            {"in_period_history": year(10, 20, 30, 40, start="2023/24")},
            (
                ForecastBasis.STRAIGHT_LINE,
                240,
                "240: 120 so far, carried on in a straight line from 2 of 4 periods",
            ),
        ),
    ],
    ids=[
        "told",
        "even",
        "seasonal",
        "last year",
        "last year has a gap",
        "nothing by then",
        "only the year before last",
    ],
)
def test_the_profile_then_last_year_then_a_straight_line(options, expected):
    assert computed(HOMES, Q2, so_far(120), **options) == expected


def test_figures_of_this_year_and_later_are_not_used():
    later = [*year(10, 20, 30, 40), *year(60, 60, 1, 1, start="2025/26"), *year(1, 1, 1, 1, start="2026/27")]
    assert computed(HOMES, Q2, so_far(120), in_period_history=later)[:2] == (ForecastBasis.LAST_YEAR, 400)


def test_days_per_fte_build_up_but_percentages_do_not():
    assert computed(SICKNESS, Q1, so_far("2.5", 1, 1))[:2] == (ForecastBasis.STRAIGHT_LINE, 10)
    history = year(1, 2, 3, 4, numerators=True)
    assert computed(SICKNESS, Q1, so_far("2.5", 1, 1), in_period_history=history)[:2] == (ForecastBasis.LAST_YEAR, 25)
    assert computed(ON_TIME, Q1, so_far("94.5", 1, 1)) == (
        ForecastBasis.YEAR_TO_DATE,
        Decimal("94.5"),
        "94.5%, the year to date, which is not scaled up",
    )


@pytest.mark.parametrize("way", [Aggregation.MEAN, Aggregation.MAX, Aggregation.MIN])
def test_means_and_extremes_are_not_scaled_up(way):
    assert computed(replace(HOMES, aggregation=way), Q2, so_far(7))[:2] == (ForecastBasis.YEAR_TO_DATE, 7)


@pytest.mark.parametrize("reading", [Reading.ROLLING, Reading.SNAPSHOT])
def test_rolling_and_snapshot_measures_have_only_their_latest_value(reading):
    measure = replace(HOMES, reading=reading)
    assert computed(measure, Q1, so_far(500), latest=Decimal(70)) == (ForecastBasis.LATEST, 70, "70, the latest figure")
    assert computed(measure, Q1, so_far(500)) == (None, None, "No forecast: there is no figure to go by")


@pytest.mark.parametrize(
    ("period", "too_early"),
    [
        ("2025-05", True),
        ("2025-06", False),
        ("2025/26 Q1", False),
        ("2025/26 T1", False),
        ("2025-W25", True),
        ("2025-W26", False),
    ],
)
def test_there_is_none_before_a_quarter_of_the_year_has_passed(period, too_early):
    words = computed(HOMES, Period.parse(period), so_far(5))[2]
    assert (words == "No forecast before a quarter of the year has passed") == too_early


@pytest.mark.parametrize(
    ("measure", "total", "words"),
    [
        (HOMES, so_far(120, 1, 2), "No forecast: the year to date has 1 of 2 periods"),
        (HOMES, so_far(None, 0, 2), "No forecast: there is no figure to go by"),
        (ON_TIME, so_far(None, 0, 2), "No forecast: there is no figure to go by"),
        (
            replace(HOMES, aggregation=Aggregation.NONE),
            so_far(120),
            "No forecast: the definition does not say how the periods make up the year",
        ),
        (replace(HOMES, rated_on=Reading.CUMULATIVE), so_far(120), "No forecast: the figure runs on from year to year"),
    ],
)
def test_where_there_is_none_the_reason_says_why(measure, total, words):
    assert computed(measure, Q2, total) == (None, None, words)


def test_a_complete_year_is_its_own_forecast():
    assert computed(HOMES, Period.parse("2025/26 Q4"), so_far(431, 4, 4), share_so_far=Decimal("0.9")) == (
        ForecastBasis.YEAR_TO_DATE,
        431,
        "431: the year is complete",
    )
    yearly = replace(HOMES, frequency=Frequency.YEAR, aggregation=Aggregation.NONE)
    assert computed(yearly, Period.parse("2025/26"), so_far(431, 1, 1))[1] == 431


def test_the_owners_forecast_with_a_reason_beats_the_computed_one_and_both_are_shown():
    own = OwnForecast(value=Decimal(250), reason="Two sites have slipped.", by="HOU3", made_in=Q2)
    found = year_end(HOMES, Q2, year_to_date=so_far(120), own=own)
    owners = Forecast(
        Decimal(250),
        ForecastBasis.OWNER,
        Reason(
            "forecast_owner",
            {
                "value": "250",
                "data_type": "number",
                "decimals": "0",
                "why": "Two sites have slipped",
                "by": "HOU3",
                "made_in": "2025/26 Q2",
            },
        ),
    )
    straight = Forecast(
        Decimal(240),
        ForecastBasis.STRAIGHT_LINE,
        Reason(
            "forecast_straight_line",
            {
                "value": "240",
                "data_type": "number",
                "decimals": "0",
                "so_far": "120",
                "share": "0.5",
                "part": "2",
                "of": "4",
            },
        ),
    )
    assert found == YearEnd(own=owners, computed=straight)
    assert found.forecast == owners
    assert forecast_words(owners.reason) == "250, the owner's forecast: Two sites have slipped"


def test_the_owners_forecast_without_a_reason_counts_only_where_none_is_computed():
    own = OwnForecast(value=Decimal(250), reason=" ")
    second, first = (year_end(HOMES, Q2, year_to_date=so_far(120, n, 2), own=own) for n in (2, 1))
    assert second.forecast.value == 240
    assert first.forecast.value == 250
    assert forecast_words(first.own.reason) == "250, the owner's forecast, without a reason"


def test_there_may_be_no_forecast_at_all():
    assert year_end(HOMES, Period.parse("2025-04"), year_to_date=so_far(1, 1, 1)).forecast is None


@pytest.mark.parametrize(
    ("forecast", "outturn", "expected"),
    [
        (110, 100, ForecastError(Decimal(10), Decimal(10))),
        (90, 100, ForecastError(Decimal(-10), Decimal(-10))),
        (-90, -100, ForecastError(Decimal(10), Decimal(10))),
        (5, 0, ForecastError(Decimal(5), None)),
    ],
)
def test_the_error_is_forecast_less_outturn(forecast, outturn, expected):
    assert error(Decimal(forecast), Decimal(outturn)) == expected


@given(
    st.integers(1, 10_000).map(Decimal),
    st.lists(st.integers(0, 500), min_size=4, max_size=4),
    st.sampled_from([None, Profile.EVEN, Profile.SEASONAL, Profile.YEAR_END_ONLY]),
    st.integers(1, 4),
)
def test_a_forecast_of_a_count_is_never_below_what_has_already_come(value, last_year, profile, quarter):
    period = Period.parse(f"2025/26 Q{quarter}")
    found = year_end(
        HOMES,
        period,
        year_to_date=Sum(value, None, None, quarter, quarter),
        in_period_history=year(*last_year),
        profile=profile,
    ).computed
    assert found.value >= value


@given(st.lists(st.integers(1, 500), min_size=4, max_size=4), st.integers(1, 4), st.integers(1, 9))
def test_a_year_like_last_years_ends_like_it(last_year, quarter, times):
    period = Period.parse(f"2025/26 Q{quarter}")
    total = Sum(Decimal(sum(last_year[:quarter]) * times), None, None, quarter, quarter)
    found = year_end(HOMES, period, year_to_date=total, in_period_history=year(*last_year)).computed
    assert found.value == sum(last_year) * times
