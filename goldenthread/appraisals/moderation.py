"""What a panel sees: of each appraisal of its template the overall rating, and nothing else that is written there."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied

from goldenthread.appraisals.content import open_many
from goldenthread.appraisals.models import Appraisal, Objective, Panel, Sealed, Side
from goldenthread.appraisals.rating import overall_of
from goldenthread.council.roles import roles_of
from goldenthread.history.clock import today

#: What an overall rating is made of.
RATED = (Sealed.Kind.OBJECTIVE, Sealed.Kind.RATING, Sealed.Kind.COMPETENCY, Sealed.Kind.OVERALL)
Kind = Sealed.Kind


@dataclass(frozen=True, slots=True)
class Seen:
    """One line before the panel: whose, the overall rating, and what the panel suggested last."""

    appraisal: Appraisal
    rating: int
    word: str
    suggested: str = ""
    note: str = ""
    by: str = ""

    @property
    def may_suggest(self) -> bool:
        """Until both have signed."""
        return self.appraisal.done.signed_on is None


def sits_on(user: Any, panel: Panel) -> bool:
    person = roles_of(user).person
    return person is not None and panel.starts <= today() <= panel.ends and panel.members.filter(pk=person.pk).exists()


def panels_of(user: Any) -> list[Panel]:
    """Those on which ``user`` sits today; read once a request."""
    if not hasattr(user, "_panels"):
        person = roles_of(user).person
        rows = Panel.objects.filter(members=person, starts__lte=today(), ends__gte=today())
        rows = rows.select_related("template__year").prefetch_related("members").order_by("template__title")
        user._panels = list(rows) if person is not None else []
    return user._panels


def seen_by_panel(panel: Panel, *, reader: Any) -> Sequence[Seen]:
    """The overall ratings after the year-end review, but for the reader's own. Raises PermissionDenied for others."""
    if not sits_on(reader, panel):
        raise PermissionDenied
    rows = Appraisal.objects.filter(template=panel.template, year_end_on__isnull=False, closed_on__isnull=True)
    own = roles_of(reader).person
    found = list(
        rows.exclude(person=own).select_related("person", "post__unit", "template", "year").order_by("person__name")
    )
    contents = open_many(found, dict.fromkeys((row.pk for row in found), Side.PANEL), kinds=(*RATED, Kind.MODERATION))
    objectives: defaultdict[int, list[Objective]] = defaultdict(list)
    for objective in Objective.objects.filter(appraisal__in=found, dropped_on__isnull=True).order_by("order", "pk"):
        objectives[objective.appraisal_id].append(objective)
    lines = []
    for row in found:
        overall = overall_of(contents[row.pk], panel.template, objectives[row.pk])
        if overall is None:
            continue
        said = contents[row.pk].of(Kind.MODERATION, side=Side.PANEL)
        lines.append(
            Seen(
                row,
                overall.rating,
                overall.word,
                row.template.ratings.word(said.said["rating"]) if said else "",
                said.said.get("text", "") if said else "",
                said.by if said else "",
            )
        )
    return lines
