"""From when a record is known: as it says, the day it says, the time of the load, or the beginning."""

from datetime import UTC, datetime, time
from decimal import Decimal

import pytest

from goldenthread.history.clock import today
from goldenthread.history.models import Change
from goldenthread.measures.models import Actual, Result, Rule, RuleAssignment, Target
from goldenthread.measures.services import Entry, record_actual
from goldenthread.package.columns import BEGINNING
from goldenthread.package.load import load

pytestmark = pytest.mark.django_db

MEASURES = "measure,title,polarity,frequency\nHO1,Repairs,higher,quarter\nHO2,Households,lower,quarter\n"
FIGURES = "measure,period,value,entered_on\nHO1,2025/26 Q1,94,2025-07-14\n"


def test_a_day_is_its_midnight_in_london_in_file_order(package):
    load(
        package(
            {
                "measures": MEASURES,
                "actuals": "measure,period,value,entered_on\n"
                "HO1,2025/26 Q1,94,2025-07-14\n"
                "HO2,2025/26 Q1,118,2025-07-14\n"
                "HO1,2025/26 Q1,95,2025-07-14\n"
                "HO1,2025/26 Q3,96,2026-01-14\n",
            }
        )
    )

    figures = Actual.objects.order_by("measure__code", "entered_at").values_list("measure__code", "value", "entered_at")
    assert list(figures) == [
        ("HO1", Decimal(94), datetime(2025, 7, 13, 23, 0, tzinfo=UTC)),
        ("HO1", Decimal(95), datetime(2025, 7, 13, 23, 0, 0, 1, tzinfo=UTC)),
        ("HO1", Decimal(96), datetime(2026, 1, 14, 0, 0, tzinfo=UTC)),
        ("HO2", Decimal(118), datetime(2025, 7, 13, 23, 0, tzinfo=UTC)),
    ]


def test_an_empty_moment_of_a_figure_is_the_time_of_the_load(package):
    change = load(package({"measures": MEASURES, "actuals": "measure,period,value\nHO1,2025/26 Q1,94\n"})).change

    assert Actual.objects.get().entered_at == change.at
    assert set(Result.objects.values_list("known_from", flat=True)) == {change.at}


def test_an_empty_moment_is_nothing_new_where_the_figure_stands(package):
    tables = {"measures": MEASURES, "actuals": "measure,period,value\nHO1,2025/26 Q1,94\n"}
    load(package(tables))

    again = load(package(tables))
    corrected = load(package({**tables, "actuals": "measure,period,value\nHO1,2025/26 Q1,95\n"}))
    back = load(package(tables))

    assert again.change is None
    assert [load.tables["actuals"]["added"] for load in (again, corrected, back)] == [0, 1, 1]
    assert list(Actual.objects.order_by("entered_at").values_list("value", flat=True)) == [94, 95, 94]
    current = Result.objects.get(period="2025/26 Q1", known_to=None)
    assert (current.value, current.known_from) == (94, back.change.at)


def test_rules_and_targets_without_a_moment_are_known_from_the_beginning(package):
    load(
        package(
            {
                "measures": MEASURES.replace("frequency", "frequency,rule")
                .replace("higher,quarter", "higher,quarter,CORP")
                .replace("lower,quarter", "lower,quarter,"),
                "rules": "rule,family,amber\nCORP,miss_tolerance,5\n",
                "targets": "measure,period,value\nHO1,2025/26 Q1,96\n",
                "actuals": FIGURES,
            }
        )
    )

    for model in (Rule, RuleAssignment, Target):
        assert model.objects.get().entered_at == BEGINNING
    result = Result.objects.get(period="2025/26 Q1")
    assert (result.status, result.known_from) == ("amber", datetime(2025, 7, 13, 23, 0, tzinfo=UTC))


def test_what_pages_showed_stays_when_a_target_comes_later(package):
    load(package({"measures": MEASURES, "actuals": FIGURES}))

    change = load(package({"targets": "measure,period,value\nHO1,2025/26 Q1,96\n"})).change

    assert Target.objects.get().entered_at == change.at
    versions = Result.objects.filter(period="2025/26 Q1").order_by("known_from")
    assert [(version.target, version.known_from, version.known_to) for version in versions] == [
        (None, datetime(2025, 7, 13, 23, 0, tzinfo=UTC), change.at),
        (Decimal(96), change.at, None),
    ]


def test_a_rule_given_later_rates_from_then_on(package):
    load(package({"measures": MEASURES, "actuals": FIGURES, "targets": "measure,period,value\nHO1,2025/26 Q1,96\n"}))

    change = load(
        package(
            {
                "rules": "rule,family,amber\nCORP,miss_tolerance,5\n",
                "rule_assignments": "measure,rule\nHO1,CORP\n",
            }
        )
    ).change

    assert Rule.objects.get().entered_at == BEGINNING
    assert RuleAssignment.objects.get().entered_at == change.at
    statuses = Result.objects.filter(period="2025/26 Q1").order_by("known_from").values_list("status", flat=True)
    assert list(statuses) == ["not_rated", "amber"]


def test_a_new_version_of_a_rule_in_use_is_known_from_the_load_on(package):
    tables = {
        "measures": MEASURES,
        "actuals": FIGURES,
        "targets": "measure,period,value\nHO1,2025/26 Q1,96\n",
        "rules": "rule,family,amber\nCORP,miss_tolerance,5\n",
        "rule_assignments": "measure,rule\nHO1,CORP\n",
    }
    load(package(tables))

    change = load(package({"rules": "rule,family,amber\nCORP,miss_tolerance,1\n"})).change

    assert list(Rule.objects.order_by("entered_at").values_list("entered_at", flat=True)) == [BEGINNING, change.at]
    statuses = Result.objects.filter(period="2025/26 Q1").order_by("known_from").values_list("status", flat=True)
    assert list(statuses) == ["amber", "red"]


