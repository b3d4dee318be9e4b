"""Who may see a measure, enter its figures, and change its target, rule or definition: separate permissions."""

from typing import Any

import rules
from django.conf import settings
from django.db.models import Q

from goldenthread.council.models import Role
from goldenthread.council.roles import EVERYWHERE, Roles, roles_of, running
from goldenthread.domain.words import Release
from goldenthread.history.clock import today
from goldenthread.measures.models import Measure, MeasureRole

Part = MeasureRole.Part
#: What a member sees: not what is kept inside the council's offices.
FOR_MEMBERS = (Release.MEMBERS, Release.PUBLIC, Release.IMMEDIATE)
STAFF = tuple(role for role in Role if role not in (Role.SUPPLIER, Role.MEMBER))


def visible_to(user: Any) -> Q:
    """The measures that ``user`` may see: staff all, members what is released to them, a supplier what they supply."""
    roles = roles_of(user)
    supplied = roles.units.get(Role.SUPPLIER, frozenset())
    if roles.has(*STAFF) or supplied is EVERYWHERE:
        return Q()
    seen = Q(pk__in=[])
    if roles.has(Role.MEMBER):
        seen |= Q(release__in=FOR_MEMBERS)
    if roles.posts:
        seen |= Q(pk__in=MeasureRole.objects.filter(running(today()), post__in=roles.posts).values("measure"))
    if supplied:
        seen |= Q(unit__in=supplied)
    return seen


def parts_in(roles: Roles, measure: Measure) -> frozenset[str]:
    """The parts that a user's posts have in ``measure`` today, read once for each of the two as a page has them."""
    if not roles.posts:
        return frozenset()
    known: dict[frozenset[int], frozenset[str]] = measure.__dict__.setdefault("_parts_by_posts", {})
    if roles.posts not in known:
        held = MeasureRole.objects.filter(running(today()), measure=measure, post__in=roles.posts)
        known[roles.posts] = frozenset(held.values_list("role", flat=True))
    return known[roles.posts]


def has_part(roles: Roles, *parts: str) -> bool:
    """Whether a user's posts have one of ``parts`` in any measure today."""
    if not roles.posts:
        return False
    return MeasureRole.objects.filter(running(today()), role__in=parts, post__in=roles.posts).exists()


@rules.predicate
def sees_measures(user: Any, measure: Measure | None = None) -> bool:
    if measure is None:
        return bool(roles_of(user).units)
    seen = visible_to(user)
    return not seen or Measure.objects.filter(seen, pk=measure.pk).exists()


@rules.predicate
def enters_figures(user: Any, measure: Measure | None = None) -> bool:
    """The measure's supplier or owner by post, or its unit's supplier; nobody enters the figures of a formula."""
    roles = roles_of(user)
    if measure is None:
        return roles.has(Role.SUPPLIER, Role.MEASURE_OWNER) or has_part(roles, Part.SUPPLIER, Part.OWNER)
    if measure.formula:
        return False
    if roles.has(Role.SUPPLIER, unit=measure.unit_id or -1):
        return True
    return bool(parts_in(roles, measure) & {Part.SUPPLIER, Part.OWNER})


@rules.predicate
def owns(user: Any, measure: Measure | None = None) -> bool:
    """The measure's owner or head by post, or the head of its service."""
    roles = roles_of(user)
    if measure is None:
        return roles.has(Role.MEASURE_OWNER, Role.HEAD_OF_SERVICE) or has_part(
            roles, Part.OWNER, Part.HEAD, Part.DIRECTOR
        )
    if roles.has(Role.HEAD_OF_SERVICE, unit=measure.unit_id or -1):
        return True
    return bool(parts_in(roles, measure) & {Part.OWNER, Part.HEAD, Part.DIRECTOR})


@rules.predicate
def manages_measures(user: Any, measure: Measure | None = None) -> bool:
    roles = roles_of(user)
    unit = measure.unit_id or -1 if measure is not None else None
    return roles.has(Role.ADMINISTRATOR, Role.PERFORMANCE_OFFICER, unit=unit)


@rules.predicate
def stands_apart(user: Any, measure: Measure | None = None) -> bool:
    """Nobody who enters a measure's figures may change what they are held against."""
    if measure is None or not settings.SEPARATE_ENTRY_FROM_TARGETS:
        return True
    return not enters_figures(user, measure)


changes_yardstick = manages_measures & stands_apart

rules.add_perm("measures.view_measure", sees_measures)
rules.add_perm("measures.enter_figure", enters_figures)
rules.add_perm("measures.write_commentary", enters_figures | owns)
rules.add_perm("measures.judge_measure", owns)
rules.add_perm("measures.change_target", changes_yardstick)
rules.add_perm("measures.change_rule", changes_yardstick)
rules.add_perm("measures.change_definition", changes_yardstick)
rules.add_perm("measures.annotate_measure", manages_measures)
