"""The verbs of plans: what each writes, what it refuses, and how the thread goes on from plan to plan."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from goldenthread.accounts.models import User
from goldenthread.council.models import Post, Unit
from goldenthread.domain.graph import circle_in
from goldenthread.history.models import Change
from goldenthread.measures.models import Measure, MeasureLink
from goldenthread.measures.services import link_measure, succeed_plan, unlink_measure, weigh_measure
from goldenthread.plans.homes import element_of
from goldenthread.plans.models import Action, ActionProgress, Element, Link, Plan, Rescheduling
from goldenthread.plans.services import (
    Fate,
    Refused,
    Superseded,
    add_action,
    add_element,
    add_element_kind,
    add_milestone,
    add_plan,
    adopt_plan,
    ask_to_reschedule,
    cancel_action,
    change_action,
    change_element,
    change_plan,
    close_plan,
    complete_action,
    consult_plan,
    decide_rescheduling,
    judge_element,
    link_elements,
    reach_milestone,
    report_progress,
    unlink_elements,
    weigh_link,
    write_element_commentary,
)
from goldenthread.plans.services.links import links_of

pytestmark = pytest.mark.django_db

APRIL_2025, APRIL_2029 = date(2025, 4, 1), date(2029, 4, 1)


@pytest.fixture
def officer() -> User:
    return User.objects.create_user("officer@wenlow.example", name="Ada Officer")


@pytest.fixture
def head() -> User:
    return User.objects.create_user("head@wenlow.example", name="Bola Head")


@pytest.fixture
def council(officer: User) -> Unit:
    return Unit.objects.create(code="WCC", name="Wenlow City Council", kind="council")


@pytest.fixture
def thread(officer: User, council: Unit) -> None:
    """A council plan with a priority and two outcomes, and a service plan with an objective."""
    Post.objects.create(code="HSG-HEAD", title="Head of Council Homes", unit=council)
    for kind in ("priority", "outcome", "objective"):
        add_element_kind(by=officer, code=kind, title=kind.capitalize(), counts_as=kind)
    add_plan(by=officer, code="CP25", title="Council Plan 2025-29", unit="WCC", starts=APRIL_2025)
    add_plan(by=officer, code="HSG26", title="Homes Service Plan", unit="WCC", starts=date(2026, 4, 1))
    add_element(by=officer, plan="CP25", code="P1", kind="priority", title="Decent homes")
    add_element(by=officer, plan="CP25", code="O1", kind="outcome", title="Warm, dry homes", owner="HSG-HEAD")
    add_element(by=officer, plan="CP25", code="O2", kind="outcome", title="Fewer people without a home")
    add_element(by=officer, plan="HSG26", code="HSG-1", kind="objective", title="Repairs done when promised")
    link_elements(by=officer, above="P1", below="O1", weight=Decimal(2), starts=APRIL_2025)
    link_elements(by=officer, above="P1", below="O2", starts=APRIL_2025)
    link_elements(by=officer, above="O1", below="HSG-1", starts=date(2026, 4, 1))


def faults_of(verb: Any, **asked: Any) -> dict[str, str]:
    changes = Change.objects.count()
    with pytest.raises(Refused) as refused:
        verb(**asked)
    assert Change.objects.count() == changes, "what is refused leaves nothing behind"
    return refused.value.faults


def test_a_plan_goes_through_its_states_in_order(officer: User, council: Unit):
    add_plan(by=officer, code="CP25", title="Council Plan 2025-29", unit="WCC", starts=APRIL_2025)
    assert faults_of(adopt_plan, by=officer, plan="CP25") == {"": "A plan is consulted on before it is adopted."}
    consult_plan(by=officer, plan="CP25")
    adopt_plan(by=officer, plan="CP25", reason="Council, 4 March 2025")
    assert faults_of(consult_plan, by=officer, plan="CP25") == {"": "Only a draft can go out to consultation."}
    close_plan(by=officer, plan="CP25", ends=date(2029, 3, 31))
    assert faults_of(change_plan, by=officer, plan="CP25", changes={"title": "Ours"}) == {"": "This plan is closed."}
    plan = Plan.objects.get()
    assert (plan.state, plan.ends) == ("closed", date(2029, 3, 31))
    assert list(plan.history.order_by("history_id").values_list("state", "history_change_reason")) == [
        ("draft", "add_plan"),
        ("consulted", "consult_plan"),
        ("adopted", "Council, 4 March 2025"),
        ("closed", "close_plan"),
    ]


def test_what_is_wrong_is_told_by_the_field(officer: User, thread: None):
    assert faults_of(add_plan, by=officer, code="CP25", title=" ", starts=APRIL_2029, ends=APRIL_2025) == {
        "title": "Write one.",
        "code": "CP25 is in use already: choose another code.",
        "ends": "This is before it starts: choose a later day.",
    }
    assert faults_of(add_element, by=officer, plan="CP99", code="P9", kind="priority", title="More") == {
        "plan": "There is no plan CP99."
    }
    assert faults_of(add_element, by=officer, plan="CP25", code="P9", kind="vow", title="More") == {
        "kind": "There is no kind vow."
    }
    assert faults_of(add_action, by=officer, code="A1", element="P1", title="Build", owner="NOBODY") == {
        "owner": "There is no owner NOBODY."
    }


def test_an_element_changed_meanwhile_is_not_overwritten(officer: User, thread: None):
    seen = Element.objects.get(code="P1").edition
    change_element(by=officer, element="P1", changes={"title": "A decent home for everyone"}, edition=seen)
    with pytest.raises(Superseded):
        change_element(by=officer, element="P1", changes={"title": "Homes"}, edition=seen)
    change_element(by=officer, element="P1", changes={"owner": "HSG-HEAD", "roll_up": "worst_of"})
    element = Element.objects.get(code="P1")
    assert (element.title, element.owner.code, element.roll_up) == (
        "A decent home for everyone",
        "HSG-HEAD",
        "worst_of",
    )
    assert [row.title for row in element.history.order_by("history_id")] == [
        "Decent homes",
        "A decent home for everyone",
        "A decent home for everyone",
    ]


def test_a_circle_is_refused_with_the_path_that_would_close(officer: User, thread: None):
    told = faults_of(link_elements, by=officer, above="HSG-1", below="P1", starts=date(2026, 4, 1))
    assert told == {
        "below": "That would go round in a circle: HSG-1 → P1 → O1 → HSG-1. "
        "Link it elsewhere, or take one of these links out first."
    }
    assert faults_of(link_elements, by=officer, above="P1", below="O1", starts=date(2027, 4, 1)) == {
        "below": "O1 serves P1 already then."
    }
    link_elements(by=officer, above="O2", below="HSG-1", starts=date(2026, 4, 1))
    assert circle_in(links_of(Link.objects.all())) is None


def test_a_link_may_turn_round_once_it_has_ended(officer: User, thread: None):
    unlink_elements(by=officer, above="O1", below="HSG-1", ends=date(2027, 3, 31))
    link_elements(by=officer, above="HSG-1", below="O1", starts=date(2027, 4, 1))
    assert circle_in(links_of(Link.objects.all())) is None


def test_a_weight_holds_from_a_day(officer: User, thread: None):
    weigh_link(by=officer, above="P1", below="O1", weight=Decimal("0.5"), starts=date(2027, 4, 1), reason="Cabinet")
    held = Link.objects.filter(above__code="P1", below__code="O1").order_by("starts")
    assert list(held.values_list("weight", "starts", "ends")) == [
        (Decimal(2), APRIL_2025, date(2027, 3, 31)),
        (Decimal("0.5"), date(2027, 4, 1), None),
    ]
    assert faults_of(weigh_link, by=officer, above="P1", below="O1", weight=Decimal(-1), starts=date(2027, 4, 1)) == {
        "weight": "A weight is 0 or more."
    }


def test_a_date_is_put_off_only_by_somebody_else(officer: User, head: User, thread: None):
    first, later = date(2026, 12, 31), date(2027, 3, 31)
    add_action(by=officer, code="A1", element="HSG-1", title="A second gang of roofers", due=first)
    assert faults_of(change_action, by=officer, action="A1", changes={"due": later}) == {
        "due": "It has a date: ask to re-schedule it, with a reason."
    }
    ask_to_reschedule(by=officer, action="A1", due=later, reason="Storms")
    assert Action.objects.get().due == first
    assert faults_of(decide_rescheduling, by=officer, action="A1", approve=True) == {
        "": "Somebody other than the one who asked decides."
    }
    assert faults_of(decide_rescheduling, by=None, action="A1", approve=True) == {
        "": "Somebody other than the one who asked decides."
    }
    assert faults_of(ask_to_reschedule, by=officer, action="A1", due=date(2027, 6, 30), reason="More storms") == {
        "": "Another date was asked for already: that is decided first."
    }
    assert faults_of(decide_rescheduling, by=head, action="A1", approve=False) == {"reason": "Write one."}
    decide_rescheduling(by=head, action="A1", approve=True)
    action = Action.objects.get()
    assert (action.original_due, action.due) == (first, later)
    assert list(Rescheduling.objects.values_list("step", "due", "by_name")) == [
        ("asked", later, "Ada Officer"),
        ("approved", later, "Bola Head"),
    ]
    ask_to_reschedule(by=officer, action="A1", due=date(2027, 6, 30), reason="More storms")
    decide_rescheduling(by=head, action="A1", approve=False, reason="Enough")
    assert Action.objects.get().due == later


def test_an_action_from_its_promise_to_its_end(officer: User, thread: None):
    add_action(by=officer, code="A1", element="HSG-1", title="A second gang of roofers")
    change_action(by=officer, action="A1", changes={"due": date(2027, 3, 31), "owner": "HSG-HEAD"})
    add_milestone(by=officer, action="A1", code="M1", title="Gang hired", due=date(2026, 12, 31))
    reach_milestone(by=officer, action="A1", milestone="M1", reached_on=date(2026, 12, 18))
    report_progress(by=officer, action="A1", progress=60, note="Half the roofs")
    assert faults_of(report_progress, by=officer, action="A1", progress=101) == {
        "progress": "Write a whole number from 0 to 100."
    }
    assert faults_of(complete_action, by=officer, action="A1", completed_on=date(2030, 1, 1)) == {
        "completed_on": "That day is still to come."
    }
    complete_action(by=officer, action="A1", completed_on=date(2027, 1, 15))
    action = Action.objects.get()
    assert (action.state, action.progress, action.original_due) == ("complete", 100, date(2027, 3, 31))
    assert list(ActionProgress.objects.values_list("progress", "state", "note")) == [
        (60, "under_way", "Half the roofs"),
        (100, "complete", ""),
    ]
    closed = {"": "This action is closed."}
    assert faults_of(cancel_action, by=officer, action="A1", reason="No money") == closed
    assert faults_of(add_milestone, by=officer, action="A1", code="M2", title="Gang paid") == closed
    day = date(2027, 1, 15)
    assert faults_of(reach_milestone, by=officer, action="A1", milestone="M1", reached_on=day) == closed


def test_elements_are_judged_and_commented_on(officer: User, thread: None):
    judged = judge_element(
        by=officer, element="O1", period="2026/27 Q3", status="amber", reason="Damp", expires=date(2027, 4, 1)
    )
    assert (judged.by_name, judged.status, judged.change.verb) == ("Ada Officer", "amber", "judge_element")
    assert set(
        faults_of(
            judge_element, by=officer, element="O1", period="Q3", status="pink", reason="", expires=date(2027, 4, 1)
        )
    ) == {"period", "status", "reason"}
    said = write_element_commentary(by=officer, element="O1", period="2026/27 Q3", comment="Roofs first.")
    assert said.comment == "Roofs first."


def test_measures_hang_on_elements_with_a_weight(officer: User, council: Unit, thread: None):
    Measure.objects.create(code="HO-01", title="Repairs done in time", unit=council)
    link_measure(by=officer, measure="HO-01", element="HSG-1", starts=date(2026, 4, 1))
    assert faults_of(link_measure, by=officer, measure="HO-01", element="HSG-1") == {
        "element": "HO-01 shows HSG-1 already then."
    }
    assert faults_of(link_measure, by=officer, measure="HO-99", element="HSG-1") == {
        "measure": "There is no measure HO-99."
    }
    weigh_measure(by=officer, measure="HO-01", element="HSG-1", weight=Decimal(3), starts=date(2026, 10, 1))
    unlink_measure(by=officer, measure="HO-01", element="HSG-1", ends=date(2027, 3, 31))
    assert list(MeasureLink.objects.order_by("starts").values_list("weight", "starts", "ends")) == [
        (Decimal(1), date(2026, 4, 1), date(2026, 9, 30)),
        (Decimal(3), date(2026, 10, 1), date(2027, 3, 31)),
    ]


def test_what_a_closed_plan_says_stays_as_it_is(officer: User, council: Unit, thread: None):
    Measure.objects.create(code="HO-01", title="Repairs done in time", unit=council)
    link_measure(by=officer, measure="HO-01", element="O1", starts=APRIL_2025)
    consult_plan(by=officer, plan="CP25")
    adopt_plan(by=officer, plan="CP25")
    close_plan(by=officer, plan="CP25", ends=date(2026, 12, 31))
    closed, of_it = {"": "This plan is closed."}, {"by": officer, "element": "O1"}
    add_action(by=officer, code="A2", element="HSG-1", title="Insulate the flats", due=date(2027, 1, 31))
    may, two = date(2026, 5, 1), Decimal(2)
    assert faults_of(link_elements, by=officer, above="HSG-1", below="O2") == closed
    assert faults_of(link_elements, by=officer, above="O2", below="HSG-1") == {"above": "That plan is closed."}
    assert faults_of(weigh_link, by=officer, above="O1", below="HSG-1", weight=two, starts=may) == closed
    assert faults_of(weigh_measure, measure="HO-01", weight=two, starts=may, **of_it) == closed
    assert faults_of(link_measure, measure="HO-01", **of_it) == {"element": "That plan is closed."}
    assert faults_of(add_action, code="A3", title="Insulate more", **of_it) == {"element": "That plan is closed."}
    moved = {"by": officer, "action": "A2", "changes": {"element": "O1"}}
    assert faults_of(change_action, **moved) == {"element": "That plan is closed."}
    assert faults_of(change_element, changes={"title": "Warm homes"}, **of_it) == closed
    assert faults_of(write_element_commentary, period="2026/27 Q3", comment="All warm", **of_it) == closed
    judged = {"period": "2026/27 Q3", "status": "green", "reason": "All warm", "expires": APRIL_2029}
    assert faults_of(judge_element, **judged, **of_it) == closed
    unlink_elements(by=officer, above="O1", below="HSG-1", ends=date(2026, 12, 31))
    unlink_measure(by=officer, measure="HO-01", element="O1", ends=date(2026, 12, 31))


@pytest.fixture
def new_plan(officer: User, council: Unit, thread: None) -> None:
    Measure.objects.create(code="HO-01", title="Repairs done in time", unit=council)
    link_measure(by=officer, measure="HO-01", element="O1", weight=Decimal(3))
    add_action(by=officer, code="A1", element="O1", title="Insulate 400 homes", due=date(2030, 3, 31))
    add_plan(by=officer, code="CP29", title="Council Plan 2029-33", unit="WCC", starts=APRIL_2029)


def test_a_plan_succeeded_carries_the_thread_over(officer: User, new_plan: None):
    done = succeed_plan(
        by=officer,
        plan="CP25",
        successor="CP29",
        starts=APRIL_2029,
        fates=[Fate(elements=["P1"], code="P1-29"), Fate(elements=["O1", "O2"], code="O1-29", title="Homes for all")],
        reason="Council, 6 March 2029",
    )
    assert {code: element.code for code, element in done.onward.items()} == {
        "P1": "P1-29",
        "O1": "O1-29",
        "O2": "O1-29",
    }
    assert list(Element.objects.filter(plan__code="CP29").values_list("code", "title", "starts")) == [
        ("P1-29", "Decent homes", APRIL_2029),
        ("O1-29", "Homes for all", APRIL_2029),
    ]
    last_day = date(2029, 3, 31)
    links = Link.objects.order_by("starts", "pk").values_list("above__code", "below__code", "starts", "ends", "weight")
    assert list(links) == [
        ("P1", "O1", APRIL_2025, last_day, Decimal(2)),
        ("P1", "O2", APRIL_2025, last_day, Decimal(1)),
        ("O1", "HSG-1", date(2026, 4, 1), last_day, Decimal(1)),
        ("P1-29", "O1-29", APRIL_2029, None, Decimal(2)),
        ("O1-29", "HSG-1", APRIL_2029, None, Decimal(1)),
    ]
    shown = MeasureLink.objects.order_by("pk").values_list("element__code", "weight", "starts", "ends")
    assert list(shown) == [("O1", Decimal(3), None, last_day), ("O1-29", Decimal(3), APRIL_2029, None)]
    action = Action.objects.get()
    days = (date(2026, 6, 1), last_day, APRIL_2029)
    assert [element_of(action, day).code for day in days] == ["O1", "O1", "O1-29"]
    assert Plan.objects.get(code="CP29").succeeds.code == "CP25"
    assert Plan.objects.get(code="CP25").ends == last_day
    assert set(Element.objects.filter(plan__code="CP25").values_list("ends", "succeeded_by__code")) == {
        (last_day, "P1-29"),
        (last_day, "O1-29"),
    }


def test_nothing_is_left_without_a_fate(officer: User, new_plan: None):
    asked = {"by": officer, "plan": "CP25", "successor": "CP29", "starts": APRIL_2029}
    assert faults_of(succeed_plan, **asked, fates=[Fate(elements=["P1"], code="P1-29")]) == {
        "fates": "Say what becomes of O1, O2."
    }
    assert faults_of(succeed_plan, **asked, fates=[Fate(elements=["P1", "O1", "O2"])]) == {
        "fates": "There is still something to do for what you retire: finish, cancel or move A1 first."
    }
    assert faults_of(
        succeed_plan, **asked, fates=[Fate(elements=["P1", "HSG-1"], code="P1-29"), Fate(elements=["O1", "O2"])]
    ) == {"fates": "These are no running elements of the plan: HSG-1."}
    cancel_action(by=officer, action="A1", reason="Done by the region")
    succeed_plan(**asked, fates=[Fate(elements=["P1", "O1", "O2"])])
    assert not Element.objects.filter(plan__code="CP29").exists()
    assert not Link.objects.filter(ends__isnull=True).exists()


def test_a_merge_that_would_close_a_circle_is_refused(officer: User, new_plan: None):
    """P1 above HSG-1 above O2: were P1 and O2 one, HSG-1 would stand both above and below it."""
    link_elements(by=officer, above="HSG-1", below="O2", starts=date(2026, 4, 1))
    assert faults_of(
        succeed_plan,
        by=officer,
        plan="CP25",
        successor="CP29",
        starts=APRIL_2029,
        fates=[Fate(elements=["P1", "O2"], code="P-29"), Fate(elements=["O1"], code="O-29")],
    ) == {"fates": "What you merge would go round in a circle: HSG-1 → P-29 → O-29 → HSG-1."}
