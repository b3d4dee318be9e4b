"""Roles: given to a person or a post, for a unit and all below it, and ended."""

from datetime import date

from django.utils.translation import gettext as _

from goldenthread.accounts.models import User
from goldenthread.council.checks import dates_fault, found_if_named, refuse_if
from goldenthread.council.models import Grant, Person, Post, Role, Unit
from goldenthread.council.roles import running
from goldenthread.history.acts import Refused, acting, keep
from goldenthread.history.clock import today


def grant_role(
    *,
    by: User | None,
    role: str,
    person: str = "",
    post: str = "",
    unit: str = "",
    starts: date | None = None,
    ends: date | None = None,
    reason: str = "",
) -> Grant:
    """Give a role to a person, or to whoever holds a post. Raises Refused unless to one of them, or if held already."""
    if bool(person) == bool(post):
        raise Refused({"person": _("Give the role to a person or to a post.")})
    if role not in Role.values:
        raise Refused({"role": _("Choose a role.")})
    with acting(
        by=by, verb="grant_role", object=f"person {person}" if person else f"post {post}", reason=reason
    ) as change:
        refuse_if(dates_fault(starts, ends))
        grant = Grant(
            role=role,
            person=found_if_named(Person, "person", person),
            post=found_if_named(Post, "post", post),
            unit=found_if_named(Unit, "unit", unit),
            starts=starts,
            ends=ends,
        )
        same = Grant.objects.filter(
            running(starts or today()), role=role, person=grant.person, post=grant.post, unit=grant.unit
        )
        if same.exists():
            raise Refused({"role": _("That role is held already.")})
        keep(grant, change)
        return grant


def end_grant(*, by: User | None, grant: int, ends: date, reason: str = "") -> Grant:
    """End a role at the end of a day. Raises Refused for the last administrator, who must let others in."""
    row = Grant.objects.select_related("person", "post").filter(pk=grant).first()
    if row is None:
        raise Refused({"": _("That role is not on record.")})
    holder = f"person {row.person.code}" if row.person else f"post {row.post.code}"
    with acting(by=by, verb="end_grant", object=holder, reason=reason) as change:
        faults = dates_fault(row.starts, ends)
        others = Grant.objects.filter(running(today()), role=Role.ADMINISTRATOR).exclude(pk=row.pk)
        if row.role == Role.ADMINISTRATOR and not others.exists():
            faults[""] = _("This is the last administrator: give the role to somebody else first.")
        refuse_if(faults)
        row.ends = ends
        keep(row, change)
        return row
