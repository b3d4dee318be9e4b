"""The log: a line for a page that was refused, all of it for one that failed."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from goldenthread.web.permission import public


@public
def refuses(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("The period is locked.")


@public
def fails(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError("nothing over nothing")


def answered_403(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse("No", status=403)


def answered_500(request: HttpRequest) -> HttpResponse:
    return HttpResponse("Sorry", status=500)


urlpatterns = [path("refuses/", refuses), path("fails/", fails)]
handler403, handler500 = answered_403, answered_500


@pytest.mark.urls(__name__)
def test_only_a_failure_says_where_it_happened(caplog: Any) -> None:
    client = Client(raise_request_exception=False)

    assert [client.get(address).status_code for address in ("/refuses/", "/fails/")] == [403, 500]

    refused, failed = caplog.records
    assert (refused.getMessage(), refused.exc_info) == ("Forbidden (Permission denied): /refuses/", None)
    assert (failed.getMessage(), failed.exc_info[0]) == ("Internal Server Error: /fails/", ZeroDivisionError)