def test_nothing_is_slipped_in_before_what_pages_showed(package, faults_of):
    load(package({"measures": MEASURES, "actuals": FIGURES}))

    assert faults_of({"actuals": "measure,period,value,entered_on\nHO1,2024/25 Q4,90,2025-04-14\n"}) == [
        "actuals.csv:2: entered_at: 2025-04-13T23:00:00Z is not after 2025-07-13T23:00:00Z, up to which results are "
        "known, and what pages showed must not change: leave entered_at empty to record it as of now"
    ]
    assert load(
        package({"actuals": "measure,period,value,entered_on\nHO2,2024/25 Q4,130,2025-04-14\n"})
    ).change  # it has no results yet


def test_nor_before_what_pages_showed_of_a_measure_made_from_it(package, faults_of):
    load(
        package(
            {
                "measures": "measure,title,frequency,formula\nA,Households,quarter,\nB,Waiting,quarter,\n"
                'C,Both,quarter,"if([A] > 0, [A], [B])"\n',
                "actuals": "measure,period,value,entered_on\nA,2025/26 Q1,94,2025-07-14\n",
            }
        )
    )

    [fault] = faults_of({"actuals": "measure,period,value,entered_on\nB,2025/26 Q1,90,2025-07-01\n"})

    assert fault.startswith("actuals.csv:2: entered_at: 2025-06-30T23:00:00Z is not after 2025-07-13T23:00:00Z")


def test_the_same_key_and_moment_with_other_content_is_a_fault(package, faults_of):
    load(package({"measures": MEASURES, "actuals": FIGURES}))

    assert load(package({"actuals": FIGURES})).change is None
    assert faults_of({"actuals": FIGURES.replace("94", "95")}) == [
        "actuals.csv:2: entered_at: this is recorded already as of 2025-07-13T23:00:00Z, with other content: "
        "give it a later moment"
    ]


def test_the_same_key_and_moment_twice_in_one_file_is_a_fault(faults_of):
    assert faults_of(
        {"measures": MEASURES, "actuals": "measure,period,value\nHO1,2025/26 Q1,94\nHO1,2025/26 Q1,94\n"}
    ) == [
        "actuals.csv:3: measure: line 2 has the same measure and period and category: "
        "keep one of the two, or give each its entered_at"
    ]


def test_figures_entered_by_hand_are_continued(package):
    load(package({"measures": MEASURES, "actuals": FIGURES}))
    record_actual(by=None, measure="HO1", entry=Entry(period="2025/26 Q2", value=Decimal(97)))

    loaded = load(package({"actuals": "measure,period,value\nHO1,2025/26 Q2,97\nHO1,2025/26 Q3,98\n"}))

    assert loaded.tables["actuals"] == {"added": 1, "changed": 0, "unchanged": 1}
    values = Result.objects.filter(measure__code="HO1", known_to=None, derived=False).order_by("period_end")
    assert list(values.values_list("period", "value")) == [
        ("2025/26 Q1", 94),
        ("2025/26 Q2", 97),
        ("2025/26 Q3", 98),
    ]
    assert Change.objects.count() == 3


def test_on_a_fixed_day_the_load_comes_after_what_was_said_that_day(package):
    late = datetime.combine(today(), time.max, tzinfo=UTC)
    figures = f"measure,period,value,entered_at\nHO1,2025/26 Q1,94,{late.isoformat()}\nHO1,2025/26 Q2,95,\n"
    change = load(package({"measures": MEASURES, "actuals": figures})).change

    assert change.at == late
    assert set(Actual.objects.values_list("entered_at", flat=True)) == {late}


def test_a_definition_that_changes_restates_as_of_now_and_leaves_the_past(package):
    tables = {
        "measures": "measure,title,polarity,frequency,rule\nHO1,Repairs,higher,quarter,CORP\n",
        "rules": "rule,family\nCORP,strict\n",
        "targets": "measure,period,value\nHO1,2025/26 Q1,96\n",
        "actuals": FIGURES,
    }
    load(package(tables))

    change = load(package({"measures": tables["measures"].replace("higher", "lower")})).change

    versions = Result.objects.filter(period="2025/26 Q1").order_by("known_from")
    assert [(version.status, version.known_from, version.known_to) for version in versions] == [
        ("red", datetime(2025, 7, 13, 23, 0, tzinfo=UTC), change.at),
        ("green", change.at, None),
    ]
    assert load(package(tables)).tables["measures"] == {"added": 0, "changed": 1, "unchanged": 0}
    assert load(package(tables)).change is None


def test_a_measure_that_moves_to_another_tier_is_rated_by_its_rule(package):
    load(
        package(
            {
                "measures": "measure,title,polarity,frequency,tier\nHO1,Repairs,higher,quarter,operational\n",
                "rules": "rule,family,amber\nHARD,strict,\nSOFT,miss_tolerance,5\n",
                "rule_assignments": "tier,rule\noperational,SOFT\nstrategic,HARD\n",
                "targets": "measure,period,value\nHO1,2025/26 Q1,96\n",
                "actuals": FIGURES,
            }
        )
    )

    load(package({"measures": "measure,title,tier\nHO1,Repairs,strategic\n"}))

    statuses = Result.objects.filter(period="2025/26 Q1").order_by("known_from").values_list("status", "rule")
    assert list(statuses) == [("amber", "SOFT"), ("red", "HARD")]
