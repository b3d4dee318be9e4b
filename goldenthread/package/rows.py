"""Rows in bulk, in and out of the database without an object a row: a load is mostly this."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.db.models import BooleanField, DateField, DateTimeField, Field, JSONField, Max, Model

from goldenthread.domain.figures import canonical
from goldenthread.history.fields import FigureField

CHUNK = 5_000
#: What SQLite may keep of its file in memory while much is written: indexes are filled in no order.
WIDE_CACHE = "-64000"

Convert = Callable[[Any], Any]


def write_rows(model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Insert ``rows`` of the database columns ``columns``; returns how many.

    A figure may be a Decimal or its canonical text, a JSON value an object or its text.
    """
    fields = [model._meta.get_field(column) for column in columns]
    names = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    table = connection.ops.quote_name(model._meta.db_table)
    write = _copy if connection.vendor == "postgresql" else _insert
    return write(table, names, [_writer(field) for field in fields], iter(rows))


def read_rows(
    model: type[Model], columns: Sequence[str], *, where: str = "", parameters: Sequence[Any] = ()
) -> Iterator[tuple[Any, ...]]:
    """The database columns ``columns`` of every row: figures as canonical text, moments in UTC, the rest as in Python.

    ``where`` is SQL of our own, in which ``%s`` stands for each of ``parameters``.
    """
    fields = [model._meta.get_field(column) for column in columns]
    names = ", ".join(_selected(field) for field in fields)
    table = connection.ops.quote_name(model._meta.db_table)
    sql = f"SELECT {names} FROM {table}" + (f" WHERE {where}" if where else "")  # noqa: S608  names are the model's own
    readers = [_reader(field) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(sql, list(parameters))
        while chunk := cursor.fetchmany(CHUNK):
            yield from _converted(chunk, readers)


def reserve_keys(model: type[Model], count: int) -> list[int]:
    """``count`` primary keys that no row has or will get; inside the transaction that uses them."""
    if not count:
        return []
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [connection.ops.quote_name(model._meta.db_table), model._meta.pk.column, count],
            )
            return [row[0] for row in cursor.fetchall()]
    last = model._default_manager.aggregate(last=Max("pk"))["last"] or 0
    return list(range(last + 1, last + 1 + count))


@contextmanager
def snapshot() -> Iterator[None]:
    """Everything read inside is of one moment, and nobody who writes meanwhile waits for it."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    else:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")


@contextmanager
def wide_cache() -> Iterator[None]:
    """Memory for writing much at once, given back afterwards; PostgreSQL has its own."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA cache_size")
        (usual,) = cursor.fetchone()
        cursor.execute(f"PRAGMA cache_size = {WIDE_CACHE}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA cache_size = {usual}")


def _selected(field: Field) -> str:
    """The column in a SELECT: SQLite leaves a day or moment that is an expression as text, to be read once each."""
    name = connection.ops.quote_name(field.column)
    return f"{name} || ''" if connection.vendor == "sqlite" and isinstance(field, DateField) else name


def _insert(table: str, names: str, writers: list[Convert | None], rows: Iterator[Sequence[Any]]) -> int:
    places = ", ".join(["%s"] * len(writers))
    count = 0
    with connection.cursor() as cursor:
        while chunk := list(islice(rows, CHUNK)):
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", list(_converted(chunk, writers)))  # noqa: S608
            count += len(chunk)
    return count


def _copy(table: str, names: str, writers: list[Convert | None], rows: Iterator[Sequence[Any]]) -> int:
    count = 0
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
        while chunk := list(islice(rows, CHUNK)):
            for row in _converted(chunk, writers):
                copy.write_row(row)
            count += len(chunk)
    return count


def _converted(rows: list[Sequence[Any]], converters: Sequence[Convert | None]) -> Iterator[tuple[Any, ...]]:
    """``rows`` with each column converted: a column at a time is several times faster than a row at a time."""
    return zip(
        *(
            column if convert is None else map(convert, column)
            for column, convert in zip(zip(*rows, strict=True), converters, strict=True)
        ),
        strict=True,
    )


class _Once(dict[Any, Any]):
    """A conversion of which each distinct value is worked out once."""

    def __init__(self, convert: Convert) -> None:
        super().__init__({None: None})
        self._convert = convert

    def __missing__(self, value: Any) -> Any:
        converted = self[value] = self._convert(value)
        return converted


def _writer(field: Field) -> Convert | None:
    """What makes of a value what the database takes; None where it takes it as it is."""
    if isinstance(field, FigureField):
        return _figure_text
    if isinstance(field, JSONField):
        return _json_text
    if connection.vendor == "postgresql":
        return None
    if isinstance(field, DateTimeField):
        return _Once(connection.ops.adapt_datetimefield_value).__getitem__
    if isinstance(field, DateField):
        return _Once(date.isoformat).__getitem__
    return None


def _reader(field: Field) -> Convert | None:
    if connection.vendor == "postgresql":
        return None
    if isinstance(field, DateTimeField):
        return _Once(_utc_moment).__getitem__
    if isinstance(field, DateField):
        return _Once(date.fromisoformat).__getitem__
    if isinstance(field, BooleanField):
        return bool
    return None


def _utc_moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def _figure_text(value: Decimal | str | None) -> str | None:
    return canonical(value) if isinstance(value, Decimal) else value


def _json_text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, sort_keys=True, ensure_ascii=False)
