"""What a person has to do, what is off target, and what has happened lately, today."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q
from django.utils.timezone import get_default_timezone

from goldenthread.council.models import Role, Unit
from goldenthread.council.roles import roles_of
from goldenthread.domain.periods import Period
from goldenthread.domain.rollup import Counts, count
from goldenthread.domain.words import ON_TARGET, RATED, Frequency, Status
from goldenthread.history.clock import today
from goldenthread.measures.models import Actual, Commentary, Measure, Target
from goldenthread.measures.queries.board import board
from goldenthread.measures.queries.duties import duties_of
from goldenthread.measures.queries.line import Line
from goldenthread.measures.queries.owed import Wanted, wanted_of
from goldenthread.measures.rules import visible_to

#: How far back "lately" goes, and how much of it is shown.
LATELY, SHOWN = timedelta(days=45), 8
#: What counts as having happened, and where each says who did it.
KINDS: tuple[tuple[str, type[Any], str], ...] = (
    ("figure", Actual, "entered_by"),
    ("target", Target, "set_by"),
    ("words", Commentary, "written_by"),
)
OFF_TARGET = frozenset(RATED) - ON_TARGET
#: The roles whose home is the whole council, whatever measures are theirs besides.
LOOKS_AFTER_ALL = (Role.ADMINISTRATOR, Role.PERFORMANCE_OFFICER, Role.AUDITOR)


@dataclass(frozen=True, slots=True)
class Event:
    """Something given lately."""

    at: datetime
    who: str
    kind: str
    line: Line
    row: Any


@dataclass(frozen=True)
class Home:
    """``explained`` are the measures whose commentary covers the figure shown."""

    lines: Sequence[Line]
    wanted: Sequence[Wanted]
    off_target: Sequence[Line]
    explained: Collection[int]
    answerable: Collection[int]
    lately: Sequence[Event]
    enters: bool

    @property
    def mine_wanted(self) -> list[Wanted]:
        return [one for one in self.wanted if one.mine]

    @property
    def unexplained(self) -> list[Line]:
        """What is off target, answered for by this person, with nothing written about it."""
        return [line for line in self.off_target if line.pk in self.answerable and line.pk not in self.explained]

    @property
    def counts(self) -> Counts:
        return count([line.child for line in self.lines])

    def wanted_by_unit(self) -> list[tuple[str, str, int, int]]:
        """Each unit that owes figures: its code and name, how many are overdue, how many awaited; the worst first."""
        found: dict[tuple[str, str], Counter[Status]] = {}
        for one in self.wanted:
            found.setdefault((one.line.unit_code, one.line.unit), Counter())[one.status] += 1
        rows = [(*unit, said[Status.OVERDUE], said[Status.AWAITED]) for unit, said in found.items()]
        return sorted(rows, key=lambda row: (-row[2], -row[3], row[1]))


def home(user: Any) -> Home:
    """The home of ``user``: their own measures, or all that they may see where they have none or look after all.

    In thirteen queries.
    """
    duties, day = duties_of(user), today()
    visible = Measure.objects.filter(visible_to(user))
    entered = set(visible.filter(duties.enters).values_list("pk", flat=True))
    answered = set(visible.filter(duties.answers).values_list("pk", flat=True))
    own = set() if roles_of(user).has(*LOOKS_AFTER_ALL) else entered | answered
    shown = visible.filter(pk__in=own) if own else visible
    # Councillors read what is written for them; officers write to each other too.
    read = ~Q(audience="internal") if roles_of(user).only(Role.MEMBER) else Q()
    lines = board(shown, Period.of(Frequency.DAY, day)).lines
    off_target = [line for line in lines if line.status in OFF_TARGET]
    return Home(
        lines=lines,
        wanted=wanted_of(lines, entered),
        off_target=sorted(off_target, key=lambda line: (-RATED.index(line.status), line.code)),
        explained=_explained(off_target, read),
        answerable=answered,
        lately=_lately({line.pk: line for line in lines}, own or None, day, read),
        enters=bool(entered),
    )


def has_units() -> bool:
    return Unit.objects.exists()


def has_roles(user: Any) -> bool:
    return bool(roles_of(user).units or roles_of(user).posts)


def _explained(lines: Sequence[Line], read: Q) -> set[int]:
    """Which of the figures shown have something written about them."""
    periods = {line.pk: line.period for line in lines}
    rows = Commentary.objects.filter(read, measure__in=periods, period__in=set(periods.values()))
    return {key for key, period in rows.values_list("measure_id", "period") if periods[key] == period}


def _lately(lines: dict[int, Line], own: Collection[int] | None, day: date, read: Q) -> list[Event]:
    """The figures, targets and commentary of the last weeks, the latest first."""
    ours = Q(measure__in=own) if own is not None else Q(measure__in=list(lines)) if len(lines) < 500 else Q()
    # A moment, not a day: what day a moment belongs to is asked of every row anew.
    since = datetime.combine(day - LATELY, time(), tzinfo=get_default_timezone())
    recent = ours & Q(entered_at__gte=since)
    found = []
    for kind, model, named in KINDS:
        whole = read if model is Commentary else Q(category="")
        for row in model.objects.filter(recent & whole).order_by("-entered_at", "-pk")[:SHOWN]:
            if row.measure_id in lines:
                found.append(Event(row.entered_at, getattr(row, named), kind, lines[row.measure_id], row))
    return sorted(found, key=lambda event: event.at, reverse=True)[:SHOWN]
