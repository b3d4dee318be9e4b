"""Periods: their forms, their neighbours and their order."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.domain.periods import Period, PeriodError, period_range
from goldenthread.domain.words import Frequency, YearKind

FORMS = {
    "2018/19": (date(2018, 4, 1), date(2019, 3, 31), Frequency.YEAR, YearKind.FINANCIAL),
    "1999/00": (date(1999, 4, 1), date(2000, 3, 31), Frequency.YEAR, YearKind.FINANCIAL),
    "2018/19 H1": (date(2018, 4, 1), date(2018, 9, 30), Frequency.HALF, YearKind.FINANCIAL),
    "2018/19 Q3": (date(2018, 10, 1), date(2018, 12, 31), Frequency.QUARTER, YearKind.FINANCIAL),
    "2018/19 Q4": (date(2019, 1, 1), date(2019, 3, 31), Frequency.QUARTER, YearKind.FINANCIAL),
    "2018/19 T2": (date(2018, 8, 1), date(2018, 11, 30), Frequency.THIRD, YearKind.FINANCIAL),
    "2018-10": (date(2018, 10, 1), date(2018, 10, 31), Frequency.MONTH, YearKind.FINANCIAL),
    "2018-W42": (date(2018, 10, 15), date(2018, 10, 21), Frequency.WEEK, YearKind.FINANCIAL),
    "2020-W53": (date(2020, 12, 28), date(2021, 1, 3), Frequency.WEEK, YearKind.FINANCIAL),
    "2018-10-05": (date(2018, 10, 5), date(2018, 10, 5), Frequency.DAY, YearKind.FINANCIAL),
    "2018": (date(2018, 1, 1), date(2018, 12, 31), Frequency.YEAR, YearKind.CALENDAR),
    "2018 H2": (date(2018, 7, 1), date(2018, 12, 31), Frequency.HALF, YearKind.CALENDAR),
    "2018 Q3": (date(2018, 7, 1), date(2018, 9, 30), Frequency.QUARTER, YearKind.CALENDAR),
    "2018 T3": (date(2018, 9, 1), date(2018, 12, 31), Frequency.THIRD, YearKind.CALENDAR),
    "2018/19 academic": (date(2018, 9, 1), date(2019, 8, 31), Frequency.YEAR, YearKind.ACADEMIC),
    "2018/19 academic autumn": (date(2018, 9, 1), date(2018, 12, 31), Frequency.TERM, YearKind.ACADEMIC),
    "2018/19 academic spring": (date(2019, 1, 1), date(2019, 3, 31), Frequency.TERM, YearKind.ACADEMIC),
    "2018/19 academic summer": (date(2019, 4, 1), date(2019, 8, 31), Frequency.TERM, YearKind.ACADEMIC),
}
SPANS = {
    "2014/15 to 2016/17": (date(2014, 4, 1), date(2017, 3, 31), Frequency.YEAR, YearKind.FINANCIAL),
    "2021-10 to 2022-09": (date(2021, 10, 1), date(2022, 9, 30), Frequency.MONTH, YearKind.FINANCIAL),
    "2015 to 2017": (date(2015, 1, 1), date(2017, 12, 31), Frequency.YEAR, YearKind.CALENDAR),
    "2023-05-17 to 2023-06-11": (date(2023, 5, 17), date(2023, 6, 11), Frequency.DAY, YearKind.FINANCIAL),
    "2018/19 Q3 to 2019/20 Q2": (date(2018, 10, 1), date(2019, 9, 30), Frequency.QUARTER, YearKind.FINANCIAL),
}


@pytest.mark.parametrize(("text", "is_span"), [*((t, False) for t in FORMS), *((t, True) for t in SPANS)])
def test_every_form_has_its_first_and_last_day(text, is_span):
    period = Period.parse(text)

    assert (period.text, period.start, period.end, period.frequency, period.year_kind, period.is_span) == (
        text,
        *(FORMS | SPANS)[text],
        is_span,
    )


@pytest.mark.parametrize(
    ("text", "message"),
    {
        "Q3 2018/19": "write 2018/19 Q3",
        "2018-19 Q3": "write 2018/19 Q3",
        "2018-19;Q1": "write 2018/19 Q1",
        "2018/19 q3": "write 2018/19 Q3",
        "2018/2019": "write 2018/19",
        " 2018/19\n": "write 2018/19",
        "2018/20": "the year that begins in 2018 is written 2018/19; two or more are a span, 2018/19 to …",
        "2018/19 Q5": "quarters run from Q1 to Q4",
        "2018/19 Q0": "quarters run from Q1 to Q4",
        "2018 H3": "halves run from H1 to H2",
        "2018/19 T4": "thirds run from T1 to T3",
        "2018-13": "there is no month 13",
        "2018-19": "there is no month 19; for the financial year write 2018/19",
        "Oct 2018": "write 2018-10",
        "5 October 2018": "write 2018-10-05",
        "05/10/2018": "write 2018-10-05",
        "2018-W53": "2018 has weeks W01 to W52",
        "2018-W54": "2018 has weeks W01 to W52",
        "2018-02-30": "February 2018 has 28 days",
        "2018-00-01": "there is no month 00",
        "2018 academic": "an academic year is written 2018/19 academic",
        "2018/19 autumn": "write 2018/19 academic autumn",
        "2018/19 academic Q1": "an academic year has terms: write 2018/19 academic autumn, spring or summer",
        "2016/17 to 2014/15": "it runs backwards: write 2014/15 to 2016/17",
        "2016/17 to 2016/17": "its two ends are one period: write 2016/17",
        "2016/17 to 2018": "the two ends of a span have one form, such as 2014/15 to 2016/17",
        "2016 to 2017 to 2018": "a span has two ends, such as 2014/15 to 2016/17",
        "Oct 2021-Sep 2022": "write 2021-10 to 2022-09",
        "2014/15 to 2016/18": (
            "'2016/18' is not one: the year that begins in 2016 is written 2016/17; "
            "two or more are a span, 2016/17 to …"
        ),
        "0000": "years run from 1900 to 2199",
        "0001-01-01": "years run from 1900 to 2199",
        "9999/00": "years run from 1900 to 2199",
        "9999-W52": "years run from 1900 to 2199",
        "1899 to 1901": "years run from 1900 to 2199",
    }.items(),
)
def test_anything_else_is_refused_with_what_was_probably_meant(text, message):
    with pytest.raises(PeriodError) as refused:
        Period.parse(text)

    assert str(refused.value) == f"{text!r} is not a period: {message}"


@pytest.mark.parametrize(
    "text", ["", "２０１８", "2018/19 to", " to ", "last year", "2019/20 [Note 5]", "∞", "x" * 5000]
)
def test_what_nobody_can_guess_is_answered_with_the_forms(text):
    with pytest.raises(PeriodError, match="write one of 2018/19, 2018/19 H1"):
        Period.parse(text)


def test_neighbours():
    def around(text):
        period = Period.parse(text)
        return period.previous().text, period.next().text, period.same_last_year().text

    assert around("2018/19 Q1") == ("2017/18 Q4", "2018/19 Q2", "2017/18 Q1")
    assert around("2018-01") == ("2017-12", "2018-02", "2017-01")
    assert around("2020-W53") == ("2020-W52", "2021-W01", "2019-W52")
    assert around("2020-02-29") == ("2020-02-28", "2020-03-01", "2019-02-28")
    assert around("1999/00") == ("1998/99", "2000/01", "1998/99")
    assert around("2018/19 academic autumn") == (
        "2017/18 academic summer",
        "2018/19 academic spring",
        "2017/18 academic autumn",
    )
    assert around("2014/15 to 2016/17") == ("2013/14 to 2015/16", "2015/16 to 2017/18", "2013/14 to 2015/16")
    assert around("2020-02-28 to 2020-02-29") == (
        "2020-02-27 to 2020-02-28",
        "2020-02-29 to 2020-03-01",
        "2019-02-28",
    )


def test_a_figure_collected_less_often_than_its_period_steps_by_its_collection():
    rolling = Period.parse("2021-10 to 2022-09")
    survey = Period.parse("2018/19")

    assert rolling.previous(Frequency.QUARTER).text == "2021-07 to 2022-06"
    assert rolling.next(Frequency.YEAR).text == "2022-10 to 2023-09"
    assert survey.next(Frequency.TWO_YEAR).text == "2020/21"
    assert Period.parse("2018-12-31").previous(Frequency.QUARTER).text == "2018-09-30"
    with pytest.raises(PeriodError, match="2018-W42 does not move by the month"):
        Period.parse("2018-W42").next(Frequency.MONTH)
    with pytest.raises(PeriodError, match="2018/19 does not move by the quarter"):
        Period.parse("2018/19").next(Frequency.QUARTER)


def test_two_years_are_a_span_that_ends_with_the_year_of_the_day():
    period = Period.of(Frequency.TWO_YEAR, date(2018, 12, 25))

    assert period.text == "2017/18 to 2018/19"
    assert Period.parse("2014/15 to 2017/18").parts(Frequency.TWO_YEAR) == (
        Period.parse("2014/15 to 2015/16"),
        Period.parse("2016/17 to 2017/18"),
    )


def test_a_week_belongs_to_the_month_and_the_year_of_its_last_day():
    week = Period.parse("2019-W14")  # 1 to 7 April 2019
    before = Period.parse("2019-W13")  # 25 to 31 March 2019

    assert week.containing(Frequency.YEAR).text == "2019/20"
    assert before.containing(Frequency.MONTH).text == "2019-03"
    assert (before.within_year(), week.within_year()) == ((53, 53), (1, 52))
    assert week.within_year(YearKind.CALENDAR) == (14, 52)


def test_a_month_takes_the_kind_of_year_of_its_measure():
    month = Period.parse("2018-10")

    assert [month.containing(Frequency.YEAR, kind).text for kind in YearKind] == ["2018/19", "2018", "2018/19 academic"]
    assert [month.within_year(kind) for kind in YearKind] == [(7, 12), (10, 12), (2, 12)]
    assert month.containing(Frequency.TERM).text == "2018/19 academic autumn"
    with pytest.raises(PeriodError, match="an academic year is divided into terms and months, not by the quarter"):
        month.containing(Frequency.QUARTER, YearKind.ACADEMIC)


def test_position_in_the_year():
    def place(text, kind=None):
        return Period.parse(text).within_year(kind)

    assert place("2018/19 Q3") == (3, 4)
    assert place("2018/19 Q3", YearKind.CALENDAR) == (4, 4)
    assert place("2018/19 T2") == (2, 3)
    assert place("2018/19 academic spring") == (2, 3)
    assert place("2018/19") == (1, 1)
    assert place("2020-02-29") == (335, 366)
    assert place("2021-10 to 2022-09") == (6, 12)


def test_parts_are_the_shorter_periods_that_end_in_it():
    year = Period.parse("2018/19")

    assert [p.text for p in year.parts(Frequency.HALF)] == ["2018/19 H1", "2018/19 H2"]
    assert [p.text for p in year.parts(Frequency.MONTH)][::11] == ["2018-04", "2019-03"]
    assert len(year.parts(Frequency.WEEK)) == 53
    assert year.parts(Frequency.YEAR) == (year,)
    assert year.parts(Frequency.TWO_YEAR) == ()
    assert Period.parse("2018/19 Q1").parts(Frequency.YEAR) == ()
    assert [p.text for p in Period.parse("2018/19 academic").parts(Frequency.TERM)] == [
        "2018/19 academic autumn",
        "2018/19 academic spring",
        "2018/19 academic summer",
    ]
    assert [p.text for p in Period.parse("2014/15 to 2016/17").parts(Frequency.YEAR)] == [
        "2014/15",
        "2015/16",
        "2016/17",
    ]


def test_periods_sort_by_their_last_day_and_then_the_shorter_first():
    texts = ["2018/19", "2018/19 Q4", "2018/19 Q3", "2019-03", "2014/15 to 2018/19", "2018/19 H2", "2019-03-31", "2018"]

    assert [p.text for p in sorted(map(Period.parse, texts))] == [
        "2018/19 Q3",
        "2018",
        "2019-03-31",
        "2019-03",
        "2018/19 Q4",
        "2018/19 H2",
        "2018/19",
        "2014/15 to 2018/19",
    ]


def test_range_takes_both_ends_and_like_forms_only():
    def run(first, last, step=None):
        return [p.text for p in period_range(Period.parse(first), Period.parse(last), step)]

    assert run("2018/19 Q3", "2019/20 Q1") == ["2018/19 Q3", "2018/19 Q4", "2019/20 Q1"]
    assert run("2014/15", "2019/20", Frequency.TWO_YEAR) == ["2014/15", "2016/17", "2018/19"]
    assert run("2014/15 to 2016/17", "2015/16 to 2017/18") == ["2014/15 to 2016/17", "2015/16 to 2017/18"]
    assert run("2019/20", "2018/19") == []
    with pytest.raises(PeriodError, match="2018/19 and 2018 are not periods of one form"):
        run("2018/19", "2018")


def test_due_so_many_days_after_the_end():
    quarter = Period.parse("2018/19 Q3")

    assert quarter.due(0) == date(2018, 12, 31)
    assert quarter.due(45) == date(2019, 2, 14)
    with pytest.raises(PeriodError, match="4000000 days after 2018/19 Q3 is beyond the calendar"):
        quarter.due(4_000_000)


@pytest.mark.parametrize(
    ("text", "long", "short"),
    [
        ("2018/19", "2018/19 (April 2018 to March 2019)", "2018/19"),
        ("2018/19 H2", "Second half of 2018/19 (October 2018 to March 2019)", "H2 2018/19"),
        ("2018/19 Q3", "Quarter 3 2018/19 (October to December 2018)", "Q3 2018/19"),
        ("2018/19 T2", "Second four months of 2018/19 (August to November 2018)", "T2 2018/19"),
        ("2018-10", "October 2018", "Oct 2018"),
        ("2018-W42", "Week 42 2018 (15 to 21 October 2018)", "Week 42 2018"),
        ("2020-W53", "Week 53 2020 (28 December 2020 to 3 January 2021)", "Week 53 2020"),
        ("2018-10-05", "5 October 2018", "5 Oct 2018"),
        ("2018", "2018 (January to December 2018)", "2018"),
        ("2018 Q3", "Quarter 3 2018 (July to September 2018)", "Q3 2018"),
        ("2018/19 academic", "Academic year 2018/19 (September 2018 to August 2019)", "2018/19 academic"),
        ("2018/19 academic autumn", "Autumn term 2018/19 (September to December 2018)", "Autumn 2018/19"),
        ("2014/15 to 2016/17", "2014/15 to 2016/17 (April 2014 to March 2017)", "2014/15 to 2016/17"),
        ("2021-10 to 2022-09", "October 2021 to September 2022", "Oct 2021 to Sep 2022"),
        ("2023-05-17 to 2023-06-11", "17 May to 11 June 2023", "17 May 2023 to 11 Jun 2023"),
    ],
)
def test_words_for_people(text, long, short):
    period = Period.parse(text)

    assert (period.words(), period.short_words()) == (long, short)


def test_words_in_another_language():
    welsh = {"Quarter 3 {year} ({days})": "Chwarter 3 {year} ({days})"}
    welsh |= {"October": "Hydref", "December": "Rhagfyr", "{first} to {last}": "{first} i {last}"}

    assert Period.parse("2018/19 Q3").words(lambda text: welsh.get(text, text)) == (
        "Chwarter 3 2018/19 (Hydref i Rhagfyr 2018)"
    )


days = st.dates(date(1902, 1, 1), date(2180, 12, 31))
frequencies = st.sampled_from(list(Frequency))
singles = st.builds(
    lambda frequency, day, kind: Period.of(
        frequency,
        day,
        YearKind.FINANCIAL
        if kind is YearKind.ACADEMIC and frequency in (Frequency.QUARTER, Frequency.HALF, Frequency.THIRD)
        else kind,
    ),
    st.sampled_from([f for f in Frequency if f is not Frequency.TWO_YEAR]),
    days,
    st.sampled_from(list(YearKind)),
)


@st.composite
def spans(draw):
    first = last = draw(singles)
    for _ in range(draw(st.integers(1, 12))):
        last = last.next()
    return Period.parse(f"{first} to {last}")


periods = st.one_of(singles, spans())


@given(periods)
def test_a_period_is_read_back_from_its_name(period):
    assert Period.parse(period.text) is period


@given(periods)
def test_next_and_previous_undo_each_other(period):
    assert period.next().previous() is period
    assert period.previous().next() is period
    assert period.previous() < period < period.next()
    if not period.is_span:
        assert period.next().start == period.end + timedelta(days=1)


@given(periods)
def test_the_same_period_last_year_ends_a_year_earlier(period):
    assert 363 <= (period.end - period.same_last_year().end).days <= 371
    assert period.same_last_year().frequency is period.frequency


@given(singles, frequencies, days)
def test_the_longer_period_contains_its_own(period, frequency, day):
    if period.year_kind is YearKind.ACADEMIC:
        return
    assert period.containing(frequency).contains(period)
    assert period.containing(period.frequency) is period
    assert Period.of(frequency, day).start <= day <= Period.of(frequency, day).end


@given(periods, st.sampled_from([Frequency.DAY, Frequency.WEEK, Frequency.MONTH, Frequency.YEAR, Frequency.TWO_YEAR]))
def test_parts_follow_one_another_to_the_end(period, frequency):
    parts = period.parts(frequency)

    assert all(period.contains(part) for part in parts)
    assert all(later.start == earlier.end + timedelta(days=1) for earlier, later in pairwise(parts))
    if frequency is Frequency.DAY:
        assert (parts[0].start, parts[-1].end) == (period.start, period.end)


@given(st.sampled_from(["2018/19", "2018"]), frequencies)
def test_a_year_is_tiled_by_as_many_parts_as_it_says(text, frequency):
    year = Period.parse(text)
    parts = year.parts(frequency)

    places = [part.within_year(year.year_kind) for part in parts]
    if frequency is not Frequency.TERM:
        assert places == [(i, len(parts)) for i in range(1, len(parts) + 1)]


@given(periods, periods, periods)
def test_the_order_is_total(a, b, c):
    assert (a < b) + (b < a) + (a == b) == 1
    assert not (a < b < c) or a < c
    assert (a <= b) == (not b < a)


def read_or_refusal(text):
    try:
        return Period.parse(text).text
    except PeriodError as refused:
        return str(refused)


@given(st.text(st.sampled_from(list("0123456789/-WQHT tocademicautumnspring[]é٣\n")), max_size=30))
def test_any_text_gives_a_period_or_a_clear_refusal(text):
    answer = read_or_refusal(text)

    assert answer == text or " is not a period: " in answer


@given(st.text())
def test_no_text_at_all_is_answered_at_length(text):
    assert len(read_or_refusal(text)) < 400
