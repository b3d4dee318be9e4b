"""Needs for development: their words sealed, what training is planned from kept beside, met also after signing."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied

from goldenthread.appraisals import services
from goldenthread.appraisals.models import Appraisal, Need
from goldenthread.history.acts import Refused
from tests.appraisals.test_appraisal_pages import as_user, text

SAID = {"text": "Coaching a colleague", "how": "Two sessions", "kind": "coaching", "priority": "essential"}


def test_a_need_is_added_and_met_through_the_page(council: SimpleNamespace, appraisal: Appraisal) -> None:
    client, at = as_user(council.officer), f"/appraisals/{appraisal.pk}/"
    assert "There is a problem" in text(client.post(f"{at}needs/", SAID | {"kind": "sabbatical"}))

    client.post(f"{at}needs/", SAID | {"by_when": "26/2/2027"})

    need = Need.objects.get()
    assert (need.kind, need.priority, need.by_when, need.met_on) == ("coaching", "essential", date(2027, 2, 26), None)
    page = text(client.get(at))
    for shown in ("Coaching a colleague", "Coaching or a mentor", "Essential for the job", "26 February 2027"):
        assert shown in page
    assert "That need is met." in text(client.post(f"{at}needs/{need.pk}/meet/", follow=True))
    assert "met on 18 January 2027" in text(as_user(council.head).get(at))
    assert "That need is open again." in text(client.post(f"{at}needs/{need.pk}/meet/", follow=True))


def test_it_is_met_after_signing_without_signing_again(council: SimpleNamespace, written: Appraisal) -> None:
    for by in (council.officer, council.head):
        services.sign(by=by, appraisal=written.pk)
    need = written.needs.get()

    services.meet_need(by=council.head, appraisal=written.pk, need=need.pk)

    row = Appraisal.objects.get(pk=written.pk)
    assert (written.needs.get().met_on, row.appraisee_signed_on) == (date(2027, 1, 18), date(2027, 1, 18))
    for who in (council.director, council.hr):
        with pytest.raises(PermissionDenied):
            services.meet_need(by=who, appraisal=written.pk, need=need.pk)
    with pytest.raises(Refused, match="not in this appraisal"):
        services.meet_need(by=council.head, appraisal=written.pk, need=need.pk + 1)
