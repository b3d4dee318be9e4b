"""Wenlow's competency framework: what is expected of everybody, of who leads others, of who leads the council.

>>> [title for title, _about, _shown in COMPETENCIES]
['Puts residents first', 'Works as one council', 'Gets things done', 'Uses evidence', 'Helps people grow']
"""

TITLE = "How we work"
LEVELS = ("Everybody", "Leads others", "Leads the council")
#: Which level is expected of each tier.
EXPECTED = {"chief officer": 3, "head": 2, "manager": 2, "officer": 1, "crew": 1}
#: How much of the overall rating they make this year, in per cent; last year they were rated and did not count.
SHARE = 30

#: Title, what it is about, and what shows it at each level, one behaviour to a line.
COMPETENCIES: tuple[tuple[str, str, tuple[str, str, str]], ...] = (
    (
        "Puts residents first",
        "Sees the service as those see it who need it.",
        (
            "Listens before answering, and says in plain words what happens next.\n"
            "Puts a mistake right, and says so, without being asked.",
            "Brings what residents say into every team meeting.\nLets those who do the work change how it is done.",
            "Goes and sees the service as a resident meets it.\nTells members plainly what will not be done, and why.",
        ),
    ),
    (
        "Works as one council",
        "Cares for the whole, and not only for one's own part of it.",
        (
            "Helps a colleague in another service find the right person.\nShares what others could use.",
            "Settles with other teams who does what, and keeps to it.\nGives up money where the need is greater.",
            "Speaks for the council's decision, outside and inside.\nBuilds lasting trust with partners.",
        ),
    ),
    (
        "Gets things done",
        "Finishes what was promised, and says early where it will not be.",
        (
            "Keeps to dates, and says early when one is at risk.\nFinishes, before beginning the next.",
            "Sets few and clear priorities for the team.\nDeals with poor work promptly and fairly.",
            "Stops what no longer serves a priority.\nSees a change through until it has become how things are done.",
        ),
    ),
    (
        "Uses evidence",
        "Asks what the figures say, and what they do not.",
        (
            "Records figures right the first time.\nAsks why, when a number looks odd.",
            "Reads the board with the team each month, and acts on it.\nTries a change out small before all have it.",
            "Asks for the figure that could prove the plan wrong.\nShows members the reds as plainly as the greens.",
        ),
    ),
    (
        "Helps people grow",
        "Learns, and lets others learn.",
        (
            "Asks for feedback, and does something with it.\nShows newcomers the ropes.",
            "Holds a one-to-one each month, and keeps it.\nGives people work that stretches them.",
            "Knows who could take over each post, and readies them.\nMakes it safe to say that something went wrong.",
        ),
    ),
)
#: How many of them the first version had.
AT_FIRST = 4
#: What some wrote beside their rating: by person, then by the competency's title.
SAID = {
    "ryan-oakden": {"Gets things done": "The new rounds, without a week of missed streets."},
    "deborah-lockyer": {"Puts residents first": "I worked a Saturday at the new centre, and we moved the signs."},
    "meera-pillai": {"Uses evidence": "I found the weighbridge's double counting in September."},
}
