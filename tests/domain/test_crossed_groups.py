"""Units and kinds side by side: somebody who adds and subtracts all that is shown finds no few people."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import chain, combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.domain.crossed_groups import Crossed, crossed
from goldenthread.domain.small_groups import Group

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


@settings(max_examples=60)
@given(people, st.integers(2, 6))
def test_no_few_people_are_found_by_adding_and_subtracting(of: dict[tuple[str, str], int], least: int) -> None:
    found = crossed(city(of), of, least=least)
    cells = [cell for cell, number in of.items() if number]
    rows = reduced(found, cells)

    assert [group for group in few(cells, of, least) if can_be_found(group, rows, len(cells))] == []


def test_kinds_are_shown_where_nothing_tells() -> None:
    of = {(unit, kind): 5 for unit in UNITS for kind in KINDS}

    assert crossed(city(of), of, least=10) == Crossed(frozenset(UNITS), frozenset(KINDS))


def test_a_kind_that_would_tell_is_held_back_with_the_next_smallest() -> None:
    """All heads are in Highways, where two are none; officers and crews beside each other would tell of the heads."""
    of = dict.fromkeys(((unit, kind) for unit in UNITS for kind in KINDS), 20)
    of |= {("HWY", "head"): 12, ("HWY", "officer"): 2, ("HWY", "crew"): 0}
    of |= {(unit, "head"): 0 for unit in ("CIT", "WST", "STR")}

    assert crossed(city(of), of, least=10) == Crossed(frozenset(UNITS), frozenset({"officer"}))


def test_a_council_too_small_shows_nothing() -> None:
    of = dict.fromkeys(((unit, kind) for unit in UNITS for kind in KINDS), 0) | {("CIT", "head"): 4}

    assert crossed(city(of), of, least=5) == Crossed(frozenset(), frozenset())
