from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.domain.definition import Definition
from goldenthread.domain.figures import Figure
from goldenthread.domain.periods import Period
from goldenthread.domain.reasons import Reason, explain
from goldenthread.domain.targets import (
    Share,
    Target,
    TargetInForce,
    WordedTarget,
    builds_up,
    profile_of,
    share_of_year,
    target_in_force,
    worded_target,
)
from goldenthread.domain.words import (
    Aggregation,
    Comparison,
    DataType,
    Frequency,
    Polarity,
    Profile,
    Reading,
    TargetKind,
    YearKind,
)

HOMES = Definition(code="HO-1", unit_of_measure="homes", polarity=Polarity.HIGHER, aggregation=Aggregation.SUM)
HOMES_SO_FAR = replace(HOMES, reading=Reading.YEAR_TO_DATE)
CALLS = Definition(code="CS02", data_type=DataType.PERCENTAGE, polarity=Polarity.HIGHER)


def d(number):
    return None if number is None else Decimal(str(number))


def rows(*given_rows):
    """Rows of (period, value) or (period, value, options)."""
    found = {}
    for period, value, *options in given_rows:
        row = Target(period=Period.parse(period), value=d(value), **(options[0] if options else {}))
        found[period, row.kind] = row
    return found


def in_force(measure, period, targets, **options):
    return target_in_force(measure, Period.parse(period), targets, **options)


def figures(**years):
    """Quarterly figures: figures(y2015=[1, 2, 3, 4])."""
    return [
        Figure(period=Period.parse(f"{year[1:]}/{int(year[3:]) + 1:02d} Q{quarter}"), value=d(value))
        for year, values in years.items()
        for quarter, value in enumerate(values, 1)
    ]


class TestOwnRow:
    def test_counts_before_the_years(self):
        found = in_force(CALLS, "2018/19 Q1", rows(("2018/19", 87), ("2018/19 Q1", 80)))
        assert found == TargetInForce(value=d(80), comparison=Comparison.AT_LEAST)

    @pytest.mark.parametrize(
        ("polarity", "comparison"),
        [
            (Polarity.HIGHER, Comparison.AT_LEAST),
            (Polarity.LOWER, Comparison.AT_MOST),
            (Polarity.RANGE, Comparison.BETWEEN),
        ],
    )
    def test_compares_by_what_is_good_unless_it_says(self, polarity, comparison):
        measure = replace(CALLS, polarity=polarity)
        assert in_force(measure, "2018/19", rows(("2018/19", 50))).comparison is comparison
        strict = rows(("2018/19", 50, {"comparison": Comparison.MORE_THAN}))
        assert in_force(measure, "2018/19", strict).comparison is Comparison.MORE_THAN

    def test_two_limits_are_a_range_whatever_is_good(self):
        found = in_force(CALLS, "2018/19", rows(("2018/19", None, {"low": d(40), "high": d(60)})))
        assert found == TargetInForce(low=d(40), high=d(60), comparison=Comparison.BETWEEN)

    def test_of_a_span_is_that_spans_alone(self):
        targets = rows(("2014/15 to 2016/17", 70), ("2016/17", 80))
        assert in_force(CALLS, "2014/15 to 2016/17", targets).value == d(70)
        assert in_force(CALLS, "2013/14 to 2015/16", targets) == Reason("no_target")
        assert in_force(CALLS, "2015/16 to 2016/17", targets) == Reason("no_target")

    def test_a_rolling_span_takes_the_years(self):
        rolling = replace(CALLS, reading=Reading.ROLLING, frequency=Frequency.MONTH)
        found = in_force(rolling, "2018-01 to 2018-12", rows(("2018/19", 87)))
        assert (found.value, found.derived_by) == (d(87), Profile.SAME)

    def test_of_a_period_without_any_row(self):
        assert in_force(CALLS, "2018/19 Q1", {}) == Reason("no_target")
        assert in_force(CALLS, "2018/19 Q1", rows(("2017/18", 80))) == Reason("no_target")
        assert in_force(CALLS, "2018/19", rows(("2018/19 Q1", 80))) == Reason("no_target")

    def test_an_ambition_is_no_target(self):
        assert in_force(CALLS, "2018/19", rows(("2018/19", 95, {"kind": TargetKind.AMBITION}))) == Reason("no_target")

    def test_left_open_is_to_be_confirmed(self):
        open_year = rows(("2018/19", None))
        expected = Reason("to_be_confirmed", {"period": "2018/19"})
        assert in_force(CALLS, "2018/19", open_year) == in_force(CALLS, "2018/19 Q1", open_year) == expected
        withdrawn = rows(("2018/19", 87), ("2018/19 Q1", None))
        assert in_force(CALLS, "2018/19 Q1", withdrawn) == Reason("to_be_confirmed", {"period": "2018/19 Q1"})


