"""A year as those see it who run it: its templates, windows and people, and nothing that is written or reached."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from goldenthread.appraisals.models import Appraisal, AppraisalYear, Template, Window, left_out_on
from goldenthread.appraisals.services.years import tiers


@dataclass(frozen=True, slots=True)
class SetUp:
    """What is set up for a year. ``without`` names the tiers of posts that no template is for."""

    templates: Sequence[Template]
    windows: Sequence[Window]
    without: Sequence[str]
    begun: int
    left_out: int


def set_up(year: AppraisalYear, day: date) -> SetUp:
    """Five queries."""
    templates = list(year.templates.select_related("framework", "level").order_by("title"))
    held = Count("appraisals", filter=Q(appraisals__closed_on__isnull=True))
    windows = list(year.windows.select_related("unit").annotate(held=held).order_by("title"))
    has_one = {template.tier for template in templates}
    rows = Appraisal.objects.filter(year=year, closed_on__isnull=True)
    return SetUp(
        templates,
        windows,
        [tier for tier in tiers() if tier not in has_one],
        rows.count(),
        rows.filter(left_out_on(day)).count(),
    )


def people_of(year: AppraisalYear, day: date, *, name: str = "", left_out: bool = False) -> QuerySet[Appraisal]:
    """Whose appraisals there are, by whom; how far each has come is not asked for."""
    rows = Appraisal.objects.filter(year=year, closed_on__isnull=True)
    if name:
        rows = rows.filter(Q(person__name__icontains=name) | Q(post__title__icontains=name))
    if left_out:
        rows = rows.filter(left_out_on(day))
    found = rows.select_related("person", "post", "appraiser", "window").order_by("person__name", "pk")
    return found.prefetch_related("person__absences")
