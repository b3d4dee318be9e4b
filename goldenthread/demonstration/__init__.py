"""Wenlow City Council: an invented council whose figures behave as councils' figures do.

Its today is ``TODAY``: the third quarter of 2026/27 has ended and is being collected. Everything is made by code with fixed
seeds, the same each time. ``scale`` copies the measures, for benchmarks of a larger council.

>>> [row["name"] for row in tables()["units"][:2]]
['Wenlow City Council', 'Children and Young People']
"""

from datetime import date
from pathlib import Path

from goldenthread.demonstration import council, people
from goldenthread.demonstration.package import Tables, complete, write_tables
from goldenthread.demonstration.people import SIGN_INS

__all__ = ["SIGN_INS", "TODAY", "tables", "write"]

TODAY = date(2027, 1, 18)

DESCRIPTION = (
    "Wenlow is an invented city. Its council, its people and every figure here were made up to show "
    "how a council uses Golden Thread; none stands for a real place or person."
)


def tables(scale: int = 1) -> Tables:
    """Every table of the demonstration council's data package, with ``scale`` times as many measures."""
    return complete({**council.tables(), **people.tables()})


def write(folder: Path | str, *, scale: int = 1) -> None:
    """Write the demonstration council as a data package into ``folder``."""
    write_tables(
        Path(folder),
        tables(scale),
        name="wenlow-city-council",
        title="Wenlow City Council",
        description=DESCRIPTION,
    )
