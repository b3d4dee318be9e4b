"""Constraints that hold on both databases, for keys of which a part may be empty."""

from datetime import date

from django.db.models import UniqueConstraint, Value
from django.db.models.functions import Coalesce

#: Stands for "from the beginning" inside a unique key: SQLite knows no NULLS NOT DISTINCT.
BEGINNING = date(1, 1, 1)


def unique_from_day(*fields: str, name: str, day: str = "starts", nullable: tuple[str, ...] = ()) -> UniqueConstraint:
    """One row for each combination of ``fields`` and ``day``; an empty day is a day of its own, as is an empty key."""
    keys = [Coalesce(field, Value(0)) if field in nullable else field for field in fields]
    return UniqueConstraint(*keys, Coalesce(day, Value(BEGINNING)), name=name)
