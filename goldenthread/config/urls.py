"""Every address of the site; each view states the permission it needs."""

from django.urls import include, path

from goldenthread.web.views import not_found

urlpatterns = [
    path("", include("goldenthread.web.urls")),
    path("", include("goldenthread.plans.urls")),
    path("", include("goldenthread.scorecards.urls")),
    # The address somebody signs in with is given by an administrator; nobody changes their own.
    path("accounts/email/", not_found),
    path("accounts/", include("allauth.urls")),
    path("", include("goldenthread.measures.urls")),
    path("", include("goldenthread.council.urls")),
    path("appraisals/", include("goldenthread.appraisals.urls")),
]

handler400 = "goldenthread.web.views.bad_request"
handler403 = "goldenthread.web.views.refused"
handler404 = "goldenthread.web.views.not_found"
handler429 = "goldenthread.web.views.too_many"
handler500 = "goldenthread.web.views.failed"
