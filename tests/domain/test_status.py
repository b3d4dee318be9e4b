from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from goldenthread.domain.definition import Definition
from goldenthread.domain.periods import Period
from goldenthread.domain.reasons import Reason, explain
from goldenthread.domain.rules import Rule
from goldenthread.domain.status import (
    Judgement,
    Rating,
    current_judgement,
    current_rating,
    expiry,
    rate,
    waiting,
)
from goldenthread.domain.targets import TargetInForce
from goldenthread.domain.words import (
    RATED,
    Against,
    Basis,
    Compare,
    Comparison,
    DataType,
    Family,
    MeasureKind,
    Missing,
    Polarity,
    Status,
)

CALLS_ANSWERED = Definition(code="CS02", data_type=DataType.PERCENTAGE, decimals=1, polarity=Polarity.HIGHER)
DAYS_TO_PROCESS = Definition(
    code="LPI0538", data_type=DataType.DURATION, unit_of_measure="days", decimals=1, polarity=Polarity.LOWER
)
OCCUPANCY = Definition(code="HO-9", data_type=DataType.PERCENTAGE, decimals=0, polarity=Polarity.RANGE)


def d(number):
    return None if number is None else Decimal(str(number))


def rule(family, basis=Basis.PERCENT, **options):
    edges = {
        name: d(options.pop(name))
        for name in list(options)
        if name.removeprefix("absolute_") in ("green", "amber", "red_amber", "exceed") or name == "min_denominator"
    }
    return Rule(code="CORP", family=family, basis=basis, **edges, **options)


def aim(value=None, comparison=Comparison.AT_LEAST, **others):
    return TargetInForce(value=d(value), comparison=comparison, **{name: d(other) for name, other in others.items()})


def at_most(value=None, **others):
    return aim(value, Comparison.AT_MOST, **others)


def between(low, high, **others):
    return aim(None, Comparison.BETWEEN, low=low, high=high, **others)


def status(measure, by, target, value, **others):
    return rate(measure, by, target, value=d(value), **others).status


def colours(measure, by, target, values, **others):
    return [status(measure, by, target, value, **others).value for value in values]


