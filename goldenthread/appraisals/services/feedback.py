"""Feedback: asked of a colleague by either of the two, answered by that colleague, and withdrawn."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.mail import send_mail
from django.utils import translation
from django.utils.translation import gettext as _

from goldenthread.accounts.models import User
from goldenthread.appraisals.models import Appraisal, Asked, Sealed, Side
from goldenthread.appraisals.seal import current_key
from goldenthread.appraisals.services.act import WRITTEN, locked, person_of, sealed_row, writing
from goldenthread.appraisals.services.mail import address_of, led, letter
from goldenthread.appraisals.services.writing import BOTH
from goldenthread.council.models import Appointment, Person
from goldenthread.council.roles import running
from goldenthread.council.sign_in import signing_in
from goldenthread.history.acts import Refused, acting
from goldenthread.history.clock import today

Kind = Sealed.Kind


def ask_for_feedback(*, by: User, appraisal: int, person: str, text: str) -> Asked:
    """Ask a colleague who has an account a question about the appraisee. Raises Refused by the field."""
    if not text.strip():
        raise Refused({"text": _("Write what you would like to know.")})
    with writing(by=by, appraisal=appraisal, sides=BOTH) as (row, side, change):
        if row.year_end_on is not None:
            raise Refused({"": _("The year-end review has been held: feedback comes before it.")})
        colleague = _colleague(row, person)
        asked = Asked.objects.create(appraisal=row, person=colleague, by=person_of(by), asked_on=today())
        said = {"text": text.strip()}
        sealed_row(row, Kind.QUESTION, said, side=side, by=asked.by, change=change, topic=str(asked.pk)).save()
        return asked


def mail_asked(asked: Asked) -> bool:
    """Tell a colleague that they were asked; False where the mail cannot be sent: the question waits on their page.

    Called once the question is kept: a mail server is slow, and what it refuses takes nothing back.
    """
    with translation.override(settings.LANGUAGE_CODE):
        names = {"by": asked.by.name, "person": asked.appraisal.person.name, "year": asked.appraisal.year.period}
        said = _("%(by)s asks for your feedback on %(person)s, for the appraisal of %(year)s.") % names
        parts = [led(said, "appraisals:give-feedback", asked.pk)]
        text = letter(asked.person, parts, _("Sign in, and open Appraisals, then Feedback."))
        try:
            send_mail(_("Your feedback is asked for"), text, None, [address_of(asked.person)])
        except OSError:  # what the mail library raises is one, too
            return False
    return True


def give_feedback(*, by: User, asked: int, text: str) -> Asked:
    """Answer, as the colleague who was asked; again, the last answer counts until the year-end review is held."""
    if not text.strip():
        raise Refused({"text": _("Write something first.")})
    current_key()
    row = _asked(asked)
    with acting(by=by, verb=WRITTEN, object=f"appraisal {row.appraisal_id}") as change:
        appraisal = locked(row.appraisal_id)
        row = _asked(asked)
        person = person_of(by)
        if row.person_id != person.pk:
            raise PermissionDenied
        if not row.is_open:
            raise Refused({"": _("This feedback is no longer asked for: thank you all the same.")})
        said, topic = {"text": text.strip()}, str(row.pk)
        sealed_row(appraisal, Kind.FEEDBACK, said, side=Side.ASKED, by=person, change=change, topic=topic).save()
        row.answered_on = today()
        row.save(update_fields=["answered_on"])
        return row


def withdraw_feedback(*, by: User, appraisal: int, asked: int) -> Asked:
    """Ask it no longer: the colleague sees nothing of it any more. Raises Refused once it was answered."""
    with writing(by=by, appraisal=appraisal, sides=BOTH) as (appraised, _side, _change):
        row = appraised.asked.filter(pk=asked).first()
        if row is None:
            raise Refused({"": _("That was not asked in this appraisal.")})
        if row.answered_on is not None:
            raise Refused({"": _("%s has answered already: what was given stays.") % row.person.name})
        row.withdrawn_on = row.withdrawn_on or today()
        row.save(update_fields=["withdrawn_on"])
        return row


def _colleague(appraisal: Appraisal, code: str) -> Person:
    if not code:
        raise Refused({"person": _("Choose somebody.")})
    person = Person.objects.filter(signing_in("user__"), code=code).first()
    if person is None or not Appointment.objects.filter(running(today()), person=person).exists():
        raise Refused({"person": _("Choose somebody who works here and can sign in.")})
    if person.pk in (appraisal.person_id, appraisal.appraiser_id):
        raise Refused({"person": _("%s writes in this appraisal already: ask somebody else.") % person.name})
    if appraisal.asked.filter(person=person, withdrawn_on__isnull=True, answered_on__isnull=True).exists():
        raise Refused({"person": _("%s has been asked, and has yet to answer.") % person.name})
    return person


def _asked(key: int) -> Asked:
    row = Asked.objects.select_related("appraisal").filter(pk=key).first()
    if row is None:
        raise Refused({"": _("That was not asked.")})
    return row
