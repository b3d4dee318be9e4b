"""A whole record as it is disclosed: everything that was written, in the order in which it was."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from goldenthread.appraisals.cards import title_of
from goldenthread.appraisals.content import Opened
from goldenthread.appraisals.models import Appraisal, Objective, Sealed
from goldenthread.appraisals.words import KINDS, SIDES
from goldenthread.web.filters import day

Kind = Sealed.Kind
DAYS = frozenset({"by_when", "on"})
NAMES = {
    "what": _("What"),
    "success": _("How we will know"),
    "by_when": _("By when"),
    "weight": _("Weight"),
    "rating": _("Rating"),
    "how": _("How"),
    "on": _("On"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was written: what it is about, by whom, when, and its parts with their names."""

    what: str
    about: str
    by: str
    side: str
    at: datetime
    parts: Sequence[tuple[str, str]]


def entries(appraisal: Appraisal, rows: Sequence[Opened]) -> list[Entry]:
    titles = _titles(appraisal, rows)
    sections = {str(one["code"]): str(one["title"]) for one in appraisal.template.sections}
    sections |= {str(one.pk): one.title for one in appraisal.template.competencies}
    return [
        Entry(
            what=str(KINDS.get(row.kind, row.kind)),
            about=""
            if row.kind == Kind.OBJECTIVE
            else titles.get(row.objective or 0, sections.get(row.topic, row.topic)),
            by=row.by,
            side=str(SIDES.get(row.side, "")),
            at=row.at,
            parts=list(_parts(appraisal, row.said)),
        )
        for row in rows
    ]


def _about(row: Opened, titles: Mapping[int, str], sections: Mapping[str, str]) -> str:
    if row.kind in (Kind.OBJECTIVE, Kind.QUESTION, Kind.FEEDBACK, Kind.NEED):
        return ""
    return titles.get(row.objective or 0, sections.get(row.topic, row.topic))


def _parts(appraisal: Appraisal, said: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in said.items():
        if value in ("", None):
            continue
        if name == "rating":
            value = appraisal.template.ratings.word(int(value))
        elif name in DAYS:
            value = day(date.fromisoformat(value))
        yield str(NAMES.get(name, "" if name == "text" else name)), str(value)


def _titles(appraisal: Appraisal, rows: Sequence[Opened]) -> dict[int, str]:
    """Each objective by what was written of it last."""
    words = {row.objective: row.said for row in rows if row.kind == Kind.OBJECTIVE}
    objectives = Objective.objects.filter(appraisal=appraisal).select_related("measure", "action")
    return {one.pk: title_of(one, words.get(one.pk, {})) for one in objectives}
