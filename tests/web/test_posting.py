"""What only takes a form leads back to the page with the form, whatever part of it the form is about."""

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from goldenthread.web.posting import posted


@pytest.mark.parametrize(
    ("form_at", "given", "page"),
    [
        ("appraisals:appraisal", {"key": 7}, "/appraisals/7/"),
        ("appraisals:appraisal", {"key": 7, "asked": 2}, "/appraisals/7/"),
        ("appraisals:my-deputies", {"key": 7}, "/appraisals/deputies/"),
    ],
)
def test_asked_for_as_a_page(rf: RequestFactory, form_at: str, given: dict[str, int], page: str) -> None:
    @posted(form_at=form_at)
    def view(request: HttpRequest, **given: Any) -> HttpResponse:
        return HttpResponse("kept")

    assert view(rf.get("/"), **given)["Location"] == page
    assert view(rf.post("/"), **given).content == b"kept"
