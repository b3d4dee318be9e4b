"""What a benchmark says: one line a measurement, beside the least it could be and what it may be."""

import json
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Measured:
    """``floor`` is the same work done bare (SQL alone, a plain template), in the same run; ``budget`` the most."""

    name: str
    measured: float
    unit: str = "ms"
    floor: float | None = None
    budget: float | None = None

    def tell(self) -> None:
        """Hand the line to bin/bench."""
        print(json.dumps(asdict(self)), flush=True)


def median_of(times: int, work: Callable[[], object], *, warm: int = 1) -> float:
    """Milliseconds of the middle one of ``times`` runs, after ``warm`` runs that don't count."""
    for _ in range(warm):
        work()
    return statistics.median(once(work) for _ in range(times))


def once(work: Callable[[], object]) -> float:
    """Milliseconds of one run."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def progress(what: str) -> None:
    print(f"      {what}", file=sys.stderr, flush=True)
