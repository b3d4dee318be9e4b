"""Human resources run the year, and read nothing."""

from datetime import date
from types import SimpleNamespace

import pytest

from goldenthread.appraisals.models import Appraisal, AppraisalYear
from goldenthread.council.models import Appointment, Person
from tests.appraisals.test_appraisal_pages import as_user, text

NEXT = {
    "period": "2027/28",
    "objectives_due": "31/5/2027",
    "mid_year_due": "31/10/2027",
    "year_end_due": "31/3/2028",
    "signed_due": "30/4/2028",
}


def test_the_next_year_is_opened_with_the_templates_of_the_last(council: SimpleNamespace, year: AppraisalYear) -> None:
    page = as_user(council.hr).post("/appraisals/years/", NEXT, follow=True)

    opened = AppraisalYear.objects.get(period="2027/28")
    assert "2027/28 is open." in text(page)
    assert (opened.starts, opened.ends) == (date(2027, 4, 1), date(2028, 3, 31))
    assert sorted(opened.templates.values_list("tier", "title", "rule")) == sorted(
        year.templates.values_list("tier", "title", "rule")
    )


def test_the_first_year_has_a_template_for_each_tier(council: SimpleNamespace) -> None:
    as_user(council.hr).post("/appraisals/years/", NEXT)

    templates = AppraisalYear.objects.get().templates.order_by("tier")
    assert [(one.tier, one.ratings.word(4)) for one in templates] == [
        ("chief officer", "Outstanding"),
        ("head", "Outstanding"),
        ("officer", "Outstanding"),
    ]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"period": "2026/27"}, "open already"),
        ({"period": "next year"}, "next year"),
        ({"mid_year_due": "1/5/2027"}, "comes before the stage above"),
    ],
)
def test_what_is_wrong_is_said_by_the_box(
    council: SimpleNamespace, year: AppraisalYear, change: dict[str, str], said: str
) -> None:
    page = as_user(council.hr).post("/appraisals/years/", NEXT | change)

    assert page.status_code == 200
    assert said in text(page)
    assert "There is a problem" in text(page)
    assert AppraisalYear.objects.count() == 1


def test_starters_are_brought_in_and_leavers_closed(council: SimpleNamespace, year: AppraisalYear) -> None:
    Appointment.objects.filter(post__code="WST-OFF").update(ends=date(2027, 1, 8))
    starter = Person.objects.create(code="ryan-oakden", name="Ryan Oakden")
    Appointment.objects.create(post=council.posts["WST-OFF"], person=starter, starts=date(2027, 1, 11))

    page = as_user(council.hr).post(f"/appraisals/years/{year.pk}/begin/", follow=True)

    assert "2026/27: 1 appraisal begun, 1 closed." in text(page)


def test_nothing_begins_in_a_year_that_is_over(council: SimpleNamespace, year: AppraisalYear) -> None:
    AppraisalYear.objects.update(ends=date(2026, 3, 31))

    page = as_user(council.hr).post(f"/appraisals/years/{year.pk}/begin/", follow=True)

    assert "2026/27 is over: nothing begins in it." in text(page)
    assert "Bring in starters" not in text(page)


def test_an_appraisal_that_lost_its_appraiser_is_handed_over(council: SimpleNamespace, written: Appraisal) -> None:
    Appointment.objects.filter(post__code="WST-HEAD").update(ends=date(2027, 1, 10))
    client = as_user(council.hr)

    page = text(client.get("/appraisals/years/"))
    assert "Meera Pillai" in page
    assert f"/appraisals/{written.pk}/hand-over/" in page

    client.post(f"/appraisals/{written.pk}/hand-over/", {"to": "ian-muirhead"})
    assert Appraisal.objects.get(pk=written.pk).appraiser.code == "ian-muirhead"
    assert f"/appraisals/{written.pk}/hand-over/" not in text(client.get("/appraisals/years/"))


@pytest.mark.parametrize("who", ["head", "administrator", "director", "other_head"])
def test_nobody_else_runs_the_year(council: SimpleNamespace, year: AppraisalYear, who: str) -> None:
    client = as_user(getattr(council, who))

    assert client.get("/appraisals/years/").status_code == 403
    assert client.post(f"/appraisals/years/{year.pk}/begin/").status_code == 403
