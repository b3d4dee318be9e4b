"""The shipped maps on the whole real files, through the command into a database."""

from collections import Counter
from decimal import Decimal

import pytest

from goldenthread.domain.figures import canonical
from goldenthread.domain.reasons import Reason, explain
from goldenthread.measures.models import (
    Actual,
    AreaMembership,
    Benchmark,
    Category,
    Commentary,
    Comparator,
    Measure,
    PublishedFigure,
    Result,
    Scheme,
    Target,
)
from tests.importing.small import counts, run_import

pytestmark = [pytest.mark.django_db, pytest.mark.shared_data]


def results(code, **more):
    """The results of a measure as they stand: value, target, status and reason by period."""
    found = Result.objects.filter(measure__code=code, known_to=None, category="", derived=False, **more)
    return {
        one.period: (
            _text(one.value),
            _text(one.target),
            one.status,
            explain(Reason(one.reason_code, one.reason_params)),
        )
        for one in found
    }


def _text(figure):
    return None if figure is None else canonical(figure)


class TestHart:
    def test_the_tiles_of_november(self, shared_data):
        code, out, err = run_import(shared_data / "hart/hart_kpis.csv", "--map", "hart")

        assert (code, err) == (0, "")
        assert counts(out) == {
            "units": 12,
            "rules": 2,
            "measures": 45,
            "tags": 1,
            "sets": 45,
            "rule_assignments": 43,
            "targets": 41,
            "actuals": 135,
            "commentary": 6,
            "published": 45,
        }
        missing = Actual.objects.filter(missing="not_available").values_list("measure__code", "period")
        assert sorted(missing) == [
            ("ETS01", "2014/15 Q1"),
            ("ETS01", "2014/15 Q2"),
            ("IT06", "2014/15 Q2"),
            ("LS05", "2013/14"),
            ("PS05", "2014/15 Q2"),
            ("SNH01", "2014/15 Q1"),
        ]
        assert list(Actual.objects.filter(value="0")) == []
        assert results("IT06")["2014/15 Q2"][1:] == ("98", "not_rated", "Not rated: the figure is not available")

    def test_every_state_of_the_tiles_is_known_from_its_day(self, shared_data):
        code, out, err = run_import(shared_data / "hart/hart_kpis_all_snapshots.csv", "--map", "hart")

        assert (code, err) == (0, "")
        assert counts(out)["published"] == 270
        given = Actual.objects.filter(measure__code="HR11").order_by("period", "entered_at")
        assert [(one.period, _text(one.value), str(one.entered_at.date()), one.source_row) for one in given] == [
            ("2013/14", "17", "2014-08-09", "237"),
            ("2013/14 Q4", "8.1", "2014-08-09", "237"),
            ("2014/15 Q1", "2.6", "2014-08-09", "237"),
            ("2014/15 Q1", "2.7", "2014-11-07", "12"),
            ("2014/15 Q2", "2.7", "2014-11-07", "12"),
        ]
        assert results("RB05") == {
            "2013/14": ("98.5", None, "no_target", "No target: none was set for this period"),
            "2013/14 Q4": ("98.5", None, "not_rated", "Not rated: there is no figure"),
            "2014/15 Q1": ("33.6", "24.6", "green", "Green: 33.6% is 9 percentage points above the target of 24.6%"),
            "2014/15 Q2": (
                "57.4",
                "24.6",
                "amber",
                "Amber: 23.8% is 0.8 percentage points (3.3% of the target) below the target of 24.6%, "
                "within the 10% tolerance",
            ),
        }
        assert [period for period, result in results("SNH03").items() if result[2] == "not_rated"] == [
            "2013/14",
            "2013/14 Q4",
            "2014/15 Q1",
            "2014/15 Q2",
        ]
        written = Commentary.objects.filter(measure__code="HS08").order_by("entered_at")
        assert [(note.period, str(note.entered_at.date()), note.comment[:37]) for note in written] == [
            ("2014/15 Q1", "2014-06-23", "To date this financial year £25k spen"),
            ("2014/15 Q1", "2014-08-12", "To date this financial year £75K spen"),
            ("2014/15 Q2", "2014-10-21", "To date this financial year £125k spe"),
        ]
        assert not Commentary.objects.filter(measure__code="PS05", period="2014/15 Q2").exists()

    def test_the_tiles_again_change_nothing(self, shared_data):
        arguments = (shared_data / "hart/hart_kpis_all_snapshots.csv", "--map", "hart")
        run_import(*arguments)

        assert set(counts(run_import(*arguments)[1]).values()) == {0}


