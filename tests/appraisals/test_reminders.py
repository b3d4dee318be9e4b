"""Reminders: who is reminded of what, once a week, and nothing that is sealed."""

import json
from datetime import date
from io import StringIO
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from goldenthread.appraisals import services
from goldenthread.appraisals.models import Appraisal, AppraisalYear, Asked, Reminded
from goldenthread.appraisals.queries.reminders import due_by_person
from goldenthread.history.models import Change
from tests.appraisals.waste import MARKER, add_colleague

TODAY = date(2027, 1, 18)


def waiting(day: date = TODAY) -> dict[str, tuple[int, int, int]]:
    return {one.person.code: (len(one.own), len(one.team), len(one.asked)) for one in due_by_person(day)}


def test_what_is_late_or_due_within_a_fortnight_waits_for_both(council: SimpleNamespace, year: AppraisalYear) -> None:
    """Everybody's objectives are late; the chief has no appraiser, the officer is absent, and HR's is closed."""
    services.leave_out(by=council.hr, appraisal=Appraisal.objects.get(person__code="meera-pillai").pk, why="absent")
    Appraisal.objects.filter(person__code="teresa-monkhouse").update(closed_on=date(2026, 12, 1))

    assert waiting() == {
        "deborah-lockyer": (1, 0, 0),
        "ian-muirhead": (1, 2, 0),
        "kenneth-brodrick": (1, 0, 0),
        "marian-thackeray": (1, 1, 0),
        "rory-macaskill": (1, 0, 0),
        "teresa-monkhouse": (0, 1, 0),
    }
    Appraisal.objects.update(objectives_on=date(2026, 5, 1), mid_year_on=date(2026, 10, 1))
    assert waiting(date(2027, 3, 16)) == {}
    assert waiting(date(2027, 3, 17))["deborah-lockyer"] == (1, 0, 0)


def test_a_signature_is_asked_of_whoever_has_not_signed_and_never_while_they_disagree(
    council: SimpleNamespace, written: Appraisal
) -> None:
    Appraisal.objects.exclude(pk=written.pk).update(closed_on=TODAY)
    late = date(2027, 5, 3)
    assert waiting(late) == {"meera-pillai": (1, 0, 0), "deborah-lockyer": (0, 1, 0)}

    services.sign(by=council.officer, appraisal=written.pk)
    assert waiting(late) == {"deborah-lockyer": (0, 1, 0)}

    services.disagree(by=council.officer, appraisal=written.pk, text="Still not")
    assert waiting(late) == {}


def test_one_mail_a_week_says_what_waits_and_nothing_sealed(
    council: SimpleNamespace, appraisal: Appraisal, settings: Any
) -> None:
    colleague = add_colleague(council)
    services.write_objective(by=council.officer, appraisal=appraisal.pk, what=f"{MARKER} what")
    services.ask_for_feedback(by=council.officer, appraisal=appraisal.pk, person="sam-treadwell", text=MARKER)
    said = StringIO()

    call_command("remind", "--dry-run", stdout=said)
    assert (mail.outbox, Reminded.objects.count()) == ([], 0)
    assert "8 would be reminded; 0 were in the last week; 0 have no address.\n" in said.getvalue()
    call_command("remind", stdout=said)
    call_command("remind", stdout=(again := StringIO()))

    assert again.getvalue() == "0 reminded; 8 were in the last week; 0 have no address.\n"
    mails = {one.to[0]: (one.subject, one.body) for one in mail.outbox}
    assert len(mails) == len(mail.outbox) == 8
    assert mails["deborah-lockyer@wenlow.example"] == (
        "Appraisals: 2 things wait for you",
        "Hello Deborah Lockyer,\n\n"
        "Your own appraisal\n- Agree objectives: 234 days overdue (29 May 2026)\n\n"
        "Those whom you appraise\n- Meera Pillai: Agree objectives: 234 days overdue (29 May 2026)\n\n"
        "Sign in, and open Appraisals. What is written in appraisals is never put into a mail.\n",
    )
    assert "Feedback asked of you on\n- Meera Pillai\n" in mails[colleague.email][1]
    assert MARKER not in repr(mails) + said.getvalue() + repr(
        list(Change.objects.values_list("verb", "object", "reason"))
    )

    settings.TODAY, settings.SITE_ADDRESS = date(2027, 1, 25), "https://performance.wenlow.example"
    call_command("remind", stdout=said)
    later = {one.to[0]: one.body for one in mail.outbox[8:]}
    of_head = Appraisal.objects.get(person__code="deborah-lockyer").pk
    assert later["deborah-lockyer@wenlow.example"] == (
        "Hello Deborah Lockyer,\n\n"
        "Your own appraisal\n- Agree objectives: 241 days overdue (29 May 2026)\n"
        f"  https://performance.wenlow.example/appraisals/{of_head}/\n\n"
        "Those whom you appraise\n- Meera Pillai: Agree objectives: 241 days overdue (29 May 2026)\n"
        f"  https://performance.wenlow.example/appraisals/{appraisal.pk}/\n\n"
        "Sign in to open it. What is written in appraisals is never put into a mail.\n"
    )
    asked = f"- Meera Pillai\n  https://performance.wenlow.example/appraisals/feedback/{Asked.objects.get().pk}/\n"
    assert (len(later), asked in later[colleague.email]) == (8, True)


def test_a_mail_that_cannot_be_sent_is_told_and_tried_again(
    council: SimpleNamespace, year: AppraisalYear, settings: Any
) -> None:
    """A mail server that is not there."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 2
    council.other_head.is_active = False
    council.other_head.save()
    said, complained = StringIO(), StringIO()

    with pytest.raises(CommandError, match="6 mails could not be sent"):
        call_command("remind", "--format", "json", stdout=said, stderr=complained)

    told = json.loads(said.getvalue())
    assert (told["to"], told["reminded_lately"], told["without_address"], len(told["failed"])) == ([], 0, 1, 6)
    assert Reminded.objects.count() == 0


def test_nobody_is_reminded_of_a_year_long_over(council: SimpleNamespace, written: Appraisal) -> None:
    AppraisalYear.objects.update(ends=date(2026, 3, 31))
    Asked.objects.update(answered_on=None)

    assert waiting() == {}
