"""The commentary coach: what a reader will miss in what was written."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.domain.commentary import Written, coach, coach_words, repeats
from goldenthread.domain.periods import Period
from goldenthread.domain.words import Status

WHOLE = Written(
    comment="Sickness rose in the winter months.",
    cause="Flu in the depots.",
    action="Vaccination of all crews.",
    owner="Head of People",
    due=date(2027, 2, 1),
)


def said(written: Written, status: Status | None, previous: Written | None = None) -> list[str]:
    return [hint.code for hint in coach(written, status, previous)]


def test_cause_action_owner_and_date_leave_nothing_to_say() -> None:
    assert said(WHOLE, Status.RED) == []


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (Written(), ["coach_silent"]),
        (Written(comment="It was a hard quarter."), ["coach_no_cause", "coach_no_action"]),
        (Written(comment="It fell because two posts were vacant."), ["coach_no_action"]),
        (Written(cause="Vacancies.", action="Recruiting."), ["coach_no_owner_or_date"]),
        (Written(cause="Vacancies.", action="Recruiting.", owner="A. Shah"), ["coach_no_date"]),
        (Written(cause="Vacancies.", action="Recruiting.", due=date(2027, 2, 1)), ["coach_no_owner"]),
    ],
)
def test_what_is_missing_off_target(written: Written, expected: list[str]) -> None:
    assert said(written, Status.AMBER) == expected
    assert said(written, Status.GREEN) == []
    assert said(written, Status.OVERDUE) == []


@pytest.mark.parametrize(
    ("text", "status", "expected"),
    [
        ("Punctuality remains on track.", Status.RED, "on track"),
        ("There are no concerns.", Status.AMBER, "no concerns"),
        ("We have exceeded our target.", Status.RED, "exceeded our target"),
        ("We are not on track.", Status.RED, ""),
        ("We are no longer on track.", Status.RED, ""),
        ("A plan is in place to bring it back on track.", Status.RED, ""),
        ("We missed the target in July.", Status.GREEN, "missed the target"),
        ("On target for the year.", Status.GREEN, ""),
        ("On target for the year.", Status.NO_TARGET, ""),
    ],
)
def test_words_that_contradict_the_colour(text: str, status: Status, expected: str) -> None:
    claims = [hint.params["claim"] for hint in coach(Written(comment=text), status) if hint.code == "coach_contradicts"]
    assert claims == ([expected] if expected else [])


def test_the_text_of_the_period_before_over_again() -> None:
    before = Written(comment="Calls rose by 9% as the new bills went out.", period=Period.parse("2026/27 Q1"))
    now = Written(comment="Calls rose by 12% as the new bills went out!")
    assert [coach_words(hint) for hint in coach(now, None, before)] == ["It repeats what was written for Q1 2026/27"]


def test_a_word_or_two_the_same_is_no_repetition() -> None:
    assert not repeats("No change.", "No change.")
    assert not repeats("Sickness fell as the flu season ended.", "Sickness rose as the flu season began in earnest.")


@given(st.text(), st.text(), st.sampled_from([*Status, None]))
def test_any_text_gives_hints_in_words(text: str, before: str, status: Status | None) -> None:
    hints = coach(Written(comment=text), status, Written(comment=before))
    assert all(coach_words(hint) for hint in hints)
