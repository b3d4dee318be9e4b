"""The structure page: units as a tree on a day, who leads them, what is vacant, who sits on which body."""

from datetime import date
from typing import Any

import pytest

from goldenthread.council.models import Appointment, Body, Person, Post, Seat, Unit
from goldenthread.council.structure import structure

TODAY = date(2027, 1, 18)


@pytest.fixture
def viewer(demonstration: None, sign_in: Any) -> Any:
    return sign_in("viewer")


def body(response: Any) -> str:
    assert response.status_code == 200
    return response.content.decode()


def test_each_unit_is_led_by_whoever_reports_out_of_it(demonstration: None):
    found = {one.unit.code: one for one in structure(TODAY).every()}
    heads = {code: found[code].head.post.title for code in ("WCC", "CIT", "WST", "HNE")}
    assert heads == {
        "WCC": "Chief Executive",
        "CIT": "Director of City Operations",
        "WST": "Head of Waste and Recycling",
        "HNE": "Head of Housing Needs",
    }
    assert (found["HNE"].head.names, found["HNE"].head.how) == ("Samina Iqbal / Rebecca Thornley", "job share")
    assert [one.unit.code for one in found["CSC"].below] == ["CIC", "MASH"]


def test_the_page_shows_vacancies_partners_and_seats(viewer: Any):
    page = body(viewer.get("/structure/"))
    assert "Libraries Systems Officer" in page
    assert "Brightwater Leisure Trust" in page
    assert "Labour 33, Conservative 13" in page
    assert "Performance and Improvement Programme Board" in page
    assert page.count("<h1") == 1


def test_another_day_has_other_units_and_holders(viewer: Any):
    page = body(viewer.get("/structure/?on=1/1/2024"))
    assert "The council as it was on 1 January 2024." in page
    assert "Customer Contact Centre" in page
    assert "Terence Obi" in page
    assert "Performance and Improvement Programme Board" not in page
    now = body(viewer.get("/structure/"))
    assert "Took over from Customer Contact Centre, which ended on 31 March 2024." in now
    assert "Terence Obi" not in now
    assert body(viewer.get("/structure/?on=soon")) == now or "As it was on" in now


def test_an_empty_council_says_what_to_do(client: Any, db: None):
    from goldenthread.accounts.models import User

    user = User.objects.create_superuser("first@wenlow.example", name="First")
    client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
    assert "Add a unit" in body(client.get("/structure/"))


def test_a_supplier_from_outside_does_not_see_it(demonstration: None, sign_in: Any):
    assert sign_in("supplier").get("/structure/").status_code == 403


def test_the_same_queries_however_large_the_council(viewer: Any, queries_for: Any):
    def grow(first: int, last: int) -> None:
        body_ = Body.objects.first()
        for number in range(first, last):
            unit = Unit.objects.create(code=f"new-{number}", name=f"Team {number}", parent=Unit.objects.get(code="WST"))
            post = Post.objects.create(code=f"new-{number}", title=f"Post {number}", unit=unit)
            person = Person.objects.create(code=f"new-{number}", name=f"Person {number}")
            Appointment.objects.create(post=post, person=person)
            Seat.objects.create(body=body_, code=f"new-{number}", post=post)

    grow(0, 2)
    before = queries_for(viewer, "/structure/")
    grow(2, 40)
    assert queries_for(viewer, "/structure/") == before <= 25
