"""Bad packages: every fault is told with its file, line and column, and nothing is kept."""

import json
import zipfile
from contextlib import suppress

import pytest

from goldenthread.council.models import Unit
from goldenthread.history.models import Change
from goldenthread.measures.models import Actual, Measure
from goldenthread.package.faults import Misused, Refused
from goldenthread.package.load import load
from tests.thorough import THOROUGH

pytestmark = pytest.mark.django_db


def changed(council, table, before, after):
    assert before in council[table], f"{table} has no {before!r}"
    return {**council, table: council[table].replace(before, after, 1)}


@pytest.mark.parametrize(
    ("table", "before", "after", "fault"),
    [
        # cells
        (
            "actuals",
            ",940,1000,,",
            ',940,"1,000",,',
            "actuals.csv:2: denominator: '1,000' is not a plain number: write 1000",
        ),
        (
            "actuals",
            "95.5",
            "95.5%",
            "actuals.csv:3: value: '95.5%' is not a plain number: write 95.5",
        ),
        (
            "actuals",
            "95.5",
            "1E400",
            "actuals.csv:3: value: '1E400' is not a plain number: write a number such as 94.8, or leave it empty",
        ),
        (
            "actuals",
            "95.5",
            "NaN",
            "actuals.csv:3: value: 'NaN' is not a plain number: write a number such as 94.8, or leave it empty",
        ),
        (
            "actuals",
            "95.5",
            "=955/1000",
            "actuals.csv:3: value: '=955/1000' is not a plain number: write a number such as 94.8, or leave it empty",
        ),
        (
            "actuals",
            "2024/25 Q2,,958",
            "Q2 2024/25,,958",
            "actuals.csv:4: period: 'Q2 2024/25' is not a period: write 2024/25 Q2",
        ),
        (
            "actuals",
            "2024-11-20T15:00:00Z",
            "2024-11-20 15:00",
            "actuals.csv:4: entered_at: '2024-11-20 15:00' is not a moment: "
            "write it like 2018-10-05T14:30:00+01:00, or the day alone",
        ),
        (
            "actuals",
            "restated",
            "Provisionnal",
            "actuals.csv:4: state: 'Provisionnal' is not one of the words used here: write provisional",
        ),
        (
            "measures",
            "HO2,Households in temporary accommodation,HOU,,,strategic,number,households,0,lower",
            "HO2,Households in temporary accommodation,HOU,,,strategic,number,households,0,down",
            "measures.csv:4: polarity: 'down' is not one of the words used here: "
            "write one of higher, lower, range, none",
        ),
        (
            "people",
            "a.khan@example.org",
            "a.khan at example.org",
            "people.csv:2: email: 'a.khan at example.org' is not an e-mail address: write one like a.khan@example.org",
        ),
        (
            "units",
            "2024-03-31",
            "31/03/2024",
            "units.csv:4: ends: '31/03/2024' is not a date: write 2024-03-31",
        ),
        (
            "units",
            "REP,Repairs",
            " REP,Repairs",
            "units.csv:4: unit: ' REP' has spaces around it or characters that do not print: write REP",
        ),
        ("units", "HOU,Housing", "HOU,", "units.csv:3: name: is empty: every row needs one"),
        (
            "sets",
            "Homes,,HO2",
            "Homes,first,HO2",
            "sets.csv:2: order: 'first' is not a whole number: write one such as 12",
        ),
        (
            "targets",
            ",yes,\n",
            ",true,\n",
            "targets.csv:4: amends: 'true' is neither yes nor empty: write yes, or leave it empty",
        ),
        (
            "categories",
            "F,sex",
            "F;M,sex",
            "categories.csv:2: category: 'F;M' has ; in it, which stands for something else: leave it out",
        ),
        # rows and keys
        (
            "people",
            'P2,"Price, Owen",,1002',
            "P2,Price, Owen,,1002",
            "people.csv:3: this row has 5 cells and the header has 4: quote a cell that has a comma in it",
        ),
        (
            "areas",
            "E08,Marston,unitary,East",
            "E08,Marston",
            "areas.csv:3: this row has 2 cells and the header has 4: leave a cell empty rather than out",
        ),
        (
            "posts",
            "DIR-HOU,Dir",
            "CEX,A,WEN,,\nDIR-HOU,Dir",
            "posts.csv:3: post: line 2 has the same post: keep one of the two",
        ),
        (
            "actuals",
            "HO3,2024/25 Q2,,,,22,,,,,,,,2024-10-15",
            "HO3,2024/25 Q1,,,,22,,,,,,,,2024-07-15",
            "",
        ),
        (
            "published",
            "Q1 report,2024-09-10,Cabinet,HO1,2024/25 Q1,,94,95,amber,none,As shown",
            "R,,,HO1,2024/25 Q1,,94,,,,\nR,,,HO1,2024/25 Q1,,95,,,,",
            "published.csv:3: publication: line 2 has the same publication and measure and period and category: "
            "keep one of the two",
        ),
        (
            "commentary",
            "2025-04-16T10:00:00.000001Z,",
            "2025-04-15T10:00:00Z,",
            "",
        ),
        (
            "forecasts",
            "Two gangs short,Owen Price,2024-10-20T10:00:00Z\n",
            "A,,2024-10-20T10:00:00Z\nHO1,2024/25,,95,,B,,2024-10-20T11:00:00+01:00\n",
            "forecasts.csv:3: measure: line 2 has the same measure and for_period: "
            "keep one of the two, or give each its at",
        ),
        # what is referred to
        (
            "measures",
            "HO3,Households waiting,HOU",
            "HO3,Households waiting,HOUS",
            "measures.csv:5: unit: there is no unit 'HOUS': add it to units, or write one that is there",
        ),
        (
            "rule_assignments",
            "HR1,,RANGE",
            "HR1,,RANG",
            "rule_assignments.csv:3: rule: there is no rule 'RANG': add it to rules, or write one that is there",
        ),
        (
            "benchmarks",
            "neighbours",
            "neighbors",
            "benchmarks.csv:2: group: there is no group 'neighbors': add it to groups, or write one that is there",
        ),
        (
            "categories",
            "16 to 24,16-64",
            "16 to 24,16-65",
            "categories.csv:5: parent: age has no category '16-65': add it, or write one that it has",
        ),
        (
            "actuals",
            "sex=F,,,90",
            "sex=X,,,90",
            "actuals.csv:10: category: sex has no category 'X': add it to categories, or write one that it has",
        ),
        (
            "actuals",
            "sex=F;age=16-24",
            "age=16-24;sex=F",
            "actuals.csv:11: category: the schemes are not in their order: write sex=F;age=16-24",
        ),
        (
            "actuals",
            "sex=F;age=16-24",
            "Women",
            "actuals.csv:11: category: 'Women' is not a category: write it like sex=F, or like sex=F;age=16-24",
        ),
        # circles and dates
        (
            "units",
            "WEN,Wenlow City Council,council,,",
            "WEN,Wenlow City Council,council,HMS,",
            "units.csv:2: parent: goes round in a circle, WEN → HMS → HOU → WEN: take one of these out",
        ),
        (
            "posts",
            "CEX,Chief Executive,WEN,1,",
            "CEX,Chief Executive,WEN,1,CEX",
            "posts.csv:2: reports_to: goes round in a circle, CEX → CEX: take one of these out",
        ),
        (
            "appointments",
            "2020-04-01,2023-03-31",
            "2023-03-31,2020-04-01",
            "appointments.csv:2: ends: 2020-04-01 is before 2023-03-31, when it starts: "
            "write a later day, or swap the two",
        ),
        # measures
        (
            "measures",
            "[HO2] + [HO3]",
            "[HO2] + [HO9]",
            "measures.csv:6: formula: There is no measure HO9: write the code of a measure that is here, "
            "or add the measure first.",
        ),
        (
            "measures",
            "[HO2] + [HO3]",
            "[HO2] + [HO4]",
            "measures.csv:6: formula: HO4 refers to itself: write it from other measures.",
        ),
        (
            "measures",
            "[HO2] + [HO3]",
            "[HO2] +",
            "measures.csv:6: formula: The formula ends with +: write what follows it.",
        ),
        (
            "measures",
            "mean_4",
            "mean_0",
            "measures.csv:4: long_direction: 'mean_0' is no long direction: "
            "write last_year, or mean_8 for eight periods",
        ),
        (
            "measures",
            "CORP,14,,0,100",
            "CORP,14,,100,0",
            "measures.csv:2: max: 0 is below min, 100: write more, or swap the two",
        ),
        (
            "measures",
            "HO1,Repairs",
            "HO[1],Repairs",
            "measures.csv:2: measure: 'HO[1]' has [ in it, which stands for something else: leave it out",
        ),
        # rules
        (
            "rules",
            "Corporate rule,miss_tolerance,percent,,10",
            "Corporate rule,green_band,percent,20,10",
            "rules.csv:2: green: green (20) is wider than amber (10): give amber as 20 or more",
        ),
        (
            "rule_assignments",
            ",strategic,CORP",
            ",,CORP",
            "rule_assignments.csv:2: measure: a rule is given to one measure or to one tier: fill in one of the two",
        ),
        (
            "grants",
            "performance_officer,,P1",
            "performance_officer,CEX,P1",
            "grants.csv:2: post: a role is given to one post, person or body: fill in one of the three",
        ),
        # figures
        (
            "actuals",
            "955,1000,95.5",
            "955,1000,59.5",
            "actuals.csv:3: value: 955 over 1000 times 100 is 95.5, not 59.5: correct it, leave one of them out, "
            "or give HO1 another factor",
        ),
        (
            "actuals",
            "HO2,2024/25 Q1,,,,118,,,,",
            "HO2,2024/25 Q1,,,,118,,,,suppressed",
            "actuals.csv:12: missing: there is a figure and it is said to be suppressed: leave one of the two empty",
        ),
        (
            "actuals",
            "HO2,2024/25 Q1,,,,118,",
            "HO2,2024/25 Q1,,,,,",
            "actuals.csv:12: value: there is no figure: write one, or say in missing why there is none",
        ),
        ("actuals", "88.5,91.5", "91.5,88.5", "actuals.csv:10: upper: 88.5 is below lower, 91.5: swap the two"),
        (
            "actuals",
            "HO2,2024/25 Q1",
            "HO2,2024-05",
            "actuals.csv:12: period: HO2 is collected by the quarter, and 2024-05 is shorter: write 2024/25 Q1",
        ),
        (
            "actuals",
            "HO2,2024/25 Q1",
            "HO2,2024 Q2",
            "actuals.csv:12: period: 2024 Q2 is not of a financial year, as HO2 is: write 2024/25 Q1",
        ),
        (
            "actuals",
            "HO2,2024/25 Q1",
            "HO2,2024-05 to 2024-06",
            "actuals.csv:12: period: HO2 is collected by the quarter, and 2024-05 to 2024-06 is shorter: "
            "write 2024/25 Q1",
        ),
        (
            "actuals",
            "2024-07-15,,Owen",
            "2024-07-15,2024-07-16T09:00:00Z,Owen",
            "actuals.csv:2: entered_on: 2024-07-15 is not the day of entered_at: leave one of the two empty",
        ),
        (
            "actuals",
            "2024-11-20T15:00:00Z",
            "2094-11-20T15:00:00Z",
            "actuals.csv:4: entered_at: 2094-11-20T15:00:00Z is in the future: leave it empty to record it as of now",
        ),
        # targets
        (
            "targets",
            "HR1,2024/25,,target,,8,12",
            "HR1,2024/25,,target,,8,",
            "targets.csv:6: high: a target that is a range has two ends: write both low and high",
        ),
        ("targets", ",8,12,", ",12,8,", "targets.csv:6: high: 8 is below low, 12: swap the two"),
        (
            "targets",
            "HO2,2024/25,,target,120",
            "HO2,2024/25,,target,",
            "targets.csv:5: value: there is no target: write its value",
        ),
        (
            "commentary",
            "Seen by the board",
            "",
            "commentary.csv:4: comment: nothing is said: write a comment, a cause or an action",
        ),
        ("judgements", "Storm damage is cleared", "", "judgements.csv:2: reason: is empty: every row needs one"),
        (
            "judgements",
            "amber",
            "overdue",
            "judgements.csv:2: status: 'overdue' is not one of the words used here: "
            "write one of blue, green, green_amber, amber, red_amber, red",
        ),
        # the owner and rule columns
        (
            "measures",
            ",HMS,HEAD-HMS,,strategic",
            ",HMS,HEAD,,strategic",
            "measures.csv:2: owner: there is no post 'HEAD': add it to posts, or write one that is there",
        ),
    ],
)
def test_one_fault_is_told_where_it_is(council, faults_of, table, before, after, fault, package):
    broken = changed(council, table, before, after)
    if not fault:  # right as it stands: the neighbour of a fault
        load(package(broken), dry_run=True)
        return

    assert faults_of(broken) == [fault]
    assert (Unit.objects.count(), Measure.objects.count(), Change.objects.count()) == (0, 0, 0)


