"""Roles given to posts and seats: a successor has them from the first day, a leaver loses them with the last."""

from datetime import date
from typing import Any

import pytest

from goldenthread.accounts.models import User
from goldenthread.council import services
from goldenthread.council.bodies import add_body, leave_seat, take_seat
from goldenthread.council.models import Grant, Person
from goldenthread.council.queries import members
from goldenthread.council.roles import _read, reached
from goldenthread.history.acts import Refused

pytestmark = pytest.mark.django_db


def signed_in(code: str) -> User:
    person = services.add_person(by=None, code=code, name=code.title())
    user = User.objects.create_user(f"{code}@wenlow.example", name=person.name)
    person.user = user
    person.save()
    return user


def roles_on(day: date, *users: User) -> list[list[str]]:
    return [sorted(_read(user, day).units) for user in users]


def test_whoever_sits_has_the_role_and_nobody_after_them():
    ann, bo, cy = (signed_in(code) for code in ("ann", "bo", "cy"))
    services.add_unit(by=None, code="CEX", name="Chief Executive's")
    services.add_post(by=None, code="DIR", title="Director", unit="CEX")
    services.appoint(by=None, person="cy", post="DIR", starts=date(2026, 1, 1))
    add_body(by=None, code="BRD", name="Programme Board", starts=date(2026, 4, 1), ends=date(2028, 3, 31))
    take_seat(by=None, body="BRD", seat="CHAIR", person="ann", starts=date(2026, 4, 1))
    take_seat(by=None, body="BRD", seat="DIR", post="DIR", starts=date(2026, 4, 1))
    chair = services.grant_role(by=None, role="performance_officer", body="BRD", seat="CHAIR", starts=date(2026, 4, 1))
    board = services.grant_role(by=None, role="viewer", body="BRD", starts=date(2026, 4, 1))
    take_seat(by=None, body="BRD", seat="CHAIR", person="bo", starts=date(2027, 1, 18))
    services.end_appointment(by=None, appointment=cy.person.appointments.get().pk, ends=date(2027, 1, 17))
    both, one = ["performance_officer", "viewer"], ["viewer"]
    assert roles_on(date(2027, 1, 17), ann, bo, cy) == [both, [], one]
    assert roles_on(date(2027, 1, 18), ann, bo, cy) == [[], both, []]
    leave_seat(by=None, body="BRD", seat="CHAIR", ends=date(2027, 2, 28))
    assert roles_on(date(2027, 3, 1), ann, bo, cy) == [[], [], []]
    # Of a body wound up nobody has a role any more, though the seat itself has no last day.
    take_seat(by=None, body="BRD", seat="CHAIR", person="ann", starts=date(2027, 3, 1))
    assert roles_on(date(2028, 4, 1), ann) == [[]]
    assert {
        key: [str(person) for person in people] for key, people in reached([chair, board], date(2027, 1, 17)).items()
    } == {
        chair.pk: ["Ann"],
        board.pk: ["Ann", "Cy"],
    }
    held = {member.person.code: [grant.role for grant in member.roles] for member in members(date(2027, 1, 18))}
    assert held == {"ann": [], "bo": ["performance_officer", "viewer"], "cy": []}


def test_what_is_no_seat_or_held_already_is_refused():
    signed_in("ann")
    add_body(by=None, code="CAB", name="Cabinet")
    take_seat(by=None, body="CAB", seat="LEADER", person="ann")
    for asked, said in (
        ({"body": "CAB", "seat": "NONE"}, "There is no seat NONE on Cabinet."),
        ({"body": "CAB", "person": "ann"}, "to one of them"),
        ({}, "to one of them"),
    ):
        with pytest.raises(Refused, match=said):
            services.grant_role(by=None, role="viewer", **asked)
    given = services.grant_role(by=None, role="administrator", body="CAB", seat="LEADER")
    with pytest.raises(Refused, match="held already"):
        services.grant_role(by=None, role="administrator", body="CAB", seat="LEADER")
    # Whom only a vacant seat would make an administrator is no administrator.
    leave_seat(by=None, body="CAB", seat="LEADER", ends=date(2020, 1, 1))
    last = services.grant_role(by=None, role="administrator", person="ann")
    with pytest.raises(Refused, match="last administrator"):
        services.end_grant(by=None, grant=last.pk, ends=date(2027, 1, 18))
    services.end_grant(by=None, grant=given.pk, ends=date(2027, 1, 18))


def test_an_administrator_gives_a_role_to_a_seat_and_sees_whom_it_reaches(
    demonstration: None, sign_in: Any, queries_for: Any
):
    client = sign_in("administrator")
    page = client.get("/settings/roles/").content.decode()
    assert "every seat of it" in page
    assert "and 52 more" in page
    asked = {"role": "viewer", "holder": "body SMC", "unit": "", "starts": "18/1/2027"}
    answer = client.post("/settings/roles/give/", asked, follow=True)
    assert "The role is given. It reaches " in answer.content.decode()
    assert Grant.objects.filter(role="viewer", body__code="SMC", seat="").count() == 1
    again = client.post("/settings/roles/give/", asked)
    assert "That role is held already." in again.content.decode()
    assert "Choose a role" in client.post("/settings/roles/give/", {}).content.decode()
    assert queries_for(client, "/settings/roles/") <= 14
    member = Person.objects.filter(seats__body__code="SMC", seats__person__isnull=False).first()
    assert member is not None
    assert "by a seat on" in client.get(f"/settings/people/{member.code}/").content.decode()
    assert sign_in("auditor").get("/settings/roles/give/").status_code == 403
