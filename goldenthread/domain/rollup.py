"""Many statuses into one: counts with both numbers, the weighted mean of scores, worst-of, judged.

>>> children = [Child(status=Status(word)) for word in ["green"] * 3 + ["amber", "red", "overdue", "not_due"]]
>>> count_words(count(children))
'3 of 5 rated, 60%; 1 overdue, 50% if it counts as not on target; 1 not due'
>>> parent = weighted_mean(children)
>>> parent.status, rollup_words(parent.reason)
(<Status.AMBER: 'amber'>, 'Amber: the mean score of 5 rated and 1 overdue is 58.3, nearest to amber (50); 1 left out')

Withholding a red does not flatter: an overdue child scores 0, and a missing one never improves its parent.

>>> weighted_mean(children[:4]).status, weighted_mean([*children[:4], Child(status=Status.OVERDUE)]).status
(<Status.GREEN: 'green'>, <Status.AMBER: 'amber'>)
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from goldenthread.domain.amounts import _, digits
from goldenthread.domain.figures import canonical
from goldenthread.domain.periods import Period
from goldenthread.domain.reasons import Reason, explain
from goldenthread.domain.sentences import COLOURS, STATUS_WORDS
from goldenthread.domain.status import Judgement, current_judgement
from goldenthread.domain.words import ON_TARGET, RATED, Status

#: What each colour scores in a weighted mean, unless a council gives its own.
SCORES: Mapping[Status, Decimal] = MappingProxyType(
    {
        Status.BLUE: Decimal(100),
        Status.GREEN: Decimal(100),
        Status.GREEN_AMBER: Decimal(67),
        Status.AMBER: Decimal(50),
        Status.RED_AMBER: Decimal(33),
        Status.RED: Decimal(0),
    }
)
#: The colours that a parent may take, declared with the roll-up: the three-colour scheme and the four-band one. They
#: are not read off the children, so that a child gone missing cannot change the scheme in which its parent is rated.
THREE_BANDS = (Status.GREEN, Status.AMBER, Status.RED)
FOUR_BANDS = (Status.GREEN, Status.GREEN_AMBER, Status.RED_AMBER, Status.RED)

_ZERO = Decimal(0)
_RANK = {status: rank for rank, status in enumerate(RATED)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """One status under a parent.

    ``carried``: it rests on an earlier period's figure, that of ``figure_period``. ``overdue`` marks a carried one
    whose next figure is overdue; a status of overdue needs no mark.
    """

    status: Status
    weight: Decimal = Decimal(1)
    carried: bool = False
    overdue: bool = False
    figure_period: Period | None = None

    @property
    def is_overdue(self) -> bool:
        rated_on_this_period = self.status in _RANK and not self.carried
        return self.status is Status.OVERDUE or (self.overdue and not rated_on_this_period)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many children have what status.

    ``rated`` and ``on_target`` are those rated on the board's own figures; what is ``carried`` is rated on an earlier
    period's and counted apart. ``overdue`` counts a carried child whose next figure is overdue too, so it is not a part
    of the others. ``left_out`` are the rest by status: not due, awaited, no target, not rated … ``by_status`` counts
    every child.
    """

    total: int
    rated: int
    on_target: int
    overdue: int
    carried: int
    carried_on_target: int
    oldest_carried: Period | None
    left_out: Mapping[Status, int]
    by_status: Mapping[Status, int]

    @property
    def percent(self) -> Decimal | None:
        """On target of the rated, in whole per cent; None where none is rated."""
        return percentage(self.on_target, self.rated) if self.rated else None

    @property
    def percent_with_overdue(self) -> Decimal | None:
        """The same with every overdue one counted as not on target, to stand beside while there is one."""
        whole = self.rated + self.overdue
        return percentage(self.on_target, whole) if whole else None


@dataclass(frozen=True, slots=True)
class RollUp:
    """A parent's status, the reason that explains it, the counts beneath it and, for a weighted mean, its score."""

    status: Status
    reason: Reason
    counts: Counts
    score: Decimal | None = None


def percentage(part: int | Decimal, whole: int | Decimal, decimals: int = 0) -> Decimal:
    """``part`` of ``whole`` in per cent, rounded half up (away from zero). Raises ValueError of a whole of zero.

    >>> percentage(1, 8), percentage(1, 8, 1), percentage(30, 41)
    (Decimal('13'), Decimal('12.5'), Decimal('73'))
    """
    if not whole:
        raise ValueError("no percentage of nothing: say that none is rated")
    part, whole = Decimal(part), Decimal(whole)
    quotient, remainder = divmod(abs(part).scaleb(2 + decimals), abs(whole))
    if remainder * 2 >= abs(whole):
        quotient += 1
    return (quotient if (part < 0) == (whole < 0) else -quotient).scaleb(-decimals)