def test_every_fault_is_told_at_once(faults_of):
    found = faults_of(
        {
            "units": "unit,name,knd\nWEN,Wenlow,council\n",
            "posts": "post,title,unit\nCEX,Chief Executive,WEN\nCEX,,WENLOW\n",
            "people": "person,name,email\nP1,A,a\nP2,B,b\n",
        }
    )

    assert found == [
        "people.csv:2: email: 'a' is not an e-mail address: write one like a.khan@example.org",
        "people.csv:3: email: 'b' is not an e-mail address: write one like a.khan@example.org",
        "posts.csv:3: post: line 2 has the same post: keep one of the two",
        "posts.csv:3: title: is empty: every row needs one",
        "units.csv:1: knd: 'knd' is not a column of units: write kind",
    ]


def test_a_row_that_cannot_be_read_is_not_also_blamed_on_those_that_refer_to_it(council, faults_of):
    broken = changed(council, "measures", "higher,quarter,financial", "higher,quarterly,financial")

    assert faults_of(broken) == [
        "measures.csv:2: frequency: 'quarterly' is not one of the words used here: write quarter"
    ]


def test_lines_are_those_of_the_file_also_after_cells_of_several_lines(council, faults_of):
    broken = changed(council, "commentary", "Amina Khan", "x" * 201)

    assert faults_of(broken) == ["commentary.csv:4: written_by: 201 characters are too many: write 200 at most"]


