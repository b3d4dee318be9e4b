"""A measure's definition sheet, and the few numbers from which its six years of figures are made."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

#: A year's target: a figure, the two ends of a range, or nothing yet.
Aim = float | tuple[float, float] | None


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One measure.

    ``levels`` are the typical figures of 2021/22 to 2026/27 (of a total, the year's); ``aims`` the targets of those
    years. ``size`` is the usual denominator of one period, or how many a survey asks. ``season`` names a row of
    ``behaviour.SEASONS``. ``by`` is the scheme by which the figures are broken down, ``spread`` how far hardship moves
    a part's figure, as a share of it, and ``odd`` a factor for a part that stands out. ``step`` is a period from which
    everything is multiplied by a factor. ``span`` is how many years a pooled figure covers. ``supplier`` and ``owner``
    are posts other than the usual ones; ``old`` the references by which the measure was known before, as ``scheme
    tag``. ``until`` is the last day for which somebody sends figures in, where the appraisals give them since. ``also``
    holds other columns of the measures table.
    """

    code: str
    short: str
    title: str
    unit: str
    definition: str
    why: str
    source: str
    levels: tuple[float, ...]
    aims: tuple[Aim, ...] = ()
    measured_in: str = "%"
    data_type: str = "percentage"
    decimals: int = 1
    polarity: str = "higher"
    frequency: str = "quarter"
    year: str = "financial"
    reading: str = "in_period"
    aggregation: str = "none"
    tier: str = "directorate"
    kind: str = "performance"
    halves: tuple[str, str] = ("", "")
    size: float = 0
    factor: int = 100
    season: str = "flat"
    noise: float = 0.015
    step: tuple[str, float] | None = None
    by: str = ""
    spread: float = 0.06
    odd: Mapping[str, float] = field(default_factory=dict)
    span: int = 1
    lag: int = 20
    rule: str = ""
    theme: str = ""
    supplier: str = ""
    owner: str = ""
    until: str = ""
    old: tuple[str, ...] = ()
    also: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_ratio(self) -> bool:
        return self.aggregation == "ratio"

    @property
    def is_total(self) -> bool:
        return self.aggregation == "sum"

    @property
    def builds_up(self) -> bool:
        """Whether ``levels`` are a year's, of which each period gives its part."""
        if self.reading in ("snapshot", "rolling") or self.is_total is self.is_ratio:
            return False
        return self.is_total or self.also.get("denominator_aggregation", "sum") != "sum"


#: What the kinds of measure have in common: a share or a rate has both its counts, a total adds up, and so on.
KINDS: Mapping[str, Mapping[str, Any]] = {
    "percentage": {"aggregation": "ratio"},
    "rate": {"aggregation": "ratio", "data_type": "rate", "also": {"denominator_aggregation": "last"}},
    "average": {
        "aggregation": "ratio",
        "data_type": "duration",
        "measured_in": "days",
        "polarity": "lower",
        "factor": 1,
    },
    "total": {"aggregation": "sum", "data_type": "number", "measured_in": "", "decimals": 0, "noise": 0.06},
    "snapshot": {
        "aggregation": "last",
        "reading": "snapshot",
        "data_type": "number",
        "measured_in": "",
        "decimals": 0,
    },
    "survey": {"data_type": "percentage", "frequency": "year", "lag": 60},
}


def sheet(code: str, given: Mapping[str, Any], theme: str) -> Sheet:
    """The sheet of ``code`` as a theme's file gives it; its kind, ``is``, supplies what it doesn't say.

    >>> tips = {"is": "total", "short": "Fly-tips", "title": "Fly-tips reported", "unit": "STR", "levels": [900, 950]}
    >>> sheet("WS-01", {**tips, "definition": "", "why": "", "source": ""}, "Waste").aggregation
    'sum'
    """
    fields = {**KINDS[given["is"]], **{name: _frozen(value) for name, value in given.items() if name != "is"}}
    fields["also"] = {**KINDS[given["is"]].get("also", {}), **given.get("also", {})}
    return Sheet(code=code, theme=theme, **fields)


def _frozen(value: Any) -> Any:
    """Lists become tuples, all the way down; a target to be confirmed is an empty list."""
    if isinstance(value, list):
        return tuple(_frozen(one) if one != [] else None for one in value)
    return value
