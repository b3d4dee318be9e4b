"""Human resources run the year: opened, begun, starters and leavers brought in, appraisals found a new appraiser."""

from datetime import date

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldenthread.appraisals import services
from goldenthread.appraisals.forms import YearForm
from goldenthread.appraisals.models import AppraisalYear
from goldenthread.appraisals.queries.team import adrift, current_year
from goldenthread.history.acts import Refused
from goldenthread.history.clock import today
from goldenthread.web.permission import requires, signed_in
from goldenthread.web.render import page


@requires("appraisals.run_year", navigation="appraisals")
def all_years(request: HttpRequest) -> HttpResponse:
    """Every year, what waits for a new appraiser, and opening the next."""
    day = today()
    form = YearForm(request.POST if request.method == "POST" else None, initial=_next(day))
    if request.method == "POST" and form.is_valid():
        try:
            opened = services.open_year_like_the_last(by=signed_in(request), **form.cleaned_data)
        except Refused as refused:
            form.take(refused)
        else:
            messages.success(
                request,
                _("%s is open. Look its templates through, and begin its appraisals when everybody knows.")
                % opened.period,
            )
            return redirect("appraisals:year", opened.pk)
    begun = Count("appraisals", filter=Q(appraisals__closed_on__isnull=True))
    year = current_year(day)
    context = {
        "years": AppraisalYear.objects.annotate(begun=begun).prefetch_related("templates").order_by("-starts"),
        "year": year,
        "adrift": adrift(year, day) if year else [],
        "form": form,
        "today": day,
    }
    return page(request, "appraisals/years.html", context)


@requires("appraisals.run_year", navigation="appraisals")
def begin(request: HttpRequest, key: int) -> HttpResponse:
    """Begin everybody's appraisal; again, bring in starters and close those of leavers."""
    if request.method != "POST":
        return redirect("appraisals:years")
    year = get_object_or_404(AppraisalYear, pk=key)
    if year.ends < today():
        messages.error(request, _("%s is over: nothing begins in it.") % year.period)
        return redirect("appraisals:years")
    done = services.begin_appraisals(by=signed_in(request), year=year)
    begun = ngettext("%(num)d appraisal begun", "%(num)d appraisals begun", done.begun) % {"num": done.begun}
    closed = ngettext("%(num)d closed", "%(num)d closed", done.closed) % {"num": done.closed}
    messages.success(request, f"{year.period}: {begun}, {closed}.")
    return redirect("appraisals:year", key)


def _next(day: date) -> dict[str, object]:
    """The year that begins next April, with the days that councils usually set."""
    last = AppraisalYear.objects.order_by("-starts").first()
    first = last.starts.year + 1 if last else (day.year if day.month >= 4 else day.year - 1)
    return {
        "period": f"{first}/{(first + 1) % 100:02}",
        "objectives_due": date(first, 5, 31),
        "mid_year_due": date(first, 10, 31),
        "year_end_due": date(first + 1, 3, 31),
        "signed_due": date(first + 1, 4, 30),
    }
