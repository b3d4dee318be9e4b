"""One load under way: what was read, what the database holds, and what is to be written."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Model

from goldenthread.package.faults import Faults
from goldenthread.package.reading import Rows
from goldenthread.package.stored import codes
from goldenthread.package.tables import Table

Made = TypeVar("Made")


class Loading:
    """``moment`` stands for the time of the load until that is known; no record may be of a moment after it.

    ``subjects`` are the codes of those whose records are read: nobody may have added to them when the rows are written.
    """

    def __init__(self, tables: Mapping[str, Table], faults: Faults, moment: datetime) -> None:
        self.tables = tables
        self.faults = faults
        self.moment = moment
        self.rows: dict[str, Rows] = {}
        self.plans: dict[str, Any] = {}
        self.results: dict[str, int] = {}
        self.subjects: set[str] = set()
        self._keys: dict[type[Model], dict[str, int]] = {}
        self._stored: dict[str, dict[tuple[Any, ...], tuple[int, tuple[Any, ...]]]] = {}
        self._values: dict[tuple[str, str], set[Any]] = {}
        self._made: dict[Any, Any] = {}

    def keys(self, model: type[Model]) -> dict[str, int]:
        """The primary key of each code of ``model``; new ones are added as they are written."""
        if model not in self._keys:
            self._keys[model] = {code: key for key, code in codes(model).items()}
        return self._keys[model]

    def stored(self, table: str) -> dict[tuple[Any, ...], tuple[int, tuple[Any, ...]]]:
        """A table of definitions as the database holds it: primary key and values by key."""
        if table not in self._stored:
            self._stored[table] = self.tables[table].keep.stored(self.tables[table])
        return self._stored[table]

    def looked_at(self) -> dict[str, dict[tuple[Any, ...], tuple[int, tuple[Any, ...]]]]:
        """The tables of definitions on which this load rests, as they were read."""
        return self._stored

    def known(self, table: str, column: str) -> set[Any]:
        """Every value of a column, whether the package or the database has it."""
        rows = self.rows.get(table)
        return self.stored_values(table, column) | (set(rows[column]) if rows else set())

    def stored_values(self, table: str, column: str) -> set[Any]:
        if (table, column) not in self._values:
            self._values[table, column] = self.tables[table].keep.stored_values(self, self.tables[table], column)
        return self._values[table, column]

    @property
    def writes(self) -> bool:
        """Whether there is anything to write."""
        return any(plan.counts["added"] or plan.counts["changed"] for plan in self.plans.values())

    def once(self, make: Callable[["Loading"], Made]) -> Made:
        """What ``make`` makes of this load, made once."""
        if make not in self._made:
            self._made[make] = make(self)
        return self._made[make]

    def rows_of(self, table: str, file: str) -> Rows:
        """The rows of a table, to be added to; ``file`` is where rows come from if the package has no such table."""
        if table not in self.rows:
            self.rows[table] = Rows(self.tables[table], file, self.faults)
        return self.rows[table]
