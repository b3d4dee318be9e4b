"""Which roles a user has, and for which units: by grants to the person, the posts and the seats held today."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from goldenthread.accounts.models import User
from goldenthread.council.models import Appointment, Grant, Person, Role, Seat, Unit
from goldenthread.council.sign_in import may_sign_in
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
    if not isinstance(user, User) or not may_sign_in(user):
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
        mine = Q(person=person) | Q(post__in=posts) | _by_seat(person, posts, day)
        grants = list(Grant.objects.filter(running(day), mine))
        units = _covered(grants)
    if user.is_superuser:
        units[Role.ADMINISTRATOR] = EVERYWHERE
    return Roles(person, posts, units)


def _by_seat(person: Person, posts: Collection[int], day: date) -> Q:
    """Grants to the seats, or to a body all of whose seats have it, in which ``person`` sits on ``day``."""
    sits = Seat.objects.filter(sitting(day), Q(person=person) | Q(post__in=posts), body=OuterRef("body"))
    return Q(Exists(sits.filter(code=OuterRef("seat")))) | (Q(seat="") & Q(Exists(sits)))


def sitting(day: date) -> Q:
    """Seats in force on ``day``, of bodies that are."""
    body = (Q(body__starts__isnull=True) | Q(body__starts__lte=day)) & (
        Q(body__ends__isnull=True) | Q(body__ends__gte=day)
    )
    return running(day) & body


def reached(grants: Sequence[Grant], day: date) -> dict[int, list[Person]]:
    """Whom each of ``grants`` reaches on ``day``: by name, or by the posts and seats that they hold; two queries."""
    by_post: dict[int, list[Person]] = defaultdict(list)
    for held in Appointment.objects.filter(running(day)).select_related("person").order_by("person__name"):
        by_post[held.post_id].append(held.person)
    by_seat: dict[tuple[int, str], list[Person]] = defaultdict(list)
    for seat in Seat.objects.filter(sitting(day)).select_related("person").order_by("order", "code"):
        sits = [seat.person] if seat.person else by_post.get(seat.post_id or 0, [])
        for key in ((seat.body_id, seat.code), (seat.body_id, "")):
            by_seat[key] += [person for person in sits if person not in by_seat[key]]
    found = {}
    for grant in grants:
        if grant.person is not None:
            found[grant.pk] = [grant.person]
        elif grant.post_id is not None:
            found[grant.pk] = by_post.get(grant.post_id, [])
        else:
            found[grant.pk] = by_seat.get((grant.body_id or 0, grant.seat), [])
    return found


def who_has(role: str, day: date, *, besides: int | None = None) -> set[int]:
    """The keys of everybody whom some grant of ``role``, other than ``besides``, reaches on ``day``."""
    grants = list(Grant.objects.filter(running(day), role=role).exclude(pk=besides).select_related("person"))
    return {person.pk for people in reached(grants, day).values() for person in people}


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
