"""The staff list taken in: held against the record, its differences kept to be decided. Nothing is ever deleted."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from goldenthread.accounts.models import User
from goldenthread.council.extract.map import ExtractMap, read_map
from goldenthread.council.extract.reading import Read, read_extract
from goldenthread.council.extract.record import known, record
from goldenthread.council.models import Extract, ExtractRow
from goldenthread.domain import staff
from goldenthread.history.acts import Refused, acting
from goldenthread.history.clock import today
from goldenthread.package import faults as package


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
        ExtractRow.objects.bulk_create([_row(extract, place, one) for place, one in enumerate(rows, 1)], batch_size=500)
        return extract


def _row(extract: Extract, place: int, one: staff.Difference) -> ExtractRow:
    return ExtractRow(
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
