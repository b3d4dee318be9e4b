"""The time by which the product works: the real one, or the demonstration's fixed day."""

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone


def now() -> datetime:
    """This moment; under a fixed today, that day at the time on the wall."""
    moment = timezone.now()
    if settings.TODAY is None:
        return moment
    local = timezone.localtime(moment)
    return local.replace(year=settings.TODAY.year, month=settings.TODAY.month, day=settings.TODAY.day)


def today() -> date:
    return settings.TODAY or timezone.localdate()
