"""Wenlow's plans as tables: what each says, what serves what, which measures show it, and what is being done."""

from collections import defaultdict
from datetime import date, timedelta
from random import Random

from goldenthread.demonstration import council_plan, deeds, programme, service_plans
from goldenthread.demonstration.clock import TODAY, moment
from goldenthread.demonstration.council import UNITS, directorate_of
from goldenthread.demonstration.people import holder_of

Row = dict[str, str]
_NAMES = {row["unit"]: row["name"] for row in UNITS}
_STARTS = {row["plan"]: row["starts"] for row in council_plan.PLANS} | {"PIP26": programme.PLAN["starts"]}
#: The quarter that the Programme Board looked at last.
QUARTER = "2026/27 Q3"
ROLL_UP = dict.fromkeys(("priority", "enabler", "outcome"), "weighted_mean")
LAST_DAY_OF_CP21 = "2025-03-31"


def tables() -> dict[str, list[Row]]:
    """Plans, kinds of element, elements, links, measure links, actions and everything said of them."""
    written = [*_whole_council(), *_aims(), *_objectives(), *_programme()]
    plan_of = {row["code"]: row["plan"] for row in written}
    return {
        "plans": _plans(),
        "element_kinds": [{**row, "order": str(place)} for place, row in enumerate(council_plan.KINDS, 1)],
        "elements": [_element(row, place) for place, row in enumerate(written, 1)] + _pledges(),
        "links": [link for row in written for link in _links(row, plan_of)] + _pledge_links(),
        "measure_links": [link for row in written for link in _measure_links(row)] + _pledge_measures(),
        **_actions(),
        "element_judgements": [_judgement(row) for row in programme.JUDGEMENTS],
        "element_commentary": [_commentary(row, written) for row in programme.COMMENTARY],
    }


def _plans() -> list[Row]:
    plans = [
        {
            **row,
            "purpose": council_plan.PURPOSE.get(row["plan"], ""),
            "budget": council_plan.BUDGET.get(row["plan"], ""),
        }
        for row in council_plan.PLANS
    ]
    for row in service_plans.SERVICES:
        plans.append(
            {
                "plan": _service_plan(row["unit"]),
                "title": f"{_NAMES[row['unit']]}: Service Plan 2026/27",
                "kind": "Service plan",
                "unit": row["unit"],
                "purpose": row["purpose"],
                "budget": f"{_pounds(row['budget'])} net in 2026/27",
                "starts": service_plans.STARTS,
                "ends": service_plans.ENDS,
                "state": service_plans.DRAFTED.get(row["unit"], "adopted"),
            }
        )
    return [*plans, dict(programme.PLAN)]


def _pounds(millions: str) -> str:
    return f"-£{millions[1:]}m" if millions.startswith("-") else f"£{millions}m"


def _service_plan(unit: str) -> str:
    return f"{unit}-26"


def _whole_council() -> list[Row]:
    return [{**row, "plan": "WT20" if row["code"].startswith("WT") else "CP25"} for row in council_plan.WHOLE_COUNCIL]


def _aims() -> list[Row]:
    return [{**row, "kind": "aim", "plan": f"{row['code'].partition('-')[0]}-DP"} for row in council_plan.AIMS]


def _objectives() -> list[Row]:
    rows = []
    for row in service_plans.OBJECTIVES:
        unit = row["code"].partition("-")[0]
        owner = service_plans.OWNERS.get(row["code"], f"{unit}-HEAD")
        rows.append({**row, "kind": "objective", "plan": _service_plan(unit), "owner": owner.strip("-")})
    return rows


def _programme() -> list[Row]:
    return [{**row, "plan": "PIP26"} for row in programme.ELEMENTS]


def _element(row: Row, place: int) -> Row:
    return {
        "element": row["code"],
        "plan": row["plan"],
        "kind": row["kind"],
        "title": row["title"],
        "description": row.get("description", ""),
        "owner": row["owner"],
        "roll_up": row.get("roll_up") or ROLL_UP.get(row["kind"], "counts"),
        "order": str(place),
    }


def _pledges() -> list[Row]:
    return [
        {
            "element": row["code"],
            "plan": "CP21",
            "kind": "pledge",
            "title": row["title"],
            "owner": row["owner"],
            "roll_up": "counts",
            "order": str(place),
            "ends": LAST_DAY_OF_CP21,
            "succeeded_by": row["became"],
        }
        for place, row in enumerate(council_plan.PLEDGES, 1)
    ]


def _weighed(codes: str) -> list[tuple[str, str]]:
    """Codes with their weights: ``P1*2 P2`` gives P1 with 2 and P2 with 1."""
    return [(code, weight or "1") for code, _star, weight in (word.partition("*") for word in codes.split())]


def _since(plan: str) -> str:
    return _STARTS.get(plan, service_plans.STARTS)


def _links(row: Row, plan_of: dict[str, str]) -> list[Row]:
    """A link holds from when both its plans do."""
    return [
        {
            "above": above,
            "below": row["code"],
            "weight": weight,
            "starts": max(_since(row["plan"]), _since(plan_of.get(above, "CP21"))),
        }
        for above, weight in _weighed(row["serves"])
    ]


