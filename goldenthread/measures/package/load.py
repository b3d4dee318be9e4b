"""What follows from a load: every result of the measures it touches, worked out before the transaction."""

from collections import defaultdict
from collections.abc import Iterable

from goldenthread.domain.definition import Definition
from goldenthread.domain.rules import Rule as RuleVersion
from goldenthread.domain.said import Assigned, Said
from goldenthread.domain.series import versions
from goldenthread.history.models import Change
from goldenthread.measures.models import Measure, Rule, RuleAssignment
from goldenthread.measures.package.events import assigned_in, rules_in, said_in
from goldenthread.measures.package.merged import (
    definitions_of,
    last_known,
    measures_of,
    rule_users,
    tier_members,
    with_inputs,
    with_users,
)
from goldenthread.measures.results import Found, found_of, with_derived, write_difference, write_new
from goldenthread.measures.said import assigned, rule, said_of
from goldenthread.package.loading import Loading
from goldenthread.package.side_by_side import side_by_side
from goldenthread.package.tables import Progress

#: The tables of which each row concerns the measure in this column.
_OF_A_MEASURE = {
    "measures": "measure",
    "targets": "measure",
    "actuals": "measure",
    "commentary": "measure",
    "forecasts": "measure",
    "judgements": "object",
    "annotations": "measure",
    "published": "measure",
    "comparators": "measure",
    "benchmarks": "measure",
}
#: Those of which a new row moves results.
_MOVING = ("targets", "actuals", "forecasts", "judgements", "annotations")


class Results:
    """The results of the measures of which the package says something new, and of those made from them."""

    def __init__(self) -> None:
        self._affected: list[str] = []
        self._found: dict[str, Found] = {}

    def concern(self, loading: Loading) -> None:
        concerned: set[str] = set()
        for table, column in _OF_A_MEASURE.items():
            rows = loading.rows.get(table)
            if rows is not None:
                concerned.update(rows[column])
        concerned |= _given_rules(loading)
        loading.subjects |= with_inputs(loading, with_users(loading, concerned))

    def prepare(self, loading: Loading, progress: Progress) -> None:
        self._affected = sorted(with_users(loading, _moved(loading)))
        concerned = with_inputs(loading, self._affected)
        definitions = {code: loading.once(definitions_of)[code] for code in sorted(concerned)}
        heard = with_derived(definitions, _said(loading, definitions))

        def found(code: str) -> tuple[str, Found]:
            return code, found_of(versions(definitions[code], heard.get(code, ())), definitions[code].frequency)

        longest_first = sorted(self._affected, key=lambda code: -len(heard.get(code, ())))
        for done, (code, its) in enumerate(side_by_side(found, longest_first)):
            progress("Working out results", done, len(self._affected))
            self._found[code] = its
        loading.results["measures"] = len(self._found)

    def lock(self, loading: Loading) -> None:
        """Lock the measures in code order, as every act on them does."""
        del loading
        list(Measure.objects.select_for_update().filter(code__in=self._affected).order_by("code").values_list("pk"))

    def write(self, loading: Loading, change: Change, progress: Progress) -> None:
        measures = self._measures(loading)
        found = {code: self._found[code].as_of(change.at, loading.moment) for code in self._affected}
        known = loading.once(last_known)
        progress("Writing results", 0, 0)
        count = write_new({code: its for code, its in found.items() if code not in known}, measures, change)
        for code in found:
            if code in known:
                count += len(write_difference(measures[code], found[code], change))
        loading.results["results"] = count

    def _measures(self, loading: Loading) -> dict[str, Measure]:
        measures, keys = loading.once(measures_of), loading.keys(Measure)
        for code in self._found:
            measures[code].pk = keys[code]
        return measures


def _moved(loading: Loading) -> set[str]:
    """The measures of which the package changes something that their results follow from."""
    moved: set[str] = set()
    plan = loading.plans.get("measures")
    if plan is not None:
        moved |= {plan.rows["measure"][row] for row in plan.added}
        moved |= {plan.rows["measure"][row] for _, row, _ in plan.changed}
    for table in _MOVING:
        plan = loading.plans.get(table)
        if plan is not None:
            column = plan.rows[_OF_A_MEASURE[table]]
            moved |= {column[row] for row in plan.added}
    return moved | _given_rules(loading, planned=True)


def _given_rules(loading: Loading, *, planned: bool = False) -> set[str]:
    """The measures whose rule, or the version of it, the package gives; only what is new where that is ``planned``."""
    found: set[str] = set()
    members, users = loading.once(tier_members), loading.once(rule_users)
    for row, assignments in _rows(loading, "rule_assignments", planned):
        measure, tier = assignments["measure"][row], assignments["tier"][row]
        found |= {measure} if measure else members.get(tier, set())
    for row, rules in _rows(loading, "rules", planned):
        found |= users.get(rules["rule"][row], set())
    return found


def _rows(loading: Loading, table: str, planned: bool) -> Iterable[tuple[int, object]]:
    rows = loading.rows.get(table)
    if rows is None:
        return []
    return [(row, rows) for row in (loading.plans[table].added if planned else range(len(rows)))]


def _said(loading: Loading, definitions: dict[str, Definition]) -> dict[str, list[Said]]:
    """Everything said of the measures: what the database holds, and what the package adds."""
    measures = loading.once(measures_of)
    stored = [measures[code] for code in definitions if measures[code].pk is not None]
    said: dict[str, list[Said]] = defaultdict(list)
    for code, events in (said_of(stored) if stored else {}).items():
        said[code] = [event for event in events if not isinstance(event.what, RuleVersion | Assigned)]
    for code, events in said_in(loading).items():
        said[code] += events
    _add_rules(loading, said, set(definitions))
    return said


def _add_rules(loading: Loading, said: dict[str, list[Said]], codes: set[str]) -> None:
    """Each measure hears of the rules given to it or to its tier, and of every version of those rules."""
    members = loading.once(tier_members)
    users: dict[str, set[str]] = defaultdict(set)
    for measure, tier, event in _assignments(loading):
        for code in codes & ({measure} if measure else members.get(tier, set())):
            said[code].append(event)
            users[event.what.rule].add(code)
    for name, event in _versions(loading, set(users)):
        for code in users[name]:
            said[code].append(event)


def _assignments(loading: Loading) -> Iterable[tuple[str, str, Said]]:
    for row in RuleAssignment.objects.select_related("measure"):
        code = row.measure.code if row.measure else ""
        yield code, row.tier, Said(row.entered_at, assigned(row), order=row.pk)
    if "rule_assignments" in loading.plans:
        yield from assigned_in(loading.plans["rule_assignments"])


def _versions(loading: Loading, used: set[str]) -> Iterable[tuple[str, Said]]:
    for row in Rule.objects.filter(code__in=used):
        yield row.code, Said(row.entered_at, rule(row), order=row.pk)
    if "rules" in loading.plans:
        for name, event in rules_in(loading.plans["rules"]):
            if name in used:
                yield name, event
