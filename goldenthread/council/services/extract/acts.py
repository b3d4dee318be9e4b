"""What each kind of difference in a staff list does once it is applied; each says whether there was anything to do."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from goldenthread.accounts.models import User
from goldenthread.council.checks import found as on_record
from goldenthread.council.checks import found_if_named, refuse_if
from goldenthread.council.models import Absence, Appointment, ExtractRow, Grant, Person, Post, Role, Seat, Unit
from goldenthread.council.roles import roles_of, running, who_has
from goldenthread.council.services.structure import reports_to_itself
from goldenthread.council.sign_in import signing_in
from goldenthread.domain.staff import Kind
from goldenthread.history.acts import Refused, keep
from goldenthread.history.clock import today
from goldenthread.history.models import Change
from goldenthread.web.addresses import leads_elsewhere


def _begin(row: ExtractRow, change: Change, by: User | None) -> bool:
    """Somebody new is added, a new post is set up, and the person appointed to it; of a move, the old one ends."""
    now = row.now
    post = Post.objects.filter(code=row.post).first() or _new_post(row, change)
    _refuse_administrator(by, post)
    person = _person(row) or _new_person(row, change)
    starts = date.fromisoformat(now["starts"])
    ends = _day(now.get("ends"))
    holding = Appointment.objects.filter(Q(ends__isnull=True) | Q(ends__gte=starts), person=person, post=post)
    begins = not holding.exists()
    if begins:
        keep(
            Appointment(
                person=person,
                post=post,
                kind=now.get("kind", "substantive"),
                fte=now.get("fte", ""),
                starts=starts,
                ends=ends,
            ),
            change,
        )
    _keep_sign_in(person, ends)
    left = row.kind == Kind.MOVES and _end(person, [row.was["post"]], _last_day(row), change)
    return begins or left


def _new_person(row: ExtractRow, change: Change) -> Person:
    code = row.number
    if Person.objects.filter(code__iexact=code).exists() or leads_elsewhere("council:person", code):
        code = f"staff-{row.number}"
    person = Person(code=code, name=row.name, email=row.now.get("email", ""), employee_number=row.number)
    keep(person, change)
    return person


def _new_post(row: ExtractRow, change: Change) -> Post:
    if leads_elsewhere("council:post", row.post):
        raise Refused({"": _("“%s” stands in the address of another page: give the post another number.") % row.post})
    manager = row.now.get("manager", "")
    if manager and not Post.objects.filter(code=manager).exists():
        raise Refused({"": _("The post above it, %s, is not on record yet: apply that first.") % manager})
    post = Post(
        code=row.post,
        title=row.now.get("title", row.post),
        unit=on_record(Unit, "", row.now["unit"]),
        reports_to=found_if_named(Post, "", manager),
    )
    keep(post, change)
    return post


def _set_up(row: ExtractRow, change: Change, by: User | None) -> bool:
    """A post that nobody holds yet."""
    if Post.objects.filter(code=row.post).exists():
        return False
    _new_post(row, change)
    return True


def _leave_post(row: ExtractRow, change: Change, by: User | None) -> bool:
    return _end(on_record(Person, "", row.person), [row.was["post"]], _last_day(row), change)


def _leave(row: ExtractRow, change: Change, by: User | None) -> bool:
    """The appointments end, and with them every role and seat given by name; then the sign-in is closed."""
    person, last = on_record(Person, "", row.person), _last_day(row)
    alone = who_has(Role.ADMINISTRATOR, last + timedelta(days=1)) == {person.pk}
    if alone and not User.objects.filter(signing_in(), is_superuser=True).exclude(pk=person.user_id).exists():
        raise Refused({"": _("This is the last administrator: give the role to somebody else first.")})
    ended = _end(person, row.was["posts"].split(), last, change)
    stays = Appointment.objects.filter(Q(ends__isnull=True) | Q(ends__gt=last), person=person).exists()
    if stays:
        return ended
    for model in (Grant, Seat):
        for one in model.objects.select_for_update().filter(running(last), person=person):
            if one.ends is None or one.ends > last:
                one.ends = last
                keep(one, change)
    return _close_sign_in(person, last) or ended


def _close_sign_in(person: Person, last: date) -> bool:
    """After that day, which may be to come. One that an administrator closed stays closed."""
    if person.user is None or person.user.last_day == last:
        return False
    person.user.last_day = last
    person.user.is_active = person.user.is_active and last >= today()
    person.user.save(update_fields=["last_day", "is_active"])
    return True


def _keep_sign_in(person: Person, ends: date | None) -> None:
    """Somebody who was to leave stays: the sign-in stays open; where it was closed already, it is opened by hand."""
    user = person.user
    if user is not None and user.last_day is not None and (ends is None or ends > user.last_day):
        user.is_active, user.last_day = user.is_active and user.last_day >= today(), None
        user.save(update_fields=["last_day", "is_active"])


def _stay(row: ExtractRow, change: Change, by: User | None) -> bool:
    person = on_record(Person, "", row.person)
    ending = Appointment.objects.select_for_update().filter(
        person=person, post__code=row.post, ends=date.fromisoformat(row.was["last_day"])
    )
    done = False
    for one in ending:
        one.ends, done = None, True
        keep(one, change)
    if done:
        _keep_sign_in(person, None)
    return done


def _end(person: Person, posts: list[str], last: date, change: Change) -> bool:
    """End these appointments on a day; what would end before it began lasts its first day."""
    rows = Appointment.objects.select_for_update().filter(
        Q(ends__isnull=True) | Q(ends__gt=last), person=person, post__code__in=posts
    )
    done = False
    for one in rows.order_by("pk"):
        one.ends, done = max(last, one.starts or last), True
        keep(one, change)
    return done


def _manage(row: ExtractRow, change: Change, by: User | None) -> bool:
    post = on_record(Post, "", row.post)
    manager = on_record(Post, "", row.now["manager"])
    if post.reports_to_id == manager.pk:
        return False
    post.reports_to = manager
    if reports_to_itself(post):
        raise Refused({"": _("%s reports to this post, directly or through others.") % manager.title})
    keep(post, change)
    return True


def _change_post(row: ExtractRow, change: Change, by: User | None) -> bool:
    post = on_record(Post, "", row.post)
    unit = on_record(Unit, "", row.now["unit"]) if "unit" in row.now else post.unit
    title = row.now.get("title", post.title)
    if (post.title, post.unit_id) == (title, unit.pk):
        return False
    post.title, post.unit = title, unit
    keep(post, change)
    return True


def _change_fte(row: ExtractRow, change: Change, by: User | None) -> bool:
    person = on_record(Person, "", row.person)
    holding = Appointment.objects.select_for_update().filter(
        Q(ends__isnull=True) | Q(ends__gte=row.extract.day), person=person, post__code=row.post
    )
    one = holding.order_by("pk").last()
    if one is None:
        raise Refused({"": _("%(name)s holds that post no longer.") % {"name": person.name}})
    if one.fte == row.now["fte"]:
        return False
    one.fte = row.now["fte"]
    keep(one, change)
    return True


def _be_absent(row: ExtractRow, change: Change, by: User | None) -> bool:
    person = _person(row)
    if person is None:
        raise Refused({"": _("%s is not on record yet: apply their start first.") % row.name})
    running_now = Absence.objects.select_for_update().filter(running(row.extract.day), person=person).first()
    if "absent_from" in row.now:
        if running_now is not None:
            return False
        keep(
            Absence(
                person=person,
                starts=date.fromisoformat(row.now["absent_from"]),
                ends=_day(row.now.get("absent_until")),
            ),
            change,
        )
        return True
    if running_now is None:
        return False
    running_now.ends = max(_last_day(row), running_now.starts)
    keep(running_now, change)
    return True


def _change_details(row: ExtractRow, change: Change, by: User | None) -> bool:
    person = on_record(Person, "", row.person)
    said = {"name": "name", "email": "email", "number": "employee_number"}
    changed = {said[name]: text for name, text in row.now.items() if getattr(person, said[name]) != text}
    if "employee_number" in changed:
        other = Person.objects.filter(employee_number=changed["employee_number"]).exclude(pk=person.pk).first()
        refuse_if({"": _("%s has that employee number.") % other.name} if other else {})
    for name, text in changed.items():
        setattr(person, name, text)
    if changed:
        keep(person, change)
    return bool(changed)


ACTS: Mapping[Kind, Callable[[ExtractRow, Change, User | None], bool]] = {
    Kind.STARTS: _begin,
    Kind.MOVES: _begin,
    Kind.TAKES_POST: _begin,
    Kind.LEAVES_POST: _leave_post,
    Kind.LEAVES: _leave,
    Kind.STAYS: _stay,
    Kind.VACANT: _set_up,
    Kind.MANAGER: _manage,
    Kind.POST: _change_post,
    Kind.FTE: _change_fte,
    Kind.ABSENCE: _be_absent,
    Kind.DETAILS: _change_details,
}


def _person(row: ExtractRow) -> Person | None:
    if row.person:
        return on_record(Person, "", row.person)
    return Person.objects.filter(employee_number=row.number).first()


def _refuse_administrator(by: User | None, post: Post) -> None:
    """Whoever looks after the staff list does not thereby make administrators."""
    if by is None or roles_of(by).has(Role.ADMINISTRATOR):
        return
    brings = Grant.objects.filter(Q(ends__isnull=True) | Q(ends__gte=today()), post=post, role=Role.ADMINISTRATOR)
    if brings.exists():
        raise Refused({"": _("The post brings the role of an administrator: an administrator applies this row.")})


def _last_day(row: ExtractRow) -> date:
    return date.fromisoformat(row.now["last_day"])


def _day(text: Any) -> date | None:
    return date.fromisoformat(text) if text else None
