"""What maps make of files: every step as declared, every refusal by file, row and column, nothing guessed."""

import pytest

from goldenthread.package.faults import Misused
from tests.importing.small import rows_of, told

FIGURES = """\
title = "Figures"
[[source]]
files = "*.csv"
[source.make.period]
from = "{Year}"
period = ["financial_year", "financial_span"]
[source.make.value]
from = "{Value}"
number = { missing = { NA = "not_available" } }
[[source.table]]
name = "actuals"
[source.table.columns]
measure = "{Code}"
period = "{period}"
value = "{value}"
missing = "{value.missing}"
state = "{value.state}"
"""


def test_each_figure_knows_its_file_and_row(gathered):
    found = gathered(
        FIGURES, {"kpis.csv": 'Code,Year,Value\n"HR\n11",2020-21,1\nHR12,2020-22,"1,204.50 (p)"\nHR13,2021-22,NA\n'}
    )

    assert told(found.faults) == [
        "kpis.csv:2: Code: 'HR\\n11' has spaces around it or characters that do not print: write HR 11"
    ]
    found = gathered(FIGURES, {"kpis.csv": 'Code,Year,Value\nHR12,2020-22,"1,204.50 (p)"\n\nHR13,2021-22,NA\n'})
    columns = ("measure", "period", "value", "missing", "state", "source_file", "source_row")
    assert [tuple(map(str, row)) for row in rows_of(found, "actuals", *columns)] == [
        ("HR12", "2020/21 to 2021/22", "1204.5", "", "provisional", "kpis.csv", "2"),
        ("HR13", "2021/22", "None", "not_available", "final", "kpis.csv", "4"),
    ]


def test_every_cell_that_cannot_be_read_is_named_with_what_would_be_right(gathered):
    found = gathered(FIGURES, {"kpis.csv": "Code,Year,Value\nHR11,2020,1\n,2020-21,n/a\nHR12,2020-21,1\n"})

    assert told(found.faults) == [
        "kpis.csv:2: Year: '2020' is not read by financial_year, financial_span",
        "kpis.csv:3: Code: is empty: every row needs one",
        "kpis.csv:3: Value: 'n/a' is not a number: if it says why there is none, declare it as a word for missing",
    ]


def test_a_map_may_let_such_rows_be_skipped_each_listed(gathered):
    text = 'on_fault = "skip"\n' + FIGURES

    found = gathered(text, {"kpis.csv": "Code,Year,Value\nHR11,2020,1\nHR12,2020-21,1\n"})

    assert told(found.faults) == []
    assert told(found.skipped) == ["kpis.csv:2: Year: '2020' is not read by financial_year, financial_span"]
    assert rows_of(found, "actuals", "measure", "period") == [("HR12", "2020/21")]
    assert found.files["kpis.csv"].skipped == 1


def test_rows_of_one_subject_that_differ_are_faults_and_those_alike_are_kept_once(gathered):
    content = "Code,Year,Value\nHR11,2020-21,1\nHR11,2020-21,1\nHR12,2020-21,1\nHR12,2020-21,2\n"

    found = gathered(FIGURES, {"kpis.csv": content})

    assert found.repeated == 1
    same = "says something else of the same measure and period and category: keep one of the two"
    assert told(found.faults) == [f"kpis.csv:4: actuals: line 5 {same}", f"kpis.csv:5: actuals: line 4 {same}"]


def test_only_changes_are_kept_where_the_map_says_so(gathered):
    text = FIGURES.replace('name = "actuals"', 'name = "actuals"\nrepeated = "changes"').replace(
        'state = "{value.state}"', 'entered_on = "{Day}"'
    )
    content = "Code,Year,Value,Day\n" + "".join(
        f"HR11,2020-21,{value},2021-0{day}-01\n" for day, value in ((1, 5), (2, 5), (3, 6))
    )

    found = gathered(text, {"kpis.csv": content})

    assert [(str(value), str(day)) for value, day in rows_of(found, "actuals", "value", "entered_on")] == [
        ("5", "2021-01-01"),
        ("6", "2021-03-01"),
    ]


