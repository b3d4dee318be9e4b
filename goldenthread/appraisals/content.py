"""What is written in an appraisal, opened for one reader. Nothing else opens a sealed row for a page."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from goldenthread.appraisals.models import Appraisal, Asked, Sealed, Side
from goldenthread.appraisals.seal import open_sealed
from goldenthread.appraisals.sides import side_of
from goldenthread.council.roles import roles_of
from goldenthread.domain.appraisals import Stage

Kind = Sealed.Kind
#: Of these every row counts; of the others the last.
GATHERED = frozenset({Kind.EVIDENCE, Kind.NOTE, Kind.NEED})


@dataclass(frozen=True, slots=True)
class Opened:
    """One row as a reader of the appraisal has it."""

    kind: str
    objective: int | None
    topic: str
    side: str
    by: str
    at: datetime
    said: Mapping[str, Any]


@dataclass(frozen=True)
class Content:
    """Everything written, the last word of each thing, for a reader on ``side``."""

    side: Side
    latest: Mapping[tuple[str, int | None, str, str], Opened] = field(default_factory=dict)
    gathered: Mapping[tuple[str, int | None], list[Opened]] = field(default_factory=dict)

    def of(self, kind: str, *, objective: int | None = None, topic: str = "", side: str = "") -> Opened | None:
        return self.latest.get((kind, objective, topic, side))

    def said(
        self, kind: str, name: str = "text", *, objective: int | None = None, topic: str = "", side: str = ""
    ) -> Any:
        """One thing said, or an empty text."""
        found = self.of(kind, objective=objective, topic=topic, side=side)
        return found.said.get(name, "") if found else ""

    def objective(self, objective: int) -> Mapping[str, Any]:
        """The wording of an objective, whichever side wrote last."""
        written = [one for side in Side if (one := self.of(Kind.OBJECTIVE, objective=objective, side=side))]
        return max(written, key=lambda one: one.at).said if written else {}

    def rating(self, objective: int, side: str) -> int | None:
        found = self.of(Kind.RATING, objective=objective, side=side)
        return found.said.get("rating") if found else None

    def competency(self, competency: int, side: str) -> Opened | None:
        """One side's rating of a competency, with what they wrote beside it."""
        return self.of(Kind.COMPETENCY, topic=str(competency), side=side)

    def question(self, asked: int) -> str:
        """What a colleague was asked, by whichever side."""
        return str(next(filter(None, (self.said(Kind.QUESTION, topic=str(asked), side=side) for side in Side)), ""))

    def all_of(self, kind: str, objective: int | None = None) -> list[Opened]:
        return self.gathered.get((kind, objective), [])


def content_of(appraisal: Appraisal, *, reader: Any) -> Content:
    """What is written, for ``reader``. Raises PermissionDenied for anybody without a side, SealedShut with no key."""
    side = side_of(reader, appraisal)
    if side is None:
        raise PermissionDenied
    return open_rows(appraisal, side)


def contents_of(appraisals: Sequence[Appraisal], *, reader: Any) -> dict[int, Content]:
    """What is written in each, for ``reader``, in one query. Raises PermissionDenied where any has no side for them."""
    sides: dict[int, Side] = {}
    for row in appraisals:
        side = side_of(reader, row)
        if side is None:
            raise PermissionDenied
        sides[row.pk] = side
    return open_many(appraisals, sides)


def everything_in(appraisal: Appraisal, *, reader: Any) -> list[Opened]:
    """Every row as it was written, the first first, for the appraisee alone. Raises PermissionDenied for others."""
    if side_of(reader, appraisal) != Side.APPRAISEE:
        raise PermissionDenied
    return [_opened(row, appraisal) for row in appraisal.sealed.select_related("by").order_by("entered_at", "pk")]


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What a colleague was asked, and what they answered."""

    question: str
    answer: str


def asked_of(asked: Asked, *, reader: Any) -> OwnWords:
    """The question and one's own answer, for the colleague who was asked, until the appraisal is signed or closed.

    Raises PermissionDenied for anybody else and afterwards, and once it was withdrawn.
    """
    person = roles_of(reader).person
    finished = asked.appraisal.done.stage in (Stage.SIGNED, Stage.CLOSED)
    if person is None or person.pk != asked.person_id or asked.withdrawn_on is not None or finished:
        raise PermissionDenied
    rows = asked.appraisal.sealed.filter(kind__in=(Kind.QUESTION, Kind.FEEDBACK), topic=str(asked.pk))
    said = {row.kind: json.loads(text_of(row))["text"] for row in rows.order_by("entered_at", "pk")}
    return OwnWords(said.get(Kind.QUESTION, ""), said.get(Kind.FEEDBACK, ""))


def open_rows(appraisal: Appraisal, side: Side) -> Content:
    return _content(appraisal, side, appraisal.sealed.select_related("by").order_by("entered_at", "pk"))


def open_record(appraisal: Appraisal) -> list[Opened]:
    """Everything that was ever written in it, in order, what was written anew included."""
    rows = appraisal.sealed.select_related("by").order_by("entered_at", "pk")
    return [_opened(row, appraisal) for row in rows]


def open_many(
    appraisals: Sequence[Appraisal], sides: Mapping[int, Side], *, kinds: Collection[str] = Kind.values
) -> dict[int, Content]:
    """Many at once, in one query; only what is of ``kinds``."""
    rows: defaultdict[int, list[Sealed]] = defaultdict(list)
    found = Sealed.objects.filter(appraisal__in=[row.pk for row in appraisals], kind__in=kinds)
    for sealed in found.select_related("by").order_by("entered_at", "pk"):
        rows[sealed.appraisal_id].append(sealed)
    return {row.pk: _content(row, sides[row.pk], rows[row.pk]) for row in appraisals}


def _content(appraisal: Appraisal, side: Side, rows: Iterable[Sealed]) -> Content:
    latest: dict[tuple[str, int | None, str, str], Opened] = {}
    gathered: defaultdict[tuple[str, int | None], list[Opened]] = defaultdict(list)
    for row in rows:
        opened = _opened(row, appraisal)
        if row.kind in GATHERED:
            gathered[row.kind, row.objective_id].append(opened)
        else:
            latest[row.kind, row.objective_id, row.topic, row.side] = opened
    return Content(side, latest, dict(gathered))


def _opened(row: Sealed, appraisal: Appraisal) -> Opened:
    said = json.loads(text_of(row))
    who = _who(row, appraisal)
    return Opened(row.kind, row.objective_id, row.topic, row.side, who, row.entered_at, said)


def _who(row: Sealed, appraisal: Appraisal) -> str:
    """Who said it; what somebody without an account said on paper, with who recorded it."""
    if row.side != Side.APPRAISEE or row.by_id == appraisal.person_id:
        return row.by.name
    return _("%(person)s, on paper, recorded by %(by)s") % {"person": appraisal.person.name, "by": row.by.name}


def text_of(row: Sealed) -> str:
    return open_sealed(row.key, bytes(row.content), bound_to=row.bound_to)
