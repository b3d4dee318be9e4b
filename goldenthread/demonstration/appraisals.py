"""Wenlow's appraisals: who has come how far in 2026/27, and what some of them wrote.

>>> WRITTEN["marcus-ellery"]["objectives"][0]["what"]
'Answer more callers within a minute, at lunchtime above all'
"""

from typing import Any

#: The ratings of every tier, the best last.
SCALE = ((1, "Needs to improve"), (2, "Developing"), (3, "Good"), (4, "Outstanding"))
SECTIONS = (
    {"code": "well", "title": "What went well", "hint": "What you are proud of, and who helped."},
    {"code": "next", "title": "What to do differently", "hint": "One or two things, for the year to come."},
)
TIERS = {
    "chief officer": "Chief officers",
    "head": "Heads of service",
    "manager": "Managers",
    "officer": "Officers",
    "crew": "Crews",
}

#: How far each has come, where that is not what is usual in January: objectives agreed and the mid-year review held.
STAGES = {
    "jerome-pascal": "objectives",
    "priyanka-solanki": "objectives",
    "anton-marchetti": "objectives",
    "ewa-nowicka": "mid_year",
    "sam-treadwell": "mid_year",
    "kenneth-brodrick": "mid_year",
    "leanne-copperfield": "mid_year",
    "callum-dreyfus": "mid_year",
    "chiara-bonetti": "mid_year",
    "deborah-lockyer": "signing",
    "ryan-oakden": "appraisee_signed",
    "meera-pillai": "disagreement",
    "marian-thackeray": "year_end",
    "ian-muirhead": "signed",
    "tobias-ferrant": "signed",
    "nadia-kowalczyk": "signed",
    "len-hartshorne": "signing",
    "rosa-delgado": "signed",
}
#: Whose appraisal of the year before was begun and never signed: most of them work outdoors.
NEVER_SIGNED = (
    "femi-adebayo",
    "kasia-wrobel",
    "vikram-sandhu",
    "keira-dunmore",
    "neil-cotterell",
    "joseph-amankwah",
    "jerome-pascal",
    "anton-marchetti",
    "callum-dreyfus",
)
#: On long absence, and so left out of the counts: from when, and until when where that is known.
ABSENT = {"imogen-fairbank": ("2026-11-23", "2027-03-01"), "carys-bowden": ("2026-10-12", "")}
#: Left out until the end of their probation.
PROBATION = {"bernard-castellane": "2027-04-05"}
#: Whose appraisal is still with somebody who has left: it waits to be handed over.
NOT_HANDED_OVER = {
    "simon-ardley": ("catrin-llewelyn-price", "GRO-DIR"),
    "veronica-sturridge": ("catrin-llewelyn-price", "GRO-DIR"),
}
#: Appraiser, deputy, from, to.
DEPUTIES = (("amara-okonjo", "sam-treadwell", "2027-01-11", "2027-01-29"),)

#: Feedback: about whom, who was asked, who asked, what, and the answer where there is one.
FEEDBACK = (
    (
        "rory-macaskill",
        "deborah-lockyer",
        "appraisee",
        "Did the board help your monthly meeting, and what would you change about it?",
        "",
    ),
    (
        "marcus-ellery",
        "amara-okonjo",
        "appraiser",
        "How do Marcus's figures reach you: on time, and with what stands behind them?",
        "On the day, every month, and when one looks odd he has rung before I can ask.",
    ),
)

