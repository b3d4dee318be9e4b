"""Definitions: changed with a reason and kept in their history; retired, never deleted."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from goldenthread.accounts.models import User
from goldenthread.council.checks import address_fault, refuse_if
from goldenthread.domain import words
from goldenthread.domain.collected import NOT_ACADEMIC
from goldenthread.domain.formula import check
from goldenthread.history.acts import acting, keep
from goldenthread.history.models import Change
from goldenthread.measures.models import Measure
from goldenthread.measures.services.act import Act, Refused, Superseded, act, settle


def create_measure(*, by: User | None, code: str, fields: Mapping[str, Any], reason: str = "") -> Measure:
    """Add a measure with its definition. Raises Refused for a code in use, an empty title or a bad formula."""
    faults = {name: _("Write one.") for name, text in (("code", code), ("title", fields["title"])) if not text.strip()}
    faults |= address_fault("measures:measure", code)
    if Measure.objects.filter(code__iexact=code).exists():
        faults["code"] = _("%s is in use already: choose another code.") % code
    if faults:
        raise Refused(faults)
    with acting(by=by, verb="create_measure", object=f"measure {code}", reason=reason) as change:
        measure = Measure(code=code, **fields)
        refuse_if(contradictions(measure))
        keep(measure, change)
        if measure.formula:
            refuse_bad_formula(code, measure.formula)
        settle(change, [code])
        return measure


def change_definition(
    *, by: User | None, measure: str, changes: Mapping[str, Any], reason: str, edition: int | None = None
) -> Act:
    """Change fields of a definition. ``edition`` is the one the person saw: a newer one is not overwritten.

    A change that the sums depend on restates the results it moves as of now; as they stood before they are kept.
    Raises Refused for a bad formula or no reason, Superseded where somebody else saved first.
    """

    def write(change: Change, measures: Mapping[str, Measure]) -> None:
        target = measures[measure]
        if edition is not None and edition != target.edition:
            raise Superseded({"": _("Somebody changed this definition while you were writing: look at theirs first.")})
        if not reason.strip():
            raise Refused({"reason": _("Say why the definition changes.")})
        if changes.get("formula"):
            refuse_bad_formula(measure, changes["formula"])
        for name, value in changes.items():
            setattr(target, name, value)
        refuse_if(contradictions(target))
        _save(target, change)

    return act(
        by=by, verb="change_definition", object=f"measure {measure}", codes=[measure], write=write, reason=reason
    )


def retire_measure(*, by: User | None, measure: str, ends: date, reason: str, successor: str = "") -> Act:
    """Retire a measure on a day, for a reason, perhaps in favour of a successor. Its figures stay."""

    def write(change: Change, measures: Mapping[str, Measure]) -> None:
        target = measures[measure]
        if not reason.strip():
            raise Refused({"reason": _("Say why the measure is retired.")})
        if target.ends is not None:
            raise Refused({"": _("This measure is retired already.")})
        target.ends, target.retired_reason = ends, reason
        _save(target, change)
        if successor:
            following = measures.get(successor)
            if following is None or successor == measure:
                raise Refused({"successor": _("There is no other measure %s.") % successor})
            following.succeeds = target
            _save(following, change)

    return act(
        by=by,
        verb="retire_measure",
        object=f"measure {measure}",
        codes=[measure, successor] if successor else [measure],
        write=write,
        reason=reason,
    )


def contradictions(measure: Measure) -> dict[str, str]:
    """What of a definition cannot be together, a message a field: what a load refuses too."""
    faults: dict[str, str] = {}
    academic = measure.year == words.YearKind.ACADEMIC
    if academic and measure.frequency in NOT_ACADEMIC:
        faults["frequency"] = _("An academic year has terms and months: choose one of those, or another year.")
    if measure.frequency == words.Frequency.TERM and not academic:
        faults["year"] = _("Only an academic year has terms: choose it, or collect another way.")
    if measure.minimum is not None and measure.maximum is not None and measure.minimum > measure.maximum:
        faults["maximum"] = _("This is below the least it can be: enter more, or swap the two.")
    if measure.factor is not None and measure.factor <= 0:
        faults["factor"] = _("Enter more than 0, such as 100 or 1,000.")
    if not measure.title.strip():
        faults["title"] = _("Write one.")
    return faults


def refuse_bad_formula(measure: str, formula: str) -> None:
    """Raise Refused where ``formula`` is no formula, names an unknown measure, closes a circle or mixes units."""
    every = {other.code: other for other in Measure.objects.all()}
    formulas = {code: other.formula for code, other in every.items() if other.formula} | {measure: formula}
    faults = [
        fault
        for fault in check(formulas, {code: other.sums for code, other in every.items()})
        if measure in (fault.measure, *fault.path)
    ]
    if faults:
        raise Refused({"formula": " ".join(str(fault) for fault in faults)})


def _save(measure: Measure, change: Change) -> None:
    """Save with its history, dated by the Change."""
    measure.edition += 1
    measure.__dict__.pop("sums", None)
    keep(measure, change)
