"""Actions: complete, on track, at risk or late, held against the date that was promised first.

>>> resurfacing = Action(starts=date(2026, 4, 1), original_due=date(2027, 3, 31), progress=60)
>>> told = standing(resurfacing, today=date(2027, 1, 18))
>>> told.status, action_words(told.reason)
(<ActionStatus.AT_RISK: 'at_risk'>, 'At risk: 60% done, where 80% of the time to 31 March 2027 has passed')

Putting the date off does not make an action on track again: it is held against its original date, and both are shown.

>>> from dataclasses import replace
>>> put_off = replace(resurfacing, original_due=date(2026, 12, 31), due=date(2027, 3, 31))
>>> action_words(standing(put_off, today=date(2027, 1, 18)).reason)
'Late: it was due on 31 December 2026, 18 days ago; re-scheduled to 31 March 2027; 60% done'
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from goldenthread.domain.amounts import _, day_in_words
from goldenthread.domain.reasons import Reason
from goldenthread.domain.rollup import percentage
from goldenthread.domain.words import ActionState, ActionStatus

#: By how many percentage points progress may lag behind the time that has passed before an action is at risk.
BEHIND = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """What the sums need of an action. ``progress`` is in whole per cent; ``due`` is the date as last approved.

    ``late_milestones`` counts the milestones whose date has passed without their being reached.
    """

    state: ActionState = ActionState.UNDER_WAY
    starts: date | None = None
    original_due: date | None = None
    due: date | None = None
    progress: int | None = None
    completed_on: date | None = None
    late_milestones: int = 0

    @property
    def re_scheduled(self) -> date | None:
        """The date that replaced the original one, where one did."""
        return self.due if self.due != self.original_due and self.original_due is not None else None

    @property
    def is_put_off(self) -> bool:
        return self.due is not None and self.original_due is not None and self.due > self.original_due


@dataclass(frozen=True, slots=True)
class Standing:
    """An action's status with its reason, and the progress that the time passed would lead one to expect."""

    status: ActionStatus
    reason: Reason
    expected: int | None = None


def expected_progress(starts: date | None, due: date | None, today: date) -> int | None:
    """The share of the time from ``starts`` to ``due`` that has passed by ``today``, in whole per cent.

    Both days count. None where either is not known or they are the wrong way round. Source: docs/sums.

    >>> expected_progress(date(2026, 4, 1), date(2026, 4, 10), date(2026, 4, 5))
    50
    """
    if starts is None or due is None or due < starts:
        return None
    whole, passed = (due - starts).days + 1, (today - starts).days + 1
    return int(percentage(min(max(passed, 0), whole), whole))


def standing(action: Action, *, today: date, behind: int = BEHIND) -> Standing:
    """How ``action`` stands on ``today``.

    Late once the original date has passed; at risk where it was re-scheduled beyond that date, a milestone has been
    missed, or progress lags by more than ``behind`` points behind the time passed. Source: docs/sums.
    """
    params = _params(action)
    if action.state is ActionState.CANCELLED:
        return Standing(ActionStatus.CANCELLED, Reason("action_cancelled", params))
    if action.state is ActionState.COMPLETE:
        return Standing(ActionStatus.COMPLETE, _completed(action, params))
    if action.original_due is None:
        return Standing(ActionStatus.NO_DATE, Reason("action_no_date", params))
    if today > action.original_due:
        days = str((today - action.original_due).days)
        return Standing(ActionStatus.LATE, Reason("action_late", params | {"days": days}), 100)
    expected = expected_progress(action.starts, action.original_due, today)
    params["days"] = str((action.original_due - today).days)
    if action.starts is not None and today < action.starts and action.re_scheduled is None:
        return Standing(ActionStatus.ON_TRACK, Reason("action_not_started", params), expected)
    return _under_way(action, params, expected, behind)


