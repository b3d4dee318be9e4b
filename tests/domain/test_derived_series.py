"""Measures made from measures: their figures are known from the moment at which the last input was."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from goldenthread.domain.definition import Definition
from goldenthread.domain.figures import Figure
from goldenthread.domain.periods import Period
from goldenthread.domain.said import Said
from goldenthread.domain.series import versions
from goldenthread.domain.series.derived import derived_said
from goldenthread.domain.words import Aggregation, Frequency, Missing, Polarity, Reading, Status

DAY = datetime(2026, 1, 1, tzinfo=UTC)


def count(code: str, frequency: Frequency = Frequency.QUARTER, **more: object) -> Definition:
    return Definition(code=code, frequency=frequency, aggregation=Aggregation.SUM, **more)


def made(formula: str, frequency: Frequency = Frequency.QUARTER, **more: object) -> Definition:
    return Definition(code="X", frequency=frequency, polarity=Polarity.HIGHER, formula=formula, **more)


def said(day: int, period: str, value: object, category: str = "", **more: object) -> Said:
    number = None if value is None else Decimal(str(value))
    return Said(DAY + timedelta(days=day), Figure(period=Period.parse(period), value=number, **more), category)


def figures(measure: Definition, definitions: list[Definition], **inputs: list[Said]) -> list[tuple[int, str, object]]:
    """Each figure that follows: the day from which it is known, its period, and its value or why there is none."""
    known = {definition.code: definition for definition in definitions}
    events = derived_said(measure, known, {code.replace("_", "-"): heard for code, heard in inputs.items()})
    return [
        (
            (event.at - DAY).days,
            event.what.period.text,
            event.what.value if event.what.why is None else event.what.why.code,
        )
        for event in events
    ]


def test_a_figure_waits_for_its_last_input_and_moves_with_either():
    assert figures(
        made("[HO-1] / [HO-2] * 1000"),
        [count("HO-1"), count("HO-2")],
        HO_1=[said(1, "2025/26 Q1", 84), said(9, "2025/26 Q1", 42)],
        HO_2=[said(3, "2025/26 Q1", 42000)],
    ) == [(3, "2025/26 Q1", Decimal(2)), (9, "2025/26 Q1", Decimal(1))]


def test_a_longer_period_is_worked_out_from_its_own_totals_never_from_the_mean_of_rates():
    worked = figures(
        made("[HO-1] / [HO-2] * 100"),
        [count("HO-1"), count("HO-2")],
        HO_1=[said(1, "2025/26 Q1", 50), said(2, "2025/26 Q2", 1)],
        HO_2=[said(1, "2025/26 Q1", 100), said(2, "2025/26 Q2", 50)],
    )
    assert worked == [
        (1, "2025/26 Q1", Decimal(50)),
        (2, "2025/26 Q2", Decimal(2)),
        (2, "2025/26 H1", Decimal(34)),
    ]


def test_months_are_gathered_into_the_quarter_that_the_measure_is_collected_by():
    assert figures(
        made("[CC-1] * 2"),
        [count("CC-1", Frequency.MONTH)],
        CC_1=[said(month, f"2025-{month:02}", 10) for month in (4, 5, 6)],
    ) == [(6, "2025/26 Q1", Decimal(60))]


def test_earlier_periods_and_the_year_so_far_can_be_asked_for():
    quarters = [said(quarter, f"2025/26 Q{quarter}", quarter * 10) for quarter in (1, 2, 3)]
    known = [count("CC-1")]
    grown = figures(made("[CC-1] - previous([CC-1])"), known, CC_1=quarters)
    assert [(period, value) for _day, period, value in grown if "Q" in period] == [
        ("2025/26 Q2", Decimal(10)),
        ("2025/26 Q3", Decimal(10)),
    ]
    so_far = figures(made("year_to_date([CC-1])"), known, CC_1=quarters)
    assert [(period, value) for _day, period, value in so_far if "Q" in period] == [
        ("2025/26 Q1", Decimal(10)),
        ("2025/26 Q2", Decimal(30)),
        ("2025/26 Q3", Decimal(60)),
    ]
    last_year = figures(made("last_year([CC-1])"), known, CC_1=[said(1, "2024/25 Q1", 7), said(2, "2025/26 Q1", 9)])
    assert (2, "2025/26 Q1", Decimal(7)) in last_year


def test_a_restated_past_figure_moves_what_looks_back_on_it():
    quarters = [said(1, "2025/26 Q1", 10), said(2, "2025/26 Q2", 20), said(5, "2025/26 Q1", 15)]
    grown = figures(made("[CC-1] - previous([CC-1])"), [count("CC-1")], CC_1=quarters)
    assert [(day, value) for day, period, value in grown if period == "2025/26 Q2"] == [
        (2, Decimal(10)),
        (5, Decimal(5)),
    ]


def test_nothing_is_divided_by_zero_and_the_status_says_so():
    inputs = {"HO-1": [said(1, "2025/26 Q1", 84)], "HO-2": [said(1, "2025/26 Q1", 0)]}
    measure = made("[HO-1] / [HO-2]")
    known = {"HO-1": count("HO-1"), "HO-2": count("HO-2")}
    row = versions(measure, derived_said(measure, known, inputs))[0].row
    assert (row.value, row.status, row.reason.code) == (None, Status.CANNOT_COMPUTE, "formula_divide_by_zero")


def test_an_input_withdrawn_withdraws_what_was_made_of_it():
    assert figures(
        made("[HO-1] * 2"),
        [count("HO-1")],
        HO_1=[said(1, "2025/26 Q1", 84), said(2, "2025/26 Q1", None, missing=Missing.NOT_AVAILABLE)],
    ) == [(1, "2025/26 Q1", Decimal(168)), (2, "2025/26 Q1", "formula_missing")]


def test_each_category_is_worked_out_from_its_own():
    worked = derived_said(
        made("[HO-1] / [HO-2]"),
        {"HO-1": count("HO-1"), "HO-2": count("HO-2")},
        {
            "HO-1": [said(1, "2025/26 Q1", 8, "sex=F"), said(1, "2025/26 Q1", 9)],
            "HO-2": [said(1, "2025/26 Q1", 4, "sex=F"), said(1, "2025/26 Q1", 3)],
        },
    )
    assert [(event.category, event.what.value) for event in worked] == [("", Decimal(3)), ("sex=F", Decimal(2))]


def test_a_rate_a_quarter_takes_the_yearly_population_of_its_year():
    population = Definition(code="POP", frequency=Frequency.YEAR, reading=Reading.SNAPSHOT)
    worked = figures(
        made("[HO-1] / [POP] * 1000"),
        [count("HO-1"), population],
        HO_1=[said(2, "2025/26 Q1", 84)],
        POP=[said(1, "2025/26", 42000)],
    )
    assert (2, "2025/26 Q1", Decimal(2)) in worked
