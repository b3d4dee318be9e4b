"""The board's page: what it shows to whom, how it is narrowed and sorted, and what can be taken away."""

import csv
import io
import re
import subprocess
import sys
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goldenthread.accounts.models import User
from goldenthread.council.models import Grant, Person, Role, Unit
from goldenthread.domain.figures import canonical
from goldenthread.domain.periods import Period
from goldenthread.measures.models import Measure, Result, SetEntry
from tests.thorough import tried

BOARD = "/measures/"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
FIELDS = ["q", "period", "unit", "status", "tier", "portfolio", "theme", "set", "sort", "as-at", "exceptions", "format"]
SORTS = ["code", "name", "status", "value", "target", "short", "long", "signal", "owner", "unit", "period"]
ANSWERS = ["2026/27 Q3", "2024/25 to 2025/26", "red", "-value", "2026-11-24", "csv", "on"]


@pytest.fixture
def read(demonstration: None, sign_in: Callable[[str], Any]) -> Callable[..., str]:
    """The text of a page as the performance officer reads it."""
    client = sign_in("performance_officer")

    def read(path: str = BOARD, **headers: str) -> str:
        response = client.get(path, headers=headers)
        assert response.status_code == 200, path
        return str(response.content.decode())

    return read


def codes(page: str) -> list[str]:
    """The measures on the page, in their order."""
    return re.findall(r'<span class="gt-table__sub">([A-Z]{2}-\d\d)</span>', page)


def row(page: str, code: str) -> str:
    """One measure's row as text."""
    found = re.search(rf'<tr>(?:(?!</tr>).)*<span class="gt-table__sub">{code}</span>.*?</tr>', page, re.DOTALL)
    assert found, f"{code} is not on the board"
    return " ".join(unescape(re.sub(r"<svg.*?</svg>|<[^>]+>", " ", found[0], flags=re.DOTALL)).split())


def latest(code: str) -> Result:
    """The last result of a measure that a board for the third quarter shows."""
    kept = Result.objects.filter(measure__code=code, category="", known_to=None, derived=False)
    return kept.order_by("period_end").last()


def test_every_running_measure_is_on_the_board(read: Callable[..., str]) -> None:
    running = Measure.objects.filter(ends=None).count()
    assert len(codes(read())) == running


def test_a_row_says_all_there_is_to_say(read: Callable[..., str]) -> None:
    said = row(read(), "SA-05")
    assert re.search(
        r"(\w+) \1: ([\d.]+%) is [\d.]+ percentage points? \([\d.]+% of the target\) below the target of 93%, "
        r"within the \d+% tolerance for \w+ agreed on 9 March 2021\. The target was amended from 97%\. "
        r"Food inspections done on time SA-05 \2 93\.0% was 97\.0% \w+ on the last period "
        r"\w+ on the same period last year .*Bilal Hussain Regulatory",
        said,
    ), said


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("HN-03", "Overdue: the figure for Q3 2026/27 was due on"),
        ("CS-08", "Green , carried"),
        ("CS-08", "The figure is for 2025/26, carried forward."),
        ("FI-03", "Forecast: Green"),
        ("HW-06", "Not rated: the latest figure is for Aug 2026, 4 periods behind, and stale."),
        ("HR-02", "8.0% to 12.0%"),
        ("HN-02", "0"),
        ("SA-03", "is expected on"),
        ("PL-04", "provisional"),
        ("HR-01", "Awaited: the figure for Dec 2026 is due on 20 January 2027."),
    ],
)
def test_awkward_cases_on_the_board(read: Callable[..., str], code: str, words: str) -> None:
    assert words in row(read(), code)


def test_the_counts_are_said_with_both_numbers(read: Callable[..., str]) -> None:
    page = unescape(re.sub(r"<[^>]+>", "", read()))
    counts = re.search(r"(\d+) of (\d+) rated on figures for Q3 2026/27 are on target, (\d+)%\.", page)
    assert counts
    on_target, rated, percent = map(int, counts.groups())
    assert abs(percent - 100 * on_target / rated) <= 0.5
    assert re.search(r"\d+ are overdue: counting overdue as missed, \d+% are on target\.", page)
    assert re.search(
        r"\d+ are rated on figures carried forward, the oldest from [\w/ ]+, \d+ of them on target\.", page
    )


