"""Wenlow's plans, actions and bodies: whole, plausible, with the gaps and the mixes of seats they should have."""

from collections import Counter
from datetime import date

from goldenthread.demonstration import TODAY, Tables
from goldenthread.domain.actions import Action, standing
from goldenthread.domain.graph import Graph, Link
from goldenthread.domain.words import ActionState


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def links_of(wenlow: Tables) -> list[Link]:
    return [Link(row["above"], row["below"], day(row["starts"]), day(row["ends"])) for row in wenlow["links"]]


def test_the_council_plan_has_a_vision_five_priorities_and_their_outcomes(wenlow: Tables) -> None:
    kinds = Counter(row["kind"] for row in wenlow["elements"] if row["plan"] == "CP25")
    assert kinds == {"vision": 1, "priority": 5, "enabler": 1, "outcome": 19}
    graph = Graph.on(links_of(wenlow), TODAY)
    for row in wenlow["elements"]:
        if row["kind"] == "outcome":
            assert "V" in graph.ancestors(row["element"]), row["title"]


def test_every_outcome_but_one_is_shown_by_measures(wenlow: Tables) -> None:
    measured = {row["element"] for row in wenlow["measure_links"]}
    without = [
        row["element"] for row in wenlow["elements"] if row["kind"] == "outcome" and row["element"] not in measured
    ]
    assert without == ["P3-3"]


def test_the_programme_is_three_projects_with_the_workstreams_of_the_report(wenlow: Tables) -> None:
    titles = {row["element"]: row["title"] for row in wenlow["elements"]}
    graph = Graph.on(links_of(wenlow), TODAY)
    assert {
        titles[link.below]: [titles[one.below] for one in graph.below(link.below)] for link in graph.below("PIP")
    } == {
        "The PMF Project": ["PMF software implementation", "Data collection, presentation and analysis"],
        "The Performance Management Project": [
            "Strategic, service and business planning",
            "Target and KPI setting",
            "Performance review",
            "Improvement planning",
        ],
        "The Cultural Change Project": [
            "Competencies, appraisal and training",
            "Communication and involvement",
            "Investors in People",
            "Change management",
        ],
    }


def test_actions_stand_in_every_way(wenlow: Tables) -> None:
    late = Counter(
        row["action"] for row in wenlow["milestones"] if row["due"] < TODAY.isoformat() and not row["reached_on"]
    )
    stood = Counter(
        standing(
            Action(
                state=ActionState(row["state"]),
                starts=day(row["starts"]),
                original_due=day(row["original_due"]),
                due=day(row["due"]),
                progress=int(row["progress"]) if row["progress"] else None,
                completed_on=day(row["completed_on"]),
                late_milestones=late[row["action"]],
            ),
            today=TODAY,
        ).status.value
        for row in wenlow["actions"]
    )
    assert stood == {"complete": 22, "on_track": 21, "at_risk": 16, "late": 11, "no_date": 2, "cancelled": 1}
    assert Counter(row["step"] for row in wenlow["reschedulings"]) == {"asked": 11, "approved": 8, "refused": 1}


def test_the_last_thing_reported_is_what_an_action_says(wenlow: Tables) -> None:
    last = {row["action"]: row for row in sorted(wenlow["action_progress"], key=lambda row: row["at"])}
    for row in wenlow["actions"]:
        if row["action"] in last:
            assert (last[row["action"]]["progress"], last[row["action"]]["state"]) == (row["progress"], row["state"])


def test_nobody_decides_on_the_date_they_asked_for(wenlow: Tables) -> None:
    steps: dict[str, list[dict[str, str]]] = {}
    for row in sorted(wenlow["reschedulings"], key=lambda row: row["at"]):
        steps.setdefault(row["action"], []).append(row)
    for said in steps.values():
        assert [row["step"] for row in said] in (["asked"], ["asked", "approved"], ["asked", "refused"])
        assert len({row["by"] for row in said}) == len(said), said


def test_the_programme_board_has_the_named_mix_of_seats_of_the_report(wenlow: Tables) -> None:
    seats = [row for row in wenlow["seats"] if row["body"] == "PROGRAMME-BOARD"]
    assert [(row["role"], row["group"]) for row in seats] == [
        ("Leader of the Council", "Labour"),
        ("Deputy Leader of the Council", "Labour"),
        ("One Cabinet Member", "Labour"),
        ("One Scrutiny Member", "Labour"),
        ("One Conservative Member", "Conservative"),
        ("One Liberal Democrat Member", "Liberal Democrat"),
        ("One non-Cabinet majority party Member", "Labour"),
        ("The Chief Executive", ""),
        ("Strategic Director of Customer and Support Services", ""),
        ("Strategic Director of Environment", ""),
        ("Director of Strategy and Regeneration", ""),
    ]
    assert all(bool(row["person"]) != bool(row["post"]) for row in seats)


def test_sixty_members_sit_for_twelve_wards(wenlow: Tables) -> None:
    sitting = [row for row in wenlow["seats"] if row["body"] == "FULL-COUNCIL" and not row["ends"]]
    assert Counter(row["group"] for row in sitting) == {
        "Labour": 33,
        "Conservative": 13,
        "Liberal Democrat": 8,
        "Green": 4,
        "Independent": 2,
    }
    assert set(Counter(row["role"] for row in sitting).values()) == {5}
    assert len({row["person"] for row in sitting}) == 60
    granted = [row for row in wenlow["grants"] if row.get("body") == "FULL-COUNCIL"]
    assert [(row["role"], row.get("seat", "")) for row in granted] == [("member", "")]


def test_the_commission_is_in_proportion_to_the_groups(wenlow: Tables) -> None:
    seats = [row for row in wenlow["seats"] if row["body"] == "SMC"]
    assert Counter(row["group"] for row in seats) == {
        "Labour": 6,
        "Conservative": 2,
        "Liberal Democrat": 2,
        "Green": 1,
    }
