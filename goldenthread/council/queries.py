"""What the settings pages need to know of the council; nothing here writes."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from goldenthread.council.models import Appointment, Grant, Person, Post, Unit
from goldenthread.council.roles import running


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
    """Everybody in order of name with the posts and roles they have on ``day``, in four queries."""
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
    found = people.prefetch_related(
        Prefetch("appointments", queryset=posts, to_attr="held"), Prefetch("grants", queryset=granted, to_attr="given")
    )
    by_post: dict[int, list[Grant]] = defaultdict(list)
    for grant in granted.filter(post__isnull=False):
        by_post[grant.post_id].append(grant)
    return [
        Member(
            person, person.held, [*person.given, *(grant for held in person.held for grant in by_post[held.post_id])]
        )
        for person in found
    ]


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
    return Grant.objects.filter(running(day)).select_related("person", "post", "unit").order_by("role", "pk")
