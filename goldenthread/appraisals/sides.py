"""From which side somebody reads an appraisal: appraisee, appraiser (or deputy), appraiser's manager, or none."""

from typing import Any

from django.db.models import Q

from goldenthread.appraisals.models import Appraisal, Deputy, Side
from goldenthread.council.models import Appointment
from goldenthread.council.roles import roles_of, running
from goldenthread.history.clock import today


def side_of(user: Any, appraisal: Appraisal) -> Side | None:
    """The side of ``user`` today; None for everybody else, whatever their roles.

    An appraiser reads as long as they hold the post by which they appraise, their manager by the post it reports to.
    """
    roles = roles_of(user)
    if roles.person is None:
        return None
    if appraisal.person_id == roles.person.pk:
        return Side.APPRAISEE
    if appraisal.appraiser_post is None or appraisal.appraiser_post_id is None:
        return None
    if appraisal.appraiser_id == roles.person.pk:
        return Side.APPRAISER if appraisal.appraiser_post_id in roles.posts else None
    if appraisal.appraiser_post.reports_to_id in roles.posts:
        return Side.MANAGER
    return Side.APPRAISER if appraisal.appraiser_id in _stood_in_for(user) else None


def appraisals_of(user: Any) -> Q:
    """The appraisals that ``user`` reads as appraiser, as deputy or as the appraiser's manager."""
    roles = roles_of(user)
    if roles.person is None:
        return Q(pk__in=[])
    as_appraiser = Q(appraiser=roles.person, appraiser_post__in=roles.posts)
    as_manager = Q(appraiser_post__reports_to__in=roles.posts) & ~Q(appraiser=roles.person)
    as_deputy = Q(appraiser__in=_stood_in_for(user))
    return (as_appraiser | as_manager | as_deputy) & ~Q(person=roles.person)


def _stood_in_for(user: Any) -> frozenset[int]:
    """The appraisers for whom ``user`` is deputy today, who still hold a post themselves; read once a request."""
    if not hasattr(user, "_stood_in_for"):
        person = roles_of(user).person
        at_work = Appointment.objects.filter(running(today())).values("person")
        rows = Deputy.objects.filter(running(today()), person=person, appraiser__in=at_work)
        user._stood_in_for = frozenset(rows.values_list("appraiser", flat=True))
    return user._stood_in_for
