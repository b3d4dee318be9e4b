"""Whose appraisals somebody reads, and how each stands; nothing here opens what is sealed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from goldenthread.appraisals.models import Appraisal, AppraisalYear, Deputy, Disclosure, Sealed, Side
from goldenthread.appraisals.services.years import Choice
from goldenthread.appraisals.sides import appraisals_of, side_of
from goldenthread.council.models import Person
from goldenthread.council.roles import roles_of
from goldenthread.domain.appraisals import Stage, Standing, standing


@dataclass(frozen=True, slots=True)
class Member:
    """One of the people whose appraisal a reader may open. ``should_hand_over`` names who holds the line's post now."""

    appraisal: Appraisal
    standing: Standing
    side: Side
    disagreement: bool
    should_hand_over: str = ""

    @property
    def waits(self) -> bool:
        """Whether the reader is the one who has to do something."""
        if self.side == Side.MANAGER:
            return self.disagreement
        if self.standing.stage is Stage.SIGNING:
            return self.appraisal.appraiser_signed_on is None and not self.disagreement
        return self.standing.stage not in (Stage.SIGNED, Stage.CLOSED) and self.standing.is_overdue


def years() -> QuerySet[AppraisalYear]:
    return AppraisalYear.objects.order_by("-starts")


def current_year(day: date) -> AppraisalYear | None:
    """The year that ``day`` is in, else the last one that began before it."""
    return AppraisalYear.objects.filter(starts__lte=day).order_by("-starts").first()


def appraisals() -> QuerySet[Appraisal]:
    """Appraisals with all that a page says about them."""
    return Appraisal.objects.select_related(
        "year",
        "template__level",
        "window",
        "person__user",
        "post__unit",
        "appraiser",
        "appraiser_post__reports_to",
        "removal",
        "template__panel",
    ).annotate(was_asked_for=Exists(Disclosure.objects.filter(appraisal=OuterRef("pk"))))


def own(user: Any) -> list[Appraisal]:
    """The reader's own appraisals, the latest year first."""
    person = roles_of(user).person
    rows = appraisals().filter(person=person) if person else []
    return sorted(rows, key=lambda row: (row.year.starts, row.pk), reverse=True)


def team(user: Any, year: AppraisalYear, day: date) -> list[Member]:
    """Everybody whose appraisal of ``year`` the reader may open, those that wait first."""
    mine = appraisals().filter(appraisals_of(user), year=year).prefetch_related("person__absences")
    rows = list(mine.order_by("person__name"))
    disagree = disagreeing(rows)
    changed = _changed_managers(rows, day)
    found = [
        Member(row, standing(row.done, row.due, today=day), side, row.pk in disagree, changed.get(row.pk, ""))
        for row in rows
        if (side := side_of(user, row)) is not None
    ]
    return sorted(found, key=lambda one: (one.side == Side.MANAGER, not one.waits, one.appraisal.person.name))


def years_of_team(user: Any) -> list[AppraisalYear]:
    """The years in which the reader may open somebody's appraisal, the latest first."""
    theirs = Appraisal.objects.filter(appraisals_of(user)).values("year")
    return list(AppraisalYear.objects.filter(pk__in=theirs).order_by("-starts"))


def to_take_over(user: Any, year: AppraisalYear, day: date) -> list[Appraisal]:
    """Appraisals of the reader's own staff that somebody else still holds: to be asked for, not to be read."""
    roles = roles_of(user)
    if roles.person is None:
        return []
    rows = appraisals().filter(
        year=year, post__reports_to__in=roles.posts, closed_on__isnull=True, appraisee_signed_on__isnull=True
    )
    theirs = rows.exclude(appraiser=roles.person).exclude(person=roles.person).order_by("person__name")
    changed = _changed_managers(list(theirs), day)
    return [row for row in theirs if row.pk in changed]


def adrift(year: AppraisalYear, day: date) -> list[tuple[Appraisal, str]]:
    """Appraisals that nobody holds, or whose appraiser is no longer where the line of management leads; and who is."""
    rows = list(appraisals().filter(year=year, closed_on__isnull=True).order_by("person__name"))
    open_rows = [row for row in rows if row.done.stage is not Stage.SIGNED]
    changed = _changed_managers(open_rows, day)
    return [(row, changed.get(row.pk, "")) for row in open_rows if row.pk in changed or row.appraiser_id is None]


def deputies(person: Person) -> QuerySet[Deputy]:
    return Deputy.objects.filter(appraiser=person).select_related("person").order_by("-starts", "-pk")


def disagreeing(rows: Sequence[Appraisal]) -> set[int]:
    """Where a disagreement is the last word and waits for its answer."""
    last: dict[int, str] = {}
    kinds = (Sealed.Kind.DISAGREEMENT, Sealed.Kind.ANSWER)
    for appraisal, kind in (
        Sealed.objects.filter(appraisal__in=[row.pk for row in rows], kind__in=kinds)
        .order_by("entered_at", "pk")
        .values_list("appraisal", "kind")
    ):
        last[appraisal] = kind
    return {appraisal for appraisal, kind in last.items() if kind == Sealed.Kind.DISAGREEMENT}


def _changed_managers(rows: Sequence[Appraisal], day: date) -> dict[int, str]:
    """Where the line of management leads to somebody other than the appraiser, who that is."""
    if not rows:
        return {}
    choice = Choice.of(day)
    found = {}
    for row in rows:
        person, post = choice.appraiser_of(row.post, row.person_id)
        shares = choice.holders.get(post, ()) if post is not None else ()
        if person is not None and row.appraiser_id not in shares and row.done.stage not in (Stage.SIGNED, Stage.CLOSED):
            found[row.pk] = person
    names = dict(Person.objects.filter(pk__in=found.values()).values_list("pk", "name")) if found else {}
    return {key: names[person] for key, person in found.items()}
