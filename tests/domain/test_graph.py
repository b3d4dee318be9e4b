"""The thread as a graph: no sequence of edits makes a circle, and walks are right and quick."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from goldenthread.domain.graph import Graph, Link, circle_in, path_that_would_close

APRIL_2025, APRIL_2026 = date(2025, 4, 1), date(2026, 4, 1)
MARCH_2026 = date(2026, 3, 31)

COUNCIL_PLAN = [
    Link("vision", "homes"),
    Link("vision", "clean-city"),
    Link("homes", "repairs"),
    Link("clean-city", "recycling"),
    Link("homes", "warm-homes"),
    Link("clean-city", "warm-homes"),
]


def test_an_objective_that_serves_two_priorities_is_reached_from_both():
    graph = Graph.of(COUNCIL_PLAN)
    assert graph.ancestors("warm-homes") == {"homes": 1, "clean-city": 1, "vision": 2}
    assert graph.descendants("vision") == {
        "homes": 1,
        "clean-city": 1,
        "repairs": 2,
        "warm-homes": 2,
        "recycling": 2,
    }
    assert graph.descendants("nothing") == {}


def test_a_link_to_itself_is_a_circle():
    assert path_that_would_close(COUNCIL_PLAN, above="homes", below="homes") == ("homes", "homes")


def test_a_second_way_down_is_no_circle():
    assert path_that_would_close(COUNCIL_PLAN, above="vision", below="repairs") is None


def test_the_path_that_would_close_is_told():
    assert path_that_would_close(COUNCIL_PLAN, above="repairs", below="vision") == (
        "repairs",
        "vision",
        "homes",
        "repairs",
    )


def test_links_that_never_hold_together_form_no_circle():
    links = [Link("homes", "repairs", starts=APRIL_2025, ends=MARCH_2026)]
    assert path_that_would_close(links, "repairs", "homes", starts=APRIL_2026) is None
    assert path_that_would_close(links, "repairs", "homes", starts=MARCH_2026) == ("repairs", "homes", "repairs")


def test_a_circle_that_only_a_later_day_closes_is_seen():
    links = [Link("homes", "repairs", starts=APRIL_2026)]
    assert path_that_would_close(links, "repairs", "homes", starts=APRIL_2025) == ("repairs", "homes", "repairs")
    assert path_that_would_close(links, "repairs", "homes", starts=APRIL_2025, ends=MARCH_2026) is None


def test_the_thread_of_last_year_is_last_years():
    links = [
        Link("pledge-3", "recycling", ends=MARCH_2026),
        Link("priority-2", "recycling", starts=APRIL_2026),
    ]
    assert Graph.on(links, MARCH_2026).ancestors("recycling") == {"pledge-3": 1}
    assert Graph.on(links, APRIL_2026).ancestors("recycling") == {"priority-2": 1}


def test_two_thousand_elements_one_below_the_other():
    chain = [Link(f"E{place}", f"E{place + 1}") for place in range(2_000)]
    assert Graph.of(chain).descendants("E0")["E2000"] == 2_000
    assert path_that_would_close(chain, above="E2000", below="E0") == (
        "E2000",
        *(f"E{place}" for place in range(2_001)),
    )
    assert circle_in([*chain, Link("E2000", "E0")]) is not None
    assert circle_in(chain) is None


DAYS = st.integers(0, 12).map(lambda month: date(2026, 1, 1) + timedelta(days=30 * month))
ENDS = st.none() | DAYS
CODES = st.sampled_from("abcdef")
EDITS = st.tuples(st.sampled_from(["link", "link", "link", "unlink"]), CODES, CODES, ENDS, ENDS)


@given(st.lists(EDITS, max_size=40))
def test_no_sequence_of_edits_makes_a_circle(edits):
    """Only links that would close nothing are made: on no day is anything its own ancestor."""
    links: list[Link] = []
    for verb, above, below, starts, ends in edits:
        if starts and ends and ends < starts:
            starts, ends = ends, starts
        if verb == "unlink":
            links = [link for link in links if (link.above, link.below) != (above, below)]
        elif path_that_would_close(links, above, below, starts=starts, ends=ends) is None:
            links.append(Link(above, below, starts, ends))
        else:
            assert circle_in([*links, Link(above, below, starts, ends)]) is not None
    assert circle_in(links) is None
    for month in range(14):
        graph = Graph.on(links, date(2026, 1, 1) + timedelta(days=30 * month - 15))
        for code in "abcdef":
            assert graph.path_down(code, code) == (code,)
            assert all(code not in graph.descendants(below) for below in graph.descendants(code))


@given(st.lists(st.tuples(CODES, CODES, ENDS, ENDS), max_size=25))
def test_a_circle_is_found_wherever_there_is_one(rows):
    links = [Link(*row) for row in rows if not (row[2] and row[3] and row[3] < row[2])]
    found = circle_in(links)
    days = [date.min, *(date(2026, 1, 1) + timedelta(days=30 * month) for month in range(13))]
    there = any(
        link.below == link.above or link.above in Graph.on(links, day).descendants(link.below)
        for day in days
        for link in Graph.on(links, day).links
    )
    assert (found is not None) == there
    if found:
        assert found[0] == found[-1]
        assert all(any((one.above, one.below) == step for one in links) for step in pairwise(found))


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 5)), max_size=30))
def test_what_serves_comes_before_what_it_serves(pairs):
    links = [Link(f"E{place}", f"E{place + more}") for place, more in pairs]
    order = {code: place for place, code in enumerate(Graph.of(links).upward())}
    assert all(order[link.below] < order[link.above] for link in links)
