"""The board for a period: whose figure stands where, carried or waited for, now and as at a moment."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from goldenthread.accounts.models import User
from goldenthread.council.models import Appointment, Person, Post, Unit
from goldenthread.domain.periods import Period
from goldenthread.domain.rules import Rule as RuleVersion
from goldenthread.domain.words import Family, Status
from goldenthread.history.services import write_change
from goldenthread.measures.models import Actual, Measure, MeasureRole, PublishedFigure, Result
from goldenthread.measures.queries.board import Board, board
from goldenthread.measures.queries.choices import Choices
from goldenthread.measures.queries.line import Line
from goldenthread.measures.services import (
    Entry,
    TargetEntry,
    amend_target,
    assign_rule,
    change_definition,
    give_forecast,
    judge,
    record_actual,
    restate,
    set_rule,
    set_target,
)
from goldenthread.measures.shown import Shown
from tests.asked import asked
from tests.measures.customer_services import calls_answered, make_measure

pytestmark = pytest.mark.django_db
#: Tests stand on 18 January 2027: the third quarter has ended.
THIRD, SECOND = Period.parse("2026/27 Q3"), Period.parse("2026/27 Q2")


@pytest.fixture
def officer() -> User:
    return User.objects.create_user("officer@wenlow.example", name="Amara Okonjo")


def on(period: Period, **more: Any) -> Board:
    return board(Measure.objects.all(), period, **more)


@pytest.mark.parametrize("as_at", [None, datetime(2026, 11, 24, tzinfo=UTC)])
def test_whoever_sees_no_measure_has_an_empty_board(officer: User, as_at: datetime | None) -> None:
    calls_answered(officer)
    assert board(Measure.objects.filter(pk__in=[]), THIRD, as_at=as_at).lines == []
    assert board(Measure.objects.filter(code="NONE"), THIRD, as_at=as_at).lines == []


def only(period: Period, **more: Any) -> Line:
    (line,) = on(period, **more).lines
    return line


def say(line: Line) -> str:
    return Shown().why(line.reason)


def give(by: User, measure: str, period: str, value: object, **more: Any) -> Any:
    number = None if value is None else Decimal(str(value))
    return record_actual(by=by, measure=measure, entry=Entry(period=period, value=number, **more))


def rated(by: User, code: str, **fields: Any) -> Measure:
    """A measure wanted at 80 or more, amber within a tenth."""
    measure = make_measure(code, **({"aggregation": "mean"} | fields))
    set_rule(by=by, rule=RuleVersion(code=f"TEN-{code}", family=Family.MISS_TOLERANCE, amber=Decimal(10)))
    assign_rule(by=by, rule=f"TEN-{code}", measure=code)
    for year in ("2025/26", "2026/27"):
        set_target(by=by, measure=code, entry=TargetEntry(period=year, value=Decimal(80)))
    return measure


# Whose figure stands on the board


def test_the_figure_of_the_period_itself(officer: User) -> None:
    calls_answered(officer)
    give(officer, "CS-01", "2026/27 Q3", "79.5")
    line = only(THIRD)
    assert (line.period, line.status, line.carried, line.awaiting) == ("2026/27 Q3", Status.AMBER, False, None)


def test_an_earlier_figure_is_carried_and_the_late_one_named(officer: User) -> None:
    calls_answered(officer)
    line = only(THIRD)
    assert (line.period, line.status, line.carried) == ("2026/27 Q2", Status.GREEN, True)
    assert line.awaiting is Status.OVERDUE
    assert Shown().why(line.awaiting_reason) == "Overdue: the figure for Q3 2026/27 was due on 14 January 2027"


def test_a_figure_beyond_two_of_its_own_periods_is_stale(officer: User) -> None:
    rated(officer, "CS-02", frequency="month")
    give(officer, "CS-02", "2026-09", 85)
    line = only(THIRD)
    assert (line.status, line.computed, line.stale, line.behind) == (Status.NOT_RATED, Status.NOT_RATED, True, 3)
    assert say(line) == "Not rated: the latest figure is for Sep 2026, 3 periods behind, and stale"


def test_a_quarter_made_of_its_months_stands_before_the_last_month(officer: User) -> None:
    rated(officer, "CS-02", frequency="month")
    for month, value in (("2026-10", 60), ("2026-11", 81), ("2026-12", 84)):
        give(officer, "CS-02", month, value)
    line = only(THIRD)
    assert line.result is not None
    assert (line.period, line.result.value, line.result.derived) == ("2026/27 Q3", Decimal(75), True)


def test_a_yearly_figure_is_carried_and_not_waited_for_before_it_is_due(officer: User) -> None:
    rated(officer, "CS-08", frequency="year", lag_days=60)
    give(officer, "CS-08", "2025/26", 82)
    line = only(THIRD)
    assert (line.period, line.status, line.carried, line.awaiting) == ("2025/26", Status.GREEN, True, None)


def test_a_measure_without_any_figure_still_appears(officer: User) -> None:
    make_measure("CS-09")
    line = only(THIRD)
    assert (line.result, line.status, line.awaiting) == (None, Status.OVERDUE, None)
    assert line.is_exception


def test_a_figure_promised_for_a_day_is_awaited_until_then(officer: User) -> None:
    calls_answered(officer)
    change = write_change(by=officer, verb="record_actual", object="measure CS-01")
    measure = Measure.objects.get(code="CS-01")
    Actual.objects.create(
        measure=measure, period="2026/27 Q3", expected_on=date(2027, 2, 1), entered_at=change.at, change=change
    )
    assert only(THIRD).awaiting is Status.AWAITED
    assert only(THIRD, today=date(2027, 2, 2)).awaiting is Status.OVERDUE


def test_a_missing_figure_promised_for_a_day_does_not_hide_the_one_before(officer: User) -> None:
    calls_answered(officer)
    give(officer, "CS-01", "2026/27 Q3", None, missing="not_available", expected_on=date(2027, 2, 1))
    line = only(THIRD)
    assert (line.period, line.awaiting) == ("2026/27 Q2", Status.AWAITED)


def test_a_figure_that_will_never_come_stands_as_missing(officer: User) -> None:
    calls_answered(officer)
    give(officer, "CS-01", "2026/27 Q3", None, missing="not_collected")
    line = only(THIRD)
    assert (line.period, line.status, line.awaiting) == ("2026/27 Q3", Status.NOT_RATED, None)


def test_a_span_of_years_waits_for_the_next_span(officer: User) -> None:
    make_measure("PH-01", frequency="year", year="calendar", lag_days=330, aggregation="none")
    give(officer, "PH-01", "2023 to 2025", "61.8")
    line = only(Period.parse("2026/27 Q3"))
    assert Shown().why(line.awaiting_reason) == "Awaited: the figure for 2024 to 2026 is due on 26 November 2027"


def test_quarters_of_an_academic_year_do_not_break_the_board(officer: User) -> None:
    make_measure("ED-09", frequency="quarter", year="academic")
    assert only(THIRD).status is Status.OVERDUE


@pytest.mark.parametrize(("starts", "ends", "there"), [
    (date(2027, 1, 1), None, False),
    (date(2026, 12, 31), None, True),
    (None, date(2026, 9, 30), False),
    (None, date(2026, 10, 1), True),
])  # fmt: skip
def test_a_measure_is_on_the_board_while_it_runs(starts: date | None, ends: date | None, there: bool) -> None:
    make_measure("CS-07", starts=starts, ends=ends)
    assert bool(on(THIRD).lines) is there


# What is shown of it


def publish(code: str, period: str, status: str, shown_on: date) -> None:
    change = write_change(by=None, verb="load", object="package")
    PublishedFigure.objects.create(
        publication=f"Cabinet {shown_on}",
        shown_on=shown_on,
        measure=Measure.objects.get(code=code),
        period=period,
        status=status,
        change=change,
    )


def test_what_was_published_last_is_the_headline_of_its_period(officer: User) -> None:
    calls_answered(officer)
    publish("CS-01", "2026/27 Q2", "red", date(2026, 11, 24))
    publish("CS-01", "2026/27 Q2", "amber", date(2026, 12, 8))
    line = only(SECOND)
    assert (line.status, line.computed, line.differs) == (Status.AMBER, Status.GREEN, True)
    before = only(SECOND, as_at=end_of(date(2026, 11, 25)))
    assert before.published_status == ""


def end_of(day: date) -> datetime:
    """Before anything was recorded, though published: figures recorded today were not known then."""
    from django.utils import timezone

    return timezone.make_aware(datetime.combine(day, datetime.max.time()))


def test_a_stale_figure_has_no_published_headline(officer: User) -> None:
    rated(officer, "CS-02", frequency="month")
    give(officer, "CS-02", "2026-09", 85)
    publish("CS-02", "2026-09", "green", date(2026, 11, 24))
    assert only(THIRD).status is Status.NOT_RATED


def test_a_judgement_that_ran_out_is_not_rated_any_more(officer: User) -> None:
    make_measure("CL-05", aggregation="none")
    set_rule(by=officer, rule=RuleVersion(code="JUDGED", family=Family.JUDGED))
    assign_rule(by=officer, rule="JUDGED", measure="CL-05")
    give(officer, "CL-05", "2026/27 Q3", 17)
    judge(
        by=officer, measure="CL-05", period="2026/27 Q3", status="amber", reason="Two late.", expires=date(2027, 1, 22)
    )
    assert only(THIRD).status is Status.AMBER
    expired = only(THIRD, today=date(2027, 1, 23))
    assert expired.status is Status.NOT_RATED
    assert say(expired) == "Not rated: the judgement by Amara Okonjo of 18 January 2027 expired on 22 January 2027"


def test_a_forecast_at_odds_with_the_figure_is_an_exception(officer: User) -> None:
    calls_answered(officer)
    assert not only(SECOND).hides
    give_forecast(
        by=officer, measure="CS-01", for_period="2026/27", value=Decimal(60), reason="Strike.", made_in="2026/27 Q2"
    )
    line = only(SECOND)
    assert (line.status, line.hides, line.is_exception) == (Status.GREEN, True, True)


def test_an_amended_target_keeps_its_original(officer: User) -> None:
    calls_answered(officer)
    entry = TargetEntry(
        period="2026/27 Q2", value=Decimal(90), reason="More staff.", decision="Cabinet, 8 September 2026"
    )
    amend_target(by=officer, measure="CS-01", entry=entry)
    result = only(SECOND).result
    assert result is not None
    assert (result.target, result.target_original, result.status) == (Decimal(90), Decimal(80), "amber")


def test_the_owner_is_whoever_holds_the_owning_post_that_day(officer: User) -> None:
    measure = make_measure("CS-01")
    post = Post.objects.create(code="HEAD", title="Head of Customer Services", unit=Unit.objects.get(code="CS"))
    MeasureRole.objects.create(measure=measure, role="owner", post=post)
    assert only(THIRD).owner == "Head of Customer Services"
    for name, starts, ends in (
        ("Tom Reed", None, date(2026, 12, 31)),
        ("Sian Price", date(2027, 1, 1), None),
        ("Jo Whitlock", date(2027, 1, 1), None),
    ):
        person = Person.objects.create(code=name, name=name)
        Appointment.objects.create(post=post, person=person, starts=starts, ends=ends)
    assert only(THIRD).owner == "Sian Price / Jo Whitlock"
    assert only(THIRD, today=date(2026, 12, 31)).owner == "Tom Reed"


def test_the_points_end_at_the_board_s_period(officer: User) -> None:
    calls_answered(officer)
    give(officer, "CS-01", "2026/27 Q3", "79.5")
    points = only(SECOND).points
    assert [point[0] for point in points][-2:] == ["2026/27 Q1", "2026/27 Q2"]
    assert points[-1] == ("2026/27 Q2", "83.8", "green")


# As at a moment


def test_a_board_as_at_a_moment_shows_what_was_known_then(officer: User) -> None:
    calls_answered(officer)
    first = give(officer, "CS-01", "2026/27 Q3", "79.5")
    between = first.change.at + timedelta(microseconds=1)
    restate(by=officer, measure="CS-01", entry=Entry(period="2026/27 Q3", value=Decimal(85)), reason="A late return.")
    now, then = only(THIRD), only(THIRD, as_at=between)
    assert (now.status, now.result and now.result.value) == (Status.GREEN, Decimal(85))
    assert (then.status, then.result and then.result.value) == (Status.AMBER, Decimal("79.5"))
    assert (now.points[-1][1], then.points[-1][1]) == ("85", "79.5")


def test_a_board_as_at_a_moment_shows_definitions_as_they_stood(officer: User) -> None:
    calls_answered(officer)
    renamed = change_definition(
        by=officer, measure="CS-01", changes={"title": "Calls answered well"}, reason="Clearer."
    )
    change_definition(by=officer, measure="CS-01", changes={"title": "Calls answered fast"}, reason="Clearer still.")
    assert only(THIRD).name == "Calls answered fast"
    assert only(THIRD, as_at=renamed.change.at).name == "Calls answered well"


def test_the_points_as_at_a_moment_are_those_of_the_sparkline(officer: User) -> None:
    calls_answered(officer)
    last = Result.objects.order_by("-known_from").values_list("known_from", flat=True)[0]
    assert only(THIRD, as_at=last).points == only(THIRD).points


# How it is read


@pytest.mark.parametrize("as_at", [False, True])
def test_the_queries_are_as_many_for_one_measure_as_for_many(officer: User, as_at: bool) -> None:
    def queries() -> int:
        moment = Result.objects.order_by("-known_from").values_list("known_from", flat=True)[0] if as_at else None
        with asked() as captured:
            on(THIRD, as_at=moment)
        return len(captured)

    calls_answered(officer)
    one = queries()
    for number in range(2, 6):
        calls_answered(officer, code=f"CS-0{number}")
    assert (one, queries()) == ((7, 7) if as_at else (6, 6))


@pytest.mark.parametrize(
    ("kinds", "period"),
    [
        ([], "2026/27 Q3"),
        ([("year", "financial"), ("month", "financial")], "2026/27 Q3"),
        ([("year", "financial"), ("two_year", "financial")], "2025/26"),
        ([("year", "calendar")], "2026"),
        ([("year", "academic"), ("year", "financial")], "2025/26"),
    ],
)
def test_the_board_opens_at_the_period_its_measures_are_collected_by(kinds: list[tuple[str, str]], period: str):
    among = Choices(units=[], below={}, tags={}, sets=[], kinds=frozenset(kinds), since=None)
    assert among.usual_period(date(2027, 1, 18)).text == period
