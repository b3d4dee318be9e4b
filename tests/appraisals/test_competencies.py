"""The competency framework: written, adopted, fixed once used, copied; rated by both sides, and counted."""

from types import SimpleNamespace

import pytest

from goldenthread.appraisals import services
from goldenthread.appraisals.content import content_of
from goldenthread.appraisals.models import Appraisal, AppraisalYear, Framework, Side
from goldenthread.appraisals.rating import overall_of
from goldenthread.domain.appraisals import overall_sum, overall_words
from goldenthread.history.acts import Refused
from tests.appraisals.test_appraisal_pages import as_user, text
from tests.appraisals.test_years_pages import NEXT
from tests.appraisals.waste import SCALE


def shown(framework: Framework) -> list[tuple[str, list[str]]]:
    return [
        (one.title, [told.text for told in one.behaviours.order_by("level__order")])
        for one in framework.competencies.all()
    ]


def test_a_framework_is_written_adopted_used_and_copied_through_the_pages(
    council: SimpleNamespace, year: AppraisalYear
) -> None:
    client = as_user(council.hr)
    client.post("/appraisals/competencies/", {"title": "How we lead", "levels": "Everybody\nLeads others\n"})
    first = Framework.objects.get(title="How we lead")
    low, high = first.levels.all()
    at = f"/appraisals/competencies/{first.pk}/"

    assert "Write at least one competency first." in text(client.post(f"{at}adopt/", follow=True))
    listens = {"title": "Listens", f"level-{low.pk}": "Hears people out"}
    client.post(f"{at}new/", listens)
    assert "Say what shows “Listens” at: Leads others." in text(client.post(f"{at}adopt/", follow=True))
    client.post(f"{at}{first.competencies.get().pk}/", listens | {f"level-{high.pk}": "Asks the quiet ones"})
    assert "Version 1 is adopted" in text(client.post(f"{at}adopt/", follow=True))

    client.post("/appraisals/years/", NEXT)
    template = AppraisalYear.objects.get(period="2027/28").templates.get(tier="head")
    said = {"title": "Heads", "scale": "Low\nHigh", "rule": "weighted_mean", "level": high.pk, "competencies_share": 40}
    client.post(f"/appraisals/years/templates/{template.pk}/", said | {"sections": "What went well: who helped?"})
    template.refresh_from_db()
    assert (template.framework, template.level, template.competencies_share) == (first, high, 40)
    assert (template.scale, template.sections) == (
        [[1, "Low"], [2, "High"]],
        [{"code": "1-what-went-well", "title": "What went well", "hint": "who helped?"}],
    )

    fixed = text(client.post(f"{at}levels/", {"levels": "All"}))
    assert "A year of appraisals uses this version: write the next one." in fixed
    assert "Version 2 is a copy" in text(client.post(f"{at}next-version/", follow=True))
    second = Framework.objects.get(title=first.title, version=2)
    assert shown(second) == shown(first) == [("Listens", ["Hears people out", "Asks the quiet ones"])]
    assert "still being written" in text(client.post(f"{at}next-version/", follow=True))
    client.post(f"/appraisals/competencies/{second.pk}/{second.competencies.get().pk}/drop/")
    assert (shown(second), len(shown(first))) == ([], 1)


def test_a_level_goes_only_when_nothing_is_written_at_it(council: SimpleNamespace) -> None:
    framework = services.start_framework(by=council.hr, title="How we work", levels=["All", "Leads"])
    services.change_levels(by=council.hr, framework=framework.pk, levels=["Everybody"])
    services.change_levels(by=council.hr, framework=framework.pk, levels=["Everybody", "Leads others"])
    high = framework.levels.get(order=2)
    services.write_competency(by=council.hr, framework=framework.pk, title="Listens", behaviours={high.pk: "Asks"})

    with pytest.raises(Refused, match="take them out first"):
        services.change_levels(by=council.hr, framework=framework.pk, levels=["Everybody"])
    with pytest.raises(Refused, match="There is a framework of that title"):
        services.start_framework(by=council.hr, title="How we work", levels=["All"])