def test_headers_that_cannot_be_followed(faults_of):
    assert faults_of({"units": ""}) == ["units.csv:1: is empty: write a first line with the columns, such as unit,name"]
    assert faults_of({"units": "unit,name,unit\n"}) == [
        "units.csv:1: unit: this column is there twice: keep one of the two"
    ]
    assert faults_of({"units": "unit,,name\n"}) == [
        "units.csv:1: column 2: '' is not a column of units: it has "
        "unit, name, kind, parent, area, starts, ends, succeeded_by"
    ]
    assert faults_of({"units": "unit\nWEN\n"}) == [
        "units.csv:1: name: this column is missing: add it, every row of units needs one"
    ]


def test_files_that_are_no_csv(faults_of, package):
    assert faults_of({"units": 'unit,name\nWEN,"Wen"low"\n'}) == [
        "units.csv:2: a quotation mark stands inside a quoted cell: write two of them for one"
    ]
    assert faults_of({"units": 'unit,name\nWEN,"Wenlow\nHOU,Housing\n'}) == [
        "units.csv:2: a quotation mark opens in this row and is not closed: close it"
    ]
    assert faults_of({"units": f"unit,name\nWEN,{'x' * 300_000}\n"}) == [
        "units.csv:2: a cell begins here that is longer than 100,000 characters, or whose quotation mark is not closed"
    ]
    assert faults_of({"units": "unit,name\nWEN,Wen\0low\n"}) == [
        "units.csv:2: there is a NUL character on this line: take it out"
    ]
    assert faults_of({"units": "unit,name\rWEN,Wenlow\r"}) == [
        "units.csv:1: a line ends with a carriage return alone: end lines with a line feed"
    ]


