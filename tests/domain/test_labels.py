"""Labels: what each reader reads, and every label of the real files."""

import csv
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.domain.labels import READERS, Read, read_label, shape_of, split_note
from goldenthread.domain.periods import Period, PeriodError

DATA = Path(__file__).parents[2] / "../shared/data"
needs_shared_data = [
    pytest.mark.shared_data,
    pytest.mark.skipif(not DATA.is_dir(), reason="the folder of real council data is absent"),
]

TRAFFORD = {
    "9999": "calendar_year",
    "9999/99": "financial_year",
    "9999/99 Q9": "financial_quarter",
    "9999/99 Q9 - 9999/99 Q9": "quarter_span",
    "9999/99 - 99/99": "financial_span",
    "9999 - 99": "calendar_span",
    "9999-99": "month",
    "9999-99-99": ["first_of_month", "quarter_end"],
    "Aa 9999": "month",
    "Aa 9999-Aa 9999": "month_span",
    "Q9 9999": "calendar_quarter",
}
LGBF = {"9999-99": ["financial_year", "financial_span"], "9999-99;Q9": "financial_quarter"}
SDG = {
    "9999": "calendar_year",
    "9999.9": "calendar_year",
    "9999/99": "financial_year",
    "9999/9999": "financial_year",
    "9999/99 to 9999/99": "financial_span",
    "9999/99-9999/99": "financial_span",
    "9999 Q9": "calendar_quarter",
    "9999 99": "month",
    "9999-99": "calendar_span",
    "9999-9999": "calendar_span",
    "9999 to 9999": "calendar_span",
    "99 Aa to 99 Aa 9999": "day_span",
}

READINGS = [
    ("period", "2021-10 to 2022-09", "2021-10 to 2022-09"),
    ("financial_year", "2018-19", "2018/19"),
    ("financial_year", "2018 – 19", "2018/19"),
    ("financial_year", "2018/2019", "2018/19"),
    ("financial_year", "18/19", "2018/19"),
    ("financial_year", "99/00", "1999/00"),
    ("financial_year", "1999-00", "1999/00"),
    ("financial_year", "201819", "2018/19"),
    ("financial_year", "FY2018/19", "2018/19"),
    ("financial_year_starting", "2018", "2018/19"),
    ("financial_year_ending", "2019", "2018/19"),
    ("financial_year_ending", "March 2019", "2018/19"),
    ("calendar_year", "2010.0", "2010"),
    ("academic_year", "2018-19", "2018/19 academic"),
    ("academic_year", "201819", "2018/19 academic"),
    ("academic_year_ending", "2019", "2018/19 academic"),
    ("academic_term", "Autumn term 2018/19", "2018/19 academic autumn"),
    ("academic_term", "2018-19 Spring", "2018/19 academic spring"),
    ("financial_quarter", "2022/23 Q3", "2022/23 Q3"),
    ("financial_quarter", "Q3 2022/23", "2022/23 Q3"),
    ("financial_quarter", "2018-19;Q1", "2018/19 Q1"),
    ("financial_quarter", "2018-19 Qtr 3", "2018/19 Q3"),
    ("financial_quarter", "Quarter 3 (2018/19)", "2018/19 Q3"),
    ("calendar_quarter", "Q1 2020", "2020 Q1"),
    ("calendar_quarter", "2020Q1", "2020 Q1"),
    ("financial_half", "H1 2018-19", "2018/19 H1"),
    ("calendar_half", "2018 H2", "2018 H2"),
    ("financial_third", "T2 2018/19", "2018/19 T2"),
    ("month", "2010-11", "2010-11"),
    ("month", "1993 01", "1993-01"),
    ("month", "4/2021", "2021-04"),
    ("month", "April 2021", "2021-04"),
    ("month", "Apr 2021", "2021-04"),
    ("month", "Apr-21", "2021-04"),
    ("month", "Sept 2021", "2021-09"),
    ("month", "2021 Apr", "2021-04"),
    ("day", "31/03/2021", "2021-03-31"),
    ("day", "31st March 2021", "2021-03-31"),
    ("day", "2021-03-31 00:00:00", "2021-03-31"),
    ("month_end", "2021-03-31", "2021-03"),
    ("first_of_month", "01/03/2021", "2021-03"),
    ("quarter_end", "2021-03-31", "2020/21 Q4"),
    ("first_of_quarter", "2021-01-01", "2020/21 Q4"),
    ("calendar_quarter_end", "2021-03-31", "2021 Q1"),
    ("week", "Week 42, 2018", "2018-W42"),
    ("week_ending", "w/e 21/10/2018", "2018-W42"),
    ("week_beginning", "Week commencing 15 October 2018", "2018-W42"),
    ("financial_quarter_months", "Apr-Jun 2018", "2018/19 Q1"),
    ("financial_quarter_months", "January to March 2019", "2018/19 Q4"),
    ("calendar_quarter_months", "Jan - Mar 2019", "2019 Q1"),
    ("month_span", "Oct 2020-Sep 2021", "2020-10 to 2021-09"),
    ("twelve_months_ending", "Year ending Sep 2021", "2020-10 to 2021-09"),
    ("twelve_months_ending", "12 months to 30/09/2021", "2020-10 to 2021-09"),
    ("quarter_span", "2015/16 Q1 - 2019/20 Q4", "2015/16 Q1 to 2019/20 Q4"),
    ("calendar_quarter_span", "Q1 2015 to Q4 2019", "2015 Q1 to 2019 Q4"),
    ("financial_span", "2019-23", "2019/20 to 2022/23"),
    ("financial_span", "2022/23 - 24/25", "2022/23 to 2024/25"),
    ("financial_span", "2002/03-2007/08", "2002/03 to 2007/08"),
    ("academic_span", "2022/23 - 24/25", "2022/23 academic to 2024/25 academic"),
    ("calendar_span", "2017 - 19", "2017 to 2019"),
    ("calendar_span", "1999-01", "1999 to 2001"),
    ("calendar_span", "2010-11", "2010 to 2011"),
    ("day_span", "17 May to 11 June 2023", "2023-05-17 to 2023-06-11"),
]


