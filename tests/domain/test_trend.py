from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.domain.trend import direction, mean_length, mean_of
from goldenthread.domain.words import Direction, Polarity

figures = st.decimals(min_value=-10_000, max_value=10_000, places=2)
polarities = st.sampled_from([Polarity.HIGHER, Polarity.LOWER, Polarity.RANGE])
OPPOSITE = {
    Direction.BETTER: Direction.WORSE,
    Direction.WORSE: Direction.BETTER,
    Direction.SAME: Direction.SAME,
    Direction.NONE: Direction.NONE,
}


def d(text):
    return None if text is None else Decimal(text)


@pytest.mark.parametrize(
    ("now", "before", "polarity", "expected"),
    [
        ("84.2", "81", Polarity.HIGHER, Direction.BETTER),
        ("81", "84.2", Polarity.HIGHER, Direction.WORSE),
        ("84.20", "84.2", Polarity.HIGHER, Direction.SAME),
        ("9.8", "10.4", Polarity.LOWER, Direction.BETTER),
        ("10.4", "9.8", Polarity.LOWER, Direction.WORSE),
        ("0", "-3", Polarity.HIGHER, Direction.BETTER),
        ("84.2", "81", Polarity.NONE, Direction.NONE),
        (None, "81", Polarity.HIGHER, Direction.NONE),
        ("84.2", None, Polarity.HIGHER, Direction.NONE),
    ],
)
def test_direction_follows_polarity(now, before, polarity, expected):
    assert direction(d(now), d(before), polarity=polarity) is expected


@pytest.mark.parametrize(
    ("now", "before", "low", "high", "expected"),
    [
        ("97", "103", "95", "100", Direction.BETTER),
        ("94", "96", "95", "100", Direction.WORSE),
        ("96", "99", "95", "100", Direction.SAME),
        ("94", "101", "95", "100", Direction.SAME),
        ("93", "101", "95", "100", Direction.WORSE),
        ("101", "99", "100", "100", Direction.SAME),
        ("40", "30", "50", None, Direction.BETTER),
        ("40", "30", None, "20", Direction.WORSE),
        ("40", "30", None, None, Direction.NONE),
    ],
)
def test_nearer_the_band_is_better_for_a_range(now, before, low, high, expected):
    assert direction(d(now), d(before), polarity=Polarity.RANGE, low=d(low), high=d(high)) is expected


@pytest.mark.parametrize(
    ("now", "expected"),
    [("81.5", Direction.SAME), ("80.5", Direction.SAME), ("81.6", Direction.BETTER), ("80.4", Direction.WORSE)],
)
def test_a_move_of_up_to_the_dead_band_is_the_same(now, expected):
    assert direction(d(now), Decimal(81), polarity=Polarity.HIGHER, dead_band=Decimal("0.5")) is expected


@pytest.mark.parametrize(
    ("margin_now", "margin_before", "expected"),
    [
        (("60", "66"), ("58", "60"), Direction.SAME),
        (("60", "66"), ("57", "59.9"), Direction.BETTER),
        (("60", "66"), None, Direction.BETTER),
        (("59", "67"), None, Direction.SAME),
        (None, ("54", "63"), Direction.SAME),
        (None, ("54", "62.9"), Direction.BETTER),
    ],
)
def test_a_move_within_a_surveys_margin_is_the_same(margin_now, margin_before, expected):
    found = direction(
        Decimal(63),
        Decimal(59),
        polarity=Polarity.HIGHER,
        margin_now=margin_now and (d(margin_now[0]), d(margin_now[1])),
        margin_before=margin_before and (d(margin_before[0]), d(margin_before[1])),
    )
    assert found is expected


@given(figures, figures, polarities, st.decimals(min_value=0, max_value=100, places=1))
def test_the_way_back_is_the_opposite(now, before, polarity, dead_band):
    there = direction(now, before, polarity=polarity, low=Decimal(0), high=Decimal(50), dead_band=dead_band)
    back = direction(before, now, polarity=polarity, low=Decimal(0), high=Decimal(50), dead_band=dead_band)
    assert back is OPPOSITE[there]


@given(figures, figures)
def test_higher_and_lower_are_opposites(now, before):
    higher = direction(now, before, polarity=Polarity.HIGHER)
    assert direction(now, before, polarity=Polarity.LOWER) is OPPOSITE[higher]


@given(st.lists(st.none() | figures))
def test_a_mean_lies_between_the_least_and_the_greatest_figure(values):
    present = [value for value in values if value is not None]
    mean = mean_of(values)
    if not present:
        assert mean is None
    else:
        assert min(present) <= mean <= max(present)


@pytest.mark.parametrize(
    "text", ["", "mean", "mean_", "mean_0", "mean_-1", "mean_x", "mean_²", "median_3", "last year"]
)
def test_an_unknown_long_direction_is_refused(text):
    with pytest.raises(ValueError, match="write last_year, or mean_8"):
        mean_length(text)
