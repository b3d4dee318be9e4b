"""Where the year will end: the owner's forecast and a computed one, side by side."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from goldenthread.domain.aggregate import Sum
from goldenthread.domain.definition import Definition
from goldenthread.domain.figures import Figure
from goldenthread.domain.periods import Period
from goldenthread.domain.reasons import Reason


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
        """The one that counts: the owner's where it has a reason, else the computed one."""
        if self.own is not None:
            return self.own
        return self.computed if isinstance(self.computed, Forecast) else None


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
    share_so_far: Decimal | None = None,
    latest: Decimal | None = None,
) -> YearEnd:
    """The year-end forecasts as they stand at the end of ``period``."""
    raise NotImplementedError


def error(forecast: Decimal, outturn: Decimal) -> ForecastError:
    """How far ``forecast`` was from ``outturn``."""
    raise NotImplementedError


def forecast_words(reason: Reason, *, translate: Callable[[str], str] = str) -> str:
    """A forecast's reason as a sentence."""
    raise NotImplementedError
