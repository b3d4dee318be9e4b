"""Wenlow's rules: a corporate one for each tier, and those agreed for single measures."""

from goldenthread.demonstration.catalogue.sheet import Sheet
from goldenthread.demonstration.lines import read

#: The Cabinet meetings at which rules were agreed: the day, the minute, and when the rules were typed in.
MEETINGS = {
    "2021": ("2021-03-09", "Cabinet, 9 March 2021, minute 118", "2021-03-10T09:30"),
    "2022": ("2022-03-08", "Cabinet, 8 March 2022, minute 131", "2022-03-09T11:12"),
    "2023": ("2023-03-07", "Cabinet, 7 March 2023, minute 104", "2023-03-08T14:20"),
    "2024": (
        "2024-03-12",
        "Cabinet, 12 March 2024, minute 97: tolerance halved after the peer challenge",
        "2024-03-13T10:05",
    ),
}
RULES = read(
    """
CORP-STRATEGIC | Corporate rule, strategic measures | miss_tolerance | percent | | 10 | | | 2021
CORP-STRATEGIC | Corporate rule, strategic measures | miss_tolerance | percent | | 5 | | 2024-04-01 | 2024
CORP-DIRECTORATE | Corporate rule, directorate measures | miss_tolerance | percent | | 10 | | | 2021
CORP-OPERATIONAL | Corporate rule, operational measures | green_band | percent | 2 | 12 | | | 2021
NO-MISS | No tolerance: met or missed | strict | | | | | | 2021
RED-LINE | Target and red line set for each measure | two_thresholds | | | | | | 2021
JUDGED | Judged by the owner each quarter | judged | | | | | | 2021
NO-RATING | Not rated: trend and story only | unrated | | | | | | 2021
EITHER-SIDE | Better or worse than target by more than 3% | symmetric | percent | 3 | | | 2022-04-01 | 2022
IMPROVING | Beyond 5%, amber if better than last year | direction_conditioned | percent | 0 | 5 | | 2022-04-01 | 2022
FOUR-BAND | Four colours | four_band | percent | 0 | 5 | 10 | 2022-04-01 | 2022
YEAR-END | Rated on the forecast for the year end | forecast | percent | 0 | 2 | | 2022-04-01 | 2022
WITHIN-10 | Amber within 10, on the measure's own scale | miss_tolerance | absolute | | 10 | | 2023-04-01 | 2023
CLOSE-POINTS | Amber within 3 percentage points | miss_tolerance | points | | 3 | | 2023-04-01 | 2023
""",
    "rule title family basis green amber red_amber starts meeting",
)

#: What is still green or amber, in the measure's own unit, where a percentage of a target of nought is asked for.
ABSOLUTE = {"CORP-STRATEGIC": ("", "1"), "CORP-DIRECTORATE": ("", "2"), "CORP-OPERATIONAL": ("0", "3")}
EXPIRES_AFTER = {"JUDGED": "100"}

TIERS = {"strategic": "CORP-STRATEGIC", "directorate": "CORP-DIRECTORATE", "operational": "CORP-OPERATIONAL"}

#: Why a measure has a rule of its own.
REASONS = {
    "NO-MISS": "Any miss is one too many, so there is no amber.",
    "RED-LINE": "The distance between target and red line differs from measure to measure, so both are set as figures.",
    "EITHER-SIDE": "A large change in either direction is worth a conversation, so much better shows as blue.",
    "IMPROVING": "The target is some years away; a service that is getting there should not be red.",
    "FOUR-BAND": "Members asked to tell a near miss from a serious one.",
    "YEAR-END": "Spending and income are uneven through the year; the forecast outturn is what matters.",
    "JUDGED": "No single figure tells whether the work is on course; the owner judges it, with reasons.",
    "NO-RATING": "The council can influence this but does not control it: shown for context.",
    "WITHIN-10": "Counts are small: a percentage of them would turn on a single case.",
    "CLOSE-POINTS": "The scale is narrow at the top: five per cent would hide a real decline.",
}


def tables(sheets: list[Sheet]) -> dict[str, list[dict[str, str]]]:
    """Rules and their assignments to tiers and to measures."""
    return {"rules": [_version(row) for row in RULES], "rule_assignments": [*_by_tier(), *_by_measure(sheets)]}


def _version(row: dict[str, str]) -> dict[str, str]:
    code = row["rule"]
    agreed_on, decision, entered = MEETINGS[row["meeting"]]
    green, amber = ABSOLUTE.get(code, ("", ""))
    return {
        **{column: row[column] for column in row if column != "meeting"},
        "absolute_green": green,
        "absolute_amber": amber,
        "expires_after": EXPIRES_AFTER.get(code, ""),
        "agreed_on": agreed_on,
        "decision": decision,
        "entered_at": f"{entered}:00+00:00",
    }


def _by_tier() -> list[dict[str, str]]:
    _day, decision, entered = MEETINGS["2021"]
    return [
        {
            "tier": tier,
            "rule": rule,
            "decision": decision,
            "reason": f"The corporate rule for {tier} measures.",
            "entered_at": f"{entered}:30+00:00",
        }
        for tier, rule in TIERS.items()
    ]


def _by_measure(sheets: list[Sheet]) -> list[dict[str, str]]:
    first = {row["rule"]: row for row in reversed(RULES)}
    given = []
    for sheet in sheets:
        if sheet.rule:
            rule = first[sheet.rule]
            _day, decision, entered = MEETINGS[rule["meeting"]]
            given.append(
                {
                    "measure": sheet.code,
                    "rule": sheet.rule,
                    "starts": rule["starts"],
                    "decision": decision,
                    "reason": REASONS[sheet.rule],
                    "entered_at": f"{entered}:45+00:00",
                }
            )
    return given
