"""The page on which targets are set, amended and corrected, after seeing what it would mean."""

from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.test import Client

from goldenthread.accounts.models import User
from goldenthread.council.models import Role
from goldenthread.measures.models import Measure, Result, Target
from goldenthread.measures.services import Entry, record_actual
from tests.measures.customer_services import make_measure, person, signed_in

TARGETS = "/measures/CS-01/targets/"


@pytest.fixture
def client(officer: User, calls: Measure) -> Client:
    return signed_in(officer)


def text(response: Any) -> str:
    return unescape(" ".join(response.content.decode().split()))


def asked(client: Client, act: str, path: str = TARGETS, **typed: Any) -> Any:
    return client.post(path, {"verb": "amend_target", "kind": "target", "act": act, **typed})


def test_each_period_shows_its_target_and_how_it_came_about(client: Client):
    page = text(client.get(TARGETS))
    assert "<title>Targets of Calls answered, 2026/27" in page
    assert page.count("the year's</span>") == 4
    assert "83.8%" in page
    assert "How they came about" in page
    assert text(client.get(TARGETS, {"year": "2024/25"})).count("No target: none was set for this period.") == 1
    assert "2026/27" in text(client.get(TARGETS, {"year": "\0nonsense"}))


def test_what_an_amendment_would_mean_is_seen_before_and_nothing_is_written(client: Client):
    before = Target.objects.count()
    page = text(asked(client, "preview", period="2026/27 Q2", value="90%"))
    assert "What it would mean" in page
    assert "4 lines would change. Nothing has been saved yet." in page
    assert page.count("90.0%") == 4
    assert "Amber" in page
    assert Target.objects.count() == before


def test_an_amendment_is_kept_with_its_decision_and_the_original_beside_it(client: Client):
    response = asked(client, "save", period="2026/27 Q2", value="90")
    assert "Name the decision that amended it" in text(response)
    assert "Say why the target is amended." in text(response)
    typed = {"period": "2026/27 Q2", "value": "90", "decision": "Cabinet, 4 August 2026", "reason": "More staff"}
    response = asked(client, "save", **typed)
    assert response.url == f"{TARGETS}?year=2026%2F27"
    page = text(client.get(response.url))
    assert "The target is amended. The original stays beside it." in page
    assert "was <s>80.0%</s>" in page
    assert "Cabinet, 4 August 2026" in page
    result = Result.objects.get(period="2026/27 Q2", category="", known_to__isnull=True)
    assert (result.target, result.target_original, result.status) == (Decimal(90), Decimal(80), "amber")


def test_what_is_shown_before_is_what_is_kept(client: Client):
    typed = {"period": "2026/27 Q3", "value": "70", "decision": "Board", "reason": "Fewer staff"}
    shown = asked(client, "preview", **typed).content.decode().count("70.0%")
    kept = text(client.get(asked(client, "save", **typed).url))
    assert (shown, kept.split("How they came about")[0].count("70.0%")) == (3, 3)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"verb": "set_target", "period": "2026/27", "value": "85"}, "amend it, or correct it if it was typed wrong"),
        ({"verb": "correct_target", "period": "2026/27 Q1", "value": "85"}, "no target for this period to correct"),
        ({"verb": "correct_target", "period": "2026/27", "value": "85"}, "Say what was wrong."),
        ({"verb": "amend_target", "period": "2026/27"}, "Enter the target."),
        ({"verb": "amend_target", "period": "2026/27", "value": "NaN"}, "is not a number"),
        ({"verb": "amend_target", "period": "Q3", "value": "85"}, "Select a valid choice"),
        ({"verb": "drop_table", "period": "2026/27", "value": "85"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_is_said_by_its_field(client: Client, typed: dict[str, str], said: str):
    before = Target.objects.count()
    page = text(asked(client, "save", **typed))
    assert said in page
    assert "There is a problem" in page
    assert Target.objects.count() == before


def test_a_range_has_two_ends(officer: User):
    make_measure("CS-02", polarity="range")
    client = signed_in(officer)
    path = "/measures/CS-02/targets/"
    page = text(asked(client, "save", path, verb="set_target", period="2026/27", low="12", high="8"))
    assert "The upper end is below the lower end." in page
    assert asked(client, "save", path, verb="set_target", period="2026/27", low="8", high="12").status_code == 302
    assert "8.0% to 12.0%" in text(client.get(path))


def test_whoever_enters_figures_does_not_set_their_targets(client: Client):
    supplier = signed_in(person("Sam Supplier", Role.SUPPLIER, part="supplier", measures=("CS-01",)))
    assert supplier.get(TARGETS).status_code == 403
    both = person("Bo Both", Role.PERFORMANCE_OFFICER, part="owner", measures=("CS-01",))
    response = signed_in(both).get(TARGETS)
    assert response.status_code == 403
    assert "Whoever enters a measure's figures does not set its targets." in text(response)


def test_the_page_asks_the_same_of_the_database_however_much_there_is(client: Client, officer: User, queries_for: Any):
    few = queries_for(client, TARGETS)
    calls = Measure.objects.get(code="CS-01")
    for year in range(2020, 2025):
        for quarter in (1, 2, 3, 4):
            period = f"{year}/{year - 1999} Q{quarter}"
            record_actual(by=officer, measure=calls.code, entry=Entry(period=period, value=Decimal(80)))
    assert queries_for(client, TARGETS) == few
    assert few <= 25
