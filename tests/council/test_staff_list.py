"""The staff list taken in, on the demonstration council: read whole, decided row by row, and nothing deleted."""

import io
import threading
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test import Client
from django.urls import reverse

from goldenthread.accounts.models import User
from goldenthread.appraisals.models import Appraisal, left_out_on
from goldenthread.council import services
from goldenthread.council.demonstration import FILE, staff_list
from goldenthread.council.extract.map import standard_map
from goldenthread.council.models import Absence, Appointment, Extract, ExtractRow, Grant, Person, Post
from goldenthread.council.roles import roles_of
from goldenthread.history.acts import Refused
from goldenthread.history.models import Change
from goldenthread.package import faults as package

DAY = date(2027, 1, 18)
HEAD = "Employee number,Name,E-mail,Post number,Job title,Unit,Reports to post,FTE,Start date,Leaving date\n"


def take(text: str, map_text: str = "", file: str = "staff.csv") -> Extract:
    return services.take_in_extract(
        by=None, file=file, content=text.encode(), map_text=map_text or standard_map(), map_file="map.toml", day=DAY
    )


def without(text: str, *posts: str) -> str:
    return "".join(line for line in text.splitlines(keepends=True) if not any(f",{post}," in line for post in posts))


def test_the_demonstrations_list_is_decided_row_by_row(demonstration: None):
    extract, january = Extract.objects.get(file=FILE), staff_list(DAY)
    told = list(extract.rows.order_by("order").values_list("kind", "name", "post", "state"))
    assert told == [
        ("starts", "Oluwaseun Bright", "PRC-DATA", "open"),
        ("starts", "Kasia Nowicka", "WST-PLAN", "open"),
        ("moves", "Ewa Nowicka", "LIB-DATA", "open"),
        ("manager", "", "SGA-MGR", "refused"),
        ("fte", "Simone Baptiste", "LEI-MGR", "applied"),
        ("absence", "Daniel Fosse", "", "open"),
        ("leaves", "Harvey Tolland", "", "open"),
    ]
    before = {model: model.objects.count() for model in (Person, Post, Appointment, Grant)}
    leaver = Person.objects.get(name="Harvey Tolland")
    leaver.user = User.objects.create_user(leaver.email, name=leaver.name)
    leaver.save()
    services.grant_role(by=None, role="viewer", person=leaver.code, starts=date(2026, 1, 1))
    assert set(roles_of(leaver.user).units) == {"supplier", "viewer"}
    for row in extract.rows.filter(state="open").order_by("order"):
        services.apply_extract_row(by=None, row=row.pk)
    # Nothing is deleted: the old appointments stand, ended.
    assert {model: model.objects.count() - number for model, number in before.items()} == {
        Person: 2,
        Post: 1,
        Appointment: 3,
        Grant: 1,
    }
    held = Appointment.objects.filter(person__name__in=("Ewa Nowicka", "Kasia Nowicka", "Harvey Tolland"))
    assert sorted(held.values_list("person__name", "post__code", "fte", "starts", "ends"), key=str) == [
        ("Ewa Nowicka", "CUS-DATA", "1", held.get(post__code="CUS-DATA").starts, date(2027, 1, 10)),
        ("Ewa Nowicka", "LIB-DATA", "1", date(2027, 1, 11), None),
        ("Harvey Tolland", "EDU-DATA", "1", held.get(post__code="EDU-DATA").starts, date(2027, 1, 15)),
        ("Kasia Nowicka", "WST-PLAN", "0.6", date(2027, 2, 1), None),
    ]
    assert Person.objects.get(employee_number="W51402").email == ""
    away = Absence.objects.filter(person__name="Daniel Fosse")
    assert list(away.values_list("starts", "ends")) == [(date(2026, 12, 14), None)]
    # While it lasts nobody waits for his appraisal, and completion counts without him.
    his = Appraisal.objects.get(person__name="Daniel Fosse", year__period="2026/27")
    assert [his.is_left_out(day) for day in (date(2026, 12, 13), date(2026, 12, 14), DAY)] == [False, True, True]
    assert set(Appraisal.objects.filter(left_out_on(DAY), year=his.year).values_list("person__name", flat=True)) == {
        *("Bernard Castellane", "Carys Bowden", "Daniel Fosse", "Imogen Fairbank"),
    }
    user = User.objects.get(pk=leaver.user.pk)
    user.is_active = True  # signed in or not, no role is left
    assert (roles_of(user).units, User.objects.get(pk=user.pk).is_active) == ({}, False)
    # Each row is one Change, about the person, from the line of the file.
    change = ExtractRow.objects.get(name="Ewa Nowicka").decided
    assert (change.verb, change.object, change.source.partition(":")[0]) == (
        "apply_extract_row",
        "person ewa-nowicka",
        FILE,
    )
    # The next list says the same: only what was refused differs, and what was said is told.
    assert [row.kind for row in take(january, file="february.csv").rows.all()] == ["manager"]


