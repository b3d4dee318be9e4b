"""Feedback as an appraisal's page lays it out: who was asked what, and what they answered."""

from collections.abc import Sequence
from dataclasses import dataclass

from goldenthread.appraisals.content import Content, Opened
from goldenthread.appraisals.models import Appraisal, Asked, Sealed, Side


@dataclass(frozen=True, slots=True)
class Feedback:
    asked: Asked
    question: str
    answer: Opened | None


def feedback(appraisal: Appraisal, content: Content) -> Sequence[Feedback]:
    """All that was asked and not withdrawn, in its order. One query."""
    rows = appraisal.asked.filter(withdrawn_on__isnull=True).select_related("person", "by").order_by("asked_on", "pk")
    return [
        Feedback(row, content.question(row.pk), content.of(Sealed.Kind.FEEDBACK, topic=str(row.pk), side=Side.ASKED))
        for row in rows
    ]