class TestFamilies:
    def test_strict_is_green_when_met_and_red_when_not(self):
        assert colours(CALLS_ANSWERED, rule(Family.STRICT), aim(87), ["87", "86.99", "95"]) == ["green", "red", "green"]
        assert colours(DAYS_TO_PROCESS, rule(Family.STRICT), at_most(18), ["18", "18.01", "12"]) == [
            "green",
            "red",
            "green",
        ]

    def test_miss_tolerance_of_ten_per_cent_includes_ten_per_cent(self):
        by = rule(Family.MISS_TOLERANCE, amber=10)
        assert colours(CALLS_ANSWERED, by, aim(80), [80, "79.99", 72, "71.99"]) == ["green", "amber", "amber", "red"]
        assert colours(DAYS_TO_PROCESS, by, at_most(20), [20, 22, "22.01"]) == ["green", "amber", "red"]

    def test_empty_tolerance_is_none(self):
        assert colours(CALLS_ANSWERED, rule(Family.MISS_TOLERANCE), aim(80), [80, "79.99"]) == ["green", "red"]

    def test_green_band(self):
        by = rule(Family.GREEN_BAND, Basis.POINTS, green=2, amber=5)
        assert colours(CALLS_ANSWERED, by, aim(80), [81, 78, "77.9", 75, "74.9"]) == [
            "green",
            "green",
            "amber",
            "amber",
            "red",
        ]

    def test_green_band_without_an_amber_one_is_red_beyond_it(self):
        by = rule(Family.GREEN_BAND, Basis.POINTS, green=2)
        rating = rate(CALLS_ANSWERED, by, aim(80), value=d(75))
        assert (rating.status, rating.reason.code, rating.reason.params["edge"]) == (
            Status.RED,
            "beyond_tolerance",
            "2",
        )

    def test_two_thresholds_turn_red_beyond_the_floor_and_are_amber_on_it(self):
        by = rule(Family.TWO_THRESHOLDS)
        assert colours(CALLS_ANSWERED, by, aim(87, floor=80), [87, "86.9", 80, "79.9"]) == [
            "green",
            "amber",
            "amber",
            "red",
        ]
        assert colours(DAYS_TO_PROCESS, by, at_most(18, floor=20), [18, "18.1", 20, "20.1"]) == [
            "green",
            "amber",
            "amber",
            "red",
        ]

    def test_two_thresholds_of_a_range_have_a_red_line_on_each_side(self):
        target = between(40, 60, floor_low=30, floor_high=65)
        assert colours(OCCUPANCY, rule(Family.TWO_THRESHOLDS), target, [29, 30, 50, 65, 66]) == [
            "red",
            "amber",
            "green",
            "amber",
            "red",
        ]

    def test_one_red_line_of_a_range_stands_on_its_own_side(self):
        by = rule(Family.TWO_THRESHOLDS)
        assert colours(OCCUPANCY, by, between(40, 60, floor=30), [29, 35, 61]) == ["red", "amber", "cannot_compute"]
        assert colours(OCCUPANCY, by, between(40, 60, floor=70), [39, 65, 71]) == ["cannot_compute", "amber", "red"]

    def test_two_thresholds_without_a_red_line_say_so_only_when_it_is_needed(self):
        by = rule(Family.TWO_THRESHOLDS)
        assert status(CALLS_ANSWERED, by, aim(87), 90) is Status.GREEN
        missed = rate(CALLS_ANSWERED, by, aim(87), value=d(80))
        assert (missed.status, missed.reason.code) == (Status.CANNOT_COMPUTE, "no_red_line")

    def test_symmetric(self):
        by = rule(Family.SYMMETRIC, Basis.POINTS, green=3)
        assert colours(CALLS_ANSWERED, by, aim(80), ["83.1", 83, 80, 77, "76.9"]) == [
            "blue",
            "green",
            "green",
            "green",
            "red",
        ]

    def test_symmetric_with_an_edge_of_its_own_for_exceeding(self):
        by = rule(Family.SYMMETRIC, Basis.POINTS, green=3, exceed=5)
        assert colours(CALLS_ANSWERED, by, aim(80), [85, "84.9", 77, "76.9"]) == ["blue", "green", "green", "red"]

    def test_symmetric_without_a_tolerance(self):
        assert colours(CALLS_ANSWERED, rule(Family.SYMMETRIC), aim(80), ["80.1", 80, "79.9"]) == [
            "blue",
            "green",
            "red",
        ]

    @pytest.mark.parametrize(
        ("last_year", "colour"), [(79, "amber"), (82, "amber"), (83, "red"), (None, "cannot_compute")]
    )
    def test_direction_beyond_the_tolerance_decides_between_amber_and_red(self, last_year, colour):
        by = rule(Family.DIRECTION_CONDITIONED, Basis.POINTS, green=2)
        assert status(CALLS_ANSWERED, by, aim(87), 82, earlier=d(last_year)) == colour

    def test_direction_conditioned_within_the_tolerance_needs_no_earlier_figure(self):
        by = rule(Family.DIRECTION_CONDITIONED, Basis.POINTS, green=2, amber=4)
        assert colours(CALLS_ANSWERED, by, aim(87), [87, 85, 83, "82.9"]) == [
            "green",
            "green",
            "amber",
            "cannot_compute",
        ]

    def test_direction_conditioned_names_the_period_it_lacks(self):
        by = rule(Family.DIRECTION_CONDITIONED, against=Against.PREVIOUS)
        assert rate(CALLS_ANSWERED, by, aim(87), value=d(80)).reason.code == "no_previous"

    def test_direction_is_polarity_aware_and_minds_the_dead_band(self):
        by = rule(Family.DIRECTION_CONDITIONED)
        steady = replace(DAYS_TO_PROCESS, dead_band=d("0.5"))
        assert [
            status(DAYS_TO_PROCESS, by, at_most(18), 20, earlier=d(before)).value for before in (21, 20, "19.9")
        ] == [
            "amber",
            "amber",
            "red",
        ]
        assert [status(steady, by, at_most(18), 20, earlier=d(before)).value for before in ("19.5", "19.4")] == [
            "amber",
            "red",
        ]

    def test_nearer_a_range_is_an_improvement(self):
        by = rule(Family.DIRECTION_CONDITIONED)
        assert [status(OCCUPANCY, by, between(40, 60), 65, earlier=d(before)).value for before in (30, 35, 38)] == [
            "amber",
            "amber",
            "red",
        ]

    def test_forecast_family_rates_the_forecast_whatever_the_figure(self):
        by = rule(Family.FORECAST, Basis.POINTS, amber=5)
        rating = rate(CALLS_ANSWERED, by, aim(87), value=d(60), forecast=d("84.2"))
        assert rating.status is Status.AMBER
        assert explain(rating.reason) == (
            "Amber: the forecast of 84.2% is 2.8 percentage points below the target of 87%, "
            "within the 5-point tolerance"
        )
        assert rate(CALLS_ANSWERED, by, aim(87), value=d(60)) == Rating(Status.NOT_RATED, Reason("no_forecast"))

    def test_forecast_can_be_rated_by_any_rule_beside_the_figure(self):
        by = rule(Family.MISS_TOLERANCE, Basis.POINTS, amber=5)
        now = rate(CALLS_ANSWERED, by, aim(87), value=d(60), forecast=d(88))
        forecast = rate(CALLS_ANSWERED, by, aim(87), value=d(60), forecast=d(88), as_forecast=True)
        assert (now.status, forecast.status) == (Status.RED, Status.GREEN)
        assert explain(forecast.reason) == "Green: the forecast of 88% is 1 percentage point above the target of 87%"

    def test_forecast_is_rated_though_the_figure_is_missing(self):
        by = rule(Family.FORECAST)
        rating = rate(CALLS_ANSWERED, by, aim(87), value=None, missing=Missing.NOT_AVAILABLE, forecast=d(90))
        assert rating.status is Status.GREEN

    def test_four_bands(self):
        by = rule(Family.FOUR_BAND, Basis.POINTS, green=1, amber=4, red_amber=8)
        assert colours(CALLS_ANSWERED, by, aim(80), [80, 79, "78.9", 76, "75.9", 72, "71.9"]) == [
            "green",
            "green",
            "green_amber",
            "green_amber",
            "red_amber",
            "red_amber",
            "red",
        ]

    def test_exceeding_is_blue_from_its_edge_on(self):
        for family in (Family.MISS_TOLERANCE, Family.GREEN_BAND, Family.FOUR_BAND, Family.TWO_THRESHOLDS):
            by = rule(family, Basis.POINTS, exceed=5)
            assert colours(CALLS_ANSWERED, by, aim(80), ["84.9", 85]) == ["green", "blue"]
            assert colours(DAYS_TO_PROCESS, by, at_most(18), ["13.1", 13]) == ["green", "blue"]

    def test_range_is_never_exceeded(self):
        assert status(OCCUPANCY, rule(Family.MISS_TOLERANCE, exceed=1), between(40, 60), 50) is Status.GREEN

    def test_unrated_by_choice(self):
        assert rate(CALLS_ANSWERED, rule(Family.UNRATED), aim(80), value=d(10)) == Rating(
            Status.NOT_RATED, Reason("unrated")
        )


