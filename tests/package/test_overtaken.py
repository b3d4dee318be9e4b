"""Somebody writes while a load is being worked out: it is worked out again once, or refused, and never mixed up."""

from decimal import Decimal

import pytest

from goldenthread.council.models import Unit
from goldenthread.history.models import Change
from goldenthread.measures.models import Actual, Measure, Result, Target
from goldenthread.measures.services import Entry, TargetEntry, record_actual, set_target
from goldenthread.package.faults import Refused
from goldenthread.package.load import load

pytestmark = pytest.mark.django_db

MEASURES = (
    "measure,title,polarity,frequency,aggregation,formula\n"
    "HO1,Repairs,higher,quarter,sum,\nHO2,Households,lower,quarter,sum,\nHO3,Both,lower,quarter,,[HO1] + [HO2]\n"
)
FIRST = "measure,period,value\nHO1,2025/26 Q1,94\nHO2,2025/26 Q1,10\n"
SECOND = "measure,period,value\nHO1,2025/26 Q2,95\n"


class Meanwhile:
    """Does something each time a load works out its results."""

    def __init__(self, *acts):
        self.acts = list(acts)

    def __call__(self, step, done, total):
        if step == "Working out results" and done == 0 and self.acts:
            self.acts.pop(0)()


def enter(measure, period, value):
    return lambda: record_actual(by=None, measure=measure, entry=Entry(period=period, value=Decimal(value)))


def test_a_figure_of_the_same_measure_is_not_lost(package):
    load(package({"measures": MEASURES, "actuals": FIRST}))

    change = load(package({"actuals": SECOND}), progress=Meanwhile(enter("HO1", "2025/26 Q3", 1))).change

    figures = Actual.objects.filter(measure__code="HO1").order_by("entered_at").values_list("period", "value")
    assert list(figures) == [("2025/26 Q1", 94), ("2025/26 Q3", 1), ("2025/26 Q2", 95)]
    later = Result.objects.get(measure__code="HO1", period="2025/26 Q3", known_to=None)
    assert (later.year_to_date, later.known_from) == (190, change.at)


def test_a_figure_of_a_measure_that_another_is_made_from_is_not_lost(package):
    load(package({"measures": MEASURES, "actuals": FIRST}))

    load(package({"actuals": SECOND}), progress=Meanwhile(enter("HO2", "2025/26 Q2", 11)))

    both = Result.objects.get(measure__code="HO3", period="2025/26 Q2", known_to=None)
    assert both.value == 106


def test_a_target_is_not_overlooked(package):
    load(package({"measures": MEASURES, "actuals": FIRST}))
    target = TargetEntry(period="2025/26 Q2", value=Decimal(99))

    load(
        package({"actuals": SECOND}),
        progress=Meanwhile(lambda: set_target(by=None, measure="HO1", entry=target)),
    )

    assert Target.objects.count() == 1
    assert Result.objects.get(measure__code="HO1", period="2025/26 Q2", known_to=None).target == 99


def test_twice_overtaken_is_refused_and_nothing_is_kept(package):
    load(package({"measures": MEASURES, "actuals": FIRST}))

    with pytest.raises(Refused) as refused:
        load(
            package({"actuals": SECOND}),
            progress=Meanwhile(enter("HO1", "2025/26 Q3", 1), enter("HO1", "2025/26 Q4", 2)),
        )

    assert [str(fault) for fault in refused.value.faults] == [
        "package1: somebody added actuals of the same measures while this was being worked out: load it again"
    ]
    assert not Actual.objects.filter(period="2025/26 Q2").exists()


def test_another_measure_is_no_matter_but_the_load_comes_after_it(package):
    load(package({"measures": MEASURES, "actuals": FIRST}))
    load(package({"measures": "measure,title,frequency\nCH1,Children,quarter\n"}))
    meanwhile = Meanwhile(enter("CH1", "2025/26 Q2", 5), enter("CH1", "2025/26 Q3", 6))

    restated = "measure,period,value\nHO1,2025/26 Q1,93\n"

    change = load(package({"actuals": restated}), progress=meanwhile).change

    assert len(meanwhile.acts) == 1  # it was worked out once only
    assert list(Change.objects.order_by("at", "pk")) == list(Change.objects.order_by("pk"))
    assert Actual.objects.get(measure__code="HO1", value="93").entered_at == change.at
    before, now = Result.objects.filter(measure__code="HO1", period="2025/26 Q1").order_by("known_from")
    assert (before.value, before.known_to) == (94, change.at)
    assert (now.value, now.known_from, now.known_to, now.change) == (93, change.at, None, change)


def test_a_definition_that_changed_is_looked_at_again(package):
    load(package({"units": "unit,name\nHOU,Housing\n", "measures": MEASURES}))

    load(
        package({"units": "unit,name\nHOU,Housing and Homes\n", "measures": "measure,title,unit\nHO1,Repairs,HOU\n"}),
        progress=Meanwhile(lambda: Unit.objects.filter(code="HOU").update(name="Homes")),
    )

    assert Unit.objects.get().name == "Housing and Homes"
    assert Measure.objects.get(code="HO1").unit.code == "HOU"


def test_a_measure_added_meanwhile_under_the_same_code_is_not_doubled(package):
    load(
        package({"measures": MEASURES}),
        progress=Meanwhile(lambda: Measure.objects.create(code="HO1", title="Somebody else's")),
    )

    assert Measure.objects.get(code="HO1").title == "Repairs"
