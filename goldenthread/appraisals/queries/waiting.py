"""What of appraisals waits for a reader, with the page on which it is done; nothing here opens what is sealed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldenthread.appraisals.models import Appraisal, Sealed, Side
from goldenthread.appraisals.queries.reminders import is_soon, open_appraisals, open_questions
from goldenthread.appraisals.sides import appraisals_of, side_of
from goldenthread.appraisals.words import FOR_APPRAISEE, NEXT, done_at
from goldenthread.council.roles import roles_of
from goldenthread.domain.appraisals import Stage, Standing, standing

#: More people than these for whom the same step waits, on the same day, are told in one row.
APART = 3
RATED = (Sealed.Kind.RATING, Sealed.Kind.COMPETENCY, Sealed.Kind.OVERALL)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One step that waits: what it is, of whose appraisal, in which year, by when, and its page."""

    what: str
    about: str
    year: str
    due: date | None
    is_overdue: bool
    page: str
    key: int | None = None


def waiting(user: Any, day: date) -> list[Waiting]:
    """All that waits for ``user`` and is late or due within a fortnight, the longest due first.

    Four queries at most.
    """
    person = roles_of(user).person
    if person is None:
        return []
    mine = open_appraisals(day).filter(Q(person=person) | appraisals_of(user))
    rows = list(mine.select_related("year", "window", "person", "appraiser_post"))
    written = _Written.of(rows)
    found = [*_own(user, rows, written, day), *_team(user, rows, written, day), *_asked(person.pk, day)]
    return sorted(found, key=lambda one: (one.due or date.min, one.what, one.about))


@dataclass(frozen=True, slots=True)
class _Written:
    """Of which appraisals a disagreement waits for its answer, and in which the appraisee has rated their year."""

    disagreed: frozenset[int]
    rated: frozenset[int]

    @classmethod
    def of(cls, rows: Sequence[Appraisal]) -> "_Written":
        by_appraisee = Q(kind__in=RATED, side=Side.APPRAISEE)
        kinds = Q(kind__in=(Sealed.Kind.DISAGREEMENT, Sealed.Kind.ANSWER)) | by_appraisee
        told = Sealed.objects.filter(kinds, appraisal__in=[row.pk for row in rows]).order_by("entered_at", "pk")
        last: dict[int, str] = {}
        rated = set()
        for appraisal, kind in told.values_list("appraisal", "kind"):
            if kind in RATED:
                rated.add(appraisal)
            else:
                last[appraisal] = kind
        disagreed = (key for key, kind in last.items() if kind == Sealed.Kind.DISAGREEMENT)
        return cls(frozenset(disagreed), frozenset(rated))


def _own(user: Any, rows: Sequence[Appraisal], written: _Written, day: date) -> Iterator[Waiting]:
    for row in rows:
        stands = standing(row.done, row.due, today=day)
        if side_of(user, row) != Side.APPRAISEE or not is_soon(row, stands, day) or row.pk in written.disagreed:
            continue
        rated = stands.stage is Stage.YEAR_END and row.pk in written.rated
        signed = stands.stage is Stage.SIGNING and row.appraisee_signed_on is not None
        if not rated and not signed:
            page = "appraisals:rate" if stands.stage is Stage.YEAR_END else done_at(row, stands)[0]
            yield _step(str(FOR_APPRAISEE[stands.stage]), _("Your own appraisal"), row, stands, page, row.pk)


def _team(user: Any, rows: Sequence[Appraisal], written: _Written, day: date) -> Iterator[Waiting]:
    """Those whom the reader appraises, by step and day; and disagreements that wait for the reader's answer."""
    alike: dict[tuple[Stage, date | None, int], list[tuple[Appraisal, Standing]]] = {}
    for row in rows:
        side, stands = side_of(user, row), standing(row.done, row.due, today=day)
        if side == Side.MANAGER and row.pk in written.disagreed:
            yield _step(_("Answer a disagreement"), row.person.name, row, None, "appraisals:answer", row.pk)
        if side != Side.APPRAISER or not is_soon(row, stands, day) or row.pk in written.disagreed:
            continue
        if stands.stage is not Stage.SIGNING or row.appraiser_signed_on is None:
            alike.setdefault((stands.stage, stands.due, row.year_id), []).append((row, stands))
    for several in alike.values():
        row, stands = several[0]
        if len(several) > APART:
            yield _step(str(NEXT[stands.stage]), _several(several), row, stands, "appraisals:my-team")
        else:
            for row, stands in several:
                yield _step(str(NEXT[stands.stage]), row.person.name, row, stands, *done_at(row, stands))


def _several(rows: Sequence[tuple[Appraisal, Standing]]) -> str:
    first, more = rows[0][0].person.name, len(rows) - 1
    said = ngettext("%(name)s and %(num)d more", "%(name)s and %(num)d more", more)
    return said % {"name": first, "num": more}


def _asked(person: int, day: date) -> Iterator[Waiting]:
    """Feedback, which comes before the year-end review."""
    rows = open_questions(day).filter(person=person)
    for row in rows.select_related("appraisal__year", "appraisal__window", "appraisal__person"):
        if row.is_open:
            due = row.appraisal.due.year_end
            yield Waiting(
                _("Give feedback"),
                row.appraisal.person.name,
                row.appraisal.year.period,
                due,
                due < day,
                "appraisals:give-feedback",
                row.pk,
            )


def _step(what: str, about: str, row: Appraisal, stands: Standing | None, page: str, key: int | None = None) -> Waiting:
    due, is_overdue = (stands.due, stands.is_overdue) if stands else (None, False)
    return Waiting(what, about, row.year.period, due, is_overdue, page, key)