def test_every_fault_is_told_and_nothing_kept(demonstration: None):
    text = HEAD + (
        ",Ann Lowe,,WST-MGR,,,,1,,\n"
        "7001,Bo Reed,bo at wenlow,WST-NEW,,,NO-SUCH,1.4,31/02/2027,\n"
        "7002,Cy Hart,,WST-DATA,Loader,Waste & Recycling,WST-MGR,full,,\n"
        "7003,Di Fox,,HWY-MGR,Engineer,Highways and Transport,HWY-MGR,1,01/02/2027,01/01/2027\n"
    )
    before = Extract.objects.count()
    with pytest.raises(package.Refused) as refused:
        take(text)
    assert [str(fault) for fault in refused.value.faults] == [
        "staff.csv:2: Employee number: is empty: an employee number is how a person is known",
        "staff.csv:3: E-mail: 'bo at wenlow' is no e-mail address: write one, or leave it empty",
        "staff.csv:3: FTE: 1.4 is out of range: write a share from 0 to 1, such as 0.6",
        "staff.csv:3: Job title: is empty, and post WST-NEW is not on record yet: a new post needs one",
        "staff.csv:3: Start date: '31/02/2027' is no day: write it like 18/01/2027, 2027-01-18, 18 Jan 2027",
        "staff.csv:3: Unit: is empty, and post WST-NEW is not on record yet: a new post needs one",
        "staff.csv:4: FTE: 'full' is no number: write a share of full time, such as 0.6",
        "staff.csv:4: Unit: there is no unit 'Waste & Recycling': the nearest is WST, or name it under [units] in the "
        "map",
        "staff.csv:5: Leaving date: is before the start date: write a later day",
    ]
    two = HEAD + (
        "7001,Bo Reed,,A,Loader,WST,B,1,,\n7001,Bob Reed,,B,Driver,WST,A,1,,\n"
        "7001,Bo Reed,,A,Loader,WST,B,1,,\n7002,Cy Hart,,A,Porter,WST,X,1,,\n"
    )
    with pytest.raises(package.Refused) as refused:
        take(two)
    assert [(fault.line, fault.column) for fault in refused.value.faults] == [
        (3, "Employee number"),
        (3, "Reports to post"),
        (4, "Post number"),
        (5, "Job title"),
        (5, "Reports to post"),
        (5, "Reports to post"),
    ]
    for bad, said in (
        ("columns = 1", "columns"),
        ("[columns]\nname = 'Name'", "employee_number"),
        ("= =", "is not TOML"),
    ):
        with pytest.raises(package.Refused) as refused:
            take(text, bad)
        assert said in " ".join(str(fault) for fault in refused.value.faults)
    assert Extract.objects.count() == before


def test_a_workbook_with_other_heads_hours_and_managers_by_number(demonstration: None):
    import xlsxwriter

    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        number = {
            code: Person.objects.get(appointments__post__code=code).employee_number for code in ("WST-MGR", "WST-DATA")
        }
        rows = [
            ["Emp No", "First", "Last", "Position", "Dept", "Boss", "Hours"],
            [number["WST-MGR"], "Ryan", "Oakden", "WST-MGR", "Bins", "", 37],
            [number["WST-DATA"], "Meera", "Pillai", "WST-DATA", "Bins", number["WST-MGR"], 18.5],
        ]
        for place, row in enumerate(rows):
            sheet.write_row(place, 0, row)
    mapped = (
        'full_time = 37\nmost_ending = 100\n[columns]\nemployee_number = "Emp No"\nname = ["First", "Last"]\n'
        'post = "Position"\nunit = "Dept"\nmanager_number = "Boss"\nfte = "Hours"\n[units]\nBins = "WST"\n'
    )
    extract = services.take_in_extract(by=None, file="staff.xlsx", content=file.getvalue(), map_text=mapped, day=DAY)
    here = extract.rows.exclude(kind__in=("leaves", "leaves_post"))
    assert list(here.values_list("kind", "post", "now")) == [("fte", "WST-DATA", {"fte": "0.5"})]


