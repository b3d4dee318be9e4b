"""Measures: the board, and each measure's own pages. A code may hold spaces, & and /."""

from django.urls import include, path

from goldenthread.measures.urls_entry import entry_patterns
from goldenthread.measures.urls_settings import settings_patterns
from goldenthread.measures.views.board import board
from goldenthread.measures.views.measure import history, measure, result

app_name = "measures"
measure_patterns = [
    path("", board, name="board"),
    *entry_patterns,
    path("<path:code>/history/", history, name="history"),
    path("<path:code>/figures/<path:period>/", result, name="result"),
    path("<path:code>/", measure, name="measure"),
]
urlpatterns = [
    path("measures/", include(measure_patterns)),
    path("settings/", include(settings_patterns)),
]
