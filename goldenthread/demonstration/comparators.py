"""The nearest neighbours' figures for a dozen measures, published some months after each year."""

from collections.abc import Iterable
from random import Random

from goldenthread.demonstration.behaviour import shown, text
from goldenthread.demonstration.catalogue.sheet import Sheet
from goldenthread.demonstration.council import NEIGHBOURS
from goldenthread.demonstration.targets import YEARS, period_text

#: How far the neighbours spread around Wenlow's level, as a share of it, and who publishes.
COMPARED = {
    "CH-02": (0.14, "Children in need statistics"),
    "ED-01": (0.05, "Key stage 2 attainment statistics"),
    "ED-02": (0.05, "Key stage 4 performance statistics"),
    "AS-02": (0.05, "Adult social care outcomes framework"),
    "AS-03": (0.12, "Adult social care outcomes framework"),
    "PH-06": (0.06, "National Child Measurement Programme"),
    "HW-02": (0.25, "Road conditions statistics"),
    "WS-01": (0.12, "Local authority collected waste statistics"),
    "WS-02": (0.1, "Local authority collected waste statistics"),
    "PL-01": (0.06, "Planning applications statistics"),
    "HO-05": (0.06, "Tenant satisfaction measures"),
    "CT-01": (0.012, "Council tax collection statistics"),
}


def rows(sheets: Iterable[Sheet]) -> list[dict[str, str]]:
    """Each neighbour's figure for each closed year. One of them has not published the last."""
    made = []
    for sheet in sheets:
        if sheet.code not in COMPARED:
            continue
        spread, source = COMPARED[sheet.code]
        better = 1 if sheet.polarity == "higher" else -1
        random = Random(f"neighbours {sheet.code}")  # noqa: S311
        own = {row["area"]: random.gauss(float(row["standing"]) * 0.6, 0.5) for row in NEIGHBOURS}
        for place, year in enumerate(YEARS[:-1]):
            middle = sheet.levels[place] * _later_step(sheet, year) * (1 - better * spread * 0.15)
            for row in NEIGHBOURS:
                figure = middle * (1 + better * spread * (own[row["area"]] + random.gauss(0, 0.12)))
                if year == YEARS[-2] and row["area"] == "calderwick" and sheet.code in ("WS-01", "AS-02"):
                    continue
                made.append(
                    {
                        "measure": sheet.code,
                        "area": row["area"],
                        "period": period_text(sheet, year),
                        **_figure(sheet, figure, random),
                        "source": f"{source}, {year}",
                        "published_on": f"{int(year[:4]) + 1}-12-{4 + place:02}",
                    }
                )
    return made


def _later_step(sheet: Sheet, year: str) -> float:
    return sheet.step[1] if sheet.step is not None and sheet.step[0] <= year + " Q1" else 1.0


def _figure(sheet: Sheet, figure: float, random: Random) -> dict[str, str]:
    """Both halves where the measure is a ratio, so that areas can be pooled."""
    if sheet.data_type == "percentage":
        figure = min(figure, 100.0)
    if not sheet.is_ratio:
        return {"value": text(shown(figure, sheet.decimals))}
    periods = 1 if sheet.builds_up or sheet.reading == "year_to_date" else 4
    denominator = max(1, round(sheet.size * periods * random.uniform(0.7, 1.4)))
    return {"numerator": str(round(figure * denominator / sheet.factor)), "denominator": str(denominator)}
