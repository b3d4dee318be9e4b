"""Feedback: the colleague who is asked sees the question and their own words; the three read the answer."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied

from goldenthread.accounts.models import User
from goldenthread.appraisals import services
from goldenthread.appraisals.content import asked_of
from goldenthread.appraisals.models import Appraisal, Asked, Side
from goldenthread.appraisals.sides import side_of
from goldenthread.history.acts import Refused
from tests.appraisals.test_appraisal_pages import as_user, text
from tests.appraisals.waste import add_colleague

QUESTION = "How was it to redraw the rounds together?"
ANSWER = "Meera drew them with the crews, and it showed."


@pytest.fixture
def colleague(council: SimpleNamespace) -> User:
    return add_colleague(council)


def test_a_colleague_is_asked_answers_and_sees_nothing_else(
    council: SimpleNamespace, appraisal: Appraisal, colleague: User
) -> None:
    at = f"/appraisals/{appraisal.pk}/"
    services.add_note(by=council.head, appraisal=appraisal.pk, text="A note of their own")
    officer, sam = as_user(council.officer), as_user(colleague)
    page = officer.post(f"{at}feedback/ask/", {"person": "sam-treadwell", "text": QUESTION}, follow=True)
    assert "Sam Treadwell is asked" in text(page)
    assert "No answer yet." in text(page)
    asked = Asked.objects.get()
    answer = f"/appraisals/feedback/{asked.pk}/"

    assert "1 colleague waits for your answer." in text(sam.get("/appraisals/feedback/"))
    assert "1 colleague asks you for feedback" in text(sam.get("/appraisals/"))
    shown = text(sam.get(answer))
    assert (QUESTION in shown, "A note of their own" in shown) == (True, False)
    assert (sam.get(at).status_code, side_of(colleague, appraisal)) == (403, None)
    assert "Write something" in text(sam.post(answer, {"text": " "})) or "Fill this in" in text(sam.post(answer, {}))
    sam.post(answer, {"text": ANSWER})
    assert ANSWER in text(sam.get(answer))
    for who in ("officer", "head", "director"):
        assert ANSWER in text(as_user(getattr(council, who)).get(at))
    for who in ("hr", "administrator", "other_head", "officer"):
        assert as_user(getattr(council, who)).get(answer).status_code == 403
    with pytest.raises(Refused, match="answered already"):
        services.withdraw_feedback(by=council.head, appraisal=appraisal.pk, asked=asked.pk)


def test_whoever_is_asked_is_mailed_the_way_and_not_the_question(
    council: SimpleNamespace, appraisal: Appraisal, colleague: User, settings: Any
) -> None:
    settings.SITE_ADDRESS = "https://performance.wenlow.example"
    said = {"person": "sam-treadwell", "text": QUESTION}

    page = as_user(council.head).post(f"/appraisals/{appraisal.pk}/feedback/ask/", said, follow=True)

    assert "could not be sent" not in text(page)
    assert [(sent.to, sent.subject, sent.body) for sent in mail.outbox] == [
        (
            ["sam-treadwell@wenlow.example"],
            "Your feedback is asked for",
            "Hello Sam Treadwell,\n\n"
            "Deborah Lockyer asks for your feedback on Meera Pillai, for the appraisal of 2026/27.\n"
            f"  https://performance.wenlow.example/appraisals/feedback/{Asked.objects.get().pk}/\n\n"
            "Sign in to open it. What is written in appraisals is never put into a mail.\n",
        )
    ]


def test_a_question_is_kept_though_no_mail_server_takes_its_mail(
    council: SimpleNamespace, appraisal: Appraisal, colleague: User, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 2
    said = {"person": "sam-treadwell", "text": QUESTION}

    page = text(as_user(council.head).post(f"/appraisals/{appraisal.pk}/feedback/ask/", said, follow=True))

    assert "The mail to Sam Treadwell could not be sent" in page
    assert QUESTION in page
    assert "1 colleague waits for your answer." in text(as_user(colleague).get("/appraisals/feedback/"))


def test_once_withdrawn_it_is_seen_no_more(council: SimpleNamespace, appraisal: Appraisal, colleague: User) -> None:
    asked = services.ask_for_feedback(by=council.head, appraisal=appraisal.pk, person="sam-treadwell", text=QUESTION)

    page = as_user(council.officer).post(f"/appraisals/{appraisal.pk}/feedback/{asked.pk}/withdraw/", follow=True)

    assert "Sam Treadwell is asked no longer." in text(page)
    assert "Nobody has asked you" in text(as_user(colleague).get("/appraisals/feedback/"))
    assert as_user(colleague).get(f"/appraisals/feedback/{asked.pk}/").status_code == 403
    with pytest.raises(Refused, match="no longer asked for"):
        services.give_feedback(by=colleague, asked=asked.pk, text=ANSWER)


def test_ones_own_words_are_seen_until_it_is_signed(council: SimpleNamespace, written: Appraisal) -> None:
    sam, asked = User.objects.get(email="sam-treadwell@wenlow.example"), Asked.objects.get()
    page = text(as_user(sam).get(f"/appraisals/feedback/{asked.pk}/"))
    assert "You wrote" in page
    with pytest.raises(Refused, match="no longer asked for"):
        services.give_feedback(by=sam, asked=asked.pk, text="One more thing")
    with pytest.raises(Refused, match="feedback comes before it"):
        services.ask_for_feedback(by=council.head, appraisal=written.pk, person="rory-macaskill", text=QUESTION)

    for by in (council.officer, council.head):
        services.sign(by=by, appraisal=written.pk)

    assert as_user(sam).get(f"/appraisals/feedback/{asked.pk}/").status_code == 403
    with pytest.raises(PermissionDenied):
        asked_of(Asked.objects.select_related("appraisal").get(), reader=sam)


@pytest.mark.parametrize(
    ("person", "said"),
    [
        ("meera-pillai", "writes in this appraisal already"),
        ("deborah-lockyer", "writes in this appraisal already"),
        ("nobody", "can sign in"),
        ("sam-treadwell", "has yet to answer"),
    ],
)
def test_who_is_asked_sensibly(
    council: SimpleNamespace, appraisal: Appraisal, colleague: User, person: str, said: str
) -> None:
    services.ask_for_feedback(by=council.head, appraisal=appraisal.pk, person="sam-treadwell", text=QUESTION)

    with pytest.raises(Refused, match=said) as refused:
        services.ask_for_feedback(by=council.officer, appraisal=appraisal.pk, person=person, text=QUESTION)

    assert list(refused.value.faults) == ["person"]


def test_a_manager_above_and_an_outsider_ask_nobody(
    council: SimpleNamespace, appraisal: Appraisal, colleague: Any
) -> None:
    for who in (council.director, council.hr):
        with pytest.raises(PermissionDenied):
            services.ask_for_feedback(by=who, appraisal=appraisal.pk, person="sam-treadwell", text=QUESTION)
    assert (Asked.objects.count(), Side.ASKED.value) == (0, "asked")
