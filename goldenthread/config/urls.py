"""Every address of the site; each view states the permission it needs."""

from django.urls import include, path

urlpatterns = [
    path("", include("goldenthread.web.urls")),
    path("accounts/", include("allauth.urls")),
    path("measures/", include("goldenthread.measures.urls")),
]

handler400 = "goldenthread.web.views.bad_request"
handler403 = "goldenthread.web.views.refused"
handler404 = "goldenthread.web.views.not_found"
handler500 = "goldenthread.web.views.failed"
