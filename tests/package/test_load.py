"""Loading a package: what is kept, what is left alone, and what is written of it in the history."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import transaction

from goldenthread.council.models import Appointment, Grant, Person, Unit
from goldenthread.domain import words
from goldenthread.history.models import Change
from goldenthread.history.services import write_change
from goldenthread.measures.models import (
    Actual,
    AreaGroup,
    Category,
    Measure,
    MeasureRole,
    Result,
    Rule,
    RuleAssignment,
    Scheme,
    SetEntry,
    Target,
)
from goldenthread.measures.services.act import settle
from goldenthread.package.load import load

pytestmark = pytest.mark.django_db


def test_every_table_is_kept(package, council):
    loaded = load(package(council))

    assert {name: counts["added"] for name, counts in loaded.tables.items()} == {
        "units": 4,
        "posts": 3,
        "people": 2,
        "appointments": 2,
        "bodies": 2,
        "seats": 4,
        "grants": 4,
        "absences": 1,
        "plans": 3,
        "element_kinds": 3,  # two are the plain ones
        "elements": 4,
        "links": 4,
        "actions": 3,
        "milestones": 2,
        "action_progress": 2,
        "reschedulings": 3,
        "element_judgements": 1,
        "element_commentary": 1,
        "measure_links": 2,
        "schemes": 2,
        "categories": 4,
        "areas": 2,
        "groups": 2,
        "measures": 5,
        "measure_roles": 4,  # one is the owner column
        "tags": 2,
        "sets": 2,
        "rules": 3,
        "rule_assignments": 3,  # one is the rule column
        "targets": 6,
        "actuals": 16,
        "commentary": 2,
        "forecasts": 1,
        "judgements": 1,
        "annotations": 2,
        "published": 1,
        "comparators": 2,
        "benchmarks": 1,
    }
    assert all(counts["changed"] == counts["unchanged"] == 0 for counts in loaded.tables.values())


def test_definitions_are_linked_by_code(package, council):
    load(package(council))

    repairs = Measure.objects.get(code="HO1")
    assert (repairs.unit.code, repairs.unit.parent.parent.code) == ("HMS", "WEN")
    assert Unit.objects.get(code="REP").succeeded_by.code == "HMS"
    assert (repairs.minimum, repairs.maximum, repairs.lag_days, repairs.decimals) == (Decimal(0), Decimal(100), 14, 1)
    assert repairs.definition == "Repairs done by the day promised,\nof all due"
    assert Appointment.objects.get(person__code="P2").fte == "0.6"
    assert Grant.objects.get(role="measure_owner").post.code == "HEAD-HMS"
    assert list(AreaGroup.objects.values_list("code", flat=True)) == ["neighbours"]


def test_the_owner_and_the_rule_of_a_measure_become_rows_of_their_own(package, council):
    load(package(council))

    owner = MeasureRole.objects.get(measure__code="HO1", role="owner")
    assert (owner.post.code, owner.starts, owner.ends) == ("HEAD-HMS", None, None)
    given = RuleAssignment.objects.get(measure__code="HO1")
    assert (given.rule, given.starts, given.entered_at) == ("CORP", None, datetime(1970, 1, 1, tzinfo=UTC))


def test_what_is_not_numbered_stands_in_file_order(package, council):
    load(package(council))

    assert list(Scheme.objects.values_list("code", "order")) == [("sex", 1), ("age", 2)]
    assert list(Category.objects.filter(scheme__code="sex").values_list("code", "order")) == [("F", 1), ("M", 2)]
    assert list(SetEntry.objects.values_list("measure__code", "order")) == [("HO2", 1), ("HO1", 2)]


def test_figures_keep_their_digits(package, council):
    load(package(council))

    figures = Actual.objects.filter(measure__code="HO1", category="", missing="").order_by("entered_at")
    assert [(figure.period, figure.value) for figure in figures] == [
        ("2024/25 Q1", Decimal(94)),  # worked out from its halves
        ("2024/25 Q2", Decimal("95.5")),
        ("2024/25 Q2", Decimal("95.8")),
        ("2024/25 Q3", Decimal("90.2")),
        ("2024/25 Q4", Decimal("87.1")),
        ("2025/26 Q1", Decimal(96)),
        ("2025/26 Q3", Decimal("91.25")),
    ]
    assert Actual.objects.get(category="sex=F;age=16-24").value == Decimal("-0.5")
    assert Actual.objects.get(measure__code="HO2", period="2025/26 Q1").value == Decimal(0)
    assert Target.objects.get(period="2025/26 Q3").value == Decimal("90.5")


def test_text_that_looks_like_a_formula_is_text(package, council):
    load(package(council))

    assert Actual.objects.get(category="sex=F;age=16-24").comment == "=not a formula"
    assert Actual.objects.get(missing="not_available").comment == 'Told "late", again'


def test_one_change_is_written_and_every_record_points_to_it(package, council):
    loaded = load(package(council), by_name="Amina Khan", reason="First load")

    change = Change.objects.get()
    assert (change.verb, change.object, change.by_name, change.reason) == (
        "load",
        "package",
        "Amina Khan",
        "First load",
    )
    assert change.source == loaded.source
    assert change.source.startswith("package0 sha256:")
    assert loaded.change == change
    for model in (Actual, Target, Rule, RuleAssignment, Result):
        assert set(model.objects.values_list("change_id", flat=True)) == {change.pk}


def test_definitions_get_a_history_dated_by_the_change(package, council):
    change = load(package(council)).change
    council["measures"] = council["measures"].replace("Households waiting", "Households on the register")
    council["people"] = council["people"].replace("1002", "1003")

    again = load(package(council)).change

    titles = (
        Measure.history.filter(code="HO3").order_by("history_date").values_list("title", "history_date", "history_type")
    )
    assert list(titles) == [
        ("Households waiting", change.at, "+"),
        ("Households on the register", again.at, "~"),
    ]
    assert Measure.history.filter(code="HO1").count() == 1
    assert Person.history.filter(code="P2").count() == 2
    assert Person.history.latest("history_date").history_change_reason.startswith("load package1 sha256:")


def test_only_columns_that_are_there_are_changed(package, council):
    load(package(council))

    loaded = load(
        package({"measures": "measure,title\nHO1,Repairs on time\nHO2,Households in temporary accommodation\n"})
    )

    assert loaded.tables == {"measures": {"added": 0, "changed": 1, "unchanged": 1}}
    repairs = Measure.objects.get(code="HO1")
    assert (repairs.title, repairs.polarity, repairs.unit.code, repairs.edition) == (
        "Repairs on time",
        "higher",
        "HMS",
        2,
    )


def test_a_sign_in_survives_a_load(package, council, django_user_model):
    load(package(council))
    person = Person.objects.get(code="P1")
    person.user = django_user_model.objects.create_user("a.khan@example.org")
    person.save()

    load(package({"people": "person,name\nP1,Amina Khan-Price\n"}))

    person.refresh_from_db()
    assert (person.name, person.user.email) == ("Amina Khan-Price", "a.khan@example.org")


def test_links_can_be_changed_and_taken_away(package, council):
    load(package(council))

    load(package({"units": "unit,name,parent,succeeded_by\nREP,Repairs,WEN,\nNEW,New,HOU,\nHMS,Homes,NEW,\n"}))

    assert Unit.objects.get(code="REP").parent.code == "WEN"
    assert Unit.objects.get(code="REP").succeeded_by is None
    assert Unit.objects.get(code="HMS").parent.parent.code == "HOU"


def test_loading_again_changes_nothing(package, council, everything):
    folder = package(council)
    load(folder)
    before = everything()

    loaded = load(folder)

    assert loaded.change is None
    assert sum(counts["added"] + counts["changed"] for counts in loaded.tables.values()) == 0
    assert Change.objects.count() == 1
    assert everything() == before


def test_a_dry_run_says_the_same_and_keeps_nothing(package, council, everything):
    before = everything()
    folder = package(council)

    would = load(folder, dry_run=True)

    assert everything() == before
    assert Change.objects.count() == 0
    assert would.tables == load(folder).tables


def test_results_follow(package, council):
    load(package(council))

    rated = Result.objects.filter(measure__code="HO1", category="", derived=False, known_to=None, missing="")
    assert [(result.period, result.value, result.target, result.status) for result in rated.order_by("period_end")] == [
        ("2024/25 Q1", Decimal(94), Decimal(95), "amber"),
        ("2024/25 Q2", Decimal("95.8"), Decimal(95), "green"),
        ("2024/25 Q3", Decimal("90.2"), Decimal(95), "amber"),
        ("2024/25 Q4", Decimal("87.1"), Decimal(95), "amber"),
        ("2025/26 Q1", Decimal(96), Decimal(96), "green"),
        ("2025/26 Q3", Decimal("91.25"), Decimal("90.5"), "green"),
    ]
    versions = Result.objects.filter(measure__code="HO1", period="2024/25 Q2", category="").order_by("known_from")
    assert [(result.value, result.known_from) for result in versions] == [
        (Decimal("95.5"), datetime(2024, 10, 13, 23, 0, tzinfo=UTC)),  # midnight in London on the 14th
        (Decimal("95.5"), datetime(2024, 10, 20, 10, 0, tzinfo=UTC)),  # the owner's forecast came
        (Decimal("95.8"), datetime(2024, 11, 20, 15, 0, tzinfo=UTC)),
    ]
    assert [result.known_to for result in versions] == [*(result.known_from for result in versions[1:]), None]
    derived = Result.objects.get(measure__code="HO4", period="2024/25 Q2", known_to=None)
    assert derived.value == Decimal(153)


def test_an_empty_package_of_known_tables_adds_nothing(package):
    assert load(package({"units": "unit,name\n"})).tables == {"units": {"added": 0, "changed": 0, "unchanged": 0}}


def test_bytes_before_and_line_ends_are_those_of_any_spreadsheet(package):
    load(package({"units": "\ufeffunit,name\r\nWEN,Wenlow\r\n\r\n"}))

    assert Unit.objects.get().name == "Wenlow"


def test_words_are_kept_plainly(package, council):
    load(package(council))

    assert Actual.objects.get(category="sex=F").state == words.State.FINAL
    assert Actual.objects.filter(state="restated").count() == 1


def test_what_follows_is_what_the_services_would_work_out(package, council):
    load(package(council))
    codes = list(Measure.objects.values_list("code", flat=True))
    before = list(Result.objects.order_by("pk").values())

    with transaction.atomic():
        change = write_change(by=None, verb="recompute", object="measures")
        moved = settle(change, codes)

    assert {code: versions for code, versions in moved.items() if versions} == {}
    assert list(Result.objects.order_by("pk").values()) == before
