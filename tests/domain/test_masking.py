"""The masking detector: a good whole that hides a bad part."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from goldenthread.domain.definition import Definition
from goldenthread.domain.masking import WIDTHS, Masked, Part, masked, masking_words
from goldenthread.domain.reasons import Reason
from goldenthread.domain.words import Aggregation, DataType, Polarity, Status

STREETS = Definition(code="ST-01", data_type=DataType.PERCENTAGE, polarity=Polarity.HIGHER, decimals=1)
MISSED = Definition(
    code="WS-03", data_type=DataType.RATE, polarity=Polarity.LOWER, decimals=0, unit_of_measure="per 100,000"
)
COUNT = Definition(code="HO-01", polarity=Polarity.HIGHER, aggregation=Aggregation.SUM)


def whole(value: int, status: Status = Status.GREEN, **more: object) -> Part:
    return Part(category="", value=Decimal(value), status=status, **more)


def ward(name: str, value: int | None, status: Status, **more: object) -> Part:
    number = None if value is None else Decimal(value)
    return Part(category=f"ward={name}", value=number, status=status, **more)


def test_a_red_ward_under_a_green_city() -> None:
    found = masked(STREETS, whole(94), [ward("abbey", 97, Status.GREEN), ward("quayside", 71, Status.RED)])
    assert found == [
        Masked(
            "ward=quayside",
            Reason(
                "masked_by_colour",
                {
                    "value": "71",
                    "whole": "94",
                    "status": "red",
                    "whole_status": "green",
                    "data_type": "percentage",
                    "decimals": "1",
                },
            ),
        )
    ]


def test_the_worst_ward_comes_first() -> None:
    wards = [ward("castle", 80, Status.RED), ward("quayside", 71, Status.RED)]
    assert [found.category for found in masked(STREETS, whole(94), wards)] == ["ward=quayside", "ward=castle"]


def test_an_amber_ward_is_not_masked_by_its_colour() -> None:
    assert masked(STREETS, whole(94), [ward("castle", 89, Status.AMBER)]) == []


def test_a_red_ward_under_a_red_city_is_masked_only_by_distance() -> None:
    city = whole(80, Status.RED, width=Decimal(4))
    near, far = ward("castle", 72, Status.RED), ward("quayside", 71, Status.RED)
    found = masked(STREETS, city, [near, far])
    assert [(one.category, one.reason.code) for one in found] == [("ward=quayside", "masked_by_distance")]


def test_where_low_is_good_worse_is_above() -> None:
    city = whole(80, Status.AMBER, width=Decimal(10))
    found = masked(MISSED, city, [ward("castle", 101, Status.RED), ward("abbey", 59, Status.GREEN)])
    assert [masking_words(one.reason) for one in found] == [
        "101 per 100,000: 21 worse than the whole, which seldom strays more than 10"
    ]


def test_outside_a_range_by_more_than_the_whole() -> None:
    measure = Definition(code="HR-02", data_type=DataType.PERCENTAGE, polarity=Polarity.RANGE)
    turnover = whole(11, width=Decimal(1), low=Decimal(8), high=Decimal(12))
    found = masked(measure, turnover, [ward("a", 15, Status.AMBER), ward("b", 13, Status.AMBER)])
    assert [one.category for one in found] == ["ward=a"]


def test_too_few_to_rate_and_missing_are_left_out() -> None:
    wards = [ward("abbey", 10, Status.NOT_RATED), ward("castle", None, Status.RED)]
    assert masked(STREETS, whole(94, width=Decimal(1)), wards) == []


def test_a_count_is_held_to_its_own_target_only() -> None:
    city = whole(400, width=Decimal(10))
    assert masked(COUNT, city, [ward("abbey", 12, Status.NO_TARGET)]) == []
    assert [one.category for one in masked(COUNT, city, [ward("abbey", 12, Status.RED)])] == ["ward=abbey"]


@given(
    value=st.integers(0, 100),
    city=st.integers(0, 100),
    width=st.integers(1, 30),
    own=st.none() | st.integers(1, 30),
)
def test_no_ward_within_two_widths_of_a_city_off_target_is_flagged(
    value: int, city: int, width: int, own: int | None
) -> None:
    of_city = whole(city, Status.AMBER, width=Decimal(width))
    part = ward("castle", value, Status.RED, width=None if own is None else Decimal(own))
    flagged = masked(STREETS, of_city, [part])
    assert bool(flagged) == (city - value > WIDTHS * max(width, own or 0))
