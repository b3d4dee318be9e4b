"""Definitions: rows known by their key and brought up to date, with their history where the model keeps one."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from goldenthread.history.models import Change
from goldenthread.package.loading import Loading
from goldenthread.package.reading import Rows
from goldenthread.package.rows import reserve_keys, write_rows
from goldenthread.package.stored import Kept, cells, kept_columns, stored_rows
from goldenthread.package.tables import Table

#: As long as simple_history keeps a reason.
REASON = 100


@dataclass
class DefinitionsPlan:
    """What a load does to a table of definitions, as places in its rows."""

    rows: Rows
    added: list[int] = field(default_factory=list)
    changed: list[tuple[int, int, list[Kept]]] = field(default_factory=list)
    unchanged: int = 0

    @property
    def counts(self) -> dict[str, int]:
        return {"added": len(self.added), "changed": len(self.changed), "unchanged": self.unchanged}


@dataclass(frozen=True, kw_only=True)
class Definitions:
    """``implies`` are links whose other end is made if it is new; ``edition`` is a count of the times a row changed."""

    model: type[Model]
    implies: tuple[str, ...] = ()
    edition: str = ""

    def stored(self, table: Table) -> dict[tuple[Any, ...], tuple[int, tuple[Any, ...]]]:
        kept = kept_columns(self.model, table)
        places = [1 + [one.column.name for one in kept].index(name) for name in table.key]
        return {
            tuple(row[place] for place in places): (row[0], row[1:]) for row in stored_rows(self.model, kept, ("id",))
        }

    def stored_values(self, loading: Loading, table: Table, column: str) -> set[Any]:
        place = [one.name for one in table.kept].index(column)
        linked = self.model._meta.get_field(table.by_name[column].field).related_model
        found = {values[place] for _, values in loading.stored(table.name).values()}
        return found | set(loading.keys(linked)) if column in self.implies else found

    def texts(self, table: Table) -> Iterator[tuple[tuple[Any, ...], list[str]]]:
        """Every row's key and its cells."""
        stored = self.stored(table)
        if stored:
            rows = [values for _, values in stored.values()]
            yield from zip(stored, cells(table, kept_columns(self.model, table), rows), strict=True)

    def plan(self, loading: Loading, rows: Rows) -> DefinitionsPlan:
        plan = DefinitionsPlan(rows)
        kept = kept_columns(self.model, rows.table)
        stored = loading.stored(rows.table.name)
        present = [(place, one) for place, one in enumerate(kept) if one.column.name in rows.present]
        values = {one.column.name: list(map(one.column.stored, rows[one.column.name])) for one in kept}
        for row, key in enumerate(rows.keys()):
            if key not in stored:
                plan.added.append(row)
                continue
            pk, before = stored[key]
            different = [one for place, one in present if values[one.column.name][row] != before[place]]
            if different:
                plan.changed.append((pk, row, different))
            else:
                plan.unchanged += 1
        return plan

    def write(self, loading: Loading, plan: DefinitionsPlan, change: Change) -> None:
        self._imply(loading, plan)
        self._create(loading, plan, change)
        self._update(loading, plan, change)

    def made(self, plan: DefinitionsPlan) -> dict[tuple[Any, ...], Model]:
        """The added rows as objects of the model, without their links and not saved."""
        kept = [one for one in kept_columns(self.model, plan.rows.table) if one.link is None]
        keys = plan.rows.keys()
        return {
            keys[row]: self.model(**{one.attname: plan.rows[one.column.name][row] for one in kept})
            for row in plan.added
        }

    def changed(self, plan: DefinitionsPlan) -> dict[tuple[Any, ...], Model]:
        """The changed rows as objects of the model as they will be, links apart, not saved."""
        found = self.model._default_manager.in_bulk([pk for pk, _, _ in plan.changed])
        keys = plan.rows.keys()
        objects = {}
        for pk, row, different in plan.changed:
            for one in different:
                if one.link is None:
                    setattr(found[pk], one.attname, plan.rows[one.column.name][row])
            objects[keys[row]] = found[pk]
        return objects

    def _imply(self, loading: Loading, plan: DefinitionsPlan) -> None:
        for name in self.implies:
            linked = self.model._meta.get_field(plan.rows.table.by_name[name].field).related_model
            new = sorted({code for code in plan.rows[name] if code} - set(loading.keys(linked)))
            keys = reserve_keys(linked, len(new))
            write_rows(linked, ("id", "code"), zip(keys, new, strict=True))
            loading.keys(linked).update(zip(new, keys, strict=True))

    def _create(self, loading: Loading, plan: DefinitionsPlan, change: Change) -> None:
        if not plan.added:
            return
        keys = reserve_keys(self.model, len(plan.added))
        if hasattr(self.model, "code") and len(plan.rows.table.key) == 1:
            codes = plan.rows[plan.rows.table.key[0]]
            loading.keys(self.model).update((codes[row], key) for row, key in zip(plan.added, keys, strict=True))
        kept = kept_columns(self.model, plan.rows.table)
        columns = [self._linked(loading, one, [plan.rows[one.column.name][row] for row in plan.added]) for one in kept]
        names = ["id", *(one.attname for one in kept)]
        rows = zip(keys, *columns, strict=True)
        if not hasattr(self.model, "history"):
            write_rows(self.model, names, rows)
            return
        bulk_create_with_history(
            [self.model(**dict(zip(names, row, strict=True))) for row in rows], self.model, **_by(change)
        )

    def _update(self, loading: Loading, plan: DefinitionsPlan, change: Change) -> None:
        if not plan.changed:
            return
        objects = self.changed(plan)
        keys = plan.rows.keys()
        names: set[str] = set()
        for _, row, different in plan.changed:
            for one in different:
                names.add(self.model._meta.get_field(one.attname).name)
                if one.link is not None:
                    [key] = self._linked(loading, one, [plan.rows[one.column.name][row]])
                    setattr(objects[keys[row]], one.attname, key)
        if self.edition:
            names.add(self.edition)
            for changed in objects.values():
                setattr(changed, self.edition, getattr(changed, self.edition) + 1)
        if hasattr(self.model, "history"):
            bulk_update_with_history(list(objects.values()), self.model, sorted(names), **_by(change))
        else:
            self.model._default_manager.bulk_update(list(objects.values()), sorted(names))

    def _linked(self, loading: Loading, one: Kept, values: list[Any]) -> list[Any]:
        if one.link is None:
            return values
        keys = loading.keys(one.link)
        return [keys[code] if code else None for code in values]


def _by(change: Change) -> dict[str, Any]:
    return {
        "default_user": change.by,
        "default_date": change.at,
        "default_change_reason": f"{change.verb} {change.source}"[:REASON],
        "batch_size": 500,
    }