class TestBasis:
    def test_percentage_of_a_negative_target_is_of_its_size(self):
        saving = Definition(code="FIN-3", data_type=DataType.MONEY, polarity=Polarity.HIGHER)
        by = rule(Family.MISS_TOLERANCE, amber=10)
        assert colours(saving, by, aim(-50), [-50, -55, "-55.01"]) == ["green", "amber", "red"]

    def test_points_are_not_a_percentage(self):
        assert colours(CALLS_ANSWERED, rule(Family.MISS_TOLERANCE, Basis.POINTS, amber=5), aim(50), [45, 44]) == [
            "amber",
            "red",
        ]
        assert colours(CALLS_ANSWERED, rule(Family.MISS_TOLERANCE, amber=5), aim(50), ["47.5", 45]) == ["amber", "red"]

    def test_absolute_edges_are_in_the_measures_own_unit(self):
        by = rule(Family.MISS_TOLERANCE, Basis.ABSOLUTE, amber="1.5")
        assert colours(DAYS_TO_PROCESS, by, at_most(18), ["19.5", "19.51"]) == ["amber", "red"]

    def test_improvement_is_the_share_of_the_planned_move(self):
        by = rule(Family.MISS_TOLERANCE, Basis.IMPROVEMENT, amber=25)
        assert colours(CALLS_ANSWERED, by, aim(80, baseline=60), [80, 75, "74.9"]) == ["green", "amber", "red"]
        assert colours(DAYS_TO_PROCESS, by, at_most(18, baseline=26), [18, 20, "20.1"]) == ["green", "amber", "red"]

    @pytest.mark.parametrize(("baseline", "code"), [(None, "no_baseline"), (80, "no_planned_move")])
    def test_improvement_without_a_planned_move_cannot_be_computed(self, baseline, code):
        by = rule(Family.MISS_TOLERANCE, Basis.IMPROVEMENT, amber=25)
        rating = rate(CALLS_ANSWERED, by, aim(80, baseline=baseline), value=d(75))
        assert (rating.status, rating.reason.code) == (Status.CANNOT_COMPUTE, code)

    def test_range_is_measured_from_the_limit_that_was_crossed(self):
        by = rule(Family.MISS_TOLERANCE, amber=10)
        assert colours(OCCUPANCY, by, between(40, 60), [35, 36, 40, 60, 66, 67]) == [
            "red",
            "amber",
            "green",
            "green",
            "amber",
            "red",
        ]

    def test_target_of_zero_has_no_percentage(self):
        by = rule(Family.MISS_TOLERANCE, amber=10)
        rating = rate(DAYS_TO_PROCESS, by, at_most(0), value=d(3))
        assert (rating.status, rating.reason.code) == (Status.CANNOT_COMPUTE, "zero_target")

    def test_target_of_zero_takes_the_absolute_tolerance_where_one_is_set(self):
        by = rule(Family.GREEN_BAND, green=2, amber=10, absolute_green=1, absolute_amber=3)
        assert colours(DAYS_TO_PROCESS, by, at_most(0), [0, 1, 3, 4]) == ["green", "green", "amber", "red"]
        assert "zero_target" not in rate(DAYS_TO_PROCESS, by, at_most(10), value=d(11)).reason.params

    def test_target_of_zero_that_is_hit_is_green_without_a_percentage(self):
        assert status(DAYS_TO_PROCESS, rule(Family.MISS_TOLERANCE, amber=10), at_most(0), 0) is Status.GREEN

    def test_strict_and_two_thresholds_need_no_percentage(self):
        assert status(DAYS_TO_PROCESS, rule(Family.STRICT), at_most(0), 3) is Status.RED
        assert status(DAYS_TO_PROCESS, rule(Family.TWO_THRESHOLDS), at_most(0, floor=5), 3) is Status.AMBER

    def test_exceeding_a_target_of_zero_by_a_percentage_cannot_be_computed(self):
        saving = Definition(code="FIN-3", data_type=DataType.MONEY, polarity=Polarity.HIGHER)
        assert status(saving, rule(Family.MISS_TOLERANCE, exceed=5), aim(0), 10) is Status.CANNOT_COMPUTE
        assert status(saving, rule(Family.MISS_TOLERANCE), aim(0), 10) is Status.GREEN


