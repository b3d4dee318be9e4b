"""Versions: every result of a measure, each with the moments between which it was the one known.

A row depends only on figures for its own and earlier periods. So events that only add later periods are computed
together, and the series is recomputed only where something earlier changed: a restated figure, an amended target,
a new rule.
"""

from collections.abc import Iterable
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter

from goldenthread.domain.definition import Definition
from goldenthread.domain.figures import Figure
from goldenthread.domain.said import Said
from goldenthread.domain.series.row import Version
from goldenthread.domain.series.rows import rows_from
from goldenthread.domain.series.state import State


def versions(measure: Definition, said: Iterable[Said]) -> list[Version]:
    """Every version of every result of ``measure`` that follows from what was said of it, oldest first."""
    writer = _Writer(measure)
    for moment, group in groupby(sorted(said, key=attrgetter("at", "order")), key=attrgetter("at")):
        writer.hear(moment, list(group))
    writer.flush()
    return writer.versions


class _Writer:
    def __init__(self, measure: Definition) -> None:
        self.state = State(measure)
        self.versions: list[Version] = []
        self._current: dict[tuple[str, str], Version] = {}
        self._dirty: dict[str, date] = {}
        self._revised_at: dict[str, list[tuple[date, datetime]]] = {}

    def hear(self, moment: datetime, group: list[Said]) -> None:
        """Apply what was said at one moment; if it revises something, first settle what stood before."""
        revisions = []
        for event in group:
            since = self.state.since(event)
            revisions += [
                (category, since) for category in self.state.categories(event) if since <= self.state.last_end(category)
            ]
        if revisions:
            self.flush()
        for event in group:
            self.state.apply(event)
            if isinstance(event.what, Figure):
                self._mark(event.category, event.what.period.end)
        for category, since in revisions:
            self._mark(category, since)
            self._revised_at.setdefault(category, []).append((since, moment))

    def _mark(self, category: str, since: date) -> None:
        if since < self._dirty.setdefault(category, since):
            self._dirty[category] = since

    def flush(self) -> None:
        """Compute the rows that may have changed, and keep those that did."""
        for category, since in self._dirty.items():
            revised = self._revised_at.get(category, ())
            for row, said_at in rows_from(self.state, category, since):
                moment = said_at
                for day, at in revised:
                    if row.period.end >= day and at > moment:
                        moment = at
                key = (category, row.period.text)
                before = self._current.get(key)
                if before is not None:
                    if before.row == row:
                        continue
                    before.known_to = moment
                version = Version(row, moment)
                self._current[key] = version
                self.versions.append(version)
        self._dirty.clear()
        self._revised_at.clear()
