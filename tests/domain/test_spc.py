from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.domain.amounts import Amounts
from goldenthread.domain.reasons import Reason
from goldenthread.domain.spc import Limits, Point, chart, findings, limits, seasonal_effects, signal_words, signals
from goldenthread.domain.words import Polarity, Signal
from tests.thorough import tried

STEADY = [Decimal(n) for n in (52, 48, 51, 49, 53, 47, 50, 52, 49, 51, 48, 50)]
#: Missed bins by month: snow in the winter, gardens in the summer.
SEASON = [Decimal(n) for n in (30, 10, 20, 60, 90, 40, 20, 10, 30, 70, 120, 100)]

counts = st.integers(min_value=0, max_value=60).map(Decimal)
series = st.lists(st.none() | counts, max_size=45)


def d(*numbers):
    return [None if number is None else Decimal(str(number)) for number in numbers]


def rules(values, **options):
    return [finding and (finding.code, finding.params["side"]) for finding in findings(values, **options)]


def test_nothing_is_said_of_fewer_than_twelve_figures():
    assert signals(STEADY, Polarity.HIGHER) == [Signal.TOO_FEW] * 11 + [Signal.NO_CHANGE]


def test_a_missing_figure_has_no_signal_and_does_not_count():
    values = [*STEADY[:6], None, *STEADY[6:]]
    expected = [Signal.TOO_FEW] * 6 + [Signal.NOT_APPLICABLE] + [Signal.TOO_FEW] * 5 + [Signal.NO_CHANGE]
    assert signals(values, Polarity.HIGHER) == expected


@pytest.mark.parametrize("polarity", [Polarity.RANGE, Polarity.NONE])
def test_without_a_better_direction_there_is_no_signal_but_still_a_finding(polarity):
    values = [*STEADY, Decimal(90)]
    assert signals(values, polarity) == [Signal.NOT_APPLICABLE] * 13
    assert rules(values)[-1] == ("signal_outside", "above")


@pytest.mark.parametrize(
    ("value", "polarity", "expected"),
    [
        (90, Polarity.HIGHER, Signal.IMPROVING),
        (90, Polarity.LOWER, Signal.WORSENING),
        (10, Polarity.HIGHER, Signal.WORSENING),
        (10, Polarity.LOWER, Signal.IMPROVING),
    ],
)
def test_a_point_outside_the_limits_is_a_signal(value, polarity, expected):
    assert signals([*STEADY, Decimal(value)], polarity)[-1] is expected


def test_a_point_on_the_limit_is_inside_it():
    values = d(*[10, 12] * 6)
    assert limits(values)[-1] == Limits(mean=Decimal(11), lower=Decimal("5.68"), upper=Decimal("16.32"))
    # With this thirteenth figure the mean is 11.1, the mean range 47.1 ÷ 36 and the limit 11.1 + 2.66 × 47.1 ÷ 36 …
    on_the_limit = Fraction(0)
    low, high = Fraction(12), Fraction(40)
    for _ in range(200):
        on_the_limit = (low + high) / 2
        mean = (132 + on_the_limit) / 13
        inside = on_the_limit - mean <= Fraction("2.66") * (22 + on_the_limit - 12) / 12
        low, high = (on_the_limit, high) if inside else (low, on_the_limit)
    just_inside, just_outside = Decimal(int(low * 1000)) / 1000, Decimal(int(low * 1000) + 1) / 1000
    assert rules([*values, just_inside])[-1] != ("signal_outside", "above")
    assert rules([*values, just_outside])[-1] == ("signal_outside", "above")


def test_a_run_of_eight_on_one_side_of_the_mean_is_a_signal():
    values = d(*[60, 40] * 10, *[53, 54] * 4)
    assert rules(values)[-2:] == [None, ("signal_run", "above")]
    assert rules([100 - value for value in values])[-2:] == [None, ("signal_run", "below")]


def test_a_trend_of_six_is_a_signal():
    values = d(*[40, 60] * 8, 44, 46, 48, 50, 52, 54)
    assert rules(values)[-2:] == [None, ("signal_trend", "above")]
    assert rules([100 - value for value in values])[-2:] == [None, ("signal_trend", "below")]


def test_two_equal_figures_break_a_trend():
    assert rules(d(*[40, 60] * 8, 44, 46, 48, 48, 50, 52, 54))[-1] is None


def test_two_of_three_near_a_limit_are_a_signal():
    values = d(*[48, 52] * 10, 60, 49, 60)
    assert rules(values)[-3:] == [None, None, ("signal_near_limit", "above")]
    assert rules([100 - value for value in values])[-3:] == [None, None, ("signal_near_limit", "below")]
    assert rules(d(*[48, 52] * 10, 60, 49, 40))[-1] is None


