from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.domain.definition import Definition
from goldenthread.domain.periods import Period
from goldenthread.domain.reasons import explain
from goldenthread.domain.rules import EDGES_OF, Rule, describe, faults, rule_in_force
from goldenthread.domain.words import Against, Basis, Compare, DataType, Family, Polarity


def rule(family, basis=Basis.PERCENT, **options):
    edges = {name: Decimal(str(edge)) for name, edge in options.items() if isinstance(edge, int | float)}
    if "expires_after" in options:
        edges["expires_after"] = options["expires_after"]
    return Rule(code="CORP", family=family, basis=basis, **(options | edges))


class TestInForce:
    FROM_EVER = rule(Family.STRICT)
    FROM_APRIL = rule(Family.MISS_TOLERANCE, starts=date(2018, 4, 1))
    FROM_OCTOBER = rule(Family.GREEN_BAND, starts=date(2018, 10, 1))

    def test_a_rule_rates_periods_ending_on_or_after_its_start(self):
        versions = [self.FROM_OCTOBER, self.FROM_EVER, self.FROM_APRIL]
        found = [
            rule_in_force(versions, Period.parse(text)).family
            for text in ("2018-03", "2018-04", "2018-09", "2018/19 Q3", "2018/19", "2017/18")
        ]
        assert found == [
            Family.STRICT,
            Family.MISS_TOLERANCE,
            Family.MISS_TOLERANCE,
            Family.GREEN_BAND,
            Family.GREEN_BAND,
            Family.STRICT,
        ]

    def test_a_period_that_ends_on_the_day_is_rated_by_it(self):
        from_the_last_day = rule(Family.GREEN_BAND, starts=date(2018, 6, 30))
        assert rule_in_force([self.FROM_EVER, from_the_last_day], Period.parse("2018/19 Q1")) is from_the_last_day
        assert rule_in_force([self.FROM_EVER, from_the_last_day], Period.parse("2018-05")) is self.FROM_EVER

    def test_none_before_the_first(self):
        assert rule_in_force([self.FROM_OCTOBER], Period.parse("2018-09")) is None
        assert rule_in_force([], Period.parse("2018-09")) is None

    def test_of_two_with_one_start_the_later_row_counts(self):
        corrected = rule(Family.FOUR_BAND, starts=date(2018, 4, 1))
        assert rule_in_force([self.FROM_APRIL, corrected], Period.parse("2018-04")) is corrected
        retyped = rule(Family.FOUR_BAND)
        assert rule_in_force([self.FROM_EVER, retyped], Period.parse("2018-03")) is retyped


class TestFaults:
    @pytest.mark.parametrize(
        "sound",
        [
            rule(Family.STRICT),
            rule(Family.STRICT, green=0, amber=0),
            rule(Family.MISS_TOLERANCE),
            rule(Family.MISS_TOLERANCE, amber=10, exceed=5),
            rule(Family.MISS_TOLERANCE, amber=10, absolute_amber=2),
            rule(Family.GREEN_BAND, green=5, amber=5),
            rule(Family.GREEN_BAND, amber=5),
            rule(Family.TWO_THRESHOLDS, exceed=5),
            rule(Family.SYMMETRIC, green=5, exceed=3),
            rule(Family.DIRECTION_CONDITIONED, green=5),
            rule(Family.DIRECTION_CONDITIONED, amber=5),
            rule(Family.FORECAST, green=5),
            rule(Family.JUDGED, expires_after=90),
            rule(Family.JUDGED),
            rule(Family.FOUR_BAND, green=1, amber=2, red_amber=3),
            rule(Family.UNRATED),
        ],
    )
    def test_none_in_a_sound_rule(self, sound):
        assert faults(sound) == []

    @pytest.mark.parametrize(
        ("faulty", "sentence"),
        [
            (
                rule(Family.MISS_TOLERANCE, amber=-5),
                "amber is -5: an edge is how far short is still allowed; give 0 or more",
            ),
            (
                rule(Family.GREEN_BAND, green=10, amber=5),
                "green (10) is wider than amber (5): give amber as 10 or more",
            ),
            (
                rule(Family.GREEN_BAND, green=10),
                "green (10) is wider than amber (empty, so 0): give amber as 10 or more",
            ),
            (
                rule(Family.FOUR_BAND, green=1, amber=4, red_amber=2),
                "amber (4) is wider than red_amber (2): give red_amber as 4 or more",
            ),
            (
                rule(Family.STRICT, amber=5),
                "amber is 5, but strict does not read it: leave it empty, "
                "or choose miss_tolerance if a miss may still be amber",
            ),
            (
                rule(Family.MISS_TOLERANCE, green=2, amber=5),
                "green is 2, but miss_tolerance does not read it: leave it empty, "
                "or choose green_band if a miss may still be green",
            ),
            (
                rule(Family.SYMMETRIC, amber=5),
                "amber is 5, but symmetric does not read it: leave it empty, or give the tolerance as green",
            ),
            (
                rule(Family.TWO_THRESHOLDS, amber=5),
                "amber is 5, but two_thresholds does not read it: leave it empty, "
                "or the target and the floor target are its two thresholds",
            ),
            (
                rule(Family.STRICT, min_denominator=-1),
                "min_denominator is -1: give the fewest cases to rate, 0 or more",
            ),
            (
                rule(Family.JUDGED, expires_after=0),
                "expires_after is 0: give the days that a judgement stands, 1 or more",
            ),
            (
                rule(Family.STRICT, expires_after=90),
                "expires_after is for judged rules: leave it empty for strict",
            ),
            (
                rule(Family.MISS_TOLERANCE, Basis.POINTS, amber=5, absolute_amber=2),
                "absolute_amber is for a percentage of a target of 0: with basis points leave it empty",
            ),
            (
                rule(Family.MISS_TOLERANCE, amber=5, absolute_green=2),
                "absolute_green is given, but miss_tolerance does not read green: leave it empty",
            ),
            (
                rule(Family.GREEN_BAND, amber=5, absolute_green=3, absolute_amber=2),
                "absolute_green (3) is wider than absolute_amber (2): give absolute_amber as 3 or more",
            ),
        ],
    )
    def test_each_says_what_would_be_right(self, faulty, sentence):
        assert faults(faulty) == [sentence]

    def test_of_giving_a_rule_to_a_measure(self):
        published = Definition(code="FIN-1", data_type=DataType.DATE, polarity=Polarity.LOWER)
        representative = Definition(code="OC06a", polarity=Polarity.RANGE)
        improvement = rule(Family.MISS_TOLERANCE, Basis.IMPROVEMENT, amber=25)
        assert faults(rule(Family.MISS_TOLERANCE, amber=5), published) == [
            "a percentage of a date means nothing: give basis as absolute"
        ]
        assert faults(rule(Family.MISS_TOLERANCE, exceed=5), representative) == [
            "exceed is never reached where good is in a range: leave it empty"
        ]
        assert faults(improvement) == faults(improvement, has_baseline=True) == []
        assert faults(improvement, has_baseline=False) == [
            "basis improvement is the share of the planned move from the baseline: set a baseline target"
        ]
        assert faults(rule(Family.TWO_THRESHOLDS), has_red_line=False) == [
            "two_thresholds needs a red line: set a floor target"
        ]


