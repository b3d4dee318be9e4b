"""Measures from measures: read, refused, worked out, checked and put in order."""

import doctest
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal, localcontext
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from goldenthread.domain.definition import Definition
from goldenthread.domain.formula import (
    FaultKind,
    Formula,
    FormulaError,
    FormulaFault,
    Half,
    Moment,
    NoValue,
    Reference,
    When,
    check,
    circles,
    dependents,
    evaluation_order,
    no_figure,
    parse,
)
from goldenthread.domain.reasons import Reason
from goldenthread.domain.words import DataType, Frequency
from tests.thorough import tried

ROOT = Path(__file__).parents[2]
NOW = Moment()
PERIOD = "2018/19 Q2"


def council(**figures: str) -> Callable[[Reference, Moment], Decimal | NoValue]:
    """A lookup over figures named by code, with ``_`` for a hyphen; all moments alike."""
    by_code = {code.replace("_", "-"): Decimal(figure) for code, figure in figures.items()}

    def lookup(reference: Reference, moment: Moment) -> Decimal | NoValue:
        return by_code[reference.code] if reference.code in by_code else no_figure(reference, PERIOD)

    return lookup


HOUSING = council(HO_1="84", HO_2="42000", HO_3="-7.5", HO_0="0")


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("[HO-1] / [HO-2] * 1000", "2.000"),
        ("[HO-1] - 4 - 80", "0"),
        ("100 / 10 / 5", "2"),
        ("2 + 3 * 4", "14"),
        ("(2 + 3) * 4", "20"),
        ("-[HO-1] * 2", "-168"),
        ("2 - -3", "5"),
        ("- - 3", "3"),
        (".5 + 0.25", "0.75"),
        ("sum([HO-1])", "84"),
        ("SUM([HO-1], 1, 2, 3)", "90"),
        ("mean([HO-1], 85)", "84.5"),
        ("max([HO-1], [HO-3], 12)", "84"),
        ("min([HO-1], [HO-3], 12)", "-7.5"),
        ("if([HO-1] > 80, 1, 0)", "1"),
        ("If([HO-1] <= 80 Or [HO-3] < 0, 1, 0)", "1"),
        ("if(not [HO-1] = 84 and [HO-0] = 0, 1, 0)", "0"),
        ("if(not ([HO-1] = 84 and [HO-0] <> 0), 1, 0)", "1"),
        ("if(1 = 1 or 1 = 1 and 1 = 2, 1, 0)", "1"),
        ("if((1 < 2), if(2 < 1, 1, 2), 3)", "2"),
        ("  [HO-1]\n\t+ [HO-3]\u00a0", "76.5"),
        ("1 / 3", "0.3333333333333333333333333333"),
    ],
)
def test_a_formula_gives_its_figure(text: str, figure: str) -> None:
    assert parse(text).evaluate(HOUSING) == Decimal(figure)


@pytest.mark.parametrize(
    ("text", "reference", "moment"),
    [
        ("[HO-1]", Reference("HO-1"), NOW),
        ("[ BVPI 157/a & (b), 1.2 ]", Reference("BVPI 157/a & (b), 1.2"), NOW),
        ("[Tai – Cymru £]", Reference("Tai – Cymru £"), NOW),
        ("[1,000 lives]", Reference("1,000 lives"), NOW),
        ("[HO-1].numerator", Reference("HO-1", half=Half.NUMERATOR), NOW),
        ("[HO-1] . Denominator", Reference("HO-1", half=Half.DENOMINATOR), NOW),
        ("[HO-1|sex=F]", Reference("HO-1", category="sex=F"), NOW),
        ("[HO-1 | sex = F; age=16-24]", Reference("HO-1", category="sex=F;age=16-24"), NOW),
        ("previous([HO-1])", Reference("HO-1"), Moment(When.PREVIOUS, 1)),
        ("previous([HO-1], 12)", Reference("HO-1"), Moment(When.PREVIOUS, 12)),
        ("last_year(([HO-1]))", Reference("HO-1"), Moment(When.LAST_YEAR)),
        (
            "Year_To_Date([HO-1|sex=F].numerator)",
            Reference("HO-1", half=Half.NUMERATOR, category="sex=F"),
            Moment(When.YEAR_TO_DATE),
        ),
    ],
)
def test_a_reference_asks_for_one_figure_at_one_moment(text: str, reference: Reference, moment: Moment) -> None:
    asked = []

    def lookup(reference: Reference, moment: Moment) -> Decimal:
        asked.append((reference, moment))
        return Decimal("7.25")

    formula = parse(text)

    assert formula.evaluate(lookup) == Decimal("7.25")
    assert asked == [(reference, moment)]
    assert formula.asks == ((reference, moment),)
    assert formula.references == frozenset({reference.code})