# Narrowing


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=litter", ["ST-01"]),
        ("q=st-01", ["ST-01"]),
        ("q=calls+abandoned", ["CS-03"]),
        ("q=no+such+measure", []),
        ("q=%", None),
        ("unit=NOWHERE", None),
        ("tier=odd", None),
    ],
)
def test_searching(read: Callable[..., str], query: str, expected: list[str] | None) -> None:
    found = codes(read(f"{BOARD}?{query}"))
    assert found == expected if expected is not None else len(found) > 0 or query == "q=%"


def test_a_unit_brings_all_below_it(read: Callable[..., str]) -> None:
    measure = Measure.objects.select_related("unit__parent").get(code="CS-03")
    assert measure.unit is not None
    assert measure.unit.parent is not None
    whole = codes(read(f"{BOARD}?unit={measure.unit.parent.code}"))
    assert set(codes(read(f"{BOARD}?unit={measure.unit.code}"))) < set(whole) < set(codes(read()))


def test_exceptions_are_what_a_manager_looks_at_first(read: Callable[..., str]) -> None:
    exceptions = read(f"{BOARD}?exceptions=on")
    found = set(codes(exceptions))
    assert {"HN-03", "HR-01", "FI-03"} <= found
    assert not {"CS-08", "HR-05"} & found
    assert f"{len(found)} of " in exceptions


def test_a_status_is_chosen_and_the_counts_stay(read: Callable[..., str]) -> None:
    red = read(f"{BOARD}?status=red")
    assert set(codes(red)) < set(codes(read()))
    assert all("Red" in row(red, code) for code in codes(red))
    assert "Green" in red


def test_tags_narrow_the_board(read: Callable[..., str]) -> None:
    portfolio = Measure.objects.get(code="CS-03").tags.get(scheme="portfolio").tag
    query = QueryDict(mutable=True)
    query["portfolio"] = portfolio
    found = codes(read(f"{BOARD}?{query.urlencode()}"))
    assert "CS-03" in found
    assert found == sorted(Measure.objects.filter(tags__tag=portfolio, ends=None).values_list("code", flat=True))


def test_a_printed_list_keeps_its_order_and_sections(read: Callable[..., str]) -> None:
    printed = SetEntry.objects.order_by("order").values_list("set", "measure__code", "section")
    page = read(f"{BOARD}?set={printed[0][0]}")
    assert codes(page) == [code for _set, code, _section in printed]
    headings = re.findall(r'scope="rowgroup">([^<]+)<', page)
    assert headings == list(dict.fromkeys(section for _set, _code, section in printed))


@pytest.mark.parametrize("key", SORTS)
def test_every_column_sorts_both_ways(read: Callable[..., str], key: str) -> None:
    up, down = read(f"{BOARD}?sort={key}"), read(f"{BOARD}?sort=-{key}")
    assert sorted(codes(up)) == sorted(codes(down))
    assert codes(up) != codes(down)
    assert 'aria-sort="ascending"' in up
    assert 'aria-sort="descending"' in down


def test_the_worst_come_first(read: Callable[..., str]) -> None:
    page = read(f"{BOARD}?sort=status")
    first, last = codes(page)[0], codes(page)[-1]
    assert "Red" in row(page, first)
    assert "Not rated" in row(page, last)


# Periods and moments


@pytest.mark.parametrize("period", ["2026/27 Q2", "2025/26", "2026-11", "2024/25 Q1", "2021/22 Q1", "2026-W50"])
def test_any_period_has_its_board(read: Callable[..., str], period: str) -> None:
    page = read(f"{BOARD}?period={period}")
    assert f"<title>Measures, {Period.parse(period).short_words()}" in page
    assert len(codes(page)) > 80


