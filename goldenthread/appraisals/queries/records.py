"""Records asked for, held, and due to be removed: whose and since when, never what they say."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet

from goldenthread.appraisals.models import Appraisal, AppraisalYear, Disclosure, LegalHold
from goldenthread.appraisals.services.retention import kept_until


@dataclass(frozen=True, slots=True)
class Kept:
    """A year, the last day on which what was written in it is kept, and how many records are there, held or removed."""

    year: AppraisalYear
    until: date
    there: int
    held: int
    removed: int


def disclosures() -> QuerySet[Disclosure]:
    """The latest first."""
    rows = Disclosure.objects.select_related(
        "by", "appraisal__person", "appraisal__year", "appraisal__post", "appraisal__appraiser_post"
    )
    return rows.prefetch_related("steps__by").order_by("-entered_at")


def told_to_appraisee(appraisal: Appraisal, day: date) -> list[Disclosure]:
    rows = appraisal.disclosures.select_related("by").prefetch_related("steps__by")
    return [one for one in rows if one.is_told(day)]


def holds() -> QuerySet[LegalHold]:
    """Those that stand first, the latest of them first."""
    rows = LegalHold.objects.select_related("by", "lifted_by", "appraisal__person", "appraisal__year")
    return rows.order_by(F("lifted_on").desc(nulls_first=True), "-entered_at")


def kept() -> list[Kept]:
    standing = Q(appraisals__holds__isnull=False, appraisals__holds__lifted_on__isnull=True)
    rows = AppraisalYear.objects.order_by("starts").annotate(
        there=Count("appraisals", distinct=True),
        held=Count("appraisals", filter=standing, distinct=True),
        removed=Count("appraisals__removal", distinct=True),
    )
    return [Kept(row, kept_until(row), row.there - row.removed, row.held, row.removed) for row in rows]
