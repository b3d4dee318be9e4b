"""What was written about a measure's figures, and what the coach says of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext
from markupsafe import Markup

from goldenthread.domain.commentary import Written, coach, coach_words
from goldenthread.domain.periods import Period
from goldenthread.domain.words import Status
from goldenthread.measures.models import Commentary
from goldenthread.measures.queries.measure import Story
from goldenthread.measures.shown import Shown
from goldenthread.measures.timeline import INTERNAL
from goldenthread.web.status import status_tag


@dataclass(frozen=True, slots=True)
class Text:
    """The commentary on one period for one audience: the last text, how many it replaced, and the coach's hints."""

    period: str
    tag: Markup
    row: Commentary
    replaced: int
    hints: list[str]


def texts(story: Story, shown: Shown, *, internal: bool) -> list[Text]:
    """The commentary, the latest period first; ``internal`` with what was written for officers only."""
    rows = [row for row in story.commentary if internal or row.audience != INTERNAL]
    chains: dict[tuple[str, str], list[Commentary]] = {}
    for row in rows:
        chains.setdefault((row.period, row.audience), []).append(row)
    statuses = {result.period: result.status for result in story.results}
    last = [chain[0] for chain in chains.values()]
    return [
        Text(
            period=shown.period(row.period),
            tag=status_tag(statuses[row.period]) if row.period in statuses else Markup(""),
            row=row,
            replaced=len(chain) - 1,
            hints=hints(row, statuses.get(row.period, ""), last),
        )
        for row, chain in zip(last, chains.values(), strict=True)
    ]


def hints(row: Commentary, status: str, others: Sequence[Commentary]) -> list[str]:
    """What a reader will miss in a text; ``others`` are the last texts on each period, the latest first."""
    end = Period.parse(row.period).end
    before = next((one for one in others if one.audience == row.audience and Period.parse(one.period).end < end), None)
    found = coach(written(row), Status(status) if status else None, written(before) if before else None)
    return [coach_words(hint, translate=gettext) for hint in found]


def written(row: Commentary) -> Written:
    return Written(
        comment=row.comment,
        cause=row.cause,
        action=row.action,
        owner=row.owner,
        due=row.due,
        period=Period.parse(row.period),
    )
