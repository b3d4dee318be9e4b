"""What is said of a period that has no figure yet."""

from datetime import date

from goldenthread.domain.definition import Definition
from goldenthread.domain.periods import Period
from goldenthread.domain.reasons import Reason
from goldenthread.domain.status.rating import Rating
from goldenthread.domain.words import Status


def waiting(measure: Definition, period: Period, *, today: date, expected_on: date | None = None) -> Rating:
    """The word for a period without a figure: not applicable, not due, awaited or overdue on ``today``.

    A period is not due up to its last day, awaited up to the day it is due (``lag_days`` after) or the accepted
    ``expected_on``, both included, and overdue from the next day. It is not applicable if it ends before the measure
    starts or after the measure has ended. Raises PeriodError where the due day is beyond the calendar.
    """
    if measure.starts is not None and period.end < measure.starts:
        return Rating(Status.NOT_APPLICABLE, Reason("not_started", {"starts": measure.starts.isoformat()}))
    if measure.ends is not None and period.end > measure.ends:
        return Rating(Status.NOT_APPLICABLE, Reason("ended", {"ends": measure.ends.isoformat()}))
    if today <= period.end:
        return Rating(Status.NOT_DUE, Reason("not_due", {"period": period.text, "ends": period.end.isoformat()}))
    due = period.due(measure.lag_days)
    params = {"period": period.text, "due": due.isoformat()}
    if today <= due:
        return Rating(Status.AWAITED, Reason("awaited", params))
    if expected_on is None:
        return Rating(Status.OVERDUE, Reason("overdue", params))
    params["expected_on"] = expected_on.isoformat()
    if today <= expected_on:
        return Rating(Status.AWAITED, Reason("awaited_expected", params))
    return Rating(Status.OVERDUE, Reason("overdue_expected", params))
