"""Results: computed in memory from everything said, compared with those kept, written where they differ."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from json.encoder import encode_basestring as quoted
from operator import attrgetter
from typing import Any

from django.db.models import Max

from goldenthread.domain.definition import Definition
from goldenthread.domain.figures import canonical
from goldenthread.domain.formula import dependents, evaluation_order, parse
from goldenthread.domain.reasons import Reason
from goldenthread.domain.said import Said
from goldenthread.domain.series import Row, Version, versions
from goldenthread.domain.series.derived import derived_said
from goldenthread.history.models import Change
from goldenthread.measures.models import Measure, Result, Sparkline
from goldenthread.package.rows import read_rows, write_rows

FIGURES = (
    "value",
    "numerator",
    "denominator",
    "lower",
    "upper",
    "rated_value",
    "target",
    "target_low",
    "target_high",
    "target_floor",
    "target_stretch",
    "target_original",
    "year_to_date",
    "rolling",
    "forecast",
    "limit_mean",
    "limit_lower",
    "limit_upper",
)
WORDS = (
    "missing",
    "state",
    "assurance",
    "comparison",
    "target_derived_by",
    "rule",
    "status",
    "direction_short",
    "direction_long",
    "signal",
    "forecast_status",
    "judged_status",
)
PLAIN = ("derived", "have", "expected", "judged_expires")
REASONS = ("reason_code", "reason_params", "forecast_reason_code", "forecast_reason_params")
#: What a row says; two rows alike in these are the same result.
CONTENT = (*FIGURES, *WORDS, *PLAIN, *REASONS)
RESULT_COLUMNS = ("measure_id", "category", "period", "period_end", "known_from", "known_to", "change_id", *CONTENT)
SPARKLINE_COLUMNS = ("measure_id", "category", "points")
SPARKLINE_LENGTH = 13


def compute(
    definitions: Mapping[str, Definition], said: Mapping[str, Sequence[Said]]
) -> Iterator[tuple[str, list[Version]]]:
    """Each measure's code and its result versions; measures made from measures after those they are made from.

    ``said`` holds the events of every measure of ``definitions``, and of those their formulas refer to.
    """
    formulas = {code: definition.formula for code, definition in definitions.items() if definition.formula}
    if not formulas:
        for code, definition in definitions.items():
            yield code, versions(definition, said.get(code, ()))
        return
    heard: dict[str, Sequence[Said]] = dict(said)
    plain = [code for code in definitions if code not in formulas]
    for code in [*plain, *evaluation_order(formulas)]:
        definition = definitions[code]
        if definition.formula:
            heard[code] = [*said.get(code, ()), *derived_said(definition, definitions, heard)]
        yield code, versions(definition, heard.get(code, ()))


def row_content(row: Row) -> tuple[Any, ...]:
    """What ``row`` says, as it is kept: canonical text, plain words, reasons as JSON text."""
    return (
        *[None if figure is None else canonical(figure) for figure in _figures(row)],
        *_said(row),
    )


def _said(row: Row) -> tuple[Any, ...]:
    """What ``row`` says beside its figures."""
    return (
        *[str(word) if word else "" for word in _words(row)],
        *_plain(row),
        *_reason(row.reason),
        *_reason(row.forecast_reason),
    )


_figures, _words, _plain = attrgetter(*FIGURES), attrgetter(*WORDS), attrgetter(*PLAIN)


def _text(number: Decimal | None) -> str | None:
    return None if number is None else canonical(number)


def _reason(reason: Reason | None) -> tuple[str, str]:
    if reason is None:
        return "", "{}"
    return reason.code, _json_text(reason.params) if reason.params else "{}"


def _json_text(params: Mapping[str, str]) -> str:
    """As json.dumps writes them in order: an encoder would be made anew for each of a load's many reasons."""
    return "{" + ", ".join([f'"{name}": {quoted(text)}' for name, text in sorted(params.items())]) + "}"


def result_values(version: Version, measure_id: int, change_id: int) -> tuple[Any, ...]:
    """A version as a row of RESULT_COLUMNS, its figures as numbers still."""
    row = version.row
    return (
        measure_id,
        row.category,
        row.period.text,
        row.period.end,
        version.known_from,
        version.known_to,
        change_id,
        *_figures(row),
        *_said(row),
    )


