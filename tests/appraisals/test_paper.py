"""Staff without an account: what a crew shares, what was said on paper, and how they confirm."""

import re
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from goldenthread.appraisals import services
from goldenthread.appraisals.content import content_of
from goldenthread.appraisals.models import (
    Appraisal,
    AppraisalYear,
    Confirmation,
    Crew,
    Framework,
    Objective,
    OneTimeCode,
    Sealed,
)
from goldenthread.appraisals.sheets import sheets
from goldenthread.council.models import Appointment, Person, Post
from goldenthread.domain.appraisals import Stage
from goldenthread.history.acts import Refused
from goldenthread.history.models import Change
from tests.appraisals.test_appraisal_pages import as_user, text
from tests.appraisals.waste import MARKER, fresh

TODAY = date(2027, 1, 18)


@pytest.fixture
def loaders(council: SimpleNamespace, year: AppraisalYear) -> list[Appraisal]:
    """Three loaders without an account, appraised by the head of waste."""
    head = council.posts["WST-HEAD"]
    post = Post.objects.create(code="WST-LOAD", title="Loader", unit=head.unit, tier="officer", reports_to=head)
    for code in ("ada-brook", "ben-croft", "cal-dunn"):
        person = Person.objects.create(code=code, name=code.replace("-", " ").title())
        Appointment.objects.create(person=person, post=post, starts=date(2020, 4, 1))
    services.begin_appraisals(by=council.hr, year=year)
    return list(Appraisal.objects.filter(post=post).order_by("person__code").select_related("appraiser_post", "person"))


@pytest.fixture
def crew(council: SimpleNamespace, year: AppraisalYear, loaders: list[Appraisal]) -> Crew:
    members = [row.pk for row in loaders[:2]]
    formed = services.form_crew(by=council.head, year=year, name="Round 7", members=members)
    services.write_crew_objective(by=council.head, crew=formed.pk, what=f"{MARKER} lifts", success="None missed")
    return formed


@pytest.fixture
def ready(council: SimpleNamespace, crew: Crew, loaders: list[Appraisal]) -> Appraisal:
    """The first loader's, from the paper form to the year-end review."""
    key, objective = loaders[0].pk, loaders[0].objectives.get().pk
    services.agree_objectives(by=council.head, appraisal=key)
    services.hold_mid_year(by=council.head, appraisal=key)
    services.record_from_paper(
        by=council.head, appraisal=key, ratings={objective: 3}, comments={"well": f"{MARKER} on paper"}
    )
    services.rate(by=council.head, appraisal=key, ratings={objective: 2})
    return services.hold_year_end(by=council.head, appraisal=key)


def shared_by(rows: list[Appraisal], reader: Any) -> list[list[str]]:
    return [
        [content_of(row, reader=reader).objective(one.pk)["what"] for one in row.objectives.filter(dropped_on=None)]
        for row in rows
    ]


def test_what_a_crew_shares_is_written_once_and_stands_in_each_ones_appraisal(
    council: SimpleNamespace, year: AppraisalYear, crew: Crew, loaders: list[Appraisal]
) -> None:
    first = crew.objectives.get()
    services.write_crew_objective(by=council.head, crew=crew.pk, objective=first.pk, what="Lift with care")
    services.write_crew_objective(by=council.head, crew=crew.pk, what="Shut every gate")
    assert shared_by(loaders, council.head) == [["Lift with care", "Shut every gate"]] * 2 + [[]]

    services.change_crew(by=council.head, crew=crew.pk, name="Round 7", members=[row.pk for row in loaders[1:]])
    services.drop_crew_objective(by=council.head, crew=crew.pk, objective=first.pk)

    assert shared_by(loaders, council.head) == [["Lift with care", "Shut every gate"], *[["Shut every gate"]] * 2]


def test_a_shared_objective_is_changed_for_all_or_not_at_all(
    council: SimpleNamespace, crew: Crew, loaders: list[Appraisal]
) -> None:
    key, objective = loaders[0].pk, loaders[0].objectives.get().pk

    with pytest.raises(Refused, match="The whole crew shares this"):
        services.write_objective(by=council.head, appraisal=key, objective=objective, what="Mine alone")
    with pytest.raises(Refused, match="The whole crew shares this"):
        services.drop_objective(by=council.head, appraisal=key, objective=objective)


