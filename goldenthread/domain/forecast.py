"""Where the year will end: the owner's forecast and a computed one, side by side.

Fly-tips cleared, 620 by the half-year. Last year 44% of them came by then:

>>> fly_tips = Definition(code="ENV7", aggregation=Aggregation.SUM)
>>> last_year = [
...     Figure(period=Period.parse(f"2024/25 Q{n}"), value=Decimal(value))
...     for n, value in ((1, 200), (2, 240), (3, 300), (4, 260))
... ]
>>> so_far = Sum(Decimal(620), None, None, have=2, expected=2)
>>> q2 = Period.parse("2025/26 Q2")
>>> ends = year_end(fly_tips, q2, year_to_date=so_far, in_period_history=last_year)
>>> forecast_words(ends.forecast.reason)
'1,409.09: 620 so far, and 44% of last year had come by then'

The owner knows better, says why, and both are shown:

>>> own = OwnForecast(value=Decimal(1300), reason="The tip's new hours began in July")
>>> ends = year_end(fly_tips, q2, year_to_date=so_far, in_period_history=last_year, own=own)
>>> ends.forecast.value, ends.computed.basis
(Decimal('1300'), <ForecastBasis.LAST_YEAR: 'last_year'>)
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from goldenthread.domain.aggregate import Sum, aggregate, year_kind_of
from goldenthread.domain.amounts import _, digits
from goldenthread.domain.definition import Definition
from goldenthread.domain.figures import Figure, canonical
from goldenthread.domain.periods import Period
from goldenthread.domain.reasons import Reason
from goldenthread.domain.sentences import amounts_of
from goldenthread.domain.targets import Share, builds_up, share_of_year
from goldenthread.domain.words import Aggregation, Frequency, Profile, Reading


class ForecastBasis(StrEnum):
    """What a forecast rests on."""

    OWNER = "owner"
    PROFILE = "profile"
    LAST_YEAR = "last_year"
    STRAIGHT_LINE = "straight_line"
    YEAR_TO_DATE = "year_to_date"
    LATEST = "latest"


@dataclass(frozen=True, slots=True)
class Forecast:
    """A year-end value in the measure's unit, what it rests on and why."""

    value: Decimal
    basis: ForecastBasis
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnForecast:
    """The forecast that the measure's owner gave, made in a period and with a reason."""

    value: Decimal
    reason: str
    by: str = ""
    made_in: Period | None = None


@dataclass(frozen=True, slots=True)
class YearEnd:
    """Both forecasts. ``computed`` is a Reason where none can be computed."""

    own: Forecast | None
    computed: Forecast | Reason

    @property
    def forecast(self) -> Forecast | None:
        """The one that counts: the owner's if it has a reason or stands alone, else the computed one."""
        if isinstance(self.computed, Reason) or (self.own is not None and self.own.reason.params["why"]):
            return self.own
        return self.computed


@dataclass(frozen=True, slots=True)
class ForecastError:
    """How far a forecast was from the outturn: forecast − outturn, and as a percentage of |outturn| (None of zero)."""

    amount: Decimal
    percent: Decimal | None


def year_end(
    measure: Definition,
    period: Period,
    *,
    year_to_date: Sum,
    in_period_history: Sequence[Figure] = (),
    own: OwnForecast | None = None,
    profile: Profile | None = None,
    share_so_far: Decimal | None = None,
    latest: Decimal | None = None,
) -> YearEnd:
    """The year-end forecasts as they stand at the end of ``period``.

    Computed: the year to date ÷ the profile's share so far (``share_so_far`` where the caller knows it, else by
    ``profile`` or the measure's own if even or seasonal), else ÷ last year's share by then, else in a straight line.
    None before a quarter of the year has passed, nor while a period is missing. A ratio, mean, greatest or least is not
    scaled up: it is the year to date, unless its numerator alone builds up through the year (days lost per FTE). Of a
    rolling or snapshot measure there is only the ``latest`` value on its rated reading, named so.
    ``in_period_history`` is in order of period; what lies after ``period``'s year began is not used.
    Source: docs/sums.
    """
    return YearEnd(
        own=None if own is None else _own(own, measure),
        computed=_computed(measure, period, year_to_date, in_period_history, profile, share_so_far, latest),
    )


def error(forecast: Decimal, outturn: Decimal) -> ForecastError:
    """How far ``forecast`` was from ``outturn``.

    >>> error(Decimal(1300), Decimal(1250))
    ForecastError(amount=Decimal('50'), percent=Decimal('4'))
    """
    amount = forecast - outturn
    return ForecastError(amount, amount * 100 / abs(outturn) if outturn else None)


def forecast_words(reason: Reason, *, translate: Callable[[str], str] = str) -> str:
    """A forecast's reason, or the reason for none, as a sentence."""
    params = reason.params
    amounts = amounts_of(params, translate)
    decimals = int(params["decimals"]) if "decimals" in params else None
    texts = {**params}
    for name in ("value", "so_far"):
        if name in params:
            texts[name] = amounts.of(Decimal(params[name]), decimals)
    if "share" in params:
        texts["share"] = digits(Decimal(params["share"]) * 100, 0)
    code = "forecast_owner_no_reason" if reason.code == "forecast_owner" and not params["why"] else reason.code
    return translate(_WORDS[code]).format(**texts)


