"""The page on which a figure is entered: what is beside it, what is odd, what followed, and who may."""

from datetime import date
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.test import Client

from goldenthread.accounts.models import User
from goldenthread.council.models import Grant, Role
from goldenthread.measures.models import Actual, Category, Commentary, Measure, PublishedFigure, Result, Scheme
from goldenthread.measures.queries.duties import duties_of
from goldenthread.measures.rules import visible_to
from goldenthread.measures.services import Entry, record_actual, record_actuals
from tests.measures.customer_services import calls_answered, make_measure, person, signed_in

ENTER = "/measures/CS-01/enter/"


@pytest.fixture
def supplier(calls: Measure) -> Client:
    return signed_in(person("Sam Supplier", Role.SUPPLIER, part="supplier", measures=("CS-01",)))


def given(client: Client, path: str = ENTER, period: str = "2026/27 Q3", **typed: Any) -> Any:
    typed = {key.replace("__", "-"): value for key, value in typed.items()}
    return client.post(path, {"period": period, "state": "final", "seen": "0", "act": "save", **typed})


def text(response: Any) -> str:
    return unescape(" ".join(response.content.decode().split()))


def test_the_period_that_is_due_stands_ready_with_the_last_figures_and_the_target(supplier: Client):
    page = text(supplier.get(ENTER))
    assert "<title>Enter Q3 2026/27 for Calls answered" in page
    assert (
        "Quarter 3 2026/27 (October to December 2026). Overdue: the figure for Q3 2026/27 was due on 14 January" in page
    )
    for shown in ("Q2 2026/27", "83.8%", "838 ÷ 1,000", "same period last year", "at least", "80.0%"):
        assert shown in page
    assert "Amber within 10% below target, red beyond; agreed on 3 March 2025." in page


def test_a_figure_entered_is_rated_and_says_what_else_it_moved(supplier: Client, calls: Measure):
    response = given(supplier, numerator="798", denominator="1,050", words__comment="Two posts were vacant.")
    change = Actual.objects.get(period="2026/27 Q3").change
    assert response.url == f"/measures/CS-01/entered/{change.pk}/"
    figure = Actual.objects.get(period="2026/27 Q3")
    assert (figure.value, figure.numerator, figure.entered_by) == (Decimal(76), Decimal(798), "Sam Supplier")
    assert Commentary.objects.get().comment == "Two posts were vacant."
    page = text(supplier.get(response.url))
    assert "Amber: 76% is 4 percentage points (5% of the target) below the target of 80%" in page
    assert "Two posts were vacant." in page
    assert "<dt>Target</dt><dd>80.0%</dd>" in page


def test_the_next_figure_somebody_owes_is_offered_until_none_is_left(supplier: Client, officer: User):
    calls_answered(officer, "CS-02")
    page = text(supplier.get(given(supplier, numerator="861", denominator="1,050").url))
    assert "Enter the next figure" in page
    assert 'href="/measures/CS-02/enter/?period=2026/27%20Q3"' in page
    assert "It is the last one you owe." in page
    entry = Entry(period="2026/27 Q3", numerator=Decimal(861), denominator=Decimal(1050))
    last = record_actual(by=officer, measure="CS-02", entry=entry)
    page = text(supplier.get(f"/measures/CS-02/entered/{last.change.pk}/"))
    assert "Enter the next figure" not in page
    assert "No figure of yours is left to enter." in page


def test_what_is_odd_is_said_first_and_nothing_typed_is_lost(supplier: Client):
    response = given(supplier, numerator="861", denominator="1,050", words__cause="Flu", value="")
    assert Actual.objects.filter(period="2026/27 Q3").count() == 1
    response = given(
        supplier, period="2026/27 Q1", numerator="8.2", denominator="1,050", words__cause="Flu", seen=seen("Q1")
    )
    page = text(response)
    assert response.status_code == 200
    assert "Look again before you save" in page
    assert "0.78% looks like a share of 1 where about 82.3% is usual. Is 78.1% meant?" in page
    assert 'value="8.2"' in page
    assert ">Flu</textarea>" in page
    assert Actual.objects.filter(period="2026/27 Q1").count() == 1
    seal = page.split('name="checked" value="')[1].split('"')[0]
    typed = {"numerator": "8.2", "denominator": "1,050", "seen": seen("Q1"), "checked": seal}
    assert given(supplier, period="2026/27 Q1", **typed).status_code == 302
    kept = Actual.objects.filter(period="2026/27 Q1").last()
    assert kept.reason.startswith("Checked and right: 0.78% looks like a share of 1")


def seen(quarter: str) -> int:
    return Actual.objects.filter(period=f"2026/27 {quarter}").last().pk


