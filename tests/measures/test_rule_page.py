"""The page on which a measure is given another rule, after seeing what that would have said."""

from datetime import date
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.test import Client

from goldenthread.accounts.models import User
from goldenthread.council.models import Role
from goldenthread.domain.rules import Rule as RuleVersion
from goldenthread.domain.words import Family
from goldenthread.history.models import Change
from goldenthread.measures.models import Measure, Result, RuleAssignment
from goldenthread.measures.services import set_rule
from tests.layers import Layer
from tests.measures.customer_services import an_officer, calls_answered, person, signed_in

RULE = "/measures/CS-01/rule/"


def rate_calls(officer: User) -> Measure:
    """Calls answered have a rule; a strict one stands beside it."""
    measure = calls_answered(officer)
    strict = RuleVersion(code="STRICT", family=Family.STRICT, agreed_on=date(2026, 3, 3))
    set_rule(by=officer, rule=strict, title="No tolerance at all")
    return measure


@pytest.fixture(scope="module")
def known_layers() -> dict[str, Layer]:
    return {"officer": Layer(an_officer), "calls": Layer(rate_calls, ("officer",))}


@pytest.fixture
def client(officer: User, calls: Measure) -> Client:
    return signed_in(officer)


def text(response: Any) -> str:
    return unescape(" ".join(response.content.decode().split()))


def test_the_page_says_which_rule_rates_it_and_by_whose_decision(client: Client):
    page = text(client.get(RULE))
    assert "Amber within 10% below target, red beyond; agreed on 3 March 2025." in page
    assert "Given by Ada Officer." in page
    assert "No tolerance at all" in page


def test_what_it_would_have_said_is_seen_first_and_nothing_is_written(client: Client):
    before = Change.objects.count(), Result.objects.count()
    page = text(client.post(RULE, {"rule": "STRICT", "starts": "1/1/2027", "act": "try"}))
    assert "Of the last 6 periods 1 would have been rated otherwise" in page
    trial = page.split("What it would have said of the last periods")[-1]
    marked = trial.split("gt-row--marked")[1].split("</tr>")[0]
    assert "Q2 2025/26" in marked
    assert marked.index("Amber") < marked.index("Red")
    assert "Adopted from that day on, it would change no status that stands." in page
    assert (Change.objects.count(), Result.objects.count()) == before


def test_what_adopting_it_would_change_is_told_apart(client: Client):
    page = text(client.post(RULE, {"rule": "STRICT", "starts": "", "act": "try"}))
    changed = page.split("it would change:")[1].split("</ul>")[0]
    assert "Q2 2025/26" in changed
    assert "H1 2025/26" not in changed


def test_a_rule_rates_from_its_day_on_and_leaves_the_past_alone(client: Client):
    page = text(client.post(RULE, {"rule": "STRICT", "starts": "1/7/2025", "act": "save"}))
    assert "Name the decision: who decided, and when." in page
    assert "Say why." in page
    typed = {"rule": "STRICT", "starts": "1/7/2025", "decision": "CMT, 5 January 2027", "reason": "Too kind"}
    assert client.post(RULE, typed | {"act": "save"}).url == RULE
    given = RuleAssignment.objects.latest("pk")
    assert (given.rule, given.starts, given.decision, given.by_name) == (
        "STRICT",
        date(2025, 7, 1),
        "CMT, 5 January 2027",
        "Ada Officer",
    )
    current = Result.objects.filter(known_to__isnull=True, category="", derived=False)
    assert dict(current.values_list("period", "rule"))["2025/26 Q1"] == "TEN-CS-01"
    assert dict(current.values_list("period", "status"))["2025/26 Q2"] == "red"
    assert "CMT, 5 January 2027" in text(client.get(RULE))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"rule": "NONE"}, "Select a valid choice"),
        ({"rule": ""}, "Choose a rule."),
        ({"rule": "STRICT", "starts": "tomorrow"}, "Enter a date like 14/7/2026."),
    ],
)
def test_what_cannot_be_is_said_by_its_field(client: Client, typed: dict[str, str], said: str):
    given = RuleAssignment.objects.count()
    page = text(client.post(RULE, {"decision": "CMT", "reason": "So", "act": "save"} | typed))
    assert said in page
    assert RuleAssignment.objects.count() == given


def test_a_rule_that_does_not_fit_says_what_is_lacking(client: Client, officer: User):
    set_rule(by=officer, rule=RuleVersion(code="LINE", family=Family.TWO_THRESHOLDS))
    page = text(client.post(RULE, {"rule": "LINE", "starts": "", "act": "try"}))
    assert "two_thresholds needs a red line: set a floor target." in page


def test_whoever_enters_figures_does_not_choose_the_rule(client: Client):
    both = person("Bo Both", Role.PERFORMANCE_OFFICER, part="supplier", measures=("CS-01",))
    response = signed_in(both).get(RULE)
    assert response.status_code == 403
    assert "Whoever enters a measure's figures does not choose its rule." in text(response)


def test_the_page_asks_the_same_of_the_database_however_many_rules(client: Client, officer: User, queries_for: Any):
    few = queries_for(client, RULE)
    for number in range(8):
        set_rule(by=officer, rule=RuleVersion(code=f"R{number}", family=Family.MISS_TOLERANCE, amber=Decimal(number)))
    assert queries_for(client, RULE) == few
    assert few <= 25
