"""``goldenthread results``: the results that pages show, as a table, CSV or JSON."""

import csv
import json
import os
import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.management.base import BaseCommand, CommandError, OutputWrapper
from django.db.models import QuerySet
from django.forms import ValidationError

from goldenthread.council.models import Unit
from goldenthread.council.roles import units_below
from goldenthread.domain.amounts import digits
from goldenthread.domain.periods import Period, PeriodError
from goldenthread.measures.forms.board import MomentField
from goldenthread.measures.models import Measure
from goldenthread.measures.queries.results import Row, board_results, kept_results, latest_results

#: What the table shows of each row, at most so wide; its figures are rounded. CSV and JSON have every field, unrounded.
SHOWN = {
    "measure": 16,
    "period": 22,
    "category": 22,
    "figure_period": 22,
    "rated_value": 14,
    "target": 14,
    "status": 14,
    "published_status": 16,
    "direction_short": 15,
    "signal": 14,
}


class Command(BaseCommand):
    help = "Print results. --period P --latest is the board for P: each measure's latest figure by then."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--measure", action="append", default=[], metavar="CODE", help="this measure; may be given again"
        )
        parser.add_argument("--period", metavar="P", help="a period, such as “2026/27 Q2”")
        parser.add_argument("--unit", metavar="CODE", help="the measures of this unit and of all below it")
        parser.add_argument("--as-at", metavar="T", help="as it stood at a day's end or a moment, such as 2026-11-24")
        parser.add_argument("--latest", action="store_true", help="the latest figure of each measure")
        parser.add_argument("--format", choices=("table", "csv", "json"), default="table", help="default: %(default)s")

    def handle(
        self,
        *,
        measure: list[str],
        period: str | None,
        unit: str | None,
        as_at: str | None,
        latest: bool,
        format: str,
        **options: Any,
    ) -> None:
        asked, moment = _period(period), _moment(as_at)
        measures = _measures(measure, unit)
        if asked is not None and latest:
            rows = board_results(measures, asked, moment)
        elif latest:
            rows = latest_results(measures, moment)
        else:
            rows = kept_results(measures, asked, moment)
        try:
            PRINTERS[format](rows, self.stdout)
        except BrokenPipeError:
            # Whoever reads has read enough, as `head` does; what is left unsaid must not raise at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _measures(codes: list[str], unit: str | None) -> QuerySet[Measure]:
    measures = Measure.objects.all()
    if codes:
        measures = measures.filter(code__in=codes)
        unknown = sorted(set(codes) - set(measures.values_list("code", flat=True)))
        if unknown:
            raise CommandError(f"There is no measure {', '.join(unknown)}.", returncode=1)
    if unit is not None:
        key = Unit.objects.filter(code=unit).values_list("pk", flat=True).first()
        if key is None:
            raise CommandError(f"There is no unit {unit}.", returncode=1)
        measures = measures.filter(unit__in=units_below()[key])
    return measures


def _period(text: str | None) -> Period | None:
    try:
        return Period.parse(text) if text is not None else None
    except PeriodError as fault:
        raise CommandError(str(fault), returncode=2) from None


def _moment(text: str | None) -> datetime | None:
    try:
        moment: datetime | None = MomentField(required=False).clean(text)
    except ValidationError as fault:
        raise CommandError(f"--as-at {text}: {' '.join(fault.messages)}", returncode=2) from None
    return moment


def print_json(rows: Iterable[Row], out: OutputWrapper) -> None:
    """One document, a row a line, written as it is read."""
    out.write("[", ending="")
    for number, row in enumerate(rows):
        out.write(("," if number else "") + "\n" + json.dumps(row, ensure_ascii=False), ending="")
    out.write("\n]")


def print_csv(rows: Iterable[Row], out: OutputWrapper) -> None:
    writer: Any = None
    for row in rows:
        if writer is None:
            writer = csv.DictWriter(out, list(row), lineterminator="\n", extrasaction="ignore")
            writer.writeheader()
        writer.writerow({name: _plain(value) for name, value in row.items()})


def print_table(rows: Iterable[Row], out: OutputWrapper) -> None:
    shown = list(_as_shown(rows))
    used = [name for name in SHOWN if any(row[name] for row in shown)] or list(SHOWN)
    widths = {name: min(SHOWN[name], max(len(name), *(len(row[name]) for row in shown), 1)) for name in used}
    out.write("  ".join(name.ljust(widths[name]) for name in used).rstrip())
    for row in shown:
        out.write("  ".join(_cell(row[name], widths[name]) for name in used).rstrip())
    out.write("1 result." if len(shown) == 1 else f"{len(shown):,} results.")


def _as_shown(rows: Iterable[Row]) -> Iterator[dict[str, str]]:
    for row in rows:
        own = row["figure_period"] if row["figure_period"] != row["period"] else ""
        cells = {name: _plain(row[name]) for name in SHOWN}
        cells |= {name: digits(Decimal(row[name])) for name in ("rated_value", "target") if row[name] is not None}
        yield cells | {"figure_period": f"{own or ''}{' (carried)' if row['carried'] else ''}"}


def _cell(text: str, width: int) -> str:
    return text.ljust(width) if len(text) <= width else text[: width - 1] + "…"


def _plain(value: Any) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


PRINTERS = {"table": print_table, "csv": print_csv, "json": print_json}
