"""Numbers as spreadsheets write them: what is read, what must be declared, and what is refused with advice."""

import csv
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.domain.numbers import Bound, Number, NumberError, read_number
from goldenthread.domain.words import Comparison, Missing, State

DATA = Path(__file__).parents[2] / "../shared/data"

MISSING = {
    "": Missing.NOT_COLLECTED,
    "n/a": Missing.NOT_APPLICABLE,
    "..": Missing.NOT_AVAILABLE,
    "c": Missing.SUPPRESSED,
}
UNITS = {
    "days": Decimal(1),
    "k": Decimal(1000),
    "m": Decimal(1_000_000),
    "working days": Decimal(1),
    "p": Decimal("0.01"),
}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("94.8", Number(Decimal("94.8"))),
        (" 0 ", Number(Decimal(0))),
        ("-0", Number(Decimal(0))),
        ("+5", Number(Decimal(5))),
        (".5", Number(Decimal("0.5"))),
        ("1,234,567.80", Number(Decimal("1234567.80"))),
        ("-5", Number(Decimal(-5))),
        ("−5.5", Number(Decimal("-5.5"))),
        ("84.2%", Number(Decimal("84.2"), unit="%")),
        ("84.2\u00a0%", Number(Decimal("84.2"), unit="%")),
        ("£1,234", Number(Decimal(1234), unit="£")),
        ("-£5", Number(Decimal(-5), unit="£")),
        ("£-5", Number(Decimal(-5), unit="£")),
        ("12.3*", Number(Decimal("12.3"), marks=("*",))),
        ("45 [1]", Number(Decimal(45), marks=("1",))),
        ("45 [Note 3] †", Number(Decimal(45), marks=("Note 3", "†"))),
        ("45 (note 3)", Number(Decimal(45), marks=("3",))),
        ("45²", Number(Decimal(45), marks=("²",))),
        ("45 (p)", Number(Decimal(45), state=State.PROVISIONAL)),
        ("45% [r]*", Number(Decimal(45), unit="%", marks=("*",), state=State.RESTATED)),
        ("1,045 (Estimated)", Number(Decimal(1045), state=State.ESTIMATE)),
        ("", Number()),
        ("\u00a0", Number()),
    ],
)
def test_a_figure_is_read_without_any_declaration(text, number):
    assert read_number(text) == number