def test_what_a_formula_asks_for_is_listed_once_in_the_order_written() -> None:
    formula = parse("([HO-2] - previous([HO-2])) / [HO-2] + if([HO-1] > 0, [HO-1], 0)")

    assert formula.asks == (
        (Reference("HO-2"), NOW),
        (Reference("HO-2"), Moment(When.PREVIOUS, 1)),
        (Reference("HO-1"), NOW),
    )
    assert formula.references == {"HO-1", "HO-2"}


def test_a_formula_is_read_once_and_cannot_be_changed() -> None:
    formula = parse("[HO-1] * 2")

    assert parse("[HO-1] * 2") is formula
    with pytest.raises(AttributeError):
        formula.text = "[HO-1] * 3"


def test_a_lone_figure_keeps_every_digit() -> None:
    rateable_value = "12345678901234567890123456789012.5"

    assert parse("[FI-1]").evaluate(council(FI_1=rateable_value)) == Decimal(rateable_value)


# No value, and why


def missing(measure: str, **more: str) -> NoValue:
    return NoValue(Reason("formula_missing", {"measure": measure, "period": PERIOD, **more}))


@pytest.mark.parametrize(
    "text",
    [
        "[HO-9]",
        "[HO-1] + [HO-9]",
        "0 * [HO-9]",
        "-[HO-9]",
        "sum([HO-1], [HO-9])",
        "mean([HO-9], [HO-1])",
        "max([HO-1], [HO-9])",
        "min([HO-1], [HO-9])",
        "if([HO-9] > 0, 1, 1)",
        "if([HO-1] > 0, [HO-9], 1)",
        "if([HO-1] < 0 or [HO-9] > 1, 1, 1)",
        "previous([HO-9])",
    ],
)
def test_a_missing_figure_is_never_zero(text: str) -> None:
    assert parse(text).evaluate(HOUSING) == missing("HO-9")


@pytest.mark.parametrize(
    "text",
    [
        "if([HO-1] > 0, 84, [HO-9])",
        "if([HO-1] < 0, [HO-9] / [HO-0], 84)",
        "if([HO-1] > 0 or [HO-9] > 1, 84, 0)",
        "if([HO-1] < 0 and [HO-9] > 1, 0, 84)",
        "if([HO-0] <> 0 and 1 / [HO-0] > 1, 0, 84)",
    ],
)
def test_a_missing_figure_that_is_not_needed_does_not_matter(text: str) -> None:
    assert parse(text).evaluate(HOUSING) == Decimal(84)


def test_a_missing_figure_is_named_with_its_half_and_category() -> None:
    formula = parse("[HO-9|sex=F].numerator / 2")

    assert formula.evaluate(HOUSING) == missing("HO-9", half="numerator", category="sex=F")


def test_the_first_missing_figure_is_the_one_named() -> None:
    assert parse("[HO-7] + [HO-8]").evaluate(HOUSING) == missing("HO-7")


@pytest.mark.parametrize(
    ("text", "divisor"),
    [
        ("[HO-1] / [HO-0]", "[HO-0]"),
        ("[HO-0] / 0", "0"),
        ("[HO-1] / ([HO-1] - 84) * 100", "([HO-1] - 84)"),
        ("1 / sum([HO-0], 0.00)", "sum([HO-0], 0.00)"),
    ],
)
def test_dividing_by_zero_gives_no_value_and_names_the_divisor(text: str, divisor: str) -> None:
    assert parse(text).evaluate(HOUSING) == NoValue(Reason("formula_divide_by_zero", {"divisor": divisor}))


@pytest.mark.parametrize("text", ["[X]", "[X] * [X]", "-[X]", "max([X], [X])", "if([X] = [X], [X], [X])"])
@pytest.mark.parametrize("figure", ["1E999999", "-1E999999", "NaN", "sNaN", "Infinity", "-Infinity", "1E-999999"])
def test_a_figure_beyond_all_reason_gives_no_value(text: str, figure: str) -> None:
    assert parse(text).evaluate(council(X=figure)) == NoValue(Reason("formula_out_of_range", {"power": "999"}))


# Refused where it is written


