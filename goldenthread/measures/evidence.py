"""An auditor's pack: how one figure came about, from the definition as it stood to every version of the result.

The pack is a folder of open files: a page to read, the rows behind it as CSV, and a manifest with the SHA-256 of each.
"""

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db.models import Model, QuerySet
from django.template.loader import get_template
from django.utils.translation import gettext

from goldenthread.domain.aggregate import year_to_date
from goldenthread.domain.figures import canonical
from goldenthread.domain.formula import parse
from goldenthread.domain.oddities import oddities, oddity_words
from goldenthread.domain.periods import Period
from goldenthread.domain.reasons import Reason, explain
from goldenthread.domain.words import Aggregation, Frequency, Reading
from goldenthread.history.clock import now, today
from goldenthread.measures.models import (
    Actual,
    Annotation,
    Commentary,
    Measure,
    PublishedFigure,
    Result,
    Rule,
    RuleAssignment,
    Target,
)
from goldenthread.measures.said import figure, promise


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the sum: what it is, and how it was worked out."""

    name: str
    sum: str


@dataclass(frozen=True)
class Evidence:
    """Everything there is to say of one measure's period."""

    measure: Measure
    period: Period
    definition: Measure
    definition_from: datetime | None
    changed_since: list[tuple[str, str, str]]
    result: Result | None
    why: str
    steps: list[Step]
    actuals: list[Actual]
    superseded: list[Actual]
    targets: list[Target]
    rule: Rule | None
    assignment: RuleAssignment | None
    versions: list[Result]
    published: list[PublishedFigure]
    commentary: list[Commentary]
    annotations: list[Annotation]
    checks: list[str]


def evidence_of(measure: Measure, period: Period) -> Evidence:
    """What is known of ``measure`` in ``period``."""
    versions = list(_of(Result, measure, period, category="").select_related("change").order_by("known_from"))
    result = next((version for version in versions if version.known_to is None), None)
    stood_at = result.known_from if result else now()
    definition, definition_from = _definition_at(measure, stood_at)
    actuals = _inputs(measure, period)
    latest = {(row.measure_id, row.period): row for row in actuals}
    current = sorted(latest.values(), key=lambda row: (row.measure.code, Period.parse(row.period)))
    rule, assignment = _rule_of(measure, period, result)
    return Evidence(
        measure=measure,
        period=period,
        definition=definition,
        definition_from=definition_from,
        changed_since=_changes_since(definition, measure),
        result=result,
        why=explain(Reason(result.reason_code, result.reason_params), translate=gettext) if result else "",
        steps=_steps(measure, period, result, current) if result else [],
        actuals=current,
        superseded=[row for row in actuals if latest[row.measure_id, row.period] is not row],
        targets=_targets(measure, period),
        rule=rule,
        assignment=assignment,
        versions=versions,
        published=list(PublishedFigure.objects.filter(measure=measure, period=period.text, category="")),
        commentary=list(_of(Commentary, measure, period).order_by("entered_at")),
        annotations=list(_of(Annotation, measure, period).order_by("entered_at")),
        checks=_checks(measure, period),
    )


def write_evidence(evidence: Evidence, folder: Path) -> list[Path]:
    """Write the pack of one measure into ``folder``, made if need be. Returns the files written."""
    folder.mkdir(parents=True, exist_ok=True)
    page = get_template("measures/evidence.html", using="jinja2").render({"evidence": evidence, "made_at": now()})
    files = {
        "evidence.html": page,
        "definition.json": json.dumps(_plain(evidence.definition), indent=2, ensure_ascii=False),
        "inputs.csv": _csv([*evidence.actuals, *evidence.superseded], measure=True),
        "targets.csv": _csv(evidence.targets),
        "rules.csv": _csv([evidence.rule] if evidence.rule else []),
        "results.csv": _csv(evidence.versions),
        "published.csv": _csv(evidence.published),
        "commentary.csv": _csv(evidence.commentary),
    }
    written = []
    for name, text in files.items():
        path = folder / name
        path.write_text(text, encoding="utf-8", newline="")
        written.append(path)
    return written


