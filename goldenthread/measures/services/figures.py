"""Figures: recorded, restated, and commented on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from goldenthread.accounts.models import User
from goldenthread.domain import words
from goldenthread.domain.aggregate import ratio
from goldenthread.domain.collected import misfit
from goldenthread.domain.periods import Period, PeriodError
from goldenthread.history.clock import today
from goldenthread.history.models import Change
from goldenthread.measures.models import Actual, Category, Commentary, Measure, PublishedFigure
from goldenthread.measures.services.act import Act, Refused, Superseded, act


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A figure as somebody gives it. ``seen`` is the key of the figure they saw standing when they began (0: none)."""

    period: str
    category: str = ""
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    lower: Decimal | None = None
    upper: Decimal | None = None
    sample: Decimal | None = None
    missing: str = ""
    expected_on: date | None = None
    state: str = words.State.FINAL
    assurance: str = words.Assurance.NONE
    method: str = ""
    comment: str = ""
    public_note: str = ""
    seen: int | None = None


def record_actual(
    *, by: User | None, measure: str, entry: Entry, source: str = "", reason: str = "", entered_by: str = ""
) -> Act:
    """Record a figure for a period. A published one is not replaced this way: it is restated, with a reason.

    Raises Refused with a message a field, Superseded where another figure was saved since ``entry.seen``.
    """

    def write(change: Change, measures: Mapping[str, Measure]) -> None:
        target = measures[measure]
        if PublishedFigure.objects.filter(measure=target, period=entry.period, category=entry.category).exists():
            raise Refused({"": _("This period's figure has been published. Restate it instead, and say why.")})
        write_figure(target, entry, change, source=source, reason=reason, entered_by=entered_by)

    return act(
        by=by,
        verb="record_actual",
        object=f"measure {measure}",
        codes=[measure],
        write=write,
        source=source,
        reason=reason,
    )


def restate(*, by: User | None, measure: str, entry: Entry, reason: str, source: str = "", entered_by: str = "") -> Act:
    """Replace a figure that was published or final, saying why; the later results it moves are moved with it.

    Raises Refused where there is no reason or no figure to restate.
    """

    def write(change: Change, measures: Mapping[str, Measure]) -> None:
        if not reason.strip():
            raise Refused({"reason": _("Say why the figure is restated.")})
        if _standing(measures[measure], entry) is None:
            raise Refused({"period": _("There is no figure for this period to restate: record it instead.")})
        write_figure(
            measures[measure],
            entry,
            change,
            source=source,
            reason=reason,
            entered_by=entered_by,
            state=words.State.RESTATED,
        )

    return act(
        by=by, verb="restate", object=f"measure {measure}", codes=[measure], write=write, source=source, reason=reason
    )


def write_commentary(
    *,
    by: User | None,
    measure: str,
    period: str,
    comment: str = "",
    cause: str = "",
    action: str = "",
    owner: str = "",
    due: date | None = None,
    audience: str = "internal",
) -> Act:
    """Write the commentary on a measure's period; an earlier one stays on record. Raises Refused if nothing is said."""

    def write(change: Change, measures: Mapping[str, Measure]) -> None:
        _period(period)
        if not (comment.strip() or cause.strip() or action.strip()):
            raise Refused({"comment": _("Write what is behind the figure.")})
        Commentary.objects.create(
            measure=measures[measure],
            period=period,
            comment=comment,
            cause=cause,
            action=action,
            owner=owner,
            due=due,
            audience=audience,
            written_by=change.by_name,
            entered_at=change.at,
            change=change,
        )

    return act(by=by, verb="write_commentary", object=f"measure {measure}", codes=[measure], write=write)


def faults_of(measure: Measure, entry: Entry) -> dict[str, str]:
    """What makes a figure impossible to keep, a message a field."""
    faults: dict[str, str] = {}
    if measure.formula:
        return {"": _("This measure is worked out from others (%s): enter those.") % measure.formula}
    try:
        period = Period.parse(entry.period)
    except PeriodError as fault:
        return {"period": str(fault)}
    if fault := period_fault(measure, period):
        faults["period"] = fault
    given = [number for number in (entry.value, entry.numerator, entry.denominator) if number is not None]
    if entry.missing and given:
        faults["missing"] = _("Give a figure or say why there is none, not both.")
    if not entry.missing and not given and entry.expected_on is None:
        faults["value"] = _("Enter a figure, or say why there is none.")
    if (entry.numerator is None) != (entry.denominator is None) and entry.value is None:
        half = "denominator" if entry.denominator is None else "numerator"
        faults[half] = _("Enter both halves, or the figure itself.")
    if entry.denominator is not None and entry.denominator == 0 and entry.value is None:
        faults["denominator"] = _("A figure out of 0 cannot be worked out: say that there is none, and why.")
    if entry.value is not None and measure.data_type == words.DataType.YES_NO and entry.value not in (0, 1):
        faults["value"] = _("Answer yes (1) or no (0).")
    if entry.lower is not None and entry.upper is not None and entry.lower > entry.upper:
        faults["upper"] = _("The upper margin is below the lower one.")
    faults.update(_disagreement(measure, entry))
    if entry.category:
        faults.update(_category_fault(entry.category))
    return faults


