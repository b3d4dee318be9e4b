"""The awkward cases that every council has: what is late, restated, amended, judged, broken or mistyped."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from goldenthread.demonstration.behaviour import shown, text
from goldenthread.demonstration.clock import LONDON, NOW, working_day
from goldenthread.demonstration.people import holder_of

Row = dict[str, str]
Rows = list[Row]

#: Each case with a measure that shows it.
AWKWARD = {
    "sickness per FTE, year to date": "HR-01",
    "council tax, cumulative on a seasonal profile": "CT-01",
    "a rate per 1,000": "SA-01",
    "rolling twelve months": "HW-05",
    "a three-year span": "PH-01",
    "an academic-year result": "ED-01",
    "a survey with its margin": "SA-02",
    "a target of nought": "HN-02",
    "a range": "HR-02",
    "a yes/no milestone": "PL-05",
    "a small cohort": "CH-06",
    "a bad ward under a good average": "ST-01",
    "a partner's figure": "LE-01",
    "a target amended downwards": "SA-05",
    "a target corrected": "LB-01",
    "a rule changed mid-history": "AS-01",
    "a definition break": "CS-05",
    "a retired measure": "CS-01",
    "its successor": "CS-02",
    "forecast green on current red": "FI-03",
    "a judgement about to expire": "CL-05",
    "a restated published figure": "WS-01",
    "a carried yearly green": "CS-08",
    "an overdue figure": "HN-03",
    "commentary that contradicts its status": "HW-04",
    "a figure promised for a later day": "SA-03",
    "a stale figure": "HW-06",
    "a rebase after a step change": "CS-02",
    "a figure that could not be had": "CL-02",
    "a mistyped figure, put right": "FI-04",
    "a measure worked out from others": "HN-06",
    "a status published by an earlier system": "SE-01",
}

#: Measures whose figure for the period just ended is not in.
LATE = {"HN-03", "PL-02", "HO-03", "SA-03", "CL-05", "LE-02", "CS-04"}
#: The last period of a measure whose figures stopped coming.
STOPPED = {"HW-06": "2026-08"}
#: How many of the latest periods are provisional.
PROVISIONAL = {"HW-05": 3, "AS-06": 2, "CL-02": 8, "PL-04": 1}

ANNOTATIONS = (
    (
        "CS-05",
        "2024-04",
        "break",
        "The limit fell from fifteen working days to ten with the Ombudsman's new code.",
        True,
    ),
    ("CS-02", "2025-10", "rebase", "The new telephone system went live: limits start again.", True),
    ("WS-01", "2024/25 Q1", "rebase", "Weekly food waste collection began in every ward.", True),
    (
        "WS-03",
        "2024-06",
        "note",
        "Collection rounds were redrawn; residents took some weeks to learn their new day.",
        True,
    ),
    ("HW-05", "2024-07", "note", "From July 2024 the police record injuries on a tablet at the roadside.", True),
    (
        "HW-06",
        "2026-08",
        "note",
        "The fourteen counters are being replaced. Counts are expected again in March 2027.",
        True,
    ),
    ("CL-02", "2025-07", "note", "The monitor failed on 3 July 2025 and was repaired on 4 August.", True),
    (
        "PH-07",
        "2024/25 Q1",
        "note",
        "A measles outbreak in the region brought catch-up clinics in May and June 2024.",
        False,
    ),
    (
        "SA-01",
        "2024-08",
        "note",
        "Public order after the disturbances elsewhere in the country: no incident in Wenlow.",
        False,
    ),
)


def actuals(rows_of: Mapping[str, Rows]) -> None:
    """Change what was entered, measure by measure, into what really happens."""
    for code, rows in rows_of.items():
        last = rows[-1]["period"] if rows else ""
        if code in LATE and last and last in _JUST_ENDED:
            rows[:] = [row for row in rows if row["period"] != last]
        if code in STOPPED:
            rows[:] = [row for row in rows if row["period"] <= STOPPED[code]]
        if code in PROVISIONAL:
            latest = list(dict.fromkeys(row["period"] for row in rows))[-PROVISIONAL[code] :]
            for row in rows:
                row["state"] = "provisional" if row["period"] in latest else row["state"]
    for change in (_restate, _put_right, _lose, _promise, _publish_early):
        change(rows_of)


_JUST_ENDED = ("2026-12", "2026/27 Q3")


def _later(row: Row, at: datetime, **changes: str) -> Row:
    return {**row, "entered_at": at.isoformat(), **changes}


def _find(rows: Rows, period: str) -> Row:
    return next(row for row in rows if row["period"] == period and not row.get("category"))


def _restate(rows_of: Mapping[str, Rows]) -> None:
    """A weighbridge was found wrong after the first quarter's recycling rate had been published."""
    first = _find(rows_of["WS-01"], "2026/27 Q1")
    numerator = round(Decimal(first["numerator"]) * Decimal("0.948"))
    at = datetime(2026, 12, 3, 11, 20, tzinfo=LONDON)
    reason = (
        "The green waste weighbridge at Larkfield read high from April to June: 5.2% of composted tonnes were never "
        "there. Found in the yearly calibration, agreed with the contractor and checked by Internal Audit."
    )
    note = "Restated in December 2026 after a fault in a weighbridge was found."
    restated = _later(first, at, numerator=text(numerator), state="restated", reason=reason, public_note=note)
    rows_of["WS-01"].append(restated | {"assurance": "internal_audit"})
    invoices = _find(rows_of["FI-01"], "2026-06")
    numerator = Decimal(invoices["numerator"]) - 61
    reason = "61 invoices held in the schools' system were paid late and had been left out."
    at = datetime(2026, 10, 20, 15, 5, tzinfo=LONDON)
    rows_of["FI-01"].append(_later(invoices, at, numerator=text(numerator), state="restated", reason=reason))


