"""What the settings pages need to know of the council; nothing here writes."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from goldenthread.council.models import Appointment, Grant, Person, Post, Seat, Unit
from goldenthread.council.roles import reached, running


@dataclass(slots=True)
class Branch:
    """A unit in its place in the tree."""

    unit: Unit
    depth: int
    ended: bool


def tree(day: date) -> list[Branch]:
    """Every unit below the one it is part of, in order of name, in one query."""
    children: dict[int | None, list[Unit]] = defaultdict(list)
    for unit in Unit.objects.select_related("succeeded_by").order_by("name"):
        children[unit.parent_id].append(unit)
    branches: list[Branch] = []

    def add(parent: int | None, depth: int) -> None:
        for unit in children[parent]:
            branches.append(Branch(unit, depth, unit.ends is not None and unit.ends < day))
            add(unit.pk, depth + 1)

    add(None, 0)
    return branches


@dataclass(slots=True)
class Member:
    """Somebody, with the posts and roles of a day."""

    person: Person
    posts: list[Appointment] = field(default_factory=list)
    roles: list[Grant] = field(default_factory=list)


def members(day: date, *, search: str = "") -> list[Member]:
    """Everybody in order of name with the posts and roles they have on ``day``, in five queries."""
    people = Person.objects.select_related("user").order_by("name")
    if search:
        people = people.filter(
            Q(name__icontains=search)
            | Q(email__icontains=search)
            | Q(employee_number__icontains=search)
            | Q(appointments__post__title__icontains=search)
        ).distinct()
    posts = Appointment.objects.filter(running(day)).select_related("post__unit")
    granted = Grant.objects.filter(running(day)).select_related("unit")
    found = people.prefetch_related(Prefetch("appointments", queryset=posts, to_attr="held"))
    roles: dict[int, list[Grant]] = defaultdict(list)
    every = {grant.pk: grant for grant in granted.select_related("person")}
    for grant, reaches in reached(list(every.values()), day).items():
        for one in reaches:
            roles[one.pk].append(every[grant])
    return [Member(person, person.held, roles[person.pk]) for person in found]


def posts(day: date) -> QuerySet[Post]:
    """Every post with its unit, its line manager and whoever holds it on ``day``."""
    held = Appointment.objects.filter(running(day)).select_related("person")
    return (
        Post.objects.select_related("unit", "reports_to")
        .prefetch_related(Prefetch("appointments", queryset=held, to_attr="held"))
        .order_by("unit__name", "title")
    )


def roles_held(day: date) -> QuerySet[Grant]:
    """Every role in force on ``day``, with its holder and unit."""
    return Grant.objects.filter(running(day)).select_related("person", "post", "body", "unit").order_by("role", "pk")


@dataclass(frozen=True, slots=True)
class Held:
    """A role with the seat that has it, where one does, and whom it reaches."""

    grant: Grant
    seat: str
    people: Sequence[Person]


def roles_reaching(day: date) -> list[Held]:
    """Every role in force on ``day`` with whom it reaches then, in four queries."""
    grants = list(roles_held(day))
    people = reached(grants, day)
    titles = {(body, code): role or code for body, code, role in Seat.objects.values_list("body", "code", "role")}
    return [Held(one, titles.get((one.body_id or 0, one.seat), one.seat), people[one.pk]) for one in grants]


def roles_of_person(person: Person, day: date) -> list[Held]:
    """The roles that reach somebody on ``day`` by a post or a seat."""
    return [one for one in roles_reaching(day) if one.grant.person_id is None and person in one.people]
