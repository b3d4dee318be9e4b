"""Home: what each person has to do next."""

from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.test import Client

from goldenthread.accounts.models import User
from goldenthread.council.models import Grant, Person, Role
from goldenthread.measures.services import Entry, record_actual, write_commentary
from tests.measures.customer_services import calls_answered, person, signed_in

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def officer() -> User:
    return person("Ada Officer", Role.PERFORMANCE_OFFICER)


def without_a_unit(role: str) -> Client:
    """Somebody who has the role by name, in a council that has neither units nor posts."""
    user = User.objects.create_user(f"{role}@wenlow.example", name=role.title())
    Grant.objects.create(
        role=role, person=Person.objects.create(code=role, name=user.name, email=user.email, user=user)
    )
    return signed_in(user)


def text(response: Any) -> str:
    assert response.status_code == 200
    return unescape(" ".join(response.content.decode().split()))


def test_a_stranger_is_welcomed_and_shown_where_to_sign_in():
    page = text(Client().get("/"))
    assert 'href="/accounts/login/"' in page
    assert "Measures" not in page


def test_somebody_without_a_role_is_told_whom_to_ask():
    page = text(signed_in(User.objects.create_user("new@wenlow.example", name="Nia New")).get("/"))
    assert "You have no role yet" in page


def test_an_empty_council_says_how_to_begin(officer: User):
    page = text(signed_in(officer).get("/"))
    assert "No measures yet" in page


def test_an_empty_council_offers_each_what_they_may_do():
    """The council itself first, and nothing to press for who may add nothing."""
    administrator = text(without_a_unit(Role.ADMINISTRATOR).get("/"))
    assert "Begin with the council" in administrator
    assert 'href="/settings/units/new/"' in administrator
    viewer = text(without_a_unit(Role.VIEWER).get("/"))
    assert "What you may see stands here as soon as your performance team has added it." in viewer
    assert "/measures/new/" not in viewer


def test_a_form_with_nothing_to_choose_says_what_comes_first():
    administrator = without_a_unit(Role.ADMINISTRATOR)
    told = {
        "/measures/new/": "A unit comes first",
        "/settings/posts/new/": "A unit comes first",
        "/actions/new/": "An objective comes first",
        "/appraisals/records/ask/": "No record is kept yet",
        "/appraisals/records/hold/": "No record is kept yet",
    }
    for path, words in told.items():
        page = text(administrator.get(path))
        assert words in page
        assert "<textarea" not in page
    assert "Ask an administrator to add the council" in text(
        without_a_unit(Role.PERFORMANCE_OFFICER).get("/measures/new/")
    )


def test_a_supplier_finds_each_figure_that_is_due_with_its_form(officer: User):
    calls_answered(officer)
    page = text(signed_in(person("Sam Supplier", Role.SUPPLIER, part="supplier", measures=("CS-01",))).get("/"))
    assert "1 figure to come, 1 of them overdue." in page
    assert '4 days overdue<span class="gt-table__sub">14 January 2027</span>' in page
    assert 'href="/measures/CS-01/enter/?period=2026/27%20Q3"' in page


def test_a_head_of_service_finds_what_is_off_target_and_unexplained(officer: User):
    calls_answered(officer)
    head = signed_in(person("Hal Head", Role.HEAD_OF_SERVICE))
    page = text(head.get("/"))
    assert "Waited for from others" in page
    assert "Nothing rated is off target." in page
    entry = Entry(period="2026/27 Q3", numerator=Decimal(600), denominator=Decimal(1000))
    record_actual(by=officer, measure="CS-01", entry=entry)
    page = text(head.get("/"))
    assert "1 off target with nothing written." in page
    assert "60% is 20 percentage points (25% of the target) below the target of 80%, beyond the 10% tolerance" in page
    assert 'href="/measures/CS-01/enter/?period=2026/27%20Q3#words"' in page
    write_commentary(by=officer, measure="CS-01", period="2026/27 Q3", cause="Flu")
    page = text(head.get("/"))
    assert "with nothing written" not in page
    assert "Commentary on Q3 2026/27:" in page


def test_an_officer_sees_who_owes_figures(officer: User):
    calls_answered(officer)
    page = text(signed_in(officer).get("/"))
    assert "1 figure to come, 1 of them overdue." in page
    assert "Customer services" in page
    assert "Waited for, by unit" in page


def test_a_member_sees_what_is_released_and_nothing_that_officers_write_to_each_other(officer: User):
    calls_answered(officer)
    calls_answered(officer, "CS-02", release="members")
    write_commentary(by=officer, measure="CS-02", period="2026/27 Q2", comment="Between us")
    page = text(signed_in(person("Cllr Mo Member", Role.MEMBER)).get("/"))
    assert "1 of 1 rated" in page
    assert "Commentary on" not in page


def test_home_asks_the_same_of_the_database_however_much_there_is(officer: User, queries_for: Any):
    calls_answered(officer)
    clients = {
        role: signed_in(person(f"Person {role}", role, part="owner", measures=("CS-01",)))
        for role in (Role.ADMINISTRATOR, Role.HEAD_OF_SERVICE, Role.SUPPLIER, Role.MEMBER)
    }
    few = {role: queries_for(client, "/") for role, client in clients.items()}
    for number in range(2, 9):
        calls_answered(officer, f"CS-0{number}", release="members")
    assert {role: queries_for(client, "/") for role, client in clients.items()} == few
    assert max(few.values()) <= 25
