"""Crews: objectives written once, by whoever appraises them all, and standing in the appraisal of each."""

from collections.abc import Sequence
from typing import Any, Unpack

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from goldenthread.accounts.models import User
from goldenthread.appraisals.content import content_of
from goldenthread.appraisals.models import (
    Appraisal,
    AppraisalYear,
    Crew,
    CrewObjective,
    Membership,
    Objective,
    Sealed,
    Shared,
    Side,
)
from goldenthread.appraisals.seal import current_key
from goldenthread.appraisals.services.act import WRITTEN, locked, person_of, sealed_row, take_signatures_off
from goldenthread.appraisals.services.writing import ObjectiveSaid, served_by, words_of
from goldenthread.appraisals.sides import side_of
from goldenthread.domain.appraisals import Stage
from goldenthread.history.acts import Refused, acting
from goldenthread.history.models import Change

FINISHED = (Stage.SIGNED, Stage.CLOSED)


def form_crew(*, by: User, year: AppraisalYear, name: str, members: Sequence[int]) -> Crew:
    """Let some of those whom one appraises share objectives. Raises Refused as ``change_crew``."""
    current_key()
    with acting(by=by, verb="form_crew", object=f"appraisal year {year.period}") as change:
        crew = Crew(year=year)
        _set(crew, by, name, members, change)
        return crew


def change_crew(*, by: User, crew: int, name: str, members: Sequence[int]) -> Crew:
    """Say anew who is in a crew. Whoever joins gets its objectives; whoever goes keeps them as their own.

    Raises Refused for a crew of nobody, for somebody in another crew, or one whose appraisal is finished.
    """
    current_key()
    with acting(by=by, verb="change_crew", object=f"crew {crew}") as change:
        row = _crew(by, crew)
        _set(row, by, name, members, change)
        return row


def write_crew_objective(
    *, by: User, crew: int, objective: int | None = None, **said: Unpack[ObjectiveSaid]
) -> CrewObjective:
    """Write an objective of the crew, or write it anew, in the appraisal of everybody in it whom one appraises."""
    words, serves = words_of(said), served_by(said)
    current_key()
    with acting(by=by, verb=WRITTEN, object=f"crew {crew}") as change:
        row = _crew(by, crew)
        shared = _objective(row, objective)
        shared.element, shared.measure, shared.action = serves
        shared.save()
        for appraisal in _appraised(row, by):
            _copy(shared, appraisal, words, by, change)
        return shared


def drop_crew_objective(*, by: User, crew: int, objective: int) -> CrewObjective:
    """Take an objective out, of the crew and of each one's appraisal. What was written of it stays, sealed."""
    with acting(by=by, verb=WRITTEN, object=f"crew {crew}") as change:
        row = _crew(by, crew)
        shared = _objective(row, objective)
        shared.dropped_on = change.at.date()
        shared.save(update_fields=["dropped_on"])
        for appraisal in _appraised(row, by):
            appraisal.objectives.filter(shared__of=shared).update(dropped_on=shared.dropped_on)
            take_signatures_off(appraisal)
        return shared


def _set(crew: Crew, by: User, name: str, members: Sequence[int], change: Change) -> None:
    if not name.strip():
        raise Refused({"name": _("Give the crew a name.")})
    if not members:
        raise Refused({"members": _("Choose who is in it.")})
    crew.name = name.strip()
    crew.save()
    before = set(crew.memberships.values_list("appraisal", flat=True))
    words = _words(crew, by)
    for key in sorted(before - set(members)):
        Shared.objects.filter(of__crew=crew, objective__appraisal=key).delete()
        crew.memberships.filter(appraisal=key).delete()
    for key in sorted(set(members) - before):
        row = locked(key)
        if side_of(by, row) != Side.APPRAISER:
            raise PermissionDenied
        if row.year_id != crew.year_id or row.done.stage in FINISHED:
            raise Refused({"members": _("%s's appraisal is finished.") % row.person.name})
        if hasattr(row, "membership"):
            raise Refused({"members": _("%s is in another crew.") % row.person.name})
        Membership.objects.create(crew=crew, appraisal=row)
        for shared, said in words:
            _copy(shared, row, said, by, change)


def _words(crew: Crew, by: User) -> list[tuple[CrewObjective, dict[str, Any]]]:
    """The crew's objectives with their words, from the appraisal of one whom ``by`` appraises."""
    standing = list(crew.objectives.filter(dropped_on__isnull=True))
    one = next(iter(_appraised(crew, by, open_only=False)), None) if standing else None
    if one is None:
        return []
    content = content_of(one, reader=by)
    copies = dict(Shared.objects.filter(of__in=standing, objective__appraisal=one).values_list("of", "objective"))
    return [(shared, dict(content.objective(copies[shared.pk]))) for shared in standing if shared.pk in copies]


def _copy(shared: CrewObjective, appraisal: Appraisal, said: dict[str, Any], by: User, change: Change) -> None:
    kept = Objective.objects.filter(appraisal=appraisal, shared__of=shared).first() or Objective(
        appraisal=appraisal, order=appraisal.objectives.count() + 1
    )
    kept.element, kept.measure, kept.action = shared.element, shared.measure, shared.action
    kept.save()
    Shared.objects.get_or_create(of=shared, objective=kept)
    row = sealed_row(
        appraisal, Sealed.Kind.OBJECTIVE, said, side=Side.APPRAISER, by=person_of(by), change=change, objective=kept
    )
    row.save()
    take_signatures_off(appraisal)


def _crew(by: User, key: int) -> Crew:
    """The crew, held until the act is done, for whoever appraises somebody in it."""
    row = Crew.objects.select_for_update().filter(pk=key).first()
    if row is None:
        raise Refused({"": _("That crew is not on record.")})
    if not _appraised(row, by, open_only=False):
        raise PermissionDenied
    return row


def _appraised(crew: Crew, by: User, *, open_only: bool = True) -> list[Appraisal]:
    """The appraisals of the crew whose appraiser ``by`` is, but for what is finished."""
    rows = Appraisal.objects.select_for_update(of=("self",)).filter(membership__crew=crew).order_by("pk")
    return [
        row
        for row in rows.select_related("appraiser_post", "person")
        if side_of(by, row) == Side.APPRAISER and not (open_only and row.done.stage in FINISHED)
    ]


def _objective(crew: Crew, key: int | None) -> CrewObjective:
    if key is None:
        return CrewObjective(crew=crew, order=crew.objectives.count() + 1)
    found = crew.objectives.filter(pk=key, dropped_on__isnull=True).first()
    if found is None:
        raise Refused({"": _("That objective is not the crew's.")})
    return found
