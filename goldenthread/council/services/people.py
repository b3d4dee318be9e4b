"""People and the posts they hold."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from goldenthread.accounts.models import User
from goldenthread.council.checks import address_fault, dates_fault, empty_faults, found, refuse_if, taken_fault
from goldenthread.council.models import Appointment, AppointmentKind, Person, Post
from goldenthread.history.acts import Refused, acting, keep


def add_person(
    *, by: User | None, code: str, name: str, email: str = "", employee_number: str = "", reason: str = ""
) -> Person:
    """Add somebody. Raises Refused for a code or an employee number in use."""
    faults = empty_faults(code=code, name=name) | taken_fault(Person, code) | address_fault("council:person", code)
    refuse_if(faults | _number_fault(employee_number))
    with acting(by=by, verb="add_person", object=f"person {code}", reason=reason) as change:
        person = Person(code=code, name=name, email=email, employee_number=employee_number)
        keep(person, change)
        return person


def change_person(*, by: User | None, person: str, changes: Mapping[str, Any], reason: str = "") -> Person:
    """Change somebody's name, e-mail address or employee number."""
    with acting(by=by, verb="change_person", object=f"person {person}", reason=reason) as change:
        row = found(Person, "person", person)
        for name, value in changes.items():
            setattr(row, name, value)
        refuse_if(empty_faults(name=row.name) | _number_fault(row.employee_number, besides=row))
        keep(row, change)
        return row


def appoint(
    *,
    by: User | None,
    person: str,
    post: str,
    kind: str = AppointmentKind.SUBSTANTIVE,
    starts: date | None = None,
    ends: date | None = None,
    reason: str = "",
) -> Appointment:
    """Put somebody in a post from a day on: with it come its roles and its parts in measures, and leave with it."""
    with acting(by=by, verb="appoint", object=f"person {person}", reason=reason) as change:
        who, where = found(Person, "person", person), found(Post, "post", post)
        refuse_if(dates_fault(starts, ends))
        holding = Appointment.objects.filter(person=who, post=where).filter(_still_on(starts))
        if holding.exists():
            raise Refused({"post": _("%(name)s holds that post then already.") % {"name": who.name}})
        appointment = Appointment(person=who, post=where, kind=kind, starts=starts, ends=ends)
        keep(appointment, change)
        return appointment


def end_appointment(*, by: User | None, appointment: int, ends: date, reason: str = "") -> Appointment:
    """End an appointment at the end of a day."""
    row = Appointment.objects.select_related("person").filter(pk=appointment).first()
    if row is None:
        raise Refused({"": _("That appointment is not on record.")})
    with acting(by=by, verb="end_appointment", object=f"person {row.person.code}", reason=reason) as change:
        refuse_if(dates_fault(row.starts, ends))
        row.ends = ends
        keep(row, change)
        return row


def _still_on(day: date | None) -> Q:
    return Q(ends__isnull=True) if day is None else Q(ends__isnull=True) | Q(ends__gte=day)


def _number_fault(number: str, besides: Person | None = None) -> dict[str, str]:
    others = Person.objects.filter(employee_number=number).exclude(pk=besides.pk if besides else None)
    if number and others.exists():
        return {"employee_number": _("%(name)s has that employee number.") % {"name": others[0].name}}
    return {}