@pytest.mark.parametrize(
    ("text", "position", "message"),
    [
        ("", 0, "The formula is empty: write one such as [HO-1] / [HO-2] * 1000."),
        (" \n ", 0, "The formula is empty: write one such as [HO-1] / [HO-2] * 1000."),
        ("[HO-1] /", 8, "The formula ends with /: write what follows it."),
        ("if([A] > 1 and", 14, "The formula ends with and: write what follows it."),
        ("([A] + 1", 0, "This ( is not closed: write ) where it should end."),
        ("sum([A], (1 + 2) * 3", 3, "This ( is not closed: write ) where it should end."),
        ("[A] + 1)", 7, "This ) closes nothing: write ( where it should open, or leave it out."),
        ("[A + 1", 0, "This [ is not closed: write ] after the measure's code."),
        ("A] + 1", 1, "This ] has no [ before it: write a measure's code as [HO-1]."),
        ("[ ] + 1", 0, "A measure's code is missing between [ and ]: write one such as [HO-1]."),
        ("HO / 2", 0, "HO means nothing here: write a measure's code in square brackets, as in [HO]."),
        ("2 * sum", 4, "sum is a function: write sum( and its figures and )."),
        ("average([A], [B])", 0, "There is no function average: write mean."),
        (
            "1 + median([A], [B])",
            4,
            "There is no function median: there are sum, mean, max, min, if, previous, last_year and year_to_date.",
        ),
        ("sum()", 4, "sum needs one figure or more: write sum([HO-1], [HO-2])."),
        ("sum([A] [B])", 8, "A comma or an operator (+ - * /) is missing between [A] and [B]."),
        ("if([A] > 0 1, 2)", 11, "A comma or an operator (+ - * /) is missing between 0 and 1."),
        ("if([A] > [B] 1, 2)", 13, "A comma or an operator (+ - * /) is missing between [B] and 1."),
        ("2 [A]", 2, "An operator (+ - * /) is missing between 2 and [A]."),
        ("([A])([B])", 5, "An operator (+ - * /) is missing between ) and (."),
        ("1 000 * [A]", 2, "Two numbers stand side by side: write 1000 if it is one number."),
        ("1.2.3", 3, "1.2.3 is no number: write one decimal point at most."),
        ("5. + 1", 1, "A full stop stands only inside a number, such as 0.5, or before numerator or denominator."),
        ("1E6 * [A]", 1, "Powers of ten are not used in formulas: write the number in full."),
        (
            "[A] * 1,000",
            6,
            "1,000 may be one number or several: write 1000, or a space after each comma that separates two.",
        ),
        (
            "max([A], 1,500)",
            9,
            "1,500 may be one number or several: write 1500, or a space after each comma that separates two.",
        ),
        ("9" * 29, 0, "The number has too many digits: write 28 at most."),
        ("* [A]", 0, "A formula does not start with *: write a figure first."),
        ("+ [A]", 0, "A formula does not start with +; a positive number needs no sign."),
        ("[A] + * [B]", 5, "A figure is missing between + and *."),
        ("[A] + + [B]", 6, "A figure is missing before this +; a positive number needs no sign."),
        ("sum([A], )", 8, "A figure is missing between , and )."),
        ("sum(, [A])", 4, "A figure is missing between ( and ,."),
        ("()", 1, "A figure is missing between ( and )."),
        ("[A], [B]", 3, "A comma only separates the figures given to a function, as in sum([HO-1], [HO-2])."),
        ("[A] × 2", 4, "× is not used in formulas: write * to multiply."),
        ("[A] – 2", 4, "This dash is not a minus sign: write -."),
        ("[A] * 5%", 7, "% is not used in formulas: write 0.05 for 5%, or * 100 to make a percentage."),
        ("£5 * [A]", 0, "£ is not used in formulas: write the number alone."),
        ("[A] @ 2", 4, "@ is not used in formulas."),
        ("[A]\0", 3, "The character U+0000 is not used in formulas."),
        ("[A].percentage", 3, "A measure has no percentage: write .numerator or .denominator."),
        ("5.numerator", 1, "Only a measure has a numerator or denominator: write [HO-1].numerator."),
        ("[A|F]", 0, "F names no category: write its scheme and name, as in [HO-1|sex=F]."),
        ("[A|]", 0, "Nothing names no category: write its scheme and name, as in [HO-1|sex=F]."),
        ("[A] > 1", 0, "The formula is a condition, not a figure: write if(condition, 1, 0)."),
        (
            "if([A], 1, 2)",
            3,
            "if starts with a condition such as [HO-1] > 0, and this is a figure.",
        ),
        (
            "if([A] > 0, 1)",
            13,
            "if takes a condition and two figures, and has 2 of the three: write if([HO-1] > 0, [HO-2] / [HO-1], 0).",
        ),
        ("if([A] > 0, 1, 1 > 2)", 15, "The second and third of an if are figures, and this is a condition."),
        ("if(1 < [A] < 3, 1, 0)", 11, "Only two figures are compared at a time: join two comparisons with and."),
        ("if([A] == 3, 1, 0)", 7, "== is no comparison: write =."),
        ("if([A] => 3, 1, 0)", 7, "=> is no comparison: write >=."),
        ("if([A] > = 3, 1, 0)", 7, "The two signs of >= are written without a space."),
        ("if([A] != 3, 1, 0)", 7, "! is not used in formulas: write <> for 'differs from', or not before a condition."),
        ("if([A] and [B], 1, 0)", 3, "and joins conditions such as [HO-1] > 0, and this is a figure."),
        ("if([A] > 0 or 1, 1, 0)", 14, "or joins conditions such as [HO-1] > 0, and this is a figure."),
        ("if(not [A], 1, 0)", 7, "not stands before a condition such as [HO-1] > 0, and this is a figure."),
        ("([A] > 0) * 2", 0, "A condition cannot be multiplied or divided: write if(condition, 1, 0)."),
        ("2 + ([A] > 0)", 4, "A condition cannot be added or subtracted: write if(condition, 1, 0)."),
        ("-([A] > 0)", 1, "A minus sign stands before a figure, not before a condition."),
        ("if(([A] > 0) = 1, 1, 0)", 3, "Only figures are compared: join conditions with and, or or."),
        ("sum([A] > 0)", 4, "sum takes figures, and this is a condition: write if(condition, 1, 0)."),
        (
            "previous([A] + 1)",
            9,
            "previous takes a measure in square brackets and nothing else: write previous([HO-1]) or "
            "previous([HO-1], 2).",
        ),
        (
            "last_year(previous([A]))",
            10,
            "last_year takes a measure in square brackets and nothing else: write last_year([HO-1]).",
        ),
        ("previous()", 9, "previous takes one measure: write previous([HO-1]) or previous([HO-1], 2)."),
        ("last_year([A], 2)", 15, "last_year takes one measure: write last_year([HO-1])."),
        ("previous([A], 0)", 14, "previous goes back a whole number of periods: write one from 1 to 800."),
        ("previous([A], [B])", 14, "previous goes back a whole number of periods: write one from 1 to 800."),
    ],
)
def test_what_is_no_formula_is_refused_with_what_would_be_right(text: str, position: int, message: str) -> None:
    with pytest.raises(FormulaError) as refused:
        parse(text)

    assert (refused.value.position, refused.value.message) == (position, message)
    assert refused.value.text == text


