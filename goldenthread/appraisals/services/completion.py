"""Completion fed into the corporate measure that counts it, so that nobody types it."""

from decimal import Decimal

from goldenthread.accounts.models import User
from goldenthread.appraisals.models import AppraisalYear
from goldenthread.appraisals.queries.completion import LEAST, a_year_to, signed_in_the_year_to
from goldenthread.domain.periods import Period
from goldenthread.domain.small_groups import tells_of_few
from goldenthread.domain.words import Frequency, Missing, State
from goldenthread.history.acts import acting, keep
from goldenthread.history.clock import today
from goldenthread.measures.models import Actual, Measure, PublishedFigure
from goldenthread.measures.services import Entry, record_actual

#: By this name the figures that come from appraisals are told from those that somebody entered.
ENTERED_BY = "Golden Thread"


def feed_measure(*, by: User | None, year: AppraisalYear, measure: Measure | None) -> AppraisalYear:
    """Say which measure the appraisals of ``year`` feed, None for none, and record its period that ended last."""
    with acting(by=by, verb="feed_measure", object=f"appraisal year {year.period}") as change:
        year.measure = measure
        keep(year, change)
        if measure is not None:
            _record(year, measure, by)
        return year


def record_completion(*, by: User | None = None) -> list[tuple[str, str]]:
    """Record the period that ended last of each measure fed from appraisals: its code and the period.

    Numerator: those counted whose appraisal was signed by both in the twelve months to the period's end; denominator:
    those counted. Where either they or the others are fewer than five the figure is suppressed. Nothing is written
    where the same figure stands, somebody entered or published another, fewer than five are counted, or nobody signed
    and no signatures were due: a council's first year says nothing of the one before.
    """
    done = []
    for year in AppraisalYear.objects.filter(measure__isnull=False).select_related("measure").order_by("starts"):
        if year.measure is not None and (period := _record(year, year.measure, by)):
            done.append((year.measure.code, period))
    return done


def _record(year: AppraisalYear, measure: Measure, by: User | None) -> str:
    """The period of which a figure was recorded; empty where none was."""
    period = Period.of(Frequency(measure.frequency), today()).previous()
    signed, counted = signed_in_the_year_to(year, period.end)
    if counted < LEAST or not year.starts <= period.end <= year.ends:
        return ""
    if not signed and not _were_due(period):
        return ""
    entry = _entry(period, signed, counted)
    if _stands(measure, entry):
        return ""
    record_actual(by=by, measure=measure.code, entry=entry, source="appraisals", entered_by=ENTERED_BY)
    return period.text


def _were_due(period: Period) -> bool:
    return AppraisalYear.objects.filter(signed_due__gte=a_year_to(period.end), signed_due__lte=period.end).exists()


def _entry(period: Period, signed: int, counted: int) -> Entry:
    if tells_of_few(signed, counted, least=LEAST):
        return Entry(period=period.text, missing=Missing.SUPPRESSED, state=State.PROVISIONAL)
    return Entry(period=period.text, numerator=Decimal(signed), denominator=Decimal(counted), state=State.PROVISIONAL)


def _stands(measure: Measure, entry: Entry) -> bool:
    """Whether the same figure is on record, or one that is not ours to replace."""
    of_period = {"measure": measure, "period": entry.period, "category": ""}
    last = Actual.objects.filter(**of_period).order_by("entered_at", "pk").last()
    if last is None:
        return PublishedFigure.objects.filter(**of_period).exists()
    same = (last.numerator, last.denominator, last.missing) == (entry.numerator, entry.denominator, entry.missing)
    return same or last.entered_by != ENTERED_BY or PublishedFigure.objects.filter(**of_period).exists()
