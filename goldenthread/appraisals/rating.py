"""The overall rating of an appraisal, from what its sides wrote, by its template's rule."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from goldenthread.appraisals.content import Content
from goldenthread.appraisals.models import Objective, Sealed, Side, Template
from goldenthread.domain.appraisals import Overall, Rated, overall


def weight_of(content: Content, objective: Objective) -> Decimal | None:
    try:
        return Decimal(str(content.objective(objective.pk).get("weight") or "")) or None
    except InvalidOperation:
        return None


def overall_of(
    content: Content, template: Template, objectives: Sequence[Objective], *, side: Side = Side.APPRAISER
) -> Overall | None:
    """By the ratings of one side; None until that side rated every objective and competency, or judged the whole."""
    rated = []
    for objective in objectives:
        rating = content.rating(objective.pk, side)
        if rating is not None:
            rated.append(Rated(weight_of(content, objective), rating))
    shown = [given for one in template.competencies if (given := content.competency(one.pk, side)) is not None]
    judged = content.said(Sealed.Kind.OVERALL, "rating", side=side)
    if len(rated) < len(objectives) or len(shown) < len(template.competencies):
        return None
    return overall(
        template.overall_rule,
        template.ratings,
        rated,
        competencies=[one.said["rating"] for one in shown],
        share=template.competencies_share,
        judged=judged if judged != "" else None,
    )
