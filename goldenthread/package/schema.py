"""datapackage.json: the package as Frictionless describes one, the same each time it is written."""

import json
from collections.abc import Iterable
from typing import Any

from goldenthread.package.records import Records
from goldenthread.package.tables import Table

#: Marks a folder as a dump, which another dump may replace.
MARK = "goldenthread-dump"


def descriptor(tables: Iterable[Table]) -> str:
    """The text of datapackage.json. It names no moment, so that two dumps of the same data are the same."""
    described = {
        "profile": "tabular-data-package",
        "name": MARK,
        "title": "Golden Thread data package",
        "resources": [_resource(table) for table in tables],
    }
    return json.dumps(described, indent=2, ensure_ascii=False) + "\n"


def file_name(table: Table) -> str:
    return f"{table.name}.csv"


def _resource(table: Table) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": file_name(table),
        "description": table.about,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": _schema(table),
    }


def _schema(table: Table) -> dict[str, Any]:
    moment = [table.keep.moment] if isinstance(table.keep, Records) and table.keep.moment else []
    schema: dict[str, Any] = {
        "fields": [column.schema() for column in table.columns],
        "primaryKey": [*table.key, *moment],
        "missingValues": [""],
    }
    foreign = [
        {
            "fields": column.name,
            "reference": {"resource": "" if other == table.name else other, "fields": referred},
        }
        for column in table.columns
        if column.references
        for other, referred in (column.references,)
    ]
    if foreign:
        schema["foreignKeys"] = foreign
    return schema
