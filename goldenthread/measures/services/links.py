"""Measures on the thread: which element of a plan each shows, with what weight, from when to when."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from goldenthread.accounts.models import User
from goldenthread.history.acts import Refused, acting, keep
from goldenthread.measures.models import Measure, MeasureLink
from goldenthread.plans import services as plans
from goldenthread.plans.models import Element
from goldenthread.plans.services.asked import refuse_closed
from goldenthread.plans.services.links import bad_weight, overlapping

ONE = Decimal(1)


def link_measure(
    *,
    by: User | None,
    measure: str,
    element: str,
    weight: Decimal = ONE,
    starts: date | None = None,
    ends: date | None = None,
    reason: str = "",
) -> MeasureLink:
    """The measure shows how the element is going, from ``starts`` to ``ends``. Raises Refused by the field."""
    if faults := bad_weight(weight) | _wrong_way_round(starts, ends):
        raise Refused(faults)
    with acting(by=by, verb="link_measure", object=f"measure {measure}", reason=reason) as change:
        link = MeasureLink(
            measure=_measure(measure), element=_element(element), weight=weight, starts=starts, ends=ends
        )
        refuse_closed(link.element, "element")
        if MeasureLink.objects.filter(overlapping(starts, ends), measure=link.measure, element=link.element).exists():
            names = {"measure": measure, "element": element}
            raise Refused({"element": _("%(measure)s shows %(element)s already then.") % names})
        keep(link, change)
        return link


def unlink_measure(*, by: User | None, measure: str, element: str, ends: date, reason: str = "") -> MeasureLink:
    """The measure shows the element until ``ends``, and no longer."""
    with acting(by=by, verb="unlink_measure", object=f"measure {measure}", reason=reason) as change:
        link = _link(measure, element, ends)
        link.ends = ends
        keep(link, change)
        return link


def weigh_measure(
    *, by: User | None, measure: str, element: str, weight: Decimal, starts: date, reason: str = ""
) -> MeasureLink:
    """From ``starts`` on the measure has another weight in the element; until then it keeps the one it had."""
    if faults := bad_weight(weight):
        raise Refused(faults)
    with acting(by=by, verb="weigh_measure", object=f"measure {measure}", reason=reason) as change:
        link = _link(measure, element, starts)
        refuse_closed(link.element)
        if link.starts != starts:
            later = MeasureLink(measure=link.measure, element=link.element, starts=starts, ends=link.ends)
            link.ends = starts - timedelta(days=1)
            keep(link, change)
            link = later
        link.weight = weight
        keep(link, change)
        return link


def succeed_plan(
    *,
    by: User | None,
    plan: str,
    successor: str,
    starts: date,
    fates: Sequence[plans.Fate],
    reason: str = "",
) -> plans.Succession:
    """``plans.services.succeed_plan``, and the measures of each element go on with the one that takes over from it."""
    with transaction.atomic():
        done = plans.succeed_plan(by=by, plan=plan, successor=successor, starts=starts, fates=fates, reason=reason)
        links = MeasureLink.objects.select_related("element").filter(
            overlapping(starts, None), element__code__in=done.onward
        )
        for link in links.order_by("pk"):
            _carry(link, done.onward[link.element.code], done)
        return done


def _carry(link: MeasureLink, element: Element | None, done: plans.Succession) -> None:
    first_day = max(done.starts, link.starts) if link.starts else done.starts
    last = link.ends
    if link.starts is not None and link.starts >= done.starts:
        link._history_date, link._history_user = done.change.at, done.change.by
        link.delete()
    else:
        link.ends = done.starts - timedelta(days=1)
        keep(link, done.change)
    if element is None:
        return
    same = MeasureLink.objects.filter(overlapping(first_day, last), measure=link.measure_id, element=element)
    if not same.exists():
        later = MeasureLink(
            measure_id=link.measure_id, element=element, weight=link.weight, starts=first_day, ends=last
        )
        keep(later, done.change)


def _measure(code: str) -> Measure:
    found = Measure.objects.select_for_update().filter(code=code).first()
    if found is None:
        raise Refused({"measure": _("There is no measure %s.") % code})
    return found


def _element(code: str) -> Element:
    found = Element.objects.filter(code=code).first()
    if found is None:
        raise Refused({"element": _("There is no element %s.") % code})
    return found


def _link(measure: str, element: str, day: date) -> MeasureLink:
    found = (
        MeasureLink.objects.select_for_update(of=("self",))
        .filter(overlapping(day, day), measure__code=measure, element__code=element)
        .first()
    )
    if found is None:
        names = {"measure": measure, "element": element}
        raise Refused({"element": _("%(measure)s does not show %(element)s then.") % names})
    return found


def _wrong_way_round(starts: date | None, ends: date | None) -> dict[str, str]:
    if starts and ends and ends < starts:
        return {"ends": _("This is before it starts: choose a later day.")}
    return {}
