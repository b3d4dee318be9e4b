"""Targets: set before the year, amended from a period on, corrected where they were typed wrong."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext as _

from goldenthread.accounts.models import User
from goldenthread.domain import words
from goldenthread.domain.periods import Period, PeriodError
from goldenthread.domain.series.state import State
from goldenthread.domain.targets import TargetInForce
from goldenthread.history.models import Change
from goldenthread.measures.models import Measure, Target
from goldenthread.measures.said import said_of
from goldenthread.measures.services.act import Act, Refused, act
from goldenthread.measures.services.figures import misfit_words


@dataclass(frozen=True, kw_only=True)
class TargetEntry:
    """A target as it is asked for: a value, or both ends of a range."""

    period: str
    category: str = ""
    kind: str = words.TargetKind.TARGET
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    comparison: str = ""
    profile: str = ""
    decision: str = ""
    reason: str = ""


def set_target(*, by: User | None, measure: str, entry: TargetEntry, source: str = "") -> Act:
    """Set a target where none stands. Raises Refused where one does: that one is amended or corrected."""
    return _act("set_target", by, measure, entry, source)


def amend_target(*, by: User | None, measure: str, entry: TargetEntry, source: str = "") -> Act:
    """Change a target from ``entry.period`` to the end of its year, by a decision; periods before keep theirs.

    The original is printed beside it; a year's own target is amended too. Raises Refused without reason or decision.
    """
    return _act("amend_target", by, measure, entry, source)


def correct_target(*, by: User | None, measure: str, entry: TargetEntry, source: str = "") -> Act:
    """Put right a target that was typed wrong: its period is rated anew, and says so. Raises Refused without reason."""
    return _act("correct_target", by, measure, entry, source)


def rows_of(verb: str, measure: Measure, entry: TargetEntry) -> list[Target]:
    """The rows that ``verb`` writes, unsaved, without who and when. Raises Refused with a message a field.

    What is shown before a target is adopted and what is then kept come from here alike.
    """
    faults = faults_of(measure, entry) | _VERBS[verb][0](measure, entry)
    if faults:
        raise Refused(faults)
    return _VERBS[verb][1](measure, entry)


def _act(verb: str, by: User | None, measure: str, entry: TargetEntry, source: str) -> Act:
    def write(change: Change, measures: Mapping[str, Measure]) -> None:
        for row in rows_of(verb, measures[measure], entry):
            row.set_by, row.entered_at, row.change = change.by_name, change.at, change
            row.save(force_insert=True)

    return act(
        by=by,
        verb=verb,
        object=f"measure {measure}",
        codes=[measure],
        write=write,
        source=source,
        reason=entry.reason,
    )


def _set_faults(measure: Measure, entry: TargetEntry) -> dict[str, str]:
    if _standing(measure, entry, entry.period) is None:
        return {}
    return {"period": _("There is a target for this period: amend it, or correct it if it was typed wrong.")}


def _amend_faults(measure: Measure, entry: TargetEntry) -> dict[str, str]:
    faults = {}
    if not entry.reason.strip():
        faults["reason"] = _("Say why the target is amended.")
    if not entry.decision.strip():
        faults["decision"] = _("Name the decision that amended it: who decided, and when.")
    return faults


def _correct_faults(measure: Measure, entry: TargetEntry) -> dict[str, str]:
    faults = {}
    if not entry.reason.strip():
        faults["reason"] = _("Say what was wrong.")
    if _standing(measure, entry, entry.period) is None:
        faults["period"] = _("There is no target for this period to correct: set it instead.")
    return faults


def _set(measure: Measure, entry: TargetEntry) -> list[Target]:
    return [_row(measure, entry, entry.period)]


def _correct(measure: Measure, entry: TargetEntry) -> list[Target]:
    return [_row(measure, entry, entry.period, corrects=True)]


def _amend(measure: Measure, entry: TargetEntry) -> list[Target]:
    period = Period.parse(entry.period)
    year = period.containing(words.Frequency.YEAR, words.YearKind(measure.year))
    if period.is_span or period == year:
        return [_row(measure, entry, period.text, amends=True)]
    parts = year.parts(period.frequency, words.YearKind(measure.year))
    rows = [_row(measure, entry, part.text, amends=True) for part in parts if part >= period]
    if _standing(measure, entry, year.text) is None or _shared(measure):
        return rows
    pinned = _pinned(measure, entry, [part for part in parts if part < period])
    return [*pinned, *rows, _row(measure, entry, year.text, amends=True)]


_Faults = Callable[[Measure, TargetEntry], dict[str, str]]
_Rows = Callable[[Measure, TargetEntry], list[Target]]
#: What each verb refuses, and what it writes.
_VERBS: dict[str, tuple[_Faults, _Rows]] = {
    "set_target": (_set_faults, _set),
    "amend_target": (_amend_faults, _amend),
    "correct_target": (_correct_faults, _correct),
}


def _pinned(measure: Measure, entry: TargetEntry, earlier: list[Period]) -> list[Target]:
    """What the year's target meant for the periods before its amendment, so that they keep it."""
    state = State(measure.sums)
    for event in sorted(said_of([measure])[measure.code], key=lambda event: (event.at, event.order)):
        state.apply(event)
    tracks = state.tracks[entry.category].values()
    history = sorted(
        (figure for track in tracks for figure in track.figures.values()), key=lambda figure: figure.period
    )
    rows = []
    for period in earlier:
        stood = state.target(entry.category, period, history)
        if isinstance(stood, TargetInForce) and stood.derived_by is not None:
            kept = replace(
                entry,
                value=stood.value,
                low=stood.low,
                high=stood.high,
                comparison=stood.comparison,
                reason=_("As it stood before the amendment from %s on.") % entry.period,
            )
            rows.append(_row(measure, kept, period.text))
    return rows


def _shared(measure: Measure) -> bool:
    """Whether the year's target is a total shared among its periods, which one period's target does not replace."""
    return measure.sums.rated_reading is words.Reading.IN_PERIOD and measure.aggregation == words.Aggregation.SUM


def _standing(measure: Measure, entry: TargetEntry, period: str) -> Target | None:
    return Target.objects.filter(measure=measure, period=period, category=entry.category, kind=entry.kind).last()


def _row(measure: Measure, entry: TargetEntry, period: str, *, amends: bool = False, corrects: bool = False) -> Target:
    return Target(
        measure=measure,
        period=period,
        category=entry.category,
        kind=entry.kind,
        value=entry.value,
        low=entry.low,
        high=entry.high,
        comparison=entry.comparison,
        profile=entry.profile,
        decision=entry.decision,
        reason=entry.reason,
        amends=amends,
        corrects=corrects,
    )


def faults_of(measure: Measure, entry: TargetEntry) -> dict[str, str]:
    """What is wrong with a target, a message a field."""
    faults: dict[str, str] = {}
    try:
        period = Period.parse(entry.period)
    except PeriodError as fault:
        return {"period": str(fault)}
    if wrong := misfit_words(measure, period):
        faults["period"] = wrong
    ranged = measure.polarity == words.Polarity.RANGE and entry.kind == words.TargetKind.TARGET
    if ranged:
        if entry.low is None:
            faults["low"] = _("Enter the lower end of the range.")
        if entry.high is None:
            faults["high"] = _("Enter the upper end of the range.")
        if entry.low is not None and entry.high is not None and entry.low > entry.high:
            faults["high"] = _("The upper end is below the lower end.")
    elif entry.value is None:
        faults["value"] = _("Enter the target.")
    return faults
