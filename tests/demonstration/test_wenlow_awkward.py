"""Every awkward case is there, and does what makes it awkward."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from goldenthread.demonstration import AWKWARD, TODAY, Tables, results
from goldenthread.demonstration.clock import LONDON, NOW
from goldenthread.demonstration.results import known
from goldenthread.domain.definition import Definition
from goldenthread.domain.periods import Period
from goldenthread.domain.series.row import Row, Version
from goldenthread.domain.status import waiting
from goldenthread.domain.words import Direction, Missing, Profile, Status


@pytest.fixture(scope="module")
def computed(wenlow: Tables) -> dict[str, list[Version]]:
    return results.compute(wenlow, {row["measure"] for row in wenlow["measures"] if not row["formula"]})


@pytest.fixture(scope="module")
def now(computed: dict[str, list[Version]]) -> dict[tuple[str, str], Row]:
    return {
        (code, version.row.period.text): version.row
        for code, versions in computed.items()
        for version in known(versions, NOW)
    }


def definition(wenlow: Tables, code: str) -> dict[str, str]:
    return next(row for row in wenlow["measures"] if row["measure"] == code)


def given(wenlow: Tables, code: str, period: str, category: str = "") -> list[dict[str, str]]:
    return [
        row for row in wenlow["actuals"] if (row["measure"], row["period"], row["category"]) == (code, period, category)
    ]


def on_wait(wenlow: Tables, code: str, period: str, expected_on: date | None = None) -> Status:
    row = definition(wenlow, code)
    measure = Definition(code=code, lag_days=int(row["lag_days"]))
    return waiting(measure, Period.parse(period), today=TODAY, expected_on=expected_on).status


def test_every_case_names_a_measure(wenlow: Tables) -> None:
    assert set(AWKWARD.values()) <= {row["measure"] for row in wenlow["measures"]}


def test_sickness_adds_up_through_the_year_while_staff_are_averaged(
    wenlow: Tables, now: dict[tuple[str, str], Row]
) -> None:
    code = AWKWARD["sickness per FTE, year to date"]
    row = definition(wenlow, code)
    assert (row["rated_on"], row["denominator_aggregation"], row["factor"]) == ("year_to_date", "mean", "1")
    months = [Decimal(figure["numerator"]) for n in range(4, 13) for figure in given(wenlow, code, f"2025-{n:02}")]
    staff = [Decimal(figure["denominator"]) for n in range(4, 13) for figure in given(wenlow, code, f"2025-{n:02}")]
    assert now[code, "2025-12"].rated_value == sum(months) / (sum(staff) / 9)


def test_council_tax_is_held_to_a_seasonal_path(now: dict[tuple[str, str], Row]) -> None:
    row = now[AWKWARD["council tax, cumulative on a seasonal profile"], "2026-12"]
    assert row.target_derived_by is Profile.SEASONAL
    assert Decimal(81) < row.target < Decimal("82.5")
    assert row.status is Status.AMBER


def test_a_rate_is_per_thousand_people(wenlow: Tables, now: dict[tuple[str, str], Row]) -> None:
    code = AWKWARD["a rate per 1,000"]
    row, figure = now[code, "2026-12"], given(wenlow, code, "2026-12")[0]
    assert row.value == Decimal(figure["numerator"]) * 1000 / Decimal(figure["denominator"])


def test_twelve_months_roll(wenlow: Tables, now: dict[tuple[str, str], Row]) -> None:
    code = AWKWARD["rolling twelve months"]
    months = [f"2026-{n:02}" for n in range(1, 13)]
    assert now[code, "2026-12"].rated_value == sum(Decimal(given(wenlow, code, month)[0]["value"]) for month in months)


def test_a_span_has_three_years_and_its_own_target(now: dict[tuple[str, str], Row]) -> None:
    row = now[AWKWARD["a three-year span"], "2023 to 2025"]
    assert row.period.is_span
    assert (row.target, row.status) == (Decimal(62), Status.AMBER)


def test_an_academic_result_is_provisional_before_it_is_final(wenlow: Tables) -> None:
    figures = given(wenlow, AWKWARD["an academic-year result"], "2025/26 academic")
    assert [figure["state"] for figure in figures] == ["provisional", "final"]


def test_a_survey_within_its_margin_is_the_same_as_last_year(now: dict[tuple[str, str], Row]) -> None:
    row = now[AWKWARD["a survey with its margin"], "2025/26"]
    assert row.lower < row.value < row.upper
    assert row.direction_short is Direction.SAME


def test_a_target_of_nought_is_rated_on_the_absolute_rule(now: dict[tuple[str, str], Row]) -> None:
    row = now[AWKWARD["a target of nought"], "2026-12"]
    assert (row.target, row.value, row.status) == (Decimal(0), Decimal(1), Status.AMBER)
    assert row.reason.params["zero_target"] == "yes"


def test_a_range_has_two_ends(now: dict[tuple[str, str], Row]) -> None:
    row = now[AWKWARD["a range"], "2026/27 Q3"]
    assert (row.target_low, row.target_high, row.status) == (Decimal(8), Decimal(12), Status.GREEN)


def test_a_milestone_is_no_and_then_yes(now: dict[tuple[str, str], Row]) -> None:
    code = AWKWARD["a yes/no milestone"]
    assert (now[code, "2025/26 Q4"].value, now[code, "2025/26 Q4"].status) == (Decimal(0), Status.NO_TARGET)
    assert (now[code, "2026/27 Q1"].value, now[code, "2026/27 Q1"].status) == (Decimal(1), Status.GREEN)


def test_a_small_cohort_is_not_rated(now: dict[tuple[str, str], Row]) -> None:
    code = AWKWARD["a small cohort"]
    few = [row for (other, _period), row in now.items() if other == code and not row.derived and row.denominator < 8]
    assert {row.reason.code for row in few} == {"too_few"}


def test_one_ward_is_bad_under_a_good_average(wenlow: Tables, now: dict[tuple[str, str], Row]) -> None:
    code = AWKWARD["a bad ward under a good average"]
    whole = now[code, "2026/27 T2"]
    (ward,) = given(wenlow, code, "2026/27 T2", "ward=quayside")
    assert whole.status is Status.GREEN
    assert Decimal(ward["numerator"]) * 100 / Decimal(ward["denominator"]) < whole.target * Decimal("0.85")


def test_a_partner_enters_its_own_figures(wenlow: Tables) -> None:
    code = AWKWARD["a partner's figure"]
    assert {row["entered_by"] for row in wenlow["actuals"] if row["measure"] == code} == {"Tania Szymanska"}
    (post,) = [row["post"] for row in wenlow["measure_roles"] if (row["measure"], row["role"]) == (code, "supplier")]
    assert post == "BLT-DATA"


def test_a_target_is_amended_downwards_from_a_quarter_on(now: dict[tuple[str, str], Row]) -> None:
    code = AWKWARD["a target amended downwards"]
    before, after = now[code, "2026/27 Q2"], now[code, "2026/27 Q3"]
    assert (before.target, before.target_original) == (Decimal(97), None)
    assert (after.target, after.target_original, after.status) == (Decimal(93), Decimal(97), Status.GREEN)


def test_a_target_typed_wrong_is_corrected(computed: dict[str, list[Version]]) -> None:
    quarter = [
        version for version in computed[AWKWARD["a target corrected"]] if version.row.period.text == "2025/26 Q1"
    ]
    assert [version.row.target for version in quarter] == [Decimal(8250), Decimal(825)]


def test_a_rule_changed_from_the_year_that_its_new_version_starts(now: dict[tuple[str, str], Row]) -> None:
    rows = {period: row for (code, period), row in now.items() if code == AWKWARD["a rule changed mid-history"]}
    assert {row.rule for row in rows.values()} == {"CORP-STRATEGIC"}
    edges = {
        (period < "2024-04", row.reason.params["edge"])
        for period, row in rows.items()
        if "edge" in row.reason.params and len(period) == 7
    }
    assert edges == {(True, "10"), (False, "5")}


def test_nothing_is_compared_across_a_break(now: dict[tuple[str, str], Row]) -> None:
    code = AWKWARD["a definition break"]
    assert now[code, "2024-04"].direction_short is Direction.NONE
    assert now[code, "2024-12"].direction_long is Direction.NONE
    assert now[code, "2025-04"].direction_long is not Direction.NONE


def test_a_retired_measure_is_followed_by_its_successor(wenlow: Tables) -> None:
    retired = definition(wenlow, AWKWARD["a retired measure"])
    successor = definition(wenlow, AWKWARD["its successor"])
    assert (retired["ends"], successor["starts"], successor["succeeds"]) == ("2024-03-31", "2024-04-01", "CS-01")
    assert retired["retired_reason"]
    assert max(row["period"] for row in wenlow["actuals"] if row["measure"] == "CS-01") == "2024-03"
    assert min(row["period"] for row in wenlow["actuals"] if row["measure"] == "CS-02") == "2024-04"


def test_a_green_forecast_stands_beside_a_red(now: dict[tuple[str, str], Row]) -> None:
    row = now[AWKWARD["forecast green on current red"], "2026/27 Q2"]
    assert (row.status, row.forecast_status) == (Status.RED, Status.GREEN)


def test_a_judgement_expires_within_days(now: dict[tuple[str, str], Row]) -> None:
    row = now[AWKWARD["a judgement about to expire"], "2026/27 Q2"]
    assert (row.status, row.judged_expires) == (Status.AMBER, date(2027, 1, 22))
    assert TODAY < row.judged_expires <= TODAY + timedelta(days=7)


def test_a_published_figure_is_restated_and_turns_amber(wenlow: Tables, now: dict[tuple[str, str], Row]) -> None:
    code = AWKWARD["a restated published figure"]
    shown = [row for row in wenlow["published"] if (row["measure"], row["period"]) == (code, "2026/27 Q1")]
    assert [(row["publication"], row["status"]) for row in shown] == [("Cabinet 15 September 2026", "green")]
    row = now[code, "2026/27 Q1"]
    assert (row.state, row.status) == ("restated", Status.AMBER)


def test_a_yearly_green_is_carried(now: dict[tuple[str, str], Row]) -> None:
    row = now[AWKWARD["a carried yearly green"], "2025/26"]
    assert (row.status, row.period.end) == (Status.GREEN, date(2026, 3, 31))


def test_a_figure_is_overdue(wenlow: Tables) -> None:
    code = AWKWARD["an overdue figure"]
    assert given(wenlow, code, "2026/27 Q3") == []
    assert on_wait(wenlow, code, "2026/27 Q3") is Status.OVERDUE


def test_a_figure_is_promised_for_a_later_day(wenlow: Tables) -> None:
    code = AWKWARD["a figure promised for a later day"]
    (promise,) = given(wenlow, code, "2026/27 Q3")
    assert (promise["missing"], promise["expected_on"]) == ("not_available", "2027-01-29")
    assert on_wait(wenlow, code, "2026/27 Q3", date(2027, 1, 29)) is Status.AWAITED


def test_commentary_contradicts_its_red(wenlow: Tables, now: dict[tuple[str, str], Row]) -> None:
    code = AWKWARD["commentary that contradicts its status"]
    (words,) = [row for row in wenlow["commentary"] if (row["measure"], row["period"]) == (code, "2026-12")]
    assert now[code, "2026-12"].status is Status.RED
    assert "on track" in words["comment"]
    assert words["cause"] == words["action"] == ""


def test_a_measure_has_gone_stale(wenlow: Tables) -> None:
    code = AWKWARD["a stale figure"]
    assert max(row["period"] for row in wenlow["actuals"] if row["measure"] == code) == "2026-08"


def test_limits_start_again_at_a_rebase(now: dict[tuple[str, str], Row]) -> None:
    code = AWKWARD["a rebase after a step change"]
    assert now[code, "2025-09"].limit_mean != now[code, "2026-12"].limit_mean


def test_a_month_without_a_figure_says_why(wenlow: Tables, now: dict[tuple[str, str], Row]) -> None:
    code = AWKWARD["a figure that could not be had"]
    (figure,) = given(wenlow, code, "2025-07")
    assert figure["reason"] == "The monitor failed; under a fifth of the hours were measured."
    assert now[code, "2025-07"].missing is Missing.NOT_AVAILABLE


def test_a_mistyped_figure_was_put_right_the_same_day(wenlow: Tables) -> None:
    typed, right = given(wenlow, AWKWARD["a mistyped figure, put right"], "2026-10")
    assert Decimal(typed["value"]) == 10 * Decimal(right["value"])
    assert typed["entered_at"][:10] == right["entered_at"][:10]


def test_a_measure_is_worked_out_from_others(wenlow: Tables) -> None:
    code = AWKWARD["a measure worked out from others"]
    assert definition(wenlow, code)["formula"] == "[HN-04] / [HN-03]"
    assert [row for row in wenlow["actuals"] if row["measure"] == code] == []


def test_an_earlier_system_published_another_status(wenlow: Tables, now: dict[tuple[str, str], Row]) -> None:
    code = AWKWARD["a status published by an earlier system"]
    (shown,) = [
        row for row in wenlow["published"] if (row["publication"], row["measure"]) == ("Annual Report 2021/22", code)
    ]
    assert shown["status"] == "amber"
    assert now[code, shown["period"]].status is Status.RED


def test_each_rule_family_rates_something(wenlow: Tables) -> None:
    given_to = {row["rule"] for row in wenlow["rule_assignments"]}
    assert {row["family"] for row in wenlow["rules"] if row["rule"] in given_to} == {
        "strict",
        "miss_tolerance",
        "green_band",
        "two_thresholds",
        "symmetric",
        "direction_conditioned",
        "forecast",
        "judged",
        "four_band",
        "unrated",
    }


def test_the_board_has_its_share_of_each_colour(computed: dict[str, list[Version]]) -> None:
    latest = [
        max((version.row for version in known(versions, NOW) if not version.row.derived), key=lambda row: row.period)
        for versions in computed.values()
    ]
    rated = [row.status for row in latest if row.status in ("blue", "green", "green_amber", "amber", "red")]
    share = {status: 100 * rated.count(status) / len(rated) for status in ("green", "amber", "red")}
    assert len(rated) > 110
    assert 55 <= share["green"] <= 65
    assert 15 <= share["amber"] <= 22
    assert 15 <= share["red"] <= 20


def test_the_quarter_is_part_way_through_being_collected(wenlow: Tables) -> None:
    due = {row["measure"] for row in wenlow["measures"] if row["frequency"] in ("month", "quarter")}
    due -= {row["measure"] for row in wenlow["measures"] if row["ends"] or row["formula"]}
    entered = {row["measure"] for row in wenlow["actuals"] if row["period"] in ("2026-12", "2026/27 Q3")}
    assert 55 <= 100 * len(entered & due) / len(due) <= 70


def test_four_quarters_were_published_and_stand_as_they_were(
    wenlow: Tables, computed: dict[str, list[Version]]
) -> None:
    published = [row for row in wenlow["published"] if row["body"] == "Cabinet"]
    assert len({row["publication"] for row in published}) == 4
    for row in published:
        at = datetime.fromisoformat(f"{row['shown_on']}T10:00").replace(tzinfo=LONDON)
        versions = known(computed[row["measure"]], at)
        (then,) = [version.row for version in versions if version.row.period.text == row["period"]]
        assert row["status"] == then.status