class TestDefaultProfile:
    @pytest.mark.parametrize(
        ("options", "profile"),
        [
            ({"data_type": DataType.PERCENTAGE}, Profile.SAME),
            ({"data_type": DataType.RATE}, Profile.SAME),
            ({"data_type": DataType.SCORE}, Profile.SAME),
            ({"aggregation": Aggregation.RATIO}, Profile.SAME),
            ({"aggregation": Aggregation.MEAN}, Profile.SAME),
            ({"aggregation": Aggregation.MAX}, Profile.SAME),
            ({"reading": Reading.SNAPSHOT}, Profile.SAME),
            ({"reading": Reading.SNAPSHOT, "aggregation": Aggregation.SUM}, Profile.SAME),
            ({"rated_on": Reading.ROLLING, "aggregation": Aggregation.SUM}, Profile.SAME),
            ({"aggregation": Aggregation.SUM}, Profile.YEAR_END_ONLY),
            ({"aggregation": Aggregation.SUM, "reading": Reading.YEAR_TO_DATE}, Profile.YEAR_END_ONLY),
            ({"aggregation": Aggregation.SUM, "data_type": DataType.MONEY}, Profile.YEAR_END_ONLY),
            ({}, Profile.YEAR_END_ONLY),
            ({"aggregation": Aggregation.SUM, "profile": Profile.EVEN}, Profile.EVEN),
        ],
    )
    def test_levels_have_it_all_year_and_counts_at_its_end(self, options, profile):
        assert profile_of(Definition(code="X", **options)) is profile

    def test_days_lost_per_fte_build_up_and_so_do_taxes_collected(self):
        """2.5 a quarter is 10.0 for the year: a year's target of 10 would flatter every quarter."""
        sickness = Definition(
            code="HR11",
            data_type=DataType.RATE,
            aggregation=Aggregation.RATIO,
            denominator_aggregation=Aggregation.MEAN,
        )
        collection = Definition(
            code="RB05",
            data_type=DataType.PERCENTAGE,
            aggregation=Aggregation.RATIO,
            denominator_aggregation=Aggregation.LAST,
            reading=Reading.YEAR_TO_DATE,
        )
        on_time = Definition(code="FI06", data_type=DataType.PERCENTAGE, aggregation=Aggregation.RATIO)
        assert [builds_up(measure) for measure in (sickness, collection, on_time)] == [True, True, False]
        assert profile_of(sickness) is profile_of(collection) is Profile.YEAR_END_ONLY

    def test_the_targets_own_profile_comes_first(self):
        row = Target(period=Period.parse("2018/19"), value=d(400), profile=Profile.EVEN)
        assert profile_of(replace(HOMES, profile=Profile.SEASONAL), row) is Profile.EVEN


class TestSame:
    def test_is_the_years_and_says_so(self):
        found = in_force(CALLS, "2018-10", rows(("2018/19", 87)))
        assert (found.value, found.derived_by) == (d(87), Profile.SAME)
        assert explain(found.derivation) == "The target is the year's, the same in every period"

    def test_the_kind_of_year_is_the_measures(self):
        targets = rows(("2018/19", 87), ("2018", 80), ("2018/19 academic", 70))
        by_kind = {YearKind.FINANCIAL: 87, YearKind.CALENDAR: 80, YearKind.ACADEMIC: 70}
        for kind, value in by_kind.items():
            assert in_force(replace(CALLS, year=kind), "2018-10", targets).value == d(value)
        assert in_force(CALLS, "2018/19 academic autumn", targets).value == d(70)


class TestYearEndOnly:
    def test_no_target_until_the_year_closes(self):
        found = in_force(HOMES_SO_FAR, "2018/19 Q3", rows(("2018/19", 400)))
        assert found == Reason(
            "year_end_only", {"year": "2018/19", "data_type": "number", "unit": "homes", "year_target": "400"}
        )
        assert explain(found) == ("No target until the year closes: the target of 400 homes is for 2018/19 as a whole")

    @pytest.mark.parametrize("reading", [Reading.YEAR_TO_DATE, Reading.CUMULATIVE])
    def test_the_last_period_so_far_is_the_year(self, reading):
        found = in_force(replace(HOMES, rated_on=reading), "2018/19 Q4", rows(("2018/19", 400)))
        assert (found.value, found.derived_by) == (d(400), Profile.YEAR_END_ONLY)

    def test_the_last_period_alone_is_not(self):
        assert in_force(HOMES, "2018/19 Q4", rows(("2018/19", 400))).code == "year_end_only"
        assert in_force(HOMES, "2018/19", rows(("2018/19", 400))).value == d(400)