class TestComparison:
    @pytest.mark.parametrize(
        ("comparison", "expected"),
        [
            (Comparison.AT_LEAST, ["red", "green", "green"]),
            (Comparison.MORE_THAN, ["red", "red", "green"]),
            (Comparison.AT_MOST, ["green", "green", "red"]),
            (Comparison.LESS_THAN, ["green", "red", "red"]),
        ],
    )
    def test_equal_is_a_miss_only_of_a_strict_comparison(self, comparison, expected):
        assert colours(CALLS_ANSWERED, rule(Family.STRICT), aim(50, comparison), [49, 50, 51]) == expected

    def test_a_miss_of_nothing_is_within_any_tolerance_but_is_not_green_without_one(self):
        target = aim(50, Comparison.MORE_THAN)
        assert status(CALLS_ANSWERED, rule(Family.MISS_TOLERANCE, amber=5), target, 50) is Status.AMBER
        assert status(CALLS_ANSWERED, rule(Family.GREEN_BAND, amber=5), target, 50) is Status.AMBER
        assert status(CALLS_ANSWERED, rule(Family.GREEN_BAND, green=1, amber=5), target, 50) is Status.GREEN
        assert status(CALLS_ANSWERED, rule(Family.TWO_THRESHOLDS), replace(target, floor=d(45)), 50) is Status.AMBER

    def test_equal_to_a_strict_target_of_zero_needs_no_percentage(self):
        assert (
            status(CALLS_ANSWERED, rule(Family.MISS_TOLERANCE, amber=5), aim(0, Comparison.MORE_THAN), 0)
            is Status.AMBER
        )

    def test_how_the_target_compares_beats_what_is_good(self):
        """Rotherham's "maintain 9% or above" stands on a measure that is good when representative."""
        assert colours(OCCUPANCY, rule(Family.STRICT), aim(9), [8, 9, 20]) == ["red", "green", "green"]

    def test_single_figure_of_a_range_is_to_be_hit(self):
        target = aim(50, Comparison.BETWEEN)
        assert colours(OCCUPANCY, rule(Family.MISS_TOLERANCE, amber=10), target, [44, 45, 50, 55, 56]) == [
            "red",
            "amber",
            "green",
            "amber",
            "red",
        ]

    def test_range_with_one_limit(self):
        assert colours(OCCUPANCY, rule(Family.STRICT), between(40, None), [39, 40, 99]) == ["red", "green", "green"]
        assert colours(OCCUPANCY, rule(Family.STRICT), between(None, 60), [0, 60, 61]) == ["green", "green", "red"]


