"""The sentence behind a colour, with the sum in it.

>>> rated_in_words("within_tolerance", {
...     "status": "amber", "value": "84.2", "target": "87", "comparison": "at_least", "shortfall": "2.8",
...     "basis": "points", "edge": "5", "agreed_on": "2026-03-03", "data_type": "percentage"})
'Amber: 84.2% is 2.8 percentage points below the target of 87%, within the 5-point tolerance agreed on 3 March 2026'
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from goldenthread.domain.amounts import (
    WIDE,
    Amounts,
    Translate,
    _,
    day_in_words,
    day_of,
    digits,
    natural_places,
    places,
    rounded,
)
from goldenthread.domain.words import Basis, Comparison, DataType, Status

Params = Mapping[str, str]

STATUS_WORDS: dict[str, str] = {
    Status.BLUE: _("Blue"),
    Status.GREEN: _("Green"),
    Status.GREEN_AMBER: _("Green-amber"),
    Status.AMBER: _("Amber"),
    Status.RED_AMBER: _("Red-amber"),
    Status.RED: _("Red"),
    Status.NOT_RATED: _("Not rated"),
    Status.NO_TARGET: _("No target"),
    Status.NOT_DUE: _("Not due"),
    Status.AWAITED: _("Awaited"),
    Status.OVERDUE: _("Overdue"),
    Status.NOT_APPLICABLE: _("Not applicable"),
    Status.CANNOT_COMPUTE: _("Cannot compute"),
}
#: A colour as it stands inside a sentence.
COLOURS: dict[str, str] = {
    Status.BLUE: _("blue"),
    Status.GREEN: _("green"),
    Status.GREEN_AMBER: _("green-amber"),
    Status.AMBER: _("amber"),
    Status.RED_AMBER: _("red-amber"),
    Status.RED: _("red"),
}
#: The codes of a colour that a sum gave.
RATED_CODES = frozenset(
    {
        "met",
        "exceeded",
        "better_than_tolerance",
        "within_tolerance",
        "beyond_tolerance",
        "missed",
        "within_red_line",
        "beyond_red_line",
        "improved",
        "no_worse",
        "not_improved",
    }
)
_STRICT = frozenset({Comparison.MORE_THAN, Comparison.LESS_THAN})


def rated_in_words(code: str, params: Params, *, translate: Translate = str) -> str:
    """The sentence for one of RATED_CODES: the colour, the sum, what the rule makes of it, and what else to know."""
    told = _Told.of(params, translate)
    colour = translate(STATUS_WORDS.get(params.get("status", ""), _("Rated")))
    first = translate(_("{status}: {sum}")).format(status=colour, sum=told.sum())
    if clause := told.clause(code):
        first = translate(_("{sum}, {rule}")).format(sum=first, rule=clause)
    return ". ".join([first, *told.notes(), *target_notes(params, translate=translate)])


def target_notes(params: Params, *, translate: Translate = str) -> list[str]:
    """What to know of the target: how it was derived, whether it was amended or corrected."""
    amounts = amounts_of(params, translate)
    found = []
    if derived := params.get("derived"):
        found.append(derived_in_words(derived, params, translate=translate))
    if params.get("of_whole"):
        found.append(translate(_("The target is the one for the whole")))
    original = params.get("original")
    if params.get("amended"):
        text = _("The target was amended from {original}") if original else _("The target was amended")
        found.append(translate(text).format(original=original and amounts.briefly(Decimal(original))))
    if params.get("corrected"):
        text = _("The target was corrected from {original}") if original else _("The target was corrected")
        found.append(translate(text).format(original=original and amounts.briefly(Decimal(original))))
    return found


_DERIVED: dict[str, str] = {
    "target_same": _("The target is the year's, the same in every period"),
    "target_year_end": _("The target is the year's, which closes with this period"),
    "target_even": _("The target is {part} of the year's target of {target}, shared evenly"),
    "target_even_whole": _("The target is the whole of the year's target"),
    "target_even_path": _(
        "The target is {part} of the way from last year's target of {start} to this year's of {target}"
    ),
    "target_seasonal": _("The target is {share}% of the year's target of {target}, its share in {seasons}"),
    "target_seasonal_so_far": _(
        "The target is {share}% of the year's target of {target}, the share so far in {seasons}"
    ),
    "target_seasonal_level": _(
        "The target is {share}% of the year's target of {target}, following the season of {seasons}"
    ),
    "target_seasonal_path": _(
        "The target is {share}% of the way from last year's target of {start} to this year's of {target}, "
        "the share so far in {seasons}"
    ),
}
_PARTS: dict[tuple[int, int], str] = {
    (1, 2): _("half"),
    (1, 3): _("a third"),
    (2, 3): _("two thirds"),
    (1, 4): _("a quarter"),
    (2, 4): _("half"),
    (3, 4): _("three quarters"),
    (1, 12): _("a twelfth"),
}


def derived_in_words(code: str, params: Params, *, translate: Translate = str) -> str:
    """How a period's target came from the year's."""
    amounts = amounts_of(params, translate)
    part, of = int(params.get("part", "1")), int(params.get("of", "1"))
    if code == "target_even" and part == of:
        code = "target_even_whole"
    parts = _PARTS.get((part, of))
    seasons = params.get("seasons", "1")
    years = _("the last complete year") if seasons == "1" else _("the last {seasons} complete years")
    return translate(_DERIVED.get(code, _("The target comes from the year's"))).format(
        part=translate(parts) if parts else f"{part}/{of}",
        target=_year_target(params, amounts),
        start=_amount(params, "path_from", amounts),
        share=digits(Decimal(params.get("share", "0")) * 100, 1),
        seasons=translate(years).format(seasons=seasons),
    )


def _year_target(params: Params, amounts: Amounts) -> str:
    if "year_low" in params and "year_high" in params:
        return amounts.span(Decimal(params["year_low"]), Decimal(params["year_high"]))
    return _amount(params, "year_target", amounts)


def _amount(params: Params, name: str, amounts: Amounts) -> str:
    return amounts.briefly(Decimal(params[name])) if name in params else ""


def amounts_of(params: Params, translate: Translate = str) -> Amounts:
    """How the figures among ``params`` are written."""
    return Amounts(params.get("data_type", DataType.NUMBER), params.get("unit", ""), translate)


def rated_on_something(params: Params) -> bool:
    """Whether ``params`` hold a sum: a value, and a target or a range."""
    return "value" in params and any(name in params for name in ("target", "low", "high"))


def _relation(number: Decimal, other: Decimal) -> int:
    return (number > other) - (number < other)


@dataclass(frozen=True, slots=True)
class _Told:
    """One rated reason on its way into words, every figure to as many decimals as keep the sum true."""

    params: Params
    amounts: Amounts
    translate: Translate
    value: Decimal
    line: Decimal
    decimals: int

    @classmethod
    def of(cls, params: Params, translate: Translate) -> "_Told":
        value = Decimal(params["value"])
        bounds = [Decimal(params[name]) for name in ("target", "low", "high") if name in params]
        line = min(bounds, key=lambda bound: abs(bound - value))
        others = [Decimal(params[name]) for name in ("floor", "earlier") if name in params]
        edge = (
            Decimal(params["edge"])
            if params.get("basis") in (Basis.POINTS, Basis.ABSOLUTE) and "edge" in params
            else None
        )
        decimals = _enough_decimals(params, value, line, [*bounds, *others], edge)
        return cls(params, amounts_of(params, translate), translate, value, line, decimals)

    # The sum

    def sum(self) -> str:
        """The figure against its target: '84.2% is 2.8 percentage points below the target of 87%'."""
        value = self.amounts.of(self.value, self.decimals)
        if self.params.get("forecast"):
            value = self.translate(_("the forecast of {value}")).format(value=value)
        if self._is_yes_no():
            return self.translate(_("{value} against a target of {target}")).format(
                value=value, target=self._shown(self.line)
            )
        if self._comparison() == Comparison.BETWEEN and Decimal(self.params.get("shortfall", "0")) == 0:
            return self._within_range(value)
        if self.value == self.line:
            return self._at_target(value)
        return self.translate(self._apart()).format(value=value, gap=self._gap(), target=self._target())

    def _comparison(self) -> str:
        return self.params.get("comparison", "")

    def _is_yes_no(self) -> bool:
        return self.params.get("data_type") == DataType.YES_NO and {self.value, self.line} <= {Decimal(0), Decimal(1)}

    def _within_range(self, value: str) -> str:
        text = _("{value} meets {target}") if self._single_point() else _("{value} is within {target}")
        return self.translate(text).format(value=value, target=self._target())

    def _at_target(self, value: str) -> str:
        strict = self._comparison() in _STRICT
        text = _("{value} only equals, and does not pass, {target}") if strict else _("{value} meets {target}")
        return self.translate(text).format(value=value, target=self._target())

    def _apart(self) -> str:
        if self.params.get("data_type") == DataType.DATE and day_of(self.value) and day_of(self.line):
            later = self.value > self.line
            return _("{value} is {gap} later than {target}") if later else _("{value} is {gap} earlier than {target}")
        return _("{value} is {gap} above {target}") if self.value > self.line else _("{value} is {gap} below {target}")

    def _target(self) -> str:
        comparison = self._comparison()
        if comparison == Comparison.BETWEEN and not self._single_point():
            return self._range()
        text = {
            Comparison.MORE_THAN: _("the target of more than {target}"),
            Comparison.LESS_THAN: _("the target of less than {target}"),
        }.get(comparison, _("the target of {target}"))  # type: ignore[call-overload]
        return self.translate(text).format(target=self._shown(self.line))

    def _single_point(self) -> bool:
        low, high = self.params.get("low"), self.params.get("high")
        return low == high

    def _range(self) -> str:
        low, high = self.params.get("low"), self.params.get("high")
        if low is None or high is None:
            text = _("the target range of {bound} or less") if low is None else _("the target range of {bound} or more")
            return self.translate(text).format(bound=self._shown(self.line))
        span = self.amounts.span(Decimal(low), Decimal(high), self.decimals)
        return self.translate(_("the target range of {range}")).format(range=span)

    def _gap(self) -> str:
        apart = abs(rounded(self.value, self.decimals) - rounded(self.line, self.decimals))
        gap = self.amounts.gap(apart, self.decimals)
        share = self._share()
        if share is None:
            return gap
        if self.params["basis"] == Basis.IMPROVEMENT:
            text = _("{gap} ({share}% of the planned move from {baseline})")
        elif self._comparison() == Comparison.BETWEEN:
            text = _("{gap} ({share}% of that limit)")
        else:
            text = _("{gap} ({share}% of the target)")
        return self.translate(text).format(gap=gap, share=share, baseline=self._of("baseline"))

    def _share(self) -> str | None:
        """The gap as a percentage in the rule's basis, with the decimals that keep it on its side of the edge."""
        basis = self.params.get("basis")
        if basis not in (Basis.PERCENT, Basis.IMPROVEMENT) or "edge" not in self.params:
            return None
        apart = abs(self.value - self.line)
        whole = abs(self.line)
        if basis == Basis.IMPROVEMENT:
            whole = abs(self.line - Decimal(self.params["baseline"])) if "baseline" in self.params else Decimal(0)
        if not whole:
            return None
        share = WIDE.divide(WIDE.multiply(apart, Decimal(100)), whole)
        edge = Decimal(self.params["edge"])
        for decimals in range(1, 12):
            shown = rounded(share, decimals)
            if shown and _relation(shown, edge) == _relation(share, edge):
                break
        return digits(share, decimals)

    # The rule

    def clause(self, code: str) -> str:
        """What the rule makes of the sum: 'within the 5-point tolerance agreed on 3 March 2026'."""
        if code in ("within_tolerance", "beyond_tolerance"):
            return self._in_or_out(code)
        if code == "missed":
            if self._is_yes_no():
                return ""
            return self._agreed(
                _("and the rule allows no tolerance"), _("and the rule agreed on {date} allows no tolerance")
            )
        if code == "exceeded":
            return self._agreed(_("reaching {edge} for blue"), _("reaching {edge} for blue agreed on {date}"), "margin")
        if code == "better_than_tolerance":
            return self._agreed(
                _("better by more than {edge}"), _("better by more than {edge} agreed on {date}"), "tolerance"
            )
        if code in ("within_red_line", "beyond_red_line"):
            return self._red_line(code)
        if code in ("improved", "no_worse", "not_improved"):
            return self._against_earlier(code)
        return ""

    def _in_or_out(self, code: str) -> str:
        within = code == "within_tolerance"
        if band := self.params.get("band"):
            colour = self.translate(COLOURS.get(band, band))
            plain = _("within {edge} for {colour}") if within else _("beyond {edge} for {colour}")
            dated = (
                _("within {edge} for {colour} agreed on {date}")
                if within
                else _("beyond {edge} for {colour} agreed on {date}")
            )
            return self._agreed(plain, dated, "tolerance", colour=colour)
        plain = _("within {edge}") if within else _("beyond {edge}")
        dated = _("within {edge} agreed on {date}") if within else _("beyond {edge} agreed on {date}")
        return self._agreed(plain, dated, "tolerance")

    def _agreed(self, plain: str, dated: str, noun: str = "", **texts: str) -> str:
        agreed_on = self.params.get("agreed_on")
        texts["edge"] = self._edge(noun) if noun else ""
        if agreed_on is None:
            return self.translate(plain).format(**texts)
        agreed = day_in_words(date.fromisoformat(agreed_on), self.translate)
        return self.translate(dated).format(**texts, date=agreed)

    def _edge(self, noun: str) -> str:
        edge = Decimal(self.params.get("edge", "0"))
        basis = self.params.get("basis")
        if basis in (Basis.PERCENT, Basis.IMPROVEMENT):
            before: str | None = f"{digits(edge)}%"
        elif basis == Basis.POINTS:
            before = self.amounts.points(edge)
        else:
            before = self.amounts.adjective(edge)
        if before is None:
            text = _("the margin of {edge}") if noun == "margin" else _("the tolerance of {edge}")
            return self.translate(text).format(edge=self.amounts.gap(edge))
        text = _("the {edge} margin") if noun == "margin" else _("the {edge} tolerance")
        return self.translate(text).format(edge=before)

    def _red_line(self, code: str) -> str:
        above = self.value > self.line
        line = self._of("floor")
        if code == "beyond_red_line":
            text = _("and above the red line of {line}") if above else _("and below the red line of {line}")
        elif Decimal(self.params.get("floor", "0")) == self.value:
            text = _("and on the red line of {line}, which is still amber")
        else:
            text = _("but not above the red line of {line}") if above else _("but not below the red line of {line}")
        return self.translate(text).format(line=line)

    def _against_earlier(self, code: str) -> str:
        last_year = self.params.get("against") != "previous"
        if code == "improved":
            text = _("but better than the {earlier} of a year before")
            if not last_year:
                text = _("but better than the {earlier} of the period before")
        elif code == "no_worse":
            text = _("but no worse than the {earlier} of a year before")
            if not last_year:
                text = _("but no worse than the {earlier} of the period before")
        else:
            text = _("and worse than the {earlier} of a year before")
            if not last_year:
                text = _("and worse than the {earlier} of the period before")
        compared = self.translate(text).format(earlier=self._of("earlier"))
        if Decimal(self.params.get("edge", "0")) == 0:
            return compared
        beyond = self._in_or_out("beyond_tolerance")
        return self.translate(_("{beyond}, {compared}")).format(beyond=beyond, compared=compared)

    # What else to know

    def notes(self) -> list[str]:
        found = []
        if self.params.get("shown_decimals") and (decimals := self.params.get("decimals")):
            text = _("More decimals are shown, because to {decimals} both read {value}")
            if decimals == "0":
                text = _("Decimals are shown, because without them both read {value}")
            both = self.amounts.of(self.value, int(decimals))
            found.append(self.translate(text).format(decimals=decimals, value=both))
        if unrounded := self.params.get("unrounded"):
            text = _("Compared as shown: {unrounded} before rounding")
            found.append(self.translate(text).format(unrounded=self.amounts.of(Decimal(unrounded), 6)))
        if self.params.get("zero_target"):
            text = _("A percentage of a target of 0 cannot be computed, so the rule's absolute tolerance is used")
            found.append(self.translate(text))
        return found

    def _shown(self, number: Decimal) -> str:
        return self.amounts.briefly(number, self.decimals)

    def _of(self, name: str) -> str:
        return self._shown(Decimal(self.params[name])) if name in self.params else ""