class TestLgbf:
    FILES = (
        "indicator_information.csv",
        "family_groups.csv",
        "lgbf_cash.csv",
        "indicator_data_cash_quarterly.csv",
        "scottish_averages.csv",
    )

    @pytest.fixture
    def imported(self, shared_data):
        paths = [shared_data / "lgbf" / name for name in self.FILES]
        return run_import(*paths, "--map", "lgbf", "--set", "council=Aberdeen City")

    def test_one_councils_figures_stand_among_32(self, imported):
        code, out, err = imported

        assert (code, err) == (0, "")
        assert counts(out) == {
            "areas": 32,
            "groups": 96,
            "units": 1,
            "measures": 108,
            "tags": 216,
            "targets": 37,
            "actuals": 1_110,
            "comparators": 34_949,
            "benchmarks": 2_144,
        }
        assert "2 left out: the row is blank" in out
        assert "780 left out: the council has no figure" in out
        polarities = Counter(Measure.objects.values_list("polarity", flat=True))
        assert polarities == {"lower": 53, "higher": 51, "range": 4}
        assert Counter(AreaMembership.objects.values_list("group__code", flat=True))["Scotland"] == 32
        assert Counter(Comparator.objects.values_list("area__code", flat=True))["aberdeen-city"] == 1_110

        # Halves in their own units where they give the figure; an aggregate of years is a span.
        cost = Actual.objects.get(measure__code="C&L 01", period="2010/11")
        assert (cost.value, cost.numerator, cost.denominator) == (Decimal("0.33"), 637_000, 1_922_292)
        assert (cost.source_file, cost.source_row) == ("lgbf_cash.csv", "2")
        gap = Actual.objects.filter(measure__code="CORP 03c").exclude(numerator=None)
        assert not gap.exists()
        roads = Actual.objects.filter(measure__code="ENV 04b").order_by("pk").first()
        assert (roads.period, roads.measure.reading, roads.measure.window) == ("2009/10 to 2010/11", "rolling", 2)
        assert Actual.objects.get(measure__code="CORP 09", period="2018/19 Q1").value == 98
        target = Target.objects.filter(measure__code="CORP 03b").first()
        assert (target.low, target.high) == (50, 50)
        mean = Benchmark.objects.get(measure__code="C&L 01", period="2010/11", statistic="mean")
        assert (mean.group.code, mean.value) == ("Scotland", Decimal("3.2978125"))

    def test_a_council_that_is_none_is_refused(self, shared_data):
        paths = [shared_data / "lgbf" / name for name in self.FILES]

        code, _, err = run_import(*paths, "--map", "lgbf", "--set", "council=Aberdene City")

        assert code == 1
        assert "'Aberdene City' is not one that it can be: write Aberdeen City" in err


class TestTrafford:
    def test_all_57_indicators_and_the_peers(self, shared_data):
        code, out, err = run_import(shared_data / "trafford", "--map", "trafford")

        assert (code, err) == (0, "")
        assert out.splitlines()[-1] == "62 files read, 73,383 rows read, 2,051 left out, 77 measures, 1,621 results"
        assert counts(out) == {
            "schemes": 6,
            "categories": 35,
            "areas": 345,
            "groups": 70,
            "measures": 77,
            "tags": 77,
            "actuals": 1_429,
            "comparators": 74_628,
        }
        assert Counter(AreaMembership.objects.values_list("group__code", flat=True)) == {
            "CIPFA nearest neighbours 2019": 15,
            "CIPFA nearest neighbours 2021": 15,
            "CIPFA and LGA nearest neighbours July 2024": 15,
            "Children's services statistical neighbours": 10,
            "NHS England peer group": 15,
        }
        periods = {
            code: Actual.objects.filter(measure__code=code).order_by("pk").values_list("period", flat=True).first()
            for code in (
                "electric-vehicle-charging-points",
                "energy-performance-certificates",
                "antibiotics-broad-s",
                "employment-rate",
                "nhs-health-checks",
                "life-expectancy",
                "obese-reception-5-years",
                "expected-standard-ks2",
                "business-births-count",
            )
        }
        assert periods == {
            "electric-vehicle-charging-points": "2023-04",
            "energy-performance-certificates": "2008/09 Q3",
            "antibiotics-broad-s": "2021-02",
            "employment-rate": "2021-10 to 2022-09",
            "nhs-health-checks": "2021/22 Q1",
            "life-expectancy": "2015 to 2017",
            "obese-reception-5-years": "2020/21 academic to 2024/25 academic",
            "expected-standard-ks2": "2017/18 academic",
            "business-births-count": "2022 Q1",
        }

        # A count and a percentage of one file are two measures; sex stands in the unit column or in another.
        assert set(Measure.objects.filter(code__startswith="claimant").values_list("code", "data_type")) == {
            ("claimant-count", "number"),
            ("claimant-percentage", "percentage"),
        }
        mortality = Actual.objects.filter(measure__code="mortality-rate", period="2014")
        assert set(mortality.values_list("category", flat=True)) == {"", "sex=male", "sex=female"}
        life = Actual.objects.filter(measure__code="life-expectancy", period="2015 to 2017")
        assert set(life.values_list("category", flat=True)) == {"sex=male", "sex=female"}
        assert Category.objects.filter(scheme__code="ward").count() == 21
        ks2 = Actual.objects.filter(measure__code="expected-standard-ks2", missing="not_available")
        assert set(ks2.values_list("period", flat=True)) == {"2019/20 academic", "2020/21 academic"}
        averages = Comparator.objects.filter(measure__code="vehicle-miles-travelled", area__name="England LA average")
        assert averages.count() == 12


class TestSdg:
    @pytest.mark.load
    def test_all_264_indicators_with_every_result(self, shared_data):
        code, out, err = run_import(shared_data / "sdg/csv", shared_data / "sdg/meta", "--map", "sdg")

        assert (code, err) == (0, "")
        made = counts(out)
        assert made == {"schemes": 194, "categories": 2_920, "measures": 268, "actuals": 170_604}
        assert "69 left out: the file says that it has no data" in out
        skipped = [line for line in out.splitlines() if line.startswith("skipped ")]
        assert skipped[0].startswith(
            "skipped indicator_12-4-2.csv:80: actuals: line 81 says something else of the same"
        )

        assert Actual.objects.exclude(missing="").count() == 3_159 - 69
        assert not Scheme.objects.filter(code__in=["value", "year", "geocode", "unit-multiplier"]).exists()
        youth = Measure.objects.get(code="SDG 8.6.1")
        assert (youth.frequency, youth.year, youth.data_type, youth.unit_of_measure) == (
            "quarter",
            "calendar",
            "percentage",
            "Percentage (%)",
        )
        assert Measure.objects.get(code="SDG 11.4.1 by financial year").year == "financial"
        assert Measure.objects.get(code="SDG 1.a.1 archived").title.startswith("Indicator 1.a.1")
        assert PublishedFigure.objects.count() == 0
