"""Measures, schemes and rules as they will stand after a load: what the database holds, and the package over it."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Max

from goldenthread.domain.definition import Definition
from goldenthread.domain.formula import FormulaError, parse
from goldenthread.measures.models import Measure, Result, RuleAssignment
from goldenthread.package.loading import Loading


def measures_of(loading: Loading) -> dict[str, Measure]:
    """Every measure by code, not saved, links apart. One of which a cell could not be read is left out."""
    merged = {measure.code: measure for measure in Measure.objects.all()}
    rows = loading.rows.get("measures")
    if rows is None:
        return merged
    fields = [(column, column.name) for column in rows.table.kept if column.references is None]
    for row, code in enumerate(rows["measure"]):
        if row in rows.unsure:
            merged.pop(code, None)
            continue
        stored = merged.get(code)
        if stored is None:
            merged[code] = Measure(**{column.field: rows[name][row] for column, name in fields})
        else:
            for column, name in fields:
                if name in rows.present:
                    setattr(stored, column.field, rows[name][row])
    return merged


def definitions_of(loading: Loading) -> dict[str, Definition]:
    """What the sums need of every measure."""
    return {code: measure.sums for code, measure in loading.once(measures_of).items()}


def formulas_of(loading: Loading) -> dict[str, str]:
    """The formulas that can be read, by measure."""
    return {
        code: definition.formula
        for code, definition in loading.once(definitions_of).items()
        if definition.formula and _is_formula(definition.formula)
    }


def _is_formula(text: str) -> bool:
    try:
        parse(text)
    except FormulaError:
        return False
    return True


def users_of_formulas(loading: Loading) -> dict[str, set[str]]:
    """The measures whose formulas refer to each measure."""
    users: dict[str, set[str]] = defaultdict(set)
    for code, formula in loading.once(formulas_of).items():
        for reference in parse(formula).references:
            users[reference].add(code)
    return users


def with_users(loading: Loading, codes: Iterable[str]) -> set[str]:
    """``codes`` and every measure that is made from them, directly or through others."""
    users = loading.once(users_of_formulas)
    found: set[str] = set()
    waiting = list(codes)
    while waiting:
        code = waiting.pop()
        if code not in found:
            found.add(code)
            waiting += users.get(code, ())
    return found


def with_inputs(loading: Loading, codes: Iterable[str]) -> set[str]:
    """``codes`` and every measure that they are made from, directly or through others."""
    formulas = loading.once(formulas_of)
    found: set[str] = set()
    waiting = list(codes)
    while waiting:
        code = waiting.pop()
        if code not in found:
            found.add(code)
            waiting += parse(formulas[code]).references if code in formulas else ()
    return found


def tier_members(loading: Loading) -> dict[str, set[str]]:
    members: dict[str, set[str]] = defaultdict(set)
    for code, measure in loading.once(measures_of).items():
        if measure.tier:
            members[measure.tier].add(code)
    return members


def rule_users(loading: Loading) -> dict[str, set[str]]:
    """The measures that a rule is or was given to in the database, by themselves or by their tier."""
    members = loading.once(tier_members)
    users: dict[str, set[str]] = defaultdict(set)
    for rule, code, tier in RuleAssignment.objects.values_list("rule", "measure__code", "tier"):
        users[rule] |= {code} if code else members.get(tier, set())
    return users


def last_known(loading: Loading) -> dict[str, datetime]:
    """The moment of the newest result of each measure that has any."""
    del loading
    return dict(Result.objects.values_list("measure__code").annotate(Max("known_from")).order_by())


def settled(loading: Loading) -> dict[str, datetime]:
    """Up to when the past of each measure is settled: its own results are, and those of measures made from it."""
    own = loading.once(last_known)
    if not own:
        return {}
    users = loading.once(users_of_formulas)
    found = dict(own)
    for code in users:
        known = [own[other] for other in with_users(loading, [code]) if other in own]
        if known:
            found[code] = max(known)
    return found