def _enough_decimals(params: Params, value: Decimal, line: Decimal, others: list[Decimal], edge: Decimal | None) -> int:
    """The fewest decimals at which no two figures that differ look alike, and the gap stays on its side of the edge."""
    given = params.get("shown_decimals") or params.get("decimals")
    fewest = int(given) if given else natural_places(value)
    fewest = max(fewest, *(typed if (typed := places(other)) <= 4 else 0 for other in others))
    for decimals in range(fewest, fewest + 16):
        shown = rounded(value, decimals)
        apart = abs(shown - rounded(line, decimals))
        if any(_relation(shown, rounded(other, decimals)) != _relation(value, other) for other in others):
            continue
        if edge is None or _relation(apart, edge) == _relation(abs(value - line), edge):
            return decimals
    return fewest


_BANDS_OF: dict[str, tuple[tuple[str, str], ...]] = {
    "miss_tolerance": (("amber", Status.AMBER),),
    "green_band": (("green", Status.GREEN), ("amber", Status.AMBER)),
    "symmetric": (("green", Status.GREEN),),
    "direction_conditioned": (("green", Status.GREEN), ("amber", Status.AMBER)),
    "forecast": (("green", Status.GREEN), ("amber", Status.AMBER)),
    "four_band": (("green", Status.GREEN), ("amber", Status.GREEN_AMBER), ("red_amber", Status.RED_AMBER)),
}
_SHORT: dict[str, str] = {
    "higher": _("{edge} below target"),
    "lower": _("{edge} above target"),
    "range": _("{edge} outside the target range"),
}