def test_a_tick_holds_for_the_figure_that_was_seen_only(supplier: Client):
    page = text(given(supplier, numerator="8", denominator="1,050"))
    seal = page.split('name="checked" value="')[1].split('"')[0]
    response = given(supplier, numerator="9", denominator="1,050", checked=seal)
    assert "Look again before you save" in text(response)
    assert not Actual.objects.filter(period="2026/27 Q3").exists()


def test_what_it_would_say_can_be_seen_before_it_is_kept(supplier: Client):
    page = text(given(supplier, numerator="790", denominator="1,000", act="check"))
    assert "Amber: 79% is 1 percentage point (1.3% of the target) below the target of 80%" in page
    assert "Look again" not in page
    assert not Actual.objects.filter(period="2026/27 Q3").exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"value": "NaN"}, "“NaN” is not a number. Write one such as 84.2."),
        ({"value": "eighty"}, "“eighty” is not a number"),
        ({"value": "84,2"}, "commas part thousands. Write a decimal with a point."),
        ({"value": "n/a"}, "If there is no figure, leave this empty and say why below."),
        ({"value": "9" * 60}, "28 digits at most"),
        ({"value": "£84"}, "This is not in pounds: leave out the £."),
        ({"numerator": "80%", "denominator": "100"}, "Give the number itself here, not a percentage."),
        ({"numerator": "80"}, "Enter both halves, or the figure itself."),
        ({"numerator": "1", "denominator": "0"}, "A figure out of 0 cannot be worked out"),
        ({"value": "50", "numerator": "1", "denominator": "4"}, "leave one of them out"),
        ({}, "Enter a figure, or say why there is none."),
        ({"missing": "later"}, "Say when you expect the figure."),
        ({"missing": "not_collected", "value": "4"}, "Give a figure or say why there is none, not both."),
        ({"value": "84", "words__due": "31/2/2027"}, "Enter a date like 14/7/2026."),
        ({"value": "84", "state": "guess"}, "Select a valid choice"),
        ({"value": "84", "seen": "x"}, "whole number"),
    ],
)
def test_what_cannot_be_is_said_by_its_field(supplier: Client, typed: dict[str, str], said: str):
    response = given(supplier, **typed)
    assert response.status_code == 200
    assert said in text(response)
    assert "There is a problem" in text(response)
    assert not Actual.objects.filter(period="2026/27 Q3").exists()


@pytest.mark.parametrize("period", ["Q3 2026/27", "2026-10", "2030/31 Q1", "x" * 500, "\0"])
def test_a_period_that_is_none_is_said_and_the_one_due_is_shown(supplier: Client, period: str):
    page = text(supplier.get(ENTER, {"period": period}))
    assert "gt-message--error" in page
    assert "Quarter 3 2026/27" in page


def test_a_late_figure_is_promised_for_a_day(supplier: Client):
    response = given(supplier, missing="later", expected_on="29/1/2027")
    assert Actual.objects.get(period="2026/27 Q3").expected_on == date(2027, 1, 29)
    assert "expected on 29 January 2027. Until then it is awaited" in text(supplier.get(response.url))
    page = text(supplier.get(ENTER))
    assert "Awaited: the figure for Q3 2026/27 was due on 14 January 2027 and is expected on 29 January 2027" in page


def test_a_figure_that_is_missing_says_why(supplier: Client):
    given(supplier, missing="not_collected")
    result = Result.objects.get(period="2026/27 Q3", known_to__isnull=True)
    assert (result.value, result.missing, result.status) == (None, "not_collected", "not_rated")


def test_two_people_at_once_see_both_figures_and_nothing_is_lost(supplier: Client, officer: User):
    theirs = Entry(period="2026/27 Q3", numerator=Decimal(850), denominator=Decimal(1000))
    record_actual(by=officer, measure="CS-01", entry=theirs)
    typed = {"numerator": "820", "denominator": "1000", "words__comment": "Mine"}
    response = given(supplier, **typed)
    page = text(response)
    assert "Ada Officer saved a figure for this period while you were writing" in page
    assert 'value="820"' in page
    assert ">Mine</textarea>" in page
    assert "Given already: 85.0%" in page
    assert Actual.objects.filter(period="2026/27 Q3").count() == 1
    standing = page.split('name="seen" id="id_seen" value="')[1].split('"')[0]
    assert given(supplier, seen=standing, **typed).status_code == 302
    assert Actual.objects.filter(period="2026/27 Q3").last().value == Decimal(82)


def test_saving_without_a_change_keeps_nothing(supplier: Client):
    before = Actual.objects.count()
    response = given(supplier, period="2026/27 Q2", numerator="838", denominator="1000", seen=seen("Q2"))
    assert "Nothing was changed." in text(response)
    assert Actual.objects.count() == before


