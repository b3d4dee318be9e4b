"""Frameworks, their versions, and one version laid out: each competency with what shows it at every level."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count, QuerySet

from goldenthread.appraisals.models import Behaviours, Competency, Framework, Level


@dataclass(frozen=True, slots=True)
class Laid:
    """A competency, and its behaviours level by level, the lowest first."""

    competency: Competency
    levels: Sequence[tuple[Level, Sequence[str]]]


def frameworks() -> QuerySet[Framework]:
    """Every version, the newest of each first, with how many competencies and templates it has."""
    return Framework.objects.annotate(
        competencies_held=Count("competencies", distinct=True), used_by=Count("templates", distinct=True)
    ).order_by("title", "-version")


def by_title(rows: Sequence[Framework]) -> list[tuple[str, list[Framework]]]:
    return [(title, list(versions)) for title, versions in groupby(rows, key=lambda one: one.title)]


def laid_out(framework: Framework) -> list[Laid]:
    """The whole version. Three queries."""
    levels = list(framework.levels.order_by("order"))
    told = {
        (one.competency_id, one.level_id): one.lines
        for one in Behaviours.objects.filter(competency__framework=framework)
    }
    return [
        Laid(one, [(level, told.get((one.pk, level.pk), [])) for level in levels])
        for one in framework.competencies.order_by("order", "pk")
    ]
