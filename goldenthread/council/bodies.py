"""The verbs of bodies: one is set up, people take seats and leave them, and it is wound up. Nothing is deleted."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext as _

from goldenthread.accounts.models import User
from goldenthread.council.models import Body, BodyKind, Person, Post, Seat, Unit
from goldenthread.council.roles import running
from goldenthread.history.acts import Refused, acting, keep


def add_body(
    *,
    by: User | None,
    code: str,
    name: str,
    kind: str = BodyKind.COMMITTEE,
    unit: str = "",
    starts: date | None = None,
    ends: date | None = None,
    reason: str = "",
) -> Body:
    """Set up a body. Raises Refused for a code in use, an unknown unit or dates the wrong way round."""
    faults = _dates(starts, ends) | _empty(code=code, name=name)
    if Body.objects.filter(code=code).exists():
        faults["code"] = _("There is a body %s already.") % code
    if faults:
        raise Refused(faults)
    with acting(by=by, verb="add_body", object=f"body {code}", reason=reason) as change:
        body = Body(code=code, name=name, kind=kind, unit=_find(Unit, "unit", unit), starts=starts, ends=ends)
        keep(body, change)
        return body


def change_body(*, by: User | None, body: str, changes: Mapping[str, Any], reason: str = "") -> Body:
    """Change a body's name, kind, unit or dates."""
    with acting(by=by, verb="change_body", object=f"body {body}", reason=reason) as change:
        found = _body(body)
        for name, value in changes.items():
            setattr(found, name, _find(Unit, "unit", value) if name == "unit" else value)
        if faults := _dates(found.starts, found.ends) | _empty(name=found.name):
            raise Refused(faults)
        keep(found, change)
        return found


def take_seat(
    *,
    by: User | None,
    body: str,
    seat: str,
    role: str = "",
    group: str = "",
    person: str = "",
    post: str = "",
    starts: date | None = None,
    ends: date | None = None,
    reason: str = "",
) -> Seat:
    """Somebody, or whoever holds a post, sits from ``starts`` on; whoever sat there until then leaves the day before.

    A seat may be vacant. Its role and group go on unless others are given. Raises Refused by the field.
    """
    if person and post:
        raise Refused({"post": _("Give the seat to a person or to a post, not to both.")})
    if faults := _dates(starts, ends) | _empty(seat=seat):
        raise Refused(faults)
    with acting(by=by, verb="take_seat", object=f"body {body}", reason=reason) as change:
        found = _body(body)
        before = found.seats.filter(code=seat)
        last = before.filter(_overlapping(starts, ends)).last()
        _refuse_to_sit_twice(before, last, starts, ends)
        if last is not None and starts is not None:
            last.ends = starts - timedelta(days=1)
            keep(last, change)
        earlier = last or before.last()
        holding = Seat(
            body=found,
            code=seat,
            role=role or (earlier.role if earlier else ""),
            group=group or (earlier.group if earlier else ""),
            person=_find(Person, "person", person),
            post=_find(Post, "post", post),
            order=earlier.order if earlier else (found.seats.aggregate(last=Max("order"))["last"] or 0) + 1,
            starts=starts,
            ends=ends,
        )
        keep(holding, change)
        return holding


def leave_seat(*, by: User | None, body: str, seat: str, ends: date, reason: str = "") -> Seat:
    """Whoever sits there on ``ends`` leaves at the end of that day; the seat is vacant from the next."""
    with acting(by=by, verb="leave_seat", object=f"body {body}", reason=reason) as change:
        holding = _body(body).seats.filter(running(ends), code=seat).last()
        if holding is None:
            raise Refused({"seat": _("Nobody sits there on that day.")})
        holding.ends = ends
        keep(holding, change)
        return holding


def _refuse_to_sit_twice(before: QuerySet[Seat], last: Seat | None, starts: date | None, ends: date | None) -> None:
    if last is None:
        return
    if starts is None or (last.starts is not None and last.starts >= starts):
        raise Refused({"starts": _("Somebody sits there already then: choose a later day.")})
    if before.filter(_overlapping(starts, ends)).count() > 1 or (last.ends and ends and ends < last.ends):
        raise Refused({"ends": _("Somebody sits there again before that day: choose an earlier one.")})


def _overlapping(starts: date | None, ends: date | None) -> Q:
    found = Q()
    if ends is not None:
        found &= Q(starts__isnull=True) | Q(starts__lte=ends)
    if starts is not None:
        found &= Q(ends__isnull=True) | Q(ends__gte=starts)
    return found


def _body(code: str) -> Body:
    found = Body.objects.select_for_update().filter(code=code).first()
    if found is None:
        raise Refused({"body": _("There is no body %s.") % code})
    return found


def _find(model: Any, field: str, code: str) -> Any:
    if not code:
        return None
    found = model.objects.filter(code=code).first()
    if found is None:
        raise Refused({field: _("There is no %(kind)s %(code)s.") % {"kind": field, "code": code}})
    return found


def _dates(starts: date | None, ends: date | None) -> dict[str, str]:
    if starts and ends and ends < starts:
        return {"ends": _("It ends before it starts: choose a later day.")}
    return {}


def _empty(**texts: str) -> dict[str, str]:
    return {name: _("Write one.") for name, text in texts.items() if not text.strip()}
