"""Targets: set before the year, amended from a period on, corrected where they were typed wrong."""

from collections.abc import Mapping
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

    def write(change: Change, measures: Mapping[str, Measure]) -> None:
        if _standing(measures[measure], entry, entry.period) is not None:
            raise Refused(
                {"period": _("There is a target for this period: amend it, or correct it if it was typed wrong.")}
            )
        _write(measures[measure], entry, [entry.period], change)

    return _act("set_target", by, measure, entry, write, source)


def amend_target(*, by: User | None, measure: str, entry: TargetEntry, source: str = "") -> Act:
    """Change a target from ``entry.period`` to the end of its year, by a decision; periods before keep theirs.

    The original is printed beside it; a year's own target is amended too. Raises Refused without reason or decision.
    """

    def write(change: Change, measures: Mapping[str, Measure]) -> None:
        faults = {}
        if not entry.reason.strip():
            faults["reason"] = _("Say why the target is amended.")
        if not entry.decision.strip():
            faults["decision"] = _("Name the decision that amended it: who decided, and when.")
        if faults:
            raise Refused(faults)
        target = measures[measure]
        period = _period(entry.period)
        year = period.containing(words.Frequency.YEAR, words.YearKind(target.year))
        periods = [period.text]
        if not period.is_span and period != year:
            parts = year.parts(period.frequency, words.YearKind(target.year))
            periods = [part.text for part in parts if part >= period]
            if _standing(target, entry, year.text) is not None and not _shared(target):
                _pin(target, entry, [part for part in parts if part < period], change)
                periods.append(year.text)
        _write(target, entry, periods, change, amends=True)

    return _act("amend_target", by, measure, entry, write, source)


def correct_target(*, by: User | None, measure: str, entry: TargetEntry, source: str = "") -> Act:
    """Put right a target that was typed wrong: its period is rated anew, and says so. Raises Refused without reason."""

    def write(change: Change, measures: Mapping[str, Measure]) -> None:
        if not entry.reason.strip():
            raise Refused({"reason": _("Say what was wrong.")})
        if _standing(measures[measure], entry, entry.period) is None:
            raise Refused({"period": _("There is no target for this period to correct: set it instead.")})
        _write(measures[measure], entry, [entry.period], change, corrects=True)

    return _act("correct_target", by, measure, entry, write, source)


def _act(verb: str, by: User | None, measure: str, entry: TargetEntry, write: object, source: str) -> Act:
    return act(
        by=by,
        verb=verb,
        object=f"measure {measure}",
        codes=[measure],
        write=write,  # type: ignore[arg-type]
        source=source,
        reason=entry.reason,
    )


def _pin(measure: Measure, entry: TargetEntry, earlier: list[Period], change: Change) -> None:
    """Write down what the year's target meant for the periods before its amendment, so that they keep it."""
    state = State(measure.sums)
    for event in sorted(said_of([measure])[measure.code], key=lambda event: (event.at, event.order)):
        state.apply(event)
    tracks = state.tracks[entry.category].values()
    history = sorted(
        (figure for track in tracks for figure in track.figures.values()), key=lambda figure: figure.period
    )
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
            _write(measure, kept, [period.text], change)


def _shared(measure: Measure) -> bool:
    """Whether the year's target is a total shared among its periods, which one period's target does not replace."""
    return measure.sums.rated_reading is words.Reading.IN_PERIOD and measure.aggregation == words.Aggregation.SUM


def _standing(measure: Measure, entry: TargetEntry, period: str) -> Target | None:
    return Target.objects.filter(measure=measure, period=period, category=entry.category, kind=entry.kind).last()


def _period(text: str) -> Period:
    try:
        return Period.parse(text)
    except PeriodError as fault:
        raise Refused({"period": str(fault)}) from None


def _write(
    measure: Measure,
    entry: TargetEntry,
    periods: list[str],
    change: Change,
    *,
    amends: bool = False,
    corrects: bool = False,
) -> None:
    faults = faults_of(measure, entry)
    if faults:
        raise Refused(faults)
    for period in periods:
        Target.objects.create(
            measure=measure,
            period=period,
            category=entry.category,
            kind=entry.kind,
            value=entry.value,
            low=entry.low,
            high=entry.high,
            comparison=entry.comparison,
            profile=entry.profile,
            set_by=change.by_name,
            decision=entry.decision,
            reason=entry.reason,
            amends=amends,
            corrects=corrects,
            entered_at=change.at,
            change=change,
        )


def faults_of(measure: Measure, entry: TargetEntry) -> dict[str, str]:
    """What is wrong with a target, a message a field."""
    faults: dict[str, str] = {}
    _period(entry.period)
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
