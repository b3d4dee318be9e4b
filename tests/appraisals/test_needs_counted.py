"""Needs for development, counted for Human Resources: of five people or more, and never a word of them."""

from datetime import date
from types import SimpleNamespace
from typing import Any

from goldenthread.appraisals import services
from goldenthread.appraisals.models import Appraisal, AppraisalYear, Need
from goldenthread.appraisals.queries.needs import Told, needs
from tests.appraisals.test_appraisal_pages import as_user, text
from tests.appraisals.waste import MARKER

COURSE, COACHING = ("course", "important"), ("coaching", "essential")


def say(year: AppraisalYear, courses: int, coachings: int) -> None:
    """So many people, in their order, need a course; the last so many need coaching."""
    rows = list(Appraisal.objects.filter(year=year).order_by("pk"))
    for row in rows[:courses]:
        Need.objects.create(appraisal=row, kind="course", priority="important")
    for row in rows[len(rows) - coachings :]:
        Need.objects.create(appraisal=row, kind="coaching", priority="essential")


def test_what_few_need_is_not_told_and_not_to_be_found_by_subtraction(
    council: SimpleNamespace, year: AppraisalYear
) -> None:
    """Of seven people: two of waste's and five of the council's own. What is met is needed no longer."""
    say(year, courses=7, coachings=4)
    Need.objects.create(appraisal=Appraisal.objects.first(), kind="course", met_on=date(2027, 1, 11))
    found = needs(year)
    assert dict(found.parts) == {}, "four need coaching: less the courses, the sum would tell of them"
    assert [(one.unit.code, one.depth, one.told) for one in found.units] == [
        ("WCC", 0, Told(11, 7)),
        ("WST", 1, None),
    ]

    Need.objects.filter(kind="coaching").delete()
    assert dict(needs(year).parts) == {COURSE: Told(7, 7)}

    say(year, courses=0, coachings=5)
    assert dict(needs(year).parts) == {COURSE: Told(7, 7), COACHING: Told(5, 5)}

    Need.objects.all().delete()
    say(year, courses=4, coachings=0)
    assert [one.told for one in needs(year).units] == [None, None]


def test_human_resources_reads_counts_and_nobody_else_the_page(
    council: SimpleNamespace, year: AppraisalYear, appraisal: Appraisal, queries_for: Any
) -> None:
    hr = as_user(council.hr)
    assert "Nothing to count yet" in text(hr.get("/appraisals/needs/"))
    services.add_need(by=council.officer, appraisal=appraisal.pk, text=MARKER, how=MARKER)
    say(year, courses=5, coachings=0)
    before = queries_for(hr, "/appraisals/needs/")
    say(year, courses=7, coachings=6)

    page = text(hr.get("/appraisals/needs/"))

    assert "of 7 people" in page
    assert "1 unit is held back" in page
    assert MARKER not in page
    assert queries_for(hr, "/appraisals/needs/") == before <= 25
    for who in ("chief", "head", "officer", "other_head", "administrator"):
        assert as_user(getattr(council, who)).get("/appraisals/needs/").status_code == 403
