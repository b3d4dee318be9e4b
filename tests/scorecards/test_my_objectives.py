"""My objectives on every employee's home: their own words, with live figures, up to the priority."""

from typing import Any

from goldenthread.appraisals.models import Appraisal, Objective
from goldenthread.council.models import Grant, Person
from goldenthread.history.clock import today
from goldenthread.scorecards.queries.my_objectives import my_appraisal, my_objectives
from goldenthread.scorecards.queries.thread import Threads


def test_each_objective_has_its_figure_and_its_line(demonstration: None, sign_in: Any, queries_for: Any):
    client = sign_in("measure_owner")
    person = Person.objects.get(code="marcus-ellery")
    appraisal = my_appraisal(person.user, today())
    assert appraisal is not None
    rows = list(Objective.objects.filter(appraisal=appraisal, dropped_on__isnull=True).order_by("order", "pk"))
    mine = my_objectives(appraisal, Threads.read(), reader=person.user)
    assert [one.is_live for one in mine] == [bool(row.measure_id or row.action_id) for row in rows]
    assert all(one.title for one in mine)
    assert [bool(one.line) for one in mine] == [True, True, False]
    assert mine[0].line[0].level in ("vision", "priority")
    page = client.get("/my-objectives/")
    assert "no-store" in page.headers["Cache-Control"]
    for one in mine:
        assert one.title.replace("'", "&#39;") in page.content.decode()
    assert 'hx-get="/my-objectives/"' in client.get("/").content.decode()
    part = client.get("/my-objectives/", headers={"HX-Request": "true"}).content.decode()
    assert "<h1" not in part
    assert queries_for(client, "/my-objectives/") <= 25
    # Nobody else reads a word of it: the page is the reader's own, whoever they are.
    others = [sign_in(role).get("/my-objectives/") for role in ("administrator", "human_resources", "viewer")]
    assert [mine[0].title in other.content.decode() for other in others] == [False] * 3
    assert sign_in("member").get("/my-objectives/").status_code == 403


def test_an_employee_without_a_role_has_them_too(demonstration: None, sign_in: Any):
    client = sign_in("viewer")
    Grant.objects.filter(role="viewer").update(ends="2020-01-01")
    home = client.get("/")
    assert 'hx-get="/my-objectives/"' in home.content.decode()
    page = client.get("/my-objectives/").content.decode()
    assert "/elements/" not in page
    Appraisal.objects.filter(person__code="jerome-pascal").update(closed_on=today())
    assert "has not begun" in client.get("/my-objectives/").content.decode()
