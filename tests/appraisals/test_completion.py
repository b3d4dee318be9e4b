"""Completion by unit, who serves what, and the corporate measure that completion feeds."""

from datetime import date
from decimal import Decimal
from io import StringIO
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import call_command

from goldenthread.appraisals import services
from goldenthread.appraisals.models import Appraisal, AppraisalYear, Objective
from goldenthread.appraisals.queries.completion import completion
from goldenthread.appraisals.queries.serving import people_who_serve
from goldenthread.council.models import Absence, Appointment, Grant, Person, Post, Unit
from goldenthread.measures.models import Actual, Measure, MeasureLink
from goldenthread.measures.services import Entry, record_actual
from goldenthread.plans.models import Element, ElementKind, Link, Plan
from tests.appraisals.test_appraisal_pages import as_user, text

TODAY = date(2027, 1, 18)


def staff(year: AppraisalYear, unit: Unit, number: int, **reached: Any) -> list[Appraisal]:
    """So many more people in a unit, each with an appraisal."""
    template = year.templates.get(tier="officer")
    made = []
    for _each in range(number):
        name = f"{unit.code}-{Post.objects.count()}"
        post = Post.objects.create(code=name, title="Officer", unit=unit, tier="officer")
        person = Person.objects.create(code=name.lower(), name=name)
        Appointment.objects.create(post=post, person=person)
        made.append(Appraisal.objects.create(year=year, template=template, person=person, post=post, **reached))
    return made


@pytest.fixture
def city(council: SimpleNamespace, year: AppraisalYear) -> AppraisalYear:
    """Waste 9 (two with objectives, one left out), Parks 6, Highways 3; the waste officer and head are among the 9."""
    waste = Unit.objects.get(code="WST")
    parks = Unit.objects.create(code="STR", name="Parks", parent=waste.parent)
    roads = Unit.objects.create(code="HWY", name="Highways", parent=waste.parent)
    staff(year, waste, 5)
    staff(year, waste, 2, objectives_on=date(2026, 5, 20), mid_year_on=date(2026, 10, 20))
    (away,) = staff(year, waste, 1)
    Absence.objects.create(person=away.person, starts=date(2026, 12, 7))
    staff(year, parks, 6, objectives_on=date(2026, 5, 20))
    staff(year, roads, 3)
    return year


def lines(year: AppraisalYear) -> list[tuple[Any, ...]]:
    return [
        (line.unit.code, line.depth, line.counted, line.left_out, [*line.reached.values()], line.late)
        for line in completion(year, TODAY)
    ]


def test_what_would_tell_of_a_few_is_held_back(city: AppraisalYear) -> None:
    """Two of the council's 23 had a mid-year review and are not late, one is left out; Parks' six would tell of two."""
    assert lines(city) == [
        ("WCC", 0, 23, None, [8, None, 0, 0], None),
        ("HWY", 1, None, None, [], None),
        ("STR", 1, 6, None, [None, 0, 0, 0], 6),
        ("WST", 1, 9, None, [None, None, 0, 0], None),
    ]
    # Nine people of Waste have objectives now, and one has not.
    waste = Appraisal.objects.filter(post__unit__code="WST", objectives_on=None, person__absences=None)
    waste.update(objectives_on=date(2026, 6, 1))
    staff(city, Unit.objects.get(code="WST"), 1)
    staff(city, Unit.objects.get(code="WCC"), 5, left_out="probation")
    assert lines(city)[0] == ("WCC", 0, 24, 6, [15, None, 0, 0], None)
    assert lines(city)[2] == ("STR", 1, 6, None, [6, 0, 0, 0], 6)
    assert lines(city)[3] == ("WST", 1, 10, None, [None, None, 0, 0], None)


def test_the_next_smallest_is_held_back_where_a_difference_would_tell(city: AppraisalYear) -> None:
    Appraisal.objects.filter(post__unit__code="WCC").delete()

    assert [line[0] for line in lines(city) if line[2]] == ["WCC", "WST"]


def test_leavers_are_not_counted(city: AppraisalYear) -> None:
    services.leave_out(by=None, appraisal=Appraisal.objects.filter(post__unit__code="STR")[0].pk, why="probation")
    Appraisal.objects.filter(post__unit__code="STR").last()
    gone = Appraisal.objects.filter(post__unit__code="WST", person__absences=None).last()
    assert gone is not None
    gone.closed_on = date(2026, 12, 31)
    gone.save()

    assert {line[0]: line[1:3] for line in lines(city)} == {
        "WCC": (0, 21),
        "HWY": (1, None),
        "STR": (1, 5),
        "WST": (1, 8),
    }


@pytest.mark.parametrize(
    ("who", "status"), [("hr", 200), ("other_head", 200), ("head", 403), ("administrator", 403), ("director", 403)]
)
def test_human_resources_and_directors_see_it(
    council: SimpleNamespace, city: AppraisalYear, who: str, status: int
) -> None:
    assert as_user(getattr(council, who)).get("/appraisals/completion/").status_code == status


def test_a_head_sees_their_own_units(council: SimpleNamespace, city: AppraisalYear) -> None:
    Grant.objects.filter(role="head_of_service").update(unit=Unit.objects.get(code="STR"))

    page = text(as_user(council.other_head).get("/appraisals/completion/"))

    assert "Parks" in page
    assert "Waste and Recycling" not in page