_WORDS = {
    "forecast_owner": _("{value}, the owner's forecast: {why}"),
    "forecast_owner_no_reason": _("{value}, the owner's forecast, without a reason"),
    "forecast_profile": _("{value}: {so_far} so far, and {share}% of the year should have come by now"),
    "forecast_last_year": _("{value}: {so_far} so far, and {share}% of last year had come by then"),
    "forecast_straight_line": _("{value}: {so_far} so far, carried on in a straight line from {part} of {of} periods"),
    "forecast_year_to_date": _("{value}, the year to date, which is not scaled up"),
    "forecast_complete": _("{value}: the year is complete"),
    "forecast_latest": _("{value}, the latest figure"),
    "forecast_too_early": _("No forecast before a quarter of the year has passed"),
    "forecast_partial": _("No forecast: the year to date has {have} of {expected} periods"),
    "forecast_no_figure": _("No forecast: there is no figure to go by"),
    "forecast_never_restarts": _("No forecast: the figure runs on from year to year"),
    "forecast_undeclared": _("No forecast: the definition does not say how the periods make up the year"),
}
_CODES = {
    ForecastBasis.PROFILE: "forecast_profile",
    ForecastBasis.LAST_YEAR: "forecast_last_year",
    ForecastBasis.STRAIGHT_LINE: "forecast_straight_line",
}


def _own(own: OwnForecast, measure: Definition) -> Forecast:
    params = {**_params(measure, own.value), "why": own.reason.strip().rstrip("."), "by": own.by}
    if own.made_in is not None:
        params["made_in"] = own.made_in.text
    return Forecast(own.value, ForecastBasis.OWNER, Reason("forecast_owner", params))


def _computed(
    measure: Definition,
    period: Period,
    so_far: Sum,
    history: Sequence[Figure],
    profile: Profile | None,
    share_so_far: Decimal | None,
    latest: Decimal | None,
) -> Forecast | Reason:
    reading = measure.rated_reading
    if reading in (Reading.ROLLING, Reading.SNAPSHOT):
        return _as_it_stands(measure, latest, ForecastBasis.LATEST, "forecast_latest")
    if reading is Reading.CUMULATIVE:
        return Reason("forecast_never_restarts")
    part, of = period.within_year(year_kind_of(period, measure))
    if part * 4 < of:
        return Reason("forecast_too_early", {"part": str(part), "of": str(of)})
    if part == of and not so_far.partial:
        return _as_it_stands(measure, so_far.value, ForecastBasis.YEAR_TO_DATE, "forecast_complete")
    if measure.aggregation is Aggregation.NONE:
        return Reason("forecast_undeclared")
    if measure.aggregation is Aggregation.LAST:
        return _as_it_stands(measure, so_far.value, ForecastBasis.LATEST, "forecast_latest")
    if not builds_up(measure):
        return _as_it_stands(measure, so_far.value, ForecastBasis.YEAR_TO_DATE, "forecast_year_to_date")
    if so_far.value is None:
        return Reason("forecast_no_figure")
    if so_far.partial:
        return Reason("forecast_partial", {"have": str(so_far.have), "expected": str(so_far.expected)})
    basis, share = _share_so_far(measure, period, history, profile or measure.profile, share_so_far)
    value = so_far.value * share.of / share.part
    params = _params(measure, value) | {
        "so_far": canonical(so_far.value),
        "share": canonical(share.fraction),
        "part": str(part),
        "of": str(of),
    }
    return Forecast(value, basis, Reason(_CODES[basis], params))


def _as_it_stands(measure: Definition, value: Decimal | None, basis: ForecastBasis, code: str) -> Forecast | Reason:
    return (
        Reason("forecast_no_figure") if value is None else Forecast(value, basis, Reason(code, _params(measure, value)))
    )


def _share_so_far(
    measure: Definition,
    period: Period,
    history: Sequence[Figure],
    profile: Profile | None,
    share_so_far: Decimal | None,
) -> tuple[ForecastBasis, Share]:
    """How much of the year should have come by the end of ``period``, and what the answer rests on."""
    if share_so_far is not None and share_so_far > 0:
        return ForecastBasis.PROFILE, Share(share_so_far, Decimal(1))
    part, of = period.within_year(year_kind_of(period, measure))
    straight = Share(Decimal(part), Decimal(of))
    if profile is Profile.EVEN:
        return ForecastBasis.PROFILE, straight
    if profile is Profile.SEASONAL:
        counted_from_the_start = replace(measure, rated_on=Reading.YEAR_TO_DATE)
        share = share_of_year(counted_from_the_start, period, profile, history=history)
        if isinstance(share, Share) and share.fraction > 0:
            return ForecastBasis.PROFILE, share
    if last := _last_years_share(measure, period, history):
        return ForecastBasis.LAST_YEAR, last
    return ForecastBasis.STRAIGHT_LINE, straight


def _last_years_share(measure: Definition, period: Period, history: Sequence[Figure]) -> Share | None:
    """How much of last year had come by the same point; None unless all of last year's figures are there."""
    kind = year_kind_of(period, measure)
    year = period.containing(Frequency.YEAR, kind)
    ends = [year.previous().start, year.start]
    first, last = (bisect_left(history, end, key=lambda figure: figure.period.end) for end in ends)
    figures = [f for f in history[first:last] if f.period.frequency is period.frequency and not f.period.is_span]
    if not figures:
        return None
    part = period.within_year(kind)[0]
    total = aggregate(figures, measure, expected=figures[-1].period.within_year(kind)[1])
    by_then = aggregate(figures[:part], measure, expected=part)
    if total.partial or not total.value or not by_then.value or by_then.value / total.value <= 0:
        return None
    return Share(by_then.value, total.value)


def _params(measure: Definition, value: Decimal) -> dict[str, str]:
    params = {"value": canonical(value), "data_type": measure.data_type.value}
    if measure.unit_of_measure:
        params["unit"] = measure.unit_of_measure
    if measure.decimals is not None:
        params["decimals"] = str(measure.decimals)
    return params
