"""A marker stands in every text of one appraisal: nobody but the three finds it, on a page, in a file or a log."""

import io
import logging
import zipfile
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.test import Client
from django.urls import NoReverseMatch, reverse

from goldenthread.accounts.models import User
from goldenthread.appraisals import services
from goldenthread.appraisals.models import Appraisal, Panel
from goldenthread.council.models import Role
from tests.appraisals.waste import MARKER, fresh, outsider_as
from tests.house.addresses import Address, our_addresses
from tests.house.visits import parameters_of

OURS = Path(__file__).resolve().parents[2] / "goldenthread"


#: What a code stands for, by the name of the address; for any other address each of them is tried.
CODES = {
    "council:unit": ["WST"],
    "council:post": ["WST-OFF"],
    "council:": ["meera-pillai"],
    "measures:": ["WS-01"],
    **{f"plans:{name}": ["WST26"] for name in ("change-plan", "plan-step", "new-element")},
    **{f"scorecards:{name}": ["WST26"] for name in ("plan", "succeed")},
    **{f"plans:{name}": ["WST-1"] for name in ("change-element", "link", "weigh-link", "unlink", "comment", "judge")},
    **{f"scorecards:{name}": ["WST-1"] for name in ("element", "link-measure", "weigh-measure", "unlink-measure")},
    "plans:": ["ROUNDS"],
    "scorecards:unit": ["WST"],
    **{f"scorecards:{name}": ["WS-01"] for name in ("line", "serve")},
    "": ["WS-01", "WST", "meera-pillai", "WST26", "WST-1", "ROUNDS"],
}
#: The code of each kind of thing on the thread.
KINDS = {"element": "WST-1", "measure": "WS-01", "action": "ROUNDS", "unit": "WST", "person": "meera-pillai"}
#: What stands for a parameter that is no code.
NAMED = {
    "period": ["2026/27 Q2"],
    "above": ["P1"],
    "measure": ["WS-01"],
    "milestone": ["M1"],
}


def addresses(appraisal: Appraisal) -> list[str]:
    """Every address of the site, with what there is of the marked appraisal for its arguments."""
    known: dict[str, list[Any]] = {
        "objective": list(appraisal.objectives.order_by("pk").values_list("pk", flat=True)[:1]),
        "appraisal": [appraisal.pk],
        "competency": [one.pk for one in appraisal.template.competencies[:1]],
        "asked": list(appraisal.asked.values_list("pk", flat=True)),
        "need": list(appraisal.needs.values_list("pk", flat=True)),
        **NAMED,
    }
    keys = keys_of(appraisal)
    return [path for address in our_addresses() for path in _paths(address, known | {"key": _under(address, keys)})]


def keys_of(appraisal: Appraisal) -> dict[str, list[int]]:
    """What ``key`` stands for, by how an address begins; anywhere else it is the appraisal's own."""
    return {
        "appraisals/moderation/": list(Panel.objects.values_list("pk", flat=True)),
        "appraisals/panels/": list(Panel.objects.values_list("template", flat=True)),
        "appraisals/ratings/": [appraisal.year_id],
        "appraisals/records/disclosures/": [appraisal.disclosures.get().pk],
        "appraisals/years/templates/": [appraisal.template_id],
        "appraisals/years/": [appraisal.year_id],
        "appraisals/competencies/": [appraisal.template.framework_id],
        "appraisals/feedback/": list(appraisal.asked.values_list("pk", flat=True)),
        "appraisals/crews/": [appraisal.membership.crew_id],
        "": [appraisal.pk],
    }


def _under(address: Address, keys: dict[str, list[int]]) -> list[int]:
    return next(found for beginning, found in keys.items() if address.path.startswith(beginning))


def _paths(address: Address, known: dict[str, list[Any]]) -> Iterator[str]:
    codes = next(found for name, found in CODES.items() if address.name.startswith(name))
    parameters = parameters_of(address)
    held = [known.get(parameter, codes) for parameter in parameters]
    for values in KINDS.items() if parameters == ["kind", "code"] else product(*held):
        try:
            yield reverse(address.name, kwargs=dict(zip(parameters, values, strict=True)))
        except NoReverseMatch:
            continue


