"""``goldenthread gaps``: where the thread is broken, by directorate, and how much of it holds."""

import csv
import json
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import asdict, fields
from typing import Any

from django.core.management.base import BaseCommand, CommandError, OutputWrapper

from goldenthread.scorecards.management.asked import day_of
from goldenthread.scorecards.queries.gaps import Coverage, Gap, Gaps, gaps
from goldenthread.scorecards.queries.serving import Told
from goldenthread.scorecards.queries.thread import NotFound


class Command(BaseCommand):
    help = "Print the gaps in the thread: what has no measure, owner, date, plan or objective."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--unit", default="", metavar="CODE", help="of this unit and of all below it")
        parser.add_argument("--day", metavar="D", help="on this day, such as 2026-03-31; today if not given")
        parser.add_argument("--format", choices=("table", "csv", "json"), default="table", help="default: %(default)s")

    def handle(self, *, unit: str, day: str | None, format: str, **options: Any) -> None:
        try:
            found = gaps(day_of(day), unit)
        except NotFound:
            raise CommandError(f"There is no unit {unit}.", returncode=1) from None
        PRINTERS[format](found, self.stdout)


def print_json(found: Gaps, out: OutputWrapper) -> None:
    """One document: every check with its gaps, the coverage by directorate, and its trend."""
    document = {
        "day": found.day.isoformat(),
        "unit": found.unit or None,
        "coverage": _counted(found.coverage),
        "trend": [{"day": day.isoformat(), **_counted(coverage)} for day, coverage in found.trend],
        "directorates": [
            {"unit": one.code or None, "name": one.name, **_counted(one.coverage), "gaps": len(one.gaps)}
            for one in found.directorates
        ],
        "checks": [
            {"check": one.name, "title": one.title, **_counted(one.coverage), "gaps": [asdict(gap) for gap in one.gaps]}
            for one in found.checks
        ],
        "people_without_objective": _people(found.people),
    }
    out.write(json.dumps(document, ensure_ascii=False, indent=2))


def print_gaps_csv(found: Gaps, out: OutputWrapper) -> None:
    """A row for each gap, under a head that is there even where there is none."""
    writer = csv.DictWriter(out, [field.name for field in fields(Gap)], lineterminator="\n")
    writer.writeheader()
    writer.writerows(asdict(gap) for gap in found.gaps)


def print_table(found: Gaps, out: OutputWrapper) -> None:
    for check in found.checks:
        out.write(f"{check.title}: {_in_words(check.coverage)}")
        for gap in check.gaps:
            out.write(f"  {_told(gap)}")
    for line in _people_lines(found.people):
        out.write(line)
    out.write("")
    width = max((len(one.name) for one in found.directorates), default=0)
    for one in found.directorates:
        out.write(f"{one.name.ljust(width)}  {_in_words(one.coverage)}")
    earlier = "; ".join(f"{day:%-d %B %Y} {coverage.percent}%" for day, coverage in found.trend if coverage.total)
    out.write(
        f"Coverage on {found.day:%-d %B %Y}: {_in_words(found.coverage)}" + (f" (before: {earlier})" if earlier else "")
    )


def _people(found: Told | None) -> dict[str, Any] | None:
    """Numbers of five or more; null where there are no appraisals."""
    if found is None:
        return None
    return {
        "people": found.people,
        "total": found.all,
        "trend": [{"day": day.isoformat(), "people": people, "total": all} for day, people, all in found.trend],
        "units": [{"unit": one.code, "name": one.name, "people": one.people, "total": one.all} for one in found.units],
    }


def _people_lines(found: Told | None) -> Iterator[str]:
    if found is None:
        yield "People with no objective: told once there are appraisals."
        return
    if found.people is None:
        yield "People with no objective: numbers of five or more alone are told."
    else:
        yield f"People with no objective: {found.people:,} of {found.all:,}"
    for one in found.units:
        yield f"  {one.code}  {one.name}: {one.people:,} of {one.all:,}"


def _told(gap: Gap) -> str:
    where = f" ({gap.unit})" if gap.unit and gap.unit != gap.title else ""
    return f"{gap.code}  {gap.title}{where}: {gap.missing}"


def _in_words(coverage: Coverage) -> str:
    if coverage.percent is None:
        return "nothing to look at"
    return f"{coverage.covered:,} of {coverage.total:,} without a gap, {coverage.percent}%"


def _counted(coverage: Coverage) -> dict[str, Any]:
    percent = None if coverage.percent is None else str(coverage.percent)
    return {"covered": coverage.covered, "total": coverage.total, "percent": percent}


PRINTERS = {"table": print_table, "csv": print_gaps_csv, "json": print_json}
