"""One measure's page."""

from django.http import HttpRequest, HttpResponse

from goldenthread.web.permission import requires


@requires("measures.view_measure", navigation="measures")
def measure(request: HttpRequest, code: str) -> HttpResponse:
    return HttpResponse(code)


@requires("measures.view_measure", navigation="measures")
def result(request: HttpRequest, code: str, period: str) -> HttpResponse:
    return HttpResponse(code)
