"""Statuses, dates, numbers, people's own text and addresses as a page writes them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import engines
from django.test import RequestFactory
from django.utils import translation

from goldenthread.domain.words import Direction, Signal, Status
from goldenthread.web import filters, links
from goldenthread.web.links import url_if_any, url_pattern, with_query
from goldenthread.web.navigation import NavigationItem
from goldenthread.web.status import direction_arrow, signal_word, status_shape, status_tag

TODAY = date(2027, 1, 18)


def test_a_status_is_a_shape_and_a_word() -> None:
    assert status_tag("green") == (
        '<span class="gt-status gt-status--green"><svg class="gt-shape" viewBox="0 0 16 16" width="16" height="16"'
        ' aria-hidden="true" focusable="false"><path d="M8 1.6A6.4 6.4 0 1 1 8 14.4A6.4 6.4 0 1 1 8 1.6Z"'
        ' fill="currentColor"/></svg><span>Green</span></span>'
    )


@pytest.mark.parametrize("status", Status)
def test_every_status_has_a_tag_and_a_shape(status: Status) -> None:
    assert status_tag(status) == status_tag(str(status))
    assert "<svg" in status_shape(status, hollow=True)


def test_a_carried_figure_is_hollow_and_says_so() -> None:
    tag = status_tag("amber", hollow=True)
    assert "gt-status--hollow" in tag
    assert '<span class="gt-status__mark">, carried</span>' in tag


def test_marks_stand_beside_the_word() -> None:
    assert '>Green<span class="gt-status__mark">, provisional</span>' in status_tag("green", marks=["provisional"])


def test_a_mark_is_never_taken_for_html() -> None:
    assert "<b>" not in status_tag("green", marks=["<b>"])


@pytest.mark.parametrize("direction", Direction)
def test_every_direction_has_an_arrow_and_a_word(direction: Direction) -> None:
    assert f"gt-direction--{direction}" in direction_arrow(direction, "on last quarter")


@pytest.mark.parametrize("signal", Signal)
def test_every_signal_has_a_word(signal: Signal) -> None:
    assert "<span>" in signal_word(signal)


def test_dates_in_words() -> None:
    assert filters.day(date(2027, 1, 8)) == "8 January 2027"
    assert filters.short_day(date(2027, 1, 8)) == "8 Jan 2027"
    assert filters.day(None) == ""
    with translation.override("cy"):
        assert filters.day(date(2027, 1, 8)) == "8 Ionawr 2027"


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (datetime(2027, 1, 18, 14, 30, tzinfo=UTC), "18 January 2027, 2:30pm"),
        (datetime(2026, 7, 14, 23, 0, tzinfo=UTC), "15 July 2026, 12am"),
        (datetime(2027, 1, 18, 12, 5, tzinfo=UTC), "18 January 2027, 12:05pm"),
    ],
)
def test_a_moment_is_told_in_british_time(at: datetime, said: str) -> None:
    assert filters.moment(at) == said


@pytest.mark.parametrize(
    ("day", "due", "ago"),
    [
        (date(2027, 1, 18), "due today (18 January 2027)", "today (18 January 2027)"),
        (date(2027, 1, 19), "due tomorrow (19 January 2027)", "in 1 day (19 January 2027)"),
        (date(2027, 1, 21), "due in 3 days (21 January 2027)", "in 3 days (21 January 2027)"),
        (date(2027, 1, 17), "1 day overdue (17 January 2027)", "yesterday (17 January 2027)"),
        (date(2027, 1, 15), "3 days overdue (15 January 2027)", "3 days ago (15 January 2027)"),
    ],
)
def test_time_is_told_in_words_with_the_date(day: date, due: str, ago: str) -> None:
    assert (filters.due(day, on=TODAY), filters.ago(day, on=TODAY)) == (due, ago)


@pytest.mark.parametrize(
    ("value", "decimals", "said"),
    [
        (Decimal("1234567.50"), None, "1,234,567.50"),
        (Decimal("2.5"), 0, "3"),
        (Decimal("-0.005"), 2, "-0.01"),
        (Decimal("1E+3"), None, "1,000"),
        (31250, None, "31,250"),
        (None, 1, ""),
    ],
)
def test_numbers_are_grouped_and_rounded_half_up(value: Decimal | int | None, decimals: int | None, said: str) -> None:
    assert filters.number(value, decimals) == said


def test_peoples_own_text_is_safe() -> None:
    text = "# Not a heading\n\n**Two posts** were vacant\n\n<script>alert(1)</script> [a](javascript:alert(1)) ![x](y)"
    html = filters.markdown(text)
    assert "<strong>Two posts</strong>" in html
    assert [unwanted for unwanted in ("<script", "<h1", "<img", 'href="javascript') if unwanted in html] == []


@pytest.mark.urls("tests.web.examples")
def test_an_address_that_is_not_here_is_nothing() -> None:
    assert (url_if_any("about"), url_if_any("scrutiny:home")) == ("/about/", "")


@pytest.mark.urls("tests.web.examples")
def test_a_pattern_is_filled_in_for_each_row() -> None:
    measure = url_pattern("measure", 2)
    assert measure == "/measures/{0}/{1}/"
    assert measure("HR 11?", "2026-27 Q3") == links.url("measure", "HR 11?", "2026-27 Q3")
    assert url_pattern("year")(2026) == "/years/2026/"


def test_one_thing_in_the_query_is_changed() -> None:
    request = RequestFactory().get("/measures/?unit=waste&status=red&status=amber&sort=code")
    assert with_query(request, sort="-code") == "?unit=waste&status=red&status=amber&sort=-code"
    assert with_query(request, unit=None, status=["green"]) == "?sort=code&status=green"


def test_an_item_is_lit_by_its_app_unless_it_says_otherwise() -> None:
    assert NavigationItem("Measures", "measures:board", 40).lights == "measures"
    assert NavigationItem("People", "council:people", 70, key="people").lights == "people"


def test_a_page_escapes_and_translates() -> None:
    template = engines["jinja2"].from_string("{{ _('%(unit)s is yours', unit=unit) }}{{ unit }}")
    assert template.render({"unit": "<i>"}) == "&lt;i&gt; is yours&lt;i&gt;"
