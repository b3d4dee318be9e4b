"""Whose work a measure is: the measures that a person gives the figures of, and those that they answer for."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from goldenthread.council.models import Appointment, Grant, Person, Role
from goldenthread.council.roles import EVERYWHERE, roles_of, running
from goldenthread.history.clock import today
from goldenthread.measures.models import MeasureRole

Part = MeasureRole.Part
NOTHING = Q(pk__in=[])
#: An empty Q would drop out of an "or".
EVERYTHING = ~NOTHING


@dataclass(frozen=True)
class Duties:
    """As conditions on measures: ``enters`` figures, ``answers`` for them."""

    enters: Q
    answers: Q

    @property
    def any(self) -> Q:
        return self.enters | self.answers


def duties_of(user: Any) -> Duties:
    """A person's own measures, by the posts they hold today and the units of their roles; in no queries but those."""
    roles = roles_of(user)
    held = MeasureRole.objects.filter(running(today()), post__in=roles.posts)
    if not roles.posts and not roles.units:
        return Duties(NOTHING, NOTHING)
    enters = Q(pk__in=held.filter(role__in=(Part.SUPPLIER, Part.OWNER)).values("measure"))
    answers = Q(pk__in=held.filter(role__in=(Part.OWNER, Part.HEAD, Part.DIRECTOR)).values("measure"))
    return Duties(
        (enters | _covered(roles.units, Role.SUPPLIER)) & Q(formula=""),
        answers | _covered(roles.units, Role.HEAD_OF_SERVICE),
    )


def other_officers(user: Any) -> list[str]:
    """Some of the performance officers of the whole council besides ``user``, in one query."""
    grants = Grant.objects.filter(running(today()), role=Role.PERFORMANCE_OFFICER, unit__isnull=True)
    held = Appointment.objects.filter(running(today()), post__in=grants.filter(post__isnull=False).values("post"))
    people = Person.objects.filter(Q(pk__in=held.values("person")) | Q(pk__in=grants.values("person")))
    return list(people.exclude(user=user).order_by("name").values_list("name", flat=True)[:3])


def _covered(units: dict[str, frozenset[int] | None], role: str) -> Q:
    """The measures of the units that a role covers; of a role for everywhere, those of every unit."""
    if role not in units:
        return NOTHING
    covered = units[role]
    return EVERYTHING if covered is EVERYWHERE else Q(unit__in=covered)
