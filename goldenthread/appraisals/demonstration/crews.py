"""The demonstration's crew: attendants at a recycling centre, who have no accounts and confirm on paper."""

from datetime import date, datetime, time

from django.utils import timezone

from goldenthread.accounts.models import User
from goldenthread.appraisals.models import Appraisal, AppraisalYear, Confirmation, Objective, Sealed, Side
from goldenthread.appraisals.services.act import sealed_row
from goldenthread.appraisals.services.crews import form_crew, write_crew_objective
from goldenthread.council.models import Person
from goldenthread.demonstration import appraisals as told
from goldenthread.history.models import Change
from goldenthread.history.services import write_change
from goldenthread.plans.models import Element

Kind = Sealed.Kind
BEGUN = date(2026, 5, 6)


def begin_the_demonstrations_crew(year: AppraisalYear) -> None:
    """What they share, one of them ready to sign and one who signed on paper."""
    rows = list(Appraisal.objects.filter(year=year, person__code__in=told.CREW_PEOPLE).select_related("person"))
    appraiser = rows[0].appraiser if rows else None
    if appraiser is None or appraiser.user is None:
        return
    _share(year, rows, by=appraiser.user)
    change = write_change(by=None, verb="write_appraisals", object="demonstration")
    for row in rows:
        if row.year_end_on:
            _rate(row, appraiser, change)
        if row.appraisee_signed_on:
            Confirmation.objects.create(
                appraisal=row,
                how=Confirmation.How.PAPER,
                signed_on=row.appraisee_signed_on,
                held_by=appraiser,
                entered_at=change.at,
                change=change,
            )


def _share(year: AppraisalYear, rows: list[Appraisal], *, by: User) -> None:
    signed = {row.pk: (row.appraisee_signed_on, row.appraiser_signed_on) for row in rows}
    mine = Appraisal.objects.filter(pk__in=signed)
    mine.update(appraisee_signed_on=None, appraiser_signed_on=None)
    crew = form_crew(by=by, year=year, name=told.CREW, members=list(signed))
    known = set(Element.objects.values_list("code", flat=True))
    for said in told.CREW_OBJECTIVES:
        write_crew_objective(
            by=by,
            crew=crew.pk,
            what=said["what"],
            success=said["success"],
            by_when=date.fromisoformat(said["by_when"]) if said["by_when"] else None,
            element=said.get("element", "") if said.get("element") in known else "",
        )
    Sealed.objects.filter(appraisal__in=signed).update(entered_at=_at(BEGUN))
    for key, (appraisee, appraiser) in signed.items():
        mine.filter(pk=key).update(appraisee_signed_on=appraisee, appraiser_signed_on=appraiser)


def _rate(row: Appraisal, appraiser: Person, change: Change) -> None:
    """Rated by both: the appraisee's word stands as the appraiser recorded it from the form."""
    made = []
    for objective in Objective.objects.filter(appraisal=row):
        for side in (Side.APPRAISEE, Side.APPRAISER):
            said = {"rating": 3, "text": ""}
            made.append(sealed_row(row, Kind.RATING, said, side=side, by=appraiser, change=change, objective=objective))
    made.append(
        sealed_row(
            row,
            Kind.COMMENT,
            {"text": told.ON_PAPER},
            side=Side.APPRAISEE,
            by=appraiser,
            change=change,
            topic="well",
        )
    )
    for one in made:
        one.entered_at = _at(row.year_end_on or BEGUN)
    Sealed.objects.bulk_create(made)


def _at(day: date) -> datetime:
    return datetime.combine(day, time(10), timezone.get_default_timezone())
