import ast
import json
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.domain import amounts, reasons, sentences
from goldenthread.domain.amounts import Amounts, day_number, day_of, digits
from goldenthread.domain.definition import Definition
from goldenthread.domain.reasons import SENTENCES, Reason, explain
from goldenthread.domain.rules import Rule
from goldenthread.domain.sentences import RATED_CODES, STATUS_WORDS
from goldenthread.domain.status import rate
from goldenthread.domain.targets import TargetInForce
from goldenthread.domain.words import (
    Against,
    Basis,
    Compare,
    Comparison,
    DataType,
    Family,
    Missing,
    Polarity,
    Status,
)

AGREED = date(2026, 3, 3)
CALLS = Definition(code="CS02", data_type=DataType.PERCENTAGE, decimals=1, polarity=Polarity.HIGHER)
DAYS = Definition(code="HB1", data_type=DataType.DURATION, unit_of_measure="days", decimals=1, polarity=Polarity.LOWER)
OCCUPANCY = Definition(code="HO-9", data_type=DataType.PERCENTAGE, decimals=0, polarity=Polarity.RANGE)


def d(number):
    return None if number is None else Decimal(str(number))


def rule(family, basis=Basis.PERCENT, *, agreed_on=AGREED, **options):
    edges = {name: d(edge) for name, edge in options.items() if isinstance(edge, int | float)}
    return Rule(code="CORP", family=family, basis=basis, agreed_on=agreed_on, **(options | edges))


def aim(value=None, comparison=Comparison.AT_LEAST, **others):
    numbers = {
        name: d(other) if isinstance(other, int | float | str) and other is not True else other
        for name, other in others.items()
    }
    return TargetInForce(value=d(value), comparison=comparison, **numbers)


def said(measure, by, target, value, **others):
    return explain(rate(measure, by, target, value=d(value), **others).reason)


AT_MOST, BETWEEN = Comparison.AT_MOST, Comparison.BETWEEN
TOLERANCE = rule(Family.MISS_TOLERANCE, Basis.POINTS, amber=5)


