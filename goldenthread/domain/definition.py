"""What of a measure's definition the sums need.

>>> sickness = Definition(code="HR11", frequency=Frequency.QUARTER, polarity=Polarity.LOWER,
...                       reading=Reading.YEAR_TO_DATE)
>>> sickness.rated_reading
<Reading.YEAR_TO_DATE: 'year_to_date'>
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from goldenthread.domain.words import (
    Aggregation,
    DataType,
    Frequency,
    MeasureKind,
    Polarity,
    Profile,
    Reading,
    YearKind,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """A measure's definition, as far as a sum depends on it.

    ``window`` is the rolling window in collection periods (None: a year's worth). ``long_direction`` is ``last_year``
    or ``mean_N`` (the mean of the last N periods). ``dead_band`` is in the measure's own unit. ``stale_after`` counts
    the measure's own periods. ``lag_days`` are days from the end of a period to the day its figure is due.
    """

    code: str
    kind: MeasureKind = MeasureKind.PERFORMANCE
    data_type: DataType = DataType.NUMBER
    unit_of_measure: str = ""
    decimals: int | None = None
    polarity: Polarity = Polarity.NONE
    frequency: Frequency = Frequency.QUARTER
    year: YearKind = YearKind.FINANCIAL
    reading: Reading = Reading.IN_PERIOD
    rated_on: Reading | None = None
    window: int | None = None
    aggregation: Aggregation = Aggregation.NONE
    numerator_aggregation: Aggregation = Aggregation.SUM
    denominator_aggregation: Aggregation = Aggregation.SUM
    factor: Decimal | None = None
    formula: str = ""
    profile: Profile | None = None
    lag_days: int = 0
    stale_after: int = 2
    long_direction: str = "last_year"
    dead_band: Decimal = Decimal(0)
    min: Decimal | None = None
    max: Decimal | None = None
    min_denominator: Decimal | None = None
    starts: date | None = None
    ends: date | None = None

    @property
    def rated_reading(self) -> Reading:
        """The reading on which the measure is rated: its own unless ``rated_on`` says otherwise."""
        return self.rated_on or self.reading

    @property
    def strays_by_chance(self) -> bool:
        """Whether control limits and signals mean anything of it, which takes figures that stand apart and vary.

        A yes or a no and a date do not vary; rolling figures overlap, and those since the beginning only grow.
        Source: docs/sums.
        """
        return (
            self.data_type not in (DataType.YES_NO, DataType.DATE)
            and self.reading not in (Reading.ROLLING, Reading.CUMULATIVE)
            and self.rated_reading is not Reading.CUMULATIVE
        )

    @property
    def ratio_factor(self) -> Decimal:
        """What a numerator over a denominator is multiplied by: 100 for a percentage unless the definition says."""
        if self.factor is not None:
            return self.factor
        return Decimal(100) if self.data_type is DataType.PERCENTAGE else Decimal(1)