def write_manifest(folder: Path, files: Iterable[Path]) -> Path:
    """Write ``manifest.json``: each file of the pack with its SHA-256, so that a changed one shows."""
    sums = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(files)
    }
    manifest = folder / "manifest.json"
    manifest.write_text(json.dumps({"made_at": now().isoformat(), "sha256": sums}, indent=2), encoding="utf-8")
    return manifest


def _of(kind: type[Model], measure: Measure, period: Period, **more: Any) -> QuerySet[Any]:
    return kind._default_manager.filter(measure=measure, period=period.text, **more)


def _definition_at(measure: Measure, moment: datetime) -> tuple[Measure, datetime | None]:
    """The definition as it stood at ``moment``, and since when; the earliest kept where none was kept by then."""
    records = measure.history.order_by("history_date")
    record = records.filter(history_date__lte=moment).last() or records.first()
    return (record.instance, record.history_date) if record else (measure, None)


def _changes_since(then: Measure, today: Measure) -> list[tuple[str, str, str]]:
    before, after = _plain(then), _plain(today)
    return [(name, str(before[name] or ""), str(after[name] or "")) for name in before if before[name] != after[name]]


def _inputs(measure: Measure, period: Period) -> list[Actual]:
    """Every figure given that the result rests on: the period's own, those gathered into it, and a formula's inputs."""
    measures = [measure]
    if measure.formula:
        measures = list(Measure.objects.filter(code__in=parse(measure.formula).references))
    wanted = _periods_behind(measure, period)
    rows = Actual.objects.filter(measure__in=measures, category="").select_related("change", "measure", "change__by")
    return [row for row in rows.order_by("entered_at", "pk") if _behind(Period.parse(row.period), period, wanted)]


def _checks(measure: Measure, period: Period) -> list[str]:
    """What is odd about the figure beside those before it, a sentence each."""
    rows = {row.period: figure(row) for row in Actual.objects.filter(measure=measure, category="").exclude(promise())}
    given = rows.pop(period.text, None)
    if given is None:
        return []
    past = sorted((row for row in rows.values() if row.period < period), key=lambda row: row.period)
    return [oddity_words(odd, translate=gettext) for odd in oddities(measure.sums, given, past, today=today())]


def _periods_behind(measure: Measure, period: Period) -> tuple[Period, Period]:
    """The first and last day's periods that the figure reaches back over, by its rated reading."""
    reading = measure.sums.rated_reading
    if reading in (Reading.YEAR_TO_DATE, Reading.CUMULATIVE):
        year = period.containing(Frequency.YEAR, measure.sums.year)
        return year, period
    return period, period


def _behind(other: Period, period: Period, reach: tuple[Period, Period]) -> bool:
    if other == period:
        return True
    return reach[0].start <= other.start and other.end <= period.end


def _rule_of(measure: Measure, period: Period, result: Result | None) -> tuple[Rule | None, RuleAssignment | None]:
    if result is None or not result.rule:
        return None, None
    versions = [
        row
        for row in Rule.objects.filter(code=result.rule, entered_at__lte=result.known_from).order_by("entered_at")
        if row.starts is None or row.starts <= period.end
    ]
    ours = RuleAssignment.objects.filter(rule=result.rule, entered_at__lte=result.known_from).order_by("entered_at")
    assignment = ours.filter(measure=measure).last() or ours.filter(measure__isnull=True, tier=measure.tier).last()
    rule = max(versions, key=lambda row: (row.starts is not None, row.starts, row.entered_at), default=None)
    return rule, assignment


def _targets(measure: Measure, period: Period) -> list[Target]:
    year = "" if period.is_span else period.containing(Frequency.YEAR, measure.sums.year).text
    return list(
        Target.objects.filter(measure=measure, period__in=[period.text, year], category="").order_by("entered_at", "pk")
    )