def test_conditions_choose_rows_and_reasons_count_those_left_out(gathered):
    text = FIGURES.replace(
        'files = "*.csv"',
        'files = "*.csv"\nwhere = [{ value = "{Council}", is = "{set.council}" }]\n'
        'leave_out = [{ value = "{Value}", is = "", because = "there is no figure" }]',
    ).replace("[[source]]", "[set.council]\n[[source]]", 1)
    content = "Council,Code,Year,Value\nWenlow,HR11,2020-21,1\nQuayside,HR11,2020-21,2\nWenlow,HR12,2020-21,\n"

    found = gathered(text, {"kpis.csv": content}, council="Wenlow")

    assert rows_of(found, "actuals", "measure") == [("HR11",)]
    assert found.files["kpis.csv"].left_out == {"there is no figure": 1}
    with pytest.raises(Misused, match=r"test.toml needs --set council=…"):
        gathered(text, {"kpis.csv": content})
    with pytest.raises(Misused, match=r"--set region: test.toml has no such parameter; it has council"):
        gathered(text, {"kpis.csv": content}, council="Wenlow", region="North")


@pytest.mark.parametrize(
    ("test", "kept"),
    [
        ('is = "red"', "a"),
        ('is_not = "red"', "bc"),
        ('in = ["red", "blue"]', "ab"),
        ('not_in = ["red", "blue"]', "c"),
        ('matches = "e"', "abc"),
        ('not_matches = "^r"', "bc"),
        ('known = "warm"', "a"),
        ('is = "{Other}"', "b"),
    ],
)
def test_the_tests_of_a_condition(gathered, test, kept):
    text = f"""
title = "Colours"
lookup.warm.values = {{ red = "yes" }}
[[source]]
files = "*.csv"
[[source.table]]
name = "areas"
where = [{{ value = "{{Colour}}", {test} }}]
columns = {{ area = "{{Code}}", name = "{{Colour}}" }}
"""
    found = gathered(text, {"colours.csv": "Code,Colour,Other\na,red,blue\nb,blue,blue\nc,green,\n"})

    assert "".join(area for (area,) in rows_of(found, "areas", "area")) == kept


def test_codes_are_cleaned_up_looked_up_and_put_together(gathered, tmp_path):
    text = """
title = "Areas"
[lookup.kind]
ignore_case = true
otherwise = "other"
values = { UA = "unitary", LB = "borough" }
[lookup.region]
file = "regions.csv"
key = "{GSS}"
value = "{Region}"
[lookup.row]
file = "regions.csv"
key = "{GSS}"
[[source]]
files = "areas.csv"
[source.make.gss]
from = "{Area}"
keep = '^(E\\d+)'
[source.make.name]
from = "{Area}"
remove = '^E\\d+|\\*$'
replace = { " & " = " and " }
[source.make.kind]
from = "{Kind}"
lookup = "kind"
[source.make.region]
from = "{gss}"
lookup = "region"
[source.make.all]
from = "{gss}"
lookup = "row"
[source.make.code]
first = ["{Own}", "{name}"]
case = "slug"
[[source.table]]
name = "areas"
columns = { area = "{code}", name = "{name} ({all.Short})", kind = "{kind}", region = "{region}" }
"""
    (tmp_path / "regions.csv").write_text("GSS,Region,Short\nE06,South West,SW\nE09,London,LON\n")

    found = gathered(text, {"areas.csv": "Area,Kind,Own\nE06 Bath & Wells*,ua,\nE09 Bow,Ward,BOW 65+\n"})
    odd = gathered(text, {"areas.csv": "Area,Kind,Own\nX1,LB,\nE08 Rye,LB,\n"})

    assert rows_of(found, "areas", "area", "name", "kind", "region") == [
        ("bath-and-wells", "Bath and Wells (SW)", "unitary", "South West"),
        ("bow-65-plus", "Bow (LON)", "other", "London"),
    ]
    assert told(odd.faults) == [
        "areas.csv:2: Area: 'X1' does not fit ^(E\\d+): correct it, or the map",
        "areas.csv:3: Area: 'E08' is not in the lookup region: correct it, or add it there",
        "areas.csv:3: Area: 'E08' is not in the lookup row: correct it, or add it there",
    ]


def test_a_lookup_without_its_file_or_with_two_answers_is_refused(gathered, tmp_path):
    text = FIGURES.replace("[[source]]", "[lookup.a]\nfile = 'a.csv'\nkey = '{K}'\nvalue = '{V}'\n[[source]]", 1)
    content = {"k.csv": "Code,Year,Value\nA,2020-21,1\n"}

    lacking = gathered(text.replace("*.csv", "k.csv"), content)
    (tmp_path / "a.csv").write_text("K,V\nx,1\nx,1\nx,2\n")
    twice = gathered(text.replace("*.csv", "k.csv"), content)

    assert told(lacking.faults) == [
        "test.toml:2: lookup.a: there is no file 'a.csv' beside the map or beside the files: put it there"
    ]
    assert told(twice.faults) == ["a.csv:4: K: the lookup a has 'x' already, for something else: keep one of the two"]