def test_two_of_three_are_a_signal_only_at_the_second_of_them():
    assert rules(d(*[48, 52] * 10, 60, 60, 50))[-2:] == [("signal_near_limit", "above"), None]


@given(st.lists(st.just(Decimal("84.2")), max_size=40))
def test_figures_that_never_change_give_no_signal(values):
    assert rules(values, season=4) == [None] * len(values)


@given(series, st.sampled_from([None, 3, 4, 12]))
def test_a_later_figure_never_changes_an_earlier_signal(values, season):
    whole = signals(values, Polarity.HIGHER, season=season)
    for length in range(0, len(values), 5):
        assert signals(values[:length], Polarity.HIGHER, season=season) == whole[:length]


@given(series, st.sets(st.integers(min_value=0, max_value=45)))
def test_a_start_makes_a_series_of_its_own(values, starts):
    pieces = sorted({0, *(start for start in starts if start < len(values)), len(values)})
    apart = [
        signal for first, last in pairwise(pieces) for signal in signals(values[first:last], Polarity.LOWER, season=4)
    ]
    assert signals(values, Polarity.LOWER, starts=starts, season=4) == apart


@given(series)
def test_lower_is_better_where_higher_is_worse(values):
    opposite = {Signal.IMPROVING: Signal.WORSENING, Signal.WORSENING: Signal.IMPROVING}
    higher = signals(values, Polarity.HIGHER)
    assert signals(values, Polarity.LOWER) == [opposite.get(signal, signal) for signal in higher]


@given(series, st.integers(min_value=-1000, max_value=1000), st.sampled_from(d("0.1", 1, 25)))
def test_another_unit_or_another_zero_changes_no_finding(values, zero, unit):
    moved = [None if value is None else value * unit + zero for value in values]
    assert rules(moved) == rules(values)


@given(series, st.sampled_from(Polarity), st.sets(st.integers(0, 20), max_size=1), st.sampled_from([None, 4]))
def test_a_chart_shows_signals_limits_and_findings_together(values, polarity, starts, season):
    options = {"starts": starts, "season": season}
    apart = zip(
        signals(values, polarity, **options), limits(values, **options), findings(values, **options), strict=True
    )
    assert chart(values, polarity, **options) == [Point(*each) for each in apart]


def plainly(values):
    """The rules as the books have them, from all the figures up to each, in fractions."""
    found = []
    for index, value in enumerate(values):
        present = [Fraction(v) for v in values[: index + 1] if v is not None]
        found.append(None)
        if value is None or len(present) < 12:
            continue
        mean = sum(present) / len(present)
        ranges = [abs(b - a) for a, b in pairwise(present)]
        spread = Fraction("2.66") * sum(ranges) / len(ranges)
        above = [v - mean for v in present]
        side = "above" if above[-1] > 0 else "below"
        steps = [b - a for a, b in pairwise(present[-6:])]
        near = [v if side == "above" else -v for v in above[-3:]]
        if abs(above[-1]) > spread:
            found[-1] = ("signal_outside", side)
        elif all(v > 0 for v in above[-8:]) or all(v < 0 for v in above[-8:]):
            found[-1] = ("signal_run", side)
        elif all(step > 0 for step in steps):
            found[-1] = ("signal_trend", "above")
        elif all(step < 0 for step in steps):
            found[-1] = ("signal_trend", "below")
        elif near[-1] > spread * 2 / 3 and sum(v > spread * 2 / 3 for v in near) >= 2:
            found[-1] = ("signal_near_limit", side)
    return found


@settings(max_examples=tried(200))
@given(series | st.lists(st.integers(0, 6).map(Decimal), min_size=12, max_size=40))
def test_running_sums_agree_with_the_rules_done_plainly(values):
    assert rules(values) == plainly(values)


@given(st.lists(st.integers(-20, 20), min_size=12, max_size=12), st.integers(-500, 500))
def test_a_season_that_repeats_exactly_leaves_no_signal_once_it_is_known(season, level):
    values = [Decimal(level + effect) for effect in season] * 6
    assert rules(values, season=12)[35:] == [None] * 37 or len(set(season)) == 1


