"""Retention: what was written is removed once it was kept as long as its year says, unless a hold stops it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from goldenthread.accounts.models import User
from goldenthread.appraisals.models import (
    Appraisal,
    AppraisalYear,
    Asked,
    CrewObjective,
    LegalHold,
    Need,
    Objective,
    OneTimeCode,
    Removal,
    Sealed,
    Shared,
)
from goldenthread.history.clock import today
from goldenthread.history.services import write_change


@dataclass(frozen=True, slots=True)
class Retained:
    """Of one year: how many appraisals were emptied, how many sealed rows went, and how many are held."""

    year: str
    kept_until: date
    appraisals: int
    rows: int
    held: int


def kept_until(year: AppraisalYear) -> date:
    """The last day on which what was written in ``year`` is kept."""
    ends = year.ends
    try:
        return ends.replace(year=ends.year + year.kept_years)
    except ValueError:  # 29 February
        return date(ends.year + year.kept_years, 2, 28)


def retain(*, by: User | None = None, dry_run: bool = False) -> Sequence[Retained]:
    """Remove what was written in years whose time is up: the sealed rows, the objectives and what they serve.

    That there was an appraisal, and the days of its stages, stay. A dry run removes nothing and says the same counts.
    """
    over = [year for year in AppraisalYear.objects.order_by("starts") if kept_until(year) < today()]
    return [found for year in over if (found := _retain(year, by, dry_run)).appraisals or found.held]


@transaction.atomic
def _retain(year: AppraisalYear, by: User | None, dry_run: bool) -> Retained:
    there = set(Appraisal.objects.select_for_update().filter(year=year).values_list("pk", flat=True))
    keys = there - set(Removal.objects.filter(appraisal__in=there).values_list("appraisal", flat=True))
    held = set(LegalHold.objects.filter(appraisal__in=keys, lifted_on__isnull=True).values_list("appraisal", flat=True))
    gone = sorted(keys - held)
    rows = Sealed.objects.filter(appraisal__in=gone)
    found = Retained(year.period, kept_until(year), len(gone), rows.count(), len(held))
    if dry_run or not gone:
        return found
    change = write_change(
        by=by,
        verb="retain_appraisals",
        object=f"appraisal year {year.period}",
        reason=f"{found.appraisals} appraisals, {found.rows} rows removed; {found.held} held",
    )
    rows.delete()
    Need.objects.filter(appraisal__in=gone).delete()
    Asked.objects.filter(appraisal__in=gone).delete()
    OneTimeCode.objects.filter(appraisal__in=gone).delete()
    Shared.objects.filter(objective__appraisal__in=gone).delete()
    Objective.objects.filter(appraisal__in=gone).delete()
    CrewObjective.objects.filter(crew__year=year, copies__isnull=True).delete()
    Removal.objects.bulk_create(Removal(appraisal_id=key, entered_at=change.at, change=change) for key in gone)
    return found
