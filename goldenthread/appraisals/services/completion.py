"""Completion fed into the corporate measure that counts it, so that nobody types it."""

from decimal import Decimal

from goldenthread.accounts.models import User
from goldenthread.appraisals.models import AppraisalYear
from goldenthread.appraisals.queries.completion import LEAST, signed_in_the_year_to
from goldenthread.domain.periods import Period
from goldenthread.domain.words import Frequency, State
from goldenthread.history.acts import acting, keep
from goldenthread.history.clock import today
from goldenthread.measures.models import Actual, Measure
from goldenthread.measures.services import Entry, record_actual


def feed_measure(*, by: User | None, year: AppraisalYear, measure: Measure | None) -> AppraisalYear:
    """Say which measure is fed from the appraisals of ``year``; None for none."""
    with acting(by=by, verb="feed_measure", object=f"appraisal year {year.period}") as change:
        year.measure = measure
        keep(year, change)
        return year


def record_completion(*, by: User | None = None) -> list[tuple[str, str]]:
    """Record the period that ended last of each measure fed from appraisals: its code and the period.

    Numerator: those counted whose appraisal was signed by both in the twelve months to the period's end; denominator:
    those counted. Where the same figure stands, or fewer than five are counted, nothing is written.
    """
    done = []
    for year in AppraisalYear.objects.filter(measure__isnull=False).select_related("measure").order_by("starts"):
        measure = year.measure
        if measure is None:
            continue
        period = Period.of(Frequency(measure.frequency), today()).previous()
        signed, counted = signed_in_the_year_to(year, period.end)
        if counted < LEAST or not year.starts <= period.end <= year.ends or _stands(measure, period, signed, counted):
            continue
        entry = Entry(
            period=period.text, numerator=Decimal(signed), denominator=Decimal(counted), state=State.PROVISIONAL
        )
        record_actual(
            by=by, measure=measure.code, entry=entry, source="appraisals", entered_by="goldenthread completion"
        )
        done.append((measure.code, period.text))
    return done


def _stands(measure: Measure, period: Period, signed: int, counted: int) -> bool:
    last = Actual.objects.filter(measure=measure, period=period.text, category="").order_by("entered_at", "pk").last()
    return last is not None and (last.numerator, last.denominator) == (signed, counted)
