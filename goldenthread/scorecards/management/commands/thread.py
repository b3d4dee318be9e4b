"""``goldenthread thread CODE``: what something serves, and everything that serves it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError, OutputWrapper

from goldenthread.domain.actions import action_words
from goldenthread.domain.reasons import explain
from goldenthread.domain.rollup import rollup_words
from goldenthread.scorecards.management.asked import day_of, moment_of, period_of
from goldenthread.scorecards.management.commands.results import print_csv, print_json
from goldenthread.scorecards.queries.thread import Kind, Node, NotFound, Thread, thread

Row = dict[str, Any]
#: How wide a title is in the table.
TITLE = 64


class Command(BaseCommand):
    help = "Print the thread of an element, measure, action, unit or person: up to the priorities, down to what serves."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", help="the code of an element, measure, action, unit or person")
        parser.add_argument(
            "--kind", choices=[kind.value for kind in Kind], default="", help="where a code is two things'"
        )
        parser.add_argument("--day", metavar="D", help="the thread of this day, such as 2026-03-31; today if not given")
        parser.add_argument("--period", metavar="P", help="statuses of this period; the last quarter if not given")
        parser.add_argument("--as-at", metavar="T", help="as it stood at a day's end or a moment")
        parser.add_argument("--format", choices=("table", "csv", "json"), default="table", help="default: %(default)s")

    def handle(self, *, code: str, kind: str, format: str, **options: Any) -> None:
        try:
            found = thread(
                code,
                kind=kind,
                day=day_of(options["day"]),
                period=period_of(options["period"]),
                as_at=moment_of(options["as_at"]),
            )
        except NotFound:
            raise CommandError(
                f"There is no {kind or 'element, measure, action, unit or person'} {code}.", returncode=1
            ) from None
        if format == "table":
            print_tree(found, self.stdout)
        else:
            {"csv": print_csv, "json": print_json}[format](rows(found), self.stdout)


def rows(found: Thread) -> list[Row]:
    """A row for each node: distances up are negative, its own is 0."""
    up = [_row(step.node, -step.distance, step.towards) for step in reversed(found.up)]
    down = [_row(step.node, step.distance, step.towards) for step in found.down]
    return [*up, _row(found.start, 0, ()), *down]


def _row(node: Node, distance: int, towards: tuple[str, ...]) -> Row:
    return {
        "distance": distance,
        "kind": node.kind.value,
        "code": node.code,
        "title": node.title,
        "label": node.label,
        "within": node.within,
        "unit": node.unit,
        "owner": node.owner,
        "status": node.status.value if node.status else None,
        "reason": why(node) or None,
        "progress": node.progress,
        "through": "; ".join(key.partition(" ")[2] for key in towards),
    }


def why(node: Node) -> str:
    """The reason of a node's status in words."""
    if node.reason is None:
        return ""
    words = {Kind.ELEMENT: rollup_words, Kind.ACTION: action_words}.get(node.kind, explain)
    return words(node.reason)


def print_tree(found: Thread, out: OutputWrapper) -> None:
    """What it serves above it, furthest first; what serves it below, each indented by its distance."""
    highest = max((step.distance for step in found.up), default=0)
    for step in sorted(found.up, key=lambda step: -step.distance):
        _line(step.node, highest - step.distance, out)
    _line(found.start, highest, out, mark="▶ ")
    for step in found.down:
        _line(step.node, highest + step.distance, out)
    people = "1 person answers" if len(found.people) == 1 else f"{len(found.people):,} people answer"
    out.write(f"{len(found.up):,} above, {len(found.down):,} below; {people} for it.")
    if found.units:
        out.write(f"In the plans of {', '.join(unit.title for unit in found.units)}.")
    out.write(f"As on {found.day:%-d %B %Y}, with the statuses of {found.period}.")


def _line(node: Node, depth: int, out: OutputWrapper, mark: str = "") -> None:
    title = node.title if len(node.title) <= TITLE else node.title[: TITLE - 1] + "…"
    told = why(node)
    out.write(f"{'  ' * depth}{mark}{node.label} {node.code}: {title}" + (f"  [{told}]" if told else ""))
