"""What is odd about a figure, said before it is kept: a slip of the finger is seldom near what is usual.

>>> answered = Definition(code="CS02", data_type=DataType.PERCENTAGE, decimals=1)
>>> past = [Figure(period=Period.parse(f"2018/19 Q{quarter}"), value=value)
...         for quarter, value in enumerate([Decimal("94.1"), Decimal("93.6"), Decimal("95.2"), Decimal("94.4")], 1)]
>>> for odd in oddities(answered, Figure(period=Period.parse("2019/20 Q1"), value=Decimal("0.948")), past):
...     print(oddity_words(odd))
0.948% looks like a share of 1 where about 94.3% is usual. Is 94.8% meant?
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from statistics import median

from goldenthread.domain.amounts import Amounts, _, day_in_words, digits
from goldenthread.domain.definition import Definition
from goldenthread.domain.figures import Figure, canonical
from goldenthread.domain.periods import Period
from goldenthread.domain.reasons import Reason
from goldenthread.domain.words import Aggregation, DataType, Reading, State

#: How many of the latest comparable figures say what is usual, and the fewest from which anything can be said.
RECENT, FEWEST = 12, 3
#: Figures needed before "outside everything before" means something.
ENOUGH_FOR_SPREAD = 6
TENFOLD, THOUSAND = Decimal(10), Decimal(1000)
_SINCE_A_START = frozenset({Reading.YEAR_TO_DATE, Reading.CUMULATIVE})
_WITHOUT_SIZE = frozenset({DataType.DATE, DataType.YES_NO})

_WORDS: dict[str, str] = {
    "odd_below_minimum": _("{value} is below the least this measure can be, {limit}"),
    "odd_above_maximum": _("{value} is above the most this measure can be, {limit}"),
    "odd_numerator": _("{numerator} out of {denominator} is more than the whole. Are the two the wrong way round?"),
    "odd_above_hundred": _("{value} is more than the whole, and this measure has never been above 100%"),
    "odd_as_fraction": _("{value} looks like a share of 1 where about {usual} is usual. Is {meant} meant?"),
    "odd_thousand_times": _("{value} is about a thousand times what is usual, about {usual}. Is {meant} meant?"),
    "odd_thousandth": _("{value} is about a thousandth of what is usual, about {usual}. Is {meant} meant?"),
    "odd_times": _("{value} is {times} times what is usual, about {usual}. Check the decimal point"),
    "odd_part": _("{value} is {times} times smaller than what is usual, about {usual}. Check the decimal point"),
    "odd_half_times": _("{half}: {value} is {times} times what is usual, about {usual}"),
    "odd_half_part": _("{half}: {value} is {times} times smaller than what is usual, about {usual}"),
    "odd_above_all": _("{value} is far above every figure before, the highest of which is {limit}"),
    "odd_below_all": _("{value} is far below every figure before, the lowest of which is {limit}"),
    "odd_negative": _("{value} is below zero, and this measure has never been"),
    "odd_positive": _("{value} is above zero, and this measure never has been"),
    "odd_zero": _("The figure is 0, and this measure has never been 0. If there is no figure, say why instead"),
    "odd_repeated": _("{value} is exactly the figure of {period}. Is it for this period?"),
    "odd_fallen": _("{value} is less than the {earlier} of {period}, and this figure builds up through the year"),
    "odd_margins": _("{value} lies outside its own margins, {lower} to {upper}"),
    "odd_parts": _("The figures by {scheme} add up to {sum}, not {whole}"),
    "odd_not_ended": _("{period} ends on {ends}, and this figure says that it is final: is it provisional?"),
}
ODDITIES = frozenset(_WORDS)
_PLAIN = frozenset({"numerator", "denominator", "sum", "whole"})
_AMOUNTS = frozenset({"value", "usual", "meant", "limit", "earlier", "lower", "upper"})


def oddities(measure: Definition, figure: Figure, past: Sequence[Figure], *, today: date | None = None) -> list[Reason]:
    """What is odd about ``figure`` beside ``past``, the figures of the same category for other periods.

    Figures are in the measure's unit; those of ``past`` for the same period, for periods of another length and without
    a value are left aside. An oddity is never a refusal: whoever gives the figure says that it is right. Source: domain
    §5.3, "no sense check at entry". Raises nothing.
    """
    before = [
        other
        for other in sorted(past, key=lambda other: other.period.end)
        if other.value is not None and other.period != figure.period and _alike(other.period, figure.period)
    ]
    return [*_impossible(measure, figure, before), *_unusual(measure, figure, before), *_early(figure, today)]


def odd_parts(measure: Definition, whole: Figure, parts: Sequence[Figure], *, scheme: str) -> Reason | None:
    """Whether parts that should make up the whole do not: their figures where those add up, else their numerators."""
    name = "value" if measure.aggregation is Aggregation.SUM else "numerator"
    stated = getattr(whole, name)
    given = [getattr(part, name) for part in parts]
    if stated is None or not given or any(one is None for one in given) or sum(given) == stated:
        return None
    total = Decimal(sum(given))
    return Reason("odd_parts", {"scheme": scheme, "sum": canonical(total), "whole": canonical(stated)})


def oddity_words(reason: Reason, *, translate: Callable[[str], str] = str) -> str:
    """An oddity as a sentence, amounts in the measure's unit; a code without words is shown as it is."""
    if reason.code not in _WORDS:
        return reason.code.replace("_", " ").capitalize()
    params = reason.params
    amounts = Amounts(params.get("data_type", DataType.NUMBER), params.get("unit", ""), translate)
    texts = dict(params)
    for name, text in params.items():
        if name in _PLAIN or (reason.code.startswith("odd_half") and name in _AMOUNTS):
            texts[name] = digits(Decimal(text))
        elif name in _AMOUNTS:
            texts[name] = amounts.briefly(Decimal(text))
        elif name == "times":
            texts[name] = digits(Decimal(text))
        elif name == "period":
            texts[name] = Period.parse(text).short_words(translate)
        elif name == "ends":
            texts[name] = day_in_words(date.fromisoformat(text), translate)
    if "half" in params:
        texts["half"] = translate({"numerator": _("Numerator"), "denominator": _("Denominator")}[params["half"]])
    return translate(_WORDS[reason.code]).format(**texts)


