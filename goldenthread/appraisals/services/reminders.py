"""Reminders by e-mail of what is due soon or late, at most once a week a person. Nothing sealed is opened for them."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.core.mail import send_mail
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldenthread.appraisals.models import Reminded
from goldenthread.appraisals.queries.reminders import Due, due_by_person
from goldenthread.appraisals.services.mail import address_of, led, letter
from goldenthread.appraisals.words import NEXT, done_at
from goldenthread.council.models import Person
from goldenthread.history.clock import today
from goldenthread.history.services import write_change
from goldenthread.web.filters import due as in_days

WEEK = timedelta(days=7)


@dataclass(slots=True)
class Sent:
    """Whom a mail went to and how many things it named; who has no address; to whom it could not be sent."""

    to: list[tuple[str, int]] = field(default_factory=list)
    reminded_lately: int = 0
    without_address: int = 0
    failed: list[tuple[str, str]] = field(default_factory=list)


def remind(*, dry_run: bool = False) -> Sent:
    """Send everybody for whom something waits one mail, unless they had one in the last seven days."""
    day, sent = today(), Sent()
    for due in due_by_person(day):
        address = address_of(due.person)
        if not address:
            sent.without_address += 1
        elif dry_run:
            _count(sent, address, due, lately=_lately(due.person, day))
        else:
            _send(sent, address, due, day)
    return sent


def _send(sent: Sent, address: str, due: Due, day: date) -> None:
    """On record before it is sent, so that two runs at once send one mail; off it again where it cannot be sent."""
    claim = _claimed(due.person, day)
    _count(sent, address, due, lately=claim is None)
    if claim is None:
        return
    try:
        send_mail(_subject(due), _text(due), None, [address])
    except OSError as fault:  # what the mail library raises is one, too
        claim.delete()
        sent.to.pop()
        sent.failed.append((address, str(fault)))


def _count(sent: Sent, address: str, due: Due, *, lately: bool) -> None:
    if lately:
        sent.reminded_lately += 1
    else:
        sent.to.append((address, due.things))


@transaction.atomic
def _claimed(person: Person, day: date) -> Reminded | None:
    locked = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if _lately(locked, day):
        return None
    change = write_change(by=None, verb="remind_of_appraisals", object=f"person {locked.code}")
    return Reminded.objects.create(person=locked, sent_on=day, entered_at=change.at, change=change)


def _lately(person: Person, day: date) -> bool:
    return Reminded.objects.filter(person=person, sent_on__gt=day - WEEK).exists()


def _subject(due: Due) -> str:
    said = ngettext("Appraisals: one thing waits for you", "Appraisals: %(num)d things wait for you", due.things)
    return said % {"num": due.things}


def _text(due: Due) -> str:
    return letter(due.person, _parts(due), _("Sign in, and open Appraisals."))


def _parts(due: Due) -> list[str]:
    """Each part of the mail: its heading, each thing with the day it was or is due, and the page where it is done."""
    own = [led(f"{NEXT[stands.stage]}: {in_days(stands.due)}", *done_at(row, stands)) for row, stands in due.own]
    team = [
        led(f"{row.person.name}: {NEXT[stands.stage]}: {in_days(stands.due)}", *done_at(row, stands))
        for row, stands in due.team
    ]
    asked = [led(row.appraisal.person.name, "appraisals:give-feedback", row.pk) for row in due.asked]
    titles = (_("Your own appraisal"), _("Those whom you appraise"), _("Feedback asked of you on"))
    parts = zip(titles, (own, team, asked), strict=True)
    return ["\n- ".join([title, *lines]) for title, lines in parts if lines]
