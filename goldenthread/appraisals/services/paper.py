"""Staff without an account: what they said on paper is recorded, and they confirm by a code or on a signed copy."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from goldenthread.accounts.models import User
from goldenthread.appraisals.codes import Code, new_code, read_code
from goldenthread.appraisals.models import Appraisal, Confirmation, Need, OneTimeCode, Sealed, Side
from goldenthread.appraisals.services.act import locked, person_of, sealed_row, writing
from goldenthread.appraisals.services.stages import disagreement_waits
from goldenthread.appraisals.services.years import person_named
from goldenthread.appraisals.sides import side_of
from goldenthread.council.models import Person
from goldenthread.council.sign_in import may_sign_in
from goldenthread.domain.appraisals import Stage
from goldenthread.history.acts import Refused, acting
from goldenthread.history.clock import now, today
from goldenthread.history.models import Change
from goldenthread.history.services import write_change

#: How long a code holds.
DAYS = 14
Kind = Sealed.Kind


def has_no_account(person: Person) -> bool:
    return person.user is None or not may_sign_in(person.user)


def why_no_paper(person: Person) -> str:
    """Why nothing is taken from paper for somebody with an account, and what to do instead; empty for the others."""
    if has_no_account(person):
        return ""
    said = _("%s has an account, and writes and signs for themselves. Ask them to sign in and open their appraisal.")
    return said % person.name


def record_from_paper(
    *,
    by: User,
    appraisal: int,
    ratings: Mapping[int, int] | None = None,
    texts: Mapping[int, str] | None = None,
    competencies: Mapping[int, int] | None = None,
    comments: Mapping[str, str] | None = None,
    need: str = "",
    disagreement: str = "",
) -> None:
    """Keep what somebody without an account wrote on their form, as theirs, with who recorded it.

    Raises Refused where nothing is recorded, a rating is not the template's, or there is nothing to disagree with yet.
    """
    with writing(by=by, appraisal=appraisal, sides=(Side.APPRAISER,)) as (row, _side, change):
        _refuse_an_account(row)
        given, shown = ratings or {}, competencies or {}
        known = dict(row.template.ratings.words)
        standing = {one.pk: one for one in row.objectives.filter(dropped_on__isnull=True)}
        expected = {one.pk for one in row.template.competencies}
        if (given or shown) and row.objectives_on is None:
            raise Refused({"": _("Agree the objectives first.")})
        found: list[Sealed] = []

        def keep(kind: str, said: Mapping[str, object], *, objective: int = 0, topic: str = "") -> None:
            found.append(
                sealed_row(
                    row,
                    kind,
                    said,
                    side=Side.APPRAISEE,
                    by=person_of(by),
                    change=change,
                    objective=standing.get(objective),
                    topic=topic,
                )
            )

        for key, rating in given.items():
            if rating not in known or key not in standing:
                raise Refused({f"rating-{key}": _("Choose one of the ratings.")})
            keep(Kind.RATING, {"rating": rating, "text": (texts or {}).get(key, "").strip()}, objective=key)
        for key, rating in shown.items():
            if rating not in known or key not in expected:
                raise Refused({f"competency-{key}": _("Choose one of the ratings.")})
            keep(Kind.COMPETENCY, {"rating": rating, "text": ""}, topic=str(key))
        for topic, text in (comments or {}).items():
            if text.strip():
                keep(Kind.COMMENT, {"text": text.strip()}, topic=topic)
        if need.strip():
            keep(Kind.NEED, {"text": need.strip(), "how": ""}, topic=str(Need.objects.create(appraisal=row).pk))
        if disagreement.strip():
            if row.done.stage is not Stage.SIGNING:
                raise Refused({"disagreement": _("There is something to disagree with after the year-end review.")})
            if row.appraiser_post is None or row.appraiser_post.reports_to_id is None:
                raise Refused({"disagreement": _("Nobody stands above you to answer: ask Human Resources who will.")})
            keep(Kind.DISAGREEMENT, {"text": disagreement.strip()})
        if not found:
            raise Refused({"": _("Fill in what the form says, in one of the boxes.")})
        for one in found:
            one.save()


def start_confirmation(*, by: User, appraisal: int) -> tuple[OneTimeCode, Code]:
    """Make a code by which the appraisee confirms. It is told this once; an earlier one ends.

    Raises Refused for whoever has an account, before the year-end review, or while a disagreement waits.
    """
    with _signing_for(by=by, appraisal=appraisal, verb="start_confirmation") as (row, change):
        row.codes.filter(ended_at__isnull=True).update(ended_at=change.at)
        code = new_code()
        while OneTimeCode.objects.filter(reference=code.reference).exists():
            code = new_code()
        kept = OneTimeCode.objects.create(
            appraisal=row,
            reference=code.reference,
            hashed=make_password(code.secret),
            by=person_of(by),
            expires_on=today() + timedelta(days=DAYS),
            entered_at=change.at,
            change=change,
        )
        return kept, code


def record_signed_copy(*, by: User, appraisal: int, signed_on: date, held_by: str) -> Appraisal:
    """Record that the appraisee signed on paper: on which day, and who holds the paper."""
    with _signing_for(by=by, appraisal=appraisal, verb="record_signed_copy") as (row, change):
        holder = person_named(held_by, "held_by")
        if holder.pk == row.person_id:
            raise Refused({"held_by": _("Choose who keeps the copy for the council.")})
        if signed_on > today():
            raise Refused({"signed_on": _("That day is still to come.")})
        if row.year_end_on is not None and signed_on < row.year_end_on:
            raise Refused({"signed_on": _("That is before the year-end review was held.")})
        _confirm(row, Confirmation.How.PAPER, signed_on, change, held_by=holder)
        return row


def confirm_by_code(*, typed: str) -> Appraisal:
    """Sign as the appraisee, who has no account, by the code they were given.

    Raises Refused for a code that is wrong, used, expired or mistyped too often, each with the same words, so that
    nobody learns which codes there are; and where something was changed since the slip was printed.
    """
    code = read_code(typed)
    kept = _tried(code) if code else None
    if code is None or kept is None or not check_password(code.secret, kept.hashed):
        raise Refused({"code": _("That code does not hold. Type it as it stands on your slip, or ask for a new one.")})
    with transaction.atomic():
        row = locked(kept.appraisal_id)
        change = write_change(
            by=None, by_name=row.person.name, verb="confirm_appraisal", object=f"appraisal {row.pk}", source="code"
        )
        used = OneTimeCode.objects.filter(pk=kept.pk, ended_at__isnull=True).update(ended_at=change.at)
        changed = row.sealed.filter(entered_at__gt=kept.entered_at).exists()
        if not used or changed or row.done.stage is not Stage.SIGNING or disagreement_waits(row):
            raise Refused({"code": _("Something was changed since your slip was printed. Ask for a new form.")})
        _confirm(row, Confirmation.How.CODE, today(), change)
        return row


@transaction.atomic
def _tried(code: Code) -> OneTimeCode | None:
    """The code of that name, where it still holds; each time it is tried counts, whatever comes of it."""
    kept = OneTimeCode.objects.select_for_update().filter(reference=code.reference, ended_at__isnull=True).first()
    if kept is None or kept.tries_left == 0 or kept.expires_on < today():
        return None
    kept.tries_left -= 1
    kept.save(update_fields=["tries_left"])
    return kept


@contextmanager
def _signing_for(*, by: User, appraisal: int, verb: str) -> Iterator[tuple[Appraisal, Change]]:
    with acting(by=by, verb=verb, object=f"appraisal {appraisal}") as change:
        row = locked(appraisal)
        if side_of(by, row) != Side.APPRAISER:
            raise PermissionDenied
        _refuse_an_account(row)
        if row.done.stage is not Stage.SIGNING:
            raise Refused({"": _("It is signed once the year-end review has been held.")})
        if row.appraisee_signed_on:
            raise Refused({"": _("%s has signed already.") % row.person.name})
        if disagreement_waits(row):
            raise Refused({"": _("The appraiser's manager has yet to answer the disagreement.")})
        yield row, change


def _confirm(
    row: Appraisal, how: str, signed_on: date, change: Change, *, held_by: Person | None = None
) -> Confirmation:
    row.appraisee_signed_on = signed_on
    row.save(update_fields=["appraisee_signed_on"])
    row.codes.filter(ended_at__isnull=True).update(ended_at=now())
    return Confirmation.objects.create(
        appraisal=row, how=how, signed_on=signed_on, held_by=held_by, entered_at=change.at, change=change
    )


def _refuse_an_account(row: Appraisal) -> None:
    if fault := why_no_paper(row.person):
        raise Refused({"": fault})
