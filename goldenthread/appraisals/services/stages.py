"""From stage to stage: objectives agreed, mid-year, year end, signed by both; and what happens where they disagree."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from goldenthread.accounts.models import User
from goldenthread.appraisals.content import open_rows
from goldenthread.appraisals.models import Appraisal, Sealed, Side
from goldenthread.appraisals.rating import overall_of, weight_of
from goldenthread.appraisals.seal import current_key
from goldenthread.appraisals.services.act import locked, person_of, sealed_row, writing
from goldenthread.appraisals.sides import side_of
from goldenthread.domain.appraisals import Stage
from goldenthread.history.acts import Refused, acting
from goldenthread.history.clock import today
from goldenthread.history.models import Change

Kind = Sealed.Kind


def agree_objectives(*, by: User, appraisal: int) -> Appraisal:
    """Say that the objectives are agreed. Their weights make 100, or none is weighed. Raises Refused otherwise."""
    with _reaching(Stage.OBJECTIVES, by=by, appraisal=appraisal) as (row, _change):
        content = open_rows(row, Side.APPRAISER)
        objectives = list(row.objectives.filter(dropped_on__isnull=True))
        if not objectives:
            raise Refused({"": _("Write at least one objective first.")})
        weights = [weight_of(content, objective) for objective in objectives]
        given = [weight for weight in weights if weight]
        if given and len(given) < len(weights):
            raise Refused({"": _("Weigh every objective, or none of them.")})
        if given and sum(given) != 100:
            raise Refused({"": _("The weights make %s: they should make 100.") % f"{sum(given):f}"})
        row.objectives_on = today()
        return row


def hold_mid_year(*, by: User, appraisal: int) -> Appraisal:
    """Say that the mid-year review was held."""
    with _reaching(Stage.MID_YEAR, by=by, appraisal=appraisal) as (row, _change):
        row.mid_year_on = today()
        return row


def hold_year_end(*, by: User, appraisal: int) -> Appraisal:
    """Say that the year-end review was held: the appraiser rated everything, and there is an overall rating."""
    with _reaching(Stage.YEAR_END, by=by, appraisal=appraisal) as (row, _change):
        objectives = list(row.objectives.filter(dropped_on__isnull=True))
        if overall_of(open_rows(row, Side.APPRAISER), row.template, objectives) is None:
            raise Refused({"": _("Rate everything that the rating page asks for first.")})
        row.year_end_on = today()
        return row


def sign(*, by: User, appraisal: int) -> Appraisal:
    """Sign, as the appraisee or as the appraiser. With the second signature the appraisal is finished.

    Raises Refused before the year-end review, or while a disagreement waits for its answer.
    """
    current_key()
    with acting(by=by, verb="sign_appraisal", object=f"appraisal {appraisal}"):
        row = locked(appraisal)
        side = side_of(by, row)
        if side not in (Side.APPRAISEE, Side.APPRAISER):
            raise PermissionDenied
        if row.done.stage is not Stage.SIGNING:
            raise Refused({"": _("It is signed once the year-end review has been held.")})
        if disagreement_waits(row):
            raise Refused({"": _("The appraiser's manager has yet to answer the disagreement.")})
        if side == Side.APPRAISEE:
            row.appraisee_signed_on = today()
        else:
            row.appraiser_signed_on = today()
        row.save(update_fields=["appraisee_signed_on", "appraiser_signed_on"])
        return row


def disagree(*, by: User, appraisal: int, text: str) -> None:
    """Say, as the appraisee, with what one disagrees: the appraiser's manager answers before anybody signs."""
    if not text.strip():
        raise Refused({"text": _("Say with what you disagree, and why.")})
    with writing(by=by, appraisal=appraisal, sides=(Side.APPRAISEE,)) as (row, side, change):
        if row.done.stage is not Stage.SIGNING:
            raise Refused({"": _("There is something to disagree with once the year-end review has been held.")})
        if row.appraiser_post is None or row.appraiser_post.reports_to_id is None:
            raise Refused({"": _("Nobody stands above your appraiser to answer: ask Human Resources who will.")})
        said = {"text": text.strip()}
        sealed_row(row, Kind.DISAGREEMENT, said, side=side, by=person_of(by), change=change).save()


def answer_disagreement(*, by: User, appraisal: int, text: str) -> None:
    """Answer it, as the appraiser's manager, having heard both."""
    if not text.strip():
        raise Refused({"text": _("Write your answer, and why.")})
    with writing(by=by, appraisal=appraisal, sides=(Side.MANAGER,)) as (row, side, change):
        if not disagreement_waits(row):
            raise Refused({"": _("No disagreement waits for an answer.")})
        sealed_row(row, Kind.ANSWER, {"text": text.strip()}, side=side, by=person_of(by), change=change).save()


def disagreement_waits(appraisal: Appraisal) -> bool:
    """Whether the last word between appraisee and manager is a disagreement."""
    last = appraisal.sealed.filter(kind__in=(Kind.DISAGREEMENT, Kind.ANSWER)).order_by("entered_at", "pk").last()
    return last is not None and last.kind == Kind.DISAGREEMENT


@contextmanager
def _reaching(stage: Stage, *, by: User, appraisal: int) -> Iterator[tuple[Appraisal, Change]]:
    """The appraiser moves an appraisal on from ``stage``. Raises Refused at any other."""
    current_key()
    with acting(by=by, verb=f"reach_{stage}", object=f"appraisal {appraisal}") as change:
        row = locked(appraisal)
        if side_of(by, row) != Side.APPRAISER:
            raise PermissionDenied
        if row.done.stage is not stage:
            raise Refused({"": _("This appraisal has moved on since the page was opened.")})
        yield row, change
        row.save(update_fields=["objectives_on", "mid_year_on", "year_end_on"])
