"""What would follow if something were said: computed in memory by the sums themselves, and nothing is written."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from goldenthread.domain.definition import Definition
from goldenthread.domain.formula import evaluation_order
from goldenthread.domain.periods import Period
from goldenthread.domain.said import Said, What
from goldenthread.domain.series import Row
from goldenthread.domain.series.derived import derived_said
from goldenthread.domain.series.rows import rows_from
from goldenthread.domain.series.state import State
from goldenthread.history.services import next_moment
from goldenthread.measures.models import Measure
from goldenthread.measures.results import inputs_of, with_dependents
from goldenthread.measures.said import said_of

Rows = dict[tuple[str, str], Row]


@dataclass(frozen=True, slots=True)
class Saying:
    """Something that could be said of the measure ``code``."""

    code: str
    what: What
    category: str = ""


@dataclass(frozen=True, slots=True)
class Moved:
    """A result that would change: how it stands, and how it would stand. Either may be missing."""

    code: str
    before: Row | None
    after: Row | None

    @property
    def row(self) -> Row:
        row = self.after or self.before
        assert row is not None
        return row

    @property
    def recoloured(self) -> bool:
        return self.before is None or self.after is None or self.before.status is not self.after.status


@dataclass(frozen=True)
class Preview:
    """The measures concerned, with their results as they stand and as they would."""

    measures: Mapping[str, Measure]
    before: Mapping[str, Rows]
    after: Mapping[str, Rows]

    def moved(self) -> list[Moved]:
        """Every result that would change, measure by measure, in order of period."""
        found = []
        for code, rows in self.after.items():
            for key in sorted({*rows, *self.before[code]}, key=lambda key: (key[0], Period.parse(key[1]), key[1])):
                before, after = self.before[code].get(key), rows.get(key)
                if before != after:
                    found.append(Moved(code, before, after))
        return found

    def rows(self, code: str, category: str = "") -> list[Moved]:
        """Each result of a measure, as it stands and as it would, changed or not, the latest first."""
        both = {*self.before[code], *self.after[code]}
        keys = sorted((key for key in both if key[0] == category), key=lambda key: Period.parse(key[1]), reverse=True)
        return [Moved(code, self.before[code].get(key), self.after[code].get(key)) for key in keys]


def what_if(
    sayings: Sequence[Saying],
    *,
    changed: Mapping[str, Definition] | None = None,
    since: date = date.min,
    parts: bool = True,
) -> Preview:
    """What would follow from ``sayings``, and from the ``changed`` definitions, for periods that end from ``since`` on.

    The measures named, and all made from them, as they stand now and as they would, by category or, without ``parts``,
    as a whole; in a fixed number of queries.
    """
    changed = dict(changed or {})
    codes = with_dependents({saying.code for saying in sayings} | set(changed))
    wanted = set(codes)
    measures = {measure.code: measure for measure in Measure.objects.filter(code__in=wanted | inputs_of(wanted))}
    said = said_of(measures.values(), parts=parts)
    definitions = {code: measure.sums for code, measure in measures.items()}
    moment = next_moment()
    heard = {code: list(events) for code, events in said.items()}
    for order, saying in enumerate(sayings):
        heard[saying.code].append(Said(moment, saying.what, saying.category, order))
    return Preview(
        {code: measures[code] for code in codes},
        standing(definitions, said, codes, since),
        standing(definitions | changed, heard, codes, since),
    )


def standing(
    definitions: Mapping[str, Definition], said: Mapping[str, Sequence[Said]], codes: Iterable[str], since: date
) -> dict[str, Rows]:
    """The results of ``codes`` that follow from all that was said, as they stand at its end."""
    heard: dict[str, Sequence[Said]] = dict(said)
    formulas = {code: definition.formula for code, definition in definitions.items() if definition.formula}
    for code in evaluation_order(formulas):
        heard[code] = [*said.get(code, ()), *derived_said(definitions[code], definitions, heard)]
    return {code: _rows(definitions[code], heard.get(code, ()), since) for code in codes}


def state_of(definition: Definition, said: Iterable[Said]) -> State:
    """All that is known of a measure from what was said of it."""
    state = State(definition)
    for event in sorted(said, key=_order):
        state.apply(event)
    return state


def _order(event: Said) -> tuple[datetime, int]:
    return event.at, event.order


def _rows(definition: Definition, said: Iterable[Said], since: date) -> Rows:
    state = state_of(definition, said)
    return {
        (category, row.period.text): row
        for category in list(state.tracks)
        for row, _said_at in rows_from(state, category, since)
    }
