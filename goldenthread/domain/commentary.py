"""The commentary coach: what a reader will miss in what was written about a figure.

>>> red = Written(comment="Sickness remains a challenge for the service.")
>>> [coach_words(hint) for hint in coach(red, Status.RED)]
['It does not say what caused this', 'It does not say what is being done, by whom and by when']
>>> for hint in coach(Written(comment="Performance remains on track."), Status.RED):
...     print(coach_words(hint))
It says “on track”, but the status is red
It does not say what caused this
It does not say what is being done, by whom and by when
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from goldenthread.domain.amounts import _
from goldenthread.domain.periods import Period
from goldenthread.domain.reasons import Reason
from goldenthread.domain.sentences import COLOURS
from goldenthread.domain.words import ON_TARGET, RATED, Status

#: Texts alike to this share of their words are one text said twice.
SAME = 0.9
#: A text so short says too little to be the same by more than chance.
FEWEST_WORDS = 4
_GOOD = re.compile(
    r"\b(on track|on target|no concerns?|target (?:was |has been |is )?(?:met|achieved|exceeded)|"
    r"(?:met|achieved|exceeded) (?:the |its |our )?target|above target|performing well)\b",
    re.IGNORECASE,
)
_BAD = re.compile(
    r"\b(off track|off target|(?:missed|below|short of|behind) (?:the |its |our )?target|"
    r"target (?:was |has been |is )?(?:missed|not (?:met|achieved)))\b",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"\b(?:not|never|no longer|isn't|wasn't|hasn't|didn't|aren't|without|back|towards?)\W+(?:\w+\W+){0,2}$",
    re.IGNORECASE,
)
_CAUSE = re.compile(r"\b(because|due to|owing to|caused by|as a result of|reason|since|following)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """The commentary on one period."""

    comment: str = ""
    cause: str = ""
    action: str = ""
    owner: str = ""
    due: date | None = None
    period: Period | None = None

    @property
    def text(self) -> str:
        return " ".join(part.strip() for part in (self.comment, self.cause, self.action) if part.strip())


def coach(written: Written, status: Status | None, previous: Written | None = None) -> list[Reason]:
    """What is missing or odd, most telling first; empty where nothing is.

    Said of anything: words that contradict the colour, and the text of the period before over again. Said of what is
    off target: no cause, no action, no owner, no date. Source: docs/sums/masking.md#commentary.
    """
    found = []
    if status in RATED and (claim := _contradiction(written.text, status)):
        found.append(Reason("coach_contradicts", {"claim": claim, "status": str(status)}))
    if previous is not None and repeats(written.text, previous.text):
        period = {"period": previous.period.text} if previous.period else {}
        found.append(Reason("coach_repeats", period))
    if status in RATED and status not in ON_TARGET:
        found += _missing(written)
    return found


def repeats(text: str, before: str) -> bool:
    """Whether ``text`` is ``before`` over again, but for its figures.

    >>> repeats("Calls rose by 12% as the new bills went out.", "Calls rose by 9% as the new bills went out.")
    True
    """
    words, earlier = _words(text), _words(before)
    if len(words) < FEWEST_WORDS or len(earlier) < FEWEST_WORDS:
        return False
    return words == earlier or SequenceMatcher(None, words, earlier, autojunk=False).ratio() >= SAME


def coach_words(hint: Reason, *, translate: Callable[[str], str] = str) -> str:
    """A hint as a sentence."""
    params = hint.params
    code = "coach_repeats_period" if hint.code == "coach_repeats" and "period" in params else hint.code
    colour = params.get("status", "")
    period = Period.parse(params["period"]).short_words(translate) if "period" in params else ""
    return translate(_WORDS[code]).format(
        claim=params.get("claim", ""), status=translate(COLOURS.get(colour, colour)), period=period
    )


_WORDS = {
    "coach_contradicts": _("It says “{claim}”, but the status is {status}"),
    "coach_repeats": _("It repeats what was written for the period before"),
    "coach_repeats_period": _("It repeats what was written for {period}"),
    "coach_silent": _("It says nothing"),
    "coach_no_cause": _("It does not say what caused this"),
    "coach_no_action": _("It does not say what is being done, by whom and by when"),
    "coach_no_owner_or_date": _("It does not say who will do it, and by when"),
    "coach_no_owner": _("It does not say who will do it"),
    "coach_no_date": _("It does not say by when"),
}


def _missing(written: Written) -> list[Reason]:
    if not written.text:
        return [Reason("coach_silent")]
    found = []
    if not written.cause.strip() and not _CAUSE.search(written.comment):
        found.append(Reason("coach_no_cause"))
    if not written.action.strip():
        return [*found, Reason("coach_no_action")]
    if not written.owner.strip():
        found.append(Reason("coach_no_owner_or_date" if written.due is None else "coach_no_owner"))
    elif written.due is None:
        found.append(Reason("coach_no_date"))
    return found


def _contradiction(text: str, status: Status) -> str:
    """The words by which a text claims the other colour."""
    pattern = _BAD if status in ON_TARGET else _GOOD
    for claim in pattern.finditer(text):
        if not _NOT.search(text[: claim.start()]):
            return claim[0].lower()
    return ""


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text.casefold())
