"""The verbs of measures: what each writes, what it refuses, and which results it moves."""

import threading
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, connections

from goldenthread.accounts.models import User
from goldenthread.council.models import Unit
from goldenthread.domain.rules import Rule as RuleVersion
from goldenthread.domain.words import Family
from goldenthread.history.models import Change
from goldenthread.measures.models import Actual, Measure, PublishedFigure, Result, Rule, Sparkline
from goldenthread.measures.results import CONTENT, Kept
from goldenthread.measures.services import (
    Entry,
    Refused,
    Superseded,
    TargetEntry,
    amend_target,
    annotate,
    assign_rule,
    change_definition,
    correct_rule,
    correct_target,
    give_forecast,
    judge,
    record_actual,
    restate,
    retire_measure,
    set_rule,
    set_target,
    write_commentary,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> User:
    return User.objects.create_user("officer@wenlow.example", name="Ada Officer")


def make_measure(code: str, **fields: Any) -> Measure:
    unit, _made = Unit.objects.get_or_create(code="CS", defaults={"name": "Customer services"})
    defaults = {
        "title": f"Measure {code}",
        "unit": unit,
        "data_type": "percentage",
        "polarity": "higher",
        "frequency": "quarter",
        "aggregation": "ratio",
        "decimals": 1,
    }
    return Measure.objects.create(code=code, **(defaults | fields))


@pytest.fixture
def calls(officer: User) -> Measure:
    """Calls answered: rated within ten per cent of a target of 80."""
    measure = make_measure("CS-01")
    set_rule(by=officer, rule=RuleVersion(code="TEN", family=Family.MISS_TOLERANCE, amber=Decimal(10)))
    assign_rule(by=officer, rule="TEN", measure="CS-01")
    set_target(by=officer, measure="CS-01", entry=TargetEntry(period="2026/27", value=Decimal(80)))
    return measure


def record(officer: User, code: str, period: str, value: object, **more: Any) -> Any:
    return record_actual(by=officer, measure=code, entry=Entry(period=period, value=Decimal(str(value)), **more))


def statuses(code: str) -> dict[str, str]:
    current = Result.objects.filter(measure__code=code, category="", known_to__isnull=True)
    return dict(current.values_list("period", "status"))


def said(kept: Kept) -> dict[str, Any]:
    return dict(zip(CONTENT, kept.content, strict=True))


def test_a_figure_recorded_is_rated_in_the_same_transaction(officer: User, calls: Measure):
    act = record(officer, "CS-01", "2026/27 Q1", "84.2")
    assert statuses("CS-01") == {"2026/27 Q1": "green"}
    assert [said(kept)["rated_value"] for kept in act.moved["CS-01"]] == ["84.2"]
    assert (act.change.verb, act.change.object, act.change.by) == ("record_actual", "measure CS-01", officer)
    assert Sparkline.objects.get(measure=calls, category="").points == [["2026/27 Q1", "84.2", "green"]]


def test_digits_are_kept_as_typed(officer: User, calls: Measure):
    record(officer, "CS-01", "2026/27 Q1", "84.123456789012345678901")
    assert Actual.objects.get().value == Decimal("84.123456789012345678901")


def test_numerator_and_denominator_give_the_value(officer: User, calls: Measure):
    record_actual(
        by=officer,
        measure="CS-01",
        entry=Entry(period="2026/27 Q1", numerator=Decimal(421), denominator=Decimal(500)),
    )
    assert Actual.objects.get().value == Decimal("84.2")


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        (Entry(period="2026/27 Q1"), "value"),
        (Entry(period="Q1 2026/27", value=Decimal(1)), "period"),
        (Entry(period="2026-04", value=Decimal(1)), "period"),
        (Entry(period="2030/31 Q1", value=Decimal(1)), "period"),
        (Entry(period="2026/27 Q1", value=Decimal(1), missing="not_collected"), "missing"),
        (Entry(period="2026/27 Q1", numerator=Decimal(1)), "denominator"),
        (Entry(period="2026/27 Q1", numerator=Decimal(1), denominator=Decimal(0)), "denominator"),
        (Entry(period="2026/27 Q1", value=Decimal(50), numerator=Decimal(1), denominator=Decimal(4)), "value"),
        (Entry(period="2026/27 Q1", value=Decimal(50), lower=Decimal(9), upper=Decimal(2)), "upper"),
        (Entry(period="2026/27 Q1", value=Decimal(50), category="sex=X"), "category"),
    ],
)
def test_a_figure_that_cannot_be_is_refused_by_its_field(officer: User, calls: Measure, entry: Entry, field: str):
    changes = Change.objects.count()
    with pytest.raises(Refused) as refused:
        record_actual(by=officer, measure="CS-01", entry=entry)
    assert list(refused.value.faults) == [field]
    assert Change.objects.count() == changes
    assert not Actual.objects.exists()