def _under_way(action: Action, params: dict[str, str], expected: int | None, behind: int) -> Standing:
    if expected is not None:
        params["expected"] = str(expected)
    if (
        action.re_scheduled is not None
        and action.original_due is not None
        and action.re_scheduled > action.original_due
    ):
        return Standing(ActionStatus.AT_RISK, Reason("action_put_off", params), expected)
    if action.late_milestones:
        return Standing(ActionStatus.AT_RISK, Reason("action_milestones", params), expected)
    if expected is not None and expected - (action.progress or 0) > behind:
        return Standing(ActionStatus.AT_RISK, Reason("action_behind", params), expected)
    return Standing(ActionStatus.ON_TRACK, Reason("action_on_track", params), expected)


def _completed(action: Action, params: dict[str, str]) -> Reason:
    if action.completed_on is None:
        return Reason("action_complete", params)
    params["completed_on"] = action.completed_on.isoformat()
    if action.original_due is None:
        return Reason("action_completed", params)
    days = (action.completed_on - action.original_due).days
    params["days"] = str(abs(days))
    return Reason("action_completed_late" if days > 0 else "action_completed_in_time", params)


def _params(action: Action) -> dict[str, str]:
    """Text only, so that a reason can be kept and reworded."""
    params = {"late_milestones": str(action.late_milestones)} if action.late_milestones else {}
    if action.progress is not None:
        params["progress"] = str(action.progress)
    for name, day in (("starts", action.starts), ("due", action.original_due), ("re_scheduled", action.re_scheduled)):
        if day is not None:
            params[name] = day.isoformat()
    return params


_WORDS = {
    "action_cancelled": _("Cancelled"),
    "action_complete": _("Complete"),
    "action_completed": _("Complete: finished on {completed_on}; it had no date"),
    "action_completed_in_time": _("Complete: finished on {completed_on}, in time for {due}"),
    "action_completed_late": _("Complete: finished on {completed_on}, {days} after its original date of {due}"),
    "action_no_date": _("No date: nobody has said by when"),
    "action_late": _("Late: it was due on {due}, {days} ago"),
    "action_not_started": _("On track: it starts on {starts}"),
    "action_put_off": _("At risk: it was due on {due}"),
    "action_milestones": _("At risk: {milestones} missed before {due}"),
    "action_behind": _("At risk: {progress} done, where {expected}% of the time to {due} has passed"),
    "action_on_track": _("On track: due on {due}, in {days}"),
    "action_due_today": _("On track: due today"),
}
#: Those that tell the progress by themselves, or of which it says nothing.
_PROGRESS_TOLD = frozenset(
    {
        "action_behind",
        "action_cancelled",
        "action_complete",
        "action_completed",
        "action_completed_in_time",
        "action_completed_late",
        "action_not_started",
    }
)


def action_words(reason: Reason, *, translate: Callable[[str], str] = str) -> str:
    """The reason of an action's status as a sentence, with the date it was put off to where it was."""
    params = reason.params
    code = "action_due_today" if reason.code == "action_on_track" and params.get("days") == "0" else reason.code
    if code not in _WORDS:
        return code.replace("_", " ").capitalize()
    parts = [translate(_WORDS[code]).format(**_texts(params, translate))]
    if "re_scheduled" in params:
        day = day_in_words(date.fromisoformat(params["re_scheduled"]), translate)
        parts.append(translate(_("re-scheduled to {day}")).format(day=day))
    if "progress" in params and code not in _PROGRESS_TOLD:
        parts.append(translate(_("{progress}% done")).format(progress=params["progress"]))
    return "; ".join(parts)


def _texts(params: Mapping[str, str], translate: Callable[[str], str]) -> dict[str, str]:
    texts = dict(params)
    for name in ("starts", "due", "completed_on"):
        if name in params:
            texts[name] = day_in_words(date.fromisoformat(params[name]), translate)
    texts["progress"] = f"{params['progress']}%" if "progress" in params else translate(_("nothing reported as"))
    if "days" in params:
        texts["days"] = _counted(int(params["days"]), _("1 day"), _("{n} days"), translate)
    if "late_milestones" in params:
        number = int(params["late_milestones"])
        texts["milestones"] = _counted(number, _("1 milestone was"), _("{n} milestones were"), translate)
    return texts


def _counted(number: int, one: str, more: str, translate: Callable[[str], str]) -> str:
    return translate(one if number == 1 else more).format(n=Decimal(number))
