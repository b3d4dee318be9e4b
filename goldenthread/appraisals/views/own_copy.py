"""A copy of one's own appraisals, taken by the appraisee and by nobody else."""

from django.http import HttpRequest, HttpResponse
from django.utils.html import json_script

from goldenthread.appraisals import services
from goldenthread.appraisals.own_copy import as_data, own_appraisals
from goldenthread.appraisals.queries.team import own
from goldenthread.appraisals.views.sealed import sealed
from goldenthread.appraisals.words import KINDS, SIDES
from goldenthread.council.roles import roles_of
from goldenthread.history.clock import today
from goldenthread.web.permission import requires, signed_in
from goldenthread.web.render import page


@requires("appraisals.take_part", navigation="appraisals")
@sealed
def own_copy(request: HttpRequest) -> HttpResponse:
    """What the copy holds and how to keep it; sent by the form, the copy itself as one file."""
    if request.method != "POST":
        return page(request, "appraisals/own_copy.html", {"appraisals": own(request.user)})
    kept = own_appraisals(request.user)
    services.record_own_copy(by=signed_in(request))
    context = {
        "person": roles_of(request.user).person,
        "kept": kept,
        "sides": SIDES,
        "kinds": KINDS,
        "today": today(),
        "data": json_script(as_data(kept), "appraisals"),
    }
    file = page(request, "appraisals/own_copy_file.html", context)
    file["Content-Disposition"] = f'attachment; filename="my-appraisals-{today().isoformat()}.html"'
    return file
