"""The measures table and what hangs on it: who has which part, portfolios and remits, and the printed scorecard."""

from goldenthread.demonstration.catalogue.sheet import Sheet
from goldenthread.demonstration.council import KIND, PORTFOLIO, REMIT, directorate_of, service_of
from goldenthread.demonstration.figures import supplier_of
from goldenthread.demonstration.posts import POSTS

Row = dict[str, str]
_POSTS = {row["post"] for row in POSTS}

#: The sections of the Council Scorecard in their printed order, by theme.
SECTIONS = {
    "Children": "A good start for every child",
    "Adults": "Living well, living independently",
    "Health": "Living well, living independently",
    "Safety": "Safe, connected communities",
    "Culture": "Safe, connected communities",
    "Streets": "A clean, green city that moves",
    "Waste": "A clean, green city that moves",
    "Climate": "A clean, green city that moves",
    "Planning": "Homes and jobs",
    "Housing": "Homes and jobs",
    "Economy": "Homes and jobs",
    "Customers": "A council that works",
    "Money": "A council that works",
    "Workforce": "A council that works",
}
SCORECARD = "Council Scorecard 2026/27"


def owner_of(sheet: Sheet) -> str:
    """The post that answers for the measure from day to day."""
    return sheet.owner or f"{sheet.unit}-MGR"


def tables(sheets: list[Sheet]) -> dict[str, list[Row]]:
    """Measures, their roles and tags, and the Council Scorecard."""
    return {
        "measures": [definition(sheet) for sheet in sheets],
        "measure_roles": [row for sheet in sheets for row in roles(sheet)],
        "tags": [row for sheet in sheets for row in tags(sheet)],
        "sets": scorecard(sheets),
    }


def definition(sheet: Sheet) -> Row:
    row = {
        "measure": sheet.code,
        "title": sheet.title,
        "short_title": sheet.short,
        "unit": sheet.unit,
        "kind": sheet.kind,
        "tier": sheet.tier,
        "data_type": sheet.data_type,
        "unit_of_measure": sheet.measured_in,
        "decimals": str(sheet.decimals),
        "polarity": sheet.polarity,
        "frequency": sheet.frequency,
        "year": sheet.year,
        "reading": sheet.reading,
        "aggregation": sheet.aggregation,
        "numerator": sheet.halves[0],
        "denominator": sheet.halves[1],
        "lag_days": str(sheet.lag),
        "release": {"strategic": "public", "directorate": "members", "operational": "internal"}[sheet.tier],
        "definition": sheet.definition,
        "why_it_matters": sheet.why,
        "source": sheet.source,
        "starts": "2021-04-01",
    }
    if sheet.is_ratio:
        row |= {"numerator_aggregation": "sum", "denominator_aggregation": "sum", "factor": str(sheet.factor)}
    return row | dict(sheet.also)


def roles(sheet: Sheet) -> list[Row]:
    service, directorate = service_of(sheet.unit), directorate_of(sheet.unit)
    parts = {
        "supplier": supplier_of(sheet),
        "verifier": "POL-PERF" if directorate in ("CYP", "ASH", "PHC") else "POL-PERF2",
        "owner": owner_of(sheet),
        "head": f"{service}-HEAD" if KIND[service] == "service" else "LEI-HEAD",
        "director": f"{directorate}-DIR",
        "portfolio": PORTFOLIO[directorate][0],
    }
    unknown = set(parts.values()) - _POSTS
    if unknown:
        raise ValueError(f"{sheet.code}: no such post as {', '.join(sorted(unknown))}")
    return [{"measure": sheet.code, "role": role, "post": post, "starts": "2021-04-01"} for role, post in parts.items()]


def tags(sheet: Sheet) -> list[Row]:
    directorate = directorate_of(sheet.unit)
    found = [
        {"object": sheet.code, "scheme": "portfolio", "tag": PORTFOLIO[directorate][1]},
        {"object": sheet.code, "scheme": "remit", "tag": REMIT[directorate]},
        {"object": sheet.code, "scheme": "theme", "tag": sheet.theme},
    ]
    for reference in sheet.old:
        scheme, _space, tag = reference.partition(" ")
        found.append({"object": sheet.code, "scheme": scheme, "tag": tag})
    return found


def scorecard(sheets: list[Sheet]) -> list[Row]:
    """The strategic measures in the order in which the scorecard is printed: by section, then as the catalogue goes."""
    sections = list(dict.fromkeys(SECTIONS.values()))
    chosen = [sheet for sheet in sheets if sheet.tier == "strategic" and not sheet.also.get("ends")]
    chosen.sort(key=lambda sheet: sections.index(SECTIONS[sheet.theme]))
    return [
        {
            "set": "council-scorecard-2026-27",
            "title": SCORECARD,
            "section": SECTIONS[sheet.theme],
            "order": str(place),
            "measure": sheet.code,
            "starts": "2026-04-01",
        }
        for place, sheet in enumerate(chosen, 1)
    ]