def test_a_refusal_shows_the_place_by_line_and_column() -> None:
    with pytest.raises(FormulaError) as refused:
        parse("[HO-1]\n  + [HO-2] [HO-3]\n  * 2")

    assert (refused.value.line, refused.value.column) == (2, 12)
    assert refused.value.caret() == "  + [HO-2] [HO-3]\n           ^"


def test_a_refusal_of_a_long_line_shows_what_stands_around_the_place() -> None:
    with pytest.raises(FormulaError) as refused:
        parse("[HO-1] + " * 100 + "× 2")

    line, caret = refused.value.caret().split("\n")
    assert line[caret.index("^")] == "×"
    assert len(line) <= 72


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[A]" + " + 1" * 600, "The formula has 2,403 characters and may have 2,000: split it into several measures."),
        ("-" * 1999 + "1", "More than 50 sums stand inside one another: split the formula into several measures."),
        (
            "if(" + "not " * 400 + "1=1,1,2)",
            "More than 50 sums stand inside one another: split the formula into several measures.",
        ),
        (
            "max(" * 300 + "1" + ")" * 300,
            "More than 50 sums stand inside one another: split the formula into several measures.",
        ),
        ("(" * 2000, "This ( is not closed: write ) where it should end."),
    ],
    ids=["characters", "minus", "not", "max", "brackets"],
)
def test_a_formula_too_long_or_too_deep_is_refused(text: str, message: str) -> None:
    with pytest.raises(FormulaError) as refused:
        parse(text)

    assert refused.value.message == message