class TestEven:
    EVEN = rows(("2018/19", 400, {"profile": Profile.EVEN}))

    def test_equal_parts_in_period_and_k_of_n_so_far(self):
        quarters = [f"2018/19 Q{number}" for number in (1, 2, 3, 4)]
        assert [in_force(HOMES, text, self.EVEN).value for text in quarters] == [d(100)] * 4
        assert [in_force(HOMES_SO_FAR, text, self.EVEN).value for text in quarters] == [
            d(100),
            d(200),
            d(300),
            d(400),
        ]

    @pytest.mark.parametrize(
        ("period", "words"),
        [
            ("2018/19 Q1", "The target is a quarter of the year's target of 400, shared evenly"),
            ("2018/19 H1", "The target is half of the year's target of 400, shared evenly"),
            ("2018-08", "The target is 5/12 of the year's target of 400, shared evenly"),
            ("2018/19 T2", "The target is two thirds of the year's target of 400, shared evenly"),
            ("2018/19 Q4", "The target is the whole of the year's target"),
        ],
    )
    def test_says_which_part(self, period, words):
        assert explain(in_force(HOMES_SO_FAR, period, self.EVEN).derivation) == words

    def test_a_range_is_shared_at_both_ends(self):
        targets = rows(("2018/19", None, {"low": d(80), "high": d(120), "profile": Profile.EVEN}))
        found = in_force(replace(HOMES, polarity=Polarity.RANGE), "2018/19 Q1", targets)
        assert (found.low, found.high, found.comparison) == (d(20), d(30), Comparison.BETWEEN)
        assert "the year's target of 80 to 120" in explain(found.derivation)

    def test_what_never_restarts_goes_on_from_last_years_target(self):
        since_2015 = replace(HOMES, reading=Reading.CUMULATIVE, profile=Profile.EVEN)
        found = in_force(since_2015, "2018/19 Q1", rows(("2017/18", 3600), ("2018/19", 4000)))
        assert found.value == d(3700)
        assert explain(found.derivation) == (
            "The target is a quarter of the way from last year's target of 3,600 to this year's of 4,000"
        )
        assert in_force(since_2015, "2018/19 Q1", rows(("2018/19", 4000))).value == d(1000)

    def test_days_and_weeks_count_in_their_year(self):
        targets = rows(("2018/19", 365, {"profile": Profile.EVEN}))
        assert in_force(HOMES_SO_FAR, "2018-04-10", targets).value == d(10)
        assert in_force(HOMES_SO_FAR, "2018-04-10", targets).derivation.params["of"] == "365"