WRITTEN: dict[str, dict[str, Any]] = {
    "rory-macaskill": {
        "objectives": [
            {
                "what": "Have every service read its own board without asking us for a spreadsheet",
                "success": "No request for a copy of the figures in March; eight in March last year.",
                "by_when": "2027-03-31",
                "weight": "60",
                "evidence": ["Eleven of thirty-three services now open the board in their monthly meeting."],
            },
            {
                "what": "Bring the partners' sign-ins under the council's own rules",
                "success": "Every partner signs in with a second factor.",
                "by_when": "2026-12-18",
                "weight": "40",
            },
        ],
        "notes": [("2026-10-21", "Mid-year: the boards go well. Agreed to shadow the scrutiny workshop in February.")],
        "needs": [("Write clearer guidance", "The plain English day in spring.", "course", "useful", "")],
    },
    "marcus-ellery": {
        "objectives": [
            {
                "what": "Answer more callers within a minute, at lunchtime above all",
                "success": "The council's own measure says so.",
                "by_when": "2027-03-31",
                "weight": "50",
                "measure": "CS-04",
                "evidence": ["Two people moved to the lunchtime shift from June; waits between 12 and 2 have halved."],
            },
            {
                "what": "Every new adviser signed off on revenues calls within twelve weeks",
                "success": "All seven of this year's starters, on the checklist.",
                "by_when": "2026-12-31",
                "weight": "30",
            },
            {
                "what": "Talk with each adviser about their own figures once a month",
                "success": "A note of each one-to-one; nobody missed twice running.",
                "by_when": "2027-03-31",
                "weight": "20",
            },
        ],
        "notes": [
            ("2026-06-24", "Dawn and Marcus: rota first, training second. Ask HR about term-time contracts."),
            ("2026-10-14", "Mid-year: on course. The autumn council tax peak was met without overtime."),
        ],
        "needs": [
            (
                "Coaching a colleague who struggles",
                "Two sessions with the people team in February.",
                "coaching",
                "important",
                "2027-02-26",
            )
        ],
    },
    "ewa-nowicka": {
        "objectives": [
            {
                "what": "Say each month what the callers' comments tell us, on one page",
                "success": "Twelve pages; heads of service quote from them.",
                "by_when": "2027-03-31",
            },
            {"what": "Learn to check a survey's sample", "success": "", "by_when": ""},
        ],
    },
    "ryan-oakden": {
        "objectives": [
            {
                "what": "Bring the new rounds in without a week of missed streets",
                "success": "Fewer than 40 missed collections in 100,000 from the third week.",
                "by_when": "2026-11-30",
                "rated": (4, 4),
            },
            {"what": "Crews trained on the new lifts", "success": "All 86.", "by_when": "2026-09-30", "rated": (3, 3)},
        ],
        "well": "The crews drew the rounds themselves, and it showed.",
    },
    "deborah-lockyer": {
        "objectives": [
            {
                "what": "Open the third household recycling centre on time",
                "success": "Open to residents by the end of October.",
                "by_when": "2026-10-31",
                "rated": (3, 4),
            },
            {
                "what": "A service plan that every crew leader can explain",
                "success": "Asked at random in January, nine in ten can.",
                "by_when": "2027-01-15",
                "rated": (3, 3),
            },
        ],
        "well": "Opening the centre three weeks early.",
    },
    "meera-pillai": {
        "objectives": [
            {
                "what": "Weighbridge figures in by the fifth working day",
                "success": "Ten months of twelve.",
                "by_when": "2027-03-31",
                "rated": (3, 2),
            }
        ],
        "disagreement": "Two of the late months were the contractor's system, as we agreed in October. I ask for Good.",
    },
}
#: A crew without accounts: what they share, and what one of them wrote on paper. They write nothing of their own.
CREW = "Millbrook recycling centre"
CREW_PEOPLE = ("ailsa-drummond", "femi-adebayo", "kasia-wrobel", "len-hartshorne", "rosa-delgado")
WRITTEN |= {person: {"objectives": []} for person in CREW_PEOPLE}
CREW_OBJECTIVES: tuple[dict[str, Any], ...] = (
    {
        "what": "Help every visitor sort before they tip",
        "success": "Less than 8% of what we take at Millbrook goes to the incinerator.",
        "by_when": "2027-03-31",
        "element": "WST-2",
    },
    {
        "what": "Nobody waits in the road on a Saturday",
        "success": "The queue stays inside the gate on 9 Saturdays in 10.",
        "by_when": "2027-03-31",
        "element": "WST-1",
    },
    {"what": "All five of us trained on the new compactor", "success": "Signed off by October.", "by_when": ""},
)
ON_PAPER = "I like showing people where things go. The new signs were my idea and they work."
#: Which tier's ratings a panel sees, who sits on it, and what one of them suggests: whose, which rating, why.
PANEL = ("head", ("teresa-monkhouse", "nadia-kowalczyk", "tobias-ferrant"), "2027-01-11", "2027-02-12")
SUGGESTED = (
    "deborah-lockyer",
    3,
    "One project early, in a year when the rounds slipped. Other heads with the same were rated Good.",
)
#: Opened to two officers: whose, what for, why, and for how many days. The first is granted, the second waits.
DISCLOSED = (
    ("meera-pillai", "grievance", "Case 2027-03 of the people team: the rating is disputed.", 28),
    ("simon-ardley", "subject_access", "Request SAR-118, received on 11 January.", 14),
)
HELD = ("meera-pillai", "Case 2027-03 may go to a tribunal.")
#: What half of the others say they need: the words, how, its kind and priority.
USUAL_NEEDS: tuple[tuple[str, str, str, str], ...] = (
    ("Read a balance sheet with more confidence", "An afternoon with the finance team.", "course", "important"),
    ("Lead a difficult meeting", "Sit in on two, then lead one.", "coaching", "important"),
    ("Use the new case system without help", "An hour a week beside somebody who does.", "practice", "essential"),
    ("Write for the public in plain English", "The plain English day in spring.", "course", "useful"),
    ("Begin the professional certificate", "The college, one day a week from September.", "qualification", "useful"),
    ("Manage a contract", "Shadow the contract manager for a quarter.", "practice", "important"),
)
#: What those wrote of whom nothing more is told.
USUAL = (
    "Do my part in this, and say early where it is at risk",
    "Finish what we promised for it this year",
    "Learn from how the best of our neighbours do it, and bring one thing home",
)
SUCCESS = "What the service's plan says, by the day it says."
