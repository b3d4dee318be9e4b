"""What the pages for giving figures, targets and rules put into words beyond what every page does."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from goldenthread.domain.definition import Definition
from goldenthread.domain.reasons import Reason, explain
from goldenthread.domain.rules import Rule, describe
from goldenthread.domain.series import Row
from goldenthread.domain.words import Comparison, Profile
from goldenthread.measures.models.definition import Tier
from goldenthread.measures.shown import Shown
from goldenthread.measures.words import FREQUENCY, TARGET_KIND
from goldenthread.web.words import STATUS_WORDS

_DERIVED = {
    Profile.SAME: _("The year's target, the same in every period."),
    Profile.EVEN: _("Its share of the year's target, shared evenly."),
    Profile.SEASONAL: _("Its share of the year's target, by the season of past years."),
    Profile.YEAR_END_ONLY: _("The year's target, which closes with this period."),
}


_BRIEFLY = {
    Profile.SAME: _("the year's"),
    Profile.EVEN: _("of the year's, evenly"),
    Profile.SEASONAL: _("of the year's, by season"),
    Profile.YEAR_END_ONLY: _("the year's"),
}
_COMPARISONS = {
    Comparison.AT_LEAST: _("at least"),
    Comparison.MORE_THAN: _("more than"),
    Comparison.AT_MOST: _("at most"),
    Comparison.LESS_THAN: _("less than"),
    Comparison.BETWEEN: _("between"),
}


@dataclass(frozen=True, slots=True)
class Wording(Shown):
    """How one reader is shown things on these pages."""

    def stands(self, sheet: Any) -> str:
        """What is waited for in the period of a sheet, what was given, or why neither is to be looked for."""
        standing = sheet.standing.get("")
        if sheet.waiting is not None:
            return self.why(sheet.waiting.reason)
        if standing is not None and standing.value is not None:
            return gettext("Given already: %(figure)s") % {"figure": self.amount(sheet.definition, standing.value)}
        return "" if sheet.is_own or standing is not None else self._longer(sheet)

    def _longer(self, sheet: Any) -> str:
        often = str(FREQUENCY[sheet.definition.frequency]).lower()
        said = gettext("It is collected %(often)s, and no figure is due for this longer period") % {"often": often}
        made = sheet.made
        if made is None or made.value is None:
            return said
        of = {"figure": self.amount(sheet.definition, made.value), "have": made.have, "all": made.expected}
        if made.have < made.expected:
            makes = gettext("The shorter ones make %(figure)s, from %(have)s of %(all)s") % of
        else:
            makes = gettext("The shorter ones make %(figure)s") % of
        return f"{said}. {makes}"

    def why_result(self, result: Any) -> str:
        """The reason of a stored result."""
        return self.why(Reason(result.reason_code, result.reason_params))

    def briefly_why(self, reason: Reason | None) -> str:
        """The sum of a status without its colour and without what is to know of its target."""
        said = self.why(reason).partition(". ")[0]
        return said.partition(": ")[2] or said

    def row_value(self, definition: Definition, row: Row) -> str:
        return self.figure(definition, row.rated_value, _places(row))

    def row_target(self, definition: Definition, row: Row) -> str:
        if row.target is not None:
            return self.figure(definition, row.target, _places(row))
        return self.span(definition, row.target_low, row.target_high)

    def how_derived(self, profile: Profile | str | None) -> str:
        """How a period's target comes from the year's."""
        return str(_DERIVED[Profile(profile)]) if profile else gettext("Set for this period.")

    def derived_briefly(self, profile: Profile | str) -> str:
        """of the year's, evenly"""
        return str(_BRIEFLY[Profile(profile)])

    def target_kind(self, kind: str) -> str:
        return str(TARGET_KIND.get(kind, kind))

    def tier(self, tier: str) -> str:
        return str(Tier(tier).label) if tier in Tier.values else tier

    def comparison(self, comparison: Comparison | str | None) -> str:
        """at least"""
        return str(_COMPARISONS[Comparison(comparison)]) if comparison else ""

    def rule(self, rule: Rule, definition: Definition | None = None) -> str:
        """What a rule does, in a sentence."""
        return explain(describe(rule, definition), translate=gettext)

    def status(self, status: str) -> str:
        return str(STATUS_WORDS[status]) if status else ""

    def plain(self, number: Decimal | None) -> str:
        return "" if number is None else f"{number:,f}"


def _places(row: Row) -> int | None:
    decimals = row.reason.params.get("shown_decimals")
    return int(decimals) if decimals else None