@pytest.mark.parametrize(
    ("text", "figure"),
    [("(" * 999 + "1" + ")" * 999, 1), ("+".join(["1"] * 1000), 1000), ("if(1=1" + " and 1=1" * 240 + ",1,0)", 1)],
    ids=["brackets", "terms", "conditions"],
)
def test_a_long_formula_that_is_not_deep_is_worked_out(text: str, figure: int) -> None:
    assert parse(text).evaluate(HOUSING) == figure


# The same as a sum done slowly

CODES = ["HO-1", "BVPI 157", "R&B/2", "None"]
FIGURES = {"HO-1": Decimal("84.25"), "BVPI 157": Decimal(0), "R&B/2": Decimal("-3.7")}
PRECEDENCE = {"or": 1, "and": 2, "not": 3, "=": 4, "<>": 4, "<": 4, "<=": 4, ">": 4, ">=": 4}
PRECEDENCE |= {"+": 5, "-": 5, "*": 6, "/": 6, "minus": 7}

numbers = st.tuples(st.just("number"), st.sampled_from(["0", "1", "2.50", ".5", "007", "1000", "3.14159"]))
figures = st.tuples(st.just("figure"), st.sampled_from(CODES), st.sampled_from(["", "previous", "last_year"]))


def larger(sums: st.SearchStrategy) -> st.SearchStrategy:
    comparison = st.tuples(st.sampled_from(["=", "<>", "<", "<=", ">", ">="]), sums, sums)
    joined = st.tuples(st.sampled_from(["and", "or"]), comparison, comparison)
    conditions = st.one_of(
        comparison,
        joined,
        st.tuples(st.just("not"), comparison | joined),
        st.tuples(st.sampled_from(["and", "or"]), joined, joined),
    )
    return st.one_of(
        st.tuples(st.sampled_from(["+", "-", "*", "/"]), sums, sums),
        st.tuples(st.just("minus"), sums),
        st.tuples(st.sampled_from(["sum", "mean", "max", "min"]), st.lists(sums, min_size=1, max_size=3)),
        st.tuples(st.just("if"), conditions, sums, sums),
    )


sums = st.recursive(numbers | figures, larger, max_leaves=8)


def written(tree: tuple, gap: str = "") -> str:
    """The tree as a formula with only the brackets it needs, ``gap`` around its signs."""
    kind = tree[0]
    if kind == "number":
        return tree[1]
    if kind == "figure":
        return f"{tree[2]}([{tree[1]}])" if tree[2] else f"[{tree[1]}]"
    if kind in ("sum", "mean", "max", "min"):
        return f"{kind}({', '.join(written(argument, gap) for argument in tree[1])})"
    if kind == "if":
        return f"if({', '.join(written(argument, gap) for argument in tree[1:])})"
    rank = PRECEDENCE[kind]
    if kind == "minus":
        return f"-{bracketed(tree[1], rank, gap)}"
    if kind == "not":
        return f"not {bracketed(tree[1], rank, gap)}"
    spaced = f" {kind} " if kind in ("and", "or") else f"{gap}{kind}{gap}"
    left_rank = rank + 1 if rank == 4 else rank
    return bracketed(tree[1], left_rank, gap) + spaced + bracketed(tree[2], rank + 1, gap)


def bracketed(tree: tuple, rank: int, gap: str) -> str:
    text = written(tree, gap)
    return f"({gap}{text}{gap})" if PRECEDENCE.get(tree[0], 9) < rank else text


class Without(Exception):
    pass


def slowly(tree: tuple) -> Decimal | bool:
    kind = tree[0]
    if kind == "number":
        return Decimal(tree[1])
    if kind == "figure":
        if tree[1] not in FIGURES:
            raise Without("formula_missing")
        return FIGURES[tree[1]] + {"": 0, "previous": 1, "last_year": 4}[tree[2]]
    if kind in ("sum", "mean", "max", "min"):
        values = [slowly(argument) for argument in tree[1]]
        return {"sum": sum, "max": max, "min": min, "mean": lambda v: sum(v) / len(v)}[kind](values)
    if kind == "if":
        return slowly(tree[2]) if slowly(tree[1]) else slowly(tree[3])
    if kind == "minus":
        return -slowly(tree[1])
    if kind == "not":
        return not slowly(tree[1])
    left = slowly(tree[1])
    if kind == "and":
        return left and slowly(tree[2])
    if kind == "or":
        return left or slowly(tree[2])
    right = slowly(tree[2])
    if kind == "/":
        if right == 0:
            raise Without("formula_divide_by_zero")
        return left / right
    return {
        "+": lambda: left + right,
        "-": lambda: left - right,
        "*": lambda: left * right,
        "=": lambda: left == right,
        "<>": lambda: left != right,
        "<": lambda: left < right,
        "<=": lambda: left <= right,
        ">": lambda: left > right,
        ">=": lambda: left >= right,
    }[kind]()


