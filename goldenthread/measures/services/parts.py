"""Who does what: the parts that posts have in a measure, given from a day and ended on one, never taken back."""

from datetime import date

from django.utils.translation import gettext as _

from goldenthread.accounts.models import User
from goldenthread.council.checks import dates_fault, found, refuse_if
from goldenthread.council.models import Post
from goldenthread.history.acts import Refused, acting, keep
from goldenthread.measures.models import Measure, MeasureRole
from goldenthread.plans.services.links import overlapping


def give_part(
    *,
    by: User | None,
    measure: str,
    role: str,
    post: str,
    starts: date | None = None,
    ends: date | None = None,
    reason: str = "",
) -> MeasureRole:
    """Give a post a part in a measure: whoever holds the post has it, from ``starts`` to ``ends``.

    Raises Refused by the field for an unknown measure, part or post, an end before the start, or a part held then.
    """
    faults = dates_fault(starts, ends)
    if role not in MeasureRole.Part.values:
        faults["role"] = _("Choose a part.")
    if not post:
        faults["post"] = _("Choose a post.")
    refuse_if(faults)
    with acting(by=by, verb="give_part", object=f"measure {measure}", reason=reason) as change:
        part = MeasureRole(
            measure=_measure(measure), role=role, post=found(Post, "post", post), starts=starts, ends=ends
        )
        _refuse_twice(part)
        keep(part, change)
        return part


def end_part(*, by: User | None, part: int, ends: date, reason: str = "") -> MeasureRole:
    """End a post's part in a measure at the end of a day. Raises Refused for a day before it began."""
    known = MeasureRole.objects.filter(pk=part).values_list("measure__code", flat=True).first()
    if known is None:
        raise Refused({"": _("That part is not on record.")})
    with acting(by=by, verb="end_part", object=f"measure {known}", reason=reason) as change:
        _measure(known)
        row = MeasureRole.objects.select_related("measure", "post").get(pk=part)
        refuse_if(dates_fault(row.starts, ends))
        row.ends = ends
        _refuse_twice(row)
        keep(row, change)
        return row


def _refuse_twice(part: MeasureRole) -> None:
    same = MeasureRole.objects.filter(
        overlapping(part.starts, part.ends), measure=part.measure, role=part.role, post=part.post
    )
    if same.exclude(pk=part.pk).exists():
        said = _("%(post)s has that part then already: choose another, or other days.")
        raise Refused({"post": said % {"post": part.post.title}})


def _measure(code: str) -> Measure:
    """The measure, locked: two people giving the same part wait for each other."""
    row = Measure.objects.select_for_update().filter(code=code).first()
    if row is None:
        raise Refused({"measure": _("There is no measure %s.") % code})
    return row
