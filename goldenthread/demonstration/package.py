"""Writes the council as a data package: ``datapackage.json`` and a UTF-8 CSV a table."""

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

Tables = dict[str, list[dict[str, str]]]

COLUMNS = {
    table: tuple(columns.split())
    for table, columns in {
        "units": "unit name kind parent area starts ends succeeded_by",
        "posts": "post title unit tier reports_to",
        "people": "person name email employee_number",
        "appointments": "person post kind fte starts ends",
        "bodies": "body name kind unit starts ends",
        "seats": "body seat role group person post order starts ends",
        "grants": "role post person body seat unit starts ends",
        "plans": "plan title kind unit purpose budget starts ends succeeds state",
        "element_kinds": "kind title counts_as order",
        "elements": "element plan kind title description owner roll_up order starts ends succeeded_by",
        "links": "above below weight starts ends",
        "actions": "action element title owner starts original_due due progress state completed_on",
        "milestones": "action milestone title due reached_on",
        "action_progress": "action progress state note by at",
        "reschedulings": "action step due reason by at",
        "element_judgements": "element period status reason by at expires",
        "element_commentary": "element period comment by at",
        "measures": "measure title short_title unit owner kind tier data_type unit_of_measure decimals polarity "
        "frequency year reading rated_on window aggregation numerator denominator numerator_aggregation "
        "denominator_aggregation factor formula rule profile lag_days stale_after long_direction dead_band min max "
        "min_denominator suppress_below release definition why_it_matters source starts ends succeeds retired_reason",
        "measure_roles": "measure role post starts ends",
        "measure_links": "measure element weight starts ends",
        "tags": "object scheme tag starts ends difference",
        "sets": "set title section order measure starts ends",
        "schemes": "scheme title parts",
        "categories": "category scheme name parent area order",
        "rules": "rule title family basis green amber red_amber exceed absolute_green absolute_amber compare against "
        "min_denominator expires_after starts agreed_on decision entered_at",
        "rule_assignments": "measure tier rule starts decision reason entered_at",
        "targets": "measure period category kind value low high comparison profile entered_at set_by decision reason "
        "amends corrects",
        "actuals": "measure period category numerator denominator value lower upper sample missing expected_on state "
        "assurance entered_at entered_by method source_file source_row comment reason public_note",
        "commentary": "measure period comment cause action owner due audience written_at written_by",
        "forecasts": "measure for_period made_in value basis reason by at",
        "judgements": "object period status reason by at expires",
        "annotations": "measure period kind text public entered_at",
        "published": "publication shown_on body measure period category value target status direction note",
        "areas": "area name kind region",
        "groups": "group area starts ends",
        "comparators": "measure area period category numerator denominator value source published_on",
    }.items()
}


def complete(tables: Mapping[str, Sequence[Mapping[str, str]]]) -> Tables:
    """Every table with every column, an empty text where a row says nothing. Raises KeyError of an unknown column."""
    whole: Tables = {}
    for table, columns in COLUMNS.items():
        rows = []
        empty = dict.fromkeys(columns, "")
        known = set(columns)
        for row in tables.get(table, ()):
            if not known.issuperset(row):
                raise KeyError(f"{table} has no column {', '.join(sorted(set(row) - known))}")
            rows.append({**empty, **row})
        whole[table] = rows
    return whole


def write_tables(folder: Path, tables: Tables, *, name: str, title: str, description: str) -> None:
    """Write ``tables`` as a data package into ``folder``, which is made if it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    resources = []
    for table, rows in tables.items():
        path = f"{table}.csv"
        with (folder / path).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS[table], lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        resources.append({"name": table, "path": path, "profile": "tabular-data-resource", "encoding": "utf-8"})
    package = {
        "profile": "tabular-data-package",
        "name": name,
        "title": title,
        "description": description,
        "resources": resources,
    }
    (folder / "datapackage.json").write_text(json.dumps(package, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
