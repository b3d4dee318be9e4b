"""What was written is not in the files of the database either."""

import os
import sqlite3

import pytest
from django.db import connection

from tests.appraisals.waste import MARKER, make_council, open_the_year, write_everything


@pytest.mark.django_db(transaction=True)
def test_the_files_of_the_database_do_not_hold_it() -> None:
    """On SQLite the very bytes of the file and of what is written ahead of it."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps its files to itself; the tables are searched above")
    council = make_council()
    write_everything(council, open_the_year(council))
    name = connection.settings_dict["NAME"]
    with sqlite3.connect(name) as other:
        other.execute("PRAGMA wal_checkpoint(PASSIVE)")

    for file in (name, f"{name}-wal"):
        if os.path.exists(file):
            with open(file, "rb") as opened:
                content = opened.read()
            assert b"meera-pillai" in content or file != name
            assert MARKER.encode() not in content
