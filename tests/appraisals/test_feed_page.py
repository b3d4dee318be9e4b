"""The measure of completion: chosen by human resources on a page, and filled by itself, in the demonstration too."""

from datetime import date
from decimal import Decimal
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
    assert "came from Golden Thread" in client.get(here).content.decode()


def test_the_demonstrations_half_year_was_counted_and_not_typed(demonstration: None, sign_in: Any):
    """By the same count as any council's: 99 of the 112 who were there on 30 September had signed since October."""
    figures = Actual.objects.filter(measure__code="HR-03").order_by("pk")
    fed = figures.filter(entered_by="Golden Thread")
    assert list(fed.values_list("period", "numerator", "denominator", "missing", "state", "source_file")) == [
        ("2026/27 H1", Decimal(99), Decimal(112), "", "provisional", "appraisals")
    ]
    assert figures.last() == fed.get()
    year = AppraisalYear.objects.get(period="2026/27")
    assert signed_in_the_year_to(year, date(2026, 9, 30)) == (99, 112)
    call_command("completion", verbosity=0)
    assert fed.count() == 1
    page = sign_in("human_resources").get("/measures/HR-03/").content.decode()
    assert "88.4%" in page
