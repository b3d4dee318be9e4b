"""Units and kinds side by side: somebody who adds and subtracts all that is shown finds no few people."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import chain, combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.domain.crossed_groups import Crossed, crossed
from goldenthread.domain.small_groups import Counts, Group, enough, mixed, together

UNITS = ("CIT", "HWY", "WST", "STR")
KINDS = ("head", "officer", "crew")
#: The directorate's own office, two services, and a team in the second.
WITHIN = {"CIT": {"CIT"}, "HWY": {"CIT", "HWY"}, "WST": {"CIT", "WST"}, "STR": {"CIT", "WST", "STR"}}

people = st.fixed_dictionaries({(unit, kind): st.integers(0, 6) for unit in UNITS for kind in KINDS})


def city(of: dict[tuple[str, str], int]) -> Group:
    own = {unit: sum(of[unit, kind] for kind in KINDS) for unit in UNITS}
    waste = Group("WST", own["WST"], (Group("STR", own["STR"]),))
    return Group("CIT", own["CIT"], (Group("HWY", own["HWY"]), waste))


def reduced(found: Crossed, cells: list[tuple[str, str]]) -> list[list[Fraction]]:
    """All that is shown as rows over the cells, in echelon form (Gauss)."""
    rows = [[Fraction(unit in WITHIN[cell[0]]) for cell in cells] for unit in found.units]
    rows += [[Fraction(kind == cell[1]) for cell in cells] for kind in found.kinds]
    done: list[list[Fraction]] = []
    for column in range(len(cells)):
        pivot = next((row for row in rows if row[column]), None)
        if pivot is None:
            continue
        rows.remove(pivot)
        pivot = [value / pivot[column] for value in pivot]
        rows = [_less(row, pivot, column) for row in rows]
        done = [*(_less(row, pivot, column) for row in done), pivot]
    return done


def _less(row: list[Fraction], pivot: list[Fraction], column: int) -> list[Fraction]:
    return [value - row[column] * by for value, by in zip(row, pivot, strict=True)] if row[column] else row


def can_be_found(wanted: tuple[int, ...], rows: list[list[Fraction]], width: int) -> bool:
    left = [Fraction(place in wanted) for place in range(width)]
    for row in rows:
        column = next(place for place, value in enumerate(row) if value)
        left = _less(left, row, column)
    return not any(left)


def few(cells: list[tuple[str, str]], of: dict[tuple[str, str], int], least: int) -> Iterator[tuple[int, ...]]:
    """Every group of cells that together are fewer than the least."""
    places = [place for place, cell in enumerate(cells) if of[cell] < least]
    for group in chain.from_iterable(combinations(places, size) for size in range(1, 5)):
        if sum(of[cells[place]] for place in group) < least:
            yield group


def counted(of: dict[tuple[str, str], int]) -> dict[tuple[str, str], Counts]:
    return {cell: (number,) for cell, number in of.items()}


@settings(max_examples=60)
@given(people, st.integers(2, 6))
def test_no_few_people_are_found_by_adding_and_subtracting(of: dict[tuple[str, str], int], least: int) -> None:
    found = crossed(city(of), counted(of), enough(least))
    cells = [cell for cell, number in of.items() if number]
    rows = reduced(found, cells)

    assert [group for group in few(cells, of, least) if can_be_found(group, rows, len(cells))] == []


@settings(max_examples=60, deadline=None)
@given(st.fixed_dictionaries({(unit, kind): st.tuples(*[st.integers(0, 3)] * 2) for unit in UNITS for kind in KINDS}))
def test_no_people_who_all_gave_the_same_answer_are_found(of: dict[tuple[str, str], Counts]) -> None:
    sizes = {cell: sum(counts) for cell, counts in of.items()}
    found = crossed(city(sizes), of, mixed(4))
    cells = [cell for cell, number in sizes.items() if number]
    rows = reduced(found, cells)

    alike = [
        group
        for size in range(1, 5)
        for group in combinations(range(len(cells)), size)
        if not mixed(4)(together([of[cells[place]] for place in group]))
    ]
    assert [group for group in alike if can_be_found(group, rows, len(cells))] == []


def test_kinds_are_shown_where_nothing_tells() -> None:
    of = {(unit, kind): 5 for unit in UNITS for kind in KINDS}

    assert crossed(city(of), counted(of), enough(10)) == Crossed(frozenset(UNITS), frozenset(KINDS))


def test_a_kind_that_would_tell_is_held_back_with_the_next_smallest() -> None:
    """All heads are in Highways, where two are none; officers and crews beside each other would tell of the heads."""
    of = dict.fromkeys(((unit, kind) for unit in UNITS for kind in KINDS), 20)
    of |= {("HWY", "head"): 12, ("HWY", "officer"): 2, ("HWY", "crew"): 0}
    of |= {(unit, "head"): 0 for unit in ("CIT", "WST", "STR")}

    assert crossed(city(of), counted(of), enough(10)) == Crossed(frozenset(UNITS), frozenset({"officer"}))


def test_a_group_in_which_all_have_the_same_rating_is_held_back_and_so_is_what_would_tell_of_it() -> None:
    """All ten of Highways are good, and so are all heads: the one would follow from Waste, the other from officers."""
    of = {
        ("HWY", "officer"): (0, 10),
        ("WST", "officer"): (2, 10),
        ("STR", "crew"): (3, 9),
        ("WST", "head"): (0, 11),
        ("CIT", "officer"): (0, 0),
    }
    whole = city({(unit, kind): sum(of.get((unit, kind), (0,))) for unit in UNITS for kind in KINDS})

    assert crossed(whole, of, mixed(10)) == Crossed(frozenset({"CIT"}), frozenset({"officer"}))


def test_a_council_too_small_shows_nothing() -> None:
    of = dict.fromkeys(((unit, kind) for unit in UNITS for kind in KINDS), 0) | {("CIT", "head"): 4}

    assert crossed(city(of), counted(of), enough(5)) == Crossed(frozenset(), frozenset())
