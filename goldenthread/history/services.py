"""Writing a Change: every service does so once, inside its own transaction."""

from datetime import datetime, timedelta

from django.db.models import Max

from goldenthread.accounts.models import User
from goldenthread.history.clock import now
from goldenthread.history.models import Change


def write_change(
    *, by: User | None, verb: str, object: str, source: str = "", reason: str = "", by_name: str = ""
) -> Change:
    """Record one act. Its moment is later than every earlier Change's, even where the clock was set back."""
    return Change.objects.create(
        at=next_moment(),
        by=by,
        by_name=by_name or (str(by) if by else ""),
        verb=verb,
        object=object[:200],
        source=source[:300],
        reason=reason,
    )


def next_moment() -> datetime:
    """A moment after the last Change: the order of changes is the order of their moments."""
    moment = now()
    last = Change.objects.aggregate(last=Max("at"))["last"]
    if last is not None and last >= moment:
        moment = last + timedelta(microseconds=1)
    return moment
