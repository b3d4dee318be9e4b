"""Targets: set each March for the year to come, raised, held or lowered, with who decided it and why."""

from datetime import datetime
from random import Random

from goldenthread.demonstration.behaviour import text
from goldenthread.demonstration.catalogue.sheet import Aim, Sheet
from goldenthread.demonstration.clock import LONDON
from goldenthread.demonstration.council import directorate_of
from goldenthread.demonstration.people import holder_of

YEARS = ("2021/22", "2022/23", "2023/24", "2024/25", "2025/26", "2026/27")
#: When Cabinet approved the year's targets, with the budget.
APPROVED = {
    "2021/22": (datetime(2021, 3, 9, tzinfo=LONDON), "Cabinet, 9 March 2021, minute 121"),
    "2022/23": (datetime(2022, 3, 8, tzinfo=LONDON), "Cabinet, 8 March 2022, minute 133"),
    "2023/24": (datetime(2023, 3, 7, tzinfo=LONDON), "Cabinet, 7 March 2023, minute 106"),
    "2024/25": (datetime(2024, 3, 12, tzinfo=LONDON), "Cabinet, 12 March 2024, minute 99"),
    "2025/26": (datetime(2025, 3, 11, tzinfo=LONDON), "Cabinet, 11 March 2025, minute 112"),
    "2026/27": (datetime(2026, 3, 10, tzinfo=LONDON), "Cabinet, 10 March 2026, minute 108"),
}

FIRST = (
    "Carried over from the service plan.",
    "Set from the last three years' average.",
    "In line with similar councils.",
)
RAISED = (
    "Raised: last year's level was reached by December.",
    "Stretched towards the best quarter of our nearest neighbours.",
    "Raised to match the council plan's commitment.",
    "Raised after the mid-year review, with the service's agreement.",
)
HELD = (
    "Held: last year's target was not met and still stands.",
    "Held while the new team settles in.",
    "Held at the level agreed in the service plan.",
    "Held: already among the best of our nearest neighbours.",
)
EASED = (
    "Eased after challenge: demand has grown and the earlier level was out of reach this year.",
    "Eased in the budget round, with members' agreement, and to be looked at again next year.",
)


def period_text(sheet: Sheet, year: str) -> str:
    """The measure's own year that begins in the financial ``year``."""
    if sheet.span > 1:
        return f"{int(year[:4]) - sheet.span + 1} to {year[:4]}"
    if sheet.year == "calendar":
        return year[:4]
    return f"{year} academic" if sheet.year == "academic" else year


def rows(sheet: Sheet) -> list[dict[str, str]]:
    """The targets of ``sheet``, one a year, with a red line where its rule wants one."""
    random = Random(f"targets {sheet.code}")  # noqa: S311
    made = []
    before: Aim = None
    for year, aim in zip(YEARS, sheet.aims, strict=False):
        if aim is None:
            before = aim
            continue
        approved, decision = APPROVED[year]
        at = approved.replace(day=approved.day + 2, hour=9 + random.randrange(7), minute=random.randrange(60))
        row = {
            "measure": sheet.code,
            "period": period_text(sheet, year),
            "kind": "target",
            "entered_at": at.isoformat(),
            "set_by": holder_of(f"{directorate_of(sheet.unit)}-DIR"),
            "decision": decision,
            "reason": random.choice(_reasons(sheet, before, aim)),
        }
        row |= {"low": text(aim[0]), "high": text(aim[1])} if isinstance(aim, tuple) else {"value": text(aim)}
        made.append(row)
        if sheet.rule == "RED-LINE" and not isinstance(aim, tuple):
            line = aim * (0.9 if sheet.polarity == "higher" else 1.12)
            floor = {**row, "kind": "floor", "value": text(round(line, sheet.decimals))}
            made.append({**floor, "reason": "The red line: beyond this the service is in recovery."})
        before = aim
    return made


def _reasons(sheet: Sheet, before: Aim, aim: Aim) -> tuple[str, ...]:
    if before is None or isinstance(before, tuple) or isinstance(aim, tuple) or aim is None:
        return FIRST
    if aim == before:
        return HELD
    harder = aim > before if sheet.polarity == "higher" else aim < before
    return RAISED if harder else EASED
