"""When things are done in Wenlow: on working days, in office hours, after a period has ended and before today."""

from datetime import date, datetime, time, timedelta
from functools import cache
from random import Random
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
TODAY = date(2027, 1, 18)
#: Half past eleven this morning: nothing has been said since.
NOW = datetime.combine(TODAY, time(11, 30), LONDON)


@cache
def working_day(day: date) -> date:
    """``day``, or the next working day after it; the offices are shut from Christmas to New Year."""
    while day.weekday() >= 5 or (day.month, day.day) >= (12, 25) or (day.month, day.day) == (1, 1):
        day += timedelta(days=1)
    return day


def moment(day: date, random: Random) -> datetime:
    """A minute in the office on ``day`` or the next working day; today, before now."""
    day = working_day(day)
    minutes = random.randrange(8 * 60 + 40, (11 * 60) if day == TODAY else (17 * 60 + 10))
    return datetime(day.year, day.month, day.day, minutes // 60, minutes % 60, tzinfo=LONDON)


def entered(ended: date, lag: int, latest: bool, random: Random) -> datetime:
    """When the figure of a period that ``ended`` comes in: mostly well before it is due, now and then just late.

    The ``latest`` period is still being collected, so its figures are those that would be in by now.
    """
    if latest:
        days = random.triangular(min(7, lag), lag + 5, lag * 0.85)
    else:
        days = random.triangular(min(5, lag), lag + 4, lag * 0.6)
    return moment(ended + timedelta(days=round(days)), random)
