"""All that is given for a period at once: the whole, its parts, and what is behind them, in one act."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from goldenthread.accounts.models import User
from goldenthread.history.models import Change
from goldenthread.measures.models import Commentary, Measure, PublishedFigure
from goldenthread.measures.services.act import Act, Refused, Superseded, act
from goldenthread.measures.services.figures import Entry, faults_of, write_figure


@dataclass(frozen=True, kw_only=True)
class Words:
    """What is behind a figure: what happened, the cause, what is being done, by whom and by when."""

    period: str
    comment: str = ""
    cause: str = ""
    action: str = ""
    owner: str = ""
    due: date | None = None
    audience: str = "internal"

    def __bool__(self) -> bool:
        return any(text.strip() for text in (self.comment, self.cause, self.action))


def record_actuals(
    *, by: User | None, measure: str, entries: Sequence[Entry], words: Words | None = None, reason: str = ""
) -> Act:
    """Record figures of one measure, and what is behind them, together or not at all.

    ``reason`` says why what looked odd is right. Raises Refused and Superseded with a message a field; those of a part
    are keyed ``category:field``.
    """

    def write(change: Change, measures: Mapping[str, Measure]) -> None:
        target = measures[measure]
        faults = _published(target, entries)
        for entry in entries:
            faults |= {key_of(entry, field): words for field, words in faults_of(target, entry).items()}
        if faults:
            raise Refused(faults)
        late: dict[str, str] = {}
        for entry in entries:
            try:
                write_figure(target, entry, change, reason=reason)
            except Superseded as fault:
                late |= {key_of(entry, field): words for field, words in fault.faults.items()}
        if late:
            raise Superseded(late)
        if words:
            _write_words(target, words, change)

    return act(
        by=by,
        verb="record_actual" if entries else "write_commentary",
        object=f"measure {measure}",
        codes=[measure],
        write=write,
        reason=reason,
    )


def key_of(entry: Entry, field: str) -> str:
    """Where a fault of an entry belongs: its field, or its category and field."""
    return f"{entry.category}:{field}" if entry.category else field


def _published(measure: Measure, entries: Sequence[Entry]) -> dict[str, str]:
    published = set(
        PublishedFigure.objects.filter(measure=measure, period__in={entry.period for entry in entries}).values_list(
            "period", "category"
        )
    )
    said = _("This period's figure has been published. Restate it instead, and say why.")
    return {key_of(entry, ""): said for entry in entries if (entry.period, entry.category) in published}


def _write_words(measure: Measure, words: Words, change: Change) -> None:
    Commentary.objects.create(
        measure=measure,
        period=words.period,
        comment=words.comment,
        cause=words.cause,
        action=words.action,
        owner=words.owner,
        due=words.due,
        audience=words.audience,
        written_by=change.by_name,
        entered_at=change.at,
        change=change,
    )
