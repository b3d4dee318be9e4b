"""The time by which the product works: the real one, or the demonstration's fixed day."""

from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.utils import timezone


def now() -> datetime:
    """This moment; under a fixed today, the afternoon of that day, twice as slow as the clock on the wall."""
    moment = timezone.now()
    if settings.TODAY is None:
        return moment
    local = timezone.localtime(moment)
    since_midnight = timedelta(
        hours=local.hour, minutes=local.minute, seconds=local.second, microseconds=local.microsecond
    )
    noon = datetime.combine(settings.TODAY, time(12), tzinfo=timezone.get_default_timezone())
    return noon + since_midnight / 2


def today() -> date:
    return settings.TODAY or timezone.localdate()
