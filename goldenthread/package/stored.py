"""What the database holds, in the words of the package: codes for keys, canonical text for figures."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from goldenthread.package.columns import Column, Text
from goldenthread.package.rows import read_rows
from goldenthread.package.tables import Table


@dataclass(frozen=True)
class Kept:
    """A column as the database keeps it; ``link`` is the model whose code it holds."""

    column: Column
    attname: str
    link: type[Model] | None


def kept_columns(model: type[Model], table: Table) -> list[Kept]:
    fields = [(column, model._meta.get_field(column.field)) for column in table.kept]
    return [Kept(column, field.attname, field.related_model) for column, field in fields]


def codes(model: type[Model]) -> dict[int, str]:
    """The code of each row of ``model`` by its primary key."""
    return dict(read_rows(model, ("id", "code")))


def stored_rows(
    model: type[Model],
    kept: Sequence[Kept],
    extra: Sequence[str] = (),
    *,
    where: str = "",
    parameters: Sequence[Any] = (),
) -> Iterator[tuple[Any, ...]]:
    """The ``extra`` database columns and then the ``kept`` ones of every row, links as codes ("" for none)."""
    names = [*extra, *(one.attname for one in kept)]
    links = {place: {None: "", **codes(one.link)} for place, one in enumerate(kept, len(extra)) if one.link}
    for row in read_rows(model, names, where=where, parameters=parameters):
        if links:
            yield tuple(links[place][value] if place in links else value for place, value in enumerate(row))
        else:
            yield row


def cells(table: Table, kept: Sequence[Kept], rows: Sequence[Sequence[Any]]) -> Iterator[list[str]]:
    """The cells of stored rows in the order of the table's columns; those of given columns are empty."""
    texts = {
        one.column.name: column if isinstance(one.column, Text) else map(one.column.text, column)
        for one, column in zip(kept, zip(*rows, strict=True), strict=True)
    }
    columns = (texts.get(column.name, [""] * len(rows)) for column in table.columns)
    return map(list, zip(*columns, strict=True))
