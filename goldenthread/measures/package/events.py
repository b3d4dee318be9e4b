"""Rows of a package as the events from which results follow, without an object of the database a row."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from goldenthread.domain import words
from goldenthread.domain.figures import Figure
from goldenthread.domain.periods import Period
from goldenthread.domain.rules import Rule
from goldenthread.domain.said import Annotated, Assigned, Forecasted, Judged, Said
from goldenthread.domain.status import Judgement
from goldenthread.domain.targets import Target
from goldenthread.measures.said import day_of
from goldenthread.package.columns import BEGINNING
from goldenthread.package.loading import Loading
from goldenthread.package.reading import Rows
from goldenthread.package.records import RecordsPlan

Word = TypeVar("Word", bound=StrEnum)


def said_in(loading: Loading) -> dict[str, list[Said]]:
    """What the package newly says of each measure by itself; rules and their assignments apart."""
    said: dict[str, list[Said]] = defaultdict(list)
    for name, events in (
        ("actuals", _figures),
        ("targets", _targets),
        ("judgements", _judgements),
        ("forecasts", _forecasts),
        ("annotations", _annotations),
    ):
        plan = loading.plans.get(name)
        if plan is not None:
            for code, event in events(plan):
                said[code].append(event)
    return said


def _members(kind: type[Word]) -> dict[str, Any]:
    return {"": None, **{member.value: member for member in kind}}


_MISSING = _members(words.Missing)
_STATE = _members(words.State)
_ASSURANCE = _members(words.Assurance)
_KIND = _members(words.TargetKind)
_COMPARISON = _members(words.Comparison)
_PROFILE = _members(words.Profile)


def _taken(plan: RecordsPlan, *names: str) -> Iterator[tuple[Any, ...]]:
    """The moment, the place and the named cells of each row that is added."""
    columns = [plan.rows[name] for name in names]
    for row, at in zip(plan.added, plan.moments, strict=True):
        yield at, row, *(column[row] for column in columns)


def _figures(plan: RecordsPlan) -> Iterator[tuple[str, Said]]:
    numbers = ("value", "numerator", "denominator", "lower", "upper", "sample")
    for at, row, code, period, category, missing, state, assurance, expected_on, *given in _taken(
        plan, "measure", "period", "category", "missing", "state", "assurance", "expected_on", *numbers
    ):
        value, numerator, denominator, lower, upper, sample = given
        if expected_on is not None and value is None and numerator is None:
            continue  # only says when a late figure will come: it is waited for, not missing
        figure = Figure(
            period=Period.parse(period),
            value=value,
            numerator=numerator,
            denominator=denominator,
            lower=lower,
            upper=upper,
            sample=sample,
            missing=_MISSING[missing],
            state=_STATE[state],
            assurance=_ASSURANCE[assurance],
        )
        yield code, Said(at, figure, category, row)


def _targets(plan: RecordsPlan) -> Iterator[tuple[str, Said]]:
    plain = ("value", "low", "high", "decision", "reason")
    for at, row, code, period, category, kind, comparison, profile, amends, corrects, *given in _taken(
        plan, "measure", "period", "category", "kind", "comparison", "profile", "amends", "corrects", *plain
    ):
        target = Target(
            period=Period.parse(period),
            kind=_KIND[kind],
            comparison=_COMPARISON[comparison],
            profile=_PROFILE[profile],
            set_on=day_of(at),
            amended=amends,
            corrected=corrects,
            **dict(zip(plain, given, strict=True)),
        )
        yield code, Said(at, target, category, row)


def _judgements(plan: RecordsPlan) -> Iterator[tuple[str, Said]]:
    for at, row, code, period, status, reason, by, expires in _taken(
        plan, "object", "period", "status", "reason", "by", "expires"
    ):
        judgement = Judgement(status=words.Status(status), reason=reason, by=by, on=day_of(at), expires=expires)
        yield code, Said(at, Judged(Period.parse(period), judgement), order=row)


def _forecasts(plan: RecordsPlan) -> Iterator[tuple[str, Said]]:
    for at, row, code, for_period, made_in, value, reason, by in _taken(
        plan, "measure", "for_period", "made_in", "value", "reason", "by"
    ):
        forecast = Forecasted(
            for_period=Period.parse(for_period),
            value=value,
            made_in=Period.parse(made_in) if made_in else None,
            reason=reason,
            by=by,
        )
        yield code, Said(at, forecast, order=row)


def _annotations(plan: RecordsPlan) -> Iterator[tuple[str, Said]]:
    for at, row, code, period, kind in _taken(plan, "measure", "period", "kind"):
        if kind != words.Annotation.NOTE:
            yield code, Said(at, Annotated(Period.parse(period), words.Annotation(kind)), order=row)


def assigned_in(plan: RecordsPlan) -> Iterator[tuple[str, str, Said]]:
    """Each new assignment, with the measure or the tier that it is for."""
    for at, row, measure, tier, rule, starts, decision in _taken(plan, "measure", "tier", "rule", "starts", "decision"):
        assigned = Assigned(rule=rule, starts=starts, tier=not measure, agreed_on=_agreed(at), decision=decision)
        yield measure, tier, Said(at, assigned, order=row)


def rules_in(plan: RecordsPlan) -> Iterator[tuple[str, Said]]:
    """Each new version of a rule, by its code."""
    for at, row, code in _taken(plan, "rule"):
        yield code, Said(at, rule_of(plan.rows, row), order=row)


def rule_of(rows: Rows, row: int) -> Rule:
    """A row of the table of rules, as the sums take it."""
    cell = {name: rows[name][row] for name in rows.values}
    return Rule(
        code=cell["rule"],
        family=words.Family(cell["family"]),
        basis=words.Basis(cell["basis"]),
        compare=words.Compare(cell["compare"]),
        against=words.Against(cell["against"]),
        **{
            name: cell[name]
            for name in (
                "green",
                "amber",
                "red_amber",
                "exceed",
                "absolute_green",
                "absolute_amber",
                "absolute_red_amber",
                "absolute_exceed",
                "min_denominator",
                "expires_after",
                "starts",
                "agreed_on",
                "decision",
            )
        },
    )


def _agreed(at: datetime) -> date | None:
    return None if at == BEGINNING else day_of(at)
