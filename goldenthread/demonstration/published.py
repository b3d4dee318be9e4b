"""What Cabinet was shown: the scorecard of four quarters as it stood that day, and an older annual report."""

from collections.abc import Iterable, Mapping
from datetime import datetime, time
from decimal import Decimal

from goldenthread.demonstration.behaviour import text
from goldenthread.demonstration.clock import LONDON
from goldenthread.demonstration.lines import read
from goldenthread.demonstration.results import known
from goldenthread.domain.amounts import rounded
from goldenthread.domain.periods import Period
from goldenthread.domain.series.row import Row, Version

#: The publication, the day it was shown, and the quarter it was about.
PUBLICATIONS = read(
    """
Cabinet 24 February 2026 | 2026-02-24 | 2025/26 Q3
Cabinet 9 June 2026 | 2026-06-09 | 2025/26 Q4
Cabinet 15 September 2026 | 2026-09-15 | 2026/27 Q1
Cabinet 24 November 2026 | 2026-11-24 | 2026/27 Q2
""",
    "publication shown_on quarter",
)

#: What the annual report of 2021/22 said, rated by the system we had then.
BEFORE = read(
    """
SE-01 | 2022-03 | 60.0 | 70 | amber | worse | Rated amber within 15% of target, as the earlier system did.
CS-07 | 2021/22 Q4 | 86.1 | 90 | green | better | Rated green within 5% of target, as the earlier system did.
AS-02 | 2021/22 Q4 | 80.6 | 82 | green | better | Rated green within 5% of target, as the earlier system did.
HN-03 | 2021/22 Q4 | 341 | 320 | amber | worse |
HO-05 | 2021/22 | 70.2 | 72 | green | better | Rated green within 5% of target, as the earlier system did.
WS-01 | 2021/22 Q4 | 40.9 | 43 | green | worse | Rated green within 5% of target, as the earlier system did.
HR-06 | 2021/22 | 6.7 | 6 | red | better |
CS-08 | 2021/22 | 54.1 | 55 | green | same | Rated green within 5% of target, as the earlier system did.
""",
    "measure period value target status direction note",
)


def rows(scorecard: Iterable[str], computed: Mapping[str, list[Version]]) -> list[dict[str, str]]:
    """Every figure published: the old annual report's, and each publication's by the scorecard's order."""
    codes = list(scorecard)
    old = {"publication": "Annual Report 2021/22", "shown_on": "2022-07-12", "body": "Council"}
    made = [{**old, **row} for row in BEFORE]
    for publication in PUBLICATIONS:
        day = datetime.fromisoformat(publication["shown_on"]).date()
        at = datetime.combine(day, time(10), LONDON)
        shown = {"publication": publication["publication"], "shown_on": day.isoformat(), "body": "Cabinet"}
        for code in codes:
            row = latest(computed[code], Period.parse(publication["quarter"]), at)
            if row is not None:
                made.append({**shown, "measure": code, **_figures(row)})
    return made


def latest(computed: Iterable[Version], quarter: Period, at: datetime) -> Row | None:
    """The result that a board for ``quarter`` showed at a moment: the quarter's own before a month's."""
    rows = [version.row for version in known(computed, at) if version.row.period.end <= quarter.end]
    if not rows:
        return None
    return max(rows, key=lambda row: (row.period.end, row.period == quarter, not row.derived))


def _figures(row: Row) -> dict[str, str]:
    return {
        "period": row.period.text,
        "value": _shown(row.rated_value),
        "target": _shown(row.target),
        "status": row.status.value,
        "direction": row.direction_short.value,
    }


def _shown(number: Decimal | None) -> str:
    return "" if number is None else text(rounded(number, 2))