class TestSentences:
    """Why is this amber? In words, with the sum, the rule and when it was agreed."""

    @pytest.mark.parametrize(
        ("measure", "by", "target", "value", "words"),
        [
            (
                CALLS,
                TOLERANCE,
                aim(87),
                "84.2",
                "Amber: 84.2% is 2.8 percentage points below the target of 87%, "
                "within the 5-point tolerance agreed on 3 March 2026",
            ),
            (
                CALLS,
                replace(TOLERANCE, agreed_on=None),
                aim(87),
                "81.2",
                "Red: 81.2% is 5.8 percentage points below the target of 87%, beyond the 5-point tolerance",
            ),
            (CALLS, TOLERANCE, aim(87), 87, "Green: 87% meets the target of 87%"),
            (CALLS, TOLERANCE, aim(87), 88, "Green: 88% is 1 percentage point above the target of 87%"),
            (
                CALLS,
                rule(Family.STRICT),
                aim(87),
                "84.2",
                "Red: 84.2% is 2.8 percentage points below the target of 87%, "
                "and the rule agreed on 3 March 2026 allows no tolerance",
            ),
            (
                CALLS,
                rule(Family.MISS_TOLERANCE, amber=10, exceed=5),
                aim(80),
                84,
                "Blue: 84% is 4 percentage points (5% of the target) above the target of 80%, "
                "reaching the 5% margin for blue agreed on 3 March 2026",
            ),
            (
                DAYS,
                rule(Family.MISS_TOLERANCE, amber=10),
                aim(18, AT_MOST),
                "19.51",
                "Amber: 19.5 days is 1.5 days (8.4% of the target) above the target of 18 days, "
                "within the 10% tolerance agreed on 3 March 2026",
            ),
            (
                DAYS,
                rule(Family.MISS_TOLERANCE, Basis.ABSOLUTE, amber=1),
                aim(18, AT_MOST),
                "19",
                "Amber: 19 days is 1 day above the target of 18 days, "
                "within the 1-day tolerance agreed on 3 March 2026",
            ),
            (
                CALLS,
                rule(Family.GREEN_BAND, Basis.POINTS, green=2, amber=5, agreed_on=None),
                aim(87),
                86,
                "Green: 86% is 1 percentage point below the target of 87%, within the 2-point tolerance for green",
            ),
            (
                CALLS,
                rule(Family.FOUR_BAND, Basis.POINTS, green=1, amber=3, red_amber=6, agreed_on=None),
                aim(87),
                82,
                "Red-amber: 82% is 5 percentage points below the target of 87%, "
                "within the 6-point tolerance for red-amber",
            ),
            (
                CALLS,
                rule(Family.FOUR_BAND, Basis.POINTS, green=1, amber=3, red_amber=6, agreed_on=None),
                aim(87),
                80,
                "Red: 80% is 7 percentage points below the target of 87%, beyond the 6-point tolerance for red-amber",
            ),
            (
                DAYS,
                rule(Family.TWO_THRESHOLDS),
                aim(18, AT_MOST, floor=20),
                19,
                "Amber: 19 days is 1 day above the target of 18 days, but not above the red line of 20 days",
            ),
            (
                CALLS,
                rule(Family.TWO_THRESHOLDS),
                aim(87, floor=80),
                80,
                "Amber: 80% is 7 percentage points below the target of 87%, "
                "and on the red line of 80%, which is still amber",
            ),
            (
                CALLS,
                rule(Family.TWO_THRESHOLDS),
                aim(87, floor=80),
                79,
                "Red: 79% is 8 percentage points below the target of 87%, and below the red line of 80%",
            ),
            (
                CALLS,
                rule(Family.SYMMETRIC, Basis.POINTS, green=3, agreed_on=None),
                aim(87),
                91,
                "Blue: 91% is 4 percentage points above the target of 87%, better by more than the 3-point tolerance",
            ),
            (
                CALLS,
                rule(Family.MISS_TOLERANCE, Basis.IMPROVEMENT, amber=25, agreed_on=None),
                aim(80, baseline=60),
                76,
                "Amber: 76% is 4 percentage points (20% of the planned move from 60%) below the target of 80%, "
                "within the 25% tolerance",
            ),
            (
                OCCUPANCY,
                TOLERANCE,
                aim(None, BETWEEN, low=40, high=60),
                50,
                "Green: 50% is within the target range of 40% to 60%",
            ),
            (
                OCCUPANCY,
                rule(Family.MISS_TOLERANCE, amber=10, agreed_on=None),
                aim(None, BETWEEN, low=40, high=60),
                62,
                "Amber: 62% is 2 percentage points (3.3% of that limit) above the target range of 40% to 60%, "
                "within the 10% tolerance",
            ),
            (
                CALLS,
                rule(Family.STRICT, agreed_on=None),
                aim(50, Comparison.MORE_THAN),
                50,
                "Red: 50% only equals, and does not pass, the target of more than 50%, "
                "and the rule allows no tolerance",
            ),
            (
                DAYS,
                rule(Family.MISS_TOLERANCE, amber=10, absolute_amber=2, agreed_on=None),
                aim(0, AT_MOST),
                1,
                "Amber: 1 day is 1 day above the target of 0 days, within the 2-day tolerance. "
                "A percentage of a target of 0 cannot be computed, so the rule's absolute tolerance is used",
            ),
        ],
    )
    def test_every_family_and_basis(self, measure, by, target, value, words):
        assert said(measure, by, target, value) == words

    @pytest.mark.parametrize(
        ("earlier", "against", "words"),
        [
            (80, Against.LAST_YEAR, "but better than the 80% of a year before"),
            (82, Against.LAST_YEAR, "but no worse than the 82% of a year before"),
            (84, Against.PREVIOUS, "and worse than the 84% of the period before"),
        ],
    )
    def test_direction(self, earlier, against, words):
        by = rule(Family.DIRECTION_CONDITIONED, Basis.POINTS, green=2, against=against, agreed_on=None)
        text = said(CALLS, by, aim(87), 82, earlier=d(earlier))
        assert text.partition(": ")[2] == (
            f"82% is 5 percentage points below the target of 87%, beyond the 2-point tolerance, {words}"
        )

    @pytest.mark.parametrize(
        ("measure", "target", "value", "words"),
        [
            (
                Definition(code="F1", data_type=DataType.MONEY, polarity=Polarity.LOWER, decimals=2),
                "73390",
                "73800.5",
                "Amber: £73,800.50 is £410.50 above the target of £73,390, within the £500 tolerance",
            ),
            (
                Definition(code="F2", data_type=DataType.MONEY, unit_of_measure="£m", polarity=Polarity.LOWER),
                "-1.2",
                "2",
                "Amber: £2m is £3.2m above the target of -£1.2m, within the £500m tolerance",
            ),
            (
                Definition(code="HO", unit_of_measure="missed bins", polarity=Polarity.LOWER),
                "1200",
                "1450",
                "Amber: 1,450 missed bins is 250 above the target of 1,200, within the tolerance of 500",
            ),
            (
                Definition(
                    code="R", data_type=DataType.RATE, unit_of_measure="per 1,000", polarity=Polarity.LOWER, decimals=1
                ),
                "5.6",
                "7.25",
                "Amber: 7.3 per 1,000 is 1.7 above the target of 5.6, within the tolerance of 500",
            ),
            (
                Definition(code="D", data_type=DataType.DATE, polarity=Polarity.LOWER),
                day_number(date(2026, 7, 31)),
                day_number(date(2026, 8, 5)),
                "Amber: 5 August 2026 is 5 days later than the target of 31 July 2026, within the 500-day tolerance",
            ),
        ],
    )
    def test_units(self, measure, target, value, words):
        by = rule(Family.MISS_TOLERANCE, Basis.ABSOLUTE, amber=500, agreed_on=None)
        assert said(measure, by, aim(target, AT_MOST), value) == words

    def test_yes_or_no(self):
        adopted = Definition(code="PL-1", data_type=DataType.YES_NO, polarity=Polarity.HIGHER)
        assert said(adopted, rule(Family.STRICT), aim(1), 0) == "Red: No against a target of Yes"
        assert said(adopted, rule(Family.STRICT), aim(1), 1) == "Green: Yes against a target of Yes"

    def test_amended_and_corrected_targets_say_what_stood_before(self):
        strict = rule(Family.STRICT)
        assert said(CALLS, strict, aim(87, amended=True, original=90), 88) == (
            "Green: 88% is 1 percentage point above the target of 87%. The target was amended from 90%"
        )
        assert said(CALLS, strict, aim(87, corrected=True), 88) == (
            "Green: 88% is 1 percentage point above the target of 87%. The target was corrected"
        )

    def test_a_category_held_to_the_whole_says_so(self):
        assert said(CALLS, rule(Family.STRICT), aim(87, of_whole=True), 87) == (
            "Green: 87% meets the target of 87%. The target is the one for the whole"
        )