def test_a_published_figure_is_restated_not_replaced(officer: User, calls: Measure):
    act = record(officer, "CS-01", "2026/27 Q1", 90)
    record(officer, "CS-01", "2026/27 Q2", 85)
    PublishedFigure.objects.create(
        publication="Cabinet", measure=calls, period="2026/27 Q1", value=Decimal(90), status="green", change=act.change
    )
    with pytest.raises(Refused):
        record(officer, "CS-01", "2026/27 Q1", 70)
    entry = Entry(period="2026/27 Q1", value=Decimal(70))
    with pytest.raises(Refused) as refused:
        restate(by=officer, measure="CS-01", entry=entry, reason=" ")
    assert list(refused.value.faults) == ["reason"]
    moved = restate(by=officer, measure="CS-01", entry=entry, reason="Two calls were counted twice").moved["CS-01"]
    assert sorted(kept.period for kept in moved) == ["2026/27 H1", "2026/27 Q1", "2026/27 Q2"]
    assert Actual.objects.last().state == "restated"


def test_looking_back_shows_what_was_known(officer: User, calls: Measure):
    first = record(officer, "CS-01", "2026/27 Q1", 90).change.at
    record(officer, "CS-01", "2026/27 Q1", 70)
    then = Result.objects.filter(known_from__lte=first).exclude(known_to__lte=first)
    assert [(row.value, row.status) for row in then] == [(Decimal(90), "green")]
    assert statuses("CS-01") == {"2026/27 Q1": "red"}


def test_two_people_saving_at_once_lose_nothing(officer: User, calls: Measure):
    record(officer, "CS-01", "2026/27 Q1", 90, seen=0)
    with pytest.raises(Superseded) as superseded:
        record(officer, "CS-01", "2026/27 Q1", 70, seen=0)
    assert "Ada Officer" in superseded.value.faults[""]
    assert Actual.objects.count() == 1


def test_a_measure_made_from_others_follows_them(officer: User):
    for code in ("HO-1", "HO-2"):
        make_measure(code, data_type="number", aggregation="sum")
    make_measure("HO-3", data_type="rate", aggregation="none", formula="[HO-1] / [HO-2] * 1000")
    record(officer, "HO-1", "2026/27 Q1", 84)
    assert statuses("HO-3") == {}
    act = record(officer, "HO-2", "2026/27 Q1", 42000)
    assert [said(kept)["value"] for kept in act.moved["HO-3"]] == ["2"]
    record(officer, "HO-1", "2026/27 Q1", 42)
    assert Result.objects.get(measure__code="HO-3", known_to__isnull=True).value == Decimal(1)
    with pytest.raises(Refused):
        record(officer, "HO-3", "2026/27 Q1", 2)


def test_a_target_is_set_once_then_amended_or_corrected(officer: User, calls: Measure):
    record(officer, "CS-01", "2026/27 Q1", 75)
    record(officer, "CS-01", "2026/27 Q2", 75)
    with pytest.raises(Refused):
        set_target(by=officer, measure="CS-01", entry=TargetEntry(period="2026/27", value=Decimal(70)))
    amended = TargetEntry(
        period="2026/27 Q2", value=Decimal(70), reason="Fewer staff", decision="Cabinet, 4 August 2026"
    )
    amend_target(by=officer, measure="CS-01", entry=amended)
    assert statuses("CS-01") | {"2026/27 H1": ""} == {"2026/27 Q1": "amber", "2026/27 Q2": "green", "2026/27 H1": ""}
    result = Result.objects.get(measure=calls, period="2026/27 Q2", known_to__isnull=True)
    assert (result.target, result.target_original) == (Decimal(70), Decimal(80))
    correct_target(
        by=officer,
        measure="CS-01",
        entry=TargetEntry(period="2026/27 Q1", value=Decimal(75), reason="Typed 80 for 75"),
    )
    assert statuses("CS-01")["2026/27 Q1"] == "green"


def test_an_amendment_needs_a_reason_and_a_decision(officer: User, calls: Measure):
    with pytest.raises(Refused) as refused:
        amend_target(by=officer, measure="CS-01", entry=TargetEntry(period="2026/27 Q2", value=Decimal(70)))
    assert sorted(refused.value.faults) == ["decision", "reason"]


def test_a_new_rule_rates_from_its_start_and_a_correction_rates_anew(officer: User, calls: Measure):
    record(officer, "CS-01", "2026/27 Q1", 75)
    record(officer, "CS-01", "2026/27 Q2", 75)
    set_rule(by=officer, rule=RuleVersion(code="TEN", family=Family.STRICT, starts=date(2026, 7, 1)))
    assert (statuses("CS-01")["2026/27 Q1"], statuses("CS-01")["2026/27 Q2"]) == ("amber", "red")
    corrected = RuleVersion(code="TEN", family=Family.MISS_TOLERANCE, amber=Decimal(5))
    correct_rule(by=officer, rule=corrected, reason="The board agreed 5, not 10")
    assert (statuses("CS-01")["2026/27 Q1"], statuses("CS-01")["2026/27 Q2"]) == ("red", "red")
    assert Rule.objects.filter(code="TEN").count() == 3


