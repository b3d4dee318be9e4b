"""The settings of rules and tiers: what rates whom, and what another would say before it is adopted."""

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
from goldenthread.measures.forms.rules import RuleForm
from goldenthread.measures.models import Measure, Result, Rule, RuleAssignment
from goldenthread.measures.services import assign_rule, set_rule
from tests.layers import Layer
from tests.measures.customer_services import an_officer, calls_answered, person, signed_in

CORPORATE = RuleVersion(
    code="CORP", family=Family.MISS_TOLERANCE, amber=Decimal(10), agreed_on=date(2025, 3, 3), decision="Cabinet"
)
TYPED = {"title": "Corporate rule", "basis": "percent", "against": "last_year", "compare": "unrounded"}


def rate_by_tier(officer: User) -> None:
    """Two strategic measures follow their tier, a third has a rule of its own."""
    set_rule(by=officer, rule=CORPORATE, title="Corporate rule")
    assign_rule(by=officer, rule="CORP", tier="strategic", decision="Cabinet, 3 March 2025")
    calls_answered(officer, "CS-03", tier="strategic")
    for code in ("CS-01", "CS-02"):
        calls_answered(officer, code, tier="strategic")
        RuleAssignment.objects.filter(measure__code=code).delete()


@pytest.fixture(scope="module")
def known_layers() -> dict[str, Layer]:
    return {"officer": Layer(an_officer), "calls": Layer(rate_by_tier, ("officer",))}


@pytest.fixture
def client(officer: User, calls: None) -> Client:
    return signed_in(officer)


def text(response: Any) -> str:
    return unescape(" ".join(response.content.decode().split()))


def test_every_rule_says_what_it_does_and_whom_it_rates(client: Client):
    page = text(client.get("/settings/rules/"))
    row = page.split("Corporate rule</a>")[1].split("</tr>")[0]
    assert "Amber within 10% short of target, red beyond; agreed on 3 March 2025" in row
    assert "2 measures" in row
    assert "the rule of strategic measures" in row
    assert "/settings/rules/" in text(client.get("/settings/"))


def test_a_rule_shows_its_versions_and_its_measures(client: Client, officer: User):
    later = RuleVersion(code="CORP", family=Family.STRICT, starts=date(2027, 4, 1), decision="CMT, 5 January 2027")
    set_rule(by=officer, rule=later)
    page = text(client.get("/settings/rules/CORP/"))
    assert page.index("1 Apr 2027") < page.index("the beginning")
    assert "CMT, 5 January 2027" in page
    assert "CS-01" in page
    assert "CS-03" not in page
    assert client.get("/settings/rules/NONE/").status_code == 404


def test_a_new_rule_is_tried_before_it_is_kept(client: Client):
    typed = TYPED | {"code": "STRICT", "title": "No tolerance", "family": "strict", "starts": "", "on": "strategic"}
    page = text(client.post("/settings/rules/new/", typed | {"act": "try"}))
    assert "Of 2 measures, on their last figures, none would change." in page
    assert not Rule.objects.filter(code="STRICT").exists()
    page = text(client.post("/settings/rules/new/", typed | {"act": "save"}))
    assert "Name the decision: who decided, and when." in page
    response = client.post("/settings/rules/new/", typed | {"act": "save", "decision": "CMT, 5 January 2027"})
    assert response.url == "/settings/rules/STRICT/"
    assert Rule.objects.get(code="STRICT").title == "No tolerance"


def test_a_change_says_how_many_change_colour_before_it_is_adopted(client: Client):
    typed = TYPED | {"what": "version", "family": "green_band", "green": "2", "amber": "9", "exceed": "4"}
    path = "/settings/rules/CORP/change/"
    page = text(client.post(path, typed | {"starts": "1/4/2027", "act": "try", "on": ""}))
    assert "Of 2 measures, on their last figures, 2 would change:" in page
    assert page.split("would change:")[1].count("Blue") == 3
    assert Rule.objects.filter(code="CORP").count() == 1
    said = {"starts": "1/7/2026", "decision": "Cabinet, 1 June 2026", "act": "save"}
    assert client.post(path, typed | said).url == "/settings/rules/CORP/"
    statuses = Result.objects.filter(measure__code="CS-01", known_to__isnull=True, derived=False, category="")
    by_period = dict(statuses.values_list("period", "status"))
    assert (by_period["2026/27 Q2"], by_period["2025/26 Q4"]) == ("blue", "green")


