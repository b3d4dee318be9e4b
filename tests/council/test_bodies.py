"""Bodies and seats: who sits where, from when to when."""

from datetime import date

import pytest

from goldenthread.council.bodies import add_body, change_body, leave_seat, take_seat
from goldenthread.council.models import Person, Post, Seat, Unit
from goldenthread.history.acts import Refused

pytestmark = pytest.mark.django_db

MAY_2023, MAY_2026 = date(2023, 5, 9), date(2026, 5, 12)


@pytest.fixture
def cabinet() -> None:
    council = Unit.objects.create(code="WCC", name="Wenlow City Council", kind="council")
    Post.objects.create(code="CEO", title="Chief Executive", unit=council)
    for code, name in (("hargrave", "Cllr Judith Hargrave"), ("anwar", "Cllr Pervez Anwar")):
        Person.objects.create(code=code, name=name)
    add_body(by=None, code="CAB", name="Cabinet", kind="cabinet", unit="WCC")


def sitting() -> list[tuple[object, ...]]:
    return list(
        Seat.objects.order_by("order", "starts").values_list("code", "role", "group", "person__code", "starts", "ends")
    )


def test_a_successor_takes_the_seat_and_its_role(cabinet: None):
    take_seat(by=None, body="CAB", seat="LEADER", role="Leader", group="Labour", person="hargrave", starts=MAY_2023)
    take_seat(by=None, body="CAB", seat="LEADER", person="anwar", starts=MAY_2026)
    take_seat(by=None, body="CAB", seat="CEO", role="Chief Executive", post="CEO")
    assert sitting() == [
        ("LEADER", "Leader", "Labour", "hargrave", MAY_2023, date(2026, 5, 11)),
        ("LEADER", "Leader", "Labour", "anwar", MAY_2026, None),
        ("CEO", "Chief Executive", "", None, None, None),
    ]


def test_a_seat_left_is_vacant(cabinet: None):
    take_seat(by=None, body="CAB", seat="LEADER", role="Leader", person="hargrave", starts=MAY_2023)
    leave_seat(by=None, body="CAB", seat="LEADER", ends=date(2026, 1, 31), reason="Resigned")
    assert sitting() == [("LEADER", "Leader", "", "hargrave", MAY_2023, date(2026, 1, 31))]
    with pytest.raises(Refused, match="Nobody sits there"):
        leave_seat(by=None, body="CAB", seat="LEADER", ends=date(2026, 2, 28))


def test_two_never_sit_in_one_seat(cabinet: None):
    take_seat(by=None, body="CAB", seat="LEADER", person="hargrave", starts=MAY_2026)
    with pytest.raises(Refused, match="choose a later day"):
        take_seat(by=None, body="CAB", seat="LEADER", person="anwar", starts=MAY_2023)
    with pytest.raises(Refused, match="to a person or to a post"):
        take_seat(by=None, body="CAB", seat="DEPUTY", person="anwar", post="CEO")
    with pytest.raises(Refused, match="There is no person nobody"):
        take_seat(by=None, body="CAB", seat="DEPUTY", person="nobody")


def test_a_body_is_changed_with_its_history(cabinet: None):
    body = change_body(by=None, body="CAB", changes={"name": "The Cabinet", "ends": date(2027, 5, 3)}, reason="Review")
    assert [(row.name, row.history_change_reason) for row in body.history.order_by("history_id")] == [
        ("Cabinet", "add_body"),
        ("The Cabinet", "Review"),
    ]
    with pytest.raises(Refused, match="There is a body CAB already"):
        add_body(by=None, code="CAB", name="Cabinet")
