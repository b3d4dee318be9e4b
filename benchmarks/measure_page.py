"""One measure's page: five years of months, targets and results, now and as at a past moment, and its record."""

from collections.abc import Callable

from benchmarks.ground import load_council, prepared_database, reader, signed_in
from benchmarks.rows import Measured, median_of, progress

RUNS = 15
#: What such a page cannot do without.
BARE_SQL = (
    "SELECT * FROM measures_measure WHERE code = 'B-00001'",
    "SELECT r.* FROM measures_result r JOIN measures_measure m ON m.id = r.measure_id"
    " WHERE m.code = 'B-00001' AND r.known_to IS NULL ORDER BY r.period_end",
    "SELECT a.* FROM measures_actual a JOIN measures_measure m ON m.id = a.measure_id WHERE m.code = 'B-00001'",
    "SELECT t.* FROM measures_target t JOIN measures_measure m ON m.id = t.measure_id WHERE m.code = 'B-00001'",
)
BARE_PAGE = """<!DOCTYPE html><html lang="en"><head><title>B-00001</title></head><body><h1>B-00001</h1>
{% for rows in tables %}<table>
{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>
{% endfor %}</table>{% endfor %}</body></html>"""


def main() -> None:
    with prepared_database() as folder:
        progress("loading 25 measures of 60 months")
        load_council(folder, 25)
        read = reader(signed_in())
        floor = median_of(RUNS, bare_page())
        for name, path in (
            ("one measure's page, 60 months", "/measures/B-00001/"),
            ("the same as at a past moment", "/measures/B-00001/?as-at=2024-10-01"),
            ("the record of one figure", "/measures/B-00001/figures/2022-03/"),
            ("everything that happened to one measure", "/measures/B-00001/history/"),
        ):
            Measured(name, median_of(RUNS, lambda path=path: read(path), warm=2), floor=floor).tell()


def bare_page() -> Callable[[], bytes]:
    """The floor: four plain queries and one plain template."""
    from django.db import connection
    from jinja2 import Environment

    template = Environment(autoescape=True).from_string(BARE_PAGE)

    def page() -> bytes:
        tables = []
        with connection.cursor() as cursor:
            for sql in BARE_SQL:
                cursor.execute(sql)
                tables.append(cursor.fetchall())
        return template.render(tables=tables).encode()

    return page


if __name__ == "__main__":
    main()
