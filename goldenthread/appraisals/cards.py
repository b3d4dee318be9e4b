"""An appraisal as its page lays it out: what is written, beside what is live."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from goldenthread.appraisals.content import Content, Opened
from goldenthread.appraisals.models import Appraisal, Objective, Sealed, Side
from goldenthread.appraisals.queries.served import Served
from goldenthread.domain.actions import action_words

Kind = Sealed.Kind


@dataclass(frozen=True, slots=True)
class Rating:
    """One side's rating in words, with what they wrote beside it."""

    side: str
    by: str
    word: str
    text: str


@dataclass(frozen=True, slots=True)
class Card:
    """One objective: its words, what it is live, evidence, ratings, and what its wording still lacks."""

    served: Served
    title: str
    success: str
    by_when: date | None
    weight: str
    why: str
    evidence: Sequence[Opened]
    ratings: Sequence[Rating]
    lacks: Sequence[str]
    #: The key and name of the crew that shares it.
    crew: tuple[int, str] | None = None

    @property
    def key(self) -> int:
        return self.served.objective.pk


def cards(appraisal: Appraisal, content: Content, rows: Sequence[Served]) -> list[Card]:
    scale = appraisal.template.ratings
    found = []
    for row in rows:
        said = content.objective(row.objective.pk)
        ratings = [
            Rating(side, given.by, scale.word(given.said["rating"]), given.said.get("text", ""))
            for side in (Side.APPRAISEE, Side.APPRAISER)
            if (given := content.of(Kind.RATING, objective=row.objective.pk, side=side)) is not None
        ]
        found.append(
            Card(
                served=row,
                title=title_of(row.objective, said),
                success=said.get("success", ""),
                by_when=day_of(said),
                weight=said.get("weight", ""),
                why=action_words(row.standing.reason, translate=_) if row.standing else "",
                evidence=content.all_of(Kind.EVIDENCE, row.objective.pk),
                ratings=ratings,
                lacks=_lacks(row, said),
                crew=_crew(row),
            )
        )
    return found


def _crew(row: Served) -> tuple[int, str] | None:
    shared = getattr(row.objective, "shared", None)
    return (shared.of.crew.pk, shared.of.crew.name) if shared else None


def title_of(objective: Objective, said: Mapping[str, Any]) -> str:
    """What was written, else the name of the measure or action that it is."""
    if said.get("what"):
        return str(said["what"])
    if objective.measure:
        return objective.measure.short_title or objective.measure.title
    return objective.action.title if objective.action else ""


def day_of(said: Mapping[str, Any]) -> date | None:
    return date.fromisoformat(said["by_when"]) if said.get("by_when") else None


def _lacks(row: Served, said: Mapping[str, Any]) -> list[str]:
    """What would make it SMART. A measure and an action say by themselves how one knows and by when."""
    is_live = row.objective.measure_id or row.objective.action_id
    lacks = []
    if not is_live and not said.get("success"):
        lacks.append(_("how you will both know"))
    if not is_live and not said.get("by_when"):
        lacks.append(_("by when"))
    if not is_live and not row.objective.element_id:
        lacks.append(_("what it serves"))
    return lacks
