"""The measure of completion: chosen by human resources on a page, fed in the demonstration, and filled by itself."""

from datetime import date
from typing import Any

from django.core.management import call_command

from goldenthread.appraisals.models import AppraisalYear
from goldenthread.appraisals.queries.completion import signed_in_the_year_to
from goldenthread.history.clock import today
from goldenthread.measures.models import Actual


def test_human_resources_choose_the_measure_that_is_fed(demonstration: None, sign_in: Any):
    year = AppraisalYear.objects.get(period="2026/27")
    client, here = sign_in("human_resources"), f"/appraisals/years/{year.pk}/measure/"
    assert here in client.get("/appraisals/years/").content.decode()
    page = client.get(here).content.decode()
    assert '<a href="/measures/HR-03/">' in page
    signed, counted = signed_in_the_year_to(year, today())
    assert f"On today's count: {signed} of {counted}" in page
    assert [sign_in(role).get(here).status_code for role in ("administrator", "head_of_service")] == [403, 403]
    assert "Select a valid choice" in client.post(here, {"measure": "NO-SUCH"}).content.decode()
    client.post(here, {"measure": ""})
    assert AppraisalYear.objects.get(pk=year.pk).measure is None
    client.post(here, {"measure": "HR-03"})
    call_command("completion", verbosity=0)
    last = Actual.objects.filter(measure__code="HR-03", category="").order_by("entered_at", "pk").last()
    assert last is not None
    then = signed_in_the_year_to(year, date(2026, 9, 30))
    assert (last.period, last.numerator, last.denominator) == ("2026/27 H1", *then)
    assert "came from goldenthread completion" in client.get(here).content.decode()
