"""An appraisal as its printed form lays it out: on one side of A4, with room to write by hand."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from goldenthread.appraisals.cards import day_of, title_of
from goldenthread.appraisals.content import Content, contents_of
from goldenthread.appraisals.models import Appraisal, Behaviours, Competency, Objective, Sealed, Side
from goldenthread.appraisals.rating import overall_of

#: As many objectives and competencies as one side takes, and as many letters as all of each may have together.
MOST, MOST_COMPETENCIES = 6, 7
LETTERS, BEHAVIOURS = 1100, 620
#: Both together take as many lines: where competencies are rated, the words of objectives are cut shorter.
BESIDE = 720
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
class Shown:
    """One competency, the behaviours that show it at the level expected, cut likewise, and the ratings so far."""

    title: str
    behaviours: str
    own: int | None
    given: int | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """``more`` and ``more_shown`` are the objectives and competencies for which one side has no room."""

    appraisal: Appraisal
    lines: Sequence[Line]
    more: int
    shown: Sequence[Shown]
    more_shown: int
    comments: Sequence[tuple[str, str]]
    overall: str


def sheets(appraisals: Sequence[Appraisal], *, reader: Any) -> list[Sheet]:
    """The form of each, for ``reader``. Four queries, however many they are."""
    contents = contents_of(appraisals, reader=reader)
    rows = Objective.objects.filter(appraisal__in=contents, dropped_on__isnull=True).order_by("order", "pk")
    objectives: defaultdict[int, list[Objective]] = defaultdict(list)
    for objective in rows.select_related("element", "measure", "action"):
        objectives[objective.appraisal_id].append(objective)
    behaviours = _expected(appraisals)
    return [_sheet(row, contents[row.pk], objectives[row.pk], behaviours) for row in appraisals]


def _expected(appraisals: Sequence[Appraisal]) -> dict[tuple[int, int | None], str]:
    """The behaviours of each competency at each level; the competencies are put into the templates in hand."""
    templates = [row.template for row in appraisals]
    found: defaultdict[int | None, list[Competency]] = defaultdict(list)
    for one in Competency.objects.filter(framework__in={template.framework_id for template in templates}):
        found[one.framework_id].append(one)
    for template in templates:
        template.competencies = found[template.framework_id]
    rows = Behaviours.objects.filter(level__in={template.level_id for template in templates})
    return {(row.competency_id, row.level_id): " ".join(_ended(line) for line in row.lines) for row in rows}


def _sheet(
    row: Appraisal,
    content: Content,
    objectives: Sequence[Objective],
    behaviours: Mapping[tuple[int, int | None], str],
) -> Sheet:
    competencies = row.template.competencies
    letters = (BESIDE if competencies else LETTERS) // max(min(len(objectives), MOST), 3)
    beside = BEHAVIOURS // max(min(len(competencies), MOST_COMPETENCIES), 4)
    overall = overall_of(content, row.template, objectives) if row.year_end_on else None
    return Sheet(
        appraisal=row,
        lines=[_line(one, content, letters) for one in objectives[:MOST]],
        more=max(len(objectives) - MOST, 0),
        shown=[
            _shown(one, content, _cut(behaviours.get((one.pk, row.template.level_id), ""), beside))
            for one in competencies[:MOST_COMPETENCIES]
        ],
        more_shown=max(len(competencies) - MOST_COMPETENCIES, 0),
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


def _shown(competency: Competency, content: Content, behaviours: str) -> Shown:
    own, given = (content.competency(competency.pk, side) for side in (Side.APPRAISEE, Side.APPRAISER))
    return Shown(
        title=_cut(competency.title, 60),
        behaviours=behaviours,
        own=own.said["rating"] if own else None,
        given=given.said["rating"] if given else None,
    )


def _ended(line: str) -> str:
    return line if line.endswith((".", "!", "?", ";")) else f"{line}."


def _cut(text: str, letters: int) -> str:
    """At most so many letters, cut between words."""
    if len(text) <= letters:
        return text
    return text[:letters].rsplit(" ", 1)[0].rstrip(" .,;:") + " …"
