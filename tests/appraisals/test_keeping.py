"""Records opened to two officers, held for the law, and removed when their time is up."""

import json
from datetime import date
from io import StringIO
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command

from goldenthread.appraisals import services
from goldenthread.appraisals.models import Appraisal, DisclosureStep, LegalHold, Objective, Removal, Sealed
from goldenthread.appraisals.services.retention import Retained
from goldenthread.council.models import Grant, Person
from goldenthread.history.acts import Refused
from goldenthread.history.models import Change
from tests.appraisals.test_appraisal_pages import as_user, text
from tests.appraisals.waste import MARKER, fresh

ASK = {"purpose": "grievance", "reason": "Case 12 of the people team", "days": 14}
#: The signed records of 2026/27 go after this day.
KEPT_UNTIL = date(2033, 3, 31)


def asked(council: SimpleNamespace, appraisal: Appraisal, **changed: Any) -> int:
    return services.ask_disclosure(by=council.hr, appraisal=appraisal.pk, **ASK | changed).pk


@pytest.fixture
def opened(council: SimpleNamespace, written: Appraisal) -> str:
    """Where the record opens that human resources asked for and an administrator granted."""
    key = asked(council, written)
    services.grant_disclosure(by=council.administrator, disclosure=key)
    return f"/appraisals/records/disclosures/{key}"


def test_a_record_opens_for_the_two_alone_and_each_opening_is_kept(
    council: SimpleNamespace, written: Appraisal, opened: str
) -> None:
    found = {
        who: text(as_user(getattr(council, who)).get(f"{opened}/record/")).count(MARKER)
        for who in ("hr", "administrator", "officer", "head", "director", "other_head", "chief")
    }

    assert found == {
        "hr": found["administrator"],
        "administrator": found["hr"],
        **dict.fromkeys(("officer", "head", "director", "other_head", "chief"), 0),
    }
    assert found["hr"] == 21
    steps = DisclosureStep.objects.order_by("pk").values_list("kind", "by__code")
    assert list(steps) == [
        ("granted", "rory-macaskill"),
        ("opened", "teresa-monkhouse"),
        ("opened", "rory-macaskill"),
    ]
    said = Change.objects.filter(verb__contains="disclos").order_by("pk").values_list("verb", "object", "reason")
    assert list(said) == [
        (verb, f"appraisal {written.pk}", "")
        for verb in ("ask_disclosure", "grant_disclosure", "open_disclosed", "open_disclosed")
    ]


def test_a_third_officer_opens_nothing(council: SimpleNamespace, written: Appraisal, opened: str) -> None:
    person = Person.objects.get(code="kenneth-brodrick")
    for role in ("human_resources", "administrator"):
        Grant.objects.create(role=role, person=person)

    answer = as_user(council.other_head).get(f"{opened}/record/")

    assert (answer.status_code, MARKER in text(answer)) == (403, False)
    assert as_user(council.other_head).get(f"{opened}/").status_code == 200


def test_it_shuts_when_its_days_are_over_or_either_ends_it(
    council: SimpleNamespace, written: Appraisal, opened: str, settings: Any
) -> None:
    client = as_user(council.hr)
    days = []
    for day in (date(2027, 1, 31), date(2027, 2, 1)):
        settings.TODAY = day
        days.append(client.get(f"{opened}/record/").status_code)
    settings.TODAY = date(2027, 1, 20)
    as_user(council.administrator).post(f"{opened}/end/")

    assert (days, client.get(f"{opened}/record/").status_code) == ([200, 403], 403)


def test_whoever_loses_the_role_or_becomes_a_side_opens_it_no_more(
    council: SimpleNamespace, written: Appraisal, opened: str
) -> None:
    Grant.objects.filter(role="administrator").delete()
    services.name_deputy(by=council.head, person="teresa-monkhouse", starts=date(2027, 1, 18), ends=date(2027, 1, 31))

    for who in (council.administrator, council.hr):
        assert as_user(who).get(f"{opened}/record/").status_code == 403


def test_nobody_grants_their_own_and_no_side_asks_or_grants(council: SimpleNamespace, written: Appraisal) -> None:
    key = asked(council, written)
    with pytest.raises(Refused, match="Somebody else grants"):
        services.grant_disclosure(by=council.hr, disclosure=key)
    Grant.objects.create(role="administrator", person=Person.objects.get(code="ian-muirhead"))
    for by in (council.director, council.head, council.other_head):
        with pytest.raises(PermissionDenied):
            services.grant_disclosure(by=fresh(by), disclosure=key)
    with pytest.raises(PermissionDenied):
        services.ask_disclosure(by=fresh(council.director), appraisal=written.pk, **ASK)
    own = Appraisal.objects.get(person__code="teresa-monkhouse")
    with pytest.raises(PermissionDenied):
        services.ask_disclosure(by=council.hr, appraisal=own.pk, **ASK)

    assert DisclosureStep.objects.count() == 0


def test_two_administrators_are_not_enough(council: SimpleNamespace, written: Appraisal) -> None:
    Grant.objects.create(role="administrator", person=Person.objects.get(code="kenneth-brodrick"))
    key = services.ask_disclosure(by=council.administrator, appraisal=written.pk, **ASK).pk

    with pytest.raises(Refused, match="from Human Resources"):
        services.grant_disclosure(by=fresh(council.other_head), disclosure=key)
    assert services.grant_disclosure(by=council.hr, disclosure=key).is_open(date(2027, 1, 18))
    with pytest.raises(Refused, match="asked for already"):
        asked(council, written)