def sparkline_values(measure_id: int, found: Iterable[Version], frequency: str) -> list[tuple[int, str, str]]:
    """The last points of each category's current series, as rows of SPARKLINE_COLUMNS."""
    points: dict[str, list[Row]] = defaultdict(list)
    for version in found:
        row = version.row
        if version.known_to is None and not row.derived and row.period.frequency == frequency:
            points[row.category].append(row)
    lines = []
    for category, rows in points.items():
        rows.sort(key=lambda row: row.period.end)
        kept = [[row.period.text, _text(row.rated_value), str(row.status)] for row in rows[-SPARKLINE_LENGTH:]]
        lines.append((measure_id, category, json.dumps(kept)))
    return lines


def write_new(found: Mapping[str, list[Version]], measures: Mapping[str, Measure], change: Change) -> int:
    """Keep the versions of measures that had none. Returns how many results there are."""
    count = write_rows(
        Result,
        RESULT_COLUMNS,
        (result_values(version, measures[code].pk, change.pk) for code, chain in found.items() for version in chain),
    )
    write_rows(
        Sparkline,
        SPARKLINE_COLUMNS,
        (
            line
            for code, chain in found.items()
            for line in sparkline_values(measures[code].pk, chain, measures[code].frequency)
        ),
    )
    return count


def write_difference(measure: Measure, found: list[Version], change: Change) -> list[Version]:
    """Bring the kept results of ``measure`` up to those ``found``: close the ones that changed, add the new ones.

    What pages showed before stays: a version that only now turns out otherwise (a definition corrected) is closed and
    replaced as of the change. Returns the versions added.
    """
    kept = _kept(measure)
    horizon = Result.objects.filter(measure=measure).aggregate(last=Max("known_from"))["last"]
    closing: dict[datetime, list[int]] = defaultdict(list)
    added: list[Version] = []
    for version in found:
        if horizon is not None and version.known_to is not None and version.known_to <= horizon:
            continue
        key = (version.row.category, version.row.period.text)
        if horizon is not None and version.known_from <= horizon:
            pk, content = kept.pop(key, (None, None))
            if content == row_content(version.row):
                if version.known_to is not None:
                    closing[version.known_to].append(pk)
            else:
                if pk is not None:
                    closing[change.at].append(pk)
                if version.known_to is None:
                    added.append(Version(version.row, change.at))
        else:
            if key in kept:
                pk, _ = kept.pop(key)
                closing[version.known_from].append(pk)
            added.append(version)
    closing[change.at] += [pk for pk, _ in kept.values()]
    for moment, keys in closing.items():
        if keys:
            Result.objects.filter(pk__in=keys).update(known_to=moment)
    write_rows(Result, RESULT_COLUMNS, (result_values(version, measure.pk, change.pk) for version in added))
    if added or closing:
        Sparkline.objects.filter(measure=measure).delete()
        write_rows(Sparkline, SPARKLINE_COLUMNS, sparkline_values(measure.pk, found, measure.frequency))
    return added


def _kept(measure: Measure) -> dict[tuple[str, str], tuple[int, tuple[Any, ...]]]:
    """The current results of ``measure`` by category and period, as ``row_content`` gives them."""
    columns = ("id", "category", "period", *CONTENT)
    where = "measure_id = %s AND known_to IS NULL"
    kept = {}
    for pk, category, period, *content in read_rows(Result, columns, where=where, parameters=[measure.pk]):
        *said, reason, params, forecast_reason, forecast_params = content
        kept[category, period] = (pk, (*said, reason, _in_order(params), forecast_reason, _in_order(forecast_params)))
    return kept


def _in_order(text: str) -> str:
    """A reason's parameters as ``row_content`` writes them; PostgreSQL keeps them in an order of its own."""
    return _json_text(json.loads(text))


def with_dependents(codes: Iterable[str]) -> list[str]:
    """``codes`` and every measure whose formula uses one of them, directly or through others, in code order."""
    codes = set(codes)
    formulas = dict(Measure.objects.exclude(formula="").values_list("code", "formula"))
    return sorted(codes | set(dependents(formulas, codes)))


def inputs_of(codes: Iterable[str]) -> set[str]:
    """Every measure that the formulas of ``codes`` refer to, directly or through others."""
    formulas = dict(Measure.objects.exclude(formula="").values_list("code", "formula"))
    found: set[str] = set()
    waiting = list(codes)
    while waiting:
        new = set(parse(formulas[waiting[-1]]).references) - found if waiting[-1] in formulas else set()
        waiting.pop()
        found |= new
        waiting += new
    return found
