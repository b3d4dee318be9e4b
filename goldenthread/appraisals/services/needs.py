"""Needs for development: said by either of the two, and said to be met; also after the year is signed."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from goldenthread.accounts.models import User
from goldenthread.appraisals.models import Need, NeedKind, Priority, Sealed
from goldenthread.appraisals.services.act import WRITTEN, locked, person_of, sealed_row, writing
from goldenthread.appraisals.services.writing import BOTH
from goldenthread.appraisals.sides import side_of
from goldenthread.history.acts import Refused, acting
from goldenthread.history.clock import today


def add_need(
    *,
    by: User,
    appraisal: int,
    text: str,
    how: str = "",
    kind: str = NeedKind.OTHER,
    priority: str = Priority.IMPORTANT,
    by_when: date | None = None,
) -> Need:
    """Say what somebody needs to learn or practise. The words are sealed; kind, priority and day are not."""
    faults = {}
    if not text.strip():
        faults["text"] = _("Write something first.")
    if kind not in NeedKind.values:
        faults["kind"] = _("Choose one of these.")
    if priority not in Priority.values:
        faults["priority"] = _("Choose one of these.")
    if faults:
        raise Refused(faults)
    with writing(by=by, appraisal=appraisal, sides=BOTH) as (row, side, change):
        need = Need.objects.create(appraisal=row, kind=kind, priority=priority, by_when=by_when)
        said = {"text": text.strip(), "how": how.strip()}
        topic = str(need.pk)
        sealed_row(row, Sealed.Kind.NEED, said, side=side, by=person_of(by), change=change, topic=topic).save()
        return need


def meet_need(*, by: User, appraisal: int, need: int) -> Need:
    """Say that a need is met, or is not after all. Nothing sealed is written: whoever signed has signed."""
    with acting(by=by, verb=WRITTEN, object=f"appraisal {appraisal}"):
        row = locked(appraisal)
        if side_of(by, row) not in BOTH:
            raise PermissionDenied
        found = row.needs.filter(pk=need).first()
        if found is None:
            raise Refused({"": _("That need is not in this appraisal.")})
        found.met_on = None if found.met_on else today()
        found.save(update_fields=["met_on"])
        return found
