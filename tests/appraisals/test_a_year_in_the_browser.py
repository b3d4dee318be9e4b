"""A whole appraisal year in the browser: appraisee, appraiser and the appraiser's manager; a fourth sees none of it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import expect

from goldenthread.accounts.models import User
from goldenthread.appraisals.models import Appraisal
from goldenthread.council.models import Person
from goldenthread.demonstration.competencies import COMPETENCIES
from goldenthread.domain.appraisals import Stage

pytestmark = pytest.mark.browser

OBJECTIVE = "Answer every letter about a street within five days"


@pytest.fixture
def open_as(site: Any, browser: Any) -> Iterator[Callable[[str], Any]]:
    """``open_as("jerome-pascal")``: a phone's page of that person's own, signed in."""
    contexts = []

    def open_as(code: str) -> Any:
        person = Person.objects.get(code=code)
        if person.user is None:
            person.user = User.objects.create_user(f"{code}@wenlow.example", name=person.name)
            person.save()
        client = Client()
        client.force_login(person.user, "allauth.account.auth_backends.AuthenticationBackend")
        context = browser.new_context(viewport={"width": 390, "height": 844}, locale="en-GB")
        context.set_default_timeout(30_000)
        cookie = client.cookies["goldenthread"]
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": site.url}])
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{site.url}/appraisals/")
        return page

    yield open_as
    for context in contexts:
        context.close()


def test_a_whole_year(site: Any, open_as: Callable[[str], Any], axe: Callable[[Any], None]) -> None:
    appraisal = Appraisal.objects.get(person__code="jerome-pascal", year__period="2026/27")
    jerome, tamsin, colin = open_as("jerome-pascal"), open_as("tamsin-rudge"), open_as("colin-braithwaite")

    # Objectives.
    jerome.get_by_role("link", name="Write an objective").first.click()
    jerome.get_by_label("What will be different").fill(OBJECTIVE)
    jerome.get_by_label("How will you both know?").fill("The log of letters says so, in ten months of twelve.")
    jerome.get_by_label("By when?").fill("31/3/2027")
    axe(jerome)
    jerome.get_by_role("button", name="Keep the objective").click()
    expect(jerome.get_by_role("heading", name=OBJECTIVE)).to_be_visible()

    tamsin.get_by_role("link", name="My team").click()
    tamsin.get_by_role("link", name="Jerome Pascal").click()
    tamsin.get_by_role("button", name="The objectives are agreed").click()
    expect(tamsin.get_by_text("The objectives are agreed.")).to_be_visible()

    # Through the year.
    jerome.reload()
    jerome.get_by_role("link", name="Add evidence").click()
    jerome.get_by_label("What was done towards this?").fill("Forty letters in June, all within four days.")
    jerome.get_by_role("button", name="Keep it").click()
    expect(jerome.get_by_text("Forty letters in June")).to_be_visible()

    tamsin.get_by_text("Keep a note of a one-to-one").click()
    tamsin.get_by_label("What you talked about").fill("Jerome will show the depot how he does it.")
    tamsin.get_by_role("button", name="Keep the note").click()
    tamsin.get_by_role("button", name="The mid-year review is held").click()
    expect(tamsin.get_by_text("The mid-year review is held.")).to_be_visible()

    # The year's end.
    jerome.goto(f"{site.url}/appraisals/")
    expect(jerome.get_by_text("Jerome will show the depot")).to_be_visible()
    for page, rating in ((jerome, "Outstanding"), (tamsin, "Good")):
        page.get_by_role("link", name="Rate").first.click()
        page.get_by_role("group", name=OBJECTIVE).get_by_label(rating).check()
        for competency, *_rest in COMPETENCIES:
            page.get_by_role("group", name=competency).get_by_label("Good").check()
        page.get_by_label("What went well").fill(f"The letters, {rating.lower()}.")
        page.get_by_role("button", name="Keep the ratings").click()
    axe(tamsin)
    tamsin.get_by_role("button", name="The year-end review is held").click()
    expect(tamsin.get_by_text("Good: objectives at 70% and competencies at 30% make 3")).to_be_visible()

    # A disagreement, answered by the appraiser's manager.
    jerome.reload()
    jerome.get_by_role("link", name="Read and sign").click()
    jerome.get_by_text("I disagree").click()
    jerome.get_by_label("With what do you disagree").fill("All twelve months, not ten.")
    jerome.get_by_role("button", name="Send it").click()
    expect(jerome.get_by_text("Nobody signs until the disagreement is answered.")).to_be_visible()

    colin.get_by_role("link", name="My team").click()
    colin.get_by_role("link", name="Answer the disagreement").click()
    expect(colin.get_by_text("All twelve months, not ten.")).to_be_visible()
    colin.get_by_label("Your answer").fill("I heard both. Good it stays, and next year's objective is set higher.")
    colin.get_by_role("button", name="Answer").click()
    expect(colin.get_by_text("both may sign now")).to_be_visible()

    # Signed by both.
    for page, told in ((jerome, "You have signed."), (tamsin, "Both have signed: the year is done.")):
        page.goto(f"{site.url}/appraisals/{appraisal.pk}/")
        page.get_by_role("link", name="Read and sign").click()
        page.get_by_role("button", name="Sign", exact=True).click()
        expect(page.get_by_text(told)).to_be_visible()
    assert Appraisal.objects.get(pk=appraisal.pk).done.stage is Stage.SIGNED

    # A fourth.
    for code in ("teresa-monkhouse", "rory-macaskill", "deborah-lockyer"):
        other = open_as(code)
        other.goto(f"{site.url}/appraisals/{appraisal.pk}/")
        expect(other.get_by_role("heading", name="You cannot open this page")).to_be_visible()
        assert OBJECTIVE not in other.content()
