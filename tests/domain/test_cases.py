"""Tables that councils published: their own lists come out where they state a rule."""

import csv
import re
from decimal import Decimal

import pytest

from goldenthread.domain.definition import Definition
from goldenthread.domain.periods import Period
from goldenthread.domain.rules import Rule
from goldenthread.domain.status import rate
from goldenthread.domain.targets import Target, WordedTarget, target_in_force, worded_target
from goldenthread.domain.words import Comparison, DataType, Family, Polarity, Status, TargetKind

pytestmark = pytest.mark.shared_data

STRICT = Rule(code="STRICT", family=Family.STRICT)
GOOD_IS = {
    "High": Polarity.HIGHER,
    "Low": Polarity.LOWER,
    "Representative of the borough": Polarity.RANGE,
}


def rows(shared_data, name):
    with (shared_data / "cases" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def figure(text):
    return Decimal(text.removesuffix("%"))


def measure(row):
    percentage = row["actual" if "actual" in row else "a2013_14"].endswith("%")
    return Definition(
        code=row.get("ref") or row["indicator"],
        data_type=DataType.PERCENTAGE if percentage else DataType.NUMBER,
        polarity=Polarity(row["polarity_inferred"]),
    )


def statuses(found, rule):
    return [
        rate(
            measure(row),
            rule,
            target_in_force(
                measure(row),
                Period.parse("2024/25 Q2"),
                {
                    ("2024/25 Q2", TargetKind.TARGET): Target(
                        period=Period.parse("2024/25 Q2"), value=figure(row["target"])
                    )
                },
            ),
            value=figure(row["actual"]),
        ).status
        for row in found
    ]


def test_tandridge_lists_everything_that_misses_by_however_little(shared_data):
    """The strict rule is stated: no tolerance. Polarity is inferred, two actuals are implied by the minutes.

    Not stated: which measures met their targets, so only the exceptions themselves can be checked.
    """
    found = rows(shared_data, "tandridge_2024-25_exceptions.csv")
    assert {row["status_published"] for row in found} == {"Off target"}
    assert statuses(found, STRICT) == [Status.RED] * 10


def test_tandridge_would_list_fewer_with_a_tolerance(shared_data):
    """Off target by one day of 30, or by 0.17 of 7.1 days, is within the usual 10%: the published list rules it out."""
    found = rows(shared_data, "tandridge_2024-25_exceptions.csv")
    tolerant = Rule(code="TEN", family=Family.MISS_TOLERANCE, amber=Decimal(10))
    ambers = [
        row["indicator"] for row, status in zip(found, statuses(found, tolerant), strict=True) if status is Status.AMBER
    ]
    assert ambers == [
        "Days to process HB/CTB new claims",
        "Working days lost to sickness (rolling 12 months)",
        "HMO inspections carried out",
        "Street cleaning",
        "Days to process HB change events",
    ]


def test_south_hollands_three_misses_share_a_band(shared_data):
    """Three bands are named (on or above, slightly below, significantly under target) but no edge is stated.

    What can be known: none of the three is green, and since all three are published alike, no edge lies between the
    least miss (5.1% of its target) and the greatest (20.9%). The usual 10% would split them.
    """
    found = rows(shared_data, "south_holland_2024-25_q2.csv")
    assert {row["status_published"] for row in found} == {"Requires improvement"}
    by_edge = {
        edge: statuses(found, Rule(code="MISS", family=Family.MISS_TOLERANCE, amber=Decimal(edge)))
        for edge in ("5", "10", "21")
    }
    assert by_edge == {
        "5": [Status.RED] * 3,
        "10": [Status.RED, Status.AMBER, Status.RED],
        "21": [Status.AMBER] * 3,
    }


def test_rotherhams_targets_say_how_they_compare(shared_data):
    """No actuals are published. The council's words give the comparison; "in range" has no upper limit stated.

    Steps for several years are several targets, and a quartile is a target that the comparison with others sets:
    neither is a figure to be read from these words.
    """
    found = rows(shared_data, "rotherham_2022-23_target_types.csv")
    read = {row["ref"]: worded_target(row["target_published"], GOOD_IS[row["good_is_published"]]) for row in found}

    def target(comparison, value):
        return WordedTarget(comparison=comparison, value=Decimal(value))

    assert read == {
        "OC01": target(Comparison.AT_LEAST, "85"),
        "OC02a": target(Comparison.MORE_THAN, "50"),
        "OC02b": target(Comparison.MORE_THAN, "48"),
        "OC03": target(Comparison.AT_MOST, "4"),
        "OC04": target(Comparison.AT_MOST, "10.3"),
        "OC05": target(Comparison.AT_LEAST, "95"),
        "OC06a": target(Comparison.AT_LEAST, "9"),
        "OC06b": None,
        "OC06c": None,
        "OC07a": None,
        "OC07b": None,
    }


def test_rotherhams_stepped_targets_are_one_a_year(shared_data):
    """Each step applies to its own year and to no other."""
    found = {row["ref"]: row for row in rows(shared_data, "rotherham_2022-23_target_types.csv")}
    steps = re.findall(r"([\d.]+)% \((\d{4})-(\d\d)\)", found["OC06c"]["target_published"])
    targets = {
        (f"{year}/{second}", TargetKind.TARGET): Target(period=Period.parse(f"{year}/{second}"), value=Decimal(value))
        for value, year, second in steps
    }
    under_25 = Definition(code="OC06c", data_type=DataType.PERCENTAGE, polarity=Polarity.HIGHER)
    in_force = {
        year: getattr(target_in_force(under_25, Period.parse(year), targets), "value", None)
        for year in ("2022/23", "2023/24", "2024/25")
    }
    assert in_force == {"2022/23": None, "2023/24": Decimal("3.8"), "2024/25": Decimal("4.6")}


def test_winchesters_targets_met_and_missed(shared_data):
    """No status and no rule is published: only whether each 2014/15 figure met its target follows from the table.

    The targets of later years stand beside it and rate nothing of 2014/15.
    """
    met = {}
    for row in rows(shared_data, "winchester_2014-15_revs_bens.csv"):
        targets = {
            (f"20{year.replace('_', '/')}", TargetKind.TARGET): Target(
                period=Period.parse(f"20{year.replace('_', '/')}"), value=figure(row[f"target_20{year}"])
            )
            for year in ("14_15", "15_16", "16_17", "17_18")
        }
        target = target_in_force(measure(row), Period.parse("2014/15"), targets)
        met[row["ref"]] = rate(measure(row), STRICT, target, value=figure(row["actual_2014_15"])).status.value
    assert met == {
        "LPI0538": "red",
        "LPI0539": "green",
        "LPI0543": "red",
        "LPI0544": "green",
        "LPI0541": "red",
        "LPI0542": "red",
    }
