"""How ratings are spread: counted once, of ten people or more, for human resources alone."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from goldenthread.appraisals import services
from goldenthread.appraisals.models import Appraisal, AppraisalYear, Objective, RatingsCounted, Sealed
from goldenthread.appraisals.services.act import sealed_row
from goldenthread.council.models import Grant, Person, Post, Unit
from goldenthread.history.acts import Refused
from goldenthread.history.models import Change
from goldenthread.history.services import write_change
from tests.appraisals.test_appraisal_pages import as_user, text

SIGNED = {
    "objectives_on": date(2026, 5, 1),
    "year_end_on": date(2027, 3, 1),
    "appraisee_signed_on": date(2027, 4, 1),
    "appraiser_signed_on": date(2027, 4, 2),
}


def rated(council: SimpleNamespace, year: AppraisalYear, unit: str, tier: str, ratings: list[int]) -> None:
    """So many more people of a unit and tier, each signed by both, with these ratings."""
    home = Unit.objects.get_or_create(code=unit, defaults={"name": unit, "parent": Unit.objects.get(code="WCC")})[0]
    change = write_change(by=None, verb="write_appraisals", object="test")
    boss = Person.objects.get(code="ian-muirhead")
    for rating in ratings:
        code = f"{unit}-{tier}-{Post.objects.count()}"
        post = Post.objects.create(code=code, title=tier, unit=home, tier=tier)
        row = Appraisal.objects.create(
            year=year,
            template=year.templates.get(tier=tier),
            person=Person.objects.create(code=code.lower(), name=code),
            post=post,
            appraiser=boss,
            **SIGNED,
        )
        objective = Objective.objects.create(appraisal=row, order=1)
        said = {"rating": rating, "text": ""}
        kind = Sealed.Kind.RATING
        sealed_row(row, kind, said, side="appraiser", by=boss, change=change, objective=objective).save()


@pytest.fixture
def over(council: SimpleNamespace, year: AppraisalYear, settings: Any) -> AppraisalYear:
    """The year is over: Waste has 10 officers and 2 heads, Parks 12 officers, Roads 4 and 9 in the office."""
    rated(council, year, "WST", "officer", [2] * 7 + [3] * 3)
    rated(council, year, "WST", "head", [3] * 2)
    rated(council, year, "STR", "officer", [1] + [2] * 11)
    rated(council, year, "HWY", "officer", [2] * 4)
    rated(council, year, "WCC", "chief officer", [3] * 9)
    settings.TODAY = date(2027, 5, 10)
    return year


def lines(counted: RatingsCounted) -> tuple[dict[str, Any], dict[str, Any]]:
    table = counted.tables[0]
    return (
        {one["unit"]: one["counts"] for one in table["units"]},
        {one["name"]: one["counts"] for one in table["tiers"]},
    )


def test_ten_and_more_are_shown_and_the_rest_is_not_even_kept(council: SimpleNamespace, over: AppraisalYear) -> None:
    """Officers are 26 of 37. All the others are outstanding: each of theirs would follow from the officers'."""
    counted = services.count_ratings(by=council.hr, year=over)

    units, tiers = lines(counted)
    assert units == {
        "WCC": {"1": 1, "2": 22, "3": 14},
        "WST": {"2": 7, "3": 5},
        "STR": {"1": 1, "2": 11},
        "HWY": None,
    }
    assert tiers == {"chief officer": None, "head": None, "officer": None}
    assert Change.objects.filter(verb="count_ratings").values_list("reason", "object").get() == (
        "",
        "appraisal year 2026/27",
    )


def test_tiers_are_shown_where_they_tell_nothing(council: SimpleNamespace, over: AppraisalYear) -> None:
    rated(council, over, "WST", "head", [2] + [3] * 9)
    rated(council, over, "WCC", "chief officer", [2])
    rated(council, over, "HWY", "officer", [2] * 5 + [3])

    assert lines(services.count_ratings(by=council.hr, year=over))[1] == {
        "chief officer": {"2": 1, "3": 9},
        "head": {"2": 1, "3": 11},
        "officer": {"1": 1, "2": 27, "3": 4},
    }