@pytest.mark.parametrize(("reader", "label", "text"), READINGS)
def test_a_reader_reads_the_label_its_own_way(reader, label, text):
    assert READERS[reader](label) is Period.parse(text)


@pytest.mark.parametrize("name", READERS)
def test_every_reader_reads_its_own_examples(name):
    for example in READERS[name].examples:
        assert READERS[name](example)


@pytest.mark.parametrize(
    ("reader", "label"),
    [
        ("financial_year", "2018-20"),
        ("financial_year", "2018"),
        ("financial_year", "2018-19 Q1"),
        ("calendar_year", "18"),
        ("calendar_year", "2010.5"),
        ("financial_quarter", "Q1 2020"),
        ("calendar_quarter", "Q1 2020/21"),
        ("financial_span", "2018-19"),
        ("calendar_span", "2018-18"),
        ("month", "Avril 2021"),
        ("month", "2023-04-01"),
        ("month_end", "2021-03-30"),
        ("first_of_month", "2021-03-31"),
        ("quarter_end", "2021-04-30"),
        ("week_ending", "2018-10-20"),
        ("financial_quarter_months", "May-Jul 2018"),
        ("day_span", "May to June 2023"),
        ("calendar_year", ""),
        ("calendar_year", "There is no data for this indicator yet"),
        ("calendar_year", "9" * 100_000),
    ],
)
def test_a_reader_refuses_what_is_written_another_way(reader, label):
    with pytest.raises(PeriodError, match=f"is not read by {reader}, which reads "):
        READERS[reader](label)


def test_a_label_of_the_right_form_that_names_no_period_says_why():
    with pytest.raises(PeriodError) as refused:
        read_label("2018/13", ["month"])

    assert str(refused.value) == "'2018/13', read by month: '2018-13' is not a period: there is no month 13"


def test_readers_are_tried_in_order_and_a_shape_chooses_among_them():
    assert read_label("2020-21", ["financial_year", "financial_span"]).period.text == "2020/21"
    assert read_label("2020-22", ["financial_year", "financial_span"]).period.text == "2020/21 to 2021/22"
    assert read_label("2020-21", ["calendar_span", "financial_year"]).period.text == "2020 to 2021"
    assert read_label("2023-04", TRAFFORD).period.text == "2023-04"
    with pytest.raises(PeriodError, match="'Q1 2020' is not read by financial_year, financial_quarter"):
        read_label("Q1 2020", ["financial_year", "financial_quarter"])
    with pytest.raises(PeriodError, match="'May 2020' has the shape 'Aa 9999', for which no reader is named"):
        read_label("May 2020", LGBF)
    with pytest.raises(PeriodError, match="there is no reader 'fiscal_year'; the readers are period, financial_year"):
        read_label("2020-21", ["fiscal_year"])


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("2019/20 [Note 5]", ("2019/20", "Note 5")),
        ("2019/20[5]", ("2019/20", "5")),
        ("2015-2017 (baseline)", ("2015-2017", "baseline")),
        ("2012a", ("2012", "a")),
        ("2019/20*", ("2019/20", "*")),
        ("2019/20¹", ("2019/20", "¹")),
        ("2019/20 (p) [r]", ("2019/20", "p; r")),
        ("2019/20", ("2019/20", "")),
        ("2019/20 (to Q3)", ("2019/20 (to Q3)", "")),
        ("2019/20 (Apr to Dec)", ("2019/20 (Apr to Dec)", "")),
        ("2019/20 (year to date)", ("2019/20 (year to date)", "")),
        ("Q1 (2019/20)", ("Q1 (2019/20)", "")),
        ("", ("", "")),
    ],
)
def test_a_footnote_is_parted_from_its_label(label, expected):
    assert split_note(label) == expected


