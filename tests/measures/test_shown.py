"""Figures as a page writes them beside their unit, and what they are rated on."""

from decimal import Decimal

import pytest

from goldenthread.domain.definition import Definition
from goldenthread.domain.words import DataType, Reading
from goldenthread.measures.shown import Shown


@pytest.mark.parametrize(
    ("unit", "number", "said"),
    [
        ("families", 1, "1 family"),
        ("families", 2, "2 families"),
        ("people", 1, "1 person"),
        ("bed days", 1, "1 bed day"),
        ("trips a day", 1, "1 trip a day"),
        ("per 1,000 pupils", 1, "1 per 1,000 pupils"),
        ("days", 1, "1 day"),
        ("days", 0, "0 days"),
        ("kg", 1, "1 kg"),
    ],
)
def test_one_of_a_unit_is_said_so(unit: str, number: int, said: str):
    assert Shown().amount(Definition(code="HN-02", unit_of_measure=unit), Decimal(number)) == said


def test_a_figure_beside_its_unit_agrees_with_what_is_shown_and_not_with_what_is_meant():
    definition = Definition(code="HR-01", data_type=DataType.NUMBER, unit_of_measure="days", decimals=1)
    assert Shown().amount(definition, Decimal("1.0")) == "1.0 days"


def test_what_a_figure_is_rated_on_is_said_where_it_is_given_otherwise():
    monthly = Definition(code="LE-01", reading=Reading.IN_PERIOD, rated_on=Reading.YEAR_TO_DATE)
    assert Shown().rated_on(monthly) == "year to date"
    assert Shown().rated_on(Definition(code="LE-02", reading=Reading.SNAPSHOT)) == ""
