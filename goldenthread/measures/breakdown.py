"""A measure by category: each scheme's parts beside the whole, and those that the whole hides."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext

from goldenthread.domain.masking import Masked, Part, masked, masking_words
from goldenthread.domain.reasons import Reason
from goldenthread.domain.targets import taken_by_categories
from goldenthread.domain.words import DataType, Status
from goldenthread.measures.models import Result
from goldenthread.measures.queries.measure import Story, reason_of


@dataclass(frozen=True, slots=True)
class CategoryPart:
    """One category with its result; ``flag`` says how it is much worse than the whole, if it is."""

    key: str
    name: str
    result: Result
    flag: str

    @property
    def reason(self) -> Reason:
        return reason_of(self.result)


@dataclass(frozen=True, slots=True)
class Breakdown:
    """One scheme, or several crossed, in its own order. ``comparable``: a part may be held against the whole."""

    title: str
    period: str
    parts: list[CategoryPart]
    whole: Result | None
    comparable: bool

    @property
    def flagged(self) -> list[CategoryPart]:
        return [part for part in self.parts if part.flag]


def breakdowns(story: Story) -> list[Breakdown]:
    """The last period's figures by category, a breakdown for each scheme."""
    rows = story.by_category
    if not rows:
        return []
    period = rows[0].period
    whole = next((result for result in story.results if result.period == period), None)
    definition = story.definition
    comparable = taken_by_categories(definition) or definition.data_type is DataType.SCORE
    flags: dict[str, str] = {}
    if whole is not None:
        found = masked(definition, _part(whole), [_part(row) for row in rows])
        flags = {one.category: _words(one) for one in found}
    schemes: dict[tuple[str, ...], list[Result]] = defaultdict(list)
    for row in rows:
        schemes[tuple(part.partition("=")[0] for part in row.category.split(";"))].append(row)
    return [_breakdown(story, rows, period, whole, comparable, flags) for rows in schemes.values()]


def _breakdown(
    story: Story, rows: Sequence[Result], period: str, whole: Result | None, comparable: bool, flags: dict[str, str]
) -> Breakdown:
    known = story.categories

    def order(row: Result) -> list[int]:
        return [known[key][2] if key in known else len(known) for key in row.category.split(";")]

    parts = [
        CategoryPart(row.category, name_of(row.category, known), row, flags.get(row.category, ""))
        for row in sorted(rows, key=order)
    ]
    titles = [known[key][0] if key in known else key.partition("=")[0] for key in rows[0].category.split(";")]
    return Breakdown(gettext(" and ").join(titles), period, parts, whole, comparable)


def name_of(category: str, known: dict[str, tuple[str, str, int]]) -> str:
    """A category's name; several crossed are joined by commas."""
    return ", ".join(known[key][1] if key in known else key.partition("=")[2] for key in category.split(";"))


def _part(row: Result) -> Part:
    return Part(
        category=row.category,
        value=row.rated_value,
        status=Status(row.status),
        width=_width(row.limit_mean, row.limit_upper),
        low=row.target_low,
        high=row.target_high,
    )


def _width(mean: Decimal | None, upper: Decimal | None) -> Decimal | None:
    """From the mean to a control limit."""
    return None if mean is None or upper is None else upper - mean


def _words(found: Masked) -> str:
    return masking_words(found.reason, translate=gettext)