class TestDecimals:
    """The sum must be right as it is printed."""

    def test_a_miss_hidden_by_rounding_is_shown(self):
        by = rule(Family.STRICT, agreed_on=None)
        assert said(replace(CALLS, decimals=0), by, aim(95), "94.96") == (
            "Red: 94.96% is 0.04 percentage points below the target of 95%, and the rule allows no tolerance. "
            "Decimals are shown, because without them both read 95%"
        )
        assert said(CALLS, by, aim(95), "94.9996") == (
            "Red: 94.9996% is 0.0004 percentage points below the target of 95%, and the rule allows no tolerance. "
            "More decimals are shown, because to 1 both read 95%"
        )

    def test_compared_as_shown_says_what_was_rounded(self):
        by = rule(Family.STRICT, compare=Compare.AS_SHOWN)
        assert said(replace(CALLS, decimals=0), by, aim(95), "94.96") == (
            "Green: 95% meets the target of 95%. Compared as shown: 94.96% before rounding"
        )

    def test_a_gap_just_beyond_the_tolerance_does_not_read_as_within_it(self):
        text = said(CALLS, replace(TOLERANCE, agreed_on=None), aim(87), "81.97")
        assert text == "Red: 81.97% is 5.03 percentage points below the target of 87%, beyond the 5-point tolerance"

    def test_a_percentage_just_beyond_the_tolerance_does_not_either(self):
        by = rule(Family.MISS_TOLERANCE, amber=10, agreed_on=None)
        assert said(replace(DAYS, decimals=3), by, aim(18, AT_MOST), "19.803") == (
            "Red: 19.803 days is 1.803 days (10.02% of the target) above the target of 18 days, "
            "beyond the 10% tolerance"
        )

    def test_a_figure_just_below_the_red_line_does_not_read_as_on_it(self):
        assert said(CALLS, rule(Family.TWO_THRESHOLDS), aim(87, floor=80), "79.96") == (
            "Red: 79.96% is 7.04 percentage points below the target of 87%, and below the red line of 80%"
        )

    def test_a_long_quotient_is_cut_short_where_the_measure_does_not_say(self):
        by = rule(Family.STRICT, agreed_on=None)
        text = said(replace(CALLS, decimals=None), by, aim(87), Decimal(1094) / 13)
        assert text == "Red: 84.15% is 2.85 percentage points below the target of 87%, and the rule allows no tolerance"

    def test_a_target_is_shown_as_it_was_typed(self):
        text = said(CALLS, rule(Family.STRICT, agreed_on=None), aim("98.65"), "98.62")
        assert text == (
            "Red: 98.62% is 0.03 percentage points below the target of 98.65%, and the rule allows no tolerance"
        )