class TestSeasonal:
    SEASONAL = rows(("2018/19", 400, {"profile": Profile.SEASONAL}))
    HISTORY = figures(y2015=[10, 20, 30, 40], y2016=[20, 20, 20, 40], y2017=[30, 20, 10, 40])

    def test_shares_of_the_last_three_complete_years(self):
        quarters = [f"2018/19 Q{number}" for number in (1, 2, 3, 4)]
        alone = [in_force(HOMES, text, self.SEASONAL, history=self.HISTORY).value for text in quarters]
        so_far = [in_force(HOMES_SO_FAR, text, self.SEASONAL, history=self.HISTORY).value for text in quarters]
        assert alone == [d(80), d(80), d(80), d(160)]
        assert so_far == [d(80), d(160), d(240), d(400)]

    def test_says_how_many_years_it_was_learnt_from(self):
        found = in_force(HOMES, "2018/19 Q1", self.SEASONAL, history=self.HISTORY)
        assert explain(found.derivation) == (
            "The target is 20% of the year's target of 400, its share in the last 3 complete years"
        )
        one = in_force(HOMES_SO_FAR, "2018/19 Q2", self.SEASONAL, history=figures(y2017=[10, 20, 30, 40]))
        assert explain(one.derivation) == (
            "The target is 30% of the year's target of 400, the share so far in the last complete year"
        )

    def test_years_are_pooled_and_older_or_incomplete_or_later_ones_left_out(self):
        history = figures(
            y2013=[100, 0, 0, 0],
            y2014=[0, 0, 0, 100],
            y2015=[1, 1, 1, 1],
            y2016=[5, None, 5, 5],
            y2017=[0, 0, 0, 100],
            y2018=[9, 9, 9, 9],
        )
        share = share_of_year(HOMES, Period.parse("2018/19 Q4"), Profile.SEASONAL, history=history)
        assert share == Share(d(201), d(204), 3)

    def test_without_a_complete_year_there_is_no_target(self):
        for history in ([], figures(y2017=[1, 2, 3]), figures(y2018=[1, 2, 3, 4])):
            assert in_force(HOMES, "2018/19 Q1", self.SEASONAL, history=history).code == "no_season"
        nothing = figures(y2017=[0, 0, 0, 0])
        assert in_force(HOMES, "2018/19 Q1", self.SEASONAL, history=nothing).code == "season_of_nothing"

    def test_years_of_months_do_not_teach_quarters(self):
        months = [Figure(period=Period.parse(f"2017-{month:02d}"), value=d(1)) for month in range(4, 13)]
        months += [Figure(period=Period.parse(f"2018-{month:02d}"), value=d(1)) for month in (1, 2, 3)]
        assert in_force(HOMES, "2018/19 Q1", self.SEASONAL, history=months).code == "no_season"
        assert in_force(HOMES, "2018-04", self.SEASONAL, history=months).value == d(400) / 12

    def test_a_level_moves_with_its_season_and_is_not_shared_out(self):
        answered = replace(CALLS, aggregation=Aggregation.RATIO, profile=Profile.SEASONAL)
        history = figures(y2017=[90, 80, 70, 80])
        quarters = [f"2018/19 Q{number}" for number in (1, 2, 3, 4)]
        found = [in_force(answered, text, rows(("2018/19", 84)), history=history) for text in quarters]
        assert [target.value for target in found] == [d("94.5"), d(84), d("73.5"), d(84)]
        assert explain(found[2].derivation) == (
            "The target is 87.5% of the year's target of 84%, following the season of the last complete year"
        )

    def test_what_never_restarts_follows_the_season_from_last_years_target(self):
        since_2015 = replace(HOMES, reading=Reading.CUMULATIVE, profile=Profile.SEASONAL)
        targets = rows(("2017/18", 3600), ("2018/19", 4000))
        found = in_force(since_2015, "2018/19 Q2", targets, history=self.HISTORY)
        assert found.value == d(3760)
        assert explain(found.derivation) == (
            "The target is 40% of the way from last year's target of 3,600 to this year's of 4,000, "
            "the share so far in the last 3 complete years"
        )

    def test_council_tax_collected_so_far_is_a_share_though_it_is_a_percentage(self):
        collected = replace(CALLS, reading=Reading.YEAR_TO_DATE, profile=Profile.SEASONAL)
        found = in_force(collected, "2018/19 Q2", rows(("2018/19", 98)), history=figures(y2017=[29, 28, 27, 14]))
        assert found.value == d(98) * 57 / 98


class TestOtherKinds:
    def test_floor_stretch_and_baseline_are_looked_up_and_derived_alike(self):
        targets = rows(
            ("2018/19", 400, {"profile": Profile.EVEN}),
            ("2018/19", 360, {"kind": TargetKind.FLOOR, "profile": Profile.EVEN}),
            ("2018/19 Q1", 120, {"kind": TargetKind.STRETCH}),
            ("2018/19", 320, {"kind": TargetKind.BASELINE}),
        )
        found = in_force(replace(HOMES, profile=Profile.EVEN), "2018/19 Q1", targets)
        assert (found.value, found.floor, found.stretch, found.baseline) == (d(100), d(90), d(120), d(80))

    def test_a_floor_that_cannot_be_derived_is_left_out(self):
        targets = rows(("2018/19 Q1", 100), ("2018/19", 360, {"kind": TargetKind.FLOOR}))
        assert in_force(HOMES, "2018/19 Q1", targets) == TargetInForce(value=d(100), comparison=Comparison.AT_LEAST)

    def test_red_lines_of_a_range(self):
        targets = rows(
            ("2018/19", None, {"low": d(40), "high": d(60)}),
            ("2018/19", None, {"kind": TargetKind.FLOOR, "low": d(30), "high": d(70)}),
        )
        found = in_force(CALLS, "2018/19", targets)
        assert (found.floor, found.floor_low, found.floor_high) == (None, d(30), d(70))

    def test_amended_and_corrected_targets_keep_what_stood_before(self):
        options = {"profile": Profile.EVEN, "amended": True, "original": d(440)}
        found = in_force(HOMES, "2018/19 Q1", rows(("2018/19", 400, options)))
        assert (found.value, found.original, found.amended, found.corrected) == (d(100), d(110), True, False)


