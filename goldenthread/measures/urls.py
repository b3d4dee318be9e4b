"""Measures: the board, and each measure's own pages. A code may hold spaces, & and /."""

from django.urls import path

from goldenthread.measures.views.board import board
from goldenthread.measures.views.measure import measure, result

app_name = "measures"
urlpatterns = [
    path("", board, name="board"),
    path("<path:code>/figures/<path:period>/", result, name="result"),
    path("<path:code>/", measure, name="measure"),
]
