"""Rules: set as named, dated versions, corrected, and assigned to measures and tiers."""

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from goldenthread.accounts.models import User
from goldenthread.council.checks import address_fault, refuse_if
from goldenthread.domain.rules import Rule as RuleVersion
from goldenthread.domain.rules import faults as rule_faults
from goldenthread.history.models import Change
from goldenthread.measures.models import Measure, Rule, RuleAssignment
from goldenthread.measures.services.act import Act, Refused, act


def set_rule(*, by: User | None, rule: RuleVersion, title: str = "", source: str = "") -> Act:
    """Make a rule, or a new version of one from ``rule.starts`` on: periods that ended before keep their status.

    Raises Refused for parameters that contradict each other and for a start that a version already has.
    """

    refuse_if(address_fault("measures:named-rule", rule.code))

    def write(change: Change, measures: Mapping[str, Measure]) -> None:
        if Rule.objects.filter(code=rule.code, starts=rule.starts).exists():
            raise Refused(
                {"starts": _("A version starts that day already: choose another day, or correct that version.")}
            )
        _write(rule, title, change)

    return _act("set_rule", by, rule, write, source, rule.decision)


def correct_rule(*, by: User | None, rule: RuleVersion, reason: str, title: str = "", source: str = "") -> Act:
    """Put right a version that was typed wrong: the periods it rates are rated anew. Raises Refused without reason."""

    def write(change: Change, measures: Mapping[str, Measure]) -> None:
        if not reason.strip():
            raise Refused({"reason": _("Say what was wrong.")})
        if not Rule.objects.filter(code=rule.code, starts=rule.starts).exists():
            raise Refused({"starts": _("No version starts that day.")})
        _write(rule, title, change)

    return _act("correct_rule", by, rule, write, source, reason)


def assign_rule(
    *,
    by: User | None,
    rule: str,
    measure: str = "",
    tier: str = "",
    starts: date | None = None,
    decision: str = "",
    reason: str = "",
    source: str = "",
) -> Act:
    """Give a rule to a measure, or to a tier, for the periods ending on or after ``starts``."""

    def write(change: Change, measures: Mapping[str, Measure]) -> None:
        if not Rule.objects.filter(code=rule).exists():
            raise Refused({"rule": _("There is no rule %s.") % rule})
        if bool(measure) == bool(tier):
            raise Refused({"measure": _("Give the rule to one measure or to one tier.")})
        RuleAssignment.objects.create(
            measure=measures[measure] if measure else None,
            tier=tier,
            rule=rule,
            starts=starts,
            decision=decision,
            reason=reason,
            by_name=change.by_name,
            entered_at=change.at,
            change=change,
        )

    codes = [measure] if measure else list(Measure.objects.filter(tier=tier).values_list("code", flat=True))
    return act(
        by=by,
        verb="assign_rule",
        object=f"measure {measure}" if measure else f"tier {tier}",
        codes=codes,
        write=write,
        source=source,
        reason=reason,
    )


def users_of(rule: str) -> list[str]:
    """The codes of the measures that a rule is or was assigned to, by themselves or by their tier."""
    assignments = RuleAssignment.objects.filter(rule=rule)
    tiers = assignments.filter(measure__isnull=True).values_list("tier", flat=True)
    direct = assignments.filter(measure__isnull=False).values_list("measure__code", flat=True)
    by_tier = Measure.objects.filter(tier__in=list(tiers)).values_list("code", flat=True)
    return sorted({*direct, *by_tier})


def _act(verb: str, by: User | None, rule: RuleVersion, write: object, source: str, reason: str) -> Act:
    found = rule_faults(rule)
    if found:
        raise Refused({"": " ".join(found)})
    return act(
        by=by,
        verb=verb,
        object=f"rule {rule.code}",
        codes=users_of(rule.code),
        write=write,
        source=source,
        reason=reason,
    )


def _write(rule: RuleVersion, title: str, change: Change) -> None:
    if rule.agreed_on is None:
        rule = replace(rule, agreed_on=change.at.date())
    columns: dict[str, Any] = {field.name: getattr(rule, field.name) for field in fields(rule)}
    earlier = Rule.objects.filter(code=rule.code).exclude(title="").last()
    Rule.objects.create(
        **columns, title=title or (earlier.title if earlier else ""), entered_at=change.at, change=change
    )