def test_files_in_another_encoding(package):
    for encoding, fault in (
        ("cp1252", "units.csv:2: byte 8 of this line is not UTF-8: save the file as CSV UTF-8"),
        ("utf-16", "units.csv:1: is saved as UTF-16: save it as CSV UTF-8"),
    ):
        folder = package({})
        (folder / "units.csv").write_bytes("unit,name\nWEN,Wenû\n".encode(encoding))

        with pytest.raises(Refused) as refused:
            load(folder)

        assert [str(fault) for fault in refused.value.faults] == [fault]


def test_tables_that_are_not_known(faults_of):
    assert faults_of({"unit": "unit,name\n"}) == ["unit.csv: there is no table 'unit': write units"]
    [fault] = faults_of({"weather": "day\n"})
    assert fault.startswith(
        "weather.csv: there is no table 'weather': the tables are absences, action_progress, actions,"
    )


def test_a_folder_without_tables(faults_of):
    assert faults_of({}) == ["package0: holds no table: name the files after tables, such as schemes.csv"]


@pytest.mark.parametrize(
    ("descriptor", "fault"),
    [
        ("{", "datapackage.json:1: is not JSON here: Expecting property name enclosed in double quotes"),
        ("[]", 'datapackage.json:1: is not a data package: write {"resources": […]}'),
        (
            '{"resources": 1}',
            'datapackage.json:1: resources: is not a list of tables: write {"name": …, "path": …} for each',
        ),
        (
            '{"resources": [{"path": "units.csv"}]}',
            "datapackage.json:1: resources[0]: has no name: write the name of its table",
        ),
        (
            '{"resources": [{"name": "units", "path": "../units.csv"}]}',
            "datapackage.json:1: resources[0]: 'units' is said to be in '../units.csv', which is not in the package: "
            "correct its path",
        ),
        (
            '{"resources": [{"name": "units", "path": "units.csv", "encoding": "cp1252"}]}',
            "datapackage.json:1: resources[0]: 'units' is not in UTF-8: save the file as UTF-8, and say so",
        ),
        (
            '{"resources": [{"name": "units", "path": "units.csv", "dialect": {"delimiter": ";"}}]}',
            "datapackage.json:1: resources[0]: 'units' is not in the usual dialect: separate cells by commas, "
            "and quote with double quotes",
        ),
    ],
)
def test_descriptors_that_cannot_be_followed(faults_of, descriptor, fault):
    assert fault in faults_of({"units": "unit,name\n"}, descriptor)


