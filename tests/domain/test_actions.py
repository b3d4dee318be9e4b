"""Actions held against their original date, each status with its reason in words."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.domain.actions import Action, action_words, expected_progress, standing
from goldenthread.domain.words import ActionState, ActionStatus

TODAY = date(2027, 1, 18)
YEAR = {"starts": date(2026, 4, 1), "original_due": date(2027, 3, 31), "due": date(2027, 3, 31)}


def told(**said: Any) -> tuple[str, str]:
    found = standing(Action(**said), today=TODAY)
    return found.status.value, action_words(found.reason)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (YEAR | {"progress": 75}, ("on_track", "On track: due on 31 March 2027, in 72 days; 75% done")),
        (YEAR | {"progress": 70}, ("on_track", "On track: due on 31 March 2027, in 72 days; 70% done")),
        (
            YEAR | {"progress": 69},
            ("at_risk", "At risk: 69% done, where 80% of the time to 31 March 2027 has passed"),
        ),
        (
            YEAR,
            ("at_risk", "At risk: nothing reported as done, where 80% of the time to 31 March 2027 has passed"),
        ),
        (
            YEAR | {"progress": 90, "late_milestones": 1},
            ("at_risk", "At risk: 1 milestone was missed before 31 March 2027; 90% done"),
        ),
        (
            YEAR | {"progress": 90, "due": date(2027, 6, 30)},
            ("at_risk", "At risk: it was due on 31 March 2027; re-scheduled to 30 June 2027; 90% done"),
        ),
        (
            {"original_due": date(2027, 1, 17), "progress": 95},
            ("late", "Late: it was due on 17 January 2027, 1 day ago; 95% done"),
        ),
        (
            {"original_due": date(2026, 12, 31), "due": date(2027, 3, 31)},
            ("late", "Late: it was due on 31 December 2026, 18 days ago; re-scheduled to 31 March 2027"),
        ),
        ({"original_due": TODAY, "progress": 90}, ("on_track", "On track: due today; 90% done")),
        (
            {"starts": date(2027, 2, 1), "original_due": date(2027, 3, 31)},
            ("on_track", "On track: it starts on 1 February 2027"),
        ),
        ({"progress": 20}, ("no_date", "No date: nobody has said by when; 20% done")),
        ({"state": ActionState.CANCELLED, "progress": 20}, ("cancelled", "Cancelled")),
        (
            YEAR | {"state": ActionState.COMPLETE, "completed_on": date(2027, 1, 8), "progress": 100},
            ("complete", "Complete: finished on 8 January 2027, in time for 31 March 2027"),
        ),
        (
            {
                "state": ActionState.COMPLETE,
                "original_due": date(2026, 12, 31),
                "due": date(2027, 1, 31),
                "completed_on": date(2027, 1, 8),
            },
            (
                "complete",
                "Complete: finished on 8 January 2027, 8 days after its original date of 31 December 2026; "
                "re-scheduled to 31 January 2027",
            ),
        ),
        (
            {"state": ActionState.COMPLETE, "completed_on": date(2027, 1, 8)},
            ("complete", "Complete: finished on 8 January 2027; it had no date"),
        ),
        ({"state": ActionState.COMPLETE}, ("complete", "Complete")),
    ],
)
def test_the_status_and_its_reason(said: dict[str, Any], expected: tuple[str, str]) -> None:
    assert told(**said) == expected


def test_completed_is_not_the_same_as_on_track() -> None:
    done = standing(Action(state=ActionState.COMPLETE, completed_on=TODAY, **YEAR), today=TODAY)
    going = standing(Action(progress=100, **YEAR), today=TODAY)
    assert (done.status, going.status) == (ActionStatus.COMPLETE, ActionStatus.ON_TRACK)


def test_expected_progress_needs_both_days_in_order() -> None:
    assert expected_progress(None, TODAY, TODAY) is None
    assert expected_progress(TODAY, date(2026, 1, 1), TODAY) is None
    assert expected_progress(TODAY, TODAY, TODAY) == 100


DAYS = st.dates(date(2025, 1, 1), date(2028, 12, 31))


@given(DAYS, DAYS, DAYS)
def test_expected_progress_never_leaves_0_to_100_and_only_grows(starts: date, due: date, today: date) -> None:
    found = expected_progress(starts, due, today)
    assert found is None or 0 <= found <= 100
    if found is not None and today >= due:
        assert found == 100


@given(DAYS, DAYS, DAYS, st.integers(0, 100))
def test_putting_a_date_off_never_improves_a_status(original: date, later: date, today: date, progress: int) -> None:
    order = [ActionStatus.ON_TRACK, ActionStatus.AT_RISK, ActionStatus.LATE]
    as_promised = standing(Action(original_due=original, due=original, progress=progress), today=today)
    put_off = standing(Action(original_due=original, due=max(original, later), progress=progress), today=today)
    assert order.index(put_off.status) >= order.index(as_promised.status)
