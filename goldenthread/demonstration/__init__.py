"""Wenlow City Council: an invented council whose figures behave as councils' figures do.

Its today is ``TODAY``: the third quarter of 2026/27 has ended and is being collected. Everything is made by code with
fixed seeds, the same each time. ``scale`` copies the measures, for benchmarks of a larger council.

>>> [row["name"] for row in tables()["units"][:2]]
['Wenlow City Council', 'Children and Young People']
"""

from pathlib import Path

from goldenthread.demonstration import (
    awkward,
    comparators,
    council,
    definitions,
    figures,
    members,
    people,
    plans,
    posts,
    published,
    results,
    rules,
    targets,
    words,
)
from goldenthread.demonstration.awkward import AWKWARD
from goldenthread.demonstration.bench import bench_tables
from goldenthread.demonstration.catalogue import sheets
from goldenthread.demonstration.clock import TODAY
from goldenthread.demonstration.package import Tables, complete, write_tables
from goldenthread.demonstration.people import SIGN_INS

__all__ = ["AWKWARD", "SIGN_INS", "TODAY", "Tables", "bench_tables", "tables", "write"]


DESCRIPTION = (
    "Wenlow is an invented city. Its council, its people and every figure here were made up to show "
    "how a council uses Golden Thread; none stands for a real place or person."
)


def tables(scale: int = 1) -> Tables:
    """Every table of the demonstration council's data package, with ``scale`` times as many measures."""
    measured = sheets(scale)
    actuals = {sheet.code: figures.rows(sheet) for sheet in measured}
    aims = {sheet.code: targets.rows(sheet) for sheet in measured}
    awkward.actuals(actuals)
    awkward.targets(aims)
    owner = {sheet.code: definitions.owner_of(sheet) for sheet in measured}
    said = {
        "actuals": [row for rows in actuals.values() for row in rows],
        "targets": [row for rows in aims.values() for row in rows],
        "annotations": awkward.annotations(),
        "judgements": awkward.judgements(),
        "forecasts": awkward.forecasts(actuals, owner),
    }
    whole = complete(
        {
            **council.tables(),
            **people.tables(),
            **members.tables(people.code_of, posts.TITLES),
            **plans.tables(),
            **definitions.tables(measured),
            **rules.tables(measured),
            **said,
        }
    )
    shown = [sheet for sheet in sheets() if sheet.levels]
    computed = results.compute(whole, [sheet.code for sheet in shown])
    scorecard = [row["measure"] for row in whole["sets"] if row["measure"] in computed]
    more = {
        "commentary": [row for sheet in shown for row in words.rows(sheet, owner[sheet.code], computed[sheet.code])],
        "published": published.rows(scorecard, computed),
        "comparators": comparators.rows(shown),
    }
    return whole | {table: rows for table, rows in complete(more).items() if rows}


def write(folder: Path | str, *, scale: int = 1) -> None:
    """Write the demonstration council as a data package into ``folder``."""
    write_tables(
        Path(folder),
        tables(scale),
        name="wenlow-city-council",
        title="Wenlow City Council",
        description=DESCRIPTION,
    )
