"""The UK's indicators for the Sustainable Development Goals as one package: 264 measures, broken down in every way."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pytest
from django.db.models import Count

from goldenthread.measures.models import Actual, Category, Measure, Result
from goldenthread.package.load import load

pytestmark = [pytest.mark.django_db, pytest.mark.shared_data, pytest.mark.load]

#: Columns of the files that break nothing down.
ATTRIBUTES = {"Year", "Value", "Observation status", "Unit multiplier", "GeoCode"}


class Codes:
    """A short code of its own for each text, the same for the same text."""

    def __init__(self, longest: int) -> None:
        self.longest = longest
        self.by_text: dict[str, str] = {}

    def __getitem__(self, text: str) -> str:
        if text not in self.by_text:
            plain = re.sub(r"[^A-Za-z0-9.+-]+", "-", text).strip("-")[: self.longest] or "x"
            taken = set(self.by_text.values())
            code, number = plain, 1
            while code in taken:
                number += 1
                code = f"{plain}~{number}"
            self.by_text[text] = code
        return self.by_text[text]


class Package:
    """Gathers the files and writes them as a data package."""

    def __init__(self) -> None:
        self.measures: list[list[str]] = []
        self.actuals: dict[tuple[str, str, str], list[str]] = {}
        self.schemes = Codes(16)
        self.categories: dict[str, Codes] = {}

    def take(self, path: Path) -> None:
        code = path.stem.removeprefix("indicator_")
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        quarterly = any("Q" in (row.get("Year") or "") for row in rows)
        self.measures.append([code, f"Indicator {code}", "lower", "quarter" if quarterly else "year", "calendar"])
        for row in rows:
            period = period_of(row.get("Year") or "")
            if period:
                key = (code, period, self.category_of(row))
                self.actuals.setdefault(key, [*key, *figure_of(row.get("Value") or "")])

    def category_of(self, row: dict[str, str]) -> str:
        parts = []
        for column, text in row.items():
            if column and column not in ATTRIBUTES and (text or "").strip():
                scheme = self.schemes[column]
                parts.append((scheme, self.categories.setdefault(scheme, Codes(28))[text.strip()]))
        order = list(self.schemes.by_text.values())
        return ";".join("=".join(part) for part in sorted(parts, key=lambda part: order.index(part[0])))

    def write(self, folder: Path) -> Path:
        folder.mkdir()
        write(folder / "measures.csv", "measure title polarity frequency year", self.measures)
        write(folder / "schemes.csv", "scheme title", ([code, text] for text, code in self.schemes.by_text.items()))
        write(folder / "categories.csv", "category scheme name", self._parts())
        write(folder / "actuals.csv", "measure period category value missing", self.actuals.values())
        return folder

    def _parts(self) -> Iterator[list[str]]:
        for scheme, codes in self.categories.items():
            for text, code in codes.by_text.items():
                yield [code, scheme, text[:300]]


def period_of(text: str) -> str:
    """The period that most shapes of these files' years stand for; nothing for the others."""
    year = re.sub(r"\.0$|[a-z]$", "", re.sub(r"\s*[\[(].*", "", text).strip())
    if re.fullmatch(r"\d{4}", year):
        return year
    if match := re.fullmatch(r"(\d{4})/\d\d(?:\d\d)?", year):
        return f"{match[1]}-04 to {int(match[1]) + 1}-03"
    if match := re.fullmatch(r"(\d{4}) ?Q(\d)", year):
        return f"{match[1]} Q{match[2]}"
    if (match := re.fullmatch(r"(\d{4})(?:-| to )(\d{4})", year)) and match[1] < match[2]:
        return f"{match[1]} to {match[2]}"
    return ""


def figure_of(text: str) -> list[str]:
    try:
        return [format(Decimal(text), "f"), ""]
    except InvalidOperation:
        return ["", "not_available"]


def write(path, header, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header.split())
        writer.writerows(rows)


def test_the_whole_of_it_loads_with_every_result(shared_data, tmp_path):
    package = Package()
    for path in sorted((shared_data / "sdg" / "csv").glob("*.csv")):
        package.take(path)

    loaded = load(package.write(tmp_path / "sdg"))

    assert loaded.tables["measures"] == {"added": 264, "changed": 0, "unchanged": 0}
    assert loaded.tables["actuals"]["added"] == len(package.actuals) == Actual.objects.count() > 160_000
    assert Category.objects.count() == sum(len(codes.by_text) for codes in package.categories.values())
    assert Result.objects.filter(derived=False, known_to=None).count() == len(package.actuals)
    given = dict(
        Measure.objects.filter(actuals__isnull=False).annotate(Count("actuals")).values_list("code", "actuals__count")
    )
    assert given == Counter(code for code, _period, _category in package.actuals)

    assert load(tmp_path / "sdg").change is None
