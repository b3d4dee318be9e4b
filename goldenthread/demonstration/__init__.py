"""Wenlow City Council: an invented council whose figures behave as councils' figures do.

Its today is ``TODAY``: the third quarter of 2026/27 has ended and is being collected. Everything is made by code with
fixed seeds, the same each time. ``scale`` copies the measures, for benchmarks of a larger council.

>>> [row["name"] for row in tables()["units"][:2]]
['Wenlow City Council', 'Children and Young People']
"""

from pathlib import Path

from goldenthread.demonstration import council, definitions, figures, people, rules, targets
from goldenthread.demonstration.catalogue import sheets
from goldenthread.demonstration.clock import TODAY
from goldenthread.demonstration.package import Tables, complete, write_tables
from goldenthread.demonstration.people import SIGN_INS

__all__ = ["SIGN_INS", "TODAY", "tables", "write"]


DESCRIPTION = (
    "Wenlow is an invented city. Its council, its people and every figure here were made up to show "
    "how a council uses Golden Thread; none stands for a real place or person."
)


def tables(scale: int = 1) -> Tables:
    """Every table of the demonstration council's data package, with ``scale`` times as many measures."""
    measured = sheets(scale)
    said = {
        "targets": [row for sheet in measured for row in targets.rows(sheet)],
        "actuals": [row for sheet in measured for row in figures.rows(sheet)],
    }
    return complete(
        {**council.tables(), **people.tables(), **definitions.tables(measured), **rules.tables(measured), **said}
    )


def write(folder: Path | str, *, scale: int = 1) -> None:
    """Write the demonstration council as a data package into ``folder``."""
    write_tables(
        Path(folder),
        tables(scale),
        name="wenlow-city-council",
        title="Wenlow City Council",
        description=DESCRIPTION,
    )