def test_a_footnote_is_returned_beside_the_period():
    assert read_label("2019/20 [Note 5]", ["financial_year"]) == Read(Period.parse("2019/20"), "Note 5")
    assert read_label("1990-1994 (baseline)", SDG) == Read(Period.parse("1990 to 1994"), "baseline")
    assert read_label("2010.0", ["calendar_year"]) == Read(Period.parse("2010"), "")


def test_the_shape_of_a_label():
    assert shape_of("Oct 2020–Sep 2021") == "Aa 9999-Aa 9999"
    assert shape_of("2015/16  Q1 - 2019/20 Q4") == "9999/99 Q9 - 9999/99 Q9"


def is_read(label, readers):
    try:
        return bool(read_label(label, readers))
    except PeriodError:
        return False


@given(st.text(max_size=40) | st.text(st.sampled_from("0123456789/- ;:QHTWtofrApMayOc[]()*."), max_size=25))
def test_any_label_is_read_or_refused(label):
    for name in READERS:
        is_read(label, [name])


@given(st.sampled_from(READINGS), st.sampled_from(["", " [Note 5]", " (provisional)", "*"]))
def test_a_footnote_changes_no_reading(reading, note):
    reader, label, text = reading

    assert read_label(label + note, [reader]).period.text == text


def rows(path):
    with path.open(newline="", encoding="utf-8-sig") as file:
        yield from csv.DictReader(file)


class TestRealLabels:
    pytestmark = needs_shared_data

    def test_all_379_labels_are_read_as_the_maps_of_their_files_say(self):
        maps = {"trafford-themes": TRAFFORD, "lgbf-scotland": LGBF}

        read = {
            (row["dataset"], row["label"]): read_label(row["label"], maps[row["dataset"]]).period
            for row in rows(DATA / "period-labels/period_labels.csv")
        }

        assert Counter(f"{'span of ' * p.is_span}{p.year_kind} {p.frequency}" for p in read.values()) == {
            "financial year": 26,
            "calendar year": 15,
            "financial quarter": 105,
            "calendar quarter": 17,
            "financial month": 138,
            "span of financial year": 37,
            "span of calendar year": 9,
            "span of financial month": 14,
            "span of financial quarter": 18,
        }
        assert {label: p.text for (dataset, label), p in read.items() if dataset == "lgbf-scotland"}.items() >= {
            ("2010-11", "2010/11"),
            ("2020-21", "2020/21"),
            ("2020-22", "2020/21 to 2021/22"),
            ("2007-11", "2007/08 to 2010/11"),
            ("2018-19;Q1", "2018/19 Q1"),
        }
        assert {label: p.text for (dataset, label), p in read.items() if dataset == "trafford-themes"}.items() >= {
            ("2023-04", "2023-04"),
            ("2021-02-01", "2021-02"),
            ("2021-03-31", "2020/21 Q4"),
            ("2015 - 17", "2015 to 2017"),
            ("2020/21 - 24/25", "2020/21 to 2024/25"),
            ("2021/22 Q1 - 2025/26 Q3", "2021/22 Q1 to 2025/26 Q3"),
            ("Oct 2021-Sep 2022", "2021-10 to 2022-09"),
            ("Q1 2026", "2026 Q1"),
        }

    def test_every_period_of_the_trafford_files_is_read(self):
        labels = {row["period"] for path in (DATA / "trafford").glob("*__*.csv") for row in rows(path)}

        assert [label for label in labels if not is_read(label, TRAFFORD)] == []

    def test_every_year_of_the_sdg_files_is_read_but_for_the_words_that_there_is_none(self):
        labels = {row.get("Year") for path in (DATA / "sdg/csv").glob("*.csv") for row in rows(path)} - {None}

        # A slip in vaccinations, and a run of years in land consumption, whose own map says so.
        assert sorted(label for label in labels if not is_read(label, SDG)) == [
            "2010/20",
            "2013/16",
            "There is no data for this indicator yet",
            "There is not data for this indicator yet",
            "This indicator has embedded content but no data",
            "This is a non-statistical indicator",
            "This is a non-statistical indicator.",
        ]
        assert read_label("2013/16", ["calendar_span"]).period.text == "2013 to 2016"
        assert read_label("1985-87", SDG).period.text == "1985 to 1987"
        assert read_label("2004-06", SDG).period.text == "2004 to 2006"
        assert read_label("1974a", SDG) == Read(Period.parse("1974"), "a")
