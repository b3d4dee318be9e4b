"""Three thousand bad values and as many bad periods: each is read, or refused in one plain line; none crashes.

Formulas gone wrong are in test_formula_bad_input.py, packages in tests/package, maps and files in tests/importing.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterator

import pytest

from goldenthread.domain.labels import READERS, read_label
from goldenthread.domain.numbers import Number, NumberError, read_number
from goldenthread.domain.periods import Period, PeriodError
from goldenthread.domain.words import Missing

COUNT = 3000

VALUES = ["94.8", "1,234,567.80", "£1.2m", "84.2%", "12.3* [Note 3]", "45 (p)", "-0", "(1,204)", "10.3 days", "<5"]
PERIODS = ["2018/19", "2018/19 Q3", "2018-10", "2018-W42", "2018-10-05", "2018/19 academic autumn", "2018 T3"]
PERIODS += ["2014/15 to 2016/17", "2021-10 to 2022-09", "Q3 2018/19", "Oct 2021-Sep 2022", "2019/20 [Note 5]"]
TYPED = [*"0123456789.,-–−+/%£€()[]*†;:<>=~#'\"\\ \t\n\0\u00a0\u200b\ufeff\u202e\ud83d"]
TYPED += ["½", "²", "١٢", "Ⅷ", "E9", "e-400", "NaN", "Infinity", "#REF!", "=1+1", "TBC", "n/a", "k", "Q5", " to "]
TYPED += ["9" * 40, "0." + "1" * 90, "x" * 5_000, "(" * 500, "0000", "9999/00", "2024-02-30", "2024-13"]


def gone_wrong(sound: list[str]) -> Iterator[str]:
    """``COUNT`` texts, the same ones each time: what is sound with slips in it, or slips alone."""
    chance = random.Random(2007)
    for number in range(COUNT):
        text = "" if number % 5 == 0 else chance.choice(sound)
        for _ in range(chance.randint(1, 4)):
            place = chance.randrange(len(text) + 1)
            text = text[:place] + chance.choice(["", *TYPED]) + text[place + chance.randint(0, 3) :]
        yield text


def outcome(read: Callable[[], Number | Period]) -> Number | Period | str:
    try:
        return read()
    except (NumberError, PeriodError) as refused:
        return str(refused)


def count(outcomes: list[Number | Period | str]) -> Counter[str]:
    refusals = [one for one in outcomes if isinstance(one, str)]
    assert [words for words in refusals if not (10 < len(words) <= 400 and words.isprintable())] == []
    return Counter(refused=len(refusals), read=len(outcomes) - len(refusals))


@pytest.mark.parametrize("texts", [True, False])
def test_three_thousand_values_are_read_or_refused(texts: bool) -> None:
    missing = {"n/a": Missing.NOT_APPLICABLE}
    outcomes = [
        outcome(lambda text=text: read_number(text, words_for_missing=missing, texts=texts))
        for text in gone_wrong(VALUES)
    ]

    assert count(outcomes).total() == COUNT
    assert min(count(outcomes).values()) > 100
    figures = [one.value for one in outcomes if isinstance(one, Number) and one.value is not None]
    assert all(figure.is_finite() for figure in figures)


def test_three_thousand_periods_are_read_or_refused() -> None:
    readers = [*READERS]
    outcomes = [
        outcome(lambda text=text: Period.parse(text))
        if number % 2
        else outcome(lambda text=text, number=number: read_label(text, [readers[number % len(readers)]]).period)
        for number, text in enumerate(gone_wrong(PERIODS))
    ]

    assert count(outcomes).total() == COUNT
    assert min(count(outcomes).values()) > 0
    assert all(Period.parse(one.text) is one for one in outcomes if isinstance(one, Period))
