"""What an extract of the staff list says against what is on record: who starts, moves, leaves, and on what terms.

Priya Nair moved from the bins to the parks; Tom Field is in the extract no longer; Ann Lowe is new:

>>> day = date(2027, 1, 18)
>>> record = Record(
...     people={"1": PersonNow("priya-nair", "Priya Nair"), "2": PersonNow("tom-field", "Tom Field")},
...     posts={"BIN-1": PostNow("Loader", "WST", ""), "PRK-1": PostNow("Gardener", "PRK", "")},
...     held=[HeldNow("1", "BIN-1", "1", date(2020, 4, 1)), HeldNow("2", "PRK-1", "1", date(2019, 4, 1))],
... )
>>> lines = [
...     Line(line=2, number="1", name="Priya Nair", post="PRK-1", title="Gardener", unit="PRK", fte="1"),
...     Line(line=3, number="3", name="Ann Lowe", post="BIN-1", title="Loader", unit="WST", fte="0.6"),
... ]
>>> for found in differences(lines, record, day, says=frozenset({"fte"})):
...     print(found.kind.value, found.name, dict(found.was), found.now.get("last_day", found.now.get("starts")))
starts Ann Lowe {} 2027-01-18
moves Priya Nair {'post': 'BIN-1'} 2027-01-17
leaves Tom Field {'posts': 'PRK-1'} 2027-01-17

What is true already is no difference, and nothing but the employee number says who somebody is. Source: docs/staff.md.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from types import MappingProxyType

NOTHING: Mapping[str, str] = MappingProxyType({})


class Kind(StrEnum):
    """What a difference is about, in the order in which a reader is shown them."""

    STARTS = "starts"
    MOVES = "moves"
    TAKES_POST = "takes_post"
    LEAVES_POST = "leaves_post"
    LEAVES = "leaves"
    STAYS = "stays"
    VACANT = "vacant"
    MANAGER = "manager"
    POST = "post"
    FTE = "fte"
    ABSENCE = "absence"
    DETAILS = "details"


#: In which order differences are applied: posts before those who take them, leavers last, so that no team is empty.
APPLIED = (
    Kind.POST,
    Kind.DETAILS,
    Kind.VACANT,
    Kind.STARTS,
    Kind.MOVES,
    Kind.TAKES_POST,
    Kind.MANAGER,
    Kind.FTE,
    Kind.ABSENCE,
    Kind.STAYS,
    Kind.LEAVES_POST,
    Kind.LEAVES,
)
#: What ends an appointment.
ENDING = (Kind.MOVES, Kind.LEAVES_POST, Kind.LEAVES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A person in a post, as the extract has it; without a number a post that nobody holds.

    ``manager`` is the post reported to; ``kind`` how the post is held.
    """

    line: int
    number: str
    name: str
    post: str
    title: str = ""
    unit: str = ""
    email: str = ""
    manager: str = ""
    kind: str = ""
    fte: str = ""
    starts: date | None = None
    ends: date | None = None
    absent_from: date | None = None
    absent_until: date | None = None


@dataclass(frozen=True, slots=True)
class PersonNow:
    """Somebody on record; known so far by their e-mail address alone where they are ``unnumbered``."""

    code: str
    name: str
    email: str = ""
    absent_from: date | None = None
    unnumbered: bool = False


@dataclass(frozen=True, slots=True)
class PostNow:
    title: str
    unit: str
    manager: str


@dataclass(frozen=True, slots=True)
class HeldNow:
    """Who holds which post; one that has not begun by the day is on record as well."""

    number: str
    post: str
    fte: str = ""
    starts: date | None = None
    ends: date | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """What is on record of those whom an extract could hold: people by employee number, posts by code."""

    people: Mapping[str, PersonNow]
    posts: Mapping[str, PostNow]
    held: Sequence[HeldNow]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that would change. ``line`` 0: it is not in the extract. ``person`` is empty for somebody new."""

    kind: Kind
    number: str = ""
    person: str = ""
    name: str = ""
    post: str = ""
    line: int = 0
    was: Mapping[str, str] = field(default_factory=dict)
    now: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The same for the same difference in the next extract, whatever day that stands on."""
        said = ";".join(
            f"{name}={text}" for name, text in sorted(self.now.items()) if name not in ("last_day", "starts")
        )
        return f"{self.kind}|{self.number}|{self.post}|{said}"[:400]


def differences(lines: Sequence[Line], record: Record, day: date, *, says: frozenset[str]) -> list[Difference]:
    """What would change, in the order in which it is shown; ``says`` are the columns that the extract has."""
    found = [*_Compared(lines, record, day, says)]
    order = list(Kind)
    return sorted(found, key=lambda one: (order.index(one.kind), one.name, one.post, one.line))


