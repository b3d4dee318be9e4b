"""The pages on which figures, targets, rules and definitions are given. They stand before the measure's own page."""

from django.urls import path

from goldenthread.measures.views.definition import definition, new, retire
from goldenthread.measures.views.enter import enter, entered, restate
from goldenthread.measures.views.parts import ending_part, parts
from goldenthread.measures.views.rule import rule
from goldenthread.measures.views.targets import targets

entry_patterns = [
    path("new/", new, name="new"),
    path("<path:code>/definition/", definition, name="definition"),
    path("<path:code>/retire/", retire, name="retire"),
    path("<path:code>/who-does-what/", parts, name="parts"),
    path("<path:code>/who-does-what/<int:part>/end/", ending_part, name="end-part"),
    path("<path:code>/enter/", enter, name="enter"),
    path("<path:code>/entered/<int:change>/", entered, name="entered"),
    path("<path:code>/restate/<path:period>/", restate, name="restate"),
    path("<path:code>/targets/", targets, name="targets"),
    path("<path:code>/rule/", rule, name="rule"),
]
