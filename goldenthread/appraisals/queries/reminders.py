"""What of appraisals is due soon or late, person by person; nothing here opens what is sealed."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from goldenthread.appraisals.models import Appraisal, Asked, left_out_on
from goldenthread.appraisals.queries.team import disagreeing
from goldenthread.council.models import Appointment, Person
from goldenthread.council.roles import running
from goldenthread.domain.appraisals import Stage, Standing, standing

#: Somebody is reminded of what is due within these days.
SOON = 14
#: Of a year that ended longer ago nobody is reminded.
OVER = timedelta(days=183)


@dataclass(slots=True)
class Due:
    """What waits for one person: of their own, of those they appraise, and feedback that they were asked for."""

    person: Person
    own: list[tuple[Appraisal, Standing]] = field(default_factory=list)
    team: list[tuple[Appraisal, Standing]] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)

    @property
    def things(self) -> int:
        return len(self.own) + len(self.team) + len(self.asked)


def open_appraisals(day: date) -> QuerySet[Appraisal]:
    """What may still wait for somebody: neither closed nor signed by both, and of a year that is not long over.

    Each says whether it ``counts`` on ``day``, or is left out.
    """
    unsigned = Q(appraisee_signed_on__isnull=True) | Q(appraiser_signed_on__isnull=True)
    rows = Appraisal.objects.filter(unsigned, year__ends__gte=day - OVER, closed_on__isnull=True)
    counts = ExpressionWrapper(~left_out_on(day), output_field=BooleanField())
    return rows.annotate(counts=counts).order_by("person__name", "pk")


def open_questions(day: date) -> QuerySet[Asked]:
    """The feedback asked for and not given, withdrawn or of a year long over."""
    return Asked.objects.filter(
        withdrawn_on__isnull=True, answered_on__isnull=True, appraisal__year__ends__gte=day - OVER
    )


def is_soon(row: Appraisal, stands: Standing, day: date) -> bool:
    """Whether the next step of one of ``open_appraisals`` is late or due within a fortnight, and not left out."""
    return stands.due is not None and stands.due <= day + timedelta(days=SOON) and row.counts


def due_by_person(day: date) -> list[Due]:
    """Everybody for whom something waits, by name. Left out, closed and signed appraisals wait for nobody.

    Four queries.
    """
    rows = list(open_appraisals(day).select_related("year", "window", "person__user", "appraiser__user"))
    stuck = disagreeing(rows)
    at_post = set(Appointment.objects.filter(running(day)).values_list("person", "post"))
    found: dict[int, Due] = {}
    for row in rows:
        stands = standing(row.done, row.due, today=day)
        if not is_soon(row, stands, day) or row.pk in stuck:
            continue
        if stands.stage is not Stage.SIGNING or row.appraisee_signed_on is None:
            found.setdefault(row.person_id, Due(row.person)).own.append((row, stands))
        holds = (row.appraiser_id, row.appraiser_post_id) in at_post
        if row.appraiser is not None and holds and (stands.stage is not Stage.SIGNING or not row.appraiser_signed_on):
            found.setdefault(row.appraiser.pk, Due(row.appraiser)).team.append((row, stands))
    for person, asked in _asked(day).items():
        found.setdefault(person.pk, Due(person)).asked.extend(asked)
    return sorted(found.values(), key=lambda one: (one.person.name, one.person.pk))


def _asked(day: date) -> dict[Person, Sequence[Asked]]:
    rows = open_questions(day).select_related("person__user", "appraisal__person")
    found: defaultdict[Person, list[Asked]] = defaultdict(list)
    for row in rows:
        if row.is_open:
            found[row.person].append(row)
    return dict(found)