def test_wide_files_give_a_row_a_label_and_every_column_is_accounted_for(gathered):
    text = """
title = "Wide"
[[source]]
files = "*.csv"
shape = "wide"
across = { value = "{label}" }
ignore = ["Notes*"]
[source.make.period]
from = "{label}"
period = "financial_quarter"
[[source.table]]
name = "actuals"
leave_out = [{ value = "{value}", is = "", because = "no figure yet" }]
columns = { measure = "{Code}", period = "{period}", value = "{value}" }
"""
    found = gathered(text, {"kpis.csv": "Code,Q1 2024/25,Q2 2024/25,Notes 1\nHR11,5,,x\nHR12,6,7,\n"})

    assert [
        (code, period, str(value)) for code, period, value in rows_of(found, "actuals", "measure", "period", "value")
    ] == [
        ("HR11", "2024/25 Q1", "5"),
        ("HR12", "2024/25 Q1", "6"),
        ("HR12", "2024/25 Q2", "7"),
    ]
    assert found.files["kpis.csv"].left_out == {"no figure yet": 1}

    slipped = gathered(text, {"kpis.csv": "Code,Q1 2024/25,Q5 2024/25\nHR11,5,6\n"})
    assert told(slipped.faults) == [
        "kpis.csv:2: label: 'Q5 2024/25' is not read by financial_quarter, which reads "
        "2018/19 Q3, Q3 2018/19, 2018-19;Q3, 2018-19 Qtr 3, Quarter 3 2018/19"
    ]


def test_blocks_name_the_cell_that_is_wrong_by_its_own_heading(gathered):
    text = """
title = "Blocks"
[[source]]
files = "*.csv"
shape = "blocks"
header = [1, 2]
fill_header = true
across = { actual = "{label} | Actual", target = "{label} | Target" }
[source.make.period]
from = "{label}"
period = "financial_quarter"
[source.make.figure]
from = "{actual}"
number = true
[[source.table]]
name = "actuals"
columns = { measure = "{Code}", period = "{period}", value = "{figure}" }
[[source.table]]
name = "targets"
columns = { measure = "{Code}", period = "{period}", value = "{target}" }
"""
    found = gathered(text, {"kpis.csv": ",Q1 2024/25,,Q2 2024/25,\nCode,Actual,Target,Actual,Target\nHR11,5,6,tbc,8\n"})
    odd = gathered(text, {"kpis.csv": ",Q1 2024/25,,,\nCode,Actual,Target,Forecast,\nHR11,5,6,,\n"})

    assert told(found.faults) == [
        "kpis.csv:3: Q2 2024/25 | Actual: 'tbc' is not a number: "
        "if it says why there is none, declare it as a word for missing"
    ]
    assert told(odd.faults) == [
        "kpis.csv:2: Q1 2024/25 | Forecast: nothing reads this column: correct its name, or list it under ignore"
    ]


def test_one_file_a_measure_and_columns_that_break_it_down(gathered):
    text = """
title = "One file a measure"
[[source]]
files = "indicator_{number}.csv"
shape = "one_file_a_measure"
[source.categories]
others = true
except = ["Year", "Value"]
unless_constant = ["Units"]
whole = ["All"]
[[source.table]]
name = "measures"
columns = { measure = "SDG {number}", title = "{file.stem}", unit_of_measure = "{only.Units}" }
[[source.table]]
name = "actuals"
columns = { measure = "SDG {number}", period = "{Year}", category = "{category}", value = "{Value}" }
"""
    found = gathered(
        text,
        {
            "indicator_1-1.csv": "Year,Sex,Age,Units,Value\n2020,,,%,1\n2020,Female,65+,%,2\n2020,FEMALE,All,%,3\n",
            "indicator_2-1.csv": "Year,Units,Value\n2020,%,1\n2020,Number,2\n",
        },
    )

    assert told(found.faults) == []
    assert rows_of(found, "actuals", "measure", "category") == [
        ("SDG 1-1", ""),
        ("SDG 1-1", "age=65-plus;sex=female"),
        ("SDG 1-1", "sex=female"),
        ("SDG 2-1", "units=percent"),
        ("SDG 2-1", "units=number"),
    ]
    assert rows_of(found, "schemes", "scheme", "title") == [("age", "Age"), ("sex", "Sex"), ("units", "Units")]
    assert rows_of(found, "categories", "scheme", "category", "name") == [
        ("age", "65-plus", "65+"),
        ("sex", "female", "Female"),
        ("units", "number", "Number"),
        ("units", "percent", "%"),
    ]
    assert rows_of(found, "measures", "measure", "unit_of_measure") == [("SDG 1-1", "%"), ("SDG 2-1", "")]


