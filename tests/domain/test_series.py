"""A measure's series: the same events give the same results, as they stand and as they stood at any moment."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.domain.definition import Definition
from goldenthread.domain.figures import Figure
from goldenthread.domain.periods import Period
from goldenthread.domain.reasons import Reason
from goldenthread.domain.rules import Rule
from goldenthread.domain.said import Annotated, Assigned, Forecasted, Judged, Said
from goldenthread.domain.series import Row, versions
from goldenthread.domain.status import Judgement
from goldenthread.domain.targets import Target
from goldenthread.domain.words import (
    Aggregation,
    Annotation,
    DataType,
    Direction,
    Family,
    Frequency,
    Missing,
    Polarity,
    Profile,
    Reading,
    Signal,
    State,
    Status,
    TargetKind,
)
from tests.thorough import tried

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
DAY = datetime(2026, 1, 1, tzinfo=UTC)
TEN_PERCENT = Rule(code="TEN", family=Family.MISS_TOLERANCE, amber=Decimal(10))


def said(day: int, what: object, category: str = "", order: int = 0) -> Said:
    return Said(DAY + timedelta(days=day), what, category, order)


def figure(period: str, value: object, **more: object) -> Figure:
    number = None if value is None else Decimal(str(value))
    return Figure(period=Period.parse(period), value=number, **more)


def target(period: str, value: object, **more: object) -> Target:
    return Target(period=Period.parse(period), value=Decimal(str(value)), **more)


RATED_BY_TEN = [Said(BEGINNING, TEN_PERCENT), Said(BEGINNING, Assigned("TEN"))]
CALLS = Definition(
    code="CS-01",
    data_type=DataType.PERCENTAGE,
    polarity=Polarity.HIGHER,
    frequency=Frequency.QUARTER,
    aggregation=Aggregation.RATIO,
    decimals=1,
)
SICKNESS = Definition(
    code="HR-01",
    polarity=Polarity.LOWER,
    frequency=Frequency.QUARTER,
    aggregation=Aggregation.RATIO,
    denominator_aggregation=Aggregation.MEAN,
    rated_on=Reading.YEAR_TO_DATE,
    profile=Profile.EVEN,
)


def known_at(measure: Definition, events: list[Said], moment: datetime) -> dict[tuple[str, str], Row]:
    return {
        (version.row.category, version.row.period.text): version.row
        for version in versions(measure, events)
        if version.known_from <= moment and (version.known_to is None or version.known_to > moment)
    }


def current(measure: Definition, events: list[Said]) -> dict[str, Row]:
    return {
        period: row
        for (category, period), row in known_at(measure, events, datetime.max.replace(tzinfo=UTC)).items()
        if not category
    }


def test_sickness_is_rated_on_the_year_so_far_and_the_year_is_not_the_sum_of_its_rates():
    events = [
        *RATED_BY_TEN,
        Said(BEGINNING, target("2025/26", 10)),
        *(
            said(i, figure(f"2025/26 Q{i}", None, numerator=Decimal(2500), denominator=Decimal(1000)))
            for i in range(1, 5)
        ),
    ]
    rows = current(SICKNESS, events)
    assert [rows[f"2025/26 Q{i}"].rated_value for i in range(1, 5)] == [Decimal("2.5"), Decimal(5), Decimal("7.5"), 10]
    assert [rows[f"2025/26 Q{i}"].target for i in range(1, 5)] == [Decimal("2.5"), Decimal(5), Decimal("7.5"), 10]
    assert rows["2025/26"].value == Decimal(10)
    assert rows["2025/26"].status is Status.GREEN


def test_a_figure_restated_keeps_what_was_known_before():
    events = [
        *RATED_BY_TEN,
        Said(BEGINNING, target("2025/26", 80)),
        said(1, figure("2025/26 Q1", 90)),
        said(2, figure("2025/26 Q2", 85)),
        said(30, figure("2025/26 Q1", 70, state=State.RESTATED)),
    ]
    before, after = known_at(CALLS, events, DAY + timedelta(days=10)), current(CALLS, events)
    assert before["", "2025/26 Q1"].status is Status.GREEN
    assert before["", "2025/26 Q2"].direction_short is Direction.WORSE
    assert after["2025/26 Q1"].status is Status.RED
    assert after["2025/26 Q2"].direction_short is Direction.BETTER
    assert len(versions(CALLS, events)) == 6, "both quarters and the half-year are said again"


def test_a_new_rule_leaves_periods_that_ended_before_it_as_they_were():
    strict = Rule(code="STRICT", family=Family.STRICT)
    events = [
        *RATED_BY_TEN,
        Said(BEGINNING, target("2025/26", 80)),
        said(1, figure("2025/26 Q1", 79)),
        said(2, figure("2025/26 Q2", 79)),
        said(3, strict),
        said(3, Assigned("STRICT", starts=date(2025, 9, 1)), order=1),
    ]
    rows = current(CALLS, events)
    assert (rows["2025/26 Q1"].status, rows["2025/26 Q1"].rule) == (Status.AMBER, "TEN")
    assert (rows["2025/26 Q2"].status, rows["2025/26 Q2"].rule) == (Status.RED, "STRICT")


def test_an_amended_target_rates_from_its_period_on_and_keeps_the_original():
    events = [
        *RATED_BY_TEN,
        Said(BEGINNING, target("2025/26", 80)),
        said(1, figure("2025/26 Q1", 70)),
        said(2, figure("2025/26 Q2", 70)),
        said(3, target("2025/26 Q2", 65, amended=True)),
    ]
    rows = current(CALLS, events)
    assert (rows["2025/26 Q1"].status, rows["2025/26 Q1"].target) == (Status.RED, 80)
    assert (rows["2025/26 Q2"].status, rows["2025/26 Q2"].target, rows["2025/26 Q2"].target_original) == (
        Status.GREEN,
        65,
        80,
    )


def test_the_red_line_of_one_quarter_is_not_that_of_the_next():
    events = [
        Said(BEGINNING, Rule(code="LINES", family=Family.TWO_THRESHOLDS)),
        Said(BEGINNING, Assigned("LINES")),
        Said(BEGINNING, target("2025/26", 80)),
        Said(BEGINNING, target("2025/26", 60, kind=TargetKind.FLOOR)),
        Said(BEGINNING, target("2025/26 Q1", 70, kind=TargetKind.FLOOR)),
        *(said(i, figure(f"2025/26 Q{i}", 65)) for i in (1, 2)),
    ]
    rows = current(CALLS, events)
    assert [(rows[f"2025/26 Q{i}"].target_floor, rows[f"2025/26 Q{i}"].status) for i in (1, 2)] == [
        (70, Status.RED),
        (60, Status.AMBER),
    ]


def test_nothing_reaches_across_a_break():
    events = [
        *RATED_BY_TEN,
        said(1, figure("2025/26 Q1", 70)),
        said(2, figure("2025/26 Q2", 75)),
        said(3, Annotated(Period.parse("2025/26 Q2"), Annotation.BREAK)),
        said(4, figure("2025/26 Q3", 80)),
    ]
    rows = current(CALLS, events)
    assert [rows[f"2025/26 Q{i}"].direction_short for i in (1, 2, 3)] == [
        Direction.NONE,
        Direction.NONE,
        Direction.BETTER,
    ]


def test_a_missing_figure_is_never_zero_and_leaves_the_year_unrated():
    events = [
        *RATED_BY_TEN,
        Said(BEGINNING, target("2025/26", 80)),
        *(said(i, figure(f"2025/26 Q{i}", None, numerator=Decimal(84), denominator=Decimal(100))) for i in (1, 2, 4)),
        said(3, figure("2025/26 Q3", None, missing=Missing.NOT_COLLECTED)),
    ]
    rows = current(CALLS, events)
    assert rows["2025/26 Q3"].value is None
    assert rows["2025/26 Q3"].status is Status.NOT_RATED
    assert (rows["2025/26"].value, rows["2025/26"].have, rows["2025/26"].expected) == (Decimal(84), 3, 4)
    assert rows["2025/26"].status is Status.NOT_RATED


QUARTERS = [f"20{year}/{year + 1} Q{quarter}" for year in (23, 24, 25) for quarter in (1, 2, 3, 4)]
numbers = st.integers(0, 100).map(Decimal)


@st.composite
def happenings(draw: st.DrawFn) -> list[Said]:
    """What people say of a measure in any order: late figures, restatements, targets, rules, breaks."""
    events = list(RATED_BY_TEN)
    for order in range(draw(st.integers(1, 14))):
        period = Period.parse(draw(st.sampled_from(QUARTERS)))
        what = draw(
            st.one_of(
                st.builds(
                    lambda top, bottom, period=period: Figure(
                        period=period, value=top, numerator=top, denominator=bottom
                    ),
                    numbers,
                    st.integers(1, 200).map(Decimal),
                ),
                st.just(Figure(period=period, missing=Missing.NOT_AVAILABLE)),
                st.builds(lambda value, period=period: Target(period=period, value=value, amended=value > 50), numbers),
                st.builds(
                    lambda value, period=period: Target(period=period.containing(Frequency.YEAR), value=value), numbers
                ),
                st.builds(
                    lambda value, period=period: Target(period=period, kind=TargetKind.FLOOR, value=value), numbers
                ),
                st.builds(
                    lambda amber, period=period: Rule(
                        code="TEN", family=Family.MISS_TOLERANCE, amber=amber, starts=period.start
                    ),
                    numbers,
                ),
                st.just(Annotated(period, Annotation.BREAK)),
                st.just(Judged(period, Judgement(status=Status.RED, reason="seen", by="A head", on=date(2026, 1, 1)))),
                st.builds(
                    lambda value, period=period: Forecasted(period.containing(Frequency.YEAR), value, period, "known"),
                    numbers,
                ),
            )
        )
        category = draw(st.sampled_from(["", "", "sex=F"])) if isinstance(what, Figure) else ""
        events.append(said(draw(st.integers(0, 9)), what, category, order))
    return events


@settings(max_examples=tried(300), deadline=None)
@given(happenings(), st.sampled_from([CALLS, SICKNESS]), st.integers(0, 10))
def test_as_at_any_moment_is_what_had_been_said_by_then(events: list[Said], measure: Definition, day: int):
    moment = DAY + timedelta(days=day)
    by_then = [event for event in events if event.at <= moment]
    assert known_at(measure, events, moment) == known_at(measure, by_then, datetime.max.replace(tzinfo=UTC))


@settings(max_examples=tried(100), deadline=None)
@given(happenings())
def test_there_is_one_version_at_a_time_and_none_of_no_length(events: list[Said]):
    ends: dict[tuple[str, str], datetime | None] = {}
    for version in versions(CALLS, events):
        key = (version.row.category, version.row.period.text)
        assert version.known_to is None or version.known_from < version.known_to
        if key in ends:
            assert ends[key] == version.known_from
        ends[key] = version.known_to


def test_a_quarter_gathered_from_months_is_held_to_the_target_of_its_last_month():
    collected = Definition(
        code="CT-01",
        data_type=DataType.PERCENTAGE,
        polarity=Polarity.HIGHER,
        frequency=Frequency.MONTH,
        reading=Reading.YEAR_TO_DATE,
    )
    events = [
        *RATED_BY_TEN,
        *(Said(BEGINNING, target(f"2025-{month:02}", 10 * (month - 3))) for month in range(4, 7)),
        *(said(month, figure(f"2025-{month:02}", 10 * (month - 3))) for month in range(4, 7)),
    ]
    quarter = current(collected, events)["2025/26 Q1"]
    assert (quarter.value, quarter.target, quarter.status) == (30, 30, Status.GREEN)


def test_a_quarter_gathered_from_months_takes_its_season_from_earlier_quarters():
    missed = Definition(
        code="WS-01",
        polarity=Polarity.LOWER,
        frequency=Frequency.MONTH,
        aggregation=Aggregation.SUM,
        profile=Profile.SEASONAL,
    )
    months = [f"{2024 + (month > 12)}-{(month - 1) % 12 + 1:02}" for month in range(4, 16)]
    events = [
        *RATED_BY_TEN,
        Said(BEGINNING, target("2025/26", 200)),
        *(said(1, figure(month, 10 if place < 9 else 20)) for place, month in enumerate(months)),
        *(said(2, figure(month, 10)) for month in ("2025-04", "2025-05", "2025-06")),
    ]
    quarter = current(missed, events)["2025/26 Q1"]
    assert (quarter.value, quarter.target, quarter.status) == (30, 40, Status.GREEN)


def months(count: int) -> list[str]:
    period = Period.parse("2024-04")
    found = []
    for _ in range(count):
        found.append(period.text)
        period = period.next()
    return found


HURT = Definition(
    code="HW-05",
    polarity=Polarity.LOWER,
    frequency=Frequency.MONTH,
    aggregation=Aggregation.SUM,
    rated_on=Reading.ROLLING,
)


def test_a_rolling_figure_is_rated_and_compared_from_its_first_whole_window():
    events = [
        *RATED_BY_TEN,
        *(Said(BEGINNING, target(year, 90)) for year in ("2024/25", "2025/26")),
        *(said(place, figure(month, 7)) for place, month in enumerate(months(15))),
    ]
    rows = current(HURT, events)
    found = [(rows[month].rated_value, rows[month].status, rows[month].direction_short) for month in months(15)]
    assert found == [
        *[(None, Status.NOT_RATED, Direction.NONE)] * 11,
        (84, Status.GREEN, Direction.NONE),
        *[(84, Status.GREEN, Direction.SAME)] * 3,
    ]
    assert rows["2024-08"].reason == Reason("partial", {"have": "5", "expected": "12"})
    assert (rows["2024-08"].value, rows["2024-08"].have, rows["2024-08"].expected) == (7, 5, 12)
    assert [rows[f"2024/25 Q{n}"].rated_value for n in (1, 2, 3, 4)] == [None, None, None, 84]
    assert [rows[f"2024/25 Q{n}"].status for n in (3, 4)] == [Status.NOT_RATED, Status.GREEN]


def test_a_rolling_figure_with_a_month_missing_has_nothing_to_be_held_against():
    given = [figure(month, None if place == 13 else 7) for place, month in enumerate(months(26))]
    rows = current(HURT, [*RATED_BY_TEN, *(said(place, each) for place, each in enumerate(given))])
    assert [rows[month].rated_value for month in months(26)][11:] == [84, 84, *[None] * 12, 84]
    assert rows[months(26)[-1]].direction_long is Direction.NONE


def test_a_year_to_date_with_a_month_missing_is_not_held_against_last_years():
    loans = Definition(
        code="LB-02",
        polarity=Polarity.HIGHER,
        frequency=Frequency.MONTH,
        aggregation=Aggregation.SUM,
        rated_on=Reading.YEAR_TO_DATE,
    )
    given = [figure(month, None if place == 13 else 10) for place, month in enumerate(months(24))]
    rows = current(loans, [said(place, each) for place, each in enumerate(given)])
    assert [rows[month].direction_long for month in months(24)][12:15] == [Direction.SAME, *[Direction.NONE] * 2]


def signals_of(measure: Definition, count: int, *events: Said) -> list[Signal]:
    given = [said(place, figure(month, place % 2)) for place, month in enumerate(months(count))]
    rows = current(measure, [*events, *given])
    limited = [row.signal for row in rows.values() if row.limit_mean is not None]
    assert not {Signal.NOT_APPLICABLE, Signal.TOO_FEW} & set(limited)
    return [rows[month].signal for month in months(count)]


def monthly(**more: object) -> Definition:
    return Definition(
        code="PL-05",
        polarity=Polarity.HIGHER,
        frequency=Frequency.MONTH,
        aggregation=Aggregation.SUM,
        **more,
    )


def test_figures_that_stray_by_chance_have_a_signal_once_there_are_twelve():
    assert signals_of(monthly(), 13) == [*[Signal.TOO_FEW] * 11, *[Signal.NO_CHANGE] * 2]


def test_a_yes_a_date_what_only_grows_and_what_overlaps_have_no_signal_however_many_there_are():
    measures = [
        monthly(data_type=DataType.YES_NO, reading=Reading.SNAPSHOT),
        monthly(data_type=DataType.DATE),
        monthly(rated_on=Reading.CUMULATIVE),
        monthly(reading=Reading.CUMULATIVE),
        monthly(reading=Reading.ROLLING),
    ]
    assert [signals_of(measure, 13) for measure in measures] == [[Signal.NOT_APPLICABLE] * 13] * 5


def test_what_a_person_judges_has_no_signal_from_the_day_it_is_judged():
    judged = Rule(code="JUDGED", family=Family.JUDGED, starts=date(2025, 5, 1))
    events = [Said(BEGINNING, judged), Said(BEGINNING, Assigned("JUDGED", starts=date(2025, 5, 1)))]
    assert signals_of(monthly(), 15, *events)[10:] == [
        Signal.TOO_FEW,
        *[Signal.NO_CHANGE] * 2,
        *[Signal.NOT_APPLICABLE] * 2,
    ]
