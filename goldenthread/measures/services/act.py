"""One act on one or more measures: the lock, the Change, and the results that follow, in one transaction."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from goldenthread.accounts.models import User
from goldenthread.history.acts import Refused, Superseded
from goldenthread.history.models import Change
from goldenthread.history.services import write_change
from goldenthread.measures.models import Measure
from goldenthread.measures.results import Kept, compute, found_of, inputs_of, with_dependents, write_difference
from goldenthread.measures.said import said_of

__all__ = ["Act", "Refused", "Superseded", "act", "settle"]


@dataclass(frozen=True)
class Act:
    """What was done: its Change, and the results it added by measure code."""

    change: Change
    moved: dict[str, list[Kept]]


def act(
    *,
    by: User | None,
    verb: str,
    object: str,
    codes: Iterable[str],
    write: Callable[[Change, Mapping[str, Measure]], None],
    source: str = "",
    reason: str = "",
) -> Act:
    """Lock the measures ``codes`` and all made from them, ``write`` the rows, and bring the results up to date.

    ``write`` gets the Change and the locked measures by code; what it raises undoes everything. The locks are taken in
    code order, so that two acts on the same measures wait for each other and never for ever.
    """
    with transaction.atomic():
        named = list(codes)
        affected = with_dependents(named)
        locked = {
            measure.code: measure
            for measure in Measure.objects.select_for_update().filter(code__in=affected).order_by("code")
        }
        missing = [code for code in named if code not in locked]
        if missing:
            raise Refused({"measure": _("There is no measure %s.") % ", ".join(missing)})
        change = write_change(by=by, verb=verb, object=object, source=source, reason=reason)
        write(change, locked)
        return Act(change, settle(change, affected))


def settle(change: Change, codes: Iterable[str]) -> dict[str, list[Kept]]:
    """Recompute the measures ``codes`` from what is now said of them; returns the versions added."""
    wanted = set(codes)
    measures = {
        measure.code: measure
        for measure in Measure.objects.filter(code__in=wanted | inputs_of(wanted)).order_by("code")
    }
    said = said_of(measures.values())
    definitions = {code: measure.sums for code, measure in measures.items()}
    return {
        code: write_difference(measures[code], found_of(chain, measures[code].frequency), change)
        for code, chain in compute(definitions, said)
        if code in wanted
    }