def period_fault(measure: Measure, period: Period) -> str:
    """Why no figure of ``measure`` can be for ``period``; nothing where one can."""
    if fault := misfit_words(measure, period):
        return fault
    if period.start > today():
        return _("%s has not begun.") % period.short_words()
    if measure.starts and period.end < measure.starts:
        return _("This measure only began on %s.") % measure.starts.isoformat()
    if measure.ends and period.start > measure.ends:
        return _("This measure was retired on %s.") % measure.ends.isoformat()
    return ""


def misfit_words(measure: Measure, period: Period) -> str:
    """Why ``period`` is of no kind for which ``measure`` has figures and targets; nothing where it is."""
    found = misfit(measure.sums, period)
    if found is None:
        return ""
    told = {"period": period.text, "frequency": measure.frequency.replace("_", " "), "own": found.example}
    if found.kind == "other_year":
        said = _("%(period)s belongs to another kind of year than this measure's.") % told
    else:
        said = _("This measure is collected by the %(frequency)s, and %(period)s is shorter.") % told
    return " ".join(filter(None, [said, found.example and _("Write %(own)s.") % told]))


def _disagreement(measure: Measure, entry: Entry) -> dict[str, str]:
    """Whether the value and its halves tell two stories, beyond what rounding explains."""
    worked_out = ratio(entry.numerator, entry.denominator, measure.sums)
    if entry.value is None or worked_out is None:
        return {}
    exponent = entry.value.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    if abs(worked_out - entry.value) <= Decimal(1).scaleb(-places):
        return {}
    return {
        "value": _("%(numerator)s out of %(denominator)s is %(worked_out)s, not %(value)s: leave one of them out.")
        % {
            "numerator": entry.numerator,
            "denominator": entry.denominator,
            "worked_out": f"{worked_out:.4g}",
            "value": entry.value,
        }
    }


def _category_fault(category: str) -> dict[str, str]:
    for part in category.split(";"):
        scheme, _equals, code = part.partition("=")
        if not Category.objects.filter(scheme__code=scheme, code=code).exists():
            return {"category": _("There is no category %s.") % part}
    return {}


def _period(text: str) -> Period:
    try:
        return Period.parse(text)
    except PeriodError as fault:
        raise Refused({"period": str(fault)}) from None


def _said_meanwhile(standing: Actual | None) -> str:
    if standing is None:
        return _("The figure you saw is gone: look and save again.")
    return _(
        "%(who)s saved a figure for this period while you were writing: %(value)s. "
        "Yours is still in the form: compare the two and save again if yours is right."
    ) % {
        "who": standing.entered_by or _("Somebody"),
        "value": standing.missing if standing.value is None else standing.value,
    }


def _standing(measure: Measure, entry: Entry) -> Actual | None:
    return (
        Actual.objects.filter(measure=measure, period=entry.period, category=entry.category)
        .order_by("entered_at", "pk")
        .last()
    )


def write_figure(
    measure: Measure,
    entry: Entry,
    change: Change,
    *,
    source: str = "",
    reason: str = "",
    entered_by: str = "",
    state: str = "",
) -> None:
    """Write the row, inside an act. Raises Refused with what makes it impossible, Superseded where it is too late."""
    faults = faults_of(measure, entry)
    if faults:
        raise Refused(faults)
    standing = _standing(measure, entry)
    if entry.seen is not None and entry.seen != (standing.pk if standing else 0):
        raise Superseded({"": _said_meanwhile(standing)})
    value = entry.value
    if value is None and entry.numerator is not None:
        value = ratio(entry.numerator, entry.denominator, measure.sums)
    Actual.objects.create(
        measure=measure,
        period=entry.period,
        category=entry.category,
        numerator=entry.numerator,
        denominator=entry.denominator,
        value=value,
        lower=entry.lower,
        upper=entry.upper,
        sample=entry.sample,
        missing=entry.missing,
        expected_on=entry.expected_on,
        state=state or entry.state,
        assurance=entry.assurance,
        entered_by=entered_by or change.by_name,
        method=entry.method,
        source_file=source,
        comment=entry.comment,
        reason=reason,
        public_note=entry.public_note,
        entered_at=change.at,
        change=change,
    )