def rule_in_words(params: Params, *, translate: Translate = str) -> str:
    """A rule's own words: 'Amber within 5 percentage points below target, red beyond'."""
    family = params.get("family", "")
    if family == "unrated":
        text = translate(_("Not rated: trend and narrative only"))
    elif family == "judged":
        text = translate(_("Judged by a person, with a reason"))
    elif family == "two_thresholds":
        text = translate(_("Green on target, amber as far as the red line, red beyond"))
    else:
        text = _bands_in_words(family, params, translate)
    return "; ".join([text, *_terms(params, translate)])


def _bands_in_words(family: str, params: Params, translate: Translate) -> str:
    pieces: list[str] = []
    for name, status in _BANDS_OF.get(family, ()):
        edge = Decimal(params.get(name, "0"))
        colour = translate(COLOURS[status])
        if edge:
            width = _width(params, edge, translate)
            width = width if pieces and "within" in pieces[-1] else _short(params, width, translate)
            pieces.append(translate(_("{colour} within {edge}")).format(colour=colour, edge=width))
        elif status == Status.GREEN:
            pieces.append(translate(_("{colour} on target")).format(colour=colour))
    if not pieces:
        pieces = [translate(_("green on target")), translate(_("red off it"))]
    elif family == "direction_conditioned":
        previous = params.get("against") == "previous"
        pieces.append(
            translate(_("beyond that amber if improved on the period before or the same, red if not"))
            if previous
            else translate(_("beyond that amber if improved on last year or the same, red if not"))
        )
    else:
        pieces.append(translate(_("red beyond")))
    text = ", ".join(pieces)
    if family == "forecast":
        return translate(_("Rated on the forecast for the year end: {bands}")).format(bands=text)
    return text[:1].upper() + text[1:]