def _put_right(rows_of: Mapping[str, Rows]) -> None:
    """October's old debt went in as 46 and was put right the same afternoon."""
    rows = rows_of["FI-04"]
    typed = _find(rows, "2026-10")
    at = datetime.fromisoformat(typed["entered_at"]) + timedelta(minutes=47)
    right = _later(typed, at, reason="The decimal point was left out.")
    rows.insert(rows.index(typed) + 1, right)
    typed["value"] = text(Decimal(typed["value"]) * 10)


def _lose(rows_of: Mapping[str, Rows]) -> None:
    """July 2025 was never measured: the monitor had failed."""
    row = _find(rows_of["CL-02"], "2025-07")
    row |= {
        "value": "",
        "missing": "not_available",
        "reason": "The monitor failed; under a fifth of the hours were measured.",
    }


def _promise(rows_of: Mapping[str, Rows]) -> None:
    """The police have said when their figures will come."""
    last = rows_of["SA-03"][-1]
    kept = {column: last[column] for column in ("measure", "state", "assurance", "entered_by", "method")}
    reason = "The conference minutes are with the police for agreement, held up by their change of system."
    rows_of["SA-03"].append(
        {
            **kept,
            "period": "2026/27 Q3",
            "missing": "not_available",
            "expected_on": "2027-01-29",
            "entered_at": datetime(2027, 1, 8, 10, 12, tzinfo=LONDON).isoformat(),
            "reason": reason,
        }
    )


def _publish_early(rows_of: Mapping[str, Rows]) -> None:
    """Key stage 2 results come provisional in September and final before Christmas."""
    finals = []
    for row in rows_of["ED-01"]:
        year = date.fromisoformat(row["entered_at"][:10]).year
        day = working_day(date(year, 12, 14))
        at = datetime(day.year, day.month, day.day, 10, 40, tzinfo=LONDON)
        finals.append(_later(row, at, numerator=str(int(row["numerator"]) + 3), state="final"))
        row["state"] = "provisional"
    rows_of["ED-01"] += finals


def targets(rows_of: Mapping[str, Rows]) -> None:
    """Amend one target, correct another, and add those of other kinds."""
    year = next(row for row in rows_of["SA-05"] if row["period"] == "2026/27")
    kept = {column: year[column] for column in ("measure", "kind", "set_by")}
    entered = datetime(2026, 10, 15, 9, 50, tzinfo=LONDON).isoformat()
    decision = "Cabinet Member for a Clean, Green City, decision 26/114, 13 October 2026"
    reason = "Two of nine food officer posts are held vacant until April by the in-year savings."
    for period in ("2026/27 Q1", "2026/27 Q2"):
        pinned = {"value": year["value"], "decision": year["decision"], "reason": "As the year's target meant it."}
        rows_of["SA-05"].append({**kept, **pinned, "period": period, "entered_at": entered})
    for period in ("2026/27 Q3", "2026/27 Q4", "2026/27"):
        amended = {"value": "93", "decision": decision, "reason": reason, "amends": "yes"}
        rows_of["SA-05"].append({**kept, **amended, "period": period, "entered_at": entered})

    typed = next(row for row in rows_of["LB-01"] if row["period"] == "2025/26")
    at = datetime(2025, 7, 18, 16, 2, tzinfo=LONDON).isoformat()
    right = {"entered_at": at, "corrects": "yes", "reason": "Typed with one nought too many in March."}
    rows_of["LB-01"].append({**typed, **right})
    typed["value"] += "0"

    for code, period, kind, value, words in OTHER_TARGETS:
        like = rows_of[code][-1]
        row = {column: like[column] for column in ("measure", "entered_at", "set_by", "decision")}
        rows_of[code].append({**row, "period": period, "kind": kind, "value": value, "reason": words})