def lookup(reference: Reference, moment: Moment) -> Decimal | NoValue:
    if reference.code not in FIGURES:
        return no_figure(reference, PERIOD)
    later = {When.THIS_PERIOD: 0, When.PREVIOUS: 1, When.LAST_YEAR: 4}[moment.when]
    return FIGURES[reference.code] + later


@settings(max_examples=tried(2000), suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(tree=sums, gap=st.sampled_from(["", " ", "\n"]))
@example(tree=("-", ("number", "1"), ("-", ("number", "1"), ("number", "1"))), gap="")
@example(tree=("/", ("number", "1"), ("*", ("number", "3"), ("number", "7"))), gap="")
def test_every_formula_is_the_sum_it_says(tree: tuple, gap: str) -> None:
    with localcontext() as context:
        context.prec = 28
        try:
            expected = slowly(tree)
        except Without as without:
            expected = str(without)

    figure = parse(written(tree, gap)).evaluate(lookup)

    assert (figure.reason.code if isinstance(figure, NoValue) else figure) == expected


def test_the_context_of_the_caller_does_not_matter() -> None:
    with localcontext() as context:
        context.prec = 3
        assert parse("2 / 3").evaluate(HOUSING) == Decimal("0.6666666666666666666666666667")


# Anything at all

SOUND = [
    "[HO-1] / [HO-2] * 1000",
    "if([HO-1] >= 10 and not [HO-2] = 0, [HO-1|sex=F].numerator / [HO-2].denominator, -1.5)",
    "mean(previous([R&B/2], 3), last_year([R&B/2]), year_to_date([HO-1]))",
    "(max([A], [B]) - min([A], [B])) / 2 + sum(1, 2.25, [C])",
]
PIECES = ["(", ")", "[", "]", ",", ".", "|", "=", "<", ">", "+", "-", "*", "/", " ", "\n", "0", "9", "1,000", "E5"]
PIECES += ["and", "or", "not", "if(", "sum(", "previous(", ".numerator", "[HO-1]", "×", "%", "\0", "é", "\ud800"]

mangled = st.builds(
    lambda sound, cuts: mangle(sound, cuts),
    st.sampled_from(SOUND),
    st.lists(st.tuples(st.integers(0, 120), st.integers(0, 6), st.sampled_from(["", *PIECES])), min_size=1, max_size=4),
)


def mangle(sound: str, cuts: list[tuple[int, int, str]]) -> str:
    for place, length, piece in cuts:
        sound = sound[:place] + piece + sound[place + length :]
    return sound


def outcome(text: str) -> Formula | FormulaError:
    try:
        return parse(text)
    except FormulaError as refused:
        return refused


def read_or_refuse(text: str) -> None:
    read = outcome(text)
    if isinstance(read, Formula):
        assert isinstance(read.evaluate(HOUSING), Decimal | NoValue)
    else:
        assert 0 <= read.position <= len(text)
        assert read.message.endswith(".")
        assert read.caret().endswith("^")
        assert (read.line >= 1, read.column >= 1) == (True, True)


@settings(max_examples=tried(2000), deadline=None)
@given(mangled)
def test_a_mangled_formula_is_read_or_refused(text: str) -> None:
    read_or_refuse(text)


@settings(max_examples=tried(1000), deadline=None)
@given(st.text(max_size=60) | st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_any_text_is_read_or_refused(text: str) -> None:
    read_or_refuse(text)


# Formulas as they stand together

KNOWN = {
    definition.code: definition
    for definition in [
        Definition(code="HO-1", unit_of_measure="households", frequency=Frequency.QUARTER),
        Definition(code="HO-2", unit_of_measure=" Households", frequency=Frequency.MONTH),
        Definition(code="HR-1", data_type=DataType.DURATION, unit_of_measure="days"),
        Definition(code="FI-1", data_type=DataType.MONEY, unit_of_measure="£"),
        Definition(code="FI-2", data_type=DataType.MONEY, unit_of_measure="£000"),
        Definition(code="PC-1", data_type=DataType.PERCENTAGE),
        Definition(code="PO-1", unit_of_measure="people", frequency=Frequency.YEAR),
        Definition(code="X-1"),
        Definition(code="X-2"),
        Definition(code="X-3", frequency=Frequency.MONTH),
    ]
}


@pytest.mark.parametrize(
    "text",
    [
        "[HO-1] + [HO-2]",
        "[HO-1] + 12 - [HO-2]",
        "[FI-1] / [HO-1] + [PC-1] * [HR-1]",
        "[FI-1] * 2 + [PC-1]",
        "[PC-1].numerator + [FI-1]",
        "if([PC-1] > 50, [FI-1], -[FI-1])",
        "max([HR-1], previous([HR-1]), 0)",
        "if([FI-1] > 0 and [HR-1] > 0, 1, 0)",
    ],
)
def test_like_units_and_shorter_periods_are_no_fault(text: str) -> None:
    assert check({"X-1": text}, KNOWN) == []


@pytest.mark.parametrize(
    ("text", "position", "message"),
    [
        (
            "[FI-1] + [PC-1]",
            9,
            "[PC-1] is a percentage and [FI-1] is money (£): only like is added to like.",
        ),
        (
            "1 - [HO-1] + [HR-1] * 2 - [HR-1]",
            26,
            "[HR-1] is a duration (days) and [HO-1] is a number (households): only like is taken from like.",
        ),
        (
            "[FI-1] + [FI-2]",
            9,
            "[FI-2] is money (£000) and [FI-1] is money (£): only like is added to like.",
        ),
        (
            "sum([FI-1], 2, last_year([HO-1]))",
            15,
            "last_year([HO-1]) is a number (households) and [FI-1] is money (£): "
            "sum takes only figures that are alike.",
        ),
        (
            "2 * mean(-[HR-1], max([HO-1], 3))",
            18,
            "max([HO-1], 3) is a number (households) and -[HR-1] is a duration (days): "
            "mean takes only figures that are alike.",
        ),
        (
            "if([X-2] = 1, [FI-1], [PC-1])",
            22,
            "[PC-1] is a percentage and [FI-1] is money (£): both figures of an if are alike.",
        ),
        (
            "if([PC-1] > [FI-1], 1, 0)",
            12,
            "[FI-1] is money (£) and [PC-1] is a percentage: only like is compared with like.",
        ),
    ],
)
def test_unlike_units_are_a_fault(text: str, position: int, message: str) -> None:
    assert check({"X-1": text}, KNOWN) == [
        FormulaFault(measure="X-1", kind=FaultKind.UNITS, message=message, position=position)
    ]


def test_the_sign_before_the_unlike_figure_is_the_one_named() -> None:
    (fault,) = check({"X-1": "[FI-1] - [FI-1] + [PC-1]"}, KNOWN)

    assert fault.message == "[PC-1] is a percentage and [FI-1] is money (£): only like is added to like."


@pytest.mark.parametrize(
    ("measure", "text", "message"),
    [
        (
            "X-1",
            "[PO-1]",
            "X-1 is quarterly and [PO-1] is yearly: "
            "refer to one that is daily, weekly, monthly or quarterly, or that is a snapshot.",
        ),
        (
            "X-3",
            "1 + [HO-1].numerator",
            "X-3 is monthly and [HO-1].numerator is quarterly: "
            "refer to one that is daily, weekly or monthly, or that is a snapshot.",
        ),
    ],
)
def test_a_measure_given_too_seldom_is_a_fault(measure: str, text: str, message: str) -> None:
    assert check({measure: text}, KNOWN) == [
        FormulaFault(measure=measure, kind=FaultKind.FREQUENCY, message=message, position=text.index("["))
    ]


def test_quarters_do_not_make_up_a_third_of_a_year() -> None:
    known = {**KNOWN, "T-1": Definition(code="T-1", frequency=Frequency.THIRD)}

    (fault,) = check({"T-1": "[HO-1]"}, known)

    assert str(fault) == (
        "T-1: T-1 is three times a year and [HO-1] is quarterly: "
        "refer to one that is daily, weekly, monthly or three times a year, or that is a snapshot."
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[ZZ 9]", "There is no measure ZZ 9: write the code of a measure that is here, or add the measure first."),
        ("[ho1]", "There is no measure ho1: write [HO-1]."),
        ("[HO-1.numerator]", "There is no measure HO-1.numerator: write [HO-1].numerator."),
        ("[HO-1 / [HO-2]", "There is no measure HO-1 / [HO-2: write ] after HO-1."),
    ],
)
def test_an_unknown_code_is_a_fault(text: str, message: str) -> None:
    assert check({"X-1": text}, KNOWN) == [
        FormulaFault(measure="X-1", kind=FaultKind.UNKNOWN_CODE, message=message, position=0)
    ]


def test_every_fault_is_found_in_code_order_and_as_written() -> None:
    formulas = {"X-3": "[PO-1] +", "X-2": "[ZZ] + [PO-1] + [FI-1]", "X-1": "previous([X-1]) * 2"}

    assert [(fault.measure, fault.kind, fault.position) for fault in check(formulas, KNOWN)] == [
        ("X-1", FaultKind.CIRCLE, 0),
        ("X-2", FaultKind.UNKNOWN_CODE, 0),
        ("X-2", FaultKind.FREQUENCY, 7),
        ("X-2", FaultKind.UNITS, 16),
        ("X-3", FaultKind.WRITING, 8),
    ]


def test_a_circle_is_a_fault_with_the_path_that_closes_it() -> None:
    formulas = {"X-2": "[X-1] * 2", "X-1": "[HO-2] + previous([X-3])", "X-3": "[X-2] + 0"}

    assert [fault for fault in check(formulas, KNOWN) if fault.kind is FaultKind.CIRCLE] == [
        FormulaFault(
            measure="X-1",
            kind=FaultKind.CIRCLE,
            message="The formulas go round in a circle: X-1 → X-3 → X-2 → X-1. Take one of the references out.",
            position=9,
            path=("X-1", "X-3", "X-2", "X-1"),
        )
    ]


def test_a_measure_that_refers_to_itself_is_a_fault() -> None:
    (fault,) = check({"X-1": "previous([X-1]) + [X-2]"}, KNOWN)

    assert str(fault) == "X-1: X-1 refers to itself: write it from other measures."


# Order


def test_measures_are_worked_out_after_those_they_need_and_else_in_code_order() -> None:
    formulas = {"C": "[B] + [A]", "B": "[A] + [raw]", "D": "[raw]", "A": "[E]", "E": "1"}

    assert evaluation_order(formulas) == ["D", "E", "A", "B", "C"]


def test_a_changed_figure_moves_every_measure_made_from_it() -> None:
    formulas = {"C": "[B] + [A]", "B": "[A] + [raw]", "D": "[other]", "A": "[E]", "E": "last_year([seed])"}

    assert dependents(formulas, ["raw"]) == ["B", "C"]
    assert dependents(formulas, ["seed", "other"]) == ["D", "E", "A", "B", "C"]
    assert dependents(formulas, ["B", "A"]) == ["B", "C"]
    assert dependents(formulas, ["C", "nobody's"]) == []
    assert dependents(formulas, []) == []


def test_an_order_is_refused_where_there_is_a_circle() -> None:
    with pytest.raises(FormulaError) as refused:
        evaluation_order({"A": "[raw] + [B]", "B": "[A]", "C": "[A]"})

    assert refused.value.message == "The formulas go round in a circle: A → B → A. Take one of the references out."
    assert refused.value.caret() == "[raw] + [B]\n        ^"


def test_a_chain_of_ten_thousand_measures_is_put_in_order() -> None:
    formulas = {f"M{number:05}": f"[M{number + 1:05}]" for number in range(10_000)}

    order = evaluation_order(formulas)

    assert order == sorted(formulas, reverse=True)
    assert circles({**formulas, "M10000": "[M00000]"})[0][:3] == ("M00000", "M00001", "M00002")


@settings(max_examples=tried(300), deadline=None)
@given(st.dictionaries(st.sampled_from("ABCDEFG"), st.lists(st.sampled_from("ABCDEFGH"), min_size=1, max_size=4)))
def test_there_is_an_order_exactly_where_there_is_no_circle(references: dict[str, list[str]]) -> None:
    formulas = {code: " + ".join(f"[{other}]" for other in others) for code, others in references.items()}
    paths = circles(formulas)

    for path in paths:
        assert path[0] == path[-1] == min(path)
        assert all(after in references[before] for before, after in pairwise(path))
    if paths:
        with pytest.raises(FormulaError):
            evaluation_order(formulas)
    else:
        order = evaluation_order(formulas)
        assert sorted(order) == sorted(formulas)
        assert all(
            order.index(other) < order.index(code) for code in order for other in references[code] if other in order
        )


# The house


def test_lark_is_not_loaded_until_a_formula_is_read() -> None:
    program = "import sys, goldenthread.domain.formula; sys.exit('lark' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False).returncode == 0


def test_the_page_about_formulas_is_true() -> None:
    page = ROOT / "docs/sums/formulas.md"

    assert doctest.testfile(str(page), module_relative=False).failed == 0
