"""Reasons: why a status is what it is, kept as a code and parameters and put into words by one function.

>>> explain(Reason("too_few", {"denominator": "7", "min_denominator": "10"}))
'Not rated: too few to rate, 7 where at least 10 are needed'
>>> explain(Reason("overdue", {"period": "2018/19 Q3", "due": "2019-01-30"}))
'Overdue: the figure for 2018/19 Q3 was due on 30 January 2019'
"""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from goldenthread.domain.amounts import _, day_in_words, digits, natural_places
from goldenthread.domain.sentences import (
    RATED_CODES,
    STATUS_WORDS,
    amounts_of,
    derived_in_words,
    rated_in_words,
    rated_on_something,
    rule_in_words,
)

_NOTHING: Mapping[str, str] = {}


class Reason(NamedTuple):
    """A code and its parameters, all text (decimals canonical, dates ISO): it is stored as JSON and can be reworded.

    A tuple, as are figures and ratings, since a load makes a great many.
    """

    code: str
    params: Mapping[str, str] = _NOTHING


#: The codes that need no sum in words. Those of a colour are ``sentences.RATED_CODES``; ``rule`` and ``target_…``
#: describe a rule and a derived target; ``judged`` is a person's.
SENTENCES: dict[str, str] = {
    "contextual": _("Not rated: the measure is for context only"),
    "no_polarity": _("Not rated: the measure does not say whether high or low is good"),
    "no_rule": _("Not rated: the measure has no rule for this period"),
    "unrated": _("Not rated: by its rule the measure has a trend and a narrative only"),
    "no_value": _("Not rated: there is no figure"),
    "not_collected": _("Not rated: the figure was not collected"),
    "not_available": _("Not rated: the figure is not available"),
    "suppressed": _("Not rated: the figure is suppressed"),
    "nil_return": _("Not rated: a nil return was made, so there was nothing to measure"),
    "not_applicable": _("Not applicable: the measure does not apply in this period"),
    "too_few": _("Not rated: too few to rate, {denominator} where at least {min_denominator} are needed"),
    "partial": _("Not rated: only {have} of the {expected} periods that make it up have a figure"),
    "stale": _("Not rated: the latest figure is for {period}, {behind} periods behind, and stale"),
    "no_forecast": _("Not rated: the rule rates the forecast, and there is none"),
    "no_judgement": _("Not rated: the rule asks for a judgement, and none was given"),
    "judgement_incomplete": _("Not rated: a judged status needs a reason, an author and an expiry"),
    "judgement_expired": _("Not rated: the judgement by {by} of {on} expired on {expires}"),
    "judged_only": _("Not rated: the rule asks for a judgement, so a forecast has no colour"),
    "no_target": _("No target: none was set for this period"),
    "to_be_confirmed": _("No target: it is still to be confirmed"),
    "year_end_only": _("No target until the year closes: the target of {year_target} is for {year} as a whole"),
    "no_season": _("No target: the year's is shared by season, and there is no complete earlier year to learn it from"),
    "season_of_nothing": _("No target: the year's is shared by season, and the earlier years come to 0"),
    "category_no_target": _("No target: the whole has one, but a category takes it only of a ratio or a mean"),
    "zero_target": _(
        "Cannot compute: the target is 0, a percentage of 0 means nothing, and the rule has no absolute tolerance"
    ),
    "no_baseline": _("Cannot compute: the rule takes a share of the planned move, and there is no baseline"),
    "no_planned_move": _(
        "Cannot compute: the rule takes a share of the planned move, and the baseline is at the target"
    ),
    "no_red_line": _("Cannot compute: {value} misses the target, and no red line was set"),
    "no_earlier": _("Cannot compute: {value} is beyond the tolerance, and there is no figure of a year before"),
    "no_previous": _("Cannot compute: {value} is beyond the tolerance, and the period before has no figure"),
    "formula_missing": _("Cannot compute: {measure} has no figure for {period}"),
    "formula_divide_by_zero": _("Cannot compute: {divisor} is 0, and nothing can be divided by it"),
    "formula_out_of_range": _("Cannot compute: the formula gives a figure too large to be meant"),
    "not_a_number": _("Cannot compute: the figure is not a number"),
    "not_started": _("Not applicable: the measure starts on {starts}"),
    "ended": _("Not applicable: the measure ended on {ends}"),
    "not_due": _("Not due: {period} ends on {ends}"),
    "awaited": _("Awaited: the figure for {period} is due on {due}"),
    "awaited_expected": _("Awaited: the figure for {period} was due on {due} and is expected on {expected_on}"),
    "overdue": _("Overdue: the figure for {period} was due on {due}"),
    "overdue_expected": _("Overdue: the figure for {period} was due on {due}, then expected on {expected_on}"),
}
_DATES = frozenset({"on", "expires", "starts", "ends", "due", "expected_on", "agreed_on"})
_AMOUNTS = frozenset({"value", "target", "low", "high", "year_target", "baseline", "earlier", "floor"})
_COUNTS = frozenset({"denominator", "min_denominator"})


def explain(reason: Reason, *, translate: Callable[[str], str] = str) -> str:
    """``reason`` as a sentence with the sum in it; ``translate`` gives a text in the reader's language.

    Amounts are in the measure's unit, percentages with %, money in pounds, dates as 3 March 2026. A code that has no
    words here is shown as it is: a page never fails for want of an explanation.
    """
    code, params = reason.code, reason.params
    if code in RATED_CODES and rated_on_something(params):
        return rated_in_words(code, params, translate=translate)
    if code == "rule":
        return rule_in_words(params, translate=translate)
    if code == "judged":
        return _judged(params, translate)
    if code.startswith("target_"):
        return derived_in_words(code, params, translate=translate)
    if code in SENTENCES:
        return translate(SENTENCES[code]).format_map(_Texts(params, translate))
    return code.replace("_", " ").capitalize()


def _judged(params: Mapping[str, str], translate: Callable[[str], str]) -> str:
    status = translate(STATUS_WORDS.get(params.get("status", ""), _("Rated")))
    text = _("{status}, judged by {by} on {on}: {why}. The judgement stands until {expires}")
    return translate(text).format_map(_Texts({**params, "why": params.get("why", "").rstrip(". ")}, translate, status))


class _Texts(dict[str, str]):
    """The parameters as they stand in a sentence; what was not kept is said to be so."""

    def __init__(self, params: Mapping[str, str], translate: Callable[[str], str], status: str = "") -> None:
        super().__init__(params)
        self._translate = translate
        self._amounts = amounts_of(params, translate)
        for name, text in params.items():
            self[name] = self._in_words(name, text)
        if status:
            self["status"] = status
        if "year_low" in params and "year_high" in params:
            self["year_target"] = self._amounts.span(Decimal(params["year_low"]), Decimal(params["year_high"]))

    def __missing__(self, name: str) -> str:
        return self._translate(_("(not stated)"))

    def _in_words(self, name: str, text: str) -> str:
        if name in _DATES:
            return day_in_words(date.fromisoformat(text), self._translate)
        if name in _COUNTS:
            return digits(Decimal(text))
        if name in _AMOUNTS:
            number = Decimal(text)
            decimals = self.get("decimals")
            return self._amounts.of(number, max(int(decimals), natural_places(number)) if decimals else None)
        return text
