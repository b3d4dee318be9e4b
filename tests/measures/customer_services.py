"""A small council for the tests of pages: customer services, its people, and calls answered."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.test import Client

from goldenthread.accounts.models import User
from goldenthread.council.models import Appointment, Grant, Person, Post, Role, Unit
from goldenthread.domain.rules import Rule as RuleVersion
from goldenthread.domain.words import Family
from goldenthread.measures.models import Measure, MeasureRole
from goldenthread.measures.services import Entry, TargetEntry, assign_rule, record_actuals, set_rule, set_target

PASSED = [f"2025/26 Q{quarter}" for quarter in (1, 2, 3, 4)] + ["2026/27 Q1", "2026/27 Q2"]


def person(name: str, role: str, unit: str = "CS", part: str = "", measures: tuple[str, ...] = ()) -> User:
    """Somebody with a sign-in, a post in a unit, a role there, and a part in some measures."""
    place, _made = Unit.objects.get_or_create(code=unit, defaults={"name": "Customer services"})
    code = name.lower().replace(" ", "-")
    user = User.objects.create_user(f"{code}@wenlow.example", name=name)
    post = Post.objects.create(code=f"{unit}-{code}", title=f"Post of {name}", unit=place)
    held = Person.objects.create(code=code, name=name, email=user.email, user=user)
    Appointment.objects.create(post=post, person=held)
    Grant.objects.create(role=role, post=post, unit=place if role not in EVERYWHERE else None)
    for measure in measures:
        MeasureRole.objects.create(measure=Measure.objects.get(code=measure), role=part, post=post)
    return user


EVERYWHERE = (Role.ADMINISTRATOR, Role.PERFORMANCE_OFFICER, Role.AUDITOR, Role.VIEWER, Role.MEMBER)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
    return client


def an_officer() -> User:
    return person("Ada Officer", Role.PERFORMANCE_OFFICER)


def make_measure(code: str, **fields: Any) -> Measure:
    unit, _made = Unit.objects.get_or_create(code="CS", defaults={"name": "Customer services"})
    defaults = {
        "title": f"Measure {code}",
        "unit": unit,
        "data_type": "percentage",
        "unit_of_measure": "%",
        "polarity": "higher",
        "frequency": "quarter",
        "aggregation": "ratio",
        "numerator": "Calls answered",
        "denominator": "Calls offered",
        "decimals": 1,
        "lag_days": 14,
    }
    return Measure.objects.create(code=code, **(defaults | fields))


def calls_answered(by: User, code: str = "CS-01", **fields: Any) -> Measure:
    """Calls answered, at least 80%, amber within a tenth of that, with a year and a half of figures."""
    measure = make_measure(code, title="Calls answered", **fields)
    if not measure.rule_assignments.exists():
        set_rule(
            by=by,
            rule=RuleVersion(
                code=f"TEN-{code}", family=Family.MISS_TOLERANCE, amber=Decimal(10), agreed_on=date(2025, 3, 3)
            ),
        )
        assign_rule(by=by, rule=f"TEN-{code}", measure=code)
    for year in ("2025/26", "2026/27"):
        set_target(by=by, measure=code, entry=TargetEntry(period=year, value=Decimal(80)))
    entries = [
        Entry(period=period, numerator=Decimal(answered), denominator=Decimal(1000))
        for period, answered in zip(PASSED, (812, 798, 825, 841, 806, 838), strict=True)
    ]
    record_actuals(by=by, measure=code, entries=entries)
    return measure