class TestCategories:
    WHOLE = rows(("2018/19", 87), ("2018/19", 80, {"kind": TargetKind.FLOOR}))

    def test_take_the_wholes_target_of_a_ratio_or_a_mean(self):
        for options in (
            {"data_type": DataType.PERCENTAGE},
            {"data_type": DataType.RATE},
            {"aggregation": Aggregation.RATIO},
            {"aggregation": Aggregation.MEAN},
        ):
            measure = Definition(code="X", polarity=Polarity.HIGHER, **options)
            found = in_force(measure, "2018/19 Q1", {}, category="ward=Abbey", whole=self.WHOLE)
            assert (found.value, found.floor, found.of_whole) == (d(87), d(80), True)

    def test_take_none_of_a_count(self):
        found = in_force(HOMES, "2018/19", {}, category="ward=Abbey", whole=self.WHOLE)
        assert found == Reason("category_no_target")
        assert in_force(HOMES, "2018/19", {}, category="ward=Abbey", whole={}) == Reason("no_target")

    def test_have_their_own_first(self):
        own = rows(("2018/19", 70))
        found = in_force(CALLS, "2018/19 Q1", own, category="ward=Abbey", whole=self.WHOLE)
        assert (found.value, found.of_whole, found.floor) == (d(70), False, d(80))
        assert in_force(HOMES, "2018/19", own, category="ward=Abbey", whole=self.WHOLE).value == d(70)


@given(
    st.sampled_from([Frequency.MONTH, Frequency.QUARTER, Frequency.THIRD, Frequency.HALF, Frequency.WEEK]),
    st.integers(min_value=-10_000, max_value=10_000).map(Decimal),
    st.sampled_from([Profile.EVEN, Profile.SAME]),
)
def test_parts_of_a_year_come_to_the_year(frequency, value, profile):
    year = Period.parse("2018/19")
    targets = {("2018/19", TargetKind.TARGET): Target(period=year, value=value, profile=profile)}
    periods = year.parts(frequency)
    so_far = [target_in_force(HOMES_SO_FAR, period, targets).value for period in periods]
    assert so_far[-1] == value
    if profile is Profile.EVEN:
        total = sum(target_in_force(HOMES, period, targets).value for period in periods)
        assert abs(total - value) < Decimal("1e-20")


@given(st.lists(st.integers(min_value=0, max_value=1000), min_size=12, max_size=12).filter(any))
def test_seasonal_shares_come_to_the_year(values):
    history = figures(y2015=values[:4], y2016=values[4:8], y2017=values[8:])
    shares = [
        share_of_year(HOMES, Period.parse(f"2018/19 Q{quarter}"), Profile.SEASONAL, history=history)
        for quarter in (1, 2, 3, 4)
    ]
    assert sum(share.part for share in shares) == shares[0].of == sum(values)


class TestWorded:
    @pytest.mark.parametrize(
        ("text", "comparison", "value"),
        [
            ("85%", Comparison.AT_LEAST, "85"),
            ("Greater than 50%", Comparison.MORE_THAN, "50"),
            ("no more than 1,200 calls", Comparison.AT_MOST, "1200"),
            ("Not less than -2.5%", Comparison.AT_LEAST, "-2.5"),
            ("9% or above", Comparison.AT_LEAST, "9"),
            ("10 days or fewer", Comparison.AT_MOST, "10"),
            ("Under £300", Comparison.LESS_THAN, "300"),
            ("≤ 4", Comparison.AT_MOST, "4"),
            ("> 4 (quarter 1)", Comparison.MORE_THAN, "4"),
        ],
    )
    def test_says_how_it_compares(self, text, comparison, value):
        assert worded_target(text, Polarity.HIGHER) == WordedTarget(comparison=comparison, value=d(value))

    @pytest.mark.parametrize("text", ["between 40% and 60%", "40-60%", "40% – 60%", "60 to 40"])
    def test_ranges(self, text):
        expected = WordedTarget(comparison=Comparison.BETWEEN, low=d(40), high=d(60))
        assert worded_target(text, Polarity.HIGHER) == expected

    @pytest.mark.parametrize("text", ["", "TBC", "Top quartile", "5% (2023-24); 6% (2024-25)", "2 visits in 3 weeks"])
    def test_what_is_no_one_figure(self, text):
        assert worded_target(text, Polarity.HIGHER) is None

    def test_without_a_word_or_a_polarity_nothing_is_guessed(self):
        assert worded_target("50", Polarity.NONE) is None

    @given(st.text(max_size=60), st.sampled_from(Polarity))
    def test_any_text_is_read_or_refused(self, text, polarity):
        found = worded_target(text, polarity)
        assert found is None or isinstance(found, WordedTarget)
