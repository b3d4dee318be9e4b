"""As at last year shows last year's thread, whatever plans succeeded one another since."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from goldenthread.history.acts import Refused
from goldenthread.plans.models import Element, ElementKind, Plan
from goldenthread.plans.services import (
    Fate,
    add_action,
    add_element,
    add_plan,
    complete_action,
    link_elements,
    succeed_plan,
)
from goldenthread.scorecards.queries.gaps import gaps
from goldenthread.scorecards.queries.whole import read_whole
from tests.thorough import tried

YEARS = [date(2025, 4, 1), date(2026, 4, 1), date(2027, 4, 1)]
NAMES = ["A", "B", "C", "D"]


def begin() -> None:
    ElementKind.objects.get_or_create(code="objective", defaults={"title": "Objective", "counts_as": "objective"})
    for place, starts in enumerate(YEARS):
        last = date(starts.year + 1, 3, 31)
        add_plan(by=None, code=f"P{place}", title=f"Plan {starts.year}", starts=starts, ends=last)
        Plan.objects.filter(code=f"P{place}").update(state="adopted")
    for name in NAMES:
        add_element(by=None, plan="P0", code=f"{name}0", kind="objective", title=name)
        add_action(by=None, code=f"{name}0-A", element=f"{name}0", title="Do it", due=date(2026, 9, 30))


def stands(day: date) -> tuple[Any, ...]:
    """The thread of a day: what serves what, and for what each action is done."""
    whole = read_whole(day)
    running = whole.running(day)
    return (
        sorted(running),
        sorted((link.above, link.below, link.weight) for link in whole.graph(day).links),
        sorted((code, row.element) for code, row in whole.actions_on(day).items() if row.element in running),
    )


_links = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=5)
_merges = st.lists(st.integers(0, 3), min_size=4, max_size=4)


@pytest.mark.django_db
@hypothesis_settings(max_examples=tried(8), deadline=None)
@given(links=_links, merges=st.tuples(_merges, _merges), finished=st.sets(st.sampled_from(NAMES), max_size=2))
def test_last_years_thread_stays_as_it_was(links: list[Any], merges: tuple[list[int], ...], finished: set[str]):
    with transaction.atomic():
        begin()
        for above, below in links:
            try:
                link_elements(by=None, above=f"{above}0", below=f"{below}0")
            except Refused:
                continue
        for name in finished:
            complete_action(by=None, action=f"{name}0-A", completed_on=date(2026, 3, 1))
        days = [YEARS[0], YEARS[1] - timedelta(days=1)]
        kept = {day: stands(day) for day in days}
        for year, merge in enumerate(merges, 1):
            fates: dict[int, list[str]] = {}
            running = sorted(Element.objects.filter(plan__code=f"P{year - 1}").values_list("code", flat=True))
            for code, into in zip(running, merge, strict=False):
                fates.setdefault(into, []).append(code)
            try:
                succeed_plan(
                    by=None,
                    plan=f"P{year - 1}",
                    successor=f"P{year}",
                    starts=YEARS[year],
                    fates=[Fate(elements=codes, code=f"{codes[0][0]}{year}") for codes in fates.values()],
                )
            except Refused:  # a merge that would close a circle
                break
            days += [YEARS[year], date(YEARS[year].year + 1, 3, 31)]
            kept |= {day: stands(day) for day in days[-2:]}
            assert {day: stands(day) for day in kept} == kept
            # What is still to be done stands in the plan of the day; what is finished stays where it was.
            open_actions = {f"{name}0-A" for name in NAMES if name not in finished}
            assert {code for code, _element in kept[YEARS[year]][2]} == open_actions
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_until_the_next_plan_begins_what_is_open_is_looked_at_in_this_one():
    begin()
    fates = [Fate(elements=[f"{name}0"], code=f"{name}1") for name in NAMES]
    succeed_plan(by=None, plan="P0", successor="P1", starts=YEARS[1], fates=fates)
    for day, year in ((date(2026, 1, 18), "0"), (YEARS[1], "1")):
        [check] = [one for one in gaps(day).checks if one.name == "action_without_date"]
        assert check.coverage.total == 4
        assert {row.element[-1] for row in read_whole(day).actions_on(day).values()} == {year}


def test_another_day_is_shown_with_the_statuses_that_stood_then(demonstration: None, sign_in: Any, queries_for: Any):
    client = sign_in("performance_officer")
    for path in ("/thread/element/P4/?on=2026-06-01", "/thread/?on=2026-06-01", "/map/?on=2026-06-01"):
        assert queries_for(client, path) <= 25
    page = client.get("/thread/element/P4/?on=2026-06-01").content.decode()
    assert "The thread as it was on 1 June 2026, with the statuses that stood then." in page
    assert "Quarter 4 2025/26" in page
    # A figure restated since stands there as it was known: today's would be another.
    assert "with the statuses of today" in client.get("/thread/element/P4/?on=2027-06-01").content.decode()