def test_the_page_asks_the_same_for_more_people(
    council: SimpleNamespace, city: AppraisalYear, queries_for: Any
) -> None:
    client = as_user(council.hr)
    before = queries_for(client, "/appraisals/completion/")

    staff(city, Unit.objects.create(code="LIT", name="Lighting", parent=Unit.objects.get(code="HWY")), 12)

    assert queries_for(client, "/appraisals/completion/") == before <= 25


def serving(year: AppraisalYear, day: date = TODAY) -> list[tuple[str, int | None]]:
    return [(one.element.code, one.people) for one in people_who_serve(year, day)]


def test_people_are_counted_who_serve_a_priority_by_whatever_way(city: AppraisalYear) -> None:
    plan = Plan.objects.create(code="CP", title="Council plan", state="adopted")
    level = ElementKind.objects.create(code="priority", title="Priority", counts_as="priority")
    aim = ElementKind.objects.create(code="objective", title="Objective", counts_as="objective")
    clean, safe, fair = (
        Element.objects.create(code=code, plan=plan, kind=level, title=title)
        for code, title in (("P1", "A clean city"), ("P2", "A safe city"), ("P3", "A fair city"))
    )
    rounds = Element.objects.create(code="O1", plan=plan, kind=aim, title="Cleaner rounds")
    link = Link.objects.create(above=clean, below=rounds)
    measure = Measure.objects.create(code="WS-01", title="Missed collections")
    shown_by = MeasureLink.objects.create(measure=measure, element=rounds)
    people = list(Appraisal.objects.filter(post__unit__code="STR"))
    for row in people[:3]:
        Objective.objects.create(appraisal=row, element=rounds)
    for row in people[2:5]:
        Objective.objects.create(appraisal=row, measure=measure)
    Objective.objects.create(appraisal=people[5], element=safe)

    assert serving(city) == [("P1", 5), ("P2", None), ("P3", 0)]

    # A community's priority above the council's: the one person who serves that alone would follow from the two.
    above = Element.objects.create(code="P0", plan=plan, kind=level, title="A city to be proud of", order=1)
    for one in (clean, safe):
        Link.objects.create(above=above, below=one)
    assert serving(city) == [("P1", None), ("P2", None), ("P3", 0), ("P0", 6)]

    # From its first day the element of the next plan counts for the one that it took over from.
    after = Element.objects.create(code="O2", plan=plan, kind=aim, title="Every street clean", starts=date(2027, 1, 1))
    Link.objects.create(above=fair, below=after)
    for row, changes in ((rounds, {"ends": date(2026, 12, 31), "succeeded_by": after}), (link, {})):
        type(row).objects.filter(pk=row.pk).update(**{"ends": date(2026, 12, 31)} | changes)
    MeasureLink.objects.filter(pk=shown_by.pk).update(ends=date(2026, 12, 31))
    MeasureLink.objects.create(measure=measure, element=after, starts=date(2027, 1, 1))
    assert serving(city, date(2026, 12, 31)) == [("P1", None), ("P2", None), ("P3", 0), ("P0", 6)]
    assert serving(city) == [("P1", 0), ("P2", None), ("P3", 5), ("P0", None)]


@pytest.fixture
def fed(council: SimpleNamespace, city: AppraisalYear) -> Measure:
    measure = Measure.objects.create(
        code="HR-03", title="Appraisals completed", frequency="quarter", data_type="percentage", reading="snapshot"
    )
    services.feed_measure(by=council.hr, year=city, measure=measure)
    assert Actual.objects.count() == 0, "nobody signed, and nobody was to sign in those twelve months"
    return measure


def figures() -> list[tuple[Any, ...]]:
    return list(Actual.objects.order_by("pk").values_list("period", "numerator", "denominator", "missing", "state"))


def completion_says() -> str:
    said = StringIO()
    call_command("completion", stdout=said)
    return said.getvalue()


SIGNED = {
    "objectives_on": date(2026, 5, 1),
    "year_end_on": date(2026, 12, 1),
    "appraisee_signed_on": date(2026, 12, 1),
    "appraiser_signed_on": date(2026, 12, 2),
}


def test_completion_feeds_its_measure_by_itself_and_only_once(city: AppraisalYear, fed: Measure) -> None:
    """Counted is who was there when the quarter ended: who left since is, and who came since is not."""
    *_others, left, came = staff(city, Unit.objects.get(code="STR"), 8, **SIGNED)
    Appraisal.objects.filter(pk=left.pk).update(closed_on=date(2027, 1, 8))
    Appointment.objects.filter(person=left.person).update(ends=date(2027, 1, 8))
    Appointment.objects.filter(person=came.person).update(starts=date(2027, 1, 4))

    assert completion_says() == "HR-03: 2026/27 Q3\n1 figures recorded.\n"
    assert completion_says() == "0 figures recorded.\n"
    assert figures() == [("2026/27 Q3", Decimal(7), Decimal(30), "", "provisional")]


def test_a_share_that_tells_of_a_few_is_suppressed_and_what_somebody_entered_stays(
    council: SimpleNamespace, city: AppraisalYear, fed: Measure
) -> None:
    staff(city, Unit.objects.get(code="STR"), 4, **SIGNED)
    suppressed = ("2026/27 Q3", None, None, "suppressed", "provisional")

    assert completion_says() == "HR-03: 2026/27 Q3\n1 figures recorded.\n"
    assert figures() == [suppressed]

    record_actual(by=council.hr, measure="HR-03", entry=Entry(period="2026/27 Q3", value=Decimal(15)))
    staff(city, Unit.objects.get(code="STR"), 3, **SIGNED)

    assert completion_says() == "0 figures recorded.\n"
    assert figures() == [suppressed, ("2026/27 Q3", None, None, "", "final")]
