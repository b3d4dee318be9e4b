"""The board of 1,000 measures, as at a past moment too, and an officer's home: whole pages, on each database."""

import sqlite3
from collections.abc import Callable
from functools import partial
from typing import Any

from benchmarks.ground import on_each_database, prepared_database, reader, signed_in
from benchmarks.rows import Measured, median_of, progress

SCALE = 9
RUNS = 15
BUDGET = 120
#: What a board cannot do without: its measures, their latest results and their sparklines, read with no library at all.
BARE_SQL = """
SELECT m.code, m.title, u.name, r.period, r.rated_value, r.target, r.status, r.reason_params,
       r.direction_short, r.direction_long, r.signal, {points}
FROM measures_measure m
LEFT JOIN council_unit u ON u.id = m.unit_id
LEFT JOIN measures_result r ON r.id = (
    SELECT id FROM measures_result
    WHERE measure_id = m.id AND category = '' AND {known} AND period_end <= '{until}'
    ORDER BY period_end DESC, derived LIMIT 1)
{joined}
ORDER BY m.code
"""
NOW = BARE_SQL.format(
    points="s.points",
    known="known_to IS NULL",
    until="2026-12-31",
    joined="LEFT JOIN measures_sparkline s ON s.measure_id = m.id AND s.category = ''",
)
#: As at a past moment no sparkline stands ready: its points are read from the results that were known then.
KNOWN_THEN = "known_from <= '2026-11-24 23:59:59' AND (known_to IS NULL OR known_to > '2026-11-24 23:59:59')"
THEN = BARE_SQL.format(points="m.id", known=KNOWN_THEN, until="2026-09-30", joined="")
POINTS_THEN = f"""
SELECT measure_id, period, rated_value, status FROM measures_result
WHERE category = '' AND NOT derived AND {KNOWN_THEN} AND period_end > '2025-08-31' AND period_end <= '2026-09-30'
ORDER BY measure_id, period_end
"""
BARE_PAGE = """<!DOCTYPE html><html lang="en"><head><title>Measures</title></head><body><h1>Measures</h1><table>
{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>
{% endfor %}</table></body></html>"""


def measure_on(kind: str) -> None:
    with prepared_database():
        from goldenthread.demonstration import SIGN_INS
        from goldenthread.scorecards.demonstration import set_up_demonstration

        progress("loading the demonstration council, ten times over")
        set_up_demonstration(scale=SCALE, quiet=True)
        know_what_is_held()
        officer = next(email for role, _person, email in SIGN_INS if role == "performance_officer")
        read = reader(signed_in(officer))
        rows = read("/measures/").count(b"gt-board__status")
        then = "/measures/?period=2026/27 Q2&as-at=2026-11-24"
        for name, path, bare in (
            (f"board of {rows:,} measures, whole page", "/measures/", board_now),
            (f"board of {rows:,} measures as at a past moment", then, board_then),
            (f"home of an officer who looks after {rows:,} measures", "/", board_now),
        ):
            progress(name)
            floor = median_of(RUNS, bare_page(bare))
            Measured(f"{kind}: {name}", median_of(RUNS, partial(read, path), warm=2), floor=floor, budget=BUDGET).tell()


def know_what_is_held() -> None:
    """What PostgreSQL does by itself soon after a load, and may not have done yet."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


Ask = Callable[[str], list[Any]]


def board_now(ask: Ask) -> list[Any]:
    return ask(NOW)


def board_then(ask: Ask) -> list[Any]:
    points: dict[int, list[Any]] = {}
    for key, *point in ask(POINTS_THEN):
        points.setdefault(key, []).append(point)
    return [[*row, points.get(key)] for *row, key in ask(THEN)]


def bare_page(rows: Callable[[Ask], list[Any]]) -> Callable[[], bytes]:
    """The floor: plain SQL and one plain Jinja2 template."""
    from django.db import connection
    from jinja2 import Environment

    template = Environment(autoescape=True).from_string(BARE_PAGE)
    if connection.vendor == "sqlite":
        database = sqlite3.connect(str(connection.settings_dict["NAME"]))
        return lambda: template.render(rows=rows(lambda sql: database.execute(sql).fetchall())).encode()

    def ask(sql: str) -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall()

    return lambda: template.render(rows=rows(ask)).encode()


if __name__ == "__main__":
    on_each_database("board", measure_on)
