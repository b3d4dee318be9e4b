"""The actuals: each period's figure, broken down where the measure is, entered by whoever supplies it."""

import math
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from goldenthread.demonstration.behaviour import Point, points, shown, text
from goldenthread.demonstration.catalogue.sheet import Sheet
from goldenthread.demonstration.clock import NOW, TODAY, entered
from goldenthread.demonstration.council import PARTS, WARDS, service_of
from goldenthread.demonstration.people import holder_of

#: How much wider weighting makes a survey's margin.
DESIGN_EFFECT = 1.2
METHODS = ("Typed in", "Typed in", "Case system report", "Case system report", "Spreadsheet")

#: The parts of each scheme: the category, its share, and how much harder things are there.
SCHEME_PARTS: dict[str, list[tuple[str, float, float]]] = {
    "ward": [(ward["category"], float(ward["share"]), float(ward["hardship"])) for ward in WARDS]
}
for part in PARTS:
    SCHEME_PARTS.setdefault(part["scheme"], []).append((part["category"], float(part["share"]), float(part["lean"])))


def supplier_of(sheet: Sheet) -> str:
    """The post whose holder enters the measure's figures."""
    return sheet.supplier or f"{service_of(sheet.unit)}-DATA"


def rows(sheet: Sheet) -> list[dict[str, str]]:
    """Every actual of ``sheet`` entered by now, the whole's before its parts'."""
    random = Random(f"entry {sheet.code}")  # noqa: S311
    by = holder_of(supplier_of(sheet))
    method = random.choice(METHODS)
    found = list(points(sheet, TODAY - timedelta(days=1)))
    made = []
    for point in found:
        if sheet.until and point.period.end.isoformat() > sheet.until:
            break
        at = entered(point.period.end, sheet.lag, point is found[-1], random)
        if at > NOW:
            continue
        given = {
            "measure": sheet.code,
            "period": point.period.text,
            "state": "final",
            "assurance": _assurance(sheet, at, random),
            "entered_at": at.isoformat(),
            "entered_by": by,
            "method": method,
        }
        if method == "Spreadsheet":
            name = point.period.text.replace("/", "-").replace(" ", "-").lower()
            given |= {"source_file": f"{sheet.code.lower()}-{name}.xlsx", "source_row": str(random.randrange(4, 60))}
        parts = list(_parts(sheet, point, random)) if sheet.by else []
        adds_up = sheet.is_ratio or sheet.is_total
        whole = _sum(point, [part for _category, part in parts]) if parts and adds_up else point
        made.append({**given, **_halves(whole), **_margin(sheet, whole, random)})
        made += [{**given, "category": f"{sheet.by}={category}", **_halves(part)} for category, part in parts]
    return made


def _assurance(sheet: Sheet, at: datetime, random: Random) -> str:
    """Last year's strategic figures have been looked at; the latest not yet."""
    age = (NOW - at).days
    if age > 200 and sheet.tier == "strategic":
        return random.choice(("checked", "checked", "sampled", "internal_audit"))
    return "checked" if age > 40 and random.random() < 0.5 else "none"


def _halves(point: Point) -> dict[str, str]:
    return {
        "numerator": text(point.numerator),
        "denominator": text(point.denominator),
        "value": text(point.value),
    }


def _margin(sheet: Sheet, point: Point, random: Random) -> dict[str, str]:
    """Of a survey how many replied, and the range in which the truth lies nineteen times in twenty."""
    if not sheet.size or sheet.is_ratio or point.value is None:
        return {}
    sample = round(sheet.size * (1 + random.gauss(0, 0.03)))
    share = float(point.value) / 100
    half = 100 * 1.96 * math.sqrt(DESIGN_EFFECT * share * (1 - share) / sample)
    return {
        "sample": str(sample),
        "lower": text(point.value - shown(half, 1)),
        "upper": text(point.value + shown(half, 1)),
    }


def _parts(sheet: Sheet, point: Point, random: Random) -> Iterator[tuple[str, Point]]:
    """The point shared among the scheme's parts, each a little better or worse than the whole."""
    shares = SCHEME_PARTS[sheet.by]
    total = sum(share for _category, share, _hardship in shares)
    worse = -1 if sheet.polarity == "higher" else 1
    for category, share, hardship in shares:
        lean = 1 + worse * sheet.spread * hardship + random.gauss(0, sheet.noise)
        lean *= sheet.odd.get(category, 1)
        if point.denominator is None:
            part = float(point.value or 0) * lean * (share / total if sheet.is_total else 1)
            yield category, Point(point.period, value=shown(part, sheet.decimals))
            continue
        denominator = max(1, round(float(point.denominator) * share / total * (1 + random.gauss(0, 0.015))))
        ratio = float(point.numerator or 0) / float(point.denominator) * lean
        cases = round(denominator * ratio)
        if sheet.data_type == "percentage":
            cases = min(cases, denominator)
        yield category, Point(point.period, numerator=Decimal(cases), denominator=Decimal(denominator))


def _sum(point: Point, parts: list[Point]) -> Point:
    """The whole is what its parts add up to."""
    if point.denominator is None:
        return Point(point.period, value=sum((part.value or Decimal(0) for part in parts), Decimal(0)))
    return Point(
        point.period,
        numerator=sum((part.numerator or Decimal(0) for part in parts), Decimal(0)),
        denominator=sum((part.denominator or Decimal(0) for part in parts), Decimal(0)),
    )