def test_a_list_that_would_end_much_is_held_back(demonstration: None, sign_in: Any):
    client = sign_in("human_resources")
    half = "".join(line for place, line in enumerate(staff_list(DAY).splitlines(keepends=True)) if place < 60)
    answer = client.post(
        "/structure/staff/", {"file": SimpleUploadedFile("half.csv", half.encode()), "day": "18/1/2027"}
    )
    extract = Extract.objects.latest("pk")
    assert (answer.status_code, extract.state) == (302, "held")
    # The one before it is set aside: its rows are decided no longer.
    before = Extract.objects.get(file=FILE)
    with pytest.raises(Refused, match="set aside"):
        services.apply_extract_row(by=None, row=before.rows.filter(state="open")[0].pk)
    row = extract.rows.filter(kind="leaves").first()
    with pytest.raises(Refused, match="held back"):
        services.apply_extract_row(by=None, row=row.pk)
    page = client.get(f"/structure/staff/{extract.pk}/").content.decode()
    assert f"It would end {extract.ending} of {extract.held} appointments" in page
    assert "Say how you know" in client.post(f"/structure/staff/{extract.pk}/release/", {"reason": ""}).content.decode()
    client.post(f"/structure/staff/{extract.pk}/release/", {"reason": "Schools left the council on 1 January."})
    assert Extract.objects.get(pk=extract.pk).state == "open"
    client.post(f"/structure/staff/{extract.pk}/set-aside/")
    assert Extract.objects.get(pk=extract.pk).state == "set_aside"
    with pytest.raises(CommandError, match="more than 10 per cent"):
        _command(half)


def test_rows_are_chosen_applied_and_refused_on_the_page(demonstration: None, sign_in: Any, queries_for: Any):
    client, extract = sign_in("human_resources"), Extract.objects.get(file=FILE)
    here = f"/structure/staff/{extract.pk}/"
    row = {one.name or one.post: one.pk for one in extract.rows.all()}
    assert "Choose the rows first." in client.post(f"{here}decide/", {"do": "apply"}).content.decode()
    page = client.post(f"{here}decide/", {"do": "refuse", "row": [row["Kasia Nowicka"]]}).content.decode()
    assert "Write a word on why they are refused." in page
    assert f'id="row-{row["Kasia Nowicka"]}" checked' in page
    client.post(f"{here}decide/", {"do": "refuse", "row": [row["Kasia Nowicka"]], "word": "The post is frozen."})
    client.post(f"{here}decide/", {"do": "apply", "row": [row["Ewa Nowicka"], row["Daniel Fosse"]]})
    answer = client.post(f"{here}decide/", {"do": "apply", "row": [row["Ewa Nowicka"]]}, follow=True).content.decode()
    assert "Ewa Nowicka: Teresa Monkhouse decided on it already: applied." in answer
    client.post(f"{here}decide/", {"do": "starts"})
    assert {one.name or one.post: one.state for one in extract.rows.all()} == {
        "Oluwaseun Bright": "applied",
        "Kasia Nowicka": "refused",
        "Ewa Nowicka": "applied",
        "SGA-MGR": "refused",
        "Simone Baptiste": "applied",
        "Daniel Fosse": "applied",
        "Harvey Tolland": "open",
    }
    assert client.get(f"{here}?format=csv").content.decode("utf-8-sig").splitlines()[1].startswith("Leavers,")
    assert queries_for(client, here) <= 20
    others = [sign_in(role).get(here).status_code for role in ("performance_officer", "head_of_service", "viewer")]
    assert others == [403, 403, 403]


def test_nobody_applies_what_is_about_them_or_makes_an_administrator(demonstration: None):
    me = Person.objects.get(code="teresa-monkhouse")
    text = staff_list(DAY).replace(f"{me.name},{me.email}", f"Teresa Moncrieff,{me.email}") + (
        "W60001,Nadir Shah,,POL-SYS,Performance Systems Administrator,POL,POL-MGR,1,2027-01-18,,,\r\n"
    )
    rows = take(text).rows
    about_me = rows.get(kind="details")
    with pytest.raises(Refused, match="It is about you"):
        services.apply_extract_row(by=me.user, row=about_me.pk)
    with pytest.raises(Refused, match="an administrator applies this row"):
        services.apply_extract_row(by=me.user, row=rows.get(name="Nadir Shah").pk)
    administrator = Person.objects.get(code="rory-macaskill")
    services.apply_extract_row(by=administrator.user, row=about_me.pk)
    assert Person.objects.get(pk=me.pk).name == "Teresa Moncrieff"
    # The last administrator does not leave before there is another.
    gone = take(without(staff_list(DAY), "POL-SYS")).rows.get(kind="leaves", person="rory-macaskill")
    with pytest.raises(Refused, match="last administrator"):
        services.apply_extract_row(by=None, row=gone.pk)


