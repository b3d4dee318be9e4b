"""Which roles a user has, and for which units: by grants to the person, the posts and the seats held today."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

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
    """The roles of ``user`` today, read once a request (in two queries at most)."""
    if not isinstance(user, User) or not may_sign_in(user):
        return Roles()
    if not hasattr(user, "_roles"):
        user._roles = _read(user, today())
    return user._roles


def running(day: date, of: str = "") -> Q:
    """Rows in force on ``day``; ``of`` leads to them from another table."""
    begun = Q((f"{of}starts__isnull", True)) | Q((f"{of}starts__lte", day))
    return begun & (Q((f"{of}ends__isnull", True)) | Q((f"{of}ends__gte", day)))


#: Who a user is, the posts that they hold on a day, and the roles and units granted to them, to those posts, or to the
#: seats that they or the posts have. It is asked at every request, and an ORM takes far longer to make it than it takes
#: to answer. Posts and seats are found once: PostgreSQL would look through the seats for each grant.
_HELD = """
WITH person AS MATERIALIZED (
    SELECT id, code, name, email, employee_number, user_id FROM council_person WHERE user_id = %(user)s
), posts AS MATERIALIZED (
    SELECT post_id FROM council_appointment
    WHERE person_id IN (SELECT id FROM person)
    AND (starts IS NULL OR starts <= %(day)s) AND (ends IS NULL OR ends >= %(day)s)
), seats AS MATERIALIZED (
    SELECT seat.body_id, seat.code FROM council_seat seat JOIN council_body body ON body.id = seat.body_id
    WHERE (seat.person_id IN (SELECT id FROM person) OR seat.post_id IN (SELECT post_id FROM posts))
    AND (seat.starts IS NULL OR seat.starts <= %(day)s) AND (seat.ends IS NULL OR seat.ends >= %(day)s)
    AND (body.starts IS NULL OR body.starts <= %(day)s) AND (body.ends IS NULL OR body.ends >= %(day)s)
)
SELECT CAST(NULL AS bigint), CAST(NULL AS varchar), CAST(NULL AS bigint), person.* FROM person
UNION ALL
SELECT post_id, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM posts
UNION ALL
SELECT NULL, role, unit_id, NULL, NULL, NULL, NULL, NULL, NULL FROM council_grant
WHERE (starts IS NULL OR starts <= %(day)s) AND (ends IS NULL OR ends >= %(day)s) AND (
    person_id IN (SELECT id FROM person) OR post_id IN (SELECT post_id FROM posts) OR EXISTS (
        SELECT 1 FROM seats
        WHERE seats.body_id = council_grant.body_id AND (council_grant.seat = '' OR council_grant.seat = seats.code)
    )
)
"""
_PERSON = ("id", "code", "name", "email", "employee_number", "user_id")


def _read(user: User, day: date) -> Roles:
    with connection.cursor() as cursor:
        cursor.execute(_HELD, {"user": user.pk, "day": connection.ops.adapt_datefield_value(day)})
        rows = cursor.fetchall()
    people = [Person.from_db(connection.alias, _PERSON, person) for _post, _role, _unit, *person in rows if any(person)]
    posts = frozenset(post for post, *_others in rows if post is not None)
    units = _covered([(role, unit) for _post, role, unit, *_person in rows if role is not None])
    if user.is_superuser:
        units[Role.ADMINISTRATOR] = EVERYWHERE
    return Roles(people[0] if people else None, posts, units)


def sitting(day: date) -> Q:
    """Seats in force on ``day``, of bodies that are."""
    return running(day) & running(day, "body__")


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


def _covered(granted: Collection[tuple[str, int | None]]) -> dict[str, frozenset[int] | None]:
    """Each role with the units it covers, from the unit that each grant of it is for."""
    below = units_below() if any(unit is not None for _role, unit in granted) else {}
    covered: dict[str, frozenset[int] | None] = {}
    for role, unit in granted:
        if unit is None or covered.get(role, frozenset()) is EVERYWHERE:
            covered[role] = EVERYWHERE
        else:
            covered[role] = (covered.get(role) or frozenset()) | below[unit]
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
