"""Measures and everything said of them."""

from goldenthread.measures.models.areas import Area, AreaGroup, AreaMembership, Benchmark, Comparator
from goldenthread.measures.models.definition import Category, Measure, MeasureLink, MeasureRole, Scheme, SetEntry, Tag
from goldenthread.measures.models.record import (
    Actual,
    Annotation,
    Commentary,
    Forecast,
    Judgement,
    PublishedFigure,
    Rule,
    RuleAssignment,
    Target,
)
from goldenthread.measures.models.result import Result, Sparkline

__all__ = [
    "Actual",
    "Annotation",
    "Area",
    "AreaGroup",
    "AreaMembership",
    "Benchmark",
    "Category",
    "Commentary",
    "Comparator",
    "Forecast",
    "Judgement",
    "Measure",
    "MeasureLink",
    "MeasureRole",
    "PublishedFigure",
    "Result",
    "Rule",
    "RuleAssignment",
    "Scheme",
    "SetEntry",
    "Sparkline",
    "Tag",
    "Target",
]
