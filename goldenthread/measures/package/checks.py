"""What measures' tables are checked for beyond their declarations: sums that cannot be, and cells that contradict."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from goldenthread.domain import words
from goldenthread.domain.aggregate import ratio
from goldenthread.domain.collected import NOT_ACADEMIC, misfit
from goldenthread.domain.definition import Definition
from goldenthread.domain.figures import canonical
from goldenthread.domain.formula import FormulaFault
from goldenthread.domain.formula import check as formula_faults
from goldenthread.domain.periods import Period
from goldenthread.domain.rules import faults as rule_faults
from goldenthread.domain.trend import mean_length
from goldenthread.measures.models import RuleAssignment
from goldenthread.measures.package.events import rule_of
from goldenthread.measures.package.merged import definitions_of
from goldenthread.package.faults import quoted
from goldenthread.package.loading import Loading
from goldenthread.package.reading import Rows
from goldenthread.package.tables import Check

#: How far a value may be from the ratio of its halves, as a share of it: figures come from binary spreadsheets.
_NEAR = Decimal("1E-9")


# Before anything is checked: columns that stand for rows elsewhere


def complete_measures(loading: Loading, rows: Rows) -> None:
    """The rule and the owner of a measure become an assignment and a role, unless they stand there already."""
    if "rule" in rows.present:
        _complete_rules(loading, rows)
    if "owner" in rows.present:
        _complete_owners(loading, rows)


def _complete_rules(loading: Loading, rows: Rows) -> None:
    here, stored = _startless_rules(loading)
    known = loading.known("rules", "rule")
    for row, (code, rule) in enumerate(zip(rows["measure"], rows["rule"], strict=True)):
        if not rule or rule not in known:
            continue
        standing = here.get(code) or stored.get(code)
        if standing is None:
            loading.rows_of("rule_assignments", rows.file).add(line=rows.lines[row], measure=code, rule=rule)
        elif standing != rule:
            message = (
                f"{code} has rule {standing} already: write {standing}, "
                f"or give {rule} from a day on in rule_assignments.csv"
            )
            rows.fault(row, "rule", message)


def _startless_rules(loading: Loading) -> tuple[dict[str, str], dict[str, str]]:
    """The rule that each measure has from ever, in the package and in the database; the last said counts."""
    here: dict[str, str] = {}
    rows = loading.rows.get("rule_assignments")
    if rows is not None:
        last: dict[str, datetime] = {}
        for code, starts, rule, at in zip(
            rows["measure"], rows["starts"], rows["rule"], rows["entered_at"], strict=True
        ):
            if code and starts is None and (not isinstance(at, datetime) or at >= last.get(code, at)):
                here[code] = rule
                if isinstance(at, datetime):
                    last[code] = at
    stored = RuleAssignment.objects.filter(measure__isnull=False, starts__isnull=True).order_by("entered_at", "pk")
    return here, dict(stored.values_list("measure__code", "rule"))


def _complete_owners(loading: Loading, rows: Rows) -> None:
    owners: dict[str, dict[str, bool]] = defaultdict(dict)  # by measure: each post, and whether it owns it for good
    table = loading.tables["measure_roles"]
    names = [column.name for column in table.kept]
    stored = [dict(zip(names, values, strict=True)) for _, values in loading.stored("measure_roles").values()]
    here = loading.rows.get("measure_roles")
    if here is not None:
        stored += [dict(zip(names, row, strict=True)) for row in zip(*(here[name] for name in names), strict=True)]
    for one in stored:
        if one["role"] == "owner":
            owners[one["measure"]][one["post"]] = one["starts"] is None and one["ends"] is None
    known = loading.known("posts", "post")
    for row, (code, post) in enumerate(zip(rows["measure"], rows["owner"], strict=True)):
        if not post or post not in known or post in owners[code]:
            continue
        standing = [other for other, for_good in owners[code].items() if for_good]
        if standing:
            message = (
                f"{code} is owned by {standing[0]} already: write {standing[0]}, "
                f"or end that and start {post} in measure_roles.csv"
            )
            rows.fault(row, "owner", message)
        else:
            loading.rows_of("measure_roles", rows.file).add(line=rows.lines[row], measure=code, role="owner", post=post)


def complete_actuals(loading: Loading, rows: Rows) -> None:
    """A figure given by its halves alone gets its value."""
    definitions = loading.once(definitions_of)
    values, numerators, denominators = rows["value"], rows["numerator"], rows["denominator"]
    for row in _with_halves(numerators, denominators):
        definition = definitions.get(rows["measure"][row])
        if values[row] is None and definition is not None and not rows["missing"][row]:
            values[row] = ratio(numerators[row], denominators[row], definition)


def _with_halves(numerators: list[Decimal | None], denominators: list[Decimal | None]) -> Iterator[int]:
    for row, numerator in enumerate(numerators):
        if numerator is not None and denominators[row] is not None:
            yield row


# Definitions


def check_measures(loading: Loading, rows: Rows) -> None:
    for row in range(len(rows)):
        if row not in rows.unsure:
            _check_measure(rows, row)
    _check_formulas(loading, rows)


def _check_measure(rows: Rows, row: int) -> None:
    frequency, year = rows["frequency"][row], rows["year"][row]
    if year == words.YearKind.ACADEMIC and frequency in NOT_ACADEMIC:
        rows.fault(row, "frequency", f"an academic year has no {frequency}: write term, month or year")
    if frequency == words.Frequency.TERM and year != words.YearKind.ACADEMIC:
        rows.fault(row, "year", f"a {year} year has no terms: write academic")
    try:
        mean_length(rows["long_direction"][row])
    except ValueError as fault:
        rows.fault(row, "long_direction", str(fault))
    low, high = rows["min"][row], rows["max"][row]
    if low is not None and high is not None and low > high:
        rows.fault(row, "max", f"{canonical(high)} is below min, {canonical(low)}: write more, or swap the two")
    if rows["factor"][row] is not None and rows["factor"][row] <= 0:
        rows.fault(row, "factor", "what a ratio is multiplied by is more than 0: write 100, 1000 or the like")


def _check_formulas(loading: Loading, rows: Rows) -> None:
    definitions = loading.once(definitions_of)
    formulas = {code: definition.formula for code, definition in definitions.items() if definition.formula}
    unread = {code for row, code in enumerate(rows["measure"]) if row in rows.unsure}
    places = {code: row for row, code in enumerate(rows["measure"])}
    for fault in formula_faults(formulas, definitions) if formulas else ():
        if _because_unread(fault, formulas[fault.measure], unread):
            continue
        row = next((places[code] for code in (fault.measure, *fault.path) if code in places), None)
        if row is not None:
            rows.fault(row, "formula", fault.message)
        else:
            loading.faults.add(rows.file, 0, "formula", str(fault))


def _because_unread(fault: FormulaFault, formula: str, unread: set[str]) -> bool:
    """Whether a measure is only unknown because its own row could not be read, of which there is a fault already."""
    return fault.kind == "unknown_code" and any(formula.startswith(code, fault.position + 1) for code in unread)


def check_categories(loading: Loading, rows: Rows) -> None:
    known = set(loading.stored("categories")) | set(rows.keys())
    for row, (scheme, parent) in enumerate(zip(rows["scheme"], rows["parent"], strict=True)):
        if parent and (scheme, parent) not in known:
            rows.fault(row, "parent", f"{scheme} has no category {quoted(parent)}: add it, or write one that it has")


def check_category_keys(loading: Loading, rows: Rows) -> None:
    """That each category stands in its scheme, and several in the order of their schemes."""
    broken = any(name in loading.rows and loading.rows[name].broken for name in ("schemes", "categories"))
    if "category" not in rows.present or broken:
        return
    orders = loading.once(_scheme_orders)
    known = loading.once(_categories)
    wrong = {}
    for key in set(rows["category"]):
        fault = _category_fault(key, orders, known) if key else ""
        if fault:
            wrong[key] = fault
    if wrong:
        for row, key in enumerate(rows["category"]):
            if key in wrong:
                rows.fault(row, "category", wrong[key])


def _category_fault(key: str, orders: dict[str, tuple[int, str]], known: set[tuple[str, str]]) -> str:
    parts = [tuple(part.split("=", 1)) for part in key.split(";")]
    for scheme, category in parts:
        if scheme not in orders:
            return f"there is no scheme {quoted(scheme)}: add it to schemes, or write one that is there"
        if (scheme, category) not in known:
            return f"{scheme} has no category {quoted(category)}: add it to categories, or write one that it has"
    ordered = sorted(parts, key=lambda part: orders[part[0]])
    if ordered != parts:
        return f"the schemes are not in their order: write {';'.join('='.join(part) for part in ordered)}"
    return ""


def _scheme_orders(loading: Loading) -> dict[str, tuple[int, str]]:
    names = [column.name for column in loading.tables["schemes"].kept]
    orders = {
        values[names.index("scheme")]: (values[names.index("order")], values[names.index("scheme")])
        for _, values in loading.stored("schemes").values()
    }
    rows = loading.rows.get("schemes")
    if rows is not None:
        for scheme, order in zip(rows["scheme"], rows["order"], strict=True):
            if scheme not in orders or "order" in rows.present:
                orders[scheme] = (order, scheme)
    return orders


def _categories(loading: Loading) -> set[tuple[str, str]]:
    rows = loading.rows.get("categories")
    return {(scheme, category) for scheme, category in loading.stored("categories")} | set(rows.keys() if rows else ())


# Records


def check_periods(*columns: str, measure: str = "measure") -> Check:
    """A check that the periods in ``columns`` are ones for which their measures have figures."""

    def check(loading: Loading, rows: Rows) -> None:
        definitions = loading.once(definitions_of)
        for column in columns:
            wrong = {}
            for code, period in set(zip(rows[measure], rows[column], strict=True)):
                if period and code in definitions:
                    fault = period_fault(definitions[code], Period.parse(period))
                    if fault:
                        wrong[code, period] = fault
            if wrong:
                for row, pair in enumerate(zip(rows[measure], rows[column], strict=True)):
                    if pair in wrong:
                        rows.fault(row, column, wrong[pair])

    return check


def period_fault(definition: Definition, period: Period) -> str:
    """Why a measure has no figure for ``period``, and what would be right; empty where it has."""
    found = misfit(definition, period)
    if found is None:
        return ""
    own = f"write {found.example}" if found.example else f"give {definition.code} a frequency that its year has"
    if found.kind == "other_year":
        return f"{period.text} is not of a {definition.year} year, as {definition.code} is: {own}"
    often = definition.frequency.value.replace("_", " ")
    return f"{definition.code} is collected by the {often}, and {period.text} is shorter: {own}"


def check_actuals(loading: Loading, rows: Rows) -> None:
    definitions = loading.once(definitions_of)
    columns = ("value", "numerator", "denominator", "missing", "lower", "upper", "expected_on", "comment")
    for row, (value, numerator, denominator, missing, lower, upper, expected, comment) in enumerate(
        zip(*(rows[name] for name in columns), strict=True)
    ):
        if value is None and numerator is None and denominator is None:
            if not missing and expected is None and not comment and row not in rows.unsure:
                rows.fault(row, "value", "there is no figure: write one, or say in missing why there is none")
        elif missing and not (missing == words.Missing.NIL_RETURN and not value):
            rows.fault(row, "missing", f"there is a figure and it is said to be {missing}: leave one of the two empty")
        if lower is not None and upper is not None and lower > upper:
            rows.fault(row, "upper", f"{canonical(upper)} is below lower, {canonical(lower)}: swap the two")
    for row in _with_halves(rows["numerator"], rows["denominator"]):
        definition = definitions.get(rows["measure"][row])
        fault = _disagreement(rows, row, definition) if definition else ""
        if fault:
            rows.fault(row, "value", fault)


def _disagreement(rows: Rows, row: int, definition: Definition) -> str:
    """Whether the value and its halves tell two stories, beyond what rounding explains."""
    value = rows["value"][row]
    numerator, denominator = rows["numerator"][row], rows["denominator"][row]
    worked_out = ratio(numerator, denominator, definition)
    if value is None or worked_out is None:
        return ""
    apart = abs(worked_out - value)
    exponent = value.as_tuple().exponent
    if apart <= Decimal(1).scaleb(min(exponent, 0)) or apart <= abs(worked_out) * _NEAR:
        return ""
    return (
        f"{canonical(numerator)} over {canonical(denominator)} times {canonical(definition.ratio_factor)} is "
        f"{canonical(Decimal(f'{worked_out:.6g}'))}, not {canonical(value)}: correct it, leave one of them out, "
        f"or give {definition.code} another factor"
    )


def check_targets(loading: Loading, rows: Rows) -> None:
    definitions = loading.once(definitions_of)
    columns = ("measure", "kind", "value", "low", "high", "comparison", "reason", "amends", "corrects")
    for row, (code, kind, value, low, high, comparison, reason, amends, corrects) in enumerate(
        zip(*(rows[name] for name in columns), strict=True)
    ):
        definition = definitions.get(code)
        ranged = comparison == words.Comparison.BETWEEN or (
            definition is not None
            and definition.polarity is words.Polarity.RANGE
            and kind == words.TargetKind.TARGET
            and not comparison
        )
        if low is not None and high is not None and low > high:
            rows.fault(row, "high", f"{canonical(high)} is below low, {canonical(low)}: swap the two")
        if amends and corrects:
            rows.fault(row, "corrects", "a target is either amended or corrected: leave one of the two empty")
        if row in rows.unsure or (value is None and low is None and high is None and reason):
            continue  # withdrawn, with the reason why
        if ranged and (low is None or high is None):
            missing = "low" if low is None else "high"
            rows.fault(row, missing, "a target that is a range has two ends: write both low and high")
        elif not ranged and value is None and (low is None or high is None):
            rows.fault(row, "value", "there is no target: write its value")


def check_rules(loading: Loading, rows: Rows) -> None:
    del loading
    for row in range(len(rows)):
        if row in rows.unsure:
            continue
        for fault in rule_faults(rule_of(rows, row)):
            column = fault.partition(" ")[0]
            rows.fault(row, column if column in rows.table.by_name else "family", fault)


def check_assignments(loading: Loading, rows: Rows) -> None:
    del loading
    for row, (measure, tier) in enumerate(zip(rows["measure"], rows["tier"], strict=True)):
        if bool(measure) == bool(tier) and row not in rows.unsure:
            rows.fault(row, "measure", "a rule is given to one measure or to one tier: fill in one of the two")


def check_commentary(loading: Loading, rows: Rows) -> None:
    del loading
    for row, said in enumerate(zip(rows["comment"], rows["cause"], rows["action"], strict=True)):
        if not any(said) and row not in rows.unsure:
            rows.fault(row, "comment", "nothing is said: write a comment, a cause or an action")
