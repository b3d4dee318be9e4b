"""A period that the services refuse for a measure the load refuses too, and the other way round."""

from decimal import Decimal
from itertools import product
from typing import Any

import pytest

from goldenthread.domain.periods import Period
from goldenthread.domain.words import Frequency, YearKind
from goldenthread.measures.models import Measure
from goldenthread.measures.package.checks import period_fault as refused_by_load
from goldenthread.measures.services import Entry, Refused, TargetEntry, give_forecast, record_actual, set_target
from goldenthread.measures.services.figures import misfit_words
from tests.measures.customer_services import make_measure

FORMS = (
    *("2024-07-05", "2024-W28", "2024-07", "2024/25 Q2", "2024 Q3", "2024/25 T1", "2024/25 H1", "2024/25", "2024"),
    *("2024/25 academic", "2024/25 academic autumn", "2022/23 to 2024/25", "2023-07 to 2024-06", "2022 to 2024"),
)


@pytest.mark.parametrize(("frequency", "year"), product(Frequency, YearKind))
def test_the_same_periods_fit_whichever_way_a_figure_comes(frequency: Frequency, year: YearKind):
    measure = Measure(code="CS-01", frequency=frequency, year=year)
    for text in FORMS:
        period = Period.parse(text)
        assert bool(misfit_words(measure, period)) == bool(refused_by_load(measure.sums, period)), text


def test_a_measure_has_figures_for_its_own_periods_and_longer_ones():
    quarterly = Measure(code="CS-01", frequency="quarter", year="financial")
    fits = [text for text in FORMS if not misfit_words(quarterly, Period.parse(text))]
    assert fits == ["2024/25 Q2", "2024/25 T1", "2024/25 H1", "2024/25", "2022/23 to 2024/25", "2023-07 to 2024-06"]
    assert misfit_words(quarterly, Period.parse("2024-07")) == (
        "This measure is collected by the quarter, and 2024-07 is shorter. Write 2024/25 Q2."
    )
    assert misfit_words(quarterly, Period.parse("2024 Q3")) == (
        "2024 Q3 belongs to another kind of year than this measure's. Write 2024/25 Q2."
    )


@pytest.mark.django_db
@pytest.mark.parametrize("period", ["2025-07", "2025 Q3", "Q2 2025/26"])
def test_figures_targets_and_forecasts_are_refused_the_same_periods(period: str):
    make_measure("CS-01", data_type="number", aggregation="sum")
    asked: list[tuple[Any, dict[str, Any], str]] = [
        (record_actual, {"entry": Entry(period=period, value=Decimal(80))}, "period"),
        (set_target, {"entry": TargetEntry(period=period, value=Decimal(80))}, "period"),
        (give_forecast, {"for_period": period, "value": Decimal(80), "reason": "Rising"}, "for_period"),
    ]
    for verb, said, field in asked:
        with pytest.raises(Refused) as refused:
            verb(by=None, measure="CS-01", **said)
        assert set(refused.value.faults) == {field}, verb
