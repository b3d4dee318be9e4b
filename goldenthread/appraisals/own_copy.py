"""A copy of one's own appraisals: one page that opens anywhere, with the same as data inside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from goldenthread.appraisals.cards import Card, cards
from goldenthread.appraisals.content import Content, Opened, content_of, everything_in
from goldenthread.appraisals.expected import Expected, expected
from goldenthread.appraisals.feedback import Feedback, feedback
from goldenthread.appraisals.models import Appraisal, Sealed
from goldenthread.appraisals.queries.served import served
from goldenthread.appraisals.queries.team import own
from goldenthread.appraisals.rating import overall_of
from goldenthread.appraisals.words import STEPS, rule_words
from goldenthread.domain.appraisals import Stage, overall_sum, overall_words
from goldenthread.history.clock import today


@dataclass(frozen=True, slots=True)
class Kept:
    """One appraisal in the copy."""

    appraisal: Appraisal
    content: Content
    cards: Sequence[Card]
    expected: Sequence[Expected]
    feedback: Sequence[Feedback]
    steps: Sequence[tuple[str, Any]]
    rule: str
    overall: str
    sum: str
    rows: Sequence[Opened]

    def about(self, row: Opened) -> str:
        """Which objective or competency a row is about, by its title."""
        if row.objective is not None:
            return next((card.title for card in self.cards if card.key == row.objective), "")
        if row.kind == Sealed.Kind.COMPETENCY:
            return next((one.competency.title for one in self.expected if str(one.competency.pk) == row.topic), "")
        return ""


def own_appraisals(user: Any) -> list[Kept]:
    """All appraisals of ``user``, the latest year first, with everything written in them."""
    return [_kept(row, user) for row in own(user)]


def _kept(row: Appraisal, user: Any) -> Kept:
    content, rows = content_of(row, reader=user), served(row, today())
    found = overall_of(content, row.template, [one.objective for one in rows])
    return Kept(
        appraisal=row,
        content=content,
        cards=cards(row, content, rows),
        expected=expected(row, content),
        feedback=feedback(row, content),
        steps=_steps(row),
        rule=rule_words(row.template),
        overall=overall_words(found, translate=_) if found else "",
        sum=overall_sum(found, translate=_) if found else "",
        rows=everything_in(row, reader=user),
    )


def _steps(row: Appraisal) -> list[tuple[str, Any]]:
    done = row.done
    days = {
        Stage.OBJECTIVES: done.objectives,
        Stage.MID_YEAR: done.mid_year,
        Stage.YEAR_END: done.year_end,
        Stage.SIGNING: done.signed_on,
    }
    return [(str(title), days[step]) for step, title in STEPS]


def as_data(kept: Sequence[Kept]) -> list[Mapping[str, Any]]:
    """The same for a program: every row as it was written, with its day, its writer and what it is about."""
    return [
        {
            "year": one.appraisal.year.period,
            "post": one.appraisal.post.title,
            "appraiser": one.appraisal.appraiser.name if one.appraisal.appraiser else "",
            "stages": {title: day.isoformat() if day else None for title, day in one.steps},
            "overall": one.overall,
            "sum": one.sum,
            "objectives": {card.key: card.title for card in one.cards},
            "competencies": {shown.competency.pk: shown.competency.title for shown in one.expected},
            "written": [
                {
                    "at": row.at.isoformat(),
                    "by": row.by,
                    "side": row.side,
                    "kind": row.kind,
                    "objective": row.objective,
                    "topic": row.topic,
                    "said": dict(row.said),
                }
                for row in one.rows
            ],
        }
        for one in kept
    ]