OTHER_TARGETS = (
    ("CL-01", "2031/32", "ambition", "0", "The council's declaration of 2019: carbon neutral by 2032."),
    ("WS-01", "2029/30", "ambition", "60", "The city's waste strategy."),
    ("WS-01", "2026/27", "stretch", "53", "What the three best of our nearest neighbours reach."),
    ("CS-02", "2026/27", "stretch", "120", "Two minutes: what residents asked for in the survey."),
    ("HN-01", "2026/27", "baseline", "52", "The outturn of 2021/22, from which the plan sets out."),
)


def annotations() -> Rows:
    """Notes on what happened, breaks and rebases; each written in the month after its period."""
    random = Random("annotations")  # noqa: S311
    rows = []
    for code, period, kind, words, public in ANNOTATIONS:
        year, month = int(period[:4]), int(period[5:7]) if period[4] == "-" else 6
        at = datetime(year, month, 22, 9 + random.randrange(8), random.randrange(60), tzinfo=LONDON)
        row = {"measure": code, "period": period, "kind": kind, "text": words, "entered_at": at.isoformat()}
        rows.append({**row, "public": "yes" if public else ""})
    return rows


#: How the head of service judged the Clean Air Plan each quarter.
JUDGED = (
    ("2024/25 Q3", "green", "Eleven milestones of eleven met; bus grant confirmed."),
    ("2024/25 Q4", "green", "All met. The consultation on the zone closed with 4,100 replies."),
    ("2025/26 Q1", "green", "Thirteen of thirteen met; taxi licensing policy adopted."),
    ("2025/26 Q2", "amber", "The camera contract slipped by a quarter; everything else is in hand."),
    ("2025/26 Q3", "amber", "Camera contract let in December. Signs wait on the highways programme."),
    ("2025/26 Q4", "amber", "Signs begun in March. Fourteen of fifteen milestones met."),
    ("2026/27 Q1", "red", "The bus operator withdrew from the retrofit grant; two milestones fall."),
    ("2026/27 Q2", "amber", "A second operator has taken up the grant. Seventeen of eighteen are back within reach."),
)


def judgements() -> Rows:
    """The Clean Air Plan's judgements, each standing for a hundred days."""
    rows = []
    by = holder_of("CLI-HEAD")
    for period, status, reason in JUDGED:
        year, quarter = int(period[:4]), int(period[-1])
        start = date(year + (quarter == 4), (quarter * 3 + 3) % 12 + 1, 1) if quarter != 3 else date(year + 1, 1, 1)
        at = datetime(start.year, start.month, 14, 14, 25, tzinfo=LONDON)
        expires = (at + timedelta(days=100)).date().isoformat()
        row = {"object": "CL-05", "period": period, "status": status, "reason": reason}
        rows.append({**row, "by": by, "at": at.isoformat(), "expires": expires})
    return rows


#: What owners expect of the year: the measure, when they said so, the figure, and why.
FORECASTS = (
    ("FI-03", "2026/27 Q1", 11.6, "All schemes are in hand."),
    (
        "FI-03",
        "2026/27 Q2",
        11.8,
        "Two large schemes, home care retendering and the depot lease, complete in February.",
    ),
    ("PR-02", "2026/27 Q1", 8.7, "On budget."),
    ("PR-02", "2026/27 Q2", 8.57, "The anchor tenant of the Tannery left in August; the unit is let again from March."),
    ("FI-02", "2026/27 Q2", 1.9, "Placements for children and temporary homes, less what the recovery plan brings."),
    ("FI-02", "2026/27 Q3", 1.4, "The spending panel has stopped £1.2 million of orders since October."),
    ("PL-04", "2026/27 Q2", 850, "Three sites have handed over since September."),
    ("PL-04", "2026/27 Q3", 815, "Northway phase 2 has slipped into April: the builder has too few bricklayers."),
    ("CL-01", "2026/27 Q2", 9500, "The new boilers at the civic centre were running by October."),
    ("HR-01", "2026-09", 9.4, "The flu vaccine was offered at every depot this year."),
    ("CT-01", "2026-09", 97.2, "Reminders were delayed in June and have caught up."),
    ("SA-01", "2026-09", 16.9, "The summer was drier and noisier than last."),
    ("HN-03", "2026/27 Q2", 455, "Forty leased homes come in by March."),
)


def forecasts(rows_of: Mapping[str, Rows], owner: Mapping[str, str]) -> Rows:
    """The owners' forecasts of the year, each made when that period's figure was entered."""
    rows = []
    for code, made_in, value, reason in FORECASTS:
        given = [row for row in rows_of[code] if row["period"] == made_in and not row.get("category")]
        if not given:
            raise ValueError(f"{code} has no figure for {made_in}, in which a forecast was made")
        at = min(datetime.fromisoformat(given[0]["entered_at"]) + timedelta(minutes=95), NOW - timedelta(minutes=5))
        row = {"measure": code, "for_period": "2026/27", "made_in": made_in, "value": text(shown(value, 2))}
        rows.append({**row, "basis": "owner", "reason": reason, "by": holder_of(owner[code]), "at": at.isoformat()})
    return rows