def _impossible(measure: Definition, figure: Figure, before: Sequence[Figure]) -> Iterator[Reason]:
    """What contradicts the definition, or itself, whatever came before."""
    value = figure.value
    top, bottom = figure.numerator, figure.denominator
    beyond_whole = any(other.value is not None and other.value > 100 for other in before)
    percentage = measure.data_type is DataType.PERCENTAGE and not beyond_whole and (measure.max or 0) <= 100
    if percentage and top is not None and bottom is not None and top > bottom > 0:
        yield Reason("odd_numerator", {"numerator": canonical(top), "denominator": canonical(bottom)})
    elif percentage and measure.max is None and value is not None and value > 100:
        yield _reason(measure, "odd_above_hundred", value=value)
    if value is None:
        return
    if measure.min is not None and value < measure.min:
        yield _reason(measure, "odd_below_minimum", value=value, limit=measure.min)
    if measure.max is not None and value > measure.max:
        yield _reason(measure, "odd_above_maximum", value=value, limit=measure.max)
    lower, upper = figure.lower, figure.upper
    if lower is not None and upper is not None and not lower <= value <= upper:
        yield _reason(measure, "odd_margins", value=value, lower=lower, upper=upper)


def _unusual(measure: Definition, figure: Figure, before: Sequence[Figure]) -> Iterator[Reason]:
    """What does not fit the figures before."""
    value = figure.value
    if value is None:
        return
    if measure.data_type not in _WITHOUT_SIZE:
        if fallen := _fallen(measure, figure, before):
            yield fallen
        usual = [other.value for other in _comparable(measure, figure, before) if other.value is not None]
        if len(usual) >= FEWEST:
            yield from _by_sign(measure, value, usual)
            if size := _by_size(measure, value, usual[-RECENT:]):
                yield size
            elif far := _far_from_all(measure, value, usual):
                yield far
        yield from _odd_halves(measure, figure, before)
    if repeated := _repeated(measure, figure, before):
        yield repeated


def _early(figure: Figure, today: date | None) -> Iterator[Reason]:
    if today is not None and today <= figure.period.end and figure.state == State.FINAL and figure.value is not None:
        yield Reason("odd_not_ended", {"period": figure.period.text, "ends": figure.period.end.isoformat()})


def _by_sign(measure: Definition, value: Decimal, usual: Sequence[Decimal]) -> Iterator[Reason]:
    if value < 0 and all(other >= 0 for other in usual):
        yield _reason(measure, "odd_negative", value=value)
    elif value > 0 and all(other < 0 for other in usual):
        yield _reason(measure, "odd_positive", value=value)
    elif value == 0 and all(usual):
        yield _reason(measure, "odd_zero", value=value)


def _by_size(measure: Definition, value: Decimal, usual: Sequence[Decimal]) -> Reason | None:
    """Ten times or more off the median, and what was probably meant."""
    middle = median(usual)
    times = _times(value, middle)
    if times is None or -TENFOLD < times < TENFOLD:
        return None
    if measure.data_type is DataType.PERCENTAGE and 0 < value <= 1 and times >= -300:
        return _reason(measure, "odd_as_fraction", value=value, usual=_tidy(middle), meant=value * 100)
    if 300 <= times <= 3000:
        return _reason(measure, "odd_thousand_times", value=value, usual=_tidy(middle), meant=value / THOUSAND)
    if -3000 <= times <= -300:
        return _reason(measure, "odd_thousandth", value=value, usual=_tidy(middle), meant=value * THOUSAND)
    code = "odd_times" if times > 0 else "odd_part"
    return _reason(measure, code, value=value, usual=_tidy(middle), times=_whole(abs(times)))


