"""Moderation: a panel named for a template, and what it suggests; the appraiser alone changes a rating."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from goldenthread.accounts.models import User
from goldenthread.appraisals.models import Panel, Sealed, Side, Template
from goldenthread.appraisals.moderation import sits_on
from goldenthread.appraisals.seal import current_key
from goldenthread.appraisals.services.act import locked, person_of, sealed_row
from goldenthread.council.models import Person
from goldenthread.domain.appraisals import Stage
from goldenthread.history.acts import Refused, acting
from goldenthread.history.clock import today

#: The longest that a panel sits.
LONGEST = timedelta(days=92)
FEWEST = 2


def name_panel(*, by: User | None, template: int, members: Sequence[str], starts: date, ends: date) -> Panel:
    """Say who sees the overall ratings of a template, and when. Raises Refused where moderation is off."""
    faults = {}
    people = list(Person.objects.filter(code__in=members))
    if len(people) < FEWEST:
        faults["members"] = _("Choose at least two people.")
    if ends < starts:
        faults["ends"] = _("It ends before it starts: choose a later day.")
    elif ends < today():
        faults["ends"] = _("That day has passed.")
    elif ends - starts > LONGEST:
        faults["ends"] = _("Three months at most.")
    if faults:
        raise Refused(faults)
    row = Template.objects.select_related("year").filter(pk=template).first()
    if row is None or not row.moderated:
        raise Refused({"": _("Moderation is off for this template: it is switched on before its year begins.")})
    with acting(by=by, verb="name_panel", object=f"appraisal year {row.year.period}, {row.title}"):
        panel = Panel.objects.select_for_update().filter(template=row).first() or Panel(template=row)
        panel.starts, panel.ends = starts, ends
        panel.save()
        panel.members.set(people)
        return panel


def suggest_rating(*, by: User, panel: int, appraisal: int, rating: int, text: str) -> None:
    """Note, as the panel, that another overall rating would be right, and why. Nothing is changed by it.

    Raises PermissionDenied for whoever does not sit on the panel today or is the appraisee, Refused for a rating that
    the template does not have, without a reason, or once both have signed.
    """
    current_key()
    found = Panel.objects.select_related("template").filter(pk=panel).first()
    if found is None or not sits_on(by, found):
        raise PermissionDenied
    if rating not in dict(found.template.ratings.words):
        raise Refused({"rating": _("Choose one of the ratings.")})
    if not text.strip():
        raise Refused({"text": _("Say why: the appraiser reads it, and so does the appraisee.")})
    with acting(by=by, verb="suggest_rating", object=f"appraisal {appraisal}") as change:
        row = locked(appraisal)
        person = person_of(by)
        if row.template_id != found.template_id or row.person_id == person.pk:
            raise PermissionDenied
        if row.done.stage is not Stage.SIGNING:
            raise Refused({"": _("A change is suggested after the year-end review and before both have signed.")})
        said = {"rating": rating, "text": text.strip()}
        sealed_row(row, Sealed.Kind.MODERATION, said, side=Side.PANEL, by=person, change=change).save()
