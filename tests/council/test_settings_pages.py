"""The settings pages, as each role meets them."""

from typing import Any

import pytest
from django.core import mail

from goldenthread.council.models import Appointment, Grant, Person, Unit

PAGES = [
    "/settings/",
    "/settings/units/",
    "/settings/units/new/",
    "/settings/units/HWY/change/",
    "/settings/posts/",
    "/settings/posts/new/",
    "/settings/people/",
    "/settings/people/new/",
    "/settings/roles/",
]
READERS = {"performance_officer", "auditor"}


@pytest.mark.parametrize("path", PAGES)
def test_an_administrator_sees_every_page(demonstration: None, sign_in: Any, path: str):
    response = sign_in("administrator").get(path)
    assert response.status_code == 200
    assert response.content.count(b"<h1") == 1


@pytest.mark.parametrize("role", ["performance_officer", "auditor", "head_of_service", "supplier", "member", "viewer"])
def test_others_see_only_what_is_theirs_and_change_nothing(demonstration: None, sign_in: Any, role: str):
    client = sign_in(role)
    allowed = 200 if role in READERS else 403
    for path in PAGES:
        expected = 403 if "new" in path or "change" in path else allowed
        assert client.get(path).status_code == expected, path
    person = Person.objects.first()
    for verb in ("appoint", "grant", "sign-in"):
        assert client.post(f"/settings/people/{person.code}/{verb}/").status_code == 403


@pytest.mark.parametrize("path", [path for path in PAGES if "new" not in path and "change" not in path])
def test_pages_ask_the_same_number_of_queries_for_more_people(
    demonstration: None, sign_in: Any, queries_for: Any, path: str
):
    client = sign_in("administrator")
    before = queries_for(client, path)
    unit = Unit.objects.get(code="HWY")
    for number in range(20):
        person = Person.objects.create(code=f"new-{number}", name=f"Person {number}")
        Unit.objects.create(code=f"new-{number}", name=f"Unit {number}", parent=unit)
        Grant.objects.create(role="viewer", person=person, unit=unit)
    assert queries_for(client, path) == before <= 25


def test_a_person_is_added_appointed_given_a_role_and_let_in(demonstration: None, sign_in: Any):
    client = sign_in("administrator")
    client.post("/settings/people/new/", {"code": "900", "name": "Ines Farrow", "email": "ines.farrow@wenlow.example"})
    post = Appointment.objects.first().post
    client.post("/settings/people/900/appoint/", {"post": post.code, "kind": "acting", "starts": "18/1/2027"})
    client.post("/settings/people/900/grant/", {"role": "viewer", "unit": "", "starts": "18/1/2027"})
    page = client.post("/settings/people/900/sign-in/", follow=True).content.decode()
    assert "Ines Farrow" in page
    assert "may sign in" in page.lower()
    assert post.title in page.replace("&amp;", "&").replace("&#39;", "'")
    assert [(message.to, message.subject) for message in mail.outbox] == [
        (["ines.farrow@wenlow.example"], "Your account on Golden Thread")
    ]
    client.post("/settings/people/900/sign-in/", {"close": "1"})
    assert not Person.objects.get(code="900").user.is_active


def test_an_account_is_open_though_no_mail_server_takes_its_mail(demonstration: None, sign_in: Any, settings: Any):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 2
    person = Person.objects.create(code="900", name="Ines Farrow", email="ines.farrow@wenlow.example")

    page = sign_in("administrator").post("/settings/people/900/sign-in/", follow=True).content.decode()

    assert "The account is open, but the mail to ines.farrow@wenlow.example could not be sent." in page
    person.refresh_from_db()
    assert (person.user.email, mail.outbox) == ("ines.farrow@wenlow.example", [])


def test_what_is_wrong_is_said_by_the_field_and_nothing_typed_is_lost(demonstration: None, sign_in: Any):
    response = sign_in("administrator").post(
        "/settings/units/new/", {"code": "HWY", "name": "Roads again", "kind": "service"}
    )
    page = response.content.decode()
    assert response.status_code == 200
    assert "is in use already" in page
    assert 'value="Roads again"' in page


@pytest.mark.parametrize("verb", ["appoint", "grant", "sign-in"])
def test_an_address_that_only_takes_a_form_leads_back_to_it(demonstration: None, sign_in: Any, verb: str):
    response = sign_in("administrator").get(f"/settings/people/marcus-ellery/{verb}/")

    assert (response.status_code, response["location"]) == (302, "/settings/people/marcus-ellery/")
