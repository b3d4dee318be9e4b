"""What is to be said of figures before they are kept: what is odd about them, and what would follow."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from goldenthread.domain.figures import Figure
from goldenthread.domain.oddities import odd_parts, oddities, oddity_words
from goldenthread.domain.reasons import Reason
from goldenthread.history.clock import today
from goldenthread.measures.models import Measure
from goldenthread.measures.queries.entry import Sheet
from goldenthread.measures.queries.preview import Moved, Saying, what_if


@dataclass(frozen=True, slots=True)
class Odd:
    """An oddity, and the part of the breakdown that it is about ("" the whole)."""

    part: str
    reason: Reason

    @property
    def words(self) -> str:
        said = oddity_words(self.reason, translate=gettext)
        return f"{self.part}: {said}" if self.part else said


@dataclass(frozen=True)
class Check:
    """``seal`` stands for exactly these figures and what is odd about them: a tick that they are right holds for it."""

    odd: Sequence[Odd]
    own: Moved | None
    others: Sequence[Moved]
    measures: Mapping[str, Measure]
    seal: str

    @property
    def words(self) -> str:
        """All that is odd, as it is kept beside the figures once somebody says that they are right."""
        return " ".join(f"{odd.words}." if odd.words[-1] not in ".?!" else odd.words for odd in self.odd)


def check(sheet: Sheet, figures: Sequence[tuple[str, Figure]]) -> Check:
    """Look at ``figures`` by category before they are kept; nothing is written."""
    names = {part.category: part.name for part in sheet.parts}
    odd = [
        Odd(names.get(category, category), reason)
        for category, figure in figures
        for reason in oddities(sheet.definition, figure, sheet.past.get(category, ()), today=today())
    ]
    odd += [Odd("", reason) for reason in _parts(sheet, figures)]
    code = sheet.measure.code
    # A figure still promised is not said yet.
    said = [(category, figure) for category, figure in figures if figure.value is not None or figure.missing]
    preview = (
        what_if([Saying(code, figure, category) for category, figure in said], since=sheet.period.end) if said else None
    )
    moved = preview.moved() if preview else []
    whole = [one for one in moved if one.code == code and one.row.period == sheet.period and not one.row.category]
    return Check(
        odd=odd,
        own=whole[0] if whole else None,
        others=[one for one in moved if one not in whole and not one.row.category],
        measures=preview.measures if preview else {},
        seal=_seal(figures, odd),
    )


def _parts(sheet: Sheet, figures: Sequence[tuple[str, Figure]]) -> list[Reason]:
    """Schemes whose parts are all given and do not make up the whole."""
    given = dict(figures)
    schemes: dict[str, list[str]] = defaultdict(list)
    for part in sheet.parts:
        if part.completes:
            schemes[part.scheme].append(part.category)
    found = []
    for scheme, categories in schemes.items():
        if "" in given and all(category in given for category in categories):
            parts = [given[category] for category in categories]
            found.append(odd_parts(sheet.definition, given[""], parts, scheme=scheme.lower()))
    return [reason for reason in found if reason]


def _seal(figures: Sequence[tuple[str, Figure]], odd: Sequence[Odd]) -> str:
    said = repr([(category, str(figure)) for category, figure in figures]) + repr([str(one) for one in odd])
    return hashlib.sha256(said.encode()).hexdigest()[:24]
