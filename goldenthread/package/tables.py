"""Tables of the data package: each app declares its own, and this layer reads, checks, keeps and writes them alike."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

from goldenthread.package.columns import Column

if TYPE_CHECKING:
    from goldenthread.history.models import Change
    from goldenthread.package.definitions import Definitions
    from goldenthread.package.loading import Loading
    from goldenthread.package.reading import Rows
    from goldenthread.package.records import Records

Check = Callable[["Loading", "Rows"], None]
#: Told of each step: its name, how much of it is done, and how much there is (0: not known).
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, kw_only=True)
class Table:
    """One table. ``key`` is what a row is known by; append-only tables add the moment of their records.

    ``completes`` make of ``given`` columns what they stand for, before ``checks`` look at the rows of every table.
    ``trees`` are columns that name another row by the last part of its key, and must not lead round in a circle.
    ``dumped`` gives the cells of ``given`` columns by key.
    """

    name: str
    about: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    keep: "Definitions | Records"
    completes: tuple[Check, ...] = ()
    checks: tuple[Check, ...] = ()
    trees: tuple[str, ...] = ()
    dumped: Mapping[str, Callable[[], Mapping[tuple[Any, ...], str]]] = field(default_factory=dict)

    @cached_property
    def by_name(self) -> dict[str, Column]:
        return {column.name: column for column in self.columns}

    @cached_property
    def kept(self) -> tuple[Column, ...]:
        """The columns that the database holds."""
        return tuple(column for column in self.columns if not column.given)

    @property
    def has_dates(self) -> bool:
        return "starts" in self.by_name and "ends" in self.by_name


class Consequence(Protocol):
    """What follows from the rows of a load, worked out before its transaction and written inside it."""

    def concern(self, loading: "Loading") -> None:
        """Add to ``loading.subjects`` those of whom records are read."""

    def prepare(self, loading: "Loading", progress: Progress) -> None:
        """Work out what is to be written, from the plans; add faults where it cannot be."""

    def lock(self, loading: "Loading") -> None:
        """Lock what is to be written, first thing in the transaction."""

    def write(self, loading: "Loading", change: "Change", progress: Progress) -> None:
        """Write it, and count it in ``loading.results``."""


_tables: dict[str, Table] = {}
_ordered: dict[str, Table] = {}
_consequences: list[type[Consequence]] = []


def register(*tables: Table, consequence: type[Consequence] | None = None) -> None:
    """Declare an app's tables, and what follows from loading them. Called once, when the app is ready."""
    for table in tables:
        if table.name in _tables:
            raise ValueError(f"two apps declare the table {table.name}")
        _tables[table.name] = table
    _ordered.clear()
    if consequence is not None:
        _consequences.append(consequence)


def tables() -> dict[str, Table]:
    """Every table by name, each after those that it refers to."""
    if not _ordered:
        for table in _tables.values():
            _place(table, set())
    return dict(_ordered)


def consequences() -> Iterator[Consequence]:
    return (made() for made in _consequences)


def _place(table: Table, waiting: set[str]) -> None:
    if table.name in _ordered or table.name in waiting:
        return
    waiting.add(table.name)
    for column in table.columns:
        if column.references and column.references[0] in _tables:
            _place(_tables[column.references[0]], waiting)
    _ordered[table.name] = table
