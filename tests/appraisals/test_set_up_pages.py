"""A year set up by human resources: days, templates, windows, and who is left out of the counts."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from goldenthread.appraisals import services
from goldenthread.appraisals.models import Appraisal, AppraisalYear, Template, Window
from goldenthread.appraisals.queries.completion import completion
from goldenthread.history.acts import Refused
from tests.appraisals.test_appraisal_pages import as_user, text

DAYS = {
    "objectives_due": "31/7/2026",
    "mid_year_due": "18/12/2026",
    "year_end_due": "31/3/2027",
    "signed_due": "28/5/2027",
}


def test_days_are_moved_and_windows_given_changed_and_taken_away(
    council: SimpleNamespace, year: AppraisalYear, appraisal: Appraisal
) -> None:
    """Begun appraisals move with them: the officer's in Waste is held to the window of Waste."""
    client, at = as_user(council.hr), f"/appraisals/years/{year.pk}/"

    def due() -> date:
        return Appraisal.objects.get(pk=appraisal.pk).due.objectives

    assert "This comes before the stage above" in text(client.post(f"{at}dates/", DAYS | {"signed_due": "1/4/2026"}))
    client.post(f"{at}dates/", DAYS | {"objectives_due": "5/6/2026"})
    assert due() == date(2026, 6, 5)

    assert "Say whose days these are" in text(client.post(f"{at}windows/new/", DAYS | {"title": "Waste"}))
    client.post(f"{at}windows/new/", DAYS | {"title": "Waste", "unit": "WST"})
    window = Window.objects.get()
    assert (due(), window.appraisals.count()) == (date(2026, 7, 31), 2)
    page = text(client.get(at))
    assert "Waste and Recycling" in page
    assert "31 Jul" in page

    client.post(f"/appraisals/years/windows/{window.pk}/", DAYS | {"title": "Heads", "tier": "head"})
    assert (due(), Window.objects.get().appraisals.count()) == (date(2026, 6, 5), 3)
    client.post(f"/appraisals/years/windows/{window.pk}/remove/")
    assert Window.objects.count() == 0
    assert Appraisal.objects.filter(window__isnull=False).count() == 0


def test_a_tier_without_a_template_is_named_and_gets_one(council: SimpleNamespace, year: AppraisalYear) -> None:
    Appraisal.objects.filter(template__tier="officer").delete()
    Template.objects.filter(tier="officer").delete()
    client, at = as_user(council.hr), f"/appraisals/years/{year.pk}/"

    assert "Nobody in them is appraised: officer." in text(client.get(at))
    said = {"tier": "officer", "title": "Officers", "scale": "Low\nHigh", "rule": "lowest", "competencies_share": "0"}
    client.post(f"{at}templates/new/", said | {"moderated": "on"})
    made = year.templates.get(tier="officer")
    assert (made.title, made.scale, made.rule, made.moderated) == (
        "Officers",
        [[1, "Low"], [2, "High"]],
        "lowest",
        False,
    )
    assert "Every tier of posts has a template." in text(client.get(f"{at}templates/new/", follow=True))


def test_somebody_is_left_out_until_a_day_and_counted_again(
    council: SimpleNamespace, year: AppraisalYear, appraisal: Appraisal
) -> None:
    client, at = as_user(council.hr), f"/appraisals/{appraisal.pk}/leave-out/"

    assert "That day has passed" in text(client.post(at, {"why": "absent", "until": "1/1/2027"}))
    client.post(at, {"why": "absent", "until": "1/2/2027"})
    page = text(client.get(f"/appraisals/years/{year.pk}/people/?left-out=on"))
    assert ("Meera Pillai" in page, "until 1 February 2027" in page, "Kenneth Brodrick" in page) == (True, True, False)
    counts = [
        [(line.counted, line.left_out) for line in completion(year, day) if line.depth == 0]
        for day in (date(2027, 2, 1), date(2027, 2, 2))
    ]
    assert counts == [[(6, None)], [(7, None)]]  # of one left out nothing is told

    client.post(at, {"again": "yes"})
    assert not Appraisal.objects.get(pk=appraisal.pk).is_left_out(date(2027, 1, 18))
    with pytest.raises(Refused, match="Choose a reason"):
        services.leave_out(by=council.hr, appraisal=appraisal.pk, why="holiday")


def test_a_page_of_people_says_nothing_of_stages_and_asks_the_same_for_many(
    council: SimpleNamespace, year: AppraisalYear, written: Appraisal, queries_for: Any
) -> None:
    client = as_user(council.hr)
    paths = [f"/appraisals/years/{year.pk}/{more}" for more in ("", "people/")]
    before = [queries_for(client, path) for path in paths]
    assert "Nobody found" in text(client.get(f"{paths[1]}?q=unicorn"))
    for tell in ("Mid-year", "overdue", "Signed"):
        assert tell not in text(client.get(paths[1]))

    Appraisal.objects.exclude(pk=written.pk).delete()
    Window.objects.all().delete()

    assert [queries_for(client, path) for path in paths] == before
    assert max(before) <= 25


@pytest.mark.parametrize("who", ["head", "administrator"])
def test_nobody_else_sets_a_year_up(council: SimpleNamespace, appraisal: Appraisal, who: str) -> None:
    client, at = as_user(getattr(council, who)), f"/appraisals/years/{appraisal.year_id}/"
    paths = [at, f"{at}dates/", f"{at}people/", f"{at}templates/new/", f"{at}windows/new/"]

    assert {client.post(path).status_code for path in [*paths, f"/appraisals/{appraisal.pk}/leave-out/"]} == {403}
