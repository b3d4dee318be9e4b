"""Needs for development, counted: what training is planned from."""

from django.http import HttpRequest, HttpResponse

from goldenthread.appraisals.models import NeedKind, Priority
from goldenthread.appraisals.queries.completion import LEAST
from goldenthread.appraisals.queries.needs import needs as needs_of
from goldenthread.appraisals.queries.team import current_year
from goldenthread.history.clock import today
from goldenthread.web.permission import requires
from goldenthread.web.render import page


@requires("appraisals.view_needs", navigation="appraisals")
def needs(request: HttpRequest) -> HttpResponse:
    """How many need what, by kind and priority, and by unit; what they wrote is read by nobody here."""
    year = current_year(today())
    context = {
        "year": year,
        "needs": needs_of(year) if year else None,
        "kinds": NeedKind.choices,
        "priorities": Priority.choices,
        "least": LEAST,
    }
    return page(request, "appraisals/needs.html", context)
