"""One measure's page, its history and the record of each figure: what they say, to whom, now and as at a moment."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from html import unescape
from typing import Any
from urllib.parse import quote

import pytest

from goldenthread.accounts.models import User
from goldenthread.council.models import Role
from goldenthread.demonstration.awkward import AWKWARD
from goldenthread.history.models import Change
from goldenthread.measures.models import Category, Measure, Result, Scheme
from goldenthread.measures.services import (
    Entry,
    TargetEntry,
    amend_target,
    annotate,
    change_definition,
    give_forecast,
    judge,
    record_actual,
    restate,
    retire_measure,
    write_commentary,
)
from tests.asked import asked
from tests.measures.customer_services import calls_answered, make_measure, person, signed_in
from tests.thorough import THOROUGH

Read = Callable[..., str]

#: What of a definition is a word out of a few.
CHOSEN = {
    "aggregation",
    "data_type",
    "denominator_aggregation",
    "frequency",
    "kind",
    "numerator_aggregation",
    "polarity",
    "profile",
    "reading",
    "release",
    "tier",
    "window",
    "year",
}


def text_of(page: str) -> str:
    """What a page says, without its pictures and furniture."""
    main = page[page.index('<main id="main"') :]
    words = re.sub(r"<(script|svg).*?</\1>|<[^>]+>", " ", main, flags=re.DOTALL)
    return re.sub(r"\s+([.,;:])", r"\1", " ".join(unescape(words).split()))


@pytest.fixture
def read(demonstration: None, sign_in: Callable[[str], Any]) -> Read:
    """What the performance officer reads at an address."""
    client = sign_in("performance_officer")

    def read(path: str) -> str:
        response = client.get(path)
        assert response.status_code == 200, path
        return text_of(response.content.decode())

    return read


@pytest.fixture
def officer(db: None) -> User:
    return person("Amara Okonjo", Role.PERFORMANCE_OFFICER, unit="HQ")


def page_of(user: User, path: str) -> str:
    response = signed_in(user).get(path)
    assert response.status_code == 200, path
    return text_of(response.content.decode())


def give(by: User, measure: str, period: str, value: object, **more: Any) -> Any:
    return record_actual(by=by, measure=measure, entry=Entry(period=period, value=Decimal(str(value)), **more))


# The demonstration's awkward cases


@pytest.mark.parametrize(
    ("case", "words"),
    [
        ("sickness per FTE, year to date", "Target (year to date)"),
        ("council tax, cumulative on a seasonal profile", "the share so far in"),
        ("a survey with its margin", "The upright through a figure is its margin."),
        ("a range", "is within the target range of 8% to 12%"),
        ("a yes/no milestone", "against a target of Yes"),
        ("a bad ward under a good average", "Quayside is much worse than the whole"),
        ("a target amended downwards", "Originally 97.0%"),
        ("a rule changed mid-history", "Corporate rule, strategic measures"),
        ("a definition break", "Break: nothing is compared across it"),
        ("a retired measure", "Retired on 31 March 2024"),
        ("a retired measure", "It is followed by"),
        ("its successor", "It follows on from"),
        ("forecast green on current red", "The forecast says green, but the figure is red."),
        ("a judgement about to expire", "until 22 January 2027"),
        ("a carried yearly green", "Green"),
        ("an overdue figure", "Overdue: the figure for Q3 2026/27 was due on"),
        ("commentary that contradicts its status", "It says “on track”, but the status is red."),
        ("a figure promised for a later day", "is expected on"),
        ("a stale figure", "4 periods behind, and stale"),
        ("a rebase after a step change", "Rebase: control limits start again"),
        ("a measure worked out from others", "Worked out as"),
        ("a three-year span", "2023 to 2025"),
        ("an academic-year result", "Academic year 2025/26 (September 2025 to August 2026)"),
    ],
)
def test_awkward_cases_are_told(read: Read, case: str, words: str) -> None:
    assert words in read(f"/measures/{AWKWARD[case]}/")


def axis_of(page: str) -> list[str]:
    """The marks on the axis of the first chart."""
    chart = page[page.index('<svg xmlns="http://www.w3.org/2000/svg"', page.index('id="run"')) :]
    return re.findall(r'text-anchor="end"[^>]*>([^<]*)<', chart[: chart.index("</svg>")])


def test_signals_are_told_in_the_measures_own_amounts(read: Read) -> None:
    assert "£2.48m is above the upper control limit of £2.47m, season taken out" in read("/measures/FI-03/")
    assert "7,335 trips a day is above the upper control limit of 6,579" in read("/measures/HW-06/")
    assert "Signals are found in the figures of each period alone." in read("/measures/FI-03/")


def test_a_yes_or_a_no_is_drawn_without_limits(demonstration: None, sign_in: Callable[[str], Any]) -> None:
    page = sign_in("performance_officer").get("/measures/PL-05/").content.decode()
    assert axis_of(page) == ["No", "Yes"]
    assert "control limit" not in page
    assert "Improving" not in page
    assert not Result.objects.filter(measure__code="PL-05", limit_mean__isnull=False).exists()


def test_what_a_head_judges_has_no_signal(demonstration: None) -> None:
    judged = Result.objects.filter(measure__code="CL-05", known_to__isnull=True, rule="JUDGED")
    assert set(judged.values_list("signal", flat=True)) == {"not_applicable"}


def test_a_rolling_figure_is_drawn_from_its_first_whole_window(
    demonstration: None, sign_in: Callable[[str], Any]
) -> None:
    page = sign_in("performance_officer").get("/measures/HW-05/").content.decode()
    assert "twelve months, Mar 2022 to Dec 2026</title>" in page
    assert page.count(">partial</td>") == 11


@pytest.mark.parametrize(
    ("address", "columns"),
    [
        ("/measures/PL-05/", ["Figure", "Target"]),
        ("/measures/FI-03/", ["Figure", "Year to date", "Target (year to date)"]),
        ("/measures/FI-03/?by=half", ["Figure", "Year to date", "Target (year to date)"]),
        ("/measures/HW-05/?by=quarter", ["Figure (people)", "Rolling", "Target (rolling)"]),
    ],
)
def test_a_reading_has_a_column_where_it_is_another_figure(
    demonstration: None, sign_in: Callable[[str], Any], address: str, columns: list[str]
) -> None:
    page = sign_in("performance_officer").get(address).content.decode()
    table = page[page.index('id="run"') : page.index('id="targets"')].partition("</table>")[0]
    assert re.findall(r'<th scope="col" class="gt-number">([^<]*)<', table) == columns


def test_years_of_a_year_to_date_are_one_line(demonstration: None, sign_in: Callable[[str], Any]) -> None:
    page = sign_in("performance_officer").get("/measures/FI-03/?by=year").content.decode()
    run = page[page.index('id="run"') : page.index('id="targets"')]
    figures = re.search(r'<path d="([^"]*)" fill="none" stroke="#14233c"', run)
    assert figures is not None
    assert (figures[1].count("M"), figures[1].count("L")) == (1, 4)


def test_a_level_has_no_year_to_date(read: Read) -> None:
    assert "Year to date" not in read("/measures/HR-02/")
    assert "Year to date £4.53m to Q2 2026/27" in read("/measures/FI-03/")


def test_every_kind_of_measure_has_its_page(demonstration: None, sign_in: Callable[[str], Any]) -> None:
    """Whatever a measure can be, and with ``bin/test --all`` each one of them."""
    client = sign_in("auditor")
    measures = Measure.objects.order_by("code")
    chosen = measures if THOROUGH else {value: one for one in measures for value in _what_it_is(one)}.values()
    broken = {
        one.code: answer.status_code
        for one in set(chosen)
        if (answer := client.get(f"/measures/{quote(one.code)}/")).status_code != 200
    }
    assert broken == {}


def _what_it_is(measure: Measure) -> list[tuple[str, Any]]:
    """Each word chosen in its definition, and of all else whether it is there."""
    given = {field.name: getattr(measure, field.attname) for field in measure._meta.concrete_fields}
    return [(name, value if name in CHOSEN else bool(value)) for name, value in given.items()]


def test_a_restated_figure_is_told_with_its_reason(read: Read) -> None:
    history = read(f"/measures/{AWKWARD['a restated published figure']}/history/")
    assert re.search(r"Q1 2026/27 restated from [\d.]+% .* to [\d.]+% .* The green waste weighbridge", history)
    record = read(f"/measures/{AWKWARD['a restated published figure']}/figures/2026/27 Q1/")
    assert record.count("restated") >= 1
    assert "As it was published" in record
    assert "still so" in record


# The parts of the page


def test_the_headline_says_the_rule_the_target_and_who_agreed(officer: User) -> None:
    calls_answered(officer)
    page = page_of(officer, "/measures/CS-01/")
    assert "83.8%" in page
    assert "Green: 83.8% is 3.8 percentage points above the target of 80%." in page
    assert "Overdue: the figure for Q3 2026/27 was due on 14 January 2027." in page
    assert "Amber within 10% below target, red beyond; agreed on 3 March 2025." in page
    assert "Given to this measure." in page
    assert "80.0% for 2026/27" in page
    assert "Set by Amara Okonjo, 18 January 2027." in page


def test_now_forecast_and_judged_stand_side_by_side(officer: User) -> None:
    calls_answered(officer)
    give_forecast(
        by=officer, measure="CS-01", for_period="2026/27", value=Decimal(60), reason="Strike.", made_in="2026/27 Q2"
    )
    judge(
        by=officer,
        measure="CS-01",
        period="2026/27 Q2",
        status="red",
        reason="Calls are lost.",
        expires=date(2027, 3, 1),
    )
    page = page_of(officer, "/measures/CS-01/")
    assert "Forecast for 2026/27 Red 60.0% 60%, the owner's forecast: Strike" in page
    assert "Judged Red Amara Okonjo, until 1 March 2027: Calls are lost." in page
    assert "The forecast says red, but the figure is green." in page
    assert "It is judged red, but the figure is green." in page


def test_the_table_can_be_read_by_year(officer: User) -> None:
    calls_answered(officer)
    quarters, years = page_of(officer, "/measures/CS-01/"), page_of(officer, "/measures/CS-01/?by=year")
    assert "812 ÷ 1,000" in quarters
    assert "3,276 ÷ 4,000" in years
    assert page_of(officer, "/measures/CS-01/?by=fortnight") == quarters


def test_an_amended_target_is_told_beside_its_original(officer: User) -> None:
    calls_answered(officer)
    entry = TargetEntry(
        period="2026/27 Q2", value=Decimal(90), reason="More staff.", decision="Cabinet, 8 September 2026"
    )
    amend_target(by=officer, measure="CS-01", entry=entry)
    page = page_of(officer, "/measures/CS-01/")
    assert "was 80.0%" in page
    assert "Amended. More staff. Cabinet, 8 September 2026" in page


def test_a_bad_ward_is_flagged(officer: User) -> None:
    calls_answered(officer)
    scheme = Scheme.objects.create(code="ward", title="Ward")
    for name, answered in (("Abbey", 450), ("Quayside", 160)):
        Category.objects.create(scheme=scheme, code=name.lower(), name=name)
        entry = Entry(
            period="2026/27 Q2",
            category=f"ward={name.lower()}",
            numerator=Decimal(answered),
            denominator=Decimal(500 if name == "Abbey" else 300),
        )
        record_actual(by=officer, measure="CS-01", entry=entry)
    page = page_of(officer, "/measures/CS-01/")
    assert "Quayside is much worse than the whole Red at 53.3%, though the whole is green at 83.8%" in page
    assert "Abbey is much worse" not in page
    assert "Quayside" in page_of(officer, "/measures/CS-01/figures/2026/27 Q2/?category=ward%3Dquayside")


def test_commentary_shows_what_it_leaves_out(officer: User) -> None:
    calls_answered(officer)
    give(officer, "CS-01", "2026/27 Q3", 60)
    write_commentary(by=officer, measure="CS-01", period="2026/27 Q2", comment="The team did well again this quarter.")
    write_commentary(by=officer, measure="CS-01", period="2026/27 Q3", comment="The team did well again this quarter!")
    page = page_of(officer, "/measures/CS-01/")
    assert "It repeats what was written for Q2 2026/27." in page
    assert "It does not say what caused this." in page
    assert page.index("Q3 2026/27 Red The team") < page.index("Q2 2026/27 Green The team")


def test_members_do_not_read_what_officers_write_to_each_other(officer: User) -> None:
    calls_answered(officer, release="members")
    for audience, comment in (("internal", "Not for members."), ("members", "Calls fell at Christmas.")):
        write_commentary(
            by=officer, measure="CS-01", period="2026/27 Q2", comment=comment, audience=audience, cause="Snow."
        )
    member = person("Cllr Hugh Merriman", Role.MEMBER, unit="HQ")
    for path in ("/measures/CS-01/", "/measures/CS-01/history/", "/measures/CS-01/figures/2026/27 Q2/"):
        assert "Not for members." in page_of(officer, path)
        assert "Not for members." not in page_of(member, path)
    assert "Calls fell at Christmas." in page_of(member, "/measures/CS-01/")


def test_the_history_says_field_by_field_what_changed(officer: User) -> None:
    calls_answered(officer)
    change_definition(
        by=officer, measure="CS-01", changes={"lag_days": 20, "polarity": "lower"}, reason="The system is slower."
    )
    change_definition(by=officer, measure="CS-01", changes={"title": "Calls answered well"}, reason="Clearer.")
    history = page_of(officer, "/measures/CS-01/history/?of=definition")
    assert "Definition changed Clearer. Title: Calls answered → Calls answered well Amara Okonjo" in history


def test_the_record_keeps_every_version(officer: User) -> None:
    calls_answered(officer)
    first = give(officer, "CS-01", "2026/27 Q3", 78, comment="From the new switchboard.")
    restate(by=officer, measure="CS-01", entry=Entry(period="2026/27 Q3", value=Decimal(81)), reason="A late return.")
    path = "/measures/CS-01/figures/2026/27 Q3/"
    page = page_of(officer, path)
    assert "81.0%, restated" in page
    assert "From the new switchboard." in page
    assert "The figure was restated from 78.0% to 81.0%." in page
    assert "Figure restated, Amara Okonjo A late return." in page
    between = (first.change.at + timedelta(microseconds=1)).isoformat()
    then = page_of(officer, f"{path}?as-at={quote(between)}")
    assert "Amber: 78% is 2 percentage points" in then
    assert "restated" not in then.replace("restated or decided", "")


def test_versions_say_what_sets_them_apart_and_those_that_show_the_same_are_one(officer: User) -> None:
    calls_answered(officer)
    amend_target(
        by=officer,
        measure="CS-01",
        entry=TargetEntry(
            period="2026/27 Q1", value=Decimal(85), decision="Cabinet, 1 July 2026", reason="More operators"
        ),
    )
    result = Result.objects.get(measure__code="CS-01", period="2026/27 Q2", category="", known_to__isnull=True)
    Change.objects.filter(pk=result.change_id).update(verb="load", source="wenlow.zip sha256:0123456789abcdef")
    page = page_of(officer, "/measures/CS-01/figures/2026/27 Q2/")
    assert "The target changed from 80.0% to 85.0%. The status changed from Green to Amber." in page
    assert "The first result for the period." in page
    assert "wenlow.zip" in page
    assert "sha256" not in page
    twin = Result.objects.get(pk=result.pk)
    later = result.known_from + timedelta(days=1)
    Result.objects.filter(pk=result.pk).update(known_to=later)
    twin.pk, twin.known_from = None, later
    twin.save()
    assert page_of(officer, "/measures/CS-01/figures/2026/27 Q2/").count("The target changed from") == 1


def test_a_longer_period_names_what_it_is_made_of(officer: User) -> None:
    calls_answered(officer)
    page = page_of(officer, "/measures/CS-01/figures/2025/26/")
    assert "Made from Q1 2025/26, Q2 2025/26, Q3 2025/26, Q4 2025/26." in page


def test_a_figure_not_yet_given_says_what_is_waited_for(officer: User) -> None:
    calls_answered(officer)
    page = page_of(officer, "/measures/CS-01/figures/2026/27 Q3/")
    assert "Overdue: the figure for Q3 2026/27 was due on 14 January 2027." in page


# As at a moment


def test_the_page_as_it_stood(officer: User) -> None:
    calls_answered(officer)
    then = give(officer, "CS-01", "2026/27 Q3", 78).change.at
    give(officer, "CS-01", "2026/27 Q3", 81)
    annotate(by=officer, measure="CS-01", period="2026/27 Q3", kind="note", text="Snow closed the centre.")
    page = page_of(officer, f"/measures/CS-01/?as-at={quote(then.isoformat())}")
    assert "As it stood on 18 January 2027" in page
    assert "78.0%" in page
    assert "81.0%" not in page
    assert "Snow closed" not in page
    assert "Snow closed" in page_of(officer, "/measures/CS-01/")


def test_a_retired_measure_says_why_and_what_follows(officer: User) -> None:
    calls_answered(officer)
    make_measure("CS-02", title="Wait for a call")
    retire_measure(by=officer, measure="CS-01", ends=date(2026, 9, 30), reason="It rewarded haste.", successor="CS-02")
    page = page_of(officer, "/measures/CS-01/")
    assert "Retired on 30 September 2026 It rewarded haste. It is followed by Wait for a call." in page
    assert "83.8% Green" in page
    supplier = person("Sam Supplier", Role.SUPPLIER, part="supplier", measures=("CS-01", "CS-02"))
    assert "Enter a figure" not in page_of(supplier, "/measures/CS-01/")
    assert "Enter a figure" in page_of(supplier, "/measures/CS-02/")
    assert "It follows on from Calls answered." in page_of(officer, "/measures/CS-02/")


# Addresses and readers


@pytest.mark.parametrize("code", ["BV 8", "BVPI 157a/b", "R&D 1", "NI 192?", "100%", "Ü-1", "a+b", "#4"])
def test_a_code_may_hold_anything(officer: User, code: str) -> None:
    make_measure(code, title="An old indicator")
    board = signed_in(officer).get("/measures/").content.decode()
    (address,) = set(re.findall(r'href="(/measures/[^"?]+/)">An old indicator', board))
    client = signed_in(officer)
    assert client.get(unescape(address)).status_code == 200
    assert client.get(f"{unescape(address)}history/").status_code == 200
    assert client.get(f"{unescape(address)}figures/2026/27%20Q3/").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        *("NOPE/", "NOPE/history/", "NOPE/figures/2026/27 Q1/"),
        *("CS-01/figures/soon/", "CS-01/figures/2019/20 Q1/", "CS-01/figures/2026/27 Q1/?category=ward=x"),
    ],
)
def test_what_does_not_exist_is_not_found(officer: User, path: str) -> None:
    calls_answered(officer)
    assert signed_in(officer).get(f"/measures/{path}").status_code == 404


def test_a_measure_that_is_not_theirs_is_not_found(officer: User) -> None:
    calls_answered(officer, release="internal")
    member = person("Cllr Hugh Merriman", Role.MEMBER, unit="HQ")
    for path in ("", "history/", "figures/2026/27 Q2/"):
        assert signed_in(member).get(f"/measures/CS-01/{path}").status_code == 404


def test_actions_are_offered_to_whoever_may_do_them(officer: User) -> None:
    calls_answered(officer)
    supplier = person("Tania Szymanska", Role.SUPPLIER, part="supplier", measures=("CS-01",))
    viewer = person("Jerome Pascal", Role.VIEWER, unit="HQ")

    def offered(user: User) -> list[str]:
        page = signed_in(user).get("/measures/CS-01/").content.decode()
        return re.findall(r'class="gt-button gt-button--\w+" href="/measures/CS-01/([\w-]+)/', page)

    assert offered(supplier)[:1] == ["enter"]
    assert "enter" not in offered(officer)
    assert offered(viewer) == []


def test_an_empty_measure_says_what_to_do_next(officer: User) -> None:
    make_measure("CS-09")
    supplier = person("Tania Szymanska", Role.SUPPLIER, part="supplier", measures=("CS-09",))
    assert "There is no figure yet" in page_of(supplier, "/measures/CS-09/")


# How it is read


def test_a_page_takes_as_many_queries_for_a_short_history_as_for_a_long_one(officer: User) -> None:
    def queries(code: str) -> int:
        client = signed_in(officer)
        client.get(f"/measures/{code}/")
        with asked() as captured:
            client.get(f"/measures/{code}/")
        return len(captured)

    make_measure("CS-02", aggregation="mean")
    give(officer, "CS-02", "2026/27 Q2", 80)
    calls_answered(officer)
    for number in range(4):
        write_commentary(by=officer, measure="CS-01", period="2026/27 Q2", comment=f"Text {number}.")
        annotate(by=officer, measure="CS-01", period="2026/27 Q2", kind="note", text=f"Note {number}.")
        change_definition(by=officer, measure="CS-01", changes={"lag_days": 20 + number}, reason="Slower.")
    assert queries("CS-01") <= queries("CS-02") + 2
    assert queries("CS-01") <= 25


@pytest.mark.parametrize("role", list(Role))
def test_the_demonstration_s_pages_take_few_queries(
    demonstration: None, sign_in: Callable[[str], Any], role: Role
) -> None:
    client = sign_in(role)
    for code in ("LE-01", "ST-01", "CS-01"):
        period = Result.objects.filter(measure__code=code, category="").values_list("period", flat=True)[0]
        for path in ("", "history/", f"figures/{quote(period)}/"):
            with asked() as queries:
                status = client.get(f"/measures/{code}/{path}").status_code
            if not path and status != 200:
                break
            assert (path, status, len(queries) <= 25) == (path, 200, True)


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 390])
def test_the_page_in_a_browser(read_site: Any, page: Any, axe: Callable[[Any], None], width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    read_site.open(page, "/measures/ST-01/", role="member")
    page.get_by_role("link", name="Years", exact=True).click()
    page.wait_for_url("**by=year**")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    axe(page)


def test_the_history_says_who_entered_a_definition_or_that_it_was_loaded(demonstration: None, sign_in: Any):
    officer = sign_in("performance_officer")
    history = officer.get("/measures/ST-01/history/?of=definition").content.decode()
    assert "Definition entered" in history
    assert "when the council was loaded, " in history
    parts = officer.get("/measures/ST-01/history/?of=part").content.decode()
    assert "Who does what entered" in parts
    assert "Owner: Street Cleansing Manager from 1 April 2021" in parts
