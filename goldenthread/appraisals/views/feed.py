"""Which measure a year feeds with how many of its appraisals are signed by both: chosen once, then filled by itself."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goldenthread.appraisals import services
from goldenthread.appraisals.models import AppraisalYear
from goldenthread.appraisals.queries.completion import LEAST, signed_in_the_year_to
from goldenthread.council.forms import SettingsForm
from goldenthread.domain.small_groups import tells_of_few
from goldenthread.history.clock import today
from goldenthread.measures.models import Actual, Measure
from goldenthread.web.forms import offer
from goldenthread.web.permission import requires, signed_in
from goldenthread.web.render import page


class FeedForm(SettingsForm):
    measure = forms.ChoiceField(
        label=gettext_lazy("Measure that counts it"),
        required=False,
        help_text=gettext_lazy("A percentage given by its numerator and denominator, or as it stands at a moment."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        measures = Measure.objects.filter(ends__isnull=True, data_type="percentage", formula="").order_by("code")
        offered = [(one.code, f"{one.code}: {one.short_title or one.title}") for one in measures]
        offer(self, "measure", [("", _("None: nobody's completion is counted in a measure")), *offered])


@requires("appraisals.run_year", navigation="appraisals")
def feed(request: HttpRequest, key: int) -> HttpResponse:
    """Choose the measure, and see what would be recorded in it today."""
    year = get_object_or_404(AppraisalYear.objects.select_related("measure"), pk=key)
    form = FeedForm(
        request.POST if request.method == "POST" else None,
        initial={"measure": year.measure.code if year.measure else ""},
    )
    if request.method == "POST" and form.is_valid():
        chosen = Measure.objects.filter(code=form.cleaned_data["measure"]).first()
        services.feed_measure(by=signed_in(request), year=year, measure=chosen)
        told = (
            _("%s is filled from the appraisals from now on.") % chosen.title if chosen else _("No measure is filled.")
        )
        messages.success(request, told)
        return redirect("appraisals:years")
    signed, counted = signed_in_the_year_to(year, min(today(), year.ends))
    last = Actual.objects.filter(measure=year.measure, category="").order_by("entered_at", "pk").last()
    context = {
        "year": year,
        "form": form,
        "signed": signed,
        "counted": counted,
        "is_told": counted >= LEAST and not tells_of_few(signed, counted, least=LEAST),
        "last": last if year.measure else None,
        "back": reverse("appraisals:years"),
    }
    return page(request, "appraisals/feed.html", context)
