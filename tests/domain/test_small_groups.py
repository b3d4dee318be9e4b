"""Small groups: whatever is added to and taken from what is shown, no group below the least comes out."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.domain.small_groups import Group, parts_shown, remainders, shown


def trees(depth: int = 3) -> st.SearchStrategy[Group]:
    sizes = st.integers(0, 9)
    shape = st.recursive(
        st.tuples(sizes, st.just([])), lambda below: st.tuples(sizes, st.lists(below, max_size=4)), max_leaves=14
    )
    return shape.map(lambda drawn: _named(drawn, count()))


def _named(drawn: tuple[int, list], numbers: Iterator[int]) -> Group:
    own, parts = drawn
    code = f"U{next(numbers)}"
    return Group(code, own, tuple(_named(part, numbers) for part in parts))


def members(group: Group, above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Each person as the codes of all the groups they are in."""
    within = (*above, group.code)
    for _person in range(group.own):
        yield within
    for part in group.parts:
        yield from members(part, within)


def every(group: Group) -> Iterator[Group]:
    yield group
    for part in group.parts:
        yield from every(part)


def can_be_found(people: list[tuple[str, ...]], codes: frozenset[str], wanted: frozenset[int]) -> bool:
    """By sums and differences, in any amounts: whether ``wanted`` is a combination of the groups shown (Gauss)."""
    rows = [
        [Fraction(code in person) for code in sorted(codes)] + [Fraction(i in wanted)]
        for i, person in enumerate(people)
    ]
    width, rank = len(codes), 0
    for column in range(width):
        pivot = next((row for row in range(rank, len(rows)) if rows[row][column]), None)
        if pivot is None:
            continue
        rows[rank], rows[pivot] = rows[pivot], rows[rank]
        rows[rank] = [value / rows[rank][column] for value in rows[rank]]
        for row in range(len(rows)):
            if row != rank and rows[row][column]:
                factor = rows[row][column]
                rows[row] = [a - factor * b for a, b in zip(rows[row], rows[rank], strict=True)]
        rank += 1
    return all(not row[width] for row in rows[rank:])


@given(trees(), st.integers(2, 10))
def test_no_group_below_the_least_is_found_by_subtraction(whole: Group, least: int) -> None:
    codes = shown(whole, least=least)
    people = list(members(whole))

    for group in every(whole):
        if 0 < group.size < least:
            wanted = frozenset(i for i, person in enumerate(people) if group.code in person)
            assert group.code not in codes
            assert not can_be_found(people, codes, wanted)
        if 0 < group.own < least:
            own = frozenset(i for i, person in enumerate(people) if person[-1] == group.code)
            assert not can_be_found(people, codes, own)


@given(trees(), st.integers(2, 10))
def test_what_subtraction_finds_is_never_fewer_than_the_least(whole: Group, least: int) -> None:
    found = remainders(whole, shown(whole, least=least))

    assert all(size >= least for size in found.values())
    assert sum(found.values()) == (whole.size if whole.size >= least else 0)


@given(trees(), st.integers(2, 10))
def test_nothing_is_held_back_without_need(whole: Group, least: int) -> None:
    """Where every group has enough, and its own people are none or enough, all are shown."""
    if all(group.size >= least and (group.own == 0 or group.own >= least) for group in every(whole)):
        assert shown(whole, least=least) == {group.code for group in every(whole)}


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ((5, 5, 5), {"WCC", "A", "B", "C"}),
        ((4, 5, 6), {"WCC", "C"}),
        ((4, 4, 6), {"WCC", "C"}),
        ((1, 5), {"WCC"}),
        ((0, 5), {"WCC", "B"}),
    ],
)
def test_the_next_smallest_is_held_back_with_one_alone(parts: tuple[int, ...], expected: set[str]) -> None:
    whole = Group("WCC", parts=tuple(Group(code, size) for code, size in zip("ABC", parts, strict=False)))

    assert shown(whole, least=5) == expected


def test_a_council_too_small_shows_nothing() -> None:
    assert shown(Group("WCC", own=4), least=5) == frozenset()


@given(st.dictionaries(st.integers(0, 8), st.frozensets(st.integers(0, 12)), max_size=8))
def test_parts_that_share_people_leave_nobody_or_enough(people: dict[int, frozenset[int]]) -> None:
    told = parts_shown(people, least=5)

    left = frozenset().union(*(who for part, who in people.items() if part not in told))
    assert all(len(people[part]) >= 5 for part in told)
    assert not left or not told or len(left) >= 5
