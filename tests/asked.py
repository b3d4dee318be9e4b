"""What the database is asked.

Django's own log of queries holds the last nine thousand, and is emptied by requests that nobody watches: in a long run
of watched ones it stands full, and whoever counts what came in counts none.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def asked() -> Iterator[list[str]]:
    """``with asked() as queries``: every statement that goes to the database within."""
    from django.db import connection

    statements: list[str] = []

    def noted(execute: Any, sql: str, parameters: Any, many: bool, context: Any) -> Any:
        statements.append(sql)
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(noted):
        yield statements
