"""The staff list: taken in, and its differences applied or refused row by row."""

from goldenthread.council.services.extract.deciding import apply_extract_row, refuse_extract_row
from goldenthread.council.services.extract.taking_in import (
    Compared,
    compare_extract,
    release_extract,
    set_extract_aside,
    take_in_extract,
)

__all__ = [
    "Compared",
    "apply_extract_row",
    "compare_extract",
    "refuse_extract_row",
    "release_extract",
    "set_extract_aside",
    "take_in_extract",
]