@pytest.mark.parametrize("who", ["head", "administrator"])
def test_others_read_what_is_adopted_and_write_nothing(
    council: SimpleNamespace, framework: Framework, who: str
) -> None:
    draft = services.start_next_version(by=council.hr, framework=framework.pk)
    client = as_user(getattr(council, who))

    assert "Hears people out" in text(client.get(f"/appraisals/competencies/{framework.pk}/"))
    assert "Begin a framework" not in text(client.get("/appraisals/competencies/"))
    client.post("/appraisals/competencies/", {"title": "Mine", "levels": "All"})
    assert client.get(f"/appraisals/competencies/{draft.pk}/").status_code == 404
    for path in ("levels/", "new/", "adopt/", "next-version/"):
        assert client.post(f"/appraisals/competencies/{draft.pk}/{path}").status_code == 403
    assert Framework.objects.count() == 2


def test_both_sides_rate_and_the_overall_rating_says_its_sum(
    council: SimpleNamespace, appraisal: Appraisal, framework: Framework
) -> None:
    """The officer's objective at 2, and two competencies at 3 and 3 that make 40% of the whole."""
    objective = services.write_objective(by=council.officer, appraisal=appraisal.pk, what="Fewer missed bins")
    services.agree_objectives(by=council.head, appraisal=appraisal.pk)
    services.hold_mid_year(by=council.head, appraisal=appraisal.pk)
    listens, learns = appraisal.template.competencies
    officer, head = as_user(council.officer), as_user(council.head)
    rated = {f"rating-{objective.pk}": "2", f"competency-{listens.pk}": "3"}

    assert "There is a problem" in text(head.post(f"/appraisals/{appraisal.pk}/rate/", rated))
    services.rate(by=council.head, appraisal=appraisal.pk, ratings={objective.pk: 2}, competencies={listens.pk: 3})
    with pytest.raises(Refused, match="Rate everything"):
        services.hold_year_end(by=council.head, appraisal=appraisal.pk)
    with pytest.raises(Refused):
        services.rate(by=council.head, appraisal=appraisal.pk, ratings={}, competencies={listens.pk + 100: 3})

    beside = {f"competency-{learns.pk}": "2", f"competency-text-{learns.pk}": "The crew's induction"}
    officer.post(f"/appraisals/{appraisal.pk}/rate/", rated | beside)
    head.post(f"/appraisals/{appraisal.pk}/rate/", rated | {f"competency-{learns.pk}": "3"})
    services.hold_year_end(by=council.head, appraisal=appraisal.pk)

    content = content_of(appraisal, reader=council.director)
    given = content.competency(learns.pk, Side.APPRAISEE)
    assert given is not None
    assert given.said == {"rating": 2, "text": "The crew's induction"}
    found = overall_of(content, appraisal.template, [objective])
    assert found is not None
    assert (overall_words(found), overall_sum(found)) == (
        "Good: objectives at 60% and competencies at 40% make 2.4, which is nearest to 2",
        "objectives 2; competencies (3 + 3) ÷ 2 = 3; together 60% × 2 + 40% × 3 = 2.4",
    )
    page = text(officer.get(f"/appraisals/{appraisal.pk}/"))
    for told in ("The crew's induction", "Hears people out", "together 60% × 2 + 40% × 3 = 2.4"):
        assert told in page
    assert "Listens" in text(officer.get(f"/appraisals/{appraisal.pk}/sign/"))


def test_a_template_is_fixed_once_appraisals_have_begun_by_it(council: SimpleNamespace, year: AppraisalYear) -> None:
    template = year.templates.get(tier="officer")
    kept = {"title": "Officers", "scale": SCALE, "rule": "lowest"}

    with pytest.raises(Refused, match="stays as it is"):
        services.change_template(by=council.hr, template=template.pk, **kept)

    template.appraisals.all().delete()
    for wrong, field in (
        ({"competencies_share": 30}, "level"),
        ({"moderated": True}, "moderated"),
        ({"scale": SCALE[:1]}, "scale"),
        ({"title": " "}, "title"),
    ):
        with pytest.raises(Refused) as refused:
            services.change_template(by=council.hr, template=template.pk, **(kept | wrong))
        assert list(refused.value.faults) == [field]
    assert services.change_template(by=council.hr, template=template.pk, **kept).rule == "lowest"


def test_the_next_year_expects_the_newest_version(council: SimpleNamespace, framework: Framework, year: object) -> None:
    second = services.start_next_version(by=council.hr, framework=framework.pk)
    services.adopt_framework(by=council.hr, framework=second.pk)

    as_user(council.hr).post("/appraisals/years/", NEXT)

    template = AppraisalYear.objects.get(period="2027/28").templates.get(tier="officer")
    assert (template.framework, template.level, template.competencies_share) == (second, second.levels.get(order=1), 40)