@pytest.mark.parametrize(
    ("text", "declared", "number"),
    [
        ("n/a", {"words_for_missing": MISSING}, Number(missing=Missing.NOT_APPLICABLE)),
        (" N/A ", {"words_for_missing": MISSING}, Number(missing=Missing.NOT_APPLICABLE)),
        ("", {"words_for_missing": MISSING}, Number(missing=Missing.NOT_COLLECTED)),
        ("–", {"words_for_missing": {"-": Missing.NOT_AVAILABLE}}, Number(missing=Missing.NOT_AVAILABLE)),
        ("<5", {"words_for_missing": {"<5": Missing.SUPPRESSED}}, Number(missing=Missing.SUPPRESSED)),
        ("0 ", {"words_for_missing": {"0": Missing.NOT_COLLECTED}}, Number(missing=Missing.NOT_COLLECTED)),
        ("nil", {"words_for_values": {"Nil": Decimal(0)}}, Number(Decimal(0))),
        ("Yes", {"words_for_values": {"yes": Decimal(1), "no": Decimal(0)}}, Number(Decimal(1))),
        ("10.3 days", {"units": UNITS}, Number(Decimal("10.3"), unit="days")),
        ("10.3 Working Days", {"units": UNITS}, Number(Decimal("10.3"), unit="Working Days")),
        ("£1.2m", {"units": UNITS}, Number(Decimal(1_200_000), unit="m")),
        ("12k", {"units": UNITS}, Number(Decimal(12_000), unit="k")),
        ("85p", {"units": UNITS}, Number(Decimal("0.85"), unit="p")),
        ("12.3p", {"states": {"p": State.PROVISIONAL}}, Number(Decimal("12.3"), state=State.PROVISIONAL)),
        ("(12.3)", {"brackets_negative": True}, Number(Decimal("-12.3"))),
        ("(£1,234)", {"brackets_negative": True}, Number(Decimal(-1234), unit="£")),
        ("£(1,234)", {"brackets_negative": True}, Number(Decimal(-1234), unit="£")),
        ("5.5327e-05", {"exponents": True}, Number(Decimal("0.000055327"))),
        ("0.948", {"scale": Decimal(100)}, Number(Decimal("94.8"))),
        ("94.8%", {"scale": Decimal(100)}, Number(Decimal("94.8"), unit="%")),
    ],
)
def test_what_is_declared_is_read(text, declared, number):
    assert read_number(text, **declared) == number


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("n/a", "if it says why there is none, declare it as a word for missing"),
        (":", "if it says why there is none, declare it as a word for missing"),
        ("[c]", "if it says why there is none, declare it as a word for missing"),
        ("tbc", "if it says why there is none, declare it as a word for missing"),
        ("NaN", "correct the sum that made it"),
        ("-inf", "correct the sum that made it"),
        ("#DIV/0!", "the spreadsheet could not do its sum; correct the sum, or declare it as a word for missing"),
        (
            "4:30",
            "hours and minutes or minutes and seconds? Write the number in the measure's own unit, such as 4.5",
        ),
        ("1.2E+05", "a spreadsheet has shortened it; format the cell as a number and save the file again"),
        ("94,8", "commas part thousands; write a decimal with a point"),
        ("1,23,456", "commas part thousands, three digits each"),
        ("31/03/2021", "it looks like a date"),
        ("(12.3)", "declare that brackets are negatives, if they are"),
        ("10.3 days", "declare the unit 'days', or leave it out"),
        (
            ">=95",
            "it is a limit; a column of targets may keep it as a text, and in one of figures it is a word for missing",
        ),
        ("Top quartile", "write digits, with a point for decimals"),
        ("£5%", "write digits, with a point for decimals"),
        ("12..3", "write digits, with a point for decimals"),
        ("--5", "write digits, with a point for decimals"),
        ("１２", "write digits, with a point for decimals"),
        ("5.4% (2023-24); 6.3% (2024-25)", "write digits, with a point for decimals"),
    ],
)
def test_the_rest_is_refused_with_advice(text, advice):
    with pytest.raises(NumberError) as refused:
        read_number(text)

    assert str(refused.value) == f"{text!r} is not a number: {advice}"


@pytest.mark.parametrize("text", ["9" * 29, "1." + "1" * 28, "0." + "0" * 31 + "1"])
def test_a_figure_too_long_to_be_summed_exactly_is_refused(text):
    with pytest.raises(NumberError, match=r"has more digits than a figure can have \(28\)"):
        read_number(text)


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("Greater than 50%", Bound(Comparison.MORE_THAN, Decimal(50))),
        (">=95", Bound(Comparison.AT_LEAST, Decimal(95))),
        ("≥ 95%", Bound(Comparison.AT_LEAST, Decimal(95))),
        ("9% or above", Bound(Comparison.AT_LEAST, Decimal(9))),
        ("95%+", Bound(Comparison.AT_LEAST, Decimal(95))),
        ("< 5", Bound(Comparison.LESS_THAN, Decimal(5))),
        ("no more than 1,200", Bound(Comparison.AT_MOST, Decimal(1200))),
        ("Within 10 days", Bound(Comparison.AT_MOST, Decimal(10))),
        ("Between 40% and 60%", Bound(Comparison.BETWEEN, low=Decimal(40), high=Decimal(60))),
        ("40 – 60%", Bound(Comparison.BETWEEN, low=Decimal(40), high=Decimal(60))),
        ("Top quartile", None),
        ("Maintain 9% or above", None),
        ("25% lower than same quarter last year", None),
        ("4 minutes (quarterly target)", None),
        ("Over the England average", None),
    ],
)
def test_a_target_in_words_is_kept_as_a_note_with_the_comparison_it_plainly_makes(text, bound):
    assert read_number(text, texts=True, units=UNITS) == Number(note=text, bound=bound)


