"""The board of 1,000 measures, the whole page: as it stands, and as at a past moment."""

import sqlite3
from collections.abc import Callable
from typing import Any

from benchmarks.ground import prepared_database, reader, signed_in
from benchmarks.rows import Measured, median_of, progress

SCALE = 9
RUNS = 15
BUDGET = 120
#: What a board cannot do without: its measures, their latest results and their sparklines, read with no library at all.
BARE_SQL = """
SELECT m.code, m.title, u.name, r.period, r.rated_value, r.target, r.status, r.reason_params,
       r.direction_short, r.direction_long, r.signal, s.points
FROM measures_measure m
LEFT JOIN council_unit u ON u.id = m.unit_id
LEFT JOIN measures_result r ON r.id = (
    SELECT id FROM measures_result
    WHERE measure_id = m.id AND category = '' AND known_to IS NULL AND period_end <= '2026-12-31'
    ORDER BY period_end DESC, derived LIMIT 1)
LEFT JOIN measures_sparkline s ON s.measure_id = m.id AND s.category = ''
ORDER BY m.code
"""
BARE_PAGE = """<!DOCTYPE html><html lang="en"><head><title>Measures</title></head><body><h1>Measures</h1><table>
{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>
{% endfor %}</table></body></html>"""


def main() -> None:
    with prepared_database():
        from goldenthread.demonstration import SIGN_INS
        from goldenthread.scorecards.demonstration import set_up_demonstration

        progress("loading the demonstration council, ten times over")
        set_up_demonstration(scale=SCALE, quiet=True)
        officer = next(email for role, _person, email in SIGN_INS if role == "performance_officer")
        read = reader(signed_in(officer))
        floor = median_of(RUNS, bare_board())
        rows = read("/measures/").count(b"gt-board__status")
        for name, path in (
            (f"board of {rows:,} measures, whole page", "/measures/"),
            (f"board of {rows:,} measures as at a past moment", "/measures/?period=2026/27 Q2&as-at=2026-11-24"),
        ):
            progress(name)
            Measured(name, median_of(RUNS, lambda path=path: read(path), warm=2), floor=floor, budget=BUDGET).tell()


def bare_board() -> Callable[[], Any]:
    """The floor: one query and one plain Jinja2 template."""
    from django.db import connection
    from jinja2 import Environment

    template = Environment(autoescape=True).from_string(BARE_PAGE)
    if connection.vendor == "sqlite":
        database = sqlite3.connect(str(connection.settings_dict["NAME"]))
        return lambda: template.render(rows=database.execute(BARE_SQL).fetchall()).encode()

    def on_postgresql() -> bytes:
        with connection.cursor() as cursor:
            cursor.execute(BARE_SQL)
            return template.render(rows=cursor.fetchall()).encode()

    return on_postgresql


if __name__ == "__main__":
    main()