def told(response: Any) -> bytes:
    """All that a response says: its headers too, and what lies packed in a spreadsheet."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    said = content + repr(response.headers).encode()
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            said += b"".join(packed.read(name) for name in packed.namelist())
    return said


def signed_in(user: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.get(pk=user.pk), "allauth.account.auth_backends.AuthenticationBackend")
    return client


def outsider(who: str, council: SimpleNamespace) -> User:
    """Somebody of the council, or somebody who holds a role everywhere."""
    if who in Role.values:
        return outsider_as(who, who)
    return getattr(council, who)


@pytest.mark.parametrize("who", [*Role.values, "chief", "other_head"])
def test_no_page_shows_it(council: SimpleNamespace, marked: Appraisal, who: str, caplog: Any) -> None:
    caplog.set_level(logging.INFO)
    client = signed_in(outsider(who, council))

    assert [path for path in addresses(marked) if MARKER.encode() in told(client.get(path))] == []
    assert MARKER not in caplog.text


@pytest.mark.parametrize("who", [Role.ADMINISTRATOR, Role.HUMAN_RESOURCES])
def test_no_search_finds_it_and_no_download_holds_it(council: SimpleNamespace, marked: Appraisal, who: str) -> None:
    client = signed_in(outsider(who, council))
    lists = [reverse(address.name) for address in our_addresses() if not parameters_of(address)]
    answers = {
        path: client.get(path)
        for one in lists
        for path in (f"{one}?q={MARKER[:6]}&search={MARKER[:6]}", f"{one}?format=csv")
    }
    tables = [path for path, answer in answers.items() if answer.get("Content-Type", "").startswith("text/csv")]
    sheets = [path.replace("format=csv", "format=xlsx") for path in tables]

    assert len(sheets) >= 4
    answers |= {path: client.get(path) for path in sheets}
    assert [path for path, answer in answers.items() if MARKER.encode() in told(answer)] == []


@pytest.mark.parametrize("who", ["hr", "administrator", "other_head"])
def test_no_form_sent_to_it_shows_it_or_changes_it(council: SimpleNamespace, marked: Appraisal, who: str) -> None:
    client = signed_in(getattr(council, who))
    before = list(marked.sealed.values_list("pk", flat=True)), Appraisal.objects.filter(pk=marked.pk).values().get()

    for path in addresses(marked):
        if path.startswith("/appraisals/"):
            sent = {
                "text": "Let me in",
                "stage": "year_end",
                "on": "1/1/2027",
                "what": "Mine",
                "to": "teresa-monkhouse",
                "person": "teresa-monkhouse",
                "why": "",
            }
            assert MARKER.encode() not in told(client.post(path, sent)), path

    after = list(marked.sealed.values_list("pk", flat=True)), Appraisal.objects.filter(pk=marked.pk).values().get()
    assert after == before


def test_a_visitor_is_sent_to_sign_in(marked: Appraisal) -> None:
    by_code = "/appraisals/confirm/"
    for path in addresses(marked):
        if path.startswith("/appraisals/") and path != by_code:
            assert (Client().get(path).status_code, Client().post(path).status_code) == (302, 302), path
    assert MARKER.encode() not in told(Client().get(by_code)) + told(Client().post(by_code, {"code": MARKER[:6]}))


@pytest.mark.parametrize("who", ["officer", "head", "director"])
def test_the_three_do_find_it(council: SimpleNamespace, marked: Appraisal, who: str) -> None:
    assert MARKER.encode() in told(signed_in(getattr(council, who)).get(f"/appraisals/{marked.pk}/"))


def test_the_two_officers_find_it_in_the_record_opened_to_them_and_nowhere_else(marked: Appraisal) -> None:
    one, two = (signed_in(User.objects.get(name=f"{which}-officer")) for which in ("first", "second"))
    record = f"/appraisals/records/disclosures/{marked.disclosures.get().pk}/record/"

    assert [path for path in addresses(marked) if MARKER.encode() in told(one.get(path))] == [record]
    assert MARKER.encode() in told(two.get(record))


def test_a_message_never_tells_what_was_written(council: SimpleNamespace, appraisal: Appraisal) -> None:
    client = signed_in(council.officer)
    sent = client.post(f"/appraisals/{appraisal.pk}/notes/", {"text": MARKER, "on": "1/1/2027"})

    assert sent.status_code == 302
    assert MARKER not in repr(sent.cookies) + repr(dict(client.session)) + repr(sent.headers)


def test_an_error_report_leaves_out_what_a_form_sent(council: SimpleNamespace, appraisal: Appraisal) -> None:
    for path in ("notes/", "needs/", "rate/", "sign/", "disagree/", "objectives/new/", "feedback/ask/"):
        sent = signed_in(council.officer).post(f"/appraisals/{appraisal.pk}/{path}", {"text": ""})
        assert sent.wsgi_request.sensitive_post_parameters == "__ALL__", path


def test_no_command_prints_or_writes_it(council: SimpleNamespace, marked: Appraisal, tmp_path: Path) -> None:
    said = io.StringIO()
    call_command("dump", str(tmp_path / "dump"), stdout=said)
    call_command("dump", str(tmp_path / "dump.zip"), stdout=said)
    call_command("evidence", "WS-01", period="2026/27 Q2", output=tmp_path / "evidence", stdout=said)
    for command in (
        ["thread", "meera-pillai"],
        ["thread", "WST-1"],
        ["gaps"],
        ["results"],
        ["recompute"],
        ["reseal"],
        ["remind"],
        ["retain", "--dry-run"],
        ["dumpdata"],
    ):
        call_command(*command, stdout=said)

    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(files) > 10
    assert [path.name for path in files if MARKER.encode() in _unpacked(path)] == []
    assert [path.name for path in files if "apprais" in path.name] == []
    assert MARKER not in said.getvalue()


def _unpacked(path: Path) -> bytes:
    content = path.read_bytes()
    if content[:2] == b"PK":
        with zipfile.ZipFile(path) as packed:
            return b"".join(packed.read(name) for name in packed.namelist())
    return content


def test_no_history_is_kept_of_what_is_sealed() -> None:
    kept = {model.__name__ for model in apps.get_app_config("appraisals").get_models()}
    assert {name for name in kept if name.startswith("Historical")} == {
        "HistoricalAppraisalYear",
        "HistoricalDeputy",
        "HistoricalTemplate",
        "HistoricalWindow",
    }


def test_only_these_modules_open_a_seal() -> None:
    """Who wants another must say here why."""
    opening = {
        str(path.relative_to(OURS))
        for path in OURS.rglob("*.py")
        if any(
            name in path.read_text()
            for name in ("open_sealed(", "open_rows(", "open_many(", "open_record(", "text_of(")
        )
    }
    assert opening == {
        "appraisals/seal.py",
        "appraisals/content.py",  # for a reader with a side
        "appraisals/moderation.py",  # the overall rating alone, for a panel
        "appraisals/services/disclosures.py",  # one record, for the two officers to whom it was opened
        "appraisals/services/distributions.py",  # ratings counted, of ten people or more
        "appraisals/services/reseal.py",  # from one key to another
        "appraisals/services/stages.py",  # weights that make a hundred, ratings that are all there
    }


def test_a_reader_is_asked_for_again_after_leaving(council: SimpleNamespace, marked: Appraisal) -> None:
    """What was open yesterday is shut today: roles are read at every request."""
    client = signed_in(council.head)
    assert client.get(f"/appraisals/{marked.pk}/").status_code == 200
    services.hand_over(by=fresh(council.director), appraisal=marked.pk, to="kenneth-brodrick")

    assert client.get(f"/appraisals/{marked.pk}/").status_code == 403