def test_a_season_is_taken_out_so_that_a_bad_month_shows():
    wobble = [3, -2, 1, -3, 2, -1, 0, 2, -2, 1, -1]
    years = [value + wobble[index % 11] for index, value in enumerate(SEASON * 4)]
    bad_july = [*years, Decimal(33), Decimal(11), Decimal(20), Decimal(100)]
    assert rules(bad_july, season=12)[36:] == [None] * 15 + [("signal_outside", "above")]
    assert rules(bad_july)[-1] is None
    assert len(seasonal_effects(years, 12)) == 12


@pytest.mark.parametrize(
    "values",
    [
        [Decimal(3 * n) for n in range(60)],
        [Decimal(10 if n < 31 else 90) for n in range(60)],
        [Decimal(n * 37 % 23) for n in range(60)],
    ],
    ids=["a steady rise", "a step", "noise"],
)
@pytest.mark.parametrize("season", [4, 12])
def test_a_rise_a_step_or_noise_is_no_season(values, season):
    assert seasonal_effects(values, season) == []


def test_a_season_shows_through_a_rise():
    effects = seasonal_effects([Decimal(10 * n) + (0, 40, -40, 0)[n % 4] for n in range(16)], 4)
    assert effects == d(0, 40, -40, 0)


def test_a_season_needs_three_years():
    assert seasonal_effects(SEASON * 2, 12) == []
    assert seasonal_effects((SEASON * 3)[:-1], 12) == []
    assert len(seasonal_effects(SEASON * 3, 12)) == 12


def test_two_a_year_and_weeks_have_no_season():
    values = d(10, 90) * 30
    assert limits(values, season=2) == limits(values)
    assert limits(values, season=52) == limits(values)


def test_limits_follow_the_time_of_year():
    found = limits(SEASON * 3, season=12)
    assert found[:11] == [None] * 11
    assert found[-1] == Limits(mean=Decimal(100), lower=Decimal(100), upper=Decimal(100))


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ([*STEADY, Decimal(71)], "71 is above the upper control limit of 63.8"),
        ([*STEADY, Decimal(31)], "31 is below the lower control limit of 36.8"),
        (d(*[60, 40] * 10, *[53, 54] * 4), "The last eight figures are all above the mean of 51"),
        (d(*[40, 60] * 8, 44, 46, 48, 50, 52, 54), "The last six figures each rose on the one before"),
        (d(*[40, 60] * 8, 56, 54, 52, 50, 48, 46), "The last six figures each fell on the one before"),
        (d(*[48, 52] * 10, 60, 49, 60), "Two of the last three figures are near the upper control limit of 63.6"),
    ],
)
def test_findings_are_put_into_words(values, words):
    assert signal_words(findings(values)[-1]) == words


def test_a_limit_that_would_be_shown_as_the_figure_gets_more_decimals():
    finding = Reason("signal_outside", {"side": "above", "value": "71", "mean": "50", "limit": "70.998"})
    assert signal_words(finding) == "71 is above the upper control limit of 70.998"


@pytest.mark.parametrize(
    ("amounts", "decimals", "code", "params", "words"),
    [
        (
            Amounts("money", "£m"),
            2,
            "signal_outside",
            {"side": "above", "value": "2.48", "mean": "2.1", "limit": "2.4663"},
            "£2.48m is above the upper control limit of £2.47m",
        ),
        (
            Amounts("percentage", "%"),
            1,
            "signal_run",
            {"side": "below", "value": "88.04", "mean": "89.2417", "limit": "80"},
            "The last eight figures are all below the mean of 89.2%",
        ),
        (
            Amounts("number", "trips a day"),
            0,
            "signal_outside",
            {"side": "above", "value": "7335.4", "mean": "5000", "limit": "6578.9", "season": "12"},
            "7,335 trips a day is above the upper control limit of 6,579, season taken out",
        ),
        (
            Amounts("duration"),
            1,
            "signal_near_limit",
            {"side": "below", "value": "9.8", "mean": "12", "limit": "9.13"},
            "Two of the last three figures are near the lower control limit of 9.1 days",
        ),
        (
            Amounts("percentage", "%"),
            0,
            "signal_outside",
            {"side": "below", "value": "94.9", "mean": "97", "limit": "95.2"},
            "94.9% is below the lower control limit of 95.2%",
        ),
    ],
)
def test_findings_are_written_as_the_measures_own_amounts(amounts, decimals, code, params, words):
    assert signal_words(Reason(code, params), decimals=decimals, amounts=amounts) == words


def test_words_say_that_the_season_was_taken_out():
    finding = Reason("signal_run", {"side": "below", "value": "71", "mean": "80.25", "limit": "60", "season": "12"})
    assert signal_words(finding) == "The last eight figures are all below the mean of 80.3, season taken out"
