"""The crews whose people somebody appraises, and who could be in one. Nothing sealed is opened."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from goldenthread.appraisals.models import Appraisal, AppraisalYear, Crew, Membership, Side
from goldenthread.appraisals.queries.team import appraisals
from goldenthread.appraisals.sides import appraisals_of, side_of
from goldenthread.domain.appraisals import Stage


@dataclass(frozen=True, slots=True)
class Team:
    """A crew with the appraisals of those in it whom the reader appraises, and how many others are in it."""

    crew: Crew
    appraisals: Sequence[Appraisal]
    others: int = 0


def appraised(user: Any, year: AppraisalYear) -> list[Appraisal]:
    """Whose appraiser the reader is, by name, but for those who left."""
    rows = appraisals().filter(appraisals_of(user), year=year, closed_on__isnull=True)
    return [row for row in rows.order_by("person__name") if side_of(user, row) == Side.APPRAISER]


def crews(user: Any, year: AppraisalYear) -> list[Team]:
    mine = {row.pk: row for row in appraised(user, year)}
    of_crew: defaultdict[int, list[int]] = defaultdict(list)
    for crew, appraisal in Membership.objects.filter(crew__year=year).values_list("crew", "appraisal"):
        of_crew[crew].append(appraisal)
    found = []
    for crew in Crew.objects.filter(pk__in=of_crew).select_related("year"):
        here = [mine[key] for key in of_crew[crew.pk] if key in mine]
        if here:
            here.sort(key=lambda row: row.person.name)
            found.append(Team(crew, here, len(of_crew[crew.pk]) - len(here)))
    return found


def may_join(user: Any, year: AppraisalYear, crew: Crew | None = None) -> list[Appraisal]:
    """Whom the reader may put into a crew: unfinished, and in none but this one."""
    elsewhere = Membership.objects.filter(crew__year=year)
    if crew is not None:
        elsewhere = elsewhere.exclude(crew=crew)
    taken = set(elsewhere.values_list("appraisal", flat=True))
    own = set(crew.memberships.values_list("appraisal", flat=True)) if crew else set()
    return [
        row
        for row in appraised(user, year)
        if row.pk not in taken and (row.pk in own or row.done.stage is not Stage.SIGNED)
    ]