CALLS = Definition(code="CS02", polarity=Polarity.HIGHER, data_type=DataType.PERCENTAGE)
DAYS = Definition(code="HB1", polarity=Polarity.LOWER, data_type=DataType.DURATION, unit_of_measure="days")


class TestDescribe:
    @pytest.mark.parametrize(
        ("by", "measure", "words"),
        [
            (rule(Family.STRICT), None, "Green on target, red off it"),
            (rule(Family.MISS_TOLERANCE), None, "Green on target, red off it"),
            (
                rule(Family.MISS_TOLERANCE, Basis.POINTS, amber=5),
                CALLS,
                "Amber within 5 percentage points below target, red beyond",
            ),
            (rule(Family.MISS_TOLERANCE, amber=10), DAYS, "Amber within 10% above target, red beyond"),
            (rule(Family.MISS_TOLERANCE, Basis.ABSOLUTE, amber=1), DAYS, "Amber within 1 day above target, red beyond"),
            (
                rule(Family.MISS_TOLERANCE, Basis.IMPROVEMENT, amber=25),
                None,
                "Amber within 25% of the planned move short of target, red beyond",
            ),
            (
                rule(Family.GREEN_BAND, green=2, amber=5, exceed=10),
                CALLS,
                "Green within 2% below target, amber within 5%, red beyond; blue from 10% better than target",
            ),
            (rule(Family.GREEN_BAND, amber=5), CALLS, "Green on target, amber within 5% below target, red beyond"),
            (rule(Family.TWO_THRESHOLDS), None, "Green on target, amber as far as the red line, red beyond"),
            (
                rule(Family.SYMMETRIC, green=3),
                CALLS,
                "Green within 3% of target either way, red beyond; blue where better than that",
            ),
            (
                rule(Family.DIRECTION_CONDITIONED, green=3, against=Against.PREVIOUS),
                CALLS,
                "Green within 3% below target, beyond that amber if improved on the period before or the same, "
                "red if not",
            ),
            (
                rule(Family.FORECAST, amber=5),
                CALLS,
                "Rated on the forecast for the year end: green on target, amber within 5% below target, red beyond",
            ),
            (
                rule(Family.JUDGED, expires_after=90),
                None,
                "Judged by a person, with a reason; a judgement stands for 90 days",
            ),
            (
                rule(Family.FOUR_BAND, green=1, amber=4, red_amber=8),
                Definition(code="OC06a", polarity=Polarity.RANGE),
                "Green within 1% outside the target range, green-amber within 4%, red-amber within 8%, red beyond",
            ),
            (rule(Family.UNRATED), None, "Not rated: trend and narrative only"),
            (
                rule(
                    Family.MISS_TOLERANCE,
                    amber=5,
                    absolute_amber=2,
                    compare=Compare.AS_SHOWN,
                    min_denominator=10,
                    agreed_on=date(2026, 3, 3),
                ),
                DAYS,
                "Amber within 5% above target, red beyond; compared as shown, after rounding; in the measure's own "
                "unit where the target is 0: amber within 2 days; not rated below 10 cases; agreed on 3 March 2026",
            ),
        ],
    )
    def test_in_plain_words(self, by, measure, words):
        assert explain(describe(by, measure)) == words

    @given(
        st.sampled_from(Family),
        st.sampled_from(Basis),
        st.sampled_from(Polarity),
        st.sampled_from(DataType),
        st.lists(st.none() | st.decimals(0, 1000, places=2), min_size=8, max_size=8),
        st.sampled_from(Compare),
    )
    def test_every_rule_has_words(self, family, basis, polarity, data_type, edges, compare):
        edge_names = ("green", "amber", "red_amber", "exceed")
        names = [*edge_names, *(f"absolute_{name}" for name in edge_names)]
        by = Rule(code="CORP", family=family, basis=basis, compare=compare, **dict(zip(names, edges, strict=True)))
        assert explain(describe(by, Definition(code="X", polarity=polarity, data_type=data_type)))
        assert all(isinstance(fault, str) for fault in faults(by))

    def test_every_family_says_what_it_reads(self):
        assert set(EDGES_OF) == set(Family)