def _measure_links(row: Row) -> list[Row]:
    return [
        {"measure": measure, "element": row["code"], "weight": weight, "starts": _since(row["plan"])}
        for measure, weight in _weighed(row.get("measures", ""))
    ]


def _pledge_links() -> list[Row]:
    dates = {"starts": "2021-04-01", "ends": LAST_DAY_OF_CP21}
    return [{"above": "WT-V", "below": row["code"], "weight": "1", **dates} for row in council_plan.PLEDGES]


def _pledge_measures() -> list[Row]:
    dates = {"starts": "2021-04-01", "ends": LAST_DAY_OF_CP21}
    return [
        {"measure": measure, "element": row["code"], "weight": weight, **dates}
        for row in council_plan.PLEDGES
        for measure, weight in _weighed(row["measures"])
    ]


def _judgement(row: Row) -> Row:
    at = moment(date(2026, 12, 15), Random(f"judged {row['element']}"))  # noqa: S311
    return {**row, "period": QUARTER, "by": holder_of("CEO"), "at": at.isoformat()}


def _commentary(row: Row, written: list[Row]) -> Row:
    owner = next(one["owner"] for one in written if one["code"] == row["element"])
    at = moment(date(2027, 1, 12), Random(f"said of {row['element']}"))  # noqa: S311
    return {**row, "period": QUARTER, "by": holder_of(owner), "at": at.isoformat()}


def _actions() -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    first: dict[str, Row] = {}
    counted: dict[str, int] = defaultdict(int)
    for row in deeds.ACTIONS:
        element = row["element"]
        counted[element] += 1
        action = _action(row, f"{element}-A{counted[element]}")
        first.setdefault(element, action)
        found["actions"].append(action)
        found["action_progress"] += _progress(action)
        if row["due"]:
            found["reschedulings"] += _put_off(action, row["due"], deeds.REASONS[element])
    for row in deeds.ASKED:
        found["reschedulings"] += _asked(first[row["element"]], row)
    for row in deeds.MILESTONES:
        action = first[row["element"]]["action"]
        place = 1 + sum(one["action"] == action for one in found["milestones"])
        step = {name: row[name] for name in ("title", "due", "reached_on")}
        found["milestones"].append({"action": action, "milestone": f"M{place}", **step})
    return dict(found)


def _action(row: Row, code: str) -> Row:
    progress = row["progress"] if row["progress"].isdigit() else ""
    state = "under_way" if progress not in ("", "0") else "planned"
    if row["completed_on"]:
        state = "complete"
    elif row["progress"] == "cancelled":
        state = "cancelled"
    return {
        "action": code,
        "element": row["element"],
        "title": row["title"],
        "owner": row["owner"],
        "starts": row["starts"],
        "original_due": row["original_due"],
        "due": row["due"] or row["original_due"],
        "progress": progress,
        "state": state,
        "completed_on": row["completed_on"],
    }


def _progress(action: Row) -> list[Row]:
    """What was reported: half-way there at half the time, and where it is now."""
    if action["state"] not in ("under_way", "complete"):
        return []
    random = Random(f"progress of {action['action']}")  # noqa: S311
    begun = date.fromisoformat(action["starts"])
    last = (
        date.fromisoformat(action["completed_on"])
        if action["completed_on"]
        else TODAY - timedelta(days=random.randint(3, 12))
    )
    half = begun + (last - begun) // 2
    by = holder_of(action["owner"])
    told = [(half, str(int(action["progress"]) // 2), "under_way"), (last, action["progress"], action["state"])]
    return [
        {
            "action": action["action"],
            "progress": progress,
            "state": state,
            "by": by,
            "at": moment(day, random).isoformat(),
        }
        for day, progress, state in told
    ]


def _put_off(action: Row, due: str, reason: str) -> list[Row]:
    """Asked for ten days before the date, and approved by the director some days after."""
    random = Random(f"put off {action['action']}")  # noqa: S311
    asked = min(date.fromisoformat(action["original_due"]), TODAY) - timedelta(days=12)
    decided = asked + timedelta(days=random.randint(2, 6))
    return [
        _step(action, "asked", due, reason, holder_of(action["owner"]), asked, random),
        _step(action, "approved", due, "", _director(action), decided, random),
    ]


def _asked(action: Row, row: Row) -> list[Row]:
    random = Random(f"asked for {action['action']}")  # noqa: S311
    asked = date(2027, 1, 6)
    steps = [_step(action, "asked", row["due"], row["reason"], holder_of(action["owner"]), asked, random)]
    if row["refused"]:
        decided = asked + timedelta(days=5)
        steps.append(_step(action, "refused", row["due"], row["refused"], _director(action), decided, random))
    return steps


def _step(action: Row, step: str, due: str, reason: str, by: str, day: date, random: Random) -> Row:
    at = moment(day, random).isoformat()
    return {"action": action["action"], "step": step, "due": due, "reason": reason, "by": by, "at": at}


def _director(action: Row) -> str:
    unit = action["owner"].partition("-")[0]
    director = f"{directorate_of(unit)}-DIR"
    return holder_of("CEO" if action["owner"] == director else director)