def test_a_period_that_is_none_is_said_by_its_field(read: Callable[..., str]) -> None:
    page = unescape(read(f"{BOARD}?period=Q3+2026/27&q=litter"))
    assert "“Q3 2026/27” is not a period: write it like 2026/27 Q3." in page
    other = unescape(read(f"{BOARD}?period=last+quarter"))
    assert "“last quarter” is not a period: write it like 2026/27 Q3 or 2026/27." in other
    assert 'value="litter"' in page
    assert codes(page) == ["ST-01"]


def test_the_past_is_shown_as_it_stood(read: Callable[..., str]) -> None:
    now, then = read(f"{BOARD}?period=2026/27 Q1"), read(f"{BOARD}?period=2026/27 Q1&as-at=24/11/2026")
    assert "As it stood on 24 November 2026, at the end of the day" in then
    assert 'href="?period=2026%2F27+Q1">Back to how it stands now' in then
    versions = Result.objects.filter(measure__code="WS-01", period="2026/27 Q1", category="").order_by("known_from")
    before, after = (f"{figure:.1f}%" for figure in versions.values_list("rated_value", flat=True))
    assert before != after
    assert after in row(now, "WS-01")
    assert before in row(then, "WS-01")
    assert 'href="/measures/WS-01/?as-at=24/11/2026"' in then


def test_the_quarter_of_a_past_day_is_the_one_that_had_ended(read: Callable[..., str]) -> None:
    assert "<title>Measures, Q2 2026/27" in read(f"{BOARD}?as-at=2026-11-24")


@pytest.mark.parametrize("moment", ["tomorrow", "31/02/2026", "19/1/2027", "9999-12-31", "2026-11-24T25:00"])
def test_a_moment_that_is_none_is_said_by_its_field(read: Callable[..., str], moment: str) -> None:
    page = read(f"{BOARD}?as-at={moment}")
    assert "Enter a date" in page or "Enter a day up to today" in page
    assert "As it stood on 1" not in page


# Parts and files


def test_a_part_of_the_page_is_enough_for_htmx(read: Callable[..., str]) -> None:
    part = read(f"{BOARD}?q=litter", **{"HX-Request": "true"})
    assert part.lstrip().startswith('<div id="board">')
    assert "<html" not in part
    assert codes(part) == ["ST-01"]
    assert "<html" in read(BOARD, **{"HX-Request": "true", "HX-History-Restore-Request": "true"})


def test_the_csv_has_the_rows_shown_unrounded(demonstration: None, sign_in: Callable[[str], Any]) -> None:
    response = sign_in("performance_officer").get(f"{BOARD}?q=sickness&format=csv")
    assert response["Content-Disposition"] == 'attachment; filename="measures-2026-27-Q3.csv"'
    (line,) = csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")))
    assert line["Code"] == "HR-01"
    assert line["Figure"] == canonical(latest("HR-01").rated_value)
    assert (line["Status"], line["Carried forward"], line["Waited for"]) == ("Red", "yes", "Awaited")


def test_a_text_that_looks_like_a_formula_is_neutralised(demonstration: None, sign_in: Callable[[str], Any]) -> None:
    Measure.objects.filter(code="HR-01").update(title="=HYPERLINK(0)", short_title="")
    response = sign_in("performance_officer").get(f"{BOARD}?q=HR-01&format=csv")
    (line,) = csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")))
    assert line["Measure"] == "'=HYPERLINK(0)"


def test_the_workbook_has_real_numbers(demonstration: None, sign_in: Callable[[str], Any]) -> None:
    from python_calamine import CalamineWorkbook

    response = sign_in("performance_officer").get(f"{BOARD}?unit=HR&format=xlsx")
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(response.content)).get_sheet_by_index(0).to_python()
    head, *rows = sheet
    sickness = dict(zip(head, next(row for row in rows if row[0] == "HR-01"), strict=True))
    assert sickness["Figure"] == pytest.approx(float(latest("HR-01").rated_value))
    assert sickness["Target"] == pytest.approx(float(latest("HR-01").target))


