"""Roles: given to a person, a post or the seats of a body, for a unit and all below it, and ended."""

from datetime import date

from django.utils.translation import gettext as _

from goldenthread.accounts.models import User
from goldenthread.council.checks import dates_fault, found_if_named, refuse_if
from goldenthread.council.models import Body, Grant, Person, Post, Role, Seat, Unit
from goldenthread.council.roles import running, who_has
from goldenthread.history.acts import Refused, acting, keep
from goldenthread.history.clock import today


def grant_role(
    *,
    by: User | None,
    role: str,
    person: str = "",
    post: str = "",
    body: str = "",
    seat: str = "",
    unit: str = "",
    starts: date | None = None,
    ends: date | None = None,
    reason: str = "",
) -> Grant:
    """Give a role to a person, to whoever holds a post, or to whoever sits in a seat of a body, or in any seat of it.

    Raises Refused unless to one of them, for a seat that is none, and if held already.
    """
    if sum(map(bool, (person, post, body))) != 1:
        raise Refused({"person": _("Give the role to a person, a post or a seat: to one of them.")})
    if role not in Role.values:
        raise Refused({"role": _("Choose a role.")})
    with acting(by=by, verb="grant_role", object=_holder(person, post, body), reason=reason) as change:
        refuse_if(dates_fault(starts, ends))
        grant = Grant(
            role=role,
            person=found_if_named(Person, "person", person),
            post=found_if_named(Post, "post", post),
            body=found_if_named(Body, "body", body),
            seat=seat,
            unit=found_if_named(Unit, "unit", unit),
            starts=starts,
            ends=ends,
        )
        if seat and not Seat.objects.filter(body=grant.body, code=seat).exists():
            raise Refused({"seat": _("There is no seat %(seat)s on %(body)s.") % {"seat": seat, "body": grant.body}})
        same = Grant.objects.filter(
            running(starts or today()),
            role=role,
            person=grant.person,
            post=grant.post,
            body=grant.body,
            seat=seat,
            unit=grant.unit,
        )
        if same.exists():
            raise Refused({"role": _("That role is held already.")})
        keep(grant, change)
        return grant


def end_grant(*, by: User | None, grant: int, ends: date, reason: str = "") -> Grant:
    """End a role at the end of a day. Raises Refused for the last administrator, who must let others in."""
    row = Grant.objects.select_related("person", "post", "body").filter(pk=grant).first()
    if row is None:
        raise Refused({"": _("That role is not on record.")})
    named = [one.code if one else "" for one in (row.person, row.post, row.body)]
    with acting(by=by, verb="end_grant", object=_holder(*named), reason=reason) as change:
        faults = dates_fault(row.starts, ends)
        if row.role == Role.ADMINISTRATOR and not who_has(Role.ADMINISTRATOR, today(), besides=row.pk):
            faults[""] = _("This is the last administrator: give the role to somebody else first.")
        refuse_if(faults)
        row.ends = ends
        keep(row, change)
        return row


def _holder(person: str, post: str, body: str) -> str:
    return f"person {person}" if person else f"post {post}" if post else f"body {body}"