def _steps(measure: Measure, period: Period, result: Result, inputs: Sequence[Actual]) -> list[Step]:
    """The sum, a step a line, in the numbers that went into it."""
    steps = [Step(_given_name(row, measure), _given(row, measure)) for row in inputs]
    if measure.formula:
        steps.append(Step(gettext("Formula"), f"{measure.formula} = {_number(result.value)}"))
    elif result.derived:
        steps.append(Step(period.short_words(), _gathered(measure, result)))
    if result.rated_value != result.value:
        steps.append(Step(gettext("Rated on"), _rated_on(measure, result, inputs)))
    if result.target is not None or result.target_low is not None:
        target = _number(result.target) or f"{_number(result.target_low)} – {_number(result.target_high)}"
        derived = f" ({result.target_derived_by.replace('_', ' ')})" if result.target_derived_by else ""
        steps.append(Step(gettext("Held against"), f"{result.comparison.replace('_', ' ')} {target}{derived}"))
    return steps


def _rated_on(measure: Measure, result: Result, inputs: Sequence[Actual]) -> str:
    """The figure on its rated reading, with the totals of its halves where it is the year so far of a ratio."""
    reading = measure.sums.rated_reading.replace("_", " ")
    figures = [figure(row) for row in inputs if row.measure_id == measure.pk]
    if measure.sums.rated_reading is Reading.YEAR_TO_DATE and measure.aggregation == Aggregation.RATIO and figures:
        total = year_to_date(figures, measure.sums)[-1]
        if total.value == result.rated_value and total.numerator is not None:
            return f"{reading}: {_ratio(measure, total.numerator, total.denominator, total.value)}"
    return f"{reading}: {_number(result.rated_value)}"


def _ratio(measure: Measure, numerator: Decimal | None, denominator: Decimal | None, value: Decimal | None) -> str:
    factor = measure.sums.ratio_factor
    times = f" × {canonical(factor)}" if factor != 1 else ""
    return f"{_number(numerator)} ÷ {_number(denominator)}{times} = {_number(value)}"


def _given_name(row: Actual, measure: Measure) -> str:
    words = Period.parse(row.period).short_words()
    return words if row.measure_id == measure.pk else f"{row.measure.code}, {words}"


def _given(row: Actual, measure: Measure) -> str:
    if row.numerator is not None and row.denominator is not None:
        return _ratio(row.measure, row.numerator, row.denominator, row.value)
    return _number(row.value) or row.missing.replace("_", " ")


def _gathered(measure: Measure, result: Result) -> str:
    if measure.aggregation == Aggregation.RATIO:
        factor = measure.sums.ratio_factor
        times = f" × {canonical(factor)}" if factor != 1 else ""
        halves = f"{measure.numerator_aggregation}, {measure.denominator_aggregation}"
        return (
            f"({halves}) {_number(result.numerator)} ÷ {_number(result.denominator)}{times} = {_number(result.value)}"
        )
    return f"{measure.aggregation}: {_number(result.value)}"


def _number(number: Decimal | None) -> str:
    return "" if number is None else canonical(number)


def _plain(row: Model) -> dict[str, Any]:
    """A row's own columns as plain text, for JSON and CSV."""
    return {column.attname: _text(getattr(row, column.attname)) for column in row._meta.concrete_fields}


def _text(value: Any) -> Any:
    if isinstance(value, Decimal):
        return canonical(value)
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    return value.isoformat() if hasattr(value, "isoformat") else value


def _csv(rows: Sequence[Any], *, measure: bool = False) -> str:
    """Rows as CSV with who and what brought each; a cell that a spreadsheet would take for a formula is neutralised."""
    out = io.StringIO()
    writer: Any = None
    for row in rows:
        cells = {name: value for name, value in _plain(row).items() if name not in ("id", "measure_id", "change_id")}
        if measure:
            cells = {"measure": row.measure.code, **cells}
        if hasattr(row, "change"):
            cells |= {
                "change_by": row.change.by_name,
                "change_verb": row.change.verb,
                "change_source": row.change.source,
            }
        if writer is None:
            writer = csv.DictWriter(out, list(cells))
            writer.writeheader()
        writer.writerow({name: _safe(value) for name, value in cells.items()})
    return out.getvalue()


def _safe(value: Any) -> Any:
    if isinstance(value, str) and value[:1] in ("=", "+", "@", "\t", "\r"):
        return "'" + value
    if isinstance(value, str) and value.startswith("-") and not value[1:].replace(".", "", 1).isdigit():
        return "'" + value
    return value
