"""Wenlow's measures, theme by theme: each file holds the sheets of one theme."""

import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path

from goldenthread.demonstration.catalogue.sheet import Sheet, sheet

#: The themes in the order in which the council lists them.
THEMES = (
    "Children",
    "Adults",
    "Health",
    "Safety",
    "Culture",
    "Streets",
    "Waste",
    "Climate",
    "Planning",
    "Housing",
    "Economy",
    "Customers",
    "Money",
    "Workforce",
)


@cache
def catalogue() -> tuple[Sheet, ...]:
    """Every measure's sheet as the files give it."""
    found = []
    for theme in THEMES:
        text = (Path(__file__).parent / f"{theme.lower()}.toml").read_text(encoding="utf-8")
        found += [sheet(code, given, theme) for code, given in tomllib.loads(text).items()]
    return tuple(found)


def sheets(scale: int = 1) -> list[Sheet]:
    """Every measure's sheet; with ``scale`` so many of each, the copies' codes ending in -2, -3 …"""
    found = list(catalogue())
    return found + [copy(one, number) for number in range(2, scale + 1) for one in found]


def copy(one: Sheet, number: int) -> Sheet:
    """The same measure again under another code, whose figures differ by chance."""
    also = dict(one.also)
    if "succeeds" in also:
        also["succeeds"] += f"-{number}"
    if "formula" in also:
        also["formula"] = also["formula"].replace("]", f"-{number}]")
    title, short = f"{one.title} ({number})", f"{one.short} ({number})"
    return replace(one, code=f"{one.code}-{number}", title=title, short=short, also=also)