class TestRounding:
    def test_unrounded_is_the_default_and_a_hidden_miss_is_shown_with_more_decimals(self):
        whole = replace(CALLS_ANSWERED, decimals=0)
        rating = rate(whole, rule(Family.STRICT), aim(95), value=d("94.96"))
        assert rating.status is Status.RED
        assert (rating.reason.params["value"], rating.reason.params["shown_decimals"]) == ("94.96", "2")

    def test_one_more_decimal_where_one_is_enough(self):
        whole = replace(CALLS_ANSWERED, decimals=0)
        assert rate(whole, rule(Family.STRICT), aim(95), value=d("94.6")).reason.params["shown_decimals"] == "1"
        assert "shown_decimals" not in rate(whole, rule(Family.STRICT), aim(95), value=d("94.4")).reason.params

    def test_as_shown_rounds_both_half_up(self):
        by = rule(Family.STRICT, compare=Compare.AS_SHOWN)
        whole = replace(CALLS_ANSWERED, decimals=0)
        assert colours(whole, by, aim("94.5"), ["94.5", "94.49"]) == ["green", "red"]
        assert status(whole, by, aim(95), "94.5") is Status.GREEN
        assert rate(whole, by, aim(95), value=d("94.5")).reason.params["unrounded"] == "94.5"

    def test_unrounded_leaves_the_red_line_and_the_baseline_as_they_were_set(self):
        whole, lines = replace(CALLS_ANSWERED, decimals=0), aim(95, floor="84.6")
        assert colours(whole, rule(Family.TWO_THRESHOLDS), lines, ["84.8", "84.6", "84.5"]) == ["amber", "amber", "red"]
        half_way = rule(Family.MISS_TOLERANCE, Basis.IMPROVEMENT, amber=50)
        assert colours(whole, half_way, aim(95, baseline="94.6"), ["94.8", "94.79"]) == ["amber", "red"]

    def test_as_shown_without_decimals_is_as_given(self):
        as_given = replace(CALLS_ANSWERED, decimals=None)
        assert status(as_given, rule(Family.STRICT, compare=Compare.AS_SHOWN), aim(95), "94.99") is Status.RED

    def test_as_shown_rounds_the_red_line_and_the_earlier_figure(self):
        whole = replace(CALLS_ANSWERED, decimals=0)
        by = rule(Family.TWO_THRESHOLDS, compare=Compare.AS_SHOWN)
        assert status(whole, by, aim(95, floor="80.4"), 80) is Status.AMBER
        moved = rule(Family.DIRECTION_CONDITIONED, compare=Compare.AS_SHOWN)
        assert status(whole, moved, aim(95), "79.6", earlier=d("80.4")) is Status.AMBER


class TestNotRated:
    def test_words_come_in_order(self):
        strict = rule(Family.STRICT)
        contextual = replace(CALLS_ANSWERED, kind=MeasureKind.CONTEXTUAL)
        aimless = replace(CALLS_ANSWERED, polarity=Polarity.NONE)
        no_target = Reason("year_end_only", {"year": "2018/19", "year_target": "400"})
        given = {"value": d(90)}
        assert rate(contextual, strict, aim(87), **given) == Rating(Status.NOT_RATED, Reason("contextual"))
        assert rate(aimless, strict, aim(87), **given) == Rating(Status.NOT_RATED, Reason("no_polarity"))
        assert rate(CALLS_ANSWERED, None, aim(87), **given) == Rating(Status.NOT_RATED, Reason("no_rule"))
        assert rate(CALLS_ANSWERED, strict, no_target, **given) == Rating(Status.NO_TARGET, no_target)
        assert rate(CALLS_ANSWERED, strict, aim(), **given) == Rating(Status.NO_TARGET, Reason("to_be_confirmed"))
        assert rate(CALLS_ANSWERED, strict, aim(87), value=None) == Rating(Status.NOT_RATED, Reason("no_value"))

    @pytest.mark.parametrize("missing", [kind for kind in Missing if kind is not Missing.NOT_APPLICABLE])
    def test_missing_is_never_zero(self, missing):
        rating = rate(DAYS_TO_PROCESS, rule(Family.STRICT), at_most(18), value=None, missing=missing)
        assert rating == Rating(Status.NOT_RATED, Reason(missing.value))

    def test_not_applicable_is_a_word_of_its_own(self):
        by = rule(Family.STRICT)
        expected = Rating(Status.NOT_APPLICABLE, Reason("not_applicable"))
        assert rate(DAYS_TO_PROCESS, by, aim(18), value=None, missing=Missing.NOT_APPLICABLE) == expected

    def test_nil_return_with_a_figure_is_that_figure(self):
        by = rule(Family.STRICT)
        assert status(DAYS_TO_PROCESS, by, at_most(18), 0, missing=Missing.NIL_RETURN) is Status.GREEN
        assert status(DAYS_TO_PROCESS, by, at_most(18), 0, missing=Missing.SUPPRESSED) is Status.NOT_RATED

    def test_too_few_to_rate(self):
        by = rule(Family.STRICT, min_denominator=10)
        rating = rate(CALLS_ANSWERED, by, aim(87), value=d(50), denominator=d(9))
        assert rating == Rating(Status.NOT_RATED, Reason("too_few", {"denominator": "9", "min_denominator": "10"}))
        assert status(CALLS_ANSWERED, by, aim(87), 50, denominator=d(10)) is Status.RED
        assert status(CALLS_ANSWERED, by, aim(87), 50) is Status.RED

    def test_the_rules_fewest_cases_beat_the_measures(self):
        small = replace(CALLS_ANSWERED, min_denominator=d(20))
        assert status(small, rule(Family.STRICT), aim(87), 50, denominator=d(15)) is Status.NOT_RATED
        assert status(small, rule(Family.STRICT, min_denominator=10), aim(87), 50, denominator=d(15)) is Status.RED

    def test_a_figure_that_is_no_number(self):
        for value in (Decimal("NaN"), Decimal("Infinity")):
            assert rate(CALLS_ANSWERED, rule(Family.STRICT), aim(87), value=value) == Rating(
                Status.CANNOT_COMPUTE, Reason("not_a_number")
            )


