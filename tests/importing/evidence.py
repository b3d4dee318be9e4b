"""docs/evidence.md: what councils published beside what is worked out here, and why where the two differ.

``.venv/bin/python -m tests.importing.evidence`` writes it anew from the real files beside the checkout. It names codes,
statuses and reasons, and no council's figures.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from benchmarks.ground import prepared_database

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs" / "evidence.md"
MAPS = Path(__file__).parent / "maps"

#: Why a tile of Hart's differs, by measure and period. A difference that is not explained here is an error.
HART = {
    (
        "ETS01",
        "2014/15 Q1",
    ): "Not reported and written 0: by its note the figures have yet to be agreed. No figure, no colour.",
    ("ETS01", "2014/15 Q2"): "Not reported and written 0, as in the quarter before. No figure, no colour.",
    ("FI06", "2014/15 Q2"): "The figure equals the target, which meets it; the tile calls it close to target.",
    (
        "HR11",
        "2014/15 Q2",
    ): "The tile repeats the last quarter's figure, which is better than this quarter's target; its colour must be "
    "that of the figure that is not there. Green here is provisional, with that comment.",
    (
        "IT01",
        "2014/15 Q1",
    ): "29% short of target, and shown as close to it: no tolerance that fits the other tiles reaches so far.",
    ("IT03", "2014/15 Q1"): "10.4% short of target, and shown as above it: a slip.",
    ("IT06", "2014/15 Q2"): "Not reported and written 0, on a tile that is above its target. No figure, no colour.",
    ("PS05", "2014/15 Q2"): "Not reported and written 0, on a tile that is above its target. No figure, no colour.",
    (
        "RB05",
        "2014/15 Q2",
    ): "The tile sets the figure since April against the quarter's target. Like with like, the quarter's own part "
    "is just below it.",
    ("SNH01", "2014/15 Q1"): "Not worked out and written 0, while its note tells of an increase. No figure, no colour.",
}
CASES = {
    "tandridge": "tandridge_2024-25_exceptions",
    "south_holland": "south_holland_2024-25_q2",
    "winchester": "winchester_2014-15_revs_bens",
    "rotherham": "rotherham_2022-23_target_types",
}
LGBF = (
    "indicator_information.csv",
    "family_groups.csv",
    "lgbf_cash.csv",
    "indicator_data_cash_quarterly.csv",
    "scottish_averages.csv",
)

#: The page, with a name in braces wherever something is counted or listed.
PAGE = Path(__file__).with_suffix(".txt")


@dataclass(frozen=True)
class Compared:
    """How many there are, and how many are alike."""

    of: int
    alike: int


def document(data: Path) -> str:
    """The page, from the real files in ``data``. Stands on an empty database, and fills it."""
    hart = import_hart(data / "hart")
    ranks, averages = import_lgbf(data / "lgbf")
    cases = import_cases(data / "cases")
    return PAGE.read_text(encoding="utf-8").format(
        **hart,
        ranks=ranks.of,
        ranks_alike=ranks.alike,
        means=averages["mean"].of,
        means_alike=averages["mean"].alike,
        medians=averages["median"].of,
        medians_alike=averages["median"].alike,
        **cases,
    )


def import_hart(folder: Path) -> dict[str, object]:
    from goldenthread.measures.models import Actual

    import_by("hart", folder / "hart_kpis_all_snapshots.csv")
    published = statuses_published("Hart tiles")
    found = statuses_found(published)
    differing = [key for key in sorted(published) if published[key] != found.get(key)]
    if set(differing) != set(HART):
        raise AssertionError(f"explain {set(differing) - set(HART)}; not so any more: {set(HART) - set(differing)}")
    rows = [(*key, f"`{published[key]}`", f"`{found[key]}`", HART[key]) for key in differing]
    return {
        "tiles": len(published),
        "alike": len(published) - len(differing),
        "differing": len(differing),
        "hart": table(("Measure", "Period", "Published", "Here", "Why"), rows),
        "missing": Actual.objects.exclude(missing="").values("measure", "period").distinct().count(),
    }


def import_lgbf(folder: Path) -> tuple[Compared, dict[str, Compared]]:
    import_by("lgbf", *(folder / name for name in LGBF), council="Aberdeen City")
    return ranks_compared(folder / "indicator_data_cash_quarterly.csv"), averages_compared()


def ranks_compared(path: Path) -> Compared:
    """Our ranks of the councils in each quarter beside those that the file prints."""
    from goldenthread.domain.compare import ranks
    from goldenthread.domain.labels import read_label
    from goldenthread.domain.words import Polarity
    from goldenthread.measures.models import Comparator

    values: dict[tuple[str, str], dict[str, Decimal]] = defaultdict(dict)
    for one in Comparator.objects.filter(measure__frequency="quarter").select_related("measure", "area"):
        values[one.measure.code, one.period][one.area.name] = one.value
    ours = {key: ranks(by_area, polarity=Polarity.HIGHER) for key, by_area in values.items()}
    count = alike = 0
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            period = read_label(row["Period"], ["financial_quarter"]).period.text
            count += 1
            alike += ours[row["Code"], period][row["LocalAuthority"]] == Decimal(row["ScotRank"])
    return Compared(count, alike)


def averages_compared() -> dict[str, Compared]:
    """Our means and medians of the councils beside those published."""
    from goldenthread.domain.compare import mean_of_areas, median
    from goldenthread.measures.models import Benchmark, Comparator

    values: dict[tuple[int, str], list[Decimal]] = defaultdict(list)
    for measure, period, value in Comparator.objects.values_list("measure", "period", "value"):
        values[measure, period].append(value)
    of: dict[str, int] = defaultdict(int)
    alike: dict[str, int] = defaultdict(int)
    for one in Benchmark.objects.all():
        average = median if one.statistic == "median" else mean_of_areas
        ours = average(values[one.measure_id, one.period])
        of[one.statistic] += 1
        alike[one.statistic] += ours is not None and abs(ours - one.value) <= abs(one.value) * Decimal("1e-6")
    return {statistic: Compared(of[statistic], alike[statistic]) for statistic in of}


def import_cases(folder: Path) -> dict[str, object]:
    for name, file in CASES.items():
        import_by(str(MAPS / f"{name}.toml"), folder / f"{file}.csv")
    published = statuses_published("Exceptions 2024/25")
    found = statuses_found(published)
    return {
        "tandridge": len(published),
        "tandridge_alike": sum(published[key] == found.get(key) for key in published),
        "south_holland": not_rated_for_want_of_a_rule("2024/25 Q2", None),
        "winchester": not_rated_for_want_of_a_rule(None, "LPI"),
        "rotherham": rotherham_targets(),
    }


def not_rated_for_want_of_a_rule(period: str | None, code: str | None) -> int:
    from goldenthread.measures.models import Result

    found = Result.objects.filter(known_to=None, derived=False, status="not_rated", reason_code="no_rule")
    found = found.filter(measure__code__startswith=code) if code else found
    return (found.filter(period=period) if period else found).count()


def rotherham_targets() -> str:
    from goldenthread.measures.models import Annotation, Target

    kept = set(Annotation.objects.filter(measure__code__startswith="OC").values_list("measure__code", flat=True))
    targets = {
        one.measure.code: one for one in Target.objects.filter(measure__code__startswith="OC").select_related("measure")
    }
    rows = []
    for code in sorted(kept | set(targets)):
        target = targets.get(code)
        asks = "no plain comparison" if target is None else target.comparison or "a number: by what is good"
        rows.append((code, asks.replace("more_than", "`more_than`"), "yes" if code in kept else "no"))
    return table(("Measure", "Asks for", "Kept as a note"), rows)


# What both parts use


def import_by(name: str, *files: Path, **given: str) -> None:
    from goldenthread.importing.map_file import find_map
    from goldenthread.importing.services import import_files

    import_files(files, map_path=find_map(name), given=given)


def statuses_published(publication: str) -> dict[tuple[str, str], str]:
    """The status of each measure and period in the last publication of that name."""
    from goldenthread.measures.models import PublishedFigure

    rows = PublishedFigure.objects.filter(publication__startswith=publication).select_related("measure")
    return {(one.measure.code, one.period): one.status for one in rows.order_by("shown_on", "publication")}


def statuses_found(keys: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """The status as worked out here, as it stands."""
    from goldenthread.measures.models import Result

    codes = {code for code, _period in keys}
    rows = Result.objects.filter(known_to=None, category="", measure__code__in=codes).select_related("measure")
    return {(one.measure.code, one.period): one.status for one in rows}


def table(headings: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    headings = list(headings)
    lines = [headings, ["---"] * len(headings), *map(list, rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def main() -> None:
    data = ROOT.parent / "shared" / "data"
    if not data.is_dir():
        raise SystemExit("the real council data is not beside this checkout")
    with prepared_database():
        DOCUMENT.write_text(document(data), encoding="utf-8")
    print(f"wrote {DOCUMENT.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
