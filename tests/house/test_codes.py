"""Codes that stand in the address of another page are refused wherever a code is given."""

from collections.abc import Callable
from typing import Any

import pytest

from goldenthread.council import services as council
from goldenthread.council.models import Unit
from goldenthread.domain.rules import Rule as RuleVersion
from goldenthread.domain.words import Family
from goldenthread.history.acts import Refused
from goldenthread.measures import services as measures
from goldenthread.web.addresses import leads_elsewhere

SAID = {"code": "“%s” stands in the address of another page: choose another code."}


def add_measure(code: str) -> Any:
    return measures.create_measure(by=None, code=code, fields={"title": "Calls answered"})


def add_rule(code: str) -> Any:
    return measures.set_rule(by=None, rule=RuleVersion(code=code, family=Family.STRICT))


def add_person(code: str) -> Any:
    return council.add_person(by=None, code=code, name="Amara Okonjo")


@pytest.mark.parametrize(
    ("page", "code"),
    [
        ("measures:measure", "new"),
        ("measures:measure", "CS-01/history"),
        ("measures:measure", "CS-01/targets"),
        ("measures:measure", "CS-01/figures/2026/27 Q2"),
        ("measures:measure", ".."),
        ("measures:named-rule", "new"),
        ("measures:named-rule", "TEN/change"),
        ("council:person", "new"),
        ("council:person", "amara/appoint"),
        ("council:post", "../units"),
    ],
)
def test_such_a_code_leads_elsewhere(page: str, code: str):
    assert leads_elsewhere(page, code)


@pytest.mark.parametrize("code", ["CS-01", "NI 192", "BV 82a/b", "R&D", "newer", "Définition", "100%", "a?b", "x{0}"])
@pytest.mark.parametrize("page", ["measures:measure", "measures:named-rule", "council:person", "council:unit"])
def test_any_other_code_has_its_page(page: str, code: str):
    assert not leads_elsewhere(page, code)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("add", "code"), [(add_measure, "new"), (add_measure, "X/enter"), (add_rule, "new"), (add_person, "new")]
)
def test_it_is_refused_by_the_services(add: Callable[[str], Any], code: str):
    with pytest.raises(Refused) as refused:
        add(code)
    assert refused.value.faults == {field: said % code for field, said in SAID.items()}


@pytest.mark.django_db
def test_a_unit_and_a_post_are_refused_a_code_that_a_browser_walks():
    with pytest.raises(Refused) as refused:
        council.add_unit(by=None, code="..", name="Highways")
    assert set(refused.value.faults) == {"code"}
    Unit.objects.create(code="HWY", name="Highways")
    with pytest.raises(Refused):
        council.add_post(by=None, code="a/../b", title="Engineer", unit="HWY")