# Who sees what


@pytest.mark.parametrize("role", list(Role))
def test_each_role_sees_the_measures_that_are_theirs(
    demonstration: None, sign_in: Callable[[str], Any], role: Role
) -> None:
    page = sign_in(role).get(BOARD).content.decode()
    every = set(Measure.objects.filter(ends=None).values_list("code", flat=True))
    seen = set(codes(page))
    if role is Role.MEMBER:
        internal = set(Measure.objects.filter(release="internal").values_list("code", flat=True))
        assert seen == every - internal
    elif role is Role.SUPPLIER:
        assert seen
        assert seen < every
    else:
        assert seen == every


def test_signing_in_comes_first(demonstration: None, client: Any) -> None:
    assert client.get(BOARD)["Location"].startswith("/accounts/login/")


def test_somebody_without_a_role_is_refused(demonstration: None, client: Any) -> None:
    client.force_login(User.objects.create_user("nobody@wenlow.example"), BACKEND)
    assert client.get(BOARD).status_code == 403


@pytest.mark.parametrize("path", [BOARD, f"{BOARD}?as-at=2026-11-24", f"{BOARD}?format=csv", "/"])
def test_a_supplier_of_nothing_yet_sees_no_measure(demonstration: None, client: Any, path: str) -> None:
    user = User.objects.create_user("new@wenlow.example")
    supplier = Person.objects.create(code="new-supplier", name="New Supplier", user=user)
    unit = Unit.objects.create(code="NEW", name="New partner")
    Grant.objects.create(role=Role.SUPPLIER, person=supplier, unit=unit)
    client.force_login(user, BACKEND)
    answer = client.get(path)
    assert answer.status_code == 200
    assert codes(answer.content.decode()) == []


@pytest.mark.django_db
def test_an_empty_board_says_what_to_do_next(client: Any) -> None:
    client.force_login(User.objects.create_superuser("admin@wenlow.example"), BACKEND)
    assert "There are no measures here yet" in client.get(BOARD).content.decode()


# Robust and quick


@pytest.mark.parametrize("path", [BOARD, f"{BOARD}?as-at=2026-11-24", f"{BOARD}?set=council-scorecard-2026-27&q=a"])
def test_a_board_takes_few_queries(demonstration: None, sign_in: Any, queries_for: Any, path: str) -> None:
    assert queries_for(sign_in("measure_owner"), path) <= 20


@given(st.dictionaries(st.sampled_from(FIELDS), st.text(max_size=30) | st.sampled_from(ANSWERS), max_size=4))
@settings(max_examples=tried(120), suppress_health_check=list(HealthCheck), deadline=None)
def test_no_question_breaks_the_board(demonstration: None, sign_in: Any, asked: dict[str, str]) -> None:
    client = sign_in("viewer")
    query = QueryDict(mutable=True)
    query.update(asked)
    assert client.get(f"{BOARD}?{query.urlencode()}").status_code == 200


def test_a_board_needs_none_of_the_heavy_libraries() -> None:
    asked = "import sys, django; django.setup(); import goldenthread.measures.urls; print(*sys.modules)"
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert not {"xlsxwriter", "pandas", "duckdb", "ibis"} & set(told.stdout.split())


@pytest.mark.browser
def test_the_board_in_a_browser(read_site: Any, page: Any, axe: Callable[[Any], None]) -> None:
    read_site.open(page, BOARD, role="head_of_service")
    page.get_by_role("searchbox", name="Search").press_sequentially("litter", delay=20)
    page.wait_for_url("**/measures/?q=litter**")
    page.locator("#measures tbody tr").first.wait_for()
    assert page.locator("#measures tbody tr").count() == 1
    page.locator(".gt-why summary").click()
    assert "The target is the year's" in page.locator(".gt-why__words").inner_text()
    axe(page)