def test_parts_are_given_in_the_same_form(supplier: Client, officer: User):
    wards = Scheme.objects.create(code="ward", title="Ward")
    for order, name in enumerate(("Abbey", "Castle")):
        Category.objects.create(scheme=wards, code=name.lower(), name=name, order=order)
        entry = Entry(
            period="2026/27 Q2", category=f"ward={name.lower()}", numerator=Decimal(400), denominator=Decimal(500)
        )
        record_actual(by=officer, measure="CS-01", entry=entry)
    page = text(supplier.get(ENTER))
    assert page.index("Abbey") < page.index("Castle")
    boxes = [
        part.split('"')[0] for part in page.split('name="')[1:] if part.startswith("part-") and "seen" not in part[:30]
    ]
    assert len(boxes) == 4
    typed = dict(zip(boxes, ("380", "500", "390", "500"), strict=True))
    page = text(given(supplier, numerator="770", denominator="1000", **typed | {boxes[0]: "many"}))
    assert "Abbey: Calls answered: “many” is not a number." in page
    page = text(given(supplier, numerator="780", denominator="1000", **typed))
    assert "The figures by ward add up to 770, not 780." in page
    response = given(supplier, numerator="770", denominator="1000", **typed)
    assert response.status_code == 302
    kept = Actual.objects.filter(period="2026/27 Q3").order_by("category").values_list("category", "value")
    assert list(kept) == [("", Decimal(77)), ("ward=abbey", Decimal(76)), ("ward=castle", Decimal(78))]
    assert len(set(Actual.objects.filter(period="2026/27 Q3").values_list("change", flat=True))) == 1
    assert "Abbey" in text(supplier.get(response.url))


def publish(calls: Measure) -> None:
    figure = Actual.objects.get(period="2026/27 Q2")
    PublishedFigure.objects.create(
        publication="Cabinet 24 November 2026",
        measure=calls,
        period="2026/27 Q2",
        value=figure.value,
        status="green",
        change=figure.change,
    )


def test_a_published_figure_is_restated_once_its_consequences_were_seen(supplier: Client, calls: Measure):
    publish(calls)
    page = text(supplier.get(ENTER, {"period": "2026/27 Q2"}))
    assert "Q2 2026/27 has been published" in page
    assert 'name="numerator"' not in page
    path = "/measures/CS-01/restate/2026/27%20Q2/"
    assert path in page
    typed = {"numerator": "700", "denominator": "1000", "seen": seen("Q2"), "missing": ""}
    assert "Say why the figure is restated." in text(supplier.post(path, typed))
    typed["reason"] = "Web chats were counted as calls"
    page = text(supplier.post(path, typed))
    assert "What it would move" in page
    assert "H1 2026/27" in page
    assert Actual.objects.filter(period="2026/27 Q2").count() == 1
    seal = page.split('name="checked" value="')[1].split('"')[0]
    assert supplier.post(path, typed | {"checked": seal}).status_code == 302
    last = Actual.objects.filter(period="2026/27 Q2").last()
    assert (last.value, last.state, last.reason) == (Decimal(70), "restated", "Web chats were counted as calls")


def test_who_owns_the_measure_writes_but_does_not_enter(calls: Measure):
    head = signed_in(person("Hal Head", Role.HEAD_OF_SERVICE))
    page = text(head.get(ENTER))
    assert 'name="numerator"' not in page
    assert "Write what is behind the figure." in text(given(head))
    assert given(head, words__action="Recruit two", numerator="5").status_code == 302
    assert Commentary.objects.get().written_by == "Hal Head"
    assert not Actual.objects.filter(period="2026/27 Q3").exists()


@pytest.mark.parametrize(
    ("role", "status"), [(Role.PERFORMANCE_OFFICER, 403), (Role.AUDITOR, 403), (Role.VIEWER, 403), (Role.MEMBER, 403)]
)
def test_who_does_not_enter_figures_is_refused(calls: Measure, role: str, status: int):
    assert signed_in(person("Olu Other", role)).get(ENTER).status_code == status


