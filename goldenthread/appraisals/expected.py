"""Competencies as an appraisal's page lays them out: what is expected, beside what each side rated."""

from collections.abc import Sequence
from dataclasses import dataclass

from goldenthread.appraisals.cards import Rating
from goldenthread.appraisals.content import Content
from goldenthread.appraisals.models import Appraisal, Behaviours, Competency, Side


@dataclass(frozen=True, slots=True)
class Expected:
    """One competency, the behaviours that show it at the level of the appraisee's tier, and its ratings."""

    competency: Competency
    behaviours: Sequence[str]
    ratings: Sequence[Rating]


def expected(appraisal: Appraisal, content: Content) -> list[Expected]:
    """In the framework's order; nothing where the template names none. Two queries."""
    template = appraisal.template
    if not template.competencies:
        return []
    shown = {one.competency_id: one.lines for one in Behaviours.objects.filter(level=template.level_id)}
    return [Expected(one, shown.get(one.pk, []), _ratings(appraisal, content, one)) for one in template.competencies]


def _ratings(appraisal: Appraisal, content: Content, competency: Competency) -> list[Rating]:
    scale = appraisal.template.ratings
    return [
        Rating(side, given.by, scale.word(given.said["rating"]), given.said.get("text", ""))
        for side in (Side.APPRAISEE, Side.APPRAISER)
        if (given := content.competency(competency.pk, side)) is not None
    ]
