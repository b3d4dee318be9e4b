"""What long work shows on a terminal: how far it is, and what it did."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from goldenthread.package import tables


@contextmanager
def progress(*, shown: bool = True) -> Iterator[tables.Progress]:
    """A line on standard error that follows the steps told to it; silent where that is no terminal."""
    console = Console(stderr=True)
    if not shown or not console.is_terminal:
        yield lambda step, done, total: None
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as lines:
        task = lines.add_task("", total=None)
        yield lambda step, done, total: lines.update(task, description=step, completed=done, total=total or None)


def counts_table(out: Any, title: str, counts: Mapping[str, Mapping[str, int]], more: Mapping[str, int] = {}) -> None:
    """Print a line a table, with each of its counts in a column, and ``more`` below."""
    names = list(dict.fromkeys(name for by_name in counts.values() for name in by_name))
    table = Table(box=None, pad_edge=False)
    table.add_column("table")
    for name in names:
        table.add_column(name, justify="right")
    for label, by_name in counts.items():
        table.add_row(label, *(f"{by_name.get(name, 0):,}" for name in names))
    console = Console(file=out, width=100, force_terminal=False, highlight=False)
    console.print(title, soft_wrap=True)
    console.print(table)
    if more:
        console.print(", ".join(f"{count:,} {name}" for name, count in more.items()))
