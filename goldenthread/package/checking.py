"""What every table is checked for alike: its keys, what it refers to, circles, and dates the wrong way round."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

from goldenthread.package.faults import quoted
from goldenthread.package.loading import Loading
from goldenthread.package.reading import Rows


def check_rows(loading: Loading, rows: Rows, *, keyed: bool) -> None:
    """Every fault of ``rows`` that their table's declaration tells; ``keyed`` where the key alone is unique."""
    if keyed:
        tell_twice(rows, rows.keys())
    _check_references(loading, rows)
    for column in rows.table.trees:
        _check_circles(loading, rows, column)
    if rows.table.has_dates:
        _check_dates(rows)


def tell_twice(rows: Rows, known_as: Sequence[Hashable], advice: str = "") -> None:
    """A fault for each row that is known by what an earlier one is known by."""
    if len(set(known_as)) == len(known_as):
        return
    first: dict[Hashable, int] = {}
    for row, key in enumerate(known_as):
        if first.setdefault(key, row) != row:
            same = " and ".join(rows.table.key)
            line = rows.lines[first[key]]
            rows.fault(row, rows.table.key[0], f"line {line} has the same {same}: keep one of the two{advice}")


def _check_references(loading: Loading, rows: Rows) -> None:
    for column in rows.table.columns:
        if column.references is None or column.name not in rows.present:
            continue
        table, key = column.references
        referred = loading.rows.get(table)
        if referred is not None and referred.broken:
            continue
        unknown = {code for code in set(rows[column.name]) if code} - loading.known(table, key)
        if table == rows.table.name and key == column.name:
            continue
        for row, code in enumerate(rows[column.name]):
            if code in unknown:
                message = f"there is no {key} {quoted(code)}: add it to {table}, or write one that is there"
                rows.fault(row, column.name, message)


def _check_dates(rows: Rows) -> None:
    for row, (starts, ends) in enumerate(zip(rows["starts"], rows["ends"], strict=True)):
        if starts is not None and ends is not None and ends < starts:
            rows.fault(row, "ends", f"{ends} is before {starts}, when it starts: write a later day, or swap the two")


def _check_circles(loading: Loading, rows: Rows, column: str) -> None:
    """``column`` names another row of the table by the last part of its key; the other parts are the same."""
    above = _stored_above(loading, rows, column)
    lines: dict[tuple[Any, ...], int] = {}
    if column in rows.present:
        for row, (key, value) in enumerate(zip(rows.keys(), rows[column], strict=True)):
            above[key] = (*key[:-1], value)
            lines[key] = row
    for circle in circles(above):
        here = [key for key in circle if key in lines]
        if here:
            first = circle.index(min(here, key=lines.__getitem__))
            path = " → ".join(str(key[-1]) for key in (*circle[first:], *circle[: first + 1]))
            rows.fault(lines[circle[first]], column, f"goes round in a circle, {path}: take one of these out")


def _stored_above(loading: Loading, rows: Rows, column: str) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    place = [one.name for one in rows.table.kept].index(column)
    return {key: (*key[:-1], values[place]) for key, (_, values) in loading.stored(rows.table.name).items()}


def circles(above: Mapping[Hashable, Hashable]) -> list[list[Any]]:
    """The circles of a map in which each leads to one other at most.

    >>> circles({"a": "b", "b": "a", "c": "a", "d": "e"})
    [['a', 'b']]
    """
    found: list[list[Any]] = []
    done: set[Hashable] = set()
    for start in above:
        path: dict[Hashable, int] = {}
        here = start
        while here in above and here not in done and here not in path:
            path[here] = len(path)
            here = above[here]
        if here in path:
            found.append(list(path)[path[here] :])
        done.update(path)
    return found