class TestOtherKindsOfFigure:
    def test_yes_or_no(self):
        adopted = Definition(code="PL-1", data_type=DataType.YES_NO, polarity=Polarity.HIGHER)
        assert colours(adopted, rule(Family.STRICT), aim(1), [1, 0]) == ["green", "red"]

    def test_dates_are_days(self):
        published = Definition(code="FIN-1", data_type=DataType.DATE, polarity=Polarity.LOWER)
        by = rule(Family.MISS_TOLERANCE, Basis.ABSOLUTE, amber=7)
        due = at_most(date(2026, 7, 31).toordinal())
        days = [date(2026, 7, 31), date(2026, 8, 7), date(2026, 8, 8)]
        assert colours(published, by, due, [day.toordinal() for day in days]) == ["green", "amber", "red"]


BUSY = Judgement(
    status=Status.AMBER, reason="Two posts are vacant", by="Amina Shah", on=date(2026, 3, 3), expires=date(2026, 6, 30)
)


class TestJudged:
    def test_takes_the_judgement_with_or_without_a_figure_or_a_target(self):
        rating = rate(CALLS_ANSWERED, rule(Family.JUDGED), Reason("no_target"), value=None, judgement=BUSY)
        assert rating == Rating(
            Status.AMBER,
            Reason(
                "judged",
                {
                    "status": "amber",
                    "by": "Amina Shah",
                    "on": "2026-03-03",
                    "why": "Two posts are vacant",
                    "expires": "2026-06-30",
                },
            ),
        )

    def test_needs_a_reason_an_author_and_an_expiry(self):
        by = rule(Family.JUDGED)
        incomplete = Rating(Status.NOT_RATED, Reason("judgement_incomplete"))
        for lacking in ({"reason": " "}, {"by": ""}, {"expires": None}):
            assert rate(CALLS_ANSWERED, by, aim(87), value=None, judgement=replace(BUSY, **lacking)) == incomplete
        assert rate(CALLS_ANSWERED, by, aim(87), value=d(90)) == Rating(Status.NOT_RATED, Reason("no_judgement"))

    def test_a_forecast_is_not_judged(self):
        rating = rate(CALLS_ANSWERED, rule(Family.JUDGED), aim(87), value=None, forecast=d(90), as_forecast=True)
        assert rating == Rating(Status.NOT_RATED, Reason("judged_only"))

    def test_the_rule_may_say_how_long_it_stands(self):
        undated = replace(BUSY, expires=None)
        by = rule(Family.JUDGED, expires_after=90)
        assert (expiry(undated, by), expiry(BUSY, by), expiry(undated)) == (date(2026, 6, 1), date(2026, 6, 30), None)
        assert expiry(undated, rule(Family.JUDGED, expires_after=10**9)) == date.max

    def test_stands_through_its_last_day(self):
        assert current_judgement(BUSY, date(2026, 6, 30)) is BUSY
        assert current_judgement(BUSY, date(2026, 7, 1)) is None
        assert current_judgement(None, date(2026, 7, 1)) is None
        assert current_judgement(replace(BUSY, expires=None), date(2026, 3, 4)) is None

    def test_a_kept_rating_reads_as_expired_afterwards(self):
        rating = rate(CALLS_ANSWERED, rule(Family.JUDGED), aim(87), value=None, judgement=BUSY)
        assert current_rating(rating, today=date(2026, 6, 30)) is rating
        expired = current_rating(rating, today=date(2026, 7, 1))
        assert expired.status is Status.NOT_RATED
        assert explain(expired.reason) == (
            "Not rated: the judgement by Amina Shah of 3 March 2026 expired on 30 June 2026"
        )
        strict = rate(CALLS_ANSWERED, rule(Family.STRICT), aim(87), value=d(90))
        assert current_rating(strict, today=date(2099, 1, 1)) is strict