def _width(params: Params, edge: Decimal, translate: Translate) -> str:
    basis = params.get("basis")
    if basis == Basis.PERCENT:
        return f"{digits(edge)}%"
    if basis == Basis.IMPROVEMENT:
        return translate(_("{edge}% of the planned move")).format(edge=digits(edge))
    if basis == Basis.POINTS:
        return Amounts(DataType.PERCENTAGE, "", translate).gap(edge)
    return amounts_of(params, translate).gap(edge)


def _short(params: Params, width: str, translate: Translate) -> str:
    text = _SHORT.get(params.get("polarity", ""), _("{edge} short of target"))
    if params.get("family") == "symmetric":
        text = _("{edge} of target either way")
    return translate(text).format(edge=width)


def _terms(params: Params, translate: Translate) -> list[str]:
    """The rule's other terms, each as a clause."""
    found = []
    if "exceed" in params:
        text = _("blue from {edge} better than target")
        found.append(translate(text).format(edge=_width(params, Decimal(params["exceed"]), translate)))
    elif params.get("family") == "symmetric":
        found.append(translate(_("blue where better than that")))
    if params.get("compare") == "as_shown":
        found.append(translate(_("compared as shown, after rounding")))
    if any(name.startswith("absolute_") for name in params):
        found.append(
            translate(_("in the measure's own unit where the target is 0: {edges}")).format(
                edges=_absolutes(params, translate)
            )
        )
    if "min_denominator" in params:
        found.append(translate(_("not rated below {cases} cases")).format(cases=params["min_denominator"]))
    if "expires_after" in params:
        found.append(translate(_("a judgement stands for {days} days")).format(days=params["expires_after"]))
    if "agreed_on" in params:
        day = day_in_words(date.fromisoformat(params["agreed_on"]), translate)
        found.append(translate(_("agreed on {date}")).format(date=day))
    return found


def _absolutes(params: Params, translate: Translate) -> str:
    amounts = amounts_of(params, translate)
    bands = (*_BANDS_OF.get(params.get("family", ""), ()), ("exceed", Status.BLUE))
    return ", ".join(
        translate(_("{colour} within {edge}") if status != Status.BLUE else _("{colour} from {edge} better")).format(
            colour=translate(COLOURS[status]), edge=amounts.gap(Decimal(params[f"absolute_{name}"]))
        )
        for name, status in bands
        if f"absolute_{name}" in params
    )