def test_a_group_in_which_all_have_the_same_rating_is_held_back(council: SimpleNamespace, over: AppraisalYear) -> None:
    """Eight more of Highways are good, as the other four: it would tell everybody's, also beside the council's own."""
    rated(council, over, "HWY", "officer", [2] * 8)

    units, _tiers = lines(services.count_ratings(by=council.hr, year=over))

    assert units == {
        "WCC": {"1": 1, "2": 30, "3": 14},
        "WST": {"2": 7, "3": 5},
        "STR": {"1": 1, "2": 11},
        "HWY": None,
    }
    page = text(as_user(council.hr).get("/appraisals/ratings/"))
    assert "or people who all have the same rating, so that everybody's would be told" in page.replace("&#39;", "'")


def test_they_are_counted_once_and_only_when_the_last_signatures_were_due(
    council: SimpleNamespace, over: AppraisalYear, settings: Any
) -> None:
    settings.TODAY = date(2027, 4, 30)
    with pytest.raises(Refused, match="once the year is over"):
        services.count_ratings(by=council.hr, year=over)
    settings.TODAY = date(2027, 5, 1)
    services.count_ratings(by=council.hr, year=over)

    with pytest.raises(Refused, match="a second count"):
        services.count_ratings(by=council.hr, year=over)


def test_whoever_has_not_signed_is_left_out_or_left_is_not_counted(
    council: SimpleNamespace, over: AppraisalYear
) -> None:
    parks = Appraisal.objects.filter(post__unit__code="STR").order_by("pk")
    for row, change in zip(
        parks, ({"appraisee_signed_on": None}, {"left_out": "probation"}, {"closed_on": date(2027, 1, 1)}), strict=False
    ):
        Appraisal.objects.filter(pk=row.pk).update(**change)

    units, _tiers = lines(services.count_ratings(by=council.hr, year=over))

    assert (sum(units["WCC"].values()), units["STR"]) == (34, None)


def test_other_scales_are_counted_apart(council: SimpleNamespace, over: AppraisalYear) -> None:
    over.templates.filter(tier="chief officer").update(scale=[[1, "Below"], [3, "Above"]])

    tables = services.count_ratings(by=council.hr, year=over).tables

    assert [(len(one["scale"]), [line["counts"] for line in one["units"]][:1]) for one in tables] == [
        (3, [{"1": 1, "2": 22, "3": 5}]),
        (2, [None]),
    ]


def test_human_resources_count_and_see_them_and_what_is_held_back(
    council: SimpleNamespace, over: AppraisalYear
) -> None:
    client = as_user(council.hr)
    assert "37 of 44 appraisals are signed by both." in text(client.get("/appraisals/ratings/"))

    page = text(client.post(f"/appraisals/ratings/{over.pk}/count/", follow=True))

    assert "The ratings of 2026/27 are counted." in page
    assert "Outstanding" in page
    assert "1 is held back" in page
    assert "HWY" in page


def test_human_resources_of_some_units_see_those(council: SimpleNamespace, over: AppraisalYear) -> None:
    services.count_ratings(by=council.hr, year=over)
    Grant.objects.filter(role="human_resources").update(unit=Unit.objects.get(code="STR"))

    page = text(as_user(council.hr).get("/appraisals/ratings/"))

    assert ("STR" in page, "Waste and Recycling" in page, "By tier" in page) == (True, False, False)


@pytest.mark.parametrize("who", ["administrator", "head", "other_head", "chief"])
def test_nobody_else_sees_or_counts_them(council: SimpleNamespace, over: AppraisalYear, who: str) -> None:
    client = as_user(getattr(council, who))

    assert client.get("/appraisals/ratings/").status_code == 403
    assert client.post(f"/appraisals/ratings/{over.pk}/count/").status_code == 403
    assert RatingsCounted.objects.count() == 0