def test_the_appraisee_is_told_unless_it_must_wait(council: SimpleNamespace, written: Appraisal, settings: Any) -> None:
    key = asked(council, written, tell_from=date(2027, 2, 15))
    services.grant_disclosure(by=council.administrator, disclosure=key)
    client, path = as_user(council.officer), f"/appraisals/{written.pk}/"
    before = text(client.get(path))
    settings.TODAY = date(2027, 2, 15)

    told = text(client.get(path))
    assert "Opened to officers" not in before
    assert "Teresa Monkhouse, Rory Macaskill" in told
    assert "Grievance, 18 January 2027 – 31 January 2027" in told
    assert ASK["reason"] not in told
    assert "Opened to officers" not in text(as_user(council.head).get(path))


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"days": 29}, "days"),
        ({"tell_from": date(2027, 1, 18)}, "tell_from"),
        ({"purpose": "curiosity"}, "purpose"),
    ],
)
def test_what_is_asked_is_reasonable(
    council: SimpleNamespace, written: Appraisal, changed: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        asked(council, written, **changed)

    assert list(refused.value.faults) == [field]


def test_asked_granted_opened_and_held_through_the_pages(council: SimpleNamespace, written: Appraisal) -> None:
    hr, other = as_user(council.hr), as_user(council.administrator)
    sent = {"person": "meera-pillai", "year": "2026/27", **ASK}
    assert "There is a problem" in text(hr.post("/appraisals/records/ask/", {**sent, "reason": ""}))
    page = hr.post("/appraisals/records/ask/", sent, follow=True)
    assert "Ask another officer to grant it" in text(page)
    here = page.redirect_chain[-1][0]
    assert "Waiting to be granted" in text(other.get("/appraisals/records/"))
    assert "It is open for the two of you." in text(other.post(f"{here}grant/", follow=True))
    assert "Open the record" in text(hr.get(here))
    assert f"{MARKER} disagreement" in text(hr.get(f"{here}record/"))
    assert "Teresa Monkhouse, 18 January 2027" in text(other.get(here))

    held = {"person": "meera-pillai", "year": "2026/27", "reason": "Tribunal"}
    assert "held until the hold is lifted" in text(hr.post("/appraisals/records/hold/", held, follow=True))
    own = {**held, "person": "teresa-monkhouse"}
    assert "another officer does this" in text(hr.post("/appraisals/records/hold/", own))
    assert "It is held already." in text(hr.post("/appraisals/records/hold/", held))
    page = other.post(f"/appraisals/records/holds/{LegalHold.objects.get().pk}/lift/", follow=True)
    assert "The hold is lifted" in text(page)
    for who in ("head", "officer", "other_head"):
        assert as_user(getattr(council, who)).get("/appraisals/records/").status_code == 403


def test_what_was_written_is_removed_when_its_time_is_up_but_for_what_is_held(
    council: SimpleNamespace, written: Appraisal, settings: Any
) -> None:
    held = Appraisal.objects.get(person__code="rory-macaskill")
    services.write_objective(by=council.administrator, appraisal=held.pk, what="Mine")
    kept = Appraisal.objects.get(person__code="kenneth-brodrick")
    hold = services.place_hold(by=council.hr, appraisal=kept.pk, reason="Case 7")
    with pytest.raises(PermissionDenied):
        services.place_hold(by=council.hr, appraisal=held.pk, reason="Their own line")
    services.write_objective(by=council.other_head, appraisal=hold.appraisal_id, what="Kept")
    rows = Sealed.objects.exclude(appraisal=hold.appraisal_id).count()
    settings.TODAY = KEPT_UNTIL
    assert services.retain() == []
    settings.TODAY = date(2033, 4, 1)
    dry, done = StringIO(), StringIO()

    call_command("retain", dry_run=True, stdout=dry)
    call_command("retain", format="json", stdout=done)

    assert dry.getvalue() == f"2026/27: kept until 2033-03-31; 6 appraisals, {rows} rows would be removed; 1 held\n"
    assert json.loads(done.getvalue()) == {
        "dry_run": False,
        "years": [{"year": "2026/27", "kept_until": "2033-03-31", "appraisals": 6, "rows": rows, "held": 1}],
    }
    assert set(Sealed.objects.values_list("appraisal", flat=True)) == {hold.appraisal_id}
    assert set(Objective.objects.values_list("appraisal", flat=True)) == {hold.appraisal_id}
    assert (Removal.objects.count(), Appraisal.objects.count()) == (6, 7)
    assert Change.objects.filter(verb="retain_appraisals").values_list("object", "reason").get() == (
        "appraisal year 2026/27",
        f"6 appraisals, {rows} rows removed; 1 held",
    )
    assert "was removed on 1 April 2033" in text(as_user(council.officer).get(f"/appraisals/{written.pk}/"))

    services.lift_hold(by=council.hr, hold=hold.pk)
    assert services.retain() == [Retained("2026/27", KEPT_UNTIL, 1, 1, 0)]
    assert services.retain() == []


def test_a_page_of_records_asks_the_same_for_more(
    council: SimpleNamespace, written: Appraisal, opened: str, queries_for: Any
) -> None:
    client = as_user(council.hr)
    paths = ["/appraisals/records/", f"{opened}/"]
    before = [queries_for(client, path) for path in paths]

    for row in Appraisal.objects.filter(person__code__in=("ian-muirhead", "kenneth-brodrick", "deborah-lockyer")):
        services.grant_disclosure(by=council.administrator, disclosure=asked(council, row))
        services.place_hold(by=council.hr, appraisal=row.pk, reason="Case 9")

    assert [queries_for(client, path) for path in paths] == before
    assert max(before) <= 25
