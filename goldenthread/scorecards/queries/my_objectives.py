"""What somebody set out to do this year, in their own words, and what each of it serves up to the priority."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from goldenthread.appraisals.cards import title_of
from goldenthread.appraisals.content import Content, content_of
from goldenthread.appraisals.models import Appraisal, Objective
from goldenthread.council.roles import roles_of
from goldenthread.scorecards.queries.my_thread import line_to
from goldenthread.scorecards.queries.thread import Kind, Node, Threads


@dataclass(frozen=True, slots=True)
class MyObjective:
    """``node`` is the measure or action that it is, or the element that it serves; ``is_live`` says which."""

    title: str
    node: Node | None
    is_live: bool
    line: Sequence[Node]


def my_appraisal(user: Any, day: date) -> Appraisal | None:
    """The reader's own of the latest year that has begun, as long as it is open; of several posts the first."""
    person = roles_of(user).person
    if person is None:
        return None
    rows = Appraisal.objects.filter(person=person, closed_on__isnull=True, year__starts__lte=day, year__ends__gte=day)
    return rows.select_related("year", "template").order_by("pk").first()


def my_objectives(appraisal: Appraisal, threads: Threads, *, reader: Any) -> list[MyObjective]:
    """In the order of the appraisal, which is opened for ``reader`` alone; two queries besides the thread's."""
    content: Content = content_of(appraisal, reader=reader)
    rows = appraisal.objectives.filter(dropped_on__isnull=True).select_related("element", "measure", "action")
    return [_mine(row, title_of(row, content.objective(row.pk)), threads) for row in rows.order_by("order", "pk")]


def _mine(row: Objective, title: str, threads: Threads) -> MyObjective:
    live = [(Kind.MEASURE, row.measure), (Kind.ACTION, row.action)]
    node = next((_node(threads, kind, thing.code) for kind, thing in live if thing is not None), None)
    served = [threads.whole.goes_on_as(row.element.code, threads.day)] if row.element else _served(row, threads)
    line = line_to(threads, served)
    if node is None and line:
        return MyObjective(title, line[-1], False, line[:-1])
    return MyObjective(title or (node.title if node else ""), node, node is not None, line)


def _node(threads: Threads, kind: Kind, code: str) -> Node | None:
    return threads.node(kind, code) if threads.knows(kind, code) else None


def _served(row: Objective, threads: Threads) -> list[str]:
    if row.action is not None:
        return [threads.actions[row.action.code].element]
    measure = row.measure.code if row.measure else ""
    return [one.element for one in threads.whole.shown(threads.day) if one.measure == measure]