def count(children: Sequence[Child]) -> Counts:
    """The children counted. Source: docs/sums."""
    rated = [child for child in children if child.status in _RANK]
    carried = [child for child in rated if child.carried]
    on_target = sum(child.status in ON_TARGET for child in rated)
    carried_on_target = sum(child.status in ON_TARGET for child in carried)
    return Counts(
        total=len(children),
        rated=len(rated) - len(carried),
        on_target=on_target - carried_on_target,
        overdue=sum(child.is_overdue for child in children),
        carried=len(carried),
        carried_on_target=carried_on_target,
        oldest_carried=min((c.figure_period for c in carried if c.figure_period is not None), default=None),
        left_out=Counter(child.status for child in children if child.status not in _RANK and not child.is_overdue),
        by_status=Counter(child.status for child in children),
    )


def counts_only(children: Sequence[Child]) -> RollUp:
    """The default roll-up: counts and the percentage on target, and no colour."""
    counts = count(children)
    params = _count_params(counts)
    if not counts.rated:
        return RollUp(Status.NOT_RATED, Reason("rollup_nothing", params), counts)
    params |= {"on_target": str(counts.on_target), "percent": str(counts.percent)}
    return RollUp(Status.NOT_RATED, Reason("rollup_counts", params), counts)


def weighted_mean(
    children: Sequence[Child],
    *,
    scores: Mapping[Status, Decimal] = SCORES,
    bands: Sequence[Status] = THREE_BANDS,
) -> RollUp:
    """The band whose score is nearest to the weighted mean of the children's; an exact tie takes the worse.

    An overdue child scores 0, also where an earlier figure of its is carried. What is not due, has no target or is not
    rated is left out and counted. Not rated where nothing is left or nothing has weight. Raises ValueError of a
    negative weight or a colour without a score. Source: docs/sums.

    >>> both = [Child(status=Status.GREEN), Child(status=Status.AMBER)]
    >>> weighted_mean(both).score, weighted_mean(both).status
    (Decimal('75'), <Status.AMBER: 'amber'>)
    """
    counts = count(children)
    total = weight = _ZERO
    for child in children:
        if child.weight < 0:
            raise ValueError(f"a weight is 0 or more, not {child.weight}")
        if child.is_overdue:
            weight += child.weight
        elif child.status in _RANK:
            weight += child.weight
            total += child.weight * _score(child.status, scores)
    if not weight:
        return RollUp(Status.NOT_RATED, Reason("rollup_nothing", _count_params(counts)), counts)
    # Multiplied by the weight, so that a tie is exact.
    nearest = min(bands, key=lambda band: (abs(_score(band, scores) * weight - total), -_RANK[band]))
    mean = total / weight
    params = _count_params(counts) | {
        "status": nearest.value,
        "score": canonical(mean),
        "band": canonical(_score(nearest, scores)),
    }
    return RollUp(nearest, Reason("rollup_mean", params), counts, mean)


def worst_of(children: Sequence[Child]) -> RollUp:
    """The worst colour among the children; an overdue child counts as red, the other waiting words are left out."""
    counts = count(children)
    params = _count_params(counts)
    rated = [Status.RED if child.is_overdue else child.status for child in children]
    worst = max((status for status in rated if status in _RANK), key=_RANK.__getitem__, default=None)
    if worst is None:
        return RollUp(Status.NOT_RATED, Reason("rollup_nothing", params), counts)
    seen = sum(child.status is worst and not child.is_overdue for child in children)
    code = "rollup_worst" if seen else "rollup_worst_overdue"
    return RollUp(worst, Reason(code, params | {"status": worst.value, "worst": str(seen)}), counts)


def judged(children: Sequence[Child], judgement: Judgement | None, *, today: date) -> RollUp:
    """The status that a person gave, up to the day on which it expires; the children's counts stand beside it.

    Not rated without a judgement, once it has expired, or where it lacks its reason, author or expiry.
    """
    counts = count(children)
    if judgement is None:
        return RollUp(Status.NOT_RATED, Reason("rollup_not_judged", _count_params(counts)), counts)
    why, by, expires = judgement.reason.strip(), judgement.by.strip(), judgement.expires
    if not why or not by or expires is None:
        return RollUp(Status.NOT_RATED, Reason("judgement_incomplete", _count_params(counts)), counts)
    params = _count_params(counts) | {
        "status": judgement.status.value,
        "by": by,
        "on": judgement.on.isoformat(),
        "expires": expires.isoformat(),
        "why": why,
    }
    if current_judgement(judgement, today) is None:
        return RollUp(Status.NOT_RATED, Reason("judgement_expired", params), counts)
    return RollUp(judgement.status, Reason("judged", params), counts)


