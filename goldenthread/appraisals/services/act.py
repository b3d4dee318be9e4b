"""What the verbs of appraisals share: the appraisal locked, the side from which somebody acts, a row sealed."""

import json
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from goldenthread.accounts.models import User
from goldenthread.appraisals.models import Appraisal, Objective, Sealed, Side
from goldenthread.appraisals.seal import current_key, seal
from goldenthread.appraisals.sides import side_of
from goldenthread.council.models import Person
from goldenthread.council.roles import roles_of
from goldenthread.domain.appraisals import Stage
from goldenthread.history.acts import Refused, acting
from goldenthread.history.models import Change

WRITTEN = "write_appraisal"


@contextmanager
def writing(*, by: User, appraisal: int, sides: tuple[Side, ...]) -> Iterator[tuple[Appraisal, Side, Change]]:
    """An open appraisal, locked, the side from which ``by`` writes, and the Change, which never says what was written.

    Whoever had signed already must sign again. Raises PermissionDenied for anybody but ``sides``, Refused once it is
    signed by both or closed.
    """
    current_key()
    with acting(by=by, verb=WRITTEN, object=f"appraisal {appraisal}") as change:
        row = locked(appraisal)
        side = side_of(by, row)
        if side not in sides or side is None:
            raise PermissionDenied
        if row.done.stage in (Stage.SIGNED, Stage.CLOSED):
            raise Refused({"": _("This appraisal is finished: nothing more is written in it.")})
        yield row, side, change
        take_signatures_off(row)


def take_signatures_off(row: Appraisal) -> None:
    """What was signed is no longer what stands there: whoever had signed signs again."""
    if row.appraisee_signed_on or row.appraiser_signed_on:
        row.appraisee_signed_on = row.appraiser_signed_on = None
        row.save(update_fields=["appraisee_signed_on", "appraiser_signed_on"])


def locked(appraisal: int) -> Appraisal:
    """The appraisal, held until the act is done. Raises Refused where there is none."""
    rows = Appraisal.objects.select_for_update(of=("self",))
    row = (
        rows.select_related("appraiser_post", "template", "year", "window", "person__user").filter(pk=appraisal).first()
    )
    if row is None:
        raise Refused({"": _("That appraisal is not on record.")})
    return row


def sealed_row(
    appraisal: Appraisal,
    kind: str,
    said: Mapping[str, Any],
    *,
    side: str,
    by: Person,
    change: Change,
    objective: Objective | None = None,
    topic: str = "",
) -> Sealed:
    """A row with ``said`` sealed in it, not saved yet."""
    row = Sealed(
        identity=uuid.uuid4(),
        appraisal=appraisal,
        objective=objective,
        kind=kind,
        topic=topic,
        side=side,
        by=by,
        entered_at=change.at,
        change=change,
    )
    row.key, row.content = seal(json.dumps(said, ensure_ascii=False), bound_to=row.bound_to)
    return row


def person_of(user: User) -> Person:
    person = roles_of(user).person
    if person is None:
        raise PermissionDenied
    return person
