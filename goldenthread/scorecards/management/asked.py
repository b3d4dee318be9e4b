"""What a command is asked for in words: days, periods and moments, or what is wrong with them."""

from datetime import date, datetime

from django.core.management.base import CommandError
from django.forms import ValidationError

from goldenthread.domain.periods import Period, PeriodError
from goldenthread.measures.forms.board import MomentField


def day_of(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise CommandError(f"--day {text}: write it like 2026-03-31", returncode=2) from None


def period_of(text: str | None) -> Period | None:
    try:
        return Period.parse(text) if text else None
    except PeriodError as fault:
        raise CommandError(str(fault), returncode=2) from None


def moment_of(text: str | None) -> datetime | None:
    try:
        moment: datetime | None = MomentField(required=False).clean(text)
    except ValidationError as fault:
        raise CommandError(f"--as-at {text}: {' '.join(fault.messages)}", returncode=2) from None
    return moment