def in_order_of_acts(found: Iterable[Difference]) -> list[Difference]:
    """Differences in the order in which they can be applied: a manager's new post before the posts below it."""
    every = list(found)
    new = (Kind.VACANT, Kind.STARTS, Kind.MOVES)
    managers = {one.post: one.now.get("manager", "") for one in every if one.kind in new}

    def depth(post: str) -> int:
        steps = 0
        while (post := managers.get(post, "")) and steps < len(managers):
            steps += 1
        return steps

    def place(kind: Kind) -> int:
        """A vacant post may report to a starter's, and a starter's to a vacant one."""
        return APPLIED.index(Kind.STARTS if kind is Kind.VACANT else kind)

    return sorted(every, key=lambda one: (place(one.kind), depth(one.post), one.line, one.name))


def ended(found: Iterable[Difference], day: date) -> int:
    """How many appointments would end by ``day``."""
    return sum(
        len(one.was.get("posts", "-").split())
        for one in found
        if one.kind in ENDING and one.now.get("last_day", "") <= day.isoformat()
    )


def too_many(ending: int, held: int, most: int) -> bool:
    """Whether more than ``most`` per cent of the appointments on record would end.

    >>> too_many(12, 120, 10), too_many(13, 120, 10)
    (False, True)
    """
    return ending * 100 > held * most


