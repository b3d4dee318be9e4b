"""Legal hold: an appraisal is kept whatever its age, until the hold is lifted."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from goldenthread.accounts.models import User
from goldenthread.appraisals.models import LegalHold
from goldenthread.appraisals.services.act import locked, person_of
from goldenthread.appraisals.services.disclosures import is_officer
from goldenthread.history.acts import Refused, acting
from goldenthread.history.clock import today


def place_hold(*, by: User, appraisal: int, reason: str) -> LegalHold:
    """Stop retention for an appraisal. Raises Refused without a reason, or where it is held already."""
    if not reason.strip():
        raise Refused({"reason": _("Say why it must be kept, without what it says.")})
    with acting(by=by, verb="place_hold", object=f"appraisal {appraisal}") as change:
        row = locked(appraisal)
        if not is_officer(by, row):
            raise PermissionDenied
        if row.holds.filter(lifted_on__isnull=True).exists():
            raise Refused({"": _("It is held already.")})
        if hasattr(row, "removal"):
            raise Refused({"": _("What was written in it has been removed: there is nothing to hold.")})
        return LegalHold.objects.create(
            appraisal=row, reason=reason.strip(), by=person_of(by), entered_at=change.at, change=change
        )


def lift_hold(*, by: User, hold: int) -> LegalHold:
    """Let retention go on. Raises PermissionDenied for whoever is a side of the appraisal."""
    row = LegalHold.objects.filter(pk=hold, lifted_on__isnull=True).first()
    if row is None:
        raise Refused({"": _("That hold was lifted already.")})
    with acting(by=by, verb="lift_hold", object=f"appraisal {row.appraisal_id}"):
        if not is_officer(by, locked(row.appraisal_id)):
            raise PermissionDenied
        row.lifted_on, row.lifted_by = today(), person_of(by)
        row.save(update_fields=["lifted_on", "lifted_by"])
        return row
