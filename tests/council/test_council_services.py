"""The verbs of the council: what they keep, what they refuse, and what a successor in a post gets."""

from datetime import date, timedelta

import pytest

from goldenthread.accounts.models import User
from goldenthread.council.models import Appointment, Grant, Person, Unit
from goldenthread.council.roles import roles_of
from goldenthread.council.services import (
    add_person,
    add_post,
    add_unit,
    appoint,
    change_post,
    change_unit,
    close_account,
    end_appointment,
    end_grant,
    end_unit,
    grant_role,
    open_account,
)
from goldenthread.history.acts import Refused
from goldenthread.history.clock import today
from goldenthread.history.models import Change

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator() -> User:
    return User.objects.create_superuser("admin@wenlow.example")


@pytest.fixture
def council(administrator: User) -> None:
    add_unit(by=administrator, code="WCC", name="Wenlow City Council", kind="council")
    add_unit(by=administrator, code="HWY", name="Highways", parent="WCC")
    add_post(by=administrator, code="P1", title="Head of Highways", unit="HWY")
    add_person(by=administrator, code="1", name="Ada Shah", email="ada@wenlow.example", employee_number="1")
    add_person(by=administrator, code="2", name="Ben Cole")


def test_each_verb_is_one_change_with_its_history(administrator: User, council: None):
    change_unit(by=administrator, unit="HWY", changes={"name": "Highways and Transport"}, reason="Merged with buses")
    change = Change.objects.last()
    assert (change.verb, change.object, change.reason) == ("change_unit", "unit HWY", "Merged with buses")
    history = Unit.objects.get(code="HWY").history.order_by("history_date")
    assert [row.name for row in history] == ["Highways", "Highways and Transport"]


def test_a_unit_is_not_put_below_itself(administrator: User, council: None):
    with pytest.raises(Refused) as refused:
        change_unit(by=administrator, unit="WCC", changes={"parent": "HWY"})
    assert list(refused.value.faults) == ["parent"]


def test_a_post_does_not_report_to_itself_through_others(administrator: User, council: None):
    add_post(by=administrator, code="P2", title="Engineer", unit="HWY", reports_to="P1")
    with pytest.raises(Refused) as refused:
        change_post(by=administrator, post="P1", changes={"reports_to": "P2"})
    assert list(refused.value.faults) == ["reports_to"]


def test_a_code_is_used_once(administrator: User, council: None):
    for verb, more in ((add_unit, {"name": "Other"}), (add_person, {"name": "Other"})):
        with pytest.raises(Refused) as refused:
            verb(by=administrator, code="hwy" if verb is add_unit else "1", **more)
        assert list(refused.value.faults) == ["code"]


def test_a_leaver_loses_the_duties_of_a_post_and_a_successor_gets_them(administrator: User, council: None):
    grant_role(by=administrator, role="head_of_service", post="P1", unit="HWY")
    appointment = appoint(by=administrator, person="1", post="P1")
    user = open_account(by=administrator, person="1")
    assert roles_of(User.objects.get(pk=user.pk)).has("head_of_service")
    end_appointment(by=administrator, appointment=appointment.pk, ends=today() - timedelta(days=1))
    appoint(by=administrator, person="2", post="P1", starts=today())
    assert not roles_of(User.objects.get(pk=user.pk)).has("head_of_service")
    assert Appointment.objects.filter(post__code="P1").count() == 2


def test_a_post_is_held_once_by_one_person(administrator: User, council: None):
    appoint(by=administrator, person="1", post="P1")
    with pytest.raises(Refused):
        appoint(by=administrator, person="1", post="P1", starts=today())


def test_the_last_administrator_stays(administrator: User, council: None):
    grant = grant_role(by=administrator, role="administrator", person="1")
    with pytest.raises(Refused):
        end_grant(by=administrator, grant=grant.pk, ends=today())
    grant_role(by=administrator, role="administrator", person="2")
    end_grant(by=administrator, grant=grant.pk, ends=today())
    assert Grant.objects.get(pk=grant.pk).ends == today()


def test_a_role_goes_to_one_holder_and_once(administrator: User, council: None):
    grant_role(by=administrator, role="viewer", person="1")
    for asked in ({"person": "1"}, {"person": "1", "post": "P1"}, {}):
        with pytest.raises(Refused):
            grant_role(by=administrator, role="viewer", **asked)


def test_a_sign_in_needs_an_address_and_closes_at_once(administrator: User, council: None):
    with pytest.raises(Refused):
        open_account(by=administrator, person="2")
    user = open_account(by=administrator, person="1")
    assert (user.email, user.is_active, user.has_usable_password()) == ("ada@wenlow.example", True, False)
    close_account(by=administrator, person="1")
    assert not User.objects.get(pk=user.pk).is_active
    assert Person.objects.get(code="1").user == user


def test_a_unit_ends_in_favour_of_another(administrator: User, council: None):
    add_unit(by=administrator, code="TRA", name="Transport", parent="WCC")
    end_unit(by=administrator, unit="HWY", ends=date(2026, 3, 31), succeeded_by="TRA")
    assert Unit.objects.get(code="HWY").succeeded_by.code == "TRA"
