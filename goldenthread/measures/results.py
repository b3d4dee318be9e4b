"""Results: computed in memory from everything said, compared with those kept, written where they differ."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from json.encoder import encode_basestring as quoted
from operator import attrgetter
from typing import Any, NamedTuple

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


class Kept(NamedTuple):
    """A version as the table of results holds it: ``content`` is what CONTENT names, its figures canonical text."""

    category: str
    period: str
    period_end: date
    known_from: datetime
    known_to: datetime | None
    content: tuple[Any, ...]


class Found(NamedTuple):
    """What is to be kept of one measure: its versions, and the last points of each category's current series."""

    versions: list[Kept]
    sparklines: dict[str, str]

    def as_of(self, moment: datetime, before: datetime) -> "Found":
        """The same where what was known from or to ``before`` is so from or to ``moment``."""
        if moment == before:
            return self
        moved = {before: moment}
        return self._replace(
            versions=[
                one._replace(
                    known_from=moved.get(one.known_from, one.known_from), known_to=moved.get(one.known_to, one.known_to)
                )
                for one in self.versions
            ]
        )


def compute(
    definitions: Mapping[str, Definition], said: Mapping[str, Sequence[Said]]
) -> Iterator[tuple[str, list[Version]]]:
    """Each measure's code and its result versions.

    ``said`` holds the events of every measure of ``definitions``, and of those their formulas refer to.
    """
    heard = with_derived(definitions, said)
    for code, definition in definitions.items():
        yield code, versions(definition, heard.get(code, ()))


def with_derived(
    definitions: Mapping[str, Definition], said: Mapping[str, Sequence[Said]]
) -> Mapping[str, Sequence[Said]]:
    """``said``, and the figures of measures made from measures, after those they are made from."""
    formulas = {code: definition.formula for code, definition in definitions.items() if definition.formula}
    heard: dict[str, Sequence[Said]] = dict(said)
    for code in evaluation_order(formulas):
        heard[code] = [*said.get(code, ()), *derived_said(definitions[code], definitions, heard)]
    return heard


def found_of(chain: Iterable[Version], frequency: str) -> Found:
    """The versions of a measure collected by the ``frequency``, as they are kept."""
    chain = list(chain)
    return Found([_kept(version) for version in chain], _sparklines(chain, frequency))


def _kept(version: Version) -> Kept:
    row = version.row
    content = (
        *[None if figure is None else canonical(figure) for figure in _figures(row)],
        *[str(word) if word else "" for word in _words(row)],
        *_plain(row),
        *_reason(row.reason),
        *_reason(row.forecast_reason),
    )
    return Kept(row.category, row.period.text, row.period.end, version.known_from, version.known_to, content)


_figures, _words, _plain = attrgetter(*FIGURES), attrgetter(*WORDS), attrgetter(*PLAIN)


def _reason(reason: Reason | None) -> tuple[str, str]:
    if reason is None:
        return "", "{}"
    return reason.code, _json_text(reason.params) if reason.params else "{}"


def _json_text(params: Mapping[str, str]) -> str:
    """As json.dumps writes them in order: an encoder would be made anew for each of a load's many reasons."""
    return "{" + ", ".join([f'"{name}": {quoted(text)}' for name, text in sorted(params.items())]) + "}"


def _sparklines(chain: Iterable[Version], frequency: str) -> dict[str, str]:
    points: dict[str, list[Row]] = defaultdict(list)
    for version in chain:
        row = version.row
        if version.known_to is None and not row.derived and row.period.frequency == frequency:
            points[row.category].append(row)
    lines = {}
    for category, rows in points.items():
        rows.sort(key=lambda row: row.period.end)
        kept = [[row.period.text, _text(row.rated_value), str(row.status)] for row in rows[-SPARKLINE_LENGTH:]]
        lines[category] = json.dumps(kept)
    return lines


def _text(number: Decimal | None) -> str | None:
    return None if number is None else canonical(number)


def write_new(found: Mapping[str, Found], measures: Mapping[str, Measure], change: Change) -> int:
    """Keep the versions of measures that had none. Returns how many results there are."""
    count = write_rows(
        Result,
        RESULT_COLUMNS,
        (_row(one, measures[code].pk, change.pk) for code, its in found.items() for one in its.versions),
    )
    lines = [
        (measures[code].pk, category, points)
        for code, its in found.items()
        for category, points in its.sparklines.items()
    ]
    write_rows(Sparkline, SPARKLINE_COLUMNS, lines)
    return count


def _row(one: Kept, measure_id: int, change_id: int) -> tuple[Any, ...]:
    """A row of RESULT_COLUMNS."""
    *key, content = one
    return (measure_id, *key, change_id, *content)


def write_difference(measure: Measure, found: Found, change: Change) -> list[Kept]:
    """Bring the kept results of ``measure`` up to those ``found``: close the ones that changed, add the new ones.

    What pages showed before stays: a version that only now turns out otherwise (a definition corrected) is closed and
    replaced as of the change. Returns the versions added.
    """
    standing = _standing(measure)
    horizon = Result.objects.filter(measure=measure).aggregate(last=Max("known_from"))["last"]
    closing: dict[datetime, list[int]] = defaultdict(list)
    added: list[Kept] = []
    for one in found.versions:
        if horizon is not None and one.known_to is not None and one.known_to <= horizon:
            continue
        key = (one.category, one.period)
        if horizon is not None and one.known_from <= horizon:
            pk, content = standing.pop(key, (None, None))
            if content == one.content:
                if one.known_to is not None:
                    closing[one.known_to].append(pk)
            else:
                if pk is not None:
                    closing[change.at].append(pk)
                if one.known_to is None:
                    added.append(one._replace(known_from=change.at))
        else:
            if key in standing:
                pk, _ = standing.pop(key)
                closing[one.known_from].append(pk)
            added.append(one)
    closing[change.at] += [pk for pk, _ in standing.values()]
    for moment, keys in closing.items():
        if keys:
            Result.objects.filter(pk__in=keys).update(known_to=moment)
    write_rows(Result, RESULT_COLUMNS, (_row(one, measure.pk, change.pk) for one in added))
    if added or closing:
        Sparkline.objects.filter(measure=measure).delete()
        lines = [(measure.pk, category, points) for category, points in found.sparklines.items()]
        write_rows(Sparkline, SPARKLINE_COLUMNS, lines)
    return added


def _standing(measure: Measure) -> dict[tuple[str, str], tuple[int, tuple[Any, ...]]]:
    """The current results of ``measure`` by category and period: their keys, and what they say as ``Kept`` has it."""
    columns = ("id", "category", "period", *CONTENT)
    where = "measure_id = %s AND known_to IS NULL"
    standing = {}
    for pk, category, period, *content in read_rows(Result, columns, where=where, parameters=[measure.pk]):
        *said, reason, params, forecast_reason, forecast_params = content
        said_too = (reason, _in_order(params), forecast_reason, _in_order(forecast_params))
        standing[category, period] = (pk, (*said, *said_too))
    return standing


def _in_order(text: str) -> str:
    """A reason's parameters as they are written; PostgreSQL keeps them in an order of its own."""
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
