"""That somebody took a copy of their own appraisals: on record, never what is in it."""

from goldenthread.accounts.models import User
from goldenthread.appraisals.services.act import person_of
from goldenthread.history.services import write_change


def record_own_copy(*, by: User) -> None:
    """Put it on record. Raises PermissionDenied for a user who is no person of the council."""
    write_change(by=by, verb="take_own_copy", object=f"person {person_of(by).code}")
