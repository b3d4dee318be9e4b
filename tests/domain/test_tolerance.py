"""The tolerance as a picture draws it agrees with the colours that the rule gives."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.domain.definition import Definition
from goldenthread.domain.rules import Rule
from goldenthread.domain.status import rate
from goldenthread.domain.targets import TargetInForce
from goldenthread.domain.tolerance import Band, band
from goldenthread.domain.words import Basis, Comparison, Family, Polarity, Status

TEN = Decimal(10)


@pytest.mark.parametrize(
    ("rule", "comparison", "expected"),
    [
        (Rule(code="A", family=Family.STRICT), Comparison.AT_LEAST, None),
        (Rule(code="B", family=Family.MISS_TOLERANCE, amber=TEN), Comparison.AT_LEAST, (180, 200)),
        (Rule(code="B", family=Family.MISS_TOLERANCE, amber=TEN), Comparison.AT_MOST, (200, 220)),
        (Rule(code="B", family=Family.MISS_TOLERANCE), Comparison.AT_MOST, None),
        (Rule(code="C", family=Family.GREEN_BAND, green=Decimal(5), amber=TEN), Comparison.AT_LEAST, (180, 190)),
        (Rule(code="D", family=Family.SYMMETRIC, green=Decimal(5)), Comparison.AT_LEAST, (190, 210)),
        (Rule(code="E", family=Family.DIRECTION_CONDITIONED, amber=TEN), Comparison.AT_LEAST, (180, 200)),
        (
            Rule(code="H", family=Family.FOUR_BAND, green=Decimal(0), amber=Decimal(5), red_amber=TEN),
            Comparison.AT_MOST,
            (200, 220),
        ),
        (Rule(code="F", family=Family.FORECAST, amber=TEN), Comparison.AT_LEAST, None),
        (
            Rule(code="P", family=Family.MISS_TOLERANCE, basis=Basis.POINTS, amber=Decimal(3)),
            Comparison.LESS_THAN,
            (200, 203),
        ),
    ],
)
def test_bands_about_a_target_of_200(rule: Rule, comparison: Comparison, expected: tuple[int, int] | None) -> None:
    found = band(rule, comparison, target=Decimal(200))
    assert found == (None if expected is None else Band(Decimal(expected[0]), Decimal(expected[1])))


def test_two_thresholds_reach_to_the_red_line() -> None:
    rule = Rule(code="D", family=Family.TWO_THRESHOLDS)
    assert band(rule, Comparison.AT_LEAST, target=Decimal(95), floor=Decimal(90)) == Band(Decimal(90), Decimal(95))
    assert band(rule, Comparison.AT_LEAST, target=Decimal(95)) is None


def test_a_range_is_its_own_band() -> None:
    assert band(None, Comparison.BETWEEN, low=Decimal(8), high=Decimal(12)) == Band(Decimal(8), Decimal(12))
    assert band(None, Comparison.BETWEEN, low=Decimal(8)) is None


def test_a_target_of_nought_takes_the_absolute_edges() -> None:
    rule = Rule(code="B", family=Family.MISS_TOLERANCE, amber=TEN, absolute_amber=Decimal(2))
    assert band(rule, Comparison.AT_MOST, target=Decimal(0)) == Band(Decimal(0), Decimal(2))
    assert band(Rule(code="B", family=Family.MISS_TOLERANCE, amber=TEN), Comparison.AT_MOST, target=Decimal(0)) is None


def test_improvement_is_a_share_of_the_planned_move() -> None:
    rule = Rule(code="B", family=Family.MISS_TOLERANCE, basis=Basis.IMPROVEMENT, amber=Decimal(20))
    assert band(rule, Comparison.AT_LEAST, target=Decimal(60), baseline=Decimal(50)) == Band(Decimal(58), Decimal(60))
    assert band(rule, Comparison.AT_LEAST, target=Decimal(60)) is None


@given(
    value=st.decimals(0, 300, places=1),
    target=st.decimals(1, 200, places=1),
    amber=st.integers(1, 20),
    higher=st.booleans(),
)
def test_the_band_is_where_the_rule_says_amber(value: Decimal, target: Decimal, amber: int, higher: bool) -> None:
    polarity, comparison = (Polarity.HIGHER, Comparison.AT_LEAST) if higher else (Polarity.LOWER, Comparison.AT_MOST)
    rule = Rule(code="CORP", family=Family.MISS_TOLERANCE, amber=Decimal(amber))
    drawn = band(rule, comparison, target=target)
    rating = rate(
        Definition(code="X", polarity=polarity), rule, TargetInForce(value=target, comparison=comparison), value=value
    )
    assert drawn is not None
    assert (rating.status is Status.AMBER) == (drawn.low <= value <= drawn.high and value != target)
