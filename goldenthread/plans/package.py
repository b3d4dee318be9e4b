"""The tables of plans in the data package, and the lock under which a load links elements."""

from collections import defaultdict
from datetime import date
from decimal import Decimal
from itertools import pairwise

from goldenthread.domain import words
from goldenthread.domain.graph import Link as DatedLink
from goldenthread.domain.graph import circle_in
from goldenthread.history.models import Change
from goldenthread.package.columns import Choice, Code, Day, Figure, Moment, PeriodName, Text, Whole
from goldenthread.package.definitions import Definitions
from goldenthread.package.loading import Loading
from goldenthread.package.reading import Rows
from goldenthread.package.records import Records
from goldenthread.package.tables import Progress, Table
from goldenthread.plans.models import (
    Action,
    ActionProgress,
    Element,
    ElementCommentary,
    ElementJudgement,
    ElementKind,
    Link,
    Milestone,
    Plan,
    Rescheduling,
)
from goldenthread.plans.services.links import hold_the_graph

_LARGEST = 2_147_483_647
_STARTS = Day("starts", about="From this day; empty: as long as the plan")
_ENDS = Day("ends", about="Until this day, included; empty: as long as the plan")
_ORDER = Whole("order", most=_LARGEST, numbered=True, about="Empty: as in the file")
_ELEMENT = Code("element", required=True, references=("elements", "element"))
_ACTION = Code("action", required=True, references=("actions", "action"))
_PERIOD = PeriodName("period", required=True)
_BY = Text("by", longest=200, kept_as="by_name")
_AT = Moment("at", kept_as="entered_at")
#: How much weight a link has when none is written.
_WEIGHT = Figure("weight", empty=Decimal(1), least=Decimal(0), about="How much it counts in a weighted mean; empty: 1")

PLANS = Table(
    name="plans",
    about="Community strategies, council plans, service plans and the like",
    columns=(
        Code("plan", required=True, kept_as="code", page="scorecards:plan"),
        Text("title", required=True, longest=200),
        Text("kind", longest=60, about="In the council's own words, such as Service plan"),
        Code("unit", references=("units", "unit")),
        Text("purpose", about="What the plan, or the service whose plan it is, is for"),
        Text("budget", about="The budget in a line"),
        Day("starts"),
        Day("ends"),
        Code("succeeds", references=("plans", "plan"), about="The plan that it follows"),
        Choice("state", words=words.PlanState, empty="draft"),
    ),
    key=("plan",),
    keep=Definitions(model=Plan),
    trees=("succeeds",),
)

ELEMENT_KINDS = Table(
    name="element_kinds",
    about="What the council calls the elements of its plans, and what each counts as",
    columns=(
        Code("kind", required=True, kept_as="code"),
        Text("title", required=True, longest=100),
        Choice("counts_as", words=words.Level, about="By which gaps in the thread are found"),
        _ORDER,
    ),
    key=("kind",),
    keep=Definitions(model=ElementKind),
)


def _complete_kinds(loading: Loading, rows: Rows) -> None:
    """A package without kinds may use the plain ones: ``priority`` is a Priority and counts as one."""
    known = loading.known("element_kinds", "kind")
    for row, kind in enumerate(rows["kind"]):
        if kind in set(words.Level) - known:
            known.add(kind)
            loading.rows_of("element_kinds", rows.file).add(
                line=rows.lines[row],
                kind=kind,
                title=kind.capitalize(),
                counts_as=kind,
                order=list(words.Level).index(words.Level(kind)) + 1,
            )


ELEMENTS = Table(
    name="elements",
    about="What plans say: visions, priorities, outcomes, objectives, projects",
    columns=(
        Code("element", required=True, kept_as="code", page="scorecards:element"),
        Code("plan", required=True, references=("plans", "plan")),
        Code(
            "kind",
            required=True,
            references=("element_kinds", "kind"),
            about="vision, priority, outcome, objective and project need no line in element_kinds",
        ),
        Text("title", required=True, longest=400),
        Text("description"),
        Code("owner", references=("posts", "post"), about="The post that answers for it"),
        Choice("roll_up", words=words.RollUp, empty="counts", about="How its status follows from what serves it"),
        _ORDER,
        _STARTS,
        _ENDS,
        Code("succeeded_by", references=("elements", "element"), about="The element that took over from it"),
    ),
    key=("element",),
    keep=Definitions(model=Element, edition="edition"),
    completes=(_complete_kinds,),
    trees=("succeeded_by",),
)


def _check_links(loading: Loading, rows: Rows) -> None:
    for row, (above, below) in enumerate(zip(rows["above"], rows["below"], strict=True)):
        if above == below:
            rows.fault(row, "below", f"{below} cannot serve itself: write another element")
            return
    links = {key: DatedLink(key[0], key[1], key[2], values[-1]) for key, values in _stored(loading, "links").items()}
    here = list(zip(rows["above"], rows["below"], rows["starts"], rows["ends"], strict=True))
    links |= {row[:3]: DatedLink(*row) for row in here}
    circle = circle_in(links.values())
    if circle is None:
        return
    steps = set(pairwise(circle))
    place = next((place for place, row in enumerate(here) if row[:2] in steps), None)
    message = f"goes round in a circle, {' → '.join(circle)}: take one of these links out, or end it sooner"
    if place is not None:
        rows.fault(place, "below", message)
    else:
        loading.faults.add(rows.file, 0, "below", message)


def _stored(loading: Loading, table: str) -> dict[tuple[str, str, date | None], tuple[object, ...]]:
    return {key: values for key, (_, values) in loading.stored(table).items()}


