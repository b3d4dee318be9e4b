"""The demonstration council: loaded once, with a sign-in for each role, and never over another council."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management.base import CommandError
from django.test import Client

from goldenthread.accounts.models import User
from goldenthread.council.models import Person, Role, Unit
from goldenthread.council.roles import roles_of
from goldenthread.demonstration import SIGN_INS
from goldenthread.history.models import Change
from goldenthread.measures.models import Actual, Result
from goldenthread.scorecards.demonstration import set_up_demonstration, sign_ins

COMMAND = Path(sys.executable).parent / "goldenthread"


def test_again_changes_nothing(demonstration: None) -> None:
    counts = [kind.objects.count() for kind in (Change, Unit, Person, User, Actual, Result)]

    assert set_up_demonstration() is False

    assert [kind.objects.count() for kind in (Change, Unit, Person, User, Actual, Result)] == counts


def test_what_was_entered_stays(demonstration: None) -> None:
    Unit.objects.filter(name="Wenlow City Council").update(name="Wenlow and Harbour City Council")

    set_up_demonstration()

    assert Unit.objects.filter(name="Wenlow and Harbour City Council").exists()


@pytest.mark.django_db
def test_never_over_another_council() -> None:
    Unit.objects.create(code="HART", name="Hart District Council", kind="council")

    with pytest.raises(CommandError, match="another council"):
        set_up_demonstration()

    assert list(Unit.objects.values_list("code", flat=True)) == ["HART"]


@pytest.mark.django_db
def test_never_in_earnest(settings: object) -> None:
    settings.DEMONSTRATION = False

    with pytest.raises(CommandError, match="known password"):
        set_up_demonstration()


def test_each_role_has_a_sign_in(demonstration: None) -> None:
    assert sorted(role for role, _person, _email in SIGN_INS) == sorted(Role)
    held = {role: roles_of(User.objects.get(email=email)).has(role) for role, _person, email in SIGN_INS}
    assert held == dict.fromkeys(held, True)


@pytest.mark.parametrize("role", list(Role))
def test_each_signs_in_with_the_password_that_is_told(role: Role, demonstration: None) -> None:
    told = next(one for one in sign_ins() if one.role == role.label)

    answer = Client().post("/accounts/login/", {"login": told.email, "password": settings.DEMONSTRATION_PASSWORD})

    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_serving_an_unprepared_database_says_what_to_do(tmp_path: Path) -> None:
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{tmp_path}/empty.sqlite3"}

    told = subprocess.run([COMMAND, "serve"], env=environment, capture_output=True, text=True, timeout=30)

    assert (told.returncode, told.stdout) == (1, "")
    assert "Prepare it with: goldenthread migrate" in told.stderr