def test_no_figure_is_due_for_a_longer_period(supplier: Client, officer: User):
    page = text(supplier.get(ENTER, {"period": "2025/26"}))
    assert "It is collected every quarter, and no figure is due for this longer period. " in page
    assert "The shorter ones make 81.9%." in page
    assert "2025/26: no figure is due" in page
    assert "Overdue" not in page
    make_measure("CS-02", aggregation="none")
    owner = signed_in(person("Ola Owner", Role.MEASURE_OWNER, part="owner", measures=("CS-02",)))
    page = text(owner.get("/measures/CS-02/enter/", {"period": "2025/26"}))
    assert "no figure is due for this longer period.</p>" in page
    make_measure("CS-03", aggregation="sum", data_type="number", unit_of_measure="")
    given_in_half = [Entry(period="2025/26 Q1", value=Decimal(25)), Entry(period="2025/26 Q2", missing="not_available")]
    record_actuals(by=officer, measure="CS-03", entries=given_in_half)
    owner = signed_in(person("Una Owner", Role.MEASURE_OWNER, part="owner", measures=("CS-03",)))
    page = text(owner.get("/measures/CS-03/enter/", {"period": "2025/26 H1"}))
    assert "The shorter ones make 25.0, from 1 of 2." in page
    assert "Overdue: the figure for Q3 2026/27" in text(supplier.get(ENTER, {"period": "2026/27 Q3"}))
    record_actual(by=officer, measure="CS-01", entry=Entry(period="2025/26", expected_on=date(2026, 12, 1)))
    assert "Overdue: the figure for 2025/26" in text(supplier.get(ENTER, {"period": "2025/26"}))


def test_a_supplier_of_another_unit_does_not_see_the_measure(calls: Measure):
    other = signed_in(person("Una Elsewhere", Role.SUPPLIER, unit="HO"))
    assert other.get(ENTER).status_code == 404
    assert other.get("/measures/NONE/enter/").status_code == 404


def test_a_role_for_the_whole_council_covers_every_measure(calls: Measure):
    sam = person("Sam Supplier", Role.SUPPLIER)
    Grant.objects.update(unit=None)
    make_measure("CS-02", unit=None)
    make_measure("CS-03", formula="[CS-01] * 2")
    assert codes(Measure.objects.filter(visible_to(sam))) == ["CS-01", "CS-02", "CS-03"]
    assert codes(Measure.objects.filter(duties_of(sam).enters)) == ["CS-01", "CS-02"]
    client = signed_in(sam)
    for path in ("/measures/CS-02/", "/measures/CS-02/enter/"):
        assert client.get(path).status_code == 200
    for path in ("/measures/", "/"):
        assert "/measures/CS-02/" in text(client.get(path))
    assert "2 figures to come" in text(client.get("/"))
    assert given(client, numerator="790", denominator="1000").status_code == 302
    hal = person("Hal Head", Role.HEAD_OF_SERVICE)
    Grant.objects.update(unit=None)
    assert codes(Measure.objects.filter(duties_of(hal).answers)) == ["CS-01", "CS-02", "CS-03"]


def codes(measures: Any) -> list[str]:
    return list(measures.order_by("code").values_list("code", flat=True))


def test_nobody_enters_what_is_worked_out(supplier: Client):
    make_measure("CS-09", formula="[CS-01] * 2")
    owner = signed_in(person("Ola Owner", Role.MEASURE_OWNER, part="owner", measures=("CS-09",)))
    page = text(owner.get("/measures/CS-09/enter/"))
    assert "This figure is worked out, not entered" in page
    assert 'name="value"' not in page


def test_milestones_and_dates_have_boxes_of_their_own(supplier: Client, officer: User):
    make_measure("CS-02", data_type="yes_no", unit_of_measure="", aggregation="last")
    make_measure("CS-03", data_type="date", unit_of_measure="", aggregation="last", polarity="lower")
    owner = signed_in(person("Ola Owner", Role.MEASURE_OWNER, part="owner", measures=("CS-02", "CS-03")))
    assert given(owner, "/measures/CS-02/enter/", value="1").status_code == 302
    assert given(owner, "/measures/CS-03/enter/", value="31/7/2026").status_code == 302
    figures = Actual.objects.filter(measure__code__in=["CS-02", "CS-03"]).order_by("measure__code")
    assert [figure.value for figure in figures] == [Decimal(1), Decimal(date(2026, 7, 31).toordinal())]
    assert "31/7/2026" in text(owner.get("/measures/CS-03/enter/", {"period": "2026/27 Q3"}))


def test_the_page_asks_the_same_of_the_database_however_much_there_is(
    supplier: Client, officer: User, queries_for: Any
):
    few = queries_for(supplier, ENTER)
    wards = Scheme.objects.create(code="ward", title="Ward")
    for number in range(12):
        Category.objects.create(scheme=wards, code=f"w{number}", name=f"Ward {number}")
        for quarter in (1, 2):
            entry = Entry(period=f"2026/27 Q{quarter}", category=f"ward=w{number}", value=Decimal(80))
            record_actual(by=officer, measure="CS-01", entry=entry)
    many = queries_for(supplier, ENTER)
    assert many - few <= 1, "one more for the names of the parts"
    assert many <= 25
