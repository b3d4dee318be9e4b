"""Working every result out again."""

from django.db import transaction

from goldenthread.accounts.models import User
from goldenthread.history.services import write_change
from goldenthread.measures.models import Measure, Result
from goldenthread.measures.results import compute, found_of, write_difference
from goldenthread.measures.said import said_of


def recompute(*, by: User | None = None) -> dict[str, int]:
    """Bring every result up to what was said of its measure; gives the number that changed by measure.

    What was in force for each period rates it, so that an untouched database is left as it is, without even a Change.
    """
    with transaction.atomic():
        measures = {measure.code: measure for measure in Measure.objects.select_for_update().order_by("code")}
        change = write_change(by=by, verb="recompute", object="every measure")
        definitions = {code: measure.sums for code, measure in measures.items()}
        said = said_of(measures.values())
        changed: dict[str, int] = {}
        for code, chain in compute(definitions, said):
            added = write_difference(measures[code], found_of(chain, measures[code].frequency), change)
            closed = Result.objects.filter(measure=measures[code], known_to=change.at).count()
            if added or closed:
                changed[code] = max(len(added), closed)
        if not changed:
            transaction.set_rollback(True)
        return changed