def count_words(counts: Counts, *, translate: Callable[[str], str] = str) -> str:
    """The counts in words, both numbers beside every percentage, and the percentage with the overdue beside it.

    >>> statuses = {Status.GREEN: 30, Status.RED: 11, Status.OVERDUE: 5}
    >>> count_words(count([Child(status=status) for status, n in statuses.items() for _ in range(n)]))
    '30 of 41 rated, 73%; 5 overdue, 65% if they count as not on target'
    """
    parts = [translate(_("none rated"))]
    if counts.rated:
        parts = [
            translate(_("{on_target} of {rated} rated, {percent}%")).format(
                on_target=counts.on_target, rated=counts.rated, percent=counts.percent
            )
        ]
    if counts.overdue:
        text = _("{n} overdue")
        if counts.rated:
            one, more = (
                _("{n} overdue, {percent}% if it counts as not on target"),
                _("{n} overdue, {percent}% if they count as not on target"),
            )
            text = one if counts.overdue == 1 else more
        parts.append(translate(text).format(n=counts.overdue, percent=counts.percent_with_overdue))
    if counts.carried:
        text = _("{n} carried forward") if counts.oldest_carried is None else _("{n} carried forward, oldest {oldest}")
        parts.append(translate(text).format(n=counts.carried, oldest=counts.oldest_carried))
    for status in Status:
        if n := counts.left_out.get(status):
            parts.append(f"{n} {translate(STATUS_WORDS[status]).lower()}")
    return "; ".join(parts)


def rollup_words(reason: Reason, *, translate: Callable[[str], str] = str) -> str:
    """A roll-up's reason as a sentence that explains the parent's colour."""
    if reason.code not in _WORDS:
        return explain(reason, translate=translate)
    params = reason.params
    status = params.get("status", "")
    texts = {
        **params,
        "Status": translate(STATUS_WORDS.get(status, "")),
        "status": translate(COLOURS.get(status, "")),
        "of": _of_what(params, translate),
    }
    for name in ("score", "band"):
        if name in params:
            texts[name] = digits(Decimal(params[name]), 1)
    code = "rollup_carried" if reason.code == "rollup_nothing" and params.get("carried", "0") != "0" else reason.code
    text = translate(_WORDS[code]).format(**texts)
    if params["left_out"] == "0" or reason.code not in _WITH_COLOUR:
        return text
    return translate(_("{text}; {left_out} left out")).format(text=text, left_out=params["left_out"])


_WORDS = {
    "rollup_counts": _("Counted, not rated: {on_target} of {rated} rated on target, {percent}%"),
    "rollup_nothing": _("Not rated: nothing beneath it is rated"),
    "rollup_carried": _("Not rated on this period: what is rated beneath it ({carried}) is carried from earlier ones"),
    "rollup_mean": _("{Status}: the mean score of {of} is {score}, nearest to {status} ({band})"),
    "rollup_worst": _("{Status}: the worst of {of}; {worst} {status}"),
    "rollup_worst_overdue": _("{Status}: {overdue} overdue, counted as red"),
    "rollup_not_judged": _("Not rated: it has not been judged"),
}
_WITH_COLOUR = frozenset({"rollup_mean", "rollup_worst", "rollup_worst_overdue"})


def _of_what(params: Mapping[str, str], translate: Callable[[str], str]) -> str:
    if params.get("carried", "0") == "0":
        text = _("{rated} rated") if params.get("overdue", "0") == "0" else _("{rated} rated and {overdue} overdue")
    elif params.get("overdue", "0") == "0":
        text = _("{rated} rated and {carried} carried forward")
    else:
        text = _("{rated} rated, {carried} carried forward and {overdue} overdue")
    return translate(text).format(
        rated=params.get("rated", "0"), carried=params.get("carried", "0"), overdue=params.get("overdue", "0")
    )


def _count_params(counts: Counts) -> dict[str, str]:
    return {
        "total": str(counts.total),
        "rated": str(counts.rated),
        "carried": str(counts.carried),
        "overdue": str(counts.overdue),
        "left_out": str(sum(counts.left_out.values())),
    }


def _score(status: Status, scores: Mapping[Status, Decimal]) -> Decimal:
    try:
        return scores[status]
    except KeyError:
        raise ValueError(f"no score is given for {status.value}") from None
