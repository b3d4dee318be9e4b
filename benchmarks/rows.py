"""What a benchmark says: one line a measurement, beside the least it could be and what it may be."""

import json
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass

from jinja2 import Environment


@dataclass(frozen=True)
class Measured:
    """``floor`` is the same work done bare (SQL alone, a plain template), in the same run; ``budget`` the most."""

    name: str
    measured: float
    unit: str = "ms"
    floor: float | None = None
    budget: float | None = None

    def tell(self) -> None:
        """Hand the line to bin/bench, with the pace of the machine beside it where a budget is of time."""
        pace = machine_pace() if self.budget is not None and self.unit in ("ms", "s") else None
        print(json.dumps(asdict(self) | {"pace": pace}), flush=True)


#: Milliseconds that the plain page takes on the machine for which the budgets were set.
PLAIN_PAGE_THERE = 15
PLAIN_PAGE = Environment(autoescape=True).from_string(
    "<table>{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>{% endfor %}</table>"
)
PLAIN_ROWS = [[f"cell {column} of {row}" for column in range(9)] for row in range(1_000)]


def machine_pace() -> float:
    """How many times longer than there a plain page takes here and now: a thousand rows with the board's nine cells."""
    return median_of(9, lambda: PLAIN_PAGE.render(rows=PLAIN_ROWS)) / PLAIN_PAGE_THERE


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
