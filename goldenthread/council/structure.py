"""The council as it stands on a day: its units as a tree, their posts with managers and holders, its bodies with seats.

Five queries, whatever the council's size.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Prefetch

from goldenthread.council.models import Appointment, AppointmentKind, Body, Post, Seat, Unit, UnitKind
from goldenthread.council.roles import running


@dataclass(frozen=True, slots=True)
class PostThen:
    """A post with whoever holds it; ``held`` is empty where it is vacant."""

    post: Post
    held: Sequence[Appointment]

    @property
    def is_vacant(self) -> bool:
        return not self.held

    @property
    def names(self) -> str:
        return " / ".join(one.person.name for one in self.held)

    @property
    def how(self) -> str:
        """Acting, job share or interim; nothing where it is held for good."""
        kinds = {one.kind: one.get_kind_display() for one in self.held if one.kind != AppointmentKind.SUBSTANTIVE}
        return ", ".join(str(kind).lower() for kind in kinds.values())


@dataclass(slots=True)
class UnitThen:
    """A unit with its posts, its head first, and the units below it. ``before`` are those it took over from."""

    unit: Unit
    posts: list[PostThen] = field(default_factory=list)
    below: list["UnitThen"] = field(default_factory=list)
    before: list[Unit] = field(default_factory=list)

    @property
    def head(self) -> PostThen | None:
        return self.posts[0] if self.posts else None

    def every(self) -> Iterator["UnitThen"]:
        """This unit and all below it."""
        yield self
        for one in self.below:
            yield from one.every()

    @property
    def size(self) -> int:
        """How many posts there are in it and below."""
        return sum(len(one.posts) for one in self.every())

    @property
    def vacancies(self) -> int:
        return sum(post.is_vacant for one in self.every() for post in one.posts)


@dataclass(frozen=True, slots=True)
class SeatThen:
    """A seat with who sits there, by name or by the post that brings it."""

    seat: Seat

    @property
    def holder(self) -> str:
        if self.seat.person:
            return self.seat.person.name
        if self.seat.post:
            return " / ".join(one.person.name for one in self.seat.post.held)
        return ""

    @property
    def by_post(self) -> str:
        return self.seat.post.title if self.seat.post else ""


@dataclass(frozen=True, slots=True)
class BodyThen:
    """A body with its seats, and how many of them each political group has."""

    body: Body
    seats: Sequence[SeatThen]

    @property
    def groups(self) -> list[tuple[str, int]]:
        return Counter(one.seat.group for one in self.seats if one.seat.group).most_common()

    @property
    def vacancies(self) -> int:
        return sum(not one.holder for one in self.seats)


@dataclass(frozen=True, slots=True)
class Structure:
    """Everything on ``day``: the trees (the council and its partners) and the bodies."""

    day: date
    tops: Sequence[UnitThen]
    bodies: Sequence[BodyThen]

    def every(self) -> Iterator[UnitThen]:
        for top in self.tops:
            yield from top.every()

    @property
    def kinds(self) -> Counter[str]:
        return Counter(one.unit.kind for one in self.every())

    @property
    def posts(self) -> int:
        return sum(top.size for top in self.tops)

    @property
    def vacant(self) -> list[tuple[UnitThen, PostThen]]:
        return [(one, post) for one in self.every() for post in one.posts if post.is_vacant]


def structure(day: date) -> Structure:
    """The structure on ``day``. Posts have no dates of their own: those of units that run then."""
    return Structure(day, _units(day), _bodies(day))


def _units(day: date) -> list[UnitThen]:
    every = list(Unit.objects.order_by("name", "code"))
    found = {unit.pk: UnitThen(unit) for unit in every if _runs(unit, day)}
    for unit in every:
        if unit.succeeded_by_id in found and unit.ends and unit.ends < day:
            found[unit.succeeded_by_id].before.append(unit)
    posts = _posts(day)
    reports = Counter(post.reports_to_id for post in posts)
    for post in posts:
        if post.unit_id in found:
            found[post.unit_id].posts.append(PostThen(post, post.held))
    tops = []
    for one in found.values():
        above = found.get(one.unit.parent_id) if one.unit.parent_id else None
        (above.below if above else tops).append(one)
        one.posts.sort(key=lambda then: _head_first(then, reports[then.post.pk]))
    for one in found.values():
        one.below.sort(key=lambda below: (_KINDS.index(below.unit.kind), below.unit.name))
    return sorted(tops, key=lambda top: (_KINDS.index(top.unit.kind), top.unit.name))


#: Partners stand after the council's own units.
_KINDS = (UnitKind.COUNCIL, UnitKind.DIRECTORATE, UnitKind.SERVICE, UnitKind.TEAM, UnitKind.PARTNER)


def _runs(unit: Unit, day: date) -> bool:
    return (unit.starts is None or unit.starts <= day) and (unit.ends is None or unit.ends >= day)


def _posts(day: date) -> list[Post]:
    held = Appointment.objects.filter(running(day)).select_related("person").order_by("pk")
    return list(
        Post.objects.select_related("reports_to").prefetch_related(
            Prefetch("appointments", queryset=held, to_attr="held")
        )
    )


def _head_first(then: PostThen, reports: int) -> tuple[bool, int, str, str]:
    """Whoever reports outside the unit leads it; of several, the one to whom most report."""
    manager = then.post.reports_to
    inside = manager is not None and manager.unit_id == then.post.unit_id
    return inside, -reports, then.post.title, then.post.code


def _bodies(day: date) -> list[BodyThen]:
    held = Appointment.objects.filter(running(day)).select_related("person").order_by("pk")
    seats = (
        Seat.objects.filter(running(day))
        .select_related("person", "post")
        .prefetch_related(Prefetch("post__appointments", queryset=held, to_attr="held"))
        .order_by("order", "code")
    )
    bodies = Body.objects.filter(running(day)).prefetch_related(Prefetch("seats", queryset=seats, to_attr="then"))
    return [BodyThen(body, [SeatThen(seat) for seat in body.then]) for body in bodies.order_by("pk")]
