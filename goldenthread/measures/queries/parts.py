"""Who does what in a measure, since when and until when: by a part given to a post, or by a role in its unit."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, Prefetch, Q

from goldenthread.council.models import Appointment, Grant, Role, Unit
from goldenthread.council.roles import reached, running
from goldenthread.history.clock import today
from goldenthread.measures.models import Measure, MeasureRole

Part = MeasureRole.Part
#: The parts that a role in the unit, or in one above it, brings without being given.
BY_ROLE = {Role.HEAD_OF_SERVICE: Part.HEAD, Role.SUPPLIER: Part.SUPPLIER}


@dataclass(frozen=True, slots=True)
class Place:
    """A part given to a post, and who holds that post today."""

    key: int
    part: str
    label: str
    post: str
    unit: str
    people: tuple[str, ...]
    starts: date | None
    ends: date | None


@dataclass(frozen=True, slots=True)
class Default:
    """A part that comes with a role in a unit: nobody gave it."""

    part: str
    label: str
    holder: str
    people: tuple[str, ...]
    unit: str


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts held today or to come, those that have ended, and those that come with a role."""

    places: tuple[Place, ...]
    ended: tuple[Place, ...]
    defaults: tuple[Default, ...]
    today: date

    @property
    def held(self) -> frozenset[str]:
        """The parts that somebody has today."""
        begun = {place.part for place in self.places if place.starts is None or place.starts <= self.today}
        return frozenset(begun | {default.part for default in self.defaults})


def parts_of(measure: Measure) -> Parts:
    """Every part of a measure, in the order in which figures pass through them, in six queries."""
    day = today()
    appointed = Appointment.objects.filter(running(day)).select_related("person").order_by("person__name")
    holders = Prefetch("post__appointments", queryset=appointed, to_attr="held")
    rows = (
        MeasureRole.objects.filter(measure=measure)
        .select_related("post__unit")
        .prefetch_related(holders)
        .order_by(F("starts").asc(nulls_first=True), "post__title", "pk")
    )
    order = list(Part.values)
    found = sorted((_place(row) for row in rows), key=lambda place: order.index(place.part))
    return Parts(
        places=tuple(place for place in found if place.ends is None or place.ends >= day),
        ended=tuple(place for place in found if place.ends is not None and place.ends < day),
        defaults=tuple(_defaults(measure, day)),
        today=day,
    )


def past_of_parts(measure: Measure, as_at: datetime | None = None) -> list[Any]:
    """Every time a part was given, changed or ended by a moment, the first first."""
    known_by_then = Q() if as_at is None else Q(history_date__lte=as_at)
    rows = MeasureRole.history.filter(known_by_then, measure_id=measure.pk)
    return list(rows.select_related("post", "history_user").order_by("history_date", "history_id"))


def _place(row: MeasureRole) -> Place:
    return Place(
        key=row.pk,
        part=row.role,
        label=str(Part(row.role).label),
        post=row.post.title,
        unit=row.post.unit.name,
        people=_names(row.post.held),
        starts=row.starts,
        ends=row.ends,
    )


def _defaults(measure: Measure, day: date) -> Iterator[Default]:
    above = list(_unit_and_above(measure.unit_id))
    covering = Q(unit__in=above) | Q(unit__isnull=True)
    rows = Grant.objects.filter(running(day), covering, role__in=BY_ROLE).order_by("role", "pk")
    grants = list(rows.select_related("unit", "post", "person", "body"))
    people = reached(grants, day)
    for grant in grants:
        part = BY_ROLE[Role(grant.role)]
        yield Default(
            part=part,
            label=str(part.label),
            holder=grant.post.title if grant.post else grant.holder if grant.body else "",
            people=tuple(dict.fromkeys(person.name for person in people[grant.pk])),
            unit=grant.unit.name if grant.unit else "",
        )


def _unit_and_above(unit: int | None) -> Iterator[int]:
    parents = dict(Unit.objects.values_list("pk", "parent_id")) if unit else {}
    while unit is not None:
        yield unit
        unit = parents.pop(unit, None)


def _names(appointments: Iterable[Appointment]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.person.name for one in appointments))
