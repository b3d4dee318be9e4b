"""Completion by unit and stage: somebody who adds and subtracts all that is told finds no few people."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import chain, combinations
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.domain.completion import told_by_stage
from goldenthread.domain.small_groups import Group, every, shown

UNITS = ("CIT", "HWY", "WST", "STR")
#: How many stages each person has reached.
STAGES = (0, 1, 2, 3)
WITHIN = {"CIT": {"CIT"}, "HWY": {"CIT", "HWY"}, "WST": {"CIT", "WST"}, "STR": {"CIT", "WST", "STR"}}
Cell = tuple[str, int]
Row = list[Fraction]

people = st.fixed_dictionaries(
    {(unit, stages): st.one_of(st.just(0), st.integers(0, 7)) for unit in UNITS for stages in STAGES}
)


def city(of: dict[Cell, int]) -> Group:
    own = {unit: sum(of[unit, stages] for stages in STAGES) for unit in UNITS}
    waste = Group("WST", own["WST"], (Group("STR", own["STR"]),))
    return Group("CIT", own["CIT"], (Group("HWY", own["HWY"]), waste))


def reached(of: dict[Cell, int], stage: int) -> dict[str, int]:
    return {unit: sum(of[unit, stages] for stages in STAGES if stages >= stage) for unit in UNITS}


def reduced(rows: list[Row]) -> list[Row]:
    """In echelon form (Gauss)."""
    done: list[Row] = []
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((row for row in rows if row[column]), None)
        if pivot is None:
            continue
        rows.remove(pivot)
        pivot = [value / pivot[column] for value in pivot]
        rows = [_less(row, pivot, column) for row in rows]
        done = [*(_less(row, pivot, column) for row in done), pivot]
    return done


def _less(row: Row, pivot: Row, column: int) -> Row:
    return [value - row[column] * by for value, by in zip(row, pivot, strict=True)] if row[column] else row


def found(wanted: tuple[int, ...], rows: list[Row], width: int) -> bool:
    left = [Fraction(place in wanted) for place in range(width)]
    for row in rows:
        left = _less(left, row, next(place for place, value in enumerate(row) if value))
    return not any(left)


def told(of: dict[Cell, int], least: int) -> tuple[frozenset[str], list[frozenset[str]]]:
    whole = city(of)
    units = shown(whole, least=least)
    return units, told_by_stage(whole, [reached(of, stage) for stage in STAGES[1:]], least=least, among=units)


def subsets(places: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
    every_place = list(places)
    return chain.from_iterable(combinations(every_place, size) for size in range(1, len(every_place) + 1))


@settings(max_examples=60, deadline=None)
@given(people, st.integers(2, 6))
def test_no_few_people_are_found_by_adding_and_subtracting(of: dict[Cell, int], least: int) -> None:
    """All that is told of a stage, and of how many people each unit has."""
    units, stages = told(of, least)
    for stage, codes in zip(STAGES[1:], stages, strict=True):
        there = reached(of, stage)
        cells = [(unit, has) for unit in UNITS for has in (True, False)]
        sizes = [there[own] if has else sum(of[own, n] for n in STAGES) - there[own] for own, has in cells]
        known = reduced(
            [[Fraction(unit in WITHIN[own]) for own, _has in cells] for unit in units]
            + [[Fraction(has and unit in WITHIN[own]) for own, has in cells] for unit in codes]
        )
        few = [group for group in subsets(range(len(cells))) if 0 < sum(sizes[place] for place in group) < least]
        assert [group for group in few if found(group, known, len(cells))] == []
        assert codes <= units


@settings(max_examples=60, deadline=None)
@given(people, st.integers(2, 6))
def test_between_two_stages_of_the_same_people_are_no_few(of: dict[Cell, int], least: int) -> None:
    _units, stages = told(of, least)
    known = [reduced([[Fraction(unit in WITHIN[own]) for own in UNITS] for unit in codes]) for codes in stages]
    for group in subsets(range(len(UNITS))):
        numbers = [
            sum(reached(of, stage)[UNITS[place]] for place in group)
            for stage, rows in zip(STAGES[1:], known, strict=True)
            if found(group, rows, len(UNITS))
        ]
        assert [a - b for a, b in combinations(numbers, 2) if 0 < a - b < least] == []


def test_none_and_all_are_told_and_what_is_left_of_a_few_is_not() -> None:
    """Of the council's 40 all but two have objectives: its number and that of their unit are held back."""
    whole = Group("WCC", parts=(Group("CYP", 12), Group("CIT", 10, (Group("WST", 8), Group("HWY", 10)))))
    units = {group.code for group in every(whole)}
    objectives = {"CYP": 12, "CIT": 10, "WST": 8, "HWY": 8}
    signed = {"CYP": 0, "CIT": 6, "WST": 0, "HWY": 2}

    assert told_by_stage(whole, [objectives, signed], least=5, among=units) == [
        frozenset({"CYP", "WST"}),
        frozenset({"WCC", "CYP", "CIT", "WST"}),
    ]


def test_between_two_stages_the_earlier_is_held_back() -> None:
    """Eleven have had their mid-year review and ten of them their year end: one has not."""
    whole = Group("WCC", parts=(Group("CYP", 20), Group("CIT", 20)))
    mid_year, year_end = {"CYP": 11, "CIT": 15}, {"CYP": 10, "CIT": 10}

    assert told_by_stage(whole, [mid_year, year_end], least=5, among={"WCC", "CYP", "CIT"}) == [
        frozenset({"WCC"}),
        frozenset({"WCC", "CYP", "CIT"}),
    ]
