"""Scorecards by unit: each unit with its measures and those of all below it."""

from typing import Any

import pytest

from goldenthread.accounts.models import User
from goldenthread.council.models import Unit
from goldenthread.measures.models import Measure

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def test_a_directorate_is_counted_with_its_services(demonstration: None, sign_in: Any):
    page = sign_in("viewer").get("/units/").content.decode()
    assert page.count("<h1") == 1
    assert "Children and Young People" in page
    directorate = Unit.objects.get(code="CYP")
    assert Measure.objects.filter(unit__parent=directorate).exists()


def test_a_unit_without_a_measure_is_listed_and_says_so(demonstration: None, sign_in: Any):
    unit = Unit.objects.get(code="AUD")
    assert unit.plans.exists()
    assert not Measure.objects.filter(unit=unit).exists()
    page = sign_in("viewer").get("/units/").content.decode()
    row = page.partition('href="/units/AUD/"')[2].partition("</tr>")[0]
    assert "no measures here" in row
    assert "×" not in row
    assert page.count("no measures here") < page.count("gt-indent-")


@pytest.mark.django_db
def test_a_council_without_units_says_so(client: Any):
    client.force_login(User.objects.create_superuser("admin@wenlow.example"), BACKEND)
    assert "There are no units yet" in client.get("/units/").content.decode()


def test_a_unit_shows_its_board_and_its_people(demonstration: None, sign_in: Any):
    page = sign_in("viewer").get("/units/HWY/").content.decode()
    measure = Measure.objects.filter(unit__code="HWY", ends__isnull=True).order_by("code").first()
    assert measure is not None
    assert measure.code in page
    assert "Highways and Transport" in page


def test_a_unit_that_ended_says_where_its_work_went(demonstration: None, sign_in: Any):
    page = sign_in("viewer").get("/units/CCC/").content.decode()
    assert "This unit ended on 31 March 2024." in page
    assert "Customer Services" in page


@pytest.mark.parametrize(("path", "status"), [("/units/NOWHERE/", 404), ("/units/HWY/?period=Q3", 404)])
def test_what_does_not_exist_is_not_found(demonstration: None, sign_in: Any, path: str, status: int):
    assert sign_in("viewer").get(path).status_code == status


@pytest.mark.parametrize("path", ["/units/", "/units/WCC/"])
def test_the_same_queries_whatever_the_number_of_units(demonstration: None, sign_in: Any, queries_for: Any, path: str):
    client = sign_in("viewer")
    before = queries_for(client, path)
    parent = Unit.objects.get(code="HWY")
    for number in range(10):
        unit = Unit.objects.create(code=f"new-{number}", name=f"Unit {number}", parent=parent)
        Measure.objects.create(code=f"new-{number}", title="Potholes", unit=unit)
    assert queries_for(client, path) == before <= 25


def test_a_supplier_from_outside_sees_no_units(demonstration: None, sign_in: Any):
    assert sign_in("supplier").get("/units/").status_code == 403