def test_two_names_that_would_be_one_category_are_refused(gathered):
    text = """
title = "Categories"
[[source]]
files = "*.csv"
categories = { columns = ["Size"] }
[[source.table]]
name = "actuals"
columns = { measure = "A", period = "{Year}", category = "{category}", value = "{Value}" }
"""
    found = gathered(text, {"sizes.csv": "Year,Size,Value\n2020,#1,1\n2020,1,2\n2020,#,3\n"})

    assert told(found.faults) == [
        "sizes.csv:3: Size: '1' and '#1' would both be 1: give their codes in a lookup",
        "sizes.csv:4: Size: '#' has no letter or digit to make a code of: give its code in a lookup",
    ]


def test_a_code_that_a_lookup_gives_is_one_that_a_category_can_have(gathered):
    text = """
title = "Categories"
lookup.sex.values = { F = "female", M = "a;b", All = "" }
[[source]]
files = "*.csv"
[source.categories.scheme.sex]
from = "{Sex}"
lookup = "sex"
[[source.table]]
name = "actuals"
columns = { measure = "A", period = "{Year}", category = "{category}", value = "{Value}" }
"""
    found = gathered(text, {"people.csv": "Year,Sex,Value\n2020,F,1\n2020,M,2\n2020,All,3\n"})

    assert rows_of(found, "actuals", "category") == [("sex=female",), ("",)]
    assert rows_of(found, "categories", "scheme", "category", "name") == [("sex", "female", "F")]
    assert told(found.faults) == ["people.csv:3: Sex: 'a;b' has ; in it, which stands for something else: leave it out"]


def test_definitions_told_by_many_rows_are_one_and_those_that_differ_are_refused(gathered):
    text = """
title = "Measures"
[[source]]
files = "figures.csv"
[[source.table]]
name = "measures"
columns = { measure = "{Code}", title = "{Title}", unit_of_measure = "{Unit}" }
[[source]]
files = "pages.csv"
[[source.table]]
name = "measures"
completes = true
columns = { measure = "{Code}", title = "{Title}", definition = "{Text}" }
"""
    files = {
        "figures.csv": "Code,Title,Unit\nA,Alpha,days\nA,Alpha,days\nB,Beta,\n",
        "pages.csv": "Code,Title,Text\nA,Alpha in full,What it counts\nC,Gamma,Of nothing else\n",
    }
    found = gathered(text, files)
    differing = gathered(text, files | {"figures.csv": "Code,Title,Unit\nA,Alpha,days\nA,Alpha,weeks\n"})

    assert rows_of(found, "measures", "measure", "title", "unit_of_measure", "definition") == [
        ("A", "Alpha in full", "days", "What it counts"),
        ("B", "Beta", "", ""),
    ]
    assert told(differing.faults) == [
        "figures.csv:3: measures: unit_of_measure of A is weeks here and days on line 2: write one of the two"
    ]


def test_halves_are_kept_where_they_give_the_figure_to_its_last_digit(gathered):
    text = """
title = "Ratios"
[[source]]
files = "*.csv"
[source.make.share]
from = "{Value}"
number = { scale = 100 }
[source.make.over]
from = "{Over}"
number = { scale = "{Times}" }
[source.make.halves]
from = "{share}"
ratio = { numerator = "{over}", denominator = "{Under}", factor = 100 }
[[source.table]]
name = "actuals"
[source.table.columns]
measure = "{Code}"
period = "2024/25"
value = "{share}"
numerator = "{halves.numerator}"
denominator = "{halves.denominator}"
comment = "{halves.agrees}"
"""
    found = gathered(
        text,
        {"r.csv": "Code,Value,Over,Under,Times\nA,0.983,2985,3035,1\nB,0.5,2,3,1\nC,0.25,1,4000,1000\nD,0.25,,,1\n"},
    )

    columns = ("value", "numerator", "denominator", "comment")
    assert [tuple(map(str, row)) for row in rows_of(found, "actuals", *columns)] == [
        ("98.3", "2985", "3035", "yes"),
        ("50", "None", "None", "no"),
        ("25", "1000", "4000", "yes"),
        ("25", "None", "None", ""),
    ]


