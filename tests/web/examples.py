"""A small site of our own: pages with every kind of permission, for the tests of the look."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from goldenthread.web.permission import public, refuse_unless, requires
from goldenthread.web.render import page, render_block


@requires(None, navigation="examples")
def signed_in(request: HttpRequest) -> HttpResponse:
    return page(request, "web/about.html")


@requires("council.change_unit", navigation="examples")
def for_some(request: HttpRequest) -> HttpResponse:
    return page(request, "web/about.html")


@requires(None, navigation="examples")
def about_one(request: HttpRequest) -> HttpResponse:
    refuse_unless(request, "council.change_unit", "Harbour", reason="Harbour is not yours to change.")
    return page(request, "web/about.html")


@public
def part(request: HttpRequest) -> HttpResponse:
    return render_block(request, "web/about.html", "content")


@public
def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a fault of ours")


urlpatterns = [
    path("", include("goldenthread.web.urls")),
    path("accounts/", include("allauth.urls")),
    path("", signed_in, name="home"),
    path("signed-in/", signed_in, name="signed_in"),
    path("for-some/", for_some, name="for_some"),
    path("about-one/", about_one, name="about_one"),
    path("part/", part, name="part"),
    path("broken/", broken, name="broken"),
    path("measures/<str:code>/<str:period>/", public(part), name="measure"),
    path("years/<int:year>/", public(part), name="year"),
]
handler400 = "goldenthread.web.views.bad_request"
handler403 = "goldenthread.web.views.refused"
handler404 = "goldenthread.web.views.not_found"
handler500 = "goldenthread.web.views.failed"
