"""Pages that read several apps: home, and the units with their measures."""

from django.urls import path

from goldenthread.scorecards.views.home import home

app_name = "scorecards"
urlpatterns = [
    path("", home, name="home"),
]