class _Compared:
    def __init__(self, lines: Sequence[Line], record: Record, day: date, says: frozenset[str]) -> None:
        self.record, self.day, self.says = record, day, says
        self.here = [line for line in lines if line.number and not self._left(line)]
        self.vacant = [line for line in lines if not line.number]
        self.last_days = {(line.number, line.post): line.ends for line in lines if self._left(line)}
        self.sharing = Counter(line.post for line in self.here)

    def _left(self, line: Line) -> bool:
        return line.ends is not None and line.ends < self.day

    def __iter__(self) -> Iterator[Difference]:
        lines: dict[str, list[Line]] = {}
        for line in self.here:
            lines.setdefault(line.number, []).append(line)
        held: dict[str, list[HeldNow]] = {}
        for one in self.record.held:
            held.setdefault(one.number, []).append(one)
        for number in dict.fromkeys([*lines, *held]):
            yield from self._of_person(number, lines.get(number, []), held.get(number, []))
        yield from self._of_posts()

    def _of_person(self, number: str, lines: list[Line], held: list[HeldNow]) -> Iterator[Difference]:
        has, says = {one.post: one for one in held}, {line.post: line for line in lines}
        new = [line for line in lines if line.post not in has]
        gone = [one for one in held if one.post not in says and (one.starts is None or one.starts <= self.day)]
        if len(new) == 1 and len(gone) == 1:
            yield self._moves(new[0], gone[0])
        else:
            kept = [one for one in held if one.post in says]
            for place, line in enumerate(new):
                yield self._begins(Kind.TAKES_POST if place or kept else Kind.STARTS, line, self._begun(line))
            yield from self._gone(number, gone, stays=bool(lines))
        for line in lines:
            if line.post in has:
                yield from self._terms(line, has[line.post])
        yield from self._until(lines, has)
        if lines:
            yield from self._about(lines[0])

    def _moves(self, line: Line, before: HeldNow) -> Difference:
        """On the day that the extract gives, where that is after the post before it began; else on the extract's."""
        starts = self.day
        if line.starts and (before.starts is None or line.starts > before.starts):
            starts = line.starts
        last_day = self.last_days.get((line.number, before.post)) or starts - timedelta(days=1)
        return self._begins(Kind.MOVES, line, starts, was={"post": before.post}, last_day=last_day.isoformat())

    def _begun(self, line: Line) -> date:
        return line.starts or self.day

    def _begins(
        self, kind: Kind, line: Line, starts: date, was: Mapping[str, str] = NOTHING, **more: str
    ) -> Difference:
        said = {
            "email": line.email,
            "title": line.title,
            "unit": line.unit,
            "manager": line.manager,
            "kind": line.kind or ("job_share" if self.sharing[line.post] > 1 else "substantive"),
            "fte": line.fte,
            "starts": starts.isoformat(),
            "ends": line.ends.isoformat() if line.ends else "",
            **more,
        }
        return self._of(kind, line, was, {name: text for name, text in said.items() if text})

    def _gone(self, number: str, gone: list[HeldNow], *, stays: bool) -> Iterator[Difference]:
        person = self.record.people[number] if gone else None
        if person is None:
            return
        if stays:
            for one in gone:
                last = self._last_day(number, [one])
                yield self._on_record(Kind.LEAVES_POST, person, number, one.post, {"post": one.post}, last)
        else:
            posts = " ".join(one.post for one in gone)
            yield self._on_record(Kind.LEAVES, person, number, "", {"posts": posts}, self._last_day(number, gone))

    def _last_day(self, number: str, gone: list[HeldNow]) -> Mapping[str, str]:
        """The day that the extract gives, else the day before it."""
        given = [day for one in gone if (day := self.last_days.get((number, one.post)))]
        return {"last_day": max(given, default=self.day - timedelta(days=1)).isoformat()}

    def _terms(self, line: Line, before: HeldNow) -> Iterator[Difference]:
        if line.fte and not _same(line.fte, before.fte):
            yield self._of(Kind.FTE, line, {"fte": before.fte}, {"fte": line.fte})
        if "ends" in self.says and before.ends and not line.ends:
            yield self._of(Kind.STAYS, line, {"last_day": before.ends.isoformat()}, {})

    def _until(self, lines: list[Line], has: Mapping[str, HeldNow]) -> Iterator[Difference]:
        """Last days to come: of all that somebody holds, on one day, they leave; else they leave posts."""
        ending = [line for line in lines if line.post in has and line.ends and line.ends != has[line.post].ends]
        if ending and len(ending) == len(lines) and len({line.ends for line in ending}) == 1:
            posts = " ".join(line.post for line in ending)
            yield self._of(Kind.LEAVES, ending[0], {"posts": posts}, _last(ending[0].ends), post="")
        else:
            for line in ending:
                yield self._of(Kind.LEAVES_POST, line, {"post": line.post}, _last(line.ends))

    def _about(self, line: Line) -> Iterator[Difference]:
        person = self.record.people.get(line.number)
        absent = line.absent_from is not None and line.absent_from <= self.day
        absent = absent and (line.absent_until is None or line.absent_until >= self.day)
        if absent and line.absent_from and (person is None or person.absent_from is None):
            now = {"absent_from": line.absent_from.isoformat()}
            if line.absent_until:
                now["absent_until"] = line.absent_until.isoformat()
            yield self._of(Kind.ABSENCE, line, {}, now, post="")
        if person is None:
            return
        if "absent_from" in self.says and person.absent_from and not absent:
            last = line.absent_until if line.absent_until and line.absent_until < self.day else None
            now = {"last_day": (last or self.day - timedelta(days=1)).isoformat()}
            yield self._of(Kind.ABSENCE, line, {"absent_from": person.absent_from.isoformat()}, now, post="")
        was = {"name": person.name, "email": person.email, "number": ""}
        said = {"name": line.name, "email": line.email, "number": line.number if person.unnumbered else ""}
        changed = [name for name, text in said.items() if text and text != was[name]]
        if changed:
            yield self._of(
                Kind.DETAILS,
                line,
                {name: was[name] for name in changed},
                {name: said[name] for name in changed},
                post="",
            )

    def _of_posts(self) -> Iterator[Difference]:
        for line in {line.post: line for line in reversed([*self.here, *self.vacant])}.values():
            post = self.record.posts.get(line.post)
            if post is None and not line.number:
                said = {"title": line.title, "unit": line.unit, "manager": line.manager}
                now = {name: text for name, text in said.items() if text}
                yield Difference(kind=Kind.VACANT, post=line.post, line=line.line, now=now)
            if post is None:
                continue
            if line.manager and line.manager != post.manager:
                yield Difference(
                    kind=Kind.MANAGER,
                    post=line.post,
                    line=line.line,
                    was={"manager": post.manager},
                    now={"manager": line.manager},
                )
            changed = {
                name: (before, text)
                for name, before, text in (("title", post.title, line.title), ("unit", post.unit, line.unit))
                if text and text != before
            }
            if changed:
                yield Difference(
                    kind=Kind.POST,
                    post=line.post,
                    line=line.line,
                    was={name: before for name, (before, _text) in changed.items()},
                    now={name: text for name, (_before, text) in changed.items()},
                )

    def _of(
        self, kind: Kind, line: Line, was: Mapping[str, str], now: Mapping[str, str], *, post: str | None = None
    ) -> Difference:
        person = self.record.people.get(line.number)
        return Difference(
            kind=kind,
            number=line.number,
            person=person.code if person else "",
            name=line.name,
            post=line.post if post is None else post,
            line=line.line,
            was=was,
            now=now,
        )

    @staticmethod
    def _on_record(
        kind: Kind, person: PersonNow, number: str, post: str, was: Mapping[str, str], now: Mapping[str, str]
    ) -> Difference:
        return Difference(kind=kind, number=number, person=person.code, name=person.name, post=post, was=was, now=now)


def _last(day: date | None) -> Mapping[str, str]:
    return {"last_day": day.isoformat() if day else ""}


def _same(one: str, other: str) -> bool:
    """Whether two shares of full time are the same number: 1.0 and 1 are."""
    try:
        return Decimal(one) == Decimal(other or "0")
    except InvalidOperation:
        return one == other
