"""The staff list against the record: what differs, in which order it can be applied, and what never does."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from goldenthread.domain.staff import (
    HeldNow,
    Kind,
    Line,
    PersonNow,
    PostNow,
    Record,
    differences,
    ended,
    in_order_of_acts,
)

DAY = date(2027, 1, 18)
EVERY = frozenset({"fte", "ends", "absent_from", "absent_until"})
POSTS = {
    "HEAD": PostNow("Head of Waste", "WST", ""),
    "LEAD": PostNow("Team leader", "WST", "HEAD"),
    "LOAD": PostNow("Loader", "WST", "LEAD"),
}


def line(number: str, name: str, post: str, **more: object) -> Line:
    said = (
        {"title": POSTS[post].title, "unit": POSTS[post].unit, "manager": POSTS[post].manager} if post in POSTS else {}
    )
    return Line(line=2, number=number, name=name, post=post, **{**said, **more})


def told(lines: list[Line], record: Record) -> list[tuple[str, str, str, dict[str, str]]]:
    return [(one.kind.value, one.name, one.post, dict(one.now)) for one in differences(lines, record, DAY, says=EVERY)]


def test_a_job_share_two_posts_and_a_planned_leaver():
    record = Record(
        people={"1": PersonNow("ann", "Ann Lowe"), "2": PersonNow("bo", "Bo Reed"), "3": PersonNow("cy", "Cy Hart")},
        posts=POSTS,
        held=[
            HeldNow("1", "LEAD", "0.6"),
            HeldNow("2", "LOAD", "1"),
            HeldNow("3", "HEAD", "1", ends=date(2027, 3, 31)),
        ],
    )
    lines = [
        line("1", "Ann Lowe", "LEAD", fte="0.6"),
        line("1", "Ann Lowe", "LOAD", fte="0.4", starts=date(2027, 1, 11)),
        line("2", "Bo Reed", "LOAD", fte="1.0", ends=date(2027, 2, 28)),
        line("3", "Cy Hart", "HEAD", fte="1"),
    ]
    assert told(lines, record) == [
        (
            "takes_post",
            "Ann Lowe",
            "LOAD",
            {
                "title": "Loader",
                "unit": "WST",
                "manager": "LEAD",
                "kind": "job_share",
                "fte": "0.4",
                "starts": "2027-01-11",
            },
        ),
        ("leaves", "Bo Reed", "", {"last_day": "2027-02-28"}),
        ("stays", "Cy Hart", "HEAD", {}),
    ]


def test_absence_details_managers_and_terms():
    record = Record(
        people={
            "1": PersonNow("ann", "Ann Low", absent_from=date(2026, 9, 1)),
            "2": PersonNow("bo", "Bo Reed", "bo@wenlow.example", unnumbered=True),
        },
        posts=POSTS,
        held=[HeldNow("1", "LEAD", "1"), HeldNow("2", "LOAD", "1")],
    )
    lines = [
        line("1", "Ann Lowe", "LEAD", fte="0.8", manager=""),
        line("2", "Bo Reed", "LOAD", title="Driver", manager="HEAD", absent_from=date(2027, 1, 4), fte="1"),
    ]
    assert told(lines, record) == [
        ("manager", "", "LOAD", {"manager": "HEAD"}),
        ("post", "", "LOAD", {"title": "Driver"}),
        ("fte", "Ann Lowe", "LEAD", {"fte": "0.8"}),
        ("absence", "Ann Lowe", "", {"last_day": "2027-01-17"}),
        ("absence", "Bo Reed", "", {"absent_from": "2027-01-04"}),
        ("details", "Ann Lowe", "", {"name": "Ann Lowe"}),
        ("details", "Bo Reed", "", {"number": "2"}),
    ]


def test_a_new_managers_post_comes_before_the_posts_below_it():
    record = Record(people={}, posts={}, held=[])
    lines = [
        line("3", "Cy", "C", title="Loader", unit="WST", manager="B"),
        line("2", "Bo", "B", title="Leader", unit="WST", manager="A"),
        line("1", "Ann", "A", title="Head", unit="WST"),
    ]
    found = in_order_of_acts(differences(lines, record, DAY, says=EVERY))
    assert [one.post for one in found] == ["A", "B", "C"]


_numbers = st.sampled_from("123456")
_posts = st.sampled_from(["HEAD", "LEAD", "LOAD", "P4", "P5"])
_held = st.dictionaries(st.tuples(_numbers, _posts), st.sampled_from(["1", "0.5", ""]), max_size=8)


@given(before=_held, after=_held)
def test_what_is_told_is_exactly_what_differs(before: dict, after: dict):
    """Of the same list nothing is told; of another, who comes and goes are those whose posts are not the same."""
    people = {number: PersonNow(f"p{number}", f"N{number}") for number, _post in before}
    record = Record(people=people, posts=POSTS, held=[HeldNow(*key, fte) for key, fte in before.items()])
    here = [line(number, f"N{number}", post, fte=fte) for (number, post), fte in after.items()]
    same = [line(number, f"N{number}", post, fte=fte) for (number, post), fte in before.items()]
    assert [one.kind for one in differences(same, record, DAY, says=EVERY)] == []
    found = differences(here, record, DAY, says=EVERY)
    begun = {(one.number, one.post) for one in found if one.kind in (Kind.STARTS, Kind.MOVES, Kind.TAKES_POST)}
    gone = {
        (one.number, post)
        for one in found
        for post in (one.was["posts"].split() if one.kind == Kind.LEAVES else [one.was.get("post", "")])
        if one.kind in (Kind.LEAVES, Kind.LEAVES_POST, Kind.MOVES)
    }
    assert (begun, gone) == (set(after) - set(before), set(before) - set(after))
    assert ended(found, DAY) == len(gone)


def test_a_vacant_post_is_set_up_before_whoever_reports_to_it_and_ends_nothing():
    """Nobody is in the new planner's post, to which a new loader reports; the vacant lead keeps what it reports to."""
    vacant = [
        line("", "", "PLAN", title="Planner", unit="WST", manager="HEAD"),
        line("", "", "LEAD", title="Team leader, rounds"),
    ]
    lines = [*vacant, line("4", "Di Fox", "NEW", title="Loader", unit="WST", manager="PLAN")]
    record = Record(people={}, posts=POSTS, held=[])

    assert told(lines, record) == [
        (
            "starts",
            "Di Fox",
            "NEW",
            {
                "title": "Loader",
                "unit": "WST",
                "manager": "PLAN",
                "kind": "substantive",
                "starts": "2027-01-18",
            },
        ),
        ("vacant", "", "PLAN", {"title": "Planner", "unit": "WST", "manager": "HEAD"}),
        ("post", "", "LEAD", {"title": "Team leader, rounds"}),
    ]
    found = in_order_of_acts(differences(lines, record, DAY, says=EVERY))
    assert [one.post for one in found] == ["LEAD", "PLAN", "NEW"]
