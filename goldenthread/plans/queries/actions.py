"""Actions with how they stand: a list to choose from, and one with all that was said of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, OuterRef, Prefetch, Q, QuerySet, Subquery

from goldenthread.council.models import Appointment
from goldenthread.council.roles import running
from goldenthread.domain.actions import Action as ActionOfSums
from goldenthread.domain.actions import Standing, standing
from goldenthread.domain.words import ActionState, ActionStatus
from goldenthread.plans.homes import FOLLOWED, done_for_plan, element_of
from goldenthread.plans.models import Action, ActionProgress, Element, Milestone, Rescheduling

#: What wants attention first.
ORDER = (
    ActionStatus.LATE,
    ActionStatus.AT_RISK,
    ActionStatus.NO_DATE,
    ActionStatus.ON_TRACK,
    ActionStatus.COMPLETE,
    ActionStatus.CANCELLED,
)


@dataclass(frozen=True, slots=True)
class Stood:
    """An action, the element it is done for, how it stands, and whether another date was asked for and not decided."""

    action: Action
    element: Element
    standing: Standing
    asked: bool

    @property
    def status(self) -> ActionStatus:
        return self.standing.status

    @property
    def owner(self) -> str:
        """Who holds its post today, else the post's title."""
        return owner_of(self.action)


def actions_listed(
    day: date,
    *,
    units: Collection[int] | None = None,
    posts: Collection[int] | None = None,
    status: str = "",
    asked: bool = False,
    search: str = "",
    plan: str = "",
) -> list[Stood]:
    """The actions that fit, late ones first, in four queries. ``units`` are whose plans, ``posts`` whose they are."""
    found = with_standing(day)
    if units is not None:
        found = found.filter(element__plan__unit__in=units)
    if posts is not None:
        found = found.filter(owner__in=posts)
    if plan:
        found = found.filter(done_for_plan(plan))
    if search:
        found = found.filter(
            Q(title__icontains=search) | Q(code__icontains=search) | Q(element__title__icontains=search)
        )
    stood = [stands(action, day) for action in found]
    if plan:
        stood = [one for one in stood if one.element.plan.code == plan]
    if status == "open":
        stood = [one for one in stood if one.action.state in (ActionState.PLANNED, ActionState.UNDER_WAY)]
    elif status:
        stood = [one for one in stood if one.status == status]
    if asked:
        stood = [one for one in stood if one.asked]
    return sorted(
        stood, key=lambda one: (ORDER.index(one.status), one.action.original_due or date.max, one.action.code)
    )


def with_standing(day: date) -> QuerySet[Action]:
    """Actions with all that ``stands`` asks of them, in three queries."""
    last = Rescheduling.objects.filter(action=OuterRef("pk")).order_by("-entered_at", "-pk").values("step")[:1]
    late = Count(
        "milestones",
        filter=Q(milestones__due__lt=day)
        & (Q(milestones__reached_on__isnull=True) | Q(milestones__reached_on__gt=day)),
    )
    held = Appointment.objects.filter(running(day)).select_related("person").order_by("pk")
    return (
        Action.objects.select_related(*FOLLOWED, "owner")
        .prefetch_related(
            Prefetch("owner__appointments", queryset=held, to_attr="held"),
            Prefetch("milestones", queryset=Milestone.objects.order_by(F("due").asc(nulls_last=True), "code")),
        )
        .annotate(late_milestones=late, last_step=Subquery(last))
    )


def stands(action: Action, day: date) -> Stood:
    sums = ActionOfSums(
        state=ActionState(action.state),
        starts=action.starts,
        original_due=action.original_due,
        due=action.due,
        progress=action.progress,
        completed_on=action.completed_on,
        late_milestones=action.late_milestones,
    )
    is_open = action.state in (ActionState.PLANNED, ActionState.UNDER_WAY)
    asked = is_open and action.last_step == Rescheduling.Step.ASKED
    return Stood(action, element_of(action, day), standing(sums, today=day), asked)


def owner_of(thing: object) -> str:
    """Who holds the post of ``thing`` today, else the post's title; empty where it has none."""
    post = thing.owner
    if post is None:
        return ""
    return " / ".join(one.person.name for one in getattr(post, "held", ())) or post.title


def counted(stood: Sequence[Stood]) -> list[tuple[ActionStatus, int]]:
    """How many stand how, those that want attention first."""
    return [(status, number) for status in ORDER if (number := sum(one.status == status for one in stood))]


def said_of(action: Action) -> tuple[list[ActionProgress], list[Rescheduling]]:
    """What was reported, and which dates were asked for and decided, the latest first; two queries."""
    return (
        list(action.reports.order_by("-entered_at", "-pk")),
        list(action.reschedulings.select_related("change").order_by("-entered_at", "-pk")),
    )
