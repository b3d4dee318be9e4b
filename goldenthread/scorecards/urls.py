"""Pages that read several apps: home, and the units with their measures."""

from django.urls import path

from goldenthread.scorecards.views.home import home
from goldenthread.scorecards.views.units import unit, units

app_name = "scorecards"
urlpatterns = [
    path("", home, name="home"),
    path("units/", units, name="units"),
    path("units/<path:code>/", unit, name="unit"),
]
