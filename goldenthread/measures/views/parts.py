"""Who does what in a measure: seen by whoever sees the measure, changed by whoever changes its definition."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from goldenthread.council.forms import SettingsForm
from goldenthread.council.views.saving import saved
from goldenthread.history.clock import today
from goldenthread.measures.forms.parts import EndPartForm, PartForm
from goldenthread.measures.models import Measure, MeasureRole
from goldenthread.measures.queries.parts import parts_of
from goldenthread.measures.services import end_part, give_part
from goldenthread.measures.views.enter import visible_measure
from goldenthread.web.permission import refuse_unless, requires
from goldenthread.web.render import page


@requires("measures.view_measure", navigation="measures")
def parts(request: HttpRequest, code: str) -> HttpResponse:
    """Who supplies, checks, owns and answers for a measure, and since when."""
    measure = visible_measure(request, code)
    changes = request.user.has_perm("measures.change_definition", measure)
    form = PartForm(request.POST if request.method == "POST" else None, initial={"starts": today()})
    if request.method == "POST":
        _refuse_unless_changing(request, measure)
        if saved(request, form, give_part, _("The part is given."), measure=code):
            return redirect("measures:parts", code)
    context: dict[str, Any] = {
        "measure": measure,
        "parts": parts_of(measure),
        "form": form if changes else None,
        "manages": request.user.has_perm("measures.annotate_measure", measure),
    }
    return page(request, "measures/parts.html", context)


@requires("measures.change_definition", navigation="measures")
def ending_part(request: HttpRequest, code: str, part: int) -> HttpResponse:
    """The last day of a part."""
    measure = visible_measure(request, code)
    _refuse_unless_changing(request, measure)
    row = get_object_or_404(MeasureRole.objects.select_related("post__unit"), pk=part, measure=measure)
    form: SettingsForm = EndPartForm(
        request.POST if request.method == "POST" else None, initial={"ends": row.ends or today()}
    )
    if request.method == "POST" and saved(request, form, end_part, _("The part is ended."), part=part):
        return redirect("measures:parts", code)
    context = {"measure": measure, "part": row, "label": MeasureRole.Part(row.role).label, "form": form}
    return page(request, "measures/end_part.html", context)


def _refuse_unless_changing(request: HttpRequest, measure: Measure) -> None:
    reason = _("Whoever enters a measure's figures does not change who does what in it.")
    refuse_unless(request, "measures.change_definition", measure, reason=reason)
