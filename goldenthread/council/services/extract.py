"""The staff list taken in: kept as differences, each applied or refused by an officer. Nothing is ever deleted."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from goldenthread.accounts.models import User
from goldenthread.council.checks import found as on_record
from goldenthread.council.checks import found_if_named, refuse_if
from goldenthread.council.extract.map import ExtractMap, read_map
from goldenthread.council.extract.reading import Read, read_extract
from goldenthread.council.extract.record import known, record
from goldenthread.council.models import Absence, Appointment, Extract, ExtractRow, Grant, Person, Post, Role, Seat, Unit
from goldenthread.council.roles import roles_of, running, who_has
from goldenthread.council.services.structure import reports_to_itself
from goldenthread.domain import staff
from goldenthread.domain.staff import Kind
from goldenthread.history.acts import Refused, acting, keep
from goldenthread.history.clock import today
from goldenthread.history.models import Change
from goldenthread.package import faults as package
from goldenthread.web.addresses import leads_elsewhere

Row, State = ExtractRow, ExtractRow.State


@dataclass(frozen=True)
class Compared:
    """An extract held against the record: how many lines it has, what differs, and how much of it would end."""

    lines: int
    rows: Sequence[staff.Difference]
    held: int
    ending: int
    most_ending: int

    @property
    def is_too_much(self) -> bool:
        return staff.too_many(self.ending, self.held, self.most_ending)


def compare_extract(
    *, file: str, content: bytes, map_text: str, map_file: str = "map", day: date | None = None
) -> Compared:
    """Read and check an extract whole and hold it against the record; nothing is kept.

    Raises package.faults.Refused with every fault.
    """
    day = day or today()
    read_as, read = _read(file, content, map_text, map_file, day)
    return _compare(read_as, read, day)


def _read(file: str, content: bytes, map_text: str, map_file: str, day: date) -> tuple[ExtractMap, Read]:
    faults = package.Faults()
    read_as = read_map(map_text, map_file, faults)
    read = None if read_as is None or faults else read_extract(file, content, read_as, known(day), faults)
    if read_as is None or read is None or faults:
        raise package.Refused(faults)
    return read_as, read


def _compare(read_as: ExtractMap, read: Read, day: date) -> Compared:
    stands = record(read.lines, day)
    rows = staff.differences(read.lines, stands, day, says=read.says)
    return Compared(len(read.lines), rows, len(stands.held), staff.ended(rows, day), read_as.most_ending)


def take_in_extract(
    *, by: User | None, file: str, content: bytes, map_text: str, map_file: str = "map", day: date | None = None
) -> Extract:
    """Keep what an extract says differs from the record, to be decided row by row.

    Earlier extracts are set aside: what is still open in them stands in the new one too. An extract that would end more
    appointments than its map allows is held back until somebody says that it is whole (``release_extract``). Raises
    package.faults.Refused with every fault, and then nothing is kept.
    """
    day = day or today()
    read_as, read = _read(file, content, map_text, map_file, day)
    with acting(by=by, verb="take_in_extract", object=f"extract {file}", source=file) as change:
        earlier = Extract.objects.select_for_update().filter(state__in=(Extract.State.OPEN, Extract.State.HELD))
        list(earlier.values_list("pk"))  # held until this one stands in their place
        found = _compare(read_as, read, day)
        earlier.update(state=Extract.State.SET_ASIDE)
        extract = Extract.objects.create(
            file=file[:200],
            digest=hashlib.sha256(content).hexdigest(),
            day=day,
            map=map_text,
            lines=found.lines,
            held=found.held,
            ending=found.ending,
            most_ending=found.most_ending,
            state=Extract.State.HELD if found.is_too_much else Extract.State.OPEN,
            change=change,
        )
        rows = staff.in_order_of_acts(found.rows)
        Row.objects.bulk_create([_row(extract, place, one) for place, one in enumerate(rows, 1)], batch_size=500)
        return extract


def _row(extract: Extract, place: int, one: staff.Difference) -> ExtractRow:
    return Row(
        extract=extract,
        order=place,
        kind=one.kind.value,
        line=one.line,
        number=one.number,
        person=one.person,
        name=one.name,
        post=one.post,
        was=dict(one.was),
        now=dict(one.now),
        key=one.key,
    )


def release_extract(*, by: User | None, extract: int, reason: str) -> Extract:
    """Say that an extract is whole, though it would end many appointments: its rows can then be decided."""
    return _move_on(by, "release_extract", extract, Extract.State.HELD, Extract.State.OPEN, reason)


def set_extract_aside(*, by: User | None, extract: int, reason: str = "") -> Extract:
    """Take an extract out of use. What was decided stays decided; the rest of it is not."""
    return _move_on(by, "set_extract_aside", extract, None, Extract.State.SET_ASIDE, reason)


def _move_on(by: User | None, verb: str, key: int, before: str | None, after: str, reason: str) -> Extract:
    with acting(by=by, verb=verb, object=f"extract {key}", reason=reason) as change:
        extract = Extract.objects.select_for_update().filter(pk=key).first()
        if extract is None:
            raise Refused({"": _("That extract is not on record.")})
        if extract.state == after or (before is not None and extract.state != before):
            raise Refused({"": _("Somebody has decided on this extract already.")})
        if before is not None and not change.reason.strip():
            raise Refused({"reason": _("Say how you know that it is whole.")})
        extract.state = after
        extract.save(update_fields=["state"])
        return extract


def apply_extract_row(*, by: User | None, row: int) -> ExtractRow:
    """Make one difference true. What is true already is marked so, and nothing else is written.

    Raises Refused where somebody else has decided, where it is about the one who applies it, where it would make an
    administrator and the one who applies it is none, and where what it stands on is not on record.
    """
    with acting(by=by, verb="apply_extract_row", object=f"extract row {row}") as change:
        mine = _open_row(row)
        _refuse_own(by, mine)
        change.object, change.source = (
            _about(mine),
            f"{mine.extract.file}:{mine.line}" if mine.line else mine.extract.file,
        )
        change.save(update_fields=["object", "source"])
        done = _ACTS[Kind(mine.kind)](mine, change, by)
        return _decide(mine, State.APPLIED if done else State.ALREADY, "", change)


def refuse_extract_row(*, by: User | None, row: int, word: str) -> ExtractRow:
    """Leave the record as it is, with a word that says why. Should the next extract say the same, it is told there."""
    with acting(by=by, verb="refuse_extract_row", object=f"extract row {row}", reason=word) as change:
        mine = _open_row(row)
        if not word.strip():
            raise Refused({"word": _("Write a word on why.")})
        change.object = _about(mine)
        change.save(update_fields=["object"])
        return _decide(mine, State.REFUSED, word.strip()[:300], change)


def _decide(row: ExtractRow, state: str, word: str, change: Change) -> ExtractRow:
    row.state, row.word, row.decided = state, word, change
    row.save(update_fields=["state", "word", "decided"])
    return row


def _about(row: ExtractRow) -> str:
    if row.kind in (Kind.MANAGER, Kind.POST):
        return f"post {row.post}"
    return f"person {row.person or row.number}"


def _open_row(key: int) -> ExtractRow:
    row = Row.objects.select_for_update().filter(pk=key).first()
    if row is None:
        raise Refused({"": _("That row is not on record.")})
    extract = Extract.objects.select_for_update().get(pk=row.extract_id)
    row.extract = extract
    if row.decided_id is not None:
        decided = Change.objects.get(pk=row.decided_id)
        said = {"who": decided.by_name or _("the system"), "what": row.get_state_display().lower()}
        raise Refused({"": _("%(who)s decided on it already: %(what)s.") % said})
    if extract.state == Extract.State.HELD:
        raise Refused({"": _("This extract is held back: say first that it is whole.")})
    if extract.state == Extract.State.SET_ASIDE:
        raise Refused({"": _("This extract was set aside: look at the latest one.")})
    return row


def _refuse_own(by: User | None, row: ExtractRow) -> None:
    if by is None:
        return
    person = roles_of(by).person
    if person is not None and row.person == person.code:
        raise Refused({"": _("It is about you: somebody else applies it.")})


# What each kind of difference does; each says whether there was anything to do.


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


def _leave_post(row: ExtractRow, change: Change, by: User | None) -> bool:
    return _end(on_record(Person, "", row.person), [row.was["post"]], _last_day(row), change)


def _leave(row: ExtractRow, change: Change, by: User | None) -> bool:
    """The appointments end, and with them every role and seat given by name; then the sign-in is closed."""
    person, last = on_record(Person, "", row.person), _last_day(row)
    alone = who_has(Role.ADMINISTRATOR, last + timedelta(days=1)) == {person.pk}
    if alone and not User.objects.filter(is_superuser=True, is_active=True).exclude(pk=person.user_id).exists():
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
    if person.user is not None and person.user.is_active and last < today():
        person.user.is_active = False
        person.user.save(update_fields=["is_active"])
    return ended


def _stay(row: ExtractRow, change: Change, by: User | None) -> bool:
    person = on_record(Person, "", row.person)
    ending = Appointment.objects.select_for_update().filter(
        person=person, post__code=row.post, ends=date.fromisoformat(row.was["last_day"])
    )
    done = False
    for one in ending:
        one.ends, done = None, True
        keep(one, change)
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


_ACTS: Mapping[Kind, Callable[[ExtractRow, Change, User | None], bool]] = {
    Kind.STARTS: _begin,
    Kind.MOVES: _begin,
    Kind.TAKES_POST: _begin,
    Kind.LEAVES_POST: _leave_post,
    Kind.LEAVES: _leave,
    Kind.STAYS: _stay,
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
