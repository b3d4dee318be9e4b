"""Elements rolled up from what serves them: nothing counts twice, and a missing child never improves its parent."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from goldenthread.domain.graph import Graph, Link
from goldenthread.domain.rollup import Child, count_words, rollup_words
from goldenthread.domain.status import Judgement
from goldenthread.domain.thread import Rolled, roll_up_thread
from goldenthread.domain.words import RATED, RollUp, Status

TODAY = date(2027, 1, 18)
ONE = Decimal(1)
GREEN, AMBER, RED, OVERDUE = (Child(status=Status(word)) for word in ("green", "amber", "red", "overdue"))


def rolled(elements: dict[str, Rolled], links: list[Link], measures: dict[str, Child]) -> dict[str, tuple[str, str]]:
    found = roll_up_thread(elements, Graph.of(links), measures, today=TODAY)
    return {code: (one.status.value, rollup_words(one.reason)) for code, one in found.items()}


def test_a_measure_reached_two_ways_counts_once():
    elements = {
        "vision": Rolled(),
        "homes": Rolled(measures={"HO-01": ONE}),
        "climate": Rolled(measures={"HO-01": ONE, "CL-01": ONE}),
    }
    links = [Link("vision", "homes"), Link("vision", "climate")]
    found = roll_up_thread(elements, Graph.of(links), {"HO-01": GREEN, "CL-01": RED}, today=TODAY)
    assert count_words(found["vision"].counts) == "1 of 2 rated, 50%"


def test_a_mean_weighs_elements_with_a_colour_and_looks_through_those_that_count():
    elements = {
        "priority": Rolled(roll_up=RollUp.WEIGHTED_MEAN),
        "counted": Rolled(measures={"HO-01": Decimal(2), "HO-02": ONE}),
        "worst": Rolled(roll_up=RollUp.WORST_OF, measures={"ST-01": ONE, "ST-02": ONE}),
    }
    links = [Link("priority", "counted", weight=Decimal(3)), Link("priority", "worst", weight=Decimal(3))]
    measures = {"HO-01": GREEN, "HO-02": RED, "ST-01": GREEN, "ST-02": RED}
    # 6 × 100 + 3 × 0 + 3 × 0, over 12
    assert rolled(elements, links, measures)["priority"] == (
        "amber",
        "Amber: the mean score of 3 rated is 50, nearest to amber (50)",
    )


def test_an_overdue_measure_does_not_flatter():
    elements = {"priority": Rolled(roll_up=RollUp.WEIGHTED_MEAN, measures={"HO-01": ONE, "HO-02": ONE})}
    assert rolled(elements, [], {"HO-01": GREEN, "HO-02": OVERDUE})["priority"][0] == "amber"


def test_a_judged_element_takes_the_judgement_until_it_expires():
    said = Judgement(
        status=Status.AMBER, reason="The gang has begun", by="Ada", on=date(2026, 12, 1), expires=date(2027, 1, 18)
    )
    elements = {"homes": Rolled(roll_up=RollUp.JUDGED, measures={"HO-01": ONE}, judgement=said)}
    assert rolled(elements, [], {"HO-01": GREEN})["homes"] == (
        "amber",
        "Amber, judged by Ada on 1 December 2026: The gang has begun. The judgement stands until 18 January 2027",
    )
    late = roll_up_thread(elements, Graph.of([]), {}, today=date(2027, 1, 19))["homes"]
    assert late.status is Status.NOT_RATED


def test_a_measure_not_on_the_board_is_left_out():
    elements = {"homes": Rolled(measures={"HO-01": ONE, "HO-99": ONE})}
    assert rolled(elements, [], {"HO-01": GREEN})["homes"][1] == "Counted, not rated: 1 of 1 rated on target, 100%"


def test_two_thousand_elements_deep():
    links = [Link(f"E{place}", f"E{place + 1}") for place in range(2_000)]
    elements = {f"E{place}": Rolled(roll_up=RollUp.WORST_OF) for place in range(2_000)}
    elements["E2000"] = Rolled(roll_up=RollUp.WORST_OF, measures={"HO-01": ONE})
    assert rolled(elements, links, {"HO-01": RED})["E0"] == ("red", "Red: the worst of 1 rated; 1 red")


COLOURS = st.sampled_from(RATED)
RANK = {status: rank for rank, status in enumerate(RATED)}


@given(st.lists(COLOURS, min_size=1, max_size=6), st.integers(0, 5), st.sampled_from(["weighted_mean", "worst_of"]))
def test_withholding_a_figure_never_improves_the_parent(colours, withheld, roll_up):
    measures = {f"M{place}": Child(status=status) for place, status in enumerate(colours)}
    element = Rolled(roll_up=RollUp(roll_up), measures=dict.fromkeys(measures, ONE))
    before = roll_up_thread({"P": element}, Graph.of([]), measures, today=TODAY)["P"].status
    measures[f"M{withheld % len(colours)}"] = OVERDUE
    after = roll_up_thread({"P": element}, Graph.of([]), measures, today=TODAY)["P"].status
    assert after is Status.NOT_RATED or RANK[after] >= RANK[before]