def test_only_whoever_appraises_them_forms_a_crew_and_writes_for_it(
    council: SimpleNamespace, year: AppraisalYear, crew: Crew, loaders: list[Appraisal], written: Appraisal
) -> None:
    for by in (council.director, council.hr, council.administrator, council.officer):
        with pytest.raises(PermissionDenied):
            services.write_crew_objective(by=by, crew=crew.pk, what="Theirs")
        with pytest.raises(PermissionDenied):
            services.form_crew(by=by, year=year, name="Mine", members=[loaders[2].pk])
    with pytest.raises(Refused, match="is in another crew"):
        services.form_crew(by=council.head, year=year, name="Again", members=[loaders[0].pk])
    with pytest.raises(Refused, match="Choose who is in it"):
        services.change_crew(by=council.head, crew=crew.pk, name="Nobody", members=[])

    assert (Objective.objects.filter(shared__isnull=False).count(), Crew.objects.count()) == (2, 1)


def test_what_was_said_on_paper_stands_as_theirs_with_who_recorded_it(
    council: SimpleNamespace, ready: Appraisal
) -> None:
    content = content_of(ready, reader=council.director)
    said = content.of("comment", topic="well", side="appraisee")

    assert said is not None
    assert (said.by, said.said["text"]) == (
        "Ada Brook, on paper, recorded by Deborah Lockyer",
        f"{MARKER} on paper",
    )
    assert content.rating(ready.objectives.get().pk, "appraisee") == 3


def test_nothing_is_recorded_for_whoever_has_an_account(council: SimpleNamespace, written: Appraisal) -> None:
    for verb in (
        lambda: services.record_from_paper(by=council.head, appraisal=written.pk, need="Driving"),
        lambda: services.start_confirmation(by=council.head, appraisal=written.pk),
        lambda: services.record_signed_copy(
            by=council.head, appraisal=written.pk, signed_on=TODAY, held_by="teresa-monkhouse"
        ),
    ):
        with pytest.raises(Refused, match="has an account"):
            verb()
    with pytest.raises(PermissionDenied):
        services.start_confirmation(by=council.hr, appraisal=written.pk)


def test_no_paper_is_offered_to_whoever_has_an_account(
    council: SimpleNamespace, year: AppraisalYear, written: Appraisal, loaders: list[Appraisal]
) -> None:
    head, key = as_user(council.head), written.pk
    for path in ("on-paper/", "from-paper/", "signed-copy/"):
        page = text(head.get(f"/appraisals/{key}/{path}", follow=True))
        assert "Meera Pillai has an account" in page, path
        assert "Ask them to sign in and open their appraisal." in page, path
        assert "Type what the form says" not in page, path
    page = text(head.post(f"/appraisals/{key}/from-paper/", {"need": "Driving"}))
    assert "Meera Pillai has an account" in page
    assert "Driving" in page

    mixed = services.form_crew(by=council.head, year=year, name="Round 7", members=[key, loaders[0].pk])
    assert "Print the forms" in text(head.get(f"/appraisals/crews/{mixed.pk}/"))
    assert text(head.get(f"/appraisals/crews/{mixed.pk}/on-paper/")).count('class="gt-sheet"') == 1
    services.change_crew(by=council.head, crew=mixed.pk, name="Office", members=[key])
    assert f"/crews/{mixed.pk}/on-paper/" not in text(head.get(f"/appraisals/crews/{mixed.pk}/"))
    page = text(head.get(f"/appraisals/crews/{mixed.pk}/on-paper/", follow=True))
    assert "Everybody in the crew has an account, and writes and signs for themselves." in page


def test_a_code_signs_once_and_counts_with_the_appraisers_signature(council: SimpleNamespace, ready: Appraisal) -> None:
    kept, code = services.start_confirmation(by=council.head, appraisal=ready.pk)

    services.confirm_by_code(typed=f"  {str(code).lower().replace('-', ' ')} ")
    signed = services.sign(by=council.head, appraisal=ready.pk)

    assert signed.done.stage is Stage.SIGNED
    assert Confirmation.objects.values_list("appraisal", "how", "signed_on", "held_by").get() == (
        ready.pk,
        "code",
        TODAY,
        None,
    )
    assert Change.objects.filter(verb="confirm_appraisal").values_list("by", "by_name").get() == (None, "Ada Brook")
    assert code.secret not in repr(OneTimeCode.objects.values().get(pk=kept.pk))
    with pytest.raises(Refused, match="does not hold"):
        services.confirm_by_code(typed=str(code))


