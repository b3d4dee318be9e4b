"""The masking detector: a good whole that hides a bad part.

Streets clean across the city at 94%, green against 92%; in Quayside at 71%, red by the same rule:

>>> city = Part(category="", value=Decimal(94), status=Status.GREEN)
>>> quayside = Part(category="ward=quayside", value=Decimal(71), status=Status.RED)
>>> abbey = Part(category="ward=abbey", value=Decimal(97), status=Status.GREEN)
>>> streets = Definition(code="ST-01", data_type=DataType.PERCENTAGE, polarity=Polarity.HIGHER, decimals=0)
>>> for found in masked(streets, city, [abbey, quayside]):
...     print(found.category, "|", masking_words(found.reason))
ward=quayside | Red at 71%, though the whole is green at 94%
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from goldenthread.domain.amounts import _
from goldenthread.domain.definition import Definition
from goldenthread.domain.figures import canonical
from goldenthread.domain.reasons import Reason
from goldenthread.domain.sentences import COLOURS, STATUS_WORDS, amounts_of
from goldenthread.domain.targets import taken_by_categories
from goldenthread.domain.words import ON_TARGET, DataType, Polarity, Status

#: A category stands apart where it is so many control widths worse than the whole.
WIDTHS = 2
_BAD = frozenset({Status.RED, Status.RED_AMBER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One category's figure for a period, or the whole's (category empty).

    ``width`` is how far its figures stray by themselves, from the mean to a control limit; None if too few are known.
    ``low`` and ``high`` are the target's ends where good is a range.
    """

    category: str
    value: Decimal | None
    status: Status
    width: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Masked:
    """A category that the whole hides, and why it is said so."""

    category: str
    reason: Reason


def masked(measure: Definition, whole: Part, parts: Sequence[Part]) -> list[Masked]:
    """The categories that are much worse than the whole, the worst first.

    A category is masked where the whole is on target and the category red by the same rule; and, of a ratio, mean or
    rate, where it is worse than the whole by more than two control widths, the larger of its own and the whole's. A
    count is not held against the whole, of which it is only a share. What is too few to rate is left out.
    Source: docs/sums/masking.md.
    """
    found = [(gap, Masked(part.category, reason)) for part in parts for gap, reason in _looked_at(measure, whole, part)]
    return [one for _gap, one in sorted(found, key=lambda pair: -pair[0])]


def masking_words(reason: Reason, *, translate: Callable[[str], str] = str) -> str:
    """Why a category is flagged, as a sentence without its name."""
    params = reason.params
    amounts = amounts_of(params, translate)
    decimals = int(params["decimals"]) if "decimals" in params else None
    texts = {name: amounts.of(Decimal(params[name]), decimals) for name in ("value", "whole")}
    if "gap" in params:
        texts |= {name: amounts.gap(Decimal(params[name]), decimals) for name in ("gap", "width")}
    status, of_whole = params["status"], params["whole_status"]
    return translate(_WORDS[reason.code]).format(
        **texts, Status=translate(STATUS_WORDS[status]), whole_status=translate(COLOURS.get(of_whole, of_whole))
    )


_WORDS = {
    "masked_by_colour": _("{Status} at {value}, though the whole is {whole_status} at {whole}"),
    "masked_by_distance": _("{value}: {gap} worse than the whole, which seldom strays more than {width}"),
}


def _looked_at(measure: Definition, whole: Part, part: Part) -> Iterator[tuple[Decimal, Reason]]:
    if part.value is None or whole.value is None or part.status is Status.NOT_RATED:
        return
    comparable = taken_by_categories(measure) or measure.data_type is DataType.SCORE
    gap = _worse_by(measure, whole, part) if comparable else Decimal(0)
    if whole.status in ON_TARGET and part.status in _BAD:
        yield max(gap, Decimal(0)), Reason("masked_by_colour", _params(measure, whole, part))
        return
    widths = [width for width in (whole.width, part.width) if width is not None]
    if comparable and widths and gap > WIDTHS * max(widths) > 0:
        reach = {"gap": canonical(gap), "width": canonical(max(widths))}
        yield gap, Reason("masked_by_distance", _params(measure, whole, part) | reach)


def _worse_by(measure: Definition, whole: Part, part: Part) -> Decimal:
    """How much worse the part is than the whole, in the measure's unit; negative where it is better."""
    assert part.value is not None
    assert whole.value is not None
    if measure.polarity is Polarity.HIGHER:
        return whole.value - part.value
    if measure.polarity is Polarity.LOWER:
        return part.value - whole.value
    if measure.polarity is Polarity.RANGE:
        return _outside(whole, part.value) - _outside(whole, whole.value)
    return Decimal(0)


def _outside(whole: Part, value: Decimal) -> Decimal:
    if whole.low is not None and value < whole.low:
        return whole.low - value
    if whole.high is not None and value > whole.high:
        return value - whole.high
    return Decimal(0)


def _params(measure: Definition, whole: Part, part: Part) -> dict[str, str]:
    assert part.value is not None
    assert whole.value is not None
    params = {
        "value": canonical(part.value),
        "whole": canonical(whole.value),
        "status": part.status.value,
        "whole_status": whole.status.value,
        "data_type": measure.data_type.value,
    }
    if measure.unit_of_measure:
        params["unit"] = measure.unit_of_measure
    if measure.decimals is not None:
        params["decimals"] = str(measure.decimals)
    return params
