"""What is on record of those whom an extract names, or should name; nothing here writes.

An extract is of those whom the council employs: who has an employee number and holds no post of a partner. Councillors
have none, and stay out of it.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from django.db.models import Q

from goldenthread.council.extract.reading import Known
from goldenthread.council.models import Absence, Appointment, Person, Post, Unit, UnitKind
from goldenthread.council.roles import running, units_below
from goldenthread.domain.staff import HeldNow, Line, PersonNow, PostNow, Record


def known(day: date) -> Known:
    """What an extract may name; two queries."""
    units = {}
    for code, name in Unit.objects.filter(running(day)).values_list("code", "name"):
        units[name.casefold()] = code
    units |= {code.casefold(): code for code in list(units.values())}
    return Known(units, frozenset(Post.objects.values_list("code", flat=True)))


def record(lines: Sequence[Line], day: date) -> Record:
    """The record against which ``lines`` are held; six queries."""
    people = _people(lines, day)
    return Record(people=people, posts=_posts(), held=_held(people, day))


def _people(lines: Sequence[Line], day: date) -> dict[str, PersonNow]:
    """By employee number; who has none yet is known by an e-mail address that is theirs alone."""
    absent = dict(Absence.objects.filter(running(day)).values_list("person", "starts"))
    unnumbered: dict[str, list[Person]] = {}
    found = {}
    for person in Person.objects.order_by("pk"):
        if person.employee_number:
            found[person.employee_number] = _now(person, absent.get(person.pk))
        elif person.email:
            unnumbered.setdefault(person.email.casefold(), []).append(person)
    for line in lines:
        same = unnumbered.get(line.email.casefold(), []) if line.number not in found else []
        if len(same) == 1:
            found[line.number] = _now(same[0], absent.get(same[0].pk), unnumbered=True)
    return found


def _now(person: Person, absent: date | None, *, unnumbered: bool = False) -> PersonNow:
    return PersonNow(person.code, person.name, person.email, absent, unnumbered)


def _posts() -> dict[str, PostNow]:
    rows = Post.objects.values_list("code", "title", "unit__code", "reports_to__code")
    return {code: PostNow(title, unit, manager or "") for code, title, unit, manager in rows}


def _held(people: dict[str, PersonNow], day: date) -> list[HeldNow]:
    numbers = {person.code: number for number, person in people.items()}
    rows = (
        Appointment.objects.filter(Q(ends__isnull=True) | Q(ends__gte=day))
        .exclude(post__unit__in=_of_partners())
        .order_by("pk")
        .values_list("person__code", "post__code", "fte", "starts", "ends")
    )
    return [HeldNow(numbers[person], *rest) for person, *rest in rows if person in numbers]


def _of_partners() -> Collection[int]:
    partners: Iterable[int] = Unit.objects.filter(kind=UnitKind.PARTNER).values_list("pk", flat=True)
    below = units_below()
    return frozenset().union(*(below[key] for key in partners))