def test_dates_and_parts_of_a_note(gathered):
    text = """
title = "Notes"
[[source]]
files = "*.csv"
[source.make.note]
from = "{Note}"
parts = '(?s)^(?:(?P<day>\\d{6}) - )?(?P<text>.*)$'
[source.make.day]
from = "{note.day}"
date = "%y%m%d"
[source.make.written]
first = ["{day}", "2014-11-07"]
[[source.table]]
name = "commentary"
columns = { measure = "{Code}", period = "2014/15 Q2", comment = "{note.text}", written_at = "{written}" }
"""
    found = gathered(text, {"n.csv": "Code,Note\nA,141022 - Spent\nB,No date\nC,149922 - Odd\n"})

    assert told(found.faults) == ["n.csv:4: Note: '149922' is not a date as the map expects it: write it like 181005"]
    rows = gathered(text, {"n.csv": "Code,Note\nA,141022 - Spent\nB,No date\n"})
    assert [(comment, str(at)) for comment, at in rows_of(rows, "commentary", "comment", "written_at")] == [
        ("Spent", "2014-10-22"),
        ("No date", "2014-11-07"),
    ]


def test_a_name_that_nothing_has_is_refused_with_one_that_is_meant(gathered):
    found = gathered(FIGURES, {"kpis.csv": "Code,year,Value\nHR11,2020-21,1\n"})

    assert told(found.faults) == ["kpis.csv:1: Year: there is no column 'Year': write year"]


def test_a_file_that_the_map_does_not_know_and_two_of_one_name_are_refused(gathered):
    text = FIGURES.replace("*.csv", "kpis.csv")

    found = gathered(text, {"kpis.csv": "Code,Year,Value\nHR11,2020-21,1\n", "kpi.csv": "Code\n"})

    assert told(found.faults) == ["kpi.csv: test.toml says nothing of such a file: it reads kpis.csv"]


def test_columns_named_in_several_ways_and_ones_that_some_files_lack(gathered):
    text = FIGURES.replace(
        'files = "*.csv"', 'files = "*.csv"\noptional = ["Year"]\nalias = { Code = ["Ref", "KPI"] }'
    ).replace('from = "{Year}"', 'first = ["{Year}", "2023-24"]')

    found = gathered(text, {"a.csv": "KPI,Year,Value\nHR11,2020-21,1\n", "b.csv": "Ref,Value\nHR12,2\n"})

    assert rows_of(found, "actuals", "measure", "period") == [("HR11", "2020/21"), ("HR12", "2023/24")]


def test_rows_in_another_order_until_the_table_ends(gathered):
    text = FIGURES.replace(
        'files = "*.csv"', 'files = "*.csv"\nin_order_of = "{Code}"\nuntil = { value = "{Code}", matches = "^Total" }'
    )

    found = gathered(text, {"k.csv": "Code,Year,Value\nB,2020-21,1\nA,2020-21,2\nTotal,,3\nnotes,,\n"})

    assert rows_of(found, "actuals", "measure", "source_row") == [("A", "3"), ("B", "2")]
    assert found.files["k.csv"].left_out == {"after the end of the table": 2}


def test_rows_that_stand_in_the_map_itself(gathered):
    text = (
        FIGURES
        + """
[set.council]
default = "Wenlow"
[[row]]
table = "units"
columns = { unit = "wen", name = "{set.council}", kind = "council" }
[[row]]
table = "rules"
columns = { rule = "TOL", amber = 10, starts = 2024-04-01 }
[[row]]
table = "rules"
columns = { rule = "BAD", amber = "ten" }
"""
    )
    found = gathered(text, {"k.csv": "Code,Year,Value\nA,2020-21,1\n"})

    assert rows_of(found, "units", "unit", "name", "kind") == [("wen", "Wenlow", "council")]
    assert told(found.faults) == [
        "test.toml:27: rules amber: 'ten' is not a plain number: write a number such as 94.8, or leave it empty"
    ]
