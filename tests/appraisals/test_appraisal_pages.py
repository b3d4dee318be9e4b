"""The pages of appraisals: what each side may do next, and what is said where it may not."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from goldenthread.appraisals import services
from goldenthread.appraisals.content import content_of
from goldenthread.appraisals.models import Appraisal, AppraisalYear, Deputy, Objective
from goldenthread.domain.appraisals import Stage
from goldenthread.measures.models import Measure
from goldenthread.plans.models import Action, Element, ElementKind, Plan
from tests.appraisals.waste import fresh


def as_user(user: Any) -> Client:
    client = Client()
    client.force_login(fresh(user), "allauth.account.auth_backends.AuthenticationBackend")
    return client


def text(response: Any) -> str:
    return response.content.decode().replace("&#39;", "'").replace("&amp;", "&")


def test_an_objective_is_written_with_what_it_serves(council: SimpleNamespace, appraisal: Appraisal) -> None:
    plan = Plan.objects.create(code="WST26", title="Waste service plan", state="adopted")
    kind = ElementKind.objects.create(code="objective", title="Objective", counts_as="objective")
    Element.objects.create(code="WST-1", plan=plan, kind=kind, title="Cleaner rounds")
    client = as_user(council.officer)

    page = client.post(
        f"/appraisals/{appraisal.pk}/objectives/new/",
        {"what": "Cut missed collections", "success": "Fewer than 30", "by_when": "31/3/2027", "element": "WST-1"},
        follow=True,
    )

    assert "The objective is kept." in text(page)
    assert "Cut missed collections" in text(page)
    assert "Cleaner rounds" in text(page)
    kept = Objective.objects.get()
    assert content_of(appraisal, reader=council.head).objective(kept.pk) == {
        "what": "Cut missed collections",
        "success": "Fewer than 30",
        "by_when": "2027-03-31",
        "weight": "",
    }


def test_what_is_wrong_is_said_by_the_box_and_nothing_typed_is_lost(
    council: SimpleNamespace, appraisal: Appraisal
) -> None:
    page = as_user(council.officer).post(
        f"/appraisals/{appraisal.pk}/objectives/new/", {"what": "", "success": "Fewer than 30", "weight": "200"}
    )

    assert page.status_code == 200
    assert "Fewer than 30" in text(page)
    assert "Enter 100 or less." in text(page)
    assert Objective.objects.count() == 0


def test_what_is_still_to_say_of_an_objective_is_said(council: SimpleNamespace, appraisal: Appraisal) -> None:
    services.write_objective(by=council.officer, appraisal=appraisal.pk, what="Cut missed collections")

    page = as_user(council.officer).get("/appraisals/")

    assert "Still to say: how you will both know, by when, what it serves." in text(page)


def test_an_objective_that_is_an_action_shows_its_progress_live(council: SimpleNamespace, appraisal: Appraisal) -> None:
    plan = Plan.objects.create(code="WST26", title="Waste service plan", state="adopted")
    kind = ElementKind.objects.create(code="objective", title="Objective", counts_as="objective")
    element = Element.objects.create(code="WST-1", plan=plan, kind=kind, title="Cleaner rounds")
    action = Action.objects.create(
        code="ROUNDS",
        element=element,
        title="Redraw the rounds",
        starts=date(2026, 4, 1),
        original_due=date(2027, 3, 31),
        due=date(2027, 3, 31),
        progress=60,
        state="under_way",
    )
    services.write_objective(by=council.officer, appraisal=appraisal.pk, action="ROUNDS")

    page = text(as_user(council.officer).get("/appraisals/"))
    Action.objects.filter(pk=action.pk).update(progress=90)
    later = text(as_user(council.officer).get("/appraisals/"))

    assert "Redraw the rounds" in page
    assert "At risk: 60% done, where 80% of the time to 31 March 2027 has passed" in page
    assert 'value="90"' in later
    assert "On track: due on 31 March 2027, in 72 days; 90% done" in later


def test_an_objective_that_is_a_measure_shows_how_it_stands(council: SimpleNamespace, appraisal: Appraisal) -> None:
    Measure.objects.create(code="WS-01", title="Missed collections", decimals=0)
    services.write_objective(by=council.officer, appraisal=appraisal.pk, measure="WS-01")

    page = text(as_user(council.officer).get("/appraisals/"))

    assert "Missed collections" in page
    assert 'href="/measures/WS-01/"' in page


@pytest.mark.parametrize(("who", "button"), [("officer", "Write an objective"), ("head", "The objectives are agreed")])
def test_the_page_says_what_comes_next(council: SimpleNamespace, appraisal: Appraisal, who: str, button: str) -> None:
    page = text(as_user(getattr(council, who)).get(f"/appraisals/{appraisal.pk}/"))

    assert button in page
    assert "234 days overdue (29 May 2026)" in page


def test_from_agreed_to_signed_by_both_through_the_pages(council: SimpleNamespace, appraisal: Appraisal) -> None:
    key = appraisal.pk
    officer, head = as_user(council.officer), as_user(council.head)
    officer.post(f"/appraisals/{key}/objectives/new/", {"what": "Cut missed collections"})
    objective = Objective.objects.get().pk
    head.post(f"/appraisals/{key}/reach/", {"stage": "objectives"})
    officer.post(f"/appraisals/{key}/objectives/{objective}/evidence/", {"text": "The new rounds went in."})
    officer.post(f"/appraisals/{key}/notes/", {"text": "Agreed to share the rota.", "on": "1/6/2026"})
    officer.post(f"/appraisals/{key}/needs/", {"text": "Route planning", "kind": "course", "priority": "useful"})
    head.post(f"/appraisals/{key}/reach/", {"stage": "mid_year"})
    ratings = {f"rating-{objective}": "3", "section-well": "The crews drew the rounds themselves."}
    officer.post(f"/appraisals/{key}/rate/", ratings)
    head.post(f"/appraisals/{key}/rate/", ratings | {f"rating-{objective}": "2"})
    head.post(f"/appraisals/{key}/reach/", {"stage": "year_end"})

    page = text(officer.get(f"/appraisals/{key}/"))
    for said in (
        "The new rounds went in.",
        "Agreed to share the rota.",
        "1 June 2026",
        "Route planning",
        "The crews drew the rounds themselves.",
        "Outstanding",
        "Good: the rating of the one objective",
    ):
        assert said in page

    assert "You have signed." in text(officer.post(f"/appraisals/{key}/sign/", follow=True))
    assert "Both have signed: the year is done." in text(head.post(f"/appraisals/{key}/sign/", follow=True))
    assert Appraisal.objects.get(pk=key).done.stage is Stage.SIGNED


def test_a_disagreement_goes_to_the_appraisers_manager_and_comes_back(
    council: SimpleNamespace, written: Appraisal
) -> None:
    key = written.pk
    as_user(council.officer).post(f"/appraisals/{key}/disagree/", {"text": "Two months were not mine."})

    assert "Answer the disagreement" in text(as_user(council.director).get("/appraisals/team/"))
    assert "Two months were not mine." in text(as_user(council.director).get(f"/appraisals/{key}/answer/"))
    as_user(council.director).post(f"/appraisals/{key}/answer/", {"text": "I heard both, and it stays Good."})

    page = text(as_user(council.officer).get(f"/appraisals/{key}/"))
    assert "answered the disagreement" in page
    assert "I heard both, and it stays Good." in page


def test_an_empty_box_is_said_and_the_others_kept(council: SimpleNamespace, appraisal: Appraisal) -> None:
    page = as_user(council.officer).post(f"/appraisals/{appraisal.pk}/notes/", {"text": "", "on": "1/6/2026"})

    assert page.status_code == 200
    assert "There is a problem" in text(page)
    assert 'value="1/6/2026"' in text(page)


def test_a_manager_hands_over_and_reads_no_more(council: SimpleNamespace, written: Appraisal) -> None:
    page = as_user(council.head).post(f"/appraisals/{written.pk}/hand-over/", {"to": "kenneth-brodrick"}, follow=True)

    assert "Meera Pillai's appraisal is handed over." in text(page)
    assert as_user(council.head).get(f"/appraisals/{written.pk}/").status_code == 403
    assert as_user(council.other_head).get(f"/appraisals/{written.pk}/").status_code == 200


def test_a_new_manager_is_told_what_is_to_be_handed_over(council: SimpleNamespace, written: Appraisal) -> None:
    from goldenthread.council.models import Appointment, Person

    Appointment.objects.filter(post__code="WST-HEAD").update(ends=date(2027, 1, 10))
    Appointment.objects.create(
        post=council.posts["WST-HEAD"], person=Person.objects.get(code="kenneth-brodrick"), starts=date(2027, 1, 11)
    )

    page = text(as_user(council.other_head).get("/appraisals/team/"))

    assert "Meera Pillai, still with Deborah Lockyer" in page
    assert "the line of management leads to Kenneth Brodrick now" in text(
        as_user(council.director).get("/appraisals/team/")
    )


def test_a_deputy_is_named_and_ended(council: SimpleNamespace, year: AppraisalYear) -> None:
    client = as_user(council.head)

    page = client.post(
        "/appraisals/deputies/",
        {"person": "kenneth-brodrick", "starts": "18/1/2027", "ends": "31/1/2027"},
        follow=True,
    )
    assert "Kenneth Brodrick stands in for you." in text(page)

    client.post(f"/appraisals/deputies/{Deputy.objects.get().pk}/end/")
    assert Deputy.objects.get().ends == date(2027, 1, 17)


def test_deputies_are_offered_to_those_who_appraise(council: SimpleNamespace, year: AppraisalYear) -> None:
    def offered(user: Any) -> bool:
        client = as_user(user)
        assert "/appraisals/deputies/" not in text(client.get("/appraisals/"))
        return 'href="/appraisals/deputies/"' in text(client.get("/appraisals/team/"))

    assert (offered(council.head), offered(council.officer), offered(council.other_head)) == (True, False, False)

    named = {"starts": date(2027, 1, 18), "ends": date(2027, 1, 31)}
    services.name_deputy(by=council.head, person="kenneth-brodrick", **named)
    assert not offered(council.other_head), "a deputy appraises in somebody else's name"
    services.name_deputy(by=council.officer, person="kenneth-brodrick", **named)
    assert offered(council.officer), "there is one to end"


def test_without_the_key_the_pages_say_so(council: SimpleNamespace, written: Appraisal, settings: Any) -> None:
    settings.APPRAISAL_KEYS = {}

    for path in ("/appraisals/", f"/appraisals/{written.pk}/sign/"):
        page = as_user(council.officer).get(path)
        assert (page.status_code, "Appraisals cannot be opened just now" in text(page)) == (503, True)
    assert as_user(council.head).get("/appraisals/team/").status_code == 200


def test_no_copy_is_kept_by_browsers_and_proxies(council: SimpleNamespace, written: Appraisal) -> None:
    for path in ("", "objectives/new/", "rate/", "sign/"):
        said = as_user(council.head).get(f"/appraisals/{written.pk}/{path}")["Cache-Control"]
        assert {"no-store", "private"} <= {part.strip() for part in said.split(",")}


def test_pages_ask_the_same_of_the_database_for_one_and_for_many(
    council: SimpleNamespace, appraisal: Appraisal, queries_for: Any
) -> None:
    client = as_user(council.head)
    services.write_objective(by=council.officer, appraisal=appraisal.pk, what="One")
    paths = [f"/appraisals/{appraisal.pk}/", "/appraisals/team/"]
    before = [queries_for(client, path) for path in paths]

    for number in range(8):
        services.write_objective(by=council.officer, appraisal=appraisal.pk, what=f"Another {number}")
        services.add_note(by=council.officer, appraisal=appraisal.pk, text=f"Note {number}")

    assert [queries_for(client, path) for path in paths] == before
    assert max(before) <= 25
