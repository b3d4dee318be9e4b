"""Disclosure: one record opened by two officers, neither a side of it, for some days, each opening on record."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from goldenthread.accounts.models import User
from goldenthread.appraisals.content import Opened, open_record
from goldenthread.appraisals.models import Appraisal, Disclosure, DisclosureStep
from goldenthread.appraisals.seal import current_key
from goldenthread.appraisals.services.act import locked, person_of
from goldenthread.appraisals.sides import side_of
from goldenthread.council.models import Role
from goldenthread.council.roles import roles_of
from goldenthread.history.acts import Refused, acting
from goldenthread.history.clock import today

#: The longest that a record stays open at once.
LONGEST_DAYS = 28
Kind = DisclosureStep.Kind


def is_officer(user: User, appraisal: Appraisal) -> bool:
    """Human resources for the appraisee's unit, or an administrator; never one who reads it as a side of it."""
    roles = roles_of(user)
    return (
        roles.person is not None
        and (is_hr(user, appraisal) or roles.has(Role.ADMINISTRATOR))
        and side_of(user, appraisal) is None
    )


def is_hr(user: User, appraisal: Appraisal) -> bool:
    return roles_of(user).has(Role.HUMAN_RESOURCES, unit=appraisal.post.unit_id)


def ask_disclosure(
    *, by: User, appraisal: int, purpose: str, reason: str, days: int, tell_from: date | None = None
) -> Disclosure:
    """Ask that a record be opened. Nothing opens before another officer grants it.

    Raises PermissionDenied for whoever is no officer or is a side of it; Refused without a reason, for more than 28
    days, or where one waits or is open.
    """
    faults = {}
    if purpose not in Disclosure.Purpose.values:
        faults["purpose"] = _("Choose what it is for.")
    if not reason.strip():
        faults["reason"] = _("Say why the record is needed, without what it says.")
    if not 1 <= days <= LONGEST_DAYS:
        faults["days"] = _("Choose from 1 to %s days.") % LONGEST_DAYS
    if tell_from is not None and tell_from <= today():
        faults["tell_from"] = _("Choose a day to come, or leave it empty to tell them at once.")
    if faults:
        raise Refused(faults)
    with acting(by=by, verb="ask_disclosure", object=f"appraisal {appraisal}") as change:
        row = locked(appraisal)
        if not is_officer(by, row):
            raise PermissionDenied
        earlier = row.disclosures.prefetch_related("steps")
        if any(one.waits or one.is_open(today()) for one in earlier):
            raise Refused({"": _("That record has been asked for already.")})
        return Disclosure.objects.create(
            appraisal=row,
            purpose=purpose,
            reason=reason.strip(),
            days=days,
            tell_from=tell_from,
            by=person_of(by),
            entered_at=change.at,
            change=change,
        )


def grant_disclosure(*, by: User, disclosure: int) -> Disclosure:
    """Grant what somebody else asked for: the record opens for the two, from today.

    Of the two at least one is human resources. Raises PermissionDenied for whoever is no officer or is a side of it.
    """
    row = _disclosure(disclosure)
    with acting(by=by, verb="grant_disclosure", object=f"appraisal {row.appraisal_id}") as change:
        row = _disclosure(disclosure, lock=True)
        person = person_of(by)
        asker = row.by.user
        if not is_officer(by, row.appraisal):
            raise PermissionDenied
        if person.pk == row.by_id:
            raise Refused({"": _("Somebody else grants what you asked for.")})
        if not row.waits:
            raise Refused({"": _("That has been granted or ended since the page was opened.")})
        if asker is None or not is_officer(asker, row.appraisal):
            raise Refused({"": _("%s may no longer read it: it has to be asked for again.") % row.by.name})
        if not (is_hr(by, row.appraisal) or is_hr(asker, row.appraisal)):
            raise Refused({"": _("One of the two is from Human Resources: ask somebody there to grant it.")})
        DisclosureStep.objects.create(disclosure=row, kind=Kind.GRANTED, by=person, entered_at=change.at, change=change)
        return _disclosure(disclosure)


def end_disclosure(*, by: User, disclosure: int) -> Disclosure:
    """End it before its time, as either of the two; or, while it waits, take it back or refuse it."""
    row = _disclosure(disclosure)
    with acting(by=by, verb="end_disclosure", object=f"appraisal {row.appraisal_id}") as change:
        row = _disclosure(disclosure, lock=True)
        person = person_of(by)
        if not (is_one_of_the_two(row, person.pk) or (row.waits and is_officer(by, row.appraisal))):
            raise PermissionDenied
        if not row.waits and not row.is_open(today()):
            raise Refused({"": _("It is over already.")})
        DisclosureStep.objects.create(disclosure=row, kind=Kind.ENDED, by=person, entered_at=change.at, change=change)
        return _disclosure(disclosure)


def open_disclosed(*, by: User, disclosure: int) -> Sequence[Opened]:
    """Everything that was written, for one of the two, on record each time. Raises PermissionDenied otherwise."""
    current_key()
    row = _disclosure(disclosure)
    if not may_open(by, row):
        raise PermissionDenied
    with acting(by=by, verb="open_disclosed", object=f"appraisal {row.appraisal_id}") as change:
        DisclosureStep.objects.create(
            disclosure=row, kind=Kind.OPENED, by=person_of(by), entered_at=change.at, change=change
        )
        return open_record(row.appraisal)


def may_open(user: User, row: Disclosure) -> bool:
    person = roles_of(user).person
    return (
        person is not None
        and is_one_of_the_two(row, person.pk)
        and row.is_open(today())
        and is_officer(user, row.appraisal)
    )


def is_one_of_the_two(row: Disclosure, person: int) -> bool:
    return person == row.by_id or (row.granted is not None and person == row.granted.by_id)


def _disclosure(key: int, *, lock: bool = False) -> Disclosure:
    rows = Disclosure.objects.select_for_update(of=("self",)) if lock else Disclosure.objects.all()
    related = rows.select_related("by__user", "appraisal__person", "appraisal__post", "appraisal__year")
    row = related.select_related("appraisal__appraiser_post").prefetch_related("steps__by").filter(pk=key).first()
    if row is None:
        raise Refused({"": _("That is not on record.")})
    return row