def test_a_descriptor_nested_without_end(faults_of):
    assert faults_of({}, "[" * 100_000) == [
        "datapackage.json:1: is nested too deeply: write a Frictionless data package"
    ]


def test_a_file_that_the_descriptor_does_not_name(faults_of):
    descriptor = json.dumps({"resources": [{"name": "units", "path": "units.csv"}]})

    assert faults_of({"units": "unit,name\n", "posts": "post,title,unit\n"}, descriptor) == [
        "posts.csv: datapackage.json does not name this file: add it there, or take the file out"
    ]


def test_nothing_at_the_path(tmp_path):
    with pytest.raises(Misused, match="there is no such folder or file"):
        load(tmp_path / "nowhere")


def test_a_file_that_is_no_zip(tmp_path):
    path = tmp_path / "council.zip"
    path.write_text("not a zip")

    with pytest.raises(Refused) as refused:
        load(path)

    assert [str(fault) for fault in refused.value.faults] == [
        "council.zip: this is no .zip of a data package (File is not a zip file): give a folder or a .zip"
    ]


def test_a_zip_that_was_cut_or_changed(tmp_path, package, council):
    whole = tmp_path / "council.zip"
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in package(council).iterdir():
            archive.write(file, f"council/{file.name}")
    good = whole.read_bytes()
    assert load(whole, dry_run=True).tables["actuals"]["added"] == 16

    for place in range(30, len(good), 97 if THOROUGH else 487):
        whole.write_bytes(good[:place] + bytes([good[place] ^ 0xFF]) + good[place + 1 :])
        with suppress(Refused):
            load(whole, dry_run=True)


def test_a_package_with_many_faults_counts_them_all(package):
    rows = "".join(f"P{number},Person,nowhere\n" for number in range(5000))

    with pytest.raises(Refused) as refused:
        load(package({"people": f"person,name,email\n{rows}"}))

    assert refused.value.faults.total == 5000
    assert len(list(refused.value.faults)) == 1000
    assert str(refused.value) == "5000 faults; nothing was loaded"


def test_codes_that_the_database_holds_may_be_referred_to(package, council, faults_of):
    load(package(council))

    load(package({"actuals": "measure,period,category,value\nHO1,2025/26 Q4,sex=M,93\n"}))

    assert Actual.objects.get(category="sex=M").measure.code == "HO1"
    assert faults_of({"units": "unit,name,parent\nWEN,Wenlow,HMS\n"}) == [
        "units.csv:2: parent: goes round in a circle, WEN → HMS → HOU → WEN: take one of these out"
    ]
    assert faults_of({"measures": "measure,title,formula\nHO3,Waiting,[HO4] * 2\n"}) == [
        "measures.csv:2: formula: The formulas go round in a circle: HO3 → HO4 → HO3. Take one of the references out."
    ]


def test_another_rule_or_owner_for_ever_is_not_guessed_at(package, council, faults_of):
    load(package(council))

    assert faults_of({"measures": "measure,title,rule,owner\nHO1,Repairs,RANGE,CEX\n"}) == [
        "measures.csv:2: owner: HO1 is owned by HEAD-HMS already: write HEAD-HMS, "
        "or end that and start CEX in measure_roles.csv",
        "measures.csv:2: rule: HO1 has rule CORP already: write CORP, "
        "or give RANGE from a day on in rule_assignments.csv",
    ]
