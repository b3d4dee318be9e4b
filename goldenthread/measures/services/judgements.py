"""What people say beside the figures: judgements, forecasts, notes, breaks and rebases."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from goldenthread.accounts.models import User
from goldenthread.domain import words
from goldenthread.domain.periods import Period, PeriodError
from goldenthread.history.models import Change
from goldenthread.measures.models import Annotation, Forecast, Judgement, Measure
from goldenthread.measures.services.act import Act, Refused, act
from goldenthread.measures.services.figures import misfit_words


def judge(*, by: User | None, measure: str, period: str, status: str, reason: str, expires: date | None = None) -> Act:
    """Judge a measure's status for a period. Raises Refused without a reason or an expiry, or with no colour."""

    def write(change: Change, measures: Mapping[str, Measure]) -> None:
        faults = _period_faults(period)
        if status not in words.RATED:
            faults["status"] = _("Choose a colour.")
        if not reason.strip():
            faults["reason"] = _("Say what the judgement rests on.")
        if expires is None:
            faults["expires"] = _("Say until when it holds.")
        if faults:
            raise Refused(faults)
        Judgement.objects.create(
            measure=measures[measure],
            period=period,
            status=status,
            reason=reason,
            by_name=change.by_name,
            expires=expires,
            entered_at=change.at,
            change=change,
        )

    return act(by=by, verb="judge", object=f"measure {measure}", codes=[measure], write=write, reason=reason)


def give_forecast(
    *, by: User | None, measure: str, for_period: str, value: Decimal, reason: str, made_in: str = ""
) -> Act:
    """Give the owner's forecast of a period's outturn. Raises Refused without a reason."""

    def write(change: Change, measures: Mapping[str, Measure]) -> None:
        faults = _period_faults(for_period, "for_period") | (_period_faults(made_in, "made_in") if made_in else {})
        if "for_period" not in faults and (wrong := misfit_words(measures[measure], Period.parse(for_period))):
            faults["for_period"] = wrong
        if not reason.strip():
            faults["reason"] = _("Say what the forecast rests on.")
        if faults:
            raise Refused(faults)
        Forecast.objects.create(
            measure=measures[measure],
            for_period=for_period,
            made_in=made_in,
            value=value,
            reason=reason,
            by_name=change.by_name,
            entered_at=change.at,
            change=change,
        )

    return act(by=by, verb="give_forecast", object=f"measure {measure}", codes=[measure], write=write, reason=reason)


def annotate(*, by: User | None, measure: str, period: str, kind: str, text: str, public: bool = False) -> Act:
    """Note something about a period; a break or a rebase also stops comparisons or limits from reaching across it."""

    def write(change: Change, measures: Mapping[str, Measure]) -> None:
        faults = _period_faults(period)
        if not text.strip():
            faults["text"] = _("Write the note.")
        if faults:
            raise Refused(faults)
        Annotation.objects.create(
            measure=measures[measure],
            period=period,
            kind=words.Annotation(kind),
            text=text,
            public=public,
            entered_at=change.at,
            change=change,
        )

    return act(by=by, verb="annotate", object=f"measure {measure}", codes=[measure], write=write)


def _period_faults(text: str, field: str = "period") -> dict[str, str]:
    try:
        Period.parse(text)
    except PeriodError as fault:
        return {field: str(fault)}
    return {}