def test_a_vacant_post_comes_in_and_a_leaver_to_come_signs_in_until_the_last_day(
    demonstration: None, sign_in: Any, settings: Any
):
    text = staff_list(DAY)
    leaving = next(one for one in text.splitlines() if ",EDU-DATA," in one)
    lines = text.replace(leaving, leaving.replace("2027-01-15", "2027-01-29")) + (
        ",,,WST-FLEET,Fleet Manager,WST,WST-MGR,,,,,\r\n,,,WST-MGR,,,,,,,,\r\n"
    )
    with pytest.raises(package.Refused) as refused:
        take(lines)
    assert [fault.column for fault in refused.value.faults] == ["Post number"]
    extract = take(lines.removesuffix(",,,WST-MGR,,,,,,,,\r\n"))
    rows = {one.kind: one for one in extract.rows.filter(kind__in=("vacant", "leaves"))}
    page = sign_in("human_resources").get(f"/structure/staff/{extract.pk}/").content.decode()
    assert "Fleet Manager (WST-FLEET), Waste and Recycling; a post that is not on record yet" in page
    services.apply_extract_row(by=None, row=rows["vacant"].pk)
    post = Post.objects.get(code="WST-FLEET")
    assert (post.title, post.reports_to.code, post.appointments.count()) == ("Fleet Manager", "WST-MGR", 0)

    leaver = Person.objects.get(name="Harvey Tolland")
    leaver.user = User.objects.create_user(leaver.email, "waste-and-sea-2027", name=leaver.name)
    leaver.save()
    client = Client()
    client.force_login(leaver.user, "allauth.account.auth_backends.AuthenticationBackend")
    services.apply_extract_row(by=None, row=rows["leaves"].pk)
    assert f"May sign in with {leaver.email} until 29 January 2027." in (
        sign_in("administrator").get(reverse("council:person", args=[leaver.code])).content.decode()
    )
    settings.TODAY = date(2027, 1, 29)
    assert client.get("/").wsgi_request.user.is_authenticated
    settings.TODAY = date(2027, 1, 30)
    assert not client.get("/").wsgi_request.user.is_authenticated
    answer = client.post("/accounts/login/", {"login": leaver.email, "password": "waste-and-sea-2027"})
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/inactive/")
    assert User.objects.get(pk=leaver.user.pk).is_active


def test_the_command_says_what_differs(demonstration: None):
    told = _command(staff_list(DAY), "--dry-run")
    assert told.splitlines()[0].startswith("starts: Oluwaseun Bright W51377 PRC-DATA: - → email ")
    assert told.splitlines()[-1] == "6 differences."
    assert Change.objects.filter(verb="take_in_extract").count() == 1
    assert '"decided": "applied"' in _command(staff_list(DAY), "--apply", "--format", "json")
    with pytest.raises(CommandError, match="2 faults"):
        _command("Name,Post\nAnn,WST-MGR\n")


def _command(text: str, *more: str) -> str:
    import tempfile
    from pathlib import Path

    out = io.StringIO()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "staff.csv"
        file.write_text(text)
        call_command("staff", str(file), "--day", "2027-01-18", *more, stdout=out, stderr=io.StringIO())
    return out.getvalue()


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_the_second_is_told():
    services.add_unit(by=None, code="WST", name="Waste")
    row = take(HEAD + "1,Ann Lowe,,WST-1,Loader,WST,,1,,\n").rows.get()
    gate, told = threading.Barrier(2), []

    def officer() -> None:
        try:
            gate.wait()
            services.apply_extract_row(by=None, row=row.pk)
            told.append("applied")
        except Refused as refused:
            told.append(str(refused))
        finally:
            connection.close()

    officers = [threading.Thread(target=officer) for _one in range(2)]
    [one.start() for one in officers]
    [one.join() for one in officers]
    assert sorted(told) == ["applied", "the system decided on it already: applied."]
    assert Appointment.objects.count() == 1