def test_a_code_that_is_wrong_old_replaced_or_tried_too_often_does_not_hold(
    council: SimpleNamespace, ready: Appraisal
) -> None:
    _old, replaced = services.start_confirmation(by=council.head, appraisal=ready.pk)
    kept, code = services.start_confirmation(by=council.head, appraisal=ready.pk)
    wrong = f"{code.reference}-2222-2222"
    typed = [str(replaced), "", "hello", "2222-2222-2222", *[wrong] * kept.tries_left, str(code)]

    for one in typed:
        with pytest.raises(Refused, match="does not hold"):
            services.confirm_by_code(typed=one)
    _kept, fresh = services.start_confirmation(by=council.head, appraisal=ready.pk)
    OneTimeCode.objects.update(expires_on=TODAY - timedelta(days=1))
    with pytest.raises(Refused, match="does not hold"):
        services.confirm_by_code(typed=str(fresh))

    assert Appraisal.objects.get(pk=ready.pk).appraisee_signed_on is None


def test_a_code_does_not_sign_what_was_changed_since(council: SimpleNamespace, ready: Appraisal) -> None:
    _kept, code = services.start_confirmation(by=council.head, appraisal=ready.pk)
    services.rate(by=council.head, appraisal=ready.pk, ratings={ready.objectives.get().pk: 1})

    with pytest.raises(Refused, match="Something was changed"):
        services.confirm_by_code(typed=str(code))


def test_a_signed_copy_is_recorded_with_its_day_and_who_holds_it(council: SimpleNamespace, ready: Appraisal) -> None:
    for day, holder, said in (
        (date(2027, 1, 19), "teresa-monkhouse", "still to come"),
        (date(2027, 1, 17), "teresa-monkhouse", "before the year-end review"),
        (TODAY, "ada-brook", "who keeps the copy"),
    ):
        with pytest.raises(Refused, match=said):
            services.record_signed_copy(by=council.head, appraisal=ready.pk, signed_on=day, held_by=holder)

    services.record_signed_copy(by=council.head, appraisal=ready.pk, signed_on=TODAY, held_by="teresa-monkhouse")

    page = text(as_user(council.head).get(f"/appraisals/{ready.pk}/"))
    assert "Ada Brook signed on paper on 18 January 2027. Teresa Monkhouse holds the copy." in page
    with pytest.raises(Refused, match="has signed already"):
        services.start_confirmation(by=council.head, appraisal=ready.pk)


def test_a_disagreement_on_paper_waits_for_its_answer(council: SimpleNamespace, ready: Appraisal) -> None:
    services.record_from_paper(by=council.head, appraisal=ready.pk, disagreement="I missed none.")

    with pytest.raises(Refused, match="yet to answer"):
        services.start_confirmation(by=council.head, appraisal=ready.pk)
    services.answer_disagreement(by=council.director, appraisal=ready.pk, text="I heard both.")
    assert services.start_confirmation(by=council.head, appraisal=ready.pk)


def test_the_form_has_room_for_no_more_than_one_side(
    council: SimpleNamespace, crew: Crew, loaders: list[Appraisal]
) -> None:
    for number in range(8):
        services.write_crew_objective(by=council.head, crew=crew.pk, what=f"{number} " + "many words " * 200)

    sheet = sheets(loaders[:1], reader=council.head)[0]

    assert (len(sheet.lines), sheet.more) == (6, 3)
    assert all(len(line.title) + len(line.success) <= 190 for line in sheet.lines)
    assert sheet.lines[1].title.endswith(" …")


def test_competencies_stand_on_the_form_and_are_typed_from_it(
    council: SimpleNamespace, framework: Framework, loaders: list[Appraisal]
) -> None:
    """Each with what shows it at the level of the appraisee's tier."""
    services.write_objective(by=council.head, appraisal=loaders[0].pk, what="Lift with care")
    services.agree_objectives(by=council.head, appraisal=loaders[0].pk)
    listens, learns = framework.competencies.all()
    blank = sheets(loaders[:1], reader=council.head)[0]
    assert [(one.title, one.behaviours, one.own) for one in blank.shown] == [
        ("Listens", "Hears people out.", None),
        ("Learns", "Asks.", None),
    ]

    with pytest.raises(Refused, match="Choose one of the ratings") as refused:
        services.record_from_paper(by=council.head, appraisal=loaders[0].pk, competencies={listens.pk: 9})
    assert list(refused.value.faults) == [f"competency-{listens.pk}"]
    at = f"/appraisals/{loaders[0].pk}/from-paper/"
    page = as_user(council.head).post(at, {f"competency-{learns.pk}": "3"}, follow=True)

    assert "It is kept as what Ada Brook said." in text(page)
    kept = sheets(loaders[:1], reader=fresh(council.head))[0]
    assert [(one.title, one.own, one.given) for one in kept.shown] == [("Listens", None, None), ("Learns", 3, None)]


