"""Running a year: opened with its templates and windows, appraisals begun, starters added, leavers closed."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from goldenthread.accounts.models import User
from goldenthread.appraisals.models import Appraisal, AppraisalYear, LeftOut
from goldenthread.appraisals.services.templates import add_template, same_level_now
from goldenthread.appraisals.services.windows import refuse_out_of_order, window_of
from goldenthread.council.models import Appointment, Person, Post, UnitKind
from goldenthread.council.roles import running, units_below
from goldenthread.council.services.absences import say_absent
from goldenthread.domain.appraisals import Stage
from goldenthread.domain.periods import Period, PeriodError
from goldenthread.history.acts import Refused, acting, keep
from goldenthread.history.clock import today

#: How long a starter has to agree objectives.
STARTERS_WEEKS = 8


@dataclass(frozen=True)
class Begun:
    """How many appraisals were begun, how many closed since their people left, how many begun with no appraiser."""

    begun: int
    closed: int
    without_appraiser: int


def open_year(
    *, by: User | None, period: str, objectives_due: date, mid_year_due: date, year_end_due: date, signed_due: date
) -> AppraisalYear:
    """Set up a year. Raises Refused for a year that is there already, or stages out of their order."""
    try:
        whole = Period.parse(period)
    except PeriodError as fault:
        raise Refused({"period": str(fault)}) from None
    dates = {
        "objectives_due": objectives_due,
        "mid_year_due": mid_year_due,
        "year_end_due": year_end_due,
        "signed_due": signed_due,
    }
    refuse_out_of_order(dates)
    with acting(by=by, verb="open_appraisal_year", object=f"appraisal year {period}") as change:
        if AppraisalYear.objects.filter(period=whole.text).exists():
            raise Refused({"period": _("That year is open already.")})
        year = AppraisalYear(period=whole.text, starts=whole.start, ends=whole.end, **dates)
        keep(year, change)
        return year


#: The ratings that a council begins with.
USUAL_SCALE = ((1, _lazy("Needs to improve")), (2, _lazy("Developing")), (3, _lazy("Good")), (4, _lazy("Outstanding")))


def open_year_like_the_last(*, by: User | None, period: str, **dates: date) -> AppraisalYear:
    """Open a year with the templates of the one before; the first one with a template for each tier of posts there is.

    Raises Refused as ``open_year``.
    """
    with transaction.atomic():
        year = open_year(by=by, period=period, **dates)
        last = AppraisalYear.objects.filter(starts__lt=year.starts).order_by("-starts").first()
        if last is not None:
            for one in last.templates.select_related("level__framework"):
                add_template(
                    by=by,
                    year=year,
                    tier=one.tier,
                    title=one.title,
                    scale=one.ratings.words,
                    rule=one.rule,
                    sections=one.sections,
                    moderated=one.moderated and year.starts > today(),
                    level=same_level_now(one.level),
                    competencies_share=one.competencies_share,
                )
        else:
            for tier in tiers():
                add_template(
                    by=by,
                    year=year,
                    tier=tier,
                    title=tier.capitalize(),
                    scale=[(number, str(word)) for number, word in USUAL_SCALE],
                )
        return year


def tiers() -> list[str]:
    """The tiers of the council's own posts, but for councillors'."""
    posts = Post.objects.exclude(unit__kind=UnitKind.PARTNER).exclude(tier__in=("", "member"))
    return sorted(set(posts.values_list("tier", flat=True)))


def begin_appraisals(*, by: User | None, year: AppraisalYear) -> Begun:
    """Begin an appraisal for everybody whose tier has a template and who has none, and close those of leavers.

    Done again it adds starters only, whose objectives are due eight weeks from their first day.
    """
    day = today()
    with acting(by=by, verb="begin_appraisals", object=f"appraisal year {year.period}"):
        held = _main_posts(day)
        there = set(Appraisal.objects.filter(year=year).values_list("person", flat=True))
        chosen = Choice.of(day)
        windows = list(year.windows.all())
        templates = {template.tier: template for template in year.templates.all()}
        below = units_below()
        fresh = []
        for appointment in held:
            template = templates.get(appointment.post.tier)
            if template is None or appointment.person_id in there:
                continue
            appraiser, appraiser_post = chosen.appraiser_of(appointment.post, appointment.person_id)
            fresh.append(
                Appraisal(
                    year=year,
                    template=template,
                    window=window_of(windows, appointment.post, below),
                    person_id=appointment.person_id,
                    post=appointment.post,
                    appraiser_id=appraiser,
                    appraiser_post_id=appraiser_post,
                    first_due=_first_due(appointment.starts, year),
                )
            )
        Appraisal.objects.bulk_create(fresh)
        at_work = {appointment.person_id for appointment in held}
        leavers = [
            one
            for one in Appraisal.objects.select_for_update().filter(year=year, closed_on__isnull=True)
            if one.person_id not in at_work and one.done.stage is not Stage.SIGNED
        ]
        Appraisal.objects.filter(pk__in=[one.pk for one in leavers]).update(closed_on=day)
        return Begun(len(fresh), len(leavers), sum(1 for one in fresh if one.appraiser_id is None))


def leave_out(*, by: User | None, appraisal: int, why: str, until: date | None = None) -> Appraisal:
    """Leave an appraisal out of the counts, for long absence or probation, to the last day of it where that is known.

    A long absence is kept as the person's, where the staff list keeps it too. With an empty ``why`` the appraisal is
    counted again. Raises Refused by the field.
    """
    if why and why not in LeftOut.values:
        raise Refused({"why": _("Choose a reason.")})
    if why and until is not None and until < today():
        raise Refused({"until": _("That day has passed: choose a later one, or count the appraisal again.")})
    with acting(by=by, verb="leave_out_appraisal", object=f"appraisal {appraisal}") as change:
        row = Appraisal.objects.select_for_update().filter(pk=appraisal).first()
        if row is None:
            raise Refused({"": _("That appraisal is not on record.")})
        absent = why == LeftOut.ABSENT
        row.left_out, row.left_out_until = ("", None) if absent or not why else (why, until)
        row.save(update_fields=["left_out", "left_out_until"])
        say_absent(change, row.person, absent=absent, until=until)
        return row


@dataclass(frozen=True)
class Choice:
    """Who appraises whom on a day: whoever holds the post that the appraisee's reports to, or the next one above."""

    holders: Mapping[int, Sequence[int]]
    reports_to: Mapping[int, int | None]

    @classmethod
    def of(cls, day: date) -> "Choice":
        holders: dict[int, list[int]] = defaultdict(list)
        for appointment in sorted(Appointment.objects.filter(running(day)), key=_first_of_a_share):
            holders[appointment.post_id].append(appointment.person_id)
        return cls(holders, dict(Post.objects.values_list("pk", "reports_to")))

    def appraiser_of(self, post: Post, person: int) -> tuple[int | None, int | None]:
        """The person and the post by which they appraise; nobody where all above is vacant, or the appraisee's own."""
        above, seen = post.reports_to_id, {post.pk}
        while above is not None and above not in seen:
            seen.add(above)
            others = [holder for holder in self.holders.get(above, ()) if holder != person]
            if others and person not in self.holders.get(above, ()):
                return others[0], above
            above = self.reports_to.get(above)
        return None, None


def _main_posts(day: date) -> list[Appointment]:
    """The one post by which each person at work on ``day`` is appraised: the substantive, then the largest."""
    found: dict[int, Appointment] = {}
    rows = Appointment.objects.filter(running(day)).exclude(post__unit__kind=UnitKind.PARTNER)
    for appointment in sorted(rows.select_related("post"), key=_first_of_a_share):
        found.setdefault(appointment.person_id, appointment)
    return list(found.values())


def _first_of_a_share(appointment: Appointment) -> tuple[bool, Decimal, date, int]:
    try:
        share = Decimal(appointment.fte or "1")
    except InvalidOperation:
        share = Decimal(1)
    return appointment.kind in ("acting", "interim"), -share, appointment.starts or date.min, appointment.pk


def _first_due(started: date | None, year: AppraisalYear) -> date | None:
    """A starter's own first day: eight weeks from when they began, where that is later than everybody's."""
    if started is None or started < year.starts:
        return None
    first = started + timedelta(weeks=STARTERS_WEEKS)
    return first if first > year.objectives_due else None


def person_named(code: str, field: str) -> Person:
    found = Person.objects.filter(code=code).first()
    if found is None:
        raise Refused({field: _("Choose somebody.")})
    return found
