"""One act: its Change and the rows it writes, in one transaction. What is refused leaves nothing behind."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.db import transaction
from django.db.models import Model

from goldenthread.accounts.models import User
from goldenthread.history.models import Change
from goldenthread.history.services import write_change

#: As long as simple_history keeps a reason.
REASON = 100


class Refused(Exception):
    """The act cannot be done as asked: one message a field ("" for the whole), each saying what would be right."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        self.faults = {field: str(message) for field, message in faults.items()}
        super().__init__(" ".join(self.faults.values()))


class Superseded(Refused):
    """Somebody else saved since the page was opened; nothing was overwritten."""


@contextmanager
def acting(*, by: User | None, verb: str, object: str, source: str = "", reason: str = "") -> Iterator[Change]:
    """A transaction with its Change; whatever is raised inside undoes both."""
    with transaction.atomic():
        yield write_change(by=by, verb=verb, object=object, source=source, reason=reason)


def keep(row: Model, change: Change) -> None:
    """Save a definition with its history, dated by the Change."""
    row._history_date = change.at
    row._history_user = change.by
    row._change_reason = (change.reason or change.verb)[:REASON]
    row.save()
