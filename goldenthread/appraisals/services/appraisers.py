"""Who appraises: handed over when a manager changes, and deputies named from a day to a day."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from goldenthread.accounts.models import User
from goldenthread.appraisals.models import Appraisal, Deputy, HandOver, Side
from goldenthread.appraisals.services.act import locked, person_of
from goldenthread.appraisals.services.years import person_named
from goldenthread.appraisals.sides import side_of
from goldenthread.council.models import Appointment, Post
from goldenthread.council.roles import running
from goldenthread.domain.appraisals import Stage
from goldenthread.history.acts import Refused, acting, keep
from goldenthread.history.clock import today

#: The longest time for which a deputy is named at once.
LONGEST = timedelta(days=184)


def hand_over(*, by: User, appraisal: int, to: str) -> Appraisal:
    """Pass an appraisal on to a new appraiser, who reads all of it from now on; the old one reads it no more.

    The appraiser and their manager pass it to anybody; whoever may not read it, only to somebody in the line above.
    What the old appraiser had signed is signed by the new one. Raises Refused for somebody without a post, for the
    appraisee, or for whoever appraises already.
    """
    with acting(by=by, verb="hand_over_appraisal", object=f"appraisal {appraisal}") as change:
        row, person = locked(appraisal), person_named(to, "to")
        if row.done.stage in (Stage.SIGNED, Stage.CLOSED):
            raise Refused({"": _("This appraisal is finished.")})
        if person.pk == row.person_id:
            raise Refused({"to": _("Nobody appraises themselves: choose somebody else.")})
        if person.pk == row.appraiser_id and _holds(person.pk, row.appraiser_post_id):
            raise Refused({"to": _("%s appraises already.") % person.name})
        held = list(Appointment.objects.filter(running(today()), person=person).select_related("post"))
        if not held:
            raise Refused({"to": _("%s holds no post: choose somebody who does.") % person.name})
        above = _above(row.post)
        line = sorted((one.post for one in held if one.post_id in above), key=lambda post: above.index(post.pk))
        side = side_of(by, row)
        if side == Side.APPRAISEE:
            raise Refused({"": _("Somebody else hands over your own appraisal.")})
        if side is None and not line and above:
            raise Refused({"to": _("Choose somebody in the line of management above this post.")})
        HandOver.objects.create(
            appraisal=row, from_person_id=row.appraiser_id, to_person=person, entered_at=change.at, change=change
        )
        row.appraiser, row.appraiser_post = person, (line or [held[0].post])[0]
        row.appraiser_signed_on = None
        row.save(update_fields=["appraiser", "appraiser_post", "appraiser_signed_on"])
        return row


def name_deputy(*, by: User, person: str, starts: date, ends: date) -> Deputy:
    """Let somebody read and write in one's own place, from a day to a day, half a year at most."""
    appraiser, deputy = person_of(by), person_named(person, "person")
    faults = {}
    if deputy.pk == appraiser.pk:
        faults["person"] = _("Choose somebody else.")
    if ends < starts:
        faults["ends"] = _("It ends before it starts: choose a later day.")
    elif ends < today():
        faults["ends"] = _("That day has passed.")
    elif ends - starts > LONGEST:
        faults["ends"] = _("Half a year at most: name them again if it takes longer.")
    if faults:
        raise Refused(faults)
    with acting(by=by, verb="name_deputy", object=f"person {appraiser.code}") as change:
        row = Deputy(appraiser=appraiser, person=deputy, starts=starts, ends=ends)
        keep(row, change)
        return row


def end_deputy(*, by: User, deputy: int) -> Deputy:
    """End it at once: yesterday was the last day, or it never began."""
    appraiser = person_of(by)
    with acting(by=by, verb="end_deputy", object=f"person {appraiser.code}") as change:
        row = Deputy.objects.select_for_update().filter(pk=deputy, appraiser=appraiser).first()
        if row is None:
            raise Refused({"": _("That deputy is not on record.")})
        row.ends = today() - timedelta(days=1)
        row.starts = min(row.starts, row.ends)
        keep(row, change)
        return row


def _above(post: Post) -> list[int]:
    """The posts that ``post`` reports to, the nearest first."""
    reports_to = dict(Post.objects.values_list("pk", "reports_to"))
    found: list[int] = []
    here = reports_to.get(post.pk)
    while here is not None and here not in found:
        found.append(here)
        here = reports_to.get(here)
    return found


def _holds(person: int, post: int | None) -> bool:
    return Appointment.objects.filter(running(today()), person=person, post=post).exists()
