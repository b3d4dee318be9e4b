"""The demonstration's staff list: this month's, as payroll sent it, with a few rows decided and the rest waiting."""

import csv
import io
from datetime import date

from goldenthread.council.extract.map import standard_map
from goldenthread.council.extract.record import record
from goldenthread.council.models import Absence, Extract, Person
from goldenthread.council.roles import running
from goldenthread.council.services.extract import apply_extract_row, refuse_extract_row, take_in_extract
from goldenthread.domain.staff import HeldNow, Record
from goldenthread.history.clock import today

HEADS = (
    "Employee number",
    "Name",
    "E-mail",
    "Post number",
    "Job title",
    "Unit",
    "Reports to post",
    "FTE",
    "Start date",
    "Leaving date",
    "Absent from",
    "Absent until",
)
FILE = "staff-list-january-2027.csv"


def take_in_the_demonstrations_staff_list() -> None:
    """Where one was taken in already, or the council is another, it does nothing."""
    day = today()
    if Extract.objects.exists() or not Person.objects.filter(code="deborah-lockyer").exists():
        return
    extract = take_in_extract(by=None, file=FILE, content=staff_list(day).encode(), map_text=standard_map(), day=day)
    first = extract.rows.filter(kind="fte").first()
    manager = extract.rows.filter(kind="manager").first()
    if first is not None:
        apply_extract_row(by=None, row=first.pk)
    if manager is not None:
        refuse_extract_row(by=None, row=manager.pk, word="A slip of payroll's: the team did not move.")


def staff_list(day: date) -> str:
    """Everybody on record, but for what this month brought."""
    stands = record([], day)
    away = {one.person.code: one for one in Absence.objects.filter(running(day)).select_related("person")}
    rows = [_row(stands, held, away.get(stands.people[held.number].code)) for held in stands.held]
    _bring(rows, day)
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, HEADS)
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


def _row(stands: Record, held: HeldNow, away: Absence | None) -> dict[str, str]:
    person, post = stands.people[held.number], stands.posts[held.post]
    return {
        "Employee number": held.number,
        "Name": person.name,
        "E-mail": person.email,
        "Post number": held.post,
        "Job title": post.title,
        "Unit": post.unit,
        "Reports to post": post.manager,
        "FTE": held.fte,
        "Start date": held.starts.isoformat() if held.starts else "",
        "Leaving date": held.ends.isoformat() if held.ends else "",
        "Absent from": away.starts.isoformat() if away else "",
        "Absent until": away.ends.isoformat() if away and away.ends else "",
    }


def _bring(rows: list[dict[str, str]], day: date) -> None:
    """A starter in a vacant post and one in a new one, a move, a leaver, other hours, a manager, a long absence."""
    by_post = {row["Post number"]: row for row in rows}
    by_post["LEI-MGR"]["FTE"] = "1"
    by_post["SGA-MGR"]["Reports to post"] = "ASH-DIR"
    by_post["PLN-DATA"]["Absent from"] = "2026-12-14"
    by_post["EDU-DATA"]["Leaving date"] = "2027-01-15"
    by_post["CUS-DATA"] |= {
        "Post number": "LIB-DATA",
        "Job title": "Libraries Systems Officer",
        "Unit": "LIB",
        "Reports to post": "LIB-MGR",
        "Start date": "2027-01-11",
    }
    rows += [
        {
            "Employee number": "W51377",
            "Name": "Oluwaseun Bright",
            "E-mail": "oluwaseun.bright@wenlow.example",
            "Post number": "PRC-DATA",
            "Job title": "Procurement Support Officer",
            "Unit": "PRC",
            "Reports to post": "PRC-MGR",
            "FTE": "1",
            "Start date": "2027-01-04",
        },
        {
            "Employee number": "W51402",
            "Name": "Kasia Nowicka",
            "Post number": "WST-PLAN",
            "Job title": "Rounds Planner",
            "Unit": "WST",
            "Reports to post": "WST-MGR",
            "FTE": "0.6",
            "Start date": "2027-02-01",
        },
    ]
