"""Writing, changing and retiring definitions, as the officer who does it meets them."""

from typing import Any

import pytest

from goldenthread.measures.models import Measure, Result
from goldenthread.web.forms import field_params


def filled(client: Any, path: str) -> dict[str, str]:
    """The form of a page as a browser would send it back untouched."""
    from goldenthread.measures.forms.definition import DefinitionForm

    code = path.removeprefix("/measures/").removesuffix("/definition/")
    form = DefinitionForm(measure=Measure.objects.get(code=code))
    sent = {}
    for bound in form:
        params = field_params(bound)
        if "choices" in params:
            params["value"] = next((choice["value"] for choice in params["choices"] if choice["checked"]), "")
        sent[bound.html_name] = params["value"]
    return sent


@pytest.fixture
def officer(demonstration: None, sign_in: Any) -> Any:
    return sign_in("performance_officer")


def current(code: str) -> list[tuple[str, str]]:
    rows = Result.objects.filter(measure__code=code, known_to__isnull=True, category="")
    return sorted(rows.values_list("period", "status"))


def test_a_word_changed_moves_nothing_and_is_kept_with_its_reason(officer: Any):
    before = current("CH-04")
    sent = filled(officer, "/measures/CH-04/definition/") | {"short_title": "Visits on time", "reason": "Shorter"}
    response = officer.post("/measures/CH-04/definition/", sent)
    assert response.status_code == 302
    measure = Measure.objects.get(code="CH-04")
    assert (measure.short_title, measure.history.first().history_change_reason) == ("Visits on time", "Shorter")
    assert current("CH-04") == before


def test_what_a_change_would_move_is_said_before_it_is_kept(officer: Any):
    before = current("CH-04")
    sent = filled(officer, "/measures/CH-04/definition/") | {
        "polarity": "lower",
        "reason": "Entered the wrong way round",
    }
    page = officer.post("/measures/CH-04/definition/", sent).content.decode()
    assert "This moves" in page
    assert "What is good" in page
    assert current("CH-04") == before
    moves = page.split('name="moves" value="')[1].split('"')[0]
    assert officer.post("/measures/CH-04/definition/", sent | {"moves": moves}).status_code == 302
    assert current("CH-04") != before


def test_two_officers_do_not_undo_each_other(officer: Any):
    sent = filled(officer, "/measures/CH-04/definition/")
    officer.post("/measures/CH-04/definition/", sent | {"source": "The new case system", "reason": "Moved"})
    page = officer.post("/measures/CH-04/definition/", sent | {"source": "Mine", "reason": "Mine"}).content.decode()
    assert "Somebody changed this definition while you were writing" in page
    assert "Mine</textarea>" in page
    assert Measure.objects.get(code="CH-04").source == "The new case system"


def test_a_bad_formula_is_refused_where_it_was_written(officer: Any):
    sent = filled(officer, "/measures/CH-04/definition/") | {"formula": "[NO-99] / 2", "reason": "Try"}
    page = officer.post("/measures/CH-04/definition/", sent).content.decode()
    assert "There is no measure NO-99" in page
    assert Measure.objects.get(code="CH-04").formula == ""


def test_a_new_measure_is_added_once(officer: Any):
    sent = filled(officer, "/measures/CH-04/definition/") | {"code": "CH-90", "title": "Visits made", "reason": ""}
    assert officer.post("/measures/new/", sent).headers["Location"] == "/measures/CH-90/"
    assert Measure.objects.get(code="CH-90").history.count() == 1
    page = officer.post("/measures/new/", sent).content.decode()
    assert "is in use already" in page


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"frequency": "quarter", "year": "academic"}, "An academic year has terms and months"),
        ({"frequency": "term", "year": "financial"}, "Only an academic year has terms"),
        ({"minimum": "10", "maximum": "5"}, "This is below the least it can be"),
        ({"factor": "0"}, "Enter more than 0"),
        ({"code": "new"}, "stands in the address of another page"),
    ],
)
def test_what_cannot_be_together_is_refused_by_its_field(officer: Any, wrong: dict[str, str], said: str):
    sent = filled(officer, "/measures/CH-04/definition/") | {"code": "CH-91", "title": "Visits made", "reason": "Try"}
    page = officer.post("/measures/new/", sent | wrong).content.decode()
    assert said in page
    assert "There is a problem" in page
    assert not Measure.objects.filter(title="Visits made").exists()
    if "code" not in wrong:
        assert said in officer.post("/measures/CH-04/definition/", sent | wrong).content.decode()


def test_an_empty_form_says_what_is_needed(officer: Any):
    response = officer.post("/measures/new/", {})
    page = response.content.decode()
    assert response.status_code == 200
    assert "There is a problem" in page
    assert page.count("<h1") == 1


def test_a_measure_is_retired_in_favour_of_another(officer: Any):
    sent = {"ends": "31/12/2026", "reason": "Replaced", "successor": "CH-05"}
    unknown = officer.post("/measures/CH-04/retire/", sent | {"successor": "CH-99"}).content.decode()
    assert "Code of the measure that follows it: there is no measure “CH-99”: give the code of one." in unknown
    assert officer.post("/measures/CH-04/retire/", sent).status_code == 302
    assert Measure.objects.get(code="CH-05").succeeds.code == "CH-04"
    again = officer.post("/measures/CH-04/retire/", sent).content.decode()
    assert "retired already" in again


@pytest.mark.parametrize("role", ["measure_owner", "supplier", "head_of_service", "member", "auditor", "viewer"])
def test_only_those_who_keep_the_framework_change_it(demonstration: None, sign_in: Any, role: str):
    client = sign_in(role)
    for path in ("/measures/new/", "/measures/CH-04/definition/", "/measures/CH-04/retire/"):
        assert client.get(path).status_code in (403, 404), path
