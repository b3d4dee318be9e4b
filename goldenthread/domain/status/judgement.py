"""A status that a person judged: until when it stands, and how it reads."""

from dataclasses import dataclass
from datetime import date, timedelta

from goldenthread.domain.reasons import Reason
from goldenthread.domain.rules import Rule
from goldenthread.domain.status.rating import Rating
from goldenthread.domain.words import Status

_NO_JUDGEMENT = Rating(Status.NOT_RATED, Reason("no_judgement"))
_INCOMPLETE = Rating(Status.NOT_RATED, Reason("judgement_incomplete"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A status judged by a person."""

    status: Status
    reason: str
    by: str
    on: date
    expires: date | None = None


def expiry(judgement: Judgement, rule: Rule | None = None) -> date | None:
    """The last day on which a judgement stands: its own, else ``expires_after`` days from the day it was made."""
    if judgement.expires is not None or rule is None or rule.expires_after is None:
        return judgement.expires
    return judgement.on + timedelta(days=min(rule.expires_after, (date.max - judgement.on).days))


def current_judgement(judgement: Judgement | None, today: date, *, rule: Rule | None = None) -> Judgement | None:
    """The judgement if it still stands on ``today``; None once expired, or where nothing says until when it stands.

    >>> busy = Judgement(status=Status.AMBER, reason="two posts vacant", by="A. Shah", on=date(2026, 3, 3),
    ...                  expires=date(2026, 6, 30))
    >>> current_judgement(busy, date(2026, 6, 30)) is busy, current_judgement(busy, date(2026, 7, 1))
    (True, None)
    """
    if judgement is None:
        return None
    expires = expiry(judgement, rule)
    return judgement if expires is not None and today <= expires else None


def current_rating(rating: Rating, *, today: date) -> Rating:
    """A kept rating as it reads on ``today``: a judged one that has expired is not rated any more."""
    params = rating.reason.params
    if rating.reason.code != "judged" or today <= date.fromisoformat(params["expires"]):
        return rating
    kept = {name: params[name] for name in ("by", "on", "expires")}
    return Rating(Status.NOT_RATED, Reason("judgement_expired", kept))


def judged(rule: Rule, judgement: Judgement | None) -> Rating:
    """The rating by a rule whose statuses are judged."""
    if judgement is None:
        return _NO_JUDGEMENT
    expires = expiry(judgement, rule)
    if expires is None or not judgement.reason.strip() or not judgement.by.strip():
        return _INCOMPLETE
    params = {
        "status": judgement.status,
        "by": judgement.by,
        "on": judgement.on.isoformat(),
        "why": judgement.reason,
        "expires": expires.isoformat(),
    }
    return Rating(judgement.status, Reason("judged", params))
