"""Completion by unit, and who serves what: counts of five people or more, for those who read no appraisal."""

from django.http import HttpRequest, HttpResponse

from goldenthread.appraisals.queries.completion import LEAST, STAGES, completion
from goldenthread.appraisals.queries.serving import people_who_serve
from goldenthread.appraisals.queries.team import current_year
from goldenthread.appraisals.words import STEPS
from goldenthread.council.models import Role
from goldenthread.council.roles import roles_of
from goldenthread.history.clock import today
from goldenthread.web.permission import requires
from goldenthread.web.render import page


@requires("appraisals.view_completion", navigation="appraisals")
def by_unit(request: HttpRequest) -> HttpResponse:
    """Human resources see every unit, heads and directors their own."""
    day = today()
    year = current_year(day)
    roles = roles_of(request.user)
    within = None if roles.has(Role.HUMAN_RESOURCES) else roles.units[Role.HEAD_OF_SERVICE]
    lines = completion(year, day, within=within) if year else []
    context = {
        "year": year,
        "lines": lines,
        "top": min((line.depth for line in lines), default=0),
        "stages": list(zip(STAGES, [title for _stage, title in STEPS], strict=True)),
        "serving": people_who_serve(year, day) if year else [],
        "least": LEAST,
    }
    return page(request, "appraisals/completion.html", context)
