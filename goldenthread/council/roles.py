"""Which roles a user has, and for which units: by grants to the person and to the posts held today."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from goldenthread.accounts.models import User
from goldenthread.council.models import Appointment, Grant, Person, Role, Unit
from goldenthread.history.clock import today

EVERYWHERE = None


@dataclass(frozen=True)
class Roles:
    """The posts a user holds and the roles they bring: for each role the units it covers, or None for all of them."""

    person: Person | None = None
    posts: frozenset[int] = frozenset()
    units: dict[str, frozenset[int] | None] = field(default_factory=dict)

    def has(self, *roles: str, unit: int | None = None) -> bool:
        """Whether any of ``roles`` covers ``unit``; without a unit, whether any is held at all."""
        for role in roles:
            if role in self.units:
                covered = self.units[role]
                if covered is EVERYWHERE or unit is None or unit in covered:
                    return True
        return False

    def only(self, *roles: str) -> bool:
        """Whether the user has roles, and none but these."""
        return bool(self.units) and set(self.units) <= set(roles)


def roles_of(user: Any) -> Roles:
    """The roles of ``user`` today, read once a request (in four queries)."""
    if not isinstance(user, User) or not user.is_active:
        return Roles()
    if not hasattr(user, "_roles"):
        user._roles = _read(user, today())  # type: ignore[attr-defined]
    return user._roles  # type: ignore[attr-defined, no-any-return]


def running(day: date) -> Q:
    """Rows in force on ``day``."""
    return (Q(starts__isnull=True) | Q(starts__lte=day)) & (Q(ends__isnull=True) | Q(ends__gte=day))


def _read(user: User, day: date) -> Roles:
    person = Person.objects.filter(user=user).first()
    units: dict[str, frozenset[int] | None] = {}
    posts: frozenset[int] = frozenset()
    if person is not None:
        posts = frozenset(Appointment.objects.filter(running(day), person=person).values_list("post", flat=True))
        grants = list(Grant.objects.filter(running(day), Q(person=person) | Q(post__in=posts)))
        units = _covered(grants)
    if user.is_superuser:
        units[Role.ADMINISTRATOR] = EVERYWHERE
    return Roles(person, posts, units)


def _covered(grants: Collection[Grant]) -> dict[str, frozenset[int] | None]:
    below = units_below() if any(grant.unit_id for grant in grants) else {}
    covered: dict[str, frozenset[int] | None] = {}
    for grant in grants:
        if grant.unit_id is None or covered.get(grant.role, frozenset()) is EVERYWHERE:
            covered[grant.role] = EVERYWHERE
        else:
            covered[grant.role] = (covered.get(grant.role) or frozenset()) | below[grant.unit_id]
    return covered


def units_below() -> dict[int, frozenset[int]]:
    """Each unit's key with the keys of itself and of every unit below it, in one query."""
    children: dict[int | None, list[int]] = defaultdict(list)
    keys = []
    units: QuerySet[Unit, tuple[int, int | None]] = Unit.objects.values_list("pk", "parent_id")
    for key, parent in units:
        children[parent].append(key)
        keys.append(key)
    below: dict[int, frozenset[int]] = {}

    def gather(key: int) -> frozenset[int]:
        if key not in below:
            below[key] = frozenset({key}).union(*(gather(child) for child in children[key]))
        return below[key]

    for key in keys:
        gather(key)
    return below