class TestWaiting:
    QUARTER = Period.parse("2018/19 Q3")
    MEASURE = replace(CALLS_ANSWERED, lag_days=30)

    @pytest.mark.parametrize(
        ("today", "expected_on", "word", "code"),
        [
            (date(2018, 12, 31), None, Status.NOT_DUE, "not_due"),
            (date(2019, 1, 1), None, Status.AWAITED, "awaited"),
            (date(2019, 1, 30), None, Status.AWAITED, "awaited"),
            (date(2019, 1, 31), None, Status.OVERDUE, "overdue"),
            (date(2019, 1, 31), date(2019, 2, 15), Status.AWAITED, "awaited_expected"),
            (date(2019, 2, 15), date(2019, 2, 15), Status.AWAITED, "awaited_expected"),
            (date(2019, 2, 16), date(2019, 2, 15), Status.OVERDUE, "overdue_expected"),
        ],
    )
    def test_the_clock_decides(self, today, expected_on, word, code):
        rating = waiting(self.MEASURE, self.QUARTER, today=today, expected_on=expected_on)
        assert (rating.status, rating.reason.code) == (word, code)

    def test_before_it_starts_and_after_it_ends_it_does_not_apply(self):
        later = replace(self.MEASURE, starts=date(2019, 1, 1))
        during = replace(self.MEASURE, starts=date(2018, 12, 31), ends=date(2018, 12, 31))
        retired = replace(self.MEASURE, ends=date(2018, 12, 30))
        words = [waiting(m, self.QUARTER, today=date(2019, 3, 1)).status for m in (later, during, retired)]
        assert words == [Status.NOT_APPLICABLE, Status.OVERDUE, Status.NOT_APPLICABLE]


# Properties

AMOUNTS = st.integers(min_value=-100_000, max_value=100_000).map(lambda hundredths: Decimal(hundredths) / 100)
EDGES = st.integers(min_value=0, max_value=3000).map(lambda hundredths: Decimal(hundredths) / 100)
BANDED = [
    Family.STRICT,
    Family.MISS_TOLERANCE,
    Family.GREEN_BAND,
    Family.TWO_THRESHOLDS,
    Family.SYMMETRIC,
    Family.DIRECTION_CONDITIONED,
    Family.FOUR_BAND,
]
SIDED = [Comparison.AT_LEAST, Comparison.MORE_THAN, Comparison.AT_MOST, Comparison.LESS_THAN]


@st.composite
def rules(draw, families=tuple(BANDED), bases=tuple(Basis)):
    tight, middle, wide = sorted(draw(st.tuples(EDGES, EDGES, EDGES)))
    family = draw(st.sampled_from(families))
    given_edges = {
        Family.MISS_TOLERANCE: {"amber": middle},
        Family.GREEN_BAND: {"green": tight, "amber": middle},
        Family.SYMMETRIC: {"green": tight},
        Family.DIRECTION_CONDITIONED: draw(st.sampled_from([{"green": tight}, {"green": tight, "amber": middle}, {}])),
        Family.FORECAST: {"green": tight, "amber": middle},
        Family.FOUR_BAND: {"green": tight, "amber": middle, "red_amber": wide},
    }.get(family, {})
    if family not in (Family.STRICT, Family.JUDGED, Family.UNRATED):
        given_edges["exceed"] = draw(st.none() | EDGES)
    return Rule(
        code="CORP",
        family=family,
        basis=draw(st.sampled_from(bases)),
        compare=draw(st.sampled_from(Compare)),
        agreed_on=draw(st.none() | st.dates()),
        **given_edges,
    )


@st.composite
def targets(draw, comparisons=tuple(Comparison)):
    comparison = draw(st.sampled_from(comparisons))
    optional = st.none() | AMOUNTS
    if comparison is Comparison.BETWEEN:
        low, high = sorted(draw(st.tuples(AMOUNTS, AMOUNTS)))
        return TargetInForce(
            low=low, high=high, comparison=comparison, floor_low=draw(optional), baseline=draw(optional)
        )
    return TargetInForce(value=draw(AMOUNTS), comparison=comparison, floor=draw(optional), baseline=draw(optional))


def shortfall(target, value):
    """How far ``value`` is from where the target wants it, counted independently of the code under test."""
    if target.comparison in (Comparison.AT_LEAST, Comparison.MORE_THAN):
        return target.value - value
    if target.comparison in (Comparison.AT_MOST, Comparison.LESS_THAN):
        return value - target.value
    return max(target.low - value, value - target.high, Decimal(0))