def test_everything_through_the_pages(council: SimpleNamespace, year: AppraisalYear, loaders: list[Appraisal]) -> None:
    head, key = as_user(council.head), loaders[0].pk
    assert "Ada Brook, Loader" in text(head.get("/appraisals/crews/new/"))
    page = head.post("/appraisals/crews/new/", {"name": "Round 7", "members": [key, loaders[1].pk]}, follow=True)
    assert "Round 7 is set up. Write what they share." in text(page)
    crew = f"/appraisals/crews/{Crew.objects.get().pk}"
    page = head.post(f"{crew}/objectives/new/", {"what": "Lift with care"}, follow=True)
    assert "It stands in the appraisal of everybody in the crew." in text(page)
    assert text(head.get(f"{crew}/on-paper/")).count('class="gt-sheet"') == 2
    objective = loaders[0].objectives.get().pk
    for stage in ("objectives", "mid_year"):
        head.post(f"/appraisals/{key}/reach/", {"stage": stage})
    page = head.post(f"/appraisals/{key}/from-paper/", {f"rating-{objective}": "3", "need": "Driving"}, follow=True)
    assert "Ada Brook, on paper, recorded by Deborah Lockyer" in text(page)
    head.post(f"/appraisals/{key}/rate/", {f"rating-{objective}": "2"})
    head.post(f"/appraisals/{key}/reach/", {"stage": "year_end"})

    slip = head.post(f"/appraisals/{key}/code/")
    code = re.search(r"\b\w{4}-\w{4}-\w{4}\b", text(slip))
    visitor = Client()
    assert "no-store" in slip["Cache-Control"]
    assert code is not None
    assert "Tick the box" in text(visitor.post("/appraisals/confirm/", {"code": code[0]}))
    page = text(visitor.post("/appraisals/confirm/", {"code": "eighty-four %"}))
    assert "A code has twelve letters and figures." in page
    assert "Tick the box" in page
    assert "does not hold" in text(visitor.post("/appraisals/confirm/", {"code": "2222-2222-2222", "read": "on"}))
    page = text(visitor.post("/appraisals/confirm/", {"code": code[0], "read": "on"}, follow=True))
    assert "Thank you. You have signed your appraisal of 2026/27." in page
    assert "Lift with care" not in page
    assert "Ada Brook signed by a one-time code on 18 January 2027." in text(head.get(f"/appraisals/{key}/"))


def test_nobody_else_opens_a_crews_pages_or_finds_its_words(
    council: SimpleNamespace, crew: Crew, ready: Appraisal
) -> None:
    pages = ["", "change/", "on-paper/", "objectives/new/", f"objectives/{crew.objectives.get().pk}/"]
    paths = [f"/appraisals/crews/{crew.pk}/{page}" for page in pages]
    paths += [f"/appraisals/{ready.pk}/{page}" for page in ("", "on-paper/", "from-paper/", "signed-copy/")]

    for who in ("hr", "administrator", "other_head", "officer", "chief"):
        client = as_user(getattr(council, who))
        answers = [client.get(path) for path in paths] + [client.post(f"/appraisals/{ready.pk}/code/")]
        assert {answer.status_code for answer in answers} <= {403, 404}
        assert not any(MARKER in text(answer) for answer in answers)
    assert OneTimeCode.objects.count() == 0
    assert MARKER.encode() not in b"".join(bytes(row.content) for row in Sealed.objects.all())


def test_a_crews_pages_ask_the_same_for_more_people_and_more_objectives(
    council: SimpleNamespace, framework: Framework, crew: Crew, loaders: list[Appraisal], queries_for: Any
) -> None:
    client = as_user(council.head)
    paths = [f"/appraisals/crews/{crew.pk}/", f"/appraisals/crews/{crew.pk}/on-paper/", "/appraisals/team/"]
    before = [queries_for(client, path) for path in paths]

    services.change_crew(by=council.head, crew=crew.pk, name="Round 7", members=[row.pk for row in loaders])
    for number in range(4):
        services.write_crew_objective(by=council.head, crew=crew.pk, what=f"Another {number}")

    assert [queries_for(client, path) for path in paths] == before
    assert max(before) <= 25
