"""Three thousand bad formulas: each is refused in plain words at a place, or is a formula after all."""

import random
import string
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

import pytest

from goldenthread.domain.formula import Formula, FormulaError, Moment, NoValue, Reference, no_figure, parse
from tests.thorough import tried

COUNT = tried(3_000)

SOUND = [
    "[HO-1] / [HO-2] * 1000",
    "([BVPI 157] - previous([BVPI 157], 4)) / [BVPI 157].denominator",
    "if([HR 11] >= 10 and not [HR 11] = 0, year_to_date([HR 11]), last_year([HR 11]))",
    "mean([LPI/1|ward=Castle & Priory], max([R&B], 0), min([R&B], 2.5), sum([C1], [C2]))",
]
TYPED = [*"()[],.;:|=<>+-*/^%£$€×÷–−≤≥≠&@#~!?'\"{}\\", "\t", "\n", "\0", "\x1b", "\u200b", "\ufeff", "\u202e", "\ud83d"]
TYPED += [
    "١٢",
    "½",
    "e",
    "E9",
    "0x1F",
    "1,000",
    "1e5",
    "nan",
    "inf",
    "None",
    "true",
    "==",
    "=>",
    "<>",
    "and",
    "or",
    "not",
]
TYPED += ["average(", "round(", "if(", "sum(", "previous(", "__import__('os')", "eval(", "lambda:", "=SUM(A1:A9)", "''"]


def bad_formulas(count: int) -> Iterator[str]:
    chance = random.Random(2005)
    makers = [
        cut_short,
        with_one_more,
        with_one_less,
        swapped,
        of_signs,
        of_letters,
        too_deep,
        too_long,
        with_big_numbers,
    ]
    for number in range(count):
        yield makers[number % len(makers)](chance)


def cut_short(chance: random.Random) -> str:
    sound = chance.choice(SOUND)
    return sound[: chance.randrange(len(sound))]


def with_one_more(chance: random.Random) -> str:
    sound = chance.choice(SOUND)
    place = chance.randrange(len(sound) + 1)
    return sound[:place] + chance.choice(TYPED) + sound[place:]


def with_one_less(chance: random.Random) -> str:
    sound = chance.choice(SOUND)
    place = chance.choice([place for place, sign in enumerate(sound) if sign in "()[],"])
    return sound[:place] + sound[place + 1 :]


def swapped(chance: random.Random) -> str:
    words = chance.choice(SOUND).split(" ")
    chance.shuffle(words)
    return " ".join(words)


def of_signs(chance: random.Random) -> str:
    return "".join(chance.choices(TYPED, k=chance.randrange(30)))


def of_letters(chance: random.Random) -> str:
    return "".join(chance.choices(string.printable, k=chance.randrange(80)))


def too_deep(chance: random.Random) -> str:
    opening, closing = chance.choice(
        [("(", ")"), ("-", ""), ("sum(", ")"), ("if(not ", "=1,1,1)"), ("[", "]"), ("1+(", ")")]
    )
    depth = chance.randrange(45, 400)
    return opening * depth + "1" + closing * chance.choice([depth, depth - 1, depth + 1, 0])


def too_long(chance: random.Random) -> str:
    return chance.choice(["[HO-1] + ", "1", "(", "[", "sum(1, ", " ", "\n", "not ", "9.", "a"]) * chance.randrange(
        200, 3000
    )


def with_big_numbers(chance: random.Random) -> str:
    number = "9" * chance.randrange(20, 60) + chance.choice(["", ".", ".5", "E999999", "e-999999"])
    return " * ".join([number] * chance.randrange(1, 40)) + chance.choice(["", " / 0", " / [HO-1]", " - -"])


def outcome(text: str) -> Formula | FormulaError:
    try:
        return parse(text)
    except FormulaError as refused:
        return refused


def lookup(reference: Reference, moment: Moment) -> Decimal | NoValue:
    if reference.code == "HO-2":
        return no_figure(reference, "2018/19")
    return {"HO-1": Decimal(0), "R&B": Decimal("1E999999"), "C1": Decimal("NaN")}.get(reference.code, Decimal("2.5"))


@pytest.fixture(scope="module")
def outcomes() -> dict[str, Formula | FormulaError]:
    return {text: outcome(text) for text in bad_formulas(COUNT)}


def test_bad_formulas_each_have_an_outcome(outcomes: dict[str, Formula | FormulaError]) -> None:
    counted = Counter(type(outcomes[text]) for text in bad_formulas(COUNT))

    assert sum(counted.values()) == COUNT
    assert set(counted) == {Formula, FormulaError}
    assert counted[FormulaError] > COUNT * 3 // 4


def test_every_refusal_is_a_sentence_at_a_place(outcomes: dict[str, Formula | FormulaError]) -> None:
    for text, refused in outcomes.items():
        if isinstance(refused, FormulaError):
            assert refused.text == text
            assert 0 <= refused.position <= len(text)
            assert refused.message[-1] == "."
            assert refused.message.isprintable()
            assert len(refused.message) <= 250
            line, caret = refused.caret().split("\n")
            assert (caret.strip(), len(line) <= 72, len(caret) <= 73) == ("^", True, True)


def test_what_is_a_formula_after_all_gives_a_figure_or_no_value(outcomes: dict[str, Formula | FormulaError]) -> None:
    for formula in outcomes.values():
        if isinstance(formula, Formula):
            figure = formula.evaluate(lookup)
            assert isinstance(figure, NoValue) or figure.is_finite()


def test_no_refusal_speaks_of_the_parser(outcomes: dict[str, Formula | FormulaError]) -> None:
    jargon = ("token", "lark", "parse", "syntax", "expected", "exception", "NUMBER", "LPAR", "$END")
    refusals = [refused for refused in outcomes.values() if isinstance(refused, FormulaError)]

    assert [refused.message for refused in refusals if any(word in refused.message for word in jargon)] == []
