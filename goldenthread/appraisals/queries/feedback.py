"""Feedback that colleagues ask of somebody; nothing here opens what is sealed."""

from typing import Any

from goldenthread.appraisals.models import Asked
from goldenthread.council.roles import roles_of


def asked_of_me(user: Any) -> list[Asked]:
    """All that was asked of ``user`` and not withdrawn, what waits for an answer first, then the latest. One query."""
    person = roles_of(user).person
    if person is None:
        return []
    rows = Asked.objects.filter(person=person, withdrawn_on__isnull=True).select_related(
        "appraisal__person", "appraisal__year", "by"
    )
    latest = sorted(rows, key=lambda row: (row.asked_on, row.pk), reverse=True)
    return sorted(latest, key=lambda row: not (row.is_open and row.answered_on is None))
