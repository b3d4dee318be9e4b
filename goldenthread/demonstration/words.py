"""What people write beside their figures: how it went, and where a target is missed why, what is done, who, by when."""

import tomllib
from collections.abc import Iterable, Mapping
from datetime import timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from goldenthread.demonstration.catalogue.sheet import Sheet
from goldenthread.demonstration.clock import NOW, moment
from goldenthread.demonstration.people import holder_of
from goldenthread.domain.amounts import Amounts, rounded
from goldenthread.domain.series.row import Row as Result
from goldenthread.domain.series.row import Version
from goldenthread.domain.words import ON_TARGET, RATED, Frequency, Reading, YearKind

#: How many of the latest quarters (or longer periods) are commented on.
QUARTERS = {"strategic": 9, "directorate": 5, "operational": 3}
AUDIENCE = {"strategic": "members", "directorate": "internal", "operational": "internal"}

MET = (
    "{value} in {period}, {move}. The target of {target} is met.",
    "The target of {target} was met in {period} with {value}, {move}.",
    "{value} against a target of {target} in {period}, {move}.",
)
MISSED = (
    "{value} in {period}, {move}. The target is {target}.",
    "The target of {target} was missed in {period}: {value}, {move}.",
    "{value} against a target of {target} in {period}, {move}.",
)
UNRATED = ("{value} in {period}, {move}.",)


@cache
def written() -> Mapping[str, Mapping[str, Any]]:
    """The causes, actions and remarks that owners have, by measure, and those usual in a theme."""
    return tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))


def rows(sheet: Sheet, owner: str, versions: Iterable[Version]) -> list[dict[str, str]]:
    """The commentary on ``sheet``'s latest periods, as the figures first stood."""
    random = Random(f"words {sheet.code}")  # noqa: S311
    first: dict[str, Version] = {}
    for version in versions:
        if not version.row.derived:
            first.setdefault(version.row.period.text, version)
    told = [version for version in first.values() if _closes_a_quarter(version.row)]
    told.sort(key=lambda version: version.row.period)
    made = []
    for place, version in enumerate(told):
        if place < len(told) - QUARTERS[sheet.tier] or version.row.rated_value is None:
            continue
        before = _compared(sheet, version.row, told[place - 1].row if place else None, first)
        made.append(_commentary(sheet, owner, version, before, random, len(told) - place))
    return made


def _compared(sheet: Sheet, row: Result, previous: Result | None, first: Mapping[str, Version]) -> Result | None:
    """What a figure is set beside: the one before, or where it counts from April the same a year ago."""
    if not _since_april(sheet):
        return previous
    a_year_ago = first.get(row.period.same_last_year().text)
    return a_year_ago.row if a_year_ago else None


def _since_april(sheet: Sheet) -> bool:
    return Reading.YEAR_TO_DATE in (sheet.reading, sheet.also.get("rated_on"))


def _closes_a_quarter(row: Result) -> bool:
    """Of months only those that close a quarter are commented on."""
    return row.period.days > 31 or row.period.end.month % 3 == 0


def _commentary(
    sheet: Sheet, owner: str, version: Version, before: Result | None, random: Random, ago: int
) -> dict[str, str]:
    """The words on one result, ``ago`` periods before next; an owner's own words are about the last two."""
    row = version.row
    at = min(version.known_from + timedelta(minutes=random.randrange(6, 80)), NOW)
    made = {
        "measure": sheet.code,
        "period": row.period.text,
        "audience": AUDIENCE[sheet.tier],
        "written_at": at.isoformat(),
        "written_by": holder_of(owner),
        "comment": _comment(sheet, row, before, random),
    }
    if sheet.code == "HW-04" and ago == 1:
        return made | {"comment": "Punctuality remains on track and there are no concerns to report this quarter."}
    own = written().get(sheet.code, {})
    if row.status in ON_TARGET or row.status not in RATED:
        if own.get("remark") and ago <= 2:
            made["comment"] += f" {own['remark']}"
        return made
    due = moment((at + timedelta(days=random.choice((28, 42, 56, 70)))).date(), random).date()
    usual = written()[sheet.theme]
    cause, action = random.choice(usual["causes"]), random.choice(usual["actions"])
    if ago <= 2:
        cause, action = own.get("cause", cause), own.get("action", action)
    return made | {"cause": cause, "action": action, "owner": holder_of(owner), "due": due.isoformat()}


def _comment(sheet: Sheet, row: Result, before: Result | None, random: Random) -> str:
    amounts = Amounts(sheet.data_type, sheet.measured_in)
    decimals = sheet.decimals
    if row.target is not None and row.rated_value is not None and row.rated_value != row.target:
        while rounded(row.rated_value, decimals) == rounded(row.target, decimals):
            decimals += 1
    value = amounts.of(row.rated_value, decimals) if row.rated_value is not None else ""
    if row.target is not None:
        target = amounts.of(row.target, decimals)
    elif row.target_low is not None and row.target_high is not None:
        target = amounts.span(row.target_low, row.target_high, sheet.decimals)
    else:
        target = ""
    words = random.choice(UNRATED if not target else MET if row.status in ON_TARGET else MISSED)
    sentence = words.format(
        value=value, target=target, period=_period(sheet, row), move=_move(sheet, amounts, row, before)
    )
    return sentence[0].upper() + sentence[1:]


def _period(sheet: Sheet, row: Result) -> str:
    """The period as somebody would say it: ``October to December 2026``, ``2025/26``, ``the 2025/26 school year``."""
    period = row.period
    if period.frequency is Frequency.YEAR:
        return f"the {period.text[:7]} school year" if period.year_kind is YearKind.ACADEMIC else period.text
    if _since_april(sheet):
        year = period.containing(Frequency.YEAR, period.year_kind)
        crossed = year.start.year != period.end.year
        return f"{year.start:{'%B %Y' if crossed else '%B'}} to {period.end:%B %Y}"
    said, _bracket, months = period.words().partition(" (")
    if period.frequency is Frequency.TERM:
        return f"the {said[0].lower()}{said[1:]}"
    return months.removesuffix(")") or said


def _move(sheet: Sheet, amounts: Amounts, row: Result, before: Result | None) -> str:
    """How the figure compares with the one it is set beside."""
    if before is None or before.rated_value is None or row.rated_value is None:
        return "the first figure of its kind"
    earlier = amounts.of(before.rated_value, sheet.decimals)
    when = " a year before" if _since_april(sheet) else ""
    if amounts.of(row.rated_value, sheet.decimals) == earlier:
        return f"the same as {when.strip() or 'before'}"
    return f"{'up' if row.rated_value > before.rated_value else 'down'} from {earlier}{when}"
