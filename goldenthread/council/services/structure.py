"""Units and posts: added, changed, ended. Nothing is deleted."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from goldenthread.accounts.models import User
from goldenthread.council.checks import (
    address_fault,
    dates_fault,
    empty_faults,
    found,
    found_if_named,
    refuse_if,
    taken_fault,
)
from goldenthread.council.models import Post, Unit, UnitKind
from goldenthread.council.roles import units_below
from goldenthread.history.acts import acting, keep


def add_unit(
    *,
    by: User | None,
    code: str,
    name: str,
    kind: str = UnitKind.SERVICE,
    parent: str = "",
    starts: date | None = None,
    reason: str = "",
) -> Unit:
    """Set up a unit below ``parent``. Raises Refused for a code in use or an unknown parent."""
    refuse_if(empty_faults(code=code, name=name) | taken_fault(Unit, code) | address_fault("council:unit", code))
    with acting(by=by, verb="add_unit", object=f"unit {code}", reason=reason) as change:
        unit = Unit(code=code, name=name, kind=kind, parent=found_if_named(Unit, "parent", parent), starts=starts)
        keep(unit, change)
        return unit


def change_unit(*, by: User | None, unit: str, changes: Mapping[str, Any], reason: str = "") -> Unit:
    """Change a unit's name, kind, parent or dates. Raises Refused for a unit put below itself."""
    with acting(by=by, verb="change_unit", object=f"unit {unit}", reason=reason) as change:
        row = found(Unit, "unit", unit)
        for name, value in changes.items():
            setattr(row, name, found_if_named(Unit, "parent", value) if name == "parent" else value)
        faults = empty_faults(name=row.name) | dates_fault(row.starts, row.ends)
        if row.parent is not None and row.parent.pk in units_below()[row.pk]:
            faults["parent"] = _("%(name)s stands below this unit: choose one that does not.") % {"name": row.parent}
        refuse_if(faults)
        keep(row, change)
        return row


def end_unit(*, by: User | None, unit: str, ends: date, succeeded_by: str = "", reason: str = "") -> Unit:
    """End a unit on a day, perhaps in favour of another. Its measures and their figures stay."""
    with acting(by=by, verb="end_unit", object=f"unit {unit}", reason=reason) as change:
        row = found(Unit, "unit", unit)
        successor = found_if_named(Unit, "succeeded_by", succeeded_by)
        faults = dates_fault(row.starts, ends)
        if successor is not None and successor.pk == row.pk:
            faults["succeeded_by"] = _("A unit cannot succeed itself.")
        refuse_if(faults)
        row.ends, row.succeeded_by = ends, successor
        keep(row, change)
        return row


def add_post(
    *, by: User | None, code: str, title: str, unit: str, tier: str = "", reports_to: str = "", reason: str = ""
) -> Post:
    """Set up a post in a unit. Raises Refused for a code in use, an unknown unit or line manager."""
    refuse_if(empty_faults(code=code, title=title) | taken_fault(Post, code) | address_fault("council:post", code))
    with acting(by=by, verb="add_post", object=f"post {code}", reason=reason) as change:
        post = Post(
            code=code,
            title=title,
            unit=found(Unit, "unit", unit),
            tier=tier,
            reports_to=found_if_named(Post, "reports_to", reports_to),
        )
        keep(post, change)
        return post


def change_post(*, by: User | None, post: str, changes: Mapping[str, Any], reason: str = "") -> Post:
    """Change a post's title, unit, tier or line manager. Raises Refused for a post that would report to itself."""
    with acting(by=by, verb="change_post", object=f"post {post}", reason=reason) as change:
        row = found(Post, "post", post)
        for name, value in changes.items():
            if name == "unit":
                value = found(Unit, "unit", value)
            elif name == "reports_to":
                value = found_if_named(Post, "reports_to", value)
            setattr(row, name, value)
        faults = empty_faults(title=row.title)
        if reports_to_itself(row):
            faults["reports_to"] = _("That post reports to this one, directly or through others: choose another.")
        refuse_if(faults)
        keep(row, change)
        return row


def reports_to_itself(post: Post) -> bool:
    """Whether a post, as it is about to be kept, stands above itself."""
    managers = dict(Post.objects.values_list("pk", "reports_to"))
    managers[post.pk] = post.reports_to_id
    above, seen = post.reports_to_id, set()
    while above is not None and above not in seen:
        if above == post.pk:
            return True
        seen.add(above)
        above = managers.get(above)
    return False
