"""In which order measures made from measures are worked out, and which of them a changed figure moves.

>>> formulas = {"HO-9": "[HO-3] * 2", "HO-3": "[HO-1] / [HO-2] * 1000", "FI-4": "[FI-1] - [FI-2]"}
>>> evaluation_order(formulas)
['FI-4', 'HO-3', 'HO-9']
>>> dependents(formulas, ["HO-1"])
['HO-3', 'HO-9']
>>> circles({"A": "[B]", "B": "previous([A]) + 1"})
[('A', 'B', 'A')]
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from heapq import heapify, heappop, heappush

from goldenthread.domain.formula.parsing import Formula, parse
from goldenthread.domain.formula.refusals import FormulaError
from goldenthread.domain.formula.tree import Figure, every


def evaluation_order(formulas: Mapping[str, str]) -> list[str]:
    """The codes of ``formulas``, each after those its formula refers to, and in code order where either could be first.

    Raises FormulaError for a text that is no formula and for a circle.
    """
    parsed = {code: parse(text) for code, text in formulas.items()}
    return _ordered(parsed, parsed.keys())


def dependents(formulas: Mapping[str, str], changed: Iterable[str]) -> list[str]:
    """The codes whose formulas use one of the ``changed`` codes, directly or through others, in evaluation order.

    A changed code is among them only if it uses another. Raises as ``evaluation_order`` does.
    """
    parsed = {code: parse(text) for code, text in formulas.items()}
    users = _users(parsed)
    found: set[str] = set()
    waiting = list(changed)
    while waiting:
        new = users.get(waiting.pop(), set()) - found
        found |= new
        waiting.extend(new)
    return _ordered(parsed, found)


def circles(formulas: Mapping[str, str]) -> list[tuple[str, ...]]:
    """The paths by which formulas lead back to themselves, each from its first code in code order to that code again.

    There is one path at least for every set of formulas that lead to one another, and none only if there is no circle.
    Raises FormulaError for a text that is no formula.
    """
    return circles_of({code: parse(text) for code, text in formulas.items()})


def circles_of(parsed: Mapping[str, Formula]) -> list[tuple[str, ...]]:
    """``circles`` of formulas that are read already."""
    found: set[tuple[str, ...]] = set()
    done: set[str] = set()
    for code in sorted(parsed):
        if code not in done:
            found.update(_from_first(circle) for circle in _walk(code, parsed, done))
    return sorted(found)


def circle_error(circle: tuple[str, ...], formula: Formula) -> FormulaError:
    """Why the first of a circle, with this ``formula``, cannot be worked out, placed where it refers to the next."""
    place = next(part for part in every(formula.tree) if isinstance(part, Figure) and part.reference.code == circle[1])
    if len(circle) == 2:
        message = f"{circle[0]} refers to itself: write it from other measures."
    else:
        message = f"The formulas go round in a circle: {' → '.join(circle)}. Take one of the references out."
    return FormulaError(message, text=formula.text, position=place.start)


def _users(parsed: Mapping[str, Formula]) -> dict[str, set[str]]:
    users: dict[str, set[str]] = defaultdict(set)
    for code, formula in parsed.items():
        for reference in formula.references:
            users[reference].add(code)
    return users


def _ordered(parsed: Mapping[str, Formula], codes: Collection[str]) -> list[str]:
    wanted = {code: parsed[code] for code in codes}
    users = _users(wanted)
    needs = {code: sum(reference in wanted for reference in formula.references) for code, formula in wanted.items()}
    ready = [code for code, count in needs.items() if count == 0]
    heapify(ready)
    order: list[str] = []
    while ready:
        code = heappop(ready)
        order.append(code)
        for user in users.get(code, ()):
            needs[user] -= 1
            if needs[user] == 0:
                heappush(ready, user)
    if len(order) < len(wanted):
        circle = circles_of(wanted)[0]
        raise circle_error(circle, parsed[circle[0]])
    return order


def _walk(start: str, parsed: Mapping[str, Formula], done: set[str]) -> Iterator[tuple[str, ...]]:
    """The circles met on a walk from ``start``, without recursion: a chain of formulas may be thousands long."""
    path: list[str] = []
    places: dict[str, int] = {}
    turns: list[Iterator[str]] = [iter((start,))]
    while turns:
        code = next(turns[-1], None)
        if code is None:
            turns.pop()
            if path:
                left = path.pop()
                del places[left]
                done.add(left)
        elif code in places:
            yield tuple(path[places[code] :])
        elif code in parsed and code not in done:
            places[code] = len(path)
            path.append(code)
            turns.append(iter(sorted(parsed[code].references)))


def _from_first(circle: tuple[str, ...]) -> tuple[str, ...]:
    first = circle.index(min(circle))
    turned = circle[first:] + circle[:first]
    return (*turned, turned[0])
