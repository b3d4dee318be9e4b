"""A small council as a data package, and what tests of packages ask of it."""

import csv
import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

Tables = dict[str, str]

#: Every table, each with the columns that matter here. What was said in the past bears its moment.
COUNCIL: Tables = {
    "units": """\
unit,name,kind,parent,area,starts,ends,succeeded_by
WEN,Wenlow City Council,council,,E06,,,
HOU,Housing,directorate,WEN,,2015-04-01,,
REP,Repairs,service,HOU,,2015-04-01,2024-03-31,HMS
HMS,Homes and Maintenance,service,HOU,,2024-04-01,,
""",
    "posts": """\
post,title,unit,tier,reports_to
CEX,Chief Executive,WEN,1,
DIR-HOU,Director of Housing,HOU,2,CEX
HEAD-HMS,Head of Homes,HMS,3,DIR-HOU
""",
    "people": """\
person,name,email,employee_number
P1,Amina Khan,a.khan@example.org,1001
P2,"Price, Owen",,1002
""",
    "appointments": """\
person,post,kind,fte,starts,ends
P1,DIR-HOU,,,2020-04-01,2023-03-31
P2,DIR-HOU,acting,0.6,2023-04-01,
""",
    "grants": """\
role,post,person,body,seat,unit,starts,ends
performance_officer,,P1,,,,,
measure_owner,HEAD-HMS,,,,HOU,2024-04-01,
member,,,CAB,CEX,,,
viewer,,,SMC,,,,
""",
    "absences": """\
person,starts,ends
P2,2026-09-01,
""",
    "bodies": """\
body,name,kind,unit,starts,ends
CAB,Cabinet,cabinet,WEN,2015-05-12,
SMC,Scrutiny Management Commission,commission,WEN,,
""",
    "seats": """\
body,seat,role,group,person,post,order,starts,ends
CAB,CEX,Chief Executive,,,CEX,2,,
CAB,LEADER,Leader of the Council,Labour,P1,,1,2021-05-11,2025-05-12
CAB,LEADER,Leader of the Council,Labour,P2,,1,2025-05-13,
SMC,CHAIR,Chair,Independent,,,,,
""",
    "plans": """\
plan,title,kind,unit,purpose,budget,starts,ends,succeeds,state
CP21,Council Plan 2021-25,Council plan,WEN,,,2021-04-01,2025-03-31,,closed
CP25,Council Plan 2025-29,Council plan,WEN,"What the council is for,
in a line",£312m,2025-04-01,2029-03-31,CP21,adopted
HOU25,Housing Service Plan,Service plan,HOU,,,2025-04-01,2026-03-31,,consulted
""",
    "element_kinds": """\
kind,title,counts_as,order
pledge,Pledge,priority,1
""",
    "elements": """\
element,plan,kind,title,description,owner,roll_up,starts,ends,succeeded_by
P1-21,CP21,pledge,Decent homes,,,,,,P1
P1,CP25,pledge,A decent home for everyone,"Safe, warm and dry",DIR-HOU,weighted_mean,,,
O1,CP25,outcome,Fewer people without a home,,DIR-HOU,worst_of,,,
HOU-1,HOU25,objective,Repairs done when promised,,HEAD-HMS,judged,2025-06-01,,
""",
    "links": """\
above,below,weight,starts,ends
P1,O1,2.50,,
P1,HOU-1,,2025-06-01,2025-12-31
P1,HOU-1,3,2026-01-01,
O1,HOU-1,0,,
""",
    "measure_links": """\
measure,element,weight,starts,ends
HO1,HOU-1,,,
HO2,O1,2,2025-04-01,
""",
    "actions": """\
action,element,title,owner,starts,original_due,due,progress,state,completed_on
A1,HOU-1,A second gang of roofers,HEAD-HMS,2025-06-01,2025-09-30,2025-12-31,100,complete,2025-12-19
A2,O1,"Buy 30 homes, to let",,2025-04-01,2026-03-31,,40,under_way,
A3,O1,Write a strategy,,,,,,,
""",
    "milestones": """\
action,milestone,title,due,reached_on
A2,M1,Cabinet agrees,2025-06-30,2025-07-08
A2,M2,First ten,2025-12-31,
""",
    "action_progress": """\
action,progress,state,note,by,at
A1,50,under_way,Half the roofs,Owen Price,2025-08-01T10:00:00Z
A1,100,complete,,Owen Price,2025-12-19T10:00:00Z
""",
    "reschedulings": """\
action,step,due,reason,by,at
A1,asked,2025-12-31,Storms,Owen Price,2025-09-20T10:00:00Z
A1,approved,2025-12-31,,Amina Khan,2025-09-22T10:00:00Z
A2,asked,2026-06-30,Prices,Owen Price,
""",
    "element_judgements": """\
element,period,status,reason,by,at,expires
HOU-1,2025/26 Q2,amber,The new gang has begun,Amina Khan,2025-10-10T10:00:00Z,2026-03-31
""",
    "element_commentary": """\
element,period,comment,by,at
HOU-1,2025/26 Q2,"Half the roofs
are done",Owen Price,2025-10-09T10:00:00Z
""",
    "schemes": """\
scheme,title,parts
sex,Sex,complete
age,Age,overlapping
""",
    "categories": """\
category,scheme,name,parent,area,order
F,sex,Women,,,
M,sex,Men,,,
16-64,age,Working age,,,1
16-24,age,16 to 24,16-64,,2
""",
    "areas": """\
area,name,kind,region
E07,Brackley,district,East
E08,Marston,unitary,East
""",
    "groups": """\
group,area,starts,ends
neighbours,E07,2020-04-01,
neighbours,E08,,
""",
    "measures": """\
measure,title,unit,owner,kind,tier,data_type,unit_of_measure,decimals,polarity,frequency,year,aggregation,factor,\
formula,rule,lag_days,long_direction,min,max,definition,starts,succeeds
HO1,Repairs done in time,HMS,HEAD-HMS,,strategic,percentage,%,1,higher,quarter,financial,ratio,,,CORP,14,,0,100,\
"Repairs done by the day promised,
of all due",,
HO2,Households in temporary accommodation,HOU,,,strategic,number,households,0,lower,quarter,,last,,,,,mean_4,0,,,,
HO3,Households waiting,HOU,,contextual,operational,number,households,0,none,quarter,,last,,,,,,,,,,
HO4,Households in need,HOU,,,operational,number,households,0,lower,quarter,,last,,[HO2] + [HO3],,,,,,,2023-04-01,
HR1,Turnover of staff,WEN,,,directorate,percentage,%,1,range,year,,,,,,,,,,,,
""",
    "measure_roles": """\
measure,role,post,starts,ends
HO1,supplier,HEAD-HMS,2024-04-01,
HO2,owner,DIR-HOU,,2024-03-31
HO2,owner,HEAD-HMS,2024-04-01,
""",
    "tags": """\
object,scheme,tag,starts,ends,difference
HO1,LGBF,HSN04b,,,counts emergencies too
HO1,theme,Homes,2024-04-01,,
""",
    "sets": """\
set,title,section,order,measure,starts,ends
2025/26,Council Scorecard 2025/26,Homes,,HO2,,
2025/26,Council Scorecard 2025/26,Homes,,HO1,,
""",
    "rules": """\
rule,title,family,basis,green,amber,exceed,compare,starts,agreed_on,decision,entered_at
CORP,Corporate rule,miss_tolerance,percent,,10,,,,,,2024-03-01T09:00:00Z
CORP,Corporate rule,miss_tolerance,points,,5,,as_shown,2025-10-01,2025-09-16,"Cabinet, 16 September 2025",\
2025-09-17T09:00:00+01:00
RANGE,Range,strict,,,,,,,,,2024-03-01T09:00:00Z
""",
    "rule_assignments": """\
measure,tier,rule,starts,decision,reason,by,entered_at
,strategic,CORP,,"Cabinet, 1 March 2024",The corporate rule,Amina Khan,2024-03-01T09:05:00Z
HR1,,RANGE,2025-04-01,,,,2024-03-01T09:05:00Z
""",
    "targets": """\
measure,period,category,kind,value,low,high,comparison,profile,set_on,entered_at,set_by,decision,reason,amends,corrects
HO1,2024/25,,target,95,,,,same,2024-03-05,,Amina Khan,,,,
HO1,2025/26,,target,96,,,,same,2025-03-04,,Amina Khan,,,,
HO1,2025/26 Q3,,target,90.50,,,,,,2025-11-03T11:00:00Z,Amina Khan,Portfolio decision 12,Flood,yes,
HO2,2024/25,,target,120,,,,,,,,,,,
HR1,2024/25,,target,,8,12,between,,,,,,,,
HO1,2025/26,sex=F,stretch,98,,,more_than,,,,,,,,
""",
    "actuals": """\
measure,period,category,numerator,denominator,value,lower,upper,sample,missing,expected_on,state,assurance,entered_on,\
entered_at,entered_by,method,source_file,source_row,comment,reason,public_note
HO1,2024/25 Q1,,940,1000,,,,,,,,checked,2024-07-15,,Owen Price,,,,,,
HO1,2024/25 Q2,,955,1000,95.5,,,,,,,,2024-10-14,,Owen Price,,,,,,
HO1,2024/25 Q2,,958,1000,95.8,,,,,,restated,,,2024-11-20T15:00:00Z,Owen Price,,repairs.xlsx,14,,Late jobs,Restated
HO1,2024/25 Q3,,902,1000,,,,,,,,,2025-01-14,,Owen Price,,,,,,
HO1,2024/25 Q4,,871,1000,,,,,,,,,2025-04-14,,Owen Price,,,,,,
HO1,2025/26 Q1,,960,1000,,,,,,,,,2025-07-14,,Owen Price,,,,,,
HO1,2025/26 Q2,,,,,,,,not_available,2025-12-01,,,2025-10-14,,Owen Price,,,,"Told ""late"", again",,
HO1,2025/26 Q3,,,,91.25,,,,,,provisional,,2026-01-14,,Owen Price,,,,,,
HO1,2025/26 Q3,sex=F,,,90,88.5,91.5,412,,,,,2026-01-14,,Owen Price,,,,,,
HO1,2025/26 Q3,sex=F;age=16-24,,,-0.5,,,,,,,,2026-01-14,,Owen Price,,,,=not a formula,,
HO2,2024/25 Q1,,,,118,,,,,,,,2024-07-15,,,,,,,,
HO2,2024/25 Q2,,,,131,,,,,,,,2024-10-15,,,,,,,,
HO3,2024/25 Q1,,,,20,,,,,,,,2024-07-15,,,,,,,,
HO3,2024/25 Q2,,,,22,,,,,,,,2024-10-15,,,,,,,,
HR1,2024/25,,,,12.40,,,,,,,,2025-05-02,,,,,,,,
HO2,2025/26 Q1,,,,0,,,,,,,,,,,,,,,,
""",
    "commentary": """\
measure,period,comment,cause,action,owner,due,audience,written_at,written_by
HO1,2024/25 Q4,"Storms
in February",Roofs,A second gang,Head of Homes,2025-06-30,members,2025-04-15T10:00:00Z,Owen Price
HO1,2024/25 Q4,Seen by the board,,,,,,2025-04-16T10:00:00.000001Z,Amina Khan
""",
    "forecasts": """\
measure,for_period,made_in,value,basis,reason,by,at
HO1,2024/25,2024/25 Q2,94,,Two gangs short,Owen Price,2024-10-20T10:00:00Z
""",
    "judgements": """\
object,period,status,reason,by,at,expires
HO1,2024/25 Q4,amber,Storm damage is cleared,Amina Khan,2025-04-17T10:00:00Z,2025-09-30
""",
    "annotations": """\
measure,period,kind,text,public,entered_at
HO2,2024/25 Q2,break,Counts hotels from here on,yes,2024-10-15T08:00:00Z
HO1,2024/25 Q3,note,New contractor,,
""",
    "published": """\
publication,shown_on,body,measure,period,category,value,target,status,direction,note
Q1 report,2024-09-10,Cabinet,HO1,2024/25 Q1,,94,95,amber,none,As shown
""",
    "comparators": """\
measure,area,period,category,numerator,denominator,value,source,published_on
HO1,E07,2024/25,,,,93.1,LG Inform,2025-09-01
HO1,E08,2024/25,,1,4,,LG Inform,
""",
    "benchmarks": """\
measure,group,period,statistic,value,source,published_on
HO1,neighbours,2024/25,upper_quartile,96.2,LG Inform,2025-09-01
""",
}