@pytest.mark.parametrize(
    "text", ["tbc", "4:30", "12..3", "94,8", "NaN", "#N/A", "10.3 furlongs", "(5)", "2023-24", "60-40"]
)
def test_a_number_gone_wrong_is_no_target_in_words(text):
    with pytest.raises(NumberError):
        read_number(text, texts=True)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (0.1 + 0.2, Decimal("0.3")),
        (84.2 * 3 / 3, Decimal("84.2")),
        (1e-05, Decimal("0.00001")),
        (1e15, Decimal(10) ** 15),
        (2018, Decimal(2018)),
        (-0.0, Decimal(0)),
        (Decimal("12.50"), Decimal("12.50")),
    ],
)
def test_a_number_cell_holds_the_figure_that_the_spreadsheet_shows(cell, value):
    assert read_number(cell) == Number(value)


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        (float("nan"), "the cell holds nan, which is not a number"),
        (date(2021, 3, 31), "the cell holds a date, 31/03/2021: format it as a number and type the figure again"),
        (
            datetime(2021, 3, 31, tzinfo=UTC),
            "the cell holds a date, 31/03/2021: format it as a number and type the figure again",
        ),
        (time(4, 30), "the cell holds a time, 04:30:00: hours and minutes or minutes and seconds?"),
        (timedelta(hours=30), "the cell holds a time, 1 day, 6:00:00: hours and minutes or minutes and seconds?"),
        (True, "'TRUE' is not a number: write digits, with a point for decimals"),
        (1e300, "has more digits than a figure can have"),
    ],
)
def test_other_cells_are_refused(cell, message):
    with pytest.raises(NumberError) as refused:
        read_number(cell)

    assert message in str(refused.value)


def read_or_refusal(cell, **declared):
    try:
        return read_number(cell, **declared)
    except NumberError as refused:
        return str(refused)


ANY_TEXT = st.text(max_size=300) | st.text(st.sampled_from("0123456789.,-+£%()[]<>*:e NnaAtopr≥–²\u00a0"), max_size=24)


@given(ANY_TEXT, st.booleans(), st.booleans(), st.booleans())
def test_any_text_gives_a_number_or_a_clear_refusal(text, texts, brackets, exponents):
    answer = read_or_refusal(
        text,
        words_for_missing=MISSING,
        units=UNITS,
        texts=texts,
        brackets_negative=brackets,
        exponents=exponents,
        scale=Decimal(100),
    )

    assert isinstance(answer, Number) or 0 < len(answer) < 250
    if isinstance(answer, Number):
        assert answer.value is None or answer.value.is_finite()
        assert answer.value is None or answer.missing is None


@given(st.floats() | st.integers(-(10**40), 10**40) | st.decimals())
def test_any_number_cell_gives_a_number_or_a_clear_refusal(cell):
    answer = read_or_refusal(cell)

    assert isinstance(answer, Number | str)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**12), max_value=10**12))
def test_however_it_is_written_the_figure_is_the_same(value):
    figure = read_number(str(value)).value

    assert figure == value
    assert read_number(f"{value:,f}").value == figure
    assert read_number(f" {value:,f} % (p)").value == figure
    assert read_number(f"£{value}*").value == figure
    assert read_number(f"({abs(value)})", brackets_negative=True).value == -abs(figure)


@pytest.mark.shared_data
@pytest.mark.skipif(not DATA.is_dir(), reason="the folder of real council data is absent")
class TestRealNumbers:
    def test_every_value_of_the_sdg_trafford_and_hart_files_is_read(self):
        columns = {"sdg/csv/*.csv": ["Value"], "trafford/*__*.csv": ["value"], "hart/*.csv": ["y", "lq", "tq", "t"]}
        found = Counter()
        for pattern, names in columns.items():
            for path in DATA.glob(pattern):
                with path.open(newline="", encoding="utf-8-sig") as file:
                    for row in csv.DictReader(file):
                        for name in names:
                            if (text := row.get(name)) is not None:
                                answer = read_or_refusal(
                                    text, words_for_missing={"NA": Missing.NOT_AVAILABLE}, exponents=True
                                )
                                found[pattern[:3], "refused" if isinstance(answer, str) else answer.missing] += 1

        assert found.keys() == {("sdg", None), ("tra", None), ("tra", Missing.NOT_AVAILABLE), ("har", None)}
        assert found["tra", Missing.NOT_AVAILABLE] == 2051
