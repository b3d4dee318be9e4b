"""A year as those see it who run it: its templates, windows and people, and nothing that is written or reached."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from goldenthread.appraisals.models import Appraisal, AppraisalYear, Template, Window
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
    """Four queries."""
    templates = list(year.templates.select_related("framework", "level").order_by("title"))
    held = Count("appraisals", filter=Q(appraisals__closed_on__isnull=True))
    windows = list(year.windows.select_related("unit").annotate(held=held).order_by("title"))
    has_one = {template.tier for template in templates}
    rows = list(Appraisal.objects.filter(year=year, closed_on__isnull=True).only("left_out", "left_out_until"))
    return SetUp(
        templates,
        windows,
        [tier for tier in tiers() if tier not in has_one],
        len(rows),
        sum(1 for row in rows if row.is_left_out(day)),
    )


def people_of(year: AppraisalYear, *, name: str = "", left_out: bool = False) -> QuerySet[Appraisal]:
    """Whose appraisals there are, by whom; how far each has come is not asked for."""
    rows = Appraisal.objects.filter(year=year, closed_on__isnull=True)
    if name:
        rows = rows.filter(Q(person__name__icontains=name) | Q(post__title__icontains=name))
    if left_out:
        rows = rows.exclude(left_out="")
    return rows.select_related("person", "post", "appraiser", "window").order_by("person__name", "pk")