class TestKept:
    def test_params_are_text_and_survive_json(self):
        rating = rate(CALLS, TOLERANCE, aim(87), value=d("84.20"))
        assert rating.reason == Reason(
            "within_tolerance",
            {
                "status": "amber",
                "value": "84.2",
                "comparison": "at_least",
                "shortfall": "2.8",
                "data_type": "percentage",
                "decimals": "1",
                "target": "87",
                "edge": "5",
                "basis": "points",
                "agreed_on": "2026-03-03",
            },
        )
        assert json.loads(json.dumps(dict(rating.reason.params))) == rating.reason.params
        assert all(isinstance(text, str) for text in rating.reason.params.values())

    def test_a_reason_without_its_parameters_still_has_words(self):
        for code in (*SENTENCES, *RATED_CODES, "rule", "judged", "target_even", "target_unheard_of", "unheard_of"):
            assert explain(Reason(code))

    def test_an_unknown_code_is_shown_as_it_is(self):
        assert explain(Reason("data_lost", {"measure": "HO-1"})) == "Data lost"

    @pytest.mark.parametrize(
        ("reason", "words"),
        [
            (
                Reason("formula_missing", {"measure": "HO-1", "period": "2018/19 Q2"}),
                "HO-1 has no figure for 2018/19 Q2",
            ),
            (Reason("formula_divide_by_zero", {"divisor": "[HO-2]"}), "[HO-2] is 0, and nothing can be divided by it"),
        ],
    )
    def test_a_formula_without_a_figure_says_why(self, reason, words):
        assert explain(reason) == f"Cannot compute: {words}"

    def test_every_kind_of_missing_and_every_status_has_words(self):
        assert {kind.value for kind in Missing} <= set(SENTENCES)
        assert set(STATUS_WORDS) == set(Status)


class TestTranslation:
    TEXTS = {
        "{status}: {sum}": "{status}: {sum}",
        "Amber": "Ambr",
        "{value} is {gap} below {target}": "{target}: mae {value} yn is, o {gap}",
        "the target of {target}": "y targed yw {target}",
        "{number} percentage points": "{number} pwynt canran",
        "{sum}, {rule}": "{sum}, {rule}",
        "within {edge} agreed on {date}": "o fewn {edge} a gytunwyd ar {date}",
        "the {edge} tolerance": "y goddefiant o {edge}",
        "{number}-point": "{number} pwynt",
        "March": "Mawrth",
    }

    def test_sentences_are_put_into_the_readers_language(self):
        reason = rate(CALLS, TOLERANCE, aim(87), value=d("84.2")).reason
        assert explain(reason, translate=lambda text: self.TEXTS.get(text, text)) == (
            "Ambr: y targed yw 87%: mae 84.2% yn is, o 2.8 pwynt canran, "
            "o fewn y goddefiant o 5 pwynt a gytunwyd ar 3 Mawrth 2026"
        )

    @pytest.mark.parametrize("module", [amounts, reasons, sentences])
    def test_every_text_with_a_space_or_a_field_is_marked_for_extraction(self, module):
        """A text that is not marked never reaches the translators."""
        tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
        marked, docstrings = set(), set()
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_":
                marked.add(node.args[0].value)
            if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Module):
                docstrings.add(ast.get_docstring(node, clean=False))
        in_f_strings = {
            id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)
        }
        texts = {
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in in_f_strings
        }
        unmarked = {text for text in texts if re.search(r"\w \w|\{\w+\}", text)} - marked - docstrings
        assert unmarked == set()