def _check_overlaps(loading: Loading, rows: Rows) -> None:
    """One element serves another once at a time."""
    del loading
    spans: dict[tuple[str, str], list[tuple[date, date, int]]] = defaultdict(list)
    for row, (above, below, starts, ends) in enumerate(
        zip(rows["above"], rows["below"], rows["starts"], rows["ends"], strict=True)
    ):
        spans[above, below].append((starts or date.min, ends or date.max, row))
    for held in spans.values():
        held.sort()
        for (_, ends, first), (starts, _, second) in pairwise(held):
            if starts <= ends:
                rows.fault(
                    second, "starts", f"line {rows.lines[first]} links the same two until {ends}: start after that"
                )


LINKS = Table(
    name="links",
    about="Which element serves which, from when to when",
    columns=(
        Code("above", required=True, references=("elements", "element"), about="What is served"),
        Code("below", required=True, references=("elements", "element"), about="What serves it"),
        _WEIGHT,
        Day("starts", about="From this day; empty for from ever"),
        Day("ends", about="Until this day, included; empty for no end"),
    ),
    key=("above", "below", "starts"),
    keep=Definitions(model=Link),
    checks=(_check_overlaps, _check_links),
)


def _complete_actions(loading: Loading, rows: Rows) -> None:
    """Where one of the two dates is left out, it is the other."""
    del loading
    for row, (original, due) in enumerate(zip(rows["original_due"], rows["due"], strict=True)):
        rows["original_due"][row] = original or due
        rows["due"][row] = due or original


def _check_actions(loading: Loading, rows: Rows) -> None:
    del loading
    columns = ("starts", "original_due", "state", "completed_on")
    for row, (starts, due, state, completed) in enumerate(zip(*(rows[name] for name in columns), strict=True)):
        if starts and due and due < starts:
            rows.fault(row, "original_due", f"{due} is before {starts}, when it starts: write a later day")
        if completed and state != words.ActionState.COMPLETE:
            rows.fault(row, "completed_on", f"it is said to be {state}: write complete, or leave the day empty")


ACTIONS = Table(
    name="actions",
    about="What is done for an element, by whom and by when",
    columns=(
        Code("action", required=True, kept_as="code", page="plans:action"),
        _ELEMENT,
        Text("title", required=True, longest=400),
        Code("owner", references=("posts", "post"), about="The post that answers for it"),
        Day("starts"),
        Day("original_due", about="The date first promised, which never changes; empty: as due"),
        Day("due", about="The date as last approved; empty: as original_due"),
        Whole("progress", most=100, about="In per cent"),
        Choice("state", words=words.ActionState, empty="planned"),
        Day("completed_on"),
    ),
    key=("action",),
    keep=Definitions(model=Action),
    completes=(_complete_actions,),
    checks=(_check_actions,),
)

MILESTONES = Table(
    name="milestones",
    about="The steps of actions",
    columns=(
        _ACTION,
        Code("milestone", required=True, kept_as="code"),
        Text("title", required=True, longest=400),
        Day("due"),
        Day("reached_on"),
    ),
    key=("action", "milestone"),
    keep=Definitions(model=Milestone),
)

ACTION_PROGRESS = Table(
    name="action_progress",
    about="What was reported of each action, and when",
    columns=(
        _ACTION,
        Whole("progress", most=100),
        Choice("state", words=words.ActionState, empty="under_way"),
        Text("note"),
        _BY,
        _AT,
    ),
    key=("action",),
    keep=Records(model=ActionProgress, moment="at", subject="action"),
)

RESCHEDULINGS = Table(
    name="reschedulings",
    about="Later dates asked for, and what became of them",
    columns=(
        _ACTION,
        Choice("step", required=True, words=Rescheduling.Step),
        Day("due", required=True),
        Text("reason"),
        _BY,
        _AT,
    ),
    key=("action",),
    keep=Records(model=Rescheduling, moment="at", subject="action"),
)

ELEMENT_JUDGEMENTS = Table(
    name="element_judgements",
    about="Statuses that people gave to elements",
    columns=(
        _ELEMENT,
        _PERIOD,
        Choice("status", required=True, words=words.RATED),
        Text("reason", required=True),
        _BY,
        _AT,
        Day("expires", required=True),
    ),
    key=("element", "period"),
    keep=Records(model=ElementJudgement, moment="at", subject="element"),
)

ELEMENT_COMMENTARY = Table(
    name="element_commentary",
    about="What the owners of elements wrote about a period",
    columns=(_ELEMENT, _PERIOD, Text("comment", required=True), _BY, _AT),
    key=("element", "period"),
    keep=Records(model=ElementCommentary, moment="at", subject="element"),
)

TABLES = (
    PLANS,
    ELEMENT_KINDS,
    ELEMENTS,
    LINKS,
    ACTIONS,
    MILESTONES,
    ACTION_PROGRESS,
    RESCHEDULINGS,
    ELEMENT_JUDGEMENTS,
    ELEMENT_COMMENTARY,
)
_OF_AN_ACTION = ("action_progress", "reschedulings")
_OF_AN_ELEMENT = ("element_judgements", "element_commentary")


class HeldGraph:
    """A load of links waits for whoever is linking elements, and they for it, so that no circle slips in between."""

    def concern(self, loading: Loading) -> None:
        for tables, column in ((_OF_AN_ACTION, "action"), (_OF_AN_ELEMENT, "element")):
            for table in tables:
                if table in loading.rows:
                    loading.subjects.update(loading.rows[table][column])

    def prepare(self, loading: Loading, progress: Progress) -> None:
        """Nothing follows from plans."""

    def lock(self, loading: Loading) -> None:
        if "links" in loading.plans:
            hold_the_graph()

    def write(self, loading: Loading, change: Change, progress: Progress) -> None:
        """Nothing follows from plans."""