@given(rules(), targets(comparisons=tuple(SIDED)), AMOUNTS, AMOUNTS, AMOUNTS)
def test_a_better_figure_never_gets_a_worse_colour(by, target, one, other, earlier):
    better, worse = sorted((one, other), key=lambda value: shortfall(target, value))
    good = rate(CALLS_ANSWERED, by, target, value=better, earlier=earlier).status
    bad = rate(CALLS_ANSWERED, by, target, value=worse, earlier=earlier).status
    assume(good in RATED and bad in RATED)
    assert RATED.index(good) <= RATED.index(bad)


@given(
    rules(families=(Family.MISS_TOLERANCE, Family.FOUR_BAND, Family.STRICT), bases=(Basis.POINTS, Basis.ABSOLUTE)),
    targets(comparisons=(Comparison.BETWEEN,)),
    AMOUNTS,
    AMOUNTS,
)
def test_nearer_a_range_never_gets_a_worse_colour(by, target, one, other):
    unrounded = replace(by, compare=Compare.UNROUNDED)
    nearer, farther = sorted((one, other), key=lambda value: shortfall(target, value))
    near, far = (rate(OCCUPANCY, unrounded, target, value=value).status for value in (nearer, farther))
    assert RATED.index(near) <= RATED.index(far)


@given(rules(), targets(comparisons=(Comparison.AT_LEAST, Comparison.MORE_THAN)), AMOUNTS, AMOUNTS)
def test_lower_is_higher_turned_round(by, target, value, earlier):
    mirrored = TargetInForce(
        value=-target.value,
        comparison=Comparison.AT_MOST if target.comparison is Comparison.AT_LEAST else Comparison.LESS_THAN,
        floor=None if target.floor is None else -target.floor,
        baseline=None if target.baseline is None else -target.baseline,
    )
    higher = rate(CALLS_ANSWERED, by, target, value=value, earlier=earlier)
    lower = rate(DAYS_TO_PROCESS, by, mirrored, value=-value, earlier=-earlier)
    assert (higher.status, higher.reason.code) == (lower.status, lower.reason.code)


@given(AMOUNTS.filter(bool), EDGES, st.sampled_from((Comparison.AT_LEAST, Comparison.AT_MOST)))
def test_a_miss_of_exactly_the_tolerance_is_within_it(target, edge, comparison):
    side = -1 if comparison is Comparison.AT_LEAST else 1
    for basis, miss in ((Basis.PERCENT, edge * abs(target) / 100), (Basis.POINTS, edge), (Basis.ABSOLUTE, edge)):
        by = rule(Family.MISS_TOLERANCE, basis, amber=edge)
        on_the_edge = target + side * miss
        beyond = on_the_edge + side * Decimal("0.0000001")
        expected = Status.AMBER if miss else Status.GREEN
        assert rate(CALLS_ANSWERED, by, aim(target, comparison), value=on_the_edge).status is expected
        assert rate(CALLS_ANSWERED, by, aim(target, comparison), value=beyond).status is Status.RED


@given(
    rules(bases=(Basis.PERCENT, Basis.IMPROVEMENT)),
    targets(),
    AMOUNTS,
    st.none() | AMOUNTS,
    st.integers(min_value=1, max_value=10_000).map(lambda tenths: Decimal(tenths) / 10),
)
def test_a_percentage_does_not_mind_the_unit(by, target, value, earlier, scale):
    """Pounds or thousands of pounds: the same colour."""
    by = replace(by, compare=Compare.UNROUNDED)
    scaled = replace(
        target,
        **{
            name: None if getattr(target, name) is None else getattr(target, name) * scale
            for name in ("value", "low", "high", "floor", "floor_low", "floor_high", "baseline")
        },
    )
    one = rate(CALLS_ANSWERED, by, target, value=value, earlier=earlier)
    other = rate(CALLS_ANSWERED, by, scaled, value=value * scale, earlier=None if earlier is None else earlier * scale)
    assert (one.status, one.reason.code) == (other.status, other.reason.code)


@given(
    rules(families=(*BANDED, Family.FORECAST)),
    st.sampled_from(Comparison),
    st.lists(st.none() | st.decimals(allow_nan=False, allow_infinity=False), min_size=8, max_size=8),
    st.decimals(allow_nan=True, allow_infinity=True),
    st.sampled_from(Polarity),
    st.none() | st.integers(min_value=0, max_value=6),
)
def test_any_decimal_gets_a_word_and_an_explanation(by, comparison, numbers, value, polarity, decimals):
    target = TargetInForce(
        comparison=comparison,
        value=numbers[0],
        low=numbers[1],
        high=numbers[2],
        floor=numbers[3],
        floor_low=numbers[4],
        baseline=numbers[5],
    )
    measure = replace(CALLS_ANSWERED, polarity=polarity, decimals=decimals)
    rating = rate(measure, by, target, value=value, earlier=numbers[6], forecast=numbers[7])
    assert rating.status in Status
    assert explain(rating.reason)
