"""Rotation: every sealed row under another key, sealed anew with the first."""

from django.db import transaction

from goldenthread.appraisals.content import text_of
from goldenthread.appraisals.models import Sealed
from goldenthread.appraisals.seal import current_key, seal
from goldenthread.history.services import write_change

BATCH = 500


def reseal() -> int:
    """Seal anew, with the first key, what another key sealed; how many rows. Raises SealedShut where one does not open.

    In batches, each kept as soon as it is done: stopped half-way it goes on where it was.
    """
    name, done = current_key(), 0
    while batch := _reseal_some(name):
        done += batch
    if done:
        write_change(by=None, verb="reseal_appraisals", object="appraisals")
    return done


@transaction.atomic
def _reseal_some(name: str) -> int:
    rows = list(Sealed.objects.select_for_update().exclude(key=name).order_by("pk")[:BATCH])
    for row in rows:
        row.key, row.content = seal(text_of(row), bound_to=row.bound_to)
    Sealed.objects.bulk_update(rows, ["key", "content"])
    return len(rows)
