"""What the sums make of the council's tables: the same events as a load hears, and the results that follow."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal

from goldenthread.domain import words
from goldenthread.domain.aggregate import ratio
from goldenthread.domain.definition import Definition
from goldenthread.domain.figures import Figure
from goldenthread.domain.periods import Period
from goldenthread.domain.rules import Rule
from goldenthread.domain.said import Annotated, Assigned, Forecasted, Judged, Said
from goldenthread.domain.series.row import Version
from goldenthread.domain.series.versions import versions
from goldenthread.domain.status import Judgement
from goldenthread.domain.targets import Target

Row = Mapping[str, str]
Rows = Mapping[str, Iterable[Row]]


def compute(tables: Rows, measures: Iterable[str]) -> dict[str, list[Version]]:
    """Every version of every result of the whole (no categories) of ``measures``, by code."""
    wanted = set(measures)
    definitions = {row["measure"]: row for row in tables["measures"] if row["measure"] in wanted}
    heard = _events(tables, definitions)
    return {code: versions(definition(row), heard[code]) for code, row in definitions.items()}


def definition(row: Row) -> Definition:
    """What the sums need of a row of the measures table."""
    return Definition(
        code=row["measure"],
        kind=words.MeasureKind(row["kind"]),
        data_type=words.DataType(row["data_type"]),
        unit_of_measure=row["unit_of_measure"],
        decimals=int(row["decimals"]),
        polarity=words.Polarity(row["polarity"]),
        frequency=words.Frequency(row["frequency"]),
        year=words.YearKind(row["year"]),
        reading=words.Reading(row["reading"]),
        rated_on=words.Reading(row["rated_on"]) if row["rated_on"] else None,
        window=int(row["window"]) if row["window"] else None,
        aggregation=words.Aggregation(row["aggregation"]),
        numerator_aggregation=words.Aggregation(row["numerator_aggregation"] or "sum"),
        denominator_aggregation=words.Aggregation(row["denominator_aggregation"] or "sum"),
        factor=number(row["factor"]),
        formula=row["formula"],
        profile=words.Profile(row["profile"]) if row["profile"] else None,
        lag_days=int(row["lag_days"]),
        min_denominator=number(row["min_denominator"]),
        min=number(row["min"]),
        starts=day(row["starts"]),
        ends=day(row["ends"]),
    )


def _events(tables: Rows, definitions: Mapping[str, Row]) -> dict[str, list[Said]]:
    heard: dict[str, list[Said]] = defaultdict(list)
    order = 0

    def hear(code: str, at: str, what: object) -> None:
        nonlocal order
        order += 1
        heard[code].append(Said(datetime.fromisoformat(at), what, order=order))

    for row in tables["actuals"]:
        if row["measure"] in definitions and not row["category"]:
            hear(row["measure"], row["entered_at"], figure(row, definition(definitions[row["measure"]])))
    for row in tables["targets"]:
        if row["measure"] in definitions and not row["category"]:
            hear(row["measure"], row["entered_at"], target(row))
    for row in tables["judgements"]:
        if row["object"] in definitions:
            hear(row["object"], row["at"], judged(row))
    for row in tables["forecasts"]:
        if row["measure"] in definitions:
            hear(row["measure"], row["at"], forecasted(row))
    for row in tables["annotations"]:
        if row["measure"] in definitions and row["kind"] != "note":
            kind = words.Annotation(row["kind"])
            hear(row["measure"], row["entered_at"], Annotated(Period.parse(row["period"]), kind))
    rules = [(row["entered_at"], rule(row)) for row in tables["rules"]]
    for code, row in definitions.items():
        for given in tables["rule_assignments"]:
            if given["measure"] == code or given["tier"] == row["tier"]:
                hear(code, given["entered_at"], assigned(given))
        for at, version in rules:
            hear(code, at, version)
    return heard


def figure(row: Row, measure: Definition) -> Figure:
    numerator, denominator = number(row["numerator"]), number(row["denominator"])
    value = number(row["value"])
    return Figure(
        period=Period.parse(row["period"]),
        value=ratio(numerator, denominator, measure) if value is None else value,
        numerator=numerator,
        denominator=denominator,
        lower=number(row["lower"]),
        upper=number(row["upper"]),
        sample=number(row["sample"]),
        missing=words.Missing(row["missing"]) if row["missing"] else None,
        state=words.State(row["state"]),
        assurance=words.Assurance(row["assurance"]),
    )


def target(row: Row) -> Target:
    return Target(
        period=Period.parse(row["period"]),
        kind=words.TargetKind(row["kind"]),
        value=number(row["value"]),
        low=number(row["low"]),
        high=number(row["high"]),
        comparison=words.Comparison(row["comparison"]) if row["comparison"] else None,
        profile=words.Profile(row["profile"]) if row["profile"] else None,
        amended=row["amends"] == "yes",
        corrected=row["corrects"] == "yes",
    )


def rule(row: Row) -> Rule:
    return Rule(
        code=row["rule"],
        family=words.Family(row["family"]),
        basis=words.Basis(row["basis"] or "percent"),
        green=number(row["green"]),
        amber=number(row["amber"]),
        red_amber=number(row["red_amber"]),
        exceed=number(row["exceed"]),
        absolute_green=number(row["absolute_green"]),
        absolute_amber=number(row["absolute_amber"]),
        starts=day(row["starts"]),
        agreed_on=day(row["agreed_on"]),
    )


def assigned(row: Row) -> Assigned:
    return Assigned(rule=row["rule"], starts=day(row["starts"]), tier=not row["measure"])


def judged(row: Row) -> Judged:
    at = datetime.fromisoformat(row["at"]).date()
    status = words.Status(row["status"])
    judgement = Judgement(status=status, reason=row["reason"], by=row["by"], on=at, expires=day(row["expires"]))
    return Judged(Period.parse(row["period"]), judgement)


def forecasted(row: Row) -> Forecasted:
    return Forecasted(
        for_period=Period.parse(row["for_period"]),
        value=number(row["value"]),
        made_in=Period.parse(row["made_in"]) if row["made_in"] else None,
        reason=row["reason"],
        by=row["by"],
    )


def known(computed: Iterable[Version], at: datetime) -> list[Version]:
    """The versions that stood at a moment."""
    return [
        version
        for version in computed
        if version.known_from <= at and (version.known_to is None or version.known_to > at)
    ]


def number(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
