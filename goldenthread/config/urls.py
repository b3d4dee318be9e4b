"""Every address of the site; each view states the permission it needs."""

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("allauth.urls")),
]
