"""Who does what in a measure: given to posts, ended, told in its history, and changed by whom."""

from datetime import date
from typing import Any

import pytest

from goldenthread.council.models import Appointment, Body, Grant, Person, Post, Role, Seat, Unit
from goldenthread.history.models import Change
from goldenthread.measures.models import MeasureRole
from goldenthread.measures.queries.parts import parts_of
from goldenthread.measures.services import Refused, end_part, give_part
from tests.measures.customer_services import make_measure, person, signed_in

APRIL = date(2026, 4, 1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> Any:
    return person("Amara Okonjo", Role.PERFORMANCE_OFFICER)


@pytest.fixture
def desk(officer: Any) -> Post:
    """The contact centre's data desk, held by Tania, and a measure of its unit."""
    make_measure("CS-01", title="Calls answered")
    post = Post.objects.create(code="DESK", title="Data desk", unit=Unit.objects.get(code="CS"))
    Appointment.objects.create(post=post, person=Person.objects.create(code="tania", name="Tania Szymanska"))
    return post


def told(client: Any) -> str:
    return client.get("/measures/CS-01/who-does-what/").content.decode()


def test_a_part_is_given_in_one_change_and_kept_in_its_history(officer: Any, desk: Post):
    part = give_part(by=officer, measure="CS-01", role="supplier", post="DESK", starts=APRIL, reason="New desk")
    assert (part.measure.code, part.role, part.post, part.starts, part.ends) == (
        "CS-01",
        "supplier",
        desk,
        APRIL,
        None,
    )
    change = Change.objects.get(verb="give_part")
    assert (change.object, change.by, change.reason) == ("measure CS-01", officer, "New desk")
    version = part.history.get()
    assert (version.history_date, version.history_user, version.history_change_reason) == (
        change.at,
        officer,
        "New desk",
    )


@pytest.mark.parametrize(
    ("asked", "field", "said"),
    [
        ({"measure": "CS-99"}, "measure", "There is no measure CS-99."),
        ({"role": "spectator"}, "role", "Choose a part."),
        ({"post": "NOBODY"}, "post", "There is no post NOBODY."),
        ({"post": ""}, "post", "Choose a post."),
        ({"ends": date(2026, 3, 31)}, "ends", "It ends before it starts: choose a later day."),
    ],
)
def test_what_cannot_be_is_refused_by_its_field(officer: Any, desk: Post, asked: Any, field: str, said: str):
    given = {"measure": "CS-01", "role": "owner", "post": "DESK", "starts": APRIL} | asked
    with pytest.raises(Refused) as refused:
        give_part(by=officer, **given)
    assert refused.value.faults == {field: said}
    assert not Change.objects.filter(verb="give_part").exists()


def test_the_same_part_is_not_held_twice_on_one_day_but_may_come_back(officer: Any, desk: Post):
    part = give_part(by=officer, measure="CS-01", role="owner", post="DESK", starts=APRIL)
    with pytest.raises(Refused) as refused:
        give_part(by=officer, measure="CS-01", role="owner", post="DESK", starts=date(2026, 9, 1))
    assert refused.value.faults == {"post": "Data desk has that part then already: choose another, or other days."}
    end_part(by=officer, part=part.pk, ends=date(2026, 8, 31))
    again = give_part(by=officer, measure="CS-01", role="owner", post="DESK", starts=date(2026, 9, 1))
    with pytest.raises(Refused):
        end_part(by=officer, part=part.pk, ends=date(2026, 9, 30))
    assert [row.pk for row in MeasureRole.objects.order_by("pk")] == [part.pk, again.pk]


def test_a_part_does_not_end_before_it_begins(officer: Any, desk: Post):
    part = give_part(by=officer, measure="CS-01", role="owner", post="DESK", starts=APRIL)
    with pytest.raises(Refused) as refused:
        end_part(by=officer, part=part.pk, ends=date(2026, 3, 1))
    assert refused.value.faults == {"ends": "It ends before it starts: choose a later day."}
    with pytest.raises(Refused):
        end_part(by=officer, part=0, ends=APRIL)


def test_an_officer_gives_and_ends_a_part_on_the_page(officer: Any, desk: Post):
    client = signed_in(officer)
    page = told(client)
    assert "No post has a part in this measure" in page
    assert "Nobody can enter its figures" in page
    sent = {"role": "supplier", "post": "DESK", "starts": "1/4/2026", "reason": "New desk"}
    answer = client.post("/measures/CS-01/who-does-what/", sent)
    assert answer.headers["Location"] == "/measures/CS-01/who-does-what/"
    page = told(client)
    for words in ("Supplier", "Data desk", "Tania Szymanska", "1 April 2026"):
        assert words in page
    assert "Nobody can enter its figures" not in page
    ending = f"/measures/CS-01/who-does-what/{MeasureRole.objects.get().pk}/end/"
    assert ending in page
    assert "It ends before it starts" in client.post(ending, {"ends": "1/3/2026"}).content.decode()
    assert client.post(ending, {"ends": "30/9/2026"}).status_code == 302
    assert MeasureRole.objects.get().ends == date(2026, 9, 30)
    assert "1 part that has ended" in told(client)
    history = client.get("/measures/CS-01/history/?of=part").content.decode()
    assert history.index("Supplier: Data desk until 30 September 2026") < history.index(
        "Supplier: Data desk from 1 April 2026"
    )
    assert "New desk" in history


def test_nothing_is_lost_of_a_form_filled_in_wrongly(officer: Any, desk: Post):
    page = (
        signed_in(officer).post("/measures/CS-01/who-does-what/", {"post": "DESK", "starts": "soon"}).content.decode()
    )
    assert "There is a problem" in page
    assert 'value="soon"' in page
    assert '<option value="DESK" selected' in page


def test_the_head_of_the_unit_is_said_to_answer_for_it(officer: Any, desk: Post):
    assert "has no head of service" in told(signed_in(officer))
    person("Deborah Lockyer", Role.HEAD_OF_SERVICE)
    page = told(signed_in(officer))
    assert "Deborah Lockyer, Post of Deborah Lockyer" in page
    assert "head of service of Customer services, and so answers for the measures there." in page
    Grant.objects.create(role=Role.SUPPLIER, post=desk, unit=Unit.objects.get(code="CS"))
    assert {default.part for default in parts_of(desk.unit.measures.get()).defaults} == {"head", "supplier"}


def test_a_part_that_comes_with_a_seat_is_said_with_who_sits_there(officer: Any, desk: Post):
    board = Body.objects.create(code="HB", name="Health board")
    Seat.objects.create(body=board, code="chair", person=Person.objects.get(code="tania"))
    Grant.objects.create(role=Role.HEAD_OF_SERVICE, body=board, seat="chair")
    (default,) = parts_of(desk.unit.measures.get()).defaults
    assert (default.part, default.holder, default.people) == ("head", "Health board, chair", ("Tania Szymanska",))
    assert "Tania Szymanska, Health board, chair" in told(signed_in(officer))


@pytest.mark.parametrize("role", [Role.VIEWER, Role.AUDITOR, Role.HEAD_OF_SERVICE])
def test_others_see_who_does_what_and_change_nothing(officer: Any, desk: Post, role: str):
    give_part(by=officer, measure="CS-01", role="owner", post="DESK")
    reader = signed_in(person("Verity Langstone", role))
    assert "Data desk" in told(reader)
    assert "Give a post a part" not in told(reader)
    assert reader.post("/measures/CS-01/who-does-what/", {"role": "head", "post": "DESK"}).status_code == 403
    assert reader.get(f"/measures/CS-01/who-does-what/{MeasureRole.objects.get().pk}/end/").status_code == 403


def test_an_officer_who_enters_the_figures_is_told_who_changes_it(officer: Any, desk: Post):
    give_part(by=officer, measure="CS-01", role="supplier", post="CS-amara-okonjo")
    page = told(signed_in(officer))
    assert "Ask another performance officer" in page
    assert "Give a post a part" not in page


def test_the_page_asks_as_much_of_many_parts_as_of_one(officer: Any, desk: Post, queries_for: Any):
    client = signed_in(officer)
    give_part(by=officer, measure="CS-01", role="supplier", post="DESK")
    Grant.objects.create(role=Role.SUPPLIER, post=desk, unit=desk.unit)
    few = queries_for(client, "/measures/CS-01/who-does-what/")
    for number in range(12):
        post = Post.objects.create(code=f"P{number}", title=f"Post {number}", unit=desk.unit)
        Appointment.objects.create(post=post, person=Person.objects.get(code="tania"))
        give_part(by=officer, measure="CS-01", role="owner", post=post.code)
        Grant.objects.create(role=Role.SUPPLIER, post=post, unit=desk.unit)
    assert queries_for(client, "/measures/CS-01/who-does-what/") == few
    assert few <= 25
