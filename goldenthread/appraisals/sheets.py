"""An appraisal as its printed form lays it out: on one side of A4, with room to write by hand."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from goldenthread.appraisals.cards import day_of, title_of
from goldenthread.appraisals.content import Content, contents_of
from goldenthread.appraisals.models import Appraisal, Objective, Sealed, Side
from goldenthread.appraisals.rating import overall_of

#: As many objectives as one side takes, and as many letters as all of them may have together.
MOST = 6
LETTERS = 1100
Kind = Sealed.Kind


@dataclass(frozen=True, slots=True)
class Line:
    """One objective, its words cut to what the sheet has room for, and the ratings given so far."""

    title: str
    success: str
    by_when: date | None
    serves: str
    own: int | None
    given: int | None


@dataclass(frozen=True, slots=True)
class Sheet:
    appraisal: Appraisal
    lines: Sequence[Line]
    more: int
    comments: Sequence[tuple[str, str]]
    overall: str


def sheets(appraisals: Sequence[Appraisal], *, reader: Any) -> list[Sheet]:
    """The form of each, for ``reader``. Two queries, however many they are."""
    contents = contents_of(appraisals, reader=reader)
    rows = Objective.objects.filter(appraisal__in=contents, dropped_on__isnull=True).order_by("order", "pk")
    objectives: defaultdict[int, list[Objective]] = defaultdict(list)
    for objective in rows.select_related("element", "measure", "action"):
        objectives[objective.appraisal_id].append(objective)
    return [_sheet(row, contents[row.pk], objectives[row.pk]) for row in appraisals]


def _sheet(row: Appraisal, content: Content, objectives: Sequence[Objective]) -> Sheet:
    letters = LETTERS // max(min(len(objectives), MOST), 3)
    overall = overall_of(content, row.template, objectives) if row.year_end_on else None
    return Sheet(
        appraisal=row,
        lines=[_line(one, content, letters) for one in objectives[:MOST]],
        more=max(len(objectives) - MOST, 0),
        comments=[
            (str(one["title"]), _cut(content.said(Kind.COMMENT, topic=one["code"], side=Side.APPRAISEE), letters))
            for one in row.template.sections[:2]
        ],
        overall=overall.word if overall else "",
    )


def _line(objective: Objective, content: Content, letters: int) -> Line:
    said = content.objective(objective.pk)
    return Line(
        title=_cut(title_of(objective, said), letters // 2),
        success=_cut(said.get("success", ""), letters // 2),
        by_when=day_of(said),
        serves=_cut(objective.element.title, letters // 3) if objective.element else "",
        own=content.rating(objective.pk, Side.APPRAISEE),
        given=content.rating(objective.pk, Side.APPRAISER),
    )


def _cut(text: str, letters: int) -> str:
    """At most so many letters, cut between words."""
    if len(text) <= letters:
        return text
    return text[:letters].rsplit(" ", 1)[0].rstrip(" .,;:") + " …"