def _odd_halves(measure: Definition, figure: Figure, before: Sequence[Figure]) -> Iterator[Reason]:
    """A half ten times or more off its own median, which a ratio of the two would hide."""
    if _builds_up(measure):
        return
    for half in ("numerator", "denominator"):
        value = getattr(figure, half)
        usual = [other for other in (getattr(one, half) for one in before) if other is not None][-RECENT:]
        if value is None or len(usual) < FEWEST:
            continue
        middle = median(usual)
        times = _times(value, middle)
        if times is None or -TENFOLD < times < TENFOLD or (half == "numerator" and _small(middle)):
            continue
        code = "odd_half_times" if times > 0 else "odd_half_part"
        yield Reason(
            code,
            {
                "half": half,
                "value": canonical(value),
                "usual": canonical(_tidy(middle)),
                "times": canonical(_whole(abs(times))),
            },
        )


def _small(middle: Decimal) -> bool:
    """Counts this small go up and down tenfold by themselves."""
    return abs(middle) < 10


def _far_from_all(measure: Definition, value: Decimal, usual: Sequence[Decimal]) -> Reason | None:
    """Further beyond the highest or lowest figure than the two are from each other."""
    lowest, highest = min(usual), max(usual)
    spread = highest - lowest
    if len(usual) < ENOUGH_FOR_SPREAD or not spread:
        return None
    if value > highest + spread:
        return _reason(measure, "odd_above_all", value=value, limit=highest)
    if value < lowest - spread:
        return _reason(measure, "odd_below_all", value=value, limit=lowest)
    return None


def _repeated(measure: Definition, figure: Figure, before: Sequence[Figure]) -> Reason | None:
    """The digits of the period before, in a series that does not repeat itself."""
    last = next((other for other in reversed(before) if other.period.end < figure.period.end), None)
    if last is None or measure.data_type is DataType.YES_NO or not _same_digits(figure, last):
        return None
    pairs = list(pairwise(before))
    repeats = sum(1 for one, other in pairs if _same_digits(one, other))
    edges = {
        Decimal(0),
        measure.min,
        measure.max,
        *([Decimal(100)] if measure.data_type is DataType.PERCENTAGE else []),
    }
    if len(pairs) < FEWEST - 1 or repeats * 10 > len(pairs) or figure.value in edges:
        return None
    return _reason(measure, "odd_repeated", value=figure.value, period=last.period.text)


def _ends(measure: Definition) -> set[Decimal | None]:
    """Figures that may well come twice: nothing, everything, and the ends of what the measure can be."""
    whole = Decimal(100) if measure.data_type is DataType.PERCENTAGE else None
    return {Decimal(0), whole, measure.min, measure.max}


def _same_digits(one: Figure, other: Figure) -> bool:
    return (one.value, one.numerator, one.denominator) == (other.value, other.numerator, other.denominator)


def _fallen(measure: Definition, figure: Figure, before: Sequence[Figure]) -> Reason | None:
    """A figure that builds up through the year is less than it was earlier in the year."""
    if not _builds_up(measure) or figure.value is None:
        return None
    position = figure.period.within_year(measure.year)[0]
    last = next((other for other in reversed(before) if other.period.end < figure.period.end), None)
    if last is None or last.value is None or figure.value >= last.value or last.value < 0:
        return None
    if measure.reading is Reading.YEAR_TO_DATE and last.period.within_year(measure.year)[0] >= position:
        return None
    return _reason(measure, "odd_fallen", value=figure.value, earlier=last.value, period=last.period.text)


def _builds_up(measure: Definition) -> bool:
    return measure.reading in _SINCE_A_START and measure.aggregation is Aggregation.SUM


def _comparable(measure: Definition, figure: Figure, before: Sequence[Figure]) -> Sequence[Figure]:
    """What a figure is compared with: one that builds up through the year, with the same place in other years."""
    if not _builds_up(measure):
        return before
    place = figure.period.within_year(measure.year)
    alike = [other for other in before if other.period.within_year(measure.year) == place]
    return alike if len(alike) >= FEWEST else before


def _alike(one: Period, other: Period) -> bool:
    return one.frequency == other.frequency and one.is_span == other.is_span and abs(one.days - other.days) <= 40


def _times(value: Decimal, middle: Decimal) -> Decimal | None:
    """How many times ``middle`` the figure is; as a negative number, how many times smaller. None where either is 0."""
    if not value or not middle or (value < 0) != (middle < 0):
        return None
    if abs(value) >= abs(middle):
        return value / middle
    return -(middle / value)


def _whole(times: Decimal) -> Decimal:
    return times.to_integral_value() if times < 1_000_000 else Decimal(1_000_000)


def _tidy(middle: Decimal) -> Decimal:
    """What is usual, to three digits: it is said with "about"."""
    return middle.quantize(Decimal(1).scaleb(middle.adjusted() - 2), rounding=ROUND_HALF_UP)


def _reason(measure: Definition, code: str, **params: Decimal | str | None) -> Reason:
    texts = {name: canonical(said) if isinstance(said, Decimal) else str(said) for name, said in params.items()}
    texts["data_type"] = measure.data_type.value
    if measure.unit_of_measure:
        texts["unit"] = measure.unit_of_measure
    return Reason(code, texts)
