"""What sets one version of a result apart from the one before, in words; those that show the same are one."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from goldenthread.domain.definition import Definition
from goldenthread.domain.words import State
from goldenthread.measures.models import Result
from goldenthread.measures.shown import Shown
from goldenthread.web.words import DIRECTION_WORDS, SIGNAL_WORDS, STATE_WORDS, STATUS_WORDS

#: The digest behind a source's name, which the auditor's pack gives.
_DIGEST = re.compile(r"\s*sha256:[0-9a-f]+")
#: What else of a result a reader may see, each as what is said where it alone changed.
_QUIETLY = ("reason_code", "reason_params", "target_floor", "target_stretch", "target_original", "lower", "upper")


@dataclass(frozen=True, slots=True)
class Told:
    """A run of versions that show the same: the first of them, until when they stood, and what set it apart."""

    result: Result
    known_to: datetime | None
    differences: tuple[str, ...]


def told_versions(versions: Sequence[Result], definition: Definition, shown: Shown) -> list[Told]:
    """The versions, the first first, without those in which a reader would see nothing new."""
    found: list[Told] = []
    for version in versions:
        if not found:
            found.append(Told(version, version.known_to, (gettext("The first result for the period."),)))
            continue
        last = found[-1]
        apart = tuple(differences(last.result, version, definition, shown))
        found[-1:] = (
            [last, Told(version, version.known_to, apart)]
            if apart
            else [Told(last.result, version.known_to, last.differences)]
        )
    return found


def differences(before: Result, after: Result, definition: Definition, shown: Shown) -> Iterator[str]:
    """What ``after`` says otherwise than ``before``, a sentence each."""
    yield from _figure(before, after, shown.value(definition, before), shown.value(definition, after))
    yield from _moved(_TARGET, shown.target(definition, before), shown.target(definition, after))
    if before.rule != after.rule:
        yield gettext("Another rule rates it.")
    yield from _moved(_STATUS, _word(STATUS_WORDS, before.status), _word(STATUS_WORDS, after.status))
    for name, told in (("year_to_date", _YEAR_TO_DATE), ("rolling", _ROLLING), ("forecast", _FORECAST)):
        was, now = (shown.amount(definition, getattr(row, name)) for row in (before, after))
        yield from _moved(told, was, now)
    for name, told in (("direction_short", _SHORT), ("direction_long", _LONG)):
        yield from _moved(told, *(_word(DIRECTION_WORDS, getattr(row, name)) for row in (before, after)))
    yield from _moved(_SIGNAL, _word(SIGNAL_WORDS, before.signal), _word(SIGNAL_WORDS, after.signal))
    if before.judged_status != after.judged_status:
        yield gettext("It was judged.")
    limits = [
        tuple(shown.figure(definition, one) for one in (row.limit_mean, row.limit_lower, row.limit_upper))
        for row in (before, after)
    ]
    if limits[0] != limits[1]:
        yield gettext("The control limits moved.")
    if _same_shown(before, after) and any(getattr(before, name) != getattr(after, name) for name in _QUIETLY):
        yield gettext("What its status rests on changed.")


def source_named(source: str) -> str:
    """The name of a file or package without its digest."""
    return _DIGEST.sub("", source)


def _figure(before: Result, after: Result, was: str, now: str) -> Iterator[str]:
    told = {"was": was, "now": now}
    if was != now and not was:
        yield gettext("The figure came in: %(now)s.") % told
    elif was != now and not now:
        yield gettext("The figure was taken back: it was %(was)s.") % told
    elif was != now and after.state == State.RESTATED:
        yield gettext("The figure was restated from %(was)s to %(now)s.") % told
    elif was != now:
        yield gettext("The figure changed from %(was)s to %(now)s.") % told
    elif before.state != after.state:
        yield gettext("The figure became %(state)s.") % {
            "state": STATE_WORDS.get(State(after.state), gettext("final")) if after.state else gettext("final")
        }
    if before.assurance != after.assurance:
        yield gettext("How far it is assured changed.")


def _moved(told: tuple[str, str, str], was: str, now: str) -> Iterator[str]:
    """One of: it came, it went, it changed; as ``told`` says them."""
    if was != now:
        said = told[0] if not was else told[1] if not now else told[2]
        yield gettext(said) % {"was": was, "now": now}


def _word(words: object, code: str) -> str:
    return str(words.get(code, "")) if code else ""


def _same_shown(before: Result, after: Result) -> bool:
    names = ("rated_value", "target", "target_low", "target_high", "status", "rule", "state")
    return all(getattr(before, name) == getattr(after, name) for name in names)


_TARGET = (
    _("The target was set: %(now)s."),
    _("The target was withdrawn: it was %(was)s."),
    _("The target changed from %(was)s to %(now)s."),
)
_STATUS = (
    _("The status became %(now)s."),
    _("The status was %(was)s."),
    _("The status changed from %(was)s to %(now)s."),
)
_YEAR_TO_DATE = (
    _("The year to date was worked out: %(now)s."),
    _("There is no year to date any more: it was %(was)s."),
    _("The year to date changed from %(was)s to %(now)s."),
)
_ROLLING = (
    _("The rolling figure was worked out: %(now)s."),
    _("There is no rolling figure any more: it was %(was)s."),
    _("The rolling figure changed from %(was)s to %(now)s."),
)
_FORECAST = (
    _("There was a forecast for the year: %(now)s."),
    _("There is no forecast for the year any more: it was %(was)s."),
    _("The forecast for the year changed from %(was)s to %(now)s."),
)
_SHORT = (
    _("Since last period: %(now)s."),
    _("Since last period: it was %(was)s."),
    _("Since last period: from %(was)s to %(now)s."),
)
_LONG = (
    _("Since last year: %(now)s."),
    _("Since last year: it was %(was)s."),
    _("Since last year: from %(was)s to %(now)s."),
)
_SIGNAL = (
    _("The signal: %(now)s."),
    _("The signal was: %(was)s."),
    _("The signal changed from %(was)s to %(now)s."),
)
