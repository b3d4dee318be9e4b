"""Links between elements: never in a circle, whoever links at the same time."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext as _

from goldenthread.accounts.models import User
from goldenthread.domain.graph import Link as DatedLink
from goldenthread.domain.graph import path_that_would_close
from goldenthread.history.acts import Refused, acting, keep
from goldenthread.plans.models import Link, Plan
from goldenthread.plans.services.asked import element_to_change, refuse_closed, refuse_if, wrong_way_round

ONE = Decimal(1)


def hold_the_graph() -> None:
    """Wait for whoever is linking elements, and let others wait until this transaction ends.

    A circle may close through any two plans, so that all of them are locked, in the order of their codes.
    """
    list(Plan.objects.select_for_update().order_by("code").values_list("pk"))


def link_elements(
    *,
    by: User | None,
    above: str,
    below: str,
    weight: Decimal = ONE,
    starts: date | None = None,
    ends: date | None = None,
    reason: str = "",
) -> Link:
    """``below`` serves ``above`` from ``starts`` to ``ends``.

    Raises Refused with the path that would close, for a link that is there already, for a plan that is closed, and by
    the field.
    """
    refuse_if(wrong_way_round(starts, ends) | bad_weight(weight))
    with acting(by=by, verb="link_elements", object=f"element {below}", reason=reason) as change:
        hold_the_graph()
        link = Link(
            above=element_to_change(above, "above"),
            below=element_to_change(below, "below"),
            weight=weight,
            starts=starts,
            ends=ends,
        )
        refuse_closed(link.below)
        refuse_closed(link.above, "above")
        if Link.objects.filter(overlapping(starts, ends), above=link.above, below=link.below).exists():
            raise Refused({"below": _("%(below)s serves %(above)s already then.") % {"below": below, "above": above}})
        refuse_circle(links_of(Link.objects.all()), above, below, starts=starts, ends=ends)
        keep(link, change)
        return link


def unlink_elements(*, by: User | None, above: str, below: str, ends: date, reason: str = "") -> Link:
    """``below`` serves ``above`` until ``ends``, and no longer."""
    with acting(by=by, verb="unlink_elements", object=f"element {below}", reason=reason) as change:
        link = _link(above, below, ends)
        link.ends = ends
        keep(link, change)
        return link


def weigh_link(*, by: User | None, above: str, below: str, weight: Decimal, starts: date, reason: str = "") -> Link:
    """From ``starts`` on the link has another weight; until then it keeps the one it had."""
    refuse_if(bad_weight(weight))
    with acting(by=by, verb="weigh_link", object=f"element {below}", reason=reason) as change:
        link = _link(above, below, starts)
        refuse_closed(link.above)
        if link.starts != starts:
            later = Link(above=link.above, below=link.below, starts=starts, ends=link.ends)
            link.ends = starts - timedelta(days=1)
            keep(link, change)
            link = later
        link.weight = weight
        keep(link, change)
        return link


def refuse_circle(
    links: Iterable[DatedLink], above: str, below: str, *, starts: date | None = None, ends: date | None = None
) -> None:
    """Raise Refused where the link would close a circle on any day of its time."""
    circle = path_that_would_close(links, above, below, starts=starts, ends=ends)
    if circle is not None:
        message = _("That would go round in a circle: %s. Link it elsewhere, or take one of these links out first.")
        raise Refused({"below": message % " → ".join(circle)})


def links_of(links: Iterable[Link]) -> list[DatedLink]:
    """Stored links as the sums take them, in the order of their codes, in one query."""
    rows = links.values_list("above__code", "below__code", "starts", "ends", "weight")
    return [DatedLink(*row) for row in rows.order_by("above__code", "below__code", "pk")]


def overlapping(starts: date | None, ends: date | None) -> Q:
    """Rows that hold on some day from ``starts`` to ``ends``."""
    found = Q()
    if ends is not None:
        found &= Q(starts__isnull=True) | Q(starts__lte=ends)
    if starts is not None:
        found &= Q(ends__isnull=True) | Q(ends__gte=starts)
    return found


def bad_weight(weight: Decimal) -> dict[str, str]:
    return {"weight": _("A weight is 0 or more.")} if weight < 0 else {}


def _link(above: str, below: str, day: date) -> Link:
    found = (
        Link.objects.select_for_update(of=("self",))
        .filter(overlapping(day, day), above__code=above, below__code=below)
        .first()
    )
    if found is None:
        raise Refused({"below": _("%(below)s does not serve %(above)s then.") % {"below": below, "above": above}})
    return found
