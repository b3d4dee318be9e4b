"""Moderation: a named panel sees the overall rating, from a day to a day, and nothing else."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from goldenthread.appraisals import services
from goldenthread.appraisals.content import content_of
from goldenthread.appraisals.models import Appraisal, Panel
from goldenthread.history.acts import Refused
from goldenthread.history.models import Change
from tests.appraisals.test_appraisal_pages import as_user, text
from tests.appraisals.test_sealed_from_all import MARKER, addresses, signed_in, told

DAYS = {"starts": date(2027, 1, 11), "ends": date(2027, 1, 31)}


@pytest.fixture
def panel(council: SimpleNamespace, written: Appraisal) -> Panel:
    """Officers are moderated, as was said before the year began; the chief and another head sit."""
    written.year.templates.filter(tier="officer").update(moderated=True)
    members = ["marian-thackeray", "kenneth-brodrick"]
    return services.name_panel(by=council.hr, template=written.template_id, members=members, **DAYS)


def test_the_panel_sees_the_overall_rating_and_nothing_else(council: SimpleNamespace, panel: Panel) -> None:
    page = text(signed_in(council.chief).get("/appraisals/moderation/"))

    assert "Meera Pillai" in page
    assert "<strong>Good</strong>" in page
    assert MARKER not in page


def test_nothing_else_stands_on_a_page_of_the_panel(council: SimpleNamespace, panel: Panel, marked: Appraisal) -> None:
    client = signed_in(council.chief)

    pages = ["/", *(path for path in addresses(marked) if path.startswith("/appraisals/"))]
    assert [path for path in pages if MARKER.encode() in told(client.get(path))] == []
    assert client.get(f"/appraisals/{marked.pk}/").status_code == 403


def test_nobody_but_the_panel_sees_it_and_only_on_its_days(
    council: SimpleNamespace, panel: Panel, settings: Any
) -> None:
    who = {name: as_user(getattr(council, name)) for name in ("chief", "other_head", "hr", "administrator", "head")}
    opened = {name: client.get("/appraisals/moderation/").status_code for name, client in who.items()}
    settings.TODAY = date(2027, 2, 1)

    assert opened == {"chief": 200, "other_head": 200, "hr": 403, "administrator": 403, "head": 403}
    assert as_user(council.chief).get("/appraisals/moderation/").status_code == 403


def test_a_panel_does_not_see_its_own_members_or_another_templates_ratings(
    council: SimpleNamespace, panel: Panel
) -> None:
    members = ["meera-pillai", "marian-thackeray"]
    services.name_panel(by=council.hr, template=panel.template_id, members=members, **DAYS)

    assert "<strong>" not in text(as_user(council.officer).get("/appraisals/moderation/"))
    own = Appraisal.objects.get(person__code="meera-pillai")
    other = Appraisal.objects.get(person__code="deborah-lockyer")
    for by, row in ((council.officer, own), (council.chief, other), (council.hr, own)):
        with pytest.raises(PermissionDenied):
            services.suggest_rating(by=by, panel=panel.pk, appraisal=row.pk, rating=3, text="Better")


def test_it_suggests_and_the_appraiser_alone_changes(
    council: SimpleNamespace, panel: Panel, written: Appraisal
) -> None:
    client, path = as_user(council.chief), f"/appraisals/moderation/{panel.pk}/{written.pk}/"
    assert "There is a problem" in text(client.post(path, {"rating": "3", "text": ""}))
    page = text(client.post(path, {"rating": "3", "text": "Others with the same were Outstanding."}, follow=True))

    assert "The appraiser finds it on the appraisal, and decides." in page
    for reader in (council.head, council.officer, council.director):
        page = text(as_user(reader).get(f"/appraisals/{written.pk}/"))
        assert "The panel suggests Outstanding" in page
        assert "Others with the same were Outstanding." in page
    assert content_of(written, reader=council.head).rating(written.objectives.get().pk, "appraiser") == 2
    assert Change.objects.filter(verb="suggest_rating").values_list("object", "reason").get() == (
        f"appraisal {written.pk}",
        "",
    )
    services.sign(by=council.officer, appraisal=written.pk)
    services.sign(by=council.head, appraisal=written.pk)
    with pytest.raises(Refused, match="before both have signed"):
        services.suggest_rating(by=council.chief, panel=panel.pk, appraisal=written.pk, rating=3, text="Late")


def test_the_appraisee_finds_who_sees_it_and_when(council: SimpleNamespace, panel: Panel, written: Appraisal) -> None:
    page = text(as_user(council.officer).get(f"/appraisals/{written.pk}/"))

    assert "Moderation is on" in page
    assert "From 11 January 2027 to 31 January 2027: Kenneth Brodrick, Marian Thackeray." in page


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"members": ["marian-thackeray"]}, "members"),
        ({"ends": date(2027, 1, 1)}, "ends"),
        ({"ends": date(2027, 12, 31)}, "ends"),
    ],
)
def test_a_panel_is_named_sensibly(council: SimpleNamespace, panel: Panel, changed: dict[str, Any], field: str) -> None:
    named = {"members": ["marian-thackeray", "kenneth-brodrick"], **DAYS} | changed
    with pytest.raises(Refused) as refused:
        services.name_panel(by=council.hr, template=panel.template_id, **named)

    assert list(refused.value.faults) == [field]


def test_no_panel_where_moderation_is_off(council: SimpleNamespace, panel: Panel) -> None:
    off = panel.template.year.templates.get(tier="head")

    with pytest.raises(Refused, match="Moderation is off"):
        services.name_panel(by=council.hr, template=off.pk, members=["marian-thackeray", "ian-muirhead"], **DAYS)
    assert as_user(council.hr).get(f"/appraisals/panels/{off.pk}/").status_code == 404


def test_human_resources_name_the_panel(council: SimpleNamespace, panel: Panel) -> None:
    client, path = as_user(council.hr), f"/appraisals/panels/{panel.template_id}/"
    sent = {"member-0": "ian-muirhead", "member-1": "", "starts": "11/1/2027", "ends": "31/1/2027"}
    assert "There is a problem" in text(client.post(path, sent))
    page = text(client.post(path, sent | {"member-1": "marian-thackeray"}, follow=True))

    assert "Ian Muirhead, Marian Thackeray" in page
    for who in ("head", "administrator", "chief"):
        assert as_user(getattr(council, who)).get("/appraisals/panels/").status_code == 403