class TestAmounts:
    @pytest.mark.parametrize(
        ("data_type", "unit", "number", "words"),
        [
            (DataType.PERCENTAGE, "", "-0.04", "-0.04%"),
            (DataType.NUMBER, "%", "84.20", "84.2%"),
            (DataType.NUMBER, "", "1234567.5", "1,234,567.5"),
            (DataType.MONEY, "£ per head", "45.2", "£45.20 per head"),
            (DataType.MONEY, "£000", "-1234", "-£1,234k"),
            (DataType.NUMBER, "£", "12", "£12"),
            (DataType.DURATION, "", "1", "1 day"),
            (DataType.DURATION, "minutes", "4.5", "4.5 minutes"),
            (DataType.SCORE, "out of 5", "4", "4 out of 5"),
            (DataType.DATE, "", "12", "12 days"),
            (DataType.YES_NO, "", "0.5", "0.5"),
        ],
    )
    def test_in_full(self, data_type, unit, number, words):
        assert Amounts(data_type, unit).of(d(number)) == words

    def test_no_negative_zero(self):
        assert digits(d("-0.04"), 1) == "0"
        assert Amounts(DataType.MONEY).of(d("-0.4"), 0) == "£0"

    def test_halves_are_rounded_up(self):
        assert [digits(d(number), 0) for number in ("0.5", "2.5", "-2.5")] == ["1", "3", "-3"]

    @given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
    def test_dates_are_numbers_and_back(self, day):
        assert day_of(day_number(day)) == day

    def test_other_numbers_are_no_dates(self):
        assert [day_of(d(number)) for number in ("12", "739828.5", "-1", "9999999")] == [None] * 4


AMOUNTS = st.decimals(-10_000, 10_000, places=3)


@given(
    st.sampled_from([family for family in Family if family is not Family.JUDGED]),
    st.sampled_from(Basis),
    st.sampled_from(Comparison),
    st.sampled_from(DataType),
    st.sampled_from(["", "days", "%", "£m", "per 1,000", "calls"]),
    st.none() | st.integers(0, 4),
    st.lists(st.none() | AMOUNTS, min_size=9, max_size=9),
    AMOUNTS,
    st.lists(st.none() | st.decimals(0, 100, places=1), min_size=8, max_size=8),
    st.sampled_from(Compare),
)
def test_every_status_explains_itself(
    family, basis, comparison, data_type, unit, decimals, numbers, value, edges, compare
):
    names = ("green", "amber", "red_amber", "exceed")
    by = Rule(
        code="CORP",
        family=family,
        basis=basis,
        compare=compare,
        **dict(zip((*names, *(f"absolute_{name}" for name in names)), edges, strict=True)),
    )
    target = TargetInForce(
        comparison=comparison,
        **dict(zip(("value", "low", "high", "floor", "floor_low", "floor_high", "baseline"), numbers[:7], strict=True)),
    )
    measure = Definition(
        code="X", data_type=data_type, unit_of_measure=unit, decimals=decimals, polarity=Polarity.HIGHER
    )
    rating = rate(measure, by, target, value=value, earlier=numbers[7], forecast=numbers[8])
    words = explain(rating.reason)
    assert words.startswith(STATUS_WORDS[rating.status])
    assert "{" not in words
    assert "  " not in words
