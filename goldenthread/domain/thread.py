"""How the elements of plans are going: each by its declared roll-up of what serves it, explained.

>>> from goldenthread.domain.rollup import rollup_words
>>> from goldenthread.domain.words import Status
>>> links = [Link("priority", "homes"), Link("priority", "streets")]
>>> elements = {
...     "priority": Rolled(roll_up=RollUp.WORST_OF),
...     "homes": Rolled(measures={"HO-01": Decimal(1), "HO-02": Decimal(1)}),
...     "streets": Rolled(roll_up=RollUp.WEIGHTED_MEAN, measures={"ST-01": Decimal(2), "ST-02": Decimal(1)}),
... }
>>> figures = {
...     "HO-01": Child(status=Status.GREEN), "HO-02": Child(status=Status.AMBER),
...     "ST-01": Child(status=Status.GREEN), "ST-02": Child(status=Status.RED),
... }
>>> found = roll_up_thread(elements, Graph.of(links), figures, today=date(2027, 1, 18))
>>> for code in elements:
...     print(code, found[code].status.value, "-", rollup_words(found[code].reason))
priority amber - Amber: the worst of 3 rated; 2 amber
homes not_rated - Counted, not rated: 1 of 2 rated on target, 50%
streets amber - Amber: the mean score of 2 rated is 66.7, nearest to amber (50)

Homes only counts and takes no colour, so the priority looks through it to its two measures.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from goldenthread.domain import rollup
from goldenthread.domain.graph import Graph, Link
from goldenthread.domain.rollup import Child
from goldenthread.domain.status import Judgement
from goldenthread.domain.words import RollUp


@dataclass(frozen=True, slots=True, kw_only=True)
class Rolled:
    """What the roll-up needs of an element: how it rolls up, the weights of its own measures, and its judgement."""

    roll_up: RollUp = RollUp.COUNTS
    measures: Mapping[str, Decimal] = field(default_factory=dict)
    judgement: Judgement | None = None


#: What a parent weighs: measures and elements with a colour, each once, by kind and code.
_Weighed = dict[tuple[str, str], Child]


def roll_up_thread(
    elements: Mapping[str, Rolled], graph: Graph, measures: Mapping[str, Child], *, today: date
) -> dict[str, rollup.RollUp]:
    """The roll-up of each of ``elements``, those that serve before those that are served.

    An element that counts takes every measure beneath it, each once. One with a colour of its own (a weighted mean, the
    worst) takes its measures and the elements directly below it; below it, an element that only counts has no colour
    and is looked through, its weights multiplied. What is reached two ways counts once, with the greater weight.
    Measures that ``measures`` does not hold are left out. Source: docs/sums.
    """
    found: dict[str, rollup.RollUp] = {}
    weighed: dict[str, _Weighed] = {}
    beneath: dict[str, set[str]] = {}
    for code in _upward(elements, graph):
        element = elements[code]
        below = [link for link in graph.below(code) if link.below in found]
        own = {measure: weight for measure, weight in element.measures.items() if measure in measures}
        beneath[code] = set(own).union(*(beneath[link.below] for link in below))
        weighed[code] = _weigh(own, measures, below, elements, found, weighed)
        found[code] = _roll_up(element, weighed[code], [measures[one] for one in sorted(beneath[code])], today)
    return found


def _upward(elements: Mapping[str, Rolled], graph: Graph) -> Iterable[str]:
    linked = dict.fromkeys(code for code in graph.upward() if code in elements)
    return [*linked, *(code for code in elements if code not in linked)]


def _weigh(
    own: Mapping[str, Decimal],
    measures: Mapping[str, Child],
    below: Iterable[Link],
    elements: Mapping[str, Rolled],
    found: Mapping[str, rollup.RollUp],
    weighed: Mapping[str, _Weighed],
) -> _Weighed:
    gathered: _Weighed = {}
    for measure, weight in own.items():
        _add(gathered, ("measure", measure), replace(measures[measure], weight=weight))
    for link in below:
        if elements[link.below].roll_up is RollUp.COUNTS:
            for key, child in weighed[link.below].items():
                _add(gathered, key, replace(child, weight=child.weight * link.weight))
        else:
            child = Child(status=found[link.below].status, weight=link.weight)
            _add(gathered, ("element", link.below), child)
    return gathered


def _add(gathered: _Weighed, key: tuple[str, str], child: Child) -> None:
    if key not in gathered or gathered[key].weight < child.weight:
        gathered[key] = child


def _roll_up(element: Rolled, weighed: _Weighed, beneath: list[Child], today: date) -> rollup.RollUp:
    if element.roll_up is RollUp.WEIGHTED_MEAN:
        return rollup.weighted_mean(list(weighed.values()))
    if element.roll_up is RollUp.WORST_OF:
        return rollup.worst_of(list(weighed.values()))
    if element.roll_up is RollUp.JUDGED:
        return rollup.judged(beneath, element.judgement, today=today)
    return rollup.counts_only(beneath)
