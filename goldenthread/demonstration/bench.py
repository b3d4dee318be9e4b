"""Tables for measuring how fast a load is: so many measures of so many months, with targets and a rule."""

from datetime import date, timedelta
from random import Random

from goldenthread.demonstration.package import Tables, complete
from goldenthread.domain.periods import Period
from goldenthread.domain.words import Frequency

FIRST = date(2021, 4, 1)
RULE_SET_AT = "2021-03-10T09:30:00+00:00"


def bench_tables(measures: int, months: int) -> Tables:
    """``measures`` monthly percentages of ``months`` figures each from April 2021, with yearly targets and a rule."""
    run = _months(months)
    years = list(dict.fromkeys(period.containing(Frequency.YEAR) for period in run))
    codes = [f"B-{number:05}" for number in range(1, measures + 1)]
    units = [{"unit": "BENCH", "name": "Benchmark Council", "kind": "council"}]
    services = max(1, measures // 25)
    units += [
        {"unit": f"S{place:03}", "name": f"Service {place}", "kind": "service", "parent": "BENCH"}
        for place in range(services)
    ]
    rule = {"rule": "BENCH", "title": "Within 5%", "family": "miss_tolerance", "basis": "percent", "amber": "5"}
    given = {"tier": "strategic", "rule": "BENCH", "decision": "Cabinet", "entered_at": RULE_SET_AT}
    targets, actuals = [], []
    for number, code in enumerate(codes):
        random = Random(number)  # noqa: S311
        level = 60 + random.random() * 30
        for year in years:
            set_at = f"{year.start - timedelta(days=20)}T10:00:00+00:00"
            targets.append(
                {"measure": code, "period": year.text, "kind": "target", "value": f"{level:.1f}", "entered_at": set_at}
            )
        for period in run:
            denominator = random.randrange(400, 600)
            numerator = round(denominator * min(1.0, (level + random.gauss(0, 3)) / 100))
            actuals.append(
                {
                    "measure": code,
                    "period": period.text,
                    "numerator": str(numerator),
                    "denominator": str(denominator),
                    "state": "final",
                    "entered_at": f"{period.end + timedelta(days=12)}T10:00:00+00:00",
                    "entered_by": "Benchmark",
                }
            )
    return complete(
        {
            "units": units,
            "measures": [_measure(code, f"S{place % services:03}") for place, code in enumerate(codes)],
            "rules": [{**rule, "agreed_on": "2021-03-09", "entered_at": RULE_SET_AT}],
            "rule_assignments": [given],
            "targets": targets,
            "actuals": actuals,
        }
    )


def _months(count: int) -> list[Period]:
    months = [Period.of(Frequency.MONTH, FIRST)]
    while len(months) < count:
        months.append(months[-1].next())
    return months[:count]


def _measure(code: str, unit: str) -> dict[str, str]:
    return {
        "measure": code,
        "title": f"Cases dealt with on time, {code}",
        "unit": unit,
        "kind": "performance",
        "tier": "strategic",
        "data_type": "percentage",
        "unit_of_measure": "%",
        "decimals": "1",
        "polarity": "higher",
        "frequency": "month",
        "year": "financial",
        "reading": "in_period",
        "aggregation": "ratio",
        "numerator_aggregation": "sum",
        "denominator_aggregation": "sum",
        "factor": "100",
        "lag_days": "20",
    }