def test_a_correction_needs_a_reason_and_keeps_its_start(client: Client):
    path = "/settings/rules/CORP/change/"
    typed = TYPED | {
        "what": "correction",
        "family": "miss_tolerance",
        "amber": "5",
        "decision": "Cabinet",
        "act": "save",
    }
    assert "Say what was wrong." in text(client.post(path, typed))
    assert client.post(path, typed | {"reason": "It was agreed as 5", "starts": "1/4/2030"}).status_code == 302
    assert list(Rule.objects.filter(code="CORP").values_list("starts", flat=True)) == [None, None]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"code": "corp"}, "corp is in use already: choose another code."),
        ({"code": "new"}, "That is part of an address"),
        ({"amber": "-4"}, "amber is -4: an edge is how far short is still allowed; give 0 or more"),
        ({"amber": "ten"}, "“ten” is not a number"),
        ({"family": "magic"}, "Select a valid choice"),
        ({"green": "3"}, "“Met is green, a small miss amber, a larger red” does not use this number: leave it empty."),
        ({"expires_after": "30"}, "does not use this number"),
    ],
)
def test_what_contradicts_itself_is_refused(client: Client, typed: dict[str, str], said: str):
    whole = (
        TYPED | {"code": "NEW-1", "family": "miss_tolerance", "amber": "10", "decision": "CMT", "act": "save"} | typed
    )
    assert said in text(client.post("/settings/rules/new/", whole))
    assert Rule.objects.values("code").distinct().count() == 4


def test_a_number_that_the_family_does_not_read_is_not_asked_for_again():
    typed = {"family": "strict", "amber": "five", "absolute_amber": "two", "expires_after": "-1", "starts": "31/2/2026"}
    assert set(RuleForm(typed).errors) == {"code", "title", "basis", "against", "compare", "decision", "starts"}
    assert {"amber", "absolute_amber"} <= set(RuleForm(typed | {"family": "miss_tolerance"}).errors)


def test_a_tier_is_given_another_rule_after_seeing_what_it_would_say(client: Client, officer: User):
    four = RuleVersion(code="TIGHT", family=Family.SYMMETRIC, green=Decimal(1))
    set_rule(by=officer, rule=four, title="Tight")
    page = text(client.get("/settings/tiers/"))
    assert "2 of 3" in page
    path = "/settings/tiers/strategic/"
    page = text(client.post(path, {"rule": "TIGHT", "starts": "1/4/2027", "act": "try"}))
    assert "Of 2 measures, on their last figures, 2 would change:" in page
    assert RuleAssignment.objects.filter(tier="strategic").count() == 1
    typed = {"rule": "TIGHT", "starts": "1/7/2026", "decision": "CMT", "reason": "Clearer", "act": "save"}
    assert client.post(path, typed).url == "/settings/tiers/"
    current = Result.objects.filter(known_to__isnull=True, category="", period="2026/27 Q2")
    assert dict(current.values_list("measure__code", "status")) == {"CS-01": "blue", "CS-02": "blue", "CS-03": "green"}
    assert client.get("/settings/tiers/none/").status_code == 404


def test_nobody_changes_the_rule_of_measures_whose_figures_they_enter(client: Client):
    both = signed_in(person("Bo Both", Role.PERFORMANCE_OFFICER, part="supplier", measures=("CS-01",)))
    for path in ("/settings/rules/CORP/change/", "/settings/tiers/strategic/"):
        response = both.get(path)
        assert response.status_code == 403
        assert "It rates measures whose figures you enter (CS-01), and whoever enters a figure" in text(response)
        assert "Ask Ada Officer to change it." in text(response)
        assert "whose roles do not include" not in text(response)
    assert both.get("/settings/rules/new/").status_code == 200
    named = text(both.get("/settings/rules/CORP/"))
    assert "You do not change this rule yourself" in named
    assert "Ask Ada Officer to change it." in named
    assert "Change it</a>" not in named


@pytest.mark.parametrize(
    ("role", "reads", "changes"),
    [(Role.ADMINISTRATOR, 200, 200), (Role.AUDITOR, 200, 403), (Role.VIEWER, 403, 403), (Role.MEMBER, 403, 403)],
)
def test_who_may(client: Client, role: str, reads: int, changes: int):
    other = signed_in(person("Olu Other", role))
    for path in ("/settings/rules/", "/settings/rules/CORP/", "/settings/tiers/"):
        assert other.get(path).status_code == reads
    for path in ("/settings/rules/new/", "/settings/rules/CORP/change/", "/settings/tiers/strategic/"):
        assert other.get(path).status_code == changes


def test_the_pages_ask_the_same_of_the_database_however_much_there_is(client: Client, officer: User, queries_for: Any):
    paths = ["rules/", "rules/CORP/", "rules/CORP/change/", "tiers/", "tiers/strategic/"]
    few = {path: queries_for(client, f"/settings/{path}") for path in paths}
    for number in range(4, 9):
        Measure.objects.create(code=f"CS-0{number}", title="More", tier="strategic")
        set_rule(by=officer, rule=RuleVersion(code=f"R{number}", family=Family.STRICT))
    assert {path: queries_for(client, f"/settings/{path}") for path in paths} == few
    assert max(few.values()) <= 25