def write_package(folder: Path, tables: Mapping[str, str], descriptor: str | None = None) -> Path:
    """The CSV texts of ``tables`` as files of a folder; without a descriptor it is one of bare CSV files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in tables.items():
        (folder / f"{name}.csv").write_bytes(text.encode())
    if descriptor is not None:
        (folder / "datapackage.json").write_text(descriptor, encoding="utf-8")
    return folder


@pytest.fixture
def council() -> Tables:
    return dict(COUNCIL)


@pytest.fixture
def package(tmp_path: Path) -> Callable[..., Path]:
    """``package(tables)``: a folder with them, a new one each time."""
    made = iter(range(1000))

    def package(tables: Mapping[str, str], descriptor: str | None = None) -> Path:
        return write_package(tmp_path / f"package{next(made)}", tables, descriptor)

    return package


@pytest.fixture
def faults_of(package: Callable[..., Path]) -> Callable[..., list[str]]:
    """``faults_of(tables)``: the faults, as printed, for which a package is refused."""
    from goldenthread.package.faults import Refused
    from goldenthread.package.load import load

    def faults_of(tables: Mapping[str, str], descriptor: str | None = None) -> list[str]:
        with pytest.raises(Refused) as refused:
            load(package(tables, descriptor))
        return [str(fault) for fault in refused.value.faults]

    return faults_of


@pytest.fixture
def held() -> Callable[[str], list[dict[str, str]]]:
    """``held("actuals")``: the rows of a table as a dump would write them."""
    from goldenthread.package.tables import tables

    def held(name: str) -> list[dict[str, str]]:
        table = tables()[name]
        names = [column.name for column in table.columns]
        rows = sorted(table.keep.texts(table), key=lambda row: str(row[0]))
        return [dict(zip(names, cells, strict=True)) for _, cells in rows]

    return held


@pytest.fixture
def everything() -> Callable[[], dict[str, Any]]:
    """Every row of every table, and every version of every result, without the keys that differ by database."""
    from goldenthread.measures.models import Result
    from goldenthread.measures.results import RESULT_COLUMNS
    from goldenthread.package.tables import tables

    def everything() -> dict[str, Any]:
        found: dict[str, Any] = {name: sorted(table.keep.texts(table), key=str) for name, table in tables().items()}
        columns = [name for name in RESULT_COLUMNS if name not in ("measure_id", "change_id")]
        found["results"] = sorted(Result.objects.values_list("measure__code", *columns), key=str)
        return found

    return everything


def csv_rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))