def test_a_rule_that_contradicts_itself_is_refused(officer: User):
    with pytest.raises(Refused):
        set_rule(by=officer, rule=RuleVersion(code="BAD", family=Family.MISS_TOLERANCE, amber=Decimal(-1)))


def test_a_definition_changed_keeps_its_history_and_what_was_shown(officer: User, calls: Measure):
    record(officer, "CS-01", "2026/27 Q1", 75)
    change_definition(
        by=officer, measure="CS-01", changes={"polarity": "lower"}, reason="Was entered the wrong way round", edition=1
    )
    assert statuses("CS-01") == {"2026/27 Q1": "green"}
    assert [row.status for row in Result.objects.filter(measure=calls).order_by("known_from")] == ["amber", "green"]
    assert [past.polarity for past in calls.history.order_by("history_date")] == ["higher", "lower"]
    with pytest.raises(Superseded):
        change_definition(by=officer, measure="CS-01", changes={"title": "Calls"}, reason="Shorter", edition=1)


def test_a_formula_that_closes_a_circle_is_refused(officer: User):
    make_measure("A", data_type="number", formula="[B] * 2")
    make_measure("B", data_type="number")
    with pytest.raises(Refused) as refused:
        change_definition(by=officer, measure="B", changes={"formula": "[A] + 1"}, reason="Try")
    assert "A" in refused.value.faults["formula"]
    assert Measure.objects.get(code="B").formula == ""


def test_a_retired_measure_keeps_its_figures_and_takes_no_more(officer: User, calls: Measure):
    make_measure("CS-02")
    record(officer, "CS-01", "2026/27 Q1", 75)
    retire_measure(
        by=officer, measure="CS-01", ends=date(2026, 6, 30), reason="Replaced by web chats", successor="CS-02"
    )
    assert Measure.objects.get(code="CS-02").succeeds.code == "CS-01"
    assert statuses("CS-01") == {"2026/27 Q1": "amber"}
    with pytest.raises(Refused):
        record(officer, "CS-01", "2026/27 Q2", 75)


def test_what_people_say_beside_the_figures(officer: User, calls: Measure):
    record(officer, "CS-01", "2026/27 Q1", 75)
    set_rule(by=officer, rule=RuleVersion(code="JUDGED", family=Family.JUDGED, expires_after=90))
    assign_rule(by=officer, rule="JUDGED", measure="CS-01", starts=date(2026, 4, 1))
    judge(
        by=officer,
        measure="CS-01",
        period="2026/27 Q1",
        status="red",
        reason="The figure flatters",
        expires=date(2027, 3, 1),
    )
    give_forecast(
        by=officer, measure="CS-01", for_period="2026/27", value=Decimal(81), reason="New rota", made_in="2026/27 Q1"
    )
    write_commentary(by=officer, measure="CS-01", period="2026/27 Q1", cause="Two vacancies", action="Recruit")
    annotate(by=officer, measure="CS-01", period="2026/27 Q1", kind="break", text="New telephone system")
    result = Result.objects.get(measure=calls, period="2026/27 Q1", known_to__isnull=True)
    assert (result.status, result.judged_status, result.forecast) == ("red", "red", Decimal(81))
    with pytest.raises(Refused) as refused:
        judge(by=officer, measure="CS-01", period="2026/27 Q1", status="purple", reason="")
    assert sorted(refused.value.faults) == ["expires", "reason", "status"]


@pytest.mark.django_db(transaction=True)
def test_two_months_entered_at_once_give_one_right_year_to_date(transactional_db: None):
    """Without the lock two entries read each other's past and write a wrong year to date."""
    officer = User.objects.create_user("officer@wenlow.example", name="Ada Officer")
    make_measure("CT-01", data_type="number", aggregation="sum", frequency="month")
    faults: list[BaseException] = []

    def enter(period: str) -> None:
        try:
            record(officer, "CT-01", period, 10)
        except BaseException as fault:
            faults.append(fault)
        finally:
            connections.close_all()

    months = ["2026-04", "2026-05", "2026-06", "2026-07", "2026-08", "2026-09"]
    threads = [threading.Thread(target=enter, args=[month]) for month in months]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    current = Result.objects.filter(known_to__isnull=True, derived=False).order_by("period")
    assert [row.year_to_date for row in current] == [10, 20, 30, 40, 50, 60]
    assert connection.vendor in ("sqlite", "postgresql")
